//! Text exports of real documents against the truth of the same sheets: everything is there, and where the export lost
//! something, a note says so. They are looked for in the folder that `SEIRIHYO_SHARED` names; without it the test says so and passes.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::path::PathBuf;

use serde_json::Value;
use support::{breaches, import, shared, solid};

/// A text export with the truth of the same sheet.
fn pairs() -> Vec<(PathBuf, Value)> {
    let Some(folder) = shared().filter(|folder| folder.join("reference").is_dir()) else {
        eprintln!("skipped: no documents (set SEIRIHYO_SHARED to the folder that has reference)");
        return Vec::new();
    };
    let names = [
        ("goal_sheet_kokubunji_r4", "kokubunji_r4"),
        ("goal_sheet_kokubunji_r8", "kokubunji_r8"),
        ("goal_sheet_machida_2025", "machida"),
        ("policy_kokubunji_r6_city", "policy_r6_shi"),
        ("policy_kokubunji_r8_department", "policy_r8_bu"),
    ];
    let pair = |(export, truth): (&str, &str)| {
        let truth = folder.join(format!("acceptance/truth/{truth}.json"));
        let truth = std::fs::read_to_string(truth).ok()?;
        let export = folder.join(format!("reference/{export}.txt"));
        export
            .is_file()
            .then(|| (export, serde_json::from_str(&truth).unwrap()))
    };
    names.into_iter().filter_map(pair).collect()
}

/// The characters of a value without white space and list marks: what no export loses.
fn words(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    solid(text).replace(['・', '•'], "")
}

/// The lines of a value, with one writing of the list mark.
fn lines(value: &Value) -> String {
    support::tight(value.as_str().unwrap_or_default()).replace('•', "・")
}

fn text_of(value: &Value) -> Value {
    value["text"].clone()
}

/// The lines on which the import has notes.
fn noted(import: &Value) -> Vec<Value> {
    let notes = import["notes"].as_array().unwrap();
    notes
        .iter()
        .map(|note| note["place"]["line"].clone())
        .collect()
}

/// A text says the same words as the truth; where its lines differ, a note stands on its line.
fn same_or_noted(
    what: &str,
    want: &Value,
    got: &Value,
    import: &Value,
    failures: &mut Vec<String>,
) {
    let shown = text_of(got);
    if words(want) != words(&shown) {
        failures.push(format!("{what}: want {want}, got {shown}"));
    } else if lines(want) != lines(&shown) && !noted(import).contains(&got["places"][0]["line"]) {
        failures.push(format!(
            "{what}: other lines than {want}, and no note: {shown}"
        ));
    }
}

fn goals(
    rows: &Value,
    sheet: &Value,
    columns: &[(usize, &str)],
    import: &Value,
    failures: &mut Vec<String>,
) {
    let (rows, goals) = (rows.as_array().unwrap(), sheet["goals"].as_array().unwrap());
    assert_eq!(rows.len(), goals.len(), "number of goals");
    for (row, goal) in rows.iter().zip(goals) {
        assert_eq!(row[0].as_str(), goal["number"]["raw"].as_str());
        for &(column, field) in columns {
            let what = format!("{} {field}", row[0]);
            same_or_noted(&what, &row[column], &goal[field], import, failures);
        }
    }
}

/// The characters of a section's parts in order.
fn section_words(section: &Value) -> String {
    let mut said = solid(section["label"]["raw"].as_str().unwrap_or_default());
    said += &solid(section["heading"].as_str().unwrap_or_default());
    for block in section["blocks"].as_array().unwrap() {
        said += &solid(block["mark"].as_str().unwrap_or_default());
        said += &solid(block["text"].as_str().unwrap_or_default());
    }
    for child in section["children"].as_array().unwrap() {
        said += &section_words(child);
    }
    said
}

/// The same of a truth's section: its label, heading, paragraphs and numbered items, without readings.
fn true_words(section: &Value) -> String {
    let text = |value: &Value| solid(value.as_str().unwrap_or_default());
    let mut said = text(&section["label"]) + &text(&section["heading"]) + &text(&section["text"]);
    for block in section["blocks"].as_array().into_iter().flatten() {
        said += &text(block);
    }
    for child in section["children"].as_array().into_iter().flatten() {
        said += &true_words(child);
    }
    while let (Some(start), Some(end)) = (said.find('《'), said.find('》')) {
        said.replace_range(start..end + '》'.len_utf8(), "");
    }
    said
}

#[test]
fn nothing_of_an_export_is_lost_unsaid() {
    let mut failures = Vec::new();
    for (path, truth) in pairs() {
        let json =
            import(&path, None).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let import: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(import["source"]["format"], "text");
        assert_eq!(import["coverage"]["unplaced"], 0, "{}", path.display());
        failures.extend(breaches(&import));
        let documents = import["documents"].as_array().unwrap();
        match truth["kind"].as_str() {
            Some("policy") => {
                let sections = |value: &Value, said: fn(&Value) -> String| -> Vec<String> {
                    value["sections"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(said)
                        .collect()
                };
                assert_eq!(documents.len(), 1);
                assert_eq!(
                    sections(&documents[0], section_words),
                    sections(&truth, true_words)
                );
            }
            Some("machida") => {
                let sheets = truth["sheets"].as_array().unwrap();
                assert_eq!(documents.len(), sheets.len(), "documents");
                for (sheet, document) in sheets.iter().zip(documents) {
                    assert_eq!(document["organization"]["raw"], sheet["section"]);
                    same_or_noted(
                        "課の使命",
                        &sheet["mission"],
                        &document["mission"],
                        &import,
                        &mut failures,
                    );
                    goals(
                        &sheet["rows"],
                        document,
                        &[(2, "item"), (3, "methods")],
                        &import,
                        &mut failures,
                    );
                }
            }
            _ => {
                assert_eq!(documents.len(), 1);
                let columns = [(1, "item"), (3, "level"), (4, "methods")];
                goals(
                    &truth["rows"],
                    &documents[0],
                    &columns,
                    &import,
                    &mut failures,
                );
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Machine reading repeats rows of headings: whatever it makes of them, each character counts once.
#[test]
fn headings_that_stand_twice_count_once() {
    let text = "順位\t計画類型\t年度目標設定\t\t中間確認\n\t\t取組項目\t具体的な活動内容\t指標\t目標値\t進捗状況\n\
                \t\t取組項目\t具体的な活動内容\t指標\t目標値\t進捗状況\n1\t個別計画\t公園\t草を刈る。\t回数\t3回\n";
    let settings = support::settings(None);
    let import = seirihyo::pipeline::import("plan.txt", text.as_bytes(), &settings).unwrap();
    let codes: Vec<&str> = import.notes.iter().map(|note| note.code.as_str()).collect();
    assert!(!codes.contains(&"text-not-conserved"), "{codes:?}");
}
