//! Shaded rows of a table without rules -> the grid of all its rows, shaded or not.
//!
//! Table styles shade the heading and every second row, and draw nothing else.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::{Component, MEET};
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::unruled::{self, Doubt};
use crate::read::pdf::marks::Rect;

/// Shaded rows from which on they are stripes: one is a heading's ground.
const STRIPES: usize = 2;
/// Stripes part rows that are at most this many times as high as the highest of them: a shaded heading over some
/// paragraphs and the next are none of a table.
const HIGHEST: f32 = 3.0;
/// The least height of a row, points.
const LOWEST: f32 = 6.0;
/// Rows above the first stripe: a heading and the first row.
const ABOVE: usize = 2;
/// The row below the last stripe begins this near to it, in ems.
const NEAR: f32 = 2.0;
/// A line that leaves fewer ems of its column may go on in the next.
const FULL: f32 = 2.0;
/// The lines of a cell have so many ems of white between them at most; paragraphs below a table keep farther off.
const LINES_APART: f32 = 0.7;
/// Text of the row above or below keeps clear of the middle of the white between columns by so many ems.
const CLEAR: f32 = 0.15;

/// Puts shaded rows together that begin and end together, one below the other; the others stay.
pub(crate) fn join(mut grids: Vec<GridShape>, texts: &Texts) -> Vec<GridShape> {
    grids.sort_by(|a, b| {
        let (a, b) = (a.rect, b.rect);
        a.left
            .total_cmp(&b.left)
            .then(a.right.total_cmp(&b.right))
            .then(a.top.total_cmp(&b.top))
    });
    let level = |a: &GridShape, b: &GridShape| {
        (a.rect.left - b.rect.left).abs() <= MEET && (a.rect.right - b.rect.right).abs() <= MEET
    };
    let stacks = grids.chunk_by(level);
    let mut joined = Vec::with_capacity(grids.len());
    for stack in stacks {
        match table(stack, texts) {
            Some(grid) => joined.push(grid),
            None => joined.extend(stack.iter().cloned()),
        }
    }
    joined
}

/// The grid of a stack of shaded rows with others between them.
fn table(stack: &[GridShape], texts: &Texts) -> Option<GridShape> {
    let mut stripes: Vec<Rect> = stack.iter().map(|grid| grid.rect).collect();
    stripes.sort_by(|a, b| a.top.total_cmp(&b.top));
    let highest = stripes
        .iter()
        .map(|stripe| stripe.bottom - stripe.top)
        .fold(0.0, f32::max);
    let follows = |pair: &[Rect]| match pair {
        [a, b] => (LOWEST..=HIGHEST * highest).contains(&(b.top - a.bottom)),
        _ => true,
    };
    if stripes.len() < STRIPES || !stripes.windows(2).all(follows) {
        return None;
    }
    let area = stripes.iter().copied().reduce(Rect::joined)?;
    let across = |at: f32| Rule::across(at, area);
    let mut horizontal: Vec<Rule> = stripes
        .iter()
        .flat_map(|stripe| [across(stripe.top), across(stripe.bottom)])
        .collect();
    let rows = stack.iter().flat_map(|grid| &grid.cells);
    horizontal.extend(rows.map(|cell| across(cell.rect.top)));
    let rows = unruled::between(&horizontal, &texts.inside(area));
    let between = match painted_columns(stack) {
        Some(between) => between,
        None => columns_by_text(rows, area, texts),
    };
    if between.is_empty() {
        return None;
    }
    let mut top = area;
    for _ in 0..ABOVE {
        let Some(row) = above(top, &between, texts) else {
            break;
        };
        horizontal.push(across(row));
        top.top = row;
    }
    horizontal.extend(below(area, &between, texts).map(across));
    let (top, bottom) = horizontal
        .iter()
        .fold((area.top, area.bottom), |all, rule| {
            (all.0.min(rule.at), all.1.max(rule.at))
        });
    let area = Rect {
        top,
        bottom,
        ..area
    };
    let vertical = [area.left, area.right].into_iter().chain(between);
    grid_of(&Component {
        vertical: vertical.map(|at| Rule::down(at, area)).collect(),
        horizontal,
        is_by_text: true,
        ..Component::default()
    })
}

/// Where columns part, if the shading of each row's cells shows it: all rows are divided there, or some of their cells
/// span several columns.
fn painted_columns(stack: &[GridShape]) -> Option<Vec<f32>> {
    let divided = stack.iter().max_by_key(|grid| grid.columns)?;
    let between = divided.columns_part();
    let is_there = |at: &f32| between.iter().any(|other| (at - other).abs() <= MEET);
    let agree = |grid: &GridShape| grid.columns_part().iter().all(is_there);
    let several = stack.iter().filter(|grid| grid.columns > 1);
    (several.count() * 2 > stack.len() && stack.iter().all(agree)).then_some(between)
}

/// Where columns part by the text of these rows, and of the headings above them if those keep to columns too.
fn columns_by_text(mut rows: Vec<Vec<Rect>>, area: Rect, texts: &Texts) -> Vec<f32> {
    let parted = |rows: &[Vec<Rect>], area: Rect| {
        let doubt = Doubt::Refuses(texts.spaces(area));
        let between: Vec<f32> = unruled::middles(&unruled::parted(rows, &doubt)).collect();
        between
    };
    let between = parted(&rows, area);
    let above = Rect {
        top: area.top - (area.bottom - area.top),
        bottom: area.top,
        ..area
    };
    let boxes = texts.inside(above);
    let em = aligned::em_of(&boxes);
    let Some(heading) = aligned::levels(boxes, em).pop() else {
        return between;
    };
    if area.top - heading.bottom > NEAR * em {
        return between;
    }
    let top = heading.top.min(area.top);
    rows.insert(0, heading.boxes);
    let headed = parted(&rows, Rect { top, ..area });
    if headed.len() >= between.len() {
        headed
    } else {
        between
    }
}

/// The top of the row above the first stripe, if its text stands in these columns.
fn above(area: Rect, between: &[f32], texts: &Texts) -> Option<f32> {
    let reach = area.bottom - area.top;
    let boxes = texts.inside(Rect {
        top: area.top - reach,
        bottom: area.top,
        ..area
    });
    let em = aligned::em_of(&boxes);
    let levels = aligned::levels(boxes, em).into_iter().rev();
    let row = row(levels, em, between, |level, end| match end {
        None => (area.top - level.bottom, level.top),
        Some(end) => (end - level.bottom, level.top),
    })?;
    Some(row.min(area.top) - (area.top - row).max(0.0) * 0.1)
}

/// The bottom of the row below the last stripe, if its text stands in these columns.
fn below(area: Rect, between: &[f32], texts: &Texts) -> Option<f32> {
    let reach = area.bottom - area.top;
    let boxes = texts.inside(Rect {
        top: area.bottom,
        bottom: area.bottom + reach,
        ..area
    });
    let em = aligned::em_of(&boxes);
    let levels = aligned::levels(boxes, em).into_iter();
    let row = row(levels, em, between, |level, end| match end {
        None => (level.top - area.bottom, level.bottom),
        Some(end) => (level.top - end, level.bottom),
    })?;
    Some(row.max(area.bottom) + (row - area.bottom).max(0.0) * 0.1)
}

/// Where the text ends that goes on from an edge without white, if it stands in several columns and across none of the
/// positions between them. Of a level and the end of the one before it, `from` gives the white between and its own end.
fn row(
    levels: impl Iterator<Item = Level>,
    em: f32,
    between: &[f32],
    from: impl Fn(&Level, Option<f32>) -> (f32, f32),
) -> Option<f32> {
    let (mut end, mut seen) = (None, vec![false; between.len() + 1]);
    let first = |glyph: &Rect| between.first().is_none_or(|&at| glyph.right < at);
    let end_of_first = |level: &Level| {
        let inside = level.boxes.iter().filter(|glyph| first(glyph));
        inside.map(|glyph| glyph.right).reduce(f32::max)
    };
    let mut entry: Option<(f32, f32)> = None;
    for level in levels {
        let (white, far) = from(&level, end);
        let near = if end.is_none() { NEAR } else { LINES_APART };
        if white > near * em || level.stands_across(between, CLEAR * em) {
            break;
        }
        if let Some(right) = end_of_first(&level) {
            // Of two entries of the first column the lower one is the rest of the upper one only where that is full.
            let upper = entry.filter(|other| other.0 < level.top);
            let upper = upper.map_or(right, |other| other.1);
            let is_full = between.first().is_some_and(|&at| upper > at - FULL * em);
            if entry.is_some() && !is_full {
                break;
            }
            entry = Some((level.top, right));
        }
        for glyph in &level.boxes {
            let column = between.partition_point(|&at| at < glyph.left);
            *seen.get_mut(column)? = true;
        }
        end = Some(far);
    }
    let several = seen.iter().filter(|seen| **seen).count() > 1;
    end.filter(|_| several)
}
