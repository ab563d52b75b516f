//! The format that no program at hand writes: the sheet of a fixture as an Excel binary workbook gives the fixture's documents.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

#[allow(dead_code)] // the reader's own tests use the rest
use crate::support::xlsb_writer;

use crate::support;

use seirihyo::pipeline;
use serde_json::Value as Json;
use support::{essence, first_difference, settings};
use xlsb_writer::{Cell, Sheet, Value, workbook};

const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/kokubunji/r8_xlsx");

fn json(file: &str) -> Json {
    let text = std::fs::read_to_string(format!("{CASE}/{file}"));
    serde_json::from_str(&text.unwrap_or_default()).unwrap_or_default()
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The sheet of `truth.json` where the fixture's workbook has it: title, labels, headings, goals.
fn sheet(truth: &Json) -> Sheet {
    let meta = |label: &str| text(&truth["meta"][label]).to_owned();
    let mut cells = Vec::new();
    let mut put = |row: u32, column: u32, value: Value| {
        cells.push(Cell {
            row,
            column,
            style: 0,
            value,
        });
    };
    put(1, 1, Value::Text(text(&truth["title"]).to_owned()));
    put(2, 1, Value::Text("作成日".to_owned()));
    put(2, 3, Value::Text(meta("作成日")));
    put(2, 5, Value::Text(format!("職名　{}", meta("職名"))));
    put(2, 6, Value::Text(format!("氏名　{}", meta("氏名"))));
    for (column, heading) in (1..).zip(list(&truth["columns"])) {
        put(3, column, Value::Text(text(heading).to_owned()));
    }
    for (row, goal) in (4..).zip(list(&truth["rows"])) {
        for (column, cell) in (1..).zip(list(goal)) {
            let word = text(cell);
            put(
                row,
                column,
                match word.parse::<u32>() {
                    Ok(number) if column == 1 => Value::Number(f64::from(number)),
                    _ if word.is_empty() => Value::Blank,
                    _ => Value::Text(word.to_owned()),
                },
            );
        }
    }
    Sheet {
        name: "組織目標".to_owned(),
        cells,
        merges: vec![(1, 1, 1, 7), (2, 1, 2, 2), (2, 3, 2, 4), (2, 6, 2, 7)],
        title_rows: Some((3, 3)),
        ..Sheet::default()
    }
}

#[test]
fn a_binary_workbook_gives_the_same_documents() {
    let bytes = workbook(&[sheet(&json("truth.json"))]);
    let import = pipeline::import("input.xlsb", &bytes, &settings(None));
    let import = import.map(|import| serde_json::to_value(import).unwrap_or_default());
    let documents = import.map(|import| essence(&import["documents"]));
    let want = essence(&json("expected.json")["documents"]);
    assert_eq!(documents.map(|got| first_difference(&want, &got)), Ok(None));
}
