//! Who made the file, when, and whether it tells where.

use std::io;

use super::boxes::{Atom, Boxes, be32};
use super::movie::Movie;
use crate::source;

/// Bytes of a text that are kept.
const TEXT: u64 = 120;

/// Names of metadata that are looked at.
const KEYS: u64 = 1_000;

/// The program or camera that made the file, and its place on earth, by the names of Apple's newer metadata.
const SOFTWARE_KEYS: [&[u8]; 2] = [b"com.apple.quicktime.software", b"com.android.version"];
const POSITION_KEY: &[u8] = b"com.apple.quicktime.location.ISO6709";

impl Movie {
    /// The user data of the movie: QuickTime's texts, 3GPP's place, and metadata in the form of iTunes.
    pub(super) fn user_data(&mut self, boxes: &mut Boxes<'_>, udta: &Atom) -> io::Result<()> {
        boxes.children(udta, &mut |boxes, atom| {
            match &atom.name {
                b"\xA9xyz" | b"loci" => self.position = true,
                // Length and language stand before the text.
                b"\xA9swr" => self.made_with(&text(boxes, &atom.skip(4))?),
                b"meta" => self.metadata(boxes, atom)?,
                _ => {}
            }
            Ok(())
        })
    }

    /// Metadata of ISO files, where version and flags stand before the boxes, and of QuickTime, where they do not.
    pub(super) fn metadata(&mut self, boxes: &mut Boxes<'_>, meta: &Atom) -> io::Result<()> {
        let is_list = boxes.body(meta, 8)?.get(4..8) == Some(b"hdlr");
        let mut keys = Vec::new();
        boxes.children(&meta.skip(if is_list { 0 } else { 4 }), &mut |boxes, atom| match &atom.name {
            b"keys" => {
                let count = be32(&boxes.body(atom, 8)?, 4).unwrap_or(0);
                boxes.children(&atom.skip(8), &mut |boxes, key| {
                    if (keys.len() as u64) < u64::from(count).min(KEYS) {
                        let name = boxes.body(key, TEXT)?;
                        self.position |= name == POSITION_KEY;
                        keys.push(SOFTWARE_KEYS.contains(&name.as_slice()));
                    }
                    Ok(())
                })
            }
            b"ilst" => boxes.children(atom, &mut |boxes, item| {
                // Items are named by a code, or by the number of a key, counted from 1.
                let number = u32::from_be_bytes(item.name) as usize;
                let by_key = number.checked_sub(1).and_then(|index| keys.get(index)).copied().unwrap_or(false);
                if &item.name == b"\xA9too" || by_key {
                    boxes.children(item, &mut |boxes, data| {
                        if &data.name == b"data" {
                            self.made_with(&text(boxes, &data.skip(8))?);
                        }
                        Ok(())
                    })?;
                }
                Ok(())
            }),
            _ => Ok(()),
        })
    }

    fn made_with(&mut self, text: &str) {
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if !text.trim().is_empty() && self.software.is_none() {
            self.software = Some(text.trim().to_owned());
        }
    }
}

fn text(boxes: &Boxes<'_>, atom: &Atom) -> io::Result<String> {
    let bytes = source::read(boxes.source, atom.start, (atom.end - atom.start).min(TEXT) as usize)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The language of a media header: ISO 639-2 in three times five bits, or a number of the old Macintosh.
pub(super) fn language(code: u16) -> Option<String> {
    if code < 0x400 {
        return match code {
            32 => Some("rus".to_owned()),
            48 => Some("kaz".to_owned()),
            _ => None,
        };
    }
    let letter = |shift: u16| char::from(0x60 + (code >> shift & 0x1F) as u8);
    let language: String = [letter(10), letter(5), letter(0)].into_iter().collect();
    let is_word = language.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_word && language != "und").then_some(language)
}

/// A moment in seconds since 1904, as `2026-11-23T10:00:00Z`; none for zero and for what no clock shows.
pub(super) fn moment(seconds: u64) -> Option<String> {
    /// From 1904 to 1970.
    const EPOCH: i64 = 2_082_844_800;

    let seconds = i64::try_from(seconds).ok()?.checked_sub(EPOCH)?;
    // Before 1990 there was no QuickTime; a camera without a clock begins in 1904 or 1970.
    let moment = jiff::Timestamp::from_second(seconds).ok().filter(|_| seconds > 20 * 365 * 86_400)?;
    Some(moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}
