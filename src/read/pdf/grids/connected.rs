//! Rules -> those that are connected, each with the rules that would close its open sides.

use crate::read::pdf::grids::rules::{Rule, Rules};
use crate::read::pdf::grids::sets::Sets;
use crate::read::pdf::marks::Rect;

/// A rule that ends this short of another one meets it.
pub(crate) const MEET: f32 = 3.0;
/// Rules of one direction that are looked at on a page; where there are more, it has a drawing, and the longest are
/// those of its tables.
const RULES: usize = 20_000;
/// A rule that runs on this far beyond the last rule across it bounds a row (or column) left open.
const HANG: f32 = 6.0;
/// Vertical rules that bound a row without any rule across are at least this long: some lines of text.
const BAND: f32 = 36.0;
/// So many of them stand side by side: two columns.
const SIDES: usize = 3;

/// Rules that are connected by crossings.
#[derive(Debug, Default)]
pub(crate) struct Component {
    pub horizontal: Vec<Rule>,
    pub vertical: Vec<Rule>,
    /// Whether the rule below the last row was missing.
    pub open_below: bool,
    /// Whether the rule above the first row was missing.
    pub open_above: bool,
    /// Whether rows or columns of it are where its text parts, with no rule drawn.
    pub is_by_text: bool,
}

/// The rules as far as they are looked at; `None` if all are.
pub(crate) fn longest(rules: &Rules) -> Option<Rules> {
    let within = |rules: &[Rule]| rules.len() <= RULES;
    if within(&rules.horizontal) && within(&rules.vertical) {
        return None;
    }
    let longest = |rules: &[Rule]| {
        let mut lengths: Vec<f32> = rules.iter().map(|rule| rule.to - rule.from).collect();
        lengths.sort_by(|a, b| b.total_cmp(a));
        let least = lengths.get(RULES).copied().unwrap_or(f32::NEG_INFINITY);
        let long = rules.iter().filter(|rule| rule.to - rule.from > least);
        long.copied().collect::<Vec<Rule>>()
    };
    Some(Rules {
        horizontal: longest(&rules.horizontal),
        vertical: longest(&rules.vertical),
    })
}

/// Sorts rules into connected components, in order of their topmost rule, by a sweep down the page.
pub(crate) fn components(rules: &Rules) -> Vec<Component> {
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
        while let Some(start) = starts.next_if(|&at| vertical[at].from <= rule.at + MEET) {
            active.insert(start);
        }
        while let Some(end) = ends.next_if(|&at| vertical[at].to < rule.at - MEET) {
            active.remove(&end);
        }
        let low = vertical.partition_point(|other| other.at < rule.from - MEET);
        let high = vertical.partition_point(|other| other.at <= rule.to + MEET);
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
            found.push(Component::default());
        }
        let component = &mut found[numbers[root]];
        if is_horizontal {
            &mut component.horizontal
        } else {
            &mut component.vertical
        }
        .push(*rule);
    }
    bands(found)
}

/// Vertical rules side by side that no horizontal one meets are of one component if they begin and end together: a row
/// that fills its page from end to end has no rule above it nor below.
fn bands(found: Vec<Component>) -> Vec<Component> {
    let is_alone = |component: &Component| {
        component.horizontal.is_empty()
            && matches!(component.vertical.as_slice(), [rule] if rule.to - rule.from > BAND)
    };
    let (alone, mut others): (Vec<Component>, Vec<Component>) =
        found.into_iter().partition(is_alone);
    let mut alone: Vec<Rule> = alone.into_iter().flat_map(|c| c.vertical).collect();
    alone.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    for band in alone.chunk_by(are_level).filter(|band| band.len() >= SIDES) {
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
            is_by_text: false,
        });
    }
    others
}

/// Whether two rules of one direction begin and end together.
pub(super) fn are_level(a: &Rule, b: &Rule) -> bool {
    (a.from - b.from).abs() <= MEET && (a.to - b.to).abs() <= MEET
}

impl Component {
    /// Adds the sides of a box.
    pub(super) fn add_sides(&mut self, rect: Rect) {
        let across = [rect.top, rect.bottom].map(|at| Rule::across(at, rect));
        let down = [rect.left, rect.right].map(|at| Rule::down(at, rect));
        self.horizontal.extend(across);
        self.vertical.extend(down);
    }

    /// The component with its open sides closed where the rules across them end; `None` if its rules
    /// bound nothing.
    pub(crate) fn closed(mut self) -> Option<Self> {
        if self.vertical.is_empty() || self.horizontal.is_empty() {
            return None;
        }
        let mut below = missing_after(&self.vertical, &self.horizontal)
            .or_else(|| partly_closed(&self.vertical, &self.horizontal, End::Last));
        let mut above = missing_before(&self.vertical, &self.horizontal)
            .or_else(|| partly_closed(&self.vertical, &self.horizontal, End::First));
        // A table without lines at its sides, as in printed statistics.
        let mut right = missing_after(&self.horizontal, &self.vertical);
        let mut left = missing_before(&self.horizontal, &self.vertical);
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
fn bounding<'a>(along: &[Rule], across: &'a [Rule]) -> impl Iterator<Item = f32> + use<'a> {
    let mut positions: Vec<f32> = along.iter().map(|rule| rule.at).collect();
    positions.sort_by(f32::total_cmp);
    let meets_several = move |rule: &&Rule| {
        let first = positions.partition_point(|&at| at < rule.from - MEET);
        let end = positions.partition_point(|&at| at <= rule.to + MEET);
        end > first + 1
    };
    let several = across.iter().filter(&meets_several).count() > 0;
    let chosen = across
        .iter()
        .filter(move |rule| !several || meets_several(rule));
    chosen.map(|rule| rule.at)
}

/// The rule that would close the side where `along` run on beyond the last of `across`.
fn missing_after(along: &[Rule], across: &[Rule]) -> Option<Rule> {
    let last = bounding(along, across).max_by(f32::total_cmp)?;
    let hanging: Vec<Rule> = along
        .iter()
        .copied()
        .filter(|rule| rule.to > last + HANG)
        .collect();
    let at = common_end(hanging.iter().map(|rule| rule.to).collect())?;
    let closed = hanging.iter().filter(|rule| (rule.to - at).abs() <= MEET);
    spanning(at, closed)
}

/// The rule that would close the side where `along` begin before the first of `across`.
fn missing_before(along: &[Rule], across: &[Rule]) -> Option<Rule> {
    let first = bounding(along, across).min_by(f32::total_cmp)?;
    let hanging: Vec<Rule> = along
        .iter()
        .copied()
        .filter(|rule| rule.from < first - HANG)
        .collect();
    let at = common_end(hanging.iter().map(|rule| rule.from).collect())?;
    let closed = hanging.iter().filter(|rule| (rule.from - at).abs() <= MEET);
    spanning(at, closed)
}

/// A side of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// The rule that would close a side where the last of `across` runs over some columns only, and the rules along the
/// others end there too: a page's end that cuts a goal's cells, but not the rows of its indicators beside them.
fn partly_closed(along: &[Rule], across: &[Rule], end: End) -> Option<Rule> {
    let positions = across.iter().map(|rule| rule.at);
    let edge = match end {
        End::First => positions.min_by(f32::total_cmp)?,
        End::Last => positions.max_by(f32::total_cmp)?,
    };
    let ends_there = |rule: &&Rule| {
        let at = match end {
            End::First => rule.from,
            End::Last => rule.to,
        };
        (at - edge).abs() <= MEET
    };
    let closing: Vec<&Rule> = across
        .iter()
        .filter(|rule| (rule.at - edge).abs() <= MEET)
        .collect();
    let is_open = |rule: &&Rule| {
        let met = |other: &&Rule| other.from - MEET <= rule.at && rule.at <= other.to + MEET;
        !closing.iter().any(met)
    };
    let ending = along.iter().filter(ends_there);
    ending.clone().find(is_open)?;
    spanning(edge, ending)
}

/// A rule at a position from the first to the last of the rules that it closes; two are needed.
fn spanning<'a>(at: f32, closed: impl Iterator<Item = &'a Rule>) -> Option<Rule> {
    let positions: Vec<f32> = closed.map(|rule| rule.at).collect();
    let from = positions.iter().copied().min_by(f32::total_cmp)?;
    let to = positions.iter().copied().max_by(f32::total_cmp)?;
    (to - from > HANG).then_some(Rule { at, from, to })
}

/// Where most of the ends lie.
fn common_end(mut ends: Vec<f32>) -> Option<f32> {
    ends.sort_by(f32::total_cmp);
    let mut best: Option<(usize, f32)> = None;
    let mut first = 0;
    for (index, &end) in ends.iter().enumerate() {
        while ends.get(first).is_some_and(|&start| end - start > MEET) {
            first += 1;
        }
        let count = index + 1 - first;
        if best.is_none_or(|(most, _)| count >= most) {
            best = Some((count, end));
        }
    }
    best.filter(|&(count, _)| count > 1).map(|(_, at)| at)
}
