//! Runs that are stopped or killed: what stands on the disk is whole, and the next run goes on.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

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

/// Outputs that were made with these options: none, or another language.
fn outputs_of(folder: &Path, options: &[&str]) -> usize {
    let Ok(entries) = fs::read_dir(folder.join("out")) else {
        return 0;
    };
    let message = options.last().map_or("", |_| "says fiscal year");
    let whole = |path: &Path| fs::read_to_string(path).is_ok_and(|text| text.contains(message));
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.to_string_lossy().ends_with(".xlsx.json") && whole(path))
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
    for round in 0..16 {
        // Other options each time, so that outputs are replaced.
        let year = format!("R{}", 4 + round);
        let mut child = start(folder.path(), &["--fiscal-year", &year, "--force"]);
        std::thread::sleep(Duration::from_millis(40 + 37 * round));
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

/// The list of notes has for each file as many lines as the report counts.
fn list_and_report_agree(out: &Path) -> usize {
    let list = fs::read_to_string(out.join("import-notes.csv")).unwrap();
    let mut listed = 0;
    for row in report(out)["files"].as_array().unwrap() {
        let counts = row["notes"].as_object().unwrap().values();
        let counted: u64 = counts.map(|count| count.as_u64().unwrap()).sum();
        let begin = format!("\r\n{},", row["input"].as_str().unwrap());
        assert_eq!(list.matches(&begin).count() as u64, counted, "{begin}");
        listed += counted as usize;
    }
    listed
}

#[test]
fn the_list_of_notes_is_true_after_an_interruption() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for at in 0..FILES {
        let copy = folder.path().join(format!("in/{at:03}.xlsx"));
        fs::copy(fixture("kokubunji/year_conflict_xlsx/input.xlsx"), copy).unwrap();
    }
    let out = folder.path().join("out");
    let interrupt = |more: &[&str], count: usize| {
        let mut child = start(folder.path(), more);
        let started = Instant::now();
        while outputs_of(folder.path(), more) < count && started.elapsed() < Duration::from_mins(1)
        {
            std::thread::sleep(Duration::from_millis(2));
        }
        let id = child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));
    };
    interrupt(&[], 3);
    let first = list_and_report_agree(&out);
    assert!(first >= 3, "{first}");
    // What the second run has not come to is listed as the first left it.
    assert_eq!(start(folder.path(), &[]).wait().unwrap().code(), Some(0));
    let all = list_and_report_agree(&out);
    interrupt(&["--lang", "en"], 3);
    assert_eq!(report(&out)["finished"], false);
    assert_eq!(report(&out)["files"].as_array().unwrap().len(), FILES);
    list_and_report_agree(&out);
    assert!(all > first);
    // Other options are no obstacle to going on: everything is made with them.
    let words = ["--lang", "en", "--time-limit", "100"];
    assert_eq!(start(folder.path(), &words).wait().unwrap().code(), Some(0));
    let done = report(&out);
    assert_eq!(done["finished"], true);
    assert_eq!(done["totals"]["failed"], 0);
    let skipped = done["totals"]["skipped"].as_u64().unwrap();
    assert!(skipped >= 3, "limits do not change an output: {skipped}");
    list_and_report_agree(&out);
    assert_eq!(
        outputs_of(folder.path(), &words),
        FILES,
        "none is left that was made with other options"
    );
}

#[test]
fn what_a_killed_run_wrote_is_its_own_whatever_the_next_ones_options() {
    let folder = many();
    let out = folder.path().join("out");
    let kill = |more: &[&str], count: usize| {
        let mut child = start(folder.path(), more);
        wait_for_outputs(folder.path(), count);
        child.kill().unwrap();
        child.wait().unwrap();
    };
    // Killed in its first second, it has not come to write a report.
    kill(&[], 5);
    let years = ["--fiscal-year", "R9"];
    assert_eq!(start(folder.path(), &years).wait().unwrap().code(), Some(0));
    assert_eq!(report(&out)["totals"]["imported"], FILES);
    assert_eq!(leftovers(&out), Vec::<String>::new());
    // What somebody edited of it is kept all the same.
    fs::remove_dir_all(&out).unwrap();
    kill(&[], 5);
    let edited = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let edited = edited.filter(|path| path.to_string_lossy().ends_with(".xlsx.json"));
    let edited = edited.min().unwrap();
    fs::write(&edited, "mine").unwrap();
    for _ in 0..2 {
        let status = start(folder.path(), &years).wait().unwrap();
        assert_eq!(status.code(), Some(0));
        let totals = &report(&out)["totals"];
        assert_eq!(totals["failed"], 0, "{totals}");
        assert_eq!(fs::read_to_string(&edited).unwrap(), "mine");
    }
}

/// A sheet, and files that take all the time there is.
#[cfg(debug_assertions)]
fn slow() -> TempDir {
    let folder = folder(&[("in/0.xlsx", OTHER)]);
    for name in ["in/1.xlsx", "in/2.xlsx", "in/3.xlsx"] {
        fs::write(folder.path().join(name), "seirihyo-worker-test:loop").unwrap();
    }
    folder
}

/// Starts the program, and says what it has said when it ends.
#[cfg(debug_assertions)]
fn start_slow(folder: &Path, words: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_seirihyo"))
        .args(["import", "in", "--jobs", "1"])
        .args(words)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[cfg(debug_assertions)]
fn wait_until(happened: impl Fn() -> bool) {
    let started = Instant::now();
    while !happened() {
        assert!(started.elapsed() < Duration::from_mins(1), "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_second_ctrl_c_ends_at_once_and_the_first_says_so() {
    use std::io::{BufRead, BufReader};
    for words in [&["-o", "out"][..], &["--ndjson"]] {
        let folder = slow();
        let mut child = start_slow(folder.path(), words);
        let id = child.id().to_string();
        let interrupt = || Command::new("kill").args(["-INT", &id]).status().unwrap();
        // It catches the signal before it reads anything.
        std::thread::sleep(Duration::from_secs(2));
        interrupt();
        let mut said = String::new();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        while !said.contains("Ctrl-C again stops at once") {
            assert!(errors.read_line(&mut said).unwrap() > 0, "{said}");
        }
        assert!(child.try_wait().unwrap().is_none(), "a file is in hand");
        let started = Instant::now();
        interrupt();
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}

#[cfg(debug_assertions)]
#[test]
fn an_interrupted_run_of_lines_has_its_status() {
    let folder = slow();
    let mut child = start_slow(folder.path(), &["--ndjson", "--time-limit", "4"]);
    std::thread::sleep(Duration::from_secs(2));
    let id = child.id().to_string();
    Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[cfg(debug_assertions)]
#[test]
fn a_running_batch_reports_what_is_done() {
    let folder = slow();
    let mut child = start_slow(folder.path(), &["-o", "out", "--time-limit", "2"]);
    let out = folder.path().join("out");
    wait_until(|| out.join("import-report.json").exists());
    child.kill().unwrap();
    child.wait().unwrap();
    let report = report(&out);
    assert_eq!(report["finished"], false);
    assert_eq!(report["files"][0]["outcome"], "imported");
    assert!(report["files"].as_array().unwrap().len() < 4);
}
