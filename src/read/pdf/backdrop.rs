//! What is behind a point of the page while it is painted: filled areas -> a coarse raster of colours.

use super::colour::Paint;
use super::marks::{Point, Rect};

/// Side of a raster cell in points: finer than the smallest text.
const CELL: f32 = 3.0;
/// Cells of a raster at most: a page of 3 m × 3 m.
const MOST_CELLS: usize = 8_000_000;

/// The colours behind what is painted next.
pub(super) struct Backdrop {
    columns: usize,
    rows: usize,
    /// Row by row; empty while the page is bare paper.
    cells: Vec<Cell>,
}

#[derive(Clone, Copy, PartialEq)]
enum Cell {
    Colour([u8; 3]),
    /// An image, a shading, a curve: may be any colour.
    Unknown,
}

const PAPER: Cell = Cell::Colour([255; 3]);

impl Backdrop {
    /// Bare paper of a size in points.
    pub(super) fn new((width, height): (f64, f64)) -> Self {
        let cells = |side: f64| (side / f64::from(CELL)).ceil().clamp(1.0, 1e7) as usize;
        Self {
            columns: cells(width),
            rows: cells(height),
            cells: Vec::new(),
        }
    }

    /// Paints an area. What is thinner than a raster cell cannot be behind a glyph.
    pub(super) fn fill(&mut self, rect: Rect, paint: Paint) {
        let cell = paint.rgb.map_or(Cell::Unknown, Cell::Colour);
        if rect.width() < CELL || rect.height() < CELL || self.cells.is_empty() && cell == PAPER {
            return;
        }
        if self.cells.is_empty() {
            if self.columns.saturating_mul(self.rows) > MOST_CELLS {
                return;
            }
            self.cells = vec![PAPER; self.columns * self.rows];
        }
        // A cell belongs to the area if its centre does.
        let index =
            |edge: f32, most: usize| ((edge / CELL - 0.5).ceil().max(0.0) as usize).min(most);
        let (left, right) = (
            index(rect.left, self.columns),
            index(rect.right, self.columns),
        );
        let (top, bottom) = (index(rect.top, self.rows), index(rect.bottom, self.rows));
        for row in self.cells.chunks_mut(self.columns).take(bottom).skip(top) {
            if let Some(part) = row.get_mut(left..right) {
                part.fill(cell);
            }
        }
    }

    /// Whether a mark of this colour cannot be told from what is behind it at a point.
    pub(super) fn hides(&self, paint: Paint, at: Point) -> bool {
        let behind = if self.cells.is_empty() {
            PAPER
        } else {
            let (column, row) = (
                (at.x / CELL).max(0.0) as usize,
                (at.y / CELL).max(0.0) as usize,
            );
            if column >= self.columns {
                return false;
            }
            self.cells
                .get(row * self.columns + column)
                .copied()
                .unwrap_or(Cell::Unknown)
        };
        match behind {
            Cell::Colour([r, g, b]) => paint.looks_like(Paint::from_rgb(
                [r, g, b].map(|value| f64::from(value) / 255.0),
            )),
            Cell::Unknown => false,
        }
    }
}
