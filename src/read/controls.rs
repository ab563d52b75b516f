//! A reading -> notes on the values that hold codes which are no characters: what damage leaves behind.

use std::collections::BTreeSet;

use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{Block, Format, Line, Reading};

/// Whether a code is no character of a text: controls but for tab and line ends (Unicode §23.1), and what stands for
/// a character that could not be decoded. In a PDF the latter has its own note, which names the font.
fn is_no_character(c: char, format: Format) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{fffd}' => format != Format::Pdf,
        other => other.is_control(),
    }
}

/// The notes on a reading, one for each cell and line.
pub(super) fn notes(reading: &Reading) -> Vec<Note> {
    let is_wrong = |c: char| is_no_character(c, reading.format);
    if !reading.text.chars().any(is_wrong) {
        return Vec::new();
    }
    let note = |lines: &[Line], place: &Place| {
        let text: Vec<&str> = lines.iter().map(|l| l.range.of(&reading.text)).collect();
        let text = text.join("\n");
        let codes: BTreeSet<char> = text.chars().filter(|&c| is_wrong(c)).collect();
        let names: Vec<String> = codes.iter().map(|&c| name(c)).collect();
        let what = What::NotCharacters {
            codes: names.join(", "),
        };
        let shown: String = text.chars().map(pictured).collect();
        (!codes.is_empty()).then(|| Note::new(what).at(Some(place.clone())).about(shown))
    };
    let blocks = reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let of_block = |block: &Block| -> Vec<Note> {
        match block {
            Block::Grid(grid) => {
                let cells = grid.cells.iter();
                cells.filter_map(|c| note(&c.lines, &c.place)).collect()
            }
            Block::Line(line) => {
                let line = note(std::slice::from_ref(line), &line.place);
                line.into_iter().collect()
            }
        }
    };
    blocks.flat_map(of_block).collect()
}

fn name(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// A control's picture (Unicode block U+2400), so that the note can be read and its list opened.
fn pictured(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => c,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(c),
        '\u{7f}' => '\u{2421}',
        other if other.is_control() => '\u{fffd}',
        other => other,
    }
}
