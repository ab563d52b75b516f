//! Two years' sheets -> their comparison, and what every comparison promises.

use std::collections::BTreeSet;

use seirihyo::compare::{Change, Comparison, Guide, compare};
use seirihyo::document::{Document, Import};
use seirihyo::layout::{ImportOptions, Layouts};
use seirihyo::pipeline::{self, Settings};
use seirihyo::read::ReadOptions;

/// Stands between the two years.
pub const BETWEEN: &str = "\n=====\n";

/// Compares the two tables of values.
pub fn hold(data: &str) {
    let (old, new) = data.split_once(BETWEEN).unwrap_or((data, data));
    let (Some(old), Some(new)) = (import(old), import(new)) else {
        return;
    };
    let (old, new) = (std::slice::from_ref(&old), std::slice::from_ref(&new));
    let guide = Guide::default();
    let comparison = compare(old, new, &guide, "fuzz");
    comparison_holds(&comparison);
    assert!(
        comparison == compare(old, new, &guide, "fuzz"),
        "not the same"
    );
    if !speaks_of_another_year(old) {
        itself_is_unchanged(old);
    }
}

fn import(table: &str) -> Option<Import> {
    let settings = Settings {
        read: ReadOptions::default(),
        layouts: Layouts::default(),
        import: ImportOptions::default(),
    };
    pipeline::import("input.csv", table.as_bytes(), &settings).ok()
}

/// Each goal stands in exactly one pair; the summary counts the pairs.
pub fn comparison_holds(comparison: &Comparison) {
    for (side, goals) in [(0, comparison.old.goals), (1, comparison.new.goals)] {
        let pairs = comparison.pairs.iter();
        let refs: Vec<_> = pairs
            .flat_map(|pair| if side == 0 { &pair.old } else { &pair.new })
            .map(|goal| (goal.document, goal.goal))
            .collect();
        let different: BTreeSet<_> = refs.iter().collect();
        assert_eq!(
            (refs.len(), different.len()),
            (goals, goals),
            "a goal stands in no pair or two"
        );
    }
    let of = |&change| comparison.summary.of_change(change);
    let counted: usize = Change::ALL.iter().map(of).sum();
    assert_eq!(counted, comparison.pairs.len());
}

/// Whether a goal may say what it was the year before, in a column of the form or one that was added.
fn speaks_of_another_year(year: &[Import]) -> bool {
    let documents = year.iter().flat_map(|import| &import.documents);
    let goals = documents.flat_map(|document| match document {
        Document::GoalSheet(sheet) => sheet.goals.as_slice(),
        Document::Policy(_) => &[],
    });
    goals
        .into_iter()
        .any(|goal| goal.predecessors.is_some() || !goal.extra.is_empty())
}

/// A year against itself: nothing is new and nothing has ended.
fn itself_is_unchanged(year: &[Import]) {
    let same = compare(year, year, &Guide::default(), "fuzz");
    comparison_holds(&same);
    let lost = |change: &&Change| matches!(change, Change::New | Change::Ended);
    for change in Change::ALL.iter().filter(lost) {
        assert_eq!(
            same.summary.of_change(*change),
            0,
            "{change:?} against itself"
        );
    }
}
