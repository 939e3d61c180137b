//! Is code known to do harm in the app? Its absence cannot be proved by reading.

use super::{Opinion, Settings, address, inside};
use crate::facts::Facts;
use crate::finding::{Arg, Message};
use crate::settings::HarmfulCode;

impl Settings for HarmfulCode {
    const CHECK: &'static str = "harmful-code";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        inside::web(facts, &mut |route, web| {
            for reference in &web.references {
                let address = address::Address::parse(&reference.url);
                if let Some(known) = address::listed(&address, &self.hosts) {
                    let message = Message::new("harmful-host").with("name", known.name.as_str());
                    let message = message.with("host", known.host.as_str());
                    opinion.error(message, inside::place(route).spot(reference.spot));
                }
            }
            // Libraries unpack themselves for the sake of size, and everybody knows what is in them.
            if let Some(obfuscated) = web.obfuscated.filter(|_| web.library.is_none()) {
                let message = Message::new("script-unreadable").with("how", Arg::Obfuscation(obfuscated.how));
                opinion.warning(message, inside::place(route).spot(obfuscated.spot));
            }
        });
        opinion.unchecked(Message::new("unchecked-harmful"));
    }
}
