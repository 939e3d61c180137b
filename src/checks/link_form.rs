//! Does a link lead to something that others can download, as far as its address shows?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form;
use super::links::{Link, Service, Shape, hosts, links, service};
use super::record::said;
use super::{Opinion, Settings, inside};
use crate::facts::{Facts, Kind};
use crate::finding::{Message, Place};
use crate::settings::names::{self, Row};

/// Settings of `link-form`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LinkForm {
    /// The columns of a table.
    columns: Vec<Row>,
    /// Services on which files are shared, with the forms of their addresses.
    link_services: Vec<Service>,
    /// Kinds of works. One that lies in the submission needs no link.
    kinds: Vec<Kind>,
    /// The column of the link.
    answer: String,
    /// The column of the way in which the work was handed over.
    medium: String,
    /// The ways, those with a link having hosts.
    media: Vec<Row>,
}

impl Settings for LinkForm {
    const CHECK: &'static str = "link-form";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let documents = form::documents(facts);
        if documents.iter().any(|document| document.is_of(&self.kinds)) {
            opinion.beside = true;
            return;
        }
        let known: Vec<String> = self.link_services.iter().flat_map(|service| service.hosts.iter().cloned()).collect();
        let listed: Vec<String> = hosts(&self.media);
        let links = links(facts, &self.answer, &[known, listed].concat());
        let on_service = links.iter().filter_map(|link| Some((link, service(link, &self.link_services)?)));
        // The best of them counts: documents hold other links too.
        let best =
            on_service.map(|(link, service)| (service.shape(link), link, service)).min_by_key(
                |(shape, ..)| match shape {
                    Shape::File => 0,
                    Shape::Folder => 1,
                    Shape::Private => 2,
                    Shape::Malformed => 3,
                },
            );
        if let Some((shape, link, service)) = best {
            tell(shape, link, service, opinion);
            return;
        }
        if let Some(link) = links.iter().find(|link| link.route.is_empty()) {
            // What the address of another service should look like nobody knows.
            let message = Message::new("link-of-another-service").with("url", link.url).with("host", link.host());
            opinion.warning(message, Place::whole());
            opinion.unchecked(Message::new("unchecked-link"));
            return;
        }
        let said = said(facts, &self.medium, &self.columns);
        let medium = said.text().and_then(|text| names::row(text, &self.media));
        match medium {
            Some(row) if !row.hosts.is_empty() => {
                opinion.error(Message::new("link-missing").with("medium", row.label()), Place::whole());
            }
            // Without a link, that there is no work is another requirement.
            _ => opinion.beside = true,
        }
    }
}

fn tell(shape: Shape, link: &Link<'_>, service: &Service, opinion: &mut Opinion) {
    let message = |id| Message::new(id).with("url", link.url).with("host", service.label());
    let place = inside::place(&link.route);
    match shape {
        Shape::Malformed => opinion.error(message("link-malformed"), place),
        Shape::Private => opinion.error(message("link-private"), place),
        Shape::Folder => {
            opinion.warning(message("link-folder"), place);
            opinion.unchecked(Message::new("unchecked-link"));
        }
        Shape::File => {
            opinion.note(message("link-taken"), place);
            opinion.unchecked(Message::new("unchecked-link"));
        }
    }
}
