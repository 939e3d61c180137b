//! `ffmpeg` and `ffprobe` at work, as processes apart: no name of a file is taken for an option or an address, and nothing but
//! files is opened.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::{Input, Recipe, Stream};

/// How often it is looked whether to stop.
const LOOK: Duration = Duration::from_millis(200);

/// Bytes kept of what a program complains about.
const COMPLAINT: u64 = 64 * 1024;

/// Quieter than this, for as long, is a pause.
const PAUSES: &str = "silencedetect=noise=-38dB:duration=0.6";

/// The two programs.
pub struct Ffmpeg {
    ffmpeg: PathBuf,
    ffprobe: PathBuf,
    /// Ends a process with the one that started it, where a system has that.
    setpriv: Option<PathBuf>,
}

/// Why a file was not converted.
#[derive(Debug)]
pub enum Failed {
    /// The program says why.
    Refused(String),
    /// Somebody pressed Ctrl-C.
    Stopped,
    /// It could not be run.
    Io(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Failed {
        Failed::Io(error)
    }
}

impl Ffmpeg {
    /// Both programs, if they are here.
    pub fn find(find: impl Fn(&str) -> Option<PathBuf>) -> Option<Ffmpeg> {
        Some(Ffmpeg { ffmpeg: find("ffmpeg")?, ffprobe: find("ffprobe")?, setpriv: find("setpriv") })
    }

    /// `ffmpeg`, to be given arguments.
    fn command(&self) -> Command {
        let Some(setpriv) = &self.setpriv else { return Command::new(&self.ffmpeg) };
        let mut command = Command::new(setpriv);
        command.args(["--pdeathsig", "KILL"]).arg(&self.ffmpeg);
        command
    }

    /// What is in a file.
    ///
    /// # Errors
    /// It holds nothing that could be converted.
    pub fn probe(&self, file: &Path) -> Result<Input, Failed> {
        let mut command = Command::new(&self.ffprobe);
        command.args(["-v", "error", "-protocol_whitelist", "file", "-show_streams", "-show_format", "-of", "json"]);
        let output = command.arg(plain(file)?).stdin(Stdio::null()).output()?;
        if !output.status.success() {
            return Err(Failed::Refused(last_lines(&output.stderr)));
        }
        let mut input: Input =
            serde_json::from_slice(&output.stdout).map_err(|error| Failed::Refused(error.to_string()))?;
        input.tones = input.picture().is_some_and(Stream::is_bright) && self.has_filter("zscale");
        Ok(input)
    }

    /// It was built with this filter.
    fn has_filter(&self, name: &str) -> bool {
        let mut command = Command::new(&self.ffmpeg);
        let output = command.args(["-v", "error", "-filters"]).stdin(Stdio::null()).output();
        output.is_ok_and(|output| {
            String::from_utf8_lossy(&output.stdout).split_ascii_whitespace().any(|word| word == name)
        })
    }

    /// Converts `file` into `out`, which is written over. `scratch` is a folder for what one pass tells the next;
    /// `progress` is told the share that is done.
    ///
    /// # Errors
    /// `ffmpeg` cannot do it, or was stopped.
    pub fn convert(
        &self,
        file: &Path,
        recipe: &Recipe,
        seconds: Option<f64>,
        (out, scratch): (&Path, &Path),
        progress: &dyn Fn(f64),
        stop: &AtomicBool,
    ) -> Result<(), Failed> {
        let passes = f64::from(recipe.passes);
        for pass in 1..=recipe.passes {
            let mut command = self.command();
            command.args(["-nostdin", "-v", "error", "-progress", "pipe:1", "-y", "-protocol_whitelist", "file"]);
            command.arg("-i").arg(plain(file)?).args(&recipe.arguments);
            if recipe.passes > 1 {
                command.args(["-pass", &pass.to_string(), "-passlogfile"]).arg(scratch.join("pass"));
            }
            if pass < recipe.passes {
                command.args(["-an", "-f", "null", "-"]);
            } else {
                command.arg(plain(out)?);
            }
            let done = |at: f64| {
                let share = seconds.filter(|seconds| *seconds > 0.0).map_or(0.0, |seconds| (at / seconds).min(1.0));
                progress((f64::from(pass - 1) + share) / passes);
            };
            run(&mut command, &done, stop)?;
        }
        Ok(())
    }

    /// The middle of each pause in the sound of a file, in seconds.
    #[must_use]
    pub fn pauses(&self, file: &Path) -> Vec<f64> {
        let heard = || -> io::Result<String> {
            let mut command = self.command();
            command.args(["-nostdin", "-hide_banner", "-protocol_whitelist", "file", "-i"]).arg(plain(file)?);
            command.args(["-map", "0:a:0", "-af", PAUSES, "-f", "null", "-"]).stdin(Stdio::null());
            Ok(String::from_utf8_lossy(&command.output()?.stderr).into_owned())
        };
        let heard = heard().unwrap_or_default();
        let after = |line: &str, word: &str| -> Option<f64> {
            line.split_once(word)?.1.split_ascii_whitespace().next()?.parse().ok()
        };
        let ends =
            heard.lines().filter_map(|line| Some((after(line, "silence_end: ")?, after(line, "silence_duration: ")?)));
        ends.map(|(end, length)| end - length / 2.0).collect()
    }
}

/// A path that is taken for nothing else.
fn plain(path: &Path) -> io::Result<OsString> {
    let mut name = OsString::from("file:");
    name.push(std::path::absolute(path)?);
    Ok(name)
}

/// Runs `ffmpeg` to its end.
fn run(command: &mut Command, progress: &dyn Fn(f64), stop: &AtomicBool) -> Result<(), Failed> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (Some(output), Some(error)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(io::Error::from(io::ErrorKind::BrokenPipe).into());
    };
    let complaint = std::thread::spawn(move || {
        let mut error = error;
        let mut said = Vec::new();
        let read = (&mut error).take(COMPLAINT).read_to_end(&mut said);
        // What comes later is not kept, but whoever says it must not be kept waiting.
        let _ = read.and_then(|_| io::copy(&mut error, &mut io::sink()));
        said
    });
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    loop {
        match lines.recv_timeout(LOOK) {
            Ok(line) => {
                let at = line.strip_prefix("out_time_us=").and_then(|at| at.parse::<f64>().ok());
                at.into_iter().for_each(|at| progress(at / 1e6));
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if stop.load(Ordering::Relaxed) {
            end(&mut child);
            return Err(Failed::Stopped);
        }
    }
    let status = child.wait()?;
    let said = complaint.join().unwrap_or_default();
    if status.success() { Ok(()) } else { Err(Failed::Refused(last_lines(&said))) }
}

fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

/// The end of what a program said.
fn last_lines(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(2)..].join("; ").chars().take(300).collect()
}
