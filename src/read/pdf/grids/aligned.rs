//! A table of which only some rules are drawn -> rules where its text shows that rows and columns part.
//!
//! Table styles of Word and of browsers draw a frame alone, or only what parts columns. A reader goes by the white
//! then. It is followed only where it cannot mean anything else: a cell's paragraphs, set one below the other, must
//! not become rows.

use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::entries;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::positions;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::unruled::{self, Doubt};
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{CLEAR, FULL, MANY, MEET, ROW_WHITE, SEVERAL};
use crate::sheet::Proposer;

/// The component with the rules that the text of a table shows, if it shows any; `component` is closed on all sides.
pub(crate) fn divided(component: &Component, texts: &Texts) -> Option<Component> {
    let mut xs = positions(&component.vertical);
    let [left, .., right] = xs.as_slice() else {
        return None;
    };
    let (left, right) = (*left, *right);
    let is_whole = |rule: &&Rule| rule.to - rule.from >= right - left - 2.0 * MEET * component.em;
    let whole = component.horizontal.iter().filter(is_whole).copied();
    let ys = positions(&whole.collect::<Vec<Rule>>());
    let bands = ys.windows(2).filter_map(|pair| match pair {
        [from, to] => Some((*from, *to)),
        _ => None,
    });
    let tallest = bands.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    let (Some((from, to)), [top, .., bottom]) = (tallest, ys.as_slice()) else {
        return None;
    };
    let area = Rect {
        left,
        top: *top,
        right,
        bottom: *bottom,
    };
    let band = Rect {
        top: from,
        bottom: to,
        ..area
    };
    // A rule between some columns parts what it parts, and nothing else does.
    if component
        .horizontal
        .iter()
        .any(|rule| from < rule.at && rule.at < to)
    {
        return None;
    }
    let is_framed = xs.len() == 2;
    if is_framed {
        let boxes = texts.inside(area);
        let lines = if ys.len() > MANY {
            unruled::between(&component.horizontal, &boxes)
        } else {
            let em = em_of(&boxes);
            let levels = levels(boxes, em).into_iter();
            levels.map(|level| level.boxes).collect()
        };
        let found = unruled::parted(&lines, &Doubt::Refuses(texts.spaces(area)));
        if found.len() < MANY {
            return None;
        }
        xs.splice(1..1, unruled::middles(&found));
    }
    let rows = if ys.len() > MANY + 1 {
        Vec::new()
    } else {
        let rows = rows(band, &xs, texts);
        let is_headed = ys.len() > SEVERAL && from > *top;
        if rows.is_empty() && is_headed && !is_framed {
            entries::complete_rows(band, &xs, texts)
        } else {
            rows
        }
    };
    if rows.is_empty() && (!is_framed || ys.len() <= MANY) {
        return None;
    }
    let mut component = Component {
        by: Proposer::Aligned,
        ..component.clone()
    };
    let rows = rows.into_iter().map(|at| Rule::across(at, area));
    component.horizontal.extend(rows);
    if is_framed {
        let columns = xs.iter().map(|&at| Rule::down(at, area));
        component.vertical.extend(columns);
    }
    Some(component)
}

/// Text whose lines stand beside each other, with white above and below it over the whole width.
#[derive(Debug)]
pub(crate) struct Level {
    pub top: f32,
    pub bottom: f32,
    pub boxes: Vec<Rect>,
}

impl Level {
    /// Whether some of its text stands on one of these positions, or not so far beside it.
    pub(crate) fn stands_across(&self, positions: &[f32], clear: f32) -> bool {
        let across = |glyph: &Rect| {
            let on = |&at: &f32| glyph.left - clear < at && at < glyph.right + clear;
            positions.iter().any(on)
        };
        self.boxes.iter().any(across)
    }
}

/// The height of most of the text.
pub(crate) fn em_of(boxes: &[Rect]) -> f32 {
    let mut heights: Vec<f32> = boxes.iter().map(|glyph| glyph.bottom - glyph.top).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(1.0)
}

/// What stands one below the other.
pub(crate) fn levels(mut boxes: Vec<Rect>, em: f32) -> Vec<Level> {
    boxes.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut levels: Vec<Level> = Vec::new();
    for glyph in boxes {
        match levels.last_mut() {
            Some(level) if glyph.top < level.bottom - CLEAR * em => {
                level.bottom = level.bottom.max(glyph.bottom);
                level.boxes.push(glyph);
            }
            _ => levels.push(Level {
                top: glyph.top,
                bottom: glyph.bottom,
                boxes: vec![glyph],
            }),
        }
    }
    levels
}

/// Where the rows of a band part, if its text shows them; `xs` bound its columns.
pub(crate) fn rows(band: Rect, xs: &[f32], texts: &Texts) -> Vec<f32> {
    rows_of(texts.inside(band), xs)
}

/// Where the rows of this text part, if it shows them.
pub(super) fn rows_of(boxes: Vec<Rect>, xs: &[f32]) -> Vec<f32> {
    let em = em_of(&boxes);
    let levels = levels(boxes, em);
    let whites: Vec<f32> = levels
        .windows(2)
        .filter_map(|pair| Some((pair.get(1)?.top - pair.first()?.bottom) / em))
        .collect();
    let least = least_between_rows(&whites);
    let starts: Vec<usize> = (0..levels.len())
        .filter(|&at| {
            let white = at.checked_sub(1).and_then(|before| whites.get(before));
            white
                .zip(least)
                .is_none_or(|(white, least)| *white >= least)
        })
        .collect();
    let ends = starts.iter().skip(1).copied().chain([levels.len()]);
    let rows: Vec<&[Level]> = starts
        .iter()
        .zip(ends)
        .filter_map(|(&start, end)| levels.get(start..end))
        .collect();
    let are_rows = rows.len() >= MANY
        && match least {
            Some(_) => begin_with_an_entry(&rows, xs) && have_one_entry(&rows, xs, em),
            None => are_single_lines(&rows, xs, em),
        };
    if !are_rows {
        return Vec::new();
    }
    rows.windows(2)
        .filter_map(|pair| {
            let (above, below) = (pair.first()?.last()?, pair.get(1)?.first()?);
            Some(f32::midpoint(above.bottom, below.top))
        })
        .collect()
}

/// The least white between rows, in ems, where the white between lines is of two kinds: within cells and between
/// rows.
fn least_between_rows(whites: &[f32]) -> Option<f32> {
    let mut sorted = whites.to_vec();
    sorted.sort_by(f32::total_cmp);
    let steps = sorted.windows(2).filter_map(|pair| {
        let (a, b) = (*pair.first()?, *pair.get(1)?);
        Some((b - a, b))
    });
    steps
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|&(step, _)| step >= ROW_WHITE)
        .map(|(_, least)| least)
}

/// The columns in which text stands.
fn columns_of(row: &[Level], xs: &[f32]) -> Vec<usize> {
    let boxes = row.iter().flat_map(|level| &level.boxes);
    let mut columns: Vec<usize> = boxes.map(|glyph| column_of(glyph, xs)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// The column in which the middle of a glyph stands; 0 is left of the first.
pub(super) fn column_of(glyph: &Rect, xs: &[f32]) -> usize {
    let middle = f32::midpoint(glyph.left, glyph.right);
    xs.partition_point(|&at| at <= middle)
}

/// Where the text of a column begins and ends.
fn extent<'a>(
    boxes: impl Iterator<Item = &'a Rect>,
    column: usize,
    xs: &[f32],
) -> Option<(f32, f32)> {
    let inside = boxes.filter(|glyph| column_of(glyph, xs) == column);
    let ends = inside.map(|glyph| (glyph.left, glyph.right));
    ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// Whether each row has an entry in the first column, and another beside it: what goes on below an entry, or is a
/// paragraph of one cell, has not.
fn begin_with_an_entry(rows: &[&[Level]], xs: &[f32]) -> bool {
    let columns: Vec<Vec<usize>> = rows.iter().map(|row| columns_of(row, xs)).collect();
    let first = columns.iter().flatten().min();
    columns
        .iter()
        .all(|columns| columns.len() > 1 && columns.first() == first)
}

/// Whether no row has a second entry in the first column: what follows there goes on from a full line.
fn have_one_entry(rows: &[&[Level]], xs: &[f32], em: f32) -> bool {
    let all = rows.iter().copied().flatten();
    let first = all
        .flat_map(|level| &level.boxes)
        .map(|glyph| column_of(glyph, xs));
    let Some(first) = first.min() else {
        return true;
    };
    let side = |at: Option<usize>| at.and_then(|at| xs.get(at)).copied();
    let sides = side(first.checked_sub(1)).zip(side(Some(first)));
    let (left, right) = sides.unwrap_or((f32::NEG_INFINITY, f32::INFINITY));
    let ends = |level: &Level| extent(level.boxes.iter(), first, xs);
    let all = rows.iter().copied().flatten().filter_map(ends);
    let padding = all.map(|ends| (ends.0 - left).min(right - ends.1).max(0.0));
    let padding = padding.fold(f32::INFINITY, f32::min);
    rows.iter().all(|row| {
        let lines: Vec<(f32, f32)> = row.iter().filter_map(ends).collect();
        let (_, before) = lines.split_last().unwrap_or((&(0.0, 0.0), &[]));
        let is_full =
            |line: &(f32, f32)| right - left - 2.0 * padding - (line.1 - line.0) < FULL * em;
        before.iter().all(is_full)
    })
}

/// Whether lines at one distance are rows of a line each: all columns have a line in each, or no line is the rest of
/// the one above.
fn are_single_lines(rows: &[&[Level]], xs: &[f32], em: f32) -> bool {
    let columns: Vec<Vec<usize>> = rows.iter().map(|row| columns_of(row, xs)).collect();
    let mut used: Vec<usize> = columns.iter().flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    if used.len() < MANY || !begin_with_an_entry(rows, xs) {
        return false;
    }
    let complete = columns.iter().all(|columns| columns.len() == used.len());
    complete || !may_go_on(rows, (&used, xs), em)
}

/// Whether there is a line whose every part may be the rest of a full one above it.
fn may_go_on(rows: &[&[Level]], (used, xs): (&[usize], &[f32]), em: f32) -> bool {
    let extent = |row: &[Level], column: usize| {
        extent(row.iter().flat_map(|level| &level.boxes), column, xs)
    };
    let least: Vec<(usize, f32)> = used
        .iter()
        .map(|&column| {
            let left = column.checked_sub(1).and_then(|before| xs.get(before));
            let starts = rows.iter().filter_map(|row| extent(row, column));
            let start = starts.map(|(start, _)| start).fold(f32::INFINITY, f32::min);
            let padding = left.map_or(0.0, |left| (start - left).max(0.0));
            let right = xs.get(column).copied().unwrap_or(f32::INFINITY);
            (column, right - padding - FULL * em)
        })
        .collect();
    rows.windows(2).any(|pair| {
        let [line, next] = pair else { return false };
        least.iter().all(|&(column, least)| {
            extent(next, column).is_none()
                || extent(line, column).is_some_and(|line| line.1 > least)
        })
    })
}
