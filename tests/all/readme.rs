//! What the README lists must be what the program has: codes of notes and problems, limits, layouts, the test command.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::collections::BTreeSet;

const README: &str = include_str!("../../README.md");

/// The codes in the first column of the table under a heading.
fn listed(heading: &str) -> Vec<&'static str> {
    let start = README
        .find(heading)
        .unwrap_or_else(|| panic!("README.md has no heading {heading:?}"));
    let section = &README[start + heading.len()..];
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('`').next()).collect()
}

fn same(heading: &str, known: &[&'static str]) {
    let table = listed(heading);
    let (in_readme, in_program): (BTreeSet<_>, BTreeSet<_>) =
        (table.iter().collect(), known.iter().collect());
    let missing: Vec<_> = in_program.difference(&in_readme).collect();
    let stale: Vec<_> = in_readme.difference(&in_program).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "README.md, {heading}: missing {missing:?}, unknown {stale:?}"
    );
    assert_eq!(
        table.len(),
        in_readme.len(),
        "README.md, {heading}: a row stands twice"
    );
}

#[test]
fn every_note_code_is_listed() {
    same("## 注記の一覧", seirihyo::note::What::CODES);
}

#[test]
fn every_problem_code_is_listed() {
    same(
        "## 読めなかったときの理由の一覧",
        seirihyo::error::Problem::CODES,
    );
}

#[test]
fn every_limit_is_listed_with_its_value() {
    let table: Vec<_> = README
        .lines()
        .filter(|line| line.starts_with("| "))
        .collect();
    let source = include_str!("../../src/read/limits.rs");
    for line in source
        .lines()
        .filter_map(|line| line.strip_prefix("pub const "))
    {
        let name = line.split(':').next().unwrap_or_default();
        let row = table
            .iter()
            .find(|row| row.starts_with(&format!("| `{name}`")));
        let row = row.unwrap_or_else(|| panic!("README.md does not list the limit {name}"));
        let value = line
            .split(" = ")
            .nth(1)
            .unwrap_or_default()
            .trim_end_matches(';');
        assert!(
            row.contains(&format!("| `{value}` |")),
            "README.md gives another value than {value} for {name}: {row}"
        );
    }
}

#[test]
fn every_layout_is_listed() {
    for (name, _) in seirihyo::layout::known::FILES {
        assert!(
            README.contains(&format!("`{name}`")),
            "README.md does not name the layout {name}"
        );
    }
}
