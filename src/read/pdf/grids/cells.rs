//! The regions between the rules of a table -> the shape of its grid: cells with their places and spans.

use crate::read::pdf::marks::{Point, Rect};
use crate::read::pdf::tolerance::GUTTER;
use crate::sheet::Proposer;

/// The cells between connected rules.
#[derive(Debug, Clone)]
pub(crate) struct GridShape {
    pub rect: Rect,
    pub rows: u32,
    pub columns: u32,
    /// In row-major order of their first position.
    pub cells: Vec<CellShape>,
    /// The page ends inside the last row: nothing is drawn below it.
    pub open_below: bool,
    /// Nothing is drawn above the first row.
    pub open_above: bool,
    /// What its rows and columns are told by.
    pub by: Proposer,
    /// What nothing shows of its rows and columns.
    pub doubt: Option<Doubt>,
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For each elementary position the index of its cell plus one, 0 outside the outline.
    owner: Vec<u32>,
}

/// What nothing shows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// It has several cells, but not which.
    Cells,
    /// Whether headings that stand apart, over what nothing parts, are of one column.
    Headings,
}

/// A cell: its place in the grid (0-based) and on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CellShape {
    pub row: u32,
    pub column: u32,
    pub rows: u32,
    pub columns: u32,
    pub rect: Rect,
}

impl GridShape {
    /// The index of the cell that holds a point.
    pub(crate) fn cell_at(&self, point: Point) -> Option<usize> {
        let column = band(&self.xs, point.x)?;
        let row = band(&self.ys, point.y)?;
        let owner = *self.owner.get(row * (self.xs.len() - 1) + column)?;
        (owner > 0).then(|| owner as usize - 1)
    }

    /// Whether some of its rows or columns part where the text does.
    pub(crate) fn is_by_text(&self) -> bool {
        self.by.is_by_text()
    }

    /// Whether its last row is one cell over all columns: a note on the table, maybe printed on each page.
    pub(crate) fn has_foot(&self) -> bool {
        let last = self.cells.last();
        self.columns > 1 && last.is_some_and(|cell| cell.columns == self.columns)
    }

    /// Where its columns part, from left to right.
    pub(crate) fn columns_part(&self) -> Vec<f32> {
        let lefts = self.cells.iter().filter(|cell| cell.column > 0);
        let mut parts: Vec<f32> = lefts.map(|cell| cell.rect.left).collect();
        parts.sort_by(f32::total_cmp);
        parts.dedup();
        parts
    }

    /// Whether most of its cells are lower or narrower than text that can be read: a hatched or dotted area.
    pub(crate) fn is_pattern(&self, em: f32) -> bool {
        let gutter = GUTTER * em;
        let tiny = self
            .cells
            .iter()
            .map(|cell| cell.rect)
            .filter(|rect| rect.right - rect.left < gutter || rect.bottom - rect.top < gutter);
        tiny.count() * 2 > self.cells.len()
    }

    pub(super) fn area(&self) -> f32 {
        (self.rect.right - self.rect.left) * (self.rect.bottom - self.rect.top)
    }
}

/// Which interval between sorted positions holds a value.
fn band(positions: &[f32], value: f32) -> Option<usize> {
    let after = positions.partition_point(|&at| at <= value);
    (after > 0 && after < positions.len()).then(|| after - 1)
}

impl GridShape {
    /// Cells from regions: a region that is no rectangle is cut into rectangles, row by row.
    pub(super) fn from_regions(
        regions: &[usize],
        xs: &[f32],
        ys: &[f32],
        open: (bool, bool),
    ) -> Option<Self> {
        let columns = xs.len() - 1;
        let mut owner = vec![0u32; regions.len()];
        let mut boxes: Vec<[usize; 4]> = Vec::new();
        for start in 0..regions.len() {
            if regions[start] == 0 || owner[start] > 0 {
                continue;
            }
            let found = rectangle_from(start, regions, &owner, columns);
            boxes.push(found);
            let [top, left, bottom, right] = found;
            for row in top..bottom {
                owner[row * columns + left..row * columns + right].fill(boxes.len() as u32);
            }
        }
        if boxes.is_empty() {
            return None;
        }
        // Positions that bound no cell come from rules that divide nothing.
        let row_numbers = used(boxes.iter().flat_map(|b| [b[0], b[2]]), ys.len());
        let column_numbers = used(boxes.iter().flat_map(|b| [b[1], b[3]]), xs.len());
        let cells: Vec<CellShape> = boxes
            .iter()
            .map(|&[top, left, bottom, right]| CellShape {
                row: row_numbers[top],
                column: column_numbers[left],
                rows: row_numbers[bottom] - row_numbers[top],
                columns: column_numbers[right] - column_numbers[left],
                rect: Rect {
                    left: xs[left],
                    top: ys[top],
                    right: xs[right],
                    bottom: ys[bottom],
                },
            })
            .collect();
        let rect = cells.iter().map(|cell| cell.rect).reduce(Rect::joined)?;
        Some(Self {
            rect,
            rows: row_numbers.iter().copied().max().unwrap_or_default(),
            columns: column_numbers.iter().copied().max().unwrap_or_default(),
            cells,
            open_below: open.0,
            open_above: open.1,
            by: Proposer::Ruled,
            doubt: None,
            xs: xs.to_vec(),
            ys: ys.to_vec(),
            owner,
        })
    }
}

/// The largest rectangle of one region that starts at a position: as wide as the region there, as many
/// rows as are the same.
fn rectangle_from(start: usize, regions: &[usize], owner: &[u32], columns: usize) -> [usize; 4] {
    let (top, left) = (start / columns, start % columns);
    let mine = |row: usize, column: usize| {
        let at = row * columns + column;
        regions.get(at) == regions.get(start) && owner.get(at) == Some(&0)
    };
    let right = (left..columns)
        .find(|&column| !mine(top, column))
        .unwrap_or(columns);
    let whole = |row: usize| {
        (left..right).all(|column| mine(row, column))
            && (left == 0 || !mine(row, left - 1))
            && (right == columns || !mine(row, right))
    };
    let rows = regions.len() / columns;
    let bottom = (top + 1..rows).find(|&row| !whole(row)).unwrap_or(rows);
    [top, left, bottom, right]
}

/// New numbers for the positions in use; a position between two takes the number before it.
fn used(bounds: impl Iterator<Item = usize>, count: usize) -> Vec<u32> {
    let mut is_used = vec![false; count];
    for bound in bounds {
        is_used[bound] = true;
    }
    let mut next = 0;
    is_used
        .into_iter()
        .map(|used| {
            next += u32::from(used);
            next.saturating_sub(1)
        })
        .collect()
}
