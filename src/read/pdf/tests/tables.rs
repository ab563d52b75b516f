//! The shared sheets' PDFs hold each cell of their truth, rows cut by a page break included.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::read::{ReadOptions, read};
use crate::sheet::{Block, Line, LineEnd, Reading};
use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let shared = std::env::var("SEIRIHYO_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(shared)
        .join("acceptance");
    if !path.is_dir() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// Spaces do not count, line breaks do.
fn without_spaces(text: &str) -> String {
    text.chars()
        .filter(|&c| c == '\n' || !c.is_whitespace())
        .collect()
}

fn text_of(reading: &Reading, lines: &[Line]) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        text.push_str(line.range.of(&reading.text));
        if at + 1 < lines.len() && line.ends != LineEnd::Wrap {
            text.push('\n');
        }
    }
    without_spaces(&text)
}

/// The texts of a page, and those of them that its end cuts.
type PageTexts = (HashSet<String>, Vec<String>);

/// The texts of each page: cells, lines, and paragraphs of lines.
fn texts(reading: &Reading) -> Vec<PageTexts> {
    let mut pages = Vec::new();
    for sheet in &reading.sheets {
        let (mut whole, mut cut) = (HashSet::new(), Vec::new());
        let mut paragraph: Vec<Line> = Vec::new();
        for block in &sheet.blocks {
            let mut keep = |lines: &[Line]| {
                let text = text_of(reading, lines);
                if lines.last().is_some_and(|line| line.ends == LineEnd::Cut) {
                    cut.push(text.clone());
                }
                whole.insert(text);
            };
            match block {
                Block::Grid(grid) => grid.cells.iter().for_each(|cell| keep(&cell.lines)),
                Block::Line(line) => {
                    paragraph.push(line.clone());
                    if line.ends != LineEnd::Wrap {
                        keep(&paragraph);
                        paragraph.clear();
                    }
                }
            }
        }
        pages.push((whole, cut));
    }
    pages
}

/// The texts that a truth names.
fn wanted(truth: &Value) -> Vec<String> {
    fn sections(value: &Value, wanted: &mut Vec<String>) {
        for section in value.as_array().into_iter().flatten() {
            wanted.extend(
                section["blocks"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|b| b.as_str().map(str::to_owned)),
            );
            sections(&section["children"], wanted);
        }
    }
    let mut wanted = Vec::new();
    let sheets = truth["sheets"].as_array().into_iter().flatten();
    for sheet in std::iter::once(truth).chain(sheets) {
        let rows = sheet["rows"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_array)
            .flatten();
        wanted.extend(rows.filter_map(|cell| cell.as_str().map(str::to_owned)));
    }
    wanted.extend(
        truth["preamble"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|p| p.as_str().map(str::to_owned)),
    );
    sections(&truth["sections"], &mut wanted);
    wanted
        .iter()
        .map(|text| without_spaces(text))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Whether a text stands on a page, or on the end of one and the start of the next.
fn is_there(text: &str, pages: &[PageTexts]) -> bool {
    let joined = |(a, b): (&PageTexts, &PageTexts)| {
        a.1.iter()
            .filter_map(|start| text.strip_prefix(start.as_str()))
            .any(|rest| {
                !rest.is_empty()
                    && (b.0.contains(rest)
                        || rest
                            .strip_prefix('\n')
                            .is_some_and(|rest| b.0.contains(rest)))
            })
    };
    pages.iter().any(|page| page.0.contains(text))
        || pages.iter().zip(pages.iter().skip(1)).any(joined)
}

#[test]
fn every_cell_of_the_truth_is_found() {
    let Some(shared) = shared() else { return };
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(shared.join("input"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    inputs.sort();
    for path in inputs
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
    {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let stem = name.split('.').next().unwrap();
        let truth =
            std::fs::read_to_string(shared.join("truth").join(format!("{stem}.json"))).unwrap();
        let reading = read(&std::fs::read(path).unwrap(), &ReadOptions::default()).unwrap();
        let mut notes = reading.notes.iter();
        // A full line at a sentence's end, and a number that the cell's edge cuts, are what they are, whatever the sheet says.
        let said = ["line-end-uncertain", "number-over-lines"];
        let faults = notes.find(|note| !said.contains(&&*note.code));
        assert!(faults.is_none(), "{name}: {faults:?}");
        assert_eq!(crate::ledger::coverage_of_sheets(&reading).1, [], "{name}");
        let pages = texts(&reading);
        let missing: Vec<String> = wanted(&serde_json::from_str(&truth).unwrap())
            .into_iter()
            .filter(|text| !is_there(text, &pages))
            .collect();
        assert_eq!(missing, Vec::<String>::new(), "{name}");
    }
}
