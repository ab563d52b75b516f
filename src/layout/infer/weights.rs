//! Every weight of the reading of unknown sheets, in points: what each is worth, why, and the test that fails without it.
//!
//! A point is about the worth of one vague hint. A column becomes a field when its evidence outweighs [`Weights::prior`]
//! and the whole table reads better so by the margin; nothing here was fitted by a machine.

use serde::{Deserialize, Serialize};

use super::words::Strength;

/// The kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The heading's own words.
    Words,
    /// What stands in brackets after them.
    Gloss,
    /// The headings above.
    Parents,
    /// The time that the heading speaks of.
    Period,
    /// What the cells hold.
    Cells,
    /// Indicators with their values.
    Groups,
    /// The one item of each goal.
    Item,
    /// What no field can be without saying so.
    Prior,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Words,
        Self::Gloss,
        Self::Parents,
        Self::Period,
        Self::Cells,
        Self::Groups,
        Self::Item,
    ];

    /// Its name for the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Gloss => "gloss",
            Self::Parents => "parents",
            Self::Period => "period",
            Self::Cells => "cells",
            Self::Groups => "groups",
            Self::Item => "item",
            Self::Prior => "prior",
        }
    }
}

/// The weights of one reading.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// Kinds of evidence that are not looked at: to see what each is worth.
    pub off: Vec<Kind>,
}

/// What a column needs before it is a field: `extra` is always right, if less useful. A word that fairly says a field
/// outweighs it alone, a weak one or the cells alone do not.
pub(crate) const PRIOR: f32 = -1.5;

/// A word whose only meaning this is.
pub(crate) const WORD_SURE: f32 = 5.0;
/// A word that usually means this.
pub(crate) const WORD_FAIR: f32 = 3.0;
/// A word that may mean this.
pub(crate) const WORD_WEAK: f32 = 1.5;
/// A known word at the end of a longer heading: right two times of three (評価項目の達成状況).
pub(crate) const AT_END: f32 = 0.8;
/// Each of two words that one heading joins (成果と課題).
pub(crate) const JOINED: f32 = 0.7;
/// A known word at the start of a longer heading: mostly a modifier (指標の分類).
pub(crate) const AT_START: f32 = 0.2;
/// A heading above, for a column whose own heading says little (目標値 over 6年度 is told otherwise: there it is the head).
pub(crate) const PARENT: f32 = 0.3;
/// Phrases that are questions: どのような目標を持って.
pub(crate) const PHRASE: f32 = 1.0;

/// A question in brackets after a heading says what it asks for: 項目(何を); and so do grades to choose from: (○△×).
pub(crate) const GLOSS_QUESTION: f32 = 0.6;

/// A column of another year is no field of this year's, whatever its word.
pub(crate) const OTHER_YEAR: f32 = -9.0;
/// An earlier year's actual value is the baseline if no column says that it is: less than the word 基準値 says it.
pub(crate) const EARLIER_ACTUAL: f32 = 3.0;
/// Of several earlier years the latest is the baseline.
pub(crate) const YEARS_AGO: f32 = -0.8;
/// What is to be better next year (次年度への改善) is what this year lacked.
pub(crate) const NEXT_YEAR: f32 = 1.0;
/// Words of this year (今年度) go with the values of the year.
pub(crate) const THIS_YEAR: f32 = 0.4;
/// A part of the year that speaks for the fields of that part.
pub(crate) const PART_FITS: f32 = 2.0;
/// And against the others'.
pub(crate) const PART_CONTRADICTS: f32 = -3.5;

/// Cells of the kind that a field has, and of none other.
pub(crate) const CELLS_FIT: f32 = 2.0;
/// Names that end in 課, 室 or 係 in nearly every cell: what else would they be.
pub(crate) const CELLS_ARE: f32 = 3.0;
/// Cells that a field often has.
pub(crate) const CELLS_AGREE: f32 = 1.0;
/// Cells that are unlikely for a field.
pub(crate) const CELLS_DISAGREE: f32 = -1.5;
/// Cells that a field cannot have.
pub(crate) const CELLS_CONTRADICT: f32 = -5.0;

/// Nothing filled in, where that is filled in later.
pub(crate) const FILLED_LATER: f32 = 0.3;

/// An indicator's name with a value of its own.
pub(crate) const NAME_WITH_VALUE: f32 = 0.8;
/// A second group of indicators: rarer than one.
pub(crate) const SECOND_GROUP: f32 = -0.8;
/// A value without a name before it: 数値目標 alone.
pub(crate) const VALUE_WITHOUT_NAME: f32 = -0.5;
/// A sheet of goals says what they are.
pub(crate) const ITEM: f32 = 2.0;

/// A column is a field if the whole reads better so by this much.
pub(crate) const MARGIN: f32 = 1.0;
/// For numbers, deadlines and values, where a wrong one looks right.
pub(crate) const STRICT_MARGIN: f32 = 1.5;

/// How much the headings and the title must speak of goals, in tenths as in the table of words.
pub(crate) const GOALS: i32 = 14;
/// What a title that names goals is worth of that.
pub(crate) const TITLE_GOALS: i32 = 10;

impl Weights {
    /// All kinds of evidence but these.
    pub fn without(off: &[Kind]) -> Self {
        Self { off: off.to_vec() }
    }

    /// The points of a kind of evidence, or none where it is not looked at.
    pub fn points(&self, kind: Kind, points: f32) -> f32 {
        if self.off.contains(&kind) {
            0.0
        } else {
            points
        }
    }
}

/// The points of a word.
pub(crate) fn of_strength(strength: Strength) -> f32 {
    match strength {
        Strength::Sure => WORD_SURE,
        Strength::Fair => WORD_FAIR,
        Strength::Weak => WORD_WEAK,
    }
}
