//! Pieces of rules of one direction -> rules snapped to common positions and joined end to end.

use crate::read::pdf::grids::rules::Rule;

/// Two parallel pieces closer than this are one rule: a double line (Word's of 1½ pt has its lines 3 pt apart), the
/// two borders of neighbouring cells (a browser's `border-spacing` of 2 px puts them 2.25 pt apart), hairlines of
/// different programs. No cell with text is narrower.
const SNAP: f32 = 3.2;
/// A chain of snapped pieces is never wider than this.
const SNAP_SPREAD: f32 = 5.2;
/// Lines this far apart are two, and not one that was drawn twice.
const DOUBLED: f32 = 1.0;
/// Pieces of one rule that are drawn cell by cell meet within this distance.
pub(super) const JOIN: f32 = 3.0;
/// Dots and dashes: pieces at most this long are joined over gaps of their own kind.
pub(super) const DASH: f32 = 9.0;
/// A dash is followed by a gap of at most this many times its length.
const DASH_GAP: f32 = 1.05;
/// Dots are at most this long.
const DOT: f32 = 3.0;
/// A dot is followed by a gap of at most this many times its length.
const DOT_GAP: f32 = 2.5;
/// Joined rules shorter than this separate nothing: ticks, parts of drawn characters.
const SHORTEST: f32 = 5.0;

/// Parallel lines that became one rule.
pub(super) struct Doubled {
    /// Where the first and the last of them lie.
    lines: (f32, f32),
    /// Where the rule lies.
    at: f32,
}

/// Lets rules that end at a line of a double rule across them end at the rule.
pub(super) fn meet(rules: &mut [Rule], across: &[Rule], doubled: &[Doubled]) {
    let end_at = |end: f32, at: f32| {
        let first = doubled.partition_point(|rule| rule.lines.1 + SNAP_SPREAD + JOIN < end);
        let near = doubled.get(first..).unwrap_or_default().iter();
        // The lines between two cells end short of the inner line of a double frame by as much as its lines stand apart.
        let mut near = near.take_while(|rule| rule.lines.0 - SNAP_SPREAD - JOIN <= end);
        let reaches = |rule: &&Doubled| {
            let reach = JOIN + (rule.lines.1 - rule.lines.0) / 2.0;
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
pub(super) fn join(mut pieces: Vec<Rule>) -> (Vec<Rule>, Vec<Doubled>) {
    pieces.retain(|piece| piece.at.is_finite() && piece.from.is_finite() && piece.to.is_finite());
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (mut joined, mut doubled) = (Vec::new(), Vec::new());
    let mut rest = pieces.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let mut last = first.at;
        let length = rest
            .iter()
            .take_while(|piece| {
                let near = piece.at - last <= SNAP && piece.at - first.at <= SNAP_SPREAD;
                last = piece.at;
                near
            })
            .count();
        let (group, others) = rest.split_at_mut(length.max(1));
        let lines = (first.at, group.last().map_or(first.at, |last| last.at));
        let at = join_group(group, &mut joined);
        if lines.1 - lines.0 > DOUBLED {
            doubled.push(Doubled { lines, at });
        }
        rest = others;
    }
    joined.retain(|rule| rule.length() >= SHORTEST);
    joined.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    (joined, doubled)
}

/// Joins the pieces of one position, which becomes the mean of theirs, weighted by length.
fn join_group(group: &mut [Rule], joined: &mut Vec<Rule>) -> f32 {
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
        let gap = last.map_or(JOIN, |last| gap_of(last, *piece));
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
fn gap_of(before: Rule, after: Rule) -> f32 {
    let (shorter, longer) = (
        before.length().min(after.length()),
        before.length().max(after.length()),
    );
    if longer > DASH {
        return JOIN;
    }
    let share = if shorter <= DOT { DOT_GAP } else { DASH_GAP };
    JOIN.max(shorter * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(at: f32, from: f32, to: f32) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn pieces_drawn_cell_by_cell_are_one_rule() {
        let (rules, _) = join(vec![
            piece(10.1, 0.0, 50.0),
            piece(10.0, 50.5, 90.0),
            piece(10.0, 120.0, 150.0),
        ]);
        let ends: Vec<(f32, f32)> = rules.iter().map(|rule| (rule.from, rule.to)).collect();
        assert_eq!(ends, [(0.0, 90.0), (120.0, 150.0)]);
    }

    #[test]
    fn a_double_line_is_one_rule_and_a_thin_row_is_two() {
        let at = |second: f32| join(vec![piece(10.0, 0.0, 50.0), piece(second, 0.0, 50.0)]);
        let (rules, doubled) = at(12.0);
        assert_eq!((rules.len(), doubled.len()), (1, 1));
        assert_eq!(at(16.0).0.len(), 2);
    }
}
