//! Files that mean harm, or are damaged beyond sense: each ends alone, named with its reason, and the rest is read.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

pub mod hostile;
use crate::support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::program::*;

/// The row of a file in a report.
fn row<'a>(report: &'a Value, input: &str) -> &'a Value {
    let rows = report["files"].as_array().unwrap();
    rows.iter().find(|row| row["input"] == input).unwrap()
}

/// A folder with a good file before, between and after the given ones.
fn among_good_ones(hostile: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = folder(&[
        ("in/0.xlsx", SHEET),
        ("in/m.xlsx", OTHER),
        ("in/z.xlsx", SHEET),
    ]);
    for (name, bytes) in hostile {
        fs::write(folder.path().join("in").join(name), bytes).unwrap();
    }
    folder
}

/// The good files' outputs are what they are without hostile neighbours.
fn good_ones_are_right(folder: &Path) {
    for (name, from) in [("0.xlsx", SHEET), ("m.xlsx", OTHER), ("z.xlsx", SHEET)] {
        let text = fs::read_to_string(folder.join("out").join(format!("{name}.json"))).unwrap();
        let expected = support::import(&fixture(from), None).unwrap();
        assert_eq!(text.replace(name, "input.xlsx"), expected, "{name}");
    }
}

#[test]
fn the_bytes_are_those_of_the_library() {
    for name in [
        SHEET,
        "machida/plan_calc_pdf/input.pdf",
        "kokubunji/r4_csv_euc_jp/input.csv",
    ] {
        let ran = run(&["import", fixture(name).to_str().unwrap()]).expect(DONE);
        let expected = support::import(&fixture(name), None).unwrap();
        assert_eq!(ran.out, expected, "{name}");
    }
}

#[test]
fn messages_keep_both_languages() {
    let folder = folder(&[("a.xlsx", "kokubunji/year_conflict_xlsx/input.xlsx")]);
    let ran = run_in(folder.path(), &["import", "a.xlsx"], None).expect(DONE);
    assert!(
        ran.err.is_ascii() || ran.err.contains("year"),
        "{}",
        ran.err
    );
    let message = ran.json()["notes"][0]["message"].to_string();
    assert!(!message.is_ascii(), "Japanese unless asked: {message}");
}

/// A file that asks the worker to misbehave, as a parser with a defect would.
#[cfg(debug_assertions)]
fn asking(way: &str) -> Vec<u8> {
    format!("seirihyo-worker-test:{way}").into_bytes()
}

#[test]
#[cfg(all(target_os = "linux", debug_assertions))]
fn a_file_that_needs_too_much_memory_ends_alone() {
    let folder = among_good_ones(&[("greedy.csv", asking("memory"))]);
    let words = [
        "import",
        "in",
        "-o",
        "out",
        "--jobs",
        "2",
        "--memory-limit",
        "128",
    ];
    run_in(folder.path(), &words, None).expect(FAILED).says(&[
        "greedy.csv: ",
        "more memory",
        "--memory-limit",
    ]);
    good_ones_are_right(folder.path());
    let report = report(&folder.path().join("out"));
    assert_eq!(row(&report, "greedy.csv")["outcome"], "failed");
    assert_eq!(report["files"].as_array().unwrap().len(), 4);
}

#[test]
#[cfg(debug_assertions)]
fn a_file_that_takes_too_long_ends_alone() {
    let folder = among_good_ones(&[("endless.csv", asking("loop"))]);
    let words = [
        "import",
        "in",
        "-o",
        "out",
        "--jobs",
        "1",
        "--time-limit",
        "1",
    ];
    run_in(folder.path(), &words, None).expect(FAILED).says(&[
        "endless.csv: ",
        "(1 seconds)",
        "--time-limit",
    ]);
    good_ones_are_right(folder.path());
}

#[test]
fn hostile_files_end_with_their_reason() {
    let files = hostile::all();
    let named: Vec<(&str, Vec<u8>)> = files
        .iter()
        .map(|(name, bytes, _)| (*name, bytes.clone()))
        .collect();
    let folder = among_good_ones(&named);
    let words = [
        "import",
        "in",
        "-o",
        "out",
        "--jobs",
        "2",
        "--time-limit",
        "60",
        "--memory-limit",
        "700",
    ];
    run_in(folder.path(), &words, None).expect(FAILED);
    good_ones_are_right(folder.path());
    let report = report(&folder.path().join("out"));
    for (name, _, said) in &files {
        let row = row(&report, name);
        let error = row["error"].as_str().unwrap_or_default();
        println!(
            "{name}: {} {error} ({} ms)",
            row["outcome"], row["milliseconds"]
        );
        // What the readers know to be hostile they refuse themselves, in little memory; the process is the
        // second wall.
        assert!(error.contains(said), "{name}: {error}");
    }
    let found = report["files"].as_array().unwrap().len();
    assert_eq!(found, files.len() + 3, "every file is in the report");
}

/// Each way in which a parser may bring its process down, done by the worker itself.
#[test]
#[cfg(all(target_os = "linux", debug_assertions))]
fn whatever_a_worker_does_its_file_alone_ends() {
    let ways = [
        ("abort", "ended (signal: 6 (SIGABRT)"),
        ("exit", "ended (exit status: 7)"),
        ("loop", "(3 seconds)"),
        ("memory", "more memory"),
        ("noise", "ended ("),
        ("panic", "asked for"),
        ("stack", "nested too deeply"),
    ];
    // Twice each, so that a worker follows one that died.
    let round = |round: usize| ways.map(|(way, _)| (format!("{way}{round}.csv"), asking(way)));
    let files: Vec<(String, Vec<u8>)> = (0..2).flat_map(round).collect();
    let named: Vec<(&str, Vec<u8>)> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    for jobs in ["1", "3"] {
        let folder = among_good_ones(&named);
        // This one lives, and leaves no room for the next.
        let leak = folder.path().join("in/lz.txt");
        fs::write(leak, "seirihyo-worker-test:leak").unwrap();
        let words = [
            "import",
            "in",
            "-o",
            "out",
            "--jobs",
            jobs,
            "--time-limit",
            "3",
            "--memory-limit",
            "512",
        ];
        let ran = run_in(folder.path(), &words, None).expect(FAILED);
        good_ones_are_right(folder.path());
        let report = report(&folder.path().join("out"));
        assert_eq!(report["files"].as_array().unwrap().len(), files.len() + 4);
        assert_eq!(report["totals"]["imported"], 3);
        for (way, said) in ways {
            for round in 0..2 {
                let begin = format!("in/{way}{round}.csv: ");
                let line = ran
                    .err
                    .lines()
                    .find(|line| line.starts_with(&begin))
                    .unwrap();
                assert!(line.contains(said), "{line}");
            }
        }
        assert!(!folder.path().join("core").exists() && !folder.path().join("in/core").exists());
    }
}

#[test]
fn limits_are_checked() {
    for words in [
        ["--memory-limit", "0"],
        ["--time-limit", "0"],
        ["--time-limit", "x"],
    ] {
        let words = [&["import", "a.xlsx"][..], &words].concat();
        run(&words).expect(FAILED).says(&[words[2]]);
    }
}

#[test]
#[cfg(debug_assertions)]
fn every_command_that_reads_has_the_limits() {
    let folder = tempfile::TempDir::new().unwrap();
    fs::write(folder.path().join("endless.csv"), asking("loop")).unwrap();
    for words in [
        &["inspect", "endless.csv"][..],
        &["render", "endless.csv", "-o", "a.xlsx"],
    ] {
        let words = [words, &["--time-limit", "1"]].concat();
        run_in(folder.path(), &words, None)
            .expect(FAILED)
            .says(&["endless.csv: ", "(1 seconds)"]);
    }
}

/// Sheets that can be read all the same are read all the same.
#[test]
fn hostile_parts_do_not_keep_a_sheet_from_being_read() {
    let folder = tempfile::TempDir::new().unwrap();
    let plain = fs::read(fixture("kokubunji/small_rksj_pdf/input.pdf")).unwrap();
    let sheet = fs::read(fixture(SHEET)).unwrap();
    let files = [
        ("plain.pdf", plain.clone()),
        ("forms.pdf", hostile::with_form_cycle(&plain)),
        ("plain.xlsx", sheet.clone()),
        ("far.xlsx", hostile::with_far_cell(&sheet)),
    ];
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, bytes) in &files {
        fs::write(folder.path().join("in").join(name), bytes).unwrap();
    }
    let words = [
        "import",
        "in",
        "-o",
        "out",
        "--time-limit",
        "20",
        "--memory-limit",
        "400",
    ];
    run_in(folder.path(), &words, None).expect(DONE);
    let goals = |name: &str| {
        let path = folder.path().join("out").join(format!("{name}.json"));
        let import: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        support::essence(&import["documents"][0]["goals"])
    };
    for (name, _) in &files {
        let plain = if name.ends_with("pdf") {
            "plain.pdf"
        } else {
            "plain.xlsx"
        };
        assert_eq!(goals(name), goals(plain), "{name}");
    }
}

/// The workers of a process: their process numbers.
#[cfg(all(target_os = "linux", debug_assertions))]
fn children(of: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parent = |process: &u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        stat.rsplit_once(") ")?
            .1
            .split(' ')
            .nth(1)?
            .parse::<u32>()
            .ok()
    };
    numbers
        .filter(|process| parent(process) == Some(of))
        .collect()
}

/// Starts a copy of the program on a file that takes all the time there is, and sheets after it.
#[cfg(all(target_os = "linux", debug_assertions))]
fn start_on_slow(folder: &Path, seconds: &str) -> std::process::Child {
    let program = folder.join("program");
    let copied = std::process::Command::new("cp")
        .args([env!("CARGO_BIN_EXE_seirihyo").as_ref(), program.as_os_str()])
        .status();
    assert!(copied.unwrap().success());
    std::process::Command::new(program)
        .args([
            "import",
            "in",
            "-o",
            "out",
            "--jobs",
            "1",
            "--memory-limit",
            "512",
        ])
        .args(["--time-limit", seconds])
        .current_dir(folder)
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

/// What comes within half a minute.
#[cfg(all(target_os = "linux", debug_assertions))]
fn awaited<T>(otherwise: &str, look: impl Fn() -> Option<T>) -> T {
    let started = std::time::Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed().as_secs() < 30, "{otherwise}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[cfg(all(target_os = "linux", debug_assertions))]
fn worker_of(process: u32) -> u32 {
    awaited("no worker", || {
        let children = children(process);
        let [worker] = children.as_slice() else {
            return None;
        };
        let limits = fs::read_to_string(format!("/proc/{worker}/limits")).ok()?;
        limits.contains("536870912").then_some(*worker)
    })
}

#[cfg(all(target_os = "linux", debug_assertions))]
#[test]
fn a_worker_is_confined_and_apart_and_ends_with_its_parent() {
    let folder = among_good_ones(&[("1.csv", asking("loop"))]);
    let mut program = start_on_slow(folder.path(), "60");
    let worker = worker_of(program.id());
    let limits = fs::read_to_string(format!("/proc/{worker}/limits")).unwrap();
    for limit in ["Max address space", "Max core file size", "Max file size"] {
        let line = limits.lines().find(|line| line.starts_with(limit)).unwrap();
        let both: Vec<&str> = line[limit.len()..].split_whitespace().take(2).collect();
        let value = if limit.contains("address") {
            "536870912"
        } else {
            "0"
        };
        assert_eq!(both, [value, value], "{line}");
    }
    let stat = fs::read_to_string(format!("/proc/{worker}/stat")).unwrap();
    let group = stat.rsplit_once(") ").unwrap().1.split(' ').nth(2).unwrap();
    assert_eq!(
        group,
        worker.to_string(),
        "the keyboard's interrupt does not reach it"
    );
    // Killed, the parent cannot end its worker, which is in an endless loop.
    program.kill().unwrap();
    program.wait().unwrap();
    awaited("it goes on alone", || {
        let stat = fs::read_to_string(format!("/proc/{worker}/stat"));
        let lives = stat.is_ok_and(|stat| !stat.contains(") Z "));
        (!lives).then_some(())
    });
}

#[cfg(all(target_os = "linux", debug_assertions))]
#[test]
fn a_program_that_is_replaced_while_it_runs_goes_on() {
    let folder = among_good_ones(&[("1.csv", asking("loop"))]);
    let mut program = start_on_slow(folder.path(), "3");
    worker_of(program.id());
    fs::remove_file(folder.path().join("program")).unwrap();
    assert_eq!(program.wait().unwrap().code(), Some(FAILED));
    good_ones_are_right(folder.path());
}
