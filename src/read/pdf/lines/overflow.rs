//! Text that overflows its cell to the left, or to both sides -> the cell that it is aligned in.
//!
//! Spreadsheets let a text run over empty neighbours: one that is set at the right over those before it, one in the middle
//! over both. It is in the cell whose padding it ends at, or whose middle it has.

use std::collections::BTreeMap;

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::grids::cells::{CellShape, GridShape};
use crate::read::pdf::lines::runs::{self, Home, Run, is_white};
use crate::read::pdf::marks::{Glyph, Marks, Point};

/// A text that is set at the left begins nearer to its cell's side than so many ems.
const INDENT: f32 = 1.0;
/// The padding at the right end of a cell is at most this, points.
const PADDING: f32 = 3.0;
/// The middle of a text is that of its cell to this, points.
const MIDDLE: f32 = 1.0;

/// Gives each run that overflows to the left to its cell, if all others that it runs over are empty.
pub(crate) fn settle(marks: &Marks, runs: &mut [Run], grids: &[GridShape]) {
    let mut taken: BTreeMap<Home, usize> = BTreeMap::new();
    for run in runs.iter() {
        *taken.entry(run.home).or_default() += 1;
    }
    for run in runs
        .iter_mut()
        .filter(|run| run.direction == Direction::Right)
    {
        let Some((number, first)) = run.home else {
            continue;
        };
        let Some(grid) = grids.get(number) else {
            continue;
        };
        let Some((cells, owner)) = owner(marks, run, grid, first) else {
            continue;
        };
        let is_free = |cell: &usize| {
            let count = taken
                .get(&Some((number, *cell)))
                .copied()
                .unwrap_or_default();
            count == usize::from(*cell == first)
        };
        if owner != first && cells.iter().all(is_free) {
            run.home = Some((number, owner));
        }
    }
}

/// The cells that a run stands over, and the one of them that it is aligned in.
fn owner(marks: &Marks, run: &Run, grid: &GridShape, first: usize) -> Option<(Vec<usize>, usize)> {
    let glyphs = || {
        run.glyphs
            .iter()
            .filter_map(|&at| marks.glyphs.get(at as usize))
    };
    let mut seen = glyphs().filter(|glyph| !is_white(marks, glyph));
    let begin: &Glyph = seen.next()?;
    let last: &Glyph = seen.next_back()?;
    let (start, end) = (EmBox::of(begin).start, EmBox::of(last).end);
    let y = runs::head(marks, begin).y;
    let shape = |cell: usize| -> Option<&CellShape> { grid.cells.get(cell) };
    let home = shape(first)?.rect;
    if end <= home.right + PADDING || start - home.left < INDENT * begin.size {
        return None;
    }
    let (mut cells, mut right) = (vec![first], home.right);
    while right < end - PADDING {
        let next = grid.cell_at(Point { x: right + 0.5, y })?;
        right = shape(next)?.rect.right;
        cells.push(next);
    }
    let last = *cells.last()?;
    if right - end <= PADDING {
        return Some((cells, last));
    }
    let middle = f32::midpoint(start, end);
    let has_middle = |cell: &&usize| {
        shape(**cell).is_some_and(|cell| {
            (f32::midpoint(cell.rect.left, cell.rect.right) - middle).abs() <= MIDDLE
        })
    };
    let owner = cells.iter().find(has_middle).copied()?;
    Some((cells, owner))
}
