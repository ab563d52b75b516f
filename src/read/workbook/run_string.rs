//! A string of the binary formats with the fonts of its runs -> a cell's text.

use super::worksheet::{CellText, Strike};

/// A string with the fonts of its runs.
#[derive(Debug, Default, Clone)]
pub(super) struct RunString {
    /// The parts in order; the first has no font of its own.
    parts: Vec<(String, Option<u16>)>,
}

impl RunString {
    /// From all characters, and where runs of a font begin, in UTF-16 units.
    pub(super) fn new(units: &[u16], runs: &[(u16, u16)]) -> Self {
        let mut parts = Vec::new();
        let mut font = None;
        let mut at = 0;
        for &(start, next) in runs {
            let start = usize::from(start).clamp(at, units.len());
            if start > at {
                parts.push((
                    String::from_utf16_lossy(units.get(at..start).unwrap_or_default()),
                    font,
                ));
            }
            (at, font) = (start, Some(next));
        }
        parts.push((
            String::from_utf16_lossy(units.get(at..).unwrap_or_default()),
            font,
        ));
        Self { parts }
    }

    /// A string without runs.
    pub(super) fn plain(text: String) -> Self {
        Self {
            parts: vec![(text, None)],
        }
    }

    /// From parts that are cut already.
    pub(super) fn of_parts(parts: Vec<(String, Option<u16>)>) -> Self {
        Self { parts }
    }

    /// The characters in a cell whose font is struck or not; `strike` says it of each font.
    pub(super) fn in_cell(&self, cell: Strike, strike: impl Fn(u16) -> Strike) -> CellText {
        let mut text = CellText::default();
        for (part, font) in &self.parts {
            text.push(part, font.map_or(cell, &strike));
        }
        text.normalize_breaks();
        text
    }
}
