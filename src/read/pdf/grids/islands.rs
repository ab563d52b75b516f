//! Boxes that stand apart by narrow gutters, each a cell -> the grid that they make together.

use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::{self, GUTTER, Texts};
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::sets::Sets;
use crate::read::pdf::marks::{Point, Rect};

/// Boxes that are looked at on a page; more are a pattern.
const BOXES: usize = 20_000;
/// Fewer boxes than these are boxes and no table.
const FEWEST: usize = 4;
/// Neighbours face each other along this part of the shorter side.
const FACING: f32 = 0.5;

/// Puts boxes together that stand beside and above each other like cells; the others stay.
pub(crate) fn join(grids: Vec<GridShape>, texts: &Texts) -> Vec<GridShape> {
    let (boxes, mut others): (Vec<GridShape>, Vec<GridShape>) =
        grids.into_iter().partition(|grid| grid.cells.len() == 1);
    if boxes.len() > BOXES {
        others.extend(boxes);
        return others;
    }
    let mut boxes = boxes;
    boxes.sort_by(|a, b| a.rect.left.total_cmp(&b.rect.left));
    let mut sets = Sets::new(boxes.len());
    for (at, a) in boxes.iter().enumerate() {
        let after = boxes.iter().enumerate().skip(at + 1);
        for (other, b) in after.take_while(|(_, b)| b.rect.left <= a.rect.right + GUTTER) {
            if are_neighbours(a.rect, b.rect) {
                sets.unite(at, other);
            }
        }
    }
    let mut clusters: Vec<Vec<GridShape>> = boxes.iter().map(|_| Vec::new()).collect();
    for (at, found) in boxes.into_iter().enumerate() {
        clusters[sets.find(at)].push(found);
    }
    for cluster in clusters {
        let rects: Vec<Rect> = cluster.iter().map(|found| found.rect).collect();
        match together(&rects, texts) {
            Some(grid) => others.push(grid),
            None => others.extend(cluster),
        }
    }
    others
}

/// Whether two boxes face each other over a gutter.
fn are_neighbours(a: Rect, b: Rect) -> bool {
    let apart = |a: (f32, f32), b: (f32, f32)| a.0.max(b.0) - a.1.min(b.1);
    let (across, down) = (
        apart((a.left, a.right), (b.left, b.right)),
        apart((a.top, a.bottom), (b.top, b.bottom)),
    );
    let narrower = (a.right - a.left).min(b.right - b.left);
    let lower = (a.bottom - a.top).min(b.bottom - b.top);
    let is_gutter = |gap: f32| (0.0..=GUTTER).contains(&gap);
    is_gutter(across) && -down >= FACING * lower || is_gutter(down) && -across >= FACING * narrower
}

/// The grid of these boxes, if they stand in rows and columns, each a cell of its own.
fn together(rects: &[Rect], texts: &Texts) -> Option<GridShape> {
    if rects.len() < FEWEST {
        return None;
    }
    let mut component = Component::default();
    for rect in rects {
        component.add_sides(*rect);
    }
    gutters::close(&mut component, texts);
    let grid = grid_of(&component)?;
    let mut cells: Vec<usize> = rects
        .iter()
        .filter_map(|rect| {
            grid.cell_at(Point {
                x: f32::midpoint(rect.left, rect.right),
                y: f32::midpoint(rect.top, rect.bottom),
            })
        })
        .collect();
    cells.sort_unstable();
    cells.dedup();
    (grid.rows > 1 && grid.columns > 1 && cells.len() == rects.len()).then_some(grid)
}
