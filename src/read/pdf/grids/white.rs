//! Lines of text in columns with nothing drawn around them -> the grid that they are.
//!
//! Only what cannot be anything else: under a row of headings, rows that have an entry in every column, one of which is too
//! narrow for the lines of a text that is set in columns.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::headed;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::tables::{Scene, overlap};
use crate::read::pdf::grids::unruled;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{BELOW_TEXT, HIGHEST_HEADING, MANY, MOST_COMPARED, NEAR_ROW};
use crate::sheet::Proposer;

/// The tables among the lines of a page that stand in none of these grids.
pub(super) fn tables(grids: &[GridShape], scene: &Scene<'_>) -> Vec<GridShape> {
    let texts = scene.texts;
    let (width, height) = scene.size;
    let page = Rect {
        left: 0.0,
        top: 0.0,
        right: width,
        bottom: height,
    };
    let is_outside = |glyph: &Rect| !grids.iter().any(|grid| overlap(grid.rect, *glyph));
    let boxes: Vec<Rect> = texts.inside(page).into_iter().filter(is_outside).collect();
    let levels = aligned::levels(boxes, texts.em);
    if levels.len() > MOST_COMPARED {
        return Vec::new();
    }
    let mut found: Vec<GridShape> = Vec::new();
    for at in 0..levels.len() {
        let rest = levels.get(at..).unwrap_or_default();
        let is_below = |top: f32| found.last().is_none_or(|table| table.rect.bottom <= top);
        let Some(head) = head(rest, texts).filter(|head| is_below(head.rect.top)) else {
            continue;
        };
        let below = grids.iter().map(|grid| grid.rect.top);
        let below = below.filter(|top| *top >= head.rect.bottom);
        let below = below.fold(f32::MAX, f32::min);
        let table = headed::under_text(&head, below, texts);
        let is_apart = |table: &GridShape| !grids.iter().any(|grid| overlap(grid.rect, table.rect));
        let table = table.filter(|table| is_complete(table, texts) && is_apart(table));
        if let Some(mut table) = table.filter(scene.holds) {
            table.by = Proposer::Unruled;
            found.push(table);
        }
    }
    found
}

/// The first of these lines as a row of headings, as wide as the lines in columns that follow.
fn head(levels: &[Level], texts: &Texts) -> Option<GridShape> {
    let in_columns = |level: &Level| unruled::words(level.boxes.clone()).len() >= MANY;
    let (first, next) = (levels.first()?, levels.get(1)?);
    if !in_columns(first) {
        return None;
    }
    let near = levels.windows(2).take_while(|pair| match pair {
        [above, below] => below.top - above.bottom <= NEAR_ROW * texts.em,
        _ => false,
    });
    let near = levels.get(..=near.count()).unwrap_or_default();
    let boxes = near.iter().filter(|level| in_columns(level));
    let boxes = boxes.flat_map(|level| &level.boxes).copied();
    let all = boxes.reduce(Rect::joined)?;
    let mut component = Component::new(texts.em, Proposer::Unruled);
    component.add_sides(Rect {
        left: all.left - BELOW_TEXT * texts.em,
        right: all.right + BELOW_TEXT * texts.em,
        top: first.top - BELOW_TEXT * texts.em,
        bottom: f32::midpoint(first.bottom, next.top.max(first.bottom)),
    });
    grid_of(&component)
}

/// Whether every cell has text, and some column has but short entries.
fn is_complete(table: &GridShape, texts: &Texts) -> bool {
    let written = table
        .cells
        .iter()
        .all(|cell| !texts.inside(cell.rect).is_empty());
    let is_narrow = |column: u32| {
        let cells = table.cells.iter().filter(|cell| cell.column == column);
        let boxes = cells.flat_map(|cell| texts.inside(cell.rect));
        let extent = boxes.reduce(Rect::joined);
        extent.is_some_and(|all| all.right - all.left <= HIGHEST_HEADING * texts.em)
    };
    let enough = table.rows as usize > MANY && table.columns as usize >= MANY;
    enough && written && (0..table.columns).any(is_narrow)
}
