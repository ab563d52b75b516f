//! Documents and names that speak to terminals, browsers and spreadsheets: what they say is shown, not obeyed.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::fs;
use std::path::Path;

use rust_xlsxwriter::Workbook;
use support::program::*;
use tempfile::TempDir;

/// Markup, an escape sequence that colours, one that renames the window, a bell, a return that overprints, marks that
/// reorder, and a path out of the folder.
const EVIL: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>\u{1b}[31m\u{1b}]0;title\u{7}\r\u{8}\u{9b}31m\
                    \u{202e}txet\u{2066}\u{61c}\u{200f}=cmd|' /C calc'!A0 ../../etc/passwd";

/// What a terminal would obey.
fn obeyed_by_terminals(text: &str) -> Vec<char> {
    let mark = |c: &char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || mark(c))
        .collect()
}

#[track_caller]
fn shown_not_obeyed(what: &str, text: &str) {
    let obeyed = obeyed_by_terminals(text);
    assert!(obeyed.is_empty(), "{what}: {obeyed:?} in {text}");
}

#[track_caller]
fn markup_is_text(what: &str, page: &str) {
    shown_not_obeyed(what, page);
    for tag in ["<script>alert", "<img"] {
        assert!(!page.contains(tag), "{what}: {tag}");
    }
    assert!(
        page.contains("&lt;script&gt;alert(1)"),
        "{what}: it is not shown"
    );
}

/// A goal sheet with such words wherever a document has words.
fn evil_sheet(path: &Path, level: &str) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("目標<b>\u{202e}").unwrap();
    let title = format!("令和8年度　組織目標展開整理表（部の組織目標）{EVIL}");
    sheet.write(0, 0, title).unwrap();
    for (column, text) in [
        (0, "作成日"),
        (2, "令和8年4月3日"),
        (4, "職名　会計管理者"),
        (5, "氏　名"),
        (6, EVIL),
    ] {
        sheet.write(1, column, text).unwrap();
    }
    let headings = [
        "番号",
        "実施項目",
        "計画・方針等の分類",
        "どの水準まで",
        "どのような方法で",
        "いつまで",
        "共通/課名",
        EVIL,
    ];
    for (column, heading) in (0..).zip(headings) {
        sheet.write(2, column, heading).unwrap();
    }
    for row in 0..2 {
        let goal = [EVIL, EVIL, level, EVIL, EVIL, EVIL, EVIL];
        sheet.write(3 + row, 0, row + 1).unwrap();
        for (column, text) in (1..).zip(goal) {
            sheet.write(3 + row, column, text).unwrap();
        }
    }
    sheet
        .insert_note(3, 3, &rust_xlsxwriter::Note::new(EVIL))
        .unwrap();
    workbook.save(path).unwrap();
}

fn evil_folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    let name = "in/悪\u{1b}[31m\u{202e}い\n名前<b>.xlsx";
    evil_sheet(&folder.path().join(name), "水準を直す。");
    evil_sheet(&folder.path().join("in/二.xlsx"), "水準を大きく直す。");
    fs::write(
        folder.path().join("in/壊\u{7}\r\u{2067}れた.pdf"),
        "%PDF-1.7",
    )
    .unwrap();
    folder
}

#[test]
fn messages_of_an_import_are_not_obeyed() {
    let folder = evil_folder();
    for words in [
        &["import", "in", "-o", "out", "-v"][..],
        &["import", "in", "-o", "out", "-v", "--lang", "ja", "--force"],
        &["import", "in", "--ndjson", "-v"],
        &["import", "in/壊\u{7}\r\u{2067}れた.pdf"],
        &["import", "\u{1b}[31mない\u{202e}"],
        &[
            "import",
            "in",
            "-o",
            "out",
            "--fiscal-year",
            "\u{1b}[31m\u{202e}",
        ],
        &[
            "import",
            "in",
            "-o",
            "out",
            "--layout",
            "\u{1b}[31m\u{202e}",
        ],
        &["\u{1b}[31m\u{202e}"],
        &["import", "--\u{1b}[31m\u{202e}"],
    ] {
        let ran = run_in(folder.path(), words, None).expect(FAILED);
        shown_not_obeyed(&format!("{words:?}"), &ran.err);
    }
    let names = fs::read_dir(folder.path().join("out")).unwrap().count();
    assert_eq!(
        names, 5,
        "two outputs, the report and its two lists, whatever the documents say"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn what_is_shown_of_a_document_is_not_obeyed() {
    let folder = evil_folder();
    let at = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let run = |words: &[&str]| run_in(folder.path(), words, None).expect(DONE);
    let ran = run(&["inspect", "in/二.xlsx"]);
    shown_not_obeyed("inspect", &ran.out);
    assert!(ran.out.contains("alert(1)"));
    run(&["inspect", "in/二.xlsx", "-o", "a.html"]);
    markup_is_text("inspect -o .html", &at("a.html"));
    let other = fs::read_dir(folder.path().join("in")).unwrap();
    let other = other.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let other = other
        .into_iter()
        .find(|name| name.starts_with('悪'))
        .unwrap();
    let other = format!("in/{other}");
    for more in [&[][..], &["--lang", "ja"], &["--color", "always"]] {
        let words = [&["compare", &other, "in/二.xlsx"][..], more].concat();
        let ran = run(&words);
        // Its own colours are the program's.
        let own = |text: &str| match more {
            ["--color", _] => [0, 1, 2, 4, 7, 9]
                .into_iter()
                .chain(30..38)
                .fold(text.to_owned(), |text, n| {
                    text.replace(&format!("\u{1b}[{n}m"), "")
                }),
            _ => text.to_owned(),
        };
        shown_not_obeyed("compare", &own(&ran.out));
        shown_not_obeyed("compare", &own(&ran.err));
    }
    run(&["compare", &other, "in/二.xlsx", "-o", "c.html"]);
    markup_is_text("compare -o .html", &at("c.html"));
    let ran = run_in(folder.path(), &["validate", &other], None);
    shown_not_obeyed("validate", &(ran.out + &ran.err));
}

#[test]
fn spreadsheets_take_nothing_for_a_formula() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    let formula = "=HYPERLINK(\"http://x.invalid\")";
    evil_sheet(&folder.path().join("in/=a.xlsx"), formula);
    let run = |words: &[&str]| run_in(folder.path(), words, None);
    run(&["import", "in", "-o", "out"]).expect(DONE);
    let list = fs::read_to_string(folder.path().join("out/import-notes.csv")).unwrap();
    assert!(
        list.lines().skip(1).all(|line| !line.starts_with('=')),
        "{list}"
    );
    run(&["export", "out", "-o", "a.csv"]).expect(DONE);
    let table = fs::read_to_string(folder.path().join("a.csv")).unwrap();
    assert!(
        table.contains("'=HYPERLINK")
            && !table.contains(",=HYPERLINK")
            && !table.contains("\"=HYPERLINK")
    );
    run(&["render", "out", "-o", "a.xlsx"]).expect(DONE);
    let bytes = fs::read(folder.path().join("a.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            assert!(!text.contains("<f>"), "{name} has a formula");
        }
        assert!(
            !text.contains("TargetMode=\"External\""),
            "{name} leads outside"
        );
    }
}
