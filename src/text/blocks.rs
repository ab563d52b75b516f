//! Lines of a cell -> paragraphs and list items by the marks they begin with.

/// A line's mark and the rest: `・課題を…` → (`・`, `課題を…`). `None` if it begins with no mark.
///
/// Marks that can also be letters or signs of a sentence (`-`, `a`, `1`) count only with a delimiter after them.
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

/// The length in bytes of the mark that a line begins with.
fn mark_length(line: &str) -> Option<usize> {
    let mut characters = line.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    // 「・・・」 is an ellipsis and 「※・」 two marks; a sign alone on its line is a value, not a mark.
    if rest.trim().is_empty() {
        return None;
    }
    match first {
        '・' | '･' | '•' | '‧' if !rest.starts_with(first) => Some(first.len_utf8()),
        '●' | '○' | '◎' | '■' | '□' | '◆' | '◇' | '▲' | '△' | '※' | '→' | '⇒' | '▶' | '▷' | '★'
        | '☆' | '◯' | '〇' => Some(first.len_utf8()),
        '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '⓪' | '❶'..='❿' | '⑴'..='⒇' => {
            Some(first.len_utf8() + sub_number_length(rest))
        }
        '-' | '*' | '－' | '＊' if rest.starts_with(is_delimiter) => Some(first.len_utf8()),
        '(' | '（' => bracketed_length(line),
        _ => numbered_length(line),
    }
}

fn is_delimiter(c: char) -> bool {
    c.is_whitespace()
}

/// `①ー1 …`: the hyphen and digits after a circled number.
fn sub_number_length(rest: &str) -> usize {
    let mut characters = rest.chars();
    let Some(hyphen) = characters.next().filter(|&c| super::width::is_hyphen(c)) else {
        return 0;
    };
    let digits: usize = characters
        .take_while(|&c| super::width::half_width(c).is_ascii_digit())
        .map(char::len_utf8)
        .sum();
    if digits == 0 {
        0
    } else {
        hyphen.len_utf8() + digits
    }
}

/// `(1)`, `（ア）`, `(a)` – a number, one kana or one letter in brackets.
fn bracketed_length(line: &str) -> Option<usize> {
    let close = line.find([')', '）'])?;
    let open = line.chars().next()?.len_utf8();
    let inside = line.get(open..close)?;
    let mut characters = inside.chars().map(super::width::half_width);
    let short = inside.chars().count();
    let number = short <= 2 && short > 0 && characters.clone().all(|c| c.is_ascii_digit());
    let letter = short == 1
        && characters
            .next()
            .is_some_and(|c| matches!(c, 'ア'..='ン' | 'a'..='z' | 'A'..='Z' | 'あ'..='ん'));
    (number || letter).then(|| close + line[close..].chars().next().map_or(0, char::len_utf8))
}

/// `1 `, `1. `, `１．`, `ア `, `a)` – a number or a letter with a delimiter after it.
fn numbered_length(line: &str) -> Option<usize> {
    let head: usize = line
        .chars()
        .take_while(|&c| super::width::half_width(c).is_ascii_digit())
        .map(char::len_utf8)
        .sum();
    let first = line.chars().next()?;
    let letters = if matches!(super::width::half_width(first), 'ア'..='ン' | 'a'..='z') {
        first.len_utf8()
    } else {
        0
    };
    let (length, is_number) = if head > 0 {
        (head, true)
    } else {
        (letters, false)
    };
    if length == 0 || length > 6 {
        return None;
    }
    let mut after = line[length..].chars();
    match after.next()? {
        ')' | '）' => Some(length + line[length..].chars().next().map_or(0, char::len_utf8)),
        // 「1.5倍」 is a number; 「1. 」 and 「１．」 before a word are marks.
        '.' | '．'
            if is_number
                && !after
                    .next()
                    .is_some_and(|c| super::width::half_width(c).is_ascii_digit()) =>
        {
            Some(length + line[length..].chars().next().map_or(0, char::len_utf8))
        }
        ' ' | '\u{3000}' => Some(length),
        _ => None,
    }
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
    let folded = super::width::half_width(first);
    match folded {
        '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '⓪' | '❶'..='❿' => {
            if mark.chars().count() > 1 {
                MarkKind::CircledSub
            } else {
                MarkKind::Circled
            }
        }
        '⑴'..='⒇' => MarkKind::Bracketed,
        '(' if mark
            .chars()
            .any(|c| super::width::half_width(c).is_ascii_digit()) =>
        {
            MarkKind::Bracketed
        }
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
