//! Marks that begin items (公用文の項目符号): the one table of them, with their classes.

use super::numbers;
use crate::text::width::{half_width, is_hyphen};

/// What kind of mark begins an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A mark that hardly stands within a sentence: ・ ● ■ ※, and ⇒ for a step (→ also stands for a change).
    Bullet,
    /// ○ → * and others that a sentence may hold.
    Sign,
    /// ① ❶ ⑴ ㋐.
    Circled,
    /// (1) （ア）.
    Bracketed,
    /// 1. 2) ア　.
    Plain,
    /// 第1　 一　: the number of a part of a text, which is a heading's label and no item's mark.
    Outline,
}

/// The mark that a line begins with, white space before it left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What kind of mark.
    pub class: Class,
    /// Its bytes.
    pub length: usize,
}

/// Digits of a number in brackets, or bytes of one that stands before a line, at most; a longer one is an amount.
const LONGEST_IN_BRACKETS: usize = 2;
const LONGEST_NUMBER: usize = 6;

/// Every sign that begins items, with its class. A sign that is not here begins none, for any reader.
pub const SIGNS: &[(char, Class)] = &[
    ('・', Class::Bullet),
    ('･', Class::Bullet),
    ('•', Class::Bullet),
    ('‧', Class::Bullet),
    ('∙', Class::Bullet),
    ('◦', Class::Bullet),
    ('‣', Class::Bullet),
    ('●', Class::Bullet),
    ('◎', Class::Bullet),
    ('◉', Class::Bullet),
    ('■', Class::Bullet),
    ('□', Class::Bullet),
    ('▪', Class::Bullet),
    ('▫', Class::Bullet),
    ('◼', Class::Bullet),
    ('◾', Class::Bullet),
    ('◆', Class::Bullet),
    ('◇', Class::Bullet),
    ('❖', Class::Bullet),
    ('▲', Class::Bullet),
    ('▼', Class::Bullet),
    ('▽', Class::Bullet),
    ('▶', Class::Bullet),
    ('▷', Class::Bullet),
    ('►', Class::Bullet),
    ('▸', Class::Bullet),
    ('★', Class::Bullet),
    ('☆', Class::Bullet),
    ('※', Class::Bullet),
    ('➢', Class::Bullet),
    ('➤', Class::Bullet),
    ('⇒', Class::Bullet),
    ('⇨', Class::Bullet),
    ('✓', Class::Bullet),
    ('✔', Class::Bullet),
    ('☑', Class::Bullet),
    ('☐', Class::Bullet),
    ('○', Class::Sign),
    ('〇', Class::Sign),
    ('◯', Class::Sign),
    ('△', Class::Sign),
    ('→', Class::Sign),
    ('*', Class::Sign),
    ('＊', Class::Sign),
];

/// The class of a sign of the table.
pub fn sign(c: char) -> Option<Class> {
    if c.is_alphanumeric() && c != '〇' {
        return None;
    }
    let found = SIGNS.iter().find(|(sign, _)| *sign == c);
    found.map(|(_, class)| *class)
}

/// Whether a character is a number in a circle, a bracket or with a point (Unicode's enclosed ones).
pub fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⒛' | 'ⓐ'..='ⓩ' | '⓪'..='⓾' | '❶'..='➓' | '㉑'..='㉟' | '㊱'..='㊿' | '㊀'..='㊉' | '㋐'..='㋾')
}

/// The mark that a line begins with. One that can also be a letter or a sign of a sentence (`-`, `a`, `1`) counts only
/// with a delimiter after it.
pub fn leading(line: &str) -> Option<Mark> {
    let line = line.trim_start();
    let mut characters = line.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    let of = |class: Class, length: usize| Some(Mark { class, length });
    if let Some(class) = sign(first) {
        // 「・・・」 is an ellipsis, 「▲3.5」 a number, `*` without a space a footnote's or a multiplication's sign.
        let is_other = rest.starts_with(first)
            || matches!(first, '▲' | '△') && numbers::is_number(rest)
            || matches!(first, '*' | '＊') && !rest.starts_with(char::is_whitespace);
        return if is_other {
            None
        } else {
            of(class, first.len_utf8())
        };
    }
    if is_circled(first) {
        return of(Class::Circled, first.len_utf8() + sub_number(rest));
    }
    match first {
        '-' | '－' | '‐' | '–' | '−' if rest.starts_with(char::is_whitespace) => {
            of(Class::Sign, first.len_utf8())
        }
        '(' | '（' => of(Class::Bracketed, bracketed(line)?),
        '第' => of(Class::Outline, first.len_utf8() + outline_number(rest)?),
        _ => match numbered(line) {
            Some(length) => of(Class::Plain, length),
            None => of(
                Class::Outline,
                outline_number(line).filter(|_| is_kanji_digit(first))?,
            ),
        },
    }
}

/// `①ー1 …`: the hyphen and digits after a circled number.
fn sub_number(rest: &str) -> usize {
    let mut characters = rest.chars();
    let Some(hyphen) = characters.next().filter(|&c| is_hyphen(c)) else {
        return 0;
    };
    let digits = digits_length(characters.as_str());
    if digits == 0 {
        0
    } else {
        hyphen.len_utf8() + digits
    }
}

/// The bytes of the digits that a text begins with.
fn digits_length(text: &str) -> usize {
    let digits = text.chars().take_while(|&c| half_width(c).is_ascii_digit());
    digits.map(char::len_utf8).sum()
}

/// `(1)`, `（ア）`, `(a)`: a number, one kana or one letter in brackets.
fn bracketed(line: &str) -> Option<usize> {
    let close = line.find([')', '）'])?;
    let open = line.chars().next()?.len_utf8();
    let inside = line.get(open..close)?;
    let mut characters = inside.chars().map(half_width);
    let length = inside.chars().count();
    let is_number = (1..=LONGEST_IN_BRACKETS).contains(&length)
        && characters
            .clone()
            .all(|c| c.is_ascii_digit() || is_kanji_digit(c));
    let is_letter = length == 1
        && characters
            .next()
            .is_some_and(|c| matches!(c, 'ア'..='ン' | 'a'..='z' | 'A'..='Z' | 'あ'..='ん'));
    let bracket = line.get(close..)?.chars().next().map_or(0, char::len_utf8);
    (is_number || is_letter).then_some(close + bracket)
}

/// `1 `, `1. `, `１．`, `ア `, `a)`: a number or a letter with a delimiter after it.
fn numbered(line: &str) -> Option<usize> {
    let head = digits_length(line);
    let first = line.chars().next()?;
    let letter = matches!(half_width(first), 'ア'..='ン' | 'a'..='z');
    let length = match head {
        0 if letter => first.len_utf8(),
        head => head,
    };
    if length == 0 || length > LONGEST_NUMBER {
        return None;
    }
    let mut after = line.get(length..)?.chars();
    match after.next()? {
        delimiter @ (')' | '）') => Some(length + delimiter.len_utf8()),
        // 「1.5倍」 is a number; 「1. 」 and 「１．」 before a word are marks.
        delimiter @ ('.' | '．')
            if head > 0 && !after.next().is_some_and(|c| half_width(c).is_ascii_digit()) =>
        {
            Some(length + delimiter.len_utf8())
        }
        ' ' | '\u{3000}' => Some(length),
        _ => None,
    }
}

/// The number of a part of a text with the delimiter that a number in a sentence lacks: `1　`, `一　`, `２．`.
fn outline_number(text: &str) -> Option<usize> {
    let digits = text
        .chars()
        .take_while(|&c| half_width(c).is_ascii_digit() || is_kanji_digit(c));
    let length: usize = digits.map(char::len_utf8).sum();
    let mut after = text.get(length..)?.chars();
    let delimiter = after.next().filter(|_| length > 0)?;
    let is_parted = matches!(delimiter, '\u{3000}' | ' ' | '．' | ')' | '）');
    let is_decimal =
        delimiter == '．' && after.next().is_some_and(|c| half_width(c).is_ascii_digit());
    (is_parted && !is_decimal).then_some(length)
}

fn is_kanji_digit(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(line: &str) -> Option<Class> {
        leading(line).map(|mark| mark.class)
    }

    #[test]
    fn marks_are_told_from_words() {
        let marked = [
            ("・課題", Class::Bullet),
            ("※営業日", Class::Bullet),
            ("➢課題", Class::Bullet),
            ("▶課題", Class::Bullet),
            ("✓済み", Class::Bullet),
            ("○課題", Class::Sign),
            ("- 実施", Class::Sign),
            ("* 実施", Class::Sign),
            ("①完了", Class::Circled),
            ("㋐完了", Class::Circled),
            ("(1) 目的", Class::Bracketed),
            ("（ア）庁舎", Class::Bracketed),
            ("1　方針", Class::Plain),
            ("１．概要", Class::Plain),
            ("2) 次", Class::Plain),
            ("ア　住民", Class::Plain),
            ("第1　総則", Class::Outline),
            ("一　総則", Class::Outline),
        ];
        for (line, kind) in marked {
            assert_eq!(class(line), Some(kind), "{line}");
        }
        for line in [
            "課題",
            "10月までに",
            "（総合計画）",
            "アンケート",
            "一部の",
            "3つの",
            "-5度",
            "９．５％",
            "第1回の",
            "・・・出張日",
            "20回",
            "1.5倍にする",
            "▲3.5",
            "△ 12,000",
            "*注",
            "",
        ] {
            assert_eq!(class(line), None, "{line}");
        }
    }

    #[test]
    fn a_mark_is_as_long_as_it_is_written() {
        for (line, mark) in [
            ("①ー1 累計", "①ー1"),
            ("（ア） 方針", "（ア）"),
            ("1. 方針", "1."),
            ("1 方針", "1"),
            ("ａ）方針", "ａ）"),
        ] {
            assert_eq!(&line[..leading(line).unwrap().length], mark, "{line}");
        }
    }

    #[test]
    fn every_sign_stands_once() {
        for (at, (sign, _)) in SIGNS.iter().enumerate() {
            assert!(
                SIGNS.iter().skip(at + 1).all(|(other, _)| other != sign),
                "{sign}"
            );
        }
    }
}
