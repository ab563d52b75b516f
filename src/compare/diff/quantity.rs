//! Changed runs and typed quantities -> old, new, the difference, and whether that is more or less.

use crate::compare::comparison::{Direction, Op, QuantityDiff, Run};
use crate::document::value::Quantity;
use crate::text::width::fold_width;

/// What can be compared of a quantity.
#[derive(Debug, Clone, PartialEq)]
struct Amount {
    value: f64,
    unit: String,
}

/// The quantities that a deleted run and the inserted one after it put in each other's place.
pub fn in_runs(runs: &[Run]) -> Vec<QuantityDiff> {
    let pairs = runs.iter().zip(runs.iter().skip(1));
    pairs
        .filter(|(old, new)| old.op == Op::Delete && new.op == Op::Insert && old.kind.is_none())
        .filter_map(|(old, new)| {
            let (before, after) = (amount(&old.text)?, amount(&new.text)?);
            Some(difference(&old.text, &new.text, &before, &after))
        })
        .collect()
}

/// Two typed quantities that differ.
pub fn typed(old: &Quantity, new: &Quantity) -> Option<QuantityDiff> {
    let (before, after) = (of_quantity(old)?, of_quantity(new)?);
    let same = before == after && old.comparator == new.comparator;
    (!same).then(|| difference(&old.raw, &new.raw, &before, &after))
}

fn of_quantity(quantity: &Quantity) -> Option<Amount> {
    let value = quantity.value.as_ref()?.as_f64()?;
    Some(Amount {
        value: value * quantity.multiplier as f64,
        unit: crate::text::key(quantity.unit.as_deref().unwrap_or_default()),
    })
}

fn difference(old: &str, new: &str, before: &Amount, after: &Amount) -> QuantityDiff {
    let comparable = before.unit == after.unit;
    // Decimal numbers of documents, not of the machine: 0.3, not 0.30000000000000004.
    let exact = ((after.value - before.value) * 1e9).round() / 1e9;
    let direction = match exact {
        _ if !comparable => Direction::Unknown,
        more if more > 0.0 => Direction::More,
        less if less < 0.0 => Direction::Less,
        _ => Direction::Same,
    };
    QuantityDiff {
        old: old.to_owned(),
        new: new.to_owned(),
        difference: comparable.then_some(exact),
        unit: (comparable && !after.unit.is_empty()).then(|| after.unit.clone()),
        direction,
    }
}

/// 76%以上, 延べ1,200人, 1万5千円; no years, months and days: they pass, they do not rise.
fn amount(text: &str) -> Option<Amount> {
    const BEFORE: &[&str] = &["延べ", "累計", "約", "年間", "年", "月", "週", "計"];
    const AFTER: &[&str] = &["以上", "以下", "未満", "以内", "超", "程度", "前後"];
    const CALENDAR: &[&str] = &["年度", "年", "月", "日", "時", "期", "次", "号"];
    let folded = fold_width(text).replace(',', "");
    let mut rest = folded.trim();
    for word in BEFORE {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let mut value = None;
    while let Some((number, after)) = leading_number(rest) {
        let (factor, after) = factor(after);
        value = Some(value.unwrap_or(0.0) + number * factor);
        rest = after;
    }
    for word in AFTER {
        rest = rest.strip_suffix(word).unwrap_or(rest);
    }
    let unit = rest.trim().to_lowercase();
    let plain = unit.chars().count() <= 6 && !CALENDAR.contains(&unit.as_str());
    plain.then_some(Amount {
        value: value?,
        unit,
    })
}

fn leading_number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}

fn factor(text: &str) -> (f64, &str) {
    for (word, factor) in [("億", 1e8), ("万", 1e4), ("千", 1e3)] {
        if let Some(rest) = text.strip_prefix(word) {
            return (factor, rest);
        }
    }
    (1.0, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_texts() {
        let of = |text| amount(text).map(|a| (a.value, a.unit));
        assert_eq!(of("76%以上"), Some((76.0, "%".into())));
        assert_eq!(of("延べ１，２００人"), Some((1200.0, "人".into())));
        assert_eq!(of("1万5千円以下"), Some((15000.0, "円".into())));
        assert_eq!(of("令和8年度"), None);
        assert_eq!(of("8月"), None);
        assert_eq!(of("実施"), None);
    }

    #[test]
    fn a_change_of_quantity_has_a_direction() {
        let (before, after) = (amount("0.1%").unwrap(), amount("0.4%").unwrap());
        let difference = difference("0.1%", "0.4%", &before, &after);
        assert_eq!(difference.difference, Some(0.3));
        assert_eq!(difference.direction, Direction::More);
    }
}
