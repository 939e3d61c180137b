//! Keeps browsers from taking all memory of the computer.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// Bytes that all processes of a browser may have at a time. One with a heavy app stays below 1 GiB.
const MOST: u64 = 3 << 30;

/// How often it is looked at. A page can take some 100 MB in this time.
const OFTEN: Duration = Duration::from_millis(200);

/// From now on ends the largest process whenever all together are too large. It works where this process is the first of
/// its own: then all others are the browsers'.
pub(super) fn start() {
    if std::process::id() == 1 {
        std::thread::spawn(|| {
            loop {
                std::thread::sleep(OFTEN);
                let processes = sizes();
                let total: u64 = processes.iter().map(|(_, size)| size).sum();
                if total > MOST
                    && let Some((largest, _)) = processes.iter().max_by_key(|(_, size)| size)
                    && let Some(largest) = Pid::from_raw(*largest)
                {
                    let _ = kill_process(largest, Signal::KILL);
                }
            }
        });
    }
}

/// Every process but this one, and the bytes of memory that are its own.
fn sizes() -> Vec<(i32, u64)> {
    let page = rustix::param::page_size() as u64;
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let size = |number: i32| {
        let counts = std::fs::read_to_string(format!("/proc/{number}/statm")).ok()?;
        let mut counts = counts.split(' ').skip(1).map(|count| count.parse::<u64>().unwrap_or_default());
        let (resident, shared) = (counts.next()?, counts.next()?);
        Some((number, resident.saturating_sub(shared) * page))
    };
    numbers.filter(|number| *number != 1).filter_map(size).collect()
}
