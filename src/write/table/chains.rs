//! Goals through the years -> a table: a row a goal, a column a year with its number and what was achieved.

use super::head::title_row;
use super::{Cell, Content, Look, Row, Rules, Table};
use crate::compare::Change;
use crate::compare::chains::{Chain, Link};
use crate::compare::comparison::Side;
use crate::document::{Document, Import, by_year};
use crate::form::{Align, Orientation, Paper};
use crate::message::Language;
use crate::write::comparison::words::{self, pick};
use crate::write::flat::chains::{achievement, goal};

/// Half-width characters of a year's column, and of those of number, title and units.
const YEAR: f64 = 16.0;
const HEAD: [f64; 3] = [5.0, 34.0, 18.0];
/// More years than this go on the larger paper.
const YEARS_ON_A4: usize = 5;

impl Table {
    /// The chains of the years of these sides and their imports.
    pub fn from_chains(
        chains: &[Chain],
        sides: &[&Side],
        imports: &[Vec<Import>],
        language: Language,
    ) -> Self {
        let documents = by_year(imports);
        let columns = HEAD.len() + sides.len();
        let title = pick(language, "組織目標の推移", "Goals through the years");
        let mut rows = vec![title_row(title, columns), heading(sides, language)];
        rows.extend(chains.iter().enumerate().map(|(at, chain)| {
            let last = chain.last();
            let item = last.and_then(|goal| goal.item.clone()).unwrap_or_default();
            let mut texts = vec![
                (at + 1).to_string(),
                item,
                words::sections(last.map_or(&[][..], std::slice::from_ref)),
            ];
            let years = chain.years.iter().zip(&documents);
            texts.extend(years.map(|(link, documents)| match link {
                Some(link) => of_year(link, documents, language),
                None => "―".to_owned(),
            }));
            row(texts)
        }));
        Self {
            filtered: true,
            entry: None,
            name: pick(language, "推移", "Years").to_owned(),
            paper: if sides.len() > YEARS_ON_A4 {
                Paper::A3
            } else {
                Paper::A4
            },
            orientation: Orientation::Landscape,
            widths: HEAD.into_iter().chain(vec![YEAR; sides.len()]).collect(),
            rows,
            repeated: 1..2,
            frozen_columns: 2,
        }
    }
}

/// 3　達成した, and what became of it where that is more than going on: 統合（旧2・5）.
pub fn of_year(link: &Link, documents: &[&Document], language: Language) -> String {
    let number = link.goal.number.clone().unwrap_or_default();
    let grade = goal(documents, &link.goal).and_then(|goal| goal.achievement.as_ref());
    let grade = grade.map(achievement).unwrap_or_default();
    let mut lines = vec![[number, grade].join("　").trim().to_owned()];
    lines.extend(
        link.change
            .filter(|change| *change != Change::Unchanged)
            .map(|change| {
                let name = words::change(change, language);
                if link.besides.is_empty() {
                    name.to_owned()
                } else {
                    let old = pick(language, "旧", "old ");
                    format!("{name}（{old}{}）", words::numbers(&link.besides))
                }
            }),
    );
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn heading(sides: &[&Side], language: Language) -> Row {
    let names = [
        pick(language, "No.", "No."),
        pick(language, "実施項目", "Item"),
        pick(language, "課名", "Section"),
    ];
    let years = sides.iter().map(|side| words::year(side, language));
    let names = names.into_iter().map(str::to_owned).chain(years);
    let look = Look::heading();
    let cell =
        |(column, name): (usize, String)| Cell::new(column, Content::words(name), look.clone());
    Row::new(names.enumerate().map(cell).collect())
}

fn row(texts: Vec<String>) -> Row {
    let cell = |(column, text): (usize, String)| {
        let look = Look {
            rules: Rules::Thin,
            align: if column == 0 {
                Align::Center
            } else {
                Align::Left
            },
            ..Look::default()
        };
        Cell::new(column, Content::words(text), look)
    };
    Row::new(texts.into_iter().enumerate().map(cell).collect())
}
