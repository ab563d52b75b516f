//! Workers that die, hang or talk nonsense, played by the shell.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::time::Instant;

use super::*;
use crate::layout::{ImportOptions, Layouts};
use crate::read::ReadOptions;

const LIMITS: Limits = Limits {
    memory: 512,
    seconds: 1,
};

fn code(line: &'static str) -> String {
    let settings = Settings {
        read: ReadOptions::default(),
        layouts: Layouts::default(),
        import: ImportOptions::default(),
    };
    let workers = Workers::of(Launch::Shell(line), &settings, LIMITS).unwrap();
    let started = Instant::now();
    // More than a pipe holds: a worker that does not read must not stop the parent.
    let refusal = workers.import("a.xlsx", &vec![0; 1 << 20]).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(workers.lock().is_empty(), "a dead worker waits for files");
    refusal.code
}

#[test]
fn a_worker_that_is_killed_ends_its_file() {
    assert_eq!(code("kill -ABRT $$"), "reader-died");
    assert_eq!(code("kill -KILL $$"), "reader-died");
    assert_eq!(code("exit 3"), "reader-died");
    assert_eq!(code("cat >/dev/null & kill -SEGV $$"), "reader-died");
}

#[test]
fn a_worker_that_runs_out_of_memory_or_stack_says_so() {
    assert_eq!(
        code("echo 'memory allocation of 549755813888 bytes failed' >&2; kill -ABRT $$"),
        "memory-limit"
    );
    assert_eq!(
        code("echo \"thread 'reader' has overflowed its stack\" >&2; kill -ABRT $$"),
        "nesting-too-deep"
    );
}

#[test]
fn a_worker_that_hangs_is_ended() {
    assert_eq!(code("exec sleep 1000"), "time-limit");
    assert_eq!(code("while :; do :; done"), "time-limit");
}

#[test]
fn a_worker_that_talks_nonsense_is_ended() {
    // "y\ny\n…" announces more than there is memory.
    assert_eq!(
        code("exec 3<&0; cat <&3 >/dev/null 2>&1 & exec yes"),
        "reader-died"
    );
    // It talks, but does not listen.
    assert_eq!(code("exec yes"), "time-limit");
    assert_eq!(
        code("printf '\\3\\0\\0\\0\\0\\0\\0\\0{}x'; cat >/dev/null"),
        "defect"
    );
}

#[test]
fn a_worker_that_complains_endlessly_does_not_fill_memory() {
    assert_eq!(code("exec yes >&2"), "time-limit");
}
