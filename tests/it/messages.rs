//! Every sentence that the code names is in the catalogues, and no catalogue keeps a sentence that nothing names.

use std::collections::BTreeSet;

use tekser::locale::Language;

use crate::common::{files, root};

fn catalogue() -> BTreeSet<&'static str> {
    let sentence = |line: &'static str| line.split_once(" =").map(|(id, _)| id);
    Language::En.catalogue().lines().filter(|line| !line.starts_with([' ', '#'])).filter_map(sentence).collect()
}

fn source() -> String {
    let code = files(&root().join("src"));
    let code: Vec<_> = code.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    assert!(code.len() > 40, "the source was found");
    code.into_iter().map(|path| std::fs::read_to_string(path).expect("a source file")).collect()
}

#[test]
fn every_message_of_the_code_is_in_the_catalogues() {
    let (source, catalogue) = (source(), catalogue());
    let mut named = BTreeSet::new();
    for marker in ["Message::new(\"", "told(\"", "message(\"", "plain(\"", "unknown(\""] {
        named.extend(source.split(marker).skip(1).filter_map(|rest| rest.split('"').next()));
    }
    named.remove("");
    assert!(named.len() > 80, "messages were found: {}", named.len());
    let missing: Vec<_> = named.difference(&catalogue).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_sentence_is_kept_for_nobody() {
    // These are put together from a word and the id of the thing they name.
    let families = [
        "format",
        "advice",
        "kind",
        "damage",
        "conflict",
        "via",
        "obfuscation",
        "unread",
        "unheard",
        "unanswered",
        "unscanned",
        "unvisited",
        "screen",
        "action",
        "verdict",
        "outcome",
        "level",
        "modality",
        "check",
        "help",
        "unit",
        "steps",
        "jury-column",
        "jury-part",
        "column",
        "html",
        "tools",
    ];
    let source = source();
    let idle: Vec<_> = catalogue()
        .into_iter()
        .filter(|id| !families.iter().any(|family| id.starts_with(&format!("{family}-"))))
        .filter(|id| !source.contains(&format!("\"{id}\"")))
        .collect();
    assert!(idle.is_empty(), "{idle:?}");
}
