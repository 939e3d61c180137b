//! Processes of this program that work for it. Each is asked in lines of JSON, answers each line with one, and ends when
//! nobody asks any more.

#![expect(clippy::disallowed_methods, reason = "what a process answers is waited for on a thread")]

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::probe::Deadline;

/// How often it is looked whether an answer is still wanted.
const OFTEN: Duration = Duration::from_millis(200);

/// How long a process may take to clear up.
const FAREWELL: Duration = Duration::from_secs(3);

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// The process has ended, or never began.
    Ended,
    /// It has had its time.
    Late,
    /// Nobody wants the answer any more.
    Stopped,
}

/// A process that is running. Whoever drops it ends it.
pub(crate) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<String>,
}

impl Process {
    /// Starts a process; where its errors go is for the caller to say.
    pub(crate) fn start(mut command: Command) -> io::Result<Process> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        // Ctrl-C at the terminal is for the program, which ends this one.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (sender, answers) = mpsc::channel();
        let process = Process { child, input, answers };
        let output = output.ok_or(io::ErrorKind::BrokenPipe)?;
        // Ends with the process.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(process)
    }

    /// Says a line to it.
    pub(crate) fn tell(&mut self, what: &impl Serialize) -> io::Result<()> {
        say(self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?, what)
    }

    /// Waits for its next line.
    pub(crate) fn answer(&self, until: Deadline, stop: Deadline) -> Result<String, Silence> {
        loop {
            match self.answers.recv_timeout(OFTEN) {
                Ok(line) => return Ok(line),
                Err(RecvTimeoutError::Disconnected) => return Err(Silence::Ended),
                Err(RecvTimeoutError::Timeout) if stop.is_over() => return Err(Silence::Stopped),
                Err(RecvTimeoutError::Timeout) if until.is_over() => return Err(Silence::Late),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends when nobody asks it for anything any more.
        drop(self.input.take());
        let until = Instant::now() + FAREWELL;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Says a line.
pub(crate) fn say(to: &mut dyn Write, what: &impl Serialize) -> io::Result<()> {
    to.write_all(&crate::json_line(what)?)?;
    to.flush()
}

/// A path in JSON: a text, or, if it is none, as the system has it.
pub(crate) mod path {
    use std::ffi::{OsStr, OsString};
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize)]
    #[serde(untagged)]
    enum Written<'a> {
        Text(&'a str),
        Raw(&'a OsStr),
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Read {
        Text(String),
        Raw(OsString),
    }

    pub(crate) fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
        path.to_str().map_or(Written::Raw(path.as_os_str()), Written::Text).serialize(serializer)
    }

    pub(crate) fn deserialize<'a, D: Deserializer<'a>>(deserializer: D) -> Result<PathBuf, D::Error> {
        Ok(match Read::deserialize(deserializer)? {
            Read::Text(text) => text.into(),
            Read::Raw(raw) => raw.into(),
        })
    }
}
