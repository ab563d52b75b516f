//! Sentences -> one spelling: okurigana, kanji or kana of a word, か月, digits within words; by which two years' texts
//! are found to say the same.
//!
//! [`key`] is for words that a program looks for, and folds little. What two years' sentences are compared by folds all
//! that offices write in two ways (公用文における漢字使用等について; 送り仮名の付け方, 許容): none of it says that anything changed.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::key::{key, spelling_variants};
use super::spelling_words::{AFTER_KANA, COUNTERS, FIRST_PARTS, SECOND_PARTS, STEMS, WORDS};

/// What is known of words that begin with a character.
#[derive(Default)]
struct Known {
    words: Vec<(&'static str, &'static str)>,
    first_part: &'static [&'static str],
    second_part: &'static [&'static str],
    stems: Vec<(&'static str, &'static str, &'static str)>,
    after_kana: Option<&'static str>,
    /// Words that the key itself spells in one way.
    variants: Vec<&'static str>,
}

/// By the first character; a character that is not here begins nothing that is spelt otherwise.
static KNOWN: LazyLock<HashMap<char, Known, FixedState>> = LazyLock::new(|| {
    let mut known: HashMap<char, Known, FixedState> = HashMap::default();
    let first = |word: &str| word.chars().next().unwrap_or_default();
    for &(from, to) in WORDS {
        known.entry(first(from)).or_default().words.push((from, to));
    }
    for &(part, endings) in FIRST_PARTS {
        known.entry(part).or_default().first_part = endings;
    }
    for &(part, endings) in SECOND_PARTS {
        known.entry(part).or_default().second_part = endings;
    }
    for &(from, to, next) in STEMS {
        known
            .entry(first(from))
            .or_default()
            .stems
            .push((from, to, next));
    }
    for &(from, to) in AFTER_KANA {
        known.entry(from).or_default().after_kana = Some(to);
    }
    for variant in spelling_variants() {
        known
            .entry(first(variant))
            .or_default()
            .variants
            .push(variant);
    }
    known
});

/// The [`key`] of a text with the nouns in one spelling; its punctuation stays.
pub fn spelling_key(text: &str) -> String {
    spelled(text, Reach::Nouns)
}

/// Which words are spelt in one way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Compounds, nouns and numbers.
    Nouns,
    /// Verbs and what is written in kana after kana too.
    Everything,
}

fn spelled(text: &str, reach: Reach) -> String {
    let letters: Vec<char> = key(text).chars().collect();
    let mut spelled = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        at += step(&letters, at, reach, &mut spelled).max(1);
    }
    spelled.into_iter().collect()
}

/// What a text says, whatever its spelling and punctuation: two texts with the same wording key differ in wording only.
/// Hiragana and katakana are one; a sign stays between digits, where it tells 3.5 from 35.
pub fn wording_key(text: &str) -> String {
    let letters: Vec<char> = spelled(text, Reach::Everything).chars().collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let mut wording = String::with_capacity(letters.len() * 3);
    for (at, &c) in letters.iter().enumerate() {
        match c {
            'ァ'..='ヶ' => wording.push(hiragana(c)),
            '-' | '~' => wording.push('-'),
            _ if is_said(c) => wording.push(c),
            _ if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => wording.push(c),
            _ => {}
        }
    }
    if wording.is_empty() {
        // A text of signs alone (―, ※) says what they are.
        return letters.into_iter().collect();
    }
    wording
}

/// Whether a character is more than punctuation.
fn is_said(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            'ー' | '々' | '%' | '+' | '±' | '〆' | '¥' | '℃' | '×' | '○' | '△' | '▲'
        )
}

fn hiragana(c: char) -> char {
    char::from_u32(u32::from(c) - 0x60).unwrap_or(c)
}

/// How many characters of a text are a word that may be spelt otherwise: shown as one where it changed.
pub fn spelled_length(text: &[char]) -> Option<usize> {
    let known = KNOWN.get(text.first()?)?;
    let variants = known
        .variants
        .iter()
        .filter_map(|word| begins(text, 0, word));
    let of_key = variants.max().unwrap_or(0);
    let mut spelled = Vec::new();
    let mut at = 0;
    // 取り + 組み: a part that leads to another is one word with it.
    while at < text.len() {
        let before = spelled.len();
        let taken = step(text, at, Reach::Everything, &mut spelled);
        if text.get(at..at + taken) == spelled.get(before..) {
            // The kanji that an ending was left out before.
            at += usize::from(at > 0 && is_kanji_at(text, at));
            break;
        }
        at += taken;
    }
    Some(at.max(of_key)).filter(|&length| length > 0)
}

fn is_kanji_at(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(|&c| is_kanji(c))
}

/// Takes the word at a place, or one character, and spells it; how many characters it was.
fn step(text: &[char], at: usize, reach: Reach, spelled: &mut Vec<char>) -> usize {
    let Some(&c) = text.get(at) else { return 0 };
    let before = spelled.last().copied();
    if let Some(known) = KNOWN.get(&c)
        && let Some((taken, form)) = known.word(text, at, before, reach)
    {
        match form {
            Form::Bare => spelled.push(c),
            Form::Is(form) => spelled.extend(form.chars()),
        }
        return taken;
    }
    if let Some(taken) = counted(text, at, before, spelled) {
        return taken;
    }
    spelled.push(c);
    1
}

/// How a word is spelt.
enum Form {
    /// Its first kanji alone.
    Bare,
    /// So.
    Is(&'static str),
}

impl Known {
    /// The word at a place: how many characters, and its form.
    fn word(
        &self,
        text: &[char],
        at: usize,
        before: Option<char>,
        reach: Reach,
    ) -> Option<(usize, Form)> {
        let ending = |endings: &[&str]| {
            endings
                .iter()
                .find_map(|ending| begins(text, at + 1, ending))
        };
        // 取組み → 取組: okurigana of a compound's second part, where kanji stand before it.
        if before.is_some_and(is_kanji) {
            if let Some(length) = begins(text, at, "づけ") {
                return Some((length, Form::Is("付")));
            }
            if let Some(length) = ending(self.second_part) {
                return Some((1 + length, Form::Bare));
            }
        }
        let mut words = self.words.iter();
        let found = words.find_map(|&(from, to)| begins(text, at, from).map(|length| (length, to)));
        if let Some((length, to)) = found {
            return Some((length, Form::Is(to)));
        }
        if let Some(to) = self.after_kana
            && reach == Reach::Everything
            && before.is_some_and(is_hiragana)
            && !is_kanji_at(text, at + 1)
        {
            return Some((1, Form::Is(to)));
        }
        // 取り組み → 取組み: okurigana of its first part, where kanji follow.
        if let Some(length) = ending(self.first_part)
            && is_kanji_at(text, at + 1 + length)
        {
            return Some((1 + length, Form::Bare));
        }
        let mut stems = self.stems.iter().filter(|_| reach == Reach::Everything);
        // 図る → はかる: a verb's kanji in kana, where its ending follows.
        stems.find_map(|&(from, to, next)| {
            let length = begins(text, at, from)?;
            let follows = text.get(at + length).is_some_and(|&c| next.contains(c));
            (next.is_empty() || follows).then_some((length, Form::Is(to)))
        })
    }
}

/// The length of a word, if the text goes on with it.
fn begins(text: &[char], at: usize, word: &str) -> Option<usize> {
    let mut length = 0;
    for c in word.chars() {
        if text.get(at + length) != Some(&c) {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// 3ヶ月 → 3か月, 一つ → 1つ, 第一 → 第1, 1,000 → 1000.
fn counted(
    text: &[char],
    at: usize,
    before: Option<char>,
    spelled: &mut Vec<char>,
) -> Option<usize> {
    let c = *text.get(at)?;
    let next = text.get(at + 1).copied();
    let after_number =
        before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '数' | '各' | '何'));
    if matches!(c, 'ヶ' | 'ヵ' | 'ケ' | 'カ' | 'か' | '箇' | '個')
        && after_number
        && next.is_some_and(|c| matches!(c, '月' | '所' | '年' | '国' | '条' | '点'))
    {
        spelled.push('か');
        return Some(1);
    }
    if c == '、' && before.is_some_and(|c| c.is_ascii_digit()) && is_thousands(text, at + 1) {
        return Some(1);
    }
    let digit = "〇一二三四五六七八九"
        .chars()
        .position(|numeral| numeral == c)?;
    let ordinal = before == Some('第');
    let alone = !before.is_some_and(is_kanji)
        && COUNTERS
            .iter()
            .any(|word| begins(text, at + 1, word).is_some());
    (ordinal || alone).then(|| {
        spelled.push(char::from_digit(digit as u32, 10).unwrap_or(c));
        1
    })
}

/// Three digits and no more.
fn is_thousands(text: &[char], at: usize) -> bool {
    let digits = text
        .iter()
        .skip(at)
        .take(4)
        .take_while(|c| c.is_ascii_digit());
    digits.count() == 3
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々')
}

fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(words: &[&str]) {
        let keys: Vec<String> = words.iter().map(|word| wording_key(word)).collect();
        assert!(
            keys.iter().all(|key| *key == keys[0]),
            "{words:?}: {keys:?}"
        );
    }

    #[test]
    fn compounds_are_one_with_and_without_okurigana() {
        same(&["取り組みを進める", "取組みを進める", "取組を進める"]);
        same(&["受け付ける", "受付ける"]);
        same(&["申し込み・申込み", "申込・申込"]);
        same(&["問い合わせ先", "問合せ先", "問い合せ先", "問合わせ先"]);
        same(&["積み立て金", "積立て金", "積立金"]);
        same(&["引き上げる", "引上げる"]);
        same(&["見積もりを取る", "見積りを取る", "見積を取る"]);
        same(&["届け出の受け付け", "届出の受付"]);
        same(&["組み合わせて", "組み合せて", "組合せて"]);
        same(&["位置付ける", "位置づける"]);
        same(&["呼び掛けと働き掛け", "呼びかけと働きかけ", "呼掛けと働掛け"]);
        same(&["一人当たり", "1人当り"]);
        same(&["取りまとめる", "とりまとめる", "取り纏める"]);
        same(&["窓口の切り替え", "窓口の切替え", "窓口の切替"]);
        same(&["取り扱いの見直し", "取扱いの見直し", "取扱の見直し"]);
    }

    #[test]
    fn kanji_and_kana_of_one_word_are_one() {
        same(&["事務の効率化を図る。", "事務の効率化をはかる"]);
        same(&["併せて周知する", "あわせて周知する", "合わせて周知する"]);
        same(&["更に進める事とする", "さらに進めることとする"]);
        same(&["出来る限り", "できる限り"]);
        same(&["丁寧な説明", "ていねいな説明"]);
        same(&["市民に分かり易い", "市民にわかりやすい"]);
        same(&["ゴミの分別", "ごみの分別"]);
        same(&["子供の居場所", "子どもの居場所", "こどもの居場所"]);
    }

    #[test]
    fn numbers_within_words_are_one() {
        same(&["3ヶ月ごと", "３カ月ごと", "3箇月ごと"]);
        same(&["年度毎の集計", "年度ごとの集計"]);
        same(&["一つの窓口", "１つの窓口", "1つの窓口"]);
        same(&["第一四半期", "第１四半期"]);
        same(&["1,200人以上", "１２００人以上"]);
        same(&["90パーセント", "90％"]);
        assert_ne!(wording_key("3.5%"), wording_key("35%"));
        assert_ne!(wording_key("第1期"), wording_key("第2期"));
        assert_ne!(wording_key("一部を改める"), wording_key("1部を改める"));
    }

    #[test]
    fn punctuation_says_nothing() {
        same(&[
            "調査し、改善する。",
            "調査し改善する",
            "・調査し,改善する．",
        ]);
        same(&["「緑のまち」の推進", "緑のまちの推進"]);
        assert_ne!(wording_key("―"), wording_key("※"));
        assert_ne!(wording_key("75点以上"), wording_key("80点以上"));
    }
}
