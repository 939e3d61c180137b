//! Pages, as a browser's tokenizer sees them: addresses, scripts, styles and forms.
//!
//! The tokens of `html5ever` are enough, and its tree builder is not used: it needs seconds for 20,000 nested elements
//! and did not end on 200,000.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::{Context, css, script, text};
use crate::facts::{Damage, DamageKind, FileFacts, Form, Via, WebFacts};
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
    let mut web = WebFacts::default();
    if !scan(&text, 1, context, &mut web, 0) {
        let kind = if context.deadline.is_over() { DamageKind::OverTime } else { DamageKind::OverLimit };
        facts.damage.push(Damage::new(kind));
    }
    facts.web = Some(Box::new(web));
}

/// Adds what a page, whose first line is line `first_line` of its file, refers to; false if something was left out.
fn scan(page: &str, first_line: u64, context: &Context<'_>, web: &mut WebFacts, depth: u8) -> bool {
    let sink = Sink {
        context,
        first_line,
        depth,
        state: RefCell::new(State { web, raw: None, form: None, complete: true, tokens: 0 }),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut rest = page;
    let (mut tokens, mut signs) = (0, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        rest = after;
        queue.push_back(StrTendril::from(piece));
        while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&queue) {}
        let mut state = tokenizer.sink.state.borrow_mut();
        if state.tokens == tokens {
            signs += piece.bytes().filter(|byte| matches!(byte, b'"' | b'\'' | b' ' | b'\n' | b'\t')).count();
        } else {
            signs = 0;
        }
        tokens = state.tokens;
        if signs > TAG_SIGNS || context.deadline.is_over() {
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
    first_line: u64,
    depth: u8,
    state: RefCell<State<'a>>,
}

struct State<'a> {
    web: &'a mut WebFacts,
    /// The script or style whose text is being read, with its first line.
    raw: Option<(Raw, String, u64)>,
    form: Option<Form>,
    complete: bool,
    tokens: u64,
}

#[derive(Clone, Copy)]
enum Raw {
    Script,
    Style,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let line = self.first_line + line.saturating_sub(1);
        let mut state = self.state.borrow_mut();
        state.tokens += 1;
        match token {
            Token::CharacterTokens(text) => {
                if let Some((_, raw, _)) = &mut state.raw {
                    raw.push_str(&text);
                }
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(&tag, line, &mut state),
            Token::TagToken(tag) => {
                if let Some((raw, text, first_line)) = state.raw.take() {
                    state.complete &= match raw {
                        Raw::Script => script::scan(&text, first_line, self.context, state.web),
                        Raw::Style => css::scan(&text, first_line, self.context, state.web),
                    };
                }
                if &*tag.name == "form" {
                    state.close_form();
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Sink<'_> {
    fn start(&self, tag: &Tag, line: u64, state: &mut State<'_>) -> TokenSinkResult<()> {
        let element: &str = &tag.name;
        let get = |name: &str| {
            tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.trim())
        };
        for attribute in &tag.attrs {
            let name: &str = &attribute.name.local;
            self.attribute(element, name, attribute.value.trim(), line, state);
        }
        match element {
            "meta" if get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) => {
                let target = get("content").and_then(|content| content.split_once(['=']).map(|(_, url)| url));
                if let Some(url) = target {
                    let url = url.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
                    state.add(url, Via::Load, line, self.context);
                }
            }
            "form" => {
                state.close_form();
                state.form = Some(Form { action: get("action").map(str::to_owned), fields: Vec::new(), line });
            }
            "input" | "textarea" | "select" => {
                let words = ["type", "name", "id", "autocomplete", "placeholder", "aria-label"].map(get);
                let field = words.into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
                let quiet =
                    matches!(get("type"), Some("hidden" | "submit" | "button" | "reset" | "radio" | "checkbox"));
                let form = state.form.get_or_insert(Form { action: None, fields: Vec::new(), line });
                if form.fields.len() < FIELDS && !field.is_empty() && !quiet {
                    form.fields.push(field.chars().take(200).collect());
                }
            }
            _ => {}
        }
        match element {
            "script" => {
                state.web.scripts += 1;
                state.raw = Some((Raw::Script, String::new(), line));
                TokenSinkResult::RawData(RawKind::ScriptData)
            }
            "style" => {
                state.raw = Some((Raw::Style, String::new(), line));
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn attribute(&self, element: &str, name: &str, value: &str, line: u64, state: &mut State<'_>) {
        if name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            state.web.scripts += 1;
            state.complete &= script::scan(value, line, self.context, state.web);
            return;
        }
        let via = match (element, name) {
            (_, "style") => {
                state.complete &= css::scan(value, line, self.context, state.web);
                return;
            }
            ("img" | "source" | "link", "srcset" | "imagesrcset") => {
                for candidate in value.split(',') {
                    let url = candidate.trim().split(char::is_whitespace).next().unwrap_or_default();
                    state.add(url, Via::Load, line, self.context);
                }
                return;
            }
            ("iframe", "srcdoc") => {
                if self.depth >= PAGES {
                    state.complete = false;
                } else {
                    state.complete &= scan(value, line, self.context, state.web, self.depth + 1);
                }
                return;
            }
            ("a" | "area", "href" | "xlink:href") => Via::Link,
            ("form", "action") | ("button" | "input", "formaction") => Via::Form,
            (
                _,
                "src" | "poster" | "data" | "background" | "manifest" | "codebase" | "code" | "archive" | "ping"
                | "lowsrc",
            )
            | (
                "link" | "base" | "use" | "image" | "script" | "feimage" | "pattern" | "lineargradient",
                "href" | "xlink:href",
            ) => Via::Load,
            _ => return,
        };
        if let Some(code) = strip_scheme(value, "javascript:") {
            state.web.scripts += 1;
            state.complete &= script::scan(code, line, self.context, state.web);
        } else {
            state.add(value, via, line, self.context);
        }
    }
}

impl State<'_> {
    fn add(&mut self, url: &str, via: Via, line: u64, context: &Context<'_>) {
        self.complete &= self.web.add(url, via, line, context.limits.references);
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
        let complete = scan(page, 1, &context, &mut web, 0);
        (web, complete)
    }

    fn addresses(page: &str) -> Vec<(String, Via, u64)> {
        scanned(page).0.references.into_iter().map(|r| (r.url, r.via, r.line)).collect()
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
                ("a.js", Via::Load, 2),
                ("b.css", Via::Load, 3),
                ("https://x.example/a.exe", Via::Link, 4),
                ("c.png", Via::Load, 5),
                ("d.png", Via::Load, 5),
                ("/send", Via::Form, 6),
                ("e.mp3", Via::Script, 8),
                ("f.png", Via::Load, 9),
                ("g.html", Via::Script, 9),
            ]
        );
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
