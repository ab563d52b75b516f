//! The grids of a page -> those of its tables, without boxes to tick and frames around text or other tables.

use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::marks::{Point, Rect};
use crate::read::pdf::tolerance::{HALF, TICK_BOX};

/// Whether it is a single box of a character's size: 実施 □.
pub(super) fn is_tick_box(grid: &GridShape, em: f32) -> bool {
    let (width, height) = (
        grid.rect.right - grid.rect.left,
        grid.rect.bottom - grid.rect.top,
    );
    grid.cells.len() == 1 && width.max(height) < TICK_BOX * em
}

/// The grids without single boxes that are frames around other tables or around the page's text, and without tables that
/// stand within one cell of a larger one: a small table, a badge, a form field. What those hold is that cell's text.
/// `page` is its width and height.
pub(super) fn without_frames(grids: Vec<GridShape>, page: (f32, f32)) -> Vec<GridShape> {
    let kept = |grids: Vec<GridShape>, is_left_out: &dyn Fn(&GridShape, &[GridShape]) -> bool| {
        let left_out: Vec<bool> = grids.iter().map(|grid| is_left_out(grid, &grids)).collect();
        let kept = grids
            .into_iter()
            .zip(left_out)
            .filter(|(_, left_out)| !left_out);
        kept.map(|(grid, _)| grid).collect::<Vec<GridShape>>()
    };
    let grids = kept(grids, &|grid, all| is_frame(grid, all, page));
    kept(grids, &is_nested)
}

/// Whether a single box is a frame around other tables or around the page's text.
fn is_frame(grid: &GridShape, grids: &[GridShape], page: (f32, f32)) -> bool {
    grid.cells.len() == 1
        && (grid.area() > HALF * page.0 * page.1
            || grids
                .iter()
                .any(|other| other.area() < grid.area() && inside(other.rect, grid.rect)))
}

/// Whether a table stands within one cell of a larger one.
fn is_nested(inner: &GridShape, grids: &[GridShape]) -> bool {
    let middle = Point {
        x: f32::midpoint(inner.rect.left, inner.rect.right),
        y: f32::midpoint(inner.rect.top, inner.rect.bottom),
    };
    let holds = |outer: &GridShape| {
        let cell = outer.cell_at(middle).and_then(|at| outer.cells.get(at));
        outer.cells.len() > inner.cells.len()
            && cell.is_some_and(|cell| inside(inner.rect, cell.rect))
    };
    grids.iter().any(holds)
}

pub(super) fn inside(inner: Rect, outer: Rect) -> bool {
    inner.left >= outer.left
        && inner.right <= outer.right
        && inner.top >= outer.top
        && inner.bottom <= outer.bottom
}
