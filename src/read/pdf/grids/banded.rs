//! A painted heading row right over a drawn table of the same columns, or over the upper part of its first row -> the table
//! with its heading.
//!
//! Table styles paint the heading and draw rules around the cells below it alone, or none between the two.

use crate::read::pdf::grids::cells::{CellShape, GridShape};
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{CLEAR, HANG, MEET};
use crate::sheet::Proposer;

/// The drawn table with its first row parted at the lower edge of a painted row that is as wide as the table and begins
/// with it, if most columns have text both in what is painted and below.
pub(crate) fn parted(head: &GridShape, body: &GridShape, texts: &Texts) -> Option<GridShape> {
    let em = texts.em;
    let near = |a: f32, b: f32| (a - b).abs() <= MEET * em;
    let (paint, at) = (head.rect, head.rect.bottom);
    let is_upper = near(paint.top, body.rect.top)
        && near(paint.left, body.rect.left)
        && near(paint.right, body.rect.right);
    let first = || body.cells.iter().filter(|cell| cell.row == 0);
    let reaches_below = first().all(|cell| cell.rect.bottom > at + HANG * em);
    if !is_upper || !reaches_below || body.columns < 2 {
        return None;
    }
    let is_clear = |glyph: &Rect| glyph.bottom <= at + CLEAR * em || glyph.top >= at - CLEAR * em;
    let has_both = |cell: &&CellShape| {
        let glyphs = texts.inside(cell.rect);
        let is_above = |glyph: &Rect| glyph.top < at - CLEAR * em;
        glyphs.iter().any(is_above) && !glyphs.iter().all(is_above)
    };
    let count = first().count();
    let are_clear = first().all(|cell| texts.inside(cell.rect).iter().all(is_clear));
    if !are_clear || first().filter(has_both).count() * 2 <= count {
        return None;
    }
    let mut component = Component::new(em, Proposer::Banded);
    (component.open_below, component.open_above) = (body.open_below, body.open_above);
    for cell in &body.cells {
        component.add_sides(cell.rect);
    }
    component.horizontal.push(Rule::across(at, body.rect));
    grid_of(&component)
}

/// The table that a painted row and a drawn grid make together, if the row heads it: it is as wide, and over the columns
/// stand words that keep clear of where they part.
pub(crate) fn headed(head: &GridShape, body: &GridShape, texts: &Texts) -> Option<GridShape> {
    let meet = MEET * texts.em;
    let near = |a: f32, b: f32| (a - b).abs() <= meet;
    let (over, under) = (head.rect, body.rect);
    let is_over = head.rows == 1
        && near(over.bottom, under.top)
        && near(over.left, under.left)
        && near(over.right, under.right);
    if !is_over || body.columns < 2 {
        return None;
    }
    let parts = body.columns_part();
    let between = |at: &f32| parts.iter().copied().find(|part| near(*part, *at));
    let painted: Option<Vec<f32>> = head.columns_part().iter().map(between).collect();
    let words = texts.inside(over);
    let crosses = |at: f32| {
        let clear = CLEAR * texts.em;
        let on = |word: &Rect| word.left + clear < at && at < word.right - clear;
        words.iter().any(on)
    };
    let mut xs = match painted? {
        painted if !painted.is_empty() => painted,
        _ => parts.iter().copied().filter(|at| !crosses(*at)).collect(),
    };
    xs.insert(0, under.left);
    xs.push(under.right);
    let cells = xs.windows(2).filter_map(|pair| match pair {
        [left, right] => Some(Rect {
            left: *left,
            right: *right,
            top: over.top,
            bottom: under.top,
        }),
        _ => None,
    });
    let cells: Vec<Rect> = cells.collect();
    let headed = cells.iter().filter(|cell| !texts.inside(**cell).is_empty());
    if headed.count() * 2 <= body.columns as usize {
        return None;
    }
    let mut component = Component::new(
        texts.em,
        if body.by == Proposer::Ruled {
            Proposer::Banded
        } else {
            body.by
        },
    );
    (component.open_below, component.open_above) = (body.open_below, false);
    let cells = cells.into_iter();
    for rect in cells.chain(body.cells.iter().map(|cell| cell.rect)) {
        component.add_sides(rect);
    }
    grid_of(&component)
}
