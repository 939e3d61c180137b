//! PDF: the words on its pages, in lines, and in rows where lines of a table are drawn around them; then what stands in
//! the fields of its form.
//!
//! `lopdf`, which was asked for, reads all objects at once: 83 KB of PDF took it 14 seconds and 4.9 GB of memory. What is
//! needed here of the format is less than that crate and the thirty others it draws in, and every step of it is counted.

mod file;
mod font;
mod lexer;
mod page;

use std::collections::HashSet;

use super::super::Context;
use super::flow::Flow;
use crate::facts::{Damage, DamageKind, DocumentFacts, FileFacts, Unread};
use crate::source::Source;
use file::Pdf;
use lexer::{Dict, Object};
use page::{Fonts, Page};

/// Pages that are read; all are counted as far as the work allows.
const PAGES: usize = 2_000;

/// Pages in folders in folders.
const DEPTH: usize = 40;

/// Fields of a form.
const FIELDS: usize = 10_000;

/// Streams that one page is put together of.
const CONTENTS: usize = 1_000;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts, document: &mut DocumentFacts) {
    let bytes = super::held(source, context, facts);
    let pdf = Pdf::new(&bytes, context);
    if pdf.is_encrypted() {
        document.unread = Some(Unread::Encrypted);
        return;
    }
    let Some(root) = pdf.root() else {
        let why = if pdf.is_exhausted() { DamageKind::OverLimit } else { DamageKind::MissingPart };
        facts.damage.push(Damage::new(why).because("Catalog"));
        document.unread = Some(if pdf.is_exhausted() { Unread::Limit } else { Unread::Damaged });
        return;
    };
    let mut pages = Pages { pdf: &pdf, seen: HashSet::new(), found: Vec::new(), count: 0 };
    if let Some(tree) = root.get("Pages") {
        pages.walk(tree, &Dict::default(), 0);
    }
    if pages.count == 0 {
        facts.damage.push(Damage::new(DamageKind::MissingPart).because("Pages"));
    }
    document.pages = u32::try_from(pages.count).ok();
    let mut flow = Flow::new();
    let mut fonts = Fonts::new();
    let (mut known, mut unknown) = (0, 0);
    for (page, resources) in &pages.found {
        if flow.is_full() || pdf.is_exhausted() {
            break;
        }
        if pdf.is_over_time() {
            facts.damage.push(Damage::new(DamageKind::OverTime));
            break;
        }
        let mut drawn = Page::new(&pdf, &mut fonts);
        drawn.draw(&content(&pdf, page), resources, 0);
        document.pictures = document.pictures.saturating_add(drawn.pictures);
        known += drawn.known;
        unknown += drawn.unknown;
        drawn.write(&mut flow);
        notes(&pdf, page, &mut flow);
    }
    if let Some(form) = pdf.dict_in(&root, "AcroForm") {
        let mut form_fields = Form { pdf: &pdf, seen: HashSet::new(), flow: &mut flow };
        for field in pdf.array_in(&form, "Fields").unwrap_or_default() {
            form_fields.walk(&field, &Inherited::default(), 0);
        }
    }
    if pdf.is_exhausted() || pages.count > pages.found.len() {
        facts.damage.push(Damage::new(DamageKind::OverLimit));
    }
    // A few signs without a letter are bullets; more are text that only looks like text.
    if unknown > known {
        facts.damage.push(Damage::new(DamageKind::Unsupported).because("fonts without ToUnicode"));
    }
    flow.finish(facts, document);
}

struct Pages<'a> {
    pdf: &'a Pdf<'a>,
    seen: HashSet<u32>,
    /// Pages with their resources, which they may have from above.
    found: Vec<(Dict, Dict)>,
    count: usize,
}

impl Pages<'_> {
    fn walk(&mut self, object: &Object, inherited: &Dict, depth: usize) {
        if let Object::Reference(number) = object
            && !self.seen.insert(*number)
        {
            return;
        }
        let Some(node) = self.pdf.dict(object).filter(|_| depth < DEPTH) else { return };
        let own = self.pdf.dict_in(&node, "Resources");
        let resources = own.as_ref().unwrap_or(inherited);
        if let Some(kids) = self.pdf.array_in(&node, "Kids") {
            for kid in &kids {
                if self.pdf.is_exhausted() {
                    return;
                }
                self.walk(kid, resources, depth + 1);
            }
        } else {
            self.count += 1;
            if self.found.len() < PAGES {
                self.found.push((node, resources.clone()));
            }
        }
    }
}

/// What a page says is to be drawn: one stream or several, which are read as one.
fn content(pdf: &Pdf<'_>, page: &Dict) -> Vec<u8> {
    let Some(contents) = page.get("Contents") else { return Vec::new() };
    let all = match pdf.resolve(contents) {
        Object::Array(parts) => parts,
        _ => vec![contents.clone()],
    };
    let mut content = Vec::new();
    for part in all.iter().take(CONTENTS) {
        if let Some(stream) = pdf.stream(part) {
            content.extend(pdf.unpack(&stream));
            content.push(b'\n');
        }
        if pdf.is_exhausted() {
            break;
        }
    }
    content
}

/// Text that was typed onto a page with a viewer.
fn notes(pdf: &Pdf<'_>, page: &Dict, flow: &mut Flow) {
    for note in pdf.array_in(page, "Annots").unwrap_or_default().iter().take(FIELDS) {
        let Some(note) = pdf.dict(note).filter(|note| note.is("Subtype", "FreeText")) else { continue };
        if let Some(Object::Text(text)) = pdf.get(&note, "Contents") {
            for line in decode(&text).split(['\n', '\r']) {
                flow.paragraph(line);
            }
        }
    }
}

/// The fields of a form.
struct Form<'a, 'b> {
    pdf: &'a Pdf<'a>,
    seen: HashSet<u32>,
    flow: &'b mut Flow,
}

/// What fields have from the ones above.
#[derive(Clone, Default)]
struct Inherited {
    name: String,
    kind: Option<String>,
    flags: usize,
    value: Option<Object>,
}

impl Form<'_, '_> {
    fn walk(&mut self, object: &Object, above: &Inherited, depth: usize) {
        /// Bit of the flags: a button that is pressed and keeps nothing.
        const PUSHED: usize = 1 << 16;

        if let Object::Reference(number) = object
            && !self.seen.insert(*number)
        {
            return;
        }
        if depth >= DEPTH || self.seen.len() > FIELDS || self.flow.is_full() {
            return;
        }
        let Some(field) = self.pdf.dict(object) else { return };
        let text = |key: &str| match self.pdf.get(&field, key) {
            Some(Object::Text(text)) => Some(decode(&text)),
            _ => None,
        };
        let mut here = above.clone();
        if let Some(part) = text("T") {
            if !here.name.is_empty() {
                here.name.push('.');
            }
            here.name.push_str(&part.chars().take(200).collect::<String>());
        }
        here.kind = self.pdf.get(&field, "FT").and_then(|kind| kind.name().map(str::to_owned)).or(here.kind);
        here.flags = self.pdf.get(&field, "Ff").and_then(|flags| flags.count()).unwrap_or(here.flags);
        here.value = self.pdf.get(&field, "V").or(here.value);
        let label = text("TU").filter(|label| !label.trim().is_empty()).unwrap_or_else(|| here.name.clone());
        let kids = self.pdf.array_in(&field, "Kids").unwrap_or_default();
        // Kids without a name are places where one field is shown.
        let named = kids.iter().any(|kid| self.pdf.dict(kid).is_some_and(|kid| kid.get("T").is_some()));
        if named {
            for kid in &kids {
                self.walk(kid, &here, depth + 1);
            }
            return;
        }
        let value = match here.kind.as_deref() {
            Some("Btn") if here.flags & PUSHED == 0 => {
                let state = here.value.as_ref().or(field.get("AS")).and_then(Object::name);
                if state.is_some_and(|state| state != "Off") { "☒".to_owned() } else { "☐".to_owned() }
            }
            Some("Tx" | "Ch") => here.value.as_ref().map(|value| self.said(value)).unwrap_or_default(),
            _ => return,
        };
        self.flow.row([label.as_str(), value.as_str()]);
    }

    fn said(&self, value: &Object) -> String {
        match self.pdf.resolve(value) {
            Object::Text(text) => decode(&text).replace('\r', "\n"),
            Object::Array(all) => all
                .iter()
                .take(100)
                .map(|one| match one {
                    Object::Text(text) => decode(text),
                    _ => String::new(),
                })
                .collect::<Vec<String>>()
                .join("\n"),
            _ => self.pdf.stream(value).map(|stream| decode(&self.pdf.unpack(&stream))).unwrap_or_default(),
        }
    }
}

/// Texts outside of pages: UTF-16 or UTF-8 with a mark, else nearly Latin-1.
fn decode(text: &[u8]) -> String {
    match text {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        text => encoding_rs::WINDOWS_1252.decode_without_bom_handling(text).0.into_owned(),
    }
}
