//! `tekser convert`: files that no document accepts, made by ffmpeg as odd programs make them, become files that pass.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::{Ran, run, tekser, witness};

/// Moving stripes and a tone, as inputs of ffmpeg.
const PICTURE: [&str; 4] = ["-f", "lavfi", "-i", "testsrc2=size=322x242:rate=25:duration=2"];
const TONE: [&str; 4] = ["-f", "lavfi", "-i", "sine=frequency=440:duration=2"];

/// Makes a file; the words are arguments of ffmpeg behind the inputs.
fn make(path: &Path, inputs: &[&[&str]], words: &str) {
    let mut command = witness("ffmpeg");
    command.args(["-v", "error", "-y"]).args(inputs.concat()).args(words.split_ascii_whitespace()).arg(path);
    let made = command.output().expect("ffmpeg runs");
    assert!(made.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&made.stderr));
}

fn convert(file: &Path, more: &[&str]) -> Ran {
    run(&[&["convert", "--lang", "en", &file.display().to_string()], more].concat())
}

/// What ffprobe says of the streams of a file: kinds and codecs.
fn streams(file: &Path) -> String {
    entries(file, "stream=codec_name,pix_fmt")
}

/// What ffprobe says of these.
fn entries(file: &Path, entries: &str) -> String {
    let mut command = witness("ffprobe");
    command.args(["-v", "error", "-show_entries", entries, "-of", "csv=p=0"]).arg(file);
    let said = command.output().expect("ffprobe runs");
    String::from_utf8_lossy(&said.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn odd_files_become_good_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let film: &[&[&str]] = &[&PICTURE, &TONE];
    let cases: [(&str, &[&[&str]], &str, &str); 15] = [
        ("old.avi", film, "-c:v mpeg4 -vtag XVID -c:a mp3", "h264,yuv420p aac"),
        ("disc.mkv", film, "-c:v libx264 -pix_fmt yuv420p -c:a ac3 -ac 6", "h264,yuv420p aac"),
        ("deep.mkv", film, "-c:v libx264 -pix_fmt yuv444p10le -c:a flac", "h264,yuv420p aac"),
        ("windows.wmv", film, "-c:v wmv2 -c:a wmav2", "h264,yuv420p aac"),
        ("phone.mov", film, "-c:v libx265 -x265-params log-level=none -tag:v hvc1 -c:a aac", "h264,yuv420p aac"),
        ("old-phone.3gp", film, "-s 176x144 -c:v h263 -c:a aac -ar 8000 -ac 1", "h264,yuv420p aac"),
        ("web.webm", film, "-c:v libvpx -c:a libvorbis", "h264,yuv420p aac"),
        ("camera.ts", film, "-s 320x240 -c:v mpeg2video -flags +ilme+ildct -top 1 -c:a mp2", "h264,yuv420p aac"),
        ("silent.flv", &[&PICTURE], "-c:v flv", "h264,yuv420p"),
        ("voice.m4a", &[&TONE], "-c:a aac", "mp3"),
        ("music.ogg", &[&TONE], "-c:a libvorbis", "mp3"),
        ("note.wma", &[&TONE], "-c:a wmav2", "mp3"),
        ("photo.bmp", &[&PICTURE], "-frames:v 1", "mjpeg,yuvj420p"),
        ("scan.tiff", &[&PICTURE], "-frames:v 1 -pix_fmt rgb24", "mjpeg,yuvj420p"),
        (
            "drawing.webp",
            &[&PICTURE],
            "-frames:v 1 -vf format=rgba,colorchannelmixer=aa=0.5 -c:v libwebp -lossless 1",
            "png,rgba",
        ),
    ];
    for (name, inputs, words, expected) in cases {
        let file = folder.path().join(name);
        make(&file, inputs, words);
        let before = std::fs::read(&file).expect("the file");
        let ran = convert(&file, &[]);
        assert_eq!(ran.status, 0, "{name}: {}{}", ran.stdout, ran.stderr);
        let extension = match expected.split([',', ' ']).next() {
            Some("h264") => "mp4",
            Some("mp3") => "mp3",
            Some("png") => "png",
            _ => "jpg",
        };
        let result = file.with_extension(extension);
        assert_eq!(streams(&result), expected, "{name}: {}", ran.stdout);
        assert_eq!(run(&["check", &result.display().to_string()]).status, 0, "{name}");
        assert!(std::fs::read(&file).expect("the file") == before, "{name}: the original stays");
    }
    // Colours of a new phone become those of the screen at school.
    let bright = folder.path().join("bright.mov");
    let words = "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le -color_trc arib-std-b67 \
                 -color_primaries bt2020 -colorspace bt2020nc";
    make(&bright, film, words);
    let ran = convert(&bright, &[]);
    assert!(ran.status == 0 && ran.stdout.contains("brighter than those at school"), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(
        entries(&bright.with_extension("mp4"), "stream=color_transfer").split_whitespace().next(),
        Some("bt709")
    );
    // What a browser plays already is not coded anew.
    let good = folder.path().join("good.mkv");
    make(&good, film, "-c:v libx264 -pix_fmt yuv420p -c:a aac");
    let ran = convert(&good, &[]);
    assert!(ran.stdout.contains("bit for bit"), "{}", ran.stdout);
    // Neither an original nor anything else is written over.
    let result = folder.path().join("good.mp4");
    let ran = convert(&good, &[]);
    assert_eq!((ran.status, ran.stderr.contains("--force")), (2, true), "{}", ran.stderr);
    let ran = convert(&result, &["--force"]);
    assert_eq!((ran.status, ran.stderr.contains("original")), (2, true), "{}", ran.stderr);
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "x").expect("a file");
    for nothing in [text, folder.path().to_owned(), folder.path().join("gone.avi")] {
        let ran = convert(&nothing, &[]);
        assert_eq!((ran.status, ran.stderr.is_empty()), (2, false), "{}", nothing.display());
    }
    assert_eq!(convert(&good, &["--out", &folder.path().join("x.exe").display().to_string()]).status, 2);
}

#[test]
fn what_is_too_large_is_made_to_fit_and_what_is_too_long_is_not_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("small.toml");
    let text = "extends = \"order-121\"\nid = \"small\"\n\
                [change.video-max-size]\nsettings = { max-bytes = 150000, note-above-bytes = 149000 }\n\
                [change.video-max-duration]\nsettings = { max-seconds = 4 }\n";
    std::fs::write(&profile, text).expect("a profile");
    let profile = profile.display().to_string();

    // Noise is what no encoder makes small.
    let noise = folder.path().join("noise.avi");
    let inputs: &[&[&str]] = &[&["-f", "lavfi", "-i", "testsrc2=size=640x480:rate=25:duration=3"], &TONE];
    make(&noise, inputs, "-vf noise=alls=60:allf=t -c:v mpeg4 -q:v 3 -c:a mp3");
    let ran = convert(&noise, &["--profile", &profile]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    let said = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("in two passes"), "{said}");
    let size = std::fs::metadata(folder.path().join("noise.mp4")).expect("the result").len();
    assert!((50_000..=150_000).contains(&size), "{size}");

    // The same, filmed with a phone held upright: it stays so, and no smaller than it need be.
    let turned = folder.path().join("turned.mov");
    let mut turn = witness("ffmpeg");
    turn.args(["-v", "error", "-i"]).arg(&noise).args(["-c", "copy", "-metadata:s:v:0", "rotate=90"]).arg(&turned);
    assert!(turn.status().expect("ffmpeg runs").success());
    let ran = convert(&turned, &["--profile", &profile]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    let shown = entries(&folder.path().join("turned.mp4"), "stream=width,height");
    assert!(["360,480", "480,640"].iter().any(|size| shown.starts_with(size)), "{shown}");

    // Six seconds with a pause in the fourth.
    let long = folder.path().join("long.avi");
    let speech = ["-f", "lavfi", "-i", "aevalsrc='if(between(t,3,3.9),0,0.5*sin(880*t))':duration=6"];
    let picture = ["-f", "lavfi", "-i", "color=size=320x240:rate=5:duration=6"];
    make(&long, &[&picture, &speech], "-c:v mpeg4 -c:a pcm_s16le");
    let ran = convert(&long, &["--profile", &profile]);
    assert_eq!(ran.status, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("Nothing was cut") && ran.stdout.contains("0:03"), "{}", ran.stdout);
    assert!(folder.path().join("long.mp4").exists(), "it is there to be divided");
}

#[test]
fn whoever_ends_it_finds_no_half_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("long.avi");
    let picture = ["-f", "lavfi", "-i", "testsrc2=size=640x480:rate=25:duration=40"];
    make(&file, &[&picture], "-c:v mpeg4 -q:v 2");
    let result = folder.path().join("long.mp4");
    let mut command = tekser(&["convert"]);
    let mut child = command.arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    // The original is there from the beginning; the other file has something in it once ffmpeg is at work.
    let begun = || {
        let files = std::fs::read_dir(folder.path()).expect("the folder").flatten();
        files.filter(|file| file.metadata().is_ok_and(|file| file.len() > 0)).count() > 1
    };
    let until = Instant::now() + Duration::from_secs(60);
    while !begun() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(begun(), "it has begun to write");
    child.kill().expect("it runs");
    child.wait().expect("it ended");
    assert!(!result.exists());
    // ffmpeg ends with who started it.
    let shown = folder.path().display().to_string();
    let runs = || {
        let lines = std::fs::read_dir("/proc").expect("processes").flatten();
        let mut lines = lines.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
        lines.any(|line| String::from_utf8_lossy(&line).contains(&shown))
    };
    let until = Instant::now() + Duration::from_secs(5);
    while runs() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!runs());
}
