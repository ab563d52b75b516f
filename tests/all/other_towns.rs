//! Sheets of towns, schools, hospitals and agencies that no layout knows: how many of their columns, goals and labels come
//! out right, and that no list of something else becomes a goal sheet.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use seirihyo::layout::EvidenceKind;
use seirihyo::write::json;
use seirihyo::{pipeline, text};
use serde_json::Value;

use crate::support::{settings, shared};

/// The files of a folder with one of these endings, sorted.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    let ends = |path: &PathBuf| {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().into_owned());
        ending.is_some_and(|ending| endings.contains(&ending.as_str()))
    };
    files.retain(ends);
    files.sort();
    files
}

fn fixtures(family: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(family)
}

fn goal_sheets(path: &Path) -> Vec<Value> {
    goal_sheets_without(&[], path)
}

/// The goal sheets of a file, read without some kinds of evidence.
fn goal_sheets_without(kinds: &[EvidenceKind], path: &Path) -> Vec<Value> {
    let mut settings = settings(None);
    settings.layouts.without = kinds.to_vec();
    let name = path.file_name().unwrap().to_str().unwrap();
    let Ok(import) = pipeline::import(name, &fs::read(path).unwrap(), &settings) else {
        return Vec::new();
    };
    let mut import: Value = serde_json::from_str(&json::pretty(&import).unwrap()).unwrap();
    let documents = import["documents"].take();
    let documents = documents.as_array().cloned().unwrap_or_default();
    documents
        .into_iter()
        .filter(|document| document["kind"] == "goal_sheet")
        .collect()
}

/// Tables that are no list of goals: budgets, rosters, timetables, statistics, minutes, registers, each also with 番号,
/// 担当課, 期限 and 評価 beside them.
#[test]
fn no_other_table_becomes_a_goal_sheet() {
    let tables = files(&fixtures("no_goals"), &["csv", "xlsx"]);
    assert!(tables.len() >= 100, "only {} tables", tables.len());
    let taken: Vec<String> = tables
        .iter()
        .filter(|path| !goal_sheets(path).is_empty())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(taken.is_empty(), "taken for goal sheets: {taken:?}");
}

/// The same of real documents of other kinds.
#[test]
fn no_other_document_becomes_a_goal_sheet() {
    let Some(shared) = shared() else { return };
    for path in files(&shared.join("acceptance/real"), &["pdf"]) {
        let found = goal_sheets(&path);
        assert!(
            found.is_empty(),
            "{}: {} goal sheets",
            path.display(),
            found.len()
        );
    }
}

fn key(text: &str) -> String {
    text::squash(&text::width::fold_width(text))
}

fn raw(value: &Value) -> String {
    key(value["raw"].as_str().unwrap_or_default())
}

/// A goal's texts, each with its field; `extra` for those of none.
#[allow(clippy::format_collect)] // a few words
fn texts(goal: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut add = |field: &str, text: String| {
        if !text.is_empty() {
            found.insert((field.to_owned(), text));
        }
    };
    for field in [
        "number",
        "predecessors",
        "categories",
        "item",
        "level",
        "methods",
        "deadline",
        "sections",
        "achievement",
    ] {
        add(field, raw(&goal[field]));
    }
    for (part, names) in [
        ("midterm", ["progress", "review", "plan"]),
        ("year_end", ["summary", "viewpoint", "issues"]),
    ] {
        for name in names {
            add(&format!("{part}.{name}"), raw(&goal[part][name]));
        }
    }
    let indicators = goal["indicators"].as_array().cloned().unwrap_or_default();
    for name in ["name", "baseline", "target", "actual"] {
        let marked: Vec<(String, String)> = indicators
            .iter()
            .map(|indicator| {
                (
                    key(indicator["label"].as_str().unwrap_or_default()),
                    raw(&indicator[name]),
                )
            })
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let field = format!("indicators.{name}");
        add(
            &field,
            marked.iter().map(|(_, text)| text.as_str()).collect(),
        );
        add(
            &field,
            marked
                .iter()
                .map(|(mark, text)| format!("{mark}{text}"))
                .collect(),
        );
        for (mark, text) in &marked {
            add(&field, text.clone());
            add(&field, format!("{mark}{text}"));
        }
    }
    for extra in goal["extra"].as_array().into_iter().flatten() {
        add("extra", raw(&extra["value"]));
    }
    found
}

/// What came of the columns and goals of a sheet.
#[derive(Debug, Default)]
struct Score {
    /// Columns that need a field, and of these right, without a field, in another field, and lost.
    needed: usize,
    right: usize,
    missed: usize,
    lost: usize,
    /// Columns in a field that is not theirs: heading and field.
    wrong: Vec<String>,
    goals: usize,
    goals_found: usize,
    spurious: usize,
    refused: Vec<String>,
    labels: usize,
    labels_right: usize,
}

const ACCEPTED: &str = "accept";

fn allowed(of: &Value) -> Vec<String> {
    let accepted = of[ACCEPTED].as_array().cloned().unwrap_or_default();
    let all = std::iter::once(of["field"].clone()).chain(accepted);
    all.filter_map(|field| field.as_str().map(str::to_owned))
        .collect()
}

impl Score {
    /// The forms of a folder, read without some kinds of evidence.
    fn without(kinds: &[EvidenceKind], folder: &Path, endings: &[&str]) -> Self {
        let mut score = Self::default();
        for path in files(folder, &["json"]) {
            let truth: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            for ending in endings {
                let input = path.with_extension(ending);
                if input.exists() {
                    let documents = goal_sheets_without(kinds, &input);
                    score.add(&format!("{name}.{ending}"), &truth, &documents);
                }
            }
        }
        score
    }

    /// `needed columns right / missed / wrong / lost, goals found, refused`.
    fn line(&self) -> String {
        format!(
            "{}/{} right, {} missed, {} wrong, {} lost; goals {}/{}; {} refused",
            self.right,
            self.needed,
            self.missed,
            self.wrong.len(),
            self.lost,
            self.goals_found,
            self.goals,
            self.refused.len()
        )
    }
    fn add(&mut self, name: &str, truth: &Value, documents: &[Value]) {
        let goals: Vec<BTreeSet<(String, String)>> = documents
            .iter()
            .flat_map(|document| document["goals"].as_array().cloned().unwrap_or_default())
            .map(|goal| texts(&goal))
            .collect();
        if documents.is_empty() {
            self.refused.push(name.to_owned());
        }
        let rows: Vec<Vec<String>> = truth["rows"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|row| {
                row.as_array()
                    .into_iter()
                    .flatten()
                    .map(|cell| key(cell.as_str().unwrap_or_default()))
                    .collect()
            })
            .collect();
        let pairs = paired(&rows, &goals);
        self.goals += rows.len();
        self.goals_found += pairs.len();
        self.spurious += goals.len() - pairs.len();
        for (at, column) in truth["columns"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            self.column(
                name,
                column,
                &pairs
                    .iter()
                    .map(|&(row, goal)| (rows[row][at].as_str(), &goals[goal]))
                    .collect::<Vec<_>>(),
            );
        }
        for label in truth["labels"].as_array().into_iter().flatten() {
            self.labels += 1;
            self.labels_right += usize::from(is_right(label, truth, documents));
        }
    }

    /// Where most of a column's cells came to stand.
    fn column(
        &mut self,
        name: &str,
        column: &Value,
        cells: &[(&str, &BTreeSet<(String, String)>)],
    ) {
        let allowed = allowed(column);
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        for (cell, goal) in cells.iter().filter(|(cell, _)| !cell.is_empty()) {
            let fields = goal.iter().filter(|(_, text)| text == cell);
            for (field, _) in fields {
                if cell.chars().count() > 2 || allowed.contains(field) {
                    *votes.entry(field).or_default() += 1;
                }
            }
        }
        // A short value may stand in several fields by chance: the one that is wanted counts first.
        let is_wanted = |field: &str| allowed.iter().any(|wanted| wanted == field);
        let found = votes
            .into_iter()
            .max_by_key(|&(field, count)| (count, is_wanted(field)));
        let needs = !is_wanted("extra");
        self.needed += usize::from(needs);
        match found {
            Some((field, _)) if is_wanted(field) => self.right += usize::from(needs),
            Some(("extra", _)) => self.missed += 1,
            Some((field, _)) => {
                self.wrong.push(format!(
                    "{name} {} → {field}",
                    column["heading"].as_str().unwrap_or_default()
                ));
            }
            None => self.lost += usize::from(needs),
        }
    }
}

/// Each row of the truth with the goal that holds most of its cells.
fn paired(rows: &[Vec<String>], goals: &[BTreeSet<(String, String)>]) -> Vec<(usize, usize)> {
    let mut free: BTreeSet<usize> = (0..goals.len()).collect();
    let mut pairs = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let hits = |goal: usize| {
            let has = |cell: &&String| {
                cell.chars().count() > 2 && goals[goal].iter().any(|(_, text)| text == *cell)
            };
            row.iter().filter(has).count()
        };
        let best = free
            .iter()
            .copied()
            .max_by_key(|&goal| (hits(goal), goal == at));
        if let Some(goal) = best.filter(|&goal| hits(goal) > 0) {
            free.remove(&goal);
            pairs.push((at, goal));
        }
    }
    pairs
}

/// Whether a label's value stands where it should: in its field, or in a remark where that is allowed.
fn is_right(label: &Value, truth: &Value, documents: &[Value]) -> bool {
    let value = key(label["value"].as_str().unwrap_or_default());
    let in_field = |field: &str, document: &Value| match field {
        "fiscal_year" => document["fiscal_year"]["year"] == truth["fiscal_year"],
        "extra" => document["remarks"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|remark| raw(remark).contains(&value)),
        field => {
            let found = raw(&document[field]);
            found.chars().count() > 1 && value.contains(&found)
        }
    };
    let fields = allowed(label);
    documents
        .iter()
        .any(|document| fields.iter().any(|field| in_field(field, document)))
}

/// Forms of invented towns, schools, hospitals, fire brigades and agencies, written before the program had seen one of
/// them: tables of one to three storeys, cards, and goals side by side.
#[test]
fn forms_of_other_towns_are_read() {
    let forms = files(&fixtures("other_towns"), &["json"]);
    assert!(forms.len() >= 20, "only {} forms", forms.len());
    let score = Score::without(&[], &fixtures("other_towns"), &["xlsx", "pdf"]);
    println!("{score:#?}");
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    assert!(
        score.refused.is_empty() && score.spurious == 0,
        "{score:#?}"
    );
    assert_eq!(score.goals_found, score.goals, "{score:#?}");
    assert!(share(score.right, score.needed) >= 0.85, "{score:#?}");
    assert!(score.wrong.len() <= 4, "{score:#?}");
    assert!(
        share(score.labels_right, score.labels) >= 0.85,
        "{score:#?}"
    );
}

/// Without any kind of evidence fewer columns are right or more are wrong: what is worth nothing has no place.
#[test]
#[ignore = "reads every form nine times: for whoever weighs the evidence, with --nocapture"]
fn each_kind_of_evidence_has_its_worth() {
    let forms = shared().map(|shared| shared.join("acceptance/forms"));
    let folders: Vec<PathBuf> = std::iter::once(fixtures("other_towns"))
        .chain(forms)
        .collect();
    let of = |kinds: &[EvidenceKind]| -> Vec<Score> {
        let scores = folders
            .iter()
            .map(|folder| Score::without(kinds, folder, &["xlsx", "pdf"]));
        scores.collect()
    };
    let lines = |scores: &[Score]| {
        scores
            .iter()
            .map(Score::line)
            .collect::<Vec<_>>()
            .join(" | ")
    };
    let count = |scores: &[Score]| -> (usize, usize) {
        scores.iter().fold((0, 0), |sum, score| {
            (sum.0 + score.right, sum.1 + score.wrong.len())
        })
    };
    let all = of(&[]);
    println!("all: {}", lines(&all));
    let mut idle = Vec::new();
    for kind in EvidenceKind::ALL {
        let without = of(&[kind]);
        println!("without {kind:?}: {}", lines(&without));
        let (right, wrong) = count(&without);
        if right >= count(&all).0 && wrong <= count(&all).1 {
            idle.push(kind);
        }
    }
    assert!(idle.is_empty(), "worth nothing: {idle:?}");
}
