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
    let over: Vec<(usize, Home)> = (0..runs.len())
        .filter_map(|at| Some((at, next_of_overlapped(marks, runs, at, grids)?)))
        .collect();
    for (at, next) in over {
        if let Some(run) = runs.get_mut(at).filter(|_| !taken.contains_key(&next)) {
            run.home = next;
            taken.insert(next, 1);
        }
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
        let Some(Owned {
            cells,
            owner,
            is_over_both_sides,
        }) = owner(marks, run, grid, first)
        else {
            continue;
        };
        let is_free = |cell: &usize| {
            let count = taken
                .get(&Some((number, *cell)))
                .copied()
                .unwrap_or_default();
            count == usize::from(*cell == first)
        };
        // A text in the middle that is wider than its cell runs over both neighbours, filled or not.
        let is_owners = is_over_both_sides && !taken.contains_key(&Some((number, owner)));
        if owner != first && (is_owners || cells.iter().all(is_free)) {
            run.home = Some((number, owner));
        }
    }
}

/// The cell after that of a run which begins over another text of its cell and leaves it: two texts of one cell do not lie
/// over each other, so that it is the next one's, which it overflows to the left (a text in the middle, clipped or not).
fn next_of_overlapped(marks: &Marks, runs: &[Run], at: usize, grids: &[GridShape]) -> Option<Home> {
    let run = runs
        .get(at)
        .filter(|run| run.direction == Direction::Right)?;
    let (number, cell) = run.home?;
    let grid = grids.get(number)?;
    let rect = grid.cells.get(cell)?.rect;
    let (begin, end) = ends(marks, run)?;
    if end.end <= rect.right + PADDING {
        return None;
    }
    let is_under = |other: &Run| {
        ends(marks, other).is_some_and(|(first, last)| {
            let is_level = (first.bottom - begin.bottom).abs() < 0.5 * (begin.bottom - begin.top);
            is_level && first.start < begin.start && last.end > begin.start + PADDING
        })
    };
    let mut others = runs.iter().enumerate();
    let is_over = others.any(|(other, text)| {
        other != at && text.home == run.home && text.direction == run.direction && is_under(text)
    });
    let y = f32::midpoint(begin.top, begin.bottom);
    let next = grid.cell_at(Point {
        x: rect.right + 0.5,
        y,
    })?;
    (is_over && next != cell).then_some(Some((number, next)))
}

/// The first and the last of a run's glyphs that are seen.
fn ends(marks: &Marks, run: &Run) -> Option<(EmBox, EmBox)> {
    let glyphs = run
        .glyphs
        .iter()
        .filter_map(|&at| marks.glyphs.get(at as usize));
    let mut seen = glyphs.filter(|glyph| !is_white(marks, glyph));
    let first = EmBox::of(seen.next()?);
    Some((first, seen.next_back().map_or(first, EmBox::of)))
}

/// The cells that a run stands over, and the one of them that it is aligned in.
struct Owned {
    cells: Vec<usize>,
    owner: usize,
    /// Whether it stands in the middle of that one, and begins before it and ends after it.
    is_over_both_sides: bool,
}

/// The cell that a run is aligned in, where it runs over others.
fn owner(marks: &Marks, run: &Run, grid: &GridShape, first: usize) -> Option<Owned> {
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
        return Some(Owned {
            cells,
            owner: last,
            is_over_both_sides: false,
        });
    }
    let middle = f32::midpoint(start, end);
    let has_middle = |cell: &&usize| {
        shape(**cell).is_some_and(|cell| {
            (f32::midpoint(cell.rect.left, cell.rect.right) - middle).abs() <= MIDDLE
        })
    };
    let owner = cells.iter().find(has_middle).copied()?;
    let own = shape(owner)?.rect;
    Some(Owned {
        cells,
        owner,
        is_over_both_sides: start < own.left && end > own.right,
    })
}
