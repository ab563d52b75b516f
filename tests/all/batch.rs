//! Folders and several files: outputs and their report, what a second run does, what is never overwritten.
#![allow(clippy::unwrap_used)]

use std::fs;

use crate::support;

use serde_json::Value;
use support::program::*;
use tempfile::TempDir;

#[test]
fn several_files_need_a_place_to_go() {
    let (one, two) = (fixture(SHEET), fixture(OTHER));
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    let ran = run(&["import", one, two])
        .expect(FAILED)
        .says(&["-o DIR", "--ndjson"]);
    assert!(ran.out.is_empty());
    let folder = folder(&[("a.xlsx", SHEET)]);
    run_in(folder.path(), &["import", "."], None)
        .expect(FAILED)
        .says(&["-o DIR"]);
}

#[test]
fn lines_come_in_path_order() {
    let folder = folder(&[
        ("b.xlsx", SHEET),
        ("a.xlsx", OTHER),
        ("c/a.ods", "kokubunji/r4_ods/input.ods"),
    ]);
    let ran = run_in(
        folder.path(),
        &["import", ".", "--ndjson", "--jobs", "3"],
        None,
    )
    .expect(DONE);
    let lines: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let files: Vec<&str> = lines
        .iter()
        .map(|line| line["source"]["file"].as_str().unwrap())
        .collect();
    assert_eq!(files, ["a.xlsx", "b.xlsx", "a.ods"]);
}

#[test]
fn an_empty_folder_fails_and_says_so() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("空の フォルダー")).unwrap();
    for more in [&["--ndjson"][..], &["-o", "out"], &[]] {
        let arguments = [&["import", "空の フォルダー", "--lang", "ja"][..], more].concat();
        let ran = run_in(folder.path(), &arguments, None).expect(FAILED);
        ran.says(&["空の フォルダー: 読み込めるファイルがありません"]);
    }
    fs::write(
        folder.path().join("空の フォルダー/写真.png"),
        b"\x89PNG\r\n\x1a\n0000",
    )
    .unwrap();
    let ran = run_in(
        folder.path(),
        &["import", "空の フォルダー", "-o", "out"],
        None,
    )
    .expect(FAILED);
    ran.says(&["nothing to import"]);
}

#[test]
fn a_folder_gives_a_folder_and_its_report() {
    let folder = folder(&[
        ("in/r8.xlsx", SHEET),
        ("in/総務部/r4.xlsx", OTHER),
        ("in/壊れた.xlsx", "bad/truncated_xlsx/input.xlsx"),
        ("in/手紙.docx", "bad/word_docx/input.docx"),
        ("in/.隠れた.xlsx", SHEET),
        ("in/.git/x.xlsx", SHEET),
    ]);
    fs::write(folder.path().join("in/空.md"), "").unwrap();
    fs::write(folder.path().join("in/設定.json"), "{ \"a\": 1 }").unwrap();
    let ran = run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(FAILED);
    assert!(ran.out.is_empty());
    let ran = ran.says(&[
        "壊れた.xlsx: ",
        "imported 2, skipped 0, failed 1, ignored 5",
    ]);
    // It may be what a department sent.
    let ran = ran.says(&["not read: in/手紙.docx: its format is Word: save it as PDF"]);
    assert!(!ran.err.contains("設定"), "{}", ran.err);
    let out = folder.path().join("out");
    let expected = [
        (".git", "ignored"),
        (".隠れた.xlsx", "ignored"),
        ("r8.xlsx", "imported"),
        ("壊れた.xlsx", "failed"),
        ("手紙.docx", "ignored"),
        ("空.md", "ignored"),
        ("総務部/r4.xlsx", "imported"),
        ("設定.json", "ignored"),
    ];
    assert_eq!(outcomes(&report(&out)), pairs(&expected));
    assert!(out.join("r8.xlsx.json").is_file() && out.join("総務部/r4.xlsx.json").is_file());
    let notes = fs::read(out.join("import-notes.csv")).unwrap();
    assert!(notes.starts_with("\u{feff}ファイル,場所,".as_bytes()));
    assert!(
        String::from_utf8(notes)
            .unwrap()
            .contains("\r\n壊れた.xlsx,,重大,")
    );
    assert!(leftovers(&out).is_empty());
    run_in(folder.path(), &["validate", "out"], None).expect(DONE);
}

#[test]
fn a_second_run_skips_what_is_unchanged() {
    let folder = folder(&[("in/a.xlsx", SHEET), ("in/b.xlsx", OTHER)]);
    let import = |more: &[&str]| {
        let ran = run_in(
            folder.path(),
            &[&["import", "in", "-o", "out"][..], more].concat(),
            None,
        );
        ran.expect(DONE);
        outcomes(&report(&folder.path().join("out")))
    };
    let [imported, skipped] =
        ["imported", "skipped"].map(|outcome| pairs(&[("a.xlsx", outcome), ("b.xlsx", outcome)]));
    assert_eq!(import(&[]), imported);
    let first = report(&folder.path().join("out"));
    assert_eq!(import(&[]), skipped);
    let second = report(&folder.path().join("out"));
    for key in [
        "output",
        "output_sha256",
        "sha256",
        "layouts",
        "documents",
        "goals",
        "notes",
        "coverage",
    ] {
        assert_eq!(first["files"][0][key], second["files"][0][key], "{key}");
    }
    fs::copy(fixture(SHEET), folder.path().join("in/b.xlsx")).unwrap();
    assert_eq!(import(&[])[1].1, "imported", "the source changed");
    assert_eq!(import(&["--lang", "en"]), imported, "the options changed");
    assert_eq!(import(&["--lang", "en"]), skipped);
    assert_eq!(
        import(&["--fiscal-year", "R8"]),
        imported,
        "the options changed"
    );
    let path = folder.path().join("out/import-report.json");
    let report = fs::read_to_string(&path).unwrap();
    let older = report.replacen(
        "\"program\": \"seirihyo ",
        "\"program\": \"seirihyo 0.0.",
        1,
    );
    assert_ne!(older, report);
    fs::write(&path, older).unwrap();
    assert_eq!(
        import(&["--fiscal-year", "R8"]),
        imported,
        "the program changed"
    );
}

#[test]
fn an_edited_output_is_kept_and_named() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    let import = |more: &[&str]| {
        run_in(
            folder.path(),
            &[&["import", "in", "-o", "out"][..], more].concat(),
            None,
        )
    };
    import(&[]).expect(DONE);
    let output = folder.path().join("out/a.xlsx.json");
    let written = fs::read_to_string(&output).unwrap();
    let edited = written.replace("\"person\"", " \"person\"");
    fs::write(&output, &edited).unwrap();
    for _ in 0..2 {
        import(&[]).expect(DONE).says(&["a.xlsx.json", "--force"]);
        assert_eq!(fs::read_to_string(&output).unwrap(), edited);
    }
    fs::copy(fixture(OTHER), folder.path().join("in/a.xlsx")).unwrap();
    import(&["--lang", "ja"])
        .expect(DONE)
        .says(&["編集されている"]);
    assert_eq!(fs::read_to_string(&output).unwrap(), edited);
    fs::copy(fixture(SHEET), folder.path().join("in/a.xlsx")).unwrap();
    import(&["--force"]).expect(DONE);
    assert_eq!(fs::read_to_string(&output).unwrap(), written);
}

#[test]
fn a_file_that_is_not_ours_is_not_overwritten() {
    let folder = folder(&[("a.xlsx", SHEET)]);
    fs::create_dir(folder.path().join("out")).unwrap();
    let output = folder.path().join("out/a.xlsx.json");
    fs::write(&output, "mine").unwrap();
    let ran = run_in(folder.path(), &["import", "a.xlsx", "-o", "out"], None).expect(FAILED);
    ran.says(&["a.xlsx.json", "--force"]);
    assert_eq!(fs::read_to_string(&output).unwrap(), "mine");
    run_in(
        folder.path(),
        &["import", "a.xlsx", "-o", "out", "--force"],
        None,
    )
    .expect(DONE);
    fs::remove_file(folder.path().join("out/import-report.json")).unwrap();
    run_in(folder.path(), &["import", "a.xlsx", "-o", "out"], None).expect(DONE);
}

#[test]
fn a_source_that_fails_once_keeps_its_output() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    let import = || run_in(folder.path(), &["import", "in", "-o", "out"], None);
    import().expect(DONE);
    fs::copy(
        fixture("bad/truncated_xlsx/input.xlsx"),
        folder.path().join("in/a.xlsx"),
    )
    .unwrap();
    import().expect(FAILED);
    fs::copy(fixture(OTHER), folder.path().join("in/a.xlsx")).unwrap();
    import().expect(DONE);
}

#[test]
fn two_sources_do_not_share_an_output() {
    let folder = folder(&[("x/a.xlsx", SHEET), ("y/a.xlsx", OTHER)]);
    let ran = run_in(
        folder.path(),
        &["import", "x/a.xlsx", "y/a.xlsx", "-o", "out"],
        None,
    )
    .expect(FAILED);
    ran.says(&["y/a.xlsx: ", "x/a.xlsx", "a.xlsx.json"]);
    run_in(folder.path(), &["import", ".", "-o", "out"], None).expect(DONE);
}

#[test]
fn outputs_beside_the_sources_are_not_sources() {
    let folder = folder(&[("a.xlsx", SHEET)]);
    for outcome in ["imported", "skipped"] {
        run_in(folder.path(), &["import", ".", "-o", "."], None).expect(DONE);
        let outcomes = outcomes(&report(folder.path()));
        assert!(
            outcomes.contains(&("a.xlsx".to_owned(), outcome.to_owned())),
            "{outcomes:?}"
        );
        assert!(
            outcomes
                .iter()
                .all(|(name, outcome)| name == "a.xlsx" || outcome == "ignored"),
            "{outcomes:?}"
        );
    }
    run_in(folder.path(), &["import", "a.xlsx.json"], None)
        .expect(FAILED)
        .says(&["written by seirihyo"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    let ran = run_in(
        folder.path(),
        &["import", "in", "-o", "out", "--dry-run"],
        None,
    )
    .expect(DONE);
    assert_eq!(outcomes(&ran.json()), pairs(&[("a.xlsx", "imported")]));
    assert!(!folder.path().join("out").exists());
    let ran = run_in(folder.path(), &["import", "in", "--dry-run", "-q"], None).expect(DONE);
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn the_same_documents_are_noticed() {
    let folder = folder(&[
        ("a.xlsx", "kokubunji/r4_xlsx/input.xlsx"),
        ("b.ods", "kokubunji/r4_ods/input.ods"),
    ]);
    run_in(folder.path(), &["import", ".", "-o", "out"], None).expect(DONE);
    let report = report(&folder.path().join("out"));
    assert_eq!(report["files"][0]["notes"].get("same-document"), None);
    assert_eq!(
        report["files"][1]["notes"]["same-document"], 1,
        "{report:#}"
    );
    let notes = fs::read_to_string(folder.path().join("out/import-notes.csv")).unwrap();
    assert!(
        notes.contains("b.ods,,参考,「a.xlsx」と同じ内容です。"),
        "{notes}"
    );
}

#[test]
fn options_of_a_batch_go_together() {
    let folder = folder(&[
        ("in/a.xlsx", SHEET),
        ("in/b.xlsx", "kokubunji/year_conflict_xlsx/input.xlsx"),
        ("in/c/d.ods", "kokubunji/r4_ods/input.ods"),
    ]);
    let run = |words: &[&str], more: &[&str]| {
        run_in(
            folder.path(),
            &[&["import", "in"], words, more].concat(),
            None,
        )
    };
    let mut seen = Vec::new();
    for jobs in ["1", "2", "7"] {
        let jobs = ["--jobs", jobs];
        let lines = run(&["--ndjson", "--strict"], &jobs).expect(FOUND).out;
        assert_eq!(run(&["--ndjson"], &jobs).expect(DONE).out, lines);
        let mut dry = run(&["--dry-run", "--strict"], &jobs).expect(FOUND).json();
        assert_eq!(
            run(&["--dry-run"], &jobs)
                .expect(DONE)
                .err
                .matches("warning: ")
                .count(),
            1
        );
        for file in dry["files"].as_array_mut().unwrap() {
            file["milliseconds"] = Value::Null;
        }
        let out = format!("out{}", jobs[1]);
        run(&["-o", &out, "--strict"], &jobs).expect(FOUND);
        // What was skipped still warns.
        run(&["-o", &out, "--strict"], &jobs)
            .expect(FOUND)
            .says(&["skipped 3"]);
        let out = folder.path().join(out);
        let outputs = [
            "a.xlsx.json",
            "b.xlsx.json",
            "c/d.ods.json",
            "import-notes.csv",
        ]
        .map(|name| fs::read_to_string(out.join(name)).unwrap());
        seen.push((lines, dry, outputs));
    }
    assert!(
        seen.windows(2).all(|pair| pair[0] == pair[1]),
        "the number of jobs shows"
    );
    assert_eq!(seen[0].0.lines().count(), 3);
    fs::write(folder.path().join("in/e.pdf"), "%PDF-1.7").unwrap();
    for words in [&["--ndjson"][..], &["--dry-run"], &["-o", "out1"]] {
        let ran = run(words, &["--strict", "--jobs", "3"]).expect(FAILED);
        ran.says(&["e.pdf: "]);
    }
    run(&["--ndjson", "-o", "out1"], &[])
        .expect(FAILED)
        .says(&["--ndjson"]);
}
