//! Apps, opened in real browsers. What is seen there is facts, as with any probe.
//!
//! Browsers run what strangers wrote, so they run apart: in processes of their own, which end with all they started when an
//! app hangs or takes a browser down, and, where the system allows it, with no network but this computer. [`Browsers`] is
//! the side of the program, [`work`] the side of such a process.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that starts browsers, talks to them and waits for them"
)]

mod drive;
#[cfg(target_os = "linux")]
mod guard;
mod launch;
mod platform;
mod server;
mod site;
mod visit;

use std::borrow::Cow;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

pub use launch::{Installed, installation};

use self::launch::{Display, Launched, Launcher};
use self::platform::Platform;
use self::server::Server;
use self::site::Site;
use self::visit::Manner;
use crate::facts::{Browser, FileFacts, Screen, Step, Unvisited, Visit};
use crate::intake::Thing;
use crate::locked;
use crate::probe::Deadline;
use crate::process::{Process, Silence, say};

/// How long a visit may take, whatever happens in it.
const VISIT: Duration = Duration::from_secs(100);

/// Visits after which a browser is started anew, because what they leave in memory adds up.
const LIFE: u32 = 50;

/// What gives a process a network of its own, in which nobody but itself is, and makes all its children end with it. The
/// second pair of sockets leads nowhere; without it browsers tell apps that there is no network at all. The shell stays: it is
/// the first of its processes, and takes leave of those that browsers leave behind, of which each visit makes some. The pair
/// makes no addresses of its own: they would come two seconds late, and Chromium breaks off all that it is connecting to when
/// an address comes, so that good apps lack a script.
const APART: &str = "ip link set lo up || exit 1
ip link add v0 type veth peer name v1 && ip link set v0 addrgenmode none && ip link set v1 addrgenmode none
ip addr add 192.0.2.2/24 dev v0 && ip link set v0 up && ip link set v1 up && ip route add default via 192.0.2.1
\"$@\"
exit";

/// What a process that opens apps has to know first.
#[derive(Serialize, Deserialize)]
struct Setup {
    installed: Installed,
    folder: PathBuf,
    browser: Browser,
}

/// One visit to be made.
#[derive(Serialize, Deserialize)]
struct Job<'a> {
    app: Cow<'a, Thing>,
    screen: Screen,
    platform: Platform,
    barriers: bool,
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
    turns: Turns,
}

impl Browsers {
    /// `program` is this program, whose command `browse` calls [`work`]. `jobs` visits are made at a time.
    #[must_use]
    pub fn new(program: PathBuf, installed: Installed, wanted: Vec<Browser>, pictures: bool, jobs: usize) -> Browsers {
        let engines = wanted.iter().map(|browser| installed.version(*browser).unwrap_or_default()).collect();
        // One visit keeps a processor busy: more of them at a time take as long, and good apps seem slow.
        let turns = Turns::new(jobs);
        Browsers { program, installed, wanted, engines, pictures, apart: apart(), idle: Mutex::default(), turns }
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
        let in_one = |browser| Screen::ALL.map(|screen| self.one(thing, facts, browser, screen, None, stop));
        std::thread::scope(|scope| {
            let browsers: Vec<_> = self.wanted.iter().map(|browser| scope.spawn(move || in_one(*browser))).collect();
            browsers.into_iter().flat_map(|visits| visits.join().into_iter().flatten()).collect()
        })
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
        if !self.installed.has(browser) {
            return broken_off(Unvisited::Missing);
        }
        let job = Job {
            // Its process works in the folder that we work in, where the path leads to the same file.
            app: Cow::Borrowed(thing),
            screen,
            platform: Platform::wanted_by(facts),
            // Steps are done again for their errors alone.
            barriers: steps.is_none() && self.looks_for_barriers(browser, screen),
            picture: self.pictures,
            steps,
        };
        let _turn = self.turns.take();
        // One that has this browser open already, if there is one.
        let idle = {
            let mut idle = locked(&self.idle);
            idle.iter().rposition(|worker| worker.browser == browser).map(|at| idle.swap_remove(at))
        };
        let worker = idle.map_or_else(|| self.worker(browser), Ok);
        let Ok(mut worker) = worker else { return broken_off(Unvisited::NotStarted) };
        match worker.visit(&job, stop) {
            Ok(visit) => {
                locked(&self.idle).push(worker);
                visit
            }
            Err(why) => broken_off(why),
        }
    }

    /// One window is enough, since what is looked for stands in the page: the first of a browser that can be asked beside it.
    fn looks_for_barriers(&self, browser: Browser, screen: Screen) -> bool {
        let first = self.wanted.iter().find(|wanted| **wanted != Browser::Webkit && self.installed.has(**wanted));
        screen == Screen::Desktop && first == Some(&browser)
    }

    fn worker(&self, browser: Browser) -> io::Result<Worker> {
        let folder = Folder::new()?;
        let mut command = match &self.apart {
            Some(apart) => {
                let mut command = Command::new("unshare");
                command.args(apart).args(["sh", "-c", APART, "sh"]).arg(&self.program);
                command
            }
            None => Command::new(&self.program),
        };
        command.arg("browse").stderr(Stdio::null());
        let mut process = Process::start(command)?;
        process.tell(&Setup { installed: self.installed.clone(), folder: folder.path().to_owned(), browser })?;
        Ok(Worker { browser, process, _folder: folder })
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

/// Lets so many visits be made at a time, and the others wait.
struct Turns {
    free: Mutex<usize>,
    given_back: Condvar,
}

/// The turn of one visit, as long as this is kept.
struct Turn<'a>(&'a Turns);

impl Turns {
    fn new(at_a_time: usize) -> Turns {
        Turns { free: Mutex::new(at_a_time.max(1)), given_back: Condvar::new() }
    }

    fn take(&self) -> Turn<'_> {
        let free = self.given_back.wait_while(locked(&self.free), |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Turn(self)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *locked(&self.0.free) += 1;
        self.0.given_back.notify_one();
    }
}

/// A process that opens apps in one browser. It ends before its folder goes: fields are dropped in their order.
struct Worker {
    browser: Browser,
    process: Process,
    _folder: Folder,
}

impl Worker {
    fn visit(&mut self, job: &Job<'_>, stop: Deadline) -> Result<Visit, Unvisited> {
        self.process.tell(job).map_err(|_| Unvisited::NotStarted)?;
        match self.process.answer(Deadline::at(Instant::now() + VISIT), stop) {
            Ok(line) => serde_json::from_str(&line).map_err(|_| Unvisited::NotStarted),
            Err(Silence::Ended) => Err(Unvisited::NotStarted),
            Err(Silence::Late) => Err(Unvisited::Hung),
            Err(Silence::Stopped) => Err(Unvisited::Time),
        }
    }
}

/// Where the data of a browser are. It goes with all that is in it, even while the last of the processes that are ending
/// still write to it, which is why a temporary folder alone does not do.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Folder> {
        let folder = Folder(tempfile::Builder::new().prefix("tekser-browse-").tempdir()?.keep());
        // Whom root turns browsers into has to get through to their data.
        #[cfg(unix)]
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711))?;
        Ok(folder)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        const FAREWELL: Duration = Duration::from_secs(3);

        let removed = || std::fs::remove_dir_all(&self.0).is_ok() || !self.0.exists();
        let until = Instant::now() + FAREWELL;
        while !removed() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(50));
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
    let mut open = Open { setup: &setup, server, display: None, browser: None };
    let worked = lines.try_for_each(|line| {
        let job: Job<'_> = serde_json::from_str(&line?)?;
        say(output, &open.visit(&job))
    });
    // Whoever asked may have ended without clearing up, in the middle of a visit too.
    drop(open);
    let _ = std::fs::remove_dir_all(&setup.folder);
    worked
}

/// The browser of one process.
struct Open<'a> {
    setup: &'a Setup,
    server: Server,
    display: Option<Display>,
    /// The browser, and how many visits were made in it.
    browser: Option<(Launched, u32)>,
}

impl Open<'_> {
    fn visit(&mut self, job: &Job<'_>) -> Visit {
        let fresh = self.browser.is_none();
        let visit = self.attempt(job);
        // A browser that did not even open a window may have been spoilt by the visit before.
        if visit.broke_off == Some(Unvisited::NotStarted) && !fresh { self.attempt(job) } else { visit }
    }

    fn attempt(&mut self, job: &Job<'_>) -> Visit {
        let mut seen = Visit::new(self.setup.browser, job.screen);
        let Ok(site) = Site::open(&job.app) else {
            seen.broke_off = Some(Unvisited::NoStartPage);
            return seen;
        };
        let (mut launched, visits) = match self.browser.take() {
            Some(running) => running,
            None => {
                let Setup { installed, folder, browser } = self.setup;
                let launcher = Launcher { installed, folder, proxy: self.server.proxy };
                // Chromium alone can do without a screen.
                if self.display.is_none() && *browser != Browser::Chromium {
                    self.display = launcher.display();
                }
                match launcher.launch(*browser, self.display.as_ref()) {
                    Ok(launched) => (launched, 0),
                    Err(why) => {
                        seen.broke_off = Some(why);
                        return seen;
                    }
                }
            }
        };
        let manner = Manner {
            platform: job.platform,
            barriers: job.barriers,
            picture: job.picture,
            steps: job.steps.as_deref(),
        };
        visit::visit(&mut launched.driver, &self.server, site, &manner, &mut seen);
        let sound = matches!(seen.broke_off, None | Some(Unvisited::NoStartPage));
        if sound && visits + 1 < LIFE {
            self.browser = Some((launched, visits + 1));
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_of_a_browser_is_what_it_will_be_before_the_browser_starts() {
        let way = apart().expect("tests run where a process may have a network of its own");
        let addresses = |wait: &str| {
            let look = format!("sleep {wait}; ip -o addr show dev v0; ip -o addr show dev v1");
            let seen = Command::new("unshare").args(&way).args(["sh", "-c", APART, "sh", "sh", "-c", &look]).output();
            String::from_utf8(seen.expect("unshare").stdout).expect("UTF-8")
        };
        let (at_once, later) = (addresses("0"), addresses("4"));
        assert!(at_once.contains("192.0.2.2"), "{at_once}");
        assert_eq!(at_once.lines().count(), later.lines().count(), "Chromium breaks off connections then: {later}");
    }
}
