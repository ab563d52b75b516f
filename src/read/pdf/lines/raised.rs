//! Small runs that stand raised or lowered beside the text of a line -> of that line: exponents, numbers of notes.

use super::{Group, Placed};
use crate::read::pdf::tolerance::BESIDE;

/// Raised and lowered characters are at most this part of the size of those beside them: 0.6 to 0.8 in most programs, up
/// to 0.93 where `smaller` is the next of a row of sizes (CSS 2.1 §15.7).
const SMALLER: f32 = 0.95;
/// They begin over the end of the line's text by this many ems at most.
const OVERLAP: f32 = 0.15;
/// Groups that a run is compared with, on each side in the order of the page.
const NEAR: usize = 3;

/// The groups with the raised and lowered runs among the lines that they belong to.
pub(super) fn joined(mut groups: Vec<Group<'_>>) -> Vec<Group<'_>> {
    let mut at = 0;
    while at < groups.len() {
        let lines: Option<Vec<usize>> = groups.get(at).and_then(|group| {
            let runs = group.runs.iter();
            runs.map(|run| line_of(&groups, at, run)).collect()
        });
        let Some(lines) = lines else {
            at += 1;
            continue;
        };
        let group = groups.remove(at);
        for (run, line) in group.runs.into_iter().zip(lines) {
            let line = if line > at { line - 1 } else { line };
            if let Some(line) = groups.get_mut(line) {
                line.runs.push(run);
            }
        }
    }
    groups
}

/// The group that a run of the group at an index stands raised or lowered beside.
fn line_of(groups: &[Group<'_>], at: usize, run: &Placed<'_>) -> Option<usize> {
    let near = at.saturating_sub(NEAR)..(at + 1 + NEAR).min(groups.len());
    let shared = |line: &Group<'_>| line.bottom.min(run.bottom) - line.top.max(run.top);
    let belongs = |line: &Group<'_>| {
        let (own, other) = (run.bottom - run.top, line.bottom - line.top);
        let touches = |gap: f32| (-OVERLAP * other..=BESIDE * other).contains(&gap);
        own <= SMALLER * other
            && shared(line) >= BESIDE * own
            && line.runs.iter().any(|text| {
                text.run.direction == run.run.direction
                    && (touches(run.start - text.end) || touches(text.start - run.end))
            })
    };
    let found = near.filter(|&other| other != at);
    let found = found.filter_map(|other| Some((other, groups.get(other)?)));
    let found = found.filter(|(_, line)| belongs(line));
    found
        .max_by(|a, b| shared(a.1).total_cmp(&shared(b.1)))
        .map(|(other, _)| other)
}
