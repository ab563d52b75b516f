//! What a comparison of two years says: the types of comparison JSON (`seirihyo schema comparison`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::value::FiscalYear;
use crate::message::Language;
use crate::note::Note;

/// The schema name that comparison JSON carries.
pub const COMPARISON_SCHEMA: &str = "seirihyo/comparison/1";

/// Two years, goal by goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// `seirihyo/comparison/1`.
    pub schema: String,
    /// The program and its version.
    pub program: String,
    /// The old year.
    pub old: Side,
    /// The new year.
    pub new: Side,
    /// How many pairs there are of each kind.
    pub summary: Summary,
    /// In the order of the new side; what ended stands after the goal that it followed in the old year.
    pub pairs: Vec<Pair>,
    /// For goals of which it is not sure what became – new, ended, candidates, weak pairs – the nearest of the other year
    /// that stand in another pair: at most three a goal, one on average. They decide nothing.
    #[serde(default)]
    pub nearest: Vec<Nearest>,
    /// What a person should look at.
    pub notes: Vec<Note>,
}

impl Comparison {
    /// Chooses the language of the notes' messages.
    pub fn in_language(&mut self, language: Language) {
        for note in &mut self.notes {
            note.in_language(language);
        }
    }

    /// Whether anything but wording changed: what `--exit-code` asks.
    pub fn has_changes(&self) -> bool {
        self.pairs
            .iter()
            .any(|pair| !matches!(pair.change, Change::Unchanged | Change::Wording))
    }
}

/// One of the two years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// The files, in order.
    pub sources: Vec<SideSource>,
    /// Documents in them.
    pub documents: usize,
    /// Goals in them.
    pub goals: usize,
}

impl Side {
    /// The fiscal year, if the files agree on one.
    pub fn fiscal_year(&self) -> Option<&FiscalYear> {
        let mut years = self
            .sources
            .iter()
            .filter_map(|source| source.fiscal_year.as_ref());
        let first = years.next()?;
        years.all(|year| year.year == first.year).then_some(first)
    }
}

/// A file of a side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SideSource {
    /// Its name, never a path.
    pub file: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// The year of its first goal sheet that has one.
    pub fiscal_year: Option<FiscalYear>,
}

/// Pairs of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// The same words.
    pub unchanged: usize,
    /// The same but for width, punctuation and spelling.
    pub wording: usize,
    /// Changed.
    pub changed: usize,
    /// Only in the new year.
    pub new: usize,
    /// Only in the old year.
    pub ended: usize,
    /// Several old goals in one.
    pub merged: usize,
    /// One old goal in several.
    pub split: usize,
    /// For a person to decide.
    pub candidate: usize,
}

impl Summary {
    /// Counts pairs.
    pub fn of(pairs: &[Pair]) -> Self {
        let mut summary = Self::default();
        for pair in pairs {
            *summary.of_change_mut(pair.change) += 1;
        }
        summary
    }

    /// Pairs of one kind.
    pub fn of_change(mut self, change: Change) -> usize {
        *self.of_change_mut(change)
    }

    fn of_change_mut(&mut self, change: Change) -> &mut usize {
        match change {
            Change::Unchanged => &mut self.unchanged,
            Change::Wording => &mut self.wording,
            Change::Changed => &mut self.changed,
            Change::New => &mut self.new,
            Change::Ended => &mut self.ended,
            Change::Merged => &mut self.merged,
            Change::Split => &mut self.split,
            Change::Candidate => &mut self.candidate,
        }
    }
}

/// What became of goals.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// 継続（変更なし）.
    Unchanged,
    /// 継続（表記のみ）: the comparison keys are the same.
    Wording,
    /// 継続（内容変更）.
    Changed,
    /// 新規.
    New,
    /// 終了・廃止.
    Ended,
    /// 統合.
    Merged,
    /// 分割.
    Split,
    /// 要確認: perhaps the same goal; a person decides.
    Candidate,
}

impl Change {
    /// Every kind, in the order of the summary.
    pub const ALL: [Self; 8] = [
        Self::Unchanged,
        Self::Wording,
        Self::Changed,
        Self::New,
        Self::Ended,
        Self::Merged,
        Self::Split,
        Self::Candidate,
    ];
}

/// Goals that belong together, one of them or several on a side, or one alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// What became of them.
    pub change: Change,
    /// The old year's goals.
    pub old: Vec<GoalRef>,
    /// The new year's goals.
    pub new: Vec<GoalRef>,
    /// How sure it is that they belong together, 0 to 1; 0 for a goal alone.
    pub score: f64,
    /// Why they belong together.
    pub evidence: Vec<Evidence>,
    /// 番号変更.
    pub renumbered: bool,
    /// 移管: another unit, which is not the old one under a new name.
    pub moved: bool,
    /// Field by field, those that either side has.
    pub fields: Vec<FieldDiff>,
}

/// Two goals that stand in different pairs and may have to do with each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nearest {
    /// What they would be: `candidate`, one goal; `merged` or `split`, where one of them has another partner already.
    pub change: Change,
    /// The old year's goal.
    pub old: Vec<GoalRef>,
    /// The new year's goal.
    pub new: Vec<GoalRef>,
    /// How likely that is, 0 to 1.
    pub score: f64,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
}

/// A goal of a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalRef {
    /// Its document, counted from 0 in the side's order.
    pub document: usize,
    /// The goal, counted from 0 in the document.
    pub goal: usize,
    /// Its number, in half width.
    pub number: Option<String>,
    /// Its title.
    pub item: Option<String>,
    /// Its units; 共通 among them where the sheet says so.
    pub sections: Vec<String>,
}

/// A reason for a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What was compared.
    pub kind: EvidenceKind,
    /// How well it agrees, 0 to 1.
    pub score: f64,
}

/// What a reason rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// 前年度番号.
    Predecessor,
    /// 実施項目.
    Item,
    /// どの水準まで.
    Level,
    /// どのような方法で.
    Methods,
    /// 指標.
    Indicators,
    /// 共通/課名.
    Sections,
    /// The user's map of units.
    OrganizationMap,
    /// A person.
    Decision,
}

/// A field of a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldDiff {
    /// Its name: the path in import JSON, or `extra.` and the column's heading.
    pub field: String,
    /// What became of it.
    pub change: FieldChange,
    /// The texts of both sides as one: equal and deleted runs make the old text, equal and inserted ones the new.
    pub runs: Vec<Run>,
    /// Quantities that differ, where the field holds some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<QuantityDiff>,
}

impl FieldDiff {
    /// The old text.
    pub fn old(&self) -> String {
        self.side(Op::Insert)
    }

    /// The new text.
    pub fn new_text(&self) -> String {
        self.side(Op::Delete)
    }

    fn side(&self, without: Op) -> String {
        let runs = self.runs.iter().filter(|run| run.op != without);
        runs.map(|run| run.text.as_str()).collect()
    }
}

/// What became of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FieldChange {
    /// The same text.
    Unchanged,
    /// Another text with the same comparison key.
    Wording,
    /// Another text.
    Changed,
    /// Only in the new year.
    Added,
    /// Only in the old year.
    Removed,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Which side has it.
    pub op: Op,
    /// The text.
    pub text: String,
    /// What kind of difference it is, if a lesser one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RunKind>,
}

/// Which side has a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Both.
    Equal,
    /// The old one.
    Delete,
    /// The new one.
    Insert,
}

/// Differences that are none of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RunKind {
    /// The same paragraph or item at another position.
    Moved,
    /// The same but for width, punctuation, spelling.
    Wording,
}

/// A quantity that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityDiff {
    /// As the old year has it.
    pub old: String,
    /// As the new year has it.
    pub new: String,
    /// New less old, in `unit`; null where the units differ.
    pub difference: Option<f64>,
    /// What is counted.
    pub unit: Option<String>,
    /// Whether it is more or less.
    pub direction: Direction,
}

/// Whether a quantity rose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More than the year before.
    More,
    /// Less.
    Less,
    /// The same number, bounded another way.
    Same,
    /// Not comparable: other units.
    Unknown,
}
