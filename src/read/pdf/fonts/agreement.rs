//! What two sources say of the same glyphs -> whether they contradict each other as a whole.

use super::Characters;
use crate::text::setting::numbers;
use crate::text::{key, width};

/// Glyphs that two sources name otherwise, from which on one of them is wrong as a whole: variants of a kanji, dashes
/// and brackets account for a few.
const CONTRADICTIONS: usize = 4;

/// Two sources compared glyph by glyph.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    same: usize,
    other: usize,
    example: Option<(String, String)>,
}

/// Two sources that name most glyphs otherwise, or a single one that counts.
#[derive(Debug, Clone)]
pub(crate) struct Contradiction {
    /// Whether it is of a single glyph, which is read as the font calls it.
    pub(crate) is_single: bool,
    /// What the `ToUnicode` map calls a glyph.
    pub(crate) mapped: String,
    /// What the font calls it.
    pub(crate) own: String,
}

impl Agreement {
    /// Compares what is said of one glyph.
    pub(super) fn add(&mut self, first: &Characters, second: &Characters) {
        let (mut a, mut b) = (String::new(), String::new());
        first.append_to(&mut a);
        second.append_to(&mut b);
        let (folded_a, folded_b) = (folded(&a), folded(&b));
        if folded_a.is_empty() || folded_b.is_empty() {
            return;
        }
        if folded_a == folded_b {
            self.same += 1;
        } else {
            self.other += 1;
            self.example.get_or_insert((a, b));
        }
    }

    /// Whether most glyphs are named otherwise.
    pub(super) fn is_contradiction(&self) -> bool {
        self.other >= CONTRADICTIONS && self.other > self.same
    }

    /// The contradiction, if there is one.
    pub(super) fn contradiction(self) -> Option<Contradiction> {
        let is_one = self.is_contradiction();
        let (mapped, own) = self.example.filter(|_| is_one)?;
        Some(Contradiction {
            is_single: false,
            mapped,
            own,
        })
    }

    /// Whether the two agree on so many glyphs that a single one they name otherwise is an error of the map.
    pub(super) fn is_agreement(&self) -> bool {
        self.same > self.other
    }
}

/// What a font calls a glyph that its map calls a digit or white space, where that is something else: one wrong digit
/// makes another number of a number, and one lost character another word.
pub(super) fn overruled(mapped: &Characters, own: &Characters) -> Option<Contradiction> {
    let (mut a, mut b) = (String::new(), String::new());
    mapped.append_to(&mut a);
    own.append_to(&mut b);
    let is_seen = |c: char| !c.is_whitespace() && !width::is_invisible(c);
    let counts = a.chars().chain(b.chars()).any(numbers::is_digit) && b.chars().all(is_seen)
        || a.chars().all(char::is_whitespace) && b.chars().all(char::is_alphanumeric);
    (counts && folded(&a) != folded(&b)).then_some(Contradiction {
        is_single: true,
        mapped: a,
        own: b,
    })
}

/// A glyph's text without what fonts draw alike: width, radicals, variants of marks and dashes.
fn folded(text: &str) -> String {
    let dash = |c| if width::is_hyphen(c) { '-' } else { c };
    key(text).chars().map(dash).collect()
}
