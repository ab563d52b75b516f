//! What "the same text" means: safe repairs for display, and keys for comparison.

pub mod blocks;
pub mod date;
pub mod era;
mod key;
pub mod number;
pub mod organization;
pub mod own_headings;
pub mod quotation;
pub mod setting;
mod spelling;
mod spelling_words;
pub mod width;

use unicode_normalization::char::is_combining_mark;

pub use key::{fold_misread, heading_key, is_longer_than_heading, key, may_say};
pub use spelling::{spelled_length, spelling_key, wording_key};

/// The text as it reads: safe repairs only. Zero-width characters and soft hyphens go, CJK radicals
/// become the ordinary kanji, punctuation drawn for vertical writing the ordinary one, kana with separate voicing marks become one character. Nothing else changes.
pub fn clean(text: &str) -> String {
    let plain = text.chars().all(|c| !needs_repair(c));
    if plain {
        return text.to_owned();
    }
    let kept = text
        .chars()
        .filter(|&c| !width::is_invisible(c))
        .map(width::unradical)
        .map(width::unvertical);
    let mut cleaned = String::with_capacity(text.len());
    for c in kept {
        if is_kana_mark(c)
            && let Some(joined) = cleaned
                .chars()
                .next_back()
                .and_then(|base| unicode_normalization::char::compose(base, c))
        {
            cleaned.pop();
            cleaned.push(joined);
        } else {
            cleaned.push(c);
        }
    }
    cleaned
}

/// Whether [`clean`] would change this character or the one before it.
fn needs_repair(c: char) -> bool {
    width::is_invisible(c)
        || is_kana_mark(c)
        || matches!(c, '\u{2e80}'..='\u{2fd5}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe48}')
}

/// The combining voiced and semi-voiced marks.
fn is_kana_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}')
}

/// The text without any white space: for comparing what stands there, wherever it wraps.
pub fn squash(text: &str) -> String {
    text.chars().filter(|&c| counts(c)).collect()
}

/// Whether two texts have the same characters, white space aside: [`squash`] without its copies.
pub fn same_squashed(a: impl IntoIterator<Item = char>, b: impl IntoIterator<Item = char>) -> bool {
    let counting = |c: &char| counts(*c);
    a.into_iter()
        .filter(counting)
        .eq(b.into_iter().filter(counting))
}

/// Whether nothing but white space stands there.
pub fn is_blank(text: &str) -> bool {
    !text.chars().any(counts)
}

/// Whether a character counts in the account of a source: not white space, not U+FEFF.
pub fn counts(c: char) -> bool {
    !c.is_whitespace() && c != '\u{feff}'
}

/// Joins a line to the one that it wraps onto: between Japanese characters nothing, between Latin words a space.
pub fn join_wrapped(text: &mut String, next: &str) {
    let next = next.trim_start();
    text.truncate(text.trim_end().len());
    if let (Some(a), Some(b)) = (text.chars().next_back(), next.chars().next())
        && needs_space(a, b)
    {
        text.push(' ');
    }
    text.push_str(next);
}

/// Whether two Latin words meet. Digits that meet are one number broken by a narrow cell.
fn needs_space(a: char, b: char) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}');
    if a.is_ascii_digit() && b.is_ascii_digit() {
        return false;
    }
    (latin(a) || matches!(a, ',' | '.' | ';' | ':' | ')'))
        && (latin(b) || b == '(')
        && !is_combining_mark(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_repairs_only_what_is_safe() {
        assert_eq!(clean("⾏政の⻑期計画"), "行政の長期計画");
        assert_eq!(clean("か\u{3099}んばる\u{200b}。"), "がんばる。");
        assert_eq!(clean("①ＤＸ㈱～ｱﾊﾟｰﾄ，々"), "①ＤＸ㈱～ｱﾊﾟｰﾄ，々");
    }

    #[test]
    fn wrapped_lines_join_by_script() {
        let join = |a: &str, b: &str| {
            let mut text = a.to_owned();
            join_wrapped(&mut text, b);
            text
        };
        assert_eq!(join("改善を", "進める。"), "改善を進める。");
        assert_eq!(join("Project", "Based"), "Project Based");
        assert_eq!(join("DX", "推進"), "DX推進");
        assert_eq!(join("20", "26年度"), "2026年度");
    }
}
