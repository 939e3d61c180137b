//! Which resources outside the app does it use? Whether they are the least it needs, a person judges.

use std::collections::{BTreeMap, BTreeSet};

use super::{Opinion, Settings, address, inside, visits};
use crate::facts::{Facts, Via};
use crate::finding::{Arg, Message, Place};
use crate::settings::{Host, OutsideResources};

impl Settings for OutsideResources {
    const CHECK: &'static str = "outside-resources";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        let outside = Outside::of(facts, &self.allowed_hosts, &self.namespace_hosts);
        for (host, use_) in &outside.hosts {
            let message = |id| {
                let message = Message::new(id).with("host", host.as_str()).with("count", Arg::Count(use_.count));
                message.with("uses", Arg::Uses(use_.uses.iter().copied().collect()))
            };
            if use_.requested {
                let message = message("outside-requested");
                opinion.warning(message, use_.first.clone());
            } else if use_.is_named_only() {
                opinion.note(message("outside-named"), use_.first.clone());
            } else {
                opinion.warning(message("outside-loaded"), use_.first.clone());
            }
        }
        outside.leave_open(opinion);
        inside::must_be_read(facts, opinion);
    }
}

/// Hosts outside the app that it loads from, sends to or names in a script. Links that a user follows are not among
/// them: they leave the app.
pub(super) struct Outside {
    hosts: BTreeMap<String, Use>,
    /// A script holds the beginning of an address without its host.
    assembled: Option<Place>,
    /// Every browser was shown the app, so that what it asks for is known.
    shown: bool,
}

struct Use {
    uses: BTreeSet<Via>,
    /// The first place of the strongest use: loading before naming.
    first: Place,
    count: u64,
    /// A browser was asked for it.
    requested: bool,
}

impl Use {
    fn new(first: Place) -> Use {
        Use { uses: BTreeSet::new(), first, count: 0, requested: false }
    }

    /// Scripts hold the host, and whether they ever get to that place, nothing shows: libraries can load much that an app
    /// does not use.
    fn is_named_only(&self) -> bool {
        self.uses.iter().all(|via| is_scripted(*via))
    }
}

/// A script does it, if it comes to that.
const fn is_scripted(via: Via) -> bool {
    matches!(via, Via::Text | Via::Request)
}

/// The computer that the app runs on is no outside host.
fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.starts_with("127.") || host == "[::1]"
}

impl Outside {
    pub(super) fn of(facts: &Facts, allowed: &[String], namespaces: &[Host]) -> Outside {
        let shown = visits::are_complete(facts);
        let mut outside = Outside { hosts: BTreeMap::new(), assembled: None, shown };
        inside::web(facts, &mut |route, web| {
            for reference in web.references.iter().filter(|reference| reference.via != Via::Link) {
                let address = address::Address::parse(&reference.url);
                let Some(host) = &address.host else { continue };
                let place = || inside::place(route).spot(reference.spot);
                // A host without a dot is the beginning of one, or a word that looks like an address.
                let whole = host.contains('.') && host.contains(|c: char| c.is_alphanumeric());
                if !whole && !is_loopback(host) {
                    outside.assembled.get_or_insert_with(place);
                    continue;
                }
                // From an archive in the archive a browser loads nothing by itself.
                let via = if route.len() > 1 { Via::Text } else { reference.via };
                let namespace = address::listed(&address, namespaces).is_some() && via == Via::Text;
                if namespace || is_loopback(host) || address::within_any(host, allowed) {
                    continue;
                }
                let use_ = outside.hosts.entry(host.to_string()).or_insert_with(|| Use::new(place()));
                if use_.is_named_only() && !is_scripted(via) {
                    use_.first = place();
                }
                use_.count += 1;
                use_.uses.insert(via);
            }
        });
        for request in facts.file.visits.iter().flat_map(|visit| &visit.outside) {
            // A proxy is told a host and a port.
            let url = address::from_host(&request.url);
            let Some(host) = address::Address::parse(&url).host.filter(|host| !address::within_any(host, allowed))
            else {
                continue;
            };
            let place = || inside::place(request.file.as_deref().as_slice());
            let use_ = outside.hosts.entry(host.into_owned()).or_insert_with(|| Use::new(place()));
            if !use_.requested && use_.is_named_only() && request.file.is_some() {
                use_.first = place();
            }
            // Counted are the places that name it; one that is put together is named in one at least.
            use_.count = use_.count.max(1);
            use_.requested = true;
            use_.uses.insert(request.via);
        }
        outside
    }

    /// What an app does with an outside host, reading cannot tell: if there is one, the question stays open, unless all
    /// browsers were shown the app and none was asked for anything outside.
    pub(super) fn leave_open(&self, opinion: &mut Opinion) {
        const NAMED: usize = 5;

        if self.shown && self.hosts.values().all(|use_| !use_.requested && use_.is_named_only()) {
            return;
        }
        if !self.hosts.is_empty() {
            let mut names: Vec<&str> = self.hosts.keys().take(NAMED).map(String::as_str).collect();
            if self.hosts.len() > NAMED {
                names.push("…");
            }
            let message = Message::new("unchecked-outside").with("count", Arg::Count(self.hosts.len() as u64));
            opinion.unchecked(message.with("hosts", names.join(", ")));
        } else if let Some(place) = &self.assembled {
            let message = Message::new("unchecked-assembled").with("file", place.route.join("!/"));
            opinion.unchecked(message.with("line", Arg::Count(place.line.unwrap_or(0))));
        }
    }
}
