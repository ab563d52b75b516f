//! Lines of a cell -> paragraphs and list items by the marks they begin with.

use super::setting::marks::{self, Class};
use super::setting::numbers;

/// A line's mark and the rest: `・課題を…` → (`・`, `課題を…`). `None` if it begins with no mark (see [`marks`]).
pub fn split_mark(line: &str) -> Option<(&str, &str)> {
    let trimmed = line.trim_start();
    let length = mark_length(trimmed)?;
    let (mark, rest) = trimmed.split_at(length);
    Some((mark, rest.trim_start()))
}

/// Whether a line begins with a mark.
pub fn has_mark(line: &str) -> bool {
    mark_length(line.trim_start()).is_some()
}

/// The length in bytes of the mark that a line begins with. A sign alone on its line is a value, the number of a part a
/// heading's label.
fn mark_length(line: &str) -> Option<usize> {
    let mark = marks::leading(line).filter(|mark| mark.class != Class::Outline)?;
    let is_alone = line.get(mark.length..)?.trim().is_empty();
    (!is_alone).then_some(mark.length)
}

/// A paragraph or list item of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its mark.
    pub mark: Option<String>,
    /// 0 without a mark; marks nest from 1 in order of first appearance.
    pub depth: u32,
    /// The text after the mark.
    pub text: String,
}

/// Logical lines (already joined over wraps) -> items, one for each line that is not blank.
pub fn items<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<Item> {
    let mut kinds: Vec<MarkKind> = Vec::new();
    let mut items = Vec::new();
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        match split_mark(line) {
            Some((mark, text)) => {
                let kind = mark_kind(mark);
                // A mark that was seen closes those that came after it.
                let depth = if let Some(at) = kinds.iter().position(|&known| known == kind) {
                    kinds.truncate(at + 1);
                    at + 1
                } else {
                    kinds.push(kind);
                    kinds.len()
                };
                items.push(Item {
                    mark: Some(mark.to_owned()),
                    depth: depth as u32,
                    text: text.to_owned(),
                });
            }
            None => items.push(Item {
                mark: None,
                depth: 0,
                text: line.to_owned(),
            }),
        }
    }
    items
}

/// Marks of one series nest at one depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MarkKind {
    Sign(char),
    Circled,
    CircledSub,
    Bracketed,
    BracketedLetter,
    Number,
    Letter,
}

fn mark_kind(mark: &str) -> MarkKind {
    let first = mark.chars().next().unwrap_or('・');
    match super::width::half_width(first) {
        '⑴'..='⒇' => MarkKind::Bracketed,
        c if marks::is_circled(c) && mark.chars().count() > 1 => MarkKind::CircledSub,
        c if marks::is_circled(c) => MarkKind::Circled,
        '(' if mark.chars().any(numbers::is_digit) => MarkKind::Bracketed,
        '(' => MarkKind::BracketedLetter,
        c if c.is_ascii_digit() => MarkKind::Number,
        'ア'..='ン' | 'a'..='z' => MarkKind::Letter,
        '･' | '•' | '‧' => MarkKind::Sign('・'),
        c => MarkKind::Sign(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_words() {
        assert_eq!(split_mark("・課題を整理"), Some(("・", "課題を整理")));
        assert_eq!(split_mark("①ー1 累計"), Some(("①ー1", "累計")));
        assert_eq!(split_mark("（ア） 方針"), Some(("（ア）", "方針")));
        assert_eq!(split_mark("1 施政方針"), Some(("1", "施政方針")));
        assert_eq!(split_mark("・・・出張日"), None);
        assert_eq!(split_mark("○"), None);
        assert_eq!(split_mark("20回"), None);
        assert_eq!(split_mark("1.5倍にする"), None);
        assert_eq!(split_mark("-"), None);
        assert_eq!(split_mark("（公財）緑野市文化財団"), None);
    }

    #[test]
    fn marks_nest_in_order_of_first_appearance() {
        let depths: Vec<u32> = items(["前文", "・一", "⇒二", "⇒三", "・四", "結び"])
            .iter()
            .map(|i| i.depth)
            .collect();
        assert_eq!(depths, [0, 1, 2, 2, 1, 0]);
    }
}
