//! The grids of a page -> those of its tables, without boxes to tick and frames around text or other tables.

use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::marks::Rect;

/// Sides of a box to tick, points.
const TICK_BOX: f32 = 14.0;
/// A frame around this part of the page is decoration, not a cell.
const PAGE_FRAME: f32 = 0.5;

/// Whether it is a single box of a character's size: 実施 □.
pub(super) fn is_tick_box(grid: &GridShape) -> bool {
    let (width, height) = (
        grid.rect.right - grid.rect.left,
        grid.rect.bottom - grid.rect.top,
    );
    grid.cells.len() == 1 && width.max(height) < TICK_BOX
}

/// Takes away single boxes that are frames around other tables or around the page's text; `page` is its width and height.
pub(super) fn take_away(grids: &mut Vec<GridShape>, page: (f32, f32)) {
    let frames: Vec<bool> = grids
        .iter()
        .map(|grid| is_frame(grid, grids, page))
        .collect();
    let mut frame = frames.iter();
    grids.retain(|_| !frame.next().copied().unwrap_or_default());
}

/// Whether a single box is a frame around other tables or around the page's text.
fn is_frame(grid: &GridShape, grids: &[GridShape], page: (f32, f32)) -> bool {
    grid.cells.len() == 1
        && (grid.area() > PAGE_FRAME * page.0 * page.1
            || grids
                .iter()
                .any(|other| other.area() < grid.area() && inside(other.rect, grid.rect)))
}

fn inside(inner: Rect, outer: Rect) -> bool {
    inner.left >= outer.left
        && inner.right <= outer.right
        && inner.top >= outer.top
        && inner.bottom <= outer.bottom
}
