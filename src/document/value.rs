//! The values inside documents: texts, days, deadlines, quantities, grades – each with what the source says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::place::Place;
use crate::sheet::TextRange;
use crate::text::date::Date;
use crate::text::era::FiscalYearName;

/// The source characters that a value's `raw` consists of, until the ledger has closed.
pub type Origin = Vec<TextRange>;

/// A text in layers: as the source has it, and as it reads.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The source's characters, its lines joined by `\n`.
    pub raw: String,
    /// Wrapped lines joined, safe repairs made; one line for each block.
    pub text: String,
    /// The paragraphs and list items.
    pub blocks: Vec<TextBlock>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// A paragraph or list item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextBlock {
    /// Its mark (・, ①, ⇒ …) without the space after it.
    pub mark: Option<String>,
    /// 0 without a mark; marks nest from 1 in order of first appearance.
    pub depth: u32,
    /// The text after the mark.
    pub text: String,
}

impl TextBlock {
    /// The mark and the text, as a line of [`Text::text`] has them.
    pub fn marked(&self) -> String {
        self.mark.clone().unwrap_or_default() + &self.text
    }
}

/// A calendar day.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// The source's characters.
    pub raw: String,
    /// `null` if there is no such day.
    pub date: Option<Date>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// A fiscal year, 1 April to 31 March.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FiscalYear {
    /// The source's characters; `null` if an option gave the year.
    pub raw: Option<String>,
    /// The calendar year of its April.
    pub year: i32,
    /// 令和, 平成, 昭和.
    pub era: String,
    /// Year of the era; as written where an era year is written (平成31, 令和元 = 1).
    pub era_year: i32,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Where it stands.
    pub places: Vec<Place>,
}

impl FiscalYear {
    /// A year that an option gave: nothing of the source names it.
    pub fn given(year: i32) -> Option<Self> {
        let name = FiscalYearName::of_year(year)?;
        Some(Self {
            raw: None,
            year,
            era: name.era.name().to_owned(),
            era_year: name.era_year,
            start: name.start()?,
            end: name.end()?,
            places: Vec::new(),
        })
    }
}

/// 国分寺市 and its six-digit code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// Six digits with the check digit (JIS X 0401/0402).
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// A unit of an organization: 部, 課 or 室, 担当.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// The source's characters.
    pub raw: String,
    /// 部, 局 and their like.
    pub department: Option<String>,
    /// 課, 室 and their like.
    pub section: Option<String>,
    /// 担当, 係.
    pub unit: Option<String>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`; empty where another value of the document has them (the post).
    #[serde(skip)]
    pub origin: Origin,
}

/// 番号, 順位, №.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The source's characters, their width kept.
    pub raw: String,
    /// The number, if it is one.
    pub value: Option<i64>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// 前年度番号: the numbers that a goal had the year before.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Predecessors {
    /// The source's characters.
    pub raw: String,
    /// Each number, in half width.
    pub numbers: Vec<String>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// 計画・方針等の分類.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Categories {
    /// The source's characters.
    pub raw: String,
    /// Split at ／ / 、 and line breaks, never at ・.
    pub values: Vec<String>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// 共通/課名.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sections {
    /// The source's characters.
    pub raw: String,
    /// The units; 共通 is never among them.
    pub names: Vec<String>,
    /// Whether 共通 stands there.
    pub common: bool,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// いつまで.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The source's characters.
    pub raw: String,
    /// What kind of deadline it is.
    pub kind: DeadlineKind,
    /// First day of the period, if the words name one.
    pub from: Option<Date>,
    /// Last day, if the words name one.
    pub to: Option<Date>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// What kind of deadline words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A day.
    Day,
    /// The end of a month, or within one.
    Month,
    /// 年度末, 年度内.
    FiscalYearEnd,
    /// 上半期, 下半期.
    Half,
    /// 第1四半期 …
    Quarter,
    /// 年内.
    CalendarYearEnd,
    /// 6月議会, 9月定例会: the month is known.
    Session,
    /// 上旬, 夏頃, 10月頃.
    Approximate,
    /// 早急, 速やかに.
    Asap,
    /// 随時, 通年, 毎月.
    Recurring,
    /// A later fiscal year.
    FutureYear,
    /// Not understood, or 未定.
    Unknown,
}

/// A target, an actual value or a baseline.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The source's characters.
    pub raw: String,
    /// The number; `null` if it is none.
    pub value: Option<serde_json::Number>,
    /// 万, 億 as a factor.
    pub multiplier: u64,
    /// What is counted: 回, 件, %, 円 …
    pub unit: Option<String>,
    /// How the number bounds.
    pub comparator: Option<Comparator>,
    /// What it is counted per: 月, 人.
    pub per: Vec<String>,
    /// 累計, 延べ.
    pub cumulative: bool,
    /// What stands in brackets after it.
    pub note: Option<String>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// How a number bounds a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Comparator {
    /// Exactly.
    Eq,
    /// 以上.
    Ge,
    /// 以下, 以内.
    Le,
    /// 超, 上回る.
    Gt,
    /// 未満.
    Lt,
    /// 程度, 約.
    About,
}

/// 達成状況, 評価.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// The source's characters.
    pub raw: String,
    /// The scale that has the word.
    pub scale: Option<String>,
    /// What the word means on that scale.
    pub group: Option<GradeGroup>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// What a grade means, whatever its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GradeGroup {
    /// More than the goal.
    Exceeded,
    /// The goal.
    Achieved,
    /// Nearly.
    Mostly,
    /// In part.
    Partial,
    /// Not.
    NotAchieved,
    /// Not begun.
    NotStarted,
    /// Given up.
    Stopped,
    /// Over.
    Finished,
    /// Cannot be judged.
    NotAssessable,
}

/// A reading set above its base characters.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RubyText {
    /// The characters that the reading belongs to.
    pub base: String,
    /// The reading.
    pub reading: String,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `reading`.
    #[serde(skip)]
    pub origin: Origin,
}

/// Compares what JSON shows: everything but the origin, which lives only until the ledger has closed.
macro_rules! equal_but_origin {
    ($($name:ident { $($field:ident),+ })+) => {
        $(impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $(self.$field == other.$field)&&+
            }
        })+
    };
}
equal_but_origin! {
    Text { raw, text, blocks, places }
    Day { raw, date, places }
    Organization { raw, department, section, unit, places }
    Number { raw, value, places }
    Predecessors { raw, numbers, places }
    Categories { raw, values, places }
    Sections { raw, names, common, places }
    Deadline { raw, kind, from, to, places }
    Quantity { raw, value, multiplier, unit, comparator, per, cumulative, note, places }
    Grade { raw, scale, group, places }
    RubyText { base, reading, places }
}

/// A value that knows its source characters.
pub trait Sourced {
    /// The source's characters.
    fn raw(&self) -> &str;
    /// The ranges of the reading's text that they are.
    fn origin(&self) -> &[TextRange];
    /// Where they stand.
    fn places(&self) -> &[Place];
    /// The text as it reads, where the value has one.
    fn text(&self) -> Option<&Text> {
        None
    }
}

macro_rules! sourced {
    ($($name:ident)+) => {
        $(impl Sourced for $name {
            fn raw(&self) -> &str {
                &self.raw
            }
            fn origin(&self) -> &[TextRange] {
                &self.origin
            }
            fn places(&self) -> &[Place] {
                &self.places
            }
        })+
    };
}
sourced! { Day Organization Number Predecessors Categories Sections Deadline Quantity Grade }

impl Sourced for Text {
    fn raw(&self) -> &str {
        &self.raw
    }
    fn origin(&self) -> &[TextRange] {
        &self.origin
    }
    fn places(&self) -> &[Place] {
        &self.places
    }
    fn text(&self) -> Option<&Text> {
        Some(self)
    }
}

impl Sourced for RubyText {
    fn raw(&self) -> &str {
        &self.reading
    }
    fn origin(&self) -> &[TextRange] {
        &self.origin
    }
    fn places(&self) -> &[Place] {
        &self.places
    }
}
