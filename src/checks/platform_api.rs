//! Does the app use the platform's interface? No document names one; a profile can.

use super::{Opinion, Settings, address, inside};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::PlatformApi;

impl Settings for PlatformApi {
    const CHECK: &'static str = "platform-api";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if self.hosts.is_empty() {
            opinion.unchecked(Message::new("unchecked-api-unnamed"));
            return;
        }
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        let mut used = false;
        inside::web(facts, &mut |_, web| {
            used |= web.references.iter().any(|reference| {
                let host = address::Address::parse(&reference.url).host;
                host.is_some_and(|host| address::within_any(&host, &self.hosts))
            });
        });
        if !used {
            opinion.error(Message::new("api-not-used").with("hosts", self.hosts.join(", ")), Place::whole());
        }
    }
}
