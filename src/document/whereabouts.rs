//! A place of the source -> the goal and the column that stand there, as people call them.

use serde::{Deserialize, Serialize};

use super::goal::{Goal, GoalSheet};
use super::{Document, Field};
use crate::place::Place;
use crate::text::squash;

/// What people call a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// The goal by its number and item; `None` where none stands.
    pub goal: Option<String>,
    /// The heading of the column, as the sheet has it.
    pub column: Option<String>,
}

impl Whereabouts {
    /// What stands at a place of these documents' source. A cell that several goals share is the first one's.
    pub fn of(place: &Place, documents: &[Document]) -> Self {
        let mut sheets = documents.iter().filter_map(|document| match document {
            Document::GoalSheet(sheet) => Some(sheet.as_ref()),
            Document::Policy(_) => None,
        });
        sheets
            .find_map(|sheet| Self::in_sheet(place, sheet))
            .unwrap_or_default()
    }

    fn in_sheet(place: &Place, sheet: &GoalSheet) -> Option<Self> {
        let holds = |own: &Place| own.holds(place);
        let mut columns = sheet.columns.iter();
        if let Some(column) = columns.find(|column| column.places.iter().any(holds)) {
            let heading = squash(&column.heading);
            return Some(Self {
                goal: None,
                column: Some(heading).filter(|heading| !heading.is_empty()),
            });
        }
        let goal = sheet.goals.iter().find(|goal| goal.stands_at(place))?;
        Some(Self {
            goal: Some(goal.name()).filter(|name| !name.is_empty()),
            column: column_at(place, goal, sheet),
        })
    }
}

/// The heading above a place of a goal: the sheet's own, else what the field is usually called.
fn column_at(place: &Place, goal: &Goal, sheet: &GoalSheet) -> Option<String> {
    let stands = |places: &[Place]| places.iter().any(|own| own.holds(place));
    let mut fields = Field::ALL.iter();
    let field = fields.find(|&&field| goal.of(field).iter().any(|value| stands(value.places())));
    if let Some(&field) = field {
        let heading = sheet.heading(field);
        Some(if heading.is_empty() {
            field.heading().to_owned()
        } else {
            heading
        })
    } else {
        let mut extra = goal.extra.iter();
        let extra = extra.find(|extra| stands(&extra.value.places));
        extra.map(super::goal::Extra::name)
    }
}

impl Goal {
    /// `3　窓口の待ち時間の短縮`: the number and the item's first words.
    pub fn name(&self) -> String {
        const LONGEST: usize = 24;
        let number = self.number.as_ref().map(|number| squash(&number.raw));
        let item = self.item.as_ref().map(|item| squash(&item.text));
        let item = item.map(|item| match item.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &item[..end]),
            None => item,
        });
        let parts: Vec<String> = [number, item].into_iter().flatten().collect();
        parts.join("　")
    }
}

impl GoalSheet {
    /// The heading of a field's column, in one line; empty where the sheet has none.
    pub fn heading(&self, field: Field) -> String {
        let mut columns = self.columns.iter();
        let column = columns.find(|column| column.field == Some(field));
        column
            .map(|column| squash(&column.heading))
            .unwrap_or_default()
    }
}
