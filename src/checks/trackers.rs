//! Does the app report to a service that collects statistics?

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use adblock::lists::ParseOptions;
use adblock::request::Request;
use adblock::{Engine, FilterSet};
use aho_corasick::AhoCorasick;
use schemars::JsonSchema;
use serde::Deserialize;

use super::address::{Address, from_host, within_any};
use super::outside_resources::Outside;
use super::reach::Reached;
use super::{Counter, Opinion, Settings, inside};
use crate::facts::{Facts, Format, Reference, Spot, Via};
use crate::finding::{Level, Message};
use crate::settings::Host;

/// The page that rules are asked about. The host is one that can never be.
const PAGE: &str = "https://app.invalid/index.html";

/// Settings of `trackers`.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Trackers {
    /// Lines of a list of trackers in the syntax of Adblock Plus. A comment `! name: …` names the service of the rules
    /// below it.
    rules: Vec<String>,
    /// Hosts that apps may send to.
    #[serde(default)]
    allowed_hosts: Vec<String>,
    /// Hosts that stand in code as names and are never loaded.
    #[serde(default)]
    namespace_hosts: Vec<Host>,
    /// Bytes of a script above which it is taken for one that is put together of libraries. What a library can load, the app
    /// need not load, so that a person has to see. Without it, scripts of any size are held to what they name.
    library_bytes: Option<u64>,
    /// The rules, ready to be asked. Most submissions are no apps, so that they are made ready when the first one comes.
    #[serde(skip)]
    list: OnceLock<List>,
}

struct List {
    engine: Engine,
    /// Every rule of the list wants one of these in an address. None if there is a rule that may want nothing.
    wanted: Option<AhoCorasick>,
    /// The service of each rule.
    names: HashMap<String, String>,
}

impl List {
    fn new(lines: &[String]) -> List {
        let mut names = HashMap::new();
        let mut name = "";
        for line in lines.iter().map(|line| line.trim()) {
            if let Some(found) = line.strip_prefix("! name:") {
                name = found.trim();
            } else if !line.is_empty() && !line.starts_with('!') && !name.is_empty() {
                names.insert(line.to_owned(), name.to_owned());
            }
        }
        let mut set = FilterSet::new(true);
        set.add_filter_list(lines.join("\n"), ParseOptions::default());
        // Comments want nothing, and exceptions only take back what another rule says.
        let rules = lines.iter().map(|line| line.trim());
        let rules = rules.filter(|line| !line.is_empty() && !line.starts_with('!') && !line.starts_with("@@"));
        let wanted: Option<Vec<&str>> = rules.map(wanted).collect();
        let wanted = wanted.and_then(|texts| AhoCorasick::builder().ascii_case_insensitive(true).build(texts).ok());
        // Rules that are joined for speed do not tell any more which of them it was.
        List { engine: Engine::new_with_filter_set_no_optimize(set), wanted, names }
    }

    /// A rule may speak of this address. Nearly none does, and this is found out a hundred times faster than which rule
    /// it is. What is not Latin, the engine spells in another way first.
    fn may_name(&self, url: &str) -> bool {
        !url.is_ascii() || self.wanted.as_ref().is_none_or(|wanted| wanted.is_match(url))
    }

    /// The service that a reference, whose address this is, belongs to; its host, if the rule names none.
    fn service(&self, reference: &Reference, address: &Address<'_>) -> Option<String> {
        let kinds: &[&str] = match reference.via {
            // A link waits for somebody to follow it.
            Via::Link => return None,
            Via::Script | Via::Module => &["script"],
            Via::Style => &["stylesheet"],
            Via::Image | Via::Icon => &["image"],
            Via::Media => &["media"],
            Via::Font => &["font"],
            Via::Frame => &["subdocument"],
            Via::Request | Via::Form => &["xmlhttprequest"],
            // What a script makes of a text, only a run can tell; a rule for any use is meant.
            Via::Load | Via::Text => &["script", "image", "xmlhttprequest"],
        };
        let query = reference.url.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
        let url = match address.host.as_deref() {
            Some(host) if host.contains('.') => format!("https://{host}{}{query}", address.path),
            Some(_) => return None,
            // The beginning stands elsewhere: `'https://www' + '.counter.example/c.js'`.
            None if reference.url.starts_with('.')
                && !address.path.starts_with("./")
                && !address.path.starts_with("..") =>
            {
                format!("https://www{}{query}", address.path)
            }
            None => format!("https://app.invalid/{}{query}", address.path.trim_start_matches(['.', '/'])),
        };
        if !self.may_name(&url) {
            return None;
        }
        kinds.iter().find_map(|kind| {
            let request = Request::new(&url, PAGE, kind, "GET").ok()?;
            let result = self.engine.check_network_request(&request);
            let rule = result.should_block().then_some(result.filter)??.raw_line.unwrap_or_default();
            let name = self.names.get(&rule).map(String::as_str).or(address.host.as_deref());
            Some(name.unwrap_or(&reference.url).to_owned())
        })
    }
}

/// The longest text that an address has to hold for a rule to speak of it; none if that cannot be told.
fn wanted(line: &str) -> Option<&str> {
    // What stands behind the last dollar sign are conditions, unless it is part of an expression.
    let pattern = line.rsplit_once('$').map_or(line, |(pattern, _)| pattern);
    let longest = match pattern.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        // Between slashes stands an expression, which may be a mere text.
        Some(text) if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_-".contains(&byte)) => text,
        Some(_) => return None,
        None if line.starts_with('/') && line.ends_with('/') => return None,
        None => pattern.split(['*', '^', '|']).max_by_key(|part| part.len())?,
    };
    (longest.len() > 2 && longest.is_ascii()).then_some(longest)
}

impl Settings for Trackers {
    const CHECK: &'static str = "trackers";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        // Most apps have no counter, and then nobody needs to know what leads where.
        let mut reached: Option<Reached> = None;
        // What lies in an archive in the archive is told once for each service.
        let mut packed: BTreeSet<(String, String)> = BTreeSet::new();
        inside::web_files(facts, &mut |route, file, web| {
            // One finding for a service in a file: its snippet names it several times.
            let mut told: Vec<String> = Vec::new();
            for reference in &web.references {
                let address = Address::parse(&reference.url);
                let Some(name) = self.service(reference, &address).filter(|name| !told.contains(name)) else {
                    continue;
                };
                let host = address.host.as_deref().unwrap_or_default();
                // Where the host is put together elsewhere, what stands here.
                let shown = if host.is_empty() { reference.url.as_str() } else { host };
                let message = |id| Message::new(id).with("name", name.as_str()).with("host", shown);
                let place = inside::place(route).spot(reference.spot);
                let script = file.identity.format == Format::JavaScript;
                let library =
                    script && (self.library_bytes.is_some_and(|bytes| file.size > bytes) || web.library.is_some());
                let name_alone = matches!(&*address.path, "" | "/") && !reference.url.contains('?');
                let idle = |reached: &mut Option<Reached>| {
                    let reached = reached.get_or_insert_with(|| Reached::of(facts));
                    route.len() == 1 && reached.is_idle_script(route[0], file.identity.format)
                };
                if route.len() > 1 {
                    if packed.insert((route[0].to_owned(), name.clone())) {
                        opinion.warning(message("tracker-packed"), place);
                    }
                } else if reference.via == Via::Text && name_alone || idle(&mut reached) {
                    opinion.note(message("tracker-idle"), place);
                } else if reference.via == Via::Text && library {
                    opinion.warning(message("tracker-library"), place);
                } else {
                    opinion.error(message("tracker"), place);
                }
                if opinion.seen.last().is_some_and(|seen| seen.level != Level::Error) {
                    opinion.unchecked(Message::new("unchecked-tracker").with("name", name.as_str()));
                }
                told.push(name);
            }
        });
        self.requested(facts, opinion);
        Outside::of(facts, &self.allowed_hosts, &self.namespace_hosts).leave_open(opinion);
        inside::must_be_read(facts, opinion);
    }

    fn counters<'a>(&'a self, facts: &'a Facts) -> Vec<Counter<'a>> {
        let mut counters = Vec::new();
        inside::web_files(facts, &mut |route, _, web| {
            let [file] = *route else { return };
            counters.extend(web.references.iter().filter_map(|reference| {
                let service = self.service(reference, &Address::parse(&reference.url))?;
                Some(Counter { file, reference, service })
            }));
        });
        counters
    }
}

impl Trackers {
    /// The service that a reference belongs to, unless apps may send to it.
    fn service(&self, reference: &Reference, address: &Address<'_>) -> Option<String> {
        let allowed = address.host.as_deref().is_some_and(|host| within_any(host, &self.allowed_hosts));
        let list = self.list.get_or_init(|| List::new(&self.rules));
        if allowed { None } else { list.service(reference, address) }
    }

    /// What browsers were asked for while the app was open in them. Each service once.
    fn requested(&self, facts: &Facts, opinion: &mut Opinion) {
        let mut told: BTreeSet<String> = BTreeSet::new();
        for request in facts.file.visits.iter().flat_map(|visit| &visit.outside) {
            let url = from_host(&request.url).into_owned();
            let reference = Reference { url, via: request.via, spot: Spot::default() };
            let address = Address::parse(&reference.url);
            let Some(name) = self.service(&reference, &address) else { continue };
            let host = address.host.as_deref().unwrap_or_default();
            if told.insert(name.clone()) {
                let message = Message::new("tracker-requested").with("name", name).with("host", host);
                let place = inside::place(request.file.as_deref().as_slice());
                opinion.error(message, place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(rules: &str, url: &str, via: Via) -> Option<String> {
        let lines: Vec<String> = rules.lines().map(str::to_owned).collect();
        let reference = Reference { url: url.to_owned(), via, spot: Spot::default() };
        List::new(&lines).service(&reference, &Address::parse(url))
    }

    #[test]
    fn our_list_names_services_and_spares_what_is_useful() {
        let rules = include_str!("../../rules/lists/trackers.txt");
        for (url, name) in [
            ("https://www.google-analytics.com/collect?v=1", "Google Analytics"),
            ("//mc.yandex.ru/metrika/tag.js", "Yandex.Metrika"),
            ("https://mc.yandex.kz/watch/1", "Yandex.Metrika"),
            ("https://connect.facebook.net/ru_RU/fbevents.js", "Meta (Facebook) Pixel"),
            ("https://vk.com/rtrg?p=1", "VK retargeting pixel"),
            ("https://c.zero.kz/z.js?u=1", "ZERO.kz"),
            ("stat/matomo.js", "Matomo (Piwik)"),
            (".google-analytics.com/ga.js", "Google Analytics"),
            ("https://metrics.articulate.com/v1/import", "Articulate (Storyline)"),
            ("https://phet.colorado.edu/yotta/immediate.gif?x=1", "PhET"),
        ] {
            assert_eq!(service(rules, url, Via::Script).as_deref(), Some(name), "{url}");
        }
        for url in [
            "https://fonts.googleapis.com/css?family=Roboto",
            "https://ajax.googleapis.com/ajax/libs/jquery/3.6.0/jquery.min.js",
            "https://connect.facebook.net/ru_RU/sdk.js",
            "https://vk.com/js/api/openapi.js",
            "https://yastatic.net/jquery/3.3.1/jquery.min.js",
            "https://www.youtube.com/embed/1",
            "js/quiz.js",
        ] {
            assert_eq!(service(rules, url, Via::Script), None, "{url}");
        }
        assert_eq!(service(rules, "https://mc.yandex.ru/watch/1", Via::Link), None, "a link is no request");
    }

    #[test]
    fn every_service_has_its_evidence() {
        let rules = include_str!("../../rules/lists/trackers.txt");
        let groups: Vec<&str> = rules.split("\n! name:").skip(1).collect();
        assert!(groups.len() > 50);
        assert!(List::new(&rules.lines().map(str::to_owned).collect::<Vec<_>>()).wanted.is_some(), "a slow list");
        for group in groups {
            let name = group.lines().next().unwrap_or_default();
            assert!(group.lines().nth(1).is_some_and(|line| line.starts_with("! evidence: ")), "{name}");
            assert!(group.lines().skip(2).any(|line| line.starts_with(['|', '/'])), "{name}");
        }
    }

    #[test]
    fn lists_of_others_are_understood() {
        let rules = "[Adblock Plus 2.0]\n||track.example^$third-party\n/count.gif?$image\n@@||track.example/fonts/\n";
        assert_eq!(service(rules, "https://a.track.example/x", Via::Image).as_deref(), Some("a.track.example"));
        assert_eq!(service(rules, "https://a.example/count.gif?x", Via::Image).as_deref(), Some("a.example"));
        assert_eq!(service(rules, "https://a.example/count.gif?x", Via::Style), None);
        assert_eq!(service(rules, "https://track.example/fonts/a.woff", Via::Font), None);
        // An expression may want anything, and letters of any size are meant.
        let rules = "/^https:\\/\\/c[0-9]+\\./\n||СТАТ.example^\n/Hit.php?\n";
        assert_eq!(service(rules, "https://c12.example/", Via::Image).as_deref(), Some("c12.example"));
        assert_eq!(service(rules, "https://стат.example/", Via::Image).as_deref(), Some("стат.example"));
        let rules = "/Hit.php?\n||track.example^";
        assert_eq!(service(rules, "https://a.example/hIT.php?1", Via::Image).as_deref(), Some("a.example"));
        assert_eq!(service(rules, "https://TRACK%2Eexample/", Via::Image).as_deref(), Some("track.example"));
        assert_eq!(service(rules, "https://b.example/", Via::Image), None);
    }
}
