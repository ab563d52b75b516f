//! The program as its users meet it: help, exit statuses, what goes to which stream, both languages, the other commands.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support;

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
