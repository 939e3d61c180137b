//! Text documents: what they say, in the order of reading, and nothing of how they look. Every format writes into one
//! [`flow::Flow`], which tidies the text and keeps the limits.

mod docx;
mod flow;
mod odt;
mod package;
mod pdf;
mod rtf;
mod text;
mod xml;

use super::Context;
use super::bundle::Budget;
use crate::facts::{Damage, DamageKind, DocumentFacts, FileFacts, Format, Identity, Unread};
use crate::identify::is_sealed_document;
use crate::source::{self, Source};

/// Somebody asks what documents say, and this is one. Of texts only those are documents that are named so: others are
/// read by programs, or by programmers.
pub(super) fn is_asked(identity: &Identity, context: &Context<'_>) -> bool {
    let document = match identity.format {
        Format::Docx | Format::Docm | Format::Odt | Format::Rtf | Format::Pdf | Format::Doc => true,
        // An office document with a password is a compound file around it.
        Format::Ole | Format::OleMacros => {
            matches!(identity.extension.as_deref(), Some("docx" | "docm" | "doc" | "odt" | "rtf" | "pdf"))
        }
        Format::Text => matches!(identity.extension.as_deref(), None | Some("txt")),
        _ => false,
    };
    context.documents && document
}

/// Reads a document.
pub(super) fn probe(source: &dyn Source, context: &Context<'_>, budget: &Budget, facts: &mut FileFacts) {
    let mut document = DocumentFacts::default();
    match facts.identity.format {
        Format::Docx | Format::Docm => docx::probe(source, context, budget, facts, &mut document),
        Format::Odt => odt::probe(source, context, budget, facts, &mut document),
        Format::Rtf => rtf::probe(source, context, facts, &mut document),
        Format::Pdf => pdf::probe(source, context, facts, &mut document),
        Format::Text => text::probe(source, context, facts, &mut document),
        Format::Ole | Format::OleMacros => {
            document.unread = Some(if is_sealed_document(source) { Unread::Encrypted } else { Unread::Method });
        }
        // Old binary Word is a file system of its own with pieces of text all over; its authors can save it as DOCX.
        _ => document.unread = Some(Unread::Method),
    }
    facts.document = Some(Box::new(document));
}

/// All bytes of a document that is read as a whole, as far as files may be held; notes what stopped it.
fn held<'a>(source: &'a dyn Source, context: &Context<'_>, facts: &mut FileFacts) -> std::borrow::Cow<'a, [u8]> {
    let limit = context.limits.held_bytes.min(context.limits.text_bytes);
    if source.size() > limit {
        facts.damage.push(Damage::new(DamageKind::OverLimit).at(limit));
    }
    source::beginning(source, usize::try_from(limit).unwrap_or(usize::MAX)).unwrap_or_else(|error| {
        facts.damage.push(Damage::new(DamageKind::ReadError).because(error));
        std::borrow::Cow::default()
    })
}
