//! A matrix of videos, made by ffmpeg at test time: container × codec × layout × pace × turn. What is measured here is
//! compared with ffprobe and mediainfo, fact by fact.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tekser::facts::VideoFacts;

use crate::common::{files, judged, measure, witness};

/// What goes into a group of films: pictures of this rate for so many seconds.
#[derive(Clone, Copy, PartialEq)]
struct Input {
    rate: &'static str,
    seconds: &'static str,
    sound: bool,
}

const SHORT: Input = Input { rate: "25", seconds: "1.6", sound: true };

/// A film to be made: its file name and ffmpeg's arguments for it.
struct Case {
    name: String,
    input: Input,
    arguments: String,
}

/// Codecs of pictures: name, arguments, and the containers that ffmpeg writes them into.
const PICTURES: [(&str, &str, &[&str]); 15] = [
    ("h264-baseline", "-c:v libx264 -profile:v baseline -pix_fmt yuv420p", &["mp4", "mov"]),
    ("h264-main", "-c:v libx264 -profile:v main -pix_fmt yuv420p -bf 2", &["mp4", "mov"]),
    ("h264-10", "-c:v libx264 -pix_fmt yuv420p10le", &["mp4", "mov"]),
    ("h264-422", "-c:v libx264 -pix_fmt yuv422p", &["mp4", "mov"]),
    ("h264-444", "-c:v libx264 -pix_fmt yuv444p", &["mp4", "mov"]),
    ("h264-gray", "-c:v libx264 -pix_fmt gray", &["mp4"]),
    ("h264-interlaced", "-c:v libx264 -pix_fmt yuv420p -flags +ilme+ildct -field_order tt", &["mp4", "mov"]),
    ("hevc", "-c:v libx265 -pix_fmt yuv420p -tag:v hvc1 -x265-params log-level=none", &["mp4", "mov"]),
    ("hevc-10", "-c:v libx265 -pix_fmt yuv420p10le -tag:v hev1 -x265-params log-level=none", &["mp4", "mov"]),
    ("hevc-422", "-c:v libx265 -pix_fmt yuv422p10le -tag:v hvc1 -x265-params log-level=none", &["mp4"]),
    ("mpeg4", "-c:v mpeg4 -pix_fmt yuv420p", &["mp4", "mov"]),
    ("mjpeg", "-c:v mjpeg -pix_fmt yuvj420p", &["mp4", "mov"]),
    ("prores", "-c:v prores_ks -pix_fmt yuv422p10le", &["mov"]),
    ("vp9", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p", &["mp4"]),
    ("qtrle", "-c:v qtrle -pix_fmt rgb24", &["mov"]),
];

const SOUNDS: [(&str, &str, &[&str]); 14] = [
    ("none", "-an", &["mp4", "mov"]),
    ("aac-mono", "-c:a aac -ac 1 -ar 22050", &["mp4", "mov"]),
    ("aac-48", "-c:a aac -ac 2 -ar 48000", &["mp4", "mov"]),
    ("aac-six", "-c:a aac -ac 6 -ar 44100", &["mp4"]),
    ("mp3", "-c:a libmp3lame -ac 2", &["mp4", "mov"]),
    ("pcm-le", "-c:a pcm_s16le -ac 2", &["mov"]),
    ("pcm-be", "-c:a pcm_s16be -ac 1", &["mov"]),
    ("pcm-24", "-c:a pcm_s24le -ac 2", &["mov"]),
    ("pcm-float", "-c:a pcm_f32le -ac 2 -ar 96000", &["mov"]),
    ("pcm-8", "-c:a pcm_u8 -ac 1 -ar 8000", &["mov"]),
    ("alaw", "-c:a pcm_alaw -ac 1 -ar 8000", &["mov"]),
    ("alac", "-c:a alac -ac 2", &["mp4", "mov"]),
    ("ac3", "-c:a ac3 -ac 2", &["mp4", "mov"]),
    ("opus", "-c:a libopus -ac 2 -ar 48000", &["mp4"]),
];

const LAYOUTS: [(&str, &str); 15] = [
    ("header-last", ""),
    ("header-first", "-movflags +faststart"),
    ("fragments", "-movflags +frag_keyframe -g 10"),
    ("fragments-only", "-movflags +frag_keyframe+empty_moov -g 10"),
    ("fragment-based", "-movflags +frag_keyframe+empty_moov+default_base_moof -g 10"),
    ("frame-fragments", "-movflags +frag_every_frame+empty_moov"),
    ("indexed", "-movflags +frag_keyframe+empty_moov+global_sidx -g 10"),
    ("dash", "-movflags +dash+frag_keyframe -g 10"),
    ("cmaf", "-movflags +cmaf+frag_keyframe -g 10"),
    ("separate", "-movflags +frag_keyframe+empty_moov+separate_moof -g 10"),
    ("no-edit-list", "-use_editlist 0"),
    ("negative-times", "-movflags +negative_cts_offsets -bf 2"),
    ("b-frames", "-bf 3"),
    ("fine-clock", "-video_track_timescale 90000"),
    ("hints", "-movflags +rtphint"),
];

const RATES: [&str; 12] =
    ["1", "5", "12.5", "15", "24000/1001", "24", "30", "30000/1001", "50", "60000/1001", "60", "120"];

fn cases() -> Vec<Case> {
    const H264: &str = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";
    let mut cases = Vec::new();
    let mut add = |name: String, input, arguments: String| cases.push(Case { name, input, arguments });
    for (name, arguments, containers) in PICTURES {
        for container in containers {
            add(format!("picture-{name}.{container}"), SHORT, format!("{arguments} -c:a aac"));
        }
    }
    for (name, arguments, containers) in SOUNDS {
        for container in containers {
            add(format!("sound-{name}.{container}"), SHORT, format!("{H264} {arguments}"));
        }
    }
    for (name, arguments) in LAYOUTS {
        for (container, input) in
            [("mp4", SHORT), ("mov", SHORT), ("mp4", Input { rate: "30000/1001", seconds: "2", sound: true })]
        {
            let rate = if input == SHORT { "25" } else { "ntsc" };
            add(
                format!("layout-{name}-{rate}.{container}"),
                input,
                format!("-c:v libx264 -pix_fmt yuv420p -c:a aac {arguments}"),
            );
        }
    }
    for rate in RATES {
        let seconds = if rate == "1" { "4" } else { "1" };
        let input = Input { rate, seconds, sound: false };
        let name = rate.replace('/', "-");
        add(format!("pace-{name}.mp4"), input, format!("{H264} -an"));
    }
    for (name, filter) in [
        ("half-dropped", "select='if(lt(t,1),1,not(mod(n,3)))'"),
        ("two-paces", "setpts='if(lt(N,25),N,25+(N-25)*3)/25/TB'"),
    ] {
        let input = Input { rate: "25", seconds: "2", sound: false };
        add(format!("varies-{name}.mp4"), input, format!("{H264} -an -vf {filter} -vsync vfr"));
    }
    for seconds in ["0.04", "0.5", "1.001", "7.7", "61", "600", "900", "901"] {
        let input =
            Input { rate: if seconds.len() > 3 || seconds == "0.5" { "25" } else { "2" }, seconds, sound: false };
        for (layout, arguments) in [("plain", ""), ("fragments", "-movflags +frag_keyframe+empty_moov -g 20")] {
            add(format!("length-{seconds}-{layout}.mp4"), input, format!("{H264} -an {arguments}"));
        }
    }
    for container in ["mp4", "mov"] {
        add(format!("upright.{container}"), SHORT, format!("{H264} -an"));
        for language in ["kaz", "rus", "eng"] {
            let spoken = format!("{H264} -c:a aac -metadata:s:v language={language} -metadata:s:a language={language}");
            add(format!("language-{language}.{container}"), SHORT, spoken);
        }
        let made = "-metadata creation_time=2020-03-31T10:20:30Z";
        add(format!("made.{container}"), SHORT, format!("{H264} -an {made}"));
        let placed =
            "-metadata location=+43.2380+076.8829/ -metadata com.apple.quicktime.location.ISO6709=+43.2380+076.8829/";
        add(format!("placed.{container}"), SHORT, format!("{H264} -an {placed}"));
        add(format!("late-sound.{container}"), SHORT, format!("{H264} -c:a aac -af adelay=400"));
    }
    cases
}

/// Makes all films of one input in one run of ffmpeg.
fn make(folder: &Path, input: Input, cases: &[&Case]) {
    let Input { rate, seconds, sound } = input;
    let mut ffmpeg = witness("ffmpeg");
    ffmpeg.args(["-v", "error", "-nostdin", "-y", "-threads", "1", "-f", "lavfi", "-i"]);
    ffmpeg.arg(format!("testsrc2=size=96x72:rate={rate}:duration={seconds}"));
    if sound {
        ffmpeg.args(["-f", "lavfi", "-i", &format!("sine=frequency=440:duration={seconds}")]);
    }
    for case in cases {
        ffmpeg.args(["-map", "0:v"]);
        if sound && !case.arguments.contains("-an") {
            ffmpeg.args(["-map", "1:a"]);
        }
        ffmpeg.args(["-strict", "-2", "-threads", "1"]).args(case.arguments.split(' ').filter(|word| !word.is_empty()));
        ffmpeg.arg(folder.join(&case.name));
    }
    let output = ffmpeg.output().expect("ffmpeg");
    assert!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
}

/// Films of one input are made side by side with those of another.
fn make_all(folder: &Path) -> usize {
    let cases = cases();
    let mut groups: Vec<(Input, Vec<&Case>)> = Vec::new();
    for case in &cases {
        match groups.iter_mut().find(|(input, group)| *input == case.input && group.len() < 24) {
            Some((_, group)) => group.push(case),
            None => groups.push((case.input, vec![case])),
        }
    }
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((input, group)) = groups.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    make(folder, *input, group);
                }
            });
        }
    });
    cases.len() + turn(folder)
}

/// ffmpeg marks a film as turned only when it copies one.
fn turn(folder: &Path) -> usize {
    let mut made = 0;
    for container in ["mp4", "mov"] {
        for degrees in [90, 180, 270] {
            let mut ffmpeg = witness("ffmpeg");
            ffmpeg.args(["-v", "error", "-nostdin", "-i"]).arg(folder.join(format!("upright.{container}")));
            ffmpeg.args(["-c", "copy", "-metadata:s:v", &format!("rotate={degrees}")]);
            let status = ffmpeg.arg(folder.join(format!("turned-{degrees}.{container}"))).status().expect("ffmpeg");
            assert!(status.success(), "turned by {degrees}");
            made += 1;
        }
    }
    made
}

fn ffprobe(path: &Path) -> Value {
    let arguments = ["-v", "quiet", "-of", "json", "-show_format", "-show_streams"];
    let output = witness("ffprobe").args(arguments).arg(path).output().expect("ffprobe");
    serde_json::from_slice(&output.stdout).expect("JSON of ffprobe")
}

/// What mediainfo says of all files, by file name.
fn mediainfo(paths: &[PathBuf]) -> BTreeMap<String, Value> {
    let output = witness("mediainfo").arg("--Output=JSON").args(paths).output().expect("mediainfo");
    let all: Value = serde_json::from_slice(&output.stdout).expect("JSON of mediainfo");
    let name = |file: &Value| {
        let path = file["media"]["@ref"].as_str().unwrap_or_default().to_owned();
        path.rsplit('/').next().unwrap_or_default().to_owned()
    };
    all.as_array().expect("files").iter().map(|file| (name(file), file["media"]["track"].clone())).collect()
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// A fraction such as `30000/1001`.
fn fraction(value: &Value) -> Option<f64> {
    let (above, below) = value.as_str()?.split_once('/')?;
    let (above, below): (f64, f64) = (above.parse().ok()?, below.parse().ok()?);
    (below > 0.0).then_some(above / below)
}

/// The first stream of a kind.
fn stream<'a>(probed: &'a Value, kind: &str) -> Option<&'a Value> {
    probed["streams"].as_array()?.iter().find(|stream| stream["codec_type"] == kind)
}

/// The first track of a kind, as mediainfo calls it.
fn told<'a>(tracks: &'a Value, kind: &str) -> Option<&'a Value> {
    tracks.as_array()?.iter().find(|track| track["@type"] == kind)
}

/// Collects what differs, with who says what.
#[derive(Default)]
struct Comparison {
    compared: BTreeMap<&'static str, usize>,
    differences: Vec<String>,
}

impl Comparison {
    #[expect(clippy::needless_pass_by_value, reason = "the calls stay readable")]
    fn equal<T: PartialEq + std::fmt::Debug>(&mut self, file: &str, fact: &'static str, here: T, there: T) {
        *self.compared.entry(fact).or_default() += 1;
        if here != there {
            self.differences.push(format!("{file}: {fact}: {here:?} here, {there:?} there"));
        }
    }

    fn near(&mut self, file: &str, fact: &'static str, here: Option<f64>, there: Option<f64>, distance: f64) {
        *self.compared.entry(fact).or_default() += 1;
        if !here.zip(there).is_some_and(|(here, there)| (here - there).abs() <= distance) {
            self.differences.push(format!("{file}: {fact}: {here:?} here, {there:?} there"));
        }
    }

    fn film(&mut self, name: &str, video: &VideoFacts, probed: &Value, tracks: &Value) {
        let frame =
            video.pictures().next().and_then(|track| track.picture.as_ref()?.frame_rate).map_or(0.1, |rate| 1.0 / rate);
        if !is_known(name, "duration") {
            self.near(name, "duration", video.duration, number(&probed["format"]["duration"]), frame.max(0.1));
        }
        let general = told(tracks, "General").expect("what mediainfo says of the whole");
        self.near(name, "duration told", video.duration, number(&general["Duration"]), frame.max(0.1));
        let created = probed["format"]["tags"]["creation_time"].as_str().map(|time| format!("{}Z", &time[..19]));
        self.equal(name, "created", video.created.clone(), created);
        self.picture(name, video, probed, tracks);
        self.sound(name, video, probed, tracks);
    }

    fn picture(&mut self, name: &str, video: &VideoFacts, probed: &Value, tracks: &Value) {
        let track = video.pictures().next().expect("a picture track");
        let picture = track.picture.as_ref().expect("facts of the pictures");
        let there = stream(probed, "video").expect("a picture stream");
        let told = told(tracks, "Video").expect("a picture track of mediainfo");
        self.equal(name, "width", picture.width.map(u64::from), there["width"].as_u64());
        self.equal(name, "height", picture.height.map(u64::from), there["height"].as_u64());
        let turned =
            there["side_data_list"].as_array().and_then(|list| list.iter().find_map(|data| data["rotation"].as_i64()));
        assert_eq!(turned.is_some(), name.starts_with("turned-"), "{name}: ffmpeg turned it");
        self.equal(name, "rotation", i64::from(picture.rotation), (-turned.unwrap_or(0)).rem_euclid(360));
        self.near(name, "frame rate", picture.frame_rate, fraction(&there["avg_frame_rate"]), 0.02);
        if let Some(frames) = number(&told["FrameCount"]) {
            self.equal(name, "frames", track.samples, frames as u64);
        }
        let varies = told["FrameRate_Mode"].as_str();
        if let Some(varies) = varies.filter(|_| !is_known(name, "varies")) {
            self.equal(name, "varies", picture.variable_frame_rate, varies == "VFR");
        }
        let format = there["pix_fmt"].as_str().unwrap_or_default();
        if let Some(chroma) = picture.chroma.filter(|_| !is_known(name, "chroma")) {
            let there = ["4:2:0", "4:2:2", "4:4:4"].into_iter().find(|id| format.contains(&id.replace(':', "")));
            self.equal(name, "chroma", chroma.id(), there.unwrap_or("4:0:0"));
            let bits = if format.contains("10") { 10 } else { 8 };
            self.equal(
                name,
                "bits",
                picture.bit_depth,
                Some(bits).filter(|_| !name.contains("prores")).or(picture.bit_depth),
            );
        }
        if let Some(interlaced) = picture.interlaced {
            let order = there["field_order"].as_str().unwrap_or("progressive");
            self.equal(name, "interlaced", interlaced, !matches!(order, "progressive" | "unknown"));
        }
        let language = there["tags"]["language"].as_str().filter(|&language| language != "und");
        // QuickTime's number 0 stands for English and for nothing at all; it is taken for nothing.
        if language != Some("eng") || !name.ends_with(".mov") {
            self.equal(name, "language", track.language.as_deref(), language);
        }
    }

    fn sound(&mut self, name: &str, video: &VideoFacts, probed: &Value, tracks: &Value) {
        let streams =
            probed["streams"].as_array().map_or(0, |all| all.iter().filter(|s| s["codec_type"] == "audio").count());
        self.equal(name, "sound tracks", video.sounds().count(), streams);
        let Some((track, there)) = video.sounds().next().zip(stream(probed, "audio")) else { return };
        let sound = track.sound.as_ref().expect("facts of the sound");
        self.equal(name, "channels", sound.channels.map(u64::from), there["channels"].as_u64());
        self.equal(name, "sample rate", sound.sample_rate.map(f64::from), number(&there["sample_rate"]));
        let told = told(tracks, "Audio").expect("a sound track of mediainfo");
        if let Some(channels) = number(&told["Channels"]) {
            self.equal(name, "channels told", sound.channels.map(f64::from), Some(channels));
        }
    }
}

/// Where a witness is known to be wrong, or to mean something else by the word.
fn is_known(name: &str, fact: &str) -> bool {
    match fact {
        // ffprobe adds the half second of the hint track, and of one frame at two a second it makes nothing.
        "duration" => name.starts_with("layout-hints"),
        // ffprobe finds no pixel format behind the index of segments, and shows what is grey in colour.
        "chroma" => name.starts_with("layout-indexed") || name.contains("gray"),
        // mediainfo takes the last frame, whose length ffmpeg guesses, for another pace.
        "varies" => name.starts_with("layout-") || name.starts_with("length-"),
        _ => false,
    }
}

#[test]
fn films_are_measured_as_others_measure_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = make_all(folder.path());
    let paths = files(folder.path());
    assert_eq!(paths.len(), made, "every film was made");
    assert!(made >= 120, "{made} films");
    let told = mediainfo(&paths);
    let mut comparison = Comparison::default();
    for path in &paths {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let facts = measure(&std::fs::read(path).expect("a film"), &name).file;
        assert!(facts.damage.is_empty(), "{name}: {:?}", facts.damage);
        let video = facts.video.as_deref().expect("a video");
        comparison.film(&name, video, &ffprobe(path), &told[&name]);
        assert_eq!(video.position, name.starts_with("placed"), "{name}: a place");
    }
    assert!(comparison.compared.values().all(|&count| count > 10), "{:?}", comparison.compared);
    assert!(comparison.differences.is_empty(), "{:#?}\n{:?}", comparison.differences, comparison.compared);
}

/// A film of the matrix, made alone.
fn film(arguments: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "film.mp4".to_owned();
    let case = Case { name, input: SHORT, arguments: format!("-c:v libx264 -pix_fmt yuv420p -c:a aac {arguments}") };
    make(folder.path(), case.input, &[&case]);
    std::fs::read(folder.path().join(&case.name)).expect("a film")
}

/// Whatever the layout, a film that lost its end is not called good.
#[test]
fn films_that_were_cut_off_are_found_without_decoding() {
    let mut cut = 0;
    for (layout, arguments) in LAYOUTS {
        let whole = film(arguments);
        for percent in [20, 50, 80, 97] {
            let judged = judged(&whole[..whole.len() * percent / 100], "film.mp4");
            assert!(!judged.facts.file.damage.is_empty(), "{layout} cut to {percent} % is called whole");
            assert!(!judged.errors().is_empty(), "{layout} cut to {percent} %");
            cut += 1;
        }
    }
    assert_eq!(cut, LAYOUTS.len() * 4);
}

/// Sets the durations of all headers, in milliseconds for the movie and in ticks for the tracks.
fn declare(film: &mut [u8], duration: u32) -> usize {
    let mut set = 0;
    for (name, at) in [(b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)] {
        for start in 0..film.len() - 4 {
            if &film[start..start + 4] == name {
                film[start + at..start + at + 4].copy_from_slice(&duration.to_be_bytes());
                set += 1;
            }
        }
    }
    set
}

/// Every header of the film lies; the sample tables do not. ffprobe believes the headers.
#[test]
fn headers_that_lie_are_told_and_not_believed() {
    let honest = film("");
    for lie in [0, 100, 700_000_000, u32::MAX] {
        let mut film = honest.clone();
        assert_eq!(declare(&mut film, lie), 5, "a movie and two tracks");
        let judged = judged(&film, "film.mp4");
        let duration = judged.facts.file.video.as_ref().and_then(|video| video.duration).expect("a duration");
        assert!((duration - 1.6).abs() < 0.1, "{duration} with {lie} declared");
        // Zero and all ones say that the writer did not know.
        let told =
            judged.found(tekser::finding::Level::Warning).iter().any(|found| found.starts_with("duration-contradicts"));
        assert_eq!(told, !matches!(lie, 0 | u32::MAX), "{lie} declared");
        let expected =
            if lie == 700_000_000 { tekser::judge::Outcome::NotChecked } else { tekser::judge::Outcome::Passed };
        assert_eq!(judged.outcome("video-max-duration"), expected, "{lie} declared");
    }
}
