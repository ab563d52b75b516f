//! A painted heading row right over a drawn table of the same columns -> the table with its heading.
//!
//! Table styles paint the heading and draw rules around the cells below it alone.

use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{CLEAR, MEET};
use crate::sheet::Proposer;

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
