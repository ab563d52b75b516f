//! A paragraph's elements (ODF 1.3 part 3 §6.1) -> characters, white space collapsed as the format says.

use super::super::worksheet::{CellText, Strike};
use super::super::xml::{Element, Node, Xml};
use super::styles::Styles;
use crate::error::Error;

/// Collects a cell's paragraphs, each on lines of its own.
pub(super) struct Paragraphs<'a> {
    styles: &'a Styles,
    text: CellText,
    started: bool,
    /// A space that has been read and not yet written.
    space: Option<(Strike, Space)>,
    /// Where the base of a ruby begins.
    base: Option<usize>,
    /// Whether anything stands in the paragraph so far.
    inside: bool,
}

impl<'a> Paragraphs<'a> {
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            text: CellText::default(),
            started: false,
            space: None,
            base: None,
            inside: false,
        }
    }

    /// The characters of all paragraphs.
    pub(super) fn finish(mut self) -> CellText {
        self.text.normalize_breaks();
        self.text
    }

    /// Whether there was a paragraph.
    pub(super) fn has_started(&self) -> bool {
        self.started
    }

    /// Takes the paragraph just opened, in a cell whose font is struck or not.
    ///
    /// # Errors
    /// The part is not well formed.
    pub(super) fn paragraph(&mut self, xml: &mut Xml<'_>, cell: Strike) -> Result<(), Error> {
        if self.started {
            self.text.push("\n", Strike::Live);
        }
        (self.started, self.space, self.inside) = (true, None, false);
        let depth = xml.depth();
        // The strikes of the spans that are open, each with its depth.
        let mut spans: Vec<(u32, Strike)> = vec![(depth, cell)];
        while xml.depth() >= depth {
            let node = xml.next()?;
            spans.retain(|(span, _)| *span <= xml.depth());
            let strike = spans.last().map_or(cell, |(_, strike)| *strike);
            match node {
                Node::Text(text) => self.characters(&text, strike),
                Node::Open(element) => {
                    if let Some(own) = self.element(&element, xml, strike)? {
                        spans.push((xml.depth(), own));
                    }
                }
                Node::Close | Node::End => {}
            }
        }
        if let Some((before, Space::Kept)) = self.space.take() {
            self.text.push(" ", before);
        }
        Ok(())
    }

    /// An element inside a paragraph; the strike that it sets for what it holds.
    fn element(
        &mut self,
        element: &Element<'_>,
        xml: &mut Xml<'_>,
        strike: Strike,
    ) -> Result<Option<Strike>, Error> {
        match element.name() {
            "s" => {
                let count = element.number::<usize>("c").unwrap_or(1).min(MOST_SPACES);
                self.exactly(&" ".repeat(count), strike);
            }
            "tab" => self.exactly("\t", strike),
            "line-break" => self.exactly("\n", strike),
            "span" => {
                let own = element
                    .attribute("style-name")
                    .and_then(|name| self.styles.text_strike(&name));
                return Ok(own);
            }
            "ruby-base" => {
                self.flush();
                self.base = Some(self.text.text.len());
            }
            // §6.4: the reading above what has been written since its base began.
            "ruby-text" => {
                let words = xml.text()?;
                let end = self.text.text.len();
                if let Some(start) = self.base.take().filter(|&start| start < end)
                    && !words.trim().is_empty()
                {
                    self.text
                        .readings
                        .push((start..end, words.trim().to_owned()));
                }
            }
            // A comment, a footnote: none of them is the cell's text.
            "annotation" | "note" => xml.skip()?,
            _ => {}
        }
        Ok(None)
    }

    /// Writes the white space that stands between characters.
    fn flush(&mut self) {
        match self.space.take() {
            Some((before, Space::Break(count))) => self.text.push(&"\n".repeat(count), before),
            Some((before, _)) => self.text.push(" ", before),
            None => {}
        }
    }

    /// Characters as they are.
    fn exactly(&mut self, characters: &str, strike: Strike) {
        self.flush();
        self.text.push(characters, strike);
        self.inside = true;
    }

    /// Character data: a run of white space is one space (§6.1.2). At the paragraph's ends it is none if
    /// it holds a line break – the file's indentation – and stays if it is of spaces alone: spreadsheet
    /// programs write the spaces at the ends of a cell as they are. Line breaks alone, without the spaces of an
    /// indentation, are the cell's own: LibreOffice 24.8 and later write them so, and all programs read them so.
    fn characters(&mut self, characters: &str, strike: Strike) {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let mut rest = characters;
        while !rest.is_empty() {
            let (word, later) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
            if !word.is_empty() {
                self.exactly(word, strike);
            }
            let next = later.trim_start_matches(is_space);
            let gap = later.get(..later.len() - next.len()).unwrap_or_default();
            if !gap.is_empty() && self.space.is_none() {
                let spaces = gap.chars().all(|c| c == ' ');
                let wanted = if spaces {
                    Space::Kept
                } else if gap.chars().all(|c| c == '\n') {
                    Space::Break(gap.len().min(MOST_SPACES))
                } else {
                    Space::Between
                };
                if spaces || self.inside {
                    self.space = Some((strike, wanted));
                }
            }
            rest = next;
        }
    }
}

/// What becomes of a space at the end of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Kept,
    /// It stands only between characters.
    Between,
    /// So many line breaks, between characters.
    Break(usize),
}

/// More spaces in one element than a cell holds characters are a bomb.
const MOST_SPACES: usize = 32_767;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::workbook::xml::Xml;

    fn read(paragraph: &str) -> CellText {
        let text = format!("<text:p>{paragraph}</text:p>");
        let mut xml = Xml::new(&text, "content.xml");
        let styles = Styles::default();
        let mut paragraphs = Paragraphs::new(&styles);
        xml.next().unwrap();
        paragraphs.paragraph(&mut xml, Strike::Live).unwrap();
        paragraphs.finish()
    }

    #[test]
    fn line_breaks_without_indentation_are_the_cells_own() {
        assert_eq!(
            read("・甲\n・乙\n\n<text:span>丙</text:span>\n丁").text,
            "・甲\n・乙\n\n丙\n丁"
        );
        assert_eq!(read("\n  甲\n  乙\n").text, "甲 乙");
        assert_eq!(read("\n甲\n").text, "甲");
    }

    #[test]
    fn readings_stand_over_their_base() {
        let text = read(
            "強 <text:ruby><text:ruby-base>靱</text:ruby-base><text:ruby-text>じん</text:ruby-text></text:ruby>化",
        );
        assert_eq!(text.text, "強 靱化");
        assert_eq!(text.readings, [(4..7, "じん".to_owned())]);
    }
}
