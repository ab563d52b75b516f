//! The columns of a printed goal sheet: the form's, those of the document's own, and 備考 for the rest.

use unicode_width::UnicodeWidthStr;

use super::{Extent, value};
use crate::document::goal::GoalSheet;
use crate::document::{Field, Goal};
use crate::form::{Align, Direction, Form, FormColumn};
use crate::text;
use crate::text::own_headings::{CARRIED_COLUMN, REMARKS_COLUMN};

/// A column of the printed table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Column {
    /// A field of the goals.
    Field(FormColumn),
    /// A column that no field claims, and the half-width characters of its longest line.
    Extra(ExtraColumn, usize),
    /// What the form has no column for.
    Overflow,
    /// The predecessors, where the form has no column for them: not shown.
    Carried(FormColumn),
}

/// Half-width characters of a column that no field claims: of one for marks (○ in a month) and of one for sentences, and
/// what is white beside the longest line.
const NARROWEST: usize = 5;
const WIDEST: usize = 16;
const PADDING: usize = 2;
/// Columns narrower than this hold marks, in their middle.
const CENTRED: f64 = 8.0;

/// A column by its headings, the `order`th of those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExtraColumn {
    heading: String,
    parents: Vec<String>,
    order: usize,
}

impl Column {
    /// The column of predecessors that is not shown.
    pub fn carried() -> Self {
        Self::Carried(FormColumn {
            field: Field::Predecessors,
            heading: CARRIED_COLUMN.to_owned(),
            parent: None,
            width: 12.0,
            align: Align::Center,
            direction: Direction::Horizontal,
            choices: Vec::new(),
        })
    }
    pub fn is_carried(&self) -> bool {
        matches!(self, Self::Carried(_))
    }
    pub fn heading(&self) -> &str {
        match self {
            Self::Field(column) | Self::Carried(column) => &column.heading,
            Self::Extra(column, _) => &column.heading,
            Self::Overflow => REMARKS_COLUMN,
        }
    }
    pub fn parent(&self) -> Option<&str> {
        match self {
            Self::Field(column) | Self::Carried(column) => column.parent.as_deref(),
            Self::Extra(column, _) => column.parents.last().map(String::as_str),
            Self::Overflow => None,
        }
    }
    /// Half-width characters.
    pub fn width(&self) -> f64 {
        match self {
            Self::Field(column) | Self::Carried(column) => column.width,
            Self::Extra(_, longest) => (longest + PADDING).clamp(NARROWEST, WIDEST) as f64,
            Self::Overflow => 30.0,
        }
    }
    pub fn align(&self) -> Align {
        match self {
            Self::Field(column) | Self::Carried(column) => column.align,
            Self::Extra(..) if self.width() < CENTRED => Align::Center,
            _ => Align::Left,
        }
    }
    pub fn direction(&self) -> Direction {
        match self {
            Self::Field(column) => column.direction,
            _ => Direction::Horizontal,
        }
    }
    pub fn is(&self, field: Field) -> bool {
        matches!(self, Self::Field(column) | Self::Carried(column) if column.field == field)
    }
}

/// The columns that a document needs in a form.
pub(super) fn columns(sheet: &GoalSheet, form: &Form, extent: Extent) -> Vec<Column> {
    let mut columns: Vec<Column> = form
        .columns
        .iter()
        .filter(|column| extent == Extent::Form || !is_foreign_group(sheet, column.field))
        .cloned()
        .map(Column::Field)
        .collect();
    columns.extend(extras(sheet));
    let has = |field: Field| columns.iter().any(|column| column.is(field));
    let lacking = Field::ALL.into_iter().filter(|&field| !has(field));
    if have_any(sheet, lacking) {
        columns.push(Column::Overflow);
    }
    columns
}

/// Whether a goal has anything that the form has no column for, its predecessors aside.
pub(super) fn overflows(sheet: &GoalSheet, form: &Form) -> bool {
    let has = |field: Field| form.columns.iter().any(|column| column.field == field);
    let lacking = Field::ALL
        .into_iter()
        .filter(|&field| field != Field::Predecessors && !has(field));
    have_any(sheet, lacking)
}

fn have_any(sheet: &GoalSheet, mut fields: impl Iterator<Item = Field>) -> bool {
    fields.any(|field| {
        let mut goals = sheet.goals.iter();
        goals.any(|goal| value::words(goal, field).is_some())
    })
}

/// Whether a field belongs to 中間確認 or 年度末確認 and the sheet has no column of that group: to print one
/// would say that it had.
fn is_foreign_group(sheet: &GoalSheet, field: Field) -> bool {
    let lacks = |has: fn(&Goal) -> bool| !sheet.goals.is_empty() && !sheet.goals.iter().any(has);
    match field {
        Field::MidtermProgress | Field::MidtermReview | Field::MidtermPlan => {
            lacks(|goal| goal.midterm.is_some())
        }
        Field::YearEndSummary | Field::YearEndViewpoint | Field::YearEndIssues => {
            lacks(|goal| goal.year_end.is_some())
        }
        _ => false,
    }
}

/// The columns that no field claims, in the order of the sheet's own columns; one heading may stand twice.
fn extras(sheet: &GoalSheet) -> Vec<Column> {
    let mut found: Vec<ExtraColumn> = Vec::new();
    for column in sheet.goals.iter().flat_map(numbered) {
        if !found.contains(&column) {
            found.push(column);
        }
    }
    let same = |a: &str, b: &str| text::same_squashed(a.chars(), b.chars());
    let rank = |found: &ExtraColumn| {
        sheet.columns.iter().position(|column| {
            let mut parents = column.parents.iter().zip(&found.parents);
            column.field.is_none()
                && column.parents.len() == found.parents.len()
                && same(&column.heading, &found.heading)
                && parents.all(|(a, b)| same(a, b))
        })
    };
    found.sort_by_key(|column| rank(column).unwrap_or(usize::MAX));
    let longest = |found: &ExtraColumn| {
        let values = sheet
            .goals
            .iter()
            .flat_map(|goal| numbered(goal).into_iter().zip(&goal.extra));
        let own = values
            .filter(|(column, _)| column == found)
            .map(|(_, extra)| &*extra.value.text);
        let lines = own.chain([&*found.heading]).flat_map(str::lines);
        lines.map(UnicodeWidthStr::width_cjk).max().unwrap_or(0)
    };
    let wide: Vec<usize> = found.iter().map(longest).collect();
    found
        .into_iter()
        .zip(wide)
        .map(|(column, longest)| Column::Extra(column, longest))
        .collect()
}

/// The columns of a goal's extra values, each with how many of the same headings stand before it.
pub(super) fn numbered(goal: &Goal) -> Vec<ExtraColumn> {
    let mut numbered: Vec<ExtraColumn> = Vec::new();
    for extra in &goal.extra {
        let is_same =
            |known: &&ExtraColumn| known.heading == extra.heading && known.parents == extra.parents;
        numbered.push(ExtraColumn {
            order: numbered.iter().filter(is_same).count(),
            heading: extra.heading.clone(),
            parents: extra.parents.clone(),
        });
    }
    numbered
}
