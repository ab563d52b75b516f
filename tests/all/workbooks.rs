//! The shared sheets' workbooks: every cell of the truth stands in a cell, and no character is lost.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use seirihyo::ledger::coverage_of_sheets;
use seirihyo::read::{ReadOptions, read};
use seirihyo::sheet::{Block, Grid, Reading};

/// The folder of shared documents, if there is one.
fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SEIRIHYO_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let found = folder.join("acceptance").is_dir();
    if !found {
        eprintln!(
            "skipped: {} does not exist (set SEIRIHYO_SHARED)",
            folder.display()
        );
    }
    found.then_some(folder)
}

fn grids(reading: &Reading) -> Vec<&Grid> {
    let blocks = reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Line(_) => None,
        })
        .collect()
}

fn cell_texts(reading: &Reading) -> Vec<String> {
    let cells = grids(reading).into_iter().flat_map(|grid| &grid.cells);
    cells
        .map(|cell| {
            let lines: Vec<&str> = cell
                .lines
                .iter()
                .map(|line| line.range.of(&reading.text))
                .collect();
            lines.join("\n")
        })
        .collect()
}

fn assert_conserved(name: &str, reading: &Reading) {
    let (coverage, breaches) = coverage_of_sheets(reading);
    assert!(breaches.is_empty(), "{name}: {breaches:?}");
    assert_eq!(coverage.unplaced, 0, "{name}");
}

#[test]
fn every_cell_of_the_truth_stands_in_a_cell() {
    let Some(shared) = shared() else { return };
    for name in ["kokubunji_r4", "kokubunji_r8"] {
        let truth =
            std::fs::read_to_string(shared.join(format!("acceptance/truth/{name}.json"))).unwrap();
        let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
        let rows = truth["rows"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|row| row.as_array().unwrap());
        let heads = truth["columns"].as_array().unwrap().iter();
        let wanted: Vec<&str> = rows
            .chain(heads)
            .filter_map(|cell| cell.as_str())
            .filter(|cell| !cell.is_empty())
            .collect();
        assert!(wanted.len() > 50);
        for ending in ["xlsx", "xls", "ods"] {
            let bytes =
                std::fs::read(shared.join(format!("acceptance/input/{name}.{ending}"))).unwrap();
            let reading = read(&bytes, &ReadOptions::default()).unwrap();
            let texts = cell_texts(&reading);
            for text in &wanted {
                assert!(
                    texts.iter().any(|cell| cell == text),
                    "{name}.{ending}: no cell is {text:?}"
                );
            }
            assert_conserved(&format!("{name}.{ending}"), &reading);
        }
    }
}
