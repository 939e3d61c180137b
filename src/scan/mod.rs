//! What others know: scanners for malware, which are programs of their own and asked over a socket, rules that an organizer
//! brings, and services on which files are shared. Nothing else in the library opens a socket.

#![expect(clippy::disallowed_methods, reason = "this is the room that talks to others")]

mod clamd;
mod online;
mod yara;

pub use clamd::Clamd;
pub use online::Online;
pub use yara::Yara;
