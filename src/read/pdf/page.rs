//! A page's marks -> its glyphs arranged: grids, cells with their lines, lines outside, in reading order.

use std::collections::BTreeMap;

use super::check;
use super::direction::Direction;
use super::marks::{Glyph, Marks, Rect, Visibility};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::rules::Drawn;
use crate::read::pdf::grids::tables;
use crate::read::pdf::lines::columns::{self, Part};
use crate::read::pdf::lines::hanging::{self, Hanging};
use crate::read::pdf::lines::measure::{Margins, Paddings};
use crate::read::pdf::lines::overflow;
use crate::read::pdf::lines::overprint;
use crate::read::pdf::lines::ruby;
use crate::read::pdf::lines::runs::{self, Home};
use crate::read::pdf::lines::setting::Measure;
use crate::read::pdf::lines::slanted;
use crate::read::pdf::lines::vertical;
use crate::read::pdf::lines::wrap;
use crate::read::pdf::lines::{self, TextLine};
use crate::read::pdf::tolerance::{ALONE, COLUMNS_BESIDE, FOOT, SCANNED};
use crate::sheet::LineEnd;

/// Blocks before a line that can be right above it.
const NEIGHBOURS: usize = 8;

/// The glyphs of a page, each in its line, cell or set-aside class.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arranged {
    pub grids: Vec<GridShape>,
    /// Blocks in reading order.
    pub order: Vec<Item>,
    /// The lines of each grid's cells.
    pub cells: Vec<Vec<Vec<TextLine>>>,
    /// Lines outside grids.
    pub outside: Vec<TextLine>,
    /// How many of these, the last ones in order, run at an angle.
    pub slanted: usize,
    /// Lines that are set in columns: the first line of each column and the end of the last.
    pub columns: Vec<Vec<usize>>,
    /// Whether the page has so many rules that some were not looked at.
    pub rules_left_out: bool,
    /// Where rules or painted cells look like a table's, and are in none.
    pub untold: Vec<Rect>,
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
    /// The blocks in reading order without the lines at an angle, which end it.
    fn level_order(&self) -> &[Item] {
        let level = self.order.len() - self.slanted;
        self.order.get(..level).unwrap_or_default()
    }

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
pub(crate) fn arrange(
    marks: &Marks,
    drawn: &Drawn,
    margins: &mut Margins,
    at_end: LineEnd,
) -> Arranged {
    let mut page = divided(marks, drawn);
    end_lines(marks, &mut page, margins, at_end);
    page
}

/// A page's glyphs in the cells of its grids, and their lines.
fn divided(marks: &Marks, drawn: &Drawn) -> Arranged {
    let (shown, hidden) = marks.seen_and_hidden();
    let is_slanted = |at: &u32| {
        let glyph = marks.glyphs.get(*at as usize);
        glyph.is_some_and(slanted::is_slanted)
    };
    let (at_angle, shown): (Vec<u32>, Vec<u32>) = shown.into_iter().partition(is_slanted);
    let tables::Found {
        grids,
        some_left_out,
        untold,
    } = grids(marks, drawn, &shown);
    let (shown, mut overprint) = overprint::set_apart(marks, &shown);
    let (at_angle, repeated) = overprint::set_apart(marks, &at_angle);
    overprint.extend(repeated);
    let mut homes: BTreeMap<Home, Vec<runs::Run>> = BTreeMap::new();
    let mut runs = runs::split(marks, &shown, &grids);
    overflow::settle(marks, &mut runs, &grids);
    for run in runs {
        homes.entry(run.home).or_default().push(run);
    }
    let mut page = Arranged {
        overprint,
        hidden,
        rules_left_out: some_left_out,
        untold,
        ..Arranged::default()
    };
    for (number, grid) in grids.iter().enumerate() {
        let built = grid.cells.iter().enumerate().map(|(cell, shape)| {
            let runs = homes.remove(&Some((number, cell))).unwrap_or_default();
            let lines = ruby::attach(marks, lines::build(marks, &runs));
            vertical::stack(marks, lines, shape.rect.right - shape.rect.left)
        });
        let mut cells: Vec<Vec<TextLine>> = built.collect();
        vertical::stack_in_rows(marks, grid, &mut cells);
        page.cells.push(cells);
    }
    let outside = columns::split(marks, homes.remove(&None).unwrap_or_default());
    let slanted = slanted::place(marks, &at_angle, &grids, &mut page.cells);
    page.grids = grids;
    reading_order(marks, drawn.rules.em, &mut page, outside);
    page.slanted = slanted.len();
    let first = page.outside.len();
    page.outside.extend(slanted);
    (page.order).extend((first..page.outside.len()).map(Item::Line));
    page
}

/// The grids of a page, by its rules and the glyphs that a reader sees.
pub(super) fn grids(marks: &Marks, drawn: &Drawn, shown: &[u32]) -> tables::Found {
    tables::find(&tables::Scene {
        drawing: drawn,
        texts: &Texts::of(marks, shown, drawn.rules.em),
        size: marks.size,
        holds: &|grid| holds(marks, shown, grid),
    })
}

/// Whether text is written as a table divides it: each line in its cell.
fn holds(marks: &Marks, shown: &[u32], grid: &GridShape) -> bool {
    let is_inside = |at: &u32| {
        let glyph = marks.glyphs.get(*at as usize);
        glyph.is_some_and(|glyph| grid.cell_at(glyph.origin).is_some())
    };
    let inside: Vec<u32> = shown.iter().copied().filter(is_inside).collect();
    let (inside, _) = overprint::set_apart(marks, &inside);
    let grids = std::slice::from_ref(grid);
    let mut runs = runs::split(marks, &inside, grids);
    overflow::settle(marks, &mut runs, grids);
    let mut homes: BTreeMap<Home, Vec<runs::Run>> = BTreeMap::new();
    for run in runs {
        homes.entry(run.home).or_default().push(run);
    }
    homes.iter().all(|(home, runs)| {
        let cell = home.and_then(|(_, cell)| grid.cells.get(cell));
        let lines = ruby::attach(marks, lines::build(marks, runs));
        let cell = cell.map(|cell| cell.rect);
        lines
            .iter()
            .all(|line| check::line_fault(marks, cell, line).is_none())
    })
}

/// Whether a glyph is of a layer that recognition lays over or under an image.
fn may_be_recognised(glyph: &Glyph) -> bool {
    matches!(
        glyph.visibility,
        Visibility::Invisible | Visibility::Covered
    )
}

/// Makes the recognised text of a scanned page its text.
pub(crate) fn show_recognised(marks: &mut Marks) {
    for glyph in marks
        .glyphs
        .iter_mut()
        .filter(|glyph| may_be_recognised(glyph))
    {
        glyph.visibility = Visibility::Visible;
    }
}

/// Whether all of a page's text lies under what is painted over it: programs that draw letters as shapes keep the text
/// beneath them, to be searched for.
pub(crate) fn is_covered(marks: &Marks) -> bool {
    let mut inked = marks
        .glyphs
        .iter()
        .filter(|glyph| !runs::is_white(marks, glyph));
    inked.clone().next().is_some() && inked.all(|glyph| glyph.visibility == Visibility::Covered)
}

/// Whether all of a page's text is unseen and lies over or under its image: what a copier's or a program's
/// text recognition adds to a scan.
pub(crate) fn is_recognised_scan(marks: &Marks) -> bool {
    let area = |rect: &Rect| (rect.right - rect.left) * (rect.bottom - rect.top);
    marks.glyphs.iter().any(may_be_recognised)
        && !marks
            .glyphs
            .iter()
            .any(|glyph| glyph.visibility == Visibility::Visible)
        && marks.images.iter().map(area).sum::<f32>() > SCANNED * marks.size.0 * marks.size.1
}

/// A block before it has its number.
enum Unordered {
    Grid(usize),
    Line(TextLine),
    Columns(Vec<Vec<TextLine>>),
}

impl Unordered {
    fn is_down(&self) -> bool {
        matches!(self, Self::Line(line) if line.direction == Direction::Down)
    }
}

/// Blocks from top to bottom, beside each other from left to right; lines of vertical text in their order,
/// columns one after the other.
fn reading_order(marks: &Marks, em: f32, page: &mut Arranged, outside: Vec<Part>) {
    // A box with nothing in it is a decoration, a grid too fine for text a hatching.
    let blank = |at: usize| {
        page.cells
            .get(at)
            .is_some_and(|cells| cells.iter().all(Vec::is_empty))
    };
    let empty =
        |at: usize, grid: &GridShape| (grid.cells.len() == 1 || grid.is_pattern(em)) && blank(at);
    let grids = page
        .grids
        .iter()
        .enumerate()
        .filter(|(at, grid)| !empty(*at, grid));
    let mut items: Vec<(Rect, Unordered)> = grids
        .map(|(at, grid)| (grid.rect, Unordered::Grid(at)))
        .collect();
    let lines = |runs: &[runs::Run]| ruby::attach(marks, lines::build(marks, runs));
    for part in outside {
        match part {
            Part::Wide(runs) => {
                items.extend(
                    lines(&runs)
                        .into_iter()
                        .map(|line| (line.rect, Unordered::Line(line))),
                );
            }
            Part::Columns(columns) => {
                let columns: Vec<_> = columns.iter().map(|runs| lines(runs)).collect();
                let first = columns.iter().flatten().map(|line| line.rect);
                let rect = first
                    .min_by(|a, b| a.top.total_cmp(&b.top))
                    .unwrap_or_default();
                items.push((rect, Unordered::Columns(columns)));
            }
        }
    }
    level_columns(&mut items);
    items.sort_by(|(a, first), (b, second)| {
        // Columns of vertical text share their top; the rightmost comes first.
        let sideways = a.left.total_cmp(&b.left);
        let sideways = if first.is_down() && second.is_down() {
            sideways.reverse()
        } else {
            sideways
        };
        (a.top * 2.0)
            .round()
            .total_cmp(&(b.top * 2.0).round())
            .then(sideways)
    });
    for (_, item) in items {
        let first = page.outside.len();
        match item {
            Unordered::Grid(at) => page.order.push(Item::Grid(at)),
            Unordered::Line(line) => page.outside.push(line),
            Unordered::Columns(columns) => {
                let mut edges = vec![first];
                for column in columns {
                    page.outside.extend(column);
                    edges.push(page.outside.len());
                }
                page.columns.push(edges);
            }
        }
        page.order
            .extend((first..page.outside.len()).map(Item::Line));
    }
}

/// Lines of vertical text that stand beside each other begin together, wherever their first character does: they
/// are read from right to left, and indents and close punctuation do not change that.
fn level_columns(items: &mut [(Rect, Unordered)]) {
    items.sort_by(|(a, _), (b, _)| b.left.total_cmp(&a.left));
    let mut before: Option<Rect> = None;
    for (rect, item) in items.iter_mut().filter(|(_, item)| item.is_down()) {
        let size = match item {
            Unordered::Line(line) => line.size,
            _ => 0.0,
        };
        let beside = before.filter(|last| {
            let shared = last.bottom.min(rect.bottom) - last.top.max(rect.top);
            shared > 0.0 && last.left - rect.right < COLUMNS_BESIDE * size
        });
        if let Some(last) = beside {
            rect.top = last.top;
        }
        before = Some(*rect);
    }
}

/// The first line of a cell, unless it is slanted.
fn first_level<'a>(marks: &Marks, lines: &'a [TextLine]) -> Option<&'a TextLine> {
    let first = lines.first();
    first.filter(|line| !slanted::is_slanted_line(marks, line))
}

/// Decides how lines end, in cells and outside.
fn end_lines(marks: &Marks, page: &mut Arranged, margins: &mut Margins, at_end: LineEnd) {
    let body_end = last_of_body(marks, page);
    for (number, (grid, cells)) in page.grids.iter().zip(&mut page.cells).enumerate() {
        let paddings = Paddings::of(marks, grid, cells);
        let is_last = body_end == Some(Item::Grid(number));
        let mut hanging = Hanging::default();
        for (shape, lines) in grid.cells.iter().zip(cells.iter()) {
            if let Some(line) = first_level(marks, lines) {
                let measure = paddings.measure(shape.rect, line.direction);
                hanging.learn(hanging::hanging(marks, lines, measure));
            }
        }
        for (shape, lines) in grid.cells.iter().zip(cells.iter_mut()) {
            let Some(direction) = first_level(marks, lines).map(|line| line.direction) else {
                continue;
            };
            // A foot that is repeated on each page stands below the row that the page's end cuts.
            let end = shape.row + shape.rows;
            let is_at_end = end == grid.rows || grid.has_foot() && end + 1 == grid.rows;
            let cut = (is_last || grid.open_below) && is_at_end;
            let measure = paddings.measure(shape.rect, direction);
            wrap::decide(
                marks,
                lines,
                measure,
                if cut { at_end } else { LineEnd::Break },
                &hanging,
            );
        }
    }
    let level = page.outside.len() - page.slanted;
    let measure = margins.measure(marks, page.outside.get(..level).unwrap_or_default());
    let is_grid = |item: &Item| matches!(item, Item::Grid(_));
    let level = page.level_order().len();
    let order = page.order.get(..level).unwrap_or_default();
    for between in order.split(is_grid) {
        // Lines stand in their order: those between two grids follow each other.
        let (Some(Item::Line(first)), Some(Item::Line(last))) = (between.first(), between.last())
        else {
            continue;
        };
        let mut at = *first;
        for columns in &page.columns {
            let [left, .., end] = columns.as_slice() else {
                continue;
            };
            if !(*first..=*last).contains(left) {
                continue;
            }
            if let Some(lines) = page.outside.get_mut(at..*left) {
                wrap::decide(marks, lines, measure, LineEnd::Break, &Hanging::default());
            }
            if let Some(lines) = page.outside.get_mut(*left..*end) {
                let starts: Vec<usize> = columns.iter().map(|at| at - left).collect();
                end_columns(marks, lines, &starts);
            }
            at = *end;
        }
        if let Some(lines) = page.outside.get_mut(at..=*last) {
            wrap::decide(marks, lines, measure, LineEnd::Break, &Hanging::default());
        }
    }
    if let Some(Item::Line(at)) = body_end
        && let Some(line) = page.outside.get_mut(at)
    {
        line.ends = at_end;
    }
}

/// Decides how lines end that are set in columns, as if each stood under the one before; `starts` are the first lines of
/// the columns, and the end of the last.
fn end_columns(marks: &Marks, lines: &mut [TextLine], starts: &[usize]) {
    let start = |lines: &[TextLine]| {
        lines
            .iter()
            .map(|line| line.start)
            .fold(f32::INFINITY, f32::min)
    };
    let columns = || {
        starts
            .windows(2)
            .filter_map(|pair| Some(*pair.first()?..*pair.get(1)?))
    };
    let mut edges = columns().filter_map(|column| lines.get(column).map(start));
    let edge = edges.next().unwrap_or_default();
    let shifts: Vec<f32> = std::iter::once(0.0)
        .chain(edges.map(|other| other - edge))
        .collect();
    let moved = |lines: &mut [TextLine], by: f32| {
        for line in lines {
            (line.start, line.end) = (line.start + by, line.end + by);
        }
    };
    for (column, shift) in columns().zip(&shifts) {
        moved(lines.get_mut(column).unwrap_or_default(), -shift);
    }
    let end = lines.iter().map(|line| line.end).fold(edge, f32::max);
    let measure = Measure { start: edge, end };
    wrap::decide(marks, lines, measure, LineEnd::Break, &Hanging::default());
    for (column, shift) in columns().zip(&shifts) {
        moved(lines.get_mut(column).unwrap_or_default(), *shift);
    }
}

/// The last block of a page that is neither a page number nor a running title: a line by itself at the
/// page's foot.
fn last_of_body(marks: &Marks, page: &Arranged) -> Option<Item> {
    let line_at = |item: &Item| match *item {
        Item::Grid(_) => None,
        Item::Line(at) => page.outside.get(at),
    };
    let bottom = |item: &Item| match *item {
        Item::Grid(at) => page.grids.get(at).map(|grid| grid.rect.bottom),
        Item::Line(at) => page.outside.get(at).map(|line| line.rect.bottom),
    };
    let mut rest = page.level_order();
    while let Some((last, before)) = rest.split_last() {
        let Some(line) = line_at(last) else {
            return Some(*last);
        };
        let above = before
            .iter()
            .rev()
            .take(NEIGHBOURS)
            .filter_map(bottom)
            .fold(0.0, f32::max);
        let alone = line.rect.top - above > ALONE * line.size;
        let at_foot = line.rect.top > FOOT * marks.size.1;
        if !(is_page_number(&line.text(marks)) || (alone && at_foot)) {
            return Some(*last);
        }
        rest = before;
    }
    None
}

/// `3`, `- 3 -`, `3/5`, `P.3`, `3ページ`.
fn is_page_number(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let rest = |c: char| c.is_whitespace() || "-－–—/／()（）ページ頁PpGg.of".contains(c);
    text.chars().count() <= 16
        && text.chars().any(is_digit)
        && text.chars().all(|c| is_digit(c) || rest(c))
}
