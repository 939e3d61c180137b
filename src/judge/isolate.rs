//! Submissions measured in processes of their own, so that one on which the program breaks down costs no other: a stack that
//! overflows, memory that runs out, a decoder that does not come to an end. What a panic is inside a process
//! ([`run`](super::run)), the end of a process is here.

use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::run::{Manner, STACK};
use crate::facts::{Facts, Unread};
use crate::intake::Submission;
use crate::locked;
use crate::probe::Deadline;
use crate::process::{Process, Silence, path};

/// How long after its time a process is waited for. What looks at the clock has long ended then.
const GRACE: Duration = Duration::from_secs(10);

/// What a process that measures has to know first.
#[derive(Serialize, Deserialize)]
pub struct Setup {
    /// What is measured.
    pub manner: Manner,
    /// Time a submission may take.
    pub time: Duration,
    /// Threads of one process; 0 for as many as there are cores.
    pub jobs: usize,
    /// Bytes of memory that one process may have.
    pub memory: u64,
    /// Address of the daemon that looks for malware, if there is one.
    pub clamd: Option<String>,
    /// Files of rules of the organizer's own.
    pub yara: Vec<Rules>,
}

/// A file of rules.
#[derive(Serialize, Deserialize)]
pub struct Rules(#[serde(with = "path")] pub PathBuf);

impl Setup {
    /// Makes the system keep this process within its memory, where the system can.
    ///
    /// # Errors
    /// The system does not.
    pub fn confine(&self, threads: usize) -> io::Result<()> {
        // Stacks of threads count as memory that is taken, though hardly any of it ever is.
        let most = self.memory.saturating_add(threads as u64 * STACK as u64);
        #[cfg(not(unix))]
        let _ = most;
        #[cfg(unix)]
        {
            use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

            let before = getrlimit(Resource::Data);
            let most = before.maximum.map_or(most, |maximum| maximum.min(most));
            setrlimit(Resource::Data, Rlimit { current: Some(most), maximum: before.maximum })?;
        }
        Ok(())
    }
}

/// Measures in processes of their own.
pub struct Isolated {
    program: PathBuf,
    setup: Setup,
    idle: Mutex<Vec<Process>>,
}

impl Isolated {
    /// `program` is this program, whose command `measure` answers every submission with its facts.
    #[must_use]
    pub fn new(program: PathBuf, setup: Setup) -> Isolated {
        Isolated { program, setup, idle: Mutex::default() }
    }

    /// Measures a submission, unless `stop` comes before.
    ///
    /// # Errors
    /// The process broke down, could not be started, or did not come to an end.
    pub(super) fn measure(&self, submission: &Submission, stop: Deadline) -> Result<Facts, Unread> {
        let process = self.asked(submission).map_err(|_| Unread::Crashed)?;
        let until = Instant::now().checked_add(self.setup.time).and_then(|until| until.checked_add(GRACE));
        match process.answer(until.map_or(Deadline::never(), Deadline::at), stop) {
            Ok(line) => {
                locked(&self.idle).push(process);
                serde_json::from_str(&line).map_err(|_| Unread::Crashed)
            }
            Err(Silence::Late | Silence::Stopped) => Err(Unread::Time),
            Err(Silence::Ended) => Err(Unread::Crashed),
        }
    }

    /// A process that has been given the submission. One that has ended while it had nothing to do is replaced.
    fn asked(&self, submission: &Submission) -> io::Result<Process> {
        let idle = locked(&self.idle).pop();
        if let Some(mut process) = idle
            && process.tell(submission).is_ok()
        {
            return Ok(process);
        }
        let mut command = Command::new(&self.program);
        command.arg("measure").stderr(Stdio::inherit());
        let mut process = Process::start(command)?;
        process.tell(&self.setup)?;
        process.tell(submission)?;
        Ok(process)
    }
}
