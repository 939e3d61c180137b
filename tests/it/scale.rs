//! Large batches and large files: what is not needed is not read, and memory stays flat.

use std::fs::{self, File};

use crate::build::picture;
use crate::common::{report, tekser};

#[test]
fn a_video_that_is_too_large_is_known_by_its_size() {
    const LIMIT: u64 = 200 << 20;

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.mp4");
    // The film's own bytes, then one box that is as long as the rest and holds nothing.
    let mut bytes = crate::build::Film::new(60).bytes();
    let rest = u32::try_from(LIMIT + 1 - bytes.len() as u64).expect("less than 4 GiB");
    bytes.extend(rest.to_be_bytes());
    bytes.extend(b"free");
    fs::write(&path, &bytes).expect("a file");
    File::options().write(true).open(&path).and_then(|file| file.set_len(LIMIT + 1)).expect("a sparse file");

    let report = report(&[path.to_str().expect("UTF-8"), "--no-digests"]);
    let submission = &report["submissions"][0];
    assert_eq!(submission["verdict"], "non-compliant");
    assert_eq!(submission["findings"][0]["id"], "size-over-limit");
    let read = submission["facts"]["bytes_read"].as_u64().expect("a count");
    assert!(read > 0 && read < 1_000_000, "{read} bytes were read");
}

/// Highest memory of a run in KiB, as Linux counts it.
#[cfg(target_os = "linux")]
fn peak(arguments: &[&str]) -> (u64, i32) {
    let mut child = tekser(arguments).stdout(std::process::Stdio::null()).spawn().expect("a run");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Ok(text) = fs::read_to_string(&status) {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
            peak = peak.max(kib.unwrap_or(0));
        }
        if let Some(status) = child.try_wait().expect("a child") {
            return (peak, status.code().expect("no signal"));
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn ten_thousand_small_files_in_a_hundred_megabytes() {
    const FILES: usize = 10_000;

    let folder = tempfile::tempdir().expect("a folder");
    let png = picture(image::ImageFormat::Png, 8, 8);
    for number in 0..FILES {
        fs::write(folder.path().join(format!("{number:05}.png")), &png).expect("a file");
    }
    let output = folder.path().with_extension("json");
    let path = folder.path().to_str().expect("UTF-8");
    let (peak, status) = peak(&["check", path, "--output", &format!("json={}", output.display())]);
    assert_eq!(status, 0);
    assert!(peak > 1_000, "memory was measured");
    assert!(peak < 100 * 1024, "{peak} KiB");
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&output).expect("a report")).expect("JSON");
    assert_eq!(report["summary"]["compliant"], FILES);
    fs::remove_file(output).expect("the report goes");
}

#[cfg(target_os = "linux")]
#[test]
fn an_app_of_twenty_thousand_pages_in_a_hundred_megabytes() {
    const PAGES: usize = 20_000;

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("app.zip");
    let page = |number: usize| format!("<!doctype html><title>Бет</title><a href=\"p{number}.html\">Келесі</a>");
    let mut names: Vec<String> = (1..PAGES).map(|number| format!("p{number}.html")).collect();
    names.push("index.html".to_owned());
    let pages: Vec<(&str, String)> = names.iter().enumerate().map(|(at, name)| (name.as_str(), page(at + 1))).collect();
    fs::write(&path, crate::build::archive(&pages)).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let (peak, status) = peak(&["check", path, "--format", "json"]);
    assert_eq!(status, 0);
    assert!(peak > 1_000, "memory was measured");
    assert!(peak < 100 * 1024, "{peak} KiB");
}
