//! `next`: what is carried over into the form of another year, what is not, and that the form is one to type into.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use seirihyo::next::CARRIED_COLUMN;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{DONE, FAILED, fixture, run_in};
use crate::support::typing::typed;

/// A folder with next year's form of a fixture as `r9.xlsx`.
fn next_of(case: &str, options: &[&str]) -> TempDir {
    next_year_of(case, "R9", options)
}

fn next_year_of(case: &str, year: &str, options: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let source = fixture(case);
    let mut words = vec![
        "next",
        source.to_str().unwrap(),
        "--year",
        year,
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

/// The letters and the row of the cell that a value was read from: `D`, 4.
fn cell_of(value: &Value) -> (String, usize) {
    let cell = value["places"][0]["cell"].as_str().unwrap();
    let cell = cell.split(':').next().unwrap();
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap();
    (cell[..digits].to_owned(), cell[digits..].parse().unwrap())
}

/// The office's year: last year's sheet → this year's form → typed into, with rows put in, taken out, copied and sorted, and
/// numbered anew → read → compared with last year's. Every goal finds its own, whatever became of its row.
#[test]
#[allow(clippy::too_many_lines)] // one year of an office, from sheet to sheet
fn a_form_that_was_typed_into_and_sorted_is_compared_goal_by_goal() {
    for (case, layout) in [
        ("kokubunji/r8_xlsx/input.xlsx", None),
        ("kokubunji/r8_calc_pdf/input.pdf", None),
        ("kokubunji/r4_xlsx/input.xlsx", None),
        ("kokubunji/r4_calc_pdf/input.pdf", None),
        ("machida/plan_xlsx/input.xlsx", None),
        ("machida/plan_calc_pdf/input.pdf", None),
        (
            "focus_goals/sheet_xlsx/input.xlsx",
            Some("focus_goals/layout.toml"),
        ),
        (
            "focus_goals/sheet_calc_pdf/input.pdf",
            Some("focus_goals/layout.toml"),
        ),
        (
            "graded_goals/sheet_xlsx/input.xlsx",
            Some("graded_goals/layout.toml"),
        ),
        (
            "graded_goals/sheet_calc_pdf/input.pdf",
            Some("graded_goals/layout.toml"),
        ),
    ] {
        let layout = layout.map(|file| fixture(file).to_str().unwrap().to_owned());
        let options: Vec<&str> = layout.iter().flat_map(|file| ["--layout", file]).collect();
        let year = if case.contains("/r4_") {
            "R5"
        } else if case.starts_with("graded") {
            "R8"
        } else {
            "R9"
        };
        let folder = next_year_of(case, year, &options);
        let run = |words: &[&str]| {
            let words: Vec<&str> = words.iter().chain(&options).copied().collect();
            run_in(folder.path(), &words, None)
        };
        let form = run(&["import", "r9.xlsx"]).expect(DONE).json();
        let goals = form["documents"][0]["goals"].as_array().unwrap();
        let (item, first) = cell_of(&goals[0]["item"]);
        let text = ["level", "methods"]
            .into_iter()
            .find(|name| !goals[0][*name].is_null());
        let (text, _) = cell_of(&goals[0][text.unwrap()]);
        let number = Some(&goals[0]["number"])
            .filter(|number| !number.is_null())
            .map(cell_of);

        let columns = form["documents"][0]["columns"].as_array().unwrap();
        let seen_predecessors = columns
            .iter()
            .find(|column| column["field"] == "predecessors" && column["heading"] != CARRIED_COLUMN)
            .map(|column| cell_of(column).0);

        let bytes = fs::read(folder.path().join("r9.xlsx")).unwrap();
        let typed = typed(&bytes, (first, goals.len()), |rows| {
            rows[0].put(&text, "庁内の全ての課で、新しい手順が使われている。");
            let mut copied = rows[2].clone();
            copied.put(&item, "屋上の緑化と雨水の利用");
            copied.put(&text, "庁舎の屋上に花壇が三つできている。");
            // Where the column is the form's own, whoever copies a row sees it.
            if let Some(column) = &seen_predecessors {
                copied.put(column, "新規");
            }
            let mut own = rows[2].clone();
            own.clear();
            own.put(&item, "移動式の投票所の開設");
            own.put(&text, "山あいの集落に投票所が二つ開かれている。");
            rows.insert(3, copied);
            rows.remove(1);
            rows.push(own);
            rows.reverse();
            if let Some((column, _)) = &number {
                for (at, row) in rows.iter_mut().enumerate() {
                    row.put(column, &(at + 1).to_string());
                }
            }
        });
        fs::write(folder.path().join("typed.xlsx"), typed).unwrap();
        let source = fixture(case);
        let source = source.to_str().unwrap();
        run(&["check", "typed.xlsx", "--last", source]);
        run(&["compare", source, "typed.xlsx", "-o", "years.json"]).expect(DONE);
        let bytes = fs::read(folder.path().join("years.json")).unwrap();
        let years: Value = serde_json::from_slice(&bytes).unwrap();
        // Of several sheets, those that nobody typed into are as they were.
        let all: usize = form["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|document| document["goals"].as_array().unwrap().len())
            .sum();
        let counts = |name: &str| years["summary"][name].as_u64().unwrap() as usize;
        // A line that only the page's width broke is one of other wording.
        let seen = ["changed", "ended", "new", "merged", "split", "candidate"].map(counts);
        assert_eq!(seen, [1, 1, 2, 0, 0, 0], "{case}");
        assert_eq!(counts("unchanged") + counts("wording"), all - 2, "{case}");
        for pair in years["pairs"].as_array().unwrap() {
            if let (Some(old), Some(new)) = (pair["old"].get(0), pair["new"].get(0)) {
                assert_eq!(old["item"], new["item"], "{case}");
            }
        }
        // Without numbers, texts alone tell the copied row from the one that it was copied from.
        if number.is_some() && seen_predecessors.is_none() {
            let notes = years["notes"].as_array().unwrap();
            let doubled = notes
                .iter()
                .any(|note| note["code"] == "predecessor-doubled");
            assert!(doubled, "{case} {notes:?}");
        }
    }
}
