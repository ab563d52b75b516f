//! Texts -> weighted sets of character pairs, by which goals of two years are likened.
//!
//! Japanese has no spaces to split words at; pairs of characters are what two wordings of one thing share.
//! A pair weighs more the fewer goals have it, and less inside words that any municipal goal may use.

use std::collections::HashMap;

use crate::document::Goal;
use crate::text::key;

use super::goals::SideGoal;

/// A set of features, sorted; each an index into [`Corpus::weights`].
pub type Set = Vec<u32>;

/// What is compared of a goal.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// The title.
    pub item: Set,
    /// どの水準まで.
    pub level: Set,
    /// どのような方法で.
    pub methods: Set,
    /// The names of the indicators.
    pub indicators: Set,
    /// Level, methods and indicators: years move sentences between them.
    pub body: Set,
    /// Everything.
    pub whole: Set,
    /// The categories' keys.
    pub categories: Vec<String>,
}

/// The features of both sides, and what each weighs.
#[derive(Debug)]
pub struct Corpus {
    /// The old side's goals.
    pub old: Vec<Features>,
    /// The new side's goals.
    pub new: Vec<Features>,
    /// The weight of each feature, above 0 and up to 1.
    pub weights: Vec<f32>,
}

/// Below so many goals a side, how few of them have a feature says little about how rare it is.
const FEWEST_GOALS: usize = 30;
/// Weight of a pair inside a word that any goal may use; see [`COMMON_WORDS`].
const COMMON_WORD: f32 = 0.2;
/// Weight of a pair of which one character is hiragana: an ending or a particle, mostly.
const HALF_HIRAGANA: f32 = 0.3;
/// Weight of a pair of hiragana: ごみ and まちづくり, but also している.
const HIRAGANA: f32 = 0.45;
/// Weight of a number; quantities and years change between years, 第一小学校 does not.
const NUMBER: f32 = 0.4;

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

/// The features of both sides' goals.
pub fn corpus(old: &[SideGoal], new: &[SideGoal]) -> Corpus {
    let mut words = Words::default();
    let of = |goals: &[SideGoal], words: &mut Words| -> Vec<Features> {
        goals.iter().map(|goal| words.features(goal.goal)).collect()
    };
    let mut corpus = Corpus {
        old: of(old, &mut words),
        new: of(new, &mut words),
        weights: Vec::new(),
    };
    corpus.weights = words.weights(&corpus.old, &corpus.new);
    corpus
}

/// Features as they are met.
#[derive(Default)]
struct Words {
    ids: HashMap<Gram, u32>,
    /// The weight that a feature's characters give it.
    own: Vec<f32>,
}

/// What texts are compared by: mostly two characters that follow each other, or a number with the character after it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Gram {
    Pair(char, char),
    Number(String),
    /// The title of a goal that has no word anywhere (―, ※), or its number where it has nothing else: it is only what
    /// it is.
    Wordless(String),
}

impl Words {
    fn features(&mut self, goal: &Goal) -> Features {
        let mut text = |text: Option<&str>| self.set(text.unwrap_or_default());
        let title = goal.item.as_ref().map(|item| item.text.as_str());
        let mut item = text(title);
        let level = text(goal.level.as_ref().map(|level| level.text.as_str()));
        let methods = text(goal.methods.as_ref().map(|methods| methods.text.as_str()));
        let names = goal.indicators.iter().filter_map(|i| i.name.as_ref());
        let names: Vec<&str> = names.map(|name| name.text.as_str()).collect();
        let indicators = text(Some(&names.join("\n")));
        let body = union([&level, &methods, &indicators]);
        let number = goal.number.as_ref().map(|number| number.raw.as_str());
        let title = [title, number].into_iter().flatten().map(key);
        let title = title.into_iter().find(|title| !title.is_empty());
        if let (true, true, Some(title)) = (item.is_empty(), body.is_empty(), title) {
            item.push(self.id(Gram::Wordless(title)));
        }
        let categories = goal.categories.as_ref();
        Features {
            whole: union([&item, &body, &Vec::new()]),
            categories: categories
                .map(|categories| categories.values.iter().map(|value| key(value)).collect())
                .unwrap_or_default(),
            item,
            level,
            methods,
            indicators,
            body,
        }
    }

    /// The features of a text. Nothing reaches over a mark of punctuation or a line's end.
    fn set(&mut self, text: &str) -> Set {
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

    fn id(&mut self, gram: Gram) -> u32 {
        let next = self.own.len() as u32;
        if let Some(&id) = self.ids.get(&gram) {
            return id;
        }
        self.own.push(own_weight(&gram));
        self.ids.insert(gram, next);
        next
    }

    /// A feature's own weight by how few goals have it, on the side where more do: a feature that both
    /// years have once is as rare as one that only one year has.
    fn weights(&self, old: &[Features], new: &[Features]) -> Vec<f32> {
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

/// The comparison key of a text for matching: without years, which tick over, and with one word for one thing.
fn matching_key(text: &str) -> String {
    let mut folded = strip_years(&key(text));
    for (variant, form) in SYNONYMS {
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

fn own_weight(gram: &Gram) -> f32 {
    let (a, b) = match gram {
        Gram::Pair(a, b) => (a, b),
        Gram::Number(_) | Gram::Wordless(_) => return NUMBER,
    };
    if is_in_common_word(*a, *b) {
        return COMMON_WORD;
    }
    match (class(*a), class(*b)) {
        (Class::Hiragana, Class::Hiragana) => HIRAGANA,
        (Class::Hiragana, _) | (_, Class::Hiragana) => HALF_HIRAGANA,
        (Class::Number, _) | (_, Class::Number) => NUMBER,
        (Class::Content, Class::Content) => 1.0,
    }
}

fn is_in_common_word(a: char, b: char) -> bool {
    COMMON_WORDS.iter().any(|word| {
        let mut letters = word.chars();
        letters.next() == Some(a) && letters.next() == Some(b)
    })
}

fn union(sets: [&Set; 3]) -> Set {
    let mut all: Set = sets.into_iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Corpus {
    /// What a set weighs.
    pub fn weight(&self, set: &[u32]) -> f32 {
        set.iter().map(|&id| self.of(id)).sum()
    }

    /// The weight of one feature.
    pub fn of(&self, id: u32) -> f32 {
        self.weights.get(id as usize).copied().unwrap_or_default()
    }

    /// What two sets share, by weight.
    pub fn shared(&self, a: &[u32], b: &[u32]) -> f32 {
        self.weight(&intersection(a, b))
    }

    /// How alike two sets are, 0 to 1; `None` if one is empty.
    pub fn likeness(&self, a: &[u32], b: &[u32]) -> Option<f32> {
        likeness(self.shared(a, b), self.weight(a), self.weight(b))
    }
}

/// What two sorted sets share.
pub fn intersection(a: &[u32], b: &[u32]) -> Set {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = Vec::new();
    while let (Some(&&x), Some(&&y)) = (a.peek(), b.peek()) {
        if x == y {
            shared.push(x);
        }
        if x <= y {
            a.next();
        }
        if y <= x {
            b.next();
        }
    }
    shared
}

/// How much a text that holds the other whole counts as like it: a year's text may be the last one's, cut.
const CONTAINMENT: f32 = 0.35;

/// How alike two sets are that share and weigh so much: their Dice coefficient, and how far the lesser is contained.
pub fn likeness(shared: f32, a: f32, b: f32) -> Option<f32> {
    if a <= 0.0 || b <= 0.0 {
        return None;
    }
    let dice = 2.0 * shared / (a + b);
    let contained = shared / a.min(b);
    Some(((1.0 - CONTAINMENT) * dice + CONTAINMENT * contained).clamp(0.0, 1.0))
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
        let weight = |a, b| own_weight(&Gram::Pair(a, b));
        assert!(weight('推', '進') < weight('広', '報'));
        assert!(weight('の', '推') < weight('広', '報'));
    }

    #[test]
    fn likeness_is_one_for_the_same_and_none_for_nothing() {
        assert_eq!(likeness(3.0, 3.0, 3.0), Some(1.0));
        assert_eq!(likeness(0.0, 0.0, 3.0), None);
        assert!(likeness(1.0, 1.0, 9.0) > likeness(1.0, 5.0, 5.0));
    }
}
