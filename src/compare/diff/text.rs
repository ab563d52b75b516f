//! Two texts -> runs that both have, or one of them: paragraphs aligned first, then characters, widened to words.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::blocks::{Aligned, align};
use super::words::cuts;
use crate::compare::comparison::{Op, Run, RunKind};
use crate::text::{key, wording_key};

/// Equal characters between two changes, at most so many of them, are part of one change: what is left
/// between is easier to read as one.
const SHORTEST_EQUAL: usize = 2;
/// Lines that have less than this share of characters in common are shown as two, not as a mixture.
const LEAST_COMMON: f64 = 0.3;

/// The runs of two texts.
pub fn runs(old: &str, new: &str) -> Vec<Run> {
    let mut runs = Runs::default();
    if old == new {
        runs.push(Op::Equal, old, None);
        return runs.0;
    }
    for aligned in align(old, new) {
        match aligned {
            Aligned::Both(old, new) => line(old, new, &mut runs),
            Aligned::Old(text) => runs.push(Op::Delete, text, None),
            Aligned::New(text) => runs.push(Op::Insert, text, None),
            Aligned::MovedFrom(text) => runs.push(Op::Delete, text, Some(RunKind::Moved)),
            Aligned::MovedTo(text) => runs.push(Op::Insert, text, Some(RunKind::Moved)),
        }
    }
    runs.0
}

/// Runs as they are found; neighbours of one kind are joined.
#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn push(&mut self, op: Op, text: &str, kind: Option<RunKind>) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.op == op && last.kind == kind => last.text.push_str(text),
            _ => self.0.push(Run {
                op,
                text: text.to_owned(),
                kind,
            }),
        }
    }

    fn change(&mut self, old: &[char], new: &[char], line: Line) {
        let (old, new): (String, String) = (old.iter().collect(), new.iter().collect());
        let wording = line == Line::Reworded || wording_key(&old) == wording_key(&new);
        let kind = wording.then_some(RunKind::Wording);
        self.push(Op::Delete, &old, kind);
        self.push(Op::Insert, &new, kind);
    }
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// It says the same: whatever differs in it is wording.
    Reworded,
    /// It says something else.
    Changed,
}

/// A stretch that both lines have but for width and punctuation.
#[derive(Debug, Clone, Copy)]
struct Same {
    old: usize,
    new: usize,
    length: usize,
}

fn line(old: &str, new: &str, runs: &mut Runs) {
    let kind = if wording_key(old) == wording_key(new) {
        Line::Reworded
    } else {
        Line::Changed
    };
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let same = same_stretches(&old, &new);
    let (mut old_at, mut new_at) = (0, 0);
    let end = Same {
        old: old.len(),
        new: new.len(),
        length: 0,
    };
    for stretch in same.iter().chain([&end]) {
        runs.change(
            slice(&old, old_at, stretch.old),
            slice(&new, new_at, stretch.new),
            kind,
        );
        (old_at, new_at) = (stretch.old + stretch.length, stretch.new + stretch.length);
        equal(
            slice(&old, stretch.old, old_at),
            slice(&new, stretch.new, new_at),
            runs,
        );
    }
}

fn slice(text: &[char], from: usize, to: usize) -> &[char] {
    text.get(from..to).unwrap_or_default()
}

/// Stretches that are the same but for width: what is exactly the same apart from what is not.
fn equal(old: &[char], new: &[char], runs: &mut Runs) {
    let mut from = 0;
    while from < old.len() {
        let exact = |at: usize| old.get(at) == new.get(at);
        let length = (from..old.len())
            .take_while(|&at| exact(at) == exact(from))
            .count();
        let (old, new) = (
            slice(old, from, from + length),
            slice(new, from, from + length),
        );
        if exact(from) {
            runs.push(Op::Equal, &old.iter().collect::<String>(), None);
        } else {
            // The same but for width.
            runs.change(old, new, Line::Reworded);
        }
        from += length;
    }
}

fn same_stretches(old: &[char], new: &[char]) -> Vec<Same> {
    let folded = |text: &[char]| -> Vec<char> { text.iter().map(|&c| folded(c)).collect() };
    let ops = capture_diff_slices(Algorithm::Myers, &folded(old), &folded(new));
    let mut same: Vec<Same> = ops
        .iter()
        .filter_map(|op| match *op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => Some(Same {
                old: old_index,
                new: new_index,
                length: len,
            }),
            _ => None,
        })
        .collect();
    to_words(&mut same, &cuts(old), &cuts(new));
    without_crumbs(&mut same, old, new);
    let common: usize = same.iter().map(|stretch| stretch.length).sum();
    if (common as f64) < LEAST_COMMON * old.len().min(new.len()) as f64 {
        same.clear();
    }
    same
}

/// Draws the ends of equal stretches in until they lie where both texts may be cut.
fn to_words(same: &mut Vec<Same>, old: &[bool], new: &[bool]) {
    let may_cut = |old_at: usize, new_at: usize| {
        old.get(old_at).copied().unwrap_or(true) && new.get(new_at).copied().unwrap_or(true)
    };
    for stretch in same.iter_mut() {
        while stretch.length > 0 && !may_cut(stretch.old, stretch.new) {
            stretch.old += 1;
            stretch.new += 1;
            stretch.length -= 1;
        }
        while stretch.length > 0
            && !may_cut(stretch.old + stretch.length, stretch.new + stretch.length)
        {
            stretch.length -= 1;
        }
    }
    same.retain(|stretch| stretch.length > 0);
}

/// Drops equal stretches that are too short to stand between two changes, punctuation aside.
fn without_crumbs(same: &mut Vec<Same>, old: &[char], new: &[char]) {
    let (old_length, new_length) = (old.len(), new.len());
    same.retain(|stretch| {
        let at_start = stretch.old == 0 && stretch.new == 0;
        let at_end = stretch.old + stretch.length == old_length
            && stretch.new + stretch.length == new_length;
        let stops = slice(old, stretch.old, stretch.old + stretch.length)
            .iter()
            .any(|c| matches!(c, '。' | '、' | '，' | '\n' | '・' | '「' | '」'));
        at_start || at_end || stops || stretch.length > SHORTEST_EQUAL
    });
}

/// A character without what makes only a difference of wording.
fn folded(c: char) -> char {
    if matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\n')
        || c.is_ascii_alphanumeric()
    {
        return c.to_ascii_lowercase();
    }
    let mut buffer = [0; 4];
    let key = key(c.encode_utf8(&mut buffer));
    let mut characters = key.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `[old|new]` for changes, `{old|new}` for those of wording, `<moved>`.
    fn shown(old: &str, new: &str) -> String {
        let mut shown = String::new();
        for run in runs(old, new) {
            let mark = match (run.op, run.kind) {
                (Op::Equal, _) => String::new(),
                (Op::Delete, None) => "-".to_owned(),
                (Op::Insert, None) => "+".to_owned(),
                (op, kind) => format!("{op:?} {kind:?} ")
                    .to_lowercase()
                    .replace("some", ""),
            };
            if mark.is_empty() {
                shown += &run.text;
            } else {
                shown.extend(["[", &mark, &run.text, "]"]);
            }
        }
        shown
    }

    #[test]
    fn quantities_and_years_change_as_one() {
        assert_eq!(
            shown("満足度76%以上とする。", "満足度80%以上とする。"),
            "満足度[-76%以上][+80%以上]とする。"
        );
        assert_eq!(
            shown("令和7年度に行う。", "令和8年度に行う。"),
            "[-令和7年度][+令和8年度]に行う。"
        );
        assert_eq!(
            shown("秘書課が担う。", "秘書室が担う。"),
            "[-秘書課][+秘書室]が担う。"
        );
    }

    #[test]
    fn differences_of_wording_are_told_apart() {
        assert_eq!(
            shown("課題を整理し，３件を示す。", "課題を整理し、4件を示す。"),
            "課題を整理し[delete (wording) ，][insert (wording) 、][-３件][+4件]を示す。"
        );
        assert_eq!(
            shown("取り組みを進め、記録する。", "取組を進め、公表する。"),
            "[delete (wording) 取り組み][insert (wording) 取組]を進め、[-記録][+公表]する。"
        );
    }

    #[test]
    fn moved_items_are_told_from_changed_ones() {
        assert_eq!(
            shown(
                "・地図を配る。\n・講座を開く。\n・冊子を作る。",
                "・講座を開く。\n・冊子を作る。\n・地図を配る。"
            ),
            "[delete (moved) ・地図を配る。\n]・講座を開く。\n・冊子を作る。[insert (wording) \n][insert (moved) ・地図を配る。]"
        );
    }

    proptest! {
        #[test]
        fn both_sides_are_rebuilt(old in "[ぁ-お一二三人会議a-c0-9１-３、，。・\n]{0,60}", new in "[ぁ-お一二三人会議a-c0-9１-３、，。・\n]{0,60}") {
            let runs = runs(&old, &new);
            let side = |without: Op| runs.iter().filter(|run| run.op != without).map(|run| run.text.as_str()).collect::<String>();
            prop_assert_eq!(side(Op::Insert), old);
            prop_assert_eq!(side(Op::Delete), new);
        }
    }
}
