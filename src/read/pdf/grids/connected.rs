//! Rules -> those that are connected, each with the rules that would close its open sides.

use crate::read::pdf::grids::aligned;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::rules::{Rule, Rules};
use crate::read::pdf::grids::sets::Sets;
use crate::read::pdf::marks::{Point, Rect};
use crate::read::pdf::tolerance::{BAND, HANG, MANY, MEET, MOST, PAGE_END};
use crate::sheet::Proposer;

/// Rules that are connected by crossings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Component {
    pub horizontal: Vec<Rule>,
    pub vertical: Vec<Rule>,
    /// Whether the rule below the last row was missing.
    pub open_below: bool,
    /// Whether the rule above the first row was missing.
    pub open_above: bool,
    /// What its rows and columns are told by.
    pub by: Proposer,
    /// The em of the page's text.
    pub em: f32,
}

/// The rules as far as they are looked at; `None` if all are.
pub(crate) fn longest(rules: &Rules) -> Option<Rules> {
    let within = |rules: &[Rule]| rules.len() <= MOST;
    if within(&rules.horizontal) && within(&rules.vertical) {
        return None;
    }
    let longest = |rules: &[Rule]| {
        let mut lengths: Vec<f32> = rules.iter().map(|rule| rule.to - rule.from).collect();
        lengths.sort_by(|a, b| b.total_cmp(a));
        let least = lengths.get(MOST).copied().unwrap_or(f32::NEG_INFINITY);
        let long = rules.iter().filter(|rule| rule.to - rule.from > least);
        long.copied().collect::<Vec<Rule>>()
    };
    Some(Rules {
        horizontal: longest(&rules.horizontal),
        vertical: longest(&rules.vertical),
        em: rules.em,
    })
}

/// Sorts rules into connected components, in order of their topmost rule, by a sweep down the page.
pub(crate) fn components(rules: &Rules) -> Vec<Component> {
    let meet = MEET * rules.em;
    let (horizontal, vertical) = (&rules.horizontal, &rules.vertical);
    let mut sets = Sets::new(horizontal.len() + vertical.len());
    // Vertical rules are sorted by x: the active ones are a set of their indices.
    let mut active = std::collections::BTreeSet::new();
    let mut starts: Vec<usize> = (0..vertical.len()).collect();
    starts.sort_by(|&a, &b| vertical[a].from.total_cmp(&vertical[b].from));
    let mut ends = starts.clone();
    ends.sort_by(|&a, &b| vertical[a].to.total_cmp(&vertical[b].to));
    let (mut starts, mut ends) = (starts.into_iter().peekable(), ends.into_iter().peekable());
    for (index, rule) in horizontal.iter().enumerate() {
        while let Some(start) = starts.next_if(|&at| vertical[at].from <= rule.at + meet) {
            active.insert(start);
        }
        while let Some(end) = ends.next_if(|&at| vertical[at].to < rule.at - meet) {
            active.remove(&end);
        }
        let low = vertical.partition_point(|other| other.at < rule.from - meet);
        let high = vertical.partition_point(|other| other.at <= rule.to + meet);
        for &crossing in active.range(low..high.max(low)) {
            sets.unite(index, horizontal.len() + crossing);
        }
    }
    let mut found: Vec<Component> = Vec::new();
    let mut numbers = vec![usize::MAX; horizontal.len() + vertical.len()];
    let all = horizontal
        .iter()
        .map(|rule| (rule, true))
        .chain(vertical.iter().map(|rule| (rule, false)));
    for (index, (rule, is_horizontal)) in all.enumerate() {
        let root = sets.find(index);
        if numbers[root] == usize::MAX {
            numbers[root] = found.len();
            found.push(Component::new(rules.em, Proposer::Ruled));
        }
        let component = &mut found[numbers[root]];
        if is_horizontal {
            &mut component.horizontal
        } else {
            &mut component.vertical
        }
        .push(*rule);
    }
    bands(found, rules.em)
}

/// Vertical rules side by side that no horizontal one meets are of one component if they begin and end together: a row
/// that fills its page from end to end has no rule above it nor below.
fn bands(found: Vec<Component>, em: f32) -> Vec<Component> {
    let is_alone = |component: &Component| {
        component.horizontal.is_empty()
            && matches!(component.vertical.as_slice(), [rule] if rule.to - rule.from > BAND * em)
    };
    let (alone, mut others): (Vec<Component>, Vec<Component>) =
        found.into_iter().partition(is_alone);
    let mut alone: Vec<Rule> = alone.into_iter().flat_map(|c| c.vertical).collect();
    alone.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    for band in alone
        .chunk_by(|a, b| are_level(a, b, em))
        .filter(|band| band.len() >= MANY)
    {
        let mut vertical = band.to_vec();
        vertical.sort_by(|a, b| a.at.total_cmp(&b.at));
        let (Some(left), Some(right)) = (vertical.first(), vertical.last()) else {
            continue;
        };
        let closing = |at: f32| Rule {
            at,
            from: left.at,
            to: right.at,
        };
        let horizontal = vec![closing(left.from), closing(left.to)];
        others.push(Component {
            vertical,
            horizontal,
            open_below: true,
            open_above: true,
            by: Proposer::Ruled,
            em,
        });
    }
    others
}

/// Whether two rules of one direction begin and end together.
pub(super) fn are_level(a: &Rule, b: &Rule, em: f32) -> bool {
    (a.from - b.from).abs() <= MEET * em && (a.to - b.to).abs() <= MEET * em
}

impl Component {
    /// No rules yet, on a page whose text is of this em.
    pub(super) fn new(em: f32, by: Proposer) -> Self {
        Self {
            by,
            em,
            ..Self::default()
        }
    }

    /// The em of the text between its rules: tables are set smaller than what stands around them.
    pub(super) fn text_em(&self, texts: &Texts) -> f32 {
        let corners = self.horizontal.iter().flat_map(|rule| {
            let point = |x| Point { x, y: rule.at };
            [point(rule.from), point(rule.to)]
        });
        let inside = texts.inside(Rect::around(&corners.collect::<Vec<Point>>()));
        if inside.is_empty() {
            return self.em;
        }
        aligned::em_of(&inside).min(self.em)
    }

    /// Adds the sides of a box.
    pub(super) fn add_sides(&mut self, rect: Rect) {
        let across = [rect.top, rect.bottom].map(|at| Rule::across(at, rect));
        let down = [rect.left, rect.right].map(|at| Rule::down(at, rect));
        self.horizontal.extend(across);
        self.vertical.extend(down);
    }

    /// The sides that are missing of a table where one rule runs under its heading, and others between its columns.
    fn sides_of_one(&self, rule: Rule) -> [Option<Rule>; 2] {
        let down = || self.vertical.iter();
        let from = down().map(|rule| rule.from).fold(f32::MAX, f32::min);
        let to = down().map(|rule| rule.to).fold(f32::MIN, f32::max);
        let is_beyond = |end: f32| down().all(|rule| (rule.at - end).abs() > HANG * self.em);
        [rule.from, rule.to].map(|at| is_beyond(at).then_some(Rule { at, from, to }))
    }

    /// The component with its open sides closed where the rules across them end; `None` if its rules
    /// bound nothing. `height` is that of the page.
    pub(crate) fn closed(mut self, height: f32) -> Option<Self> {
        if self.vertical.is_empty() || self.horizontal.is_empty() {
            return None;
        }
        let (em, page_end) = (self.em, PAGE_END * height);
        let mut below = missing_after(&self.vertical, &self.horizontal, em)
            .or_else(|| partly_closed(&self.vertical, &self.horizontal, End::Last(page_end), em));
        let mut above = missing_before(&self.vertical, &self.horizontal, em)
            .or_else(|| partly_closed(&self.vertical, &self.horizontal, End::First, em));
        // A table without lines at its sides, as in printed statistics.
        let mut right = missing_after(&self.horizontal, &self.vertical, em);
        let mut left = missing_before(&self.horizontal, &self.vertical, em);
        if let ([rule], true) = (
            self.horizontal.as_slice(),
            above.is_some() && below.is_some(),
        ) {
            [left, right] = self.sides_of_one(*rule);
        }
        // Sides that were added meet each other.
        for (side, low) in [(&mut left, true), (&mut right, false)] {
            let Some(side) = side else { continue };
            for (end, first) in [(&mut above, true), (&mut below, false)] {
                let Some(end) = end else { continue };
                (end.from, end.to) = if low {
                    (side.at, end.to)
                } else {
                    (end.from, side.at)
                };
                (side.from, side.to) = if first {
                    (end.at, side.to)
                } else {
                    (side.from, end.at)
                };
            }
        }
        self.open_below |= below.is_some();
        self.open_above |= above.is_some();
        self.horizontal.extend([below, above].into_iter().flatten());
        self.vertical.extend([right, left].into_iter().flatten());
        (self.vertical.len() > 1 && self.horizontal.len() > 1).then_some(self)
    }
}

/// Where the rules across run from one of `along` to another: one that meets a single one of them, where others meet
/// several, is a line under a word at its cell's side and bounds nothing.
fn bounding<'a>(
    along: &[Rule],
    across: &'a [Rule],
    em: f32,
) -> impl Iterator<Item = f32> + use<'a> {
    let mut positions: Vec<f32> = along.iter().map(|rule| rule.at).collect();
    positions.sort_by(f32::total_cmp);
    let meets_several = move |rule: &&Rule| {
        let first = positions.partition_point(|&at| at < rule.from - MEET * em);
        let end = positions.partition_point(|&at| at <= rule.to + MEET * em);
        end > first + 1
    };
    let several = across.iter().filter(&meets_several).count() > 0;
    let chosen = across
        .iter()
        .filter(move |rule| !several || meets_several(rule));
    chosen.map(|rule| rule.at)
}

/// The rule that would close the side where `along` run on beyond the last of `across`.
fn missing_after(along: &[Rule], across: &[Rule], em: f32) -> Option<Rule> {
    let last = bounding(along, across, em).max_by(f32::total_cmp)?;
    let hanging: Vec<Rule> = along
        .iter()
        .copied()
        .filter(|rule| rule.to > last + HANG * em)
        .collect();
    let at = common_end(hanging.iter().map(|rule| rule.to).collect(), em)?;
    let closed = hanging
        .iter()
        .filter(|rule| (rule.to - at).abs() <= MEET * em);
    spanning(at, closed, em)
}

/// The rule that would close the side where `along` begin before the first of `across`.
fn missing_before(along: &[Rule], across: &[Rule], em: f32) -> Option<Rule> {
    let first = bounding(along, across, em).min_by(f32::total_cmp)?;
    let hanging: Vec<Rule> = along
        .iter()
        .copied()
        .filter(|rule| rule.from < first - HANG * em)
        .collect();
    let at = common_end(hanging.iter().map(|rule| rule.from).collect(), em)?;
    let closed = hanging
        .iter()
        .filter(|rule| (rule.from - at).abs() <= MEET * em);
    spanning(at, closed, em)
}

/// A side of a table.
#[derive(Debug, Clone, Copy)]
enum End {
    First,
    /// With where the page's end begins: a cell that is open there alone goes on on the next page.
    Last(f32),
}

/// The rule that would close a side where the last of `across` runs over some columns only, and the rules along the
/// others end there too: a page's end that cuts a goal's cells, but not the rows of its indicators beside them.
fn partly_closed(along: &[Rule], across: &[Rule], end: End, em: f32) -> Option<Rule> {
    let positions = across.iter().map(|rule| rule.at);
    let edge = match end {
        End::First => positions.min_by(f32::total_cmp)?,
        End::Last(_) => positions.max_by(f32::total_cmp)?,
    };
    let ends_there = |rule: &&Rule| {
        let at = match end {
            End::First => rule.from,
            End::Last(_) => rule.to,
        };
        (at - edge).abs() <= MEET * em
    };
    let closing: Vec<&Rule> = across
        .iter()
        .filter(|rule| (rule.at - edge).abs() <= MEET * em)
        .collect();
    let is_open = |rule: &&Rule| {
        let met =
            |other: &&Rule| other.from - MEET * em <= rule.at && rule.at <= other.to + MEET * em;
        !closing.iter().any(met)
    };
    let ending = along.iter().filter(ends_there);
    let mut at: Vec<f32> = ending.clone().map(|rule| rule.at).collect();
    at.sort_by(f32::total_cmp);
    let is_cell_open = |pair: &[f32]| match pair {
        [left, right] => {
            let middle = f32::midpoint(*left, *right);
            right - left > em
                && !closing
                    .iter()
                    .any(|rule| (rule.from..=rule.to).contains(&middle))
        }
        _ => false,
    };
    let is_at_page_end = matches!(end, End::Last(from) if edge >= from);
    if ending.clone().find(is_open).is_none()
        && !(is_at_page_end && at.windows(2).any(is_cell_open))
    {
        return None;
    }
    spanning(edge, ending, em)
}

/// A rule at a position from the first to the last of the rules that it closes; two are needed.
fn spanning<'a>(at: f32, closed: impl Iterator<Item = &'a Rule>, em: f32) -> Option<Rule> {
    let positions: Vec<f32> = closed.map(|rule| rule.at).collect();
    let from = positions.iter().copied().min_by(f32::total_cmp)?;
    let to = positions.iter().copied().max_by(f32::total_cmp)?;
    (to - from > HANG * em).then_some(Rule { at, from, to })
}

/// Where most of the ends lie.
fn common_end(mut ends: Vec<f32>, em: f32) -> Option<f32> {
    ends.sort_by(f32::total_cmp);
    let mut best: Option<(usize, f32)> = None;
    let mut first = 0;
    for (index, &end) in ends.iter().enumerate() {
        while ends
            .get(first)
            .is_some_and(|&start| end - start > MEET * em)
        {
            first += 1;
        }
        let count = index + 1 - first;
        if best.is_none_or(|(most, _)| count >= most) {
            best = Some((count, end));
        }
    }
    best.filter(|&(count, _)| count > 1).map(|(_, at)| at)
}
