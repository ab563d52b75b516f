//! A workbook as a person changes it who types into a form: words changed, rows put in, taken out and sorted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write as _};

use regex::{Captures, Regex};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A row: its cells by column, each with its element's attributes and its value as written.
#[derive(Debug, Clone)]
pub struct TypedRow {
    attributes: String,
    cells: BTreeMap<String, (String, String)>,
}

impl TypedRow {
    /// Types words into a cell.
    pub fn put(&mut self, column: &str, words: &str) {
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        let cell = self.cells.entry(column.to_owned()).or_default();
        let style = Regex::new(r#" t="[a-z]+""#).unwrap();
        cell.0 = format!("{} t=\"inlineStr\"", style.replace(&cell.0, ""));
        cell.1 = format!("<is><t xml:space=\"preserve\">{words}</t></is>");
    }

    /// Empties every cell.
    pub fn clear(&mut self) {
        for cell in self.cells.values_mut() {
            cell.1.clear();
        }
    }
}

/// The workbook with the rows `first..` of its first worksheet, `count` of them, changed; rows are counted from 1.
pub fn typed(
    workbook: &[u8],
    (first, count): (usize, usize),
    change: impl FnOnce(&mut Vec<TypedRow>),
) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    let mut change = Some(change);
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == SHEET {
            let change = change.take().unwrap();
            bytes = changed(&String::from_utf8(bytes).unwrap(), first, count, change).into_bytes();
        }
        written
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        written.write_all(&bytes).unwrap();
    }
    written.finish().unwrap().into_inner()
}

fn changed(
    sheet: &str,
    first: usize,
    count: usize,
    change: impl FnOnce(&mut Vec<TypedRow>),
) -> String {
    let row = Regex::new(r#"<row r="(\d+)"([^>]*)>(.*?)</row>"#).unwrap();
    let cell = Regex::new(r#"<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)"#).unwrap();
    let mut all: Vec<TypedRow> = row
        .captures_iter(sheet)
        .map(|row| TypedRow {
            attributes: row[2].to_owned(),
            cells: cell
                .captures_iter(&row[3])
                .map(|cell| {
                    let value = cell.get(3).map_or("", |value| value.as_str());
                    (cell[1].to_owned(), (cell[2].to_owned(), value.to_owned()))
                })
                .collect(),
        })
        .collect();
    let below = all.split_off(first - 1 + count);
    let mut typed = all.split_off(first - 1);
    change(&mut typed);
    let moved = typed.len() as isize - count as isize;
    all.extend(typed);
    all.extend(below);
    let mut rows = String::new();
    for (at, row) in all.iter().enumerate() {
        let number = at + 1;
        let _ = write!(rows, "<row r=\"{number}\"{}>", row.attributes);
        // Columns of one letter: A to Z, in order.
        for (column, (attributes, value)) in &row.cells {
            let _ = write!(rows, "<c r=\"{column}{number}\"{attributes}>{value}</c>");
        }
        rows += "</row>";
    }
    let start = sheet.find("<sheetData>").unwrap() + "<sheetData>".len();
    let end = sheet.find("</sheetData>").unwrap();
    let rest = &sheet[end..];
    // What is merged below moves with its rows.
    let merged = Regex::new(r#"<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/>"#).unwrap();
    let rest = merged.replace_all(rest, |found: &Captures<'_>| {
        let row = |at: usize| {
            let row: isize = found[at].parse().unwrap();
            if row as usize >= first + count {
                row + moved
            } else {
                row
            }
        };
        let (top, bottom) = (row(2), row(4));
        format!(
            "<mergeCell ref=\"{}{top}:{}{bottom}\"/>",
            &found[1], &found[3]
        )
    });
    format!("{}{rows}{rest}", &sheet[..start])
}
