//! Pairs of years in compact form -> their sheets, and what a person says became of each goal.
//!
//! `@O` and `@N` begin a year with its title and the labels above its table; `O 3 | section | category | item | level |
//! methods | deadline` is a goal of it, `N 4 = 3 | section | category` one with the texts of the old goal 3, ⏎ a line break;
//! `P merged 1 2 > 5` says what became of goals, with words in brackets that are right too.
#![allow(dead_code)] // each program takes what it needs

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use seirihyo::compare::Comparison;
use seirihyo::compare::comparison::GoalRef;
use seirihyo::document::Import;
use seirihyo::layout::{ImportOptions, Layouts};
use seirihyo::pipeline::{self, Settings};
use seirihyo::read::ReadOptions;

/// Two years, and what became of their goals.
pub struct Years {
    /// The file's name.
    pub name: String,
    pub old: Import,
    pub new: Import,
    pub truth: Vec<Truth>,
}

/// What became of some goals, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Truth {
    pub old: Vec<u32>,
    pub new: Vec<u32>,
    /// The word for it, and words that are right too.
    pub changes: Vec<String>,
}

/// The pairs of years of a folder, in order.
pub fn all(folder: &Path) -> Vec<Years> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().map(|path| years(path)).collect()
}

fn years(path: &Path) -> Years {
    let text = std::fs::read_to_string(path).unwrap();
    let mut tables = [String::new(), String::new()];
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut truth = Vec::new();
    for line in text.lines() {
        let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
        match mark {
            "@O" => tables[0] = head(rest),
            "@N" => tables[1] = head(rest),
            "O" | "N" => {
                let mut cells: Vec<String> = rest
                    .split(" | ")
                    .map(|cell| cell.trim().replace('⏎', "\n"))
                    .collect();
                if let Some((number, old)) = cells[0].clone().split_once(" = ") {
                    number.clone_into(&mut cells[0]);
                    cells.extend(texts[old].clone());
                }
                assert_eq!(cells.len(), 7, "{}: {line}", path.display());
                if mark == "O" {
                    texts.insert(cells[0].clone(), cells[3..].to_vec());
                }
                let order = [0, 3, 2, 4, 5, 6, 1];
                push(
                    &mut tables[usize::from(mark == "N")],
                    &order.map(|at| cells[at].as_str()),
                );
            }
            "P" => truth.push(of_truth(rest)),
            _ => {}
        }
    }
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let [old, new] = tables.map(|table| import(&table));
    Years {
        name,
        old,
        new,
        truth,
    }
}

fn head(line: &str) -> String {
    let mut parts = line.split(" | ");
    let title = parts.next().unwrap_or_default();
    let mut labels = vec!["作成日", "", ""];
    labels.extend(parts);
    let mut table = String::new();
    push(&mut table, &[title]);
    push(&mut table, &labels);
    push(
        &mut table,
        &[
            "番号",
            "実施項目",
            "計画・方針等の分類",
            "どの水準まで",
            "どのような方法で",
            "いつまで",
            "共通/課名",
        ],
    );
    table
}

fn push(table: &mut String, cells: &[&str]) {
    let mut cells: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    cells.resize(7, String::new());
    writeln!(table, "{}", cells.join(",")).unwrap();
}

fn of_truth(line: &str) -> Truth {
    let numbers = |text: &str| -> Vec<u32> {
        let mut numbers: Vec<u32> = text
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect();
        numbers.sort_unstable();
        numbers
    };
    let start = line.find(|c: char| c.is_ascii_digit() || c == '>').unwrap();
    let (old, new) = line[start..].split_once('>').unwrap();
    let words = line[..start].replace(['(', ')'], " ");
    Truth {
        old: numbers(old),
        new: numbers(new),
        changes: words.split_whitespace().map(str::to_owned).collect(),
    }
}

fn import(table: &str) -> Import {
    let settings = Settings {
        read: ReadOptions::default(),
        layouts: Layouts::default(),
        import: ImportOptions::default(),
    };
    pipeline::import("year.csv", table.as_bytes(), &settings).unwrap()
}

/// What a comparison says became of the goals, as the truth is written.
pub fn said(comparison: &Comparison) -> Vec<Truth> {
    let pairs = comparison.pairs.iter();
    pairs
        .map(|pair| Truth {
            old: numbers(&pair.old),
            new: numbers(&pair.new),
            changes: vec![format!("{:?}", pair.change).to_lowercase()],
        })
        .collect()
}

fn numbers(goals: &[GoalRef]) -> Vec<u32> {
    let mut numbers: Vec<u32> = goals
        .iter()
        .map(|goal| goal.number.as_ref().unwrap().parse().unwrap())
        .collect();
    numbers.sort_unstable();
    numbers
}

/// How well comparisons agree with the truth.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Links of goals: those that are true, those that were said, those that are both. Candidates are not said.
    pub links: [usize; 3],
    /// True links that stand in no pair, no candidate and none of the nearest.
    pub missing: usize,
    /// Entries of the truth, and those that were named so.
    pub kinds: [usize; 2],
    /// Goals of which only the wording changed, named changed.
    pub reworded: usize,
    /// Goals, and nearest links.
    pub nearest: [usize; 2],
}

impl Counts {
    /// The harmonic mean of precision and recall of links.
    pub fn f1(&self) -> f64 {
        2.0 * self.links[2] as f64 / (self.links[0] + self.links[1]) as f64
    }

    /// The share of entries that were named right.
    pub fn named(&self) -> f64 {
        self.kinds[1] as f64 / self.kinds[0] as f64
    }

    pub fn add(&mut self, truth: &[Truth], comparison: &Comparison) {
        let said = said(comparison);
        let links = |entries: &[Truth]| -> Vec<(u32, u32)> {
            let each = entries
                .iter()
                .flat_map(|entry| entry.old.iter().map(move |old| (old, &entry.new)));
            each.flat_map(|(old, news)| news.iter().map(|new| (*old, *new)))
                .collect()
        };
        let sure: Vec<Truth> = said
            .iter()
            .filter(|entry| entry.changes[0] != "candidate")
            .cloned()
            .collect();
        let (want, sure, all) = (links(truth), links(&sure), links(&said));
        let near: Vec<(u32, u32)> = comparison
            .nearest
            .iter()
            .map(|near| (numbers(&near.old)[0], numbers(&near.new)[0]))
            .collect();
        self.links[0] += want.len();
        self.links[1] += sure.len();
        self.links[2] += want.iter().filter(|link| sure.contains(link)).count();
        self.missing += want
            .iter()
            .filter(|link| !all.contains(link) && !near.contains(link))
            .count();
        self.nearest[0] += comparison.old.goals + comparison.new.goals;
        self.nearest[1] += near.len();
        for entry in truth {
            let found = said
                .iter()
                .find(|said| (&said.old, &said.new) == (&entry.old, &entry.new));
            let found = found.map(|said| &said.changes[0]);
            self.kinds[0] += 1;
            self.kinds[1] +=
                usize::from(found.is_some_and(|change| entry.changes.contains(change)));
            let is_wording = entry.changes[0] == "wording";
            self.reworded +=
                usize::from(is_wording && found.is_some_and(|change| change == "changed"));
        }
    }
}
