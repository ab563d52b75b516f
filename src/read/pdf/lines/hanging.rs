//! Paragraphs whose first line begins before the ones under it (ぶら下げ), without a mark: how articles and their
//! paragraphs are set (公用文、法令).
//!
//! An indented line under a full one either goes on so, or begins a paragraph whose further lines begin before it
//! (字下げ). A short indented line tells them apart by what stands under it: the next paragraph begins where hanging
//! ones do, and where an indented one never does.

/// Lines that begin within so many ems begin together.
const SAME_START: f32 = 0.2;

/// Where the first line of paragraphs begins, and where the others do, in points from the edge of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Indent {
    pub first: f32,
    pub others: f32,
    /// Points.
    pub em: f32,
}

impl Indent {
    fn is_same(self, other: Self) -> bool {
        (self.first - other.first).abs() <= SAME_START * self.em
            && (self.others - other.others).abs() <= SAME_START * self.em
    }
}

/// What a text's lines show of its paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Hanging {
    shown: Vec<Indent>,
    refuted: Vec<Indent>,
}

impl Hanging {
    /// A paragraph has ended on an indented line, and the next one begins before it.
    pub(crate) fn show(&mut self, indent: Indent) {
        if !self.shown.iter().any(|known| known.is_same(indent)) {
            self.shown.push(indent);
        }
    }

    /// A paragraph begins indented, or goes on before where it began.
    pub(crate) fn refute(&mut self, indent: Indent) {
        if !self.is_refuted(indent) {
            self.refuted.push(indent);
        }
    }

    /// Adds what other lines show.
    pub(crate) fn learn(&mut self, other: Self) {
        for indent in other.shown {
            self.show(indent);
        }
        for indent in other.refuted {
            self.refute(indent);
        }
    }

    pub(crate) fn is_shown(&self, indent: Indent) -> bool {
        self.shown.iter().any(|known| known.is_same(indent)) && !self.is_refuted(indent)
    }

    pub(crate) fn is_refuted(&self, indent: Indent) -> bool {
        self.refuted.iter().any(|known| known.is_same(indent))
    }
}
