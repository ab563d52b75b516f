//! The tables, and the rows of one document in them.

use std::fmt::Write;
use std::ops::Range;

use rusqlite::types::Value as Sql;
use rusqlite::{Transaction, params, params_from_iter};

use crate::document::goal::GoalSheet;
use crate::document::policy::Section;
use crate::document::value::TextBlock;
use crate::document::{Import, Policy};
use crate::write::flat::{self, COLUMNS, Column, Flag, Kind, Value};

/// The statements that make an empty database.
pub(super) fn schema() -> String {
    format!(
        "
CREATE TABLE sources (
  sha256 TEXT PRIMARY KEY, file TEXT NOT NULL, format TEXT NOT NULL, bytes INTEGER NOT NULL,
  pages INTEGER NOT NULL, producer TEXT, program TEXT NOT NULL, duplicate_of TEXT
);
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources (sha256) ON DELETE CASCADE,
  position INTEGER NOT NULL, kind TEXT NOT NULL, mission TEXT, remarks TEXT,{documents},
  UNIQUE (source, position)
);
CREATE TABLE goals (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,{goals},
  UNIQUE (document, position)
);
CREATE TABLE goal_sections (
  goal INTEGER NOT NULL REFERENCES goals (id) ON DELETE CASCADE, name TEXT NOT NULL,
  PRIMARY KEY (goal, name)
);
CREATE TABLE indicators (
  id INTEGER PRIMARY KEY, goal INTEGER NOT NULL REFERENCES goals (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,{indicators},
  UNIQUE (goal, position)
);
CREATE TABLE sections (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number TEXT NOT NULL, parent TEXT, label TEXT, role TEXT NOT NULL, heading TEXT, text TEXT NOT NULL
);
CREATE TABLE notes (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources (sha256) ON DELETE CASCADE,
  code TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL, place TEXT, text TEXT
);
CREATE TABLE links (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, quote TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  goal INTEGER REFERENCES goals (id) ON DELETE CASCADE, section TEXT,
  to_document INTEGER REFERENCES documents (id) ON DELETE CASCADE, to_section TEXT
);
CREATE VIRTUAL TABLE search USING fts5 (
  text, document UNINDEXED, goal UNINDEXED, section UNINDEXED, field UNINDEXED, tokenize = 'trigram'
);
",
        documents = declared(of(flat::HEAD)),
        goals = declared(of(after_first(flat::GOAL))) + "," + &declared(of(flat::REVIEW)),
        indicators = declared(of(after_first(flat::INDICATOR))),
    )
}

/// Without the first column, which counts the rows: the tables have `position`.
fn after_first(range: Range<usize>) -> Range<usize> {
    range.start + 1..range.end
}

fn of(range: Range<usize>) -> &'static [Column<'static>] {
    COLUMNS.get(range).unwrap_or_default()
}

/// Columns as SQL declares them. Days are text as 2026-04-01, flags 0 and 1.
pub(super) fn declared(columns: &[Column]) -> String {
    let each = columns.iter().map(|column| {
        let kind = match column.kind {
            Kind::Text | Kind::Day => "TEXT",
            Kind::Integer | Kind::Flag => "INTEGER",
            Kind::Number => "REAL",
        };
        format!("\n  {} {kind}", column.name)
    });
    each.collect::<Vec<_>>().join(",")
}

pub(super) fn sql(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Text(text) => Sql::Text(text.clone()),
        Value::Integer(number) => Sql::Integer(*number),
        Value::Number(number) => Sql::Real(*number),
        Value::Flag(flag) => Sql::Integer(i64::from(*flag == Flag::Yes)),
        Value::Day(day) => Sql::Text(day.to_string()),
    }
}

/// Inserts named values; the new row's id is given back.
fn insert(
    transaction: &Transaction<'_>,
    table: &str,
    given: Vec<(&str, Sql)>,
) -> rusqlite::Result<i64> {
    let (columns, values): (Vec<&str>, Vec<Sql>) = given.into_iter().unzip();
    let mut marks = String::new();
    for at in 1..=values.len() {
        let _ = write!(marks, "{}?{at}", if at > 1 { ", " } else { "" });
    }
    let statement = format!(
        "INSERT INTO {table} ({}) VALUES ({marks})",
        columns.join(", ")
    );
    transaction
        .prepare(&statement)?
        .execute(params_from_iter(values))?;
    Ok(transaction.last_insert_rowid())
}

fn named(range: Range<usize>, cells: &[Value]) -> impl Iterator<Item = (&'static str, Sql)> {
    let values: Vec<Sql> = cells.iter().map(sql).collect();
    of(range).iter().map(|column| column.name).zip(values)
}

fn text(words: Option<&str>) -> Sql {
    words
        .filter(|words| !words.is_empty())
        .map_or(Sql::Null, |words| Sql::Text(words.to_owned()))
}

fn lines(texts: &[crate::document::value::Text]) -> String {
    let lines: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
    lines.join("\n")
}

/// Where indexed words stand.
struct At<'a> {
    document: i64,
    goal: Option<i64>,
    section: Option<&'a str>,
    field: &'a str,
}

fn index(transaction: &Transaction<'_>, words: Option<&str>, at: &At<'_>) -> rusqlite::Result<()> {
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        transaction
            .prepare("INSERT INTO search VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![words, at.document, at.goal, at.section, at.field])?;
    }
    Ok(())
}

/// A goal sheet with its goals and indicators.
pub(super) fn add_sheet(
    transaction: &Transaction<'_>,
    import: &Import,
    at: usize,
    sheet: &GoalSheet,
) -> rusqlite::Result<()> {
    let remarks = lines(&sheet.remarks);
    let mission = sheet.mission.as_ref().map(|mission| mission.text.as_str());
    let head = flat::sheet_head(sheet);
    let mut values = vec![
        ("source", Sql::Text(import.source.sha256.clone())),
        ("position", Sql::Integer(at as i64 + 1)),
        ("kind", Sql::Text("goal_sheet".to_owned())),
        ("mission", text(mission)),
        ("remarks", text(Some(&remarks))),
    ];
    values.extend(named(flat::HEAD, &head));
    let document = insert(transaction, "documents", values)?;
    for (field, words) in [("mission", mission), ("remarks", Some(remarks.as_str()))] {
        let at = At {
            document,
            goal: None,
            section: None,
            field,
        };
        index(transaction, words, &at)?;
    }
    for (position, goal) in sheet.goals.iter().enumerate() {
        let cells = flat::goal_cells(position, goal).split_off(1);
        let review = flat::review_cells(goal);
        let mut values = vec![
            ("document", Sql::Integer(document)),
            ("position", Sql::Integer(position as i64 + 1)),
        ];
        values.extend(named(after_first(flat::GOAL), &cells));
        values.extend(named(flat::REVIEW, &review));
        let id = insert(transaction, "goals", values)?;
        for name in goal.sections.iter().flat_map(|sections| &sections.names) {
            transaction
                .prepare("INSERT OR IGNORE INTO goal_sections VALUES (?1, ?2)")?
                .execute(params![id, name])?;
        }
        for numbered in goal.indicators.iter().enumerate() {
            let mut values = vec![
                ("goal", Sql::Integer(id)),
                ("position", Sql::Integer(numbered.0 as i64 + 1)),
            ];
            values.extend(named(
                after_first(flat::INDICATOR),
                &flat::indicator_cells(Some(numbered)).split_off(1),
            ));
            insert(transaction, "indicators", values)?;
        }
        index_goal(
            transaction,
            document,
            id,
            &[(after_first(flat::GOAL), &cells), (flat::REVIEW, &review)],
        )?;
        for indicator in &goal.indicators {
            let at = At {
                document,
                goal: Some(id),
                section: None,
                field: "indicator_name",
            };
            index(
                transaction,
                indicator.name.as_ref().map(|name| name.text.as_str()),
                &at,
            )?;
        }
    }
    Ok(())
}

/// The columns of words that a search looks at.
const SEARCHED: [&str; 9] = [
    "item",
    "level",
    "methods",
    "midterm_review",
    "midterm_plan",
    "year_end_summary",
    "year_end_viewpoint",
    "year_end_issues",
    "extra",
];

fn index_goal(
    transaction: &Transaction<'_>,
    document: i64,
    goal: i64,
    parts: &[(Range<usize>, &[Value])],
) -> rusqlite::Result<()> {
    for (range, cells) in parts {
        for (column, cell) in of(range.clone()).iter().zip(*cells) {
            if let (Value::Text(words), true) = (cell, SEARCHED.contains(&column.name)) {
                let at = At {
                    document,
                    goal: Some(goal),
                    section: None,
                    field: column.name,
                };
                index(transaction, Some(words), &at)?;
            }
        }
    }
    Ok(())
}

/// A notice with its sections and the titles that it quotes.
pub(super) fn add_policy(
    transaction: &Transaction<'_>,
    import: &Import,
    at: usize,
    policy: &Policy,
) -> rusqlite::Result<()> {
    let preamble = lines(&policy.preamble);
    let remarks = lines(&policy.remarks);
    let mut values = vec![
        ("source", Sql::Text(import.source.sha256.clone())),
        ("position", Sql::Integer(at as i64 + 1)),
        ("kind", Sql::Text("policy".to_owned())),
        ("mission", text(Some(&preamble))),
        ("remarks", text(Some(&remarks))),
    ];
    values.extend(named(flat::HEAD, &flat::policy_head(policy)));
    let document = insert(transaction, "documents", values)?;
    let place = |field| At {
        document,
        goal: None,
        section: None,
        field,
    };
    index(transaction, Some(&preamble), &place("preamble"))?;
    index(transaction, Some(&remarks), &place("remarks"))?;
    for section in &policy.sections {
        add_section(transaction, document, None, section)?;
    }
    for reference in &policy.references {
        transaction.execute(
            "INSERT INTO links (kind, quote, document, section) VALUES ('reference', ?1, ?2, ?3)",
            params![reference.quote, document, reference.section],
        )?;
    }
    Ok(())
}

fn add_section(
    transaction: &Transaction<'_>,
    document: i64,
    parent: Option<&str>,
    section: &Section,
) -> rusqlite::Result<()> {
    let blocks: Vec<String> = section.blocks.iter().map(TextBlock::marked).collect();
    let words = blocks.join("\n");
    let role = format!("{:?}", section.role).to_lowercase();
    transaction.execute(
        "INSERT INTO sections (document, number, parent, label, role, heading, text) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            document,
            section.id,
            parent,
            section.label.as_ref().map(|label| &label.raw),
            role,
            section.heading,
            words
        ],
    )?;
    let at = At {
        document,
        goal: None,
        section: Some(&section.id),
        field: "section",
    };
    index(transaction, section.heading.as_deref(), &at)?;
    index(transaction, Some(&words), &at)?;
    for child in &section.children {
        add_section(transaction, document, Some(&section.id), child)?;
    }
    Ok(())
}
