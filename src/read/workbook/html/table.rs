//! A table of a page: rows of cells with spans, each with text and tables within.

use super::super::worksheet::Sides;
use super::inline::Inline;

/// A piece of a page or of a cell, in order.
#[derive(Debug)]
pub(super) enum Piece {
    Text(Inline),
    Table(Table),
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub rows: Vec<Vec<Cell>>,
    /// Whether its `border` draws all cells (§15.3.10).
    pub is_ruled: bool,
}

/// What stands on a page or in a cell, as far as it is read.
#[derive(Debug, Default)]
pub(super) struct Content {
    pieces: Vec<Piece>,
    /// The text at the end.
    pub inline: Inline,
}

impl Content {
    /// Ends the text at hand.
    pub(super) fn end_text(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        if !inline.is_empty() {
            self.pieces.push(Piece::Text(inline));
        }
    }

    /// Adds a table.
    pub(super) fn table(&mut self, table: Table) {
        self.end_text();
        self.pieces.push(Piece::Table(table));
    }

    /// All pieces in order.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.end_text();
        self.pieces
    }
}

/// A cell.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub rows: u32,
    pub columns: u32,
    /// The sides that its own `style` draws; `None` if that says nothing of borders.
    pub sides: Option<Sides>,
    pub pieces: Vec<Piece>,
}

impl Table {
    /// The sides of its cells that say nothing of them: none where other cells say which they draw, else all, since whether
    /// a browser draws them is its style sheet's affair.
    pub(super) fn usual_sides(&self) -> Sides {
        let mut own = self.rows.iter().flatten().filter_map(|cell| cell.sides);
        if !self.is_ruled && own.any(Sides::any) {
            Sides::NONE
        } else {
            Sides::ALL
        }
    }

    /// Whether it only sets other tables on the page: it has one or two columns, and a table in a cell.
    pub(super) fn only_arranges(&self) -> bool {
        let narrow = self.rows.iter().all(|row| row.len() <= 2);
        let tables = |cell: &Cell| {
            cell.pieces
                .iter()
                .any(|piece| matches!(piece, Piece::Table(_)))
        };
        narrow && self.rows.iter().flatten().any(tables)
    }
}
