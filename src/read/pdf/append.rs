//! An arranged page -> its sheet: characters appended to the reading's text, with the page's own check.

use crate::read::pdf::tolerance::FULL;
use std::collections::BTreeSet;

use super::marks::{Marks, Rect, Visibility};
use super::page::{Arranged, Item};
use super::upright::Turn;
use super::{check, doubts};
use crate::note::{Note, What};
use crate::place::{Bbox, Place};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::evidence;
use crate::read::pdf::grids::rules::Drawn;
use crate::read::pdf::lines::runs::{self, text_of};
use crate::read::pdf::lines::{self, Piece, TextLine, slanted};
use crate::sheet::{
    AsideClass, Block, Cell, CellValue, Evidence, Grid, Line, Reading, Ruby, SetAside, Sheet,
    TextRange,
};

/// The displayed page that places are on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paper {
    /// 1-based page number.
    pub number: u32,
    /// How the upright page lies on it.
    pub turn: Turn,
}

impl Paper {
    /// The place of a rectangle of the upright page.
    pub(crate) fn place(self, rect: Rect) -> Place {
        let Rect {
            left,
            top,
            right,
            bottom,
        } = self.turn.displayed(rect);
        Place::Box {
            page: self.number,
            bbox: Bbox::new(left.into(), top.into(), right.into(), bottom.into()),
        }
    }

    /// The place that is the whole page.
    pub(crate) fn whole(self, marks: &Marks) -> Place {
        self.place(Rect {
            left: 0.0,
            top: 0.0,
            right: marks.size.0,
            bottom: marks.size.1,
        })
    }
}

/// Appends a page's characters to the reading and makes its sheet. What the page's own check finds is a
/// note, and lost characters are put back as lines.
pub(crate) fn finish(
    marks: &Marks,
    drawn: &Drawn,
    paper: Paper,
    mut page: Arranged,
    reading: &mut Reading,
) -> Sheet {
    let from = reading.text.len();
    let mut faults = check::marks(marks);
    let account = check::arranged(marks, &page);
    faults.extend(account.faults);
    put_back(marks, &mut page, &account.lost);
    let mut writer = Writer {
        marks,
        paper,
        text: &mut reading.text,
    };
    let mut blocks = Vec::with_capacity(page.order.len());
    for item in &page.order {
        blocks.extend(match *item {
            Item::Grid(at) => page
                .grids
                .get(at)
                .zip(page.cells.get(at))
                .map(|(grid, cells)| {
                    let has_text: Vec<bool> = cells.iter().map(|lines| !lines.is_empty()).collect();
                    let evidence = evidence::of(grid, drawn, &has_text);
                    Block::Grid(writer.grid(grid, cells, evidence))
                }),
            Item::Line(at) => page
                .outside
                .get(at)
                .map(|line| Block::Line(writer.line(line))),
        });
    }
    let (width, height) = paper.turn.displayed_size(marks.size);
    let size = Some((width.into(), height.into()));
    let sheet = Sheet {
        name: None,
        page: Some(paper.number),
        size,
        lines_run: paper.turn.lines_run(),
        blocks,
    };
    reading.notes.extend(doubts::notes(marks, paper, &page));
    set_aside(marks, paper, &page, reading);
    reading.source_characters += marks.decoded_characters;
    faults.extend(check::sheet(marks, paper, &page, &sheet, reading, from));
    if !faults.is_empty() {
        faults.truncate(5);
        let detail = format!("p.{}: {}", paper.number, faults.join("; "));
        reading
            .notes
            .push(Note::new(What::TextNotConserved { detail }).at(Some(paper.whole(marks))));
    }
    sheet
}

/// Glyphs that stand nowhere become lines outside all grids.
fn put_back(marks: &Marks, page: &mut Arranged, lost: &[u32]) {
    for line in lines::build(marks, &runs::split(marks, lost, &[])) {
        page.order.push(Item::Line(page.outside.len()));
        page.outside.push(line);
    }
}

/// Appends what is painted twice or not seen, with a note for each connected hidden text.
fn set_aside(marks: &Marks, paper: Paper, page: &Arranged, reading: &mut Reading) {
    let mut watermarks_told = BTreeSet::new();
    let why = |at: u32| marks.glyphs.get(at as usize).map(|glyph| glyph.visibility);
    let shown = shown_runs(marks, page);
    for (class, glyphs) in [
        (AsideClass::Overprint, &page.overprint),
        (AsideClass::Hidden, &page.hidden),
    ] {
        let mut rest = glyphs.as_slice();
        while let Some(&first) = rest.first() {
            let length = rest.iter().take_while(|&&at| why(at) == why(first)).count();
            let (group, others) = rest.split_at(length);
            rest = others;
            let is_watermark = why(first) == Some(Visibility::Watermark);
            let (class, lines) = if is_watermark {
                let texts = slanted::texts(marks, group);
                let lines = texts.iter().filter_map(|text| slanted::line(marks, text));
                (AsideClass::Furniture, lines.collect())
            } else {
                (class, lines::build(marks, &runs::split(marks, group, &[])))
            };
            let connected = |line: &TextLine, next: &TextLine| !is_watermark && is_near(line, next);
            for connected in lines.chunk_by(connected) {
                let aside = write_aside(marks, paper, (class, connected), &mut reading.text);
                let text = aside.range.of(&reading.text).trim_end();
                if let Some(what) = why(first).and_then(hidden_by).filter(|_| !text.is_empty())
                    && class != AsideClass::Overprint
                    && (!is_watermark || watermarks_told.insert(text.to_owned()))
                {
                    let is_cut = is_cut_off(marks, connected, &shown);
                    let note = Note::new(if is_cut { What::CutOffText } else { what });
                    reading.notes.push(note.at(aside.place.clone()).about(text));
                }
                reading.set_aside.push(aside);
            }
        }
    }
}

/// The show operators of which some glyph is seen; none where all glyphs are.
fn shown_runs(marks: &Marks, page: &Arranged) -> BTreeSet<u32> {
    let all = marks.glyphs.iter().filter(|_| !page.hidden.is_empty());
    let seen = all.filter(|glyph| glyph.visibility == Visibility::Visible);
    seen.filter(|glyph| !runs::is_white(marks, glyph))
        .map(|glyph| glyph.run)
        .collect()
}

/// Whether hidden lines are the rest of texts that are seen in part: an edge cuts them off.
fn is_cut_off(marks: &Marks, lines: &[TextLine], shown: &BTreeSet<u32>) -> bool {
    let glyphs = lines.iter().flat_map(TextLine::glyphs);
    let mut glyphs = glyphs.filter_map(|at| marks.glyphs.get(at as usize));
    glyphs.any(|glyph| {
        let is_beyond = matches!(glyph.visibility, Visibility::Clipped | Visibility::OffPage);
        is_beyond && shown.contains(&glyph.run)
    })
}

/// Whether a line goes on with the one before it: right under it, or beside it.
fn is_near(line: &TextLine, next: &TextLine) -> bool {
    let reach = FULL * line.size.max(next.size);
    line.direction == next.direction
        && next.top - line.bottom < reach
        && next.start - line.end < reach
        && line.start - next.end < reach
}

/// Appends lines that are kept apart from the sheet.
fn write_aside(
    marks: &Marks,
    paper: Paper,
    (class, lines): (AsideClass, &[TextLine]),
    text: &mut String,
) -> SetAside {
    let start = text.len();
    let mut writer = Writer { marks, paper, text };
    let place = lines
        .iter()
        .map(|line| writer.line(line).place)
        .reduce(|all, place| match (all, place) {
            (Place::Box { page, bbox: a }, Place::Box { bbox: b, .. }) => Place::Box {
                page,
                bbox: a.union(b),
            },
            (all, _) => all,
        });
    SetAside {
        class,
        range: range(start, text.len()),
        place,
    }
}

/// What to note about glyphs that are not seen.
fn hidden_by(visibility: Visibility) -> Option<What> {
    let why = match visibility {
        Visibility::Visible => return None,
        Visibility::Struck => return Some(What::StruckText),
        Visibility::Watermark => return Some(What::Watermark),
        Visibility::Annotation => "注釈（スタンプなど）の文字 / of an annotation, such as a stamp",
        Visibility::Invisible => "透明な文字 / invisible",
        Visibility::Clipped => "切り抜きの外 / clipped",
        Visibility::OffPage => "ページの外 / off the page",
        Visibility::SameColour => "背景と同じ色 / same colour as its background",
        Visibility::Covered => "あとから塗りつぶされた文字 / covered by what is painted over it",
        Visibility::Pattern => "塗りつぶしの模様 / a tiling pattern",
        Visibility::HiddenLayer => "非表示のレイヤー / hidden layer",
    };
    let why = why.to_owned();
    Some(What::HiddenText { why })
}

/// Appends characters to the reading's text and says where they stand.
struct Writer<'a> {
    marks: &'a Marks,
    paper: Paper,
    text: &'a mut String,
}

impl Writer<'_> {
    fn grid(&mut self, shape: &GridShape, lines: &[Vec<TextLine>], evidence: Evidence) -> Grid {
        let cells = shape.cells.iter().zip(lines).map(|(cell, lines)| Cell {
            row: cell.row + 1,
            column: cell.column + 1,
            rows: cell.rows,
            columns: cell.columns,
            lines: lines.iter().map(|line| self.line(line)).collect(),
            value: CellValue::Text,
            place: self.paper.place(cell.rect),
            edges: Some((cell.rect.left.into(), cell.rect.right.into())),
        });
        let cells = cells.collect();
        Grid {
            rows: shape.rows,
            columns: shape.columns,
            cells,
            place: self.paper.place(shape.rect),
            title_rows: None,
            open_below: shape.open_below,
            open_above: shape.open_above,
            across_pages: false,
            evidence: Some(evidence),
        }
    }

    /// Writes a line, each on a line of the text; its readings follow it.
    fn line(&mut self, line: &TextLine) -> Line {
        let start = self.text.len();
        let mut offsets = Vec::with_capacity(line.pieces.len() + 1);
        for piece in &line.pieces {
            offsets.push(self.text.len());
            match *piece {
                Piece::Space(c) => self.text.push(c),
                Piece::Glyph(at) => self.glyph(at),
            }
        }
        offsets.push(self.text.len());
        let range = range(start, self.text.len());
        self.text.push('\n');
        let ruby = line.ruby.iter().map(|part| {
            let reading = self.text.len();
            part.reading.iter().for_each(|&at| self.glyph(at));
            let reading = range_to_end(reading, self.text);
            self.text.push('\n');
            let bound = |at: usize| offsets.get(at).copied().unwrap_or(start);
            Ruby {
                base: self::range(bound(part.base.start), bound(part.base.end)),
                reading,
            }
        });
        let ruby = ruby.collect();
        Line {
            range,
            ends: line.ends,
            place: self.paper.place(line.rect),
            ruby,
            room: line.room,
        }
    }

    fn glyph(&mut self, at: u32) {
        if let Some(glyph) = self.marks.glyphs.get(at as usize) {
            self.text.push_str(text_of(self.marks, glyph));
        }
    }
}

fn range(start: usize, end: usize) -> TextRange {
    TextRange {
        start: start as u32,
        end: end as u32,
    }
}

fn range_to_end(start: usize, text: &str) -> TextRange {
    range(start, text.len())
}
