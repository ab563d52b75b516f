//! A table that is drawn from bytes -> the same cells wherever it stands, however large, whichever way the page lies, and
//! whatever stands beside it.

use seirihyo::read::{ReadOptions, read};
use seirihyo::sheet::Block;

use super::page;

/// Factors from a sheet at half its size to one at twice.
const SCALES: [f32; 4] = [0.5, 0.707, 1.414, 2.0];
/// Size of the text and height of a row, points.
const TEXT: f32 = 10.0;
const ROW: f32 = 24.0;
/// Where the table stands on its page.
const CORNER: (f32, f32) = (60.0, 420.0);
/// Words of cells: numbers, kanji in `Shift_JIS`, letters.
const WORDS: [&str; 8] = [
    "(1)",
    "<94D4 8D86>",
    "(12)",
    "<8FAC 8A77 8D5A>",
    "(A)",
    "<328C 8E96>",
    "(1,234)",
    "<8AFA 8CC0>",
];

/// How the rules of a table are drawn.
#[derive(Clone, Copy)]
enum Style {
    Strokes,
    Boxes,
    Fills,
    Rows,
}

/// A table: widths of its columns, rows, a word a cell.
struct Table {
    widths: Vec<f32>,
    rows: usize,
    style: Style,
    words: Vec<usize>,
}

impl Table {
    fn of(data: &[u8]) -> Self {
        let byte = |at: usize| {
            data.get(at % data.len().max(1))
                .copied()
                .unwrap_or_default()
        };
        let columns = 2 + usize::from(byte(0)) % 4;
        let rows = 3 + usize::from(byte(1)) % 4;
        let widths = (0..columns).map(|at| 60.0 + f32::from(byte(2 + at) % 60));
        let style = match byte(7) % 4 {
            0 => Style::Strokes,
            1 => Style::Boxes,
            2 => Style::Fills,
            _ => Style::Rows,
        };
        Self {
            widths: widths.collect(),
            rows,
            style,
            words: (0..rows * columns)
                .map(|at| usize::from(byte(8 + at)) % WORDS.len())
                .collect(),
        }
    }

    /// Its content, the corner of the table at a point.
    #[allow(clippy::format_push_string)] // a page is written once, operator by operator
    fn content(&self, (left, top): (f32, f32)) -> String {
        let mut out = "0.5 w ".to_owned();
        let ends: Vec<f32> = std::iter::once(left)
            .chain(self.widths.iter().scan(left, |at, width| {
                *at += width;
                Some(*at)
            }))
            .collect();
        let right = ends.last().copied().unwrap_or(left);
        let bottom = top - ROW * self.rows as f32;
        let y = |row: usize| top - ROW * row as f32;
        for row in 0..=self.rows {
            match self.style {
                Style::Strokes | Style::Rows => {
                    out += &format!("{left} {} m {right} {} l S ", y(row), y(row));
                }
                Style::Fills => out += &format!("{left} {} {} 0.5 re f ", y(row), right - left),
                Style::Boxes => {}
            }
        }
        for (column, width) in self.widths.iter().enumerate() {
            let x = ends.get(column).copied().unwrap_or(left);
            match self.style {
                Style::Strokes => out += &format!("{x} {top} m {x} {bottom} l S "),
                Style::Fills => out += &format!("{x} {bottom} 0.5 {} re f ", top - bottom),
                Style::Boxes => {
                    for row in 0..self.rows {
                        out += &format!("{x} {} {width} {ROW} re S ", y(row + 1));
                    }
                }
                Style::Rows => {}
            }
        }
        match self.style {
            Style::Strokes => out += &format!("{right} {top} m {right} {bottom} l S "),
            Style::Fills => out += &format!("{right} {bottom} 0.5 {} re f ", top - bottom),
            Style::Boxes | Style::Rows => {}
        }
        let columns = self.widths.len();
        for (at, word) in self.words.iter().enumerate() {
            let x = ends.get(at % columns).copied().unwrap_or(left) + 4.0;
            let y = y(at / columns + 1) + 8.0;
            let word = WORDS.get(*word).copied().unwrap_or("(1)").replace(' ', "");
            out += &format!("BT /B {TEXT} Tf {x} {y} Td {word} Tj ET ");
        }
        out
    }
}

/// Row, column, spans and text of the cells of each grid.
type Cells = Vec<(u32, u32, u32, u32, String)>;

fn cells(file: &[u8]) -> Vec<Cells> {
    let Ok(reading) = read(file, &ReadOptions::default()) else {
        return Vec::new();
    };
    let blocks = reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let grids = blocks.filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Line(_) => None,
    });
    let grids = grids.map(|grid| {
        let cells = grid.cells.iter().map(|cell| {
            let lines = cell.lines.iter().map(|line| line.range.of(&reading.text));
            let text = lines.collect::<Vec<&str>>().join("\n");
            (cell.row, cell.column, cell.rows, cell.columns, text)
        });
        cells.collect()
    });
    grids.collect()
}

/// The same cells at every scale, at another place, on a page that lies on its side, beside a paragraph and a picture.
pub fn hold(data: &[u8]) {
    let table = Table::of(data);
    let drawn = table.content(CORNER);
    let plain = cells(&page::sheet_of(&drawn, 1.0, 0));
    assert!(!plain.is_empty(), "no table");
    for scale in SCALES {
        assert_eq!(
            cells(&page::sheet_of(&drawn, scale, 0)),
            plain,
            "{scale} times"
        );
    }
    let moved = table.content((CORNER.0 + 33.3, CORNER.1 + 51.7));
    assert_eq!(cells(&page::sheet_of(&moved, 1.0, 0)), plain, "moved");
    for turn in [90, 180, 270] {
        let turned = cells(&page::sheet_of(&drawn, 1.0, turn));
        assert_eq!(turned, plain, "turned by {turn} degrees");
    }
    let paragraph = "BT /B 10 Tf 60 520 Td (No 7) Tj 0 -460 Td <93B9 98 48> Tj ET ";
    let beside = format!("{drawn}{paragraph}");
    assert_eq!(
        cells(&page::sheet_of(&beside, 1.0, 0)),
        plain,
        "a paragraph"
    );
    let picture = "q 90 0 0 60 600 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \u{1} EI Q ";
    let beside = format!("{drawn}{picture}");
    assert_eq!(cells(&page::sheet_of(&beside, 1.0, 0)), plain, "a picture");
}
