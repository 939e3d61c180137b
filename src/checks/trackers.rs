//! Does the app report to a service that collects statistics?

use super::outside_resources::Outside;
use super::{Opinion, Settings, address, inside};
use crate::facts::Facts;
use crate::finding::Message;
use crate::settings::Trackers;

impl Settings for Trackers {
    const CHECK: &'static str = "trackers";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        inside::web(facts, &mut |route, web| {
            // One finding for a service in a file: its snippet names it several times.
            let mut told: Vec<&str> = Vec::new();
            for reference in &web.references {
                let address = address::Address::parse(&reference.url);
                let Some(tracker) = address::listed(&address, &self.trackers) else { continue };
                let host = address.host.as_deref().unwrap_or_default();
                let allowed = self.allowed_hosts.iter().any(|listed| address::within(host, listed));
                if !allowed && !told.contains(&tracker.name.as_str()) {
                    told.push(&tracker.name);
                    let message = Message::new("tracker").with("name", tracker.name.as_str()).with("host", host);
                    opinion.error(message, inside::place(route).spot(reference.spot));
                }
            }
        });
        Outside::of(facts, &self.allowed_hosts, &self.namespace_hosts).leave_open(opinion);
        inside::must_be_read(facts, opinion);
    }
}
