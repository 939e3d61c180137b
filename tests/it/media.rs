//! Lengths and formats: what is measured is what a player shows, whatever a header says.

use std::sync::Arc;

use tekser::facts::{DamageKind, Format};
use tekser::judge::{Outcome, Verdict};
use tekser::profile::Profile;

use crate::build::{Film, wav};
use crate::common::{judged, judged_by, measure, root, witness};

fn duration(bytes: &[u8], name: &str) -> Option<f64> {
    measure(bytes, name).file.video.expect("a video").duration
}

#[test]
fn ten_minutes_are_allowed_and_a_second_more_is_not() {
    for (name, brand) in [("lesson.mp4", *b"isom"), ("lesson.mov", *b"qt  ")] {
        let film = |frames| Film { brand, ..Film::new(frames) }.bytes();
        assert_eq!(judged(&film(600), name).judgement.verdict, Verdict::Compliant);
        let long = judged(&film(601), name);
        assert_eq!(long.judgement.verdict, Verdict::NonCompliant);
        assert_eq!(long.outcome("video-max-duration"), Outcome::Failed);
        assert_eq!(long.errors(), ["duration-over-limit @ "]);
    }
}

#[test]
fn a_header_that_lies_shortens_no_film() {
    let film = Film { declared: 10, ..Film::new(960) };
    let judged = judged(&film.bytes(), "lesson.mp4");
    assert_eq!(judged.facts.file.video.as_ref().and_then(|video| video.duration), Some(960.0));
    assert_eq!(judged.outcome("video-max-duration"), Outcome::Failed);
    let unknown = Film { declared: u32::MAX, ..Film::new(60) };
    assert_eq!(duration(&unknown.bytes(), "lesson.mp4"), Some(60.0));
}

/// Fragments of sixteen minutes behind a header that says zero; the limit is fifteen.
#[test]
fn fragments_are_summed_whatever_the_header_says() {
    let film = Film { declared: 0, fragmented: true, ..Film::new(960) }.bytes();
    let text = "extends = \"order-121\"\n[change.video-max-duration]\nsettings = { max-seconds = 900 }\n";
    let profile = Arc::new(Profile::from_toml("fifteen.toml", text).expect("a valid profile"));
    let judged = judged_by(profile, &film, "lesson.mp4");
    assert_eq!(judged.judgement.verdict, Verdict::NonCompliant);
    assert_eq!(judged.errors(), ["duration-over-limit @ "]);
}

#[test]
fn fragments_edit_lists_and_headers_at_the_end() {
    assert_eq!(duration(&Film { fragmented: true, ..Film::new(95) }.bytes(), "a.mp4"), Some(95.0));
    assert_eq!(duration(&Film { edited: Some(20), ..Film::new(60) }.bytes(), "a.mp4"), Some(20.0));
    assert_eq!(duration(&Film { edited: Some(33), ..Film::new(30) }.bytes(), "a.mp4"), Some(33.0));
    assert_eq!(duration(&Film { header_first: false, ..Film::new(60) }.bytes(), "a.mp4"), Some(60.0));
}

#[test]
fn a_film_without_pictures_is_no_video() {
    let sound = Film { handler: *b"soun", ..Film::new(60) }.bytes();
    assert_eq!(measure(&sound, "a.mp4").file.identity.format, Format::M4a);
    let data = Film { handler: *b"text", ..Film::new(60) }.bytes();
    assert_eq!(judged(&data, "a.mp4").errors(), ["no-picture-track @ "]);
}

#[test]
fn what_is_no_video_under_the_name_of_one_is_told_apart() {
    let page = judged(b"<!doctype html><title>404</title>", "lesson.mp4");
    assert_eq!(page.errors(), ["format-of-other-kind @ "]);
    assert_eq!(page.outcome("video-max-duration"), Outcome::NotChecked);
    let other = judged(b"RIFF\x00\x00\x00\x00AVI LIST", "lesson.mp4");
    assert_eq!(other.errors(), ["format-not-allowed @ "]);
}

#[test]
fn thirty_six_bytes_that_other_readers_never_finish() {
    let bytes = b"\0\0\0\x14ftypisom\0\0\x02\0isom\0\0\0\x10moov\0\0\0\0zzzz";
    let judged = judged(bytes, "a.mp4");
    assert_ne!(judged.judgement.verdict, Verdict::Compliant);
}

#[test]
fn a_film_that_was_cut_off_is_damaged() {
    for film in [Film::new(60), Film { header_first: false, ..Film::new(60) }] {
        let whole = film.bytes();
        for length in [40, whole.len() / 2, whole.len() - 1] {
            let judged = judged(&whole[..length], "a.mp4");
            assert_eq!(judged.outcome("video-format-allowed"), Outcome::Failed, "{length} of {}", whole.len());
        }
    }
}

#[test]
fn sound_is_as_long_as_its_samples() {
    let audio = |bytes: &[u8]| measure(bytes, "a.wav").file.audio.expect("sound").duration;
    assert_eq!(audio(&wav(3, None)), Some(3.0));
    // A recorder that could not go back leaves the size at its greatest.
    assert_eq!(audio(&wav(3, Some(u32::MAX))), Some(3.0));
    let cut = measure(&wav(3, Some(80_000)), "a.wav");
    assert_eq!(cut.file.damage[0].what, DamageKind::Truncated);
    assert_eq!(cut.file.audio.expect("sound").duration, Some(3.0));
}

/// Half of a recording whose first frame announces all of it.
#[test]
fn a_recording_that_was_cut_off_is_damaged() {
    let whole = std::fs::read(root().join("samples/good/melody.mp3")).expect("a sample");
    assert!(measure(&whole, "a.mp3").file.damage.is_empty());
    let cut = judged(&whole[..whole.len() / 2], "a.mp3");
    assert_eq!(cut.errors(), ["file-damaged @ "]);
    let audio = cut.facts.file.audio.as_ref().expect("sound");
    assert!(audio.duration < audio.declared_duration);
}

/// What ffprobe says of every good sample, within a tenth of a second.
#[test]
fn ffprobe_agrees_on_good_samples() {
    let mut compared = 0;
    for path in crate::common::files(&root().join("samples/good")) {
        let name = path.to_string_lossy().into_owned();
        let facts = measure(&std::fs::read(&path).expect("a sample"), &name).file;
        let measured = facts.video.and_then(|video| video.duration).or(facts.audio.and_then(|audio| audio.duration));
        let Some(measured) = measured else { continue };
        let arguments = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"];
        let output = witness("ffprobe").args(arguments).arg(&path).output().expect("ffprobe");
        let expected: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a duration");
        assert!((measured - expected).abs() <= 0.1, "{name}: {measured} here, {expected} there");
        compared += 1;
    }
    assert!(compared >= 5, "samples were found: {compared}");
}

/// The `mp4` crate reads good files rightly, and is asked for nothing else.
#[test]
fn a_second_reader_agrees_on_tracks() {
    let path = root().join("samples/good/lesson.mp4");
    let bytes = std::fs::read(&path).expect("a sample");
    let facts = measure(&bytes, "lesson.mp4").file.video.expect("a video");
    let size = bytes.len() as u64;
    let other = mp4::Mp4Reader::read_header(std::io::Cursor::new(bytes), size).expect("a good file");
    assert_eq!(facts.tracks.len(), other.tracks().len());
    let track = facts.tracks.iter().find(|track| track.picture.is_some()).expect("a picture track");
    let width = other.tracks().values().map(mp4::Mp4Track::width).max();
    assert_eq!(track.picture.as_ref().and_then(|picture| picture.width), width);
}
