//! The words that all of a PDF is written in: numbers, names, texts, and what is built of them.

/// Things inside things. Programs stay below ten.
const DEPTH: usize = 50;

/// Parts of one array or dictionary, its parts' parts counted too. Widths of a large font are the longest.
const PARTS: usize = 200_000;

/// Bytes of one name.
const NAME: usize = 200;

/// What stands in a PDF.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Number(f64),
    Name(Box<str>),
    Text(Box<[u8]>),
    Array(Vec<Object>),
    Dict(Dict),
    /// The object of this number.
    Reference(u32),
    /// A word that is none of these: an operator, or the end of something.
    Word(Box<str>),
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        if let Object::Number(number) = self { Some(*number) } else { None }
    }

    /// A number that counts something.
    pub(super) fn count(&self) -> Option<usize> {
        self.number().filter(|number| (0.0..=1e9).contains(number)).map(|number| number as usize)
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Object::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Object::Word(other) if &**other == word)
    }
}

/// A dictionary. It is short, so that a search from the front is the fastest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dict(Vec<(Box<str>, Object)>);

impl Dict {
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        self.0.iter().find(|(name, _)| &**name == key).map(|(_, value)| value)
    }

    pub(super) fn is(&self, key: &str, name: &str) -> bool {
        self.get(key).and_then(Object::name) == Some(name)
    }
}

/// Reads one thing after the other.
pub(super) struct Lexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// References are possible: not in the content of a page.
    references: bool,
    parts: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { bytes, at, references: true, parts: 0 }
    }

    /// For the content of a page.
    pub(super) fn content(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer { references: false, ..Lexer::new(bytes, 0) }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// The next thing; none at the end, or where something is broken.
    pub(super) fn next(&mut self) -> Option<Object> {
        self.parts = 0;
        self.object(DEPTH)
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        self.parts += 1;
        if depth == 0 || self.parts > PARTS {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            b'/' => {
                self.at += 1;
                Some(Object::Name(self.name()))
            }
            b'(' => {
                self.at += 1;
                Some(Object::Text(self.literal()))
            }
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.dict(depth)
            }
            b'<' => {
                self.at += 1;
                Some(Object::Text(self.hex()))
            }
            b'[' => {
                self.at += 1;
                self.array(depth)
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number_or_reference()),
            byte @ (b']' | b'{' | b'}' | b')') => {
                self.at += 1;
                Some(Object::Word(char::from(byte).to_string().into()))
            }
            b'>' => {
                self.at += 1 + usize::from(self.bytes.get(self.at + 1) == Some(&b'>'));
                Some(Object::Word(">>".into()))
            }
            _ => Some(self.word()),
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|&&byte| !is_space(byte) && !is_delimiter(byte)).count();
        self.at += length;
        &rest[..length]
    }

    fn word(&mut self) -> Object {
        match self.regular() {
            b"true" => Object::Bool(true),
            b"false" => Object::Bool(false),
            b"null" => Object::Null,
            word => Object::Word(String::from_utf8_lossy(&word[..word.len().min(NAME)]).into()),
        }
    }

    fn name(&mut self) -> Box<str> {
        let written = self.regular();
        let mut name = Vec::new();
        let mut rest = &written[..written.len().min(NAME)];
        while let [first, after @ ..] = rest {
            let code = if *first == b'#' { after.get(..2).and_then(from_hex) } else { None };
            name.push(code.unwrap_or(*first));
            rest = if code.is_some() { &after[2..] } else { after };
        }
        String::from_utf8_lossy(&name).into()
    }

    fn number_or_reference(&mut self) -> Object {
        let number = number(self.regular());
        // Two whole numbers and an R.
        let start = self.at;
        if self.references && number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX) {
            self.skip_space();
            let digits = self.bytes[self.at..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
            if digits > 0 {
                self.at += digits;
                self.skip_space();
                let end = self.bytes.get(self.at + 1).is_none_or(|&byte| is_space(byte) || is_delimiter(byte));
                if self.peek() == Some(b'R') && end {
                    self.at += 1;
                    return Object::Reference(number as u32);
                }
            }
        }
        self.at = start;
        Object::Number(number)
    }

    fn literal(&mut self) -> Box<[u8]> {
        let mut text = Vec::new();
        let mut open = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text.into()
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    if let Some(digit @ b'0'..=b'7') = self.peek() {
                        code = code * 8 + u32::from(digit - b'0');
                        self.at += 1;
                    }
                }
                text.push((code & 0xFF) as u8);
            }
            other => text.push(other),
        }
    }

    fn hex(&mut self) -> Box<[u8]> {
        let rest = &self.bytes[self.at..];
        let length = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        self.at = (self.at + length + 1).min(self.bytes.len());
        let mut digits = rest[..length].iter().filter_map(|&byte| char::from(byte).to_digit(16));
        let mut text = Vec::new();
        while let Some(high) = digits.next() {
            text.push((high * 16 + digits.next().unwrap_or(0)) as u8);
        }
        text.into()
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        let mut array = Vec::new();
        loop {
            match self.object(depth - 1)? {
                object if object.is_word("]") => return Some(Object::Array(array)),
                // The array was not ended.
                object if object.is_word("endobj") || object.is_word(">>") => return None,
                object => array.push(object),
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Option<Object> {
        let mut dict = Vec::new();
        loop {
            let key = match self.object(depth - 1)? {
                object if object.is_word(">>") => return Some(Object::Dict(Dict(dict))),
                Object::Name(name) => name,
                _ => return None,
            };
            let value = self.object(depth - 1)?;
            if value.is_word(">>") {
                return Some(Object::Dict(Dict(dict)));
            }
            dict.push((key, value));
        }
    }
}

/// Programs write `--5`, `1-2` and `.`; readers take them for what they begin with.
fn number(written: &[u8]) -> f64 {
    let text = std::str::from_utf8(&written[..written.len().min(40)]).unwrap_or_default();
    let plain = text.parse::<f64>().ok().filter(|number| number.is_finite());
    plain.unwrap_or_else(|| {
        let end = text.bytes().skip(1).take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count() + 1;
        text.get(..end).and_then(|text| text.parse().ok()).unwrap_or(0.0)
    })
}

fn from_hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_read_as_they_are_written() {
        let read = |text: &str| Lexer::new(text.as_bytes(), 0).next();
        let text = |text: &[u8]| Some(Object::Text(text.into()));
        assert_eq!(read("% a\n -1.5"), Some(Object::Number(-1.5)));
        assert_eq!(read("12 0 R"), Some(Object::Reference(12)));
        assert_eq!(read("12 0 Rx"), Some(Object::Number(12.0)));
        assert_eq!(read("/A#20b"), Some(Object::Name("A b".into())));
        assert_eq!(read(r"(a\(b\)(c)\101\n)"), text(b"a(b)(c)A\n"));
        assert_eq!(read("<04 1F 3>"), text(&[4, 0x1F, 0x30]));
        let Some(Object::Dict(dict)) = read("<</A[1 2 0 R]/B<</C true>>/D null>>") else { panic!("no dictionary") };
        assert_eq!(dict.get("A"), Some(&Object::Array(vec![Object::Number(1.0), Object::Reference(2)])));
        assert!(dict.is("D", "x") || dict.get("D") == Some(&Object::Null));
        for broken in ["", "[", "<<", "<</A", "[[[[", "<</A>>>", "(", "<"] {
            let _ = read(broken);
        }
        assert_eq!(read(&"[".repeat(1_000_000)), None);
        assert_eq!(read(&format!("[{}]", "0 ".repeat(1_000_000))), None, "too many parts");
    }
}
