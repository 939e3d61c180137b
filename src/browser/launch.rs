//! Which browsers are here, and how each is started: with a folder of its own for its data, without the sound, the updates
//! and the messages home that browsers have, and with a way to nowhere but this computer.

use std::io::{self, BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::drive::{ANSWER, Bidi, Classic, Driver};
use crate::facts::{Browser, Unvisited};

/// How long a program may take until it can be talked to.
const READY: Duration = Duration::from_secs(30);

/// Nobody's number, on every Linux. A browser of a server's root gets it, since it opens what strangers wrote.
const NOBODY: u32 = 65_534;

/// The programs that are here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Installed {
    chromium: Option<PathBuf>,
    chromedriver: Option<PathBuf>,
    firefox: Option<PathBuf>,
    webkit_driver: Option<PathBuf>,
    minibrowser: Option<PathBuf>,
    xvfb: Option<PathBuf>,
}

impl Installed {
    /// Looks for the programs with what finds one by its name.
    #[must_use]
    pub fn find(program: impl Fn(&str) -> Option<PathBuf>) -> Installed {
        let first = |names: &[&str]| names.iter().find_map(|name| program(name));
        // Debian keeps it where no search path leads.
        let lib = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/libexec"];
        let minibrowser = lib.iter().flat_map(|lib| {
            ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"]
                .map(|name| Path::new(lib).join(name).join("MiniBrowser"))
        });
        Installed {
            chromium: first(&["chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable"]),
            chromedriver: first(&["chromedriver"]),
            firefox: first(&["firefox-esr", "firefox"]),
            webkit_driver: first(&["WebKitWebDriver"]),
            minibrowser: minibrowser.into_iter().find(|path| path.is_file()),
            xvfb: first(&["Xvfb"]),
        }
    }

    /// All that is needed for a browser is here.
    #[must_use]
    pub fn has(&self, browser: Browser) -> bool {
        match browser {
            Browser::Chromium => self.chromium.is_some() && self.chromedriver.is_some(),
            Browser::Firefox => self.firefox.is_some() && self.xvfb.is_some(),
            Browser::Webkit => self.webkit_driver.is_some() && self.minibrowser.is_some() && self.xvfb.is_some(),
        }
    }

    /// What a browser is, with its number.
    #[must_use]
    pub fn version(&self, browser: Browser) -> Option<String> {
        let program = match browser {
            Browser::Chromium => &self.chromium,
            Browser::Firefox => &self.firefox,
            Browser::Webkit => return self.webkit().filter(|_| self.has(browser)),
        };
        let program = program.as_deref().filter(|_| self.has(browser))?;
        let said = Command::new(program).arg("--version").stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
        let said = String::from_utf8_lossy(&said.stdout).lines().next().unwrap_or_default().trim().to_owned();
        Some(said).filter(|said| !said.is_empty())
    }

    /// Its driver does not tell, and the browser itself only with a screen: the library that both use bears a number.
    fn webkit(&self) -> Option<String> {
        let folder = self.minibrowser.as_deref()?.parent()?;
        let name = folder.file_name()?.to_string_lossy();
        let number = |number: &str| folder.with_file_name(format!("lib{name}.so.{number}")).canonicalize().ok();
        let library = ["0", "4", "37"].into_iter().find_map(number);
        let library = library.as_deref().and_then(Path::file_name).map(|name| format!(" ({})", name.to_string_lossy()));
        Some(format!("WebKitGTK{}", library.unwrap_or_default()))
    }
}

/// How a browser is installed on Debian and Ubuntu.
#[must_use]
pub const fn installation(browser: Browser) -> &'static str {
    match browser {
        Browser::Chromium => "apt install chromium-headless-shell chromium-driver",
        Browser::Firefox => "apt install firefox-esr xvfb",
        Browser::Webkit => "apt install webkit2gtk-driver xvfb",
    }
}

/// A program that ends with what keeps it, and all that it started with it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A browser that runs.
pub(super) struct Launched {
    pub driver: Driver,
    _programs: Vec<Running>,
    _data: tempfile::TempDir,
}

/// A screen that nobody sees. Browsers want one, if only to draw in three dimensions.
pub(super) struct Display {
    name: String,
    _xvfb: Running,
}

/// What browsers are started with.
pub(super) struct Launcher<'a> {
    pub installed: &'a Installed,
    /// Where they may write.
    pub folder: &'a Path,
    /// The port of the proxy.
    pub proxy: u16,
}

impl Launcher<'_> {
    pub(super) fn display(&self) -> Option<Display> {
        let data = self.data().ok()?;
        let mut command = self.command(self.installed.xvfb.as_deref()?, data.path());
        command.args(["-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-displayfd", "1"]);
        let (xvfb, name) = said(command, Stream::Output, |line| line.trim().parse::<u32>().ok())?;
        Some(Display { name: format!(":{name}"), _xvfb: xvfb })
    }

    pub(super) fn launch(&self, browser: Browser, display: Option<&Display>) -> Result<Launched, Unvisited> {
        if !self.installed.has(browser) {
            return Err(Unvisited::Missing);
        }
        let data = self.data().map_err(|_| Unvisited::NotStarted)?;
        let launched = match browser {
            Browser::Chromium => self.chromium(data.path()),
            Browser::Firefox => self.firefox(data.path(), display),
            Browser::Webkit => self.webkit(data.path(), display),
        };
        let (driver, programs) = launched.ok_or(Unvisited::NotStarted)?;
        Ok(Launched { driver, _programs: programs, _data: data })
    }

    /// A folder for the data of one program.
    fn data(&self) -> io::Result<tempfile::TempDir> {
        let data = tempfile::tempdir_in(self.folder)?;
        give(data.path())?;
        Ok(data)
    }

    /// A command whose home is this folder, in a group of processes of its own, and that root does not run as root.
    fn command(&self, program: &Path, data: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(data).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        let config = data.join("config");
        // A locale by name: with `C`, WebKit tells apps that they are spoken to in the language `c`.
        command.env("HOME", data).env("TMPDIR", data).env("XDG_CONFIG_HOME", &config).env("XDG_CACHE_HOME", data);
        command.env("XDG_RUNTIME_DIR", data).env("LANG", "en_US.UTF-8").env("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            command.process_group(0);
            if rustix::process::getuid().is_root() {
                command.gid(NOBODY).uid(NOBODY);
            }
        }
        command
    }

    fn chromium(&self, data: &Path) -> Option<(Driver, Vec<Running>)> {
        let binary = self.installed.chromium.as_deref()?;
        let mut command = self.command(self.installed.chromedriver.as_deref()?, data);
        let port = free_port()?;
        command.arg(format!("--port={port}"));
        let driver = Running(command.spawn().ok()?);
        ready(port)?;
        let profile = data.join("profile");
        let mut arguments: Vec<String> = CHROMIUM.iter().map(|argument| (*argument).to_owned()).collect();
        arguments.push(format!("--proxy-server=http://127.0.0.1:{}", self.proxy));
        arguments.push(format!("--user-data-dir={}", profile.display()));
        let bidi = Bidi::of_chromedriver(port, &binary.display().to_string(), &arguments).ok()?;
        Some((Driver::Bidi(bidi), vec![driver]))
    }

    fn firefox(&self, data: &Path, display: Option<&Display>) -> Option<(Driver, Vec<Running>)> {
        let profile = data.join("profile");
        std::fs::create_dir(&profile).ok()?;
        let proxy = self.proxy;
        let mut settings = FIREFOX.to_owned();
        for kind in ["http", "ssl"] {
            settings.push_str(&format!("user_pref(\"network.proxy.{kind}\", \"127.0.0.1\");\n"));
            settings.push_str(&format!("user_pref(\"network.proxy.{kind}_port\", {proxy});\n"));
        }
        std::fs::write(profile.join("user.js"), settings).ok()?;
        give(&profile).ok()?;
        let mut command = self.command(self.installed.firefox.as_deref()?, data);
        command.args(["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"]).arg(&profile);
        command.arg("about:blank").env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1").env("MOZ_CRASHREPORTER_DISABLE", "1");
        command.env("DISPLAY", &display?.name);
        let waits = |line: &str| Some(line.split_once("WebDriver BiDi listening on ")?.1.trim().to_owned());
        let (firefox, url) = said(command, Stream::Error, waits)?;
        let bidi = Bidi::session(&format!("{url}/session")).ok()?;
        Some((Driver::Bidi(bidi), vec![firefox]))
    }

    fn webkit(&self, data: &Path, display: Option<&Display>) -> Option<(Driver, Vec<Running>)> {
        // Without its margins the window can be as narrow as a phone.
        let style = data.join("config").join("gtk-3.0");
        std::fs::create_dir_all(&style).ok()?;
        std::fs::write(style.join("gtk.css"), GTK).ok()?;
        let mut command = self.command(self.installed.webkit_driver.as_deref()?, data);
        let port = free_port()?;
        command.arg(format!("--port={port}")).arg("--host=127.0.0.1").env("DISPLAY", &display?.name);
        let driver = Running(command.spawn().ok()?);
        ready(port)?;
        let patience = ANSWER.as_millis() as u64;
        let wishes = json!({
            "browserName": "MiniBrowser", "pageLoadStrategy": "none", "unhandledPromptBehavior": "dismiss",
            "timeouts": {"script": patience, "pageLoad": patience},
            "webkitgtk:browserOptions": {
                "binary": self.installed.minibrowser.as_deref()?,
                "args": [
                    "--automation", format!("--proxy=http://127.0.0.1:{}", self.proxy),
                    "--ignore-host=127.0.0.1", "--ignore-host=localhost",
                ],
            },
        });
        Some((Driver::Classic(Classic::new(port, wishes)), vec![driver]))
    }
}

/// Lets whom root turns browsers into write in a folder.
fn give(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if rustix::process::getuid().is_root() {
        return std::os::unix::fs::chown(folder, Some(NOBODY), Some(NOBODY));
    }
    Ok(())
}

/// A port that nobody listens on.
fn free_port() -> Option<u16> {
    Some(TcpListener::bind(("127.0.0.1", 0)).ok()?.local_addr().ok()?.port())
}

/// Waits until somebody listens on a port.
fn ready(port: u16) -> Option<()> {
    let until = Instant::now() + READY;
    while Instant::now() < until {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}

#[derive(Clone, Copy)]
enum Stream {
    Output,
    Error,
}

/// Starts a program and waits for a line that says what is wanted.
fn said<T: Send + 'static>(
    mut command: Command,
    stream: Stream,
    wanted: impl Fn(&str) -> Option<T> + Send + 'static,
) -> Option<(Running, T)> {
    match stream {
        Stream::Output => command.stdout(Stdio::piped()),
        Stream::Error => command.stderr(Stdio::piped()),
    };
    let mut running = Running(command.spawn().ok()?);
    let pipe: Box<dyn io::Read + Send> = match stream {
        Stream::Output => Box::new(running.0.stdout.take()?),
        Stream::Error => Box::new(running.0.stderr.take()?),
    };
    let (sender, receiver) = mpsc::channel();
    // Reads to the end, because a program that cannot write stands still.
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if let Some(found) = wanted(&line) {
                let _ = sender.send(found);
            }
        }
    });
    let found = receiver.recv_timeout(READY).ok()?;
    Some((running, found))
}

const CHROMIUM: &[&str] = &[
    "--headless",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-extensions",
    "--disable-domain-reliability",
    "--metrics-recording-only",
    "--no-pings",
    "--disable-breakpad",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--use-fake-device-for-media-stream",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=1024",
    "--disable-features=OptimizationHints,Translate,MediaRouter,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,\
     LocalNetworkAccessChecks,NetworkTimeServiceQuerying",
];

const FIREFOX: &str = r#"user_pref("network.proxy.type", 1);
user_pref("network.proxy.no_proxies_on", "127.0.0.0/8, localhost");
user_pref("network.proxy.allow_bypass", false);
user_pref("network.proxy.failover_direct", false);
user_pref("network.dns.disablePrefetch", true);
user_pref("network.prefetch-next", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("media.peerconnection.ice.proxy_only", true);
user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
user_pref("app.update.enabled", false);
user_pref("app.update.auto", false);
user_pref("app.normandy.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.safebrowsing.downloads.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("browser.aboutConfig.showWarning", false);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.healthreport.uploadEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("dom.push.connection.enabled", false);
user_pref("dom.min_background_timeout_value", 4);
user_pref("geo.enabled", true);
user_pref("geo.provider.network.url", "data:application/json,{}");
user_pref("media.volume_scale", "0.0");
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("browser.download.dir", "/dev/null");
user_pref("dom.security.https_only_mode", false);
user_pref("dom.security.https_first", false);
"#;

const GTK: &str = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 4px; }\n";
