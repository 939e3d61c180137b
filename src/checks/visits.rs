//! What the checks of apps share about visits in browsers: which were made, and why a question stays open without them.

use super::Opinion;
use crate::facts::{Browser, Facts, RunError, Screen, Unvisited, Visit, Window};
use crate::finding::{Arg, Message};

/// What Safari has and WebKit as GTK has it lacks (2.50, asked by a page), and how it refuses what wants a window that somebody
/// looks at. What fails for that reason says nothing of Safari.
const WEBKIT: [&str; 14] = [
    "RTCPeerConnection",
    "RTCSessionDescription",
    "RTCDataChannel",
    "webkitSpeechRecognition",
    "DeviceOrientationEvent",
    "DeviceMotionEvent",
    "PaymentRequest",
    "ApplePaySession",
    "RemotePlayback",
    "PushManager",
    "navigator.share",
    "navigator.storage",
    // Filling the screen.
    "InvalidStateError: The object is in an invalid state.",
    "Pointer lock requires the window to have focus",
];

/// The same for Chrome and Chromium without a window.
const CHROMIUM: [&str; 2] = ["navigator.share", "navigator.canShare"];

/// An error that comes from the engine that stands in for a browser, and not from the app.
pub(super) fn is_of_stand_in(visit: &Visit, error: &RunError) -> bool {
    let lacking = match visit.browser {
        Browser::Webkit => WEBKIT.as_slice(),
        Browser::Chromium => &CHROMIUM,
        Browser::Firefox => &[],
    };
    lacking.iter().any(|name| error.message.contains(name))
}

/// The visits in which an app was looked at to their end.
pub(super) fn sound(facts: &Facts) -> impl Iterator<Item = &Visit> {
    facts.file.visits.iter().filter(|visit| visit.broke_off.is_none())
}

/// Every window of every browser.
fn all() -> impl Iterator<Item = Window> {
    Browser::ALL.into_iter().flat_map(|browser| Screen::ALL.map(|screen| Window { browser, screen }))
}

/// The app was opened and worked with in every window of every browser.
pub(super) fn are_complete(facts: &Facts) -> bool {
    missing(facts, all()).is_empty() && facts.file.visits.iter().all(|visit| visit.broke_off.is_none())
}

/// The windows of these that the app was not opened in, each once.
fn missing(facts: &Facts, windows: impl Iterator<Item = Window>) -> Vec<Window> {
    let mut missing = Vec::new();
    for window in windows {
        let visited = facts.file.visits.iter().any(|visit| visit.window() == window);
        if !visited && !missing.contains(&window) {
            missing.push(window);
        }
    }
    missing
}

/// The windows of visits, as a list.
pub(super) fn windows<'a>(visits: impl IntoIterator<Item = &'a Visit>) -> Arg {
    Arg::Windows(visits.into_iter().map(Visit::window).collect())
}

/// Leaves the question open if no browser was asked, or if it was not the app that kept one from an answer.
pub(super) fn must_be_made(facts: &Facts, opinion: &mut Opinion) {
    if facts.file.visits.is_empty() {
        opinion.unchecked(Message::new("unchecked-needs-browser"));
        return;
    }
    let why = |visit: &Visit| visit.broke_off.filter(|why| !why.is_of_app());
    if let Some(first) = facts.file.visits.iter().find_map(why) {
        let visits = facts.file.visits.iter().filter(|visit| why(visit) == Some(first));
        opinion.unchecked(told("unchecked-visit", visits, first));
    }
}

/// The sentence with this id about visits that broke off for this reason.
pub(super) fn told<'a>(id: &'static str, visits: impl IntoIterator<Item = &'a Visit>, why: Unvisited) -> Message {
    Message::new(id).with("windows", windows(visits)).with("why", Arg::Unvisited(why))
}

/// Leaves the question open unless the app was opened in these windows.
pub(super) fn must_be_made_in(facts: &Facts, windows: impl Iterator<Item = Window>, opinion: &mut Opinion) {
    must_be_made(facts, opinion);
    let missing = missing(facts, windows);
    if !missing.is_empty() {
        opinion.unchecked(Message::new("unchecked-windows").with("windows", Arg::Windows(missing)));
    }
}

/// Leaves the question open unless the app was opened in every window of every browser, and worked with to the end.
pub(super) fn must_be_complete(facts: &Facts, opinion: &mut Opinion) {
    must_be_made_in(facts, all(), opinion);
    let mut broken = facts.file.visits.iter().filter_map(|visit| Some((visit, visit.broke_off?)));
    if let Some((visit, why)) = broken.next() {
        opinion.unchecked(told("unchecked-visit", [visit], why));
    }
}
