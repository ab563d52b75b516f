//! What two sources say of the same glyphs -> whether they contradict each other as a whole.

use super::Characters;
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

/// Two sources that name most glyphs otherwise.
#[derive(Debug, Clone)]
pub(crate) struct Contradiction {
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
        Some(Contradiction { mapped, own })
    }
}

/// A glyph's text without what fonts draw alike: width, radicals, variants of marks and dashes.
fn folded(text: &str) -> String {
    let dash = |c| if width::is_hyphen(c) { '-' } else { c };
    key(text).chars().map(dash).collect()
}
