//! The program in a terminal of 80 columns, as its users see it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use support::program::*;

const COLUMNS: u16 = 80;

/// What the program shows in a terminal, with the control sequences that draw it; and its status.
fn shown(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let size = Winsize {
        ws_row: 24,
        ws_col: COLUMNS,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&terminal, size).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let other_end = OpenOptions::new()
        .read(true)
        .write(true)
        .open(name.to_str().unwrap())
        .unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_seirihyo"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .stdout(other_end.try_clone().unwrap())
        .stderr(other_end)
        .spawn()
        .unwrap();
    let mut seen = Vec::new();
    // The end of a terminal is an error (EIO) once nobody has its other side open.
    let _ = File::from(terminal).read_to_end(&mut seen);
    let status = child.wait().unwrap().code().unwrap();
    (String::from_utf8(seen).unwrap(), status)
}

/// Text without control sequences (ECMA-48 §5.4), cut where the cursor goes back or on.
fn lines(shown: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = shown.chars();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => {
                let mut sequence = rest.by_ref().skip_while(|&c| c == '[');
                if !sequence.by_ref().any(|c| c.is_ascii_alphabetic()) {
                    break;
                }
            }
            '\r' => plain.push('\n'),
            c => plain.push(c),
        }
    }
    let lines = plain.lines().map(str::trim_end);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Columns that a text takes; kana, kanji and their like take two.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn many() -> tempfile::TempDir {
    let long = "とても長い名前の課の組織目標展開整理表（確定版・修正二回目・差し替え）";
    let names: Vec<String> = (0..12)
        .map(|at| format!("in/市民部/{at:02}_{long}.xlsx"))
        .collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), SHEET)).collect();
    folder(&files)
}

#[test]
fn progress_has_number_rate_time_left_and_the_current_file() {
    let folder = many();
    for (lang, left, rate) in [("ja", "残り", "件/秒"), ("en", " left", "/s")] {
        let output = format!("out-{lang}");
        let words = ["import", "in", "-o", &output, "--jobs", "1", "--lang", lang];
        let (seen, status) = shown(folder.path(), &words);
        assert_eq!(status, DONE, "{seen}");
        let lines = lines(&seen);
        let progress: Vec<&String> = lines.iter().filter(|line| line.contains("/12")).collect();
        assert!(!progress.is_empty(), "{seen:?}");
        let whole = progress.iter().any(|line| {
            line.contains(left) && line.contains(rate) && line.contains("_とても長い名前の課")
        });
        assert!(whole, "{progress:#?}");
        for line in progress {
            assert!(columns(line) <= usize::from(COLUMNS), "it wraps: {line}");
        }
        assert!(
            lines.last().unwrap().contains("import-report.json"),
            "the summary stands last: {lines:#?}"
        );
    }
}

#[test]
fn messages_stand_above_the_progress_and_are_whole() {
    let folder = many();
    std::fs::write(folder.path().join("in/市民部/05_壊れた.pdf"), "%PDF-1.7").unwrap();
    let words = [
        "import", "in", "-o", "out", "--jobs", "2", "--color", "never",
    ];
    let (seen, status) = shown(folder.path(), &words);
    assert_eq!(status, FAILED);
    let said = lines(&seen);
    let broken: Vec<&String> = said
        .iter()
        .filter(|line| line.starts_with("in/市民部/05_壊れた.pdf: "))
        .collect();
    assert_eq!(broken.len(), 1, "{said:#?}");
}

#[test]
fn without_a_terminal_there_are_plain_lines_only() {
    let folder = many();
    std::fs::write(folder.path().join("in/a.pdf"), "%PDF-1.7").unwrap();
    let ran = run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(FAILED);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    assert!(!ran.err.contains(['\r', '\u{1b}']), "{}", ran.err);
}

#[test]
fn quiet_and_single_files_show_no_progress() {
    let folder = many();
    let (seen, _) = shown(folder.path(), &["import", "in", "-o", "out", "-q"]);
    assert!(seen.is_empty(), "{seen:?}");
    std::fs::copy(fixture(SHEET), folder.path().join("a.xlsx")).unwrap();
    let (seen, _) = shown(folder.path(), &["import", "a.xlsx", "-o", "out2"]);
    assert!(!seen.contains("/s"), "{seen:?}");
}
