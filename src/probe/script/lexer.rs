//! Scripts as a row of tokens: texts and names where they stand, and how deep a parser would have to go.
//!
//! Tokens tell strings from comments in any script, also in one that no parser takes. A parser goes down into itself for
//! every bracket and operator, and would overflow the stack, which ends the whole program; so tokens come first.

use std::borrow::Cow;

/// Characters of a string that are kept; longer ones are data, not addresses.
const STRING: usize = 2048;

pub(super) enum Token<'a> {
    /// A string or a piece of a template, escapes decoded, and where its quote stands.
    Text(Cow<'a, str>, usize),
    /// A name, a number or a word of the language.
    Name(&'a str, usize),
}

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    NewLine,
    Name,
    Quote,
    Backtick,
    Slash,
    Less,
    CloseBrace,
    Sign,
}

/// The class of every byte. Scripts are millions of bytes, and a look into a table is the quickest question.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Sign; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t' | b'\r' => Class::Space,
            b'\n' => Class::NewLine,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | 0x80.. => Class::Name,
            b'"' | b'\'' => Class::Quote,
            b'`' => Class::Backtick,
            b'/' => Class::Slash,
            b'<' => Class::Less,
            b'}' => Class::CloseBrace,
            _ => Class::Sign,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

pub(super) struct Lexer<'a> {
    script: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// The last token ended before the line that the next one stands on.
    new_line: bool,
    depth: Depth,
    /// Open braces inside each `${` of the templates that are open.
    templates: Vec<u32>,
    /// A slash here begins a regular expression, not a division.
    regex: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(script: &'a str) -> Lexer<'a> {
        Lexer {
            script,
            bytes: script.as_bytes(),
            at: 0,
            new_line: false,
            depth: Depth::default(),
            templates: Vec::new(),
            regex: true,
        }
    }

    /// Levels that a parser would have to go down, at least as many as it really has to.
    pub(super) fn depth(&self) -> u64 {
        self.depth.most
    }

    /// The next text or name. Signs are only counted.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            match class(byte) {
                Class::NewLine => {
                    self.new_line = true;
                    self.at += 1;
                }
                Class::Space => self.at += 1,
                Class::Name => return Some(self.name()),
                Class::Slash if self.peek(1) == Some(b'/') => self.skip_line(),
                Class::Slash if self.peek(1) == Some(b'*') => self.skip_comment(),
                Class::Less if self.bytes[self.at..].starts_with(b"<!--") => self.skip_line(),
                Class::Slash if self.regex && self.skip_regex() => {
                    self.regex = false;
                    self.sign(b'/');
                }
                Class::Quote => return Some(self.string(byte)),
                Class::Backtick => {
                    self.at += 1;
                    return Some(self.template(self.at - 1));
                }
                Class::CloseBrace if self.templates.last() == Some(&0) => {
                    self.templates.pop();
                    self.depth.close();
                    self.at += 1;
                    return Some(self.template(self.at - 1));
                }
                _ => {
                    match (byte, self.templates.last_mut()) {
                        (b'{', Some(braces)) => *braces += 1,
                        (b'}', Some(braces)) => *braces -= 1,
                        _ => {}
                    }
                    // After a closing bracket a slash divides; after a closing brace a statement begins.
                    self.regex = !matches!(byte, b')' | b']');
                    self.at += 1;
                    self.sign(byte);
                }
            }
        }
    }

    fn sign(&mut self, byte: u8) {
        self.depth.sign(byte);
        self.new_line = false;
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn skip_comment(&mut self) {
        let body = &self.bytes[self.at + 2..];
        let length = memchr::memmem::find(body, b"*/").map_or(body.len(), |end| end + 2);
        self.new_line |= memchr::memchr(b'\n', &body[..length]).is_some();
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
        let start = self.at;
        self.at += 1;
        self.regex = false;
        let mut text = Text::default();
        loop {
            let rest = &self.bytes[self.at..];
            let length = memchr::memchr3(quote, b'\\', b'\n', rest).unwrap_or(rest.len());
            text.add(self.piece(self.at, self.at + length));
            self.at += length;
            match self.bytes.get(self.at) {
                Some(b'\\') => self.escape(text.owned()),
                Some(&byte) if byte == quote => {
                    self.at += 1;
                    break;
                }
                _ => break,
            }
        }
        self.depth.text(std::mem::take(&mut self.new_line));
        Token::Text(text.into_str(), start)
    }

    /// A template up to its end or its next `${`.
    fn template(&mut self, start: usize) -> Token<'a> {
        self.regex = false;
        let mut text = Text::default();
        loop {
            let rest = &self.bytes[self.at..];
            let length = memchr::memchr3(b'`', b'\\', b'$', rest).unwrap_or(rest.len());
            text.add(self.piece(self.at, self.at + length));
            self.at += length;
            match self.bytes.get(self.at) {
                Some(b'\\') => self.escape(text.owned()),
                Some(b'$') if self.peek(1) == Some(b'{') => {
                    self.at += 2;
                    self.templates.push(0);
                    self.depth.open();
                    self.regex = true;
                    break;
                }
                Some(b'$') => {
                    text.add("$");
                    self.at += 1;
                }
                Some(_) => {
                    self.at += 1;
                    break;
                }
                None => break,
            }
        }
        self.depth.text(std::mem::take(&mut self.new_line));
        Token::Text(text.into_str(), start)
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let digits = |start: usize, count: usize| {
            let digits = self.bytes.get(start..start + count).and_then(|hex| std::str::from_utf8(hex).ok())?;
            u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
        };
        let (decoded, length) = match self.peek(1) {
            Some(b'x') => (digits(self.at + 2, 2), 4),
            Some(b'u') => (digits(self.at + 2, 4), 6),
            Some(b'\n') => (None, 2),
            Some(b'n' | b'r' | b't') => (Some(' '), 2),
            Some(other) if other.is_ascii() => (Some(char::from(other)), 2),
            // The bytes of a character outside ASCII follow as they are.
            _ => (None, 1),
        };
        if let Some(c) = decoded {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push(text, byte));
        }
        // A script can end in the middle of an escape.
        self.at = (self.at + length).min(self.bytes.len());
    }

    fn name(&mut self) -> Token<'a> {
        let start = self.at;
        let rest = &self.bytes[start..];
        self.at += rest.iter().position(|&byte| class(byte) != Class::Name).unwrap_or(rest.len());
        let name = self.piece(start, self.at);
        self.regex = can_be_word(name)
            && matches!(
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
        self.depth.name(name, std::mem::take(&mut self.new_line));
        Token::Name(name, start)
    }

    /// A part of the script. What ends at a sign of ASCII ends between characters.
    fn piece(&self, start: usize, end: usize) -> &'a str {
        self.script.get(start..end).unwrap_or_default()
    }
}

/// No word of the language is shorter, longer or begins otherwise; most names are told from words by that alone.
fn can_be_word(name: &str) -> bool {
    (2..=10).contains(&name.len()) && name.as_bytes()[0].is_ascii_lowercase()
}

/// Counts how deep a parser goes. Each bracket is a level, and so is each operator and each word that takes a statement
/// or an expression behind it, until the expression ends at a comma, a semicolon or a line that begins anew.
#[derive(Default)]
struct Depth {
    /// Levels inside each open bracket.
    open: Vec<u64>,
    /// Levels outside all brackets.
    outer: u64,
    /// All of them together.
    now: u64,
    most: u64,
    /// The last token can end a statement.
    ends: bool,
}

impl Depth {
    fn text(&mut self, new_line: bool) {
        self.begin_anew(self.ends && new_line);
        self.ends = true;
        // A template can stand behind a template.
        self.deepen();
    }

    fn name(&mut self, name: &str, new_line: bool) {
        let ends = std::mem::replace(&mut self.ends, true);
        if !can_be_word(name) {
            return self.begin_anew(ends && new_line);
        }
        let goes_on = matches!(name, "in" | "of" | "instanceof" | "else" | "catch" | "finally" | "while" | "as");
        self.begin_anew(ends && new_line && !goes_on);
        if matches!(
            name,
            "if" | "else"
                | "for"
                | "while"
                | "do"
                | "with"
                | "new"
                | "typeof"
                | "void"
                | "delete"
                | "await"
                | "yield"
                | "in"
                | "of"
                | "instanceof"
                | "async"
                | "class"
                | "extends"
                | "return"
                | "throw"
                | "try"
                | "catch"
                | "finally"
                | "label"
                | "import"
                | "export"
                | "default"
        ) {
            self.deepen();
            self.ends = false;
        }
    }

    fn sign(&mut self, sign: u8) {
        self.ends = false;
        match sign {
            b'(' | b'[' | b'{' => self.open(),
            b')' | b']' | b'}' => {
                self.close();
                // What stands in brackets can be called and indexed again and again, and `if ()` goes on.
                self.deepen();
                self.ends = sign != b')';
            }
            b',' | b';' => self.begin_anew(true),
            _ => self.deepen(),
        }
    }

    fn level(&mut self) -> &mut u64 {
        self.open.last_mut().unwrap_or(&mut self.outer)
    }

    fn deepen(&mut self) {
        *self.level() += 1;
        self.now += 1;
        self.most = self.most.max(self.now);
    }

    fn open(&mut self) {
        self.open.push(1);
        self.now += 1;
        self.most = self.most.max(self.now);
    }

    fn close(&mut self) {
        self.now -= self.open.pop().unwrap_or(0);
    }

    fn begin_anew(&mut self, anew: bool) {
        if anew {
            let level = std::mem::take(self.level());
            // The bracket itself stays.
            let stays = u64::from(!self.open.is_empty());
            *self.level() = stays;
            self.now = self.now - level + stays;
        }
    }
}

/// The characters of a string: those of the script as long as nothing is escaped, which is nearly always.
#[derive(Default)]
struct Text<'a> {
    whole: &'a str,
    changed: Option<Vec<u8>>,
}

impl<'a> Text<'a> {
    fn add(&mut self, piece: &'a str) {
        match &mut self.changed {
            None if self.whole.is_empty() => self.whole = piece,
            None if piece.is_empty() => {}
            None => piece.bytes().for_each(|byte| push(self.owned(), byte)),
            Some(text) => text.extend(piece.bytes().take(STRING - text.len().min(STRING))),
        }
    }

    fn owned(&mut self) -> &mut Vec<u8> {
        let whole = self.whole.as_bytes();
        self.changed.get_or_insert_with(|| whole[..whole.len().min(STRING)].to_vec())
    }

    fn into_str(self) -> Cow<'a, str> {
        match self.changed {
            // An escape can spell half a character.
            Some(text) => Cow::Owned(String::from_utf8_lossy(&text).into_owned()),
            None => Cow::Borrowed(&self.whole[..self.whole.floor_char_boundary(STRING)]),
        }
    }
}

fn push(text: &mut Vec<u8>, byte: u8) {
    if text.len() < STRING {
        text.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(script: &str) -> u64 {
        let mut lexer = Lexer::new(script);
        while lexer.next().is_some() {}
        lexer.depth()
    }

    #[test]
    fn ordinary_scripts_are_flat_and_hostile_ones_deep() {
        let lines = "var a = b + c\nfoo(a, [1, 2], {x: 1, y: function () { return 2 }})\n".repeat(3_000);
        assert!(depth(&lines.replace('\n', ";\n")) < 30, "{}", depth(&lines.replace('\n', ";\n")));
        assert!(depth("if (a) { b() } else if (c) { d() }\n") < 30);
        assert!(depth(&"[1,2,[3]],".repeat(5_000)) < 30);
        for hostile in [
            "[",
            "(",
            "{",
            "!",
            "-",
            "a=>",
            "a?b:",
            "if(x)",
            "if(x)\n",
            "a+",
            "a.",
            "new ",
            "f()",
            "`${",
            "``",
            "x=",
            "else\n",
            "do\n",
            "()=>{",
            "a[0]",
            "typeof\n",
            "for(;;)\n",
        ] {
            assert!(depth(&hostile.repeat(5_000)) >= 4_999, "{hostile}: {}", depth(&hostile.repeat(5_000)));
        }
    }
}
