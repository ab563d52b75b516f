//! A goal sheet: 組織目標展開整理表, 実行計画（年度目標） and their kin.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::{
    Categories, Day, Deadline, FiscalYear, Grade, Municipality, Number, Organization, Origin,
    Predecessors, Quantity, RubyText, Sections, Sourced, Text,
};
use crate::place::Place;

/// Appends each value that is present.
macro_rules! present {
    ($into:expr; $($value:expr),+ $(,)?) => {
        $( if let Some(value) = &$value { $into.push(value as &dyn Sourced); } )+
    };
}

/// One sheet of goals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalSheet {
    /// The layout that was recognised; `generic` if by heading words alone.
    pub layout: String,
    /// The printed title.
    pub title: Option<Text>,
    /// From the title or a label, else the option.
    pub fiscal_year: Option<FiscalYear>,
    /// The option, or printed as such.
    pub municipality: Option<Municipality>,
    /// 部, 課, 担当.
    pub organization: Option<Organization>,
    /// 作成日.
    pub prepared_on: Option<Day>,
    /// 職名.
    pub post: Option<Text>,
    /// 氏名.
    pub person: Option<Text>,
    /// 課の使命.
    pub mission: Option<Text>,
    /// The table's columns, left to right.
    pub columns: Vec<Column>,
    /// The table's rows.
    pub goals: Vec<Goal>,
    /// Text outside the table that no label claims.
    pub remarks: Vec<Text>,
    /// Readings set above characters.
    pub ruby: Vec<RubyText>,
}

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The field that it was read as; `null`: extra.
    pub field: Option<Field>,
    /// Its heading as printed, lines joined by `\n`; empty: unheaded.
    pub heading: String,
    /// The headings above it, outermost first.
    pub parents: Vec<String>,
    /// Where the heading stands.
    pub places: Vec<Place>,
}

/// A row of the table. What the sheet has no column for, and an empty cell, are `null` or `[]`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// 番号, 順位.
    pub number: Option<Number>,
    /// 前年度番号.
    pub predecessors: Option<Predecessors>,
    /// 計画・方針等の分類.
    pub categories: Option<Categories>,
    /// 実施項目.
    pub item: Option<Text>,
    /// どの水準まで.
    pub level: Option<Text>,
    /// どのような方法で.
    pub methods: Option<Text>,
    /// いつまで.
    pub deadline: Option<Deadline>,
    /// 共通/課名.
    pub sections: Option<Sections>,
    /// 指標, 目標値, 実績値.
    pub indicators: Vec<Indicator>,
    /// 達成状況, 評価.
    pub achievement: Option<Grade>,
    /// 中間確認; `null` only if the sheet has none of its columns.
    pub midterm: Option<Midterm>,
    /// 年度末確認; `null` only if the sheet has none of its columns.
    pub year_end: Option<YearEnd>,
    /// Columns that no field claims.
    pub extra: Vec<Extra>,
}

/// An indicator with its values.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// ①, ①ー1 … as the source has it.
    pub label: Option<String>,
    /// 指標.
    pub name: Option<Text>,
    /// 現状値, 基準値.
    pub baseline: Option<Quantity>,
    /// 目標値.
    pub target: Option<Quantity>,
    /// 実績値.
    pub actual: Option<Quantity>,
    /// The source characters of the label, in each cell that has it.
    #[serde(skip)]
    pub label_origin: Origin,
}

impl Indicator {
    fn of<'a>(&'a self, field: Field, values: &mut Vec<&'a dyn Sourced>) {
        match field {
            Field::IndicatorName => present!(values; self.name),
            Field::IndicatorBaseline => present!(values; self.baseline),
            Field::IndicatorTarget => present!(values; self.target),
            Field::IndicatorActual => present!(values; self.actual),
            _ => {}
        }
    }
}

impl PartialEq for Indicator {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
            && self.name == other.name
            && self.baseline == other.baseline
            && self.target == other.target
            && self.actual == other.actual
    }
}

/// 中間確認.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Midterm {
    /// 進捗状況.
    pub progress: Option<Grade>,
    /// 上半期の状況や評価.
    pub review: Option<Text>,
    /// 下半期の予定.
    pub plan: Option<Text>,
}

/// 年度末確認.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearEnd {
    /// 1年間の総括.
    pub summary: Option<Text>,
    /// 評価の視点.
    pub viewpoint: Option<Text>,
    /// 課題と対応.
    pub issues: Option<Text>,
}

/// A cell of a column that no field claims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// The column's heading.
    pub heading: String,
    /// The headings above it, outermost first; left out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<String>,
    /// The cell.
    pub value: Text,
}

impl Extra {
    /// The heading in one line with those above it, which alone tell columns apart that are headed alike: 上期／目標.
    pub fn name(&self) -> String {
        let headings = self.parents.iter().chain([&self.heading]);
        headings
            .map(|heading| crate::text::squash(heading))
            .collect::<Vec<_>>()
            .join("／")
    }
}

/// The fields of a goal that a column can hold, named as their path in the JSON.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Field {
    /// 番号, 順位.
    #[serde(rename = "number")]
    Number,
    /// 前年度番号.
    #[serde(rename = "predecessors")]
    Predecessors,
    /// 計画・方針等の分類.
    #[serde(rename = "categories")]
    Categories,
    /// 実施項目.
    #[serde(rename = "item")]
    Item,
    /// どの水準まで.
    #[serde(rename = "level")]
    Level,
    /// どのような方法で.
    #[serde(rename = "methods")]
    Methods,
    /// いつまで.
    #[serde(rename = "deadline")]
    Deadline,
    /// 共通/課名.
    #[serde(rename = "sections")]
    Sections,
    /// 指標.
    #[serde(rename = "indicators.name")]
    IndicatorName,
    /// 現状値.
    #[serde(rename = "indicators.baseline")]
    IndicatorBaseline,
    /// 目標値.
    #[serde(rename = "indicators.target")]
    IndicatorTarget,
    /// 実績値.
    #[serde(rename = "indicators.actual")]
    IndicatorActual,
    /// 達成状況, 評価.
    #[serde(rename = "achievement")]
    Achievement,
    /// 進捗状況.
    #[serde(rename = "midterm.progress")]
    MidtermProgress,
    /// 上半期の状況や評価.
    #[serde(rename = "midterm.review")]
    MidtermReview,
    /// 下半期の予定.
    #[serde(rename = "midterm.plan")]
    MidtermPlan,
    /// 1年間の総括.
    #[serde(rename = "year_end.summary")]
    YearEndSummary,
    /// 評価の視点.
    #[serde(rename = "year_end.viewpoint")]
    YearEndViewpoint,
    /// 課題と対応.
    #[serde(rename = "year_end.issues")]
    YearEndIssues,
}

impl Goal {
    /// What the goal has in a field, as the source has it: one value, or one for each indicator.
    pub fn in_field(&self, field: Field) -> Vec<&dyn Sourced> {
        fn one<T: Sourced>(value: Option<&T>) -> Vec<&dyn Sourced> {
            value
                .map(|value| value as &dyn Sourced)
                .into_iter()
                .collect()
        }
        let indicators = self.indicators.iter();
        let midterm = self.midterm.as_ref();
        let year_end = self.year_end.as_ref();
        match field {
            Field::Number => one(self.number.as_ref()),
            Field::Predecessors => one(self.predecessors.as_ref()),
            Field::Categories => one(self.categories.as_ref()),
            Field::Item => one(self.item.as_ref()),
            Field::Level => one(self.level.as_ref()),
            Field::Methods => one(self.methods.as_ref()),
            Field::Deadline => one(self.deadline.as_ref()),
            Field::Sections => one(self.sections.as_ref()),
            Field::IndicatorName => indicators.flat_map(|of| one(of.name.as_ref())).collect(),
            Field::IndicatorBaseline => indicators
                .flat_map(|of| one(of.baseline.as_ref()))
                .collect(),
            Field::IndicatorTarget => indicators.flat_map(|of| one(of.target.as_ref())).collect(),
            Field::IndicatorActual => indicators.flat_map(|of| one(of.actual.as_ref())).collect(),
            Field::Achievement => one(self.achievement.as_ref()),
            Field::MidtermProgress => one(midterm.and_then(|of| of.progress.as_ref())),
            Field::MidtermReview => one(midterm.and_then(|of| of.review.as_ref())),
            Field::MidtermPlan => one(midterm.and_then(|of| of.plan.as_ref())),
            Field::YearEndSummary => one(year_end.and_then(|of| of.summary.as_ref())),
            Field::YearEndViewpoint => one(year_end.and_then(|of| of.viewpoint.as_ref())),
            Field::YearEndIssues => one(year_end.and_then(|of| of.issues.as_ref())),
        }
    }
}

impl Field {
    /// Every field, in the order of the JSON.
    pub const ALL: [Self; 19] = [
        Self::Number,
        Self::Predecessors,
        Self::Categories,
        Self::Item,
        Self::Level,
        Self::Methods,
        Self::Deadline,
        Self::Sections,
        Self::IndicatorName,
        Self::IndicatorBaseline,
        Self::IndicatorTarget,
        Self::IndicatorActual,
        Self::Achievement,
        Self::MidtermProgress,
        Self::MidtermReview,
        Self::MidtermPlan,
        Self::YearEndSummary,
        Self::YearEndViewpoint,
        Self::YearEndIssues,
    ];

    /// What it is usually called on a sheet.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Number => "番号",
            Self::Predecessors => "前年度番号",
            Self::Categories => "計画・方針等の分類",
            Self::Item => "実施項目",
            Self::Level => "どの水準まで",
            Self::Methods => "どのような方法で",
            Self::Deadline => "いつまで",
            Self::Sections => "共通/課名",
            Self::IndicatorName => "指標",
            Self::IndicatorBaseline => "現状値",
            Self::IndicatorTarget => "目標値",
            Self::IndicatorActual => "実績値",
            Self::Achievement => "達成状況",
            Self::MidtermProgress => "進捗状況",
            Self::MidtermReview => "上半期の状況や評価",
            Self::MidtermPlan => "下半期の予定",
            Self::YearEndSummary => "1年間の総括",
            Self::YearEndViewpoint => "評価の視点",
            Self::YearEndIssues => "課題と対応",
        }
    }

    /// The field's name: its path in the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Predecessors => "predecessors",
            Self::Categories => "categories",
            Self::Item => "item",
            Self::Level => "level",
            Self::Methods => "methods",
            Self::Deadline => "deadline",
            Self::Sections => "sections",
            Self::IndicatorName => "indicators.name",
            Self::IndicatorBaseline => "indicators.baseline",
            Self::IndicatorTarget => "indicators.target",
            Self::IndicatorActual => "indicators.actual",
            Self::Achievement => "achievement",
            Self::MidtermProgress => "midterm.progress",
            Self::MidtermReview => "midterm.review",
            Self::MidtermPlan => "midterm.plan",
            Self::YearEndSummary => "year_end.summary",
            Self::YearEndViewpoint => "year_end.viewpoint",
            Self::YearEndIssues => "year_end.issues",
        }
    }
}

impl GoalSheet {
    /// Every value of the sheet that has source characters of its own, in the order of the JSON.
    /// The labels of indicators are not among them.
    pub fn values(&self) -> Vec<&dyn Sourced> {
        let mut values: Vec<&dyn Sourced> = Vec::new();
        present!(values; self.title, self.organization, self.prepared_on, self.post, self.person, self.mission);
        for goal in &self.goals {
            goal.values(&mut values);
        }
        values.extend(self.remarks.iter().map(|text| text as &dyn Sourced));
        values.extend(self.ruby.iter().map(|ruby| ruby as &dyn Sourced));
        values
    }
}

impl Goal {
    /// Whether a place of the source lies in the place of one of its values.
    pub(crate) fn stands_at(&self, place: &Place) -> bool {
        let mut values = Vec::new();
        self.values(&mut values);
        let mut places = values.iter().flat_map(|value| value.places());
        places.any(|own| own.holds(place))
    }

    /// The values of one field: one for each indicator that has it, else at most one.
    pub fn of(&self, field: Field) -> Vec<&dyn Sourced> {
        let mut values: Vec<&dyn Sourced> = Vec::new();
        match field {
            Field::Number => present!(values; self.number),
            Field::Predecessors => present!(values; self.predecessors),
            Field::Categories => present!(values; self.categories),
            Field::Item => present!(values; self.item),
            Field::Level => present!(values; self.level),
            Field::Methods => present!(values; self.methods),
            Field::Deadline => present!(values; self.deadline),
            Field::Sections => present!(values; self.sections),
            Field::Achievement => present!(values; self.achievement),
            Field::IndicatorName
            | Field::IndicatorBaseline
            | Field::IndicatorTarget
            | Field::IndicatorActual => {
                for indicator in &self.indicators {
                    indicator.of(field, &mut values);
                }
            }
            Field::MidtermProgress | Field::MidtermReview | Field::MidtermPlan => {
                let Some(midterm) = &self.midterm else {
                    return values;
                };
                match field {
                    Field::MidtermProgress => present!(values; midterm.progress),
                    Field::MidtermReview => present!(values; midterm.review),
                    _ => present!(values; midterm.plan),
                }
            }
            Field::YearEndSummary | Field::YearEndViewpoint | Field::YearEndIssues => {
                let Some(year_end) = &self.year_end else {
                    return values;
                };
                match field {
                    Field::YearEndSummary => present!(values; year_end.summary),
                    Field::YearEndViewpoint => present!(values; year_end.viewpoint),
                    _ => present!(values; year_end.issues),
                }
            }
        }
        values
    }

    fn values<'a>(&'a self, values: &mut Vec<&'a dyn Sourced>) {
        present!(values; self.number, self.predecessors, self.categories, self.item, self.level,
                 self.methods, self.deadline, self.sections);
        for indicator in &self.indicators {
            present!(values; indicator.name, indicator.baseline, indicator.target, indicator.actual);
        }
        present!(values; self.achievement);
        if let Some(midterm) = &self.midterm {
            present!(values; midterm.progress, midterm.review, midterm.plan);
        }
        if let Some(year_end) = &self.year_end {
            present!(values; year_end.summary, year_end.viewpoint, year_end.issues);
        }
        values.extend(self.extra.iter().map(|extra| &extra.value as &dyn Sourced));
    }
}
