//! A number in the format General: at most eleven characters wide, as in a cell that is wide enough.

use super::decimal::Decimal;

/// Digits of an integer that are shown in full; longer ones take an exponent.
const INTEGER_DIGITS: i32 = 11;
/// Places after the point that fit beside one integer digit.
const PLACES: i32 = 9;

/// The displayed form.
pub(in super::super) fn general(value: f64) -> String {
    let decimal = Decimal::new(value);
    if decimal.is_zero() {
        return "0".to_owned();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let power = decimal.exponent;
    if (-4..INTEGER_DIGITS).contains(&power) {
        let places = (PLACES - power.max(0)).max(0);
        return format!("{sign}{}", trimmed(&decimal.rounded(places as usize)));
    }
    let mantissa = decimal.scaled(-power);
    let (mut integer, mut fraction) = mantissa.rounded(5);
    let mut power = power;
    if integer.len() > 1 {
        (integer, fraction) = ("1".to_owned(), String::new());
        power += 1;
    }
    let exponent_sign = if power < 0 { '-' } else { '+' };
    format!(
        "{sign}{}E{exponent_sign}{:02}",
        trimmed(&(integer, fraction)),
        power.abs()
    )
}

/// Digits with a point and without the zeros that say nothing.
fn trimmed((integer, fraction): &(String, String)) -> String {
    let integer = if integer.is_empty() { "0" } else { integer };
    match fraction.trim_end_matches('0') {
        "" => integer.to_owned(),
        fraction => format!("{integer}.{fraction}"),
    }
}
