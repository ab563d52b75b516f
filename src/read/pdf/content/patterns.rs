//! Tiling patterns -> the text that their cells have (ISO 32000-1 §8.7.3).

use std::collections::BTreeSet;

use crate::read::pdf::content::graphics::{Matrix, State};
use crate::read::pdf::content::interpret::Interpreter;
use crate::read::pdf::content::operators::Operation;
use crate::read::pdf::file::Stream;
use crate::read::pdf::marks::Visibility;

/// `PatternType` of a tiling pattern.
const TILING: f64 = 1.0;

/// The tiling patterns that a page's content chooses, each with the coordinate system that it is laid in.
#[derive(Default)]
pub(crate) struct Tiles<'a> {
    unread: Vec<(Stream<'a>, Matrix)>,
    known: BTreeSet<usize>,
}

impl Interpreter<'_, '_> {
    /// `scn` with a name (ISO 32000-1 Table 74): a pattern whose cell can have text is kept to be read.
    pub(crate) fn use_pattern(&mut self, operation: &Operation<'_>) {
        let patterns = self
            .resources
            .and_then(|resources| resources.dict(b"Pattern"));
        let pattern = operation
            .last_name()
            .and_then(|name| patterns?.stream(name));
        let Some(pattern) = pattern.filter(|pattern| {
            let resources = pattern.dict.dict(b"Resources").or(self.resources);
            let has = |key: &[u8]| resources.is_some_and(|resources| resources.dict(key).is_some());
            pattern.dict.number(b"PatternType") == Some(TILING) && (has(b"Font") || has(b"XObject"))
        }) else {
            return;
        };
        if self.tiles.known.insert(pattern.dict.identity()) {
            self.tiles.unread.push((pattern, self.base));
        }
    }

    /// Reads the cells of the page's patterns. Programs fill with them what they hatch, and backgrounds that repeat a word
    /// (見本, 複写): how often it is seen, and cut where, follows from the shape that is filled. Their text is counted once,
    /// and is none of the page's.
    pub(crate) fn read_tiles(&mut self, start: State) {
        while let Some((pattern, base)) = self.tiles.unread.pop() {
            let first = self.marks.glyphs.len();
            self.state = start;
            self.state.ctm = base;
            self.hidden += 1;
            self.paint_form(pattern);
            self.hidden -= 1;
            for glyph in self.marks.glyphs.iter_mut().skip(first) {
                glyph.visibility = Visibility::Pattern;
            }
        }
    }
}
