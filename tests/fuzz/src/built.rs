//! Archives, documents and videos put together from the bytes of the fuzzer. What it changes is what a file consists of, and
//! not its letters: sizes, counts and checksums come out right wherever the file does not lie on purpose.

use std::io::Write;

use arbitrary::{Result, Unstructured};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// Archives inside archives.
const DEPTH: u8 = 2;

/// Boxes inside boxes.
const BOXES: u8 = 7;

/// An archive of a small app, with whatever may be wrong in one.
#[must_use]
pub fn zip(bytes: &[u8]) -> Vec<u8> {
    Archive::app(&mut Unstructured::new(bytes), DEPTH).unwrap_or_default()
}

/// A document of Word.
#[must_use]
pub fn docx(bytes: &[u8]) -> Vec<u8> {
    Archive::document(&mut Unstructured::new(bytes)).unwrap_or_default()
}

/// A video.
#[must_use]
pub fn mp4(bytes: &[u8]) -> Vec<u8> {
    let mut u = Unstructured::new(bytes);
    let mut file = Vec::new();
    let begun = (|| {
        one_box(&mut u, b"ftyp", 0, &mut file)?;
        one_box(&mut u, b"moov", 0, &mut file)?;
        while !u.is_empty() {
            let kind = *u.choose(ROOT)?;
            one_box(&mut u, kind, 0, &mut file)?;
        }
        Ok::<_, arbitrary::Error>(())
    })();
    // What was put together until the bytes ran out is a file too.
    let _ = begun;
    file
}

/// Once in a while.
fn rarely(u: &mut Unstructured<'_>) -> Result<bool> {
    Ok(u.int_in_range(0..=15)? == 15)
}

/// Numbers at which programs go wrong, and ordinary ones.
fn number(u: &mut Unstructured<'_>) -> Result<u32> {
    const EDGES: [u32; 12] = [0, 1, 2, 3, 8, 1000, 44_100, 65_535, 65_536, 0x7FFF_FFFF, 0x8000_0000, u32::MAX];

    if u.arbitrary()? { u.choose(&EDGES).copied() } else { Ok(u.arbitrary::<u16>()?.into()) }
}

/// An archive in the making.
#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

/// What a header says of an entry.
#[derive(Clone)]
struct Header {
    name: Vec<u8>,
    flags: u16,
    method: u16,
    time: u32,
    crc: u32,
    packed: u32,
    size: u32,
    extra: Vec<u8>,
}

impl Header {
    /// The fields that both headers of an entry have, in their order.
    fn common(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(20u16.to_le_bytes());
        bytes.extend(self.flags.to_le_bytes());
        bytes.extend(self.method.to_le_bytes());
        for number in [self.time, self.crc, self.packed, self.size] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend((self.name.len() as u16).to_le_bytes());
        bytes.extend((self.extra.len() as u16).to_le_bytes());
        bytes
    }

    /// One of the fields says something else than it should, once in a while.
    fn lie(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        if rarely(u)? {
            match u.int_in_range(0..=7)? {
                0 => self.name = name(u)?,
                1 => self.flags = u.arbitrary()?,
                2 => self.method = u.arbitrary()?,
                3 => self.time = u.arbitrary()?,
                4 => self.crc = u.arbitrary()?,
                5 => self.packed = number(u)?,
                6 => self.size = number(u)?,
                _ => self.extra = u.arbitrary()?,
            }
        }
        Ok(())
    }
}

fn name(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    const NAMES: [&[u8]; 18] = [
        b"index.html",
        b"Index.html",
        b"start.htm",
        b"style.css",
        b"app.js",
        b"a/b/photo.png",
        b"a\\b\\photo.png",
        b"a/",
        b"../up.js",
        b"/etc/passwd",
        b"inner.zip",
        b"imsmanifest.xml",
        b"tekser.txt",
        b"\xAF\xE0\xA8.html",
        b"CON",
        "\u{049B}аз.html".as_bytes(),
        b"a\0b.js",
        b"",
    ];
    u.choose(&NAMES).map(|name| name.to_vec())
}

fn page(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    const PIECES: [&str; 14] = [
        "<!doctype html><title>a</title>",
        "<img src=",
        "<script>",
        "</script>",
        "<link rel=stylesheet href=",
        "style.css>",
        "https://example.com/a.js>",
        "../a/b/photo.png>",
        "<base href=",
        "data:text/html,",
        "\"",
        "<!--",
        "eval(location)",
        "url(app.js)",
    ];
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=12)? {
        text.push_str(u.choose(&PIECES)?);
    }
    Ok(text.into_bytes())
}

impl Archive {
    fn app(u: &mut Unstructured<'_>, depth: u8) -> Result<Vec<u8>> {
        let mut archive = Archive::default();
        if rarely(u)? {
            archive.bytes = u.arbitrary()?;
        }
        for _ in 0..u.int_in_range(0..=6)? {
            let name = name(u)?;
            let content = match u.int_in_range(0..=3)? {
                0 if depth > 0 => Archive::app(u, depth - 1)?,
                0 | 1 => u.arbitrary()?,
                _ => page(u)?,
            };
            archive.add(u, name, &content)?;
        }
        archive.end(u)
    }

    fn document(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
        const PARTS: [&[u8]; 5] = [
            b"word/header1.xml",
            b"word/footnotes.xml",
            b"docProps/core.xml",
            b"word/styles.xml",
            b"word/document.xml",
        ];

        let types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
            <Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
        let mut archive = Archive::default();
        archive.add(u, b"[Content_Types].xml".to_vec(), types.as_bytes())?;
        let body = words(u)?;
        archive.add(u, b"word/document.xml".to_vec(), &body)?;
        for _ in 0..u.int_in_range(0..=3)? {
            let (part, body) = (u.choose(&PARTS)?.to_vec(), words(u)?);
            archive.add(u, part, &body)?;
        }
        archive.end(u)
    }

    fn add(&mut self, u: &mut Unstructured<'_>, name: Vec<u8>, content: &[u8]) -> Result<()> {
        let mut crc = Crc::new();
        crc.update(content);
        let packs = u.arbitrary()?;
        let packed = if packs { deflated(content) } else { content.to_vec() };
        let follows = u.int_in_range(0..=3)? == 3;
        let mut local = Header {
            name,
            flags: if follows { 8 } else { 0 } | *u.choose(&[0, 0x800])?,
            method: if packs { 8 } else { 0 },
            time: 0x5821_6000,
            crc: crc.sum(),
            packed: packed.len() as u32,
            size: content.len() as u32,
            extra: Vec::new(),
        };
        let mut listed = local.clone();
        listed.lie(u)?;
        if follows && u.arbitrary()? {
            (local.crc, local.packed, local.size) = (0, 0, 0);
        }
        local.lie(u)?;
        let offset = if rarely(u)? { number(u)? } else { self.bytes.len() as u32 };
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(local.common());
        self.bytes.extend(&local.name);
        self.bytes.extend(&local.extra);
        self.bytes.extend(&packed);
        if follows {
            self.bytes.extend(b"PK\x07\x08");
            for number in [listed.crc, listed.packed, listed.size] {
                self.bytes.extend(number.to_le_bytes());
            }
        }
        if rarely(u)? {
            self.bytes.extend(u.arbitrary::<[u8; 5]>()?);
        }
        if rarely(u)? {
            return Ok(());
        }
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend([20, *u.choose(&[0, 3])?]);
        self.directory.extend(listed.common());
        // No comment, first disk, an ordinary file.
        self.directory.extend([0; 6]);
        let mode: u32 = *u.choose(&[0o100_644, 0o120_777, 0o040_755, 0])?;
        self.directory.extend((mode << 16).to_le_bytes());
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(&listed.name);
        self.directory.extend(&listed.extra);
        self.entries = self.entries.saturating_add(1);
        Ok(())
    }

    fn end(mut self, u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
        let offset = self.bytes.len() as u32;
        let entries = if rarely(u)? { u.arbitrary()? } else { self.entries };
        let (size, offset) = (self.directory.len() as u32, if rarely(u)? { number(u)? } else { offset });
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(entries.to_le_bytes());
        self.bytes.extend(entries.to_le_bytes());
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        let comment: Vec<u8> = if rarely(u)? { u.arbitrary()? } else { Vec::new() };
        let comment = &comment[..comment.len().min(usize::from(u16::MAX))];
        self.bytes.extend((comment.len() as u16).to_le_bytes());
        self.bytes.extend(comment);
        Ok(self.bytes)
    }
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).and_then(|()| encoder.finish()).expect("memory takes what is written")
}

/// What a part of a document says.
fn words(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    const ELEMENTS: [&str; 12] = [
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:sdt",
        "w:instrText",
        "w:del",
        "w:hyperlink",
        "mc:Fallback",
        "w:footnote",
    ];
    const TEXTS: [&str; 8] =
        ["Қатысушы: ", " Ахметова А. ", "\u{a0}", "&amp;", "&#x49B;", "<![CDATA[<a>]]>", "<!-- -->", "8 701 123 45 67"];

    let mut text =
        String::from("<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>");
    let mut open = Vec::new();
    for _ in 0..u.int_in_range(0..=40)? {
        match u.int_in_range(0..=5)? {
            0 | 1 => {
                let element = *u.choose(&ELEMENTS)?;
                text.push_str(&format!("<{element}>"));
                open.push(element);
            }
            2 => text.push_str(u.choose(&[
                "<w:br/>",
                "<w:tab/>",
                "<w:fldChar w:fldCharType='begin'/>",
                "<w:vMerge/>",
                "<",
            ])?),
            3 => text.push_str(&open.pop().map_or(String::new(), |element| format!("</{element}>"))),
            _ => text.push_str(u.choose(&TEXTS)?),
        }
    }
    while let Some(element) = open.pop() {
        text.push_str(&format!("</{element}>"));
    }
    text.push_str("</w:body></w:document>");
    Ok(text.into_bytes())
}

const ROOT: &[&[u8; 4]] = &[b"moov", b"mdat", b"moof", b"free", b"sidx", b"uuid", b"ftyp"];

/// What may stand in a box; nothing for one that holds fields.
fn children(kind: &[u8; 4]) -> &'static [&'static [u8; 4]] {
    match kind {
        b"moov" => &[b"mvhd", b"trak", b"trak", b"mvex", b"udta", b"meta"],
        b"trak" => &[b"tkhd", b"mdia", b"edts", b"tref", b"udta"],
        b"edts" => &[b"elst"],
        b"mdia" => &[b"mdhd", b"hdlr", b"minf"],
        b"minf" => &[b"vmhd", b"smhd", b"dinf", b"stbl"],
        b"stbl" => &[b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"co64", b"stss", b"ctts", b"stz2"],
        b"mvex" => &[b"trex", b"mehd"],
        b"moof" => &[b"mfhd", b"traf"],
        b"traf" => &[b"tfhd", b"tfdt", b"trun", b"trun"],
        b"udta" => &[b"meta", b"chpl"],
        _ => &[],
    }
}

fn one_box(u: &mut Unstructured<'_>, kind: &[u8; 4], depth: u8, out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    let long = rarely(u)?;
    out.extend([0, 0, 0, 1]);
    out.extend(kind);
    if long {
        out.extend([0; 8]);
    }
    let inside = children(kind);
    if inside.is_empty() || depth == BOXES {
        leaf(u, kind, depth, out)?;
    } else {
        // Each once and in order, as good files have it, and then whatever comes.
        for kind in inside {
            if !rarely(u)? {
                one_box(u, kind, depth + 1, out)?;
            }
        }
        for _ in 0..u.int_in_range(0..=2)? {
            let kind = *u.choose(inside)?;
            one_box(u, kind, depth + 1, out)?;
        }
    }
    let size = if rarely(u)? { number(u)? } else { (out.len() - start) as u32 };
    if long {
        out[start + 8..start + 16].copy_from_slice(&u64::from(size).to_be_bytes());
    } else {
        out[start..start + 4].copy_from_slice(&size.to_be_bytes());
    }
    Ok(())
}

/// The fields of a box.
fn leaf(u: &mut Unstructured<'_>, kind: &[u8; 4], depth: u8, out: &mut Vec<u8>) -> Result<()> {
    const BRANDS: [&[u8; 4]; 6] = [b"isom", b"mp42", b"qt  ", b"3gp4", b"M4A ", b"dash"];
    const HANDLERS: [&[u8; 4]; 5] = [b"vide", b"soun", b"text", b"meta", b"subt"];
    const ENTRIES: [&[u8; 4]; 7] = [b"avc1", b"mp4a", b"hvc1", b"sowt", b"alac", b"tx3g", b"encv"];

    if kind == b"ftyp" {
        for _ in 0..3 {
            out.extend(*u.choose(&BRANDS)?);
        }
        return Ok(());
    }
    if kind == b"mdat" {
        out.extend(u.arbitrary::<Vec<u8>>()?);
        return Ok(());
    }
    // Version and flags.
    out.extend([u.int_in_range(0..=1)?, 0, *u.choose(&[0, 2, 8, 0xFF])?, *u.choose(&[0, 1, 5, 0x39, 0xFF])?]);
    match kind {
        b"hdlr" => {
            out.extend([0; 4]);
            out.extend(*u.choose(&HANDLERS)?);
            out.extend([0; 13]);
        }
        b"stsd" if depth < BOXES => {
            out.extend(1u32.to_be_bytes());
            let entry = *u.choose(&ENTRIES)?;
            one_box(u, entry, BOXES, out)?;
        }
        _ => {
            for _ in 0..u.int_in_range(0..=24)? {
                out.extend(number(u)?.to_be_bytes());
            }
        }
    }
    Ok(())
}
