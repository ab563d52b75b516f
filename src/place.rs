//! Where a value stands in its source: a worksheet's cells, a box on a page, or a line of text.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where something stands in the source file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Place {
    /// Cells of a worksheet.
    Cell {
        /// The worksheet's name.
        sheet: Arc<str>,
        /// The address as spreadsheets write it: `D4`, merged cells `D4:D6`.
        cell: CellRange,
    },
    /// The header or footer of a worksheet's printed pages.
    Margin {
        /// The worksheet's name.
        sheet: Arc<str>,
        /// Which of the two.
        margin: Margin,
    },
    /// A box on a page.
    Box {
        /// 1-based page number.
        page: u32,
        /// Left, top, right, bottom in points; the origin is the top left corner of the page as displayed.
        bbox: Bbox,
    },
    /// A line of a text export.
    Line {
        /// 1-based line number.
        line: u32,
    },
}

/// Where a text stands outside the cells of a printed worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Margin {
    /// Above them.
    Header,
    /// Below them.
    Footer,
}

impl Place {
    /// A place that is the cells from (`row`, `column`), 1-based, with a span.
    pub fn cells(sheet: &Arc<str>, row: u32, column: u32, rows: u32, columns: u32) -> Self {
        Self::Cell {
            sheet: Arc::clone(sheet),
            cell: CellRange {
                row,
                column,
                rows,
                columns,
            },
        }
    }

    /// Whether `inner` lies within this place: the same sheet and cells inside, the same page and the
    /// box's centre inside, the same line.
    pub fn holds(&self, inner: &Place) -> bool {
        match (self, inner) {
            (Self::Cell { sheet: a, cell: x }, Self::Cell { sheet: b, cell: y }) => {
                a == b && x.holds(*y)
            }
            (Self::Box { page: a, bbox: x }, Self::Box { page: b, bbox: y }) => {
                a == b && x.overlaps(*y)
            }
            (Self::Line { line: a }, Self::Line { line: b }) => a == b,
            (a @ Self::Margin { .. }, b) => a == b,
            _ => false,
        }
    }

    /// The smallest place around both; this one where they are on different sheets.
    #[must_use]
    pub fn around(self, other: &Self) -> Self {
        match (self, other) {
            (
                Self::Cell { sheet, cell },
                Self::Cell {
                    sheet: of,
                    cell: with,
                },
            ) if sheet == *of => Self::Cell {
                cell: cell.union(*with),
                sheet,
            },
            (
                Self::Box { page, bbox },
                Self::Box {
                    page: of,
                    bbox: with,
                },
            ) if page == *of => Self::Box {
                page,
                bbox: bbox.union(*with),
            },
            (place, _) => place,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // A text of values has no sheet name.
            Self::Cell { sheet, cell } if sheet.is_empty() => write!(f, "{cell}"),
            Self::Cell { sheet, cell } => write!(f, "{sheet}!{cell}"),
            Self::Margin { sheet, margin } => {
                let name = match margin {
                    Margin::Header => "header",
                    Margin::Footer => "footer",
                };
                write!(f, "{sheet}!{name}")
            }
            Self::Box { page, bbox } => {
                write!(f, "p.{page} ({:.0}, {:.0})", bbox.left(), bbox.top())
            }
            Self::Line { line } => write!(f, "l.{line}"),
        }
    }
}

/// A rectangle in points, origin at the top left of the page as displayed; x0 ≤ x1 and y0 ≤ y1.
/// Values are rounded to hundredths of a point so that the same page gives the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bbox([f64; 4]);

impl Bbox {
    /// A box from two opposite corners, in any order.
    pub fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        let round = |v: f64| {
            if v.is_finite() {
                (v * 100.0).round() / 100.0 + 0.0
            } else {
                0.0
            }
        };
        Self([
            round(x0.min(x1)),
            round(y0.min(y1)),
            round(x0.max(x1)),
            round(y0.max(y1)),
        ])
    }

    /// Left edge, points.
    pub fn left(self) -> f64 {
        self.0[0]
    }
    /// Top edge, points.
    pub fn top(self) -> f64 {
        self.0[1]
    }
    /// Right edge, points.
    pub fn right(self) -> f64 {
        self.0[2]
    }
    /// Bottom edge, points.
    pub fn bottom(self) -> f64 {
        self.0[3]
    }
    /// Width, points.
    pub fn width(self) -> f64 {
        self.0[2] - self.0[0]
    }
    /// Height, points.
    pub fn height(self) -> f64 {
        self.0[3] - self.0[1]
    }
    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self::new(
            self.left().min(other.left()),
            self.top().min(other.top()),
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        )
    }
    /// Whether a point lies inside or on the edge.
    pub fn contains(self, x: f64, y: f64) -> bool {
        self.left() <= x && x <= self.right() && self.top() <= y && y <= self.bottom()
    }
    /// Whether the two share a point.
    pub fn overlaps(self, other: Self) -> bool {
        self.left() <= other.right()
            && other.left() <= self.right()
            && self.top() <= other.bottom()
            && other.top() <= self.bottom()
    }
}

/// A rectangle of cells, 1-based, with its span; shown and serialised as `D4` or `D4:D6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRange {
    /// First row, 1-based.
    pub row: u32,
    /// First column, 1-based.
    pub column: u32,
    /// Number of rows, at least 1.
    pub rows: u32,
    /// Number of columns, at least 1.
    pub columns: u32,
}

impl CellRange {
    /// Whether `inner` lies wholly within.
    pub fn holds(self, inner: Self) -> bool {
        self.row <= inner.row
            && self.column <= inner.column
            && inner.row + inner.rows <= self.row + self.rows
            && inner.column + inner.columns <= self.column + self.columns
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (row, column) = (self.row.min(other.row), self.column.min(other.column));
        let last = |a: u32, b: u32| a.max(b);
        Self {
            row,
            column,
            rows: last(self.row + self.rows, other.row + other.rows) - row,
            columns: last(self.column + self.columns, other.column + other.columns) - column,
        }
    }

    /// Reads `D4` or `$D$4:$F$6` (ECMA-376 §18.18.62 `ST_Ref`); `None` if it is not such an address.
    pub fn parse(address: &str) -> Option<Self> {
        let (first, last) = address.split_once(':').unwrap_or((address, address));
        let (row, column) = parse_cell(first)?;
        let (last_row, last_column) = parse_cell(last)?;
        if last_row < row || last_column < column {
            return None;
        }
        Some(Self {
            row,
            column,
            rows: last_row - row + 1,
            columns: last_column - column + 1,
        })
    }
}

/// `D4` → (4, 4), 1-based row and column.
fn parse_cell(address: &str) -> Option<(u32, u32)> {
    let address = address.trim().replace('$', "");
    let letters = address.len()
        - address
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .len();
    let (letters, digits) = address.split_at(letters);
    if letters.is_empty() || letters.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0u32, |n, b| {
        n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    let row = digits.parse::<u32>().ok().filter(|&row| row > 0)?;
    Some((row, column))
}

/// 1-based column number → `A` … `XFD`.
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        letters.push(b'A' + ((column - 1) % 26) as u8);
        column = (column - 1) / 26;
    }
    letters.iter().rev().map(|&b| char::from(b)).collect()
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row)?;
        if self.rows > 1 || self.columns > 1 {
            write!(
                f,
                ":{}{}",
                column_letters(self.column + self.columns - 1),
                self.row + self.rows - 1
            )?;
        }
        Ok(())
    }
}

impl Serialize for CellRange {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CellRange {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let address = String::deserialize(deserializer)?;
        Self::parse(&address)
            .ok_or_else(|| serde::de::Error::custom("a cell address such as D4:D6"))
    }
}

impl JsonSchema for CellRange {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CellRange".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Z]{1,3}[1-9][0-9]*(:[A-Z]{1,3}[1-9][0-9]*)?$" })
    }
}
