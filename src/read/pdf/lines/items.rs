//! The lines of a cell -> how its items and sentences stand: what tells a bullet from a middle dot, and the end of a
//! sentence from the end of a paragraph.

use crate::read::pdf::lines::block::{Block, last_visible, leading_mark};
use crate::text::setting::CLEARLY_FITS;
use crate::text::setting::characters::{closes, is_sentence_end, opens};

/// How a text's sentences stand: what a full line that ends with 。 is followed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sentences {
    /// One after the other on a line: the text goes on.
    Flow,
    /// Each on a line of its own, also where there was room.
    Apart,
    /// Both, or neither.
    Unknown,
}

impl Sentences {
    pub(super) fn of(block: &Block) -> Self {
        let within = |text: &String| {
            let mut depth = 0i32;
            let mut characters = text.trim_end().chars().peekable();
            while let Some(c) = characters.next() {
                depth = (depth + i32::from(opens(c)) - i32::from(closes(c))).max(0);
                if depth == 0 && c == '。' && characters.peek().is_some() {
                    return true;
                }
            }
            false
        };
        let flow = block.texts.iter().any(within);
        let apart = (0..block.texts.len()).any(|at| block.ends_sentence_with_room(at));
        match (flow, apart) {
            (true, false) => Self::Flow,
            (false, true) => Self::Apart,
            _ => Self::Unknown,
        }
    }
}

/// Whether a cell is a list of items that begin with a middle dot, and how its items end. A middle dot
/// also joins words, and writers without line-breaking rules begin lines with it (合意形成／・具体化).
pub(super) struct Items {
    dotted: bool,
    sentences: bool,
}

impl Items {
    pub(super) fn of(block: &Block) -> Self {
        let (mut dotted, mut count, mut sentences) = (false, 0, 0);
        for (at, text) in block.texts.iter().enumerate() {
            let begins = begins_with_dot(text) && (at == 0 || block.dot_fitted(at - 1));
            dotted |= begins;
            let ends_before = at > 0 && begins;
            let ended = if ends_before {
                block.texts.get(at - 1)
            } else {
                None
            };
            let ended = ended.or(if at + 1 == block.texts.len() {
                Some(text)
            } else {
                None
            });
            if let Some(ended) = ended {
                count += 1;
                sentences += usize::from(last_visible(ended).is_some_and(is_sentence_end));
            }
        }
        Self {
            dotted,
            sentences: dotted && count > 1 && sentences == count,
        }
    }
}

impl Block<'_> {
    /// Whether a line ends with a sentence, and the next one goes on, without a mark, an indent or a distance that
    /// would tell its beginning, and would have fitted on it.
    fn ends_sentence_with_room(&self, at: usize) -> bool {
        let (Some(line), Some(next_line), Some(room), Some(text), Some(next)) = (
            self.lines.get(at),
            self.lines.get(at + 1),
            self.rooms.get(at),
            self.texts.get(at),
            self.texts.get(at + 1),
        ) else {
            return false;
        };
        last_visible(text) == Some('。')
            && !next.trim().is_empty()
            && leading_mark(next).is_none()
            && !self.begins_paragraph(line, next_line, true)
            && !self.stands_apart(line, next_line)
            && room - self.needed(at) / line.size > CLEARLY_FITS
    }

    /// Whether only what the words mean tells if the middle dot after this full line begins an item or joins two
    /// words: in a list, by a writer that begins lines with it.
    pub(super) fn may_be_word_or_item(&self, at: usize, items: &Items) -> bool {
        let last = self.texts.get(at).and_then(|text| last_visible(text));
        self.marks.breaks_anywhere
            && items.dotted
            && !self.dot_fitted(at)
            && !last.is_some_and(|last| is_sentence_end(last) || ends_clause(last))
            && !self.in_brackets(at)
    }

    /// Whether the middle dot at the start of the next line is a bullet. After a full line within a list it is
    /// one, unless the items are sentences, this one is not at its end, and the writer may begin lines so.
    pub(super) fn dot_begins_item(&self, at: usize, items: &Items) -> bool {
        let text = self.texts.get(at).map_or("", String::as_str);
        let sentence = last_visible(text).is_some_and(is_sentence_end);
        let clause = last_visible(text).is_some_and(ends_clause);
        self.dot_fitted(at)
            || sentence
            || (items.dotted && clause && !self.in_brackets(at))
            || (items.dotted
                && !(items.sentences && self.marks.breaks_anywhere)
                && !self.in_brackets(at))
    }

    /// Whether a middle dot at the start of the next line would have fitted on this one.
    pub(super) fn dot_fitted(&self, at: usize) -> bool {
        let (Some(line), Some(next), Some(room)) = (
            self.lines.get(at),
            self.lines.get(at + 1),
            self.rooms.get(at),
        ) else {
            return false;
        };
        let dot = next
            .characters(self.marks)
            .find(|(c, _)| !c.is_whitespace());
        let width = dot
            .and_then(|(_, shape)| shape)
            .map_or(line.size, |shape| shape.end - shape.start);
        room - width / line.size > CLEARLY_FITS
    }
}

/// Whether a line ends as a verb does (う段の仮名, た): a middle dot joins nouns, what stands after a verb is an item.
fn ends_clause(last: char) -> bool {
    matches!(
        last,
        'う' | 'く' | 'ぐ' | 'す' | 'つ' | 'ぬ' | 'ぶ' | 'む' | 'る' | 'た'
    )
}

pub(super) fn begins_with_dot(text: &str) -> bool {
    text.trim_start().starts_with(['・', '･'])
}
