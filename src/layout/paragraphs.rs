//! Lines and cells of a notice -> its paragraphs: joined over wraps and page breaks, one for each row of a worksheet.

use super::label;
use super::passage::{Passage, Piece};
use super::table::Table;
use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{Block, Cell, Grid, Line, LineEnd, Sheet};
use crate::text::setting::characters::ends_sentence;
use crate::text::setting::{Fit, fits, numbers, unit_ems};
use crate::text::{self, blocks, era};

/// A paragraph of a notice.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paragraph {
    /// Its text. Of a worksheet's row, the cells one after the other.
    pub passage: Passage,
    /// What joining its lines had to decide.
    pub notes: Vec<Note>,
    /// How much of its beginning is a label in a cell of its own: the passage's first line, or nothing.
    pub lead: Lead,
    /// The block that it begins in: index of the sheet, index of the block.
    pub at: (usize, usize),
    /// Left edge and size in points of its last line, on a page.
    last: Option<Geometry>,
    /// Left edge of its first line.
    first_left: Option<f64>,
}

/// Where a paragraph's label stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) enum Lead {
    /// In the text, if there is one.
    #[default]
    Inline,
    /// In a cell before the text.
    Cell,
}

#[derive(Debug, Clone, Copy)]
struct Geometry {
    left: f64,
    em: f64,
    line: Option<u32>,
}

impl Paragraph {
    /// The text as it reads, on one line.
    pub fn plain(&self, text: &str) -> String {
        self.passage.plain(text)
    }

    /// Whether it has a number or a list mark at its beginning.
    pub fn is_marked(&self, text: &str) -> bool {
        self.lead == Lead::Cell || begins_marked(&self.raw_start(text))
    }

    fn raw_start(&self, text: &str) -> String {
        self.passage
            .lines
            .first()
            .map(|line| line.range.of(text).to_owned())
            .unwrap_or_default()
    }
}

fn begins_marked(line: &str) -> bool {
    label::label(line).is_some() || blocks::has_mark(line)
}

/// The paragraphs of some blocks of these sheets, in their order.
pub(crate) fn paragraphs<'a>(
    parts: impl IntoIterator<Item = ((usize, usize), &'a Block)>,
    sheets: &[Sheet],
    text: &str,
) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    for (at, block) in parts {
        match block {
            Block::Line(line) => {
                let geometry = geometry(&line.place, sheets.get(at.0));
                add_line(&mut found, line, geometry, at, text);
            }
            Block::Grid(grid) => add_grid(&mut found, grid, at, text),
        }
    }
    found.retain(|paragraph| !paragraph.passage.is_blank(text));
    found
}

fn geometry(place: &Place, sheet: Option<&Sheet>) -> Option<Geometry> {
    match place {
        Place::Box { bbox, .. } => {
            let bbox = sheet.map_or(*bbox, |sheet| sheet.upright(*bbox));
            Some(Geometry {
                left: bbox.left(),
                em: bbox.height().max(1.0),
                line: None,
            })
        }
        Place::Line { line } => Some(Geometry {
            left: 0.0,
            em: 1.0,
            line: Some(*line),
        }),
        Place::Cell { .. } | Place::Margin { .. } => None,
    }
}

fn add_line(
    found: &mut Vec<Paragraph>,
    line: &Line,
    geometry: Option<Geometry>,
    at: (usize, usize),
    text: &str,
) {
    let mut notes = Vec::new();
    if let Some(before) = found.last_mut()
        && let (Some(above), Some(here)) = (before.last, geometry)
    {
        let goes_on = match (above.line, here.line) {
            (Some(_), Some(_)) => goes_on_in_text(before, line, text, &mut notes),
            _ => goes_on_on_page(before, line, above, here, text, &mut notes),
        };
        if goes_on {
            if let Some(last) = before.passage.lines.last_mut() {
                last.ends = LineEnd::Wrap;
            }
            before.passage.append(Passage::of_lines([line]));
            merge_places(&mut before.passage.places);
            before.last = Some(here);
            before.notes.append(&mut notes);
            return;
        }
        if let Some(last) = before.passage.lines.last_mut() {
            last.ends = LineEnd::Break;
        }
    }
    found.push(Paragraph {
        passage: Passage::of_lines([line]),
        at,
        notes,
        last: geometry,
        first_left: geometry.map(|geometry| geometry.left),
        ..Paragraph::default()
    });
}

/// The widest first-line indent, hanging or not, in ems: （１）　 before the text, and a step of the outline.
const WIDEST_INDENT: f64 = 5.0;

/// Whether a line of a page goes on the paragraph above it. A line that wraps goes on – but not if the next
/// one stands elsewhere across the page (a date at the right edge, a centred title), nor if the sentence has
/// ended and the next line begins with a mark or an indent of its own.
fn goes_on_on_page(
    before: &Paragraph,
    line: &Line,
    above: Geometry,
    here: Geometry,
    text: &str,
    notes: &mut Vec<Note>,
) -> bool {
    let next = line.range.of(text);
    let Some(last) = before.passage.lines.last() else {
        return false;
    };
    let ended = ends_sentence(last.range.of(text));
    let stands_apart = (here.left - above.left).abs() > WIDEST_INDENT * above.em.max(here.em);
    if stands_apart || stands_alone(before, text) {
        return false;
    }
    let body = if before.passage.lines.len() > 1 {
        above.left
    } else {
        above.left.min(before.first_left.unwrap_or(above.left))
    };
    let indented = next.starts_with('\u{3000}') || here.left > body + 0.5 * here.em;
    match last.ends {
        LineEnd::Break => false,
        LineEnd::Wrap => {
            !(ended && (begins_marked(next) || indented && before.passage.lines.len() > 1))
        }
        LineEnd::Cut => {
            let said = last.range.of(text);
            goes_on_over_page(
                (last.room, said),
                next,
                (ended, indented),
                &line.place,
                notes,
            )
        }
    }
}

/// Whether a line at the head of a page goes on the last one of the page before.
fn goes_on_over_page(
    (room, said): (Option<f32>, &str),
    next: &str,
    (ended, indented): (bool, bool),
    place: &Place,
    notes: &mut Vec<Note>,
) -> bool {
    if begins_marked(next) || (ended && indented) {
        return false;
    }
    if numbers::are_entries(said, next) {
        return false;
    }
    let are_two = numbers::meet(said.trim_end(), next.trim_start());
    match room.filter(|_| !are_two) {
        _ if ended => false,
        Some(room) => fits(Some(room), unit_ems(next), false) != Fit::Break,
        None => {
            notes.push(
                Note::new(What::CutUncertain)
                    .at(Some(place.clone()))
                    .about(next),
            );
            false
        }
    }
}

/// A paragraph that never goes on: a day, 記, 以上.
fn stands_alone(paragraph: &Paragraph, text: &str) -> bool {
    if paragraph.passage.lines.len() > 1 {
        return false;
    }
    let plain = paragraph.plain(text);
    let squashed = text::squash(&plain);
    matches!(squashed.as_str(), "記" | "以上")
        || era::day(&plain).is_some_and(|day| day.range == (0..plain.len()))
}

/// Characters from which on a line without an end of sentence is taken to be cut, not a heading.
const LONG_LINE: usize = 40;
/// Fewer characters than this never fill a printed line: a heading with a comma in it, not a cut sentence.
const FULL_LINE: usize = 30;

/// Whether a line of a text export goes on the paragraph before it: the sentence was begun and has not ended,
/// and no mark begins the line. That happens where the export put a page's end into the text, and is noted.
fn goes_on_in_text(before: &Paragraph, line: &Line, text: &str, notes: &mut Vec<Note>) -> bool {
    let next = line.range.of(text);
    let joined = before.passage.lines.len();
    let said = said_last(before, text);
    if begins_marked(next)
        || next.starts_with('\u{3000}')
        || joined >= MOST_LINES
        || stands_alone(before, text)
        || !is_cut(&said)
        || numbers::meet(&said, next.trim_start())
    {
        return false;
    }
    notes.push(
        Note::new(What::ParagraphJoined)
            .at(Some(line.place.clone()))
            .about(next),
    );
    true
}

/// Lines of a text export that are joined to one paragraph at most; a page has fewer.
const MOST_LINES: usize = 100;

/// The last lines of a paragraph, as far as they tell whether it goes on.
fn said_last(paragraph: &Paragraph, text: &str) -> String {
    const LINES: usize = 3;
    let lines = &paragraph.passage.lines;
    let last = lines.iter().skip(lines.len().saturating_sub(LINES));
    last.map(|line| line.range.of(text).trim()).collect()
}

/// Whether a text is a sentence that has begun and not ended.
fn is_cut(said: &str) -> bool {
    let length = said.chars().count();
    if ends_sentence(said) || length < FULL_LINE {
        return false;
    }
    let open = said
        .chars()
        .filter(|c| matches!(c, '「' | '『' | '（' | '('))
        .count();
    let closed = said
        .chars()
        .filter(|c| matches!(c, '」' | '』' | '）' | ')'))
        .count();
    open > closed || said.contains(['、', '，', '。']) || length >= LONG_LINE
}

/// The rows of a worksheet, or of a ruled box on a page: each line of a cell is a paragraph; cells before the
/// last stand in front of it.
fn add_grid(found: &mut Vec<Paragraph>, grid: &Grid, at: (usize, usize), text: &str) {
    let table = Table::of(grid, text);
    for row in table.rows() {
        let cells: Vec<&Cell> = table.starting(row).collect();
        let mut current = Paragraph {
            at,
            ..Paragraph::default()
        };
        if let [first, _, ..] = cells.as_slice()
            && is_label_alone(&Passage::of_cell(first).raw(text))
        {
            current.lead = Lead::Cell;
        }
        for (index, cell) in cells.iter().enumerate() {
            let is_last = index + 1 == cells.len();
            let mut rest = Passage::of_cell(cell);
            let lines = std::mem::take(&mut rest.lines);
            for (line_index, piece) in lines.iter().enumerate() {
                let ends_cell = line_index + 1 == lines.len();
                let mut piece = *piece;
                let flush = is_last && (piece.ends != LineEnd::Wrap || ends_cell);
                if !flush && (!ends_cell || !meets_next_cell(&piece, cells.get(index + 1), text)) {
                    piece.ends = LineEnd::Wrap;
                }
                let value = if cells.len() == 1 && lines.len() == 1 {
                    cell.value
                } else {
                    crate::sheet::CellValue::Text
                };
                current.passage.append(Passage {
                    lines: vec![piece],
                    places: vec![cell.place.clone()],
                    value,
                });
                if flush {
                    let next = Paragraph {
                        at,
                        ..Paragraph::default()
                    };
                    push_row(found, std::mem::replace(&mut current, next), text);
                }
            }
        }
        if !current.passage.is_blank(text) {
            push_row(found, current, text);
        }
    }
}

/// Whether a cell ends in a number and the one after it begins with one: they are two.
fn meets_next_cell(piece: &Piece, next: Option<&&Cell>, text: &str) -> bool {
    let next = next.and_then(|cell| cell.lines.first());
    next.is_some_and(|next| {
        let (before, after) = (piece.range.of(text), next.range.of(text));
        numbers::meet(before.trim_end(), after.trim_start())
    })
}

/// Adds a worksheet's line. One that seems to go on the line above it stays a line of its own, with a note.
fn push_row(found: &mut Vec<Paragraph>, mut paragraph: Paragraph, text: &str) {
    let is_cell = matches!(paragraph.passage.places.first(), Some(Place::Cell { .. }));
    let goes_on = is_cell
        && !paragraph.is_marked(text)
        && found.last().is_some_and(|before| {
            before.at == paragraph.at && !stands_alone(before, text) && is_cut(&before.plain(text))
        });
    if goes_on {
        paragraph.notes.push(
            Note::new(What::HandWrap)
                .at(paragraph.passage.places.first().cloned())
                .about(paragraph.passage.raw(text)),
        );
    }
    found.push(paragraph);
}

fn is_label_alone(cell: &str) -> bool {
    label::label(cell.trim_end()).is_some_and(|label| label.body >= cell.trim_end().len())
        || blocks::has_mark(&format!("{} x", cell.trim())) && cell.trim().chars().count() <= 2
}

/// How far back a place is looked for, so that a long text takes time in proportion to its length.
const NEAR: usize = 64;

/// Boxes that follow each other on one page become one.
pub(crate) fn merge_places(places: &mut Vec<Place>) {
    let mut merged: Vec<Place> = Vec::new();
    for place in places.drain(..) {
        // The same place again comes soon: its text is read in order.
        if merged.iter().rev().take(NEAR).any(|known| *known == place) {
            continue;
        }
        match (merged.last_mut(), &place) {
            (
                Some(Place::Box { page, bbox }),
                Place::Box {
                    page: next,
                    bbox: other,
                },
            ) if page == next => *bbox = bbox.union(*other),
            _ => merged.push(place),
        }
    }
    *places = merged;
}
