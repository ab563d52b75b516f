//! A shaded heading row over text without rules -> the grid of the table that it heads.
//!
//! Table styles shade the heading and draw nothing else, or a rule below the last row; a frame may stand around all.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::{Component, are_level};
use crate::read::pdf::grids::entries;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::stripes;
use crate::read::pdf::grids::tables::{Scene, overlap};
use crate::read::pdf::grids::unruled::{self, Doubt};
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{
    BELOW_TEXT, CLEAR, DOUBTFUL_WHITE, GUTTER, HIGHEST_HEADING, MEET, MOST_COMPARED, NEAR_ROW,
    SEVERAL,
};
use crate::sheet::Proposer;

/// What rows of headings say about the rest of a page.
#[derive(Debug, Default)]
pub(crate) struct Headed {
    /// The tables that they head.
    pub tables: Vec<GridShape>,
    /// Their upper and lower sides, where they head rows between rules but no table by their words.
    pub sides: Vec<Rule>,
    /// Places of painted rows with columns that nothing below shows.
    pub undivided: Vec<Rect>,
}

impl Headed {
    /// What is told by the rows among these that head something. `drawn` are cells between rules, `alone` the rules that
    /// meet no other.
    pub(crate) fn of(
        heads: &[GridShape],
        drawn: &[GridShape],
        alone: &[Rule],
        scene: &Scene<'_>,
    ) -> Self {
        let mut headed = Self::default();
        if heads.len() > MOST_COMPARED {
            return headed;
        }
        let em = scene.texts.em;
        for head in heads.iter().filter(|grid| grid.rows == 1) {
            let is_below = |other: &&GridShape| {
                other.rect.top >= head.rect.bottom - MEET * em
                    && other.rect.left < head.rect.right
                    && head.rect.left < other.rect.right
            };
            let others = heads.iter().chain(drawn).filter(is_below);
            let below = others.map(|other| other.rect.top).fold(f32::MAX, f32::min);
            let bounds = Bounds {
                alone,
                drawn,
                below,
                em,
            };
            if bounds.has_cells(head.rect) {
                continue;
            }
            if let Some(table) = table(head, &bounds, scene.texts).filter(scene.holds) {
                headed.tables.push(table);
                continue;
            }
            headed.sides.extend(bounds.sides_over_rules(head.rect));
            if has_columns(head, scene.texts) {
                headed.undivided.push(head.rect);
            }
        }
        headed
    }

    /// Whether a grid is the frame around one of the tables.
    pub(crate) fn has_frame(&self, grid: &GridShape, em: f32) -> bool {
        self.tables
            .iter()
            .any(|table| is_frame(grid, table.rect, em))
    }

    /// Whether a grid is the frame around a heading with columns that nothing shows.
    pub(crate) fn is_undivided(&self, grid: &GridShape, em: f32) -> bool {
        self.undivided.iter().any(|head| is_frame(grid, *head, em))
    }

    /// Whether a rule is one of a table's.
    pub(crate) fn has_rule(&self, rule: &Rule, em: f32) -> bool {
        let (above, below) = (GUTTER * em, MEET * em);
        self.tables.iter().any(|table| {
            let area = table.rect;
            area.top - above <= rule.at
                && rule.at <= area.bottom + below
                && is_level(rule, area, em)
        })
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
    /// The em of the page's text.
    em: f32,
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
            is_level(rule, head, self.em)
                && rule.at > head.bottom + GUTTER * self.em
                && rule.at < self.below
        };
        let mut rules: Vec<Rule> = self.alone.iter().filter(is_below).copied().collect();
        rules.sort_by(|a, b| a.at.total_cmp(&b.at));
        rules
    }

    /// The upper and lower side of a heading above several rules as wide as it is, where no rule is drawn: it is a row of
    /// the table that they make, also where its columns are not told by its words.
    fn sides_over_rules(&self, head: Rect) -> Vec<Rule> {
        if self.rules_below(head).len() < SEVERAL {
            return Vec::new();
        }
        let sides = [head.top, head.bottom].into_iter();
        let sides = sides.map(|at| Rule::across(at, head));
        let is_drawn = |side: &Rule| {
            let near = |rule: &Rule| {
                (rule.at - side.at).abs() <= GUTTER * self.em && is_level(rule, head, self.em)
            };
            self.alone.iter().any(near)
        };
        sides.filter(|side| !is_drawn(side)).collect()
    }
}

/// The table under a row of headings with nothing drawn around it, above the next one.
pub(super) fn under_text(head: &GridShape, below: f32, texts: &Texts) -> Option<GridShape> {
    let em = texts.em;
    let bounds = Bounds {
        alone: &[],
        drawn: &[],
        below,
        em,
    };
    table(head, &bounds, texts)
}

/// The table that a painted row of cells heads.
fn table(head: &GridShape, bounds: &Bounds, texts: &Texts) -> Option<GridShape> {
    let words = texts.inside(head.rect);
    let em = aligned::em_of(&words);
    if words.is_empty() || head.rect.bottom - head.rect.top > HIGHEST_HEADING * em {
        return None;
    }
    let frame = bounds
        .drawn
        .iter()
        .find(|grid| is_frame(grid, head.rect, texts.em));
    let rules = bounds.rules_below(head.rect);
    let end = frame.map(|frame| frame.rect.bottom);
    let end = end.or(rules.last().map(|rule| rule.at));
    let body = Rect {
        top: head.rect.bottom,
        bottom: end.unwrap_or(bounds.below),
        ..head.rect
    };
    let levels = aligned::levels(texts.inside(body), em);
    let (parting, levels) = columns(head, levels, end.is_some(), (em, texts))?;
    let mut bottom = end.unwrap_or(levels.last()?.bottom + BELOW_TEXT * em);
    let mut xs = vec![head.rect.left];
    xs.extend(parting);
    xs.push(head.rect.right);
    let mut ys = vec![head.rect.top, head.rect.bottom, bottom];
    if rules.len() > 1 {
        // Styles that draw rules between rows draw none below the last one.
        let to_last_rule = Rect {
            bottom,
            ..head.rect
        };
        let parts = xs.get(1..xs.len() - 1).unwrap_or_default();
        let last = frame
            .is_none()
            .then(|| stripes::below(to_last_rule, parts, texts))
            .flatten();
        bottom = last.filter(|last| *last < bounds.below).unwrap_or(bottom);
        ys.push(bottom);
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
    grid_of(&lattice(area, &xs, &ys, texts.em))
}

/// Rules from side to side of an area, at these positions.
fn lattice(area: Rect, xs: &[f32], ys: &[f32], em: f32) -> Component {
    Component {
        horizontal: ys.iter().map(|&at| Rule::across(at, area)).collect(),
        vertical: xs.iter().map(|&at| Rule::down(at, area)).collect(),
        ..Component::new(em, Proposer::Headed)
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
fn is_level(rule: &Rule, area: Rect, em: f32) -> bool {
    are_level(rule, &Rule::across(rule.at, area), em)
}

/// Whether a grid is a frame whose upper side and sides are those of an area.
fn is_frame(grid: &GridShape, area: Rect, em: f32) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= MEET * em;
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
        between = clear_middles(&found, &levels);
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
        let is_near = level.top - end <= NEAR_ROW * em;
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

/// The middles of the white between columns, as far as lines that stand in one column alone leave it.
fn clear_middles(columns: &[(f32, f32)], levels: &[Level]) -> Vec<f32> {
    let widest = |white: (f32, f32)| {
        let mut parts = vec![white];
        for glyph in levels.iter().flat_map(|level| &level.boxes) {
            parts = parts
                .into_iter()
                .flat_map(|part| beside(part, glyph))
                .collect();
        }
        let width = |part: &(f32, f32)| part.1 - part.0;
        let widest = parts
            .into_iter()
            .max_by(|a, b| width(a).total_cmp(&width(b)));
        widest.unwrap_or(white)
    };
    let whites = columns.windows(2).filter_map(gap).map(widest);
    whites
        .map(|white| f32::midpoint(white.0, white.1))
        .collect()
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
            gap.retain(|part| part.1 - part.0 >= DOUBTFUL_WHITE * em);
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
