//! Pictures and drawings: what they tell, what is broken, and what else is in their bytes.

use tekser::facts::{ActiveKind, Color, DamageKind, FileFacts, Format};
use tekser::finding::Level;
use tekser::judge::{Outcome, Verdict};

use crate::build::picture;
use crate::common::{judged, measure, root, witness};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(root().join("samples").join(name)).expect("a sample")
}

fn facts(bytes: &[u8], name: &str) -> FileFacts {
    measure(bytes, name).file
}

fn damage(facts: &FileFacts) -> Vec<DamageKind> {
    facts.damage.iter().map(|damage| damage.what).collect()
}

fn attached(facts: &FileFacts) -> Vec<Format> {
    facts.attached.iter().map(|attached| attached.format).collect()
}

#[test]
fn pictures_tell_their_size_and_are_decoded() {
    for (format, name) in
        [(image::ImageFormat::Jpeg, "a.jpg"), (image::ImageFormat::Png, "a.png"), (image::ImageFormat::Gif, "a.gif")]
    {
        let whole = picture(format, 40, 30);
        let facts = measure(&whole, name).file;
        let image = facts.image.expect("a picture");
        assert_eq!((image.width, image.height, image.decoded), (Some(40), Some(30), true), "{name}");
        assert!(facts.damage.is_empty(), "{name}: {:?}", facts.damage);
        for length in [whole.len() / 3, whole.len() / 2, whole.len() - 2] {
            let judged = judged(&whole[..length], name);
            assert_eq!(judged.judgement.verdict, Verdict::NonCompliant, "{name} cut to {length}");
        }
    }
}

/// Old programs leave the last byte of a GIF out, and every browser shows the picture.
#[test]
fn a_gif_without_its_last_byte_is_whole() {
    let whole = picture(image::ImageFormat::Gif, 40, 30);
    assert_eq!(whole.last(), Some(&0x3B));
    let judged = judged(&whole[..whole.len() - 1], "a.gif");
    assert_eq!(judged.judgement.verdict, Verdict::Compliant);
    assert_eq!(judged.found(Level::Warning), ["file-unterminated @ "]);
}

/// A hundred megapixels in ten kilobytes stop at the budget; an honest photo of the size does not.
#[test]
fn a_picture_bomb_is_not_decoded() {
    let mut bomb = picture(image::ImageFormat::Png, 1, 1);
    // The sizes stand behind the signature and the chunk's length and name; the checksum follows the header.
    bomb[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&60_000u32.to_be_bytes());
    let mut crc = crc32fast::Hasher::new();
    crc.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.finalize().to_be_bytes());
    let judged = judged(&bomb, "bomb.png");
    assert_eq!(judged.outcome("image-format-allowed"), Outcome::NotChecked);
    assert_eq!(judged.judgement.verdict, Verdict::Incomplete);
}

#[test]
fn drawings_are_read_and_not_drawn() {
    let svg = |body: &str| judged(format!("<svg xmlns='http://www.w3.org/2000/svg'>{body}</svg>").as_bytes(), "a.svg");
    assert_eq!(svg("<rect width='9'/>").judgement.verdict, Verdict::Compliant);
    assert_eq!(svg("<g>").judgement.verdict, Verdict::NonCompliant);
    assert_eq!(svg("<a b='1' c></a>").judgement.verdict, Verdict::NonCompliant);
    assert_eq!(svg("<text>a&nbsp;b</text>").judgement.verdict, Verdict::NonCompliant);
    assert_eq!(svg("<text>a&amp;b&#233;</text>").judgement.verdict, Verdict::Compliant);
    let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><svg xmlns='x'>&b;</svg>";
    assert_eq!(judged(bomb.as_bytes(), "a.svg").judgement.verdict, Verdict::Compliant);
    let deep = format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    assert_ne!(svg(&deep).judgement.verdict, Verdict::Compliant);
}

#[test]
fn pictures_tell_how_they_are_stored() {
    let told = |name: &str| {
        let facts = facts(&sample(name), name);
        assert!(facts.damage.is_empty(), "{name}: {:?}", facts.damage);
        let image = facts.image.expect("a picture");
        (image.color, image.bit_depth, image.progressive)
    };
    assert_eq!(told("good/photo.jpg"), (Some(Color::Rgb), Some(8), false));
    assert_eq!(told("good/progressive.jpeg"), (Some(Color::Rgb), Some(8), true));
    assert_eq!(told("good/diagram.png"), (Some(Color::Indexed), Some(8), false));
    assert_eq!(told("bad/print.jpg"), (Some(Color::Cmyk), Some(8), false));
    assert_eq!(told("good/animation.gif"), (Some(Color::Indexed), Some(8), false));
    assert!(judged(&sample("bad/print.jpg"), "a.jpg").found(Level::Warning)[0].starts_with("colors-for-print"));
}

/// A JPEG with a block of EXIF that has these entries of the first directory and of that of positions.
fn with_exif(orientation: u16, degrees: Option<u32>) -> Vec<u8> {
    let mut tiff = b"MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    tiff.extend([&[0x01, 0x12, 0, 3, 0, 0, 0, 1][..], &orientation.to_be_bytes(), &[0, 0]].concat());
    // The directory of positions begins behind this one, and the degrees behind both.
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    tiff.extend([0, 2]);
    for (tag, at) in [(2u8, 68u8), (4, 92)] {
        tiff.extend([0, tag, 0, 5, 0, 0, 0, 3, 0, 0, 0, at]);
    }
    tiff.extend([0; 4]);
    for _ in 0..2 {
        for number in [degrees.unwrap_or(0), 0, 0] {
            tiff.extend(number.to_be_bytes());
            tiff.extend(1u32.to_be_bytes());
        }
    }
    let mut bytes = picture(image::ImageFormat::Jpeg, 40, 30);
    let length = (tiff.len() + 8) as u16;
    let segment = [&[0xFF, 0xE1][..], &length.to_be_bytes(), b"Exif\0\0", &tiff].concat();
    bytes.splice(2..2, segment);
    bytes
}

#[test]
fn exif_tells_the_turn_and_that_there_is_a_place() {
    for (orientation, degrees) in [(1, None), (6, Some(43)), (8, Some(0))] {
        let bytes = with_exif(orientation, degrees);
        let image = facts(&bytes, "a.jpg").image.expect("a picture");
        assert_eq!(image.orientation, u8::try_from(orientation).ok());
        // A camera that found no satellite writes zeros.
        assert_eq!(image.position, degrees == Some(43));
        let told = judged(&bytes, "a.jpg").found(Level::Note);
        assert_eq!(told.iter().any(|found| found.starts_with("position-told")), degrees == Some(43));
    }
    let report = serde_json::to_string(&facts(&with_exif(1, Some(43)), "a.jpg")).expect("facts");
    assert!(!report.contains("43"), "the place itself is nobody's business: {report}");
}

#[test]
fn checksums_of_needed_chunks_count() {
    let whole = sample("good/diagram.png");
    let mut broken = whole.clone();
    let at = whole.windows(4).position(|window| window == b"IDAT").expect("data") + 40;
    broken[at] ^= 1;
    assert_eq!(damage(&facts(&broken, "a.png")), [DamageKind::BadChecksum]);
    // A chunk that browsers pass over: its name is in lower case.
    let mut noted = whole.clone();
    noted.splice(33..33, *b"\0\0\0\x05tEXta\0bcd\0\0\0\0");
    assert_eq!(damage(&facts(&noted, "a.png")), []);
    let mut needed = whole;
    needed.splice(33..33, *b"\0\0\0\x03PLTExyz\0\0\0\0");
    assert!(damage(&facts(&needed, "a.png")).contains(&DamageKind::BadChecksum));
}

#[test]
fn moving_pictures_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.png");
    let arguments =
        ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=32x24:rate=5:duration=2", "-f", "apng", "-plays", "0"];
    let status = witness("ffmpeg").args(arguments).arg(&path).status().expect("ffmpeg");
    assert!(status.success());
    let facts = facts(&std::fs::read(path).expect("a picture"), "a.png");
    assert_eq!((facts.image.as_ref().and_then(|image| image.frames), damage(&facts)), (Some(10), vec![]));
}

/// The height was changed to ten times the rows that are there; decoders fill up in grey and say nothing.
#[test]
fn a_photo_with_fewer_blocks_than_it_announces_is_cut_off() {
    let mut bytes = sample("good/photo.jpg");
    let frame = bytes.windows(2).position(|window| window == [0xFF, 0xC0]).expect("a frame header");
    assert_eq!(bytes[frame + 5..frame + 7], 240u16.to_be_bytes());
    bytes[frame + 5..frame + 7].copy_from_slice(&5_872u16.to_be_bytes());
    assert_eq!(damage(&facts(&bytes, "a.jpg"))[0], DamageKind::Truncated);
}

#[test]
fn other_files_in_the_same_bytes_are_found() {
    let (photo, diagram, quiz) = (sample("good/photo.jpg"), sample("good/diagram.png"), sample("good/quiz.zip"));
    let lesson = sample("good/lesson.mp4");
    let comment =
        |text: &[u8]| [&photo[..2], &[0xFF, 0xFE], &(text.len() as u16 + 2).to_be_bytes(), text, &photo[2..]].concat();
    let jar = crate::build::archive(&[("META-INF/MANIFEST.MF", b"x".to_vec()), ("A.class", b"x".to_vec())]);
    for (what, bytes, name, expected) in [
        ("an archive behind a photo", [&photo[..], &quiz].concat(), "a.jpg", vec![Format::Zip]),
        ("an archive behind a diagram", [&diagram[..], &quiz].concat(), "a.png", vec![Format::Zip]),
        ("a program of Java", [&sample("good/animation.gif")[..], &jar].concat(), "a.gif", vec![Format::Jar]),
        ("an archive behind a video", [&lesson[..], &quiz].concat(), "a.mp4", vec![Format::Zip]),
        ("an archive behind sound", [&sample("good/melody.mp3")[..], &quiz].concat(), "a.mp3", vec![Format::Zip]),
        ("a page in a comment", comment(b"<!-- --><ScRiPt>alert(1)</script>"), "a.jpg", vec![Format::Html]),
        ("code for a server", comment(b"<?php system($_GET[0]); ?>"), "a.jpg", vec![Format::Html]),
        ("a document", comment(b"%PDF-1.7 and so on"), "a.jpg", vec![Format::Pdf]),
        ("a program", [&photo[..], &sample("bad/setup.exe")].concat(), "a.jpg", vec![Format::Exe]),
        ("a comment of words", comment(b"1 < 2, said the camera"), "a.jpg", vec![]),
    ] {
        let judged = judged(&bytes, name);
        assert_eq!(attached(&judged.facts.file), expected, "{what}");
        let told = judged.found(Level::Warning).iter().filter(|found| found.starts_with("hidden-content")).count();
        assert_eq!(told, expected.len(), "{what}: {:?}", judged.found(Level::Warning));
    }
}

/// What cameras and phones leave behind their photos is no damage and no trick.
#[test]
fn what_cameras_attach_is_no_alarm() {
    let photo = sample("good/photo.jpg");
    for (what, behind, expected) in [
        ("a second picture", photo.clone(), vec![Format::Jpeg]),
        ("a video", sample("good/lesson.mp4"), vec![Format::Mp4]),
        ("zeros", vec![0; 5_000], vec![]),
        ("a line end", b"\r\n".to_vec(), vec![]),
        ("notes of the maker", [0x13, 0x00, 0xAB, 0x01].repeat(500), vec![Format::Unknown]),
    ] {
        let judged = judged(&[&photo[..], &behind].concat(), "a.jpg");
        assert_eq!(attached(&judged.facts.file), expected, "{what}");
        assert_eq!(judged.judgement.verdict, Verdict::Compliant, "{what}");
        assert!(judged.found(Level::Warning).is_empty(), "{what}: {:?}", judged.found(Level::Warning));
    }
    let judged = judged(&[&sample("good/diagram.png")[..], &[0x13, 0x00, 0xAB, 0x01].repeat(500)].concat(), "a.png");
    assert_eq!(judged.found(Level::Warning), ["file-trailing-data @ "]);
}

fn drawing(body: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg'>\n{body}\n</svg>")
}

#[test]
fn drawings_that_act_are_told_with_their_line() {
    let active = |body: &str| {
        let image = facts(drawing(body).as_bytes(), "a.svg").image.expect("a drawing");
        image.active.iter().map(|active| (active.what, active.line)).collect::<Vec<_>>()
    };
    assert_eq!(active("<g/>\n<script>1</script>"), [(ActiveKind::Script, 3)]);
    assert_eq!(active("<g onclick='a()'/>"), [(ActiveKind::Handler, 2)]);
    assert_eq!(active("<a href=' JavaScript:a()'/>"), [(ActiveKind::CodeLink, 2)]);
    assert_eq!(active("<foreignObject/>"), [(ActiveKind::ForeignObject, 2)]);
    assert_eq!(active("<rect width='1'/><a href='https://x.example/'/>"), []);
    let loads = judged(drawing("<image href='b.png'/><use href='#c'/>").as_bytes(), "a.svg");
    assert_eq!(loads.found(Level::Warning), ["drawing-loads @ :2"]);
    assert_eq!(loads.judgement.verdict, Verdict::Compliant, "advice binds nobody");
    assert_eq!(loads.outcome("image-drawing-static"), Outcome::Failed);
}

/// Nine entities that each name the one before ten times are gigabytes to a reader that believes them.
#[test]
fn entities_are_counted_and_not_expanded() {
    let bomb = |levels: usize, used: &str| {
        let declared: String =
            (1..=levels).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
        format!(
            "<!DOCTYPE svg [<!ENTITY e0 'aaaaaaaaaa'>{declared}]><svg xmlns='http://www.w3.org/2000/svg'>{used}</svg>"
        )
    };
    for (levels, text, expected) in [
        (2, "<text>&e2;</text>", Verdict::Compliant),
        (9, "<text>&e9;</text>", Verdict::NonCompliant),
        (9, "<text x='&e9;'/>", Verdict::NonCompliant),
        (9, "<text>unused</text>", Verdict::Compliant),
    ] {
        assert_eq!(judged(bomb(levels, text).as_bytes(), "a.svg").judgement.verdict, expected, "{levels}: {text}");
    }
}

#[test]
fn two_roots_and_words_outside_are_no_drawing() {
    let root = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    for (text, expected) in [
        (format!("{root}<svg/>"), Verdict::NonCompliant),
        (format!("{root}<g></g>"), Verdict::NonCompliant),
        (format!("{root} words"), Verdict::NonCompliant),
        (format!("\n<?xml version='1.0'?>{root}"), Verdict::NonCompliant),
        (format!("\u{feff}<?xml version='1.0'?>\n{root}\n<!-- drawn by hand -->\n"), Verdict::Compliant),
    ] {
        assert_eq!(judged(text.as_bytes(), "a.svg").judgement.verdict, expected, "{text}");
    }
}
