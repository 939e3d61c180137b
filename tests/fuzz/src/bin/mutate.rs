//! Damages real files in many ways and watches what the program makes of them:
//!
//!     cargo run --release --manifest-path tests/fuzz/Cargo.toml --bin mutate -- [--all] [--witness] COUNT PATH...
//!
//! Every picture, recording and video below the paths is taken; with `--all` archives, pages, style sheets, scripts,
//! drawings, JSON and text documents too. The same count over the same files makes the same mutants. With `--witness` ffprobe is asked about every
//! mutant that is called compliant. What is worth a look is written to `tests/fuzz/mutants/`.
//!
//! The exit status is 1 if anything panicked, broke a rule of `tekser_fuzz`, or took more than 5 seconds or 256 MB.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tekser::facts::{Format, Kind};
use tekser::identify::identify;
use tekser::judge::{Verdict, judge};
use tekser::probe::{Context, Limits, Listen, probe};
use tekser::source::Memory;
use tekser_fuzz::{PROFILE, judged_rightly, must_hold, today};

const SEED: u64 = 0x7E45_E121_2026;

/// Larger files are left out: a mutant is held in memory on every core.
const LARGEST: u64 = 8 << 20;

/// Headers live at the ends of a file.
const ENDS: usize = 64 * 1024;

const LONGEST: Duration = Duration::from_secs(5);

/// What has not ended then never will.
const HOPELESS: Duration = Duration::from_secs(60);

/// Between two words about how far it is.
const PROGRESS: Duration = Duration::from_secs(30);

const MEMORY: u64 = 256 << 20;

/// Stack of a thread, as the program gives its own.
const STACK: usize = 16 << 20;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |name: &str| {
        let before = arguments.len();
        arguments.retain(|argument| argument != name);
        arguments.len() < before
    };
    let (all, witness) = (option("--all"), option("--witness"));
    let Some((Ok(count), paths)) = arguments.split_first().map(|(count, paths)| (count.parse::<u64>(), paths)) else {
        eprintln!("mutate [--all] [--witness] COUNT PATH...");
        return ExitCode::from(2);
    };
    let mut originals = Vec::new();
    for path in paths {
        gather(Path::new(path), all, &mut originals);
    }
    originals.sort_by(|a, b| a.path.cmp(&b.path));
    if originals.is_empty() {
        eprintln!("mutate: no such files below {paths:?}");
        return ExitCode::from(2);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("mutants");
    fs::create_dir_all(&folder).expect("a folder to write to");
    let run = Run { originals, count, witness, folder, ..Run::default() };
    run.all()
}

/// A file to be damaged.
struct Original {
    path: PathBuf,
    format: Format,
    /// The name under which its mutants are handed in: its own if that is right, else the usual one of its format.
    name: String,
}

/// Adds the files below `path` that are small enough and of a fitting kind.
fn gather(path: &Path, all: bool, originals: &mut Vec<Original>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            gather(&entry.path(), all, originals);
        }
        return;
    }
    if path.is_symlink() || !path.metadata().is_ok_and(|data| (1..=LARGEST).contains(&data.len())) {
        return;
    }
    let Ok(bytes) = fs::read(path) else { return };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let identity = identify(&Memory(bytes), &name);
    let wanted = match identity.format {
        Format::Svg | Format::Html | Format::Css | Format::JavaScript | Format::Json | Format::Zip => all,
        Format::Docx | Format::Odt | Format::Rtf | Format::Pdf | Format::Text => all,
        format => matches!(format.kind(), Kind::Image | Kind::Audio | Kind::Video),
    };
    if wanted {
        let usual =
            identity.format.extensions().first().map_or("file".to_owned(), |extension| format!("file.{extension}"));
        let name = if identity.promised == Some(identity.format) { name } else { usual };
        originals.push(Original { path: path.to_owned(), format: identity.format, name });
    }
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// Those of the mutant with this number, whichever thread makes it.
    fn of(mutant: u64) -> Numbers {
        let mixed = (SEED ^ mutant).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Numbers((mixed ^ (mixed >> 29)).max(1))
    }

    /// Below `end`, which counts as 1 if it is 0.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// A place in `length` bytes: of four, two lie in the first 64 KB, one in the last 64 KB and one anywhere.
    fn place(&mut self, length: usize) -> usize {
        let ends = length.min(ENDS);
        match self.below(4) {
            0 | 1 => self.below(ends),
            2 => length - ends + self.below(ends),
            _ => self.below(length),
        }
    }

    /// A short stretch of `length` bytes, often very short.
    fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.place(length);
        let bits = self.below(14);
        start..(start + 1 + self.below(1 << bits)).min(length)
    }
}

/// Damages `bytes` once; says how.
fn damage(bytes: &mut Vec<u8>, numbers: &mut Numbers, other: &dyn Fn(&mut Numbers) -> Vec<u8>) -> &'static str {
    const FIELDS: [u32; 8] = [0, 1, 2, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x00FF_FFFF];

    let length = bytes.len();
    if length == 0 {
        bytes.push(numbers.below(256) as u8);
        return "byte";
    }
    match numbers.below(16) {
        0..=2 => {
            for _ in 0..=numbers.below(8) {
                let at = numbers.place(length);
                bytes[at] ^= 1 << numbers.below(8);
            }
            "bits"
        }
        3 | 4 => {
            for _ in 0..=numbers.below(8) {
                let at = numbers.place(length);
                bytes[at] = [0, 1, 0x7F, 0x80, 0xFF, numbers.below(256) as u8][numbers.below(6)];
            }
            "bytes"
        }
        5..=7 => {
            let at = numbers.place(length.saturating_sub(3));
            // A field begins at an even place more often than not.
            let at = if numbers.below(4) > 0 { at & !1 } else { at };
            let value = FIELDS[numbers.below(FIELDS.len())];
            let value = if numbers.below(2) == 0 { value.to_be_bytes() } else { value.to_le_bytes() };
            let end = length.min(at + 4);
            bytes[at..end].copy_from_slice(&value[..end - at]);
            "field"
        }
        8 => {
            let range = numbers.stretch(length);
            let fill = [0, 0xFF][numbers.below(2)];
            bytes[range].fill(fill);
            "filled"
        }
        9 => {
            for at in numbers.stretch(length) {
                bytes[at] = numbers.below(256) as u8;
            }
            "noise"
        }
        10 => {
            let at = numbers.place(length);
            bytes.truncate(at);
            "cut"
        }
        11 => {
            bytes.drain(numbers.stretch(length));
            "removed"
        }
        12 => {
            let block = bytes[numbers.stretch(length)].to_vec();
            let at = numbers.place(length);
            bytes.splice(at..at, block);
            "twice"
        }
        13 => {
            let (a, b) = (numbers.stretch(length), numbers.stretch(length));
            for (a, b) in a.zip(b) {
                bytes.swap(a, b);
            }
            "swapped"
        }
        14 => {
            let block: Vec<u8> = (0..=numbers.below(4096)).map(|_| numbers.below(256) as u8).collect();
            let at = numbers.place(length);
            bytes.splice(at..at, block);
            "inserted"
        }
        _ => {
            let other = other(numbers);
            let at = if numbers.below(2) == 0 { length } else { numbers.place(length) };
            let from = if numbers.below(2) == 0 { 0 } else { numbers.place(other.len()) };
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from.min(other.len())..]);
            "joined"
        }
    }
}

/// Mutants under way, what they are made of, and what came of them.
#[derive(Default)]
struct Run {
    originals: Vec<Original>,
    count: u64,
    witness: bool,
    folder: PathBuf,
    next: AtomicU64,
    /// What each thread is busy with, since when.
    busy: Mutex<BTreeMap<usize, (u64, Instant)>>,
    over: AtomicBool,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    compliant: BTreeMap<&'static str, u64>,
    /// Panics by place: how many, and words and mutant of the first.
    panics: BTreeMap<String, (u64, String)>,
    slow: Vec<(Duration, String)>,
    slowest: (Duration, String),
    /// The most memory, and what was looked at when it was needed.
    peak: (u64, String),
    rejected: Vec<PathBuf>,
}

thread_local! {
    /// Place and words.
    static LAST_PANIC: RefCell<(String, String)> = const { RefCell::new((String::new(), String::new())) };
}

impl Run {
    fn all(&self) -> ExitCode {
        let started = Instant::now();
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        println!("{} mutants of {} files on {threads} cores", self.count, self.originals.len());
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let words = panic.payload_as_str().unwrap_or_default().chars().take(300).collect();
            LAST_PANIC.with(|last| *last.borrow_mut() = (place, words));
        }));
        let _ = PROFILE.requirements.len();
        thread::scope(|scope| {
            scope.spawn(|| self.watch());
            let worker =
                |number| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || self.work(number));
            let workers: Vec<_> = (0..threads).map(|number| worker(number).expect("a thread")).collect();
            for worker in workers {
                worker.join().expect("a worker catches every panic");
            }
            self.over.store(true, Ordering::Relaxed);
        });
        self.tell(started.elapsed())
    }

    /// Tells how far it is, and ends the program if a mutant never ends.
    fn watch(&self) {
        let mut told = Instant::now();
        while !self.over.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(200));
            if told.elapsed() > PROGRESS {
                told = Instant::now();
                eprintln!("{} of {}", self.next.load(Ordering::Relaxed), self.count);
            }
            let busy = self.busy.lock().expect("no panic while it is held");
            if let Some((mutant, _)) = busy.values().find(|(_, since)| since.elapsed() > HOPELESS) {
                let (bytes, name, what) = self.mutant(*mutant);
                let path = self.keep("endless", *mutant, &name, &bytes);
                println!("after {HOPELESS:?} no end of {what}: {}", path.display());
                std::process::exit(1);
            }
        }
    }

    fn work(&self, thread: usize) {
        loop {
            let mutant = self.next.fetch_add(1, Ordering::Relaxed);
            if mutant >= self.count {
                break;
            }
            self.busy.lock().expect("no panic while it is held").insert(thread, (mutant, Instant::now()));
            self.examine(mutant);
            self.busy.lock().expect("no panic while it is held").remove(&thread);
        }
    }

    /// The bytes of a mutant, its name, and what it was made of.
    fn mutant(&self, mutant: u64) -> (Vec<u8>, String, String) {
        let mut numbers = Numbers::of(mutant);
        let original = &self.originals[(mutant % self.originals.len() as u64) as usize];
        let mut bytes = fs::read(&original.path).unwrap_or_default();
        let other = |numbers: &mut Numbers| {
            let like: Vec<_> = self.originals.iter().filter(|other| other.format == original.format).collect();
            let other = if numbers.below(2) == 0 {
                like[numbers.below(like.len())]
            } else {
                &self.originals[numbers.below(self.originals.len())]
            };
            fs::read(&other.path).unwrap_or_default()
        };
        let mut kinds = Vec::new();
        // Most are damaged once: a file that is broken in many places is refused at the first.
        for _ in 0..[1, 1, 1, 1, 2, 3][numbers.below(6)] {
            kinds.push(damage(&mut bytes, &mut numbers, &other));
        }
        bytes.truncate(2 * LARGEST as usize);
        let what = format!("{mutant} ({}, {})", original.path.display(), kinds.join(", "));
        (bytes, original.name.clone(), what)
    }

    fn examine(&self, mutant: u64) {
        let (bytes, name, what) = self.mutant(mutant);
        let limits = Limits::default();
        let context = Context { listen: Listen::Speech, documents: true, ..Context::alone(&limits) };
        let before = peak_memory();
        let started = Instant::now();
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let facts = probe(&Memory(&bytes[..]), &name, None, &context);
            let judgement = judge(&PROFILE, &facts, today());
            let took = started.elapsed();
            must_hold(&facts, bytes.len() as u64, &limits);
            judged_rightly(&facts, &judgement);
            (facts.file.identity.format, judgement.verdict, took)
        }));
        let after = peak_memory();
        let mut seen = self.seen.lock().expect("no panic while it is held");
        if after > before {
            seen.peak = (after, what.clone());
        }
        let Ok((format, verdict, took)) = judged else {
            let path = self.keep("panic", mutant, &name, &bytes);
            let (place, words) = LAST_PANIC.with(|last| last.borrow().clone());
            seen.panics.entry(place).or_insert_with(|| (0, format!("{words}\n    {}", path.display()))).0 += 1;
            return;
        };
        if took > seen.slowest.0 {
            seen.slowest = (took, what.clone());
        }
        if took > LONGEST {
            let path = self.keep("slow", mutant, &name, &bytes);
            seen.slow.push((took, format!("{what}: {}", path.display())));
        }
        if verdict == Verdict::Compliant {
            *seen.compliant.entry(format.id()).or_default() += 1;
            drop(seen);
            if self.witness {
                self.ask(mutant, &name, &bytes, format);
            }
        }
    }

    /// Asks ffprobe about a mutant that is called compliant, and keeps it if ffprobe sees nothing in it.
    fn ask(&self, mutant: u64, name: &str, bytes: &[u8], format: Format) {
        // ffprobe reads no drawings and no archives.
        if !matches!(format.kind(), Kind::Image | Kind::Audio | Kind::Video) || format == Format::Svg {
            return;
        }
        let path = self.keep("compliant", mutant, name, bytes);
        let output = Command::new("ffprobe").args(["-v", "quiet", "-show_streams"]).arg(&path).output();
        let output = output.expect("ffprobe is installed");
        if output.status.success() && String::from_utf8_lossy(&output.stdout).contains("codec_type") {
            fs::remove_file(&path).expect("a file of ours");
        } else {
            self.seen.lock().expect("no panic while it is held").rejected.push(path);
        }
    }

    fn keep(&self, why: &str, mutant: u64, name: &str, bytes: &[u8]) -> PathBuf {
        let extension = Path::new(name).extension().unwrap_or_default().to_string_lossy();
        let path = self.folder.join(format!("{why}-{mutant}.{extension}"));
        fs::write(&path, bytes).expect("a folder to write to");
        path
    }

    fn tell(&self, took: Duration) -> ExitCode {
        let seen = self.seen.lock().expect("every worker has ended");
        let peak = peak_memory();
        println!("mutants: {} in {:.0} s", self.count, took.as_secs_f64());
        println!("panics and broken rules: {}", seen.panics.values().map(|(count, _)| count).sum::<u64>());
        for (place, (count, first)) in &seen.panics {
            println!("  {count} x {place}, first: {first}");
        }
        println!("slowest: {:.2} s, {}", seen.slowest.0.as_secs_f64(), seen.slowest.1);
        println!("over {LONGEST:?}: {}", seen.slow.len());
        for (took, what) in &seen.slow {
            println!("  {:.1} s, {what}", took.as_secs_f64());
        }
        println!("peak memory: {} MB, last grown by {}", peak >> 20, seen.peak.1);
        println!("compliant: {} {:?}", seen.compliant.values().sum::<u64>(), seen.compliant);
        if self.witness {
            println!("compliant and rejected by ffprobe: {}", seen.rejected.len());
            for path in &seen.rejected {
                println!("  {}", path.display());
            }
        }
        ExitCode::from(u8::from(!seen.panics.is_empty() || !seen.slow.is_empty() || peak > MEMORY))
    }
}

/// The most memory this process has had in its life, in bytes; 0 where the system does not tell.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) << 10
}
