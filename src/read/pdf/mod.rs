//! PDF (ISO 32000-1) -> sheets, page by page: marks -> rules -> cells -> lines -> sheet.

mod aligned;
mod annotations;
mod append;
mod backdrop;
mod cells;
mod characters;
mod check;
mod clips;
mod colour;
mod columns;
mod connected;
mod content;
mod direction;
pub(crate) mod file;
mod fonts;
mod forms;
mod graphics;
mod gutters;
pub(crate) mod interpret;
mod islands;
mod layers;
mod lexer;
mod lines;
mod marked;
pub(crate) mod marks;
mod measure;
mod overprint;
mod page;
mod painting;
mod parts;
mod paths;
mod ruby;
mod rules;
mod runs;
mod setting;
mod show;
mod stacked;
pub mod stages;
mod strikes;
mod stripes;
mod unruled;
mod upright;
mod vertical;
mod wrap;

use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::read::{ReadOptions, RecognisedLayer, active};
use crate::sheet::{Format, LineEnd, Reading};
use append::Paper;
use marks::{Marks, Visibility};
use upright::Turn;

/// Reads a PDF; of each page only its text and its boxes are kept.
///
/// # Errors
/// What is wrong with the file: see [`file::Pdf::open`]; no page with text.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Reading, Error> {
    let pdf = file::Pdf::open(bytes, options.password.as_deref())?;
    let pages = pdf.page_count();
    let mut reading = empty_reading(pages, pdf.producer());
    let breaks_anywhere = reading.producer.as_deref().is_some_and(breaks_anywhere);
    reading.notes.extend(active::notes(pdf.active()));
    let mut reader = interpret::Reader::new(&pdf);
    let mut margins = measure::Margins::default();
    let (mut has_text, mut has_unread_layer) = (false, false);
    for number in 1..=pages {
        let displayed = reader.page(number, &mut reading.notes)?;
        let paper = Paper {
            number,
            turn: Turn::of(&displayed),
        };
        let mut marks = paper.turn.upright(displayed);
        marks.breaks_anywhere = breaks_anywhere;
        marks.paints_spaces = lines::paints_spaces(&marks);
        strikes::mark(&mut marks);
        stacked::set_vertical(&mut marks);
        let what = page_without_text(&mut marks, number, options.recognised_layer);
        if let Some(what) = what {
            has_unread_layer |= matches!(what, What::RecognisedTextUnread { .. });
            let note = Note::new(what).at(Some(paper.whole(&marks)));
            reading.notes.push(note);
        }
        has_text |= marks
            .glyphs
            .iter()
            .any(|glyph| glyph.visibility == Visibility::Visible);
        let at_end = if number < pages {
            LineEnd::Cut
        } else {
            LineEnd::Break
        };
        let arranged = page::arrange(&marks, &mut margins, at_end);
        let sheet = append::finish(&marks, paper, arranged, &mut reading);
        reading.sheets.push(sheet);
    }
    if reading.source_characters == 0 {
        return Err(without_text(&reading).into());
    }
    if has_unread_layer && !has_text {
        return Err(Problem::OnlyRecognisedText { pages }.into());
    }
    Ok(reading)
}

/// Why a file has no text: damage, if a page has any; else its pages are images.
fn without_text(reading: &Reading) -> Problem {
    let damaged = reading
        .notes
        .iter()
        .any(|note| note.code == "damaged-content");
    if damaged {
        let reason = "page contents / ページの内容".to_owned();
        return Problem::Damaged { reason };
    }
    Problem::NoText {
        pages: reading.pages,
    }
}

/// Whether a program breaks lines without the rules of JIS X 4051 for a line's first character: LibreOffice's
/// spreadsheets do, other programs keep ・ from a line's start.
fn breaks_anywhere(producer: &str) -> bool {
    ["LibreOffice", "OpenOffice"]
        .iter()
        .any(|name| producer.contains(name))
}

fn empty_reading(pages: u32, producer: Option<String>) -> Reading {
    Reading {
        format: Format::Pdf,
        producer,
        pages,
        text: String::new(),
        source_characters: 0,
        sheets: Vec::with_capacity(pages as usize),
        set_aside: Vec::new(),
        notes: Vec::new(),
    }
}

/// What to note about a page that is an image, or whose text is what a machine recognised in one. An empty
/// page is neither.
fn page_without_text(marks: &mut Marks, page: u32, layer: RecognisedLayer) -> Option<What> {
    let is_painted = !(marks.images.is_empty() && marks.ink.is_empty());
    if marks.decoded_characters == 0 {
        return is_painted.then_some(What::PageWithoutText { page });
    }
    if !page::is_recognised_scan(marks) {
        return None;
    }
    Some(match layer {
        RecognisedLayer::SetAside => What::RecognisedTextUnread { page },
        RecognisedLayer::Read => {
            page::show_recognised(marks);
            What::RecognisedText { page }
        }
    })
}

#[cfg(test)]
mod tests {
    mod account;
    mod borders;
    mod build;
    mod drawing;
    mod dump;
    mod files;
    mod font_codes;
    mod font_programs;
    mod font_subsets;
    mod hostile;
    mod line_ends;
    mod lines;
    mod operators;
    mod oracle;
    mod programs;
    mod sample;
    mod tables;
    mod unruled;
}
