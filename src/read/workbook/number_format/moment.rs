//! A day or moment as text -> its serial number.

/// Days from 0000-03-01 to the day before 1899-12-31, serial 0 of the days after the false leap day.
const DAYS_TO_1900: i64 = 693_899;

/// An ISO 8601 day or moment as a serial number from 1900 (ECMA-376-1 §18.17.4).
pub(in super::super) fn serial_of(text: &str) -> Option<f64> {
    let (day, time) = text
        .trim()
        .trim_end_matches('Z')
        .split_once('T')
        .unwrap_or((text.trim(), ""));
    let mut parts = day.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    // Years that a spreadsheet knows.
    if !(0..=9_999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (shifted_year, shifted_month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * shifted_year + shifted_year.div_euclid(4) - shifted_year.div_euclid(100)
        + shifted_year.div_euclid(400)
        + (153 * shifted_month + 2) / 5
        + day
        - 1;
    let clock = time
        .split(':')
        .zip([3_600.0, 60.0, 1.0])
        .map(|(part, unit)| part.parse::<f64>().unwrap_or(0.0) * unit);
    Some((days - DAYS_TO_1900) as f64 + clock.sum::<f64>() / 86_400.0)
}
