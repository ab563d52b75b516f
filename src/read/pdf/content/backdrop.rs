//! What is behind a point of the page while it is painted: filled areas -> a coarse raster of colours.

use crate::read::pdf::content::colour::Paint;
use crate::read::pdf::marks::{Point, Rect};

/// Side of a raster cell in points: finer than the smallest text. Larger on pages larger than A0.
const CELL: f32 = 3.0;
/// Cells of a raster at most.
const MOST_CELLS: f32 = 1_000_000.0;
/// What is thinner than this, in points, is a line and not a ground that text stands on; a gradient that is
/// drawn in strips has thicker ones.
const THINNEST: f32 = 1.2;
/// Cells that are painted for one page before its grounds are given up as not known.
const MOST_PAINTED: usize = 2_000_000_000;

/// The colours behind what is painted next.
pub(crate) struct Backdrop {
    cell: f32,
    columns: usize,
    rows: usize,
    /// Row by row; empty while the page is bare paper.
    cells: Vec<Row>,
    painted: usize,
}

/// A row of the raster. Few rows of most pages are painted, and only those have their cells.
#[derive(Clone, Default)]
struct Row {
    /// Empty while the row is bare paper.
    grounds: Vec<Ground>,
    /// For each cell the number of glyphs that lie under what was painted there; empty while it is none.
    covered: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq)]
enum Ground {
    Colour([u8; 3]),
    /// An image, a shading, a curve: may be any colour.
    Unknown,
}

const PAPER: Ground = Ground::Colour([255; 3]);

impl Backdrop {
    /// Bare paper of a size in points.
    pub(crate) fn new((width, height): (f64, f64)) -> Self {
        let (width, height) = (width as f32, height as f32);
        let cell = (width * height / MOST_CELLS).sqrt().max(CELL);
        let cells = |side: f32| (side / cell).ceil().clamp(1.0, MOST_CELLS) as usize;
        Self {
            cell,
            columns: cells(width),
            rows: cells(height),
            cells: Vec::new(),
            painted: 0,
        }
    }

    /// Paints an area, over the first so many glyphs of the page.
    pub(crate) fn fill(&mut self, rect: Rect, paint: Paint, over: u32) {
        let ground = paint.rgb.map_or(Ground::Unknown, Ground::Colour);
        let is_line = rect.width() < THINNEST || rect.height() < THINNEST;
        let changes_nothing = self.cells.is_empty() && ground == PAPER && over == 0;
        if is_line || changes_nothing || self.painted > MOST_PAINTED {
            return;
        }
        if self.cells.is_empty() {
            self.cells = vec![Row::default(); self.rows];
        }
        // A cell belongs to the area if its centre does.
        let index =
            |edge: f32, most: usize| ((edge / self.cell - 0.5).ceil().max(0.0) as usize).min(most);
        let (left, right) = (
            index(rect.left, self.columns),
            index(rect.right, self.columns),
        );
        let (top, bottom) = (index(rect.top, self.rows), index(rect.bottom, self.rows));
        for row in self.cells.iter_mut().take(bottom).skip(top) {
            row.grounds.resize(self.columns, PAPER);
            if let Some(part) = row.grounds.get_mut(left..right) {
                part.fill(ground);
                self.painted += part.len();
            }
            if over > 0 {
                row.covered.resize(self.columns, 0);
                if let Some(part) = row.covered.get_mut(left..right) {
                    part.fill(over);
                }
            }
        }
        if self.painted > MOST_PAINTED {
            let unknown = Row {
                grounds: vec![Ground::Unknown; self.columns],
                covered: Vec::new(),
            };
            self.cells.fill(unknown);
        }
    }

    /// Whether a point is painted over after the glyph with this number.
    pub(crate) fn covers(&self, at: Point, glyph: u32) -> bool {
        let (column, row) = self.cell_of(at);
        let row = self.cells.get(row);
        row.and_then(|row| row.covered.get(column))
            .is_some_and(|&over| over > glyph)
    }

    fn cell_of(&self, at: Point) -> (usize, usize) {
        let index = |position: f32| (position / self.cell).max(0.0) as usize;
        (index(at.x), index(at.y))
    }

    /// Whether a mark of this colour cannot be told from what is behind it at a point.
    pub(crate) fn hides(&self, paint: Paint, at: Point) -> bool {
        let (column, row) = self.cell_of(at);
        let behind = match self.cells.get(row) {
            _ if self.cells.is_empty() => PAPER,
            Some(row) if column < self.columns => row.grounds.get(column).copied().unwrap_or(PAPER),
            _ => Ground::Unknown,
        };
        match behind {
            Ground::Colour(rgb) => paint.looks_like(rgb),
            Ground::Unknown => false,
        }
    }
}
