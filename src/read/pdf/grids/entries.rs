//! Lines under a heading -> rows, each from an entry in the first column to the next.
//!
//! Where rows have no more white between them than lines, an entry still begins one: what has none beside it must be the
//! rest of the full lines above it.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{CLEAR, FULL, MANY, SEVERAL};

/// Where rows part that have an entry in each of several columns: under a drawn heading, the lines of which a cell has
/// several are not all such.
pub(super) fn complete_rows(band: Rect, xs: &[f32], texts: &Texts) -> Vec<f32> {
    let found = rows(band, xs, texts);
    let all = std::iter::once(band.top)
        .chain(found.iter().copied())
        .chain([band.bottom]);
    let ends: Vec<f32> = all.collect();
    let has_all = |pair: &[f32]| match pair {
        [top, bottom] => xs.windows(2).all(|sides| {
            let cell = Rect {
                left: sides.first().copied().unwrap_or(band.left),
                right: sides.last().copied().unwrap_or(band.right),
                top: *top,
                bottom: *bottom,
            };
            !texts.inside(cell).is_empty()
        }),
        _ => false,
    };
    let are_complete = xs.len() > MANY && ends.len() > MANY && ends.windows(2).all(has_all);
    if are_complete { found } else { Vec::new() }
}

/// Where rows part, if every line tells to which one it belongs; `xs` bound the columns.
pub(crate) fn rows(band: Rect, xs: &[f32], texts: &Texts) -> Vec<f32> {
    let boxes = texts.inside(band);
    let em = aligned::em_of(&boxes);
    let levels = aligned::levels(boxes, em);
    let lines: Vec<Vec<Option<(f32, f32)>>> = levels.iter().map(|level| parts(level, xs)).collect();
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&at| lines.get(at).is_some_and(|line| has(line, 0)))
        .collect();
    let apart = levels.windows(2).all(|pair| match pair {
        [a, b] => a.bottom <= b.top + CLEAR * em,
        _ => true,
    });
    let tells = |pair: &[Vec<Option<(f32, f32)>>]| match pair {
        [above, line] => tells(above, line, xs, em),
        _ => true,
    };
    let several = |&at: &usize| {
        let line = lines.get(at).into_iter().flatten();
        line.flatten().count() > 1
    };
    let are_rows = starts.first() == Some(&0)
        && starts.len() >= SEVERAL
        && apart
        && starts.iter().all(several)
        && lines.windows(2).all(tells);
    if !are_rows {
        return Vec::new();
    }
    let parting = starts.iter().skip(1).filter_map(|&at| {
        let (above, below) = (levels.get(at.checked_sub(1)?)?, levels.get(at)?);
        Some(f32::midpoint(above.bottom, below.top))
    });
    parting.collect()
}

/// Where the text of each column begins and ends in a line.
fn parts(level: &Level, xs: &[f32]) -> Vec<Option<(f32, f32)>> {
    let mut parts = vec![None; xs.len().saturating_sub(1)];
    for glyph in &level.boxes {
        let column = aligned::column_of(glyph, xs).checked_sub(1);
        if let Some(part) = column.and_then(|column| parts.get_mut(column)) {
            let (left, right) = part.unwrap_or((glyph.left, glyph.right));
            *part = Some((left.min(glyph.left), right.max(glyph.right)));
        }
    }
    parts
}

fn has(line: &[Option<(f32, f32)>], column: usize) -> bool {
    line.get(column).is_some_and(Option::is_some)
}

/// Whether it is clear if a line begins a row or goes on with the one above: it has an entry and that above is not full,
/// or it has none and all that it has is the rest of full lines.
fn tells(above: &[Option<(f32, f32)>], line: &[Option<(f32, f32)>], xs: &[f32], em: f32) -> bool {
    let is_full = |column: usize| {
        let sides = xs.get(column).zip(xs.get(column + 1));
        let part = above.get(column).copied().flatten();
        part.zip(sides).is_some_and(|((left, right), (from, to))| {
            let padding = (left - from).min(to - right).max(0.0);
            right - left > FULL * em && to - from - (right - left) - 2.0 * padding < FULL * em
        })
    };
    if has(line, 0) {
        // Where entries stand in the middle of their rows, the line above one is the first of its row: it goes on.
        let goes_on = |column: usize| has(line, column) && is_full(column);
        let first = if has(above, 0) { 0..1 } else { 0..line.len() };
        return !first.into_iter().any(goes_on);
    }
    (0..line.len()).all(|column| !has(line, column) || is_full(column))
}
