//! What each stage saw of a file, for people: as text, and as one self-contained page.

mod drawing;
mod evidence;
mod page;
mod table;
mod text;

use crate::document::reading::{ColumnReading, SheetReading};
use crate::document::{Document, Field, Import, Source};
use crate::error::Error;
use crate::ledger::Coverage;
use crate::message::Language;
use crate::note::Note;
use crate::place::Place;
use crate::sheet::{AsideClass, LineEnd, Reading};

pub use page::page;
pub use text::text;

/// What is shown of a file.
pub struct Inspected<'a> {
    /// The program and its version.
    pub program: &'a str,
    /// The file.
    pub source: &'a Source,
    /// Its sheets.
    pub reading: &'a Reading,
    /// What became of its characters before any layout.
    pub coverage: Coverage,
    /// For each sheet: layouts with their scores from 0 to 1, best first.
    pub scores: Vec<Vec<(String, f64)>>,
    /// What it means, or why that is not known.
    pub import: Result<&'a Import, &'a Error>,
    /// How the columns of each goal sheet were understood.
    pub readings: Vec<SheetReading>,
    /// The language that people are spoken to in.
    pub language: Language,
}

impl<'a> Inspected<'a> {
    fn pick(&self, japanese: &'a str, english: &'a str) -> &'a str {
        match self.language {
            Language::Japanese => japanese,
            Language::English => english,
        }
    }

    /// The notes of the furthest stage that was reached.
    fn notes(&self) -> &'a [Note] {
        self.import
            .map_or(&self.reading.notes, |import| &import.notes)
    }

    /// `1ページ` or `「組織目標」`.
    fn sheet_name(&self, at: usize) -> String {
        let sheet = self.reading.sheets.get(at);
        match (
            sheet.and_then(|sheet| sheet.name.as_deref()),
            sheet.and_then(|sheet| sheet.page),
        ) {
            (Some(name), _) => match self.language {
                Language::Japanese => format!("シート「{name}」"),
                Language::English => format!("Sheet “{name}”"),
            },
            (None, Some(page)) => match self.language {
                Language::Japanese => format!("{page}ページ"),
                Language::English => format!("Page {page}"),
            },
            _ => self.pick("文書", "Text").to_owned(),
        }
    }

    /// `実施項目`, or `extra`.
    fn field(field: Option<Field>) -> &'static str {
        field.map_or("extra", Field::heading)
    }

    /// What else a column may be: `もう一つの読み: どの水準まで（2.50点）、差 1.20点`.
    fn other(&self, column: &ColumnReading) -> Option<String> {
        let margin = column.margin?;
        let other = column.runner_up.as_ref()?;
        let (field, score) = (Self::field(other.field), other.score);
        Some(match self.language {
            Language::Japanese => format!("ほかの読み: {field}（{score:.2}点）、差 {margin:.2}点"),
            Language::English => format!("else: {field} ({score:.2} points), margin {margin:.2}"),
        })
    }

    /// Its points and evidence: `6.50点: 見出しの言葉「目標」 +3.00、…`.
    fn evidence(&self, column: &ColumnReading) -> Option<String> {
        let score = column.score?;
        let pieces = column
            .evidence
            .iter()
            .map(|reason| format!("{} {:+.2}", reason.text.text(self.language), reason.points));
        let pieces: Vec<String> = pieces.collect();
        Some(match self.language {
            Language::Japanese => format!("{score:.2}点: {}", pieces.join("、")),
            Language::English => format!("{score:.2} points: {}", pieces.join("; ")),
        })
    }

    /// The best layouts of a sheet: `kokubunji-seirihyo 0.97, generic 0.60`.
    fn best_layouts(&self, at: usize) -> String {
        const SHOWN: usize = 3;
        let scores = self.scores.get(at).map(Vec::as_slice).unwrap_or_default();
        let shown = scores
            .iter()
            .take(SHOWN)
            .map(|(name, score)| format!("{name} {score:.2}"));
        shown.collect::<Vec<_>>().join(", ")
    }

    /// Columns as they were understood: the heading, the field, where.
    fn columns(&self) -> Vec<(&'a str, &'static str, &'a [Place])> {
        let documents = self
            .import
            .map(|import| import.documents.as_slice())
            .unwrap_or_default();
        let sheets = documents.iter().filter_map(|document| match document {
            Document::GoalSheet(sheet) => Some(sheet),
            Document::Policy(_) => None,
        });
        let columns = sheets.flat_map(|sheet| &sheet.columns);
        let field = |column: &'a crate::document::goal::Column| {
            column.field.map_or("extra", |field| field.name())
        };
        columns
            .map(|column| {
                (
                    column.heading.as_str(),
                    field(column),
                    column.places.as_slice(),
                )
            })
            .collect()
    }

    /// Why text is set aside.
    fn aside(&self, class: AsideClass) -> &'a str {
        match class {
            AsideClass::Overprint => self.pick("重ね打ち", "overprint"),
            AsideClass::Hidden => self.pick("非表示", "hidden"),
            AsideClass::Markup => self.pick("書式の残り", "markup"),
            AsideClass::Furniture => self.pick("透かし", "watermark"),
        }
    }

    /// One line on the account of characters.
    fn account(&self) -> String {
        let c = &self.coverage;
        match self.language {
            Language::Japanese => format!(
                "文字 {}（表と行 {}、重ね打ち {}、非表示 {}、書式の残り {}、置けなかった文字 {}）",
                c.source, c.documents, c.overprint, c.hidden, c.markup, c.unplaced
            ),
            Language::English => format!(
                "{} characters (grids and lines {}, overprint {}, hidden {}, markup {}, unplaced {})",
                c.source, c.documents, c.overprint, c.hidden, c.markup, c.unplaced
            ),
        }
    }
}

/// The sign of a line's end: a break, a wrap, a cut.
fn end_sign(end: LineEnd) -> &'static str {
    match end {
        LineEnd::Break => "⏎",
        LineEnd::Wrap => "↩",
        LineEnd::Cut => "✂",
    }
}
