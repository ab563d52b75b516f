//! Numbers in any width, kanji numerals, circled digits.

use super::width::fold_width;

/// A whole number in any writing: `１`, `№3`, `(4)`, `⑤`, `十二`, `7.`; `None` if it is something else.
pub fn whole_number(text: &str) -> Option<i64> {
    let folded = fold_width(text);
    let trimmed = folded
        .trim()
        .trim_start_matches(['№'])
        .trim_start_matches("No.")
        .trim_start_matches("NO.");
    let trimmed = trimmed.trim();
    let inner = trimmed
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(trimmed);
    let inner = inner.strip_suffix('.').unwrap_or(inner);
    if !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()) {
        return inner.parse().ok();
    }
    let mut characters = inner.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) if circled(c).is_some() => circled(c).map(i64::from),
        _ => kanji_number(inner),
    }
}

/// ① → 1 … ㊿ → 50; ⓪ → 0, ❶ → 1, ⑴ → 1.
pub fn circled(c: char) -> Option<u32> {
    let offset = |start: char, first: u32| u32::from(c) - u32::from(start) + first;
    match c {
        '①'..='⑳' => Some(offset('①', 1)),
        '㉑'..='㉟' => Some(offset('㉑', 21)),
        '㊱'..='㊿' => Some(offset('㊱', 36)),
        '⓪' => Some(0),
        '❶'..='❿' => Some(offset('❶', 1)),
        '⑴'..='⒇' => Some(offset('⑴', 1)),
        _ => None,
    }
}

/// 十二 → 12, 二〇二六 → 2026, 百三十 → 130; `None` if a character is no numeral.
pub fn kanji_number(text: &str) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    let digit = |c| {
        "〇一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .map(|d| d as i64)
    };
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return text
            .chars()
            .try_fold(0i64, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut pending) = (0i64, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                pending = Some(digit(c)?);
                continue;
            }
        };
        total += pending.take().unwrap_or(1) * unit;
    }
    Some(total + pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_in_any_writing() {
        for (text, number) in [
            ("１", 1),
            ("№3", 3),
            ("(4)", 4),
            ("⑤", 5),
            ("十二", 12),
            ("7.", 7),
            (" 18 ", 18),
        ] {
            assert_eq!(whole_number(text), Some(number), "{text}");
        }
        assert_eq!(whole_number("1-2"), None);
        assert_eq!(whole_number("共通"), None);
        assert_eq!(kanji_number("二〇二六"), Some(2026));
    }
}
