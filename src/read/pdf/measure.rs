//! The edges between which the text of cells and pages is set, estimated from where their lines stand.

use std::collections::BTreeMap;

use super::cells::GridShape;
use super::direction::Direction;
use super::lines::TextLine;
use super::marks::{Marks, Rect};
use super::wrap::{Measure, end_without_hanging};

/// The share of a grid's cells whose text may stand nearer to the edge than the padding taken for all:
/// text that overflows.
const NEARER: usize = 20;

/// The cells of a column: its edges in hundredths of a point.
type Column = (Direction, i32, i32);

/// The inner edges of a grid's cells.
#[derive(Debug, Default)]
pub(crate) struct Paddings {
    /// Space between an edge and the text that begins there.
    grid: BTreeMap<Direction, f32>,
    /// The least such space of a column, and the farthest end of a line in it.
    columns: BTreeMap<Column, (f32, f32)>,
}

impl Paddings {
    /// Looks at where the lines of all cells stand.
    pub(crate) fn of(marks: &Marks, grid: &GridShape, cells: &[Vec<TextLine>]) -> Self {
        let mut offsets: BTreeMap<Direction, Vec<f32>> = BTreeMap::new();
        let mut columns: BTreeMap<Column, (f32, f32)> = BTreeMap::new();
        for (cell, lines) in grid.cells.iter().zip(cells) {
            for line in lines {
                let (start, end) = line.direction.extent(cell.rect);
                let offset = line.start - start;
                if offset < -0.5 || line.end > end + line.size {
                    continue;
                }
                offsets
                    .entry(line.direction)
                    .or_default()
                    .push(offset.max(0.0));
                let last = end_without_hanging(marks, line, end);
                let column = columns
                    .entry(column(line.direction, cell.rect))
                    .or_insert((offset, last));
                *column = (column.0.min(offset), column.1.max(last));
            }
        }
        let grid = offsets
            .into_iter()
            .map(|(direction, offsets)| (direction, low(offsets)))
            .collect();
        Self { grid, columns }
    }

    /// The edges of the text in a cell.
    pub(crate) fn measure(&self, cell: Rect, direction: Direction) -> Measure {
        let (start, end) = direction.extent(cell);
        let grid = self.grid.get(&direction).copied().unwrap_or_default();
        let (nearest, farthest) = self
            .columns
            .get(&column(direction, cell))
            .copied()
            .unwrap_or((grid, f32::NEG_INFINITY));
        let padding = grid.min(nearest).max(0.0);
        // Programs pad both sides alike; a line that reaches farther shows that there was more room.
        Measure {
            start: start + padding,
            end: (end - padding).max(farthest.min(end)),
        }
    }
}

fn column(direction: Direction, cell: Rect) -> Column {
    let (start, end) = direction.extent(cell);
    (direction, (start * 100.0) as i32, (end * 100.0) as i32)
}

/// The value that one in [`NEARER`] of them is below.
fn low(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values
        .get(values.len() / NEARER)
        .copied()
        .unwrap_or_default()
}

/// The edges of running text, kept from page to page: a page of short lines does not show them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Margins {
    seen: Option<((f32, f32), Measure)>,
}

impl Margins {
    /// The edges of a page's lines outside grids.
    pub(crate) fn measure(&mut self, marks: &Marks, lines: &[TextLine]) -> Measure {
        let horizontal = lines
            .iter()
            .filter(|line| line.direction == Direction::Right && !line.is_blank(marks));
        let start = horizontal
            .clone()
            .map(|line| line.start)
            .fold(f32::INFINITY, f32::min);
        let end = horizontal
            .map(|line| end_without_hanging(marks, line, line.end - 0.01))
            .fold(f32::NEG_INFINITY, f32::max);
        let mut measure = Measure {
            start: start.min(marks.size.0),
            end: end.max(0.0),
        };
        if let Some((size, before)) = self.seen
            && size == marks.size
        {
            measure.start = measure.start.min(before.start);
            measure.end = measure.end.max(before.end);
        }
        self.seen = Some((marks.size, measure));
        measure
    }
}
