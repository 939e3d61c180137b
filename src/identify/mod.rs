//! Tells what a file is from its bytes. The name is only a hint: it is reported beside the truth, and it decides where
//! bytes cannot, between texts.
//!
//! Signatures that need no judgement come from the `infer` crate; what wants a look inside (boxes, archives, compound
//! files, texts) is told apart here.

mod containers;
pub(crate) mod mpeg_audio;
mod text;
mod zip_family;

pub(crate) use containers::is_sealed_document;
pub(crate) use zip_family::hidden_zip;

use crate::facts::{Format, Identity, Kind};
use crate::source::{self, Source};

/// Bytes read from the front of every file.
const HEAD: usize = 4096;

/// Says what `source` is. `name` may be a path; only its last part is looked at.
///
/// Never fails: bytes that cannot be read or recognised are [`Format::Unknown`].
#[must_use]
pub fn identify(source: &dyn Source, name: &str) -> Identity {
    let extension = extension(name);
    let promised = extension.as_deref().and_then(Format::of_extension);
    let format = match source::read(source, 0, HEAD) {
        Ok(head) => of_bytes(source, &head, promised, extension.as_deref()),
        Err(_) => Format::Unknown,
    };
    Identity { format, extension, promised, inner_extension: inner_extension(name) }
}

/// What is known of a file by its name alone.
#[must_use]
pub(crate) fn by_name(name: &str) -> Identity {
    let extension = extension(name);
    let promised = extension.as_deref().and_then(Format::of_extension);
    Identity { format: Format::Unknown, extension, promised, inner_extension: inner_extension(name) }
}

/// The kind of material a file is handed in as.
///
/// What the bytes are decides if they are a picture, sound or video; if they are not, a name that promises one of the
/// kinds decides, because a PDF named `lesson.mp4` was handed in as a video.
#[must_use]
pub fn kind_of(identity: &Identity) -> Kind {
    let found = identity.format.kind();
    match identity.promised.map(Format::kind) {
        _ if matches!(found, Kind::Image | Kind::Audio | Kind::Video) => found,
        Some(promised @ (Kind::Image | Kind::Audio | Kind::Video | Kind::App)) => promised,
        _ => found,
    }
}

/// The last extension of the last part of a name: lower case, without the trailing dots and spaces that Windows drops.
#[must_use]
pub fn extension(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (_, extension) = last.trim_end_matches(['.', ' ']).rsplit_once('.')?;
    (!extension.is_empty() && extension.len() <= 40).then(|| extension.to_lowercase())
}

/// The extension that the last one hides, where it promises a format too. Windows shows `photo.jpg.exe` as `photo.jpg`.
#[must_use]
pub fn inner_extension(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, _) = last.trim_end_matches(['.', ' ']).rsplit_once('.')?;
    extension(stem).filter(|inner| Format::of_extension(inner).is_some())
}

fn of_bytes(source: &dyn Source, head: &[u8], promised: Option<Format>, extension: Option<&str>) -> Format {
    if source.size() == 0 {
        return Format::Empty;
    }
    containers::of_boxes(source, head, promised)
        .or_else(|| containers::of_chunks(head))
        .or_else(|| containers::of_streams(source, head))
        .or_else(|| zip_family::of_zip(source, head))
        .or_else(|| containers::of_compound_file(source, head))
        .or_else(|| of_signature(head))
        .or_else(|| containers::of_program(source, head))
        .or_else(|| text::of_text(head, source.size(), promised, extension))
        .or_else(|| mpeg_audio::identify(source, head, promised))
        .or_else(|| hidden_zip(source).map(|(format, _)| format))
        .unwrap_or(Format::Unknown)
}

/// Formats whose first bytes say all.
fn of_signature(head: &[u8]) -> Option<Format> {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => return Some(Format::Jpeg),
        [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, ..] => return Some(Format::Shortcut),
        // A text may begin with "BM"; in a bitmap four reserved bytes follow the size.
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => return Some(Format::Bmp),
        [b'B', b'M', ..] => return None,
        _ => {}
    }
    if head.windows(5).take(1024).any(|window| window == b"%PDF-") {
        return Some(Format::Pdf);
    }
    let mime = infer::get(head)?.mime_type();
    Some(match mime {
        "image/png" => Format::Png,
        "image/gif" => Format::Gif,
        "image/tiff" => Format::Tiff,
        "image/vnd.microsoft.icon" => Format::Ico,
        "image/vnd.adobe.photoshop" => Format::Psd,
        "audio/x-flac" => Format::Flac,
        "audio/aac" => Format::Aac,
        "audio/amr" => Format::Amr,
        "audio/x-aiff" => Format::Aiff,
        "audio/midi" => Format::Midi,
        "video/x-flv" => Format::Flv,
        "video/mpeg" => Format::Mpeg,
        "application/vnd.rar" => Format::Rar,
        "application/x-7z-compressed" => Format::SevenZip,
        "application/x-tar" => Format::Tar,
        "application/gzip" => Format::Gzip,
        "application/x-shockwave-flash" => Format::Swf,
        "application/rtf" => Format::Rtf,
        "application/x-executable" => Format::Elf,
        "application/x-mach-binary" => Format::MachO,
        "application/java" => Format::JavaClass,
        "application/vnd.android.dex" | "application/vnd.android.dey" => Format::Dex,
        "application/wasm" => Format::Wasm,
        "application/vnd.sqlite3" => Format::Sqlite,
        "application/font-woff" | "application/font-sfnt" => Format::Font,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    fn format(bytes: &[u8], name: &str) -> Format {
        identify(&Memory(bytes), name).format
    }

    #[test]
    fn the_extension_is_what_windows_would_run() {
        assert_eq!(extension("a/b.tar/Setup.EXE. .").as_deref(), Some("exe"));
        assert_eq!(extension("photo.jpg.exe").as_deref(), Some("exe"));
        assert_eq!(extension(".htaccess").as_deref(), Some("htaccess"));
        assert_eq!(extension("folder.d/README"), None);
        assert_eq!(extension("ends with dot."), None);
    }

    #[test]
    fn signatures_are_told_from_texts_that_begin_alike() {
        assert_eq!(format(b"BM\x40\0\0\0\0\0\0\0\x36\0\0\0(\0\0\0", "a.bmp"), Format::Bmp);
        assert_eq!(format(b"BMW is a make of cars", "a.txt"), Format::Text);
        assert_eq!(format(b"MZ is not always a program, says this text", "a.txt"), Format::Text);
        assert_eq!(format(b"ID3 tags explained", "a.txt"), Format::Text);
        assert_eq!(format(b"PK is short for Phil Katz", "a.txt"), Format::Text);
        assert_eq!(format(b"", "a.jpg"), Format::Empty);
        assert_eq!(format(&[0x13, 0x00, 0xAB, 0x01, 0xFE], "a.bin"), Format::Unknown);
    }

    #[test]
    fn texts_follow_their_content_first_and_their_name_second() {
        assert_eq!(format(b"<!DOCTYPE html><title>x</title>", "a.txt"), Format::Html);
        assert_eq!(format(b"\xEF\xBB\xBF<html>", "index.html"), Format::Html);
        assert_eq!(format(b"<p align=center>A library</p>", "README.md"), Format::Text);
        assert_eq!(format(b"<p align=center>A page</p>", "page"), Format::Html);
        assert_eq!(
            format(b"<?xml version='1.0'?>\n<!-- c -->\n<svg xmlns='http://www.w3.org/2000/svg'/>", "a"),
            Format::Svg
        );
        assert_eq!(format(b"<svg/>", "a.png"), Format::Svg);
        assert_eq!(format(b"var a = 1;", "a.js"), Format::JavaScript);
        assert_eq!(format(b"<html><HEAD><HTA:APPLICATION id=x></head>", "lesson.html"), Format::Hta);
        assert_eq!(format(b"<script>run()</script>", "lesson.hta"), Format::Hta);
        assert_eq!(format(b"@echo off\r\nformat c:", "a.bat"), Format::Script);
        assert_eq!(format(b"#!/bin/sh\necho", "readme.txt"), Format::Script);
        assert_eq!(format("Сәлем".as_bytes(), "a.mp4"), Format::Text);
    }

    #[test]
    fn a_document_named_as_a_video_was_handed_in_as_a_video() {
        let identity = identify(&Memory(&b"%PDF-1.7 ..."[..]), "lesson.mp4");
        assert_eq!((identity.format, kind_of(&identity)), (Format::Pdf, Kind::Video));
        let identity = identify(&Memory(&b"%PDF-1.7 ..."[..]), "lesson.pdf");
        assert_eq!(kind_of(&identity), Kind::Text);
    }
}
