//! Scripts: what they refer to, which of the browser's interfaces they use, and whether a browser takes them at all.
//!
//! Every script is read as tokens ([`lexer`]) and then, unless it is too deep for that, as a tree ([`tree`]). From the
//! tokens come the texts that look like addresses, from the tree what is done with them.

mod lexer;
mod library;
mod tree;

use std::collections::HashSet;
use std::sync::Arc;

use super::{Context, text};
use crate::facts::{
    ApiUse, Damage, DamageKind, Declared, FileFacts, Obfuscated, Obfuscation, Spot, SyntaxError, Via, WebFacts,
};
use crate::source::Source;
use lexer::{Lexer, Token};
use tree::Seen;

/// Names whose use is noted where a script cannot be read as a tree. They can send data away, read about the user, run
/// text as code, or are what learning platforms offer to scripts.
const APIS: [&str; 21] = [
    "fetch",
    "XMLHttpRequest",
    "sendBeacon",
    "WebSocket",
    "EventSource",
    "WebTransport",
    "RTCPeerConnection",
    "importScripts",
    "geolocation",
    "getUserMedia",
    "getDisplayMedia",
    "enumerateDevices",
    "cookie",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "eval",
    "Function",
    "WebAssembly",
    "LMSInitialize",
    "API_1484_11",
];

/// Uses of interfaces kept of one file.
const USES: usize = 200;

/// Numbered names (`_0x3f2a`) of which as many betray a tool that makes scripts unreadable.
const NUMBERED: usize = 20;

/// How a browser takes a script.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// `<script>`.
    Classic,
    /// `<script type="module">`.
    Module,
    /// A file, which pages can load as the one or the other.
    File,
    /// The value of `onclick` and the like.
    Handler,
    /// Data or a template in the place of a script; no browser runs it.
    Data,
}

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let text = text::read(source, context, facts);
    let asked = context.known.map(|known| (known, known.ask(&text)));
    if let Some((_, Ok(web))) = asked {
        facts.web = Some(web);
        return;
    }
    let mut web = WebFacts { scripts: 1, library: library::of(&text), ..WebFacts::default() };
    let complete = scan(&text, Kind::File, text::START, context, &mut web);
    if !web.syntax_errors.is_empty() && is_json(&text) {
        web.syntax_errors.clear();
    }
    let web = Arc::new(web);
    if !complete {
        facts.damage.push(Damage::new(DamageKind::OverLimit));
    } else if let Some((known, Err(name))) = asked {
        known.keep(name, &web);
    }
    facts.web = Some(web);
}

/// Some programs give their data the extension of a script, and load it as data.
fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim();
    text.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Adds what `script`, which begins at `origin` in its file, refers to and uses; false if something was left out.
pub(super) fn scan(script: &str, kind: Kind, origin: Spot, context: &Context<'_>, web: &mut WebFacts) -> bool {
    let mut lexer = Lexer::new(script);
    let mut complete = true;
    let mut tokens = 0u32;
    let mut texts: Vec<(usize, String)> = Vec::new();
    let mut numbered: Option<(usize, HashSet<&str>)> = None;
    while let Some(token) = lexer.next() {
        tokens = tokens.wrapping_add(1);
        if tokens.is_multiple_of(65_536) && context.deadline.is_over() {
            return false;
        }
        match token {
            Token::Text(text, at) if looks_like_address(&text) => {
                if texts.len() >= context.limits.references {
                    complete = false;
                } else {
                    texts.push((at, text.into_owned()));
                }
            }
            Token::Name(name, at) if name.starts_with("_0x") => {
                let (_, seen) = numbered.get_or_insert_with(|| (at, HashSet::new()));
                if seen.len() < NUMBERED {
                    seen.insert(name);
                }
            }
            _ => {}
        }
    }
    let seen = if kind == Kind::Data { Seen::default() } else { tree::read(script, kind, lexer.depth()) };
    let mut found: Vec<Found> = Vec::new();
    let known: HashSet<usize> = seen.addresses.iter().map(|(at, ..)| *at).collect();
    found.extend(
        texts.into_iter().filter(|(at, _)| !known.contains(at)).map(|(at, url)| (at, What::Address(url, Via::Text))),
    );
    found.extend(seen.addresses.into_iter().map(|(at, via, url)| (at, What::Address(url, via))));
    match seen.uses {
        Some(uses) => found.extend(uses.into_iter().map(|(at, name, argument)| (at, What::Use(name, argument)))),
        None if kind == Kind::Data => {}
        None => found.extend(names(script).into_iter().map(|(at, name)| (at, What::Use(name.to_owned(), None)))),
    }
    found.extend(seen.error.map(|(at, message)| (at, What::Error(message))));
    found.extend(seen.declared.into_iter().map(|(at, name)| (at, What::Declared(name))));
    found.extend(seen.module.map(|at| (at, What::Module)));
    found.extend(seen.obfuscated.map(|(at, how)| (at, What::Obfuscated(how))));
    if let Some((at, _)) = numbered.filter(|(_, seen)| seen.len() >= NUMBERED) {
        found.push((at, What::Obfuscated(Obfuscation::NumberedNames)));
    }
    // In the order of the text, so that lines are counted once.
    found.sort_by_key(|(at, _)| *at);
    let mut spots = text::Spots::new(script, origin);
    for (at, what) in found {
        complete &= add(what, spots.at(at), context, web);
    }
    complete
}

/// Where a script that cannot be read as a tree first names each interface of the browser.
fn names(script: &str) -> Vec<(usize, &str)> {
    let mut names: Vec<(usize, &str)> = Vec::new();
    let mut lexer = Lexer::new(script);
    while let Some(token) = lexer.next() {
        if let Token::Name(name, at) = token
            && APIS.contains(&name)
            && names.iter().all(|(_, other)| *other != name)
        {
            names.push((at, name));
        }
    }
    names
}

type Found = (usize, What);

/// Something in a script that becomes a fact.
enum What {
    Address(String, Via),
    Use(String, Option<String>),
    Error(String),
    Declared(String),
    Module,
    Obfuscated(Obfuscation),
}

fn add(what: What, spot: Spot, context: &Context<'_>, web: &mut WebFacts) -> bool {
    match what {
        What::Address(url, via) => return web.add(&url, via, spot, context.limits.references),
        What::Use(name, argument) => {
            let known = web.apis.iter().any(|api| api.name == name && api.argument == argument);
            if !known && web.apis.len() < USES {
                web.apis.push(ApiUse { name, argument, spot });
            }
        }
        What::Error(message) => {
            let message = message.chars().take(200).collect();
            web.syntax_errors.push(SyntaxError { message, spot });
        }
        What::Declared(name) => web.declared.push(Declared { name, spot }),
        What::Module => web.module = Some(spot),
        What::Obfuscated(how) => {
            web.obfuscated.get_or_insert(Obfuscated { how, spot });
        }
    }
    true
}

/// A text that a browser could be sent to: with a scheme, with a host, or a path that ends in an extension.
pub(super) fn looks_like_address(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_whitespace) {
        return false;
    }
    if text.contains("://") {
        return !text.starts_with("://");
    }
    // The end of an address whose beginning stands elsewhere: `'https://www' + '.counter.example/c.js'`.
    if let Some((host, _)) = text.strip_prefix('.').and_then(|rest| rest.split_once('/')) {
        return host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    }
    if let Some(host) = text.strip_prefix("//") {
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
        return host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    }
    // Names of media types, of which lists are long.
    if text.starts_with("application/vnd.") || text.starts_with("application/x-") {
        return false;
    }
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let Some((stem, extension)) = crate::last_part(path).rsplit_once('.') else { return false };
    let word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '-' | '%' | '~' | '@' | '+');
    !stem.is_empty()
        && (2..=11).contains(&extension.len())
        && extension.starts_with(|c: char| c.is_ascii_alphabetic())
        && extension.chars().all(|c| c.is_ascii_alphanumeric())
        && path.chars().all(word)
        && path.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_'))
        && !(path.starts_with('.') && !path.starts_with("./") && !path.starts_with("../"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Limits;

    fn scanned(script: &str) -> WebFacts {
        let limits = Limits::default();
        let context = Context::alone(&limits);
        let mut web = WebFacts::default();
        assert!(scan(script, Kind::File, text::START, &context, &mut web));
        web
    }

    fn addresses(script: &str) -> Vec<(String, Via, u64)> {
        scanned(script).references.into_iter().map(|r| (r.url, r.via, r.spot.line)).collect()
    }

    fn urls(script: &str) -> Vec<String> {
        scanned(script).references.into_iter().map(|reference| reference.url).collect()
    }

    fn uses(script: &str) -> Vec<(String, Option<String>)> {
        scanned(script).apis.into_iter().map(|api| (api.name, api.argument)).collect()
    }

    #[test]
    fn strings_count_and_comments_do_not() {
        let script = "// https://a.example/\n/* 'https://b.example/'\n */ var x = 'https://c.example/x';\n\
                      var t = `https://d.example/${ x + `${\"https://e.example/\"}` }/rest`;";
        let found: Vec<_> = addresses(script);
        let found: Vec<_> = found.iter().map(|(url, _, line)| (url.as_str(), *line)).collect();
        assert_eq!(found, [("https://c.example/x", 3), ("https://d.example/", 4), ("https://e.example/", 4)]);
    }

    #[test]
    fn quotes_in_regular_expressions_open_no_string() {
        let script =
            "var a = s.replace(/[\"'/]/g, ''), b = x / 2, c = 'https://a.example/'; if (/'/.test(a)) go('b/c.exe')";
        assert_eq!(urls(script), ["https://a.example/", "b/c.exe"]);
    }

    #[test]
    fn escapes_hide_nothing() {
        assert_eq!(urls(r#"go("https:\/\/a.example\u002fx\x2eexe")"#), ["https://a.example/x.exe"]);
        assert_eq!(urls("go('https://a.exa\\\nmple/')"), ["https://a.example/"]);
    }

    #[test]
    fn what_is_an_address() {
        for yes in [
            ".google-analytics.com/ga.js",
            "https://a.kz",
            "//cdn.example.com/x.js",
            "setup.exe",
            "../files/a.doc",
            "/x/y.png?v=1",
            "http://",
        ] {
            assert!(looks_like_address(yes), "{yes}");
        }
        assert!(!looks_like_address("application/vnd.mophun.application"));
        for no in ["", "a", "use strict", ".btn.active", "//", "// comment", "a.b c", "1.5", "e.g.", "Hello.", "://"] {
            assert!(!looks_like_address(no), "{no}");
        }
    }

    #[test]
    fn what_is_done_with_an_address() {
        let script = "fetch('https://a.example/save', {method: 'POST'});\n\
                      var x = new XMLHttpRequest(); x.open('GET', 'data/words');\n\
                      navigator.sendBeacon(`https://b.example/${id}`);\n\
                      new WebSocket('wss://c.example/' + room);\n\
                      navigator.serviceWorker.register('sw.js'); new Worker('worker.js');\n\
                      import('./part.js'); $.getJSON('list', show);\n\
                      location.href = 'next.html'; img.src = 'a.png'; var y = 'b.png';";
        let expected = [
            ("https://a.example/save", Via::Request, 1),
            ("data/words", Via::Request, 2),
            ("https://b.example/", Via::Request, 3),
            ("wss://c.example/", Via::Request, 4),
            ("sw.js", Via::Script, 5),
            ("worker.js", Via::Script, 5),
            ("./part.js", Via::Module, 6),
            ("list", Via::Request, 6),
            ("next.html", Via::Link, 7),
            ("a.png", Via::Request, 7),
            ("b.png", Via::Text, 7),
        ];
        assert_eq!(addresses(script), expected.map(|(url, via, line)| (url.to_owned(), via, line)));
    }

    #[test]
    fn interfaces_are_told_from_names_of_the_script() {
        assert_eq!(uses("window.fetch(u); fetch(v)"), [("fetch".to_owned(), None)]);
        assert_eq!(uses("function fetch(a) { return a } fetch(1); api.fetch(2); ({ eval: 1 }).eval"), []);
        let script = "localStorage.setItem('name', n); localStorage.score = 1; document.cookie = 'user=' + u;\n\
                      new Function('return 1'); navigator.geolocation.getCurrentPosition(f); canvas.toDataURL()";
        let some = |name: &str, argument: Option<&str>| (name.to_owned(), argument.map(str::to_owned));
        assert_eq!(
            uses(script),
            [
                some("localStorage", Some("name")),
                some("localStorage", Some("score")),
                some("cookie", Some("user=")),
                some("Function", None),
                some("geolocation", None),
                some("toDataURL", None),
            ]
        );
    }

    #[test]
    fn a_script_that_no_browser_takes_has_its_error_and_place() {
        let errors = |script: &str| {
            scanned(script)
                .syntax_errors
                .into_iter()
                .map(|error| (error.spot.line, error.spot.column))
                .collect::<Vec<_>>()
        };
        assert_eq!(errors("var a = 1;\nvar b = ;"), [(2, 9)]);
        assert_eq!(errors("let a = 1;\nlet a = 2;").len(), 1, "declared twice");
        assert_eq!(errors("if (a) {").len(), 1);
        for good in [
            "f() = 1; $(a).val() = '';",
            "var a = b ?? c?.d; class X { #p = 1; static {} }",
            "import a from './a.js'; await a();",
            "#!/usr/bin/env node\n1",
            "<!-- old\nvar a;\n--> x",
            "with (a) b = 010;",
            "var let_ = /(?<year>\\d+)/u;",
            "",
        ] {
            assert_eq!(errors(good), [], "{good}");
        }
    }

    #[test]
    fn modules_are_told_from_classic_scripts() {
        let module = |script: &str| scanned(script).module.map(|spot| (spot.line, spot.column));
        assert_eq!(module("var a = 1;\nexport default a;"), Some((2, 1)));
        assert_eq!(module("import './a.js'"), Some((1, 1)));
        assert_eq!(module("log(import.meta.url)"), Some((1, 1)));
        assert_eq!(module("var a; import('./a.js')"), None);
        assert_eq!(module("exports.a = require('a')"), None);
    }

    #[test]
    fn unreadable_code_is_told_from_small_code() {
        let how = |script: &str| scanned(script).obfuscated.map(|found| found.how);
        assert_eq!(how("eval(atob('YWxlcnQoMSk='))"), Some(Obfuscation::DecodedCode));
        assert_eq!(how("new Function(unescape('%61'))()"), Some(Obfuscation::DecodedCode));
        assert_eq!(how("eval(function(p,a,c,k,e,d){return p}('0',1,1,''.split('|'),0,{}))"), Some(Obfuscation::Packed));
        let numbered: String = (0..40).map(|n| format!("var _0x{n:x}a1=_0x1f({n});")).collect();
        assert_eq!(how(&numbered), Some(Obfuscation::NumberedNames));
        assert_eq!(how("eval(unescape(query('onload')))"), None);
        assert_eq!(how("!function(e,t){e.x=t.y||eval('('+t+')')}(a,b)"), None);
    }

    #[test]
    fn hostile_scripts_end() {
        for script in [
            "`${".repeat(50_000),
            "[".repeat(200_000),
            "/".repeat(100_001),
            "'\\".repeat(50_000),
            "`\\u".to_owned(),
            "'\\".to_owned(),
            "}".repeat(9),
            "a=>".repeat(100_000),
            "a+".repeat(200_000),
            "if(x)\n".repeat(100_000),
            "(".repeat(9_000),
            "{".repeat(9_000),
            "!".repeat(9_000),
            "a?b:".repeat(9_000),
            "x=".repeat(9_000),
            "a.b[0]()``".repeat(2_000),
        ] {
            scanned(&script);
        }
    }
}
