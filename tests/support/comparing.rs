//! What tests of comparisons share: a year's files, pairs by the numbers of their goals, what holds of any comparison.

use std::path::{Path, PathBuf};

use seirihyo::compare::comparison::{GoalRef, Nearest, Pair};
use seirihyo::compare::{Change, Comparison};
use seirihyo::document::Import;
use seirihyo::pipeline;

pub fn import(path: &Path) -> Import {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    pipeline::import(name, &bytes, &super::settings(None)).unwrap()
}

/// A file, or the files of a folder in order.
pub fn side(folder: &Path, name: &str) -> Vec<Import> {
    let file = folder.join(format!("{name}.csv"));
    if file.exists() {
        return vec![import(&file)];
    }
    let entries = std::fs::read_dir(folder.join(name)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| import(path)).collect()
}

/// `changed: 3 > 4`; with several documents on a side `0/3`.
pub fn named(comparison: &Comparison) -> Vec<String> {
    let several = comparison.old.documents > 1 || comparison.new.documents > 1;
    let name = |goal: &GoalRef| {
        let number = goal.number.as_deref().unwrap_or("?");
        if several {
            format!(" {}/{number}", goal.document)
        } else {
            format!(" {number}")
        }
    };
    let pair = |pair: &Pair| {
        let change = serde_json::to_value(pair.change).unwrap();
        let side = |goals: &[GoalRef]| goals.iter().map(name).collect::<String>();
        let (old, new) = (side(&pair.old), side(&pair.new));
        format!("{}:{old} >{new}", change.as_str().unwrap())
    };
    comparison.pairs.iter().map(pair).collect()
}

pub fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

/// What holds of any comparison: each goal in one pair, counts that add up.
pub fn holds(comparison: &Comparison) {
    for (goals, side) in [(comparison.old.goals, 0), (comparison.new.goals, 1)] {
        let refs = comparison
            .pairs
            .iter()
            .flat_map(|pair| [&pair.old, &pair.new][side]);
        let mut places: Vec<_> = refs.map(|goal| (goal.document, goal.goal)).collect();
        assert_eq!(places.len(), goals);
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), goals, "a goal stands in two pairs");
    }
    let counted: usize = Change::ALL
        .iter()
        .map(|&c| comparison.summary.of_change(c))
        .sum();
    assert_eq!(counted, comparison.pairs.len());
    // The nearest: three for a goal, half as many as goals, each of goals that stand in different pairs.
    assert!(comparison.nearest.len() * 2 <= comparison.old.goals + comparison.new.goals);
    let name = |goals: &[GoalRef]| (goals[0].document, goals[0].goal);
    for near in &comparison.nearest {
        let of_old = |other: &&Nearest| name(&other.old) == name(&near.old);
        let of_new = |other: &&Nearest| name(&other.new) == name(&near.new);
        assert!(comparison.nearest.iter().filter(of_old).count() <= 3);
        assert!(comparison.nearest.iter().filter(of_new).count() <= 3);
        let together =
            |pair: &Pair| pair.old.contains(&near.old[0]) && pair.new.contains(&near.new[0]);
        assert!(!comparison.pairs.iter().any(together));
    }
}
