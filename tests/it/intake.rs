//! From paths to submissions: order, links, litter, and nothing lost.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::build::{PAGE, picture};
use crate::common::{report, run};

fn paths(report: &Value) -> Vec<&str> {
    let submissions = report["submissions"].as_array().expect("submissions");
    submissions.iter().map(|submission| submission["path"].as_str().expect("a path")).collect()
}

fn utf8(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn every_file_of_a_folder_is_a_submission_and_an_unpacked_app_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("contest");
    fs::create_dir_all(root.join("b/app/js")).expect("folders");
    let png = picture(image::ImageFormat::Png, 3, 3);
    fs::write(root.join("z.png"), &png).expect("a file");
    fs::write(root.join("b/a.png"), &png).expect("a file");
    fs::write(root.join("b/Thumbs.db"), "x").expect("a file");
    fs::write(root.join("b/app/index.html"), PAGE).expect("a file");
    fs::write(root.join("b/app/js/x.js"), "1").expect("a file");
    let report = report(&[utf8(&root)]);
    assert_eq!(paths(&report), ["contest/b/a.png", "contest/b/app", "contest/z.png"]);
    assert_eq!(report["skipped"][0], "contest/b/Thumbs.db");
    assert_eq!(report["submissions"][1]["kind"], "app");
    let entries = report["submissions"][1]["facts"]["bundle"]["entries"].as_array().expect("entries");
    assert_eq!(entries.len(), 2);
}

#[test]
fn arguments_keep_apart_what_is_named_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    let png = picture(image::ImageFormat::Png, 3, 3);
    let mut arguments = Vec::new();
    for name in ["a", "b"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        let path = folder.path().join(name).join("x.png");
        fs::write(&path, &png).expect("a file");
        arguments.push(path);
    }
    let names: Vec<&str> = arguments.iter().map(|path| utf8(path)).collect();
    let two = report(&names);
    assert_eq!(paths(&two).len(), 2);
    let twice = report(&[names[0], names[0]]);
    assert_eq!(paths(&twice).len(), 1, "the same file is checked once");
}

#[cfg(unix)]
#[test]
fn links_are_told_and_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("in");
    fs::create_dir(&root).expect("a folder");
    let outside = folder.path().join("secret.png");
    fs::write(&outside, picture(image::ImageFormat::Png, 3, 3)).expect("a file");
    std::os::unix::fs::symlink(&outside, root.join("link.png")).expect("a link");
    std::os::unix::fs::symlink(folder.path(), root.join("loop")).expect("a link");
    let report = report(&[utf8(&root)]);
    assert_eq!(paths(&report), ["in/link.png", "in/loop"]);
    for submission in report["submissions"].as_array().expect("submissions") {
        assert_eq!(submission["verdict"], "incomplete");
        assert_eq!(submission["findings"][0]["id"], "tool-link");
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_a_finding_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.png"), picture(image::ImageFormat::Png, 3, 3)).expect("a file");
    let pipe = folder.path().join("pipe.mp4");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let report = report(&[utf8(folder.path())]);
    let submissions = report["submissions"].as_array().expect("submissions");
    assert_eq!(submissions.len(), 2);
    assert_eq!(submissions[0]["verdict"], "compliant");
    assert_eq!(submissions[1]["verdict"], "incomplete");
    assert_eq!(submissions[1]["findings"][0]["id"], "tool-unreadable");
}

#[test]
fn the_present_folder_has_a_name() {
    let ran = run(&["check", "samples/good/.", "--format", "json"]);
    assert!(ran.stdout.contains("\"good/photo.jpg\""));
}
