//! Other files in the bytes of a picture, a recording or a video: behind its end, as phones attach videos to photos, or in
//! another reading of the same bytes, as attackers do.

use std::io;

use crate::facts::{Attached, Damage, DamageKind, FileFacts, Format, Kind};
use crate::identify::{self, identify};
use crate::source::{self, Source};

/// Bytes behind the end of a picture that are searched for a video.
const SEARCHED: u64 = 64 << 20;

/// Stray bytes behind the end that nobody notices: a line end, a checksum, padding to a word.
const STRAY: u64 = 16;

/// Bytes read at a time.
const BLOCK: usize = 256 * 1024;

/// Looks at a whole file of this format: is it an archive or a document as well?
pub(super) fn whole(source: &dyn Source, facts: &mut FileFacts) {
    if let Some((format, byte)) = identify::hidden_zip(source) {
        add(facts, format, byte);
    }
    // Readers of PDF look for their mark in the first kilobyte.
    let head = source::read(source, 0, 1024).unwrap_or_default();
    if let Some(at) = head.windows(5).position(|window| window == b"%PDF-") {
        add(facts, Format::Pdf, at as u64);
    }
}

/// Looks at what follows the end of a picture at `at`.
pub(super) fn behind(source: &dyn Source, at: u64, facts: &mut FileFacts) {
    if at < source.size() && look_behind(source, at, facts).is_err() {
        facts.damage.push(Damage::new(DamageKind::ReadError).at(at));
    }
}

fn look_behind(source: &dyn Source, at: u64, facts: &mut FileFacts) -> io::Result<()> {
    let rest = Rest { inner: source, start: at };
    let found = identify(&rest, "").format;
    // Texts say nothing, and what cameras append is full of bytes that look like sound.
    let is_file = !matches!(found.kind(), Kind::Text)
        && !matches!(found, Format::Unknown | Format::Mp3 | Format::Aac | Format::Bmp | Format::Xml | Format::Json);
    let is_file = (is_file || found == Format::Pdf) && rest.size() > STRAY;
    if is_file {
        add(facts, found, at);
    }
    let video = video(&rest)?;
    if let Some(byte) = video.filter(|_| !matches!(found, Format::Mp4 | Format::Mov)) {
        add(facts, Format::Mp4, at + byte);
    }
    if is_file || video.is_some() || rest.size() <= STRAY || is_padding(&rest)? {
        return Ok(());
    }
    if facts.identity.format == Format::Jpeg {
        // Cameras of every maker leave something behind their photos: previews, padding, how the photo was taken.
        add(facts, Format::Unknown, at);
    } else {
        facts.damage.push(Damage::new(DamageKind::TrailingData).at(at));
    }
    Ok(())
}

/// Markup that a browser would run, in a comment or a text of a picture, that begins at `at`.
pub(super) fn in_text(text: &[u8], at: u64, facts: &mut FileFacts) {
    const MARKS: [&[u8]; 6] = [b"<html", b"<script", b"<!doctype html", b"<?php", b"<body", b"<iframe"];

    let found = text.iter().enumerate().filter(|&(_, &byte)| byte == b'<').find_map(|(position, _)| {
        let rest = &text[position..];
        let is_mark = |mark: &&[u8]| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
        MARKS.iter().any(is_mark).then_some(position)
    });
    if let Some(position) = found {
        add(facts, Format::Html, at + position as u64);
    }
}

fn add(facts: &mut FileFacts, format: Format, byte: u64) {
    let attached = Attached { format, byte };
    if format != facts.identity.format || byte > 0 {
        // An archive is found by its head behind a picture and by its end in the whole.
        let known = facts.attached.iter().any(|other| other.format == format && !matches!(format, Format::Jpeg));
        if !known {
            facts.attached.push(attached);
        }
    }
}

/// Where a video begins in the bytes behind a picture: the file type box.
fn video(rest: &Rest<'_>) -> io::Result<Option<u64>> {
    let mut at = 0;
    while at < rest.size().min(SEARCHED) {
        // Blocks overlap, so that nothing lies across an edge unseen.
        let block = source::read(rest, at, BLOCK)?;
        for found in places_of(&block, b"ftyp") {
            let Some(start) = found.checked_sub(4) else { continue };
            let length = u32::from_be_bytes([block[start], block[start + 1], block[start + 2], block[start + 3]]);
            if (16..=256).contains(&length) {
                return Ok(Some(at + start as u64));
            }
        }
        if block.len() < BLOCK {
            break;
        }
        at += (BLOCK - 16) as u64;
    }
    Ok(None)
}

/// Every place of a word.
fn places_of<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(word.len()).enumerate().filter(move |(_, window)| *window == word).map(|(at, _)| at)
}

/// Nothing but zeros, or nothing but spaces and line ends.
fn is_padding(rest: &Rest<'_>) -> io::Result<bool> {
    let mut at = 0;
    while at < rest.size() {
        let block = source::read(rest, at, BLOCK)?;
        if block.is_empty() || !block.iter().all(|byte| matches!(byte, 0 | 0xFF | b' ' | b'\r' | b'\n')) {
            return Ok(block.is_empty());
        }
        at += block.len() as u64;
    }
    Ok(true)
}

/// What follows an offset, as a source of its own.
struct Rest<'a> {
    inner: &'a dyn Source,
    start: u64,
}

impl Source for Rest<'_> {
    fn size(&self) -> u64 {
        self.inner.size().saturating_sub(self.start)
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read_at(self.start.saturating_add(offset), buffer)
    }
}
