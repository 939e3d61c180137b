//! Texts: what a browser would make of them, and where that is open, what the name says.

use crate::facts::Format;

/// Says which text this is, or that it is none. `head` is the front of `size` bytes.
pub(super) fn of_text(head: &[u8], size: u64, promised: Option<Format>, extension: Option<&str>) -> Option<Format> {
    let text = decode(head, size)?;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if let Some(interpreter) = start.strip_prefix("#!") {
        // The first line of a tool for Node is a comment to a browser.
        let script =
            interpreter.lines().next().unwrap_or_default().contains("node") && promised == Some(Format::JavaScript);
        return Some(if script { Format::JavaScript } else { Format::Script });
    }
    let markup = start.starts_with('<');
    if promised == Some(Format::Hta) || markup && contains_ignoring_case(start, "<hta:application") {
        return Some(Format::Hta);
    }
    if markup && let Some(format) = of_markup(start) {
        // Markdown may begin with an element; only a whole page is a page under any name.
        let page = format != Format::Html || promised != Some(Format::Text) || is_whole_page(start);
        return Some(if page { format } else { Format::Text });
    }
    match promised {
        Some(
            format @ (Format::Html
            | Format::Css
            | Format::JavaScript
            | Format::Svg
            | Format::Json
            | Format::SourceMap
            | Format::Xml
            | Format::Script),
        ) if extension != Some("com") => Some(format),
        _ => Some(if start.starts_with("<?xml") { Format::Xml } else { Format::Text }),
    }
}

/// What the first element says. Comments, the XML declaration and the document type stand before it.
fn of_markup(text: &str) -> Option<Format> {
    const PAGE: [&str; 14] = [
        "html", "head", "body", "title", "script", "style", "meta", "link", "iframe", "div", "table", "h1", "p",
        "center",
    ];
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
        } else if rest.starts_with("<?") {
            rest = rest.split_once("?>")?.1;
        } else if let Some(doctype) = strip_prefix_ignoring_case(rest, "<!doctype") {
            let name = first_word(doctype.trim_start());
            return match name.as_str() {
                "svg" => Some(Format::Svg),
                "html" => Some(Format::Html),
                _ => None,
            };
        } else {
            let name = first_word(rest.strip_prefix('<')?);
            let local = name.rsplit(':').next().unwrap_or(&name);
            return match local {
                "svg" => Some(Format::Svg),
                local if PAGE.contains(&local) => Some(Format::Html),
                _ => None,
            };
        }
    }
}

fn is_whole_page(text: &str) -> bool {
    strip_prefix_ignoring_case(text, "<!doctype").or(strip_prefix_ignoring_case(text, "<html")).is_some()
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-'))
        .take(40)
        .collect::<String>()
        .to_lowercase()
}

fn contains_ignoring_case(text: &str, wanted: &str) -> bool {
    text.as_bytes().windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// The head as text, or none if it is no text: bytes of the control range other than white space tell.
fn decode(head: &[u8], size: u64) -> Option<String> {
    /// Noise this long without a single control byte is rarer than one in fifty.
    const LEAST_LEGACY: usize = 32;

    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(head)
        && encoding != encoding_rs::UTF_8
    {
        let (text, broken) = encoding.decode_without_bom_handling(&head[mark..]);
        return (!broken).then(|| text.into_owned());
    }
    if head.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)) {
        return None;
    }
    match std::str::from_utf8(head) {
        Ok(text) => Some(text.to_owned()),
        // The head may cut the last character in two.
        Err(error) if error.error_len().is_none() && size > head.len() as u64 => {
            Some(String::from_utf8_lossy(&head[..error.valid_up_to()]).into_owned())
        }
        // A text in the old 8-bit code page is a text all the same.
        Err(_) if head.len() >= LEAST_LEGACY => {
            let (text, broken) = encoding_rs::WINDOWS_1251.decode_without_bom_handling(head);
            (!broken).then(|| text.into_owned())
        }
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_a_teacher_sends() {
        let of = |bytes: &[u8]| of_text(bytes, bytes.len() as u64, None, None);
        assert_eq!(of(&[0xFF, 0xFE, b'<', 0, b'h', 0, b't', 0, b'm', 0, b'l', 0, b'>', 0]), Some(Format::Html));
        let (cyrillic, ..) = encoding_rs::WINDOWS_1251.encode("План урока: сложение и вычитание");
        assert_eq!(of(&cyrillic), Some(Format::Text));
        assert_eq!(of("Сабақ жоспары".as_bytes()), Some(Format::Text));
        assert_eq!(of(&[0x00, 0x01, 0x02, 0x03]), None);
    }
}
