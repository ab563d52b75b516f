//! A grid, and what is drawn and written on its page -> what shows that it is a table.

use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::rules::{Drawn, Rule};
use crate::read::pdf::tolerance::{GUTTER, MEET};
use crate::sheet::Evidence;

/// The evidence for a grid; `has_text` says of each of its cells whether something is written in it.
pub(crate) fn of(grid: &GridShape, drawn: &Drawn, has_text: &[bool]) -> Evidence {
    let em = drawn.rules.em;
    let is_drawn = |side: Rule, lists: [&[Rule]; 2]| {
        let along = |rules: &[Rule]| {
            let first = rules.partition_point(|rule| rule.at < side.at - GUTTER * em);
            let near = rules.get(first..).unwrap_or_default().iter();
            let mut near = near.take_while(|rule| rule.at <= side.at + GUTTER * em);
            near.any(|rule| rule.from <= side.from + MEET * em && side.to - MEET * em <= rule.to)
        };
        lists.into_iter().any(along)
    };
    let across = [drawn.rules.horizontal.as_slice(), &drawn.edges.horizontal];
    let down = [drawn.rules.vertical.as_slice(), &drawn.edges.vertical];
    let (mut sides, mut sides_drawn) = (0, 0);
    for cell in &grid.cells {
        let rect = cell.rect;
        let all = [
            is_drawn(Rule::across(rect.top, rect), across),
            is_drawn(Rule::across(rect.bottom, rect), across),
            is_drawn(Rule::down(rect.left, rect), down),
            is_drawn(Rule::down(rect.right, rect), down),
        ];
        sides += all.len() as u32;
        sides_drawn += all.iter().filter(|drawn| **drawn).count() as u32;
    }
    let written = || {
        let cells = grid.cells.iter().zip(has_text);
        cells
            .filter(|(_, has_text)| **has_text)
            .map(|(cell, _)| cell)
    };
    let headed = written()
        .filter(|cell| cell.row == 0)
        .map(|cell| cell.columns);
    let begun = written()
        .filter(|cell| cell.column == 0)
        .map(|cell| cell.rows);
    Evidence {
        by: grid.by,
        sides,
        sides_drawn,
        columns_headed: headed.sum(),
        rows_begun: begun.sum(),
    }
}
