//! What the checks of apps share about visits in browsers: which were made, and why a question stays open without them.

use super::Opinion;
use crate::facts::{Browser, Facts, RunError, Screen, Unvisited, Visit, Window};
use crate::finding::{Arg, Message};

/// What Safari has and WebKit as GTK has it lacks (2.50, asked by a page). What fails for want of it says nothing of Safari.
const LACKING: [&str; 12] = [
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
];

/// An error that comes from the engine that stands in for a browser, and not from the app.
pub(super) fn is_of_stand_in(visit: &Visit, error: &RunError) -> bool {
    visit.browser == Browser::Webkit && LACKING.iter().any(|name| error.message.contains(name))
}

/// The visits in which an app was looked at to their end.
pub(super) fn sound(facts: &Facts) -> impl Iterator<Item = &Visit> {
    facts.file.visits.iter().filter(|visit| visit.broke_off.is_none())
}

/// The app was opened and worked with in every window of every browser.
pub(super) fn are_complete(facts: &Facts) -> bool {
    missing(facts).is_empty() && facts.file.visits.iter().all(|visit| visit.broke_off.is_none())
}

/// The windows that the app was not opened in.
fn missing(facts: &Facts) -> Vec<Window> {
    let windows =
        Browser::ALL.iter().flat_map(|browser| Screen::ALL.map(|screen| Window { browser: *browser, screen }));
    windows.filter(|window| !facts.file.visits.iter().any(|visit| visit.window() == *window)).collect()
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
    let why = |visit: &Visit| visit.broke_off.filter(|why| why.is_passing() || *why == Unvisited::NoStartPage);
    if let Some(first) = facts.file.visits.iter().find_map(why) {
        let visits = facts.file.visits.iter().filter(|visit| why(visit) == Some(first));
        let message = Message::new("unchecked-visit").with("windows", windows(visits));
        opinion.unchecked(message.with("why", Arg::Unvisited(first)));
    }
}

/// Leaves the question open unless the app was opened in every window of every browser.
pub(super) fn must_be_complete(facts: &Facts, opinion: &mut Opinion) {
    must_be_made(facts, opinion);
    let missing = missing(facts);
    if !missing.is_empty() {
        opinion.unchecked(Message::new("unchecked-windows").with("windows", Arg::Windows(missing)));
    }
}
