//! A shaded heading row over text without rules -> the grid of the table that it heads.
//!
//! Table styles shade the heading and draw nothing else, or a rule below the last row; a frame may stand around all.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::cells::{GridShape, Parted};
use crate::read::pdf::grids::connected::{Component, MEET, are_level};
use crate::read::pdf::grids::entries;
use crate::read::pdf::grids::gutters::{GUTTER, Texts};
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::tables::overlap;
use crate::read::pdf::grids::unruled::{self, Doubt};
use crate::read::pdf::marks::Rect;

/// A row begins at most this far below the one before, in ems: higher rows have more lines than one.
const NEAR: f32 = 3.0;
/// Text keeps clear of where columns part by so many ems.
const CLEAR: f32 = 0.1;
/// Painted boxes that are looked at on a page; more are a pattern.
const HEADINGS: usize = 2_000;
/// Rules below a heading that part rows: one may end the table, or stand anywhere below it.
const ROWS: usize = 2;
/// Headings are at most this many ems high: a box of paragraphs heads nothing.
const HIGHEST: f32 = 5.0;

/// Puts the table in the place of each painted row that heads one, and takes away the frames and rules that are its own.
pub(crate) fn join(
    painted: &mut [GridShape],
    drawn: &mut Vec<GridShape>,
    alone: &mut Vec<Rule>,
    texts: &Texts,
) {
    if painted.len() > HEADINGS {
        return;
    }
    painted.sort_by(|a, b| a.rect.top.total_cmp(&b.rect.top));
    for at in 0..painted.len() {
        let Some(head) = painted.get(at).filter(|grid| grid.rows == 1) else {
            continue;
        };
        let is_below = |other: &&GridShape| {
            other.rect.top >= head.rect.bottom - MEET
                && other.rect.left < head.rect.right
                && head.rect.left < other.rect.right
        };
        let others = painted.iter().chain(drawn.iter()).filter(is_below);
        let below = others.map(|other| other.rect.top).fold(f32::MAX, f32::min);
        let bounds = Bounds {
            alone,
            drawn,
            below,
        };
        if bounds.has_cells(head.rect) {
            continue;
        }
        let Some(grid) = table(head, &bounds, texts) else {
            let sides = bounds.sides_over_rules(head.rect);
            alone.extend(sides);
            if has_columns(head, texts) {
                let frames = drawn.iter_mut().filter(|grid| is_frame(grid, head.rect));
                frames.for_each(|frame| frame.parted = Parted::Not);
            }
            continue;
        };
        let area = grid.rect;
        drawn.retain(|other| !is_frame(other, area));
        alone.retain(|rule| {
            let is_within = area.top - GUTTER <= rule.at && rule.at <= area.bottom + MEET;
            !(is_within && is_level(rule, area))
        });
        if let Some(head) = painted.get_mut(at) {
            *head = grid;
        }
    }
}

/// What may bound the table under a heading.
struct Bounds<'a> {
    /// Horizontal rules that meet no other.
    alone: &'a [Rule],
    /// Cells between rules.
    drawn: &'a [GridShape],
    /// Where the next table begins.
    below: f32,
}

impl Bounds<'_> {
    /// Whether a heading stands in a table that is drawn, with nothing but cells below it: rules tell that table.
    fn has_cells(&self, head: Rect) -> bool {
        let is_table = |grid: &GridShape| grid.cells.len() > 1 && overlap(grid.rect, head);
        self.drawn.iter().any(is_table) && self.rules_below(head).is_empty()
    }

    /// The rules below a heading that are as wide as it is, from top to bottom.
    fn rules_below(&self, head: Rect) -> Vec<Rule> {
        let is_below = |rule: &&Rule| {
            is_level(rule, head) && rule.at > head.bottom + GUTTER && rule.at < self.below
        };
        let mut rules: Vec<Rule> = self.alone.iter().filter(is_below).copied().collect();
        rules.sort_by(|a, b| a.at.total_cmp(&b.at));
        rules
    }

    /// The upper and lower side of a heading above several rules as wide as it is, where no rule is drawn: it is a row of
    /// the table that they make, also where its columns are not told by its words.
    fn sides_over_rules(&self, head: Rect) -> Vec<Rule> {
        if self.rules_below(head).len() < ROWS {
            return Vec::new();
        }
        let sides = [head.top, head.bottom].into_iter();
        let sides = sides.map(|at| Rule::across(at, head));
        let is_drawn = |side: &Rule| {
            let near = |rule: &Rule| (rule.at - side.at).abs() <= GUTTER && is_level(rule, head);
            self.alone.iter().any(near)
        };
        sides.filter(|side| !is_drawn(side)).collect()
    }
}

/// The table that a painted row of cells heads.
fn table(head: &GridShape, bounds: &Bounds, texts: &Texts) -> Option<GridShape> {
    let words = texts.inside(head.rect);
    let em = aligned::em_of(&words);
    if words.is_empty() || head.rect.bottom - head.rect.top > HIGHEST * em {
        return None;
    }
    let frame = bounds.drawn.iter().find(|grid| is_frame(grid, head.rect));
    let rules = bounds.rules_below(head.rect);
    let end = frame.map(|frame| frame.rect.bottom);
    let end = end.or(rules.last().map(|rule| rule.at));
    let body = Rect {
        top: head.rect.bottom,
        bottom: end.unwrap_or(bounds.below),
        ..head.rect
    };
    let levels = aligned::levels(texts.inside(body), em);
    let (between, levels) = columns(head, levels, end.is_some(), (em, texts))?;
    let bottom = end.unwrap_or(levels.last()?.bottom + 0.2 * em);
    let mut xs = vec![head.rect.left];
    xs.extend(between);
    xs.push(head.rect.right);
    let mut ys = vec![head.rect.top, head.rect.bottom, bottom];
    if rules.len() > 1 {
        ys.extend(rules.iter().map(|rule| rule.at));
    } else {
        let body = Rect { bottom, ..body };
        let mut rows = aligned::rows(body, &xs, texts);
        if rows.is_empty() {
            rows = entries::rows(body, &xs, texts);
        }
        let is_one_row =
            !rules.is_empty() && frame.is_none() && count_of_entries(&levels, &xs) == 1;
        if rows.is_empty() && !is_one_row {
            return None;
        }
        ys.extend(rows);
    }
    let area = Rect {
        bottom,
        ..head.rect
    };
    grid_of(&lattice(area, &xs, &ys))
}

/// Rules from side to side of an area, at these positions.
fn lattice(area: Rect, xs: &[f32], ys: &[f32]) -> Component {
    Component {
        horizontal: ys.iter().map(|&at| Rule::across(at, area)).collect(),
        vertical: xs.iter().map(|&at| Rule::down(at, area)).collect(),
        is_by_text: true,
        ..Component::default()
    }
}

/// Whether a heading has several columns: its cells show them, or its words.
fn has_columns(head: &GridShape, texts: &Texts) -> bool {
    let boxes = texts.inside(head.rect).into_iter();
    let boxes = boxes.chain(texts.spaces(head.rect)).collect();
    head.columns > 1 || unruled::words(boxes).len() > 1
}

/// In how many levels the first column has text.
fn count_of_entries(levels: &[Level], xs: &[f32]) -> usize {
    let first = |glyph: &Rect| xs.get(1).is_some_and(|&at| glyph.left < at);
    let has = |level: &&Level| level.boxes.iter().any(first);
    levels.iter().filter(has).count()
}

/// Whether a rule is as wide as an area.
fn is_level(rule: &Rule, area: Rect) -> bool {
    are_level(rule, &Rule::across(rule.at, area))
}

/// Whether a grid is a frame whose upper side and sides are those of an area.
fn is_frame(grid: &GridShape, area: Rect) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= MEET;
    grid.cells.len() == 1
        && near(grid.rect.left, area.left)
        && near(grid.rect.right, area.right)
        && near(grid.rect.top, area.top)
        && grid.rect.bottom > area.bottom - MEET
}

/// Where the columns under a heading part, and the text that stands in them.
fn columns(
    head: &GridShape,
    mut levels: Vec<Level>,
    is_ruled: bool,
    (em, texts): (f32, &Texts),
) -> Option<(Vec<f32>, Vec<Level>)> {
    let words = texts.inside(head.rect);
    let mut between = head.columns_part();
    if between.is_empty() {
        let spaces = texts.spaces(head.rect);
        let parts = unruled::words(words.iter().chain(&spaces).copied().collect());
        between = unruled::middles(&parts).collect();
        if between.is_empty() {
            return None;
        }
        let gaps: Vec<(f32, f32)> = parts.windows(2).filter_map(gap).collect();
        let end = if is_ruled {
            levels.len()
        } else {
            within_gaps(&levels, &gaps, em)
        };
        levels.truncate(end);
        let mut rows: Vec<Vec<Rect>> = vec![words];
        // A line of one piece may be a paragraph below the table, over several columns.
        let several = |level: &&Level| unruled::words(level.boxes.clone()).len() > 1;
        rows.extend(
            levels
                .iter()
                .filter(several)
                .map(|level| level.boxes.clone()),
        );
        let bottom = levels.last()?.bottom;
        let area = Rect {
            bottom,
            ..head.rect
        };
        let found = unruled::parted(&rows, &Doubt::Refuses(texts.spaces(area)));
        if found.len() != between.len() + 1 {
            return None;
        }
        between = unruled::middles(&found).collect();
    }
    let sides = [head.rect.left, head.rect.right];
    let fits = |level: &Level| {
        !level.stands_across(&between, CLEAR * em) && !level.stands_across(&sides, -CLEAR * em)
    };
    let count = levels.iter().take_while(|level| fits(level)).count();
    if is_ruled && count < levels.len() {
        return None;
    }
    let mut end = head.rect.bottom;
    let near = levels.iter().take(count).take_while(|level| {
        let is_near = level.top - end <= NEAR * em;
        end = end.max(level.bottom);
        is_near || is_ruled
    });
    let mut count = near.count();
    // What stands in the first column alone after the last row is a line below the table.
    let is_entry = |level: &Level| {
        let beside = |glyph: &Rect| between.first().is_some_and(|&at| glyph.left > at);
        level.boxes.iter().any(beside)
    };
    while !is_ruled && count > 0 && !levels.get(count - 1).is_some_and(is_entry) {
        count -= 1;
    }
    levels.truncate(count);
    Some((between, levels))
}

fn gap(pair: &[(f32, f32)]) -> Option<(f32, f32)> {
    Some((pair.first()?.1, pair.get(1)?.0))
}

/// How many levels leave white in each of these gaps together.
fn within_gaps(levels: &[Level], gaps: &[(f32, f32)], em: f32) -> usize {
    let mut free: Vec<Vec<(f32, f32)>> = gaps.iter().map(|gap| vec![*gap]).collect();
    let mut leaves = |level: &&Level| {
        free.iter_mut().all(|gap| {
            for glyph in &level.boxes {
                *gap = gap.iter().flat_map(|part| beside(*part, glyph)).collect();
            }
            gap.retain(|part| part.1 - part.0 >= unruled::DOUBTFUL_WHITE * em);
            !gap.is_empty()
        })
    };
    levels.iter().take_while(|level| leaves(level)).count()
}

/// What of a stretch lies on both sides of a glyph.
fn beside(part: (f32, f32), glyph: &Rect) -> impl Iterator<Item = (f32, f32)> {
    let parts = [
        (part.0, part.1.min(glyph.left)),
        (part.0.max(glyph.right), part.1),
    ];
    parts.into_iter().filter(|part| part.1 > part.0)
}
