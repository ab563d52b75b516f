//! A text -> the pairs of characters and the numbers that it is compared by, and what each weighs.
//!
//! Japanese has no spaces to split words at; pairs of characters are what two wordings of one thing share.
//! A pair weighs more the fewer goals have it, and less inside words that any municipal goal may use.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::features::{Features, Set};
use super::weights::Weights;
use crate::text::spelling_key;

/// Below so many goals a side, how few of them have a feature says little about how rare it is.
const FEWEST_GOALS: usize = 30;

/// Words of municipal goals whatever they are about: they say little about which goal it is.
const COMMON_WORDS: &[&str] = &[
    "推進", "充実", "実施", "強化", "向上", "確保", "検討", "整備", "促進", "拡充", "適正", "適切",
    "効果", "効率", "取組", "対応", "支援", "運用", "管理", "構築", "策定", "活用", "改善", "見直",
    "円滑", "実現", "維持", "確立", "徹底", "継続", "執行", "事業", "業務", "事務", "計画", "方針",
    "市民", "連携", "関係", "必要", "行政", "市政", "目標", "達成", "状況", "体制", "機能", "調整",
    "作成", "開催", "開始", "完了", "導入", "図る", "行う", "進め", "的な", "及び", "年度", "全庁",
    "各課", "部署", "担当", "職員", "内容", "制度", "把握", "共有", "情報", "課題", "整理", "準備",
    "進捗", "基づ", "踏ま", "向け", "新た", "様々", "積極", "着実", "迅速", "的確", "合意", "協議",
];

/// Words of one meaning in the titles of goals -> one of them. Content words only: [`COMMON_WORDS`] weigh
/// little in any form.
const SYNONYMS: &[(&str, &str)] = &[
    ("こども", "子ども"),
    ("子供", "子ども"),
    ("児童生徒", "子ども"),
    ("デジタルトランスフォーメーション", "dx"),
    ("デジタル化", "dx"),
    ("デジタル", "dx"),
    ("ホームページ", "ウェブサイト"),
    ("webサイト", "ウェブサイト"),
    ("hp", "ウェブサイト"),
    ("市報", "広報紙"),
    ("広報誌", "広報紙"),
    ("ゼロカーボン", "脱炭素"),
    ("カーボンニュートラル", "脱炭素"),
    ("減量", "削減"),
    ("減量化", "削減"),
    ("シティセールス", "シティプロモーション"),
    ("超過勤務", "時間外勤務"),
    ("バリアフリー化", "バリアフリー"),
    ("お年寄り", "高齢者"),
    ("高齢の方", "高齢者"),
    ("庁舎", "市役所"),
];

/// Features as they are met.
pub struct Words {
    ids: HashMap<Gram, u32, FixedState>,
    /// The weight that a feature's characters give it.
    own: Vec<f32>,
    /// Whether it is a number, or stands beside one.
    numbers: Vec<bool>,
    weights: Weights,
}

/// What texts are compared by: mostly two characters that follow each other, or a number with the character after it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Gram {
    /// Two characters.
    Pair(char, char),
    /// A number, and what it counts.
    Number(String),
    /// The title of a goal that has no word anywhere (―, ※), or its number where it has nothing else: it is only what
    /// it is.
    Wordless(String),
}

impl Words {
    /// None yet.
    pub fn new(weights: Weights) -> Self {
        Self {
            ids: HashMap::default(),
            own: Vec::new(),
            numbers: Vec::new(),
            weights,
        }
    }

    /// The features of a text. Nothing reaches over a mark of punctuation or a line's end.
    pub fn set(&mut self, text: &str) -> Set {
        let mut set = Vec::new();
        for line in text.split('\n') {
            let folded = matching_key(line);
            for phrase in folded.split(|c: char| !is_letter(c)) {
                self.phrase(phrase, &mut set);
            }
        }
        set.sort_unstable();
        set.dedup();
        set
    }

    fn phrase(&mut self, phrase: &str, set: &mut Set) {
        let mut before: Option<char> = None;
        let mut characters = phrase.chars().peekable();
        while let Some(c) = characters.next() {
            let shown = if c.is_ascii_digit() {
                let mut number = String::from(c);
                while let Some(digit) = characters.next_if(char::is_ascii_digit) {
                    number.push(digit);
                }
                number.extend(characters.peek());
                set.push(self.id(Gram::Number(number)));
                '0'
            } else {
                c
            };
            if let Some(before) = before {
                set.push(self.id(Gram::Pair(before, shown)));
            }
            before = Some(shown);
        }
        // A word of one character has no pair.
        if let (Some(only), 1) = (before, phrase.chars().count())
            && class(only) == Class::Content
        {
            set.push(self.id(Gram::Pair(only, ' ')));
        }
    }

    /// A feature's number.
    pub fn id(&mut self, gram: Gram) -> u32 {
        let next = self.own.len() as u32;
        if let Some(&id) = self.ids.get(&gram) {
            return id;
        }
        self.own.push(own_weight(&gram, &self.weights));
        self.numbers.push(match &gram {
            Gram::Pair(a, b) => [*a, *b].map(class).contains(&Class::Number),
            Gram::Number(_) => true,
            Gram::Wordless(_) => false,
        });
        self.ids.insert(gram, next);
        next
    }

    /// A set without the numbers in it.
    pub fn without_numbers(&self, set: &Set) -> Set {
        let is_number = |id: &&u32| self.numbers.get(**id as usize).copied().unwrap_or_default();
        set.iter().filter(|id| !is_number(id)).copied().collect()
    }

    /// A feature's own weight by how few goals have it, on the side where more do: a feature that both
    /// years have once is as rare as one that only one year has.
    pub fn weigh(&self, old: &[Features], new: &[Features]) -> Vec<f32> {
        let counts = |goals: &[Features]| {
            let mut counts = vec![0u32; self.own.len()];
            for &id in goals.iter().flat_map(|goal| &goal.whole) {
                if let Some(count) = counts.get_mut(id as usize) {
                    *count += 1;
                }
            }
            counts
        };
        let goals = old.len().max(new.len()).max(FEWEST_GOALS) as f32;
        let (old, new) = (counts(old), counts(new));
        let rarest = (1.0 + goals).ln();
        let both = old.iter().zip(&new).zip(&self.own);
        both.map(|((&old, &new), own)| {
            own * (1.0 + goals / old.max(new).max(1) as f32).ln() / rarest
        })
        .collect()
    }
}

/// [`SYNONYMS`] as texts are spelled when they are looked for.
static SPELLED_SYNONYMS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let spelled = SYNONYMS.iter();
    spelled
        .map(|(variant, form)| (spelling_key(variant), spelling_key(form)))
        .collect()
});

/// The comparison key of a text for matching: without years, which tick over, and with one word for one thing.
fn matching_key(text: &str) -> String {
    let mut folded = strip_years(&spelling_key(text));
    for (variant, form) in SPELLED_SYNONYMS.iter() {
        if folded.contains(variant) && !folded.contains(form) {
            folded = folded.replace(variant, form);
        }
    }
    folded
}

/// The key without years: 令和8年度, r8年度, 2026年, 元年度. A span (3年間) and 8年 alone stay.
fn strip_years(key: &str) -> String {
    let mut stripped = String::with_capacity(key.len());
    let mut rest = key;
    while let Some(c) = rest.chars().next() {
        let joined = stripped.ends_with(|c: char| c.is_ascii_alphanumeric());
        let year = year_length(rest).filter(|_| !joined);
        if year.is_none() {
            stripped.push(c);
        }
        let passed = year.unwrap_or(c.len_utf8());
        rest = rest.get(passed..).unwrap_or_default();
    }
    stripped
}

/// How many bytes of a year the text begins with.
fn year_length(text: &str) -> Option<usize> {
    let eras = ["令和", "平成", "昭和", "r", "h", "s"];
    let era = eras.iter().find(|era| text.starts_with(**era));
    let rest = era.map_or(text, |era| text.get(era.len()..).unwrap_or_default());
    let digits = if rest.starts_with('元') {
        '元'.len_utf8()
    } else {
        rest.bytes().take_while(u8::is_ascii_digit).count()
    };
    let after = rest.get(digits..)?;
    let dated = era.is_some_and(|era| era.len() > 1) || digits == 4;
    let named = match after {
        _ if digits == 0 => None,
        _ if after.starts_with("年間") => None,
        _ if after.starts_with("年度") => Some("年度".len()),
        _ if after.starts_with('年') && dated => Some("年".len()),
        _ => None,
    };
    Some(text.len() - rest.len() + digits + named?)
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '々' || c == 'ー'
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Hiragana,
    Content,
    Number,
}

fn class(c: char) -> Class {
    match c {
        '\u{3041}'..='\u{309f}' => Class::Hiragana,
        '0' => Class::Number,
        _ => Class::Content,
    }
}

fn own_weight(gram: &Gram, weights: &Weights) -> f32 {
    let (a, b) = match gram {
        Gram::Pair(a, b) => (a, b),
        Gram::Number(_) | Gram::Wordless(_) => return weights.number,
    };
    if is_in_common_word(*a, *b) {
        return weights.common_word;
    }
    match (class(*a), class(*b)) {
        (Class::Hiragana, Class::Hiragana) => weights.hiragana,
        (Class::Hiragana, _) | (_, Class::Hiragana) => weights.half_hiragana,
        (Class::Number, _) | (_, Class::Number) => weights.number,
        (Class::Content, Class::Content) => 1.0,
    }
}

fn is_in_common_word(a: char, b: char) -> bool {
    COMMON_WORDS.iter().any(|word| {
        let mut letters = word.chars();
        letters.next() == Some(a) && letters.next() == Some(b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_tick_over_and_do_not_count() {
        for (text, stripped) in [
            ("令和8年度予算の編成", "予算の編成"),
            ("r8年度と2026年の計画", "との計画"),
            ("令和元年度", ""),
            ("3年間の計画、8年目", "3年間の計画、8年目"),
            ("第3期r12", "第3期r12"),
        ] {
            assert_eq!(strip_years(text), stripped, "{text}");
        }
    }

    #[test]
    fn common_words_and_endings_weigh_less_than_the_matter() {
        let weight = |a, b| own_weight(&Gram::Pair(a, b), &Weights::default());
        assert!(weight('推', '進') < weight('広', '報'));
        assert!(weight('の', '推') < weight('広', '報'));
    }
}
