//! A worksheet part ([MS-XLSB] §2.1.7.62) -> a stored worksheet.

use super::super::cells::{Cells, Head, Looks, rk};
use super::super::margin;
use super::super::run_string::RunString;
use super::super::worksheet::{Strike, Worksheet};
use super::globals::{BundleSheet, rich_string};
use super::record::{Records, f64_at, number, string_at, u16_at, u32_at};
use crate::error::Error;
use crate::note::{Note, What};
use crate::place::{CellRange, Margin};

/// Rows that a sheet has at most.
const ROWS: u32 = 1 << 20;
/// Columns that a sheet has at most.
const COLUMNS: u32 = 1 << 14;

/// Reads a worksheet part.
///
/// # Errors
/// The limit of cells.
pub(super) fn read(
    bytes: &[u8],
    entry: &BundleSheet,
    looks: &Looks,
    strings: &[RunString],
) -> Result<Worksheet, Error> {
    let mut worksheet = Worksheet::new(&entry.name, entry.visibility);
    worksheet.title_rows = entry.title_rows;
    let mut filling = Filling {
        cells: Cells {
            looks,
            worksheet,
            lost: 0,
        },
        strings,
        row: 0,
        column: 0,
    };
    let mut ended = false;
    for (number, data) in Records::new(bytes) {
        ended |= number == number::END_SHEET;
        filling.record(number, data)?;
    }
    let mut worksheet = filling.cells.finish();
    if !ended {
        let part = format!("「{}」", worksheet.name);
        worksheet.notes.push(Note::new(What::PartNotRead {
            part,
            reason: "BrtEndSheet".to_owned(),
        }));
    }
    Ok(worksheet)
}

struct Filling<'a> {
    cells: Cells<'a>,
    strings: &'a [RunString],
    /// The row of the cells that follow, 1-based.
    row: u32,
    /// The column of the cell before, 1-based.
    column: u32,
}

impl Filling<'_> {
    fn record(&mut self, number: u16, data: &[u8]) -> Result<(), Error> {
        match number {
            number::ROW_HEADER => self.row(data),
            number::COLUMN_INFO => self.columns(data),
            number::MERGE_CELL => self.merge(data)?,
            number::HEADER_FOOTER => self.margins(data),
            // Short records stand right of the cell before and leave their column out (§2.4.786 ff.).
            number::SHORT_BLANK..=number::SHORT_SHARED => {
                let style = u32_at(data, 0).map_or(0, |style| style as usize & 0x00ff_ffff);
                let head = Head {
                    row: self.row,
                    column: self.column + 1,
                    style,
                };
                let number = number - number::SHORT_BLANK + number::CELL_BLANK;
                self.cell(number, head, data.get(4..).unwrap_or_default())?;
            }
            number::CELL_BLANK..=number::FORMULA_ERROR | number::CELL_RICH_STRING => {
                let (Some(column), Some(style)) = (u32_at(data, 0), u32_at(data, 4)) else {
                    self.cells.lost += 1;
                    return Ok(());
                };
                let head = Head {
                    row: self.row,
                    column: column.saturating_add(1),
                    style: style as usize & 0x00ff_ffff,
                };
                self.cell(number, head, data.get(8..).unwrap_or_default())?;
            }
            _ => {}
        }
        Ok(())
    }

    /// §2.4.741 `BrtRowHdr`
    fn row(&mut self, data: &[u8]) {
        let (Some(row), Some(&flags)) = (u32_at(data, 0), data.get(11)) else {
            return;
        };
        (self.row, self.column) = (row.saturating_add(1), 0);
        // fDyZero
        if flags & 0x10 != 0 {
            self.cells.worksheet.hidden_rows.push((self.row, self.row));
        }
    }

    /// §2.4.323 `BrtColInfo`
    fn columns(&mut self, data: &[u8]) {
        let fields = (
            u32_at(data, 0),
            u32_at(data, 4),
            u32_at(data, 8),
            u16_at(data, 16),
        );
        if let (Some(first), Some(last), Some(width), Some(flags)) = fields
            && (flags & 1 != 0 || width == 0)
            && first <= last
            && last < COLUMNS
        {
            let columns = (first + 1, last + 1);
            self.cells.worksheet.hidden_columns.push(columns);
        }
    }

    /// §2.4.51 `BrtBeginHeaderFooter`: flags, then header and footer of odd, even and first pages.
    fn margins(&mut self, data: &[u8]) {
        let mut at = 2;
        for margin in [Margin::Header, Margin::Footer].into_iter().cycle().take(6) {
            let Some((code, end)) = string_at(data, at) else {
                break;
            };
            self.cells
                .worksheet
                .add_margin(margin, margin::texts(&code));
            at = end;
        }
    }

    /// §2.4.700 `BrtMergeCell`
    fn merge(&mut self, data: &[u8]) -> Result<(), Error> {
        let ends = (
            u32_at(data, 0),
            u32_at(data, 4),
            u32_at(data, 8),
            u32_at(data, 12),
        );
        match ends {
            (Some(top), Some(bottom), Some(left), Some(right))
                if top <= bottom && left <= right && bottom < ROWS && right < COLUMNS =>
            {
                self.cells.worksheet.merge(CellRange {
                    row: top + 1,
                    column: left + 1,
                    rows: bottom - top + 1,
                    columns: right - left + 1,
                })
            }
            _ => {
                self.cells.lost += 1;
                Ok(())
            }
        }
    }

    /// A cell with the data behind its head.
    fn cell(&mut self, number: u16, head: Head, data: &[u8]) -> Result<(), Error> {
        if head.row == 0 || head.row > ROWS || head.column > COLUMNS {
            self.cells.lost += 1;
            return Ok(());
        }
        self.column = head.column;
        let formulas = number::FORMULA_STRING..=number::FORMULA_ERROR;
        self.cells.worksheet.formulas += u64::from(formulas.contains(&number));
        match number {
            number::CELL_RK => self.cells.number(head, u32_at(data, 0).map(rk)),
            number::CELL_REAL => self.cells.number(head, f64_at(data, 0)),
            number::FORMULA_NUMBER => self.cells.result(head, f64_at(data, 0)),
            number::CELL_ERROR | number::FORMULA_ERROR => match data.first() {
                Some(&code) => self.cells.error(head, code),
                None => self.cells.number(head, None),
            },
            number::CELL_BOOL | number::FORMULA_BOOL => match data.first() {
                Some(&value) => self.cells.truth(head, value),
                None => self.cells.number(head, None),
            },
            number::CELL_STRING | number::FORMULA_STRING => {
                let string = string_at(data, 0).map(|(text, _)| RunString::plain(text));
                self.string(head, string.as_ref())
            }
            number::CELL_RICH_STRING => self.string(head, rich_string(data, 0).as_ref()),
            number::CELL_SHARED => {
                let strings = self.strings;
                self.string(
                    head,
                    u32_at(data, 0).and_then(|index| strings.get(index as usize)),
                )
            }
            _ => self.cells.blank(head),
        }
    }

    fn string(&mut self, head: Head, string: Option<&RunString>) -> Result<(), Error> {
        let looks = self.cells.looks;
        let strike = |font: u16| {
            looks
                .fonts
                .get(usize::from(font))
                .copied()
                .unwrap_or(Strike::Live)
        };
        self.cells.string(head, string, strike)
    }
}
