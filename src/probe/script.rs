//! Scripts: the texts in them that look like addresses, and the browser's interfaces they name.
//!
//! A script is read as a row of tokens, not as a tree. Comments must not count and strings must, which tokens tell;
//! and a tree builder overflows the stack on 20 KB of open brackets (measured with `oxc_parser` 0.146 and
//! `swc_ecma_parser` 47), which would end the whole run.

use super::{Context, text};
use crate::facts::{ApiUse, Damage, DamageKind, FileFacts, Via, WebFacts};
use crate::source::Source;

/// Names whose use is noted. They can send data away, read about the user, or run text as code.
const APIS: [&str; 19] = [
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
];

/// Characters of a string that are kept; longer ones are data, not addresses.
const STRING: usize = 2048;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let text = text::read(source, context, facts);
    let mut web = WebFacts { scripts: 1, ..WebFacts::default() };
    if !scan(&text, 1, context, &mut web) {
        facts.damage.push(Damage::new(DamageKind::OverLimit));
    }
    facts.web = Some(Box::new(web));
}

/// Adds what `script`, whose first line is line `first_line` of its file, names; false if something was left out.
pub(super) fn scan(script: &str, first_line: u64, context: &Context<'_>, web: &mut WebFacts) -> bool {
    let mut lexer = Lexer { bytes: script.as_bytes(), at: 0, line: first_line, templates: Vec::new(), regex: true };
    let mut complete = true;
    let mut tokens = 0u32;
    while let Some(token) = lexer.next() {
        tokens = tokens.wrapping_add(1);
        if tokens.is_multiple_of(65_536) && context.deadline.is_over() {
            return false;
        }
        match token {
            Token::Text(string, line) if looks_like_address(&string) => {
                complete &= web.add(&string, Via::Script, line, context.limits.references);
            }
            Token::Name(name, line) if APIS.contains(&name) && !web.apis.iter().any(|api| api.name == name) => {
                web.apis.push(ApiUse { name: name.to_owned(), line });
            }
            _ => {}
        }
    }
    complete
}

/// A text that a browser could be sent to: with a scheme, with a host, or a path that ends in an extension.
fn looks_like_address(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_whitespace) {
        return false;
    }
    if text.contains("://") {
        return !text.starts_with("://");
    }
    if let Some(host) = text.strip_prefix("//") {
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
        return host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    }
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, extension)) = last.rsplit_once('.') else { return false };
    let word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '-' | '%' | '~' | '@' | '+');
    !stem.is_empty()
        && (2..=11).contains(&extension.len())
        && extension.starts_with(|c: char| c.is_ascii_alphabetic())
        && extension.chars().all(|c| c.is_ascii_alphanumeric())
        && path.chars().all(word)
        && path.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_'))
        && !(path.starts_with('.') && !path.starts_with("./") && !path.starts_with("../"))
}

enum Token<'a> {
    /// A string or a piece of a template, escapes decoded.
    Text(String, u64),
    /// A name or a word of the language.
    Name(&'a str, u64),
    /// A sign or a number.
    Other,
}

struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
    /// Open braces inside each `${` of the templates that are open.
    templates: Vec<u32>,
    /// A slash here begins a regular expression, not a division.
    regex: bool,
}

impl<'a> Lexer<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'/' if self.peek(1) == Some(b'/') => self.skip_line(),
                b'/' if self.peek(1) == Some(b'*') => self.skip_comment(),
                b'<' if self.bytes[self.at..].starts_with(b"<!--") => self.skip_line(),
                b'/' if self.regex && self.skip_regex() => {
                    self.regex = false;
                    return Some(Token::Other);
                }
                b'"' | b'\'' => return Some(self.string(byte)),
                b'`' => {
                    self.at += 1;
                    return Some(self.template());
                }
                b'}' if self.templates.last() == Some(&0) => {
                    self.templates.pop();
                    self.at += 1;
                    return Some(self.template());
                }
                _ if is_name(byte) => return Some(self.name()),
                _ => {
                    match (byte, self.templates.last_mut()) {
                        (b'{', Some(braces)) => *braces += 1,
                        (b'}', Some(braces)) => *braces -= 1,
                        _ => {}
                    }
                    // After a closing bracket a slash divides; after a closing brace a statement begins.
                    self.regex = !matches!(byte, b')' | b']');
                    self.at += 1;
                    return Some(Token::Other);
                }
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
    }

    fn skip_comment(&mut self) {
        let body = &self.bytes[self.at + 2..];
        let length = body.windows(2).position(|pair| pair == b"*/").map_or(body.len(), |end| end + 2);
        self.line += count_lines(&body[..length]);
        self.at += 2 + length;
    }

    /// Passes over a regular expression; false, and nothing passed over, if the line ends before it does.
    fn skip_regex(&mut self) -> bool {
        let mut class = false;
        let mut at = self.at + 1;
        loop {
            match self.bytes.get(at) {
                None | Some(b'\n') => return false,
                Some(b'\\') => at += 1,
                Some(b'[') => class = true,
                Some(b']') => class = false,
                Some(b'/') if !class => break,
                Some(_) => {}
            }
            at += 1;
        }
        self.at = at + 1;
        true
    }

    /// A quoted string. One that is not closed on its line ends there, as it does for the browser.
    fn string(&mut self, quote: u8) -> Token<'a> {
        let line = self.line;
        self.at += 1;
        let mut text = Vec::new();
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => break,
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ if byte == quote => {
                    self.at += 1;
                    break;
                }
                _ => push(&mut text, byte),
            }
            self.at += 1;
        }
        self.regex = false;
        Token::Text(String::from_utf8_lossy(&text).into_owned(), line)
    }

    /// A template up to its end or its next `${`.
    fn template(&mut self) -> Token<'a> {
        let line = self.line;
        let mut text = Vec::new();
        self.regex = false;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'`' => {
                    self.at += 1;
                    break;
                }
                b'$' if self.peek(1) == Some(b'{') => {
                    self.at += 2;
                    self.templates.push(0);
                    self.regex = true;
                    break;
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                b'\n' => self.line += 1,
                _ => {}
            }
            push(&mut text, byte);
            self.at += 1;
        }
        Token::Text(String::from_utf8_lossy(&text).into_owned(), line)
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let digits = |start: usize, count: usize| {
            let digits = self.bytes.get(start..start + count).and_then(|hex| std::str::from_utf8(hex).ok())?;
            u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
        };
        let (decoded, length) = match self.peek(1) {
            Some(b'x') => (digits(self.at + 2, 2), 4),
            Some(b'u') => (digits(self.at + 2, 4), 6),
            Some(b'\n') => {
                self.line += 1;
                (None, 2)
            }
            Some(b'n' | b'r' | b't') => (Some(' '), 2),
            Some(other) if other.is_ascii() => (Some(char::from(other)), 2),
            // The bytes of a character outside ASCII follow as they are.
            _ => (None, 1),
        };
        if let Some(c) = decoded {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push(text, byte));
        }
        self.at += length;
    }

    fn name(&mut self) -> Token<'a> {
        let start = self.at;
        let rest = &self.bytes[start..];
        self.at += rest.iter().position(|&byte| !is_name(byte)).unwrap_or(rest.len());
        let name = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        self.regex = matches!(
            name,
            "return"
                | "typeof"
                | "case"
                | "in"
                | "of"
                | "delete"
                | "void"
                | "throw"
                | "new"
                | "else"
                | "do"
                | "instanceof"
                | "yield"
                | "await"
        );
        Token::Name(name, self.line)
    }
}

fn push(text: &mut Vec<u8>, byte: u8) {
    if text.len() < STRING {
        text.push(byte);
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Limits;

    fn scanned(script: &str) -> WebFacts {
        let limits = Limits::default();
        let context = Context::alone(&limits);
        let mut web = WebFacts::default();
        assert!(scan(script, 1, &context, &mut web));
        web
    }

    fn addresses(script: &str) -> Vec<(String, u64)> {
        scanned(script).references.into_iter().map(|reference| (reference.url, reference.line)).collect()
    }

    #[test]
    fn strings_count_and_comments_do_not() {
        let script = "// https://a.example/\n/* 'https://b.example/'\n */ var x = 'https://c.example/x';\n\
                      var t = `https://d.example/${ x + `${\"https://e.example/\"}` }/rest`;";
        let found: Vec<_> = addresses(script);
        let found: Vec<_> = found.iter().map(|(url, line)| (url.as_str(), *line)).collect();
        assert_eq!(found, [("https://c.example/x", 3), ("https://d.example/", 4), ("https://e.example/", 4)]);
    }

    #[test]
    fn quotes_in_regular_expressions_open_no_string() {
        let script =
            "var a = s.replace(/[\"'/]/g, ''), b = x / 2, c = 'https://a.example/'; if (/'/.test(a)) go('b/c.exe')";
        let found: Vec<String> = addresses(script).into_iter().map(|(url, _)| url).collect();
        assert_eq!(found, ["https://a.example/", "b/c.exe"]);
    }

    #[test]
    fn escapes_hide_nothing() {
        assert_eq!(addresses(r#"go("https:\/\/a.example\u002fx\x2eexe")"#)[0].0, "https://a.example/x.exe");
        assert_eq!(addresses("go('https://a.exa\\\nmple/')")[0].0, "https://a.example/");
    }

    #[test]
    fn what_is_an_address() {
        for yes in ["https://a.kz", "//cdn.example.com/x.js", "setup.exe", "../files/a.doc", "/x/y.png?v=1", "http://"]
        {
            assert!(looks_like_address(yes), "{yes}");
        }
        for no in ["", "a", "use strict", ".btn.active", "//", "// comment", "a.b c", "1.5", "e.g.", "Hello.", "://"] {
            assert!(!looks_like_address(no), "{no}");
        }
    }

    #[test]
    fn interfaces_are_noted_once_with_their_line() {
        let web = scanned("var fetcher = 1;\nnavigator.sendBeacon(u);\nfetch(u); fetch(v)");
        let found: Vec<_> = web.apis.iter().map(|api| (api.name.as_str(), api.line)).collect();
        assert_eq!(found, [("sendBeacon", 2), ("fetch", 3)]);
    }

    #[test]
    fn hostile_scripts_end() {
        for script in
            ["`${".repeat(50_000), "[".repeat(200_000), "/".repeat(100_001), "'\\".repeat(50_000), "}".repeat(9)]
        {
            scanned(&script);
        }
    }
}
