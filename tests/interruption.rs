//! Runs that are stopped or killed: what stands on the disk is whole, and the next run goes on.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

mod support;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use support::program::*;
use tempfile::TempDir;

const FILES: usize = 40;

fn many() -> TempDir {
    let names: Vec<String> = (0..FILES).map(|at| format!("in/{at:03}.xlsx")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), OTHER)).collect();
    folder(&files)
}

fn start(folder: &Path, more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_seirihyo"))
        .args(["import", "in", "-o", "out", "--jobs", "2"])
        .args(more)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn outputs(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder.join("out")) else {
        return 0;
    };
    let names = entries.map(|entry| entry.unwrap().file_name());
    names
        .filter(|name| name.to_string_lossy().ends_with(".xlsx.json"))
        .count()
}

fn wait_for_outputs(folder: &Path, count: usize) {
    let started = Instant::now();
    while outputs(folder) < count && started.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Every output is whole.
fn all_are_whole(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder.join("out")) else {
        return;
    };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|ending| ending == "json") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.ends_with("}\n"), "{}", path.display());
            serde_json::from_str::<Value>(&text).unwrap();
        }
    }
}

#[test]
fn ctrl_c_finishes_what_was_begun_and_the_next_run_goes_on() {
    let folder = many();
    let mut child = start(folder.path(), &[]);
    wait_for_outputs(folder.path(), 3);
    Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    all_are_whole(folder.path());
    let stopped = report(&folder.path().join("out"));
    assert_eq!(stopped["finished"], false);
    let rows = stopped["files"].as_array().unwrap();
    assert!(
        rows.len() < FILES,
        "it was stopped too late to see anything"
    );
    assert_eq!(
        rows.len(),
        outputs(folder.path()),
        "each output has its row, each row its output"
    );
    assert!(rows.iter().all(|row| row["outcome"] == "imported"));
    let done = rows.len();
    assert_eq!(start(folder.path(), &[]).wait().unwrap().code(), Some(0));
    let finished = report(&folder.path().join("out"));
    assert_eq!(finished["finished"], true);
    assert_eq!(finished["totals"]["skipped"], done);
    assert_eq!(finished["totals"]["imported"], FILES - done);
}

#[test]
fn killed_at_any_moment_an_output_is_old_or_new() {
    let folder = many();
    for round in 0..6 {
        // Other options each time, so that outputs are replaced.
        let year = format!("R{}", 4 + round);
        let mut child = start(folder.path(), &["--fiscal-year", &year]);
        std::thread::sleep(Duration::from_millis(60 + 70 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        all_are_whole(folder.path());
    }
    let status = start(folder.path(), &["--fiscal-year", "R9", "--force"])
        .wait()
        .unwrap();
    assert_eq!(status.code(), Some(0));
    assert_eq!(outputs(folder.path()), FILES);
}

#[test]
fn a_killed_run_is_gone_on_with() {
    let folder = many();
    let mut child = start(folder.path(), &[]);
    wait_for_outputs(folder.path(), 5);
    child.kill().unwrap();
    child.wait().unwrap();
    all_are_whole(folder.path());
    assert_eq!(start(folder.path(), &[]).wait().unwrap().code(), Some(0));
    assert_eq!(report(&folder.path().join("out"))["totals"]["failed"], 0);
}
