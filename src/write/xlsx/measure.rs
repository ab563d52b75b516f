//! Text -> the lines that it takes in a column, by East Asian widths and the rules of line ends (禁則).

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::text::setting::may_part;

/// One line of a text in its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MeasuredLine {
    /// The bytes of the text that it holds, white space at its end included.
    pub range: Range<usize>,
    /// Whether a paragraph begins with it.
    pub begins: bool,
}

/// The share of a column that text is taken to fill: printer drivers set letters wider than the screen does.
const FILL: f64 = 0.98;

/// Breaks a text into the lines that it takes where a line has room for `room` half-width characters;
/// `latin` is the width of Latin letters in half ems. A text without letters takes one line.
pub(super) fn lines(text: &str, room: f64, latin: f64) -> Vec<MeasuredLine> {
    let room = (room * FILL).max(2.0);
    let mut lines = Vec::new();
    let mut at = 0;
    for paragraph in text.split('\n') {
        wrap(paragraph, at, room, latin, &mut lines);
        at += paragraph.len() + 1;
    }
    lines
}

fn wrap(paragraph: &str, offset: usize, room: f64, latin: f64, lines: &mut Vec<MeasuredLine>) {
    let mut start = 0;
    let mut begins = true;
    let mut push = |range: Range<usize>, begins: bool| {
        lines.push(MeasuredLine {
            range: offset + range.start..offset + range.end,
            begins,
        });
    };
    let mut width = 0.0;
    // The last place where the line may end, and the width up to there.
    let mut opportunity: Option<(usize, f64)> = None;
    let mut before: Option<char> = None;
    for (at, c) in paragraph.char_indices() {
        if before.is_some_and(|before| may_part(before, c)) {
            opportunity = Some((at, width));
        }
        let own = half_ems(c, latin);
        if width + own > room && !c.is_whitespace() && at > start {
            let (end, end_width) = opportunity
                .filter(|&(end, _)| end > start)
                .unwrap_or((at, width));
            push(start..end, begins);
            begins = false;
            start = end;
            width -= end_width;
            opportunity = None;
        }
        width += own;
        before = Some(c);
    }
    push(start..paragraph.len(), begins);
}

/// The width of a character in half ems.
fn half_ems(c: char, latin: f64) -> f64 {
    match c.width_cjk().unwrap_or(0) {
        1 if matches!(c, '\u{ff61}'..='\u{ff9f}') => 1.0,
        1 => latin,
        wide => wide as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, room: f64) -> Vec<&str> {
        lines(text, room, 1.0)
            .into_iter()
            .map(|line| &text[line.range])
            .collect()
    }

    #[test]
    fn lines_hold_as_many_characters_as_fit() {
        assert_eq!(broken("あいうえおか", 8.2), ["あいうえ", "おか"]);
        assert_eq!(broken("あaいbうc", 6.2), ["あaいb", "うc"]);
        assert_eq!(broken("一行\n\n三行", 20.0), ["一行", "", "三行"]);
        assert_eq!(broken("", 20.0), [""]);
    }

    #[test]
    fn punctuation_and_words_are_kept_together() {
        assert_eq!(broken("あいうえ、お", 8.2), ["あいう", "え、お"]);
        assert_eq!(broken("あいう「えお」", 8.2), ["あいう", "「えお」"]);
        assert_eq!(broken("令和2026年", 6.2), ["令和", "2026年"]);
        assert_eq!(broken("サービス向上", 4.2), ["サー", "ビス", "向上"]);
    }

    #[test]
    fn a_word_that_is_longer_than_its_line_is_broken_anywhere() {
        assert_eq!(broken("abcdefghij", 4.2), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "（仮称）緑野市ＤＸ推進計画、2026年度版。ー々っゃ。。。「「「あ";
        for room in 2..30 {
            assert_eq!(broken(text, f64::from(room)).concat(), text);
        }
    }
}
