//! What was seen when an app was opened in a browser and worked with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Via;

/// A browser that apps are opened in, by its engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Browser {
    /// Chromium, which stands in for Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit as GTK has it, which stands in for Safari.
    Webkit,
}

impl Browser {
    /// Every browser.
    pub const ALL: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::Webkit];

    /// Its id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
            Browser::Webkit => "webkit",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "Chromium",
            Browser::Firefox => "Firefox",
            Browser::Webkit => "WebKit",
        }
    }

    /// The browser with this id.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Browser> {
        Browser::ALL.into_iter().find(|browser| browser.id() == id)
    }
}

/// The window that an app was opened in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Screen {
    /// A computer's.
    Desktop,
    /// As large as a phone's, with a phone's name and, where the browser can, touch.
    Phone,
}

impl Screen {
    /// Every window.
    pub const ALL: [Screen; 2] = [Screen::Desktop, Screen::Phone];

    /// Its id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Screen::Desktop => "desktop",
            Screen::Phone => "phone",
        }
    }
}

/// A window of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Window {
    /// The browser.
    pub browser: Browser,
    /// The screen that the window is as large as.
    pub screen: Screen,
}

/// Why a visit did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unvisited {
    /// The browser, or a program that drives it, is not installed.
    Missing,
    /// It is installed and did not start.
    NotStarted,
    /// The app has no start page.
    NoStartPage,
    /// The app did not answer any more, as in a loop without end.
    Hung,
    /// The browser ended while the app was open in it.
    Crashed,
    /// The page does not come to rest: it is loaded anew again and again, or cannot be asked anything.
    Restless,
    /// The time was up before the browser was asked.
    Time,
}

impl Unvisited {
    /// Its id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Unvisited::Missing => "missing",
            Unvisited::NotStarted => "not-started",
            Unvisited::NoStartPage => "no-start-page",
            Unvisited::Hung => "hung",
            Unvisited::Crashed => "crashed",
            Unvisited::Restless => "restless",
            Unvisited::Time => "time",
        }
    }

    /// The app is the cause.
    #[must_use]
    pub const fn is_of_app(self) -> bool {
        matches!(self, Unvisited::Hung | Unvisited::Crashed | Unvisited::Restless)
    }

    /// The machine or the day is the cause, and not the app.
    #[must_use]
    pub const fn is_passing(self) -> bool {
        matches!(self, Unvisited::Missing | Unvisited::NotStarted | Unvisited::Time)
    }
}

/// An app, opened in a browser: over HTTP from the computer itself, and without a way to the internet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// In which browser.
    pub browser: Browser,
    /// In which window.
    pub screen: Screen,
    /// Name and version of the browser, as it tells them; none if it did not start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Why the visit did not come to its end; what was seen until then is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broke_off: Option<Unvisited>,
    /// The title of the start page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The language that the start page says it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// There was anything to be seen when the page had come to rest; none if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<bool>,
    /// The smallest text that was to be seen, in CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_text: Option<f64>,
    /// What keeps people from seeing, hearing or operating the start page, by rule; none if nobody looked. It is looked for
    /// in one window of an app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barriers: Option<Vec<Barrier>>,
    /// The longest time in which the app let the browser do nothing else, in milliseconds, if it was more than 50 and the
    /// browser tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_task_ms: Option<u64>,
    /// Errors of scripts, by step and place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<RunError>,
    /// Files of the app that were asked for and are not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What was asked for outside the app, and refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<OutsideRequest>,
    /// What was done beyond showing and computing: data kept on the device, position asked for, windows opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Use>,
    /// What was done with the app after it was opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// The window when the page had come to rest, as JPEG in Base64, if somebody wants pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

impl Visit {
    /// A visit in which nothing was seen yet.
    #[must_use]
    pub fn new(browser: Browser, screen: Screen) -> Visit {
        Visit {
            browser,
            screen,
            version: None,
            broke_off: None,
            title: None,
            language: None,
            drawn: None,
            smallest_text: None,
            barriers: None,
            longest_task_ms: None,
            errors: Vec::new(),
            missing: Vec::new(),
            outside: Vec::new(),
            uses: Vec::new(),
            steps: Vec::new(),
            picture: None,
        }
    }

    /// The window in which it was.
    #[must_use]
    pub fn window(&self) -> Window {
        Window { browser: self.browser, screen: self.screen }
    }

    /// The app asked for something outside that may decide what it does: what comes of that here, where everything
    /// outside is refused, need not come elsewhere.
    #[must_use]
    pub fn was_held_back(&self) -> bool {
        self.outside.iter().any(|request| !matches!(request.via, Via::Image | Via::Font | Via::Style | Via::Icon))
    }
}

/// What kind of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// Nothing caught it.
    Uncaught,
    /// A promise failed, and nothing took notice.
    Rejection,
    /// The app wrote it to the console itself.
    Console,
}

/// An error of a script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunError {
    /// What kind of error it is.
    pub kind: ErrorKind,
    /// What the browser says.
    pub message: String,
    /// The file of the app in which it came; none if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line in that file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// The calls that led there, as the browser writes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<String>,
    /// The step in which it came; 0 is opening the app.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub step: u32,
    /// How often it came.
    pub count: u64,
}

/// Something outside the app that it asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutsideRequest {
    /// The address; of an encrypted connection of which nobody else told, the host and port.
    pub url: String,
    /// What for.
    pub via: Via,
    /// The file of the app that asked, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The step in which it was asked for first; 0 is opening the app.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub step: u32,
    /// How often it was asked for.
    pub count: u64,
}

/// Something in the start page that keeps people from seeing, hearing or operating it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Barrier {
    /// The rule of axe-core that it breaks, such as `color-contrast`.
    pub rule: String,
    /// The first element that breaks it, as a CSS selector.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// How that element begins in the page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub markup: String,
    /// How many elements break it.
    pub count: u64,
}

/// An interface of the browser that was used, or one that a learning platform has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Use {
    /// The interface, by its name in the standards: `localStorage`, `cookie`, `geolocation`.
    pub name: String,
    /// What for: the key that is kept, the text of a dialog, the address of a window.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The step in which it was used first; 0 is opening the app.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub step: u32,
}

/// What can be done with an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Pressing the mouse button on something.
    Click,
    /// Clicking something and typing a text.
    Type,
    /// Pressing and releasing a key.
    Key,
    /// Turning the mouse wheel.
    Scroll,
    /// Moving something with the mouse button pressed.
    Drag,
}

impl Action {
    /// Its id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Action::Click => "click",
            Action::Type => "type",
            Action::Key => "key",
            Action::Scroll => "scroll",
            Action::Drag => "drag",
        }
    }
}

/// Something that was done with an app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// What was done.
    pub action: Action,
    /// What with, as a CSS selector; the keys for keys.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// What a person sees there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Where in the window, in CSS pixels from the left and from above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<[i64; 2]>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
