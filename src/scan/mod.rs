//! What looks for malware: scanners, which are programs of their own and asked over a socket, and rules that an organizer
//! brings. Nothing else in the library opens a socket.

#![expect(clippy::disallowed_methods, reason = "this is the room that talks to scanners")]

mod clamd;
mod yara;

pub use clamd::Clamd;
pub use yara::Yara;
