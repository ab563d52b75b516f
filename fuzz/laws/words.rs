//! A text -> what the functions of `text` say of it, and what must hold of that.

use super::numbers;
use seirihyo::text::blocks::{has_mark, items, split_mark};
use seirihyo::text::era::{day, fiscal_years, fiscal_years_in_name, parse_fiscal_year};
use seirihyo::text::number::{kanji_number, whole_number};
use seirihyo::text::organization::{is_unit, unit_of_post, unit_path, units};
use seirihyo::text::quotation::{is_plan_name, quotations};
use seirihyo::text::width::fold_width;
use seirihyo::text::{clean, fold_misread, heading_key, join_wrapped, key, squash};

/// Every law of text.
pub fn hold(text: &str) {
    numbers::text_holds(text);
    keys(text);
    blocks(text);
    times(text);
    for line in text.split('\n') {
        let _ = (
            whole_number(line),
            kanji_number(line),
            is_unit(line),
            is_plan_name(line),
        );
        let _ = (unit_path(line), unit_of_post(line), fold_misread(line));
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let _ = units(&lines);
    for quotation in quotations(text) {
        let _ = quotation.inside(text);
    }
}

/// Normalising twice is normalising once, and repairs change no key.
fn keys(text: &str) {
    let cleaned = clean(text);
    assert_eq!(clean(&cleaned), cleaned, "clean");
    let once = key(text);
    assert_eq!(key(&once), once, "key of {text:?}");
    assert_eq!(key(&cleaned), once, "key of the cleaned");
    let heading = heading_key(text);
    assert_eq!(heading_key(&heading), heading, "heading key of {text:?}");
    assert_eq!(squash(&squash(text)), squash(text), "squash");
    assert_eq!(fold_width(&fold_width(text)), fold_width(text), "width");
}

/// Blocks hold the characters of their lines, marks aside.
fn blocks(text: &str) {
    for line in text.split('\n') {
        match split_mark(line) {
            Some((mark, rest)) => {
                assert!(has_mark(line));
                assert_eq!(
                    squash(&format!("{mark}{rest}")),
                    squash(line),
                    "mark and rest"
                );
            }
            None => assert!(!has_mark(line)),
        }
    }
    let _ = items(text.split('\n')).len();
    let mut joined = String::new();
    text.split('\n')
        .for_each(|line| join_wrapped(&mut joined, line));
    assert_eq!(squash(&joined), squash(text), "joined");
}

/// What is found stands in the text, and days exist.
fn times(text: &str) {
    for found in fiscal_years(text) {
        assert!(text.get(found.range.clone()).is_some(), "{found:?}");
    }
    if let Some(found) = day(text) {
        assert!(text.get(found.range.clone()).is_some(), "{found:?}");
    }
    let _ = (parse_fiscal_year(text), fiscal_years_in_name(text));
}
