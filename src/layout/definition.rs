//! What a layout file may say: one family of sheets, as data. Words are compared after `text::key`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Field;
use crate::document::policy::LabelStyle;
use crate::document::value::{GradeGroup, Municipality};
use crate::error::Error;
use crate::form::{Form, HeadValue, Orientation, Paper};
use crate::toml_file;

/// A layout file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The name that documents carry: lower-case letters, digits and hyphens.
    pub name: String,
    /// What kind of document it describes.
    pub kind: Kind,
    /// One line for `layouts list`.
    pub description: Description,
    /// Words one of which the title contains. Empty: the title decides nothing.
    #[serde(default)]
    pub title: Vec<String>,
    /// How goals stand on the sheet.
    #[serde(default)]
    pub arrangement: Arrangement,
    /// Where the fiscal year stands.
    #[serde(default)]
    pub fiscal_year: FiscalYearFrom,
    /// Where the organization stands.
    #[serde(default)]
    pub organization: OrganizationFrom,
    /// Label–value cells outside the table.
    #[serde(default, rename = "label")]
    pub labels: Vec<LabelDefinition>,
    /// The table's columns, left to right (of cards: the fields of a card).
    #[serde(default, rename = "column")]
    pub columns: Vec<ColumnDefinition>,
    /// The words of its grades: a scale for each stretch of years, and for each municipality where several
    /// use the form. Latest last.
    #[serde(default, rename = "scale")]
    pub scales: Vec<Scale>,
    /// How a notice is numbered; policies only.
    #[serde(default)]
    pub outline: Option<Outline>,
    /// How the printed form looks.
    #[serde(default)]
    pub print: Option<Form>,
}

impl Layout {
    /// Whether it describes sheets with a table of goals.
    pub fn is_table(&self) -> bool {
        self.kind == Kind::GoalSheet && self.arrangement == Arrangement::Table
    }

    /// Whether it says nothing of what stands around its goals: that is read as on any town's sheet.
    pub fn leaves_head_open(&self) -> bool {
        self.kind == Kind::GoalSheet && self.title.is_empty() && self.labels.is_empty()
    }

    /// The scale of a municipality's grades in a fiscal year; what is not known of the two decides nothing.
    pub fn scale(
        &self,
        municipality: Option<&Municipality>,
        fiscal_year: Option<i32>,
    ) -> Option<&Scale> {
        let code = municipality.and_then(|known| known.code.as_deref());
        self.scales
            .iter()
            .rev()
            .find(|scale| scale.holds_for(code, fiscal_year))
    }

    /// The printed form; its columns of grades offer the words of the layout's latest scale. Goal sheets without
    /// one are printed in their own columns, with the layout's labels and grades; notices have `None`.
    pub fn form(&self) -> Option<Form> {
        let mut form = match (&self.print, self.kind) {
            (Some(form), _) => form.clone(),
            (None, Kind::GoalSheet) => self.bare_form(),
            (None, Kind::Policy) => return None,
        };
        form.labels = self.labels.iter().filter_map(printed_label).collect();
        let scale = self.scales.last();
        form.grades = scale
            .iter()
            .flat_map(|scale| &scale.grades)
            .map(|grade| grade.word.clone())
            .collect();
        for column in &mut form.columns {
            column.offer(&form.grades);
        }
        Some(form)
    }

    /// A form without columns.
    fn bare_form(&self) -> Form {
        let title = self.title.first().map_or("組織目標", String::as_str);
        Form {
            paper: Paper::default(),
            orientation: Orientation::default(),
            title: format!("{{fiscal_year}} {title}"),
            heads: Vec::new(),
            labels: Vec::new(),
            grades: Vec::new(),
            columns: Vec::new(),
        }
    }
}

/// A label in its first words, if it is one that a form prints.
fn printed_label(label: &LabelDefinition) -> Option<(HeadValue, String)> {
    let value = match label.field {
        HeaderField::FiscalYear => HeadValue::FiscalYear,
        HeaderField::Organization => HeadValue::Organization,
        HeaderField::PreparedOn => HeadValue::PreparedOn,
        HeaderField::Post => HeadValue::Post,
        HeaderField::Person => HeadValue::Person,
        HeaderField::Mission => HeadValue::Mission,
        HeaderField::Title | HeaderField::Municipality => return None,
    };
    Some((value, label.words.first()?.clone()))
}

/// The kinds of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A sheet of goals.
    GoalSheet,
    /// A numbered notice.
    Policy,
}

/// A description in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// How goals stand on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// A table: headings above, a row for each goal.
    #[default]
    Table,
    /// Cards: each goal a block of labels with their values beside or below.
    Cards,
}

/// Where the fiscal year stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FiscalYearFrom {
    /// In the title.
    #[default]
    Title,
    /// In the value of the label `fiscal_year`.
    Label,
    /// Nowhere on the sheet.
    Nowhere,
}

/// Where the organization stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationFrom {
    /// In the post: 政策経営部長 heads 政策経営部.
    Post,
    /// In the value of the label `organization`.
    #[default]
    Label,
    /// Nowhere on the sheet.
    Nowhere,
}

/// A label with its value beside or below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelDefinition {
    /// What the value is.
    pub field: HeaderField,
    /// The label's words.
    pub words: Vec<String>,
}

/// What stands outside the table.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum HeaderField {
    /// The title.
    Title,
    /// 年度.
    FiscalYear,
    /// 市町村名.
    Municipality,
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

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnDefinition {
    /// The field that its cells are. Without one they are in `extra`, and that is no cause for a note.
    #[serde(default)]
    pub field: Option<Field>,
    /// The heading's words, each spelling; a bracketed gloss after them is left out.
    pub headings: Vec<String>,
    /// The words of the heading above it. Where it is given, it helps to tell columns of the same
    /// heading apart. On cards: words that head several labels or a line of values, and are no value.
    #[serde(default)]
    pub parents: Vec<String>,
    /// Whether a sheet without it is another layout's.
    #[serde(default)]
    pub required: bool,
    /// Whether sheets of this layout often lack it: its absence does not lower the score.
    #[serde(default)]
    pub optional: bool,
    /// Whether the column may stand without a heading, right after the column before it.
    #[serde(default)]
    pub may_be_unheaded: bool,
}

/// The words of a scale of grades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The name that grades carry.
    pub name: String,
    /// The code of the municipality whose scale it is, six digits. A sheet that is known to be another's has no grade of it.
    #[serde(default)]
    pub municipality: Option<String>,
    /// The first fiscal year in which it holds: the calendar year of its April. Where years are given, a sheet of an
    /// unknown year has no grade of it.
    #[serde(default)]
    pub from: Option<i32>,
    /// The last one.
    #[serde(default)]
    pub to: Option<i32>,
    /// Its words, best first.
    #[serde(rename = "grade")]
    pub grades: Vec<GradeWord>,
}

impl Scale {
    fn holds_for(&self, code: Option<&str>, fiscal_year: Option<i32>) -> bool {
        let own = match (self.municipality.as_deref(), code) {
            (Some(own), Some(code)) => own == code,
            _ => true,
        };
        let since = |from| fiscal_year.is_some_and(|year| year >= from);
        let until = |to| fiscal_year.is_some_and(|year| year <= to);
        own && self.from.is_none_or(since) && self.to.is_none_or(until)
    }
}

/// A word of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GradeWord {
    /// As the municipality writes it.
    pub word: String,
    /// What it means.
    pub group: GradeGroup,
}

/// How a notice is numbered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// The series of labels, outermost first.
    pub levels: Vec<LabelStyle>,
    /// Headings of the answers to quoted clauses: 【部の方針】.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Words that end the notice: 以上.
    #[serde(default)]
    pub closings: Vec<String>,
}

/// Reads a layout file.
///
/// # Errors
/// The line, the column and, for a misspelt name, the valid ones.
pub fn parse(text: &str) -> Result<Layout, Error> {
    toml_file::parse_checked(text, super::check::fault)
}
