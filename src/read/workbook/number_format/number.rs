//! A number and a section with digit placeholders -> the displayed digits.

use super::decimal::Decimal;
use super::general::general;
use super::section::{ExponentSign, Numerals, Section, Token};

/// The displayed form; `None` if the placeholders are in no known order.
pub(super) fn display(section: &Section, value: f64) -> Option<String> {
    let tokens = section.tokens.as_slice();
    if is_fraction(tokens) || !value.is_finite() {
        return None;
    }
    let mut decimal = Decimal::new(value);
    let percents = tokens
        .iter()
        .filter(|token| **token == Token::Percent)
        .count() as i32;
    decimal = decimal.scaled(2 * percents);
    let power = tokens
        .iter()
        .position(|token| matches!(token, Token::Exponent(_)));
    let (mantissa, exponent) = tokens.split_at(power.unwrap_or(tokens.len()));
    let point = mantissa
        .iter()
        .position(|token| *token == Token::Point)
        .unwrap_or(mantissa.len());
    let (integer_part, fraction_part) = mantissa.split_at(point);
    if fraction_part
        .iter()
        .filter(|token| **token == Token::Point)
        .count()
        > 1
    {
        return None;
    }
    let commas = Commas::of(integer_part);
    decimal = decimal.scaled(-3 * commas.thousands);
    let shift = if exponent.is_empty() {
        0
    } else {
        exponent_of(&decimal, digits_in(integer_part))
    };
    decimal = decimal.scaled(-shift);
    let (integer, fraction) = decimal.rounded(digits_in(fraction_part));
    let mut shown = if value < 0.0 {
        String::from("-")
    } else {
        String::new()
    };
    shown += &integer_digits(integer_part, &integer, commas.grouped);
    shown += &fraction_digits(fraction_part, &fraction);
    shown += &exponent_digits(exponent, shift);
    Some(in_numerals(&shown, section.numerals))
}

/// What stands for `General` and `@`. In kanji a number is read (十二), where placeholders spell it (一二); in full
/// width only a single digit is sure, since Excel sets places between the digits of others. `None` for what is not.
pub(super) fn plain(section: &Section, value: f64) -> Option<String> {
    let whole = (value.fract() == 0.0 && value.abs() < 1e12).then_some(value.abs() as u64);
    match section.numerals {
        Numerals::Ascii => Some(general(value)),
        Numerals::Kanji => {
            let sign = if value < 0.0 { "-" } else { "" };
            Some(format!("{sign}{}", read_in_kanji(whole?)?))
        }
        Numerals::FullWidth => {
            let digit = whole.filter(|digit| *digit < 10 && value >= 0.0)?;
            Some(in_numerals(&digit.to_string(), Numerals::FullWidth))
        }
    }
}

/// A number as it is read: 一万二千三百四十五. `None` where a thousand of a higher place may have its one or not.
fn read_in_kanji(number: u64) -> Option<String> {
    if number == 0 {
        return Some("〇".to_owned());
    }
    let digit = |digit: u64| in_numerals(&digit.to_string(), Numerals::Kanji);
    let mut read = String::new();
    for (power, name) in [(8, "億"), (4, "万"), (0, "")] {
        let group = number / 10_u64.pow(power) % 10_000;
        if group == 0 {
            continue;
        }
        if power > 0 && group / 1_000 == 1 {
            return None;
        }
        for (place, unit) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
            match group / place % 10 {
                0 => {}
                1 if place > 1 => read += unit,
                value => read = read + &digit(value) + unit,
            }
        }
        read += name;
    }
    Some(read)
}

/// A `/` between placeholders asks for a vulgar fraction, which goal sheets do not use.
fn is_fraction(tokens: &[Token]) -> bool {
    let digit = |token: Option<&Token>| matches!(token, Some(Token::Digit(_)));
    tokens.windows(3).any(|three| {
        digit(three.first())
            && digit(three.last())
            && matches!(three.get(1), Some(Token::Literal(text)) if text.trim() == "/")
    })
}

fn digits_in(tokens: &[Token]) -> usize {
    tokens
        .iter()
        .filter(|token| matches!(token, Token::Digit(_)))
        .count()
}

/// What the commas among the integer's placeholders mean.
struct Commas {
    /// A comma between placeholders groups the digits by three.
    grouped: bool,
    /// Each comma after the last placeholder divides by a thousand.
    thousands: i32,
}

impl Commas {
    fn of(integer_part: &[Token]) -> Self {
        let last = integer_part
            .iter()
            .rposition(|token| matches!(token, Token::Digit(_)));
        let first = integer_part
            .iter()
            .position(|token| matches!(token, Token::Digit(_)));
        let mut commas = Self {
            grouped: false,
            thousands: 0,
        };
        let (Some(first), Some(last)) = (first, last) else {
            return commas;
        };
        commas.grouped = integer_part
            .get(first..last)
            .is_some_and(|between| between.contains(&Token::Comma));
        commas.thousands = integer_part
            .iter()
            .skip(last + 1)
            .take_while(|token| **token == Token::Comma)
            .count() as i32;
        commas
    }
}

/// The integer's digits from the right, each at its placeholder; the first placeholder takes the rest.
fn integer_digits(tokens: &[Token], digits: &str, grouped: bool) -> String {
    let mut left: Vec<char> = digits.chars().collect();
    let mut shown: Vec<char> = Vec::new();
    let mut placed = 0;
    let mut place = |digit: char, shown: &mut Vec<char>| {
        if grouped && placed > 0 && placed % 3 == 0 {
            shown.push(if digit == ' ' { ' ' } else { ',' });
        }
        shown.push(digit);
        placed += 1;
    };
    let first = tokens
        .iter()
        .position(|token| matches!(token, Token::Digit(_)));
    if first.is_none() {
        // `.00` shows what stands before the point all the same.
        left.iter()
            .rev()
            .for_each(|&digit| place(digit, &mut shown));
    }
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Digit(kind) => {
                match (left.pop(), kind) {
                    (Some(digit), _) => place(digit, &mut shown),
                    (None, '0') => place('0', &mut shown),
                    (None, '?') => place(' ', &mut shown),
                    (None, _) => {}
                }
                while Some(at) == first {
                    let Some(digit) = left.pop() else { break };
                    place(digit, &mut shown);
                }
            }
            Token::Literal(text) => shown.extend(text.chars().rev()),
            Token::Percent => shown.push('%'),
            _ => {}
        }
    }
    shown.iter().rev().collect()
}

/// The point and the fraction's digits; `#` drops zeros at the end, `?` shows them as spaces.
fn fraction_digits(tokens: &[Token], digits: &str) -> String {
    let said = digits.trim_end_matches('0').len();
    let mut shown = String::new();
    let mut digits = digits.chars().enumerate();
    for token in tokens {
        match token {
            Token::Digit(kind) => match (digits.next(), kind) {
                (Some((at, _)), '#') if at >= said => {}
                (Some((at, _)), '?') if at >= said => shown.push(' '),
                (Some((_, digit)), _) => shown.push(digit),
                (None, _) => {}
            },
            Token::Point => shown.push('.'),
            Token::Literal(text) => shown += text,
            Token::Percent => shown.push('%'),
            _ => {}
        }
    }
    shown
}

/// The power of ten that leaves as many integer digits as there are placeholders, in steps of them.
fn exponent_of(decimal: &Decimal, places: usize) -> i32 {
    if decimal.is_zero() {
        return 0;
    }
    let step = places.max(1) as i32;
    decimal.exponent.div_euclid(step) * step
}

fn exponent_digits(tokens: &[Token], power: i32) -> String {
    let Some((Token::Exponent(sign), rest)) = tokens.split_first() else {
        return String::new();
    };
    let sign = match (power < 0, sign) {
        (true, _) => "-",
        (false, ExponentSign::Always) => "+",
        (false, ExponentSign::Negative) => "",
    };
    let digits = integer_digits(rest, &power.abs().to_string(), false);
    format!("E{sign}{digits}")
}

/// The same with other digits; numbers in kanji are written place by place.
pub(super) fn in_numerals(text: &str, numerals: Numerals) -> String {
    let digits: [char; 10] = match numerals {
        Numerals::Ascii => return text.to_owned(),
        Numerals::FullWidth => ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
        Numerals::Kanji => ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    };
    let digit = |c: char| {
        c.to_digit(10)
            .and_then(|at| digits.get(at as usize).copied())
            .unwrap_or(c)
    };
    text.chars().map(digit).collect()
}
