//! How goals stand on a sheet that no layout knows, told from its form: a block of labels and values for each, or a
//! column for each.

mod by_side;
mod card_columns;
mod card_form;
mod goal_columns;
mod repeats;
mod roles;

use super::card_labels::unnumbered;
use super::definition::Layout;
use super::fields::Match;
use super::infer::{heading::Heading, words};
use super::passage::heading_key_up_to;
use crate::document::Field;
use crate::sheet::Cell;

use super::choose::Choice;
use super::passage::Passage;
use crate::sheet::Sheet;

/// What the form of a file's sheets says of its goals.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// The sheets with goals that stood side by side in rows; `None` if there are none.
    pub turned: Option<Vec<Sheet>>,
    /// The labels of its cards.
    pub cards: Option<Cards>,
}

/// The cards of a file that no layout knows.
#[derive(Debug)]
pub(crate) struct Cards {
    /// Their labels as a layout has them.
    pub layout: Layout,
    /// How each was understood.
    pub matches: Vec<Match>,
}

impl Form {
    /// What the sheets of a file say that no layout knows.
    pub fn of(sheets: &[Sheet], text: &str, choice: &Choice<'_>) -> Self {
        let labels = choice.any_town().and_then(|layout| choice.labels(layout));
        let is_header = |cell: &Cell| {
            labels.is_some_and(|labels| labels.is_whole(&Passage::of_cell(cell), text))
        };
        let turned = goal_columns::turned(sheets, text, &is_header);
        let sheets = turned.as_deref().unwrap_or(sheets);
        Self {
            cards: card_form::card_form(sheets, text, choice, &is_header),
            turned,
        }
    }

    /// Whether they say anything.
    pub fn is_told(&self) -> bool {
        self.turned.is_some() || self.cards.is_some()
    }
}

/// What a label is known as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// A part of a goal.
    Field(Field),
    /// Something beside goals.
    Extra,
}

impl Known {
    /// What a cell's text says as a label, its numbering and its words of time aside; `None` if it is no known one.
    fn of(cell: &Cell, text: &str) -> Option<Self> {
        label_key(cell, text)?;
        let heading = Heading::of(&Passage::of_cell(cell).raw(text));
        let word = words::whole(&heading.full).or_else(|| words::whole(&heading.core))?;
        let (meaning, _) = word.readings.first()?;
        Some(meaning.map_or(Self::Extra, Self::Field))
    }

    fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Extra => None,
        }
    }
}

/// Whether these fields make a goal: what is to be done, and how far, by what, until when or how it went.
fn make_a_goal(fields: impl Iterator<Item = Field>) -> bool {
    let (mut item, mut part) = (false, false);
    for field in fields {
        item |= field == Field::Item;
        part |= matches!(
            field,
            Field::Level
                | Field::Methods
                | Field::IndicatorTarget
                | Field::Deadline
                | Field::Achievement
                | Field::MidtermReview
                | Field::YearEndSummary
        );
    }
    item && part
}

/// Longest label in characters, its bracketed gloss left out: a question may be one (誰のために、何をどうしたいのか).
const LONGEST_LABEL: usize = 32;

/// A label's key without the numbering or sign before it and brackets around it.
fn bare(key: &str) -> &str {
    let is_sign = |c: char| c.is_numeric() || "()[]【】〔〕■□◆◇●○▼▽.,、・※".contains(c);
    key.trim_start_matches(is_sign)
        .trim_end_matches(['】', ']', '〕', ':'])
}

/// The key of a cell whose text may be a label: a short phrase, no sentence, no item of a list, no number.
fn label_key(cell: &Cell, text: &str) -> Option<String> {
    let lines = cell.lines.iter().map(|line| line.range.of(text));
    let key = heading_key_up_to(lines, LONGEST_LABEL)?;
    let first = key.chars().next()?;
    let is_phrase = !key.contains('。') && !matches!(first, '・' | '※' | '→' | '⇒' | '-');
    let word = bare(&key);
    let has_letters = word.chars().any(char::is_alphabetic);
    let is_quantity = key.chars().next().is_some_and(|c| c.is_ascii_digit())
        && crate::text::era::fiscal_years(&key).is_empty()
        && word.chars().count() < 3;
    (is_phrase && has_letters && !is_quantity && key.chars().count() <= LONGEST_LABEL)
        .then(|| unnumbered(&key).to_owned())
}
