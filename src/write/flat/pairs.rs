//! A comparison -> flat rows: one for each pair and field, with the values of both years as they were read.

use super::{Column, Flag, Kind, Value, column};
use crate::compare::comparison::{Comparison, Direction, FieldDiff, GoalRef, Pair, Side};
use crate::compare::{Change, comparison};
use crate::document::value::Sourced;
use crate::document::{Document, Field, Goal, GoalSheet, Import};

/// The columns, left to right.
pub const COLUMNS: &[Column<'static>] = &[
    column("pair", Kind::Integer),
    column("change", Kind::Text),
    column("score", Kind::Number),
    column("evidence", Kind::Text),
    column("renumbered", Kind::Flag),
    column("moved", Kind::Flag),
    column("old_fiscal_year", Kind::Integer),
    column("new_fiscal_year", Kind::Integer),
    column("old_department", Kind::Text),
    column("new_department", Kind::Text),
    column("old_sections", Kind::Text),
    column("new_sections", Kind::Text),
    column("old_number", Kind::Text),
    column("new_number", Kind::Text),
    column("old_item", Kind::Text),
    column("new_item", Kind::Text),
    column("field", Kind::Text),
    column("field_change", Kind::Text),
    column("old_raw", Kind::Text),
    column("new_raw", Kind::Text),
    column("old_text", Kind::Text),
    column("new_text", Kind::Text),
    column("quantities", Kind::Integer),
    column("old_quantity", Kind::Text),
    column("new_quantity", Kind::Text),
    column("difference", Kind::Number),
    column("unit", Kind::Text),
    column("direction", Kind::Text),
    column("old_source", Kind::Text),
    column("new_source", Kind::Text),
    column("old_place", Kind::Text),
    column("new_place", Kind::Text),
];

/// The rows of a comparison of these imports; each has a cell for each of [`COLUMNS`].
pub fn rows(comparison: &Comparison, old: &[Import], new: &[Import]) -> Vec<Vec<Value>> {
    let sides = [
        Sheets::of(old, &comparison.old),
        Sheets::of(new, &comparison.new),
    ];
    let mut rows = Vec::new();
    for (at, pair) in comparison.pairs.iter().enumerate() {
        let head = head(at, pair, &sides);
        rows.extend(pair.fields.iter().map(|field| {
            let mut cells = head.clone();
            cells.extend(of_field(pair, field, &sides));
            cells
        }));
    }
    rows
}

/// The goal sheets of a side, by their documents.
struct Sheets<'a> {
    documents: Vec<(&'a str, &'a Document)>,
    year: Option<i32>,
}

impl<'a> Sheets<'a> {
    fn of(imports: &'a [Import], side: &Side) -> Self {
        let documents = imports.iter().flat_map(|import| {
            let file = import.source.file.as_str();
            import
                .documents
                .iter()
                .map(move |document| (file, document))
        });
        Self {
            documents: documents.collect(),
            year: side.fiscal_year().map(|year| year.year),
        }
    }

    fn sheet(&self, goal: &GoalRef) -> Option<(&'a str, &'a GoalSheet)> {
        match self.documents.get(goal.document)? {
            (file, Document::GoalSheet(sheet)) => Some((file, sheet)),
            (_, Document::Policy(_)) => None,
        }
    }

    fn goal(&self, goal: &GoalRef) -> Option<&'a Goal> {
        self.sheet(goal)?.1.goals.get(goal.goal)
    }

    /// The year of a goal's sheet, or of its side.
    fn year(&self, goals: &[GoalRef]) -> Option<i32> {
        let sheet = self.sheet(goals.first()?)?.1;
        let own = sheet.fiscal_year.as_ref().map(|year| year.year);
        own.or(self.year)
    }

    fn department(&self, goals: &[GoalRef]) -> Option<&'a str> {
        let organization = self.sheet(goals.first()?)?.1.organization.as_ref()?;
        organization.department.as_deref()
    }

    /// The files that goals stand in.
    fn sources(&self, goals: &[GoalRef]) -> String {
        listed(
            goals.iter().filter_map(|goal| Some(self.sheet(goal)?.0)),
            "\n",
        )
    }

    /// What goals have in a field, as it was read, and where.
    fn field(&self, goals: &[GoalRef], name: &str) -> (String, String) {
        let goals: Vec<&Goal> = goals.iter().filter_map(|goal| self.goal(goal)).collect();
        let known = Field::ALL.into_iter().find(|field| field.name() == name);
        let values: Vec<&dyn Sourced> = match known {
            Some(field) => goals.iter().flat_map(|goal| goal.in_field(field)).collect(),
            None => goals
                .iter()
                .flat_map(|goal| &goal.extra)
                .filter(|extra| format!("extra.{}", extra.name()) == name)
                .map(|extra| &extra.value as &dyn Sourced)
                .collect(),
        };
        let raw: Vec<&str> = values.iter().map(|value| value.raw()).collect();
        let mut places: Vec<String> = Vec::new();
        for place in values.iter().flat_map(|value| value.places()) {
            let place = place.to_string();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        (raw.join("\n"), places.join("; "))
    }
}

/// What all rows of a pair say.
fn head(at: usize, pair: &Pair, [old, new]: &[Sheets; 2]) -> Vec<Value> {
    let evidence = pair.evidence.iter();
    let evidence = evidence.map(|reason| format!("{} {}", named(&reason.kind), reason.score));
    let flag = |is: bool| Value::Flag(if is { Flag::Yes } else { Flag::No });
    let year = |year: Option<i32>| year.map_or(Value::Null, |year| Value::Integer(year.into()));
    let goals = |of: fn(&GoalRef) -> Option<String>, goals: &[GoalRef]| {
        words(&listed(goals.iter().filter_map(of), "、"))
    };
    let sections = |goal: &GoalRef| Some(goal.sections.join("、"));
    let alone = matches!(pair.change, Change::New | Change::Ended);
    vec![
        Value::Integer(at as i64 + 1),
        words(&named(&pair.change)),
        if alone {
            Value::Null
        } else {
            Value::Number(pair.score)
        },
        words(&evidence.collect::<Vec<_>>().join("; ")),
        flag(pair.renumbered),
        flag(pair.moved),
        year(old.year(&pair.old)),
        year(new.year(&pair.new)),
        words(old.department(&pair.old).unwrap_or_default()),
        words(new.department(&pair.new).unwrap_or_default()),
        goals(sections, &pair.old),
        goals(sections, &pair.new),
        goals(|goal| goal.number.clone(), &pair.old),
        goals(|goal| goal.number.clone(), &pair.new),
        goals(|goal| goal.item.clone(), &pair.old),
        goals(|goal| goal.item.clone(), &pair.new),
    ]
}

/// What a row says of its field. A difference stands there where there is one: of several quantities each is in the JSON.
fn of_field(pair: &Pair, field: &FieldDiff, [old, new]: &[Sheets; 2]) -> Vec<Value> {
    let (old_raw, old_place) = old.field(&pair.old, &field.field);
    let (new_raw, new_place) = new.field(&pair.new, &field.field);
    let only = match field.quantities.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let quantity = |of: fn(&comparison::QuantityDiff) -> &str| words(only.map_or("", of));
    let number = |number: Option<f64>| number.map_or(Value::Null, Value::Number);
    let unit = only.and_then(|quantity| quantity.unit.as_deref());
    let direction = only.map(|quantity| quantity.direction);
    vec![
        words(&field.field),
        words(&named(&field.change)),
        words(&old_raw),
        words(&new_raw),
        words(&field.old()),
        words(&field.new_text()),
        Value::Integer(field.quantities.len() as i64),
        quantity(|quantity| &quantity.old),
        quantity(|quantity| &quantity.new),
        number(only.and_then(|quantity| quantity.difference)),
        words(unit.unwrap_or_default()),
        words(
            &direction
                .map(|direction: Direction| named(&direction))
                .unwrap_or_default(),
        ),
        words(&old.sources(&pair.old)),
        words(&new.sources(&pair.new)),
        words(&old_place),
        words(&new_place),
    ]
}

/// A closed word as the JSON has it.
pub(super) fn named(word: &impl serde::Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

pub(super) fn words(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text.to_owned())
    }
}

/// Each once, in order.
fn listed<T: AsRef<str>>(all: impl Iterator<Item = T>, between: &str) -> String {
    let mut listed: Vec<T> = Vec::new();
    for one in all {
        if !one.as_ref().is_empty() && !listed.iter().any(|known| known.as_ref() == one.as_ref()) {
            listed.push(one);
        }
    }
    let listed: Vec<&str> = listed.iter().map(AsRef::as_ref).collect();
    listed.join(between)
}
