//! Pages, as a browser's tokenizer sees them: addresses, scripts, styles and forms.
//!
//! The tokens of `html5ever` are enough, and its tree builder is not used: it needs seconds for 20,000 nested elements
//! and did not end on 200,000.

use std::cell::RefCell;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::prints::{self, Words};
use super::{Context, authoring, css, script, text};
use crate::facts::{Damage, DamageKind, FileFacts, Form, Spot, Via, WebFacts};
use crate::source::Source;

/// Characters given to the tokenizer at a time.
const PIECE: usize = 16 * 1024;

/// Quotes and spaces in a tag that has not ended. The tokenizer compares each attribute with all before it, so a tag of
/// a million attributes would take for ever; real tags have fewer than a hundred.
const TAG_SIGNS: usize = 8_000;

/// Pages inside pages (`srcdoc`) that are looked into.
const PAGES: u8 = 3;

/// Fields kept of one form.
const FIELDS: usize = 200;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let text = text::read(source, context, facts);
    let mut web = WebFacts { made_with: authoring::of_text(&text), ..WebFacts::default() };
    let mut words = context.prints.then(Words::default);
    if !scan(&text, text::START, context, &mut web, words.as_mut(), 0) {
        let kind = if context.deadline.is_over() { DamageKind::OverTime } else { DamageKind::OverLimit };
        facts.damage.push(Damage::new(kind));
    }
    facts.web = Some(web.into());
    if let Some(words) = words {
        prints::add(facts, context, |prints| prints.text = words.finish());
    }
}

/// Adds what a page, which begins at `origin` in its file, refers to, and the words that it shows; false if something was
/// left out.
fn scan(
    page: &str,
    origin: Spot,
    context: &Context<'_>,
    web: &mut WebFacts,
    words: Option<&mut Words>,
    depth: u8,
) -> bool {
    let state = State {
        web,
        words,
        spots: text::Spots::new(page, origin),
        page,
        since: 0,
        until: 0,
        raw: None,
        form: None,
        complete: true,
        tokens: 0,
    };
    let sink = Sink { context, depth, state: RefCell::new(state) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut at = 0;
    let (mut tokens, mut signs) = (0, 0);
    while at < page.len() {
        // A tag ends with the piece that its bracket ends, and so its place is known.
        let longest = page.floor_char_boundary(at + PIECE);
        let end = memchr::memchr(b'>', &page.as_bytes()[at..longest]).map_or(longest, |bracket| at + bracket + 1);
        let piece = &page[at..end];
        at = end;
        tokenizer.sink.state.borrow_mut().until = end;
        queue.push_back(StrTendril::from(piece));
        while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&queue) {}
        let mut state = tokenizer.sink.state.borrow_mut();
        if state.tokens == tokens {
            signs += piece.bytes().filter(|byte| matches!(byte, b'"' | b'\'' | b' ' | b'\n' | b'\t')).count();
        } else {
            signs = 0;
        }
        tokens = state.tokens;
        if signs > TAG_SIGNS || (tokens.is_multiple_of(256) && context.deadline.is_over()) {
            state.complete = false;
            break;
        }
    }
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.close_form();
    state.complete
}

struct Sink<'a> {
    context: &'a Context<'a>,
    depth: u8,
    state: RefCell<State<'a>>,
}

struct State<'a> {
    web: &'a mut WebFacts,
    words: Option<&'a mut Words>,
    spots: text::Spots<'a>,
    page: &'a str,
    /// Where the last tag or comment ended.
    since: usize,
    /// Where the piece ends that the tokenizer has.
    until: usize,
    /// The script or style whose text is being read, with its place.
    raw: Option<(Raw, String, Spot)>,
    form: Option<Form>,
    complete: bool,
    tokens: u64,
}

#[derive(Clone, Copy)]
enum Raw {
    Script(script::Kind),
    Style,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        state.tokens += 1;
        match token {
            Token::CharacterTokens(text) => {
                match &mut state.raw {
                    Some((_, raw, _)) => raw.push_str(&text),
                    None => state.words.as_mut().into_iter().for_each(|words| words.add(&text)),
                }
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let place = state.tag(&tag.name);
                state.since = state.until;
                self.start(&tag, place, &mut state)
            }
            Token::TagToken(tag) => {
                state.since = state.until;
                if let Some((raw, text, origin)) = state.raw.take() {
                    state.complete &= match raw {
                        Raw::Script(kind) => script::scan(&text, kind, origin, self.context, state.web),
                        Raw::Style => css::scan(&text, origin, self.context, state.web),
                    };
                }
                if &*tag.name == "form" {
                    state.close_form();
                }
                TokenSinkResult::Continue
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => {
                state.since = state.until;
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Sink<'_> {
    /// A start tag, which lies at `place` in the page.
    fn start(&self, tag: &Tag, place: Range<usize>, state: &mut State<'_>) -> TokenSinkResult<()> {
        let element: &str = &tag.name;
        let get = |name: &str| {
            tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.trim())
        };
        let start = state.spots.at(place.start);
        let source = &state.page[place.clone()];
        let mut passed = 0;
        for attribute in &tag.attrs {
            let name: &str = &attribute.name.local;
            let value = attribute.value.trim();
            passed += find_value(&source[passed..], name).unwrap_or(0);
            // Only what becomes a fact has to have its line counted.
            if let Some(use_) = use_of(element, name, value, get(if element == "script" { "type" } else { "rel" })) {
                let spot = state.spots.at(place.start + passed);
                self.value(use_, value, spot, state);
            }
        }
        state.web.made_with = state.web.made_with.or_else(|| authoring::of_element(element));
        match element {
            "meta" if get("name").is_some() => {
                let made_with = authoring::of_meta(get("name").unwrap_or_default(), get("content").unwrap_or_default());
                state.web.made_with = state.web.made_with.or(made_with);
            }
            "meta" if get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) => {
                let target = get("content").and_then(|content| content.split_once(['=']).map(|(_, url)| url));
                if let Some(url) = target {
                    let url = url.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
                    state.add(url, Via::Load, start, self.context);
                }
            }
            "base" if state.web.base.is_none() => {
                state.web.base = get("href").map(|base| base.chars().take(2048).collect());
            }
            "form" => {
                state.close_form();
                state.form = Some(Form { action: get("action").map(str::to_owned), fields: Vec::new(), spot: start });
            }
            "input" | "textarea" | "select" => {
                let words = ["type", "name", "id", "autocomplete", "placeholder", "aria-label"].map(get);
                let field = words.into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
                let quiet = matches!(
                    get("type"),
                    Some("hidden" | "submit" | "button" | "reset" | "radio" | "checkbox" | "search")
                );
                let form = state.form.get_or_insert(Form { action: None, fields: Vec::new(), spot: start });
                if form.fields.len() < FIELDS && !field.is_empty() && !quiet {
                    form.fields.push(field.chars().take(200).collect());
                }
            }
            _ => {}
        }
        match element {
            "script" => {
                state.web.scripts += 1;
                let inside = state.spots.at(place.end);
                // What stands in a script that is loaded from elsewhere is never run.
                let runs = get("src").is_none();
                let kind = Raw::Script(script_kind(get("type"), get("language")));
                state.raw = runs.then(|| (kind, String::new(), inside));
                TokenSinkResult::RawData(RawKind::ScriptData)
            }
            "style" => {
                let inside = state.spots.at(place.end);
                state.raw = Some((Raw::Style, String::new(), inside));
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn value(&self, use_: Use, value: &str, spot: Spot, state: &mut State<'_>) {
        match use_ {
            Use::Address(via) => state.add(value, via, spot, self.context),
            Use::Candidates => {
                for candidate in value.split(',') {
                    let url = candidate.trim().split(char::is_whitespace).next().unwrap_or_default();
                    state.add(url, Via::Image, spot, self.context);
                }
            }
            Use::Style => state.complete &= css::scan(value, spot, self.context, state.web),
            Use::Handler | Use::Code(_) => {
                state.web.scripts += 1;
                let code = if let Use::Code(at) = use_ { &value[at..] } else { value };
                // Templates put marks where a script stands later.
                let template = code.contains("{{") || code.starts_with('{') && code.ends_with('}');
                let kind = if template { script::Kind::Data } else { script::Kind::Handler };
                state.complete &= script::scan(code, kind, spot, self.context, state.web);
            }
            Use::Page if self.depth >= PAGES => state.complete = false,
            Use::Page => state.complete &= scan(value, spot, self.context, state.web, None, self.depth + 1),
        }
    }
}

/// What the value of an attribute is.
#[derive(Clone, Copy)]
enum Use {
    Address(Via),
    /// Several pictures to choose from.
    Candidates,
    Style,
    Handler,
    /// A script behind so many bytes of scheme.
    Code(usize),
    /// A page in a page.
    Page,
}

/// What the value of an attribute is to the browser, if it is something to be looked into. `role` is what a link or a
/// script says it is.
fn use_of(element: &str, name: &str, value: &str, role: Option<&str>) -> Option<Use> {
    if name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(Use::Handler);
    }
    let via = match (element, name) {
        (_, "style") => return Some(Use::Style),
        ("img" | "source" | "link", "srcset" | "imagesrcset") => return Some(Use::Candidates),
        ("iframe", "srcdoc") => return Some(Use::Page),
        ("base", "href") => return None,
        ("a" | "area", "ping") => Via::Request,
        ("form", "action") | ("button" | "input", "formaction") => Via::Form,
        ("script", "src" | "href" | "xlink:href") => match script_kind(role, None) {
            script::Kind::Module => Via::Module,
            // A browser leaves it to the scripts that know this type.
            script::Kind::Data => Via::Text,
            _ => Via::Script,
        },
        ("link", "href") => link_use(role.unwrap_or_default()),
        ("audio" | "video" | "source" | "track" | "bgsound", "src") => Via::Media,
        ("iframe" | "frame" | "embed", "src")
        | ("object", "data") => Via::Frame,
        ("img" | "image" | "feimage" | "input", "src" | "href" | "xlink:href" | "lowsrc")
        | (_, "poster" | "background") => Via::Image,
        ("html", "manifest")
        | ("use" | "pattern" | "lineargradient" | "radialgradient" | "mpath", "href" | "xlink:href") => Via::Load,
        // Elements that no browser knows are for scripts.
        (_, "src") => Via::Text,
        // Drawings and formulas link as pages do.
        (_, "href" | "xlink:href" | "longdesc")
        | ("blockquote" | "q" | "ins" | "del", "cite")
        // No browser runs applets and controls any more.
        | ("applet", "code" | "archive" | "codebase")
        | ("object", "codebase") => Via::Link,
        (_, name) if name.starts_with("data-") && script::looks_like_address(value) => Via::Text,
        _ => return None,
    };
    Some(match strip_scheme(value, "javascript:") {
        Some(code) => Use::Code(value.len() - code.len()),
        None => Use::Address(via),
    })
}

/// What a browser does with a `<link>` of this relation.
fn link_use(rel: &str) -> Via {
    const ICONS: [&str; 3] = ["icon", "apple-touch-icon", "apple-touch-icon-precomposed"];
    const LOADED: [&str; 6] = ["preload", "prefetch", "preconnect", "dns-prefetch", "manifest", "modulepreload"];

    let rel = rel.to_ascii_lowercase();
    let is = |wanted: &str| rel.split_ascii_whitespace().any(|word| word == wanted);
    if is("stylesheet") {
        Via::Style
    } else if ICONS.into_iter().any(is) {
        Via::Icon
    } else if LOADED.into_iter().any(is) {
        Via::Load
    } else {
        // Other versions, licences, authors: for machines and people who want to know.
        Via::Link
    }
}

/// What a browser makes of a `<script>` of this type, or else of this language, as pages were written long ago.
fn script_kind(kind: Option<&str>, language: Option<&str>) -> script::Kind {
    let kind = kind.or(language).unwrap_or_default().to_ascii_lowercase();
    let name = kind.split(';').next().unwrap_or_default().trim();
    match name {
        "module" => script::Kind::Module,
        "" => script::Kind::Classic,
        name if name.contains("javascript") || name.contains("ecmascript") || name.contains("jscript") => {
            script::Kind::Classic
        }
        _ => script::Kind::Data,
    }
}

/// Where the value of an attribute begins in the text of a tag, if its name is found.
fn find_value(tag: &str, name: &str) -> Option<usize> {
    let bytes = tag.as_bytes();
    let mut from = 0;
    loop {
        let at = from
            + bytes.get(from..)?.windows(name.len()).position(|part| part.eq_ignore_ascii_case(name.as_bytes()))?;
        from = at + name.len();
        let before = at.checked_sub(1).map_or(b'<', |before| bytes[before]);
        if !matches!(before, b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'"' | b'\'') {
            continue;
        }
        let rest = tag.get(from..)?;
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            if rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>')) {
                return Some(at);
            }
            continue;
        };
        let value = value.trim_start();
        return Some(tag.len() - value.strip_prefix(['"', '\'']).unwrap_or(value).len());
    }
}

impl State<'_> {
    fn add(&mut self, url: &str, via: Via, spot: Spot, context: &Context<'_>) {
        self.complete &= self.web.add(url, via, spot, context.limits.references);
    }

    /// Where the start tag lies that was just read: behind the last one, up to the end of the piece.
    fn tag(&self, name: &str) -> Range<usize> {
        let text = &self.page.as_bytes()[self.since..self.until];
        let start = memchr::memchr_iter(b'<', text).find(|at| {
            let rest = &text[at + 1..];
            rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
                && rest.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
        });
        self.since + start.unwrap_or(0)..self.until
    }

    fn close_form(&mut self) {
        if let Some(form) = self.form.take().filter(|form| !form.fields.is_empty() || form.action.is_some()) {
            self.web.forms.push(form);
        }
    }
}

/// What follows a scheme, which browsers read through spaces and line breaks.
fn strip_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let mut wanted = scheme.bytes();
    let mut next = wanted.next();
    for (at, byte) in url.bytes().enumerate() {
        match next {
            None => return url.get(at..),
            Some(_) if matches!(byte, b'\t' | b'\n' | b'\r') => {}
            Some(letter) if letter == byte.to_ascii_lowercase() => next = wanted.next(),
            Some(_) => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Limits;

    fn scanned(page: &str) -> (WebFacts, bool) {
        let limits = Limits::default();
        let context = Context::alone(&limits);
        let mut web = WebFacts::default();
        let complete = scan(page, text::START, &context, &mut web, None, 0);
        (web, complete)
    }

    fn addresses(page: &str) -> Vec<(String, Via, u64)> {
        scanned(page).0.references.into_iter().map(|r| (r.url, r.via, r.spot.line)).collect()
    }

    #[test]
    fn addresses_with_their_use_and_line() {
        let page = "<!doctype html>\n<script src=a.js></script>\n<link rel=stylesheet href='b.css'>\n\
                    <a href=\"https://x.example/a&#46;exe\">x</a>\n<img srcset='c.png 1x, d.png 2x'>\n\
                    <form action=/send><input name=email></form>\n<script>\nload('e.mp3')</script>\n\
                    <div style=\"background:url(f.png)\" onclick=\"go('g.html')\">";
        let found = addresses(page);
        let found: Vec<_> = found.iter().map(|(url, via, line)| (url.as_str(), *via, *line)).collect();
        assert_eq!(
            found,
            [
                ("a.js", Via::Script, 2),
                ("b.css", Via::Style, 3),
                ("https://x.example/a.exe", Via::Link, 4),
                ("c.png", Via::Image, 5),
                ("d.png", Via::Image, 5),
                ("/send", Via::Form, 6),
                ("e.mp3", Via::Text, 8),
                ("f.png", Via::Image, 9),
                ("g.html", Via::Text, 9),
            ]
        );
    }

    #[test]
    fn every_address_has_its_line_and_column() {
        let page = "<p>a < b\n<!-- <img src=no.png> --><IMG\n  alt='x>y' SRC=\"a.png\"\n><a title=href href='b.html'>\n\
                    <script>if (a<b) '<img>';\nfetch('c.json')</script><svg><a xlink:href=d.html></svg>\n\
                    <p style='color:red;background:url(e.png)' data-src=\"f.mp3\" data-x=\"no\">\n\
                    <object data=g.swf></object><link rel='shortcut icon' href=h.ico><link rel=canonical href=i.html>";
        let found: Vec<_> = scanned(page).0.references;
        let found: Vec<_> = found.iter().map(|r| (r.url.as_str(), r.via, r.spot.line, r.spot.column)).collect();
        assert_eq!(
            found,
            [
                ("a.png", Via::Image, 3, 18),
                ("b.html", Via::Link, 4, 22),
                ("c.json", Via::Request, 6, 7),
                ("d.html", Via::Link, 6, 44),
                ("e.png", Via::Image, 7, 32),
                ("f.mp3", Via::Text, 7, 54),
                ("g.swf", Via::Frame, 8, 14),
                ("h.ico", Via::Icon, 8, 60),
                ("i.html", Via::Link, 8, 91),
            ]
        );
    }

    #[test]
    fn only_scripts_are_read_as_scripts() {
        let errors = |page: &str| scanned(page).0.syntax_errors.len();
        assert_eq!(errors("<script>var a = ;</script>"), 1);
        assert_eq!(errors("<script type=module>import a from './a.js'; await a;</script>"), 0);
        assert_eq!(
            errors("<script type='text/template'><b>{{x}}</b></script><script type=application/json>{</script>"),
            0
        );
        assert_eq!(
            errors("<script language=VBScript>Sub a_OnClick\nend Sub</script><script src=a.js>var = ;</script>"),
            0
        );
        assert_eq!(errors("<script language=JavaScript1.2>var a = ;</script>"), 1);
        assert_eq!(errors("<a onclick='return go()' href='javascript:void(0)'>"), 0);
        assert_eq!(errors("<a onclick='go('>"), 1);
    }

    #[test]
    fn counters_hide_neither_in_noscript_nor_in_srcdoc() {
        let page = "<noscript><img src='https://mc.yandex.ru/watch/1'></noscript>\n\
                    <iframe srcdoc=\"<img src='https://a.example/p.gif'>\"></iframe>\n\
                    <svg><script>x('https://b.example/')</script></svg>";
        let found: Vec<String> = addresses(page).into_iter().map(|(url, ..)| url).collect();
        assert_eq!(found, ["https://mc.yandex.ru/watch/1", "https://a.example/p.gif", "https://b.example/"]);
    }

    #[test]
    fn commented_out_markup_is_not_seen() {
        assert!(addresses("<!-- <script src='https://a.example/x.js'></script> --><p>text</p>").is_empty());
    }

    #[test]
    fn forms_tell_their_fields() {
        let (web, _) = scanned(
            "<form action='https://a.example/'>\n<input type=email name=mail><input type=hidden name=t></form>",
        );
        assert_eq!(web.forms.len(), 1);
        assert_eq!(web.forms[0].fields, ["email mail"]);
    }

    #[test]
    fn hostile_pages_end() {
        assert!(scanned(&"<div>".repeat(200_000)).1);
        let many = (0..200_000).fold(String::from("<p "), |page, n| page + &format!("a{n}=1 "));
        assert!(!scanned(&many).1, "a tag of 200,000 attributes is given up");
        let long = format!("<img src=\"data:image/png;base64,{}\">", "A".repeat(3_000_000));
        assert!(scanned(&long).1, "inline pictures are no attack");
    }
}
