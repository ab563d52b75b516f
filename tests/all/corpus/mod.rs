//! A folder of damaged, disguised, hostile and sound files through one `import`: none brings it down, none is lost, and the
//! sound ones come out as if they were alone. `CORPUS=2400` makes that many; `CORPUS_FOLDER=DIR` keeps them and the results.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

mod make;
mod silent;
use crate::support;
mod watch;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Instant;

use make::{Damage, File};
use seirihyo::write::json;
use serde_json::Value;
use support::program::{FAILED, Ran, report, run_in};

/// Files in a plain test run.
const FEW: usize = 150;
/// Seconds for one file: far more than any needs, far less than for ever.
const SECONDS: &str = "60";

#[test]
fn every_file_of_the_corpus_is_answered() {
    let asked = std::env::var("CORPUS")
        .ok()
        .and_then(|count| count.parse().ok());
    let files = make::corpus(asked.unwrap_or(FEW));
    let temporary = tempfile::TempDir::new().unwrap();
    let kept = std::env::var_os("CORPUS_FOLDER").map(std::path::PathBuf::from);
    let folder = kept.as_deref().unwrap_or(temporary.path());
    fs::create_dir_all(folder.join("in")).unwrap();
    for file in &files {
        fs::write(folder.join("in").join(&file.name), &file.bytes).unwrap();
    }
    let begun = Instant::now();
    let (ran, peak) = watch::peak_memory(|| {
        let words = [
            "import",
            "in",
            "-o",
            "out",
            "--force",
            "--jobs",
            "2",
            "--time-limit",
            SECONDS,
        ];
        run_in(folder, &words, None).expect(FAILED)
    });
    let seconds = begun.elapsed().as_secs_f64();
    let report = report(&folder.join("out"));
    let rows = rows(&report);
    nothing_else_happened(&ran, &report, folder);
    every_file_has_its_outcome(&files, &rows);
    sound_files_are_right(&files, folder);
    println!("{}", figures(&files, &rows, seconds, peak));
    silent::list(&files, folder);
}

type Rows<'a> = BTreeMap<&'a str, &'a Value>;

fn rows(report: &Value) -> Rows<'_> {
    let files = report["files"].as_array().unwrap().iter();
    files
        .map(|row| (row["input"].as_str().unwrap(), row))
        .collect()
}

/// No panic, no half-written file, no input changed away.
fn nothing_else_happened(ran: &Ran, report: &Value, folder: &Path) {
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    assert_eq!(report["finished"], true);
    assert!(support::program::leftovers(&folder.join("out")).is_empty());
    assert!(support::program::leftovers(&folder.join("in")).is_empty());
}

/// Each is read, or named with a reason that the reader found itself; the worker's walls were not needed.
fn every_file_has_its_outcome(files: &[File], rows: &Rows) {
    assert_eq!(rows.len(), files.len());
    for file in files {
        let row = rows[file.name.as_str()];
        let error = row["error"].as_str().unwrap_or_default();
        match row["outcome"].as_str().unwrap() {
            "imported" => assert!(row["output"].is_string(), "{row}"),
            "failed" => assert!(!error.is_empty(), "{row}"),
            "ignored" => assert_ne!(file.damage, Damage::None, "{row}"),
            other => panic!("{other}: {row}"),
        }
        for crashed in [
            "途中でプログラムが止まりました",
            "時間の上限",
            "メモリー",
            "不具合",
        ] {
            assert!(!error.contains(crashed), "{}: {error}", file.name);
        }
        assert!(row["notes"]["text-not-conserved"].is_null(), "{row}");
    }
}

/// What the program writes for a sound file is what the library gives for it alone.
fn sound_files_are_right(files: &[File], folder: &Path) {
    let settings = support::settings(None);
    for file in files.iter().filter(|file| file.damage == Damage::None) {
        let import = seirihyo::pipeline::import(&file.name, &file.bytes, &settings).unwrap();
        let written = fs::read_to_string(folder.join("out").join(format!("{}.json", file.name)));
        assert!(
            written.unwrap() == json::pretty(&import).unwrap(),
            "{} ({})",
            file.name,
            file.base
        );
    }
}

/// The table of what was done and what came of it.
fn figures(files: &[File], rows: &Rows, seconds: f64, peak: u64) -> String {
    let mut counts: BTreeMap<Damage, [usize; 4]> = BTreeMap::new();
    for file in files {
        let row = rows[file.name.as_str()];
        let count = counts.entry(file.damage).or_default();
        count[0] += 1;
        match row["outcome"].as_str().unwrap() {
            "imported" => count[1] += 1,
            "failed" => count[2] += 1,
            _ => count[3] += 1,
        }
    }
    let mut text = format!(
        "{} files, {seconds:.0} s, at most {peak} MiB in a process\n",
        files.len()
    );
    text += "damage      files imported failed ignored\n";
    for (damage, [all, imported, failed, ignored]) in counts {
        let damage = format!("{damage:?}").to_lowercase();
        writeln!(
            text,
            "{damage:<10} {all:>6} {imported:>8} {failed:>6} {ignored:>7}"
        )
        .unwrap();
    }
    let slowest = rows
        .values()
        .max_by_key(|row| row["milliseconds"].as_u64())
        .unwrap();
    text + &format!(
        "slowest: {} ({} ms)",
        slowest["input"], slowest["milliseconds"]
    )
}
