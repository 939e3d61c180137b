//! ClamAV's daemon, asked with `INSTREAM`: the bytes go out in pieces, each behind its length, and one line comes back.
//!
//! The protocol is written out here, because `clamav-client` has no time-outs and hands back the line as it came: what
//! is wanted is mostly what to do when the scanner hangs, breaks off or has had enough.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::facts::{Scan, Unscanned};
use crate::probe::{Deadline, Scanner};
use crate::source::{Source, fill};

/// Bytes sent at a time.
const PIECE: usize = 64 * 1024;

/// A scanner that is there is reached sooner.
const CONNECT: Duration = Duration::from_secs(3);

/// How long the scanner may be silent, or take nothing. Three times that is less than a submission may take.
const ANSWER: Duration = Duration::from_secs(30);

/// How much longer it may be silent for every MiB that it has to look at.
const ANSWER_PER_MIB: Duration = Duration::from_secs(1);

/// Longest answer that is read; signatures have names of some tens of bytes.
const REPLY: usize = 4096;

/// Failures in a row after which the scanner is taken to be down for the rest of the run.
const PATIENCE: u32 = 3;

/// A clamd at an address. It is asked anew, on a connection of its own, for every file.
pub struct Clamd {
    address: Address,
    /// Failures in a row, and what the last one was.
    failures: Mutex<(u32, Unscanned)>,
}

enum Address {
    /// None if the name of the host is not known.
    Tcp(Vec<SocketAddr>),
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

impl Clamd {
    /// The clamd at `host:port`, `tcp://host:port`, or, where there are Unix sockets, at a path or `unix:/path`; none if
    /// the address is of no such form. Nobody is asked yet.
    #[must_use]
    pub fn at(address: &str) -> Option<Clamd> {
        let address = if let Some(tcp) = address.strip_prefix("tcp://") {
            tcp_address(tcp)?
        } else if let Some(path) = address.strip_prefix("unix:") {
            unix_address(path)?
        } else if address.contains('/') {
            unix_address(address)?
        } else {
            tcp_address(address)?
        };
        Some(Clamd { address, failures: Mutex::new((0, Unscanned::Unreachable)) })
    }

    fn connect(&self, deadline: Deadline) -> Result<Box<dyn Wire>, Unscanned> {
        match &self.address {
            Address::Tcp(addresses) => {
                let connect = |address| TcpStream::connect_timeout(address, within(CONNECT, deadline));
                let stream = addresses.iter().find_map(|address| connect(address).ok());
                let stream = stream.ok_or(Unscanned::Unreachable)?;
                // The end of a small file would else wait for the other side to confirm its beginning.
                let _ = stream.set_nodelay(true);
                Ok(Box::new(stream))
            }
            #[cfg(unix)]
            Address::Unix(path) => match std::os::unix::net::UnixStream::connect(path) {
                Ok(stream) => Ok(Box::new(stream)),
                Err(_) => Err(Unscanned::Unreachable),
            },
        }
    }

    fn ask(&self, bytes: &dyn Source, deadline: Deadline) -> Result<Scan, Unscanned> {
        let mut wire = self.connect(deadline)?;
        let sent = send(&mut *wire, bytes, deadline);
        if let Err(why @ (Unscanned::Time | Unscanned::ReadError)) = sent {
            return Err(why);
        }
        // A scanner that wants no more says so and closes: the answer is there although not all could be sent.
        let mib = u32::try_from(bytes.size() >> 20).unwrap_or(u32::MAX);
        let patience = ANSWER.saturating_add(ANSWER_PER_MIB.saturating_mul(mib));
        let scan = understood(&receive(&mut *wire, within(patience, deadline))?);
        if scan == Scan::Clean { sent.map(|()| scan) } else { Ok(scan) }
    }

    /// Counts failures in a row.
    fn remember(&self, failure: Option<Unscanned>) {
        let mut failures = crate::locked(&self.failures);
        *failures = failure.map_or((0, failures.1), |why| (failures.0.saturating_add(1), why));
    }

    /// Why the scanner is not asked any more.
    fn given_up(&self) -> Option<Unscanned> {
        let (count, why) = *crate::locked(&self.failures);
        (count >= PATIENCE).then_some(why)
    }
}

impl Scanner for Clamd {
    fn scan(&self, bytes: &dyn Source, deadline: Deadline) -> Scan {
        if deadline.is_over() {
            return Scan::NotScanned(Unscanned::Time);
        }
        if let Some(why) = self.given_up() {
            return Scan::NotScanned(why);
        }
        let scan = self.ask(bytes, deadline).unwrap_or_else(Scan::NotScanned);
        self.remember(match scan {
            Scan::NotScanned(why @ (Unscanned::Unreachable | Unscanned::Lost | Unscanned::Time)) => Some(why),
            _ => None,
        });
        scan
    }

    fn engine(&self) -> Option<String> {
        let ask = || {
            let mut wire = self.connect(Deadline::never())?;
            wire.wait(ANSWER).and_then(|()| wire.write_all(b"zVERSION\0")).map_err(|error| reason(&error))?;
            receive(&mut *wire, ANSWER)
        };
        let answer = ask();
        self.remember(answer.as_ref().err().copied());
        answer.ok().map(|text| tidy(&text)).filter(|text| text.starts_with("ClamAV"))
    }
}

fn tcp_address(text: &str) -> Option<Address> {
    let (host, port) = text.rsplit_once(':')?;
    let port: u16 = port.parse().ok().filter(|port| *port > 0)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() || host.contains('/') {
        return None;
    }
    // A name that nobody knows now is a scanner that cannot be reached, as if it were down.
    Some(Address::Tcp((host, port).to_socket_addrs().map_or(Vec::new(), Iterator::collect)))
}

#[cfg(unix)]
fn unix_address(path: &str) -> Option<Address> {
    (!path.is_empty()).then(|| Address::Unix(path.into()))
}

#[cfg(not(unix))]
fn unix_address(_path: &str) -> Option<Address> {
    None
}

/// A connection of either kind.
trait Wire: Read + Write {
    /// How long a single call may wait from now on.
    fn wait(&self, time: Duration) -> io::Result<()>;
}

impl Wire for TcpStream {
    fn wait(&self, time: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(time)).and_then(|()| self.set_write_timeout(Some(time)))
    }
}

#[cfg(unix)]
impl Wire for std::os::unix::net::UnixStream {
    fn wait(&self, time: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(time)).and_then(|()| self.set_write_timeout(Some(time)))
    }
}

/// `time`, or what the deadline leaves of it; never nothing, which sockets refuse.
fn within(time: Duration, deadline: Deadline) -> Duration {
    time.min(deadline.left().unwrap_or(time)).max(Duration::from_millis(1))
}

fn reason(error: &io::Error) -> Unscanned {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => Unscanned::Time,
        _ => Unscanned::Lost,
    }
}

/// Sends everything, a piece at a time.
fn send(wire: &mut dyn Wire, bytes: &dyn Source, deadline: Deadline) -> Result<(), Unscanned> {
    let mut out = b"zINSTREAM\0".to_vec();
    let mut piece = vec![0; usize::try_from(bytes.size()).map_or(PIECE, |size| size.clamp(1, PIECE))];
    let mut offset = 0;
    loop {
        let count = fill(bytes, offset, &mut piece).map_err(|_| Unscanned::ReadError)?;
        offset += count as u64;
        // A length of zero ends the stream.
        out.extend((count as u32).to_be_bytes());
        out.extend(&piece[..count]);
        if deadline.is_over() {
            return Err(Unscanned::Time);
        }
        wire.wait(within(ANSWER, deadline)).and_then(|()| wire.write_all(&out)).map_err(|error| reason(&error))?;
        out.clear();
        if count == 0 {
            // A file that became shorter meanwhile was not scanned whole.
            return if offset == bytes.size() { Ok(()) } else { Err(Unscanned::ReadError) };
        }
    }
}

/// The answer, without the zero that ends it.
fn receive(wire: &mut dyn Wire, patience: Duration) -> Result<String, Unscanned> {
    let start = Instant::now();
    let mut reply = Vec::new();
    let mut piece = [0; 512];
    loop {
        let left = patience.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Err(Unscanned::Time);
        }
        let count = match wire.wait(left).and_then(|()| wire.read(&mut piece)) {
            Ok(0) => return Err(Unscanned::Lost),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(reason(&error)),
        };
        reply.extend_from_slice(&piece[..count]);
        if let Some(end) = reply.iter().position(|byte| *byte == 0) {
            return Ok(String::from_utf8_lossy(&reply[..end]).into_owned());
        }
        if reply.len() > REPLY {
            return Err(Unscanned::NotUnderstood);
        }
    }
}

/// What an answer to `INSTREAM` means.
fn understood(reply: &str) -> Scan {
    let reply = reply.trim();
    let not = Scan::NotScanned;
    if reply == "stream: OK" {
        return Scan::Clean;
    }
    if reply.ends_with("ERROR") {
        let too_large = reply.contains("size limit exceeded");
        return not(if too_large { Unscanned::TooLarge } else { Unscanned::Failed });
    }
    let name = reply.strip_prefix("stream: ").and_then(|rest| rest.strip_suffix(" FOUND"));
    match name.map(tidy).filter(|name| !name.is_empty()) {
        // Not what was found, but what was not looked at.
        Some(name) if name.starts_with("Heuristics.Limits.Exceeded") => not(Unscanned::ScannerLimit),
        Some(name) if name.starts_with("Heuristics.Encrypted") => not(Unscanned::Encrypted),
        Some(name) => Scan::Found(name),
        None => not(Unscanned::NotUnderstood),
    }
}

/// Words of another program, fit to be shown.
fn tidy(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_four_forms() {
        for good in ["127.0.0.1:3310", "tcp://localhost:3310", "[::1]:3310"] {
            assert!(Clamd::at(good).is_some(), "{good}");
        }
        for good in ["/run/clamav/clamd.ctl", "unix:/run/clamav/clamd.ctl", "./clamd.ctl"] {
            assert_eq!(Clamd::at(good).is_some(), cfg!(unix), "{good}");
        }
        for bad in ["", "localhost", ":3310", "localhost:", "localhost:0", "localhost:70000", "http://a:1", "unix:"] {
            let unix = cfg!(unix) && bad.contains('/');
            assert_eq!(Clamd::at(bad).is_some(), unix, "{bad}");
        }
    }

    #[test]
    fn every_answer_means_one_thing() {
        let not = Scan::NotScanned;
        for (reply, scan) in [
            ("stream: OK", Scan::Clean),
            ("stream: Win.Test-1 FOUND", Scan::Found("Win.Test-1".to_owned())),
            ("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", not(Unscanned::ScannerLimit)),
            ("stream: Heuristics.Encrypted.Zip FOUND", not(Unscanned::Encrypted)),
            ("INSTREAM size limit exceeded. ERROR", not(Unscanned::TooLarge)),
            ("stream: Can't allocate memory ERROR", not(Unscanned::Failed)),
            ("stream:  FOUND", not(Unscanned::NotUnderstood)),
            ("OK", not(Unscanned::NotUnderstood)),
            ("HTTP/1.1 400 Bad Request", not(Unscanned::NotUnderstood)),
            ("", not(Unscanned::NotUnderstood)),
        ] {
            assert_eq!(understood(reply), scan, "{reply}");
        }
    }
}
