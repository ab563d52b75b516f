//! The number that a line of a notice begins with: 第1, 1, (1), ア, (ア), a, ① -> its series and place there.

use crate::document::policy::LabelStyle;
use crate::text::era::pattern;
use crate::text::width;

/// What could be a section's number at the start of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// Its series.
    pub style: LabelStyle,
    /// Its place in the series; kana have one in アイウ and one in イロハ.
    pub value: u32,
    /// Its place in イロハ, if it is a kana of it.
    pub iroha: Option<u32>,
    /// Its own bytes, white space before it left out.
    pub start: usize,
    /// One past its last byte; the delimiter after it left out.
    pub end: usize,
    /// Where the text after it begins.
    pub body: usize,
}

const KANA: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス";
const DIGITS: &str = "[0-9０-９]{1,2}";
const KANJI: &str = "[一二三四五六七八九十]{1,3}";

// 公用文: no stop after the mark, one space after it; stops are common all the same. A number without any of
// them is part of a word: 3年間の, 1人1台, 第1四半期.
pattern!(
    dai,
    format!(r"^[\s　]*(第[\s　]?({DIGITS}|{KANJI}))(?:[\s　]+|$)")
);
pattern!(
    arabic,
    format!(r"^[\s　]*(({DIGITS}))(?:[\s　]+|[．.、][\s　]*|$)")
);
pattern!(
    paren,
    format!(r"^[\s　]*([（(][\s　]*({DIGITS})[\s　]*[)）])[\s　．.、]*")
);
pattern!(half_paren, format!(r"^[\s　]*(({DIGITS})[)）])[\s　]*"));
pattern!(
    kana,
    r"^[\s　]*(([ア-ンｱ-ﾝ]))(?:[\s　]+|[．.、][\s　]*|$)".to_owned()
);
pattern!(
    paren_kana,
    r"^[\s　]*([（(][\s　]*([ア-ンｱ-ﾝ])[\s　]*[)）])[\s　．.、]*".to_owned()
);
pattern!(
    latin,
    r"^[\s　]*(([a-zａ-ｚ]))(?:[\s　]+|[．.][\s　]+|$)".to_owned()
);
pattern!(circled, r"^[\s　]*(([①-⑳㉑-㉟㊱-㊿]))[\s　]*".to_owned());
pattern!(bracketed_sign, r"^[\s　]*(([⑴-⒇]))[\s　]*".to_owned());

type Pattern = fn() -> &'static regex::Regex;
/// Whether a label of a series can begin with a character: most lines have none, and no pattern is needed to say so.
type Begins = fn(char) -> bool;
const SERIES: [(Begins, Pattern, LabelStyle); 9] = [
    (|c| c == '第', dai, LabelStyle::Dai),
    (is_bracket, paren, LabelStyle::Paren),
    (is_bracketed_sign, bracketed_sign, LabelStyle::Paren),
    (is_bracket, paren_kana, LabelStyle::ParenKana),
    (is_digit, half_paren, LabelStyle::Paren),
    (is_digit, arabic, LabelStyle::Arabic),
    (is_kana, kana, LabelStyle::Kana),
    (is_small_latin, latin, LabelStyle::Latin),
    (is_circled, circled, LabelStyle::Circled),
];

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn is_bracketed_sign(c: char) -> bool {
    matches!(c, '⑴'..='⒇')
}

fn is_digit(c: char) -> bool {
    width::half_width(c).is_ascii_digit()
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ア'..='ン' | 'ｱ'..='ﾝ')
}

fn is_small_latin(c: char) -> bool {
    width::half_width(c).is_ascii_lowercase()
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}

/// The label that a line begins with.
pub(crate) fn label(line: &str) -> Option<Label> {
    let first = line.trim_start().chars().next()?;
    let mut series = SERIES.iter().filter(|(begins, ..)| begins(first));
    series.find_map(|&(_, pattern, style)| {
        let captures = pattern().captures(line)?;
        let (whole, mark, number) = (captures.get(0)?, captures.get(1)?, captures.get(2)?);
        // 「1.5倍」 and 「1、2年生」 are numbers.
        let goes_on_as_number = whole.end() > mark.end()
            && !line
                .get(mark.end()..whole.end())?
                .contains(char::is_whitespace)
            && line
                .get(whole.end()..)?
                .starts_with(|c: char| width::half_width(c).is_ascii_digit())
            && style == LabelStyle::Arabic;
        if goes_on_as_number {
            return None;
        }
        let (value, iroha) = values(number.as_str(), style)?;
        Some(Label {
            style,
            value,
            iroha,
            start: mark.start(),
            end: mark.end(),
            body: whole.end(),
        })
    })
}

fn values(number: &str, style: LabelStyle) -> Option<(u32, Option<u32>)> {
    let first = number.chars().next().map(width::half_width)?;
    let place = |series: &str| {
        series
            .chars()
            .position(|c| c == first)
            .map(|at| at as u32 + 1)
    };
    match style {
        LabelStyle::Kana | LabelStyle::ParenKana => {
            let folded = number.chars().next().map(full_kana)?;
            let place = |series: &str| {
                series
                    .chars()
                    .position(|c| c == folded)
                    .map(|at| at as u32 + 1)
            };
            Some((place(KANA)?, place(IROHA)))
        }
        LabelStyle::Latin => Some((place("abcdefghijklmnopqrstuvwxyz")?, None)),
        _ => {
            let value = crate::text::number::whole_number(number)?;
            Some((u32::try_from(value).ok()?, None))
        }
    }
}

/// A half-width kana as the full-width one.
fn full_kana(c: char) -> char {
    crate::text::key(&c.to_string()).chars().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Option<(LabelStyle, u32, &str)> {
        label(line).map(|label| (label.style, label.value, &line[label.body..]))
    }

    #[test]
    fn each_series_is_told() {
        use LabelStyle::{Arabic, Circled, Dai, Kana, Latin, Paren, ParenKana};
        for (line, style, value) in [
            ("第1　総則", Dai, 1),
            ("第２ 総則", Dai, 2),
            ("第三　総則", Dai, 3),
            ("1　総則", Arabic, 1),
            ("１．総則", Arabic, 1),
            ("12 総則", Arabic, 12),
            ("(1)　総則", Paren, 1),
            ("（２）総則", Paren, 2),
            ("⑶ 総則", Paren, 3),
            ("4) 総則", Paren, 4),
            ("ア　総則", Kana, 1),
            ("(イ) 総則", ParenKana, 2),
            ("a 総則", Latin, 1),
            ("③総則", Circled, 3),
        ] {
            assert_eq!(found(line), Some((style, value, "総則")), "{line}");
        }
    }

    #[test]
    fn numbers_of_words_are_no_labels() {
        for line in [
            "3年間の取組を振り返る。",
            "1人1台の端末を使う。",
            "第1四半期に行う。",
            "第2次計画を定める。",
            "1.5倍にする。",
            "2050年までに",
            "アウトカムを意識する。",
            "AI を使う。",
            "2、3年後を見通す。",
            "（公財）緑野市文化財団",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }
}
