//! How a printed form looks: the `[print]` part of a layout, as types.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Field;

/// A printed form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The paper.
    #[serde(default)]
    pub paper: Paper,
    /// Which edge is up.
    #[serde(default)]
    pub orientation: Orientation,
    /// The title where the document has none; `{fiscal_year}` and `{organization}` are filled in.
    pub title: String,
    /// Rows of label–value cells between the title and the table.
    #[serde(default, rename = "head")]
    pub heads: Vec<HeadRow>,
    /// What values are called that have no cell of their own; those of the layout's labels.
    #[serde(skip)]
    pub labels: Vec<(HeadValue, String)>,
    /// The words of the layout's latest scale.
    #[serde(skip)]
    pub grades: Vec<String>,
    /// The table's columns, left to right; a notice has none. Without any, a goal sheet's own stand there.
    #[serde(default, rename = "column")]
    pub columns: Vec<FormColumn>,
}

/// Paper sizes (JIS, ISO 216).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 297 × 420 mm.
    A3,
}

/// Which edge of the paper is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// The long one.
    #[default]
    Landscape,
    /// The short one.
    Portrait,
}

/// A row of label–value cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadRow {
    /// Its cells, left to right.
    pub cells: Vec<HeadCell>,
}

/// A cell of such a row: a label, a value, or both in one (`職名　政策経営部長`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadCell {
    /// The label's words.
    #[serde(default)]
    pub label: Option<String>,
    /// The value.
    #[serde(default)]
    pub value: Option<HeadValue>,
    /// How many of the table's columns it spans.
    pub columns: u32,
}

/// The values that stand above the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeadValue {
    /// 年度.
    FiscalYear,
    /// 部課名.
    Organization,
    /// 作成日.
    PreparedOn,
    /// 職名.
    Post,
    /// 氏名.
    Person,
    /// 課の使命.
    Mission,
}

/// A column of the printed table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormColumn {
    /// What its cells hold.
    pub field: Field,
    /// Its heading, `\n` for a line break.
    pub heading: String,
    /// The heading above it; neighbours with the same one share a cell.
    #[serde(default)]
    pub parent: Option<String>,
    /// Width in half-width characters of the form's font.
    pub width: f64,
    /// How its text is set.
    #[serde(default)]
    pub align: Align,
    /// Which way its text runs.
    #[serde(default)]
    pub direction: Direction,
    /// The words that its cells offer as a list; where none are given, those of the layout's scale.
    #[serde(default)]
    pub choices: Vec<String>,
}

impl FormColumn {
    /// Offers grades where they are entered and no other words are offered.
    pub(crate) fn offer(&mut self, grades: &[String]) {
        let is_grade = matches!(self.field, Field::Achievement | Field::MidtermProgress);
        if is_grade && self.choices.is_empty() {
            self.choices = grades.to_vec();
        }
    }
}

/// How text is set in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Flush left.
    #[default]
    Left,
    /// Centred.
    Center,
    /// Flush right.
    Right,
}

/// Which way text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Left to right.
    #[default]
    Horizontal,
    /// Top to bottom (縦書き).
    Vertical,
}
