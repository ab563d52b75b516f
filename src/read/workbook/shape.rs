//! Text boxes and controls over a worksheet -> values of the empty cells that they cover, or lines beside the table.

use super::grid::Shown;
use super::worksheet::{CellText, WhyUnseen};
use crate::place::CellRange;
use crate::sheet::CellValue;

/// A drawn object with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// The cells that it covers.
    pub range: CellRange,
    pub text: String,
    pub kind: ShapeKind,
}

/// What a drawn object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShapeKind {
    /// A text box or another form with a text.
    Text,
    /// The same, not displayed.
    Hidden,
    /// A check box or option button, whose mark stands before its caption.
    Control,
}

/// The marks of a check box or option button.
const CHECKED: char = '☑';
const UNCHECKED: char = '☐';

impl Shape {
    /// A text box.
    pub(super) fn text(range: CellRange, text: String) -> Self {
        let kind = ShapeKind::Text;
        Self { range, text, kind }
    }

    /// A check box or option button.
    pub(super) fn control(range: CellRange, caption: &str, checked: bool) -> Self {
        let mark = if checked { CHECKED } else { UNCHECKED };
        Self {
            range,
            text: format!("{mark}{}", caption.trim()),
            kind: ShapeKind::Control,
        }
    }

    /// Why it is not seen, if it is not.
    pub(super) fn unseen(&self) -> Option<WhyUnseen> {
        (self.kind == ShapeKind::Hidden).then_some(WhyUnseen::Shape)
    }
}

/// Puts text boxes that lie over empty cells into them, as their values; gives back the others.
///
/// A box in the table is drawn into one cell, since there it is that cell's value; above and beside the table it may
/// reach over several, and is the value of the first. What lies below the table or over text stays apart.
pub(super) fn place(shapes: Vec<Shape>, shown: &mut Vec<Shown>) -> Vec<Shape> {
    let last = shown
        .iter()
        .map(|cell| cell.range.row + cell.range.rows - 1);
    let last_row = last.max().unwrap_or(0);
    let mut apart = Vec::new();
    for shape in shapes {
        let within = shape.kind == ShapeKind::Text && shape.range.row <= last_row;
        let covered: Vec<usize> = (0..shown.len())
            .filter(|&at| {
                within
                    && shown
                        .get(at)
                        .is_some_and(|cell| overlap(cell.range, shape.range))
            })
            .collect();
        let empty = |at: &usize| shown.get(*at).is_some_and(|cell| cell.text.text.is_empty());
        match covered.as_slice() {
            [only] if empty(only) => {
                if let Some(cell) = shown.get_mut(*only) {
                    cell.text = CellText::plain(shape.text);
                }
            }
            [] if within => shown.push(Shown {
                range: CellRange {
                    rows: 1,
                    columns: 1,
                    ..shape.range
                },
                text: CellText::plain(shape.text),
                value: CellValue::Text,
            }),
            _ => apart.push(shape),
        }
    }
    shown.sort_by_key(|cell| (cell.range.row, cell.range.column));
    apart
}

fn overlap(a: CellRange, b: CellRange) -> bool {
    a.row < b.row + b.rows
        && b.row < a.row + a.rows
        && a.column < b.column + b.columns
        && b.column < a.column + a.columns
}

/// The range from one cell to another, both 1-based rows and columns.
pub(super) fn range_to(first: (u32, u32), last: (u32, u32)) -> CellRange {
    CellRange {
        row: first.0,
        column: first.1,
        rows: last.0.max(first.0) - first.0 + 1,
        columns: last.1.max(first.1) - first.1 + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cells: &[(&str, &str)]) -> Vec<Shown> {
        let cell = |&(address, text): &(&str, &str)| Shown {
            range: CellRange::parse(address).unwrap(),
            text: CellText::plain(text),
            value: CellValue::Text,
        };
        cells.iter().map(cell).collect()
    }

    fn placed(address: &str, text: &str) -> (Vec<String>, usize) {
        let mut cells = shown(&[
            ("B2", "部名"),
            ("A3", "番号"),
            ("B3", "項目"),
            ("A4", ""),
            ("B4", ""),
        ]);
        let shape = Shape::text(CellRange::parse(address).unwrap(), text.to_owned());
        let apart = place(vec![shape], &mut cells);
        let found = cells.iter().filter(|cell| cell.text.text == text);
        (
            found.map(|cell| cell.range.to_string()).collect(),
            apart.len(),
        )
    }

    #[test]
    fn a_box_over_one_empty_cell_is_its_value_and_one_above_the_table_stands_there() {
        assert_eq!(placed("B4", "窓口"), (vec!["B4".to_owned()], 0));
        assert_eq!(placed("A1:F1", "整理表"), (vec!["A1".to_owned()], 0));
        assert_eq!(
            placed("A4:B4", "案"),
            (vec![], 1),
            "over two cells of the table"
        );
        assert_eq!(placed("A3", "案"), (vec![], 1), "over text");
        assert_eq!(placed("A9:B9", "案"), (vec![], 1), "below the table");
    }
}
