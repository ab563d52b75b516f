//! Sources that change: the report keeps what other folders gave, and `--prune` removes only what is certainly gone. One
//! test for each way in which something right could be lost.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::program::*;
use tempfile::TempDir;

const FOUR: [(&str, &str); 4] = [
    ("in/a.xlsx", SHEET),
    ("in/b.xlsx", OTHER),
    ("in/c/d.ods", "kokubunji/r4_ods/input.ods"),
    ("in/e.xlsx", "kokubunji/r8_xlsx/input.xlsx"),
];

/// Four sources, imported.
fn imported() -> TempDir {
    let folder = folder(&FOUR);
    run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(DONE);
    folder
}

fn prune(folder: &Path, more: &[&str]) -> Ran {
    let arguments = [&["import", "in", "-o", "out", "--prune"][..], more].concat();
    run_in(folder, &arguments, None)
}

fn is_there(folder: &Path, output: &str) -> bool {
    folder.join("out").join(output).exists()
}

fn earlier(folder: &Path) -> Vec<String> {
    let report = report(&folder.join("out"));
    let rows = report["earlier"].as_array().cloned().unwrap_or_default();
    let input = |row: &Value| row["input"].as_str().unwrap().to_owned();
    rows.iter().map(input).collect()
}

#[test]
fn what_is_gone_is_told_listed_and_removed() {
    let folder = imported();
    let at = folder.path();
    fs::remove_file(at.join("in/a.xlsx")).unwrap();
    run_in(at, &["import", "in", "-o", "out"], None)
        .expect(DONE)
        .says(&["a.xlsx: the source is gone"]);
    assert_eq!(earlier(at), ["a.xlsx"]);
    let report = fs::read(at.join("out/import-report.json")).unwrap();
    prune(at, &["--dry-run"])
        .expect(DONE)
        .says(&["would be removed: out/a.xlsx.json"]);
    assert!(is_there(at, "a.xlsx.json"));
    assert_eq!(fs::read(at.join("out/import-report.json")).unwrap(), report);
    prune(at, &[])
        .expect(DONE)
        .says(&["removed: out/a.xlsx.json"]);
    assert!(!is_there(at, "a.xlsx.json") && is_there(at, "b.xlsx.json"));
    assert_eq!(earlier(at), Vec::<String>::new());
    let again = prune(at, &[]).expect(DONE);
    assert!(!again.err.contains("a.xlsx"), "{}", again.err);
}

#[test]
fn a_folder_that_is_missing_or_empty_takes_nothing_with_it() {
    let folder = imported();
    let at = folder.path();
    fs::rename(at.join("in"), at.join("away")).unwrap();
    prune(at, &[]).expect(FAILED);
    fs::create_dir(at.join("in")).unwrap();
    prune(at, &["--force"]).expect(FAILED);
    fs::write(at.join("in/readme.md"), "").unwrap();
    prune(at, &["--force"])
        .expect(FAILED)
        .says(&["see whether the share is connected"]);
    for (name, _) in FOUR {
        assert!(is_there(at, &format!("{}.json", &name[3..])), "{name}");
    }
    // And nothing was forgotten.
    fs::remove_dir_all(at.join("in")).unwrap();
    fs::rename(at.join("away"), at.join("in")).unwrap();
    prune(at, &[]).expect(DONE).says(&["skipped 4"]);
}

#[test]
fn a_swapped_folder_takes_nothing_with_it() {
    let folder = imported();
    let at = folder.path();
    fs::rename(at.join("in"), at.join("away")).unwrap();
    fs::create_dir(at.join("in")).unwrap();
    fs::copy(fixture(SHEET), at.join("in/z.xlsx")).unwrap();
    prune(at, &[]).expect(FAILED).says(&["4 of 5 outputs"]);
    assert!(is_there(at, "a.xlsx.json") && is_there(at, "z.xlsx.json"));
    prune(at, &["--force"]).expect(DONE);
    assert!(!is_there(at, "a.xlsx.json") && is_there(at, "z.xlsx.json"));
}

#[test]
fn an_edited_output_stays() {
    let folder = imported();
    let at = folder.path();
    fs::remove_file(at.join("in/a.xlsx")).unwrap();
    fs::write(at.join("out/a.xlsx.json"), "{}").unwrap();
    prune(at, &["--force"])
        .expect(DONE)
        .says(&["was edited since"]);
    assert!(is_there(at, "a.xlsx.json"));
    assert_eq!(earlier(at), ["a.xlsx"]);
}

#[test]
fn another_folders_outputs_stay_and_are_remembered() {
    let folder = folder(&[
        ("in/a.xlsx", SHEET),
        ("in/b.xlsx", OTHER),
        ("other/x.xlsx", SHEET),
    ]);
    let at = folder.path();
    run_in(at, &["import", "in", "-o", "out"], None).expect(DONE);
    run_in(at, &["import", "other", "-o", "out"], None).expect(DONE);
    assert_eq!(earlier(at), ["a.xlsx", "b.xlsx"]);
    let notes = run_in(at, &["import", "other", "-o", "out", "--prune"], None).expect(DONE);
    assert!(!notes.err.contains("removed"), "{}", notes.err);
    assert!(is_there(at, "a.xlsx.json") && is_there(at, "b.xlsx.json"));
    run_in(at, &["import", "in", "-o", "out"], None)
        .expect(DONE)
        .says(&["skipped 2"]);
}

/// Two towns' folders have a file of one name: neither takes the other's place.
#[test]
fn a_file_of_the_same_name_elsewhere_overwrites_nothing() {
    let folder = folder(&[("in/a.xlsx", SHEET), ("other/a.xlsx", OTHER)]);
    let at = folder.path();
    run_in(at, &["import", "in", "-o", "out"], None).expect(DONE);
    let before = fs::read(at.join("out/a.xlsx.json")).unwrap();
    let other = ["import", "other", "-o", "out"];
    run_in(at, &other, None)
        .expect(FAILED)
        .says(&["was not made from this file"]);
    // Not even where the first folder is out of reach.
    fs::rename(at.join("in"), at.join("away")).unwrap();
    run_in(at, &other, None).expect(FAILED);
    assert_eq!(fs::read(at.join("out/a.xlsx.json")).unwrap(), before);
    // The same file in a folder that was moved is the same file.
    run_in(at, &["import", "away", "-o", "out"], None)
        .expect(DONE)
        .says(&["skipped 1"]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_stands_below_a_folder_that_is_not_gone_into_is_not_gone() {
    let folder = imported();
    let at = folder.path();
    fs::rename(at.join("in/c"), at.join("c")).unwrap();
    std::os::unix::fs::symlink("../c", at.join("in/c")).unwrap();
    prune(at, &[]).expect(DONE);
    assert!(is_there(at, "c/d.ods.json"));
    assert_eq!(earlier(at), ["c/d.ods"]);
}

#[test]
fn a_source_that_fails_is_not_gone() {
    let folder = imported();
    let at = folder.path();
    fs::write(at.join("in/a.xlsx"), "no workbook").unwrap();
    prune(at, &[]).expect(FAILED);
    assert!(is_there(at, "a.xlsx.json"));
}

/// The report may be anybody's.
#[test]
fn a_report_cannot_name_what_is_no_output() {
    for (input, output) in [
        ("../secret", "../secret.json"),
        ("/etc/x", "/etc/x.json"),
        ("z.xlsx", "keep.json"),
        ("link/keep", "link/keep.json"),
    ] {
        let folder = imported();
        let at = folder.path();
        fs::create_dir(at.join("elsewhere")).unwrap();
        for path in ["secret.json", "out/keep.json", "elsewhere/keep.json"] {
            fs::write(at.join(path), "{}").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("../elsewhere", at.join("out/link")).unwrap();
        let path = at.join("out/import-report.json");
        let mut report: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let mut row = report["files"][0].clone();
        row["input"] = input.into();
        row["output"] = output.into();
        row["output_sha256"] =
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a".into();
        report["files"].as_array_mut().unwrap().push(row);
        fs::write(&path, report.to_string()).unwrap();
        prune(at, &["--force"]).expect(DONE).says(&["it was kept"]);
        for path in ["secret.json", "out/keep.json", "elsewhere/keep.json"] {
            assert!(at.join(path).exists(), "{output} took {path}");
        }
    }
}

/// Reports of earlier versions name no folders.
#[test]
fn a_report_of_an_earlier_version_is_understood() {
    let folder = imported();
    let at = folder.path();
    let path = at.join("out/import-report.json");
    let mut report: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    for row in report["files"].as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("root");
    }
    fs::write(&path, report.to_string()).unwrap();
    fs::remove_file(at.join("in/a.xlsx")).unwrap();
    prune(at, &[]).expect(DONE).says(&["skipped 3"]);
    // Of which folder it was is not known, so that it stays.
    assert!(is_there(at, "a.xlsx.json"));
    assert_eq!(earlier(at), ["a.xlsx"]);
}
