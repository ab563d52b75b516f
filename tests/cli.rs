//! The program as its users meet it: exit statuses, what goes to which stream, files on the disk, both languages.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::fs;
use std::path::Path;
use std::process::Command;

mod support;

use serde_json::Value;
use support::program::*;
use tempfile::TempDir;

// Help and usage

#[test]
fn help_and_version() {
    let nothing = run(&[]).expect(FAILED);
    assert!(nothing.err.contains("Usage:") && nothing.out.is_empty());
    let english = run(&["import", "--help"]).expect(DONE);
    assert!(english.out.contains("Usage: seirihyo import") && english.err.is_empty());
    let japanese = run(&["import", "--help", "--lang", "ja"]).expect(DONE);
    assert!(japanese.out.contains("使い方: seirihyo import") && japanese.out.contains("標準入力"));
    assert!(
        run(&["--version"])
            .expect(DONE)
            .out
            .starts_with("seirihyo ")
    );
}

#[test]
fn only_commands_that_work_are_listed() {
    let compare = run(&["compare", "--help"]).expect(DONE).out;
    let of = |name: &str| compare.find(name).unwrap();
    assert!(
        of("\n  <OLD>") < of("\n  <NEW>"),
        "as they are typed: {compare}"
    );
    let help = run(&["--help"]).expect(DONE).out;
    for command in [
        "import",
        "inspect",
        "validate",
        "layouts",
        "schema",
        "completions",
        "man",
    ] {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command}: {help}"
        );
    }
}

#[test]
fn wrong_usage_is_told_in_both_languages() {
    run(&["import"]).expect(FAILED).says(&["<PATH>", "Usage"]);
    run(&["import", "--lang", "ja"]).expect(FAILED).says(&[
        "引数が足りません",
        "<PATH>",
        "使い方: ",
    ]);
    run(&["inport", "x", "--lang", "ja"])
        .expect(FAILED)
        .says(&["「inport」というコマンドはありません", "import"]);
    run(&["import", "x", "--frce", "--lang=ja"])
        .expect(FAILED)
        .says(&["「--frce」"]);
    let sheet = fixture(SHEET);
    let sheet = sheet.to_str().unwrap();
    run(&["import", sheet, "--fiscal-year", "abc"])
        .expect(FAILED)
        .says(&["--fiscal-year “abc”", "令和8年度"]);
    run(&["import", sheet, "--municipality", "132145"])
        .expect(FAILED)
        .says(&["132145", "check digit"]);
}

#[test]
fn the_language_is_the_systems_unless_chosen() {
    let ask = |locale: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seirihyo"));
        command
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env("LANG", locale);
        let output = command
            .args(["import", "nothing.pdf"])
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(ask("ja_JP.UTF-8", &[]).contains("ファイルがありません"));
    assert!(ask("en_US.UTF-8", &[]).contains("no such file"));
    assert!(ask("ja_JP.UTF-8", &["--lang", "en"]).contains("no such file"));
}

// One file

#[test]
fn one_file_goes_to_standard_output_and_nothing_else_does() {
    let sheet = fixture(SHEET);
    let ran = run(&["import", sheet.to_str().unwrap()]).expect(DONE);
    let json = ran.json();
    assert_eq!(json["schema"], "seirihyo/import/1");
    assert_eq!(json["source"]["file"], "input.xlsx");
    assert!(ran.out.starts_with("{\n  \"schema\"") && ran.out.ends_with("}\n"));
    let again = run(&["import", sheet.to_str().unwrap(), "--jobs", "1"]).expect(DONE);
    assert_eq!(ran.out, again.out, "the same input gives the same bytes");
}

#[test]
fn standard_input() {
    let bytes = fs::read(fixture(SHEET)).unwrap();
    let ran = run_in(Path::new("."), &["import", "-"], Some(&bytes)).expect(DONE);
    assert_eq!(ran.json()["source"]["file"], "stdin");
    run_in(Path::new("."), &["import", "-"], Some(b""))
        .expect(FAILED)
        .says(&["-: the file is empty"]);
}

#[test]
fn messages_inside_json_do_not_depend_on_the_machine() {
    let sheet = fixture("kokubunji/traps_xlsx/input.xlsx");
    let sheet = sheet.to_str().unwrap();
    let message = |more: &[&str]| {
        let arguments = [&["import", sheet][..], more].concat();
        let ran = run(&arguments);
        ran.json()["notes"][0]["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(message(&[]).contains('。'), "{}", message(&[]));
    assert!(message(&["--lang", "en"]).is_ascii() || !message(&["--lang", "en"]).contains('。'));
    assert_eq!(message(&[]), message(&["--lang", "ja"]));
}

#[test]
fn a_path_with_japanese_and_spaces() {
    let folder = folder(&[("総務部 令和8年度/整理表 （案）.xlsx", SHEET)]);
    let ran = run_in(
        folder.path(),
        &["import", "総務部 令和8年度/整理表 （案）.xlsx"],
        None,
    )
    .expect(DONE);
    assert_eq!(ran.json()["source"]["file"], "整理表 （案）.xlsx");
}

#[test]
fn a_decomposed_name_is_stored_composed() {
    let folder = folder(&[("か\u{3099}く.xlsx", SHEET)]);
    let ran = run_in(folder.path(), &["import", "か\u{3099}く.xlsx"], None).expect(DONE);
    assert_eq!(ran.json()["source"]["file"], "がく.xlsx");
}

#[test]
fn files_that_are_no_sheets_fail_with_what_to_do() {
    for (file, words) in [
        ("bad/empty/input.xlsx", "empty"),
        ("bad/noise/input.xls", "save it as"),
        ("bad/word_docx/input.docx", "Word"),
        ("bad/zip/input.zip", "ZIP"),
    ] {
        let path = fixture(file);
        let ran = run(&["import", path.to_str().unwrap()])
            .expect(FAILED)
            .says(&[file, words]);
        assert!(ran.out.is_empty(), "{file}");
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    run(&["import", "ない.xlsx", "--lang", "ja"])
        .expect(FAILED)
        .says(&["ない.xlsx: ファイルがありません"]);
}

#[test]
fn the_lock_file_of_an_open_workbook_is_told_apart() {
    let folder = folder(&[("r8.xlsx", SHEET)]);
    fs::write(folder.path().join("~$r8.xlsx"), b"\x04user").unwrap();
    run_in(folder.path(), &["import", "~$r8.xlsx"], None)
        .expect(FAILED)
        .says(&["~$r8.xlsx", "Excel"]);
    run_in(
        folder.path(),
        &["import", "~$r8.xlsx", "--lang", "ja"],
        None,
    )
    .expect(FAILED)
    .says(&["編集中"]);
    run_in(folder.path(), &["import", ".", "-o", "out"], None).expect(DONE);
    let expected = [("r8.xlsx", "imported"), ("~$r8.xlsx", "ignored")];
    assert_eq!(
        outcomes(&report(&folder.path().join("out"))),
        pairs(&expected)
    );
}

#[test]
fn warnings_make_the_status_1_on_request() {
    let sheet = fixture("kokubunji/year_conflict_xlsx/input.xlsx");
    let sheet = sheet.to_str().unwrap();
    run(&["import", sheet]).expect(DONE);
    run(&["import", sheet, "--strict"])
        .expect(FOUND)
        .says(&["input.xlsx"]);
    run(&["import", sheet, "ない.pdf", "--strict", "--ndjson"]).expect(FAILED);
}

// Several files

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
    assert!(!ran.err.contains("手紙"), "{}", ran.err);
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
                .matches("warnings")
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

// The other commands

#[test]
fn inspect_shows_any_table() {
    for file in ["bad/other_table/input.csv", SHEET] {
        let path = fixture(file);
        let path = path.to_str().unwrap();
        let text = run(&["inspect", path]).expect(DONE).out;
        for line in text.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
        }
        let json = run(&["inspect", path, "--json"]).expect(DONE);
        assert_eq!(json.json()["schema"], "seirihyo/sheets/1");
        run_in(
            Path::new("."),
            &["validate", "-"],
            Some(json.out.as_bytes()),
        )
        .expect(DONE);
    }
}

#[test]
fn the_page_of_inspect_is_self_contained() {
    // Windows has no such name.
    let name = if cfg!(windows) {
        "表 &.xlsx"
    } else {
        "表 <b>&.xlsx"
    };
    let folder = folder(&[(name, SHEET)]);
    run_in(folder.path(), &["inspect", name, "-o", "p.html"], None).expect(DONE);
    let page = fs::read_to_string(folder.path().join("p.html")).unwrap();
    for word in ["<script", "src=", "href=\"http", "url(", "@import", "<b>&."] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'"));
    let escaped = name
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    assert!(page.contains(&format!("<h1>{escaped}</h1>")));
    run_in(folder.path(), &["inspect", name, "-o", "p.html"], None).expect(DONE);
    fs::write(folder.path().join("p.html"), "mine").unwrap();
    let ran = run_in(folder.path(), &["inspect", name, "-o", "p.html"], None).expect(FAILED);
    ran.says(&["p.html", "--force"]);
    run_in(folder.path(), &["inspect", name, "-o", "p.xlsx"], None)
        .expect(FAILED)
        .says(&[".html, .json"]);
    run_in(folder.path(), &["inspect", "."], None)
        .expect(FAILED)
        .says(&["folder"]);
}

#[test]
fn validate_tells_findings_from_failures() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(DONE);
    let ran = run_in(folder.path(), &["validate", "out"], None).expect(DONE);
    assert!(ran.out.is_empty());
    let path = folder.path().join("out/a.xlsx.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"notes\"", "\"nots\"", 1)).unwrap();
    let ran = run_in(folder.path(), &["validate", "out", "--lang", "ja"], None).expect(FOUND);
    assert!(
        ran.out.contains("a.xlsx.json: ") && ran.out.contains("「notes」がありません"),
        "{}",
        ran.out
    );
    fs::write(&path, "{").unwrap();
    run_in(folder.path(), &["validate", "out/a.xlsx.json"], None)
        .expect(FAILED)
        .says(&["not seirihyo's JSON"]);
    run_in(folder.path(), &["validate", "in"], None).expect(FAILED);
}

#[test]
fn layouts_are_listed_shown_and_checked() {
    let list = run(&["layouts"]).expect(DONE).out;
    assert!(list.contains("kokubunji-seirihyo") && list.contains("generic"));
    assert!(
        run(&["layouts", "show", "generic"])
            .expect(DONE)
            .out
            .contains("name = \"generic\"")
    );
    run(&["layouts", "show", "x"])
        .expect(FAILED)
        .says(&["kokubunji-seirihyo"]);
    let folder = TempDir::new().unwrap();
    let generic = run(&["layouts", "show", "generic"]).out;
    fs::write(
        folder.path().join("良い.toml"),
        generic.replace("\"generic\"", "\"own\""),
    )
    .unwrap();
    fs::write(
        folder.path().join("悪い.toml"),
        generic.replacen("name =", "nmae =", 1),
    )
    .unwrap();
    run_in(folder.path(), &["layouts", "check", "良い.toml"], None)
        .expect(DONE)
        .says(&["own"]);
    let ran = run_in(folder.path(), &["layouts", "check", "悪い.toml"], None).expect(FAILED);
    ran.says(&["悪い.toml: line ", "nmae", "name"]);
    let sheet = fixture(SHEET);
    let arguments = [
        "import",
        sheet.to_str().unwrap(),
        "--layout",
        "悪い.toml",
        "--lang",
        "ja",
    ];
    run_in(folder.path(), &arguments, None)
        .expect(FAILED)
        .says(&["悪い.toml: ", "行", "列: "]);
}

#[test]
fn completions_and_manual() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            run(&["completions", shell])
                .expect(DONE)
                .out
                .contains("import"),
            "{shell}"
        );
    }
    let manual = run(&["man", "--lang", "ja"]).expect(DONE).out;
    assert!(
        manual.starts_with('.')
            && manual.contains("SEIRIHYO IMPORT")
            && manual.contains("標準入力")
    );
}

#[test]
fn colours_are_for_terminals() {
    assert!(!run(&["import", "no.pdf"]).err.contains('\u{1b}'));
    assert!(
        run(&["import", "no.pdf", "--color", "always"])
            .err
            .contains("\u{1b}[")
    );
}
