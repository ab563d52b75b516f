//! Shaded headings along the upper and the left side of an area without rules -> the grid of the cells that they name.

use crate::read::pdf::grids::aligned;
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::tables::Scene;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{CLEAR, ROUNDING, SEVERAL};
use crate::sheet::Proposer;

/// The grid with a cell below each heading and beside each label, if nothing but headings and labels is shaded. `None` if
/// it cannot be told which headings and labels: they are shaded as one.
pub(crate) fn completed(grid: GridShape, scene: &Scene<'_>) -> Option<GridShape> {
    let texts = scene.texts;
    let Some(body) = body(&grid, texts.em).filter(|body| !texts.inside(*body).is_empty()) else {
        return Some(grid);
    };
    filled(&grid, body, texts).filter(scene.holds)
}

/// The area that is not shaded, if whole rows above it and whole columns left of it are.
fn body(grid: &GridShape, em: f32) -> Option<Rect> {
    let (beside, rounding) = (CLEAR * em, ROUNDING * em);
    let first_row = grid.cells.iter().filter(|cell| cell.row == 0);
    let first_column = grid.cells.iter().filter(|cell| cell.column == 0);
    let top = first_row
        .map(|cell| cell.rect.bottom)
        .fold(f32::MAX, f32::min);
    let left = first_column
        .map(|cell| cell.rect.right)
        .fold(f32::MAX, f32::min);
    let area = |cells: &[Rect]| -> f32 {
        let sides = |rect: &Rect| (rect.right - rect.left) * (rect.bottom - rect.top);
        cells.iter().map(sides).sum()
    };
    let head = grid.cells.iter().filter(|cell| cell.rect.top < top);
    let top = head
        .map(|cell| cell.rect.bottom)
        .filter(|at| *at < grid.rect.bottom - beside);
    let top = top.fold(0.0, f32::max);
    let labels = grid.cells.iter().filter(|cell| cell.rect.left < left);
    let left = labels
        .map(|cell| cell.rect.right)
        .filter(|at| *at < grid.rect.right - beside);
    let left = left.fold(0.0, f32::max);
    let body = Rect {
        left,
        top,
        ..grid.rect
    };
    let cells: Vec<Rect> = grid.cells.iter().map(|cell| cell.rect).collect();
    let is_headed =
        |rect: &Rect| rect.bottom <= body.top + rounding || rect.right <= body.left + rounding;
    let rest = area(&[grid.rect]) - area(&[body]);
    let is_whole = (area(&cells) - rest).abs() < rounding * em;
    (body.left > grid.rect.left
        && body.top > grid.rect.top
        && is_whole
        && cells.iter().all(is_headed))
    .then_some(body)
}

fn filled(grid: &GridShape, body: Rect, texts: &Texts) -> Option<GridShape> {
    let rounding = ROUNDING * texts.em;
    let over_corner =
        |rect: &Rect| rect.left < body.left - rounding && rect.right > body.left + rounding;
    let beside = |rect: &Rect| rect.top >= body.top - rounding;
    let cells = || grid.cells.iter().map(|cell| cell.rect);
    if cells().any(|rect| over_corner(&rect)) || cells().filter(beside).count() < SEVERAL {
        return None;
    }
    let mut component = Component::new(texts.em, Proposer::Labelled);
    for rect in cells().chain([body]) {
        component.add_sides(rect);
        if rect.top >= body.top {
            component.horizontal.push(Rule::across(rect.top, body));
        }
        if rect.left >= body.left {
            component.vertical.push(Rule::down(rect.left, body));
        }
    }
    let boxes = texts.inside(body);
    let em = aligned::em_of(&boxes);
    let parts: Vec<f32> = component.vertical.iter().map(|rule| rule.at).collect();
    let levels = aligned::levels(boxes, em);
    // Glyphs that stand on the edge of two cells are a text that has nothing to do with them.
    let is_across = levels
        .iter()
        .any(|level| level.stands_across(&parts, -CLEAR * em));
    (!levels.is_empty() && !is_across).then(|| grid_of(&component))?
}
