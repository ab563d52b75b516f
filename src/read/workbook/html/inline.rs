//! Character data and line breaks -> a cell's text, white space collapsed as a browser does (CSS Text §4.1.1).

use super::super::worksheet::{CellText, Strike};

/// How characters look.
#[allow(clippy::struct_excessive_bools)] // elements set each of them apart from the others
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub strike: Strike,
    /// Not displayed at all.
    pub hidden: bool,
    /// White space stands as it is written (`pre`).
    pub exact: bool,
    /// The reading above a base (`rt`).
    pub reading: bool,
    /// No text of the page: a script, a style sheet, its title.
    pub apart: bool,
}

/// A text that is being put together.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: CellText,
    hidden: String,
    /// A space that has been read and not yet written.
    space: bool,
    /// A line break that has been asked for and not yet written.
    broken: bool,
    /// Where the base of a ruby begins.
    base: Option<usize>,
}

impl Inline {
    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.text.text.is_empty() && self.hidden.is_empty()
    }

    /// Character data.
    pub(super) fn characters(&mut self, characters: &str, look: Look) {
        if look.apart {
        } else if look.hidden {
            self.hidden.push_str(characters);
        } else if look.reading {
            self.reading(characters);
        } else if look.exact {
            self.write(
                &characters.replace("\r\n", "\n").replace('\r', "\n"),
                look.strike,
            );
        } else {
            self.collapsed(characters, look.strike);
        }
    }

    fn collapsed(&mut self, characters: &str, strike: Strike) {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let mut rest = characters;
        while !rest.is_empty() {
            let (word, later) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
            if !word.is_empty() {
                self.write(word, strike);
            }
            rest = later.trim_start_matches(is_space);
            self.space |= rest.len() < later.len();
        }
    }

    fn write(&mut self, characters: &str, strike: Strike) {
        let begins = self.text.text.is_empty() || self.text.text.ends_with('\n');
        if std::mem::take(&mut self.broken) && !self.text.text.is_empty() {
            self.text.push("\n", Strike::Live);
        } else if self.space && !begins {
            self.text.push(" ", strike);
        }
        self.space = false;
        self.text.push(characters, strike);
    }

    /// `br`
    pub(super) fn line_break(&mut self, look: Look) {
        if look.hidden {
            return;
        }
        if std::mem::take(&mut self.broken) && !self.text.text.is_empty() {
            self.text.push("\n", Strike::Live);
        }
        self.text.push("\n", Strike::Live);
        self.space = false;
    }

    /// A paragraph, item or the like begins or ends: what follows stands on a line of its own.
    pub(super) fn block(&mut self) {
        self.space = false;
        self.broken = !self.text.text.is_empty() && !self.text.text.ends_with('\n');
    }

    /// `ruby` begins: what follows is a base.
    pub(super) fn base(&mut self) {
        self.base = Some(self.text.text.len());
    }

    /// A reading of what has been written since the base began.
    fn reading(&mut self, characters: &str) {
        let end = self.text.text.len();
        let words = characters.trim();
        let Some(start) = self.base.filter(|&start| start < end && !words.is_empty()) else {
            return;
        };
        let base = self.text.text.get(start..end).unwrap_or_default();
        let start = start + base.len() - base.trim_start().len();
        if !self
            .text
            .text
            .get(start..end)
            .unwrap_or_default()
            .contains('\n')
        {
            self.text.readings.push((start..end, words.to_owned()));
        }
        self.base = Some(end);
    }

    /// The text, and what of it is not displayed. A break at its very end opens no line, as in a browser.
    pub(super) fn finish(mut self) -> (CellText, String) {
        if self.text.text.ends_with('\n') {
            let end = self.text.text.len() - 1;
            self.text.text.truncate(end);
            self.text.struck.retain(|part| part.end <= end);
        }
        (self.text, self.hidden.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(fill: impl Fn(&mut Inline)) -> String {
        let mut inline = Inline::default();
        fill(&mut inline);
        inline.finish().0.text
    }

    #[test]
    fn white_space_is_collapsed_and_breaks_stand() {
        let plain = Look::default();
        assert_eq!(
            text(|t| {
                t.characters("\n  　甲 \n 乙 ", plain);
                t.line_break(plain);
                t.characters("\n丙", plain);
                t.block();
                t.characters("丁", plain);
                t.block();
            }),
            "　甲 乙\n丙\n丁"
        );
        assert_eq!(
            text(|t| {
                t.characters("甲", plain);
                t.line_break(plain);
                t.line_break(plain);
                t.characters("乙", plain);
                t.line_break(plain);
            }),
            "甲\n\n乙"
        );
    }

    #[test]
    fn readings_stand_over_their_base_and_hidden_text_apart() {
        let mut inline = Inline::default();
        let plain = Look::default();
        inline.characters("強", plain);
        inline.base();
        inline.characters("靱", plain);
        inline.characters(
            "じん",
            Look {
                reading: true,
                ..plain
            },
        );
        inline.characters("化", plain);
        inline.characters(
            "案",
            Look {
                hidden: true,
                ..plain
            },
        );
        let (text, hidden) = inline.finish();
        assert_eq!((text.text.as_str(), hidden.as_str()), ("強靱化", "案"));
        assert_eq!(text.readings, [(3..6, "じん".to_owned())]);
    }
}
