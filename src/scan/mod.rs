//! Malware scanners: programs of their own that are asked over a socket. Nothing else in the library opens one.

#![expect(clippy::disallowed_methods, reason = "this is the room that talks to scanners")]

mod clamd;

pub use clamd::Clamd;
