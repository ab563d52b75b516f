//! Glyphs -> runs, and the cell that each run stands in: the one where it starts.

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::marks::{Glyph, Marks, Point};
use crate::text::setting::characters::{hangs, opens};

/// Between glyphs of different show operators: a gap or overlap up to this many ems goes on with the
/// run (a producer that positions each glyph rounds its widths).
const ADJACENT: f32 = 0.25;
/// Within one show operator a gap of more than this many ems across a rule starts the next cell's text:
/// some producers write a whole table row at once.
const CELL_GAP: f32 = 0.6;
/// A gap that is wider by this many ems than the one before it may hold a rule with the padding on its sides: programs
/// that write a PDF again put what stands on one baseline into one show operator.
const PADDING: f32 = 0.1;
/// Letters are spaced by up to this many ems where white space is painted between them; what one operator writes farther
/// apart are words of their own. Letters that are only set apart fill their cell (均等割付) and do not leave it: beyond
/// [`CELL_GAP`] their spacing is no reason to go on over a rule.
const LETTER_SPACING: f32 = 2.0;
/// Glyphs of one run leave its baseline by at most this many ems.
const LEVEL: f32 = 0.1;
/// A glyph that reaches over a rule by this many ems overflows its cell; what follows it goes on.
const STRADDLE: f32 = 0.15;

/// A text that overflows its cell and goes on in another show operator goes on where it ended, to this
/// many ems; the next cell's text starts where its own cell has it.
const SEAMLESS: f32 = 0.06;
/// Another show operator's text in the cell that a text overflows into is that cell's own where the gap between them
/// differs from the overflowing text's gaps by more than this many ems.
const OWN_TEXT: f32 = 0.12;

/// Texts of two cells begin as far from their edges, up to this many ems: programs pad all cells alike.
const SAME_INSET: f32 = 0.02;

/// A cell of one of the page's grids.
pub(crate) type Home = Option<(usize, usize)>;

/// Glyphs on one baseline, one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub direction: Direction,
    /// Indices into `Marks::glyphs`, at least one.
    pub glyphs: Vec<u32>,
    /// The cell where it starts.
    pub home: Home,
}

/// Where a glyph's body begins: what decides which cell it stands in. The body of an opening bracket is in the second
/// half of its em box: writers let the first, which is white, stand over the edge where a line begins (JIS X 4051 §4.7).
pub(crate) fn head(marks: &Marks, glyph: &Glyph) -> Point {
    let mut shape = EmBox::of(glyph);
    let is_wide = shape.end - shape.start > 0.75 * glyph.size;
    if is_wide && text_of(marks, glyph).chars().all(opens) {
        shape.start = f32::midpoint(shape.start, shape.end);
    }
    shape.head(Direction::of(glyph))
}

/// The innermost cell that holds a glyph's head.
pub(crate) fn home_of(marks: &Marks, glyph: &Glyph, grids: &[GridShape]) -> Home {
    let head = head(marks, glyph);
    grids
        .iter()
        .enumerate()
        .find_map(|(number, grid)| Some((number, grid.cell_at(head)?)))
}

/// Splits the glyphs with these indices, in painting order, into runs.
pub(crate) fn split(marks: &Marks, shown: &[u32], grids: &[GridShape]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut last_visible: Option<&Glyph> = None;
    let mut last: Option<&Glyph> = None;
    let mut usual = 0.0_f32;
    for &index in shown {
        let Some(glyph) = marks.glyphs.get(index as usize) else {
            continue;
        };
        let white = is_white(marks, glyph);
        let most = if last.is_some_and(|last| is_white(marks, last)) {
            LETTER_SPACING
        } else {
            CELL_GAP
        };
        let spacing = usual.clamp(0.0, most * glyph.size);
        let goes_on = last.is_some_and(|last| follows(last, glyph))
            && (white
                || last_visible
                    .is_none_or(|before| !next_cell(marks, (before, glyph), spacing, grids))
                    && !runs
                        .last()
                        .is_some_and(|run| begins_like(marks, run, glyph, grids))
                    && !runs
                        .last()
                        .is_some_and(|run| meets_own_text(marks, run, glyph, usual, grids)));
        if let Some(run) = runs.last_mut().filter(|_| goes_on) {
            run.glyphs.push(index);
        } else {
            let direction = Direction::of(glyph);
            runs.push(Run {
                direction,
                glyphs: vec![index],
                home: None,
            });
            last_visible = None;
        }
        last = Some(glyph);
        if !white {
            usual = match last_visible {
                Some(before) if goes_on => EmBox::of(glyph).start - EmBox::of(before).end,
                _ => 0.0,
            };
            last_visible = Some(glyph);
        }
    }
    for run in &mut runs {
        let first = run
            .glyphs
            .iter()
            .filter_map(|&at| marks.glyphs.get(at as usize));
        let visible = first.clone().find(|glyph| !is_white(marks, glyph));
        run.home = visible
            .or_else(|| first.clone().next())
            .and_then(|glyph| home_of(marks, glyph, grids));
    }
    runs
}

/// Whether a glyph is white space.
pub(crate) fn is_white(marks: &Marks, glyph: &Glyph) -> bool {
    text_of(marks, glyph).chars().all(char::is_whitespace)
}

/// A glyph's characters.
pub(crate) fn text_of<'a>(marks: &'a Marks, glyph: &Glyph) -> &'a str {
    marks
        .text
        .get(glyph.text.0 as usize..glyph.text.1 as usize)
        .unwrap_or_default()
}

/// Whether a glyph goes on with the run that ends in `last`.
fn follows(last: &Glyph, glyph: &Glyph) -> bool {
    let direction = Direction::of(last);
    if Direction::of(glyph) != direction || glyph.vertical != last.vertical {
        return false;
    }
    let size = last.size.max(glyph.size);
    if (direction.across(glyph.origin) - direction.across(last.origin)).abs() > LEVEL * size {
        return false;
    }
    let gap = EmBox::of(glyph).start - EmBox::of(last).end;
    if glyph.run == last.run {
        // A show operator that steps back by more than it advanced begins again elsewhere.
        return gap > -1.5 * size;
    }
    gap.abs() <= ADJACENT * size && glyph.size.min(last.size) > 0.8 * size
}

/// Whether a run that began in another cell ends where a glyph begins the text of this one; `usual` is the run's last gap.
fn meets_own_text(
    marks: &Marks,
    run: &Run,
    glyph: &Glyph,
    usual: f32,
    grids: &[GridShape],
) -> bool {
    let at = |index: &u32| marks.glyphs.get(*index as usize);
    let ends = run
        .glyphs
        .first()
        .and_then(at)
        .zip(run.glyphs.last().and_then(at));
    let Some((first, last)) = ends.filter(|(_, last)| last.run != glyph.run) else {
        return false;
    };
    let gap = EmBox::of(glyph).start - EmBox::of(last).end;
    (gap - usual).abs() > OWN_TEXT * glyph.size
        && home_of(marks, first, grids) != home_of(marks, glyph, grids)
}

/// Whether a glyph of another show operator begins its cell as the run before it began its own, to a hair: then the two
/// are the texts of two cells that abut, and the first does not overflow into the second.
fn begins_like(marks: &Marks, run: &Run, glyph: &Glyph, grids: &[GridShape]) -> bool {
    let at = |index: Option<&u32>| marks.glyphs.get(*index? as usize);
    let (Some(first), Some(last)) = (at(run.glyphs.first()), at(run.glyphs.last())) else {
        return false;
    };
    // A program that paints each glyph by itself begins a glyph anywhere.
    let is_of_words = run.glyphs.len() > 1
        && at(run.glyphs.get(run.glyphs.len() - 2)).is_some_and(|before| before.run == last.run);
    if last.run == glyph.run || !is_of_words {
        return false;
    }
    let (own, other) = (home_of(marks, first, grids), home_of(marks, glyph, grids));
    let inset = |home: Home, glyph: &Glyph| {
        let (grid, cell) = home?;
        let rect = grids.get(grid)?.cells.get(cell)?.rect;
        Some(EmBox::of(glyph).start - run.direction.extent(rect).0)
    };
    own != other
        && inset(own, first)
            .zip(inset(other, glyph))
            .is_some_and(|(a, b)| (a - b).abs() <= SAME_INSET * glyph.size)
}

/// Whether a rule stands between two glyphs of what looks like one run, so that the second is the next
/// cell's; `spacing` is the one of the letters before.
fn next_cell(
    marks: &Marks,
    (before, glyph): (&Glyph, &Glyph),
    spacing: f32,
    grids: &[GridShape],
) -> bool {
    let (a, b) = (EmBox::of(before), EmBox::of(glyph));
    let gap = b.start - a.end;
    let size = before.size.max(glyph.size);
    if before.run == glyph.run && gap <= spacing + PADDING * size {
        return false;
    }
    let (here, there) = (home_of(marks, before, grids), home_of(marks, glyph, grids));
    if here == there {
        return false;
    }
    // Punctuation that hangs over the rule ends its line, wherever the next text starts.
    let hanging = text_of(marks, before).chars().any(hangs);
    if before.run != glyph.run && (hanging || gap.abs() > SEAMLESS * size) {
        return true;
    }
    // The end of the first glyph in another cell than its head: it overflows, and the rest follows it.
    let tail = Direction::of(before).point(a.end - STRADDLE * size, f32::midpoint(a.top, a.bottom));
    let ends_in = grids
        .iter()
        .enumerate()
        .find_map(|(number, grid)| Some((number, grid.cell_at(tail)?)));
    gap > CELL_GAP * size || ends_in == here
}
