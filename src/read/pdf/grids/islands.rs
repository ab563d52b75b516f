//! Boxes that stand apart by narrow gutters, each a cell -> the grid that they make together.

use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::frames::inside;
use crate::read::pdf::grids::gutters::{self, Texts};
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::sets::Sets;
use crate::read::pdf::marks::{Point, Rect};
use crate::read::pdf::tolerance::{CLEAR, GUTTER, HALF, MOST, ROW_OF, WIDE_GUTTER};
use crate::sheet::Proposer;

/// Fewer boxes than these are boxes and no table.
const FEWEST: usize = 4;

/// Puts boxes together that stand beside and above each other like cells, also where those of a column touch; the others
/// stay.
pub(crate) fn join(grids: Vec<GridShape>, texts: &Texts) -> Vec<GridShape> {
    let (boxes, mut others): (Vec<GridShape>, Vec<GridShape>) =
        grids.into_iter().partition(|grid| grid.columns == 1);
    let single = boxes.iter().filter(|grid| grid.cells.len() == 1);
    let rects: Vec<Rect> = single.map(|grid| grid.rect).collect();
    let mut tables = tables(&rects, texts);
    let apart = |boxes: Vec<GridShape>, tables: &[GridShape]| {
        let is_within =
            |found: &GridShape| tables.iter().any(|table| inside(found.rect, table.rect));
        let apart = boxes.into_iter().filter(|found| !is_within(found));
        apart.collect::<Vec<GridShape>>()
    };
    let boxes = apart(boxes, &tables);
    let cells = boxes.iter().flat_map(|grid| &grid.cells);
    let cells: Vec<Rect> = cells.map(|cell| cell.rect).collect();
    if cells.len() > boxes.len() && cells.len() <= MOST {
        tables.extend(clusters(&cells, texts, GUTTER, ROW_OF).0);
    }
    others.extend(apart(boxes, &tables));
    others.extend(tables);
    others
}

/// The grids that boxes make together: those that stand in full rows and columns with gutters of one width first, then
/// those with narrow gutters, and of the rest those in full rows and columns with wider ones.
pub(crate) fn tables(rects: &[Rect], texts: &Texts) -> Vec<GridShape> {
    if rects.len() > MOST {
        return Vec::new();
    }
    let (mut found, _) = clusters(rects, texts, WIDE_GUTTER, ROW_OF);
    found.retain(|grid| has_one_gutter(grid, rects, texts.em));
    let is_apart = |rect: &Rect| !found.iter().any(|grid| inside(*rect, grid.rect));
    let rest: Vec<Rect> = rects.iter().copied().filter(is_apart).collect();
    let (narrow, rest) = clusters(&rest, texts, GUTTER, FEWEST);
    let (wide, _) = clusters(&rest, texts, WIDE_GUTTER, ROW_OF);
    found.extend(narrow);
    found.extend(wide);
    found
}

/// Whether the gutters between the columns of these boxes are equally wide: tables beside each other stand farther apart.
fn has_one_gutter(grid: &GridShape, rects: &[Rect], em: f32) -> bool {
    let gaps = grid.columns_part().into_iter().map(|at| {
        let own = || rects.iter().filter(|rect| inside(**rect, grid.rect));
        let before = own().map(|rect| rect.right).filter(|right| *right <= at);
        let after = own().map(|rect| rect.left).filter(|left| *left >= at);
        after.fold(f32::MAX, f32::min) - before.fold(f32::MIN, f32::max)
    });
    let (least, most) = gaps.fold((f32::MAX, f32::MIN), |all, gap| {
        (all.0.min(gap), all.1.max(gap))
    });
    most - least <= CLEAR * em
}

/// The grids of boxes that face each other over gutters up to so many ems, and the boxes that make none. Where more than
/// the fewest are asked for, they stand in full rows and columns.
fn clusters(
    rects: &[Rect],
    texts: &Texts,
    widest: f32,
    fewest: usize,
) -> (Vec<GridShape>, Vec<Rect>) {
    let gutter = widest * texts.em;
    let mut boxes = rects.to_vec();
    boxes.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut sets = Sets::new(boxes.len());
    for (at, a) in boxes.iter().enumerate() {
        let after = boxes.iter().enumerate().skip(at + 1);
        for (other, b) in after.take_while(|(_, b)| b.left <= a.right + gutter) {
            if are_neighbours(*a, *b, gutter) {
                sets.unite(at, other);
            }
        }
    }
    let mut clusters: Vec<Vec<Rect>> = boxes.iter().map(|_| Vec::new()).collect();
    for (at, found) in boxes.into_iter().enumerate() {
        clusters[sets.find(at)].push(found);
    }
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    for cluster in clusters {
        let grid = together(&cluster, texts, widest).filter(|grid| {
            cluster.len() >= fewest && (fewest == FEWEST || grid.cells.len() == cluster.len())
        });
        match grid {
            Some(grid) => found.push(grid),
            None => rest.extend(cluster),
        }
    }
    (found, rest)
}

/// Whether two boxes face each other over a gutter.
fn are_neighbours(a: Rect, b: Rect, gutter: f32) -> bool {
    let apart = |a: (f32, f32), b: (f32, f32)| a.0.max(b.0) - a.1.min(b.1);
    let (across, down) = (
        apart((a.left, a.right), (b.left, b.right)),
        apart((a.top, a.bottom), (b.top, b.bottom)),
    );
    let narrower = (a.right - a.left).min(b.right - b.left);
    let lower = (a.bottom - a.top).min(b.bottom - b.top);
    let is_gutter = |gap: f32| (0.0..=gutter).contains(&gap);
    is_gutter(across) && -down >= HALF * lower || is_gutter(down) && -across >= HALF * narrower
}

/// The grid of these boxes, if they stand in rows and columns, each a cell of its own.
fn together(rects: &[Rect], texts: &Texts, widest: f32) -> Option<GridShape> {
    if rects.len() < FEWEST {
        return None;
    }
    let mut component = Component::new(texts.em, Proposer::Boxed);
    for rect in rects {
        component.add_sides(*rect);
    }
    let component = gutters::closed(component, texts, widest);
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
