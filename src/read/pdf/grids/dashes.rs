//! Pieces as long as cells may be, at equal distances -> the dashed rules that they are.
//!
//! Thick borders have dashes in proportion to their width, and drivers that know no dashes draw each by itself.

use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::tolerance::{BAND, DASH, DOUBTFUL_WHITE, MEET, ROW_OF, SHORT};

/// The rules that pieces of one direction make which are longer than `shortest` and farther apart than `gap`. `across`
/// are the pieces of the other direction: what they close at both ends are the sides of boxes.
pub(crate) fn whole(pieces: &[Rule], across: &[Rule], em: f32) -> Vec<Rule> {
    let (shortest, longest) = (DASH * em, BAND * em);
    let length = |piece: &Rule| piece.to - piece.from;
    let long = pieces
        .iter()
        .map(length)
        .filter(|length| *length > shortest);
    if long.filter(|length| *length <= longest).count() < ROW_OF {
        return Vec::new();
    }
    // The last dash is shorter where the rule's end cuts it.
    let dashes = pieces.iter().filter(|piece| length(piece) <= longest);
    let mut dashes: Vec<Rule> = dashes.copied().collect();
    dashes.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut across = across.to_vec();
    across.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut found = Vec::new();
    for level in dashes.chunk_by_mut(|a, b| b.at - a.at <= SHORT * em) {
        level.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut rest = &*level;
        while !rest.is_empty() {
            let (dashes, others) = rest.split_at(run(rest, em));
            rest = others;
            let closed = dashes
                .iter()
                .filter(|dash| is_closed(dash, &across, em))
                .count();
            if dashes.len() >= ROW_OF
                && closed * 2 < dashes.len()
                && let (Some(first), Some(last)) = (dashes.first(), dashes.last())
            {
                found.push(Rule {
                    to: last.to,
                    ..*first
                });
            }
        }
    }
    found
}

/// How many pieces from the first on are equally long and equally far apart, the last of them maybe shorter.
fn run(pieces: &[Rule], em: f32) -> usize {
    let [first, second, ..] = pieces else {
        return pieces.len();
    };
    let (length, gap) = (first.to - first.from, second.from - first.to);
    if length <= DASH * em || gap <= MEET * em || gap > length {
        return 1;
    }
    let follows = |pair: &&[Rule]| match pair {
        [a, b] => {
            (a.to - a.from - length).abs() <= SHORT * em
                && b.to - b.from <= length + SHORT * em
                && (b.from - a.to - gap).abs() <= SHORT * em
        }
        _ => false,
    };
    1 + pieces.windows(2).take_while(follows).count()
}

/// Whether a rule across stands at both ends of a piece.
fn is_closed(piece: &Rule, across: &[Rule], em: f32) -> bool {
    let closed = DOUBTFUL_WHITE * em;
    let stands_at = |end: f32| {
        let near = across.partition_point(|rule| rule.at < end - closed);
        let mut near = across.get(near..).unwrap_or_default().iter();
        near.by_ref()
            .take_while(|rule| rule.at <= end + closed)
            .any(|rule| (rule.from - closed..=rule.to + closed).contains(&piece.at))
    };
    stands_at(piece.from) && stands_at(piece.to)
}
