//! Apps, opened in real browsers. What is seen there is facts, as with any probe.
//!
//! Browsers run what strangers wrote, so they run apart: in processes of their own, which end with all they started when an
//! app hangs or takes a browser down, and, where the system allows it, with no network but this computer. [`Browsers`] is
//! the side of the program, [`work`] the side of such a process; they talk in lines of JSON.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that starts browsers, talks to them and waits for them"
)]

mod drive;
#[cfg(target_os = "linux")]
mod guard;
mod launch;
mod server;
mod site;
mod visit;

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

pub use launch::{Installed, installation};

use self::launch::{Display, Launched, Launcher};
use self::server::Server;
use self::site::{App, Site};
use self::visit::Manner;
use crate::facts::{Browser, FileFacts, PackageFacts, Screen, Step, Unvisited, Visit};
use crate::intake::Thing;
use crate::last_part;
use crate::locked;
use crate::probe::Deadline;

/// How long a visit may take, whatever happens in it.
const VISIT: Duration = Duration::from_secs(100);

/// Visits after which a browser is started anew, because what they leave in memory adds up.
const LIFE: u32 = 50;

/// What gives a process a network of its own, in which nobody but itself is, and makes all its children end with it. The
/// second pair of sockets leads nowhere; without it browsers tell apps that there is no network at all.
const APART: &str = "ip link set lo up || exit 1
ip link add v0 type veth peer name v1 && ip addr add 192.0.2.2/24 dev v0 && ip link set v0 up && ip link set v1 up \
&& ip route add default via 192.0.2.1
exec \"$@\"";

/// What a process that opens apps has to know first.
#[derive(Serialize, Deserialize)]
struct Setup {
    installed: Installed,
    folder: PathBuf,
}

/// One visit to be made.
#[derive(Serialize, Deserialize)]
struct Job {
    app: App,
    browser: Browser,
    screen: Screen,
    package: bool,
    picture: bool,
    steps: Option<Vec<Step>>,
}

/// Opens apps in browsers.
pub struct Browsers {
    program: PathBuf,
    installed: Installed,
    wanted: Vec<Browser>,
    engines: Vec<String>,
    pictures: bool,
    apart: Option<Vec<&'static str>>,
    idle: Mutex<Vec<Worker>>,
}

impl Browsers {
    /// `program` is this program, whose command `browse` calls [`work`].
    #[must_use]
    pub fn new(program: PathBuf, installed: Installed, wanted: Vec<Browser>, pictures: bool) -> Browsers {
        let engines = wanted.iter().map(|browser| installed.version(*browser).unwrap_or_default()).collect();
        Browsers { program, installed, wanted, engines, pictures, apart: apart(), idle: Mutex::default() }
    }

    /// The browsers that are wanted, and what each says of itself; nothing if it is not here.
    pub fn engines(&self) -> impl Iterator<Item = (Browser, &str)> {
        self.wanted.iter().copied().zip(self.engines.iter().map(String::as_str))
    }

    /// Browsers have a network of their own with nothing in it.
    #[must_use]
    pub fn are_apart(&self) -> bool {
        self.apart.is_some()
    }

    /// Opens a submission in every wanted browser, in every window.
    #[must_use]
    pub fn visit(&self, thing: &Thing, facts: &FileFacts, stop: Deadline) -> Vec<Visit> {
        let visits = self.wanted.iter().flat_map(|browser| Screen::ALL.map(|screen| (*browser, screen)));
        visits.map(|(browser, screen)| self.one(thing, facts, browser, screen, None, stop)).collect()
    }

    /// Opens a submission in one window, and does these steps if there are any.
    #[must_use]
    pub fn one(
        &self,
        thing: &Thing,
        facts: &FileFacts,
        browser: Browser,
        screen: Screen,
        steps: Option<Vec<Step>>,
        stop: Deadline,
    ) -> Visit {
        let broken_off = |why| Visit { broke_off: Some(why), ..Visit::new(browser, screen) };
        let app = match thing {
            _ if !self.installed.has(browser) => return broken_off(Unvisited::Missing),
            Thing::File(path) => std::path::absolute(path).ok().map(App::Archive),
            Thing::Folder(files) => {
                let files = files.iter().filter(|file| !file.link);
                files
                    .map(|file| Some((file.name.clone(), std::path::absolute(&file.path).ok()?)))
                    .collect::<Option<_>>()
                    .map(App::Folder)
            }
            Thing::Link | Thing::Unreadable | Thing::Row | Thing::Missing => None,
        };
        let Some(app) = app else { return broken_off(Unvisited::NoStartPage) };
        let entries = facts.bundle.iter().flat_map(|bundle| &bundle.entries);
        let package = entries.into_iter().any(|entry| PackageFacts::is_manifest(last_part(&entry.name)));
        let job = Job { app, browser, screen, package, picture: self.pictures, steps };
        let idle = locked(&self.idle).pop();
        let worker = idle.map_or_else(|| self.worker(), Ok);
        let Ok(mut worker) = worker else { return broken_off(Unvisited::NotStarted) };
        match worker.visit(&job, stop) {
            Ok(visit) => {
                locked(&self.idle).push(worker);
                visit
            }
            Err(why) => broken_off(why),
        }
    }

    fn worker(&self) -> io::Result<Worker> {
        let folder = tempfile::Builder::new().prefix("tekser-browse-").tempdir()?;
        // Whom root turns browsers into has to get through to their data.
        #[cfg(unix)]
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711))?;
        let mut command = match &self.apart {
            Some(apart) => {
                let mut command = Command::new("unshare");
                command.args(apart).args(["sh", "-c", APART, "sh"]).arg(&self.program);
                command
            }
            None => Command::new(&self.program),
        };
        command.arg("browse").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Ctrl-C at the terminal is for the program, which ends this one.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(mut input), Some(output)) = (input, output) else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let setup = Setup { installed: self.installed.clone(), folder: folder.path().to_owned() };
        say(&mut input, &setup)?;
        let (sender, answers) = mpsc::channel();
        // Ends with the process.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Worker { child, input: Some(input), answers, folder: Some(folder) })
    }
}

/// This system lets browsers be kept from every network; else a proxy has to do.
#[must_use]
pub fn can_be_apart() -> bool {
    apart().is_some()
}

/// How this system gives a process a network of its own; none if it does not let us.
fn apart() -> Option<Vec<&'static str>> {
    const ROOT: [&str; 5] = ["--net", "--pid", "--fork", "--kill-child=KILL", "--mount-proc"];
    const USER: [&str; 3] = ["--user", "--map-current-user", "--keep-caps"];

    let ways = [ROOT.to_vec(), [USER.as_slice(), ROOT.as_slice()].concat()];
    ways.into_iter().find(|way| {
        let mut command = Command::new("unshare");
        command.args(way).args(["sh", "-c", APART, "sh", "true"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })
}

fn say(to: &mut dyn Write, what: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(what)?;
    line.push(b'\n');
    to.write_all(&line)?;
    to.flush()
}

/// A process that opens apps.
struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<String>,
    folder: Option<tempfile::TempDir>,
}

impl Worker {
    fn visit(&mut self, job: &Job, stop: Deadline) -> Result<Visit, Unvisited> {
        let input = self.input.as_mut().ok_or(Unvisited::NotStarted)?;
        say(input, job).map_err(|_| Unvisited::NotStarted)?;
        let until = Instant::now() + VISIT;
        loop {
            match self.answers.recv_timeout(Duration::from_millis(200)) {
                Ok(line) => return serde_json::from_str(&line).map_err(|_| Unvisited::NotStarted),
                Err(mpsc::RecvTimeoutError::Disconnected) => return Err(Unvisited::NotStarted),
                Err(mpsc::RecvTimeoutError::Timeout) if stop.is_over() => return Err(Unvisited::Time),
                Err(mpsc::RecvTimeoutError::Timeout) if Instant::now() >= until => return Err(Unvisited::Hung),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        /// How long a process may take to clear up.
        const FAREWELL: Duration = Duration::from_secs(3);

        // It ends when nobody asks it for anything any more.
        drop(self.input.take());
        let until = Instant::now() + FAREWELL;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        // The last of its children may still be writing.
        if let Some(folder) = self.folder.take() {
            let path = folder.keep();
            let removed = || std::fs::remove_dir_all(&path).is_ok() || !path.exists();
            let until = Instant::now() + FAREWELL;
            while !removed() && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

/// Makes visits as they are asked for, line by line, until nobody asks any more.
///
/// # Errors
/// What was asked is not understood, or nobody hears the answer.
pub fn work(input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
    let mut lines = input.lines();
    let Some(setup) = lines.next() else { return Ok(()) };
    let setup: Setup = serde_json::from_str(&setup?)?;
    #[cfg(target_os = "linux")]
    guard::start();
    let server = Server::start()?;
    let mut open =
        Windows { installed: &setup.installed, folder: &setup.folder, server, display: None, browsers: HashMap::new() };
    for line in lines {
        let job: Job = serde_json::from_str(&line?)?;
        say(output, &open.visit(&job))?;
    }
    // Whoever asked may have ended without clearing up.
    drop(open);
    let _ = std::fs::remove_dir_all(&setup.folder);
    Ok(())
}

/// The browsers of one process.
struct Windows<'a> {
    installed: &'a Installed,
    folder: &'a Path,
    server: Server,
    display: Option<Display>,
    browsers: HashMap<Browser, (Launched, u32)>,
}

impl Windows<'_> {
    fn visit(&mut self, job: &Job) -> Visit {
        let fresh = !self.browsers.contains_key(&job.browser);
        let visit = self.attempt(job);
        // A browser that did not even open a window may have been spoilt by the visit before.
        if visit.broke_off == Some(Unvisited::NotStarted) && !fresh { self.attempt(job) } else { visit }
    }

    fn attempt(&mut self, job: &Job) -> Visit {
        let mut seen = Visit::new(job.browser, job.screen);
        let Ok(site) = Site::open(&job.app) else {
            seen.broke_off = Some(Unvisited::NoStartPage);
            return seen;
        };
        let (mut launched, visits) = match self.browsers.remove(&job.browser) {
            Some(running) => running,
            None => {
                let launcher = Launcher { installed: self.installed, folder: self.folder, proxy: self.server.proxy };
                if self.display.is_none() {
                    self.display = launcher.display();
                }
                match launcher.launch(job.browser, self.display.as_ref()) {
                    Ok(launched) => (launched, 0),
                    Err(why) => {
                        seen.broke_off = Some(why);
                        return seen;
                    }
                }
            }
        };
        let manner = Manner { package: job.package, picture: job.picture, steps: job.steps.as_deref() };
        visit::visit(&mut launched.driver, &self.server, site, &manner, &mut seen);
        let sound = matches!(seen.broke_off, None | Some(Unvisited::NoStartPage));
        if sound && visits + 1 < LIFE {
            self.browsers.insert(job.browser, (launched, visits + 1));
        }
        seen
    }
}
