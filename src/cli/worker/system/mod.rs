//! The calls to the operating system that workers need; the only place that differs between systems.

#[cfg(target_os = "linux")]
mod linux;
// Built with the tests on Linux too, so that it is known to compile.
#[cfg(any(not(target_os = "linux"), test))]
mod other;

use std::io;
use std::path::PathBuf;
use std::process::Command;

#[cfg(target_os = "linux")]
use linux::Linux as Current;
#[cfg(not(target_os = "linux"))]
use other::Other as Current;

/// What a system does for workers.
trait System {
    /// Whether memory can be limited. Time can everywhere: the parent ends the worker.
    const LIMITS_MEMORY: bool;

    /// Where this program is, to be started once more.
    fn own_program() -> io::Result<PathBuf>;

    /// Keeps the keyboard's interrupt from a worker that is to be started: it finishes its file, and the
    /// parent decides.
    fn apart(command: &mut Command);

    /// Limits this process: its memory in MiB, and that it writes no file, not even when it dies.
    fn confine(mebibytes: u64) -> io::Result<()>;
}

/// Whether memory can be limited here.
pub const fn limits_memory() -> bool {
    Current::LIMITS_MEMORY
}

/// Where this program is.
pub fn own_program() -> io::Result<PathBuf> {
    Current::own_program()
}

/// Keeps the keyboard's interrupt from a worker.
pub fn apart(command: &mut Command) {
    Current::apart(command);
}

/// Limits this process.
pub fn confine(mebibytes: u64) -> io::Result<()> {
    Current::confine(mebibytes)
}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used)] // a test that cannot go on should stop
mod tests {
    use super::*;

    #[test]
    fn other_systems_start_workers_and_say_that_memory_is_not_limited() {
        use super::other::Other;
        let mut command = Command::new(Other::own_program().unwrap());
        Other::apart(&mut command);
        let listed = command.args(["--list"]).output().unwrap();
        assert!(listed.status.success(), "this program starts");
        const { assert!(!Other::LIMITS_MEMORY) };
        Other::confine(1).unwrap();
        let still_there: Vec<u8> = Vec::with_capacity(8 << 20);
        assert!(still_there.capacity() >= 8 << 20);
    }
}
