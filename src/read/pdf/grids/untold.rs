//! Rules and painted cells that are in no grid -> where they stand, if they look like a table's: a person should see it.

use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::{Component, are_level};
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::stripes;
use crate::read::pdf::grids::tables::{Connected, overlap};
use crate::read::pdf::grids::unruled;
use crate::read::pdf::marks::{Point, Rect};
use crate::read::pdf::tolerance::{MANY, SEVERAL};

/// The places of rules and painted rows that make none of these grids, from top to bottom.
pub(super) fn places(
    drawn: &Connected,
    heads: &[GridShape],
    grids: &[GridShape],
    texts: &Texts,
) -> Vec<Rect> {
    let crossing = drawn.whole.iter().filter(|component| {
        component.horizontal.len() >= SEVERAL && component.vertical.len() >= SEVERAL
    });
    let crossing = crossing.filter_map(around);
    let mut alone = drawn.alone.clone();
    alone.sort_by(|a, b| {
        let by_sides = a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to));
        by_sides.then(a.at.total_cmp(&b.at))
    });
    let stacks = alone.chunk_by(|a, b| are_level(a, b, texts.em));
    let stacks = stacks.filter_map(|stack| of_rows(stack, texts));
    let is_over_columns = |head: &&GridShape| {
        let level = stripes::level_below(head.rect, texts);
        let columns = |boxes: Vec<Rect>| unruled::words(boxes).len();
        columns(texts.inside(head.rect)) >= MANY
            && level.is_some_and(|level| columns(level.boxes) >= MANY)
    };
    let painted = heads
        .iter()
        .filter(|head| head.columns > 1 || is_over_columns(head));
    let painted = painted.map(|head| head.rect);
    let striped = heads.chunk_by(|a, b| {
        are_level(
            &Rule::across(0.0, a.rect),
            &Rule::across(0.0, b.rect),
            texts.em,
        )
    });
    let striped = striped.filter_map(|stack| {
        let edges = stack.iter().flat_map(|head| {
            let edge = |at| Rule::across(at, head.rect);
            [edge(head.rect.top), edge(head.rect.bottom)]
        });
        of_rows(&edges.collect::<Vec<Rule>>(), texts)
    });
    let is_in_none = |place: &Rect| {
        !texts.inside(*place).is_empty() && !grids.iter().any(|grid| overlap(grid.rect, *place))
    };
    let mut places: Vec<Rect> = crossing
        .chain(stacks)
        .chain(painted)
        .chain(striped)
        .filter(is_in_none)
        .collect();
    places.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    places
}

/// The box around connected rules.
fn around(component: &Component) -> Option<Rect> {
    let across = component.horizontal.iter();
    let across = across.flat_map(|rule| [(rule.from, rule.at), (rule.to, rule.at)]);
    let down = component.vertical.iter();
    let down = down.flat_map(|rule| [(rule.at, rule.from), (rule.at, rule.to)]);
    let ends: Vec<Point> = across.chain(down).map(|(x, y)| Point { x, y }).collect();
    (!ends.is_empty()).then(|| Rect::around(&ends))
}

/// The area of rules one below the other, if text stands in several columns between them.
fn of_rows(stack: &[Rule], texts: &Texts) -> Option<Rect> {
    let (first, last) = (stack.first()?, stack.last()?);
    let area = Rect {
        left: first.from,
        right: first.to,
        top: first.at,
        bottom: last.at,
    };
    if stack.len() < MANY {
        return None;
    }
    let rows = unruled::between(stack, &texts.inside(area));
    let several = rows
        .into_iter()
        .filter(|row| unruled::words(row.clone()).len() > 1);
    (several.count() >= SEVERAL).then_some(area)
}
