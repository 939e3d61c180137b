//! Formats that share their first bytes with others and want a look inside.

use std::ops::ControlFlow;

use crate::facts::Format;
use crate::source::{self, Source};

/// ISO base media and QuickTime: the brand of the file type box, or the boxes themselves where there is none.
pub(super) fn of_boxes(source: &dyn Source, head: &[u8], promised: Option<Format>) -> Option<Format> {
    let name: [u8; 4] = head.get(4..8)?.try_into().ok()?;
    let size = u32::from_be_bytes(head[..4].try_into().ok()?);
    match &name {
        b"ftyp" => {}
        // QuickTime files from before the file type box.
        b"moov" | b"mdat" | b"wide" | b"pnot" if size == 1 || size >= 8 || size == 0 => return Some(Format::Mov),
        b"free" | b"skip" if (8..=source.size()).contains(&u64::from(size)) => {
            let next = source::read(source, u64::from(size), 8).ok()?;
            return matches!(next.get(4..8)?, b"moov" | b"mdat" | b"ftyp" | b"wide").then_some(Format::Mov);
        }
        _ => return None,
    }
    let end = usize::try_from(size).ok()?.min(head.len());
    let mut compatible = head.get(16..end).unwrap_or(&[]).chunks_exact(4);
    Some(match head.get(8..12)? {
        b"qt  " => Format::Mov,
        b"M4A " | b"M4B " | b"M4P " => Format::M4a,
        b"avif" | b"avis" => Format::Avif,
        b"mif1" | b"msf1" if compatible.any(|brand| brand == b"avif") => Format::Avif,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Format::Heic,
        // Phones write MP4 files whose first brand is 3GPP; the other brands and the name say what was meant.
        brand if brand.starts_with(b"3g") => {
            let plays_as_mp4 = compatible.any(|brand| matches!(brand, b"isom" | b"mp41" | b"mp42" | b"avc1"));
            if plays_as_mp4 && promised == Some(Format::Mp4) { Format::Mp4 } else { Format::ThreeGp }
        }
        _ => Format::Mp4,
    })
}

/// RIFF and its 64-bit forms, and Matroska.
pub(super) fn of_chunks(head: &[u8]) -> Option<Format> {
    match (head.get(..4)?, head.get(8..12)?) {
        (b"RIFF" | b"RIFX" | b"RF64" | b"BW64", b"WAVE") => Some(Format::Wav),
        (b"RIFF", b"AVI ") => Some(Format::Avi),
        (b"RIFF", b"WEBP") => Some(Format::Webp),
        (b"RIFF", b"RMID") => Some(Format::Midi),
        ([0x1A, 0x45, 0xDF, 0xA3], _) => {
            let webm = head.windows(4).take(64).any(|window| window == b"webm");
            Some(if webm { Format::Webm } else { Format::Mkv })
        }
        _ => None,
    }
}

/// Windows Media, Ogg and MPEG transport streams, where only the streams inside tell sound from video.
pub(super) fn of_streams(source: &dyn Source, head: &[u8]) -> Option<Format> {
    const ASF: [u8; 8] = [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11];
    /// Stream type GUID of a picture stream, as stored.
    const ASF_VIDEO: [u8; 8] = [0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11];
    const TRANSPORT_PACKET: usize = 188;

    if head.starts_with(&ASF) {
        let header = source::read(source, 0, 64 * 1024).ok()?;
        let video = header.windows(8).any(|window| window == ASF_VIDEO);
        return Some(if video { Format::Wmv } else { Format::Wma });
    }
    if head.starts_with(b"OggS") {
        let video = head.windows(6).take(512).any(|window| window == b"theora");
        return Some(if video { Format::Ogv } else { Format::Ogg });
    }
    // The M2TS form puts a time code of four bytes before each packet.
    for (start, step) in [(0, TRANSPORT_PACKET), (4, TRANSPORT_PACKET + 4)] {
        if (0..5).all(|packet| head.get(start + packet * step) == Some(&0x47)) {
            return Some(Format::MpegTs);
        }
    }
    None
}

/// Compound files (OLE): the names in their directory tell Word from Excel from an installer.
pub(super) fn of_compound_file(source: &dyn Source, head: &[u8]) -> Option<Format> {
    let (mut document, mut macros, mut installer) = (None, false, false);
    walk_directory(source, head, &mut |name, entry| {
        match name {
            "WordDocument" => document = Some(Format::Doc),
            "PowerPoint Document" => document = Some(Format::Ppt),
            "Workbook" | "Book" => document = Some(Format::Xls),
            "_VBA_PROJECT" | "_VBA_PROJECT_CUR" => macros = true,
            _ => {}
        }
        // The root entry of an installer carries the class id of the Windows Installer.
        installer = entry[66] == 5 && matches!(entry[80..84], [0x84 | 0x86, 0x10, 0x0C, 0x00]);
        if installer { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    match (installer, macros) {
        (true, _) => Some(Format::Msi),
        (false, true) => Some(Format::OleMacros),
        (false, false) => document.or(Some(Format::Ole)),
    }
}

/// A compound file around an office document that is closed with a password.
pub(crate) fn is_sealed_document(source: &dyn Source) -> bool {
    let mut sealed = false;
    let Ok(head) = source::read(source, 0, super::HEAD) else { return false };
    walk_directory(source, &head, &mut |name, _| {
        sealed = name == "EncryptedPackage";
        if sealed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    sealed
}

/// Visits the entries in the directory of a compound file, each with its name and its 128 bytes. None if it is no such
/// file or its directory cannot be read.
fn walk_directory(
    source: &dyn Source,
    head: &[u8],
    visit: &mut dyn FnMut(&str, &[u8]) -> ControlFlow<()>,
) -> Option<()> {
    const END_OF_CHAIN: u32 = 0xFFFF_FFFA;
    const SECTORS: usize = 64;

    if !head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return None;
    }
    let word = |at: usize| head.get(at..at + 4).map(|bytes| u32::from_le_bytes(bytes.try_into().unwrap_or_default()));
    let shift = if head.get(30) == Some(&12) { 12 } else { 9 };
    let sector_at = |sector: u32| (u64::from(sector) + 1) << shift;
    let mut sector = word(48)?;
    for _ in 0..SECTORS {
        if sector >= END_OF_CHAIN {
            break;
        }
        let directory = source::read(source, sector_at(sector), 1 << shift).ok()?;
        for entry in directory.chunks_exact(128) {
            let name: String = entry[..64]
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .take_while(|&unit| unit != 0)
                .map(|unit| char::from_u32(u32::from(unit)).unwrap_or('?'))
                .collect();
            if visit(&name, entry).is_break() {
                return Some(());
            }
        }
        // Follow the chain through the allocation table, whose first sectors the header lists.
        let per_sector = 1u32 << (shift - 2);
        let Some(table) = word(76 + 4 * (sector / per_sector) as usize).filter(|_| sector / per_sector < 109) else {
            break;
        };
        let at = sector_at(table) + 4 * u64::from(sector % per_sector);
        let Some(next) = source::read(source, at, 4).ok()?.try_into().ok().map(u32::from_le_bytes) else { break };
        sector = next;
    }
    Some(())
}

/// Programs that begin with `MZ`, which a text can do too.
pub(super) fn of_program(source: &dyn Source, head: &[u8]) -> Option<Format> {
    /// In the second byte of the characteristics: others call it, and nobody starts it.
    const LIBRARY: u8 = 0x20;

    if !(head.starts_with(b"MZ") || head.starts_with(b"ZM")) {
        return None;
    }
    let header = head.get(60..64).map(|bytes| u32::from_le_bytes(bytes.try_into().unwrap_or_default()));
    let signature = header.and_then(|at| source::read(source, u64::from(at), 2).ok());
    let windows = matches!(signature.as_deref(), Some(b"PE" | b"NE" | b"LE" | b"LX"));
    if signature.as_deref() == Some(b"PE")
        && let Some(flags) = header.and_then(|at| source::read(source, u64::from(at) + 22, 2).ok())
        && flags.get(1).is_some_and(|flags| flags & LIBRARY != 0)
    {
        return Some(Format::Dll);
    }
    // A program for DOS has nothing but its own header, which is full of zero bytes.
    (windows || head.contains(&0)).then_some(Format::Exe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    #[test]
    fn brands_tell_phones_cameras_and_sound_apart() {
        let file = |brands: &[u8]| {
            let mut bytes = (8 + brands.len() as u32).to_be_bytes().to_vec();
            bytes.extend_from_slice(b"ftyp");
            bytes.extend_from_slice(brands);
            bytes
        };
        let format = |brands: &[u8], promised| of_boxes(&Memory(file(brands)), &file(brands), promised);
        assert_eq!(format(b"isom\0\0\x02\0isomavc1", None), Some(Format::Mp4));
        assert_eq!(format(b"qt  \0\0\0\0qt  ", None), Some(Format::Mov));
        assert_eq!(format(b"mif1\0\0\0\0mif1heic", None), Some(Format::Heic));
        assert_eq!(format(b"mif1\0\0\0\0mif1avif", None), Some(Format::Avif));
        assert_eq!(format(b"3gp4\0\0\x02\x003gp4isom", Some(Format::Mp4)), Some(Format::Mp4));
        assert_eq!(format(b"3gp4\0\0\x02\x003gp4isom", Some(Format::ThreeGp)), Some(Format::ThreeGp));
        assert_eq!(format(b"M4A \0\0\0\0M4A isom", None), Some(Format::M4a));
    }
}
