//! `next`: what is carried over into the form of another year, what is not, and that the form is one to type into.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{DONE, FAILED, fixture, run_in};

/// A folder with next year's form of a fixture as `r9.xlsx`.
fn next_of(case: &str, options: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let source = fixture(case);
    let mut words = vec![
        "next",
        source.to_str().unwrap(),
        "--year",
        "R9",
        "-o",
        "r9.xlsx",
    ];
    words.extend(options);
    run_in(folder.path(), &words, None).expect(DONE);
    folder
}

fn imported(folder: &Path, file: &str) -> Value {
    run_in(folder, &["import", file], None).expect(DONE).json()
}

fn part(folder: &Path, name: &str) -> String {
    let bytes = fs::read(folder.join("r9.xlsx")).unwrap();
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn goals_are_carried_over_and_what_the_year_brought_is_not() {
    for case in [
        "kokubunji/r8_xlsx/input.xlsx",
        "kokubunji/r8_calc_pdf/input.pdf",
        "machida/plan_xlsx/input.xlsx",
    ] {
        let folder = next_of(case, &[]);
        let old = imported(folder.path(), fixture(case).to_str().unwrap());
        let new = imported(folder.path(), "r9.xlsx");
        let documents = |of: &Value| of["documents"].as_array().unwrap().clone();
        assert_eq!(documents(&old).len(), documents(&new).len(), "{case}");
        for (old, new) in documents(&old).iter().zip(documents(&new)) {
            if old["fiscal_year"]["year"] == 2026 {
                assert_eq!(new["fiscal_year"]["year"], 2027, "{case}");
            }
            for empty in ["prepared_on", "person"] {
                assert_eq!(new[empty], Value::Null, "{case} {empty}");
            }
            assert_eq!(new["post"]["text"], old["post"]["text"], "{case}");
            let (old, new) = (
                old["goals"].as_array().unwrap(),
                new["goals"].as_array().unwrap(),
            );
            assert_eq!(old.len(), new.len(), "{case}");
            for (old, new) in old.iter().zip(new) {
                for text in ["item", "level", "methods"] {
                    assert_eq!(old[text]["text"], new[text]["text"], "{case} {text}");
                }
                let number = old["number"]["value"].to_string();
                assert_eq!(new["predecessors"]["numbers"][0], number.as_str(), "{case}");
                assert_eq!(new["achievement"], Value::Null, "{case}");
                let actual = |goal: &Value| {
                    let indicators = goal["indicators"].as_array().unwrap();
                    indicators
                        .iter()
                        .filter(|of| !of["actual"].is_null())
                        .count()
                };
                assert_eq!(actual(new), 0, "{case}");
            }
        }
    }
}

#[test]
fn a_form_that_was_not_changed_is_last_years_goal_by_goal() {
    let folder = next_of("kokubunji/r8_xlsx/input.xlsx", &[]);
    let source = fixture("kokubunji/r8_xlsx/input.xlsx");
    let words = [
        "compare",
        source.to_str().unwrap(),
        "r9.xlsx",
        "-o",
        "r9.json",
    ];
    run_in(folder.path(), &words, None).expect(DONE);
    let compared: Value =
        serde_json::from_slice(&fs::read(folder.path().join("r9.json")).unwrap()).unwrap();
    let pairs = compared["pairs"].as_array().unwrap();
    assert_eq!(
        compared["summary"]["unchanged"].as_u64().unwrap() as usize,
        pairs.len()
    );
    for pair in pairs {
        assert_eq!(pair["evidence"][0]["kind"], "predecessor");
    }
}

#[test]
fn the_form_is_one_to_type_into() {
    let folder = next_of(
        "kokubunji/r4_xlsx/input.xlsx",
        &["--layout", "kokubunji-seirihyo"],
    );
    let sheet = part(folder.path(), "xl/worksheets/sheet1.xml");
    let goals = sheet.split("<row ").filter(|row| {
        row.contains("t=\"s\"") && row.contains(" ht=\"") && !row.contains("customHeight")
    });
    let document = imported(folder.path(), "r9.xlsx")["documents"][0].clone();
    let count = document["goals"].as_array().unwrap().len();
    assert_eq!(goals.count(), count, "rows of goals fit themselves");
    assert_eq!(
        sheet.matches("<dataValidation ").count(),
        1,
        "one list for the column"
    );
    let rows = format!("sqref=\"H4:H{}\"", 3 + count);
    assert!(sheet.contains(&rows), "over all its rows");
    assert!(sheet.contains("<col min=\"9\" max=\"9\"") && sheet.contains("hidden=\"1\""));
    assert!(sheet.contains("FIND("), "what may be last year's is marked");
    let title = &document["title"]["text"];
    assert!(title.as_str().unwrap().contains("令和9年度"), "{title}");
}

#[test]
fn an_empty_form_needs_no_source() {
    let folder = TempDir::new().unwrap();
    let words = [
        "next",
        "--layout",
        "kokubunji-seirihyo",
        "--year",
        "令和9年度",
        "--blank",
        "20",
        "-o",
        "r9.xlsx",
    ];
    run_in(folder.path(), &words, None).expect(DONE);
    let sheet = part(folder.path(), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("r=\"A23\"") && !sheet.contains("r=\"A24\""));
    let strings = part(folder.path(), "xl/sharedStrings.xml");
    assert!(
        strings.contains("令和9年度 組織目標展開整理表"),
        "{strings}"
    );
    let ran = run_in(
        folder.path(),
        &["next", "--year", "R9", "-o", "x.xlsx"],
        None,
    )
    .expect(FAILED);
    ran.says(&["--layout"]);
    assert!(!folder.path().join("x.xlsx").exists());
}

#[test]
fn a_year_of_an_era_long_over_is_refused() {
    let folder = TempDir::new().unwrap();
    let source = fixture("kokubunji/small_xlsx/input.xlsx");
    let words = [
        "next",
        source.to_str().unwrap(),
        "--year",
        "H99",
        "-o",
        "x.xlsx",
    ];
    run_in(folder.path(), &words, None)
        .expect(FAILED)
        .says(&["H99"]);
}
