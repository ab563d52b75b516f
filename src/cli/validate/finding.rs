//! What is wrong with a JSON file, and where; every text, both languages.

use crate::message::{Message, sentences};
use crate::place::Place;

/// Something wrong with a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The path in the JSON: `documents[0].goals[3].deadline`.
    pub path: String,
    /// Where the value stands in the source, if the JSON says.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: Message,
}

impl Finding {
    /// A finding at a path of the JSON.
    pub fn new(path: impl Into<String>, fault: &Fault) -> Self {
        Self {
            path: path.into(),
            place: None,
            message: fault.message(),
        }
    }

    /// The same finding with the value's first place in the source.
    pub fn at(mut self, places: &[Place]) -> Self {
        self.place = places.first().cloned();
        self
    }
}

sentences! {
    /// Every fault that a JSON file can have.
    pub enum Fault -> () {
        // The schema
        /// A key that must be there.
        Missing { key: String } => (), "missing",
            "「{key}」がありません", "“{key}” is missing";
        /// Keys that the schema does not have.
        Unexpected { keys: String } => (), "unexpected",
            "スキーマにない名前です: {keys}", "not in the schema: {keys}";
        /// Another type.
        WrongType { expected: String } => (), "type",
            "型が違います（正しくは {expected}）", "wrong type (should be {expected})";
        /// Another value.
        NotOneOf { valid: String } => (), "enum",
            "使えない値です（使える値: {valid}）", "not one of {valid}";
        /// A text of another form.
        WrongForm { form: String } => (), "form",
            "書き方が違います（正しくは {form}）", "not written as {form}";
        /// Too small or too large.
        OutOfRange { bound: String } => (), "range",
            "値が範囲の外です（{bound}）", "out of range ({bound})";
        /// Anything else.
        Other { detail: String } => (), "schema",
            "スキーマに合いません（{detail}）", "does not match the schema ({detail})";
        // The meaning
        /// Characters do not add up.
        Coverage { source: u64, sum: u64 } => (), "coverage",
            "文字数の合計が合いません（元 {source}、内訳の合計 {sum}）",
            "the characters do not add up (source {source}, sum of the others {sum})";
        /// A number that stands twice.
        NumberTwice { number: i64 } => (), "number-repeated",
            "番号{number}が二度あります", "number {number} stands twice";
        /// A number that is not that of its text.
        NumberDiffers { raw: String } => (), "number-differs",
            "値が raw「{raw}」の番号と違います", "the value is not the number of raw “{raw}”";
        /// A fiscal year with other days.
        YearDays { year: i32 } => (), "year-days",
            "{year}年度の始まりと終わりの日ではありません", "not the first and last day of fiscal year {year}";
        /// An era year that is another year.
        YearEra { year: i32, era: String, era_year: i32 } => (), "year-era",
            "{era}{era_year}年度は{year}年度ではありません", "{era}{era_year} is not fiscal year {year}";
        /// A day outside the year.
        DayOutside { day: String } => (), "day-outside-year",
            "{day}は、この表の年度の外です", "{day} lies outside the sheet's fiscal year";
        /// A period that ends before it begins.
        PeriodReversed => (), "period-reversed",
            "期間の終わりが始まりより前です", "the period ends before it begins";
        /// Lines and blocks that differ.
        BlocksDiffer => (), "blocks-differ",
            "text の行と blocks が合いません", "the lines of text and its blocks differ";
        /// A depth without a mark, or the other way round.
        BlockDepth => (), "block-depth",
            "記号のない段落の depth は0、記号のある項目は1以上です",
            "depth is 0 without a mark and at least 1 with one";
        /// A number that its text does not have.
        QuantityDiffers { raw: String } => (), "quantity-differs",
            "数値が raw「{raw}」にありません", "raw “{raw}” does not have this number";
        /// A factor that is none.
        Multiplier => (), "multiplier",
            "multiplier は 1、万、億などの倍数（10のべき）です", "multiplier is 1 or a power of ten (万, 億)";
        /// A value without a place.
        WithoutPlace => (), "without-place",
            "値の場所（places）がありません", "the value has no places";
        /// 共通 among the names, or not said.
        SectionsCommon => (), "sections-common",
            "「共通」は names に入れず common で表します", "共通 is never among names; common says it";
        /// Two columns for one field.
        FieldTwice { field: String } => (), "field-repeated",
            "「{field}」の列が二つあります", "two columns are {field}";
        /// A section's number that stands twice.
        SectionTwice { id: String } => (), "section-repeated",
            "節の番号「{id}」が二度あります", "section {id} stands twice";
        /// A section that is not there.
        NoSuchSection { id: String } => (), "no-such-section",
            "「{id}」という節はありません", "there is no section {id}";
        /// A digest that is none.
        Digest => (), "sha256",
            "SHA-256（16進64桁）ではありません", "not a SHA-256 (64 hexadecimal digits)";
        /// A municipality's code with a wrong digit.
        MunicipalityCode { code: String } => (), "municipality-code",
            "市町村コード「{code}」の検査数字が合いません", "the check digit of municipality code {code} is wrong";
        /// A cell outside its grid.
        CellOutside => (), "cell-outside",
            "升目が表の外にあります", "the cell lies outside its grid";
        /// Lines of a cell that are not its text.
        LinesDiffer => (), "lines-differ",
            "lines をつないでも text になりません", "the lines do not make the text";
        /// Totals that are not the sums.
        Totals => (), "totals",
            "合計が files の内訳と合いません", "the totals are not the sums over files";
    }
}
