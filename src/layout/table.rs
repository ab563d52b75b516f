//! A grid's cells by row, as far as there are cells: what the heading and row finders look at.

use std::collections::BTreeMap;

use crate::sheet::{Cell, Grid};
use crate::text;

/// A grid with an index of its rows. Rows without any text are not among them.
pub(crate) struct Table<'a> {
    pub grid: &'a Grid,
    text: &'a str,
    /// Row number -> the cells that cover it, left to right.
    rows: BTreeMap<u32, Vec<usize>>,
}

impl<'a> Table<'a> {
    /// Indexes a grid.
    pub fn of(grid: &'a Grid, text: &'a str) -> Self {
        let mut rows: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for cell in grid.cells.iter().filter(|cell| !is_blank(cell, text)) {
            rows.entry(cell.row).or_default();
        }
        for (at, cell) in grid.cells.iter().enumerate() {
            for (_, cells) in rows.range_mut(cell.row..cell.row + cell.rows.max(1)) {
                cells.push(at);
            }
        }
        for cells in rows.values_mut() {
            cells.sort_by_key(|&at| grid.cells.get(at).map_or(0, |cell| cell.column));
        }
        Self { grid, text, rows }
    }

    /// The numbers of the rows that have text, in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.rows.keys().copied()
    }

    /// Those of the rows `from..=to`.
    pub fn rows_within(&self, from: u32, to: u32) -> impl DoubleEndedIterator<Item = u32> + '_ {
        let within = from <= to;
        let rows = within.then(|| self.rows.range(from..=to));
        rows.into_iter().flatten().map(|(&row, _)| row)
    }

    /// The cells that cover a row, left to right, blank ones too.
    pub fn cells(&self, row: u32) -> impl Iterator<Item = &'a Cell> + '_ {
        let grid = self.grid;
        self.rows
            .get(&row)
            .into_iter()
            .flatten()
            .filter_map(move |&at| grid.cells.get(at))
    }

    /// The cells with text that begin in a row, left to right.
    pub fn starting(&self, row: u32) -> impl Iterator<Item = &'a Cell> + '_ {
        self.cells(row)
            .filter(move |cell| cell.row == row && !is_blank(cell, self.text))
    }

    /// The cells with text that cover a row.
    pub fn filled(&self, row: u32) -> impl Iterator<Item = &'a Cell> + '_ {
        self.cells(row).filter(|cell| !is_blank(cell, self.text))
    }

    /// The row with text before this one.
    pub fn row_before(&self, row: u32) -> Option<u32> {
        self.rows.range(..row).next_back().map(|(&row, _)| row)
    }
}

/// Whether a cell has no visible text.
pub(crate) fn is_blank(cell: &Cell, text: &str) -> bool {
    cell.lines
        .iter()
        .all(|line| text::is_blank(line.range.of(text)))
}

/// The columns that a heading stands over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    /// First column of the grid, 1-based.
    pub first: u32,
    /// Last column.
    pub last: u32,
    /// Left and right edge in points, PDF only.
    pub edges: Option<(f64, f64)>,
}

impl Extent {
    /// The columns of a cell.
    pub fn of(cell: &Cell) -> Self {
        Self {
            first: cell.column,
            last: cell.column + cell.columns.max(1) - 1,
            edges: cell.edges,
        }
    }

    /// Whether a cell of the same grid begins under it.
    pub fn holds(&self, cell: &Cell) -> bool {
        (self.first..=self.last).contains(&cell.column)
    }

    /// Whether most of what is under it lies under a cell too: that cell stands over this column.
    pub fn mostly_under(&self, cell: &Cell) -> bool {
        match (self.edges, cell.edges) {
            (Some((left, right)), Some((cell_left, cell_right))) => {
                right.min(cell_right) - left.max(cell_left) > (right - left) * 0.5
            }
            _ => (self.first..=self.last).any(|column| cell.covers(cell.row, column)),
        }
    }

    /// Whether a cell of another page's grid stands under it: by the middle of the cell where both are on pages.
    pub fn holds_across(&self, cell: &Cell) -> bool {
        match (self.edges, cell.edges) {
            (Some((left, right)), Some((cell_left, cell_right))) => {
                let middle = f64::midpoint(cell_left, cell_right);
                left <= middle && middle <= right
            }
            _ => self.holds(cell),
        }
    }
}
