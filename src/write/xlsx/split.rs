//! A table's rows -> the rows of a worksheet with their heights; a row that would be too tall goes on below.

use std::ops::Range;

use super::measure::{self, MeasuredLine};
use super::{BASE_SIZE, Measures};
use crate::form::{Align, Direction};
use crate::write::table::{
    Cell, Content, Down, Look, Next, Overlong, Position, Row, Run, Size, Table,
};

/// The tallest row, points (ECMA-376 §18.3.1.73 leaves it open; Excel takes 409.5).
const TALLEST: f64 = 409.5;
/// Above and below the lines of a cell together, points.
const PADDING: f64 = 4.0;
/// The mark of a row, and of a text, that goes on from the row above.
pub(super) const CONTINUED: &str = "（続き）";

/// A row of a worksheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SheetRow {
    pub cells: Vec<Cell>,
    /// Points.
    pub height: f64,
    /// Where the row after it stands in print.
    pub next: Next,
}

/// The rows of a worksheet, and which of them are repeated on each page.
pub(super) struct Placed {
    pub rows: Vec<SheetRow>,
    pub repeated: Range<usize>,
}

/// Places a table's rows. `page` is the height of a page in points of the unscaled sheet: no row is taller
/// than what a page has below its headings, so that no line is cut at a page's end.
pub(super) fn place(table: &Table, measures: &Measures, page: f64) -> Placed {
    let natural: Vec<f64> = table
        .rows
        .iter()
        .map(|row| height(row, table, measures))
        .collect();
    let headings: f64 = table
        .repeated
        .clone()
        .filter_map(|at| natural.get(at))
        .sum();
    let on_page = ((page - headings) * 0.95).max(100.0);
    let limit = on_page.min(TALLEST);
    let mut rows: Vec<SheetRow> = Vec::new();
    let mut repeated = 0..0;
    let mut skipped = 0;
    for (at, row) in table.rows.iter().enumerate() {
        if skipped > 0 {
            skipped -= 1;
            continue;
        }
        if let Some(instead) = &row.instead
            && !fit(table, at..at + instead.rows, measures, on_page)
        {
            rows.extend(parts(&instead.row, table, measures, limit));
            skipped = instead.rows.saturating_sub(1);
            continue;
        }
        if at == table.repeated.start {
            repeated.start = rows.len();
        }
        let spans = row.cells.iter().any(|cell| cell.rows > 1);
        let own = natural.get(at).copied().unwrap_or_default();
        if own <= limit || spans || table.entry.is_some() {
            rows.push(SheetRow {
                cells: row
                    .cells
                    .iter()
                    .map(|cell| settled(cell, limit, measures))
                    .collect(),
                height: own.min(TALLEST),
                next: row.next,
            });
        } else {
            rows.extend(parts(row, table, measures, limit));
        }
        if at + 1 == table.repeated.end {
            repeated.end = rows.len();
        }
    }
    stretch_spans(table, measures, &mut rows);
    Placed { rows, repeated }
}

/// Whether rows with cells over all of them stay within the limit.
fn fit(table: &Table, range: Range<usize>, measures: &Measures, limit: f64) -> bool {
    let rows = table.rows.get(range).unwrap_or_default();
    let each: f64 = rows.iter().map(|row| height(row, table, measures)).sum();
    let cells = rows.iter().flat_map(|row| &row.cells);
    let over_all = cells.map(|cell| cell_height(cell, table, measures));
    over_all.fold(each, f64::max) <= limit
}

/// The height that a row's own cells need; cells over several rows are left to [`stretch_spans`].
fn height(row: &Row, table: &Table, measures: &Measures) -> f64 {
    let cells = row.cells.iter().filter(|cell| cell.rows == 1);
    cells
        .map(|cell| cell_height(cell, table, measures))
        .fold(measures.pitch(Size::Text) + PADDING, f64::max)
}

fn cell_height(cell: &Cell, table: &Table, measures: &Measures) -> f64 {
    if cell.look.direction == Direction::Vertical {
        let stacked = stacked_height(cell, measures);
        if stacked <= TALLEST {
            return stacked;
        }
    }
    let count = cell_lines(cell, table, measures).len() as f64;
    count * line_pitch(cell, measures) + PADDING
}

/// A reading's height, in ems of the text below it.
const READING: f64 = 0.7;

/// From line to line of a cell, points: readings make room above each of its lines.
fn line_pitch(cell: &Cell, measures: &Measures) -> f64 {
    let has_reading = matches!(&cell.content, Content::Words(runs) if runs.iter().any(|run| run.reading.is_some()));
    let above = if has_reading { READING } else { 0.0 };
    measures.pitch(cell.look.size) + above * measures.letters(cell.look.size)
}

/// The height of upright text, one character below the other.
fn stacked_height(cell: &Cell, measures: &Measures) -> f64 {
    let longest = text(cell)
        .split('\n')
        .map(|line| line.chars().count())
        .max()
        .unwrap_or_default();
    longest as f64 * measures.pitch(cell.look.size) + PADDING
}

/// Upright text that no row could hold is set in lines.
fn settled(cell: &Cell, limit: f64, measures: &Measures) -> Cell {
    let mut cell = cell.clone();
    if cell.look.direction == Direction::Vertical && stacked_height(&cell, measures) > limit {
        cell.look.direction = Direction::Horizontal;
    }
    cell
}

fn text(cell: &Cell) -> String {
    match &cell.content {
        Content::Words(runs) => runs.iter().map(|run| run.text.as_str()).collect(),
        Content::Number(number) => number.to_string(),
        Content::Blank | Content::Day(_) => String::new(),
    }
}

fn cell_lines(cell: &Cell, table: &Table, measures: &Measures) -> Vec<MeasuredLine> {
    measure::lines(
        &text(cell),
        room(cell, table, measures),
        measures.font.latin,
    )
}

/// How many half-width characters of the cell's letters stand side by side in it. Of a cell over several
/// columns, the paddings between them are not counted.
pub(super) fn room(cell: &Cell, table: &Table, measures: &Measures) -> f64 {
    let columns = table.widths.iter().skip(cell.column).take(cell.columns);
    let width: f64 = columns.sum();
    // An indent is as wide as three spaces, by some programs a little more.
    let indent = 2.0 * f64::from(cell.look.indent);
    (width - indent) * BASE_SIZE / measures.letters(cell.look.size)
}

/// The parts of a row that is too tall, each within the limit. Where a text is cut inside a paragraph, its
/// rest begins with （続き）, so that reading joins it without a break.
fn parts(row: &Row, table: &Table, measures: &Measures, limit: f64) -> Vec<SheetRow> {
    let cells: Vec<Cell> = row
        .cells
        .iter()
        .map(|cell| settled(cell, limit, measures))
        .collect();
    let pieces: Vec<Vec<Vec<Run>>> = cells
        .iter()
        .map(|cell| {
            if cell.look.direction == Direction::Vertical {
                return vec![runs(cell)];
            }
            // One line less than there is room for: the mark may fill one.
            let most = ((limit - PADDING) / line_pitch(cell, measures)).floor() as usize;
            cut(
                cell,
                &cell_lines(cell, table, measures),
                most.saturating_sub(1).max(1),
            )
        })
        .collect();
    let count = pieces.iter().map(Vec::len).max().unwrap_or(1);
    (0..count)
        .map(|part| {
            let cells: Vec<Cell> = cells
                .iter()
                .enumerate()
                .map(|(at, cell)| part_of_cell(cell, at, pieces.get(at), part, row.overlong))
                .collect();
            let row = Row {
                cells,
                ..row.clone()
            };
            SheetRow {
                height: height(&row, table, measures).min(TALLEST),
                cells: row.cells,
                next: Next::Anywhere,
            }
        })
        .collect()
}

fn part_of_cell(
    cell: &Cell,
    at: usize,
    pieces: Option<&Vec<Vec<Run>>>,
    part: usize,
    overlong: Overlong,
) -> Cell {
    let mut cell = cell.clone();
    if cell.down != Down::Alone {
        if part > 0 {
            cell.down = Down::GoesOn;
        }
        return cell;
    }
    if part == 0 && !matches!(cell.content, Content::Words(_)) {
        return cell;
    }
    let runs = pieces.and_then(|pieces| pieces.get(part)).cloned();
    cell.content = match runs.filter(|runs| !runs.is_empty()) {
        _ if part > 0 && overlong == Overlong::Marked(at) => Content::words(CONTINUED),
        Some(runs) if part == 0 || matches!(cell.content, Content::Words(_)) => {
            Content::Words(runs)
        }
        _ => Content::Blank,
    };
    if part > 0 {
        cell.look = Look {
            choices: Vec::new(),
            ..cell.look
        };
    }
    // A text that goes on begins at the top, also where short ones stand in the middle.
    if matches!(pieces.map(Vec::len), Some(2..)) && cell.look.align == Align::Left {
        cell.look.position = Position::Top;
    }
    cell
}

fn runs(cell: &Cell) -> Vec<Run> {
    match &cell.content {
        Content::Words(runs) => runs.clone(),
        _ => Vec::new(),
    }
}

/// A cell's words in stretches of at most `most` lines, cut between paragraphs where one ends in the last
/// third of the stretch.
fn cut(cell: &Cell, lines: &[MeasuredLine], most: usize) -> Vec<Vec<Run>> {
    let Content::Words(runs) = &cell.content else {
        return Vec::new();
    };
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some(first) = lines.get(from) {
        let full = (from + most).min(lines.len());
        let paragraph = (from + most * 2 / 3..full)
            .rev()
            .find(|&at| lines.get(at + 1).is_none_or(|next| next.begins))
            .map(|at| at + 1);
        let to = if full == lines.len() {
            full
        } else {
            paragraph.unwrap_or(full)
        };
        let last = lines.get(to - 1).unwrap_or(first);
        let mut piece = slice(runs, first.range.start, last.range.end);
        if from > 0 && !first.begins {
            piece.insert(0, Run::plain(CONTINUED));
        }
        pieces.push(piece);
        from = to;
    }
    pieces
}

/// The bytes `start..end` of runs.
fn slice(runs: &[Run], start: usize, end: usize) -> Vec<Run> {
    let mut at = 0;
    let mut found = Vec::new();
    for run in runs {
        let from = start.max(at) - at;
        let to = end.min(at + run.text.len()).saturating_sub(at);
        at += run.text.len();
        if let Some(text) = run
            .text
            .get(from.min(to)..to)
            .filter(|text| !text.is_empty())
        {
            found.push(Run {
                text: text.to_owned(),
                emphasis: run.emphasis,
                // Of a word that is cut in two, the beginning keeps the reading.
                reading: run.reading.clone().filter(|_| from == 0),
            });
        }
    }
    found
}

/// Cells over several rows: what they need more than the rows have is shared by them.
fn stretch_spans(table: &Table, measures: &Measures, rows: &mut [SheetRow]) {
    for at in 0..rows.len() {
        let tall: Vec<(usize, f64)> = rows
            .get(at)
            .map(|row| {
                let spanning = row.cells.iter().filter(|cell| cell.rows > 1);
                spanning
                    .map(|cell| (cell.rows, cell_height(cell, table, measures)))
                    .collect()
            })
            .unwrap_or_default();
        for (count, needed) in tall {
            let has: f64 = rows.iter().skip(at).take(count).map(|row| row.height).sum();
            let lacking = (needed - has).max(0.0) / count as f64;
            for row in rows.iter_mut().skip(at).take(count) {
                row.height = (row.height + lacking).min(TALLEST);
            }
        }
    }
}
