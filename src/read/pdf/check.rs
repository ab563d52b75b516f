//! A page's own proof that no character is lost, doubled or moved between its stages.
//!
//! It is written against the stages' results and geometry alone and shares no decision with them.

use super::append::Paper;
use super::direction::{Direction, EmBox};
use super::marks::{Glyph, Marks, Rect};
use super::page::Arranged;
use crate::ledger::count;
use crate::read::pdf::lines::runs::{self, is_white, text_of};
use crate::read::pdf::lines::{TextLine, slanted, warichu};
use crate::read::pdf::tolerance::{BESIDE, CLEAR, GOES_ON, NEAR_STRIPE, ON_ONE_LINE, ROUNDING};
use crate::sheet::{Block, Line, Reading, Sheet};
use crate::text::counts;

/// What is wrong with the glyphs as they were decoded.
pub(crate) fn marks(marks: &Marks) -> Vec<String> {
    let mut faults = Vec::new();
    let held: u64 = marks
        .glyphs
        .iter()
        .map(|glyph| count(text_of(marks, glyph)))
        .sum();
    if held != marks.decoded_characters {
        faults.push(format!(
            "decoded {}, glyphs {held}",
            marks.decoded_characters
        ));
    }
    let mut last: Option<&Glyph> = None;
    for glyph in marks.glyphs.iter().filter(|glyph| !is_white(marks, glyph)) {
        if let Some(before) = last.filter(|before| before.run == glyph.run)
            && is_moved(before, glyph)
        {
            faults.push(format!("glyph moved: {}", text_of(marks, glyph)));
        }
        last = Some(glyph);
    }
    faults
}

/// Whether a glyph cannot stand where it does after the one before it in the same show operator.
fn is_moved(before: &Glyph, glyph: &Glyph) -> bool {
    let size = before.size.max(glyph.size);
    if slanted::is_slanted(before) {
        let (along, beside) = slanted::along_and_beside(before, glyph.origin);
        return along < -BESIDE * size || beside.abs() > ON_ONE_LINE * size;
    }
    let direction = Direction::of(before);
    let along = direction.along(glyph.origin) - direction.along(before.origin);
    let across = direction.across(glyph.origin) - direction.across(before.origin);
    along < -BESIDE * size || across.abs() > ON_ONE_LINE * size
}

/// What became of the glyphs of a page.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// Glyphs that stand nowhere.
    pub lost: Vec<u32>,
    /// Sentences for the note.
    pub faults: Vec<String>,
}

/// Holds the arranged lines against the glyphs: each stands exactly once, in order, in its cell.
pub(crate) fn arranged(marks: &Marks, page: &Arranged) -> Account {
    let mut account = Account::default();
    let mut times = vec![0u32; marks.glyphs.len()];
    let in_lines = page.lines().flat_map(|(_, line)| {
        line.glyphs().chain(
            line.ruby
                .iter()
                .flat_map(|ruby| ruby.reading.iter().copied()),
        )
    });
    for at in in_lines
        .chain(page.overprint.iter().copied())
        .chain(page.hidden.iter().copied())
    {
        match times.get_mut(at as usize) {
            Some(times) => *times += 1,
            None => account.faults.push(format!("no glyph {at}")),
        }
    }
    for (at, &times) in times.iter().enumerate() {
        let Some(glyph) = marks.glyphs.get(at).filter(|_| times != 1) else {
            continue;
        };
        if times == 0 {
            account.lost.push(at as u32);
        }
        if !is_white(marks, glyph) {
            let what = if times == 0 { "lost" } else { "doubled" };
            account
                .faults
                .push(format!("{what}: {}", text_of(marks, glyph)));
        }
    }
    for (home, line) in page.lines() {
        let cell = home.and_then(|(grid, cell)| page.grids.get(grid)?.cells.get(cell));
        account
            .faults
            .extend(line_fault(marks, cell.map(|cell| cell.rect), line));
    }
    account
}

/// What is wrong with a line's order or place; `cell` is where its cell stands.
pub(crate) fn line_fault(marks: &Marks, cell: Option<Rect>, line: &TextLine) -> Option<String> {
    let fault = |what: &str| Some(format!("{what}: {}", line.text(marks)));
    if slanted::is_slanted_line(marks, line) {
        let glyphs: Vec<&Glyph> = (line.glyphs())
            .filter_map(|at| marks.glyphs.get(at as usize))
            .collect();
        let is_moved = |pair: &[&Glyph]| matches!(pair, [before, glyph] if is_moved(before, glyph));
        return glyphs
            .windows(2)
            .any(is_moved)
            .then(|| fault("off its line"))
            .flatten();
    }
    let mut last: Option<(f32, EmBox)> = None;
    let mut spacing: Option<(u32, f32)> = None;
    for at in line.glyphs() {
        let Some(glyph) = marks.glyphs.get(at as usize) else {
            continue;
        };
        let shape = EmBox::of(glyph);
        if is_white(marks, glyph) {
            // What is painted after white space goes on where that ends.
            if let Some((_, before)) = &mut last {
                before.end = before.end.max(shape.end);
            }
            continue;
        }
        let along = line.direction.along(glyph.origin);
        let height = line.bottom - line.top;
        let is_back = last.is_some_and(|(before, upper)| {
            along < before - ROUNDING * glyph.size && !warichu::is_lower(&upper, &shape, height)
        });
        if is_back {
            return fault("out of order");
        }
        let head = runs::head(marks, glyph);
        let across = line.direction.across(head);
        if across < line.top - BESIDE * line.size || across > line.bottom + BESIDE * line.size {
            return fault("off its line");
        }
        let gap = last.map(|(_, before)| shape.start - before.end);
        let is_spaced = |gap: f32| {
            spacing.is_some_and(|(run, usual)| {
                run == glyph.run
                    && gap < NEAR_STRIPE * glyph.size
                    && (gap - usual).abs() < CLEAR * glyph.size
            })
        };
        let goes_on = gap.is_some_and(|gap| gap < GOES_ON * glyph.size || is_spaced(gap));
        spacing = gap.map(|gap| (glyph.run, gap));
        if let Some(r) = cell {
            let inside =
                (r.left..=r.right).contains(&head.x) && (r.top..=r.bottom).contains(&head.y);
            // A text that is set at its cell's end, or in its middle, begins before the cell where it overflows.
            let runs_in = last.is_none()
                && (r.top..=r.bottom).contains(&head.y)
                && head.x < r.right
                && line.end > r.left;
            if !inside && !goes_on && !runs_in {
                return fault("outside its cell");
            }
        }
        last = Some((along, shape));
    }
    None
}

/// Holds the finished sheet against the arranged lines: the same characters, in the same places, once.
pub(crate) fn sheet(
    marks: &Marks,
    paper: Paper,
    page: &Arranged,
    sheet: &Sheet,
    reading: &Reading,
    from: usize,
) -> Vec<String> {
    let mut faults = Vec::new();
    let visible = |text: &str| text.chars().filter(|&c| counts(c)).collect::<String>();
    let in_line = |line: &TextLine, text: &str| {
        let characters = line.characters(marks).map(|(c, _)| c);
        let expected = characters.filter(|&c| counts(c));
        text.chars().filter(|&c| counts(c)).eq(expected)
    };
    let written = written_lines(sheet);
    let mut end = from as u32;
    for ((_, line), written) in page.lines().zip(&written) {
        let text = written.range.of(&reading.text);
        if !in_line(line, text) {
            faults.push(format!("altered: {text}"));
        }
        let is_here = written.place == paper.place(line.rect);
        if !is_here || written.range.start < end {
            faults.push(format!("misplaced: {text}"));
        }
        end = written.range.end;
        for (ruby, written) in line.ruby.iter().zip(&written.ruby) {
            let glyphs = ruby
                .reading
                .iter()
                .filter_map(|&at| marks.glyphs.get(at as usize));
            let expected: String = glyphs.map(|glyph| text_of(marks, glyph)).collect();
            if visible(&expected) != visible(written.reading.of(&reading.text)) {
                faults.push(format!("altered: {expected}"));
            }
            end = written.reading.end.max(end);
        }
    }
    if page.lines().count() != written.len() {
        faults.push(format!(
            "lines: {} of {}",
            written.len(),
            page.lines().count()
        ));
    }
    let held = count(reading.text.get(from..).unwrap_or_default());
    if held != marks.decoded_characters {
        faults.push(format!("decoded {}, page {held}", marks.decoded_characters));
    }
    faults
}

fn written_lines(sheet: &Sheet) -> Vec<&Line> {
    let mut lines = Vec::new();
    for block in &sheet.blocks {
        match block {
            Block::Grid(grid) => lines.extend(grid.cells.iter().flat_map(|cell| &cell.lines)),
            Block::Line(line) => lines.push(line),
        }
    }
    lines
}
