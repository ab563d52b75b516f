//! What a person has to do after a batch -> a list to work through: one row for each cause, with a link to its first place.

use super::Table;
use super::list::{self, Heading, Line};
use crate::message::Language;

/// A cause, in the words of people.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// How grave it is.
    pub gravity: String,
    /// The file; for a cause of several the first, and how many others.
    pub file: String,
    /// The first places, and how many others.
    pub places: String,
    /// How many notes it stands for.
    pub count: usize,
    /// The goal at its first place.
    pub goal: String,
    /// The column at its first place.
    pub column: String,
    /// What was found.
    pub found: String,
    /// What to do.
    pub to_do: String,
    /// The words that it is about.
    pub text: String,
    /// Where a click on the place, or the file where no place is known, leads.
    pub link: Option<String>,
}

const COLUMNS: [Heading; 10] = [
    ("重さ", "Gravity", 6.0),
    ("ファイル", "File", 30.0),
    ("場所", "Places", 20.0),
    ("件数", "Count", 6.0),
    ("目標", "Goal", 16.0),
    ("欄", "Column", 11.0),
    ("見つかったこと", "What was found", 36.0),
    ("すること", "What to do", 34.0),
    ("その文字", "Text", 16.0),
    ("済", "Done", 5.0),
];

/// The list; the last column is for a person's ticks. `left_out`: causes beyond what it holds.
pub fn table(entries: Vec<Entry>, left_out: usize, language: Language) -> Table {
    let (title, rest) = match language {
        Language::Japanese => (
            "取り込みの確認",
            format!("ほかに{left_out}件あります（import-notes.csv にすべてあります）"),
        ),
        Language::English => (
            "What to look at after the import",
            format!("{left_out} more; import-notes.csv has all of them"),
        ),
    };
    let rest = (left_out > 0).then(|| Entry {
        found: rest,
        ..Entry::default()
    });
    let lines = entries.into_iter().chain(rest).map(line);
    list::table(title.to_owned(), &COLUMNS, 2, lines, language)
}

fn line(entry: Entry) -> Line {
    let at = if entry.places.is_empty() { 1 } else { 2 };
    let count = match entry.count {
        0 => String::new(),
        count => count.to_string(),
    };
    Line {
        link: entry.link.map(|link| (at, link)),
        cells: vec![
            entry.gravity,
            entry.file,
            entry.places,
            count,
            entry.goal,
            entry.column,
            entry.found,
            entry.to_do,
            entry.text,
            String::new(),
        ],
    }
}
