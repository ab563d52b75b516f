//! The pieces of a page or worksheet outside known tables, and what they say about where documents begin.

use super::forms::Labels;
use super::passage::Passage;
use super::rows::{Columns, Row};
use super::table::{Extent, Table};
use crate::sheet::{Block, Cell, Grid, TextRange};
use crate::text;

/// Text of a sheet that no table has claimed yet.
#[derive(Debug, Clone)]
pub(crate) enum Part<'a> {
    /// A line outside any grid.
    Cells(Vec<Passage>),
    /// Rows of a grid that has headings in others.
    Rows { grid: &'a Grid, from: u32, to: u32 },
    /// A grid without headings of its own.
    Grid(&'a Grid),
}

impl<'a> Part<'a> {
    /// A block as a part.
    pub fn of(block: &'a Block) -> Self {
        match block {
            Block::Grid(grid) => Self::Grid(grid),
            Block::Line(line) => Self::Cells(vec![Passage::of_lines([line])]),
        }
    }
}

/// A part as rows of cells.
pub(crate) fn part_rows(part: &Part<'_>, text: &str) -> Vec<Vec<Passage>> {
    match part {
        Part::Cells(cells) => vec![cells.clone()],
        Part::Grid(grid) => grid_rows(grid, 1, u32::MAX, text),
        Part::Rows { grid, from, to } => grid_rows(grid, *from, *to, text),
    }
}

fn grid_rows(grid: &Grid, from: u32, to: u32, text: &str) -> Vec<Vec<Passage>> {
    let table = Table::of(grid, text);
    let rows = table.rows_within(from, to);
    rows.map(|row| {
        table
            .starting(row)
            .map(Passage::of_cell)
            .collect::<Vec<_>>()
    })
    .filter(|cells| !cells.is_empty())
    .collect()
}

/// Whether these cells begin a document: a title, or a block of labels.
pub(crate) fn begins_document(cells: &[Passage], labels: &Labels<'_>, text: &str) -> bool {
    cells.len() <= 2 && cells.iter().any(|cell| labels.is_title(cell, text))
        || labels.begins_label_block(cells, text)
}

/// The last row of a table whose grid goes on with the next table's head.
pub(crate) fn head_start(
    table: &Table<'_>,
    from: u32,
    end: u32,
    labels: &Labels<'_>,
    text: &str,
) -> u32 {
    table
        .rows_within(from, end)
        .find(|&row| {
            let cells: Vec<Passage> = table.starting(row).map(Passage::of_cell).collect();
            begins_document(&cells, labels, text)
        })
        .map_or(end, |row| row - 1)
}

/// Whether the numbers of new rows follow those that are there; rows without numbers follow.
pub(crate) fn numbers_go_on(before: &[Row], after: &[Row], number: usize, text: &str) -> bool {
    let value = |row: &Row| text::number::whole_number(&row.cells.get(&number)?.plain(text));
    let last = before.iter().rev().find_map(value);
    match (last, after.first().map(value)) {
        (Some(last), Some(Some(first))) => first > last,
        (_, Some(None)) => true,
        _ => false,
    }
}

/// The characters of all headings and their parents, each once.
pub(crate) fn heading_ranges(columns: &Columns) -> Vec<TextRange> {
    let mut ranges: Vec<TextRange> = columns
        .headed
        .iter()
        .flat_map(|column| std::iter::once(&column.heading).chain(&column.parents))
        .flat_map(Passage::origin)
        .collect();
    ranges.sort_unstable();
    ranges.dedup();
    ranges
}

/// Whether a grid without headings has a table's columns: most of its cells stand each under
/// one heading, and not all under the same.
pub(crate) fn fits(grid: &Grid, columns: &Columns) -> bool {
    let extents: Vec<_> = columns.headed.iter().map(|column| column.extent).collect();
    let spans_one = |cell: &Cell| {
        extents
            .iter()
            .filter(|extent| {
                if grid.across_pages {
                    extent.holds(cell)
                } else {
                    overlaps(extent, cell)
                }
            })
            .count()
            == 1
    };
    let fitting = grid.cells.iter().filter(|cell| spans_one(cell)).count();
    grid.columns as usize == extents.len() && fitting * 10 >= grid.cells.len() * 8
}

/// Whether most of a cell's width, or its columns, lie under a heading.
fn overlaps(extent: &Extent, cell: &Cell) -> bool {
    match (extent.edges, Extent::of(cell).edges) {
        (Some((left, right)), Some((cell_left, cell_right))) => {
            let shared = right.min(cell_right) - left.max(cell_left);
            shared > (cell_right - cell_left) * 0.5
        }
        _ => extent.holds(cell),
    }
}
