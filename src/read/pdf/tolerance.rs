//! What may differ on a page and still be the same: in ems of its text, or as parts of a whole.
//!
//! A sheet that is printed at half its size is the same sheet, so no length here is one in points. The text tells the scale:
//! what is narrower than a character holds none. Each tolerance says why it is as wide as it is; the cases named are those
//! under `fixtures/` that are read otherwise without it.

use super::marks::{Marks, Visibility};

/// The em of a page without text, which has none to lose, in points.
const BARE_PAGE: f32 = 10.0;

/// The em of most of the text that a reader of a page sees, in points.
pub(crate) fn em_of(marks: &Marks) -> f32 {
    let seen = marks.glyphs.iter().filter(|glyph| {
        glyph.visibility == Visibility::Visible
            && glyph.size > 0.0
            && !super::lines::runs::is_white(marks, glyph)
    });
    let mut sizes: Vec<f32> = seen.map(|glyph| glyph.size).collect();
    let middle = sizes.len() / 2;
    if sizes.is_empty() {
        return BARE_PAGE;
    }
    *sizes.select_nth_unstable_by(middle, f32::total_cmp).1
}

// Rules, in ems of the page's text.

/// A rule that ends this short of another one meets it; a rule drawn cell by cell goes on over it (`rules_short_pdf`).
pub(crate) const MEET: f32 = 0.27;
/// Two parallel pieces closer than this are one rule: a double line, the two borders of neighbouring cells, hairlines of
/// different programs (`rules_doubled_pdf`). No cell with text is narrower.
pub(crate) const SNAP: f32 = 0.27;
/// Pieces that begin and end together are a double line up to this distance (`rules_double_frames_pdf`).
pub(crate) const DOUBLE: f32 = 0.4;
/// A chain of snapped pieces is never wider than this (`rules_double_frames_pdf`).
pub(crate) const SNAP_SPREAD: f32 = 0.58;
/// Dots and dashes: pieces at most this long are joined over gaps of their own kind (`rules_dashed_pdf`).
pub(crate) const DASH: f32 = 1.0;
/// Dots are at most this long (`rules_dotted_pdf`), and no text stands in a box that is thinner: a row may be shaded.
pub(crate) const DOT: f32 = 0.33;
/// Joined rules shorter than this separate nothing: ticks, parts of drawn characters.
pub(crate) const SHORTEST: f32 = 0.5;
/// A rule drawn as a filled box, or stroked, is at most this thick; what is thicker has room for text (`rules_thick_pdf`).
pub(crate) const THICKEST: f32 = 0.55;
/// A rule that runs on this far beyond the last rule across it bounds a row (or column) left open, for no row is lower;
/// one that runs on so far on both sides of a box's side crosses it.
pub(crate) const HANG: f32 = 0.66;
/// Vertical rules that bound a row without any rule across are at least this long: some lines of text. Dashes of the
/// thickest borders of office programs are not longer.
pub(crate) const BAND: f32 = 4.0;
/// The widest gutter, with the borders on its sides: no text that can be read stands in less (`rules_gutters_pdf`).
pub(crate) const GUTTER: f32 = 0.85;
/// Sides of a box to tick: 実施 □.
pub(crate) const TICK_BOX: f32 = 1.55;
/// Edges that were computed from the same position differ by less.
pub(crate) const ROUNDING: f32 = 0.01;

/// What the eye takes for one place: ends of rules that are drawn to meet, dashes of one rule, a stroke that leaves its
/// axis over its length. A rule that ends farther short of others, where they meet, is a line to write on (`nested.rs`).
pub(crate) const SHORT: f32 = 0.05;
/// A gutter where boxes stand in full rows and columns is at most this wide (`style_spaced_pdf`), and a stroked border
/// (`rules_thickest_pdf`).
pub(crate) const WIDE_GUTTER: f32 = 1.2;

// Rules, as parts of what they are compared with.

/// A piece at least this many times as long as it is thick has a direction of its own; a shorter one is a dot.
pub(crate) const ELONGATED: f32 = 2.0;
/// A stroke that leaves its axis by less than this part of its length is level: a quarter of a degree, as pages lie in a
/// scanner that straightens them.
pub(crate) const LEVEL: f32 = 0.0045;
/// A dash is followed by a gap of at most this many times its length.
pub(crate) const DASH_GAP: f32 = 1.05;
/// A dot is followed by a gap of at most this many times its length.
pub(crate) const DOT_GAP: f32 = 2.5;
/// How white a filled box must be to wipe out the rules beneath it (`rules_masks_pdf`).
pub(crate) const WHITE: f32 = 0.985;
/// The cells beside a gutter are wider than it by this factor: bands of equal width are columns, with or without text.
pub(crate) const CELL: f32 = 1.6;
/// Rules that end in this part of the page are cut by its end.
pub(crate) const PAGE_END: f32 = 0.8;

/// The sides of a round dot differ by this factor at most.
pub(crate) const ROUND: f32 = 1.3;

// White, in ems of the text beside it.

/// The white between two columns (`style_rows_framed_pdf`).
pub(crate) const COLUMN_WHITE: f32 = 0.6;
/// Still narrower white parts a number from the text of the next column if a heading stands over each; else it may be
/// that of spread letters, or what programs leave between digits and kanji.
pub(crate) const DOUBTFUL_WHITE: f32 = 0.15;
/// Most of a side: boxes face each other along it, a rounded box's is straight for it; a frame around so much of a page is
/// decoration, not a cell. Lines that begin within it of each other are of one block.
pub(crate) const HALF: f32 = 0.5;
/// Cells, columns or rows from which on there are several.
pub(crate) const SEVERAL: usize = 2;
/// Rows, columns or rules that are a table's where fewer may be something else: the paragraphs of a cell, labels and values
/// in a box, the borders of a page's head and foot.
pub(crate) const MANY: usize = 3;
/// Boxes apart, or dashes, from which on they belong together.
pub(crate) const ROW_OF: usize = 6;
/// Rules, boxes or curves that are looked at on a page; more are a drawing.
pub(crate) const MOST: usize = 20_000;
/// What is compared with each other at most.
pub(crate) const MOST_COMPARED: usize = 2_000;
/// The white between rows is wider by so many ems than the white between the lines of a cell (`style_columns_pdf`).
pub(crate) const ROW_WHITE: f32 = 0.4;
/// Lines that overlap by this part of an em are beside each other; a glyph this far off its line is on another. White
/// that is wider parts columns if several rows have text on both sides of it.
pub(crate) const BESIDE: f32 = 0.3;
/// A line that leaves fewer ems of its column may go on in the next; headings farther apart are of two columns.
pub(crate) const FULL: f32 = 1.5;
/// The lines of a cell have so many ems of white between them at most; paragraphs below a table keep farther off.
pub(crate) const LINES_APART: f32 = 0.75;
/// The row below the last stripe, or above the first, stands this near to it; letters are spaced by no more, and boxes
/// around words are no higher.
pub(crate) const NEAR_STRIPE: f32 = 2.0;
/// A row begins at most this far below the one before: higher rows have more lines than one. Stripes part rows that are at
/// most as many times as high as the highest of them (`style_stripes_pdf`).
pub(crate) const NEAR_ROW: f32 = 3.0;
/// Headings are at most this high: a box of paragraphs heads nothing.
pub(crate) const HIGHEST_HEADING: f32 = 5.0;
/// Text keeps clear of where columns part, or of a rule, by so much; lines farther apart are two, and not one that was
/// drawn twice; letters are spaced alike within it.
pub(crate) const CLEAR: f32 = 0.1;
/// A line below a cut row goes on in it if it begins this near to where the row's text does; a page number stands anywhere.
pub(crate) const INDENT: f32 = 1.2;
/// So near to the middle of a text stands the middle of what is centred with it.
pub(crate) const CENTRED: f32 = 0.2;
/// A last row goes on so far below its text.
pub(crate) const BELOW_TEXT: f32 = 0.2;

// Small text beside other text, as parts of its size or ems of it.

/// Readings (JIS X 4051 §4.12), and the lines of two set in one (§4.17), are at most this part of the size of their line:
/// half of it, or a little more (`ruby_pdf`, `down_ruby_pdf`, `warichu_pdf`).
pub(crate) const SMALL: f32 = 0.62;
/// What is taken for a reading by its size alone is half as large as its base (`rt` in HTML: 50 %).
pub(crate) const HALF_SIZE: std::ops::RangeInclusive<f32> = 0.45..=0.55;

// Lines on a page, in ems of their text, or as parts of the page.

/// A line at the foot with this much white above it is no body text.
pub(crate) const ALONE: f32 = 1.5;
/// Columns of vertical text that are so far apart or less are parts of one text.
pub(crate) const COLUMNS_BESIDE: f32 = 4.0;
/// The foot of a page, where running titles stand, begins at this part of its height.
pub(crate) const FOOT: f32 = 0.9;
/// The image of a scanned page covers more than this part of it.
pub(crate) const SCANNED: f32 = 0.3;

// What a page's own proof allows, in ems of the text.

/// The glyphs of one show operator are on one straight line (ISO 32000-1 §9.4.4) up to this.
pub(crate) const ON_ONE_LINE: f32 = 0.5;
/// A glyph outside its cell goes on with the one before it within this.
pub(crate) const GOES_ON: f32 = 0.9;
