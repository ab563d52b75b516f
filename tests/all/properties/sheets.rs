//! Any table that a person might write, as the plain text that `fuzz/laws/table.rs` reads.

use proptest::prelude::*;
use seirihyo::document::Import;
use seirihyo::layout::{self, ImportOptions, Layouts};
use seirihyo::pipeline;
use seirihyo::sheet::Reading;

use crate::laws::any_bytes::table::reading_of;

/// The headings of a goal sheet in their order.
pub const HEADINGS: [&str; 8] = [
    "番号",
    "実施項目",
    "計画・方針等の分類",
    "どの水準まで",
    "どのような方法で",
    "いつまで",
    "共通/課名",
    "達成状況",
];

/// A table: which of the headings it has, headings that nobody knows, its rows, and what stands around it.
pub fn any_table() -> impl Strategy<Value = String> {
    let heading = prop_oneof![
        12 => Just(Heading::Known),
        1 => Just(Heading::Unknown),
        1 => Just(Heading::Missing),
        1 => Just(Heading::Empty),
    ];
    let columns = proptest::collection::vec(heading, HEADINGS.len());
    let row = proptest::collection::vec(cell(), HEADINGS.len() + 1);
    let rows = proptest::collection::vec(row, 1..7);
    let around = (
        "%?(|x\n|x\nx\n|令和8年度組織目標展開整理表\n)",
        "(\n|\n\u{c}|\nx\n)",
        "(|x\n|x\nx)",
    );
    (columns, rows, around).prop_map(|(columns, rows, (above, between, below))| {
        let rows = written(&columns, &rows);
        let (first, second) = rows.split_at(rows.len() / 2 + 1);
        let (first, second) = (first.join("\n"), second.join("\n"));
        unique(&format!("{above}{first}{between}{second}\n{below}"))
    })
}

/// What stands at the head of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Heading {
    Known,
    Unknown,
    /// There is no such column.
    Missing,
    Empty,
}

/// The rows of the table, that of the headings first; the last column has no heading.
fn written(columns: &[Heading], rows: &[Vec<String>]) -> Vec<String> {
    let heading = |(column, word): (&Heading, &&str)| match column {
        Heading::Known => (*word).to_owned(),
        Heading::Unknown => "x".to_owned(),
        Heading::Missing | Heading::Empty => String::new(),
    };
    let head: Vec<String> = columns.iter().zip(&HEADINGS).map(heading).collect();
    let line = |cells: &Vec<String>| {
        let there = cells.iter().enumerate();
        let kept = there.filter(|(at, _)| columns.get(*at) != Some(&Heading::Missing));
        kept.map(|(_, cell)| cell.as_str())
            .collect::<Vec<_>>()
            .join("\t")
    };
    [head].iter().chain(rows).map(line).collect()
}

/// A cell: empty, merged with its neighbour, a number, a day, or words; each `x` becomes a character of its own.
fn cell() -> impl Strategy<Value = String> {
    let words = "(・|①|②|（1）|)(x{1,6}|x{2,9}。|x、x)(|¶・x{1,5}|↵x{1,5}|¶x{2}：x|¶①x)";
    prop_oneof![
        6 => words,
        1 => Just(String::new()),
        1 => Just("←".to_owned()),
        1 => Just("↑".to_owned()),
        1 => "[1-9]",
        1 => Just("年度末".to_owned()),
        1 => "x{2}課",
        1 => "x[1-9]0%以上",
    ]
}

/// The same text with each `x` a character that stands nowhere else.
fn unique(text: &str) -> String {
    let mut next = FIRST..=LAST;
    let mut other = || next.next().unwrap_or('x');
    text.chars()
        .map(|c| if c == 'x' { other() } else { c })
        .collect()
}

/// Kanji that stand in no heading, mark or word of the program: those of the first extension block.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{4dbf}';

/// Whether a character is one of those that stand only once.
pub fn is_unique(c: char) -> bool {
    (FIRST..=LAST).contains(&c)
}

/// What the table means, if it is a sheet of goals.
pub fn import(table: &str) -> Option<(Reading, Import)> {
    let reading = reading_of(table);
    let source = pipeline::source("input", table.as_bytes(), &reading);
    let import = layout::import(
        reading.clone(),
        source,
        &Layouts::default(),
        &ImportOptions::default(),
    );
    import.ok().map(|import| (reading, import))
}
