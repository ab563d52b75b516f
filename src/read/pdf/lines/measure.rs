//! The edges between which the text of cells and pages is set, estimated from where their lines stand.

use std::collections::BTreeMap;

use crate::read::pdf::direction::Direction;
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::lines::TextLine;
use crate::read::pdf::lines::setting::{Measure, end_without_hanging};
use crate::read::pdf::marks::{Marks, Rect};

/// The share of a grid's cells whose text may stand nearer to the edge than the padding taken for all:
/// text that overflows.
const NEARER: usize = 20;

/// Entries that are so many ems long are text that fills its column.
const WIDE: f32 = 8.0;
/// How far beyond the edge, in points, a line stands out of it: less is the rounding of widths.
const STANDS_OUT: f32 = 0.5;

/// The cells of a column: its edges in hundredths of a point.
type Column = (Direction, i32, i32);

/// The inner edges of a grid's cells.
#[derive(Debug, Default)]
pub(crate) struct Paddings {
    /// Space between an edge and the text that begins there.
    grid: BTreeMap<Direction, f32>,
    /// The least such space of a column, and the farthest end of a line in it.
    columns: BTreeMap<Column, (f32, f32)>,
    /// The em of columns of which no rule shows where they end: the farthest line does.
    em_without_edge: Option<f32>,
}

impl Paddings {
    /// Looks at where the lines of all cells stand.
    pub(crate) fn of(marks: &Marks, shape: &GridShape, cells: &[Vec<TextLine>]) -> Self {
        let mut offsets: BTreeMap<Direction, Vec<f32>> = BTreeMap::new();
        let mut columns: BTreeMap<Column, (f32, f32)> = BTreeMap::new();
        for (line, cell) in lines_that_fit(shape, cells) {
            let offset = line.start - line.direction.extent(cell).0;
            let of_direction = offsets.entry(line.direction).or_default();
            of_direction.push(offset.max(0.0));
            let column = columns
                .entry(column(line.direction, cell))
                .or_insert((offset, f32::NEG_INFINITY));
            column.0 = column.0.min(offset);
        }
        let paddings: BTreeMap<Direction, f32> = offsets
            .into_iter()
            .map(|(direction, offsets)| (direction, low(offsets)))
            .collect();
        for (line, cell) in lines_that_fit(shape, cells) {
            let Some(column) = columns.get_mut(&column(line.direction, cell)) else {
                continue;
            };
            let of_grid = paddings.get(&line.direction).copied().unwrap_or_default();
            let padding = of_grid.min(column.0).max(0.0);
            // Punctuation that some writers let stand in the padding says nothing of the edge.
            let edge = if shape.is_by_text() {
                line.end - 0.01
            } else {
                line.direction.extent(cell).1 - padding + STANDS_OUT
            };
            column.1 = column.1.max(end_without_hanging(marks, line, edge));
        }
        let sizes = cells.iter().flatten().map(|line| line.size);
        Self {
            grid: paddings,
            columns,
            em_without_edge: shape.is_by_text().then(|| sizes.fold(0.0, f32::max)),
        }
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
        let is_wide = |em: f32| farthest.min(end) - start - padding >= WIDE * em;
        if self.em_without_edge.is_some_and(is_wide) {
            return Measure {
                start: start + padding,
                end: farthest.min(end),
            };
        }
        // Programs pad both sides alike; a line that reaches farther shows that there was more room.
        Measure {
            start: start + padding,
            end: (end - padding).max(farthest.min(end)),
        }
    }
}

/// The lines of cells that do not overflow them, with their cells.
fn lines_that_fit<'a>(
    grid: &'a GridShape,
    cells: &'a [Vec<TextLine>],
) -> impl Iterator<Item = (&'a TextLine, Rect)> {
    let fits = |line: &TextLine, cell: Rect| {
        let (start, end) = line.direction.extent(cell);
        line.start - start >= -0.5 && line.end <= end + line.size
    };
    let lines = grid.cells.iter().zip(cells);
    lines
        .flat_map(|(cell, lines)| lines.iter().map(|line| (line, cell.rect)))
        .filter(move |(line, cell)| fits(line, *cell))
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

/// Pages with the same size and direction of text share their edges.
type PageKind = ((f32, f32), Direction);

/// The edges of running text, kept from page to page: a page of short lines does not show them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Margins {
    seen: Option<(PageKind, Measure)>,
}

/// Lines that end within an em of the farthest one, from which on it is the edge and not a long line.
const ENDS_AT_EDGE: usize = 3;
/// Lines that fill less than this part of the page between equal margins are short, however many.
const SHORTEST_LINES: f32 = 0.5;

impl Margins {
    /// The edges of a page's lines outside grids. Where too few lines end together to show the right edge,
    /// it is as far from the page's edge as the left one.
    pub(crate) fn measure(&mut self, marks: &Marks, lines: &[TextLine]) -> Measure {
        let direction = lines
            .iter()
            .find(|line| !line.is_blank(marks))
            .map_or(Direction::Right, |line| line.direction);
        let set = lines
            .iter()
            .filter(|line| line.direction == direction && !line.is_blank(marks));
        let start = set
            .clone()
            .map(|line| line.start)
            .fold(f32::INFINITY, f32::min);
        let ends: Vec<(f32, f32)> = set
            .map(|line| (end_without_hanging(marks, line, line.end - 0.01), line.size))
            .collect();
        let end = ends
            .iter()
            .map(|(end, _)| *end)
            .fold(f32::NEG_INFINITY, f32::max);
        let page = Rect {
            left: 0.0,
            top: 0.0,
            right: marks.size.0,
            bottom: marks.size.1,
        };
        let (page_start, page_end) = direction.extent(page);
        let at_edge = ends
            .iter()
            .filter(|(other, size)| end - other <= *size)
            .count();
        let mirrored = page_end - (start.min(page_end) - page_start);
        let known = (marks.size, direction);
        let start = start.min(page_end);
        if at_edge >= ENDS_AT_EDGE && end - start >= SHORTEST_LINES * (mirrored - start) {
            let measure = Measure { start, end };
            self.seen = Some((known, measure));
            return measure;
        }
        match self.seen {
            Some((seen, before)) if seen == known => Measure {
                start: start.min(before.start),
                end: end.max(before.end),
            },
            _ => Measure {
                start,
                end: end.max(mirrored).min(page_end),
            },
        }
    }
}
