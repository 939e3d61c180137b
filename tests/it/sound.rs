//! Sound: recordings measured as a full decode would, and what is to be heard in them and in videos.

use std::path::Path;

use serde_json::Value;
use tekser::facts::{DamageKind, FileFacts, Format, Unheard};
use tekser::judge::Outcome;
use tekser::probe::Listen;
use tekser::profile::Profile;

use crate::common::{files, judged, judged_by, measure, measure_and_listen, witness};

/// Recordings of ffmpeg's encoders: name and arguments. Some come out of a pipe, where their header was never finished.
const RECORDINGS: [(&str, &str); 40] = [
    ("cbr-128.mp3", "-c:a libmp3lame -b:a 128k"),
    ("cbr-32-mono.mp3", "-c:a libmp3lame -b:a 32k -ac 1 -ar 22050"),
    ("cbr-320.mp3", "-c:a libmp3lame -b:a 320k -ar 48000"),
    ("cbr-plain.mp3", "-c:a libmp3lame -b:a 64k -write_xing 0"),
    ("vbr.mp3", "-c:a libmp3lame -q:a 4"),
    ("vbr-best.mp3", "-c:a libmp3lame -q:a 0 -ac 2"),
    ("abr.mp3", "-c:a libmp3lame -abr 1 -b:a 96k"),
    ("mpeg2-16.mp3", "-c:a libmp3lame -ar 16000 -b:a 24k -ac 1"),
    ("mpeg2-24.mp3", "-c:a libmp3lame -ar 24000 -b:a 48k"),
    ("mpeg25-8.mp3", "-c:a libmp3lame -ar 8000 -b:a 8k -ac 1"),
    ("mpeg25-11.mp3", "-c:a libmp3lame -ar 11025 -b:a 16k -ac 1"),
    ("mpeg25-12.mp3", "-c:a libmp3lame -ar 12000 -b:a 16k"),
    ("32000.mp3", "-c:a libmp3lame -ar 32000"),
    ("tag-3.mp3", "-c:a libmp3lame -id3v2_version 3 -metadata title=Дәріс"),
    ("tag-4.mp3", "-c:a libmp3lame -id3v2_version 4 -metadata title=Дәріс -write_id3v1 1"),
    ("no-tag.mp3", "-c:a libmp3lame -id3v2_version 0"),
    ("reservoir.mp3", "-c:a libmp3lame -b:a 48k -reservoir 0"),
    ("u8.wav", "-c:a pcm_u8 -ar 8000 -ac 1"),
    ("s16.wav", "-c:a pcm_s16le"),
    ("s16-six.wav", "-c:a pcm_s16le -ac 6"),
    ("s24.wav", "-c:a pcm_s24le -ac 2"),
    ("s32.wav", "-c:a pcm_s32le"),
    ("f32.wav", "-c:a pcm_f32le -ar 96000"),
    ("f64.wav", "-c:a pcm_f64le -ac 1"),
    ("alaw.wav", "-c:a pcm_alaw -ar 8000 -ac 1"),
    ("mulaw.wav", "-c:a pcm_mulaw -ar 8000 -ac 1"),
    ("adpcm-ms.wav", "-c:a adpcm_ms -ac 2"),
    ("adpcm-ima.wav", "-c:a adpcm_ima_wav"),
    ("adpcm-ima-two.wav", "-c:a adpcm_ima_wav -ac 2 -ar 22050"),
    ("mp3-inside.wav", "-c:a libmp3lame"),
    ("mp2-inside.wav", "-c:a mp2"),
    ("rf64.wav", "-c:a pcm_s16le -rf64 always"),
    ("bext.wav", "-c:a pcm_s16le -write_bext 1 -metadata description=x"),
    ("peak.wav", "-c:a pcm_s16le -write_peak on"),
    ("titled.wav", "-c:a pcm_s16le -metadata title=Дәріс"),
    ("piped-s16.wav", "-c:a pcm_s16le"),
    ("piped-s24.wav", "-c:a pcm_s24le -ac 2"),
    ("piped-f32.wav", "-c:a pcm_f32le"),
    ("piped-mulaw.wav", "-c:a pcm_mulaw -ar 8000 -ac 1"),
    ("piped-u8.wav", "-c:a pcm_u8 -ac 1 -ar 11025"),
];

fn make(folder: &Path) {
    let mut together = witness("ffmpeg");
    let source =
        ["-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", "aevalsrc='0.5*sin(2*PI*(300+200*t)*t)':d=3.7:s=44100"];
    together.args(source);
    for (name, arguments) in RECORDINGS {
        if name.starts_with("piped-") {
            let output = witness("ffmpeg").args(source).args(arguments.split(' ')).args(["-f", "wav", "-"]).output();
            std::fs::write(folder.join(name), output.expect("ffmpeg").stdout).expect("a file");
        } else {
            together.args(arguments.split(' ')).arg(folder.join(name));
        }
    }
    let output = together.output().expect("ffmpeg");
    assert!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
}

fn ffprobe(path: &Path) -> Value {
    let arguments = ["-v", "quiet", "-of", "json", "-show_format", "-show_streams"];
    let output = witness("ffprobe").args(arguments).arg(path).output().expect("ffprobe");
    serde_json::from_slice(&output.stdout).expect("JSON of ffprobe")
}

/// Seconds that ffmpeg makes of a file when it decodes all of it.
fn decoded(path: &Path) -> f64 {
    let arguments = ["-ac", "1", "-ar", "8000", "-f", "u8", "-"];
    let output = witness("ffmpeg").args(["-v", "quiet", "-i"]).arg(path).args(arguments).output().expect("ffmpeg");
    output.stdout.len() as f64 / 8000.0
}

#[test]
fn recordings_last_as_long_as_they_decode() {
    let folder = tempfile::tempdir().expect("a folder");
    make(folder.path());
    let mut differences = Vec::new();
    let paths = files(folder.path());
    assert_eq!(paths.len(), RECORDINGS.len());
    for path in &paths {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let facts = measure(&std::fs::read(path).expect("a recording"), &name).file;
        assert!(facts.damage.is_empty(), "{name}: {:?}", facts.damage);
        assert!(facts.bytes_read < 90_000 || name.ends_with(".mp3"), "{name}: {} bytes were read", facts.bytes_read);
        let audio = facts.audio.expect("a recording");
        let (here, there) = (audio.duration.expect("a duration"), ffprobe(path));
        let probed: f64 = there["format"]["duration"].as_str().and_then(|text| text.parse().ok()).expect("a duration");
        let stream = &there["streams"][0];
        // A full decode is the truth, but for the silence that encoders put around the sound, three frames of MP3 at most;
        // ffprobe's own word counts as well.
        let silence =
            if name.ends_with(".mp3") { 3.0 * 576.0 / f64::from(audio.sample_rate.expect("a rate")) } else { 0.0 };
        for (who, other, distance) in [("decoded", decoded(path), silence.max(0.1)), ("ffprobe", probed, 0.1)] {
            if (here - other).abs() > distance {
                differences.push(format!("{name}: {here} here, {other} {who}"));
            }
        }
        assert_eq!(audio.channels.map(u64::from), stream["channels"].as_u64(), "{name}");
        assert_eq!(audio.sample_rate.map(|rate| rate.to_string()).as_deref(), stream["sample_rate"].as_str(), "{name}");
        assert_eq!(audio.variable, name.starts_with("vbr") || name == "abr.mp3", "{name}");
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

/// A constant recording of ffmpeg without any header that counts its frames.
fn plain_mp3() -> Vec<u8> {
    let arguments = ["-v", "error", "-f", "lavfi", "-i", "sine=d=3", "-c:a", "libmp3lame", "-b:a", "64k"];
    let output =
        witness("ffmpeg").args(arguments).args(["-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "-"]).output();
    output.expect("ffmpeg").stdout
}

fn mp3(bytes: &[u8]) -> FileFacts {
    measure(bytes, "a.mp3").file
}

fn duration(facts: &FileFacts) -> f64 {
    facts.audio.as_ref().and_then(|audio| audio.duration).expect("a duration")
}

#[test]
fn what_stands_around_the_frames_does_not_count() {
    let plain = plain_mp3();
    let length = duration(&mp3(&plain));
    assert!((length - 3.0).abs() < 0.1, "{length}");
    let tag = |size: u32| {
        [b"ID3\x03\0\0".to_vec(), (0..4).map(|n| (size >> (21 - 7 * n) & 0x7F) as u8).collect(), vec![0; size as usize]]
            .concat()
    };
    let garbage = [0x13, 0x00, 0xAB, 0x01].repeat(50_000);
    let ape = [b"APETAGEX".to_vec(), vec![0; 3_000]].concat();
    for (what, bytes) in [
        ("a tag", [tag(100), plain.clone()].concat()),
        ("two tags", [tag(100), tag(300), plain.clone()].concat()),
        ("a picture of a megabyte", [tag(1 << 20), plain.clone()].concat()),
        ("garbage of 200 KB in front", [garbage, plain.clone()].concat()),
        ("an old tag behind", [plain.clone(), b"TAG".to_vec(), vec![b' '; 125]].concat()),
        ("an APE tag behind", [plain.clone(), ape].concat()),
    ] {
        let facts = mp3(&bytes);
        assert_eq!(facts.identity.format, Format::Mp3, "{what}");
        assert!((duration(&facts) - length).abs() < 0.03, "{what}: {}", duration(&facts));
        assert!(facts.damage.is_empty(), "{what}: {:?}", facts.damage);
    }
    // The picture is passed over, not read.
    assert!(mp3(&[tag(1 << 20), plain.clone()].concat()).bytes_read < 300_000);
}

#[test]
fn recordings_joined_and_cut_are_as_long_as_what_is_there() {
    let plain = plain_mp3();
    let length = duration(&mp3(&plain));
    let joined = mp3(&[plain.clone(), plain.clone()].concat());
    assert!((duration(&joined) - 2.0 * length).abs() < 0.06, "{}", duration(&joined));
    let torn = [&plain[..plain.len() / 3], &[0x55; 700][..], &plain[plain.len() / 3..]].concat();
    assert!((duration(&mp3(&torn)) - length).abs() < 0.1, "a gap in the middle");
    let half = mp3(&plain[..plain.len() / 2]);
    assert!((duration(&half) - length / 2.0).abs() < 0.1, "{}", duration(&half));
}

/// Frames in free format do not tell their length; it is the distance to the next one.
#[test]
fn the_free_format_is_measured() {
    // MPEG-1 layer III at 44.1 kHz, frames of 600 bytes.
    let frame = [vec![0xFF, 0xFB, 0x00, 0xC0], vec![0; 596]].concat();
    let facts = measure_and_listen(&frame.repeat(100), "a.mp3", Listen::Sound).file;
    assert_eq!(facts.identity.format, Format::Mp3);
    assert!((duration(&facts) - 100.0 * 1152.0 / 44_100.0).abs() < 0.001, "{}", duration(&facts));
    assert_eq!(facts.sound.and_then(|sound| sound.unheard), Some(Unheard::Codec));
}

#[test]
fn fraunhofers_header_counts_frames() {
    let mut plain = plain_mp3();
    let frames = (duration(&mp3(&plain)) * 44_100.0 / 1152.0).round() as u32;
    // The header stands in the first frame, behind four bytes and 32 of what would be its side information.
    plain[36..40].copy_from_slice(b"VBRI");
    plain[50..54].copy_from_slice(&(frames - 1).to_be_bytes());
    assert!(mp3(&plain).damage.is_empty());
    let cut = mp3(&plain[..plain.len() / 2]);
    assert_eq!(cut.damage.iter().map(|damage| damage.what).collect::<Vec<_>>(), [DamageKind::Truncated]);
}

/// A recorder that lost its power has no size in its header; ffprobe takes what is there, too.
#[test]
fn a_recording_that_was_never_finished_is_measured() {
    let unfinished = crate::build::wav(3, Some(0));
    let facts = measure(&unfinished, "a.wav").file;
    assert_eq!((facts.audio.and_then(|audio| audio.duration), facts.damage.len()), (Some(3.0), 0));
    // A chunk of odd length that is not followed by a byte that fills it up.
    let mut odd = crate::build::wav(3, None);
    odd.splice(12..12, *b"junk\x05\0\0\0abcde");
    assert_eq!(measure(&odd, "a.wav").file.audio.and_then(|audio| audio.duration), Some(3.0));
}

/// Eight seconds of a sound that ffmpeg makes, in a video.
fn video(source: &str, container: &str, codec: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("film.{container}"));
    let picture =
        ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=5:duration=8", "-f", "lavfi", "-i", source];
    let arguments = ["-t", "8", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", codec];
    let status = witness("ffmpeg").args(picture).args(arguments).arg(&path).status().expect("ffmpeg");
    assert!(status.success(), "{source}");
    std::fs::read(path).expect("a film")
}

const SWELLING: &str = "aevalsrc='0.5*sin(2*PI*300*t)*mod(t,1)':d=8:s=44100";
const LEFT: &str = "aevalsrc='0.5*sin(2*PI*300*t)*mod(t,1)|0':d=8:s=44100";

#[test]
fn silence_a_hum_and_one_side_are_told_from_sound() {
    let silence = "anullsrc=r=44100:cl=stereo:d=8";
    for (what, source, expected) in [
        ("sound", SWELLING, None),
        ("silence", silence, Some("sound-silent @ ")),
        ("a hum", "sine=f=50:d=8", Some("sound-steady @ ")),
        ("noise", "anoisesrc=a=0.2:d=8", Some("sound-steady @ ")),
        ("one side", LEFT, Some("sound-one-sided @ ")),
    ] {
        let judged = judged(&video(source, "mp4", "aac"), "film.mp4");
        assert_eq!(
            judged.found(tekser::finding::Level::Warning),
            Vec::from_iter(expected.map(str::to_owned)),
            "{what}"
        );
        let outcome = if expected.is_some() { Outcome::Failed } else { Outcome::Passed };
        assert_eq!(judged.outcome("sound-audible"), outcome, "{what}");
    }
}

#[test]
fn sound_is_heard_however_it_is_packed() {
    for (container, codec) in [
        ("mp4", "aac"),
        ("mp4", "libmp3lame"),
        ("mp4", "alac"),
        ("mov", "pcm_s16be"),
        ("mov", "pcm_s24le"),
        ("mov", "pcm_f32le"),
        ("mov", "pcm_alaw"),
    ] {
        let facts =
            measure_and_listen(&video(LEFT, container, codec), &format!("film.{container}"), Listen::Sound).file;
        let sound = facts.sound.unwrap_or_else(|| panic!("{codec} was listened to"));
        assert!(sound.complete && sound.unheard.is_none(), "{codec}: {sound:?}");
        assert!(sound.listened > 7.5, "{codec}: {sound:?}");
        let alive: Vec<bool> = sound.peaks.iter().map(|peak| peak.is_some_and(|peak| peak > -60.0)).collect();
        assert_eq!(alive, [true, false], "{codec}: {sound:?}");
    }
    let unknown = measure_and_listen(&video(SWELLING, "mp4", "ac3"), "film.mp4", Listen::Sound).file.sound;
    assert_eq!(unknown.and_then(|sound| sound.unheard), Some(Unheard::Codec));
}

/// A long recording is not decoded as a whole when a second of it settles the question; silence needs all of it.
#[test]
fn listening_ends_when_the_answer_is_sure() {
    let listen = |bytes: &[u8]| measure_and_listen(bytes, "a.wav", Listen::Sound).file.sound.expect("listened");
    let silent = listen(&crate::build::wav(120, None));
    assert!(silent.complete && (silent.listened - 120.0).abs() < 0.1, "{silent:?}");
    let mut loud = crate::build::wav(120, None);
    let start = loud.len() - 120 * 8_000;
    for (number, sample) in loud[start..].iter_mut().enumerate() {
        let wave = if number % 16 < 8 { 1 } else { -1 };
        *sample = (128 + wave * (number % 8_000 / 80) as i32) as u8;
    }
    let sound = listen(&loud);
    assert!(!sound.complete && sound.listened < 5.0, "{sound:?}");
}

/// A profile that asks for a voice: certain where there is none, careful where there may be one.
#[test]
fn a_voice_is_asked_for() {
    let text = "id = \"voice\"\nversion = \"1\"\ntitle = { kk = \"x\", ru = \"x\", en = \"x\" }\nsource = { kk = \"x\", ru = \"x\", en = \"x\" }\n\
        [[requirement]]\nid = \"voice\"\nclause = \"1\"\nmodality = \"must\"\napplies-to = [\"audio\", \"video\"]\ncheck = \"voice-heard\"\n\
        settings = { silence-dbfs = -60, steady-decibels = 3, min-speech-seconds = 6, min-speech-share = 0.4 }\nquote.kk = \"x\"\n\
        title = { kk = \"x\", ru = \"x\", en = \"x\" }\nwhy = { kk = \"x\", ru = \"x\", en = \"x\" }\nhelp = { kk = \"x\", ru = \"x\", en = \"x\" }\n";
    let profile = Profile::from_toml("voice.toml", text).unwrap_or_else(|problems| panic!("{problems}"));
    let profile = std::sync::Arc::new(profile);
    let outcome = |bytes: &[u8], name: &str| judged_by(profile.clone(), bytes, name).outcome("voice");
    // The sentence of the sample, said eight times.
    let said = std::fs::read(crate::common::root().join("samples/good/speech.wav")).expect("a sample");
    let data = said.windows(4).position(|window| window == b"data").expect("sound") + 8;
    let mut speech = said[..data].to_vec();
    speech[data - 4..].copy_from_slice(&[0; 4]);
    for _ in 0..8 {
        speech.extend(&said[data..]);
        speech.extend(vec![0; 12_000]);
    }
    assert_eq!(outcome(&speech, "a.wav"), Outcome::Passed);
    assert_eq!(outcome(&crate::build::wav(30, None), "a.wav"), Outcome::Failed);
    assert_eq!(outcome(&video("sine=f=50:d=8", "mp4", "aac"), "film.mp4"), Outcome::Failed);
    assert_eq!(outcome(&video(SWELLING, "mp4", "aac"), "film.mp4"), Outcome::NotChecked);
    let silent_film = crate::build::Film::new(60).bytes();
    assert_eq!(outcome(&silent_film, "film.mp4"), Outcome::Failed, "no sound track");
}
