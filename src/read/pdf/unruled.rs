//! Horizontal rules with no vertical one between them -> a component whose columns are where no row has text.

use super::connected::{Component, MEET};
use super::gutters::Texts;
use super::marks::Rect;
use super::rules::Rule;

/// Rules from which on they are a table's: two are the borders of a page's head and foot.
const RULES: usize = 3;
/// The white between two columns, in ems of the text beside it.
const WHITE: f32 = 0.6;
/// Rows with text in several columns, from which on they are columns.
const ROWS: usize = 2;

/// Tables of horizontal rules alone: those that begin and end together, one below the other.
pub(super) fn tables(mut alone: Vec<Rule>, texts: &Texts) -> Vec<Component> {
    alone.sort_by(|a, b| {
        a.from
            .total_cmp(&b.from)
            .then(a.to.total_cmp(&b.to))
            .then(a.at.total_cmp(&b.at))
    });
    let level = |a: &Rule, b: &Rule| (a.from - b.from).abs() <= MEET && (a.to - b.to).abs() <= MEET;
    let stacks = alone.chunk_by(level);
    stacks
        .filter(|stack| stack.len() >= RULES)
        .filter_map(|stack| table(stack.to_vec(), texts))
        .collect()
}

fn table(mut horizontal: Vec<Rule>, texts: &Texts) -> Option<Component> {
    horizontal.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (first, last) = (*horizontal.first()?, *horizontal.last()?);
    let area = Rect {
        left: first.from,
        top: first.at,
        right: first.to,
        bottom: last.at,
    };
    let boxes = texts.inside(area);
    let columns = columns(boxes.clone());
    let [left, .., right] = columns.as_slice() else {
        return None;
    };
    let in_columns = |row: &[Rule]| {
        let [above, below] = row else { return false };
        let middle = |glyph: &Rect| f32::midpoint(glyph.top, glyph.bottom);
        let within = |glyph: &&Rect| above.at < middle(glyph) && middle(glyph) < below.at;
        let starts = |glyph: &Rect| columns.iter().position(|column| glyph.left <= column.1);
        let mut seen: Vec<usize> = boxes.iter().filter(within).filter_map(starts).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len() > 1
    };
    if horizontal.windows(2).filter(|row| in_columns(row)).count() < ROWS {
        return None;
    }
    let down = |at: f32| Rule {
        at,
        from: area.top,
        to: area.bottom,
    };
    let mut vertical = vec![down(area.left.min(left.0)), down(area.right.max(right.1))];
    let between = columns.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(down(f32::midpoint(a.1, b.0))),
        _ => None,
    });
    vertical.extend(between);
    Some(Component {
        horizontal,
        vertical,
        ..Component::default()
    })
}

/// Where text stands over all rows, from left to right: what white of more than a character parts.
fn columns(mut boxes: Vec<Rect>) -> Vec<(f32, f32)> {
    boxes.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for glyph in boxes {
        let white = WHITE * (glyph.bottom - glyph.top);
        match columns.last_mut() {
            Some(column) if glyph.left - column.1 < white => column.1 = column.1.max(glyph.right),
            _ => columns.push((glyph.left, glyph.right)),
        }
    }
    columns
}
