//! A worksheet or text -> HTML tables: cells at their addresses with their numbers, lines with their ends.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::page::severity;
use super::{Inspected, end_sign};
use crate::note::Note;
use crate::place::{Place, column_letters};
use crate::sheet::{Block, Cell, Grid, Line, LineEnd, Sheet};
use crate::write::escape::markup;

/// Cells that are drawn of one grid; a browser shows no more in reasonable time.
const DRAWN: usize = 50_000;
/// Columns that are drawn of one grid; a form has under a hundred.
const COLUMNS: u32 = 1_000;

/// The notes of a sheet by the row and column of their place's first cell, and by line.
type Marks<'a> = BTreeMap<(u32, u32), Vec<(usize, &'a Note)>>;

/// Draws the blocks of a sheet.
pub fn tables(
    inspected: &Inspected,
    at: usize,
    sheet: &Sheet,
    notes: &[(usize, &Note)],
    out: &mut String,
) {
    let mut marks = marks(notes);
    let lines: Vec<_> = notes
        .iter()
        .filter(|(_, note)| matches!(note.place, Some(Place::Line { .. })))
        .collect();
    for (number, note) in lines {
        let _ = write!(
            out,
            "<span id=\"n{number}\" class=\"badge {}\">{number}</span>",
            severity(note.severity)
        );
    }
    for block in &sheet.blocks {
        match block {
            Block::Line(line) => {
                let _ = writeln!(
                    out,
                    "<p class=\"outside\">{}</p>",
                    line_markup(inspected, line)
                );
            }
            Block::Grid(grid) => table(inspected, at, grid, &mut marks, out),
        }
    }
    // A place inside a merged cell, or outside every grid, is marked below the tables.
    for (number, note) in marks.values().flatten() {
        let place = note
            .place
            .as_ref()
            .map(|place| markup(&place.to_string()))
            .unwrap_or_default();
        let class = severity(note.severity);
        let _ = writeln!(
            out,
            "<p id=\"n{number}\" class=\"elsewhere\"><b class=\"badge {class}\">{number}</b> {place}</p>"
        );
    }
}

fn marks<'a>(notes: &[(usize, &'a Note)]) -> Marks<'a> {
    let mut marks = Marks::new();
    for (number, note) in notes {
        if let Some(Place::Cell { cell, .. }) = &note.place {
            marks
                .entry((cell.row, cell.column))
                .or_default()
                .push((*number, note));
        }
    }
    marks
}

/// Rows and columns between the edges of cells; stretches without cells are one narrow band.
struct Bands {
    /// First row or column of each band.
    starts: Vec<u32>,
}

impl Bands {
    fn new(edges: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut starts = BTreeSet::from([1]);
        for (start, length) in edges {
            starts.insert(start);
            starts.insert(start.saturating_add(length));
        }
        Self {
            starts: starts.into_iter().collect(),
        }
    }

    /// The band that begins there.
    fn index(&self, start: u32) -> usize {
        self.starts.partition_point(|&other| other < start)
    }
}

/// The rows and columns of a drawn grid.
struct Frame {
    rows: Bands,
    columns: Bands,
    row_addresses: Addresses,
    column_addresses: Addresses,
}

fn table(inspected: &Inspected, at: usize, grid: &Grid, marks: &mut Marks, out: &mut String) {
    let drawn = grid.cells.iter().filter(|cell| cell.column <= COLUMNS);
    let shown: Vec<&Cell> = drawn.take(DRAWN).collect();
    let frame = Frame {
        rows: Bands::new(shown.iter().map(|cell| (cell.row, cell.rows))),
        columns: Bands::new(shown.iter().map(|cell| (cell.column, cell.columns))),
        row_addresses: Addresses::new(&shown, row_address),
        column_addresses: Addresses::new(&shown, column_address),
    };
    out.push_str("<div class=\"scroll\"><table class=\"grid\">\n<thead><tr><th></th>");
    for pair in frame.columns.starts.windows(2) {
        let name = band(pair, |column| {
            column_letters(frame.column_addresses.of(column))
        });
        let _ = write!(out, "<th>{name}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    body(inspected, at, grid, &frame, &shown, marks, out);
    out.push_str("</tbody></table></div>\n");
    if shown.len() < grid.cells.len() {
        let left = grid.cells.len() - shown.len();
        let text = inspected.pick("個の升目は描いていません", "more cells are not drawn");
        let _ = writeln!(out, "<p>… {left} {text}</p>");
    }
}

fn body(
    inspected: &Inspected,
    at: usize,
    grid: &Grid,
    frame: &Frame,
    shown: &[&Cell],
    marks: &mut Marks,
    out: &mut String,
) {
    let mut cells = shown.iter().peekable();
    // For each column band, the row band up to which a cell from above covers it.
    let mut covered = vec![0; frame.columns.starts.len().saturating_sub(1)];
    for (index, pair) in frame.rows.starts.windows(2).enumerate() {
        let [row, next] = pair else { continue };
        let titled = grid
            .title_rows
            .is_some_and(|(first, last)| (first..=last).contains(row));
        let class = if titled { " class=\"heading\"" } else { "" };
        let name = band(pair, |row| frame.row_addresses.of(row).to_string());
        let _ = write!(out, "<tr{class}><th>{name}</th>");
        let mut begun: BTreeMap<usize, &Cell> = BTreeMap::new();
        while let Some(cell) = cells.next_if(|cell| cell.row < *next) {
            begun.insert(frame.columns.index(cell.column), cell);
        }
        for column in 0..covered.len() {
            if covered.get(column).is_some_and(|&until| until > index) {
                continue;
            }
            let Some(cell) = begun.get(&column) else {
                out.push_str("<td class=\"hole\"></td>");
                continue;
            };
            let (down, across) = spans(cell, &frame.rows, &frame.columns);
            if let Some(slots) = covered.get_mut(column..column + across) {
                slots.fill(index + down);
            }
            write_cell(inspected, at, cell, (down, across), marks, out);
        }
        out.push_str("</tr>\n");
    }
}

/// How many bands a cell covers, downwards and across.
fn spans(cell: &Cell, rows: &Bands, columns: &Bands) -> (usize, usize) {
    let down = rows.index(cell.row.saturating_add(cell.rows)) - rows.index(cell.row);
    let across =
        columns.index(cell.column.saturating_add(cell.columns)) - columns.index(cell.column);
    (down.max(1), across.max(1))
}

/// The sheet's own row or column numbers of a grid's: hidden ones are left out of the grid. A number that
/// no cell begins at goes on from the one before it.
struct Addresses(BTreeMap<u32, u32>);

impl Addresses {
    fn new(cells: &[&Cell], of: impl Fn(&Cell) -> Option<(u32, u32)>) -> Self {
        Self(cells.iter().filter_map(|cell| of(cell)).collect())
    }

    fn of(&self, position: u32) -> u32 {
        let before = self.0.range(..=position).next_back();
        before.map_or(position, |(from, address)| {
            address.saturating_add(position - from)
        })
    }
}

fn row_address(cell: &Cell) -> Option<(u32, u32)> {
    match &cell.place {
        Place::Cell { cell: address, .. } => Some((cell.row, address.row)),
        Place::Line { line } => Some((cell.row, *line)),
        Place::Box { .. } | Place::Margin { .. } => None,
    }
}

fn column_address(cell: &Cell) -> Option<(u32, u32)> {
    match &cell.place {
        Place::Cell { cell: address, .. } => Some((cell.column, address.column)),
        _ => None,
    }
}

/// `4`, or `4–9` for a stretch.
fn band(pair: &[u32], name: impl Fn(u32) -> String) -> String {
    match pair {
        [start, end] if end - start > 1 => format!("{}–{}", name(*start), name(end - 1)),
        [start, ..] => name(*start),
        [] => String::new(),
    }
}

fn write_cell(
    inspected: &Inspected,
    at: usize,
    cell: &Cell,
    (down, across): (usize, usize),
    marks: &mut Marks,
    out: &mut String,
) {
    let noted = match &cell.place {
        Place::Cell { cell, .. } => marks.remove(&(cell.row, cell.column)).unwrap_or_default(),
        _ => Vec::new(),
    };
    let class = if cell.lines.is_empty() {
        " class=\"empty\""
    } else {
        ""
    };
    let _ = write!(out, "<td id=\"c{at}-{}-{}\"", cell.row, cell.column);
    if down > 1 {
        let _ = write!(out, " rowspan=\"{down}\"");
    }
    if across > 1 {
        let _ = write!(out, " colspan=\"{across}\"");
    }
    let title = markup(&cell.place.to_string());
    let _ = write!(
        out,
        "{class} title=\"{title}\"><small>{},{}</small>",
        cell.row, cell.column
    );
    for (number, note) in noted {
        let message = markup(note.message.text(inspected.language));
        let class = severity(note.severity);
        let _ = write!(
            out,
            "<b id=\"n{number}\" class=\"badge {class}\" title=\"{message}\">{number}</b>"
        );
    }
    let lines: Vec<String> = cell
        .lines
        .iter()
        .map(|line| line_markup(inspected, line))
        .collect();
    let _ = write!(out, "{}</td>", lines.join("<br>"));
}

fn line_markup(inspected: &Inspected, line: &Line) -> String {
    let class = match line.ends {
        LineEnd::Break => "break",
        LineEnd::Wrap => "wrap",
        LineEnd::Cut => "cut",
    };
    let text = markup(line.range.of(&inspected.reading.text));
    // The word joiner keeps the sign on its line.
    format!(
        "{text}<i class=\"{class}\">&#8288;{}</i>",
        end_sign(line.ends)
    )
}
