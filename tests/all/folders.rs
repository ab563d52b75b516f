//! What stands in real folders beside sheets: links, pipes, locked folders, names that only differ in case; and
//! places that cannot be written to. Each is in the report with its reason; nothing blocks, nothing is half-written.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::program::*;
use tempfile::TempDir;

fn row<'a>(report: &'a Value, input: &str) -> &'a Value {
    let rows = report["files"].as_array().unwrap();
    let row = rows.iter().find(|row| row["input"] == input);
    row.unwrap_or_else(|| panic!("{input} is not in {report:#}"))
}

/// Outcome and reason of each input.
#[track_caller]
fn said(report: &Value, expected: &[(&str, &str, &str)]) {
    for (input, outcome, reason) in expected {
        let row = row(report, input);
        assert_eq!(row["outcome"], *outcome, "{row}");
        assert!(
            row["error"].as_str().unwrap_or_default().contains(reason),
            "{row}"
        );
    }
    assert_eq!(report["files"].as_array().unwrap().len(), expected.len());
}

/// No file is begun and unfinished anywhere below a folder.
fn nothing_is_half_written(folder: &Path) {
    assert_eq!(leftovers(folder), Vec::<String>::new());
}

#[test]
fn links_pipes_and_sockets_are_listed_and_neither_followed_nor_waited_for() {
    let folder = folder(&[("in/a.xlsx", SHEET), ("elsewhere/b.xlsx", OTHER)]);
    let at = |name: &str| folder.path().join("in").join(name);
    symlink("../elsewhere/b.xlsx", at("b.xlsx")).unwrap();
    symlink("nowhere.xlsx", at("gone.xlsx")).unwrap();
    symlink("ring2.xlsx", at("ring1.xlsx")).unwrap();
    symlink("ring1.xlsx", at("ring2.xlsx")).unwrap();
    symlink("..", at("up")).unwrap();
    symlink(".", at("here")).unwrap();
    symlink("../elsewhere", at("beside")).unwrap();
    symlink("/dev/zero", at("zero.xlsx")).unwrap();
    let made = Command::new("mkfifo").arg(at("pipe.pdf")).status().unwrap();
    assert!(made.success());
    let _socket = UnixListener::bind(at("socket.ods")).unwrap();
    run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(FAILED);
    let report = report(&folder.path().join("out"));
    let broken = "リンク先のファイルがありません";
    let expected = [
        ("a.xlsx", "imported", ""),
        ("b.xlsx", "imported", ""),
        ("beside", "ignored", "フォルダーへのリンク"),
        ("gone.xlsx", "failed", broken),
        ("here", "ignored", "フォルダーへのリンク"),
        ("pipe.pdf", "ignored", "普通のファイルではありません"),
        ("ring1.xlsx", "failed", broken),
        ("ring2.xlsx", "failed", broken),
        ("socket.ods", "ignored", "普通のファイルではありません"),
        ("up", "ignored", "フォルダーへのリンク"),
        ("zero.xlsx", "ignored", "普通のファイルではありません"),
    ];
    said(&report, &expected);
}

#[test]
fn the_other_commands_pass_by_what_is_no_file() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    symlink("..", folder.path().join("in/up")).unwrap();
    let pipe = folder.path().join("in/pipe");
    Command::new("mkfifo").arg(&pipe).status().unwrap();
    run_in(folder.path(), &["export", "in", "-o", "a.csv"], None).expect(DONE);
    run_in(folder.path(), &["render", "in", "-o", "a.xlsx"], None).expect(DONE);
    for words in [&["import", "in/pipe"][..], &["inspect", "in/pipe"]] {
        run_in(folder.path(), words, None)
            .expect(FAILED)
            .says(&["in/pipe: ", "not a regular file"]);
    }
}

#[test]
fn a_pipe_in_the_place_of_an_output_or_report_does_not_block() {
    for name in ["a.xlsx.json", "import-report.json", "import-notes.csv"] {
        let folder = folder(&[("in/a.xlsx", SHEET), ("out/x", SHEET)]);
        let pipe = folder.path().join("out").join(name);
        Command::new("mkfifo").arg(&pipe).status().unwrap();
        run_in(folder.path(), &["import", "in", "-o", "out"], None);
        nothing_is_half_written(&folder.path().join("out"));
    }
}

/// The program, run by a user without any rights, who may write to `out` alone.
fn run_by_nobody(folder: &Path, words: &[&str]) -> Ran {
    const NOBODY: u32 = 65_534;
    let program = folder.join("seirihyo");
    // By another process: a file that this one has just written cannot be run while another thread's child, not yet
    // what it is to become, has it open.
    let copied = Command::new("cp")
        .args([env!("CARGO_BIN_EXE_seirihyo").as_ref(), program.as_os_str()])
        .status();
    assert!(copied.unwrap().success());
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(&program);
    command.args(words).current_dir(folder).env("LC_ALL", "C");
    // Whoever is no superuser has no rights to take away.
    if rustix::process::geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn folders_and_files_without_permission_are_in_the_report() {
    let folder = folder(&[
        ("in/a.xlsx", SHEET),
        ("in/secret.xlsx", SHEET),
        ("in/総務部/b.xlsx", SHEET),
    ]);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("out")).unwrap();
    mode(&at("out"), 0o777);
    mode(&at("in/secret.xlsx"), 0);
    mode(&at("in/総務部"), 0);
    let ran = run_by_nobody(folder.path(), &["import", "in", "-o", "out"]).expect(FAILED);
    mode(&at("in/総務部"), 0o755);
    let expected = [
        ("a.xlsx", "imported", ""),
        ("secret.xlsx", "failed", "開く権限がありません"),
        ("総務部", "failed", "開く権限がありません"),
    ];
    said(&report(&at("out")), &expected);
    ran.says(&[
        "in/secret.xlsx: permission denied",
        "in/総務部: permission denied",
    ]);
}

#[test]
fn a_place_that_cannot_be_written_to_is_told_once_before_anything_is_read() {
    let folder = folder(&[("in/a.xlsx", SHEET), ("in/b.xlsx", SHEET), ("out/x", SHEET)]);
    mode(&folder.path().join("out"), 0o555);
    let ran = run_by_nobody(folder.path(), &["import", "in", "-o", "out"]).expect(FAILED);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    ran.says(&["out: permission to write denied", "-o"]);
    let ran = run_by_nobody(folder.path(), &["import", "in", "-o", "new/out"]).expect(FAILED);
    ran.says(&["new/out: permission to write denied"]);
    // A drive that takes no files at all.
    run_in(folder.path(), &["import", "in", "-o", "/proc/out"], None)
        .expect(FAILED)
        .says(&["/proc/out: "]);
}

#[test]
fn a_file_where_a_folder_is_wanted_and_a_folder_where_a_file_is() {
    let folder = folder(&[("in/a.xlsx", SHEET), ("in/b.xlsx", SHEET), ("file", SHEET)]);
    let before = fs::read(folder.path().join("file")).unwrap();
    for place in ["file", "file/deeper"] {
        let ran = run_in(folder.path(), &["import", "in", "-o", place], None).expect(FAILED);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        ran.says(&["a file stands where a folder is needed"]);
    }
    assert_eq!(fs::read(folder.path().join("file")).unwrap(), before);
    fs::create_dir_all(folder.path().join("out/a.xlsx.json")).unwrap();
    let ran = run_in(
        folder.path(),
        &["import", "in", "-o", "out", "--force"],
        None,
    )
    .expect(FAILED);
    ran.says(&["in/a.xlsx: output “out/a.xlsx.json”: a folder of this name stands there"]);
    let report = report(&folder.path().join("out"));
    assert_eq!(row(&report, "b.xlsx")["outcome"], "imported");
    assert_eq!(row(&report, "a.xlsx")["outcome"], "failed");
    nothing_is_half_written(&folder.path().join("out"));
    fs::create_dir_all(folder.path().join("d.csv")).unwrap();
    fs::create_dir_all(folder.path().join("d.xlsx")).unwrap();
    for words in [
        ["export", "in/a.xlsx", "-o", "d.csv", "--force"],
        ["render", "in/a.xlsx", "-o", "d.xlsx", "--force"],
    ] {
        run_in(folder.path(), &words, None)
            .expect(FAILED)
            .says(&[words[3], "folder"]);
    }
    nothing_is_half_written(folder.path());
}

/// A shell that lets the program write files of so many blocks of 512 bytes, and go on when it cannot.
fn run_with_room(folder: &Path, blocks: u32, words: &str) -> Ran {
    let line = format!(
        "trap '' XFSZ; ulimit -f {blocks}; exec {} {words}",
        env!("CARGO_BIN_EXE_seirihyo")
    );
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(folder);
    let output = command.env("LC_ALL", "C").output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_full_drive_leaves_what_was_there_and_is_told() {
    // The outputs of these two take some 40 and 100 blocks.
    let folder = folder(&[("in/a.xlsx", SHEET), ("in/b.xlsx", OTHER)]);
    let out = folder.path().join("out");
    run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(DONE);
    let old = ["a.xlsx.json", "b.xlsx.json", "import-report.json"]
        .map(|name| (name, fs::read(out.join(name)).unwrap()));
    let ran =
        run_with_room(folder.path(), 1, "import in -o out --municipality 132144").expect(FAILED);
    ran.says(&[
        "output “out/a.xlsx.json”: there is no room left",
        "out/import-report.json: ",
    ]);
    for (name, bytes) in &old {
        assert_eq!(&fs::read(out.join(name)).unwrap(), bytes, "{name}");
    }
    // The report could not say what was begun.
    assert_eq!(leftovers(&out), [".seirihyo-begun"]);
    // With room again, the same command goes on.
    let words = ["import", "in", "-o", "out", "--municipality", "132144"];
    run_in(folder.path(), &words, None).expect(DONE);
    nothing_is_half_written(&out);
    let ran = run_with_room(folder.path(), 1, "export out -o a.csv").expect(FAILED);
    ran.says(&["a.csv: there is no room left"]);
    assert!(!folder.path().join("a.csv").exists());
    nothing_is_half_written(folder.path());
}

#[test]
fn where_the_list_of_notes_cannot_be_written_the_report_is_true() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    let out = folder.path().join("out");
    fs::create_dir_all(out.join("import-notes.csv")).unwrap();
    let import = || run_in(folder.path(), &["import", "in", "-o", "out"], None);
    import().expect(FAILED).says(&["out/import-notes.csv: "]);
    said(&report(&out), &[("a.xlsx", "imported", "")]);
    import().expect(FAILED);
    said(&report(&out), &[("a.xlsx", "skipped", "")]);
}

#[test]
fn a_full_standard_output_is_told() {
    let folder = folder(&[("a.xlsx", SHEET)]);
    for words in ["import a.xlsx", "import a.xlsx --ndjson", "inspect a.xlsx"] {
        let line = format!("exec {} {words} >/dev/full", env!("CARGO_BIN_EXE_seirihyo"));
        let mut command = Command::new("sh");
        command.args(["-c", &line]).current_dir(folder.path());
        let output = command.env("LC_ALL", "C").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(FAILED), "{said}");
        assert!(said.contains("no room left"), "{said}");
    }
}

/// A program that runs is the one file that Linux keeps from being written.
#[test]
fn a_list_that_another_program_holds_is_told_before_anything_is_read() {
    let folder = folder(&[("in/a.xlsx", SHEET), ("out/x", SHEET)]);
    let list = folder.path().join("out/import-notes.csv");
    fs::copy("/bin/sleep", &list).unwrap();
    let mut holder = Command::new(&list).arg("100").spawn().unwrap();
    let ran = run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(FAILED);
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    ran.says(&["out/import-notes.csv: another application", "close it"]);
    assert!(!folder.path().join("out/a.xlsx.json").exists());
    run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(DONE);
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    let words = [
        "import",
        "in",
        "in/a.xlsx",
        "in/a.xlsx",
        "-o",
        "out",
        "--jobs",
        "100000",
    ];
    run_in(folder.path(), &words, None)
        .expect(DONE)
        .says(&["imported 1"]);
}

#[test]
fn names_that_some_systems_take_for_one_are_not_both_written() {
    let folder = folder(&[("in/A.xlsx", SHEET), ("in/a.xlsx", OTHER)]);
    // The same name, composed and decomposed.
    for name in ["が.xlsx", "か\u{3099}.xlsx"] {
        fs::copy(fixture(SHEET), folder.path().join("in").join(name)).unwrap();
    }
    for _ in 0..2 {
        run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(FAILED);
        let report = report(&folder.path().join("out"));
        let rows = report["files"].as_array().unwrap();
        let errors: Vec<&str> = rows
            .iter()
            .filter_map(|row| row["error"].as_str())
            .collect();
        assert_eq!(rows.len(), 4);
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert!(
            errors[0].contains("「in/A.xlsx」と大文字・小文字だけが違う名前"),
            "{errors:?}"
        );
        assert!(errors[1].contains("と同じ出力"), "{errors:?}");
        assert_eq!(row(&report, "a.xlsx")["outcome"], "failed");
    }
}

#[test]
fn a_name_too_long_for_its_output_is_told() {
    // 255 bytes are the longest name; .json does not fit.
    let long = format!("in/{}.xlsx", "長".repeat(83));
    let folder = folder(&[(&long, SHEET), ("in/a.xlsx", OTHER)]);
    run_in(folder.path(), &["import", "in", "-o", "out"], None)
        .expect(FAILED)
        .says(&["the name is too long"]);
    assert_eq!(report(&folder.path().join("out"))["totals"]["imported"], 1);
    nothing_is_half_written(&folder.path().join("out"));
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    let large = fs::File::create(folder.path().join("in/b.xlsx")).unwrap();
    large
        .set_len(seirihyo::read::limits::FILE_BYTES + 1)
        .unwrap();
    run_in(folder.path(), &["import", "in", "-o", "out"], None)
        .expect(FAILED)
        .says(&["in/b.xlsx: the file is too large", "imported 1"]);
}

#[test]
fn no_file_is_written_but_beside_its_target() {
    let folder = folder(&[("in/a.xlsx", SHEET), ("in/b.xlsx", OTHER)]);
    let environment = [
        ("TMPDIR", "/nonexistent"),
        ("TEMP", "/nonexistent"),
        ("HOME", "/nonexistent"),
    ];
    for words in [
        &["import", "in", "-o", "out"][..],
        &["render", "out", "-o", "all.xlsx"],
        &["export", "out", "-o", "all.sqlite"],
        &["export", "out", "-o", "all.parquet"],
        &["compare", "in/a.xlsx", "in/b.xlsx", "-o", "c.xlsx"],
        &["compare", "in/a.xlsx", "in/b.xlsx", "-o", "c.html"],
        &["inspect", "in/a.xlsx", "-o", "a.html"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seirihyo"));
        command
            .args(words)
            .current_dir(folder.path())
            .envs(environment);
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{words:?} {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = [
        "a.html",
        "all.parquet",
        "all.sqlite",
        "all.xlsx",
        "c.html",
        "c.xlsx",
        "in",
        "out",
    ];
    assert_eq!(names, expected);
}

#[test]
fn what_a_killed_run_left_is_swept_by_the_next() {
    let folder = folder(&[("in/市民部/a.xlsx", SHEET), ("out/市民部/x", SHEET)]);
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    let at = |name: &str| folder.path().join(name);
    let old = ["out/.seirihyo-12-3.tmp", "out/市民部/.seirihyo-12-4.tmp"];
    let kept = ["out/.seirihyo-1-2-mine.tmp", "out/市民部/.note.tmp"];
    for name in old.iter().chain(&kept) {
        fs::write(at(name), "{").unwrap();
        fs::File::open(at(name))
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
    }
    fs::write(at("out/.seirihyo-12-5.tmp"), "{").unwrap();
    run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(DONE);
    assert!(old.iter().all(|name| !at(name).exists()));
    assert!(kept.iter().all(|name| at(name).exists()));
    assert!(
        at("out/.seirihyo-12-5.tmp").exists(),
        "it may be in writing"
    );
}

#[test]
fn documents_of_other_programs_are_told_by_their_beginning_or_their_name() {
    let folder = TempDir::new().unwrap();
    for (name, bytes, said) in [
        ("a.xdw", &b"\x60\x0e\x82\x01\0\0"[..], "DocuWorks"),
        ("b.pdf", b"\x60\x0e\x82\x01\0\0", "DocuWorks"),
        ("c.XDW", b"\x00\x01\x02\xff\xfe\x00", "DocuWorks"),
        ("d.xbd", b"\x00\x01\x02\xff\xfe\x00", "DocuWorks"),
        ("e.jtd", b"\x00\x01\x02\xff\xfe\x00", "Ichitaro"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        run_in(folder.path(), &["import", name], None)
            .expect(FAILED)
            .says(&[said, "save it as PDF"]);
    }
}

#[test]
fn what_is_named_as_a_sheet_and_is_none_has_failed_and_other_kinds_are_ignored() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    for name in ["r4.xlsx", "r5.pdf", "r6.csv", "r7.bin"] {
        fs::write(
            folder.path().join("in").join(name),
            b"\x00\x01\x02\xff\xfe\x00",
        )
        .unwrap();
    }
    run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(FAILED);
    let expected = [
        ("a.xlsx", "imported", ""),
        ("r4.xlsx", "failed", "読める形式ではありません"),
        ("r5.pdf", "failed", "読める形式ではありません"),
        ("r6.csv", "failed", "読める形式ではありません"),
        ("r7.bin", "ignored", "読める形式ではありません"),
    ];
    said(&report(&folder.path().join("out")), &expected);
}

#[test]
fn an_empty_folder_elsewhere_is_no_reason_to_stop() {
    let empty = TempDir::new().unwrap();
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    let words = [
        "import",
        "in",
        empty.path().to_str().unwrap(),
        "no.xlsx",
        "-o",
        "out",
    ];
    run_in(folder.path(), &words, None)
        .expect(FAILED)
        .says(&["no.xlsx: there is no such file", "imported 1"]);
    let expected = [
        ("a.xlsx", "imported", ""),
        ("no.xlsx", "failed", "ファイルがありません"),
    ];
    said(&report(&folder.path().join("out")), &expected);
}
