//! What the tests share: judging bytes in memory, and running the program as a user does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use tekser::facts::Facts;
use tekser::finding::Level;
use tekser::judge::{Judgement, Outcome, judge};
use tekser::probe::{Context, Limits, Listen, probe};
use tekser::profile::Profile;
use tekser::source::Memory;

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 23)
}

pub(crate) fn order_121() -> Arc<Profile> {
    static PROFILE: LazyLock<Arc<Profile>> =
        LazyLock::new(|| Arc::new(Profile::builtin("order-121").expect("a valid profile")));
    Arc::clone(&PROFILE)
}

/// Measures bytes as the program does, in this thread, without listening.
pub(crate) fn measure(bytes: &[u8], name: &str) -> Facts {
    measure_and_listen(bytes, name, Listen::Nothing)
}

/// Measures bytes and listens.
pub(crate) fn measure_and_listen(bytes: &[u8], name: &str, listen: Listen) -> Facts {
    let limits = Limits::default();
    let context = Context { listen, ..Context::alone(&limits) };
    probe(&Memory(bytes), name, None, &context)
}

/// A judged file, with questions the tests ask about it.
pub(crate) struct Judged {
    pub(crate) profile: Arc<Profile>,
    pub(crate) facts: Facts,
    pub(crate) judgement: Judgement,
}

pub(crate) fn judged(bytes: &[u8], name: &str) -> Judged {
    judged_by(order_121(), bytes, name)
}

pub(crate) fn judged_by(profile: Arc<Profile>, bytes: &[u8], name: &str) -> Judged {
    let facts = measure_and_listen(bytes, name, profile.listen());
    let judgement = judge(&profile, &facts, today());
    Judged { profile, facts, judgement }
}

impl Judged {
    pub(crate) fn outcome(&self, requirement: &str) -> Outcome {
        let position = self.profile.requirements.iter().position(|other| &*other.id == requirement);
        self.judgement.requirements[position.expect("a requirement of the profile")].outcome
    }

    /// Findings of a level as `message id @ place`.
    pub(crate) fn found(&self, level: Level) -> Vec<String> {
        let line = |finding: &tekser::finding::Finding| {
            let place = &finding.place;
            let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{} @ {}{line}", finding.message.id, place.route.join("!/"))
        };
        self.judgement.findings.iter().filter(|finding| finding.level == level).map(line).collect()
    }

    pub(crate) fn errors(&self) -> Vec<String> {
        self.found(Level::Error)
    }
}

/// The program with a clean environment, in the root of the repository.
pub(crate) fn tekser(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tekser"));
    command.args(arguments).current_dir(root());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    finished(&tekser(arguments).output().expect("the program starts"))
}

pub(crate) fn finished(output: &Output) -> Ran {
    Ran {
        status: output.status.code().expect("no signal"),
        stdout: String::from_utf8(output.stdout.clone()).expect("UTF-8 on standard output"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A JSON report over paths, whatever the exit status says.
pub(crate) fn report(arguments: &[&str]) -> Value {
    let mut all = vec!["check", "--format", "json", "--lang", "en"];
    all.extend(arguments);
    let ran = run(&all);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.stdout, ran.stderr))
}

/// The values of a list in a report; none if it is left out, as empty ones are.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text in a report; empty if it is left out.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Outcomes of a submission by requirement.
pub(crate) fn outcomes(submission: &Value) -> BTreeMap<&str, &str> {
    let all = submission["requirements"].as_array().expect("requirements").iter();
    all.map(|one| (one["id"].as_str().expect("an id"), one["outcome"].as_str().expect("an outcome"))).collect()
}

/// Every file below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The outcome of a requirement of a submission in a report.
pub(crate) fn outcome<'a>(submission: &'a Value, requirement: &str) -> &'a str {
    let mut all = list(&submission["requirements"]).iter();
    text(&all.find(|one| one["id"] == requirement).expect("a requirement")["outcome"])
}

/// A witness that must be on the machine: `tests/run` installs it, and no test passes without it.
pub(crate) fn witness(program: &str) -> Command {
    let there = std::env::split_paths(&std::env::var_os("PATH").expect("a search path"))
        .any(|folder| folder.join(program).is_file());
    assert!(there, "{program} is needed by the tests; tests/run installs it");
    Command::new(program)
}

/// A folder with works of the contest `bjb-2020`, and what belongs to them.
pub(crate) struct Batch(tempfile::TempDir);

impl Batch {
    pub(crate) fn new() -> Batch {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("works")).expect("a folder");
        Batch(folder)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Batch {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
        self
    }

    pub(crate) fn report(&self, more: &[&str]) -> Value {
        report(&[&["--profile", "bjb-2020", &self.path("works")], more].concat())
    }
}
