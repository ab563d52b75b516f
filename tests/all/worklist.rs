//! `import-notes.xlsx`: what a person has to do after a batch, one line for each cause, failures first.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use support::program::*;

const HEADINGS: &str = "番号,実施項目,どの水準まで,どのような方法で,いつまで,共通/課名,達成状況";

/// A sheet of goals as CSV.
fn sheet(title: &str, headings: &str, rows: &[&str]) -> String {
    let lines = [title, "作成日,令和8年4月1日,職名,市民部長", headings];
    lines
        .iter()
        .chain(rows)
        .fold(String::new(), |sheet, line| sheet + line + "\n")
}

/// The list's lines under its headings.
fn lines(folder: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(folder.join("import-notes.xlsx")).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let words = |row: &[Data]| row.iter().map(ToString::to_string).collect();
    range.rows().skip(2).map(words).collect()
}

const TITLE: &str = "令和8年度 組織目標展開整理表（部の組織目標）";

#[test]
fn each_cause_has_one_line_and_failures_come_first() {
    let folder = folder(&[
        ("in/総務部/clean.xlsx", SHEET),
        ("in/総務部/locked.xlsx", "bad/encrypted_xlsx/input.xlsx"),
    ]);
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    put("市民部/目標.rtf", b"{\\rtf1 a department sent a text}");
    put("市民部/thumbs.bin", &[1, 2, 3, 200]);
    let twice = [
        "1,窓口の短縮,10分以内,案内係,年度末,市民課,",
        "2,証明書の交付,40%,広報,年度末,市民課,",
        "1,相談の充実,月4回,専門家,年度末,相談課,",
        "2,台帳の整理,終える,棚卸し,年度末,相談課,",
    ];
    put(
        "市民部/twice.csv",
        sheet(TITLE, HEADINGS, &twice).as_bytes(),
    );
    let other = format!("{HEADINGS},振り返りのひとこと");
    let rows = ["1,窓口の短縮,10分以内,案内係,年度末,市民課,,よい"];
    for name in ["a", "b", "c"] {
        let title = format!("令和8年度 組織目標展開整理表（部の組織目標）{name}");
        put(
            &format!("市民部/{name}.csv"),
            sheet(&title, &other, &rows).as_bytes(),
        );
    }
    let arguments = ["import", "in", "-o", "out", "--lang", "ja"];
    let ran = run_in(folder.path(), &arguments, None).expect(FAILED);
    let list = lines(&folder.path().join("out"));
    let heads: Vec<String> = list
        .iter()
        .map(|line| format!("{} {} {} {}", line[0], line[1], line[2], line[3]))
        .collect();
    let expected = [
        "失敗 総務部/locked.xlsx  1",
        "未読 市民部/目標.rtf  1",
        "警告 市民部/a.csv ほか2ファイル H3 ほか2 3",
        "警告 市民部/twice.csv A6、A7 2",
    ];
    assert_eq!(heads, expected, "{list:#?}");
    assert!(list[0][7].starts_with("--password"), "{list:#?}");
    assert_eq!(
        (list[3][4].as_str(), list[3][5].as_str()),
        ("1　相談の充実", "番号")
    );
    assert_eq!(list[2][5], "振り返りのひとこと");
    // The screen has the same, the failure first, and what everybody knows is not there.
    let at = |words: &str| {
        ran.err
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {}", ran.err))
    };
    assert!(at("locked.xlsx: ") < at("未読: "), "{}", ran.err);
    assert!(at("未読: ") < at("警告: "), "{}", ran.err);
    assert!(
        !ran.err.contains("clean") && !ran.err.contains("thumbs"),
        "{}",
        ran.err
    );
}

/// Links are relative to the list, whatever stands in the names.
#[test]
fn lines_lead_to_the_cell() {
    let folder = folder(&[(
        "in/it's/traps.xlsx",
        "kokubunji/year_conflict_xlsx/input.xlsx",
    )]);
    run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(DONE);
    let bytes = fs::read(folder.path().join("out/import-notes.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut links = String::new();
    let mut part = archive
        .by_name("xl/worksheets/_rels/sheet1.xml.rels")
        .unwrap();
    std::io::Read::read_to_string(&mut part, &mut links).unwrap();
    assert!(links.contains("../in/it's/traps.xlsx"), "{links}");
}

#[test]
fn a_folder_without_faults_has_an_empty_list_that_is_no_source() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    run_in(folder.path(), &["import", "in", "-o", "in"], None).expect(DONE);
    let list = lines(&folder.path().join("in"));
    assert_eq!(
        (list.len(), list[0][6].as_str()),
        (1, "確かめることはありません。")
    );
    let ran = run_in(folder.path(), &["import", "in", "-o", "in"], None).expect(DONE);
    assert!(!ran.err.contains("import-notes.xlsx:"), "{}", ran.err);
    let report = report(&folder.path().join("in"));
    let rows = outcomes(&report);
    let row = rows.iter().find(|(input, _)| input == "import-notes.xlsx");
    assert_eq!(row.unwrap().1, "ignored");
}

/// What is skipped as unchanged stays on the list.
#[test]
fn a_second_run_has_the_same_list() {
    let folder = folder(&[("in/a.xlsx", "kokubunji/year_conflict_xlsx/input.xlsx")]);
    let run = || run_in(folder.path(), &["import", "in", "-o", "out"], None).expect(DONE);
    let _ = run();
    let first = lines(&folder.path().join("out"));
    let again = run().says(&["skipped 1"]);
    assert_eq!(lines(&folder.path().join("out")), first);
    assert!(again.err.contains("warning: in/a.xlsx"), "{}", again.err);
}
