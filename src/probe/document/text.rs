//! Plain texts: a line is a paragraph, and one with tabulators a row.

use super::super::{Context, text};
use super::flow::Flow;
use crate::facts::{Damage, DamageKind, DocumentFacts, FileFacts};
use crate::source::Source;

/// Lines between two looks at the clock.
const STRIDE: usize = 4_096;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts, document: &mut DocumentFacts) {
    let read = text::read(source, context, facts);
    let mut flow = Flow::new();
    for (count, line) in read.split(['\n', '\r', '\u{c}']).enumerate() {
        // Tabulators in front of a line are an indent.
        let line = line.trim_start();
        if line.contains('\t') {
            flow.row(line.split('\t'));
        } else {
            flow.paragraph(line);
        }
        if flow.is_full() {
            break;
        }
        if count % STRIDE == STRIDE - 1 && context.deadline.is_over() {
            facts.damage.push(Damage::new(DamageKind::OverTime));
            break;
        }
    }
    flow.finish(facts, document);
}
