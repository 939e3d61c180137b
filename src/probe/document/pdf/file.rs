//! The objects of a PDF: where they lie, and what they are once they are looked at.
//!
//! The table of places at the end of the file is not used: it is what breaks first, and a table that lies can make a reader
//! parse the same bytes for ever. Objects are found by their heads, from front to back, and a later one of the same number
//! takes the place of an earlier one, just as it does when a PDF is changed.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;

use super::super::super::Context;
use super::lexer::{Dict, Lexer, Object, is_space};

/// Objects that are found; a book has a hundred thousand.
const OBJECTS: usize = 500_000;

/// Bytes that are read as words or unpacked, in all. Applications take less than one in a hundred of it.
const WORK: usize = 64 << 20;

/// Unpacked bytes of one stream.
const STREAM: usize = 8 << 20;

/// Unpacked bytes of all streams that hold objects.
const PACKED: usize = 16 << 20;

/// References that lead to references.
const HOPS: usize = 20;

/// Filters of one stream, one after the other.
const FILTERS: usize = 4;

/// Bytes of one object that are looked at.
const WINDOW: usize = 4 << 20;

/// Objects or pages between two looks at the clock.
const STRIDE: usize = 256;

/// Where an object lies.
#[derive(Clone, Copy)]
enum Place {
    /// In the file.
    File(usize),
    /// In an unpacked stream of objects.
    Packed(usize, usize),
}

/// A PDF with its objects found.
pub(super) struct Pdf<'a> {
    bytes: &'a [u8],
    places: HashMap<u32, Place>,
    packed: Vec<Vec<u8>>,
    /// Dictionaries that say where the document begins and whether it is encrypted, the latest last.
    trailers: Vec<Dict>,
    catalog: Option<u32>,
    work: Cell<usize>,
    context: &'a Context<'a>,
}

/// A stream: what is said of it, and its bytes as they lie in the file.
pub(super) struct Stream<'a> {
    pub(super) dict: Dict,
    raw: &'a [u8],
}

impl<'a> Pdf<'a> {
    pub(super) fn new(bytes: &'a [u8], context: &'a Context<'a>) -> Pdf<'a> {
        let mut pdf = Pdf {
            bytes,
            places: HashMap::new(),
            packed: Vec::new(),
            trailers: Vec::new(),
            catalog: None,
            work: Cell::new(WORK),
            context,
        };
        pdf.find();
        pdf
    }

    /// Less was read than there is: the work was too much, or the time was up.
    pub(super) fn is_exhausted(&self) -> bool {
        self.work.get() == 0
    }

    /// Counts work; false if there was enough of it.
    pub(super) fn work(&self, bytes: usize) -> bool {
        self.work.set(self.work.get().saturating_sub(bytes));
        self.work.get() > 0
    }

    fn find(&mut self) {
        let finder = memmem::Finder::new(b"obj");
        let mut at = 0;
        let mut count = 0;
        while let Some(found) = finder.find(&self.bytes[at..]).map(|found| at + found) {
            at = found + 3;
            let Some(number) = head(&self.bytes[..found]) else { continue };
            count += 1;
            if count > OBJECTS || !self.work(1) || count % STRIDE == 0 && self.context.deadline.is_over() {
                self.work.set(0);
                return;
            }
            self.places.insert(number, Place::File(at));
            at = self.look(number, at);
        }
        for found in memmem::rfind_iter(self.bytes, b"trailer").take(16) {
            if let Some(Object::Dict(dict)) = self.parse(self.bytes, found + 7).map(|(object, _)| object) {
                self.trailers.insert(0, dict);
            }
        }
    }

    /// Looks at an object on the way, and says where the next may begin.
    fn look(&mut self, number: u32, at: usize) -> usize {
        let Some((Object::Dict(dict), end)) = self.parse(self.bytes, at) else { return at };
        if dict.is("Type", "Catalog") {
            self.catalog = Some(number);
        }
        let Some(start) = self.stream_start(end) else { return end };
        let stop = self.stream_end(&dict, start);
        if dict.is("Type", "XRef") {
            self.trailers.push(dict);
        } else if dict.is("Type", "ObjStm") {
            let stream = Stream { dict, raw: &self.bytes[start..stop] };
            self.unpack_objects(&stream);
        }
        stop
    }

    fn unpack_objects(&mut self, stream: &Stream<'_>) {
        let unpacked = self.unpack(stream);
        let (Some(count), Some(first)) = (
            stream.dict.get("N").and_then(Object::count),
            stream.dict.get("First").and_then(Object::count).filter(|first| *first <= unpacked.len()),
        ) else {
            return;
        };
        if self.packed.iter().map(Vec::len).sum::<usize>() + unpacked.len() > PACKED {
            self.work.set(0);
            return;
        }
        // The trailer names the catalog; this is for when there is none.
        let catalog = memmem::find(&unpacked, b"/Catalog");
        let mut nearest = None;
        let mut numbers = Lexer::content(&unpacked[..first]);
        for _ in 0..count.min(first) {
            let (Some(number), Some(offset)) =
                (numbers.next().and_then(|number| number.count()), numbers.next().and_then(|offset| offset.count()))
            else {
                break;
            };
            let at = first + offset;
            if at < unpacked.len() && self.places.len() < OBJECTS {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                self.places.insert(number, Place::Packed(self.packed.len(), at));
                if catalog.is_some_and(|catalog| at < catalog && nearest.is_none_or(|(other, _)| other < at)) {
                    nearest = Some((at, number));
                }
            }
        }
        self.catalog = nearest.map(|(_, number)| number).or(self.catalog);
        self.packed.push(unpacked);
    }

    /// The thing at this place, and where it ends.
    fn parse(&self, bytes: &[u8], at: usize) -> Option<(Object, usize)> {
        if self.is_exhausted() {
            return None;
        }
        let mut lexer = Lexer::new(&bytes[..bytes.len().min(at.saturating_add(WINDOW))], at);
        let object = lexer.next();
        self.work(lexer.at.saturating_sub(at) + 16);
        Some((object?, lexer.at))
    }

    /// Where the bytes of a stream begin, if one follows.
    fn stream_start(&self, end: usize) -> Option<usize> {
        let rest = &self.bytes[end..];
        let blank = rest.iter().take_while(|&&byte| is_space(byte)).count();
        let after = rest[blank..].strip_prefix(b"stream")?;
        let line = match after {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        Some(self.bytes.len() - after.len() + line)
    }

    /// Where the bytes of a stream end: where its length says, if that is so, else where it is marked.
    fn stream_end(&self, dict: &Dict, start: usize) -> usize {
        let marked = |at: usize| {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let blank = rest.iter().take(4).take_while(|&&byte| is_space(byte)).count();
            rest[blank..].starts_with(b"endstream")
        };
        let length = dict.get("Length").map(|length| self.resolve(length)).and_then(|length| length.count());
        if let Some(end) = length.and_then(|length| start.checked_add(length)).filter(|end| marked(*end)) {
            return end;
        }
        let rest = &self.bytes[start..];
        let end = memmem::find(rest, b"endstream").map_or(self.bytes.len(), |length| start + length);
        // A search costs less than reading.
        self.work((end - start) / 16);
        end
    }

    /// What stands behind a reference; anything else is that itself.
    pub(super) fn resolve(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..HOPS {
            let Object::Reference(number) = object else { return object };
            let found = match self.places.get(&number) {
                Some(Place::File(at)) => self.parse(self.bytes, *at),
                Some(Place::Packed(stream, at)) => self.parse(&self.packed[*stream], *at),
                None => None,
            };
            object = found.map_or(Object::Null, |(object, _)| object);
        }
        Object::Null
    }

    /// What a dictionary says, with references followed.
    pub(super) fn get(&self, dict: &Dict, key: &str) -> Option<Object> {
        dict.get(key).map(|value| self.resolve(value))
    }

    pub(super) fn dict(&self, object: &Object) -> Option<Dict> {
        if let Object::Dict(dict) = self.resolve(object) { Some(dict) } else { None }
    }

    pub(super) fn dict_in(&self, dict: &Dict, key: &str) -> Option<Dict> {
        self.dict(dict.get(key)?)
    }

    pub(super) fn array_in(&self, dict: &Dict, key: &str) -> Option<Vec<Object>> {
        if let Object::Array(array) = self.get(dict, key)? { Some(array) } else { None }
    }

    /// The stream that a reference leads to. Streams are never packed into others.
    pub(super) fn stream(&self, object: &Object) -> Option<Stream<'a>> {
        let Object::Reference(number) = object else { return None };
        let Some(Place::File(at)) = self.places.get(number) else { return None };
        let Some((Object::Dict(dict), end)) = self.parse(self.bytes, *at) else { return None };
        let start = self.stream_start(end)?;
        let stop = self.stream_end(&dict, start);
        Some(Stream { dict, raw: &self.bytes[start..stop] })
    }

    /// The bytes of a stream as they were before they were packed, as far as they can be had.
    pub(super) fn unpack(&self, stream: &Stream<'_>) -> Vec<u8> {
        let list = |keys: [&str; 2]| {
            let value = keys.iter().find_map(|key| self.get(&stream.dict, key));
            match value {
                Some(Object::Array(array)) => array.iter().map(|object| self.resolve(object)).collect(),
                Some(object) => vec![object],
                None => Vec::new(),
            }
        };
        let (filters, parameters) = (list(["Filter", "F"]), list(["DecodeParms", "DP"]));
        let mut bytes = std::borrow::Cow::Borrowed(&stream.raw[..stream.raw.len().min(STREAM)]);
        for (index, filter) in filters.iter().enumerate().take(FILTERS) {
            let parameters = match parameters.get(index) {
                Some(Object::Dict(dict)) => dict.clone(),
                _ => Dict::default(),
            };
            let Some(unpacked) = filter.name().and_then(|filter| self.filter(filter, &bytes, &parameters)) else {
                return Vec::new();
            };
            if !self.work(unpacked.len()) {
                return Vec::new();
            }
            bytes = unpacked.into();
        }
        bytes.into_owned()
    }

    fn filter(&self, filter: &str, bytes: &[u8], parameters: &Dict) -> Option<Vec<u8>> {
        let limit = STREAM.min(self.work.get());
        match filter {
            "FlateDecode" | "Fl" => {
                let mut unpacked = at_most(ZlibDecoder::new(bytes), limit);
                // Some forget the two bytes in front, or damage them.
                if unpacked.is_empty() && bytes.len() > 2 {
                    unpacked = at_most(DeflateDecoder::new(&bytes[2..]), limit);
                }
                let number = |key: &str| self.get(parameters, key).and_then(|number| number.count());
                let columns = number("Columns").unwrap_or(1).max(1);
                let bits = columns
                    * number("Colors").unwrap_or(1).clamp(1, 32)
                    * number("BitsPerComponent").unwrap_or(8).clamp(1, 32);
                let pixel = (bits / columns).div_ceil(8);
                Some(match number("Predictor") {
                    Some(10..) => unfilter(&unpacked, bits.div_ceil(8), pixel),
                    _ => unpacked,
                })
            }
            "ASCIIHexDecode" | "AHx" => {
                let end = memchr::memchr(b'>', bytes).unwrap_or(bytes.len());
                let mut digits = bytes[..end].iter().filter_map(|&byte| char::from(byte).to_digit(16));
                let mut unpacked = Vec::new();
                while let Some(high) = digits.next() {
                    unpacked.push((high * 16 + digits.next().unwrap_or(0)) as u8);
                }
                Some(unpacked)
            }
            "ASCII85Decode" | "A85" => Some(ascii85(bytes)),
            "RunLengthDecode" | "RL" => Some(run_lengths(bytes, limit)),
            _ => None,
        }
    }

    /// It needs a password, or only hides its content behind an empty one.
    pub(super) fn is_encrypted(&self) -> bool {
        self.trailers.iter().any(|trailer| trailer.get("Encrypt").is_some_and(|object| *object != Object::Null))
    }

    /// Where the document begins.
    pub(super) fn root(&self) -> Option<Dict> {
        let named = self.trailers.iter().rev().filter_map(|trailer| self.dict_in(trailer, "Root"));
        let found = self.catalog.and_then(|number| self.dict(&Object::Reference(number)));
        named.chain(found).find(|root| root.get("Pages").is_some())
    }

    pub(super) fn is_over_time(&self) -> bool {
        self.context.deadline.is_over()
    }
}

/// The number of the object whose head ends here: `12 0 `.
fn head(before: &[u8]) -> Option<u32> {
    let part = |text: &'_ [u8]| -> Option<(usize, usize)> {
        let blank = text.iter().rev().take(20).take_while(|&&byte| is_space(byte)).count();
        let digits = text[..text.len() - blank].iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        (digits > 0).then_some((blank, digits))
    };
    let (blank, digits) = part(before)?;
    let rest = &before[..before.len() - blank - digits];
    let (blank, digits) = part(rest).filter(|(blank, _)| *blank > 0)?;
    let number = &rest[rest.len() - blank - digits..rest.len() - blank];
    std::str::from_utf8(number).ok()?.parse().ok()
}

/// What can be unpacked until there is too much or something is broken.
fn at_most(stream: impl Read, limit: usize) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // What came before the damage is what there is.
    let _ = stream.take(limit as u64).read_to_end(&mut unpacked);
    unpacked
}

/// Undoes the filters of PNG, with which tables pack better.
fn unfilter(bytes: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut all: Vec<u8> = Vec::with_capacity(bytes.len());
    for line in bytes.chunks(row.saturating_add(1)) {
        let Some((filter, line)) = line.split_first() else { break };
        let start = all.len();
        for (index, byte) in line.iter().enumerate() {
            let left = if index >= pixel { all[start + index - pixel] } else { 0 };
            let above = if start >= row { all[start + index - row] } else { 0 };
            let corner = if index >= pixel && start >= row { all[start + index - row - pixel] } else { 0 };
            let guess = match filter {
                1 => left,
                2 => above,
                3 => (u16::from(left) + u16::from(above)).div_euclid(2) as u8,
                4 => paeth(left, above, corner),
                _ => 0,
            };
            all.push(byte.wrapping_add(guess));
        }
    }
    all
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i32::from(left), i32::from(above), i32::from(corner));
    let p = a + b - c;
    let (pa, pb, pc) = ((p - a).abs(), (p - b).abs(), (p - c).abs());
    if pa <= pb && pa <= pc {
        left
    } else if pb <= pc {
        above
    } else {
        corner
    }
}

fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut write = |group: &mut Vec<u32>| {
        let length = group.len();
        group.resize(5, 84);
        let word = group.iter().fold(0u32, |word, digit| word.wrapping_mul(85).wrapping_add(*digit));
        unpacked.extend_from_slice(&word.to_be_bytes()[..length.saturating_sub(1)]);
        group.clear();
    };
    for &byte in bytes.strip_prefix(b"<~").unwrap_or(bytes) {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => {
                group.resize(5, 0);
                write(&mut group);
            }
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    write(&mut group);
                }
            }
            _ => {}
        }
    }
    if !group.is_empty() {
        write(&mut group);
    }
    unpacked
}

fn run_lengths(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let mut rest = bytes;
    while let [length, after @ ..] = rest {
        if *length == 128 || unpacked.len() > limit {
            break;
        }
        if *length < 128 {
            let count = (usize::from(*length) + 1).min(after.len());
            unpacked.extend_from_slice(&after[..count]);
            rest = &after[count..];
        } else if let [byte, after @ ..] = after {
            unpacked.resize(unpacked.len() + 257 - usize::from(*length), *byte);
            rest = after;
        } else {
            break;
        }
    }
    unpacked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_filters() {
        assert_eq!(head(b"\n12 0 "), Some(12));
        assert_eq!(head(b"12 0"), Some(12));
        assert_eq!(head(b"end"), None);
        assert_eq!(head(b" 0 "), None);
        assert_eq!(ascii85(b"87cURD]j7BEbo80~>"), b"Hello world!");
        assert_eq!(ascii85(b"<~z87cT~>"), b"\0\0\0\0Hel");
        assert_eq!(run_lengths(&[2, b'a', b'b', b'c', 254, b'x', 128, 1], 99), b"abcxxx");
        assert_eq!(unfilter(&[2, 1, 2, 2, 1, 1], 2, 1), [1, 2, 2, 3]);
        assert_eq!(unfilter(&[1, 1, 1, 4, 1, 1], 2, 1), [1, 2, 2, 3]);
    }
}
