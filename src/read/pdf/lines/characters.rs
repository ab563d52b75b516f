//! Classes of characters that decide where lines may break (JIS X 4051 §4.3, 公用文の項目符号).

pub(crate) use crate::text::line_breaking::{may_not_begin, may_not_end};

/// Whether it opens brackets.
pub(crate) fn opens(c: char) -> bool {
    matches!(
        c,
        '（' | '(' | '［' | '[' | '｛' | '{' | '「' | '『' | '【' | '〈' | '《' | '〔' | '｢'
    )
}

/// Whether it closes brackets.
pub(crate) fn closes(c: char) -> bool {
    matches!(
        c,
        '）' | ')' | '］' | ']' | '｝' | '}' | '」' | '』' | '】' | '〉' | '》' | '〕' | '｣'
    )
}

/// Punctuation that a writer may hang beyond the edge (JIS X 4051 ぶら下げ組).
pub(crate) fn hangs(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．' | ',' | '.' | '､' | '｡')
}

/// Whether a character is a part of a Latin word or a number, which writers keep whole.
pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '.' | ',' | '%' | '-' | '/' | '\'' | '_' | '@' | '&' | '+'
        )
        || ('\u{c0}'..='\u{24f}').contains(&c)
}

/// Whether it is an arrow, which is not parted from a number after it (UAX #14: AL × NU): →7,000円.
pub(crate) fn is_arrow(c: char) -> bool {
    ('\u{2190}'..='\u{21ff}').contains(&c)
}

/// Whether a line that ends with this character ends a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '．' | '｡' | '：' | '！' | '？')
}

/// Whether a line that ends with this character may end an item: a sentence or a bracketed remark.
pub(crate) fn ends_item(c: char) -> bool {
    ends_sentence(c) || matches!(c, '）' | ')' | '」' | '』' | '】')
}

/// Whether it is kana, what readings are set in.
pub(crate) fn is_kana(c: char) -> bool {
    ('ぁ'..='ゖ').contains(&c) || ('ァ'..='ヺ').contains(&c) || matches!(c, 'ー' | '・')
}

/// A mark that begins an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A mark that hardly stands within a sentence: ・ ● ■ ※, and ⇒ for a step (→ also stands for a change).
    Bullet,
    /// ○ → * and others that a sentence may hold.
    Sign,
    /// ① ❶ ⑴.
    Circled,
    /// (1) （ア）.
    Bracketed,
    /// 1. 2) ア　第1.
    Plain,
}

/// The mark that a line begins with.
pub(crate) fn leading_mark(text: &str) -> Option<Mark> {
    let mut characters = text.trim_start().chars();
    let first = characters.next()?;
    match first {
        '・' | '･' | '•' | '●' | '■' | '□' | '◆' | '◇' | '▲' | '▼' | '▽' | '※' | '★' | '☆'
        | '▪' | '◎' | '➢' | '⇒' | '\u{2713}' => Some(Mark::Bullet),
        '○' | '△' | '〇' | '→' | '*' | '＊' => Some(Mark::Sign),
        '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '❶'..='❿' | '⑴'..='⒇' => {
            Some(Mark::Circled)
        }
        '-' | '－' | '‐' | '–' => characters
            .next()
            .filter(|c| c.is_whitespace())
            .map(|_| Mark::Sign),
        '(' | '（' => bracketed_number(characters).then_some(Mark::Bracketed),
        '第' => characters
            .next()
            .filter(|c| is_digit(*c))
            .and_then(|_| separator_follows(characters)),
        c if is_digit(c) || is_item_kana(c) || c.is_ascii_lowercase() => {
            separator_follows(characters)
        }
        _ => None,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || ('０'..='９').contains(&c)
        || matches!(
            c,
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
        )
}

/// ア イ ウ … as numbers of items.
fn is_item_kana(c: char) -> bool {
    ('ア'..='ン').contains(&c)
}

/// `1）`, `(1)`, `（ア）`: a short number up to its closing bracket.
fn bracketed_number(characters: impl Iterator<Item = char>) -> bool {
    for (length, c) in characters.take(4).enumerate() {
        if matches!(c, ')' | '）') {
            return length > 0;
        }
        if !(is_digit(c) || is_item_kana(c) || c.is_ascii_lowercase()) {
            return false;
        }
    }
    false
}

/// A number of an item: further digits, then a separator that a number in a sentence lacks.
fn separator_follows(mut characters: impl Iterator<Item = char>) -> Option<Mark> {
    let after = characters.find(|c| !is_digit(*c))?;
    let next = characters.next();
    let decimal = after == '．' && next.is_some_and(is_digit);
    // A point that a space follows is no decimal one.
    let dotted = after == '.' && next.is_some_and(char::is_whitespace);
    let parted = !decimal && matches!(after, '\u{3000}' | '．' | ')' | '）' | ' ');
    (parted || dotted).then_some(Mark::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_items_are_told_from_words() {
        for text in ["・課題", "※営業日", "■目標", "•item"] {
            assert_eq!(leading_mark(text), Some(Mark::Bullet), "{text}");
        }
        let marked = [
            ("①完了", Mark::Circled),
            ("(1) 目的", Mark::Bracketed),
            ("（ア）庁舎", Mark::Bracketed),
            ("1　方針", Mark::Plain),
            ("１．概要", Mark::Plain),
            ("2) 次", Mark::Plain),
            ("ア　住民", Mark::Plain),
            ("- 実施", Mark::Sign),
            ("第1　総則", Mark::Plain),
        ];
        for (text, mark) in marked {
            assert_eq!(leading_mark(text), Some(mark), "{text}");
        }
        for text in [
            "課題",
            "10月までに",
            "（総合計画）",
            "アンケート",
            "一部の",
            "3つの",
            "-5度",
            "９．５％",
            "第1回の",
            "",
        ] {
            assert_eq!(leading_mark(text), None, "{text}");
        }
    }
}
