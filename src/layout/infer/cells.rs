//! What the cells under a heading hold, as shares of those that are filled: days, units, grades, numbers, endings.

use super::super::deadline;
use super::super::quantity;
use crate::document::value::DeadlineKind;
use crate::text::era::pattern;
use crate::text::{self, number, organization};

/// The share of cells that speaks for the column: some were filled in otherwise.
pub(super) const MOST: f32 = 0.6;
/// Characters on average from which on cells are texts.
const LONG: f32 = 30.0;

/// What a column's cells hold. Shares are of the filled cells, 0 to 1.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cells {
    /// Filled cells.
    pub filled: usize,
    /// Whole numbers that count up.
    pub counts_up: bool,
    /// Short codes of digits and letters.
    pub codes: f32,
    /// Numbers with or without a unit.
    pub quantities: f32,
    /// Percentages.
    pub percent: f32,
    /// Times by which something is done.
    pub days: f32,
    /// Names that end like units of an organization.
    pub units: f32,
    /// Grades: A, ◎, 概ね達成.
    pub grades: f32,
    /// Words of what becomes of a thing: 拡充, 継続.
    pub directions: f32,
    /// Sentences, or more than a phrase.
    pub sentences: f32,
    /// Items with marks.
    pub marked: f32,
    /// Phrases without a verb at their end.
    pub phrases: f32,
    /// Phrases that name a measure: 〜率, 〜件数.
    pub measures: f32,
    /// Phrases with a number and its unit at their end: 参加者延べ1,200人.
    pub measured: f32,
    /// Endings that plan: 〜する.
    pub plans: f32,
    /// Endings of states: 〜している, 〜されている.
    pub states: f32,
    /// Endings of what was done: 〜した.
    pub past: f32,
    /// Reasons: 〜のため.
    pub reasons: f32,
    /// What lacks or is to be improved: 〜が課題である, 〜必要がある.
    pub lacks: f32,
    /// Whether few different short words stand in many cells.
    pub closed: bool,
    /// The share of cells that differ from all others.
    pub distinct: f32,
    /// Characters of a cell, on average.
    pub length: f32,
    /// Whether cells stand over several goals.
    pub spans: bool,
}

pattern!(
    code,
    r"^[0-9a-z０-９]{1,4}(?:[-.－][0-9a-z]{1,4}){0,3}$".to_owned()
);
pattern!(
    letter_grade,
    r"^(?:[sabcdef][+-]?|[◎○〇◯△▲×✕]|[1-5]|[ivx]{1,3}|[①-⑤]|[青黄赤緑])$".to_owned()
);
// The number of an item before its words: 1 基幹管路の耐震化.
pattern!(
    own_number,
    r"^[(（①-⑳]?[0-9０-９]{0,3}(?:[-－][0-9０-９]{1,3})*[)）.．]?[\s　]+".to_owned()
);
pattern!(measure, r"(?:率|数|件数|割合|人数|回数|額|量|点数|度|時間|日数|面積|距離|比率|冊数|棟数|普及率|順位|人口|延長|箇所|か所|戸数|台数|残高|指数|満足度|の有無|種類|日|人|値)$".to_owned());
// A number with its unit ends the phrase: it says how much, and is no measure's name.
pattern!(
    measured,
    r"[0-9](?:[^0-9。、・]{0,5})(?:以上|以下|以内|未満|程度)?$".to_owned()
);
pattern!(plan, r"(?:する|行う|図る|進める|努める|目指す|定める|設ける|つなげる|高める|開く|作る|整える|実施|推進|検討|見直す|替える|配る|増やす|減らす|講じる|る|く|う|す|む|ぶ|つ)。?$".to_owned());
pattern!(state, r"(?:ている|れている|いる|ある状態|られている|できている|状態にある|整っている|できる|された状態|した状態|状態)。?$".to_owned());
pattern!(past, r"(?:した|った|れた|いた|えた|めた|けた|んだ|きた|げた|せた|ました|できた|であった|なかった|済み|終えた|た)。?$".to_owned());
pattern!(
    reason,
    r"(?:ため|ことから|から|による|ことによる|理由による)。?$".to_owned()
);
pattern!(lack, r"(?:必要がある|必要である|課題である|課題となっている|課題|不足している|不十分|求められる|検討する|要する|十分でない|十分ではない|図っていく|努めていく|必要|取り組む必要がある)".to_owned());

const GRADES: [&str; 26] = [
    "達成",
    "順調",
    "遅れ",
    "未着手",
    "完了",
    "計画どおり",
    "計画通り",
    "予定どおり",
    "上回",
    "下回",
    "良好",
    "不十分",
    "十分",
    "未実施",
    "実施済",
    "着手",
    "進行中",
    "実施中",
    "取組中",
    "目標以上",
    "目標どおり",
    "困難",
    "停滞",
    "やや",
    "おおむね",
    "概ね",
];
const DIRECTIONS: [&str; 13] = [
    "拡充",
    "継続",
    "縮小",
    "廃止",
    "休止",
    "終了",
    "見直し",
    "現状維持",
    "統合",
    "新規",
    "改善",
    "現状のまま",
    "移管",
];

impl Cells {
    /// What these cells hold; `rows` are the goals' rows, of which one cell may stand over several.
    pub fn of(cells: &[String], rows: usize) -> Self {
        let filled: Vec<&str> = cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !text::is_blank(cell))
            .collect();
        let keys: Vec<String> = filled.iter().map(|cell| text::key(cell)).collect();
        let share = |is: &dyn Fn(usize) -> bool| -> f32 {
            if filled.is_empty() {
                0.0
            } else {
                (0..filled.len()).filter(|&at| is(at)).count() as f32 / filled.len() as f32
            }
        };
        let characters = |at: usize| keys[at].chars().count();
        let last = |at: usize| filled[at].lines().last().unwrap_or_default().trim();
        let is_grade = |at: usize| is_grade(&keys[at]);
        let is_quantity = |at: usize| is_number(filled[at]);
        let is_day = |at: usize| deadline::kind_of(filled[at]) != DeadlineKind::Unknown;
        let is_sentence = |at: usize| keys[at].contains('。') || characters(at) > 40;
        let ends = |at: usize, pattern: &regex::Regex| pattern.is_match(last(at));
        let is_unit = |at: usize| {
            let lines: Vec<&str> = filled[at].lines().collect();
            let (names, common) = organization::units(&lines);
            characters(at) <= 30
                && (common && names.is_empty()
                    || !names.is_empty()
                        && names.iter().all(|name| organization::is_unit(name))
                        && !keys[at].contains('。'))
        };
        let is_phrase = |at: usize| {
            !is_sentence(at) && characters(at) >= 3 && !is_grade(at) && !is_quantity(at) && !is_day(at)
            && last(at).chars().next_back().is_some_and(|c| matches!(c, '一'..='龠' | 'ァ'..='ヶ' | 'ー' | 'a'..='z' | 'A'..='Z' | '」' | '）' | ')'))
        };
        let numbers: Vec<Option<i64>> = filled
            .iter()
            .map(|cell| number::whole_number(cell))
            .collect();
        let counts_up = numbers.len() >= 2
            && numbers.iter().all(Option::is_some)
            && numbers.windows(2).all(|pair| pair[0] < pair[1])
            || numbers.len() == 1 && matches!(numbers[0], Some(1));
        let mut different = keys.clone();
        different.sort_unstable();
        different.dedup();
        let count_of = |at: usize| keys.iter().filter(|key| **key == keys[at]).count();
        Self {
            filled: filled.len(),
            counts_up,
            codes: share(&|at| code().is_match(&keys[at])),
            quantities: share(&|at| is_quantity(at)),
            percent: share(&|at| is_quantity(at) && keys[at].contains('%')),
            days: share(&|at| is_day(at)),
            units: share(&|at| is_unit(at)),
            grades: share(&|at| is_grade(at)),
            directions: share(&|at| {
                characters(at) <= 14
                    && !keys[at].contains('。')
                    && DIRECTIONS.iter().any(|word| keys[at].starts_with(word))
            }),
            sentences: share(&|at| is_sentence(at)),
            marked: share(&|at| text::blocks::has_mark(filled[at])),
            phrases: share(&|at| is_phrase(at)),
            measures: share(&|at| {
                characters(at) <= 40
                    && !keys[at].contains('。')
                    && !is_quantity(at)
                    && !ends(at, measured())
                    && ends(at, measure())
            }),
            measured: share(&|at| characters(at) <= 40 && measured().is_match(&keys[at])),
            plans: share(&|at| !ends(at, state()) && !ends(at, past()) && ends(at, plan())),
            states: share(&|at| ends(at, state())),
            past: share(&|at| ends(at, past())),
            reasons: share(&|at| ends(at, reason())),
            lacks: share(&|at| lack().is_match(&keys[at])),
            closed: different.len() * 2 <= filled.len()
                && filled.len() >= 4
                && keys.iter().all(|key| key.chars().count() <= 16),
            distinct: share(&|at| count_of(at) == 1),
            length: if filled.is_empty() {
                0.0
            } else {
                (0..filled.len()).map(characters).sum::<usize>() as f32 / filled.len() as f32
            },
            spans: !cells.is_empty() && cells.len() * 4 < rows * 3,
        }
    }

    /// Whether most are numbers.
    pub fn are_quantities(&self) -> bool {
        self.quantities >= MOST
    }

    /// Whether most are grades.
    pub fn are_grades(&self) -> bool {
        self.grades >= MOST
    }

    /// Whether most are times by which something is done.
    pub fn are_days(&self) -> bool {
        self.days >= MOST
    }

    /// Whether most are names of units.
    pub fn are_units(&self) -> bool {
        self.units >= MOST
    }

    /// Whether they are texts and no short words.
    pub fn are_long(&self) -> bool {
        self.sentences >= MOST || self.length > LONG
    }

    /// Whether nothing was filled in.
    pub fn is_empty(&self) -> bool {
        self.filled == 0
    }
}

/// Whether a text is a number with or without a unit; what follows an item's own number is no unit.
fn is_number(text: &str) -> bool {
    const LONGEST_UNIT: usize = 6;
    let text = text.trim();
    let words = text
        .chars()
        .filter(|c| matches!(c, 'ぁ'..='ん' | '一'..='龠'))
        .count();
    let mut lines = text.lines();
    let numbered = own_number()
        .find(text)
        .is_some_and(|found| text[found.end()..].starts_with(|c: char| !c.is_ascii_digit()));
    !numbered
        && words <= LONGEST_UNIT
        && (quantity::is_quantity(text)
            || text.contains('\n') && lines.all(|line| quantity::is_quantity(line.trim())))
}

/// Whether a cell's key is a grade.
pub(crate) fn is_grade(key: &str) -> bool {
    letter_grade().is_match(key)
        || key.chars().count() <= 14
            && !key.contains('。')
            && GRADES.iter().any(|word| key.contains(word))
            && !key.ends_with('率')
            && !key.ends_with("する")
}

/// Whether a text is a value and no heading: a number, a day, a unit of an organization, a grade or a sentence.
pub(crate) fn is_value(text: &str) -> bool {
    let key = text::key(text);
    let only_number = key.chars().all(|c| c.is_ascii_digit());
    only_number
        || is_number(text)
        || deadline::kind_of(text) != DeadlineKind::Unknown
        || letter_grade().is_match(&key)
        || key.ends_with('。')
        || text::blocks::has_mark(text.trim()) && key.chars().count() > 14
}
