//! A label's word in a line, whatever white space stands between its characters: 氏　名.
//!
//! By hand and not as a regular expression: a file's labels are some hundred words, and compiling them costs
//! more than reading a page.

use std::ops::Range;

use crate::text;
use crate::text::width::unradical;

/// A word that may be spread.
#[derive(Debug)]
pub(crate) struct Spread(Vec<char>);

impl Spread {
    /// A word by its characters, white space left out.
    pub fn of(word: &str) -> Self {
        Self(text::squash(word).chars().collect())
    }

    /// What follows the word at the start of a line, where its kanji may stand as radicals (⽒名).
    pub fn strip<'l>(&self, line: &'l str) -> Option<&'l str> {
        let after = |line: &'l str, wanted: char| {
            let mut characters = line.chars();
            (unradical(characters.next()?) == wanted).then_some(characters.as_str())
        };
        let (first, others) = self.0.split_first()?;
        let rest = after(line, *first)?;
        others
            .iter()
            .try_fold(rest, |rest, c| after(rest.trim_start(), *c))
    }
}

/// A line with the places where a word may begin, which are the same for every word.
pub(crate) struct Words<'l> {
    line: &'l str,
    /// The line's start, and behind each white space: where that begins and where it ends.
    starts: Vec<(usize, usize)>,
}

impl<'l> Words<'l> {
    /// Those of a line.
    pub fn of(line: &'l str) -> Self {
        let spaces = line.char_indices().filter(|(_, c)| c.is_whitespace());
        let behind = spaces.map(|(at, c)| (at, at + c.len_utf8()));
        Self {
            line,
            starts: std::iter::once((0, 0)).chain(behind).collect(),
        }
    }

    /// The parts of the line that `strip` takes from these places, up to what it leaves. White space that one of them
    /// has taken does not begin the next.
    pub fn parts(&self, strip: impl Fn(&'l str) -> Option<&'l str>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for &(space, start) in &self.starts {
            let taken = found.last().map_or(0, |last| last.end);
            let rest = self.line.get(start..).filter(|_| space >= taken);
            if let Some(left) = rest.and_then(&strip) {
                found.push(start..self.line.len() - left.len());
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_however_it_is_spread() {
        let name = Spread::of("氏名");
        assert_eq!(name.strip("氏　名　五十嵐"), Some("　五十嵐"));
        assert_eq!(name.strip("氏 \u{a0} 名"), Some(""));
        assert_eq!(
            name.strip("\u{2f52}名：五十嵐"),
            Some("：五十嵐"),
            "a radical for 氏"
        );
        assert_eq!(name.strip("氏の名"), None);
        assert_eq!(name.strip(" 氏名"), None);
    }

    #[test]
    fn words_stand_at_the_start_or_behind_white_space() {
        let name = Spread::of("氏名");
        let find = |line| Words::of(line).parts(|rest| name.strip(rest)?.strip_prefix('：'));
        assert_eq!(find("氏名：乙　氏 名：甲"), [0..9, 15..25]);
        assert!(find("前氏名：乙").is_empty());
    }
}
