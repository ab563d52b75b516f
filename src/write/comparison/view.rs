//! What a 新旧対照表 shows of a comparison, and in what order: the same in a workbook and on a page.

use super::words;
use crate::compare::Change;
use crate::compare::comparison::{FieldChange, FieldDiff, Pair};
use crate::document::Import;
use crate::document::goal::GoalSheet;
use crate::document::{Document, Field};
use crate::form::Paper;
use crate::message::Language;

/// What is shown, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The language of headings and remarks.
    pub language: Language,
    /// Which year stands left.
    pub order: Order,
    /// Which goals there are, and which of their fields.
    pub rows: Shown,
    /// How the two years stand.
    pub style: Style,
    /// The paper.
    pub paper: Paper,
    /// The fields in the order of the form, as the comparison names them; others follow.
    pub fields: Vec<String>,
}

/// Which year stands left: offices differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// 新 left, 旧 right.
    #[default]
    NewOld,
    /// 旧 left, 新 right.
    OldNew,
}

/// Which goals there are, and which of their fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// All.
    All,
    /// Those that changed; a line lists the others.
    #[default]
    Changes,
}

impl Shown {
    /// Whether a pair has rows of its own.
    pub fn has(self, pair: &Pair) -> bool {
        self == Self::All || !matches!(pair.change, Change::Unchanged | Change::Wording)
    }
}

/// How the two years stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Side by side (新旧対照).
    #[default]
    Sides,
    /// In one column: what went is struck through, what came is underlined (見え消し).
    Struck,
}

/// A row of a goal.
#[derive(Debug, Clone, PartialEq)]
pub enum Line<'a> {
    /// A field.
    Field(&'a FieldDiff),
    /// The names of the fields that did not change.
    LeftOut(String),
}

/// The rows of a goal, fields in the order of the form. Where only changes are shown, 実施項目 is there all the same, to know the
/// goal by. The number is not among them: it stands beside them.
pub fn lines<'a>(pair: &'a Pair, view: &View) -> Vec<Line<'a>> {
    let both = !pair.old.is_empty() && !pair.new.is_empty();
    let is_left_out = |field: &FieldDiff| {
        view.rows == Shown::Changes
            && both
            && pair.change != Change::Candidate
            && matches!(field.change, FieldChange::Unchanged | FieldChange::Wording)
            && field.field != Field::Item.name()
    };
    let mut fields: Vec<&FieldDiff> = pair
        .fields
        .iter()
        .filter(|field| field.field != Field::Number.name())
        .collect();
    let place = |field: &&FieldDiff| {
        let mut known = view.fields.iter();
        known
            .position(|name| *name == field.field)
            .unwrap_or(usize::MAX)
    };
    fields.sort_by_key(place);
    let (left_out, shown): (Vec<&FieldDiff>, Vec<&FieldDiff>) =
        fields.into_iter().partition(|field| is_left_out(field));
    let mut lines: Vec<Line<'a>> = shown.into_iter().map(Line::Field).collect();
    if !left_out.is_empty() {
        let names = left_out
            .iter()
            .map(|field| words::field(&field.field, view.language));
        let between = words::pick(view.language, "・", ", ");
        lines.push(Line::LeftOut(names.collect::<Vec<_>>().join(between)));
    }
    lines
}

/// The fields in the order of the sheets' columns, the first sheet's first.
pub fn fields_of<'a>(imports: impl IntoIterator<Item = &'a Import>) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    let documents = imports.into_iter().flat_map(|import| &import.documents);
    for document in documents {
        let Document::GoalSheet(sheet) = document else {
            continue;
        };
        for name in columns(sheet) {
            if !fields.contains(&name) {
                fields.push(name);
            }
        }
    }
    fields
}

fn columns(sheet: &GoalSheet) -> impl Iterator<Item = String> {
    sheet.columns.iter().map(|column| match column.field {
        Some(field) => field.name().to_owned(),
        None => format!("extra.{}", crate::text::squash(&column.heading)),
    })
}
