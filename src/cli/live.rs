//! What is shown while a run goes on: a bar on standard error for a person who waits, and the report itself, as far as its
//! form can be written before the end.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::intake::Submission;
use crate::judge::run::Watch;
use crate::judge::{Counts, Examined};
use crate::locale::{Locale, harmless};
use crate::locked;
use crate::profile::Profile;
use crate::report::document::submission;
use crate::report::{Document, Stream};

/// A run shorter than this shows no progress.
const QUIET: Duration = Duration::from_secs(1);

/// A submission that takes longer than this is named.
const SLOW: Duration = Duration::from_secs(3);

/// Letters of the bar.
const WIDTH: usize = 24;

/// Letters of a name that are shown.
const LETTERS: usize = 40;

/// Set when the run is to end: somebody pressed Ctrl-C, or nobody reads the report any more.
pub(super) static STOP: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C end the run with a report of what was done, and a second one end it at once.
pub(super) fn stop_on_interrupt(locale: &Locale) {
    let notice = locale.plain("stopping");
    let stop = move || {
        if STOP.swap(true, Ordering::Relaxed) {
            // The exit status of a program that an interrupt ended.
            #[expect(clippy::exit, reason = "who presses Ctrl-C twice does not want to wait for anything")]
            std::process::exit(130);
        }
        let _ = writeln!(io::stderr(), "\n{notice}");
    };
    // Where there is no way to do it, Ctrl-C ends the program as it ends any other.
    let _ = ctrlc::set_handler(stop);
}

/// What is known of a run that goes on.
#[derive(Default)]
struct Known {
    counts: Counts,
    /// Submissions that are being measured, and since when.
    under_way: BTreeMap<usize, (String, Instant)>,
}

/// The report that is written meanwhile.
struct Streaming<'a> {
    stream: Box<dyn Stream + Send>,
    head: Document<'a>,
    out: &'a mut (dyn Write + Send),
    /// Why it could not be written any more.
    broken: Option<io::Error>,
}

/// Follows a run.
pub(super) struct Live<'a> {
    profile: &'a Profile,
    locale: &'a Locale,
    bar: ProgressBar,
    known: Arc<Mutex<Known>>,
    streaming: Mutex<Option<Streaming<'a>>>,
    /// The run has no other end than to be read as it goes.
    only_stream: bool,
}

impl<'a> Live<'a> {
    pub(super) fn new(total: usize, profile: &'a Profile, locale: &'a Locale) -> Live<'a> {
        // Nothing is drawn, and no thread runs for it, where nobody looks.
        let target = match io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let known = Arc::<Mutex<Known>>::default();
        let (shown, what) = (Arc::clone(&known), locale.plain("progress"));
        let style = ProgressStyle::with_template("{all}").unwrap_or_else(|_| ProgressStyle::default_bar());
        let style = style.with_key("all", move |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = draw(&what, state, &locked(&shown), out);
        });
        let bar = ProgressBar::with_draw_target(Some(total as u64), target).with_style(style);
        // A large file does not make one think that the program hangs.
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(250));
        }
        Live { profile, locale, bar, known, streaming: Mutex::new(None), only_stream: false }
    }

    /// Has the report written as the submissions come in. `only` says that nobody else wants to know of them.
    pub(super) fn stream(
        mut self,
        mut stream: Box<dyn Stream + Send>,
        head: Document<'a>,
        out: &'a mut (dyn Write + Send),
        only: bool,
    ) -> io::Result<Live<'a>> {
        stream.begin(&head, self.locale, out)?;
        self.streaming = Mutex::new(Some(Streaming { stream, head, out, broken: None }));
        self.only_stream = only;
        Ok(self)
    }

    /// Writes what stands at the end of the report, if it was written meanwhile.
    pub(super) fn finish(&self, document: &Document<'_>) -> io::Result<()> {
        let mut streaming = locked(&self.streaming);
        let Some(Streaming { stream, out, broken, .. }) = &mut *streaming else { return Ok(()) };
        match broken.take() {
            Some(error) => Err(error),
            None => stream.end(document, self.locale, out),
        }
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// How far the run is, what came out so far, and what takes long; nothing while it is too early to wonder.
fn draw(what: &str, state: &ProgressState, known: &Known, out: &mut dyn fmt::Write) -> fmt::Result {
    if state.elapsed() < QUIET {
        return Ok(());
    }
    let done = (state.fraction() * WIDTH as f32) as usize;
    write!(out, "{what} {}{} ", "█".repeat(done.min(WIDTH)), "░".repeat(WIDTH.saturating_sub(done)))?;
    write!(out, "{}/{} ", state.pos(), state.len().unwrap_or_default())?;
    write!(out, "{:#} (~{:#}) ", HumanDuration(state.elapsed()), HumanDuration(state.eta()))?;
    let Counts { compliant, non_compliant, incomplete, .. } = &known.counts;
    write!(out, "✓{compliant} ✗{non_compliant} ?{incomplete}")?;
    let oldest = known.under_way.values().max_by_key(|(_, since)| since.elapsed());
    if let Some((name, since)) = oldest.filter(|(_, since)| since.elapsed() > SLOW) {
        write!(out, " · {name} {:#}", HumanDuration(since.elapsed()))?;
    }
    Ok(())
}

impl Watch for Live<'_> {
    fn begun(&self, number: usize, submission: &Submission) {
        let shown = harmless(&submission.path);
        let letters = shown.chars().count();
        let shown = match letters.checked_sub(LETTERS) {
            Some(more) if more > 0 => format!("…{}", shown.chars().skip(more).collect::<String>()),
            _ => shown,
        };
        locked(&self.known).under_way.insert(number, (shown, Instant::now()));
    }

    fn measured(&self, number: usize) {
        locked(&self.known).under_way.remove(&number);
        self.bar.inc(1);
    }

    fn judged(&self, examined: &Examined, counts: &Counts) {
        locked(&self.known).counts.clone_from(counts);
        let mut streaming = locked(&self.streaming);
        let Some(Streaming { stream, head, out, broken }) = &mut *streaming else { return };
        if broken.is_some() {
            return;
        }
        let submission = submission(examined, self.profile, self.locale);
        let written = self.bar.suspend(|| {
            stream.submission(&submission, head, self.locale, out)?;
            out.flush()
        });
        if let Err(error) = written {
            *broken = Some(error);
            if self.only_stream {
                STOP.store(true, Ordering::Relaxed);
            }
        }
    }
}
