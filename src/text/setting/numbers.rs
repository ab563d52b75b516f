//! Numbers at the ends of lines: a line that is a number is whole, and no join of two texts makes one number of two.

use crate::text::width::{half_width, is_hyphen};

/// Characters of a unit after a number at most: 件, 千円, か所, 百万円.
const LONGEST_UNIT: usize = 3;

/// Whether a line is nothing but a number: digits of any width with their separators, a sign, brackets, a currency sign
/// or `%`. Such a line never goes on in the next one.
pub fn is_number(line: &str) -> bool {
    let mut digits = 0;
    for c in line.trim().chars() {
        if is_digit(c) {
            digits += 1;
        } else if !(c.is_whitespace() || is_separator(c) || is_sign(c)) {
            return false;
        }
    }
    digits > 0
}

/// Whether a line is nothing but a number and its unit: `1,200件`, `3か所`.
pub fn is_amount(line: &str) -> bool {
    let line = line.trim();
    let Some(end) = line.rfind(is_digit) else {
        return false;
    };
    let unit = |c: char| c.is_alphanumeric() || is_sign(c);
    let (number, rest) = line.split_at(end);
    let mut rest = rest.chars();
    let last = rest.next();
    let is_short = rest.clone().count() <= LONGEST_UNIT;
    last.is_some() && is_short && rest.all(unit) && (number.is_empty() || is_number(number))
}

/// Whether two lines are entries, one a line, whatever room is left: the first is a number, or both are amounts.
pub fn are_entries(line: &str, next: &str) -> bool {
    is_number(line) || (is_amount(line) && is_amount(next))
}

/// Whether two texts, one right after the other, would read as one number: a digit, or a separator after one, meets a
/// digit (195,8｜00, 10｜³). White space between them keeps them apart.
pub fn meet(before: &str, after: &str) -> bool {
    let mut last = before.chars().rev();
    let mut first = after.chars();
    match (last.next(), first.next()) {
        (Some(a), Some(b)) if is_digit(a) && is_digit(b) => true,
        (Some(a), Some(b)) if is_separator(a) && is_digit(b) => last.next().is_some_and(is_digit),
        (Some(a), Some(b)) if is_digit(a) && is_separator(b) => first.next().is_some_and(is_digit),
        _ => false,
    }
}

/// A text without its white space, one space left where two numbers would become one without it.
pub fn closed_up(text: &str) -> String {
    let mut closed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if meet(&closed, word) {
            closed.push(' ');
        }
        closed.push_str(word);
    }
    closed
}

/// How many characters of a number stand at the end of a text, and at the beginning of another.
pub fn at_end(text: &str) -> usize {
    text.chars().rev().take_while(|&c| is_part(c)).count()
}

/// See [`at_end`].
pub fn at_start(text: &str) -> usize {
    text.chars().take_while(|&c| is_part(c)).count()
}

fn is_part(c: char) -> bool {
    is_digit(c) || is_separator(c)
}

/// Whether it is a digit, of any width, raised or lowered.
pub fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit() || is_raised_digit(c)
}

/// Whether it is a character for a raised or lowered digit: ³, ₂.
pub fn is_raised_digit(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉')
}

/// What stands between the digits of one number.
fn is_separator(c: char) -> bool {
    matches!(half_width(c), ',' | '.') || matches!(c, '٬' | '’')
}

/// What stands before, after or around a number.
fn is_sign(c: char) -> bool {
    is_hyphen(c)
        || matches!(
            half_width(c),
            '+' | '%'
                | '('
                | ')'
                | '¥'
                | '$'
                | '/'
                | ':'
                | '▲'
                | '△'
                | '±'
                | '‰'
                | '<'
                | '>'
                | '\\'
        )
        || matches!(c, '￥' | '×')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_a_number_is_told() {
        for number in [
            "195,800", "１２", "▲3.5%", " 12 ", "(34)", "¥1,200", "2026/4/1", "−5",
        ] {
            assert!(is_number(number), "{number}");
        }
        for other in ["", "-", "12件", "第3", "①", "令和8", "1.5倍"] {
            assert!(!is_number(other), "{other}");
        }
    }

    #[test]
    fn an_amount_is_a_number_with_its_unit() {
        for amount in ["12件", "1,200百万円", "3か所", "76%", "５"] {
            assert!(is_amount(amount), "{amount}");
        }
        for other in ["12件の相談", "第3回", "年度末", "20件。", "令和8年"] {
            assert!(!is_amount(other), "{other}");
        }
    }

    #[test]
    fn numbers_meet_where_nothing_parts_them() {
        for (before, after) in [
            ("20", "26年"),
            ("1,", "200"),
            ("3", ".5倍"),
            ("１", "０月"),
            ("10", "³"),
        ] {
            assert!(meet(before, after), "{before}|{after}");
        }
        for (before, after) in [
            ("20 ", "26"),
            ("20", "年"),
            ("第", "3"),
            ("、", "3"),
            ("3", "."),
            ("", "3"),
        ] {
            assert!(!meet(before, after), "{before}|{after}");
        }
    }
}
