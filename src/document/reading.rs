//! How the columns or labels of a sheet were understood: what each is, by how much, why, and what else it may be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Field;
use crate::message::{Language, Message};
use crate::place::Place;

/// How a sheet of goals was understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetReading {
    /// The layout's name; `generic` for a sheet that none knows.
    pub layout: String,
    /// How its goals stand: `table` or `cards`.
    pub arrangement: String,
    /// Where its headings begin.
    pub place: Option<Place>,
    /// Its columns or labels, in order.
    pub columns: Vec<ColumnReading>,
}

/// How a column or label was understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnReading {
    /// Its heading as printed; empty: unheaded.
    pub heading: String,
    /// The headings above it, outermost first.
    pub parents: Vec<String>,
    /// The field that its cells are read as; `null`: `extra`.
    pub field: Option<Field>,
    /// Whether one reading was not clearly better than the other, so that it is in `extra`.
    pub doubtful: bool,
    /// Points for the reading, or for the better of two in doubt; `null` where a layout file says what it is.
    pub score: Option<f64>,
    /// By how many points the whole sheet reads better so than with this column read otherwise.
    pub margin: Option<f64>,
    /// What it is in the best reading of the sheet; the same as `field` but where that is doubtful.
    pub best: Option<Field>,
    /// What else it may be.
    pub runner_up: Option<OtherReading>,
    /// What speaks for and against the reading, most points first.
    pub evidence: Vec<Reason>,
    /// Where its heading stands.
    pub place: Option<Place>,
}

/// Another reading of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherReading {
    /// The field; `null`: `extra`.
    pub field: Option<Field>,
    /// Its points.
    pub score: f64,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Points, against the reading if negative.
    pub points: f64,
    /// What was seen, for people.
    #[schemars(with = "String")]
    pub text: Message,
}

impl SheetReading {
    /// Chooses the language of its reasons.
    pub fn in_language(&mut self, language: Language) {
        for reason in self
            .columns
            .iter_mut()
            .flat_map(|column| &mut column.evidence)
        {
            reason.text.in_language(language);
        }
    }
}
