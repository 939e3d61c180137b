//! Addresses exchanged where they stand. Everything else in a text stays as it is, byte for byte.

use std::borrow::Cow;
use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem;

use super::Edit;
use crate::facts::Spot;
use crate::probe::decoded;

/// Bytes behind the place of an address within which it is looked for: the place is that of its tag, of the attribute or of
/// the text that it stands in.
const WINDOW: usize = 64 * 1024;

/// A text with its addresses exchanged, in the encoding in which it was.
///
/// # Errors
/// The first edit that must be made and cannot be.
pub fn rewritten<'e>(bytes: &[u8], edits: &'e [Edit]) -> Result<Vec<u8>, &'e Edit> {
    // Most texts hold nothing to exchange, and are only looked through for names.
    if edits.is_empty() {
        return Ok(bytes.to_vec());
    }
    let (text, encoding) = decoded(bytes);
    // Two bytes a letter, and what does not come out again as it went in, is left alone.
    let write = |text: &str| encoding.encode(text).0.into_owned();
    if encoding.output_encoding() != encoding || write(&text) != bytes {
        return edits.iter().find(|edit| edit.must).map_or_else(|| Ok(bytes.to_vec()), Err);
    }
    let mut lines = Lines::new(&text);
    // What stands at the same place is found once.
    let mut found: HashMap<usize, (Place, &Edit)> = HashMap::new();
    let mut behind: HashMap<(Spot, &str), usize> = HashMap::new();
    for edit in edits {
        let Some(spot) = edit.at else { continue };
        // The same address twice in one place: `srcset="a.png 1x, a.png 2x"`.
        let from = behind.get(&(spot, &edit.was)).copied().unwrap_or_else(|| lines.offset(spot));
        match find(&text, from, &edit.was) {
            Some(place) => {
                behind.insert((spot, &edit.was), place.at + place.length);
                found.insert(place.at, (place, edit));
            }
            None if edit.must => return Err(edit),
            None => {}
        }
    }
    everywhere(&text, edits, &mut found);
    let mut places: Vec<_> = found.into_iter().collect();
    places.sort_by_key(|(at, _)| *at);
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    for (at, (place, edit)) in places {
        if at < done {
            return Err(edit);
        }
        new.push_str(&text[done..at]);
        if place.escaped {
            new.push_str(&edit.becomes.replace('&', "&amp;"));
        } else {
            new.push_str(&edit.becomes);
        }
        done = at + place.length;
    }
    new.push_str(&text[done..]);
    Ok(write(&new))
}

/// Where the lines of a text begin, and the place that was asked for last: most are asked for in their order, and a script
/// may be one long line.
struct Lines<'a> {
    text: &'a str,
    begins: Vec<usize>,
    last: (Spot, usize),
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Lines<'a> {
        let others = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let begins = std::iter::once(0).chain(others).collect();
        Lines { text, begins, last: (Spot { line: 1, column: 1 }, 0) }
    }

    /// The byte at a place or a little before: style sheets count letters beyond the first 65,536 twice.
    fn offset(&mut self, spot: Spot) -> usize {
        let line = usize::try_from(spot.line).unwrap_or(usize::MAX).saturating_sub(1);
        let Some(begin) = self.begins.get(line).copied() else { return self.text.len() };
        let end = self.begins.get(line + 1).copied().unwrap_or(self.text.len());
        let (last, at) = self.last;
        let (mut column, from) =
            if last.line == spot.line && last.column <= spot.column { (last.column, at) } else { (1, begin) };
        let mut offset = end;
        for (at, letter) in self.text[from..end].char_indices() {
            if column >= spot.column {
                offset = from + at;
                break;
            }
            column += letter.len_utf16() as u64;
        }
        self.last = (Spot { line: spot.line, column }, offset);
        offset
    }
}

/// Finds the addresses that are exchanged wherever they stand, all in one go.
fn everywhere<'e>(text: &str, edits: &'e [Edit], found: &mut HashMap<usize, (Place, &'e Edit)>) {
    let edits = edits.iter().filter(|edit| edit.at.is_none());
    let all: Vec<(Cow<'_, str>, &Edit)> =
        edits.flat_map(|edit| spellings(&edit.was).into_iter().map(move |spelling| (spelling, edit))).collect();
    let patterns = all.iter().map(|(spelling, _)| spelling.as_bytes());
    let Ok(finder) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns) else { return };
    for one in finder.find_iter(text).filter(|one| is_whole(text, one.start(), one.end())) {
        let (spelling, edit) = &all[one.pattern().as_usize()];
        found.insert(one.start(), (Place::new(one.start(), spelling), edit));
    }
}

/// Where an address stands.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    at: usize,
    /// Bytes.
    length: usize,
    /// It is written as pages and manifests want it, with `&amp;` for `&`.
    escaped: bool,
}

impl Place {
    fn new(at: usize, spelling: &str) -> Place {
        Place { at, length: spelling.len(), escaped: spelling.contains("&amp;") }
    }
}

/// Where an address stands next, in one of the ways to write it; never as a part of another address.
fn find(text: &str, from: usize, address: &str) -> Option<Place> {
    let window = text.len().min(from + WINDOW);
    let place = |spelling: Cow<'_, str>| {
        let mut places = memmem::find_iter(&text.as_bytes()[from..window], spelling.as_bytes()).map(|at| from + at);
        places.find(|at| is_whole(text, *at, at + spelling.len())).map(|at| Place::new(at, &spelling))
    };
    spellings(address).into_iter().filter_map(place).min()
}

/// No letter of an address stands before these bytes or behind them.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let goes_on = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || b"-_./%~@+".contains(&byte);
    let bytes = text.as_bytes();
    let before = start.checked_sub(1).map(|before| bytes[before]);
    !before.is_some_and(goes_on) && !bytes.get(end).copied().is_some_and(goes_on)
}

/// An address as it may stand in a page, a style sheet, a script and in JSON.
fn spellings(address: &str) -> Vec<Cow<'_, str>> {
    let mut all = vec![Cow::Borrowed(address)];
    for (letter, written) in [("&", "&amp;"), ("/", "\\/"), (" ", "\\ ")] {
        if address.contains(letter) {
            all.push(Cow::Owned(address.replace(letter, written)));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(line: u64, column: u64, was: &str, becomes: &str) -> Edit {
        Edit { at: Some(Spot { line, column }), was: was.to_owned(), becomes: becomes.to_owned(), must: true }
    }

    fn text(bytes: &[u8], edits: &[Edit]) -> Option<String> {
        rewritten(bytes, edits).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn an_address_is_exchanged_where_it_stands_and_nowhere_else() {
        let page = "<p>a.png</p>\r\n<img alt='xa.png' src=\"a.png\"><img srcset=\"b/a.png 1x, a.png 2x,a.png 3x\">";
        let edits = [edit(2, 24, "a.png", "A.png"), edit(2, 44, "a.png", "A.png"), edit(2, 44, "a.png", "A.png")];
        assert_eq!(
            text(page.as_bytes(), &edits).as_deref(),
            Some("<p>a.png</p>\r\n<img alt='xa.png' src=\"A.png\"><img srcset=\"b/a.png 1x, A.png 2x,A.png 3x\">")
        );
        assert_eq!(text(page.as_bytes(), &[edit(2, 24, "c.png", "C.png")]), None, "it does not stand there");
        assert_eq!(text(page.as_bytes(), &[edit(9, 1, "a.png", "A.png")]), None);
        let may = Edit { must: false, ..edit(9, 1, "a.png", "A.png") };
        assert_eq!(text(page.as_bytes(), &[may]).as_deref(), Some(page), "it is left as bad as it was");
        assert_eq!(text(page.as_bytes(), &[]).as_deref(), Some(page));
    }

    #[test]
    fn other_spellings_are_found_and_other_encodings_kept() {
        let script = "go('img\\/a.png', `x&amp;`)";
        assert_eq!(
            text(script.as_bytes(), &[edit(1, 4, "img/a.png", "i/a.png")]).as_deref(),
            Some("go('i/a.png', `x&amp;`)")
        );
        let page = "<meta charset=windows-1251><img src='сурет.png'> Сәлем".replace('ә', "е");
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&page);
        let new = rewritten(&bytes, &[edit(1, 38, "сурет.png", "suret.png")]).expect("it is exchanged");
        assert_eq!(encoding_rs::WINDOWS_1251.decode(&new).0, page.replace("сурет", "suret"));
        let wide: Vec<u8> = "\u{feff}<img src=a.png>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(rewritten(&wide, &[edit(1, 10, "a.png", "b.png")]).is_err(), "two bytes a letter are left alone");
    }

    #[test]
    fn manifests_are_exchanged_throughout() {
        let everywhere = Edit { at: None, was: "Index.htm".to_owned(), becomes: "index.html".to_owned(), must: true };
        let manifest = "<resource href=\"Index.htm\"><file href='Index.htm'/><file href='x/Index.htm'/></resource>";
        assert_eq!(
            text(manifest.as_bytes(), &[everywhere]).as_deref(),
            Some("<resource href=\"index.html\"><file href='index.html'/><file href='x/Index.htm'/></resource>")
        );
    }
}
