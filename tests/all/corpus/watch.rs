//! A run of the program -> the most memory that any of its processes held.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Runs something and looks at the program's processes until it ends; the most MiB that one held, 0 where that cannot be seen.
pub fn peak_memory<T>(run: impl FnOnce() -> T) -> (T, u64) {
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut peak = 0;
            while !ended.load(Ordering::Relaxed) {
                peak = peak.max(held_now());
                std::thread::sleep(Duration::from_millis(20));
            }
            peak
        });
        let result = run();
        ended.store(true, Ordering::Relaxed);
        (result, watcher.join().unwrap() / 1024)
    })
}

/// The high-water mark (`VmHWM`, KiB) of those processes that run the program.
fn held_now() -> u64 {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return 0;
    };
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_seirihyo"));
    let of = |process: std::path::PathBuf| {
        let exe = std::fs::read_link(process.join("exe")).ok()?;
        let status = std::fs::read_to_string(process.join("status")).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        let number = line.split_whitespace().nth(1)?.parse().ok()?;
        (exe == program).then_some(number)
    };
    processes
        .flatten()
        .filter_map(|entry| of(entry.path()))
        .max()
        .unwrap_or(0)
}
