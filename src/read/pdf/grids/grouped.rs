//! A drawn row whose cells hold one entry a line, beside each other -> the rows that the lines are.
//!
//! Statistics draw rules between groups alone. A cell's paragraphs must not become rows, so each line beside has its entry,
//! some column is of numbers and another of names.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::cells::{CellShape, GridShape};
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{FULL, ROW_WHITE, SEVERAL};
use crate::sheet::Proposer;

/// The grid with a row for each line of its groups; `None` if it has none.
pub(crate) fn divided(grid: &GridShape, texts: &Texts) -> Option<GridShape> {
    let mut component = Component::new(texts.em, Proposer::Grouped);
    (component.open_below, component.open_above) = (grid.open_below, grid.open_above);
    let mut is_divided = false;
    for cells in grid.cells.chunk_by(|a, b| a.row == b.row) {
        let added = parts(cells, grid.columns, texts);
        is_divided |= !added.is_empty();
        component.horizontal.extend(added);
    }
    if !is_divided {
        return None;
    }
    for cell in &grid.cells {
        component.add_sides(cell.rect);
    }
    grid_of(&component)
}

/// The rules that part a row of cells where its lines are rows.
fn parts(cells: &[CellShape], columns: u32, texts: &Texts) -> Vec<Rule> {
    let is_row = cells.len() > SEVERAL
        && cells.iter().all(|cell| cell.rows == 1)
        && cells.iter().map(|cell| cell.columns).sum::<u32>() == columns;
    if !is_row {
        return Vec::new();
    }
    let lines: Vec<Vec<Level>> = cells
        .iter()
        .map(|cell| {
            let boxes = texts.inside(cell.rect);
            let em = aligned::em_of(&boxes);
            aligned::levels(boxes, em)
        })
        .collect();
    let Some(most) = lines.iter().skip(1).max_by_key(|lines| lines.len()) else {
        return Vec::new();
    };
    let is_level = |lines: &[Level]| {
        lines.len() == most.len()
            && lines
                .iter()
                .zip(most)
                .all(|(a, b)| (a.bottom - b.bottom).abs() <= ROW_WHITE * texts.em)
    };
    let entries = cells.iter().zip(&lines).skip(1);
    let complete = || entries.clone().filter(|(_, lines)| is_level(lines));
    let is_number = |(cell, lines): (&CellShape, &Vec<Level>)| {
        lines.iter().all(|line| {
            texts.is_number(Rect {
                top: line.top,
                bottom: line.bottom,
                ..cell.rect
            })
        })
    };
    // Beside several numbers in each line, a name that is as long as its cell is one all the same.
    let numbers = complete().filter(|entry| is_number(*entry)).count();
    let are_entries = |(cell, lines): (&CellShape, &Vec<Level>)| {
        let goes_on = || numbers < SEVERAL && may_go_on(cell.rect, lines, texts);
        lines.is_empty() || is_level(lines) && !goes_on()
    };
    let are_rows = most.len() >= SEVERAL
        && entries.clone().all(are_entries)
        && complete().count() >= SEVERAL
        && numbers > 0
        && (lines.first().is_some_and(|labels| is_level(labels)) || numbers < complete().count())
        && lines
            .first()
            .is_some_and(|labels| labels.len() <= 1 || is_level(labels) || is_stacked(labels));
    if !are_rows {
        return Vec::new();
    }
    let from = usize::from(!lines.first().is_some_and(|labels| is_level(labels)));
    let ends = cells.get(from).zip(cells.last());
    let Some((first, last)) = ends else {
        return Vec::new();
    };
    most.windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(Rule {
                at: f32::midpoint(above.bottom, below.top),
                from: first.rect.left,
                to: last.rect.right,
            }),
            _ => None,
        })
        .collect()
}

/// Whether a label's characters stand one below the other.
fn is_stacked(lines: &[Level]) -> bool {
    lines.iter().all(|line| line.boxes.len() == 1)
}

/// Whether a line of a cell may go on in the next one: it is full.
fn may_go_on(cell: Rect, lines: &[Level], texts: &Texts) -> bool {
    let ends = |line: &Level| {
        line.boxes
            .iter()
            .map(|glyph| glyph.right)
            .fold(cell.left, f32::max)
    };
    let Some((_, before)) = lines.split_last() else {
        return false;
    };
    let is_full = |line: &Level| {
        let area = Rect {
            top: line.top,
            bottom: line.bottom,
            ..cell
        };
        cell.right - ends(line) < FULL * texts.em && !texts.is_number(area)
    };
    before.iter().any(is_full)
}
