//! A page's marks -> its sheet: grids and lines in reading order, their characters appended to the text.

use std::collections::BTreeMap;

use super::cells::{self, GridShape};
use super::check;
use super::direction::Direction;
use super::lines::{self, Piece, TextLine};
use super::marks::{Marks, Rect, Visibility};
use super::measure::{Margins, Paddings};
use super::runs::{self, Home, text_of};
use super::{overprint, ruby, rules, vertical, wrap};
use crate::note::{Note, What};
use crate::place::{Bbox, Place};
use crate::sheet::{
    AsideClass, Block, Cell, CellValue, Grid, Line, LineEnd, Reading, Ruby, SetAside, Sheet,
    TextRange,
};

/// The glyphs of a page, each in its line, cell or set-aside class.
#[derive(Debug, Default)]
pub(crate) struct Arranged {
    pub grids: Vec<GridShape>,
    /// Blocks in reading order.
    pub order: Vec<Item>,
    /// The lines of each grid's cells.
    pub cells: Vec<Vec<Vec<TextLine>>>,
    /// Lines outside grids.
    pub outside: Vec<TextLine>,
    /// Glyphs painted again in place.
    pub overprint: Vec<u32>,
    /// Glyphs that nobody sees.
    pub hidden: Vec<u32>,
}

/// A block of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    Grid(usize),
    Line(usize),
}

impl Arranged {
    /// All lines in reading order with the cells they stand in.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (Home, &TextLine)> {
        self.order.iter().flat_map(|item| {
            let (grid, line) = match *item {
                Item::Grid(at) => (self.cells.get(at).map(|cells| (at, cells)), None),
                Item::Line(at) => (None, self.outside.get(at)),
            };
            let cells = grid
                .into_iter()
                .flat_map(|(at, cells)| cells.iter().enumerate().map(move |c| (at, c)));
            let in_cells = cells.flat_map(|(at, (cell, lines))| {
                lines.iter().map(move |line| (Some((at, cell)), line))
            });
            in_cells.chain(line.map(|line| (None, line)))
        })
    }
}

/// Arranges a page; the last lines before its end are `Cut` if pages follow.
pub(crate) fn arrange(marks: &Marks, margins: &mut Margins, at_end: LineEnd) -> Arranged {
    let grids = cells::find(&rules::find(&marks.ink), marks.size);
    let (shown, hidden) = seen_and_hidden(marks);
    let (shown, overprint) = overprint::set_apart(marks, &shown);
    let mut homes: BTreeMap<Home, Vec<runs::Run>> = BTreeMap::new();
    for run in runs::split(marks, &shown, &grids) {
        homes.entry(run.home).or_default().push(run);
    }
    let mut page = Arranged {
        overprint,
        hidden,
        ..Arranged::default()
    };
    for (number, grid) in grids.iter().enumerate() {
        let built = grid.cells.iter().enumerate().map(|(cell, shape)| {
            let runs = homes.remove(&Some((number, cell))).unwrap_or_default();
            let lines = ruby::attach(marks, lines::build(marks, &runs));
            vertical::stack(marks, lines, shape.rect.right - shape.rect.left)
        });
        page.cells.push(built.collect());
    }
    page.outside = ruby::attach(
        marks,
        lines::build(marks, &homes.remove(&None).unwrap_or_default()),
    );
    page.grids = grids;
    page.order = reading_order(&mut page);
    end_lines(marks, &mut page, margins, at_end);
    page
}

/// Glyphs that a reader sees, and the others. On a scanned page the recognised text is invisible and lies
/// over the image: there it is the page's text.
fn seen_and_hidden(marks: &Marks) -> (Vec<u32>, Vec<u32>) {
    let recognised = is_recognised_scan(marks);
    let seen = |at: &u32| {
        marks
            .glyphs
            .get(*at as usize)
            .is_some_and(|glyph| match glyph.visibility {
                Visibility::Visible => true,
                Visibility::Invisible => recognised,
                _ => false,
            })
    };
    (0..marks.glyphs.len() as u32).partition(seen)
}

/// Whether all of a page's text is invisible and lies over its image.
pub(crate) fn is_recognised_scan(marks: &Marks) -> bool {
    let area = |rect: &Rect| (rect.right - rect.left) * (rect.bottom - rect.top);
    let invisible = marks
        .glyphs
        .iter()
        .any(|glyph| glyph.visibility == Visibility::Invisible);
    invisible
        && !marks
            .glyphs
            .iter()
            .any(|glyph| glyph.visibility == Visibility::Visible)
        && marks.images.iter().map(area).sum::<f32>() > 0.3 * marks.size.0 * marks.size.1
}

/// Blocks from top to bottom, beside each other from left to right; lines of vertical text in their order.
/// The lines outside grids are put into this order themselves.
fn reading_order(page: &mut Arranged) -> Vec<Item> {
    let grids = page
        .grids
        .iter()
        .enumerate()
        .map(|(at, grid)| (Some(at), grid.rect, None));
    let lines = std::mem::take(&mut page.outside)
        .into_iter()
        .map(|line| (None, line.rect, Some(line)));
    let mut items: Vec<(Option<usize>, Rect, Option<TextLine>)> = grids.chain(lines).collect();
    items.sort_by(|a, b| {
        // Columns of vertical text share their top; the rightmost comes first.
        let down = |line: &Option<TextLine>| {
            line.as_ref()
                .is_some_and(|line| line.direction == Direction::Down)
        };
        let sideways = a.1.left.total_cmp(&b.1.left);
        let sideways = if down(&a.2) && down(&b.2) {
            sideways.reverse()
        } else {
            sideways
        };
        (a.1.top * 2.0)
            .round()
            .total_cmp(&(b.1.top * 2.0).round())
            .then(sideways)
    });
    let mut order = Vec::with_capacity(items.len());
    for (grid, _, line) in items {
        order.extend(grid.map(Item::Grid));
        if let Some(line) = line {
            order.push(Item::Line(page.outside.len()));
            page.outside.push(line);
        }
    }
    order
}

/// Decides how lines end, in cells and outside.
fn end_lines(marks: &Marks, page: &mut Arranged, margins: &mut Margins, at_end: LineEnd) {
    let body_end = last_of_body(marks, page);
    for (number, (grid, cells)) in page.grids.iter().zip(&mut page.cells).enumerate() {
        let paddings = Paddings::of(marks, grid, cells);
        let is_last = body_end == Some(Item::Grid(number));
        for (shape, lines) in grid.cells.iter().zip(cells.iter_mut()) {
            let Some(direction) = lines.first().map(|line| line.direction) else {
                continue;
            };
            let cut = is_last && shape.row + shape.rows == grid.rows;
            let measure = paddings.measure(shape.rect, direction);
            wrap::decide(
                marks,
                lines,
                measure,
                if cut { at_end } else { LineEnd::Break },
            );
        }
    }
    let measure = margins.measure(marks, &page.outside);
    let is_grid = |item: &Item| matches!(item, Item::Grid(_));
    for between in page.order.split(is_grid) {
        // Lines stand in their order: those between two grids follow each other.
        let (Some(Item::Line(first)), Some(Item::Line(last))) = (between.first(), between.last())
        else {
            continue;
        };
        if let Some(lines) = page.outside.get_mut(*first..=*last) {
            wrap::decide(marks, lines, measure, LineEnd::Break);
        }
    }
    if let Some(Item::Line(at)) = body_end
        && let Some(line) = page.outside.get_mut(at)
    {
        line.ends = at_end;
    }
}

/// The last block of a page that is no page number.
fn last_of_body(marks: &Marks, page: &Arranged) -> Option<Item> {
    let is_body = |item: &&Item| match **item {
        Item::Grid(_) => true,
        Item::Line(at) => page
            .outside
            .get(at)
            .is_some_and(|line| !is_page_number(&line.text(marks))),
    };
    page.order.iter().rev().find(is_body).copied()
}

/// `3`, `- 3 -`, `3/5`, `P.3`, `3ページ`.
fn is_page_number(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let rest = |c: char| c.is_whitespace() || "-－–—/／()（）ページ頁PpGg.of".contains(c);
    text.chars().count() <= 16
        && text.chars().any(is_digit)
        && text.chars().all(|c| is_digit(c) || rest(c))
}

/// Appends a page's characters to the reading and makes its sheet. What the page's own check finds is a
/// note, and lost characters are put back as lines.
pub(crate) fn finish(
    marks: &Marks,
    number: u32,
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
        number,
        text: &mut reading.text,
    };
    let mut blocks = Vec::with_capacity(page.order.len());
    for item in &page.order {
        blocks.extend(match *item {
            Item::Grid(at) => page
                .grids
                .get(at)
                .zip(page.cells.get(at))
                .map(|(grid, cells)| Block::Grid(writer.grid(grid, cells))),
            Item::Line(at) => page
                .outside
                .get(at)
                .map(|line| Block::Line(writer.line(line))),
        });
    }
    let size = Some((f64::from(marks.size.0), f64::from(marks.size.1)));
    let sheet = Sheet {
        name: None,
        page: Some(number),
        size,
        blocks,
    };
    set_aside(marks, number, &page, reading);
    reading.source_characters += marks.decoded_characters;
    faults.extend(check::sheet(marks, &page, &sheet, reading, from));
    if !faults.is_empty() {
        faults.truncate(5);
        let detail = format!("p.{number}: {}", faults.join("; "));
        reading
            .notes
            .push(Note::new(What::TextNotConserved { detail }).at(whole_page(marks, number)));
    }
    sheet
}

pub(crate) fn whole_page(marks: &Marks, number: u32) -> Option<Place> {
    let rect = Rect {
        left: 0.0,
        top: 0.0,
        right: marks.size.0,
        bottom: marks.size.1,
    };
    Some(Place::Box {
        page: number,
        bbox: bbox(rect),
    })
}

/// Glyphs that stand nowhere become lines outside all grids.
fn put_back(marks: &Marks, page: &mut Arranged, lost: &[u32]) {
    for line in lines::build(marks, &runs::split(marks, lost, &[])) {
        page.order.push(Item::Line(page.outside.len()));
        page.outside.push(line);
    }
}

/// Appends what is painted twice or not seen, with a note for each connected hidden text.
fn set_aside(marks: &Marks, number: u32, page: &Arranged, reading: &mut Reading) {
    let why = |at: u32| marks.glyphs.get(at as usize).map(|glyph| glyph.visibility);
    for (class, glyphs) in [
        (AsideClass::Overprint, &page.overprint),
        (AsideClass::Hidden, &page.hidden),
    ] {
        let mut rest = glyphs.as_slice();
        while let Some(&first) = rest.first() {
            let length = rest.iter().take_while(|&&at| why(at) == why(first)).count();
            let (group, others) = rest.split_at(length);
            rest = others;
            let lines = lines::build(marks, &runs::split(marks, group, &[]));
            for connected in lines.chunk_by(is_near) {
                let aside = write_aside(marks, number, (class, connected), &mut reading.text);
                let text = aside.range.of(&reading.text).trim_end();
                if let Some(reason) = why(first).and_then(reason).filter(|_| !text.is_empty())
                    && class == AsideClass::Hidden
                {
                    let note = Note::new(What::HiddenText {
                        why: reason.to_owned(),
                    });
                    reading.notes.push(note.at(aside.place.clone()).about(text));
                }
                reading.set_aside.push(aside);
            }
        }
    }
}

/// Whether a line goes on with the one before it: right under it, or beside it.
fn is_near(line: &TextLine, next: &TextLine) -> bool {
    let reach = 1.5 * line.size.max(next.size);
    line.direction == next.direction
        && next.top - line.bottom < reach
        && next.start - line.end < reach
        && line.start - next.end < reach
}

/// Appends lines that are kept apart from the sheet.
fn write_aside(
    marks: &Marks,
    number: u32,
    (class, lines): (AsideClass, &[TextLine]),
    text: &mut String,
) -> SetAside {
    let start = text.len();
    let mut writer = Writer {
        marks,
        number,
        text,
    };
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

/// Why a glyph is not seen.
fn reason(visibility: Visibility) -> Option<&'static str> {
    match visibility {
        Visibility::Visible => None,
        Visibility::Invisible => Some("透明な文字 / invisible"),
        Visibility::Clipped => Some("切り抜きの外 / clipped"),
        Visibility::OffPage => Some("ページの外 / off the page"),
        Visibility::SameColour => Some("背景と同じ色 / same colour as its background"),
        Visibility::HiddenLayer => Some("非表示のレイヤー / hidden layer"),
    }
}

/// A rectangle as a place's box.
pub(crate) fn bbox(rect: Rect) -> Bbox {
    Bbox::new(
        rect.left.into(),
        rect.top.into(),
        rect.right.into(),
        rect.bottom.into(),
    )
}

/// Appends characters to the reading's text and says where they stand.
struct Writer<'a> {
    marks: &'a Marks,
    number: u32,
    text: &'a mut String,
}

impl Writer<'_> {
    fn place(&self, rect: Rect) -> Place {
        Place::Box {
            page: self.number,
            bbox: bbox(rect),
        }
    }

    fn grid(&mut self, shape: &GridShape, lines: &[Vec<TextLine>]) -> Grid {
        let cells = shape.cells.iter().zip(lines).map(|(cell, lines)| Cell {
            row: cell.row + 1,
            column: cell.column + 1,
            rows: cell.rows,
            columns: cell.columns,
            lines: lines.iter().map(|line| self.line(line)).collect(),
            value: CellValue::Text,
            place: self.place(cell.rect),
        });
        let cells = cells.collect();
        Grid {
            rows: shape.rows,
            columns: shape.columns,
            cells,
            place: self.place(shape.rect),
            title_rows: None,
            open_below: shape.open_below,
            open_above: shape.open_above,
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
            place: self.place(line.rect),
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
