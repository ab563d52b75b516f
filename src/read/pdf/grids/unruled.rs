//! Horizontal rules with no vertical one between them -> a component whose columns are where no row has text.

use crate::read::pdf::grids::connected::{Component, are_level};
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::marks::Rect;

/// Rules from which on they are a table's: two are the borders of a page's head and foot.
const RULES: usize = 3;
/// The white between two columns, in ems of the text beside it.
const WHITE: f32 = 0.6;
/// Narrower white, too wide for what stands between the characters of a line, parts columns if this many rows have text
/// on both sides of it: the lines of a text do not leave white at one place.
const NARROW_WHITE: f32 = 0.3;
const MANY_ROWS: usize = 3;
/// Still narrower white parts a number from the text of the next column if a heading stands over each; else it may be
/// that of spread letters, or what programs leave between digits and kanji.
pub(crate) const DOUBTFUL_WHITE: f32 = 0.15;
/// Headings that stand so many ems apart are of two columns, though a longer line below runs over the white.
const HEADING_WHITE: f32 = 1.5;
/// Rows with text in several columns, from which on they are columns.
const ROWS: usize = 2;

/// Tables of horizontal rules alone: those that begin and end together, one below the other.
pub(crate) fn tables(mut alone: Vec<Rule>, texts: &Texts) -> Vec<Component> {
    alone.sort_by(|a, b| {
        a.from
            .total_cmp(&b.from)
            .then(a.to.total_cmp(&b.to))
            .then(a.at.total_cmp(&b.at))
    });
    let stacks = alone.chunk_by(are_level);
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
    let columns = parted(&between(&horizontal, &texts.inside(area)), &Doubt::Joins);
    let [left, .., right] = columns.as_slice() else {
        return None;
    };
    let down = |at: f32| Rule::down(at, area);
    let mut vertical = vec![down(area.left.min(left.0)), down(area.right.max(right.1))];
    vertical.extend(middles(&columns).map(down));
    Some(Component {
        horizontal,
        vertical,
        is_by_text: true,
        ..Component::default()
    })
}

/// What becomes of white that may as well part columns as the words of one.
#[derive(Debug, Clone)]
pub(crate) enum Doubt {
    /// What it parts is one column.
    Joins,
    /// Then nothing is known of the columns; nor does white that is typed, as in 課　名, part any: these spaces.
    Refuses(Vec<Rect>),
}

/// What stands between each two of these rules over a common width.
pub(crate) fn between(horizontal: &[Rule], boxes: &[Rect]) -> Vec<Vec<Rect>> {
    let mut at: Vec<f32> = horizontal.iter().map(|rule| rule.at).collect();
    at.sort_by(f32::total_cmp);
    let mut rows = vec![Vec::new(); at.len().saturating_sub(1)];
    for glyph in boxes {
        let middle = f32::midpoint(glyph.top, glyph.bottom);
        let row = at.partition_point(|&at| at < middle).checked_sub(1);
        if let Some(row) = row.and_then(|row| rows.get_mut(row)) {
            row.push(*glyph);
        }
    }
    rows
}

/// The columns in which the text of rows stands; none if too few rows have text in several.
pub(crate) fn parted(rows: &[Vec<Rect>], doubt: &Doubt) -> Vec<(f32, f32)> {
    let stands_in = |row: &[Rect], column: &(f32, f32)| {
        let within = |glyph: &Rect| glyph.left >= column.0 && glyph.right <= column.1;
        row.iter().any(within)
    };
    let ems = rows.iter().flatten().map(|glyph| glyph.bottom - glyph.top);
    let em = ems.fold(0.0, f32::max);
    let mut found: Vec<(f32, f32)> = Vec::new();
    let mut boxes = rows.concat();
    if let Doubt::Refuses(spaces) = doubt {
        boxes.extend(spaces);
    }
    for column in columns(boxes, DOUBTFUL_WHITE) {
        let Some(last) = found.last_mut() else {
            found.push(column);
            continue;
        };
        let beside = rows
            .iter()
            .filter(|row| stands_in(row, last) && stands_in(row, &column));
        let beside = beside.count();
        let are_headed = || {
            rows.first()
                .is_some_and(|row| stands_in(row, last) && stands_in(row, &column))
        };
        let is_doubtful = column.0 - last.1 < NARROW_WHITE * em;
        let many = if are_headed() { ROWS } else { MANY_ROWS };
        if beside >= many && (!is_doubtful || are_headed())
            || beside > 0 && column.0 - last.1 >= WHITE * em
        {
            found.push(column);
        } else if beside > 0 && matches!(doubt, Doubt::Refuses(_)) {
            return Vec::new();
        } else {
            // What no row has side by side is one column: a heading stands in its middle, values at its start or end.
            last.1 = column.1;
        }
    }
    let several = |row: &&Vec<Rect>| {
        let columns = found.iter().filter(|column| stands_in(row, column));
        columns.count() > 1
    };
    let has_gap = |column: &(f32, f32)| {
        rows.first().is_some_and(|row| {
            let within = |glyph: &&Rect| glyph.left >= column.0 && glyph.right <= column.1;
            let heading: Vec<Rect> = row.iter().filter(within).copied().collect();
            columns(heading, HEADING_WHITE).len() > 1
        })
    };
    let is_doubtful = matches!(doubt, Doubt::Refuses(_)) && found.iter().any(has_gap);
    if rows.iter().filter(several).count() < ROWS || is_doubtful {
        return Vec::new();
    }
    found
}

/// The middles of the white between columns.
pub(crate) fn middles(columns: &[(f32, f32)]) -> impl Iterator<Item = f32> + '_ {
    columns.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(f32::midpoint(a.1, b.0)),
        _ => None,
    })
}

/// Where the words of a row of headings stand, from left to right.
pub(crate) fn words(boxes: Vec<Rect>) -> Vec<(f32, f32)> {
    columns(boxes, WHITE)
}

/// Where text stands over all rows, from left to right: what so many ems of white part.
fn columns(mut boxes: Vec<Rect>, white: f32) -> Vec<(f32, f32)> {
    boxes.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for glyph in boxes {
        let white = white * (glyph.bottom - glyph.top);
        match columns.last_mut() {
            Some(column) if glyph.left - column.1 < white => column.1 = column.1.max(glyph.right),
            _ => columns.push((glyph.left, glyph.right)),
        }
    }
    columns
}
