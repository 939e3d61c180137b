//! Does the app ask about a person, and where could it send the answers?

use std::collections::BTreeSet;

use super::outside_resources::Outside;
use super::{Opinion, Settings, address, inside};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::PersonalData;

/// Interfaces that keep something on the device, under a key.
const STORES: [&str; 3] = ["cookie", "localStorage", "sessionStorage"];

impl Settings for PersonalData {
    const CHECK: &'static str = "personal-data";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        inside::web(facts, &mut |route, web| {
            for form in &web.forms {
                let asks = form.fields.iter().find(|field| self.is_personal(field));
                let Some(field) = asks else { continue };
                let action = form.action.as_deref().unwrap_or_default();
                let host =
                    address::Address::parse(action).host.filter(|host| !address::within_any(host, &self.allowed_hosts));
                let place = inside::place(route).spot(form.spot);
                if let Some(host) = host {
                    let message =
                        Message::new("form-sends-personal").with("field", field.as_str()).with("host", &*host);
                    opinion.error(message, place);
                } else {
                    opinion.warning(Message::new("form-asks-personal").with("field", field.as_str()), place);
                    opinion.unchecked(Message::new("unchecked-personal"));
                }
            }
            for api in web.apis.iter().filter(|api| api.name == "prompt") {
                if let Some(question) = api.argument.as_deref().filter(|question| self.is_personal(question)) {
                    let message = Message::new("form-asks-personal").with("field", question);
                    opinion.warning(message, inside::place(route).spot(api.spot));
                    opinion.unchecked(Message::new("unchecked-personal"));
                }
            }
            for api in &web.apis {
                let key = api.argument.as_deref().filter(|_| STORES.contains(&api.name.as_str()));
                if let Some(key) = key.filter(|key| self.is_personal(key)) {
                    let message = Message::new("keeps-personal").with("name", api.name.as_str()).with("key", key);
                    opinion.warning(message, inside::place(route).spot(api.spot));
                    opinion.unchecked(Message::new("unchecked-personal"));
                }
            }
            for api in web.apis.iter().filter(|api| self.interfaces.contains(&api.name)) {
                let message = Message::new("interface-personal").with("name", api.name.as_str());
                opinion.note(message, inside::place(route).spot(api.spot));
                opinion.unchecked(Message::new("unchecked-personal"));
            }
        });
        self.used(facts, opinion);
        Outside::of(facts, &self.allowed_hosts, &self.namespace_hosts).leave_open(opinion);
        inside::must_be_read(facts, opinion);
    }
}

impl PersonalData {
    /// What was used and kept while the app was open in a browser. Each thing once.
    fn used(&self, facts: &Facts, opinion: &mut Opinion) {
        let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
        for used in facts.file.visits.iter().flat_map(|visit| &visit.uses) {
            let (name, key) = (used.name.as_str(), used.detail.as_str());
            let kept = STORES.contains(&name) && self.is_personal(key);
            let message = if kept {
                Message::new("run-keeps-personal").with("name", name).with("key", key)
            } else if name == "prompt" && self.is_personal(key) {
                Message::new("form-asks-personal").with("field", key)
            } else if self.interfaces.iter().any(|interface| interface == name) {
                Message::new("run-interface-personal").with("name", name)
            } else {
                continue;
            };
            if told.insert((name, key)) {
                opinion.warning(message, Place::whole());
                opinion.unchecked(Message::new("unchecked-personal"));
            }
        }
    }

    /// A word of the list stands in the field's names as a word of its own.
    fn is_personal(&self, field: &str) -> bool {
        let field = field.to_lowercase();
        let mut words = field.split(|c: char| !c.is_alphanumeric());
        words.any(|word| self.field_words.iter().any(|listed| listed == word))
    }
}
