//! Small files made in code, good ones and lying ones.

use std::io::Write;

use zip::write::SimpleFileOptions;

/// A box of ISO base media.
pub(crate) fn atom(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(body.len() + 8).expect("a small box").to_be_bytes().to_vec();
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(body);
    bytes
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn join(parts: &[Vec<u8>]) -> Vec<u8> {
    parts.concat()
}

/// The decoder's header of H.264, profile High, 160×120, as x264 writes it.
const H264: [u8; 45] = [
    0x01, 0x64, 0x00, 0x0A, 0xFF, 0xE1, 0x00, 0x18, 0x67, 0x64, 0x00, 0x0A, 0xAC, 0xD9, 0x46, 0x2F, 0xE5, 0x84, 0x00,
    0x00, 0x03, 0x00, 0x04, 0x00, 0x00, 0x03, 0x00, 0x28, 0x3C, 0x48, 0x96, 0x58, 0x01, 0x00, 0x06, 0x68, 0xEB, 0xE3,
    0xCB, 0x22, 0xC0, 0xFD, 0xF8, 0xF8, 0x00,
];

/// A film of one picture track.
#[derive(Clone)]
pub(crate) struct Film {
    pub(crate) brand: [u8; 4],
    /// Frames, each one second long.
    pub(crate) frames: u32,
    /// What the movie and media headers say, in seconds.
    pub(crate) declared: u32,
    /// What the edit list says, in seconds, if there is one.
    pub(crate) edited: Option<u32>,
    pub(crate) header_first: bool,
    /// Fragments of ten frames in place of sample tables.
    pub(crate) fragmented: bool,
    pub(crate) handler: [u8; 4],
}

impl Film {
    pub(crate) fn new(frames: u32) -> Film {
        Film {
            brand: *b"isom",
            frames,
            declared: frames,
            edited: None,
            header_first: true,
            fragmented: false,
            handler: *b"vide",
        }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let ftyp = atom(b"ftyp", &[&self.brand[..], &[0, 0, 2, 0], b"isomavc1"].concat());
        let mdat = atom(b"mdat", &vec![7; self.frames as usize * 4]);
        // The length of the header does not depend on the place that is written into it.
        let before = ftyp.len() + if self.header_first { self.moov(0).len() } else { 0 };
        let moov = self.moov(before as u32 + 8);
        if self.fragmented {
            return join(&[ftyp, moov, self.fragments()]);
        }
        if self.header_first { join(&[ftyp, moov, mdat]) } else { join(&[ftyp, mdat, moov]) }
    }

    /// `media` is where the frames begin.
    fn moov(&self, media: u32) -> Vec<u8> {
        let frames = if self.fragmented { 0 } else { self.frames };
        let mvhd =
            atom(b"mvhd", &words(&[&[0, 0, 0, 1000, self.declared.saturating_mul(1000)][..], &[0; 20]].concat()));
        let tkhd =
            atom(b"tkhd", &words(&[&[0, 0, 0, 1, 0, self.declared.saturating_mul(1000)][..], &[0; 15]].concat()));
        let edts = self.edited.map_or(Vec::new(), |seconds| {
            atom(b"edts", &atom(b"elst", &words(&[0, 1, seconds * 1000, 0, 0x0001_0000])))
        });
        let mdhd = atom(b"mdhd", &words(&[0, 0, 0, 600, self.declared.saturating_mul(600), 0]));
        let hdlr = atom(b"hdlr", &[&words(&[0, 0])[..], &self.handler, &[0; 13]].concat());
        let entry = atom(b"avc1", &[&[0; 24][..], &[0, 32, 0, 24], &[0; 50], &atom(b"avcC", &H264)].concat());
        let stsd = atom(b"stsd", &[&words(&[0, 1])[..], &entry].concat());
        let stts = match frames {
            0 => atom(b"stts", &words(&[0, 0])),
            frames => atom(b"stts", &words(&[0, 1, frames, 600])),
        };
        let stsz = atom(b"stsz", &words(&[0, 4, frames]));
        let (chunks, steps) = match frames {
            0 => (vec![0, 0], vec![0, 0]),
            frames => (vec![0, 1, media], vec![0, 1, 1, frames, 1]),
        };
        let (stco, stsc) = (atom(b"stco", &words(&chunks)), atom(b"stsc", &words(&steps)));
        let stbl = atom(b"stbl", &join(&[stsd, stts, stsc, stsz, stco]));
        let mdia = atom(b"mdia", &join(&[mdhd, hdlr, atom(b"minf", &stbl)]));
        let trak = atom(b"trak", &join(&[tkhd, edts, mdia]));
        let mvex =
            if self.fragmented { atom(b"mvex", &atom(b"trex", &words(&[0, 1, 1, 600, 0, 0]))) } else { Vec::new() };
        // Some writers put `mvex` before the tracks.
        atom(b"moov", &join(&[mvhd, mvex, trak]))
    }

    fn fragments(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for start in (0..self.frames).step_by(10) {
            let frames = (self.frames - start).min(10);
            let tfhd = atom(b"tfhd", &words(&[0, 1]));
            let tfdt = atom(b"tfdt", &words(&[0, start * 600]));
            let trun = atom(b"trun", &words(&[0, frames]));
            let traf = atom(b"traf", &join(&[tfhd, tfdt, trun]));
            bytes.extend(atom(b"moof", &join(&[atom(b"mfhd", &words(&[0, 1])), traf])));
            bytes.extend(atom(b"mdat", &vec![7; frames as usize * 4]));
        }
        bytes
    }
}

/// A WAV of 8-bit mono at 8,000 samples a second; `declared` is the size that its data chunk claims.
pub(crate) fn wav(seconds: u32, declared: Option<u32>) -> Vec<u8> {
    let data = vec![128u8; seconds as usize * 8000];
    let size = declared.unwrap_or(data.len() as u32);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + size.min(0xFFFF_0000)).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1F\0\0\x40\x1F\0\0\x01\0\x08\0data");
    bytes.extend(size.to_le_bytes());
    bytes.extend(data);
    bytes
}

/// A picture of one colour, packed by a real encoder.
pub(crate) fn picture(format: image::ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
    pixels.write_to(&mut bytes, format).expect("encoding into memory");
    bytes.into_inner()
}

/// A ZIP archive of these files, in this order.
pub(crate) fn archive<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a new entry");
        writer.write_all(bytes.as_ref()).expect("writing into memory");
    }
    writer.finish().expect("a directory").into_inner()
}

/// A page that loads a style sheet and a script of its own.
pub(crate) const PAGE: &str = "<!doctype html>\n<html lang=kk>\n<head><meta charset=utf-8><title>Сынақ</title>\n\
    <link rel=stylesheet href=style.css>\n<script src=quiz.js></script>\n</head>\n<body><h1>Сынақ</h1></body>\n</html>\n";

/// A small app with these files more; a file of the same name replaces the app's own.
pub(crate) fn app(more: &[(&str, &[u8])]) -> Vec<u8> {
    let own: [(&str, &[u8]); 3] = [
        ("index.html", PAGE.as_bytes()),
        ("style.css", b"body { color: #123 }"),
        ("quiz.js", b"document.title = 'x';"),
    ];
    let mut files: Vec<(&str, &[u8])> =
        own.into_iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).collect();
    files.extend(more);
    archive(&files)
}

/// The least that Windows takes for a program.
pub(crate) fn program() -> Vec<u8> {
    let mut bytes = vec![0; 0x80];
    bytes[..2].copy_from_slice(b"MZ");
    bytes[0x3C] = 0x80;
    bytes.extend_from_slice(b"PE\0\0\x64\x86");
    bytes.resize(512, 0);
    bytes
}

/// One entry of an archive written by hand: everything that stands twice can be made to differ.
#[derive(Clone)]
pub(crate) struct RawEntry {
    pub(crate) name: Vec<u8>,
    pub(crate) local_name: Vec<u8>,
    pub(crate) flags: u16,
    pub(crate) local_flags: u16,
    pub(crate) method: u16,
    pub(crate) local_method: u16,
    pub(crate) time: u16,
    pub(crate) crc: u32,
    pub(crate) local_crc: u32,
    pub(crate) size: u32,
    pub(crate) local_size: u32,
    pub(crate) packed: u32,
    pub(crate) local_packed: u32,
    pub(crate) extra: Vec<u8>,
    pub(crate) local_extra: Vec<u8>,
    /// External attributes; the upper half is the Unix mode.
    pub(crate) attributes: u32,
    pub(crate) data: Vec<u8>,
    /// Bytes before its header.
    pub(crate) before: Vec<u8>,
    /// Bytes behind its data: a data descriptor.
    pub(crate) after: Vec<u8>,
    /// It stands in the directory.
    pub(crate) listed: bool,
    /// Its header begins where that of the entry with this number does.
    pub(crate) shares: Option<usize>,
}

impl RawEntry {
    /// A stored file.
    pub(crate) fn new(name: &str, data: &[u8]) -> RawEntry {
        let name = name.as_bytes().to_vec();
        let (crc, size) = (crc32fast::hash(data), u32::try_from(data.len()).expect("a small file"));
        RawEntry {
            local_name: name.clone(),
            name,
            flags: 0,
            local_flags: 0,
            method: 0,
            local_method: 0,
            time: 0,
            crc,
            local_crc: crc,
            size,
            local_size: size,
            packed: size,
            local_packed: size,
            extra: Vec::new(),
            local_extra: Vec::new(),
            attributes: 0,
            data: data.to_vec(),
            before: Vec::new(),
            after: Vec::new(),
            listed: true,
            shares: None,
        }
    }
}

/// Writes entries, a directory, and an end record with a comment.
pub(crate) fn raw_zip(entries: &[RawEntry], comment: &[u8]) -> Vec<u8> {
    fn field(value: impl Into<u64>, bytes: usize) -> Vec<u8> {
        value.into().to_le_bytes()[..bytes].to_vec()
    }
    let mut file = Vec::new();
    let mut offsets: Vec<usize> = Vec::new();
    for entry in entries {
        if let Some(other) = entry.shares {
            offsets.push(offsets[other]);
            continue;
        }
        file.extend(&entry.before);
        offsets.push(file.len());
        file.extend(b"PK\x03\x04\x14\x00");
        for (value, bytes) in [
            (u32::from(entry.local_flags), 2),
            (u32::from(entry.local_method), 2),
            (0, 2),
            (0x5A21, 2),
            (entry.local_crc, 4),
            (entry.local_packed, 4),
            (entry.local_size, 4),
            (entry.local_name.len() as u32, 2),
            (entry.local_extra.len() as u32, 2),
        ] {
            file.extend(field(value, bytes));
        }
        file.extend([&entry.local_name[..], &entry.local_extra, &entry.data, &entry.after].concat());
    }
    let directory = file.len();
    let listed: Vec<_> = entries.iter().zip(&offsets).filter(|(entry, _)| entry.listed).collect();
    for (entry, offset) in &listed {
        file.extend(b"PK\x01\x02\x14\x03\x14\x00");
        for (value, bytes) in [
            (u32::from(entry.flags), 2),
            (u32::from(entry.method), 2),
            (u32::from(entry.time), 2),
            (0x5A21, 2),
            (entry.crc, 4),
            (entry.packed, 4),
            (entry.size, 4),
            (entry.name.len() as u32, 2),
            (entry.extra.len() as u32, 2),
            (0, 2),
            (0, 2),
            (0, 2),
            (entry.attributes, 4),
            (**offset as u32, 4),
        ] {
            file.extend(field(value, bytes));
        }
        file.extend([&entry.name[..], &entry.extra].concat());
    }
    let size = file.len() - directory;
    file.extend(b"PK\x05\x06\0\0\0\0");
    let count = listed.len() as u32;
    for (value, bytes) in [(count, 2), (count, 2), (size as u32, 4), (directory as u32, 4), (comment.len() as u32, 2)] {
        file.extend(field(value, bytes));
    }
    file.extend(comment);
    file
}

/// An old Office file with these names in its directory.
pub(crate) fn ole(names: &[&str]) -> Vec<u8> {
    let mut file = vec![0; 512];
    file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    file[30] = 9;
    // The directory lies in sector 0, the allocation table in sector 1.
    file[76] = 1;
    assert!(names.len() <= 4, "one sector of names");
    for name in names {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        file.extend(entry);
    }
    file.resize(1024, 0);
    file.extend([0xFE, 0xFF, 0xFF, 0xFF].repeat(128));
    file
}
