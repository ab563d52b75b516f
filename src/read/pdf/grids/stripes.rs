//! Shaded rows of a table without rules -> the grid of all its rows, shaded or not.
//!
//! Table styles shade the heading and every second row, and draw nothing else.

use crate::read::pdf::grids::cells::{GridShape, grid_of};
use crate::read::pdf::grids::connected::{Component, MEET};
use crate::read::pdf::grids::gutters::Texts;
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
    let across = |at: f32| Rule {
        at,
        from: area.left,
        to: area.right,
    };
    let mut horizontal: Vec<Rule> = stripes
        .iter()
        .flat_map(|stripe| [across(stripe.top), across(stripe.bottom)])
        .collect();
    let rows = stack.iter().flat_map(|grid| &grid.cells);
    horizontal.extend(rows.map(|cell| across(cell.rect.top)));
    let rows = unruled::between(&horizontal, &texts.inside(area));
    let columns = unruled::parted(&rows, &Doubt::Refuses(texts.spaces(area)));
    let [_, .., _] = columns.as_slice() else {
        return None;
    };
    let mut top = area;
    for _ in 0..ABOVE {
        let Some(row) = above(top, &columns, texts) else {
            break;
        };
        horizontal.push(across(row));
        top.top = row;
    }
    horizontal.extend(below(area, &columns, texts).map(across));
    let (top, bottom) = horizontal
        .iter()
        .fold((area.top, area.bottom), |all, rule| {
            (all.0.min(rule.at), all.1.max(rule.at))
        });
    let vertical = [area.left, area.right]
        .into_iter()
        .chain(unruled::middles(&columns));
    grid_of(&Component {
        vertical: vertical
            .map(|at| Rule {
                at,
                from: top,
                to: bottom,
            })
            .collect(),
        horizontal,
        is_by_text: true,
        ..Component::default()
    })
}

/// The top of the row above the first stripe, if its text stands in these columns.
fn above(area: Rect, columns: &[(f32, f32)], texts: &Texts) -> Option<f32> {
    let reach = area.bottom - area.top;
    let mut boxes = texts.inside(Rect {
        top: area.top - reach,
        bottom: area.top,
        ..area
    });
    boxes.sort_by(|a, b| b.bottom.total_cmp(&a.bottom));
    let row = row(boxes, area.top, columns, |edge, glyph| {
        (edge - glyph.bottom, glyph.top)
    })?;
    Some(row - (area.top - row) * 0.1)
}

/// The bottom of the row below the last stripe, if its text stands in these columns.
fn below(area: Rect, columns: &[(f32, f32)], texts: &Texts) -> Option<f32> {
    let reach = area.bottom - area.top;
    let mut boxes = texts.inside(Rect {
        top: area.bottom,
        bottom: area.bottom + reach,
        ..area
    });
    boxes.sort_by(|a, b| a.top.total_cmp(&b.top));
    let row = row(boxes, area.bottom, columns, |edge, glyph| {
        (glyph.top - edge, glyph.bottom)
    })?;
    Some(row + (row - area.bottom) * 0.1)
}

/// Where the text ends that goes on from an edge without white, if it stands in several of these columns and across
/// none of the whites between them; boxes are sorted by their distance.
fn row(
    boxes: Vec<Rect>,
    edge: f32,
    columns: &[(f32, f32)],
    from: impl Fn(f32, &Rect) -> (f32, f32),
) -> Option<f32> {
    let (mut end, mut seen) = (edge, vec![false; columns.len()]);
    let mut is_first = true;
    let between: Vec<f32> = unruled::middles(columns).collect();
    for glyph in boxes {
        let (white, far) = from(end, &glyph);
        let em = glyph.bottom - glyph.top;
        let near = if is_first { NEAR } else { NEAR / 2.0 };
        if white > near * em {
            break;
        }
        if between
            .iter()
            .any(|&at| glyph.left - CLEAR * em < at && at < glyph.right + CLEAR * em)
        {
            return None;
        }
        let column = between.partition_point(|&at| at < glyph.left);
        *seen.get_mut(column)? = true;
        is_first = false;
        if from(edge, &glyph).0 >= 0.0 {
            end = far;
        }
    }
    let several = seen.iter().filter(|seen| **seen).count() > 1;
    several.then_some(end)
}
