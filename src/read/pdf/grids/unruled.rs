//! Horizontal rules with no vertical one between them -> a component whose columns are where no row has text.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::{Component, are_level};
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::stripes;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{
    BELOW_TEXT, BESIDE, COLUMN_WHITE, DOUBTFUL_WHITE, FULL, HIGHEST_HEADING, MANY, MEET,
    MOST_COMPARED, SEVERAL,
};
use crate::sheet::Proposer;

/// Tables of horizontal rules alone: those that begin and end together, one below the other.
pub(crate) fn tables(mut alone: Vec<Rule>, texts: &Texts) -> Vec<Component> {
    alone.sort_by(|a, b| {
        a.from
            .total_cmp(&b.from)
            .then(a.to.total_cmp(&b.to))
            .then(a.at.total_cmp(&b.at))
    });
    let stacks = alone.chunk_by(|a, b| are_level(a, b, texts.em));
    stacks
        .filter(|stack| stack.len() >= SEVERAL)
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
    let inner = between(&horizontal, &texts.inside(area));
    let outer = [
        stripes::level_above(area, texts),
        stripes::level_below(area, texts),
    ];
    let count = horizontal.len();
    let of = |with: [bool; 2]| columns_with(&inner, &outer, with, (area, texts));
    let chosen = [[true, true], [true, false], [false, true], [false, false]];
    let enough = |with: &[bool; 2]| count >= MANY || *with == [true; 2];
    let (inner_columns, _) = of([false; 2]).unwrap_or_default();
    let is_more = |(columns, _): &Told| columns.len() >= inner_columns.len();
    let chosen = chosen.into_iter().filter(enough);
    let chosen =
        chosen.filter(|with| *with == [false; 2] || have_one_entry(&inner, &inner_columns));
    let (columns, beyond) = chosen.filter_map(of).find(is_more)?;
    let [left, .., right] = columns.as_slice() else {
        return None;
    };
    if count < MANY && columns.len() < MANY {
        return None;
    }
    let parts: Vec<f32> = middles(&columns).collect();
    horizontal.extend(beyond.iter().map(|&at| Rule::across(at, area)));
    let reach = |all: (f32, f32), at: &f32| (all.0.min(*at), all.1.max(*at));
    let (top, bottom) = beyond.iter().fold((area.top, area.bottom), reach);
    let area = Rect {
        top,
        bottom,
        ..area
    };
    let down = |at: f32| Rule::down(at, area);
    let mut vertical = vec![down(area.left.min(left.0)), down(area.right.max(right.1))];
    vertical.extend(parts.iter().map(|&at| down(at)));
    Some(Component {
        horizontal,
        vertical,
        ..Component::new(texts.em, Proposer::Lined)
    })
}

/// Whether each row between rules is one: where rules stand around the heading and the table's end alone, no row stands
/// beyond them.
fn have_one_entry(inner: &[Vec<Rect>], columns: &[(f32, f32)]) -> bool {
    let xs: Vec<f32> = match columns {
        [first, .., last] => std::iter::once(first.0)
            .chain(middles(columns))
            .chain([last.1])
            .collect(),
        _ => return true,
    };
    inner
        .iter()
        .all(|row| aligned::rows_of(row.clone(), &xs).is_empty())
}

/// Columns, and where rows above the first and below the last rule end.
type Told = (Vec<(f32, f32)>, Vec<f32>);

/// The columns of rows between rules, with the rows above the first and below the last rule or without them, and where
/// those rows end. `None` if they do not stand in the columns.
fn columns_with(
    inner: &[Vec<Rect>],
    outer: &[Option<Level>; 2],
    with: [bool; 2],
    (area, texts): (Rect, &Texts),
) -> Option<Told> {
    let mut rows = inner.to_vec();
    let [above, below] = outer;
    if with[0] {
        rows.insert(0, above.as_ref()?.boxes.clone());
    }
    if with[1] {
        rows.push(below.as_ref()?.boxes.clone());
    }
    let columns = parted(&rows, &Doubt::Joins);
    let parts: Vec<f32> = middles(&columns).collect();
    let mut ends = Vec::new();
    if with[0] {
        ends.push(stripes::above(area, &parts, texts)?);
    }
    if with[1] {
        ends.push(stripes::below(area, &parts, texts)?);
    }
    (columns.len() > 1).then_some((columns, ends))
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
    let heading = rows.iter().find(|row| !row.is_empty());
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
        let are_headed =
            || heading.is_some_and(|row| stands_in(row, last) && stands_in(row, &column));
        let is_doubtful = column.0 - last.1 < BESIDE * em;
        let many = if are_headed() { SEVERAL } else { MANY };
        if beside >= many && (!is_doubtful || are_headed())
            || beside > 0 && column.0 - last.1 >= COLUMN_WHITE * em
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
        heading.is_some_and(|row| {
            let within = |glyph: &&Rect| glyph.left >= column.0 && glyph.right <= column.1;
            let words: Vec<Rect> = row.iter().filter(within).copied().collect();
            columns(words, FULL).len() > 1
        })
    };
    let is_doubtful = matches!(doubt, Doubt::Refuses(_)) && found.iter().any(has_gap);
    if rows.iter().filter(several).count() < SEVERAL || is_doubtful {
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
    columns(boxes, COLUMN_WHITE)
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

/// Whether words of a first row stand apart in one cell: they may be the headings of several columns.
pub(super) fn has_headings_apart(grid: &GridShape, texts: &Texts) -> bool {
    let first = grid
        .cells
        .iter()
        .filter(|cell| cell.row == 0 && cell.columns == 1);
    let mut rects = first.map(|cell| cell.rect);
    rects.any(|rect| {
        let boxes = texts.inside(rect);
        let em = aligned::em_of(&boxes);
        let levels = aligned::levels(boxes, em).into_iter();
        let mut lines = levels.map(|level| [level.boxes, texts.spaces(rect)].concat());
        lines.any(|line| columns(line, FULL).len() > 1)
    })
}

/// The words that stand right above rules which no other meets, each as the row of headings of what may be a table below.
pub(crate) fn heads(alone: &[Rule], texts: &Texts) -> Vec<GridShape> {
    let head = |rule: &Rule| {
        let line = Rect {
            left: rule.from,
            right: rule.to,
            top: rule.at,
            bottom: rule.at,
        };
        let above = Rect {
            top: rule.at - HIGHEST_HEADING * texts.em,
            ..line
        };
        let boxes = texts.inside(above);
        let em = aligned::em_of(&boxes);
        let level = aligned::levels(boxes, em).pop()?;
        let is_near = rule.at - level.bottom <= FULL * em;
        let is_within = level
            .boxes
            .iter()
            .all(|glyph| glyph.left >= rule.from - MEET * em && glyph.right <= rule.to + MEET * em);
        let top = level.top - BELOW_TEXT * em;
        if !is_near || !is_within || words(level.boxes).len() < MANY {
            return None;
        }
        let mut component = Component::new(texts.em, Proposer::Lined);
        component.add_sides(Rect { top, ..line });
        grid_of(&component)
    };
    // More rules of one width are those of rows.
    let level = |rule: &&Rule| {
        let mates = alone
            .iter()
            .filter(|other| are_level(rule, other, texts.em));
        mates.count() < MANY
    };
    if alone.len() > MOST_COMPARED {
        return Vec::new();
    }
    alone.iter().filter(level).filter_map(head).collect()
}
