//! What a filled sheet can lack or contradict, and what to do about it; every text, both languages.

use crate::message::{Message, sentences};
use crate::place::Place;

/// Something that a person should look at before the sheet is handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The name of the check, with which it can be left out.
    pub check: &'static str,
    /// What is wrong and what to do.
    pub message: Message,
    /// The goal it is about, by its number and item; `None`: the sheet.
    pub goal: Option<String>,
    /// The heading of the column or the label it is about.
    pub column: Option<String>,
    /// Where.
    pub place: Option<Place>,
    /// The words that it is about.
    pub text: Option<String>,
}

impl Finding {
    /// A finding about a sheet as a whole.
    #[allow(clippy::needless_pass_by_value)]
    pub(super) fn new(fault: Fault) -> Self {
        Self {
            check: fault.code(),
            message: fault.message(),
            goal: None,
            column: None,
            place: None,
            text: None,
        }
    }

    pub(super) fn of(mut self, goal: &str) -> Self {
        self.goal = Some(goal.to_owned());
        self
    }

    pub(super) fn under(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    pub(super) fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    pub(super) fn about(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }
}

sentences! {
    /// Every check, by its name. Its sentence says what was found and what to do.
    pub enum Fault -> () {
        /// A cell that is empty under a heading where most goals have something.
        BlankCell => (), "blank-cell",
            "ほかの目標では記入されている欄が空です。記入するか、書くことがなければ「-」と書いてください。",
            "This cell is empty where the other goals have something. Fill it in, or enter “-” if there is nothing to say.";
        /// A goal without a number.
        NumberMissing => (), "number-missing",
            "番号がありません。番号を付けてください。",
            "There is no number. Give it one.";
        /// Two goals with one number.
        NumberDoubled { number: i64 } => (), "number-doubled",
            "番号{number}が二度あります。どちらかを付け直してください。",
            "Number {number} stands twice. Change one of them.";
        /// Numbers that leave one out.
        NumberSkipped { before: i64, after: i64 } => (), "number-skipped",
            "番号が{before}から{after}へ飛んでいます。行が抜けていないか確かめ、番号を付け直してください。",
            "The numbers jump from {before} to {after}. See whether a row is missing, then number them anew.";
        /// A deadline outside the year of the sheet.
        DeadlineOutsideYear { year: String, day: String } => (), "deadline-outside-year",
            "期限（{day}）が、この表の年度（{year}）の外です。前の年度のままでないか確かめてください。",
            "The deadline ({day}) lies outside the sheet's fiscal year ({year}). See whether it is another year's.";
        /// A deadline that does not say when.
        DeadlineUnclear => (), "deadline-unclear",
            "期限として読み取れません。「9月末」「年度末」「令和8年9月30日」のように書いてください。",
            "This cannot be read as a deadline. Write it as 9月末, 年度末 or 令和8年9月30日.";
        /// 作成日 outside the year of the sheet.
        PreparedOutsideYear { year: String, day: String } => (), "prepared-outside-year",
            "作成日（{day}）が、この表の年度（{year}）の外です。前の年度の日付のままでないか確かめてください。",
            "The day of preparation ({day}) lies outside the sheet's fiscal year ({year}). See whether it is another year's.";
        /// The year before, named in a text.
        LastYearInText { year: String } => (), "last-year-in-text",
            "前の年度（{year}）が書かれています。前年度の文のままなら書き直してください。",
            "The text names the fiscal year before ({year}). If it is last year's text, write it anew.";
        /// An indicator without a target.
        TargetMissing => (), "target-missing",
            "指標に目標値がありません。目標値を記入してください。",
            "The indicator has no target. Fill it in.";
        /// A word that the form's list does not have.
        WordOutsideList { words: String } => (), "word-outside-list",
            "様式の一覧にない言葉です。一覧（{words}）から選んでください。",
            "The form's list does not have this word. Choose one of {words}.";
        /// Words of a form that were to be written over.
        TemplateText { words: String } => (), "template-text",
            "記入用の見本の文字（{words}）が残っています。書き換えるか、消してください。",
            "Words of the blank form are left ({words}). Write over them, or delete them.";
        /// A goal that last year's sheet has word for word.
        SameAsLast { number: String } => (), "same-as-last",
            "前年度の目標{number}と一字一句同じです。今年度も同じでよいか確かめてください。",
            "This is last year's goal {number} word for word. See whether it is to be the same this year.";
        /// A sheet without goals.
        NoGoals => (), "no-goals",
            "目標が一つも記入されていません。",
            "No goal is filled in.";
    }
}
