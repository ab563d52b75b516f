//! Pieces of rules of one direction -> rules snapped to common positions and joined end to end.

use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::tolerance::{
    CLEAR, DASH, DASH_GAP, DOT, DOT_GAP, DOUBLE, MEET, ROUNDING, SHORT, SHORTEST, SNAP, SNAP_SPREAD,
};

/// Parallel lines that became one rule.
pub(super) struct Doubled {
    /// Where the first and the last of them lie.
    lines: (f32, f32),
    /// Where the rule lies.
    at: f32,
}

/// Lets rules that end at a line of a double rule across them end at the rule.
pub(super) fn meet(rules: &mut [Rule], across: &[Rule], doubled: &[Doubled], em: f32) {
    let (beyond, join) = ((SNAP_SPREAD + MEET) * em, MEET * em);
    let end_at = |end: f32, at: f32| {
        let first = doubled.partition_point(|rule| rule.lines.1 + beyond < end);
        let near = doubled.get(first..).unwrap_or_default().iter();
        // The lines between two cells end short of the inner line of a double frame by as much as its lines stand apart.
        let mut near = near.take_while(|rule| rule.lines.0 - beyond <= end);
        let reaches = |rule: &&Doubled| {
            let reach = join + (rule.lines.1 - rule.lines.0) / 2.0;
            let runs_there =
                across.partition_point(|other| (other.at, other.from) <= (rule.at, at + reach));
            (rule.lines.0 - reach..=rule.lines.1 + reach).contains(&end)
                && across
                    .get(..runs_there)
                    .and_then(<[Rule]>::last)
                    .is_some_and(|other| {
                        other.at.total_cmp(&rule.at).is_eq() && other.to >= at - reach
                    })
        };
        near.find(reaches).map(|rule| rule.at)
    };
    for rule in rules {
        let from = end_at(rule.from, rule.at);
        let to = end_at(rule.to, rule.at);
        if from == to {
            continue;
        }
        rule.from = from.map_or(rule.from, |at| at.min(rule.from));
        rule.to = to.map_or(rule.to, |at| at.max(rule.to));
    }
}

/// Snaps pieces to common positions and joins those that meet.
pub(super) fn join(mut pieces: Vec<Rule>, em: f32) -> (Vec<Rule>, Vec<Doubled>) {
    pieces.retain(|piece| piece.at.is_finite() && piece.from.is_finite() && piece.to.is_finite());
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (mut joined, mut doubled) = (Vec::new(), Vec::new());
    let mut rest = pieces.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let length = group_length(rest, first.at, em);
        let (group, others) = rest.split_at_mut(length.max(1));
        let lines = (first.at, group.last().map_or(first.at, |last| last.at));
        let at = join_group(group, em, &mut joined);
        if lines.1 - lines.0 > CLEAR * em {
            doubled.push(Doubled { lines, at });
        }
        rest = others;
    }
    joined.retain(|rule| rule.length() >= SHORTEST * em);
    joined.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    (joined, doubled)
}

/// How many of the first pieces are one rule, or pieces of it: each near to the one before, or the other line of a double
/// one.
fn group_length(pieces: &[Rule], first: f32, em: f32) -> usize {
    let (mut length, mut level) = (0, 0);
    while let Some(piece) = pieces.get(length) {
        let before = length.checked_sub(1).and_then(|at| pieces.get(at));
        let step = before.map_or(0.0, |before| piece.at - before.at);
        let is_far = piece.at - first > SNAP_SPREAD * em || step > DOUBLE * em;
        let next = pieces.get(length..).unwrap_or_default();
        let line = pieces.get(level..length).unwrap_or_default();
        if is_far || step > SNAP * em && !are_double(line, next, em) {
            break;
        }
        if step > 0.0 {
            level = length;
        }
        length += 1;
    }
    length
}

/// Whether the pieces of one line and those that stand first among others begin and end together for the most part.
fn are_double(line: &[Rule], others: &[Rule], em: f32) -> bool {
    let at = others.first().map_or(0.0, |first| first.at);
    let mut other: Vec<Rule> = others
        .iter()
        .take_while(|piece| piece.at - at <= ROUNDING * em)
        .copied()
        .collect();
    other.sort_by(|a, b| a.from.total_cmp(&b.from));
    let near = |a: f32, b: f32| (a - b).abs() <= SHORT * em;
    let has_partner = |piece: &&Rule| {
        let first = other.partition_point(|other| other.from < piece.from - SHORT * em);
        let mut near_from = other.get(first..).unwrap_or_default().iter();
        near_from
            .by_ref()
            .take_while(|other| near(other.from, piece.from))
            .any(|other| near(other.to, piece.to))
    };
    let partners = line.iter().filter(has_partner).count();
    partners > 0 && partners * 2 >= line.len().min(other.len())
}

/// Joins the pieces of one position, which becomes the mean of theirs, weighted by length.
fn join_group(group: &mut [Rule], em: f32, joined: &mut Vec<Rule>) -> f32 {
    let weight: f64 = group.iter().map(|piece| f64::from(piece.length())).sum();
    let mean = group
        .iter()
        .map(|piece| f64::from(piece.at) * f64::from(piece.length()))
        .sum::<f64>();
    let at = if weight > 0.0 {
        (mean / weight) as f32
    } else {
        group.first().map_or(0.0, |p| p.at)
    };
    group.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    let mut current: Option<Rule> = None;
    let mut last: Option<Rule> = None;
    for piece in group.iter() {
        let gap = last.map_or(MEET * em, |last| gap_of(last, *piece, em));
        last = Some(*piece);
        match &mut current {
            Some(rule) if piece.from <= rule.to + gap => rule.to = rule.to.max(piece.to),
            _ => {
                joined.extend(current.take());
                current = Some(Rule { at, ..*piece });
            }
        }
    }
    joined.extend(current);
    at
}

/// The widest gap over which short pieces of these lengths go on a line of dots or dashes. Borders of cells that stand
/// apart are as short as dashes, where text is small; where a cell is missing among them, the gap is longer than it.
fn gap_of(before: Rule, after: Rule, em: f32) -> f32 {
    let (shorter, longer) = (
        before.length().min(after.length()),
        before.length().max(after.length()),
    );
    if longer > DASH * em {
        return MEET * em;
    }
    let share = if shorter <= DOT * em {
        DOT_GAP
    } else {
        DASH_GAP
    };
    (MEET * em).max(shorter * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(at: f32, from: f32, to: f32) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn pieces_drawn_cell_by_cell_are_one_rule() {
        let (rules, _) = join(
            vec![
                piece(10.1, 0.0, 50.0),
                piece(10.0, 50.5, 90.0),
                piece(10.0, 120.0, 150.0),
            ],
            10.0,
        );
        let ends: Vec<(f32, f32)> = rules.iter().map(|rule| (rule.from, rule.to)).collect();
        assert_eq!(ends, [(0.0, 90.0), (120.0, 150.0)]);
    }

    #[test]
    fn a_double_line_is_one_rule_and_a_thin_row_is_two() {
        let at = |second: f32| join(vec![piece(10.0, 0.0, 50.0), piece(second, 0.0, 50.0)], 10.0);
        let (rules, doubled) = at(12.0);
        assert_eq!((rules.len(), doubled.len()), (1, 1));
        assert_eq!(at(16.0).0.len(), 2);
    }
}
