//! Formats that are ZIP archives inside: the names of their entries tell them apart.

use crate::facts::Format;
use crate::source::zip::ZipFile;
use crate::source::{self, Source};

/// Names looked at; office files list the telling ones first.
const NAMES: usize = 2000;

/// A file that begins as a ZIP archive.
pub(super) fn of_zip(source: &dyn Source, head: &[u8]) -> Option<Format> {
    if !matches!(head, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, b'P', b'K', ..]) {
        return None;
    }
    let names: Vec<String> = match ZipFile::open(source, NAMES) {
        Ok(zip) => zip.entries.into_iter().map(|entry| entry.name).collect(),
        // Without a central directory the first local headers still tell.
        Err(_) => local_names(source),
    };
    Some(of_names(&names, source))
}

/// An archive behind bytes that say something else or nothing, and where its directory begins.
pub(crate) fn hidden_zip(source: &dyn Source) -> Option<(Format, u64)> {
    let zip = ZipFile::open(source, NAMES).ok().filter(|zip| !zip.entries.is_empty())?;
    let directory = zip.directory;
    let names: Vec<String> = zip.entries.into_iter().map(|entry| entry.name).collect();
    Some((of_names(&names, source), directory))
}

fn of_names(names: &[String], source: &dyn Source) -> Format {
    let has = |name: &str| names.iter().any(|other| other == name);
    let below = |folder: &str| names.iter().any(|other| other.starts_with(folder));
    let macros = names.iter().any(|name| name.to_lowercase().ends_with("/vbaproject.bin"));
    if has("[Content_Types].xml") {
        for (folder, plain, with_macros) in [
            ("word/", Format::Docx, Format::Docm),
            ("ppt/", Format::Pptx, Format::Pptm),
            ("xl/", Format::Xlsx, Format::Xlsm),
        ] {
            if below(folder) {
                return if macros { with_macros } else { plain };
            }
        }
    }
    if names.first().is_some_and(|name| name == "mimetype")
        && let Some(format) = of_mimetype(source)
    {
        return format;
    }
    if has("AndroidManifest.xml") && (has("classes.dex") || has("resources.arsc")) {
        return Format::Apk;
    }
    if has("META-INF/MANIFEST.MF") && names.iter().any(|name| name.ends_with(".class")) {
        return Format::Jar;
    }
    Format::Zip
}

/// `OpenDocument` and EPUB store their type, unpacked, as the first entry.
fn of_mimetype(source: &dyn Source) -> Option<Format> {
    let zip = ZipFile::open(source, 1).ok()?;
    let mut text = String::new();
    let entry = zip.entries.first()?;
    std::io::Read::read_to_string(&mut std::io::Read::take(zip.unpack(entry).ok()??, 100), &mut text).ok()?;
    match text.trim() {
        "application/vnd.oasis.opendocument.text" => Some(Format::Odt),
        "application/vnd.oasis.opendocument.presentation" => Some(Format::Odp),
        "application/vnd.oasis.opendocument.spreadsheet" => Some(Format::Ods),
        "application/epub+zip" => Some(Format::Epub),
        _ => None,
    }
}

/// Names in the local headers within the first bytes, for an archive that was cut off.
fn local_names(source: &dyn Source) -> Vec<String> {
    let bytes = source::read(source, 0, 64 * 1024).unwrap_or_default();
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|window| window == b"PK\x03\x04") {
        let start = at + found;
        let Some(header) = bytes.get(start..start + 30) else { break };
        let length = usize::from(u16::from_le_bytes([header[26], header[27]]));
        if let Some(name) = bytes.get(start + 30..start + 30 + length) {
            names.push(String::from_utf8_lossy(name).into_owned());
        }
        at = start + 4;
    }
    names
}
