//! Values of import JSON held against their own text.

use super::finding::{Fault, Finding};
use crate::document::value::{Quantity, Sourced, Text};
use crate::layout::quantity::stated_number;
use crate::text::width::fold_width;

/// The number's digits stand in the source's characters, separators aside.
pub fn quantity(quantity: Option<&Quantity>, path: &str, findings: &mut Vec<Finding>) {
    let Some(quantity) = quantity else { return };
    let multiplier = quantity.multiplier;
    if multiplier == 0
        || !std::iter::successors(Some(1u64), |n| n.checked_mul(10)).any(|n| n == multiplier)
    {
        findings.push(Finding::new(path, &Fault::Multiplier).at(&quantity.places));
    }
    let Some(value) = &quantity.value else { return };
    let raw: String = fold_width(&quantity.raw)
        .chars()
        .filter(|c| !matches!(c, ',' | ' '))
        .collect();
    let written = |number: &serde_json::Number| {
        let digits = number.to_string();
        digits.strip_suffix(".0").unwrap_or(&digits).to_owned()
    };
    let value = written(value);
    let digits = value.trim_start_matches('-');
    // A number of several factors (2億8,400万円) does not stand in its raw as one; kanji numerals have no digits.
    let stated = stated_number(&quantity.raw)
        .is_some_and(|(number, factor)| written(&number) == value && factor == multiplier);
    if !stated && raw.chars().any(|c| c.is_ascii_digit()) && !raw.contains(digits) {
        let fault = Fault::QuantityDiffers {
            raw: quantity.raw.clone(),
        };
        findings.push(Finding::new(path, &fault).at(&quantity.places));
    }
}

/// What holds of every value: a place, and of texts the agreement of their layers.
pub fn values(values: &[&dyn Sourced], path: &str, findings: &mut Vec<Finding>) {
    for value in values {
        if value.places().is_empty() {
            let raw: String = value.raw().chars().take(20).collect();
            findings.push(Finding::new(
                format!("{path} 「{raw}」"),
                &Fault::WithoutPlace,
            ));
        }
        if let Some(text) = value.text() {
            blocks(text, path, findings);
        }
    }
}

/// One line of `text` for each block: its mark, then its text.
fn blocks(text: &Text, path: &str, findings: &mut Vec<Finding>) {
    let squashed = |text: &str| text.split_whitespace().collect::<String>();
    let lines = text
        .text
        .lines()
        .map(squashed)
        .filter(|line| !line.is_empty());
    let blocks = text.blocks.iter().map(|block| squashed(&block.marked()));
    if !lines.eq(blocks.filter(|block| !block.is_empty())) {
        findings.push(Finding::new(path, &Fault::BlocksDiffer).at(&text.places));
    }
    if text
        .blocks
        .iter()
        .any(|block| block.mark.is_some() != (block.depth > 0))
    {
        findings.push(Finding::new(path, &Fault::BlockDepth).at(&text.places));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(raw: &str, value: f64, multiplier: u64) -> usize {
        let json = serde_json::json!({
            "raw": raw, "value": value, "multiplier": multiplier, "unit": "円", "comparator": null,
            "per": [], "cumulative": false, "note": null, "places": [],
        });
        let quantity: Quantity = serde_json::from_value(json).unwrap();
        let mut findings = Vec::new();
        super::quantity(Some(&quantity), "target", &mut findings);
        findings.len()
    }

    #[test]
    fn a_number_of_several_factors_is_the_one_that_its_words_state() {
        assert_eq!(faults("2億8,400万円", 28400.0, 10_000), 0);
        assert_eq!(faults("1億2千万円以下", 12000.0, 10_000), 0);
        assert_eq!(faults("3万5千円", 35000.0, 1), 0);
        assert_eq!(faults("2億8,400万円", 28400.0, 1_000), 1);
        assert_eq!(faults("2億8,400万円", 28500.0, 10_000), 1);
    }
}
