//! Does a link lead to something that others can download, as far as its address shows, or as its service says if it was
//! asked?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form;
use super::links::{Link, Said, Service, Shape, hosts, links, service};
use super::record::said;
use super::{Asked, Opinion, Settings, inside};
use crate::facts::{Facts, Kind};
use crate::finding::{Arg, Message, Place};
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
        if self.is_beside(facts) {
            opinion.beside = true;
            return;
        }
        let links = self.of(facts);
        let on_service = links.iter().filter_map(|link| Some((link, service(link, &self.link_services)?)));
        let told = on_service.map(|(link, service)| (service.shape(link), service.said(link, facts), link, service));
        // The best of them counts: documents hold other links too.
        if let Some((shape, said, link, service)) = told.min_by_key(|(shape, said, ..)| badness(*shape, *said)) {
            tell(shape, said, link, service, opinion);
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

    fn links<'a>(&'a self, facts: &'a Facts) -> Vec<Asked<'a>> {
        if self.is_beside(facts) {
            return Vec::new();
        }
        let asked = |link: Link<'a>| {
            let service = service(&link, &self.link_services)?;
            service.shape(&link).may_be_got().then(|| Asked { url: link.url, hosts: service.asked() })
        };
        self.of(facts).into_iter().filter_map(asked).collect()
    }
}

impl LinkForm {
    /// The work lies in the submission itself.
    fn is_beside(&self, facts: &Facts) -> bool {
        form::documents(facts).iter().any(|document| document.is_of(&self.kinds))
    }

    fn of<'a>(&self, facts: &'a Facts) -> Vec<Link<'a>> {
        let known = self.link_services.iter().flat_map(|service| service.hosts.iter().cloned());
        links(facts, &self.answer, &known.chain(hosts(&self.media)).collect::<Vec<_>>())
    }
}

/// How bad a link is: the least bad one counts.
fn badness(shape: Shape, said: Said<'_>) -> u8 {
    match (shape, said) {
        (Shape::Malformed, _) => 6,
        (Shape::Private, _) => 5,
        (_, Said::Gone) => 4,
        (_, Said::SignIn) => 3,
        (_, Said::File(_)) => 0,
        (Shape::File, _) => 1,
        (Shape::Folder, _) => 2,
    }
}

fn tell(shape: Shape, said: Said<'_>, link: &Link<'_>, service: &Service, opinion: &mut Opinion) {
    let message = |id| Message::new(id).with("url", link.url).with("host", service.label());
    let place = inside::place(&link.route);
    match (shape, said) {
        (Shape::Malformed, _) => opinion.error(message("link-malformed"), place),
        (Shape::Private, _) => opinion.error(message("link-private"), place),
        (_, Said::Gone) => opinion.error(message("link-gone"), place),
        (_, Said::SignIn) => opinion.error(message("link-not-shared"), place),
        (_, Said::File(answer)) => {
            let size = answer.size.map_or(Arg::Text(String::new()), Arg::Bytes);
            opinion.note(message("link-delivers").with("size", size), place);
        }
        (Shape::Folder, _) => opinion.warning(message("link-folder"), place),
        (Shape::File, Said::Page) => opinion.note(message("link-answers"), place),
        (Shape::File, _) => opinion.note(message("link-taken"), place),
    }
    match said {
        Said::Unasked | Said::Page if shape.may_be_got() => opinion.unchecked(Message::new("unchecked-link")),
        Said::Unclear(answer) => {
            let message = Message::new("unchecked-link-unclear").with("status", answer.status.to_string());
            opinion.unchecked(message.with("host", answer.host.as_str()));
        }
        Said::Nothing(why) => {
            opinion.unchecked(Message::new("unchecked-link-unanswered").with("why", Arg::Unanswered(why)));
        }
        _ => {}
    }
}
