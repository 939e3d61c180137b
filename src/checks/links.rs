//! What the checks of links share: where links stand, on which services they lie, and what may be got from them, as far
//! as an address shows, and as the services themselves said if they were asked.

use schemars::JsonSchema;
use serde::Deserialize;

use super::address::{Address, from_host, within_any};
use super::form;
use crate::facts::{Facts, LinkAnswer, LinkSaid, Unanswered};
use crate::settings::names::Row;

/// A link that a participant gave.
pub(super) struct Link<'a> {
    /// As it is written.
    pub url: &'a str,
    /// The document that it stands in; none if it stands in the table or on the cover sheet.
    pub route: Vec<&'a str>,
}

impl Link<'_> {
    /// Its host, without `www`.
    pub(super) fn host(&self) -> String {
        let url = from_host(self.url);
        let host = Address::parse(&url).host.unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(&host).to_owned()
    }

    /// It lies on one of these hosts.
    pub(super) fn is_on(&self, hosts: &[String]) -> bool {
        within_any(&self.host(), hosts)
    }

    /// It leads to the front page of its host.
    pub(super) fn is_front_page(&self) -> bool {
        let query = self.url.split_once(['?', '#']);
        Address::parse(&from_host(self.url)).path.trim_matches('/').is_empty()
            && query.is_none_or(|(_, query)| query.trim_matches(['/', '!']).is_empty())
    }

    /// What stands behind the host.
    fn rest(&self) -> &str {
        let rest = self.url.split_once("://").map_or(self.url, |(_, rest)| rest).trim_start_matches('/');
        rest.find(['/', '?', '#']).map_or("", |at| &rest[at..])
    }
}

/// Links in a text: what has a scheme, begins with `www.` or names one of these hosts.
fn in_text<'a>(text: &'a str, hosts: &[String], found: &mut Vec<&'a str>) {
    // A space behind the dot of a host is how some programs wrap an address; it cannot be told from the end of one.
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '|')) {
        let lower = word.to_lowercase();
        let start = ["https://", "http://", "www."].iter().filter_map(|start| lower.find(start)).min();
        let start = start.or_else(|| hosts.iter().filter_map(|host| lower.find(host.as_str())).min());
        // Lower case may have another length than what was written.
        if let Some(url) = start.and_then(|start| word.get(start..)) {
            let url = url.trim_end_matches(['.', ',', ';', ':', ')', ']', '!', '\'', '’', '”']);
            if !url.is_empty() {
                found.push(url);
            }
        }
    }
}

/// The links of a submission: those of a column first, then those that its documents hold.
pub(super) fn links<'a>(facts: &'a Facts, answer: &str, hosts: &[String]) -> Vec<Link<'a>> {
    let mut found = Vec::new();
    if let Some(answer) = facts.record.as_ref().and_then(|record| record.answers.get(answer)) {
        in_text(&answer.text, hosts, &mut found);
    }
    let mut links: Vec<Link<'a>> = found.drain(..).map(|url| Link { url, route: Vec::new() }).collect();
    for document in form::documents(facts) {
        for text in document.said.into_iter().flat_map(crate::facts::DocumentFacts::texts) {
            in_text(text, hosts, &mut found);
        }
        links.extend(found.drain(..).map(|url| Link { url, route: document.route.clone() }));
    }
    links
}

/// A service on which files are shared, and the forms of its addresses. In a pattern `*` stands for a name or a number
/// (Latin letters, digits, `_`, `-`).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Service {
    /// Kebab-case id.
    #[serde(rename = "id")]
    _id: String,
    /// Its names by language.
    name: std::collections::BTreeMap<String, String>,
    /// Its hosts.
    pub hosts: Vec<String>,
    /// Hosts that it leads to with a file. They may be asked too.
    #[serde(default)]
    delivers: Vec<String>,
    /// Hosts where people sign in. A link that leads there is not open to everybody.
    #[serde(default)]
    sign_in: Vec<String>,
    /// Behind these lies one file.
    files: Vec<String>,
    /// Behind these lies a folder, or something that may be one.
    folders: Vec<String>,
    /// These show its owner what is his, and nobody else.
    private: Vec<String>,
}

/// What may be got from a link, as far as its address shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    File,
    Folder,
    Private,
    /// No address of this service looks so: something of it is missing, or too much.
    Malformed,
}

/// What a service said about a link, and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// It was not asked.
    Unasked,
    /// It hands out a file.
    File(&'a LinkAnswer),
    /// It shows a page, which may be that of the file or one that says why there is none.
    Page,
    /// It wants a visitor to sign in.
    SignIn,
    /// There is nothing.
    Gone,
    /// Nothing can be told from this answer.
    Unclear(&'a LinkAnswer),
    /// It did not answer.
    Nothing(Unanswered),
}

impl Shape {
    /// Something lies behind it that others may get.
    pub(super) fn may_be_got(self) -> bool {
        matches!(self, Shape::File | Shape::Folder)
    }
}

impl Service {
    /// Its hosts, and those that it leads to with a file.
    pub(super) fn asked(&self) -> Vec<&str> {
        self.hosts.iter().chain(&self.delivers).map(String::as_str).collect()
    }

    /// What was said about a link.
    pub(super) fn said<'a>(&self, link: &Link<'_>, facts: &'a Facts) -> Said<'a> {
        let known = facts.links.iter().flatten().find(|known| known.url == link.url);
        let answer = match known.map(|known| &known.said) {
            None => return Said::Unasked,
            Some(LinkSaid::Nothing(why)) => return Said::Nothing(*why),
            Some(LinkSaid::Answer(answer)) => answer,
        };
        let page =
            answer.media_type.as_deref().is_none_or(|media| matches!(media, "text/html" | "application/xhtml+xml"));
        match answer.status {
            200..300 if answer.attachment || !page => Said::File(answer),
            200..300 => Said::Page,
            300..=399 if within_any(&answer.host, &self.sign_in) => Said::SignIn,
            401 => Said::SignIn,
            404 | 410 => Said::Gone,
            _ => Said::Unclear(answer),
        }
    }

    /// What people call it.
    pub(super) fn label(&self) -> &str {
        self.name.get("ru").or_else(|| self.name.values().next()).map_or("", String::as_str)
    }

    pub(super) fn shape(&self, link: &Link<'_>) -> Shape {
        let rest = link.rest();
        let any = |patterns: &[String]| patterns.iter().any(|pattern| fits(rest, pattern));
        if any(&self.private) {
            Shape::Private
        } else if any(&self.files) {
            Shape::File
        } else if any(&self.folders) {
            Shape::Folder
        } else {
            Shape::Malformed
        }
    }
}

/// The service that a link lies on.
pub(super) fn service<'a>(link: &Link<'_>, services: &'a [Service]) -> Option<&'a Service> {
    services.iter().find(|service| link.is_on(&service.hosts))
}

/// A text begins as a pattern says and goes on, if it does, with another part of an address.
fn fits(text: &str, pattern: &str) -> bool {
    let mut rest = text;
    for (index, part) in pattern.split('*').enumerate() {
        if index > 0 {
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
            if length == 0 {
                return false;
            }
            rest = &rest[length..];
        }
        let Some(after) = rest.strip_prefix(part) else { return false };
        rest = after;
    }
    rest.is_empty() || rest.starts_with(['/', '?', '&', '#']) || pattern.ends_with(['/', '?', '=', '#'])
}

/// The hosts of the rows of a list.
pub(super) fn hosts(rows: &[Row]) -> Vec<String> {
    rows.iter().flat_map(|row| row.hosts.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn services() -> Vec<Service> {
        let lists: toml::Value = toml::from_str(include_str!("../../rules/lists/record.toml")).expect("TOML");
        lists["list"]["link-services"].clone().try_into().expect("services")
    }

    #[test]
    fn links_are_found_in_sentences() {
        let mut found = Vec::new();
        let text = "Бейне: (https://drive.google.com/file/d/1a/view?usp=sharing). Және cloud.mail.ru/public/Ab1c/x, www.opiq.kz!";
        in_text(text, &["cloud.mail.ru".to_owned()], &mut found);
        assert_eq!(
            found,
            ["https://drive.google.com/file/d/1a/view?usp=sharing", "cloud.mail.ru/public/Ab1c/x", "www.opiq.kz"]
        );
    }

    #[test]
    fn what_may_be_got_from_a_link_is_told_by_its_form() {
        let services = services();
        let shape = |url: &str| {
            let link = Link { url, route: Vec::new() };
            service(&link, &services).map(|service| service.shape(&link))
        };
        for (url, expected) in [
            ("https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view?usp=sharing", Shape::File),
            ("https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/edit", Shape::File),
            ("https://drive.google.com/file/u/0/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view", Shape::File),
            ("https://drive.google.com/open?id=1AbCdEfGhIjKlMnOpQrStUvWxYz012345", Shape::File),
            ("drive.google.com/uc?export=download&id=1AbCdEfGhIjKlMnOpQrStUvWxYz012345", Shape::File),
            ("https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz?usp=sharing", Shape::Folder),
            ("https://drive.google.com/drive/u/0/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz", Shape::Folder),
            ("https://drive.google.com/drive/my-drive", Shape::Private),
            ("https://drive.google.com/drive/u/0/home", Shape::Private),
            ("https://drive.google.com/file/d/", Shape::Malformed),
            ("https://drive.google.com/file/d/1AbCdEf…", Shape::Malformed),
            ("https://drive.google.com/", Shape::Malformed),
            // Mail.ru tells neither a file from a folder.
            ("https://cloud.mail.ru/public/5FTb/3L9hYqZkW", Shape::File),
            ("https://cloud.mail.ru/home/video.mp4", Shape::Private),
            ("https://cloud.mail.ru/public/5FTb", Shape::Malformed),
            ("https://disk.yandex.ru/i/AbC123-_x", Shape::File),
            ("https://yadi.sk/d/AbC123", Shape::Folder),
            ("https://disk.yandex.kz/client/disk/video.mp4", Shape::Private),
            ("https://disk.yandex.kz/i/", Shape::Malformed),
        ] {
            assert_eq!(shape(url), Some(expected), "{url}");
        }
        assert_eq!(shape("https://example.kz/file/d/1AbC/view"), None);
        assert_eq!(shape("https://notdrive.google.com.example.kz/file/d/1AbC/view"), None);
    }
}
