//! What a check found -> a list to work through: one row for each finding, with a link to its cell.

use super::{Cell, Content, Ground, Look, Overlong, Position, Row, Rules, Table, head};
use crate::check::finding::Finding;
use crate::form::{Align, Orientation, Paper};
use crate::message::Language;

/// A finding and the file it is about.
#[derive(Debug, Clone)]
pub struct Listed<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Where a click on the place leads.
    pub link: Option<String>,
    /// What was found.
    pub finding: &'a Finding,
}

/// A column's headings and its width in half-width characters.
type Heading = (&'static str, &'static str, f64);

const COLUMNS: [Heading; 7] = [
    ("ファイル", "File", 22.0),
    ("場所", "Place", 18.0),
    ("目標", "Goal", 28.0),
    ("欄", "Column", 16.0),
    (
        "見つかったことと、すること",
        "What was found, and what to do",
        52.0,
    ),
    ("その文字", "Text", 26.0),
    ("確かめた", "Done", 10.0),
];

/// The list; the last column is for a person's ticks.
pub fn table(findings: &[Listed<'_>], language: Language) -> Table {
    let pick = |japanese: &str, english: &str| match language {
        Language::Japanese => japanese.to_owned(),
        Language::English => english.to_owned(),
    };
    let title = pick("提出前の確認", "Before it is handed in");
    let headings = COLUMNS.iter().enumerate().map(|(at, heading)| {
        let look = Look {
            align: Align::Center,
            position: Position::Middle,
            rules: Rules::Thin,
            ground: Ground::Shaded,
            ..Look::default()
        };
        Cell::new(at, Content::words(pick(heading.0, heading.1)), look)
    });
    let mut rows = vec![
        head::title_row(&title, COLUMNS.len()),
        Row::new(headings.collect()),
    ];
    rows.extend(findings.iter().map(|listed| row(listed, language)));
    Table {
        name: title,
        paper: Paper::A4,
        orientation: Orientation::Landscape,
        widths: COLUMNS.iter().map(|(.., width)| *width).collect(),
        rows,
        repeated: 1..2,
        frozen_columns: 2,
        filtered: true,
        entry: None,
    }
}

fn row(listed: &Listed<'_>, language: Language) -> Row {
    let finding = listed.finding;
    let place = finding.place.as_ref().map(ToString::to_string);
    let words = [
        listed.file.to_owned(),
        place.unwrap_or_default(),
        finding.goal.clone().unwrap_or_default(),
        finding.column.clone().unwrap_or_default(),
        finding.message.text(language).to_owned(),
        finding.text.clone().unwrap_or_default(),
        String::new(),
    ];
    let cells = words.into_iter().enumerate().map(|(at, words)| {
        let look = Look {
            position: Position::Middle,
            rules: Rules::Thin,
            ..Look::default()
        };
        let mut cell = Cell::new(at, Content::words(words), look);
        if at == 1 {
            cell.link.clone_from(&listed.link);
        }
        cell
    });
    Row {
        overlong: Overlong::Plain,
        ..Row::new(cells.collect())
    }
}
