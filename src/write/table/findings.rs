//! What a check found -> a list to work through: one row for each finding, with a link to its cell.

use super::Table;
use super::list::{self, Heading, Line};
use crate::check::finding::Finding;
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
    let title = match language {
        Language::Japanese => "提出前の確認",
        Language::English => "Before it is handed in",
    };
    let lines = findings.iter().map(|listed| line(listed, language));
    list::table(title.to_owned(), &COLUMNS, 2, lines, language)
}

fn line(listed: &Listed<'_>, language: Language) -> Line {
    let finding = listed.finding;
    let place = finding.place.as_ref().map(ToString::to_string);
    Line {
        cells: vec![
            listed.file.to_owned(),
            place.unwrap_or_default(),
            finding.goal.clone().unwrap_or_default(),
            finding.column.clone().unwrap_or_default(),
            finding.message.text(language).to_owned(),
            finding.text.clone().unwrap_or_default(),
            String::new(),
        ],
        link: listed.link.clone().map(|link| (1, link)),
    }
}
