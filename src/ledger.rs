//! Conservation of text: every source character is accounted for exactly once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sheet::{AsideClass, Block, Line, Reading, TextRange};
use crate::text::counts;

/// What became of a source character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It stands in a value of a document.
    Documents,
    /// Column headings, their parents, labels, 記.
    Headings,
    /// A heading printed again, proven equal before removal.
    Repeated,
    /// Page numbers, running titles, （続き） marks.
    Furniture,
    /// Residue of a text export's markup.
    Markup,
    /// The same glyph painted again in place.
    Overprint,
    /// Invisible, clipped, off-page, struck or hidden.
    Hidden,
    /// Everything else, quoted in a note.
    Unplaced,
}

/// Characters of the source by what became of them, in Unicode scalar values without white space and
/// U+FEFF. `source` is the sum of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// All of them, counted where the source is read.
    pub source: u64,
    /// In a value of a document.
    pub documents: u64,
    /// Headings and labels.
    pub headings: u64,
    /// Headings printed again.
    pub repeated: u64,
    /// Page numbers and running titles.
    pub furniture: u64,
    /// Markup residue.
    pub markup: u64,
    /// Painted twice.
    pub overprint: u64,
    /// Not visible.
    pub hidden: u64,
    /// Not understood; quoted in notes.
    pub unplaced: u64,
}

/// How many characters of a text count.
pub fn count(text: &str) -> u64 {
    text.chars().filter(|&c| counts(c)).count() as u64
}

/// A breach of conservation: a defect of this program, reported, never hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breach {
    /// Characters that were claimed a second time.
    Doubled(String),
    /// Characters that the reader counted but never put into the reading, or the other way round.
    Miscounted {
        /// What the reader counted.
        counted: u64,
        /// What the reading holds.
        held: u64,
    },
    /// A value whose characters are not those of the source that it names.
    Altered(String),
    /// A value that does not stand where its characters do.
    Misplaced(String),
}

/// The account of a reading's characters.
pub struct Ledger<'a> {
    reading: &'a Reading,
    /// The class of each byte of the text; `None` while unclaimed.
    classes: Vec<Option<Class>>,
    breaches: Vec<Breach>,
}

impl<'a> Ledger<'a> {
    /// Opens the account: everything is unclaimed but what the reader set aside.
    pub fn open(reading: &'a Reading) -> Self {
        let mut ledger = Self {
            reading,
            classes: vec![None; reading.text.len()],
            breaches: Vec::new(),
        };
        if let Some(range) = first_out_of_order(reading) {
            ledger
                .breaches
                .push(Breach::Misplaced(range.of(&reading.text).to_owned()));
        }
        for aside in &reading.set_aside {
            ledger.claim(
                match aside.class {
                    AsideClass::Overprint => Class::Overprint,
                    AsideClass::Hidden => Class::Hidden,
                    AsideClass::Markup => Class::Markup,
                    AsideClass::Furniture => Class::Furniture,
                },
                aside.range,
            );
        }
        ledger
    }

    /// Says what became of these characters. Claiming one twice is a breach.
    pub fn claim(&mut self, class: Class, range: TextRange) {
        if range.is_empty() {
            return;
        }
        let Some(slots) = self
            .classes
            .get_mut(range.start as usize..range.end as usize)
        else {
            self.breaches.push(Breach::Altered(format!("{range:?}")));
            return;
        };
        let text = range.of(&self.reading.text);
        let taken = text
            .char_indices()
            .any(|(at, c)| counts(c) && slots[at].is_some());
        if taken {
            self.breaches.push(Breach::Doubled(text.to_owned()));
        }
        slots.fill(Some(class));
    }

    /// Reports a breach found elsewhere.
    pub fn report(&mut self, breach: Breach) {
        self.breaches.push(breach);
    }

    /// Whether any counting character of the range is still unclaimed.
    pub fn is_open(&self, range: TextRange) -> bool {
        let text = range.of(&self.reading.text);
        text.char_indices().any(|(at, c)| {
            counts(c)
                && self
                    .classes
                    .get(range.start as usize + at)
                    .is_some_and(Option::is_none)
        })
    }

    /// The maximal ranges of unclaimed text within a range, white space at their ends left out.
    pub fn open_parts(&self, range: TextRange) -> Vec<TextRange> {
        let text = range.of(&self.reading.text);
        let mut parts: Vec<TextRange> = Vec::new();
        let mut current: Option<TextRange> = None;
        for (at, c) in text.char_indices() {
            let start = range.start + at as u32;
            let end = start + c.len_utf8() as u32;
            let open = self
                .classes
                .get(start as usize)
                .is_some_and(Option::is_none);
            if open && counts(c) {
                current = Some(TextRange {
                    start: current.map_or(start, |p| p.start),
                    end,
                });
            } else if counts(c) {
                parts.extend(current.take());
            }
        }
        parts.extend(current);
        parts
    }

    /// Closes the account: unclaimed characters are `unplaced`.
    pub fn close(mut self) -> (Coverage, Vec<Breach>) {
        let mut coverage = Coverage {
            source: self.reading.source_characters,
            ..Coverage::default()
        };
        let mut held = 0;
        for (at, c) in self.reading.text.char_indices().filter(|&(_, c)| counts(c)) {
            held += 1;
            let _ = c;
            *match self.classes[at].unwrap_or(Class::Unplaced) {
                Class::Documents => &mut coverage.documents,
                Class::Headings => &mut coverage.headings,
                Class::Repeated => &mut coverage.repeated,
                Class::Furniture => &mut coverage.furniture,
                Class::Markup => &mut coverage.markup,
                Class::Overprint => &mut coverage.overprint,
                Class::Hidden => &mut coverage.hidden,
                Class::Unplaced => &mut coverage.unplaced,
            } += 1;
        }
        if held != coverage.source {
            self.breaches.push(Breach::Miscounted {
                counted: coverage.source,
                held,
            });
        }
        (coverage, self.breaches)
    }
}

/// The first line whose characters do not follow those of the line before it: a reading's text is in reading
/// order, so a line that was moved to another cell shows.
fn first_out_of_order(reading: &Reading) -> Option<TextRange> {
    let mut end = 0;
    lines(reading)
        .map(|line| line.range)
        .filter(|range| !range.is_empty())
        .find(|range| {
            let before = std::mem::replace(&mut end, range.end);
            range.start < before
        })
}

/// The lines of a reading's sheets in order.
fn lines(reading: &Reading) -> impl Iterator<Item = &Line> {
    reading
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.blocks)
        .flat_map(|block| -> Vec<&Line> {
            match block {
                Block::Grid(grid) => grid.cells.iter().flat_map(|cell| &cell.lines).collect(),
                Block::Line(line) => vec![line],
            }
        })
}

/// The coverage of a reading before any layout: text of cells and lines counts as documents.
pub fn coverage_of_sheets(reading: &Reading) -> (Coverage, Vec<Breach>) {
    let mut ledger = Ledger::open(reading);
    for line in lines(reading) {
        ledger.claim(Class::Documents, line.range);
        for ruby in &line.ruby {
            ledger.claim(Class::Documents, ruby.reading);
        }
    }
    ledger.close()
}
