//! What several tests share: readings as plain rows, packages made by hand.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::{Cursor, Write};

use seirihyo::error::Error;
use seirihyo::ledger::coverage_of_sheets;
use seirihyo::read::{ReadOptions, read};
use seirihyo::sheet::{Block, Cell, Grid, Reading};
use zip::write::SimpleFileOptions;

/// Reads bytes without a password.
pub fn try_read(bytes: &[u8]) -> Result<Reading, Error> {
    read(bytes, &ReadOptions::default())
}

/// Reads bytes, and proves that no character is lost or doubled.
pub fn read_whole(bytes: &[u8]) -> Reading {
    let reading = try_read(bytes).unwrap_or_else(|error| panic!("{error}"));
    assert_conserved("reading", &reading);
    reading
}

/// The ledger of the sheets adds up and everything in them is accounted for.
pub fn assert_conserved(name: &str, reading: &Reading) {
    let (coverage, breaches) = coverage_of_sheets(reading);
    assert!(breaches.is_empty(), "{name}: {breaches:?}");
    assert_eq!(coverage.unplaced, 0, "{name}");
}

/// All grids in order.
pub fn grids(reading: &Reading) -> Vec<&Grid> {
    let blocks = reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Line(_) => None,
        })
        .collect()
}

/// A cell's lines, joined.
pub fn text_of(reading: &Reading, cell: &Cell) -> String {
    let lines: Vec<&str> = cell
        .lines
        .iter()
        .map(|line| line.range.of(&reading.text))
        .collect();
    lines.join("\n")
}

/// Every cell that has text, as `sheet!address=text`.
pub fn cells(reading: &Reading) -> Vec<String> {
    let cells = grids(reading).into_iter().flat_map(|grid| &grid.cells);
    cells
        .filter(|cell| !cell.lines.is_empty())
        .map(|cell| format!("{}={}", cell.place, text_of(reading, cell)))
        .collect()
}

/// The codes of all notes, sorted.
pub fn codes(reading: &Reading) -> Vec<&str> {
    let mut codes: Vec<&str> = reading
        .notes
        .iter()
        .map(|note| note.code.as_str())
        .collect();
    codes.sort_unstable();
    codes
}

/// The texts of the notes with a code.
pub fn noted(reading: &Reading, code: &str) -> Vec<String> {
    let notes = reading.notes.iter().filter(|note| note.code == code);
    notes
        .map(|note| note.text.clone().unwrap_or_default())
        .collect()
}

/// A ZIP container of these parts.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
