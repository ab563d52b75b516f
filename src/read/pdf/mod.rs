//! PDF (ISO 32000-1) -> sheets, page by page: marks -> rules -> cells -> lines -> sheet.
//!
//! A new heuristic is one file and one fixture: what tells a table stands in `grids` (its first page says how), what tells
//! a line or its end in `lines`. No heuristic changes what another one found, and none has lengths of its own: they stand
//! in `tolerance.rs`, in ems, each with its reason, and hold at every scale (`fuzz/laws/places.rs`).

mod ahead;
mod append;
mod check;
pub(crate) mod content;
mod direction;
mod doubts;
pub(crate) mod file;
mod fonts;
pub(crate) mod grids;
pub(crate) mod lines;
pub(crate) mod marks;
mod page;
pub mod stages;
mod tolerance;
mod upright;

use std::collections::BTreeSet;

use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::read::{ReadOptions, RecognisedLayer, active};
use crate::sheet::{Format, LineEnd, Reading};
use append::Paper;
use grids::rules::Drawn;
use marks::{Marks, Visibility};
use page::Arranged;
use upright::Turn;

/// Reads a PDF; of each page only its text and its boxes are kept.
///
/// # Errors
/// What is wrong with the file: see [`file::Pdf::open`]; no page with text.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Reading, Error> {
    let pdf = file::Pdf::open(bytes, options.password())?;
    let pages = pdf.page_count();
    let mut reading = empty_reading(pages, pdf.producer());
    let breaks_anywhere = reading.producer.as_deref().is_some_and(breaks_anywhere);
    reading.notes.extend(active::notes(pdf.active()));
    let source = Painter {
        pdf: &pdf,
        options,
        breaks_anywhere,
    };
    let (mut has_text, mut has_unread_layer) = (false, false);
    let mut finish = |page: Result<(Painted, Arranged), Error>| -> Result<(), Error> {
        let (painted, arranged) = page?;
        let Painted {
            marks,
            paper,
            notes,
            is_layer_unread,
            drawn,
        } = painted;
        reading.notes.extend(notes);
        has_unread_layer |= is_layer_unread;
        has_text |= marks
            .glyphs
            .iter()
            .any(|glyph| glyph.visibility == Visibility::Visible);
        let sheet = append::finish(&marks, &drawn, paper, arranged, &mut reading);
        reading.sheets.push(sheet);
        Ok(())
    };
    if ahead::pays(pages) {
        ahead::scope(|scope| {
            let painted = ahead::ahead(scope, || source.pages())?;
            let mut arranged = ahead::ahead(scope, || arranged(painted, pages))?;
            arranged.try_for_each(&mut finish)
        })?;
    } else {
        arranged(source.pages(), pages).try_for_each(finish)?;
    }
    if reading.source_characters == 0 {
        return Err(without_text(&reading).into());
    }
    if has_unread_layer && !has_text {
        return Err(Problem::OnlyRecognisedText { pages }.into());
    }
    Ok(reading)
}

/// A page's marks, upright, and what to note about it.
struct Painted {
    marks: Marks,
    drawn: Drawn,
    paper: Paper,
    notes: Vec<Note>,
    /// Whether its text is a recognised layer that was not read.
    is_layer_unread: bool,
}

/// Reads the pages of one file.
#[derive(Clone, Copy)]
struct Painter<'a> {
    pdf: &'a file::Pdf,
    options: &'a ReadOptions,
    breaks_anywhere: bool,
}

impl<'a> Painter<'a> {
    /// The pages, one after the other.
    fn pages(self) -> impl Iterator<Item = Result<Painted, Error>> + 'a {
        let mut reader = content::interpret::Reader::new(self.pdf);
        let mut watermarks = BTreeSet::new();
        let numbers = 1..=self.pdf.page_count();
        numbers.map(move |number| self.page(&mut reader, number, &mut watermarks))
    }

    fn page(
        self,
        reader: &mut content::interpret::Reader<'a>,
        number: u32,
        watermarks: &mut BTreeSet<String>,
    ) -> Result<Painted, Error> {
        let mut notes = Vec::new();
        let displayed = reader.page(number, &mut notes)?;
        let paper = Paper {
            number,
            turn: Turn::of(&displayed),
        };
        let mut marks = paper.turn.upright(displayed);
        marks.breaks_anywhere = self.breaks_anywhere;
        lines::watermarks::mark(&mut marks, watermarks);
        marks.paints_spaces = lines::paints_spaces(&marks);
        let drawn = Drawn::of(&marks);
        lines::strikes::mark(&mut marks, &drawn.rules);
        lines::stacked::set_vertical(&mut marks, &drawn.rules);
        let what = page_without_text(&mut marks, number, self.options.recognised_layer);
        let is_layer_unread = matches!(what, Some(What::RecognisedTextUnread { .. }));
        notes.extend(what.map(|what| Note::new(what).at(Some(paper.whole(&marks)))));
        Ok(Painted {
            marks,
            drawn,
            paper,
            notes,
            is_layer_unread,
        })
    }
}

/// Pages with their glyphs arranged, in their order: each one's margins may be those of the page before.
fn arranged(
    painted: impl Iterator<Item = Result<Painted, Error>>,
    pages: u32,
) -> impl Iterator<Item = Result<(Painted, Arranged), Error>> {
    let mut margins = lines::measure::Margins::default();
    painted.map(move |painted| {
        let painted = painted?;
        let at_end = if painted.paper.number < pages {
            LineEnd::Cut
        } else {
            LineEnd::Break
        };
        let arranged = page::arrange(&painted.marks, &painted.drawn, &mut margins, at_end);
        Ok((painted, arranged))
    })
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
    let is_covered = page::is_covered(marks);
    if !is_covered && !page::is_recognised_scan(marks) {
        return None;
    }
    Some(match layer {
        RecognisedLayer::SetAside if is_covered && marks.images.is_empty() => {
            What::TextUnderShapes { page }
        }
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
    mod beside;
    mod borders;
    mod build;
    mod declared;
    mod drawing;
    mod dump;
    mod files;
    mod font_codes;
    mod font_programs;
    mod font_subsets;
    mod font_widths;
    mod half_ruled;
    mod hostile;
    mod line_ends;
    mod lines;
    mod map_names;
    mod nested;
    mod numbers;
    mod operators;
    mod oracle;
    mod overflow;
    mod overlays;
    mod painted;
    mod patterns;
    mod procedures;
    mod programs;
    mod sample;
    mod settings;
    mod shaded;
    mod striped;
    mod tables;
    mod text_maps;
    mod unruled;
    mod vertical;
    mod watermarks;
    mod wraps;
}
