//! A worksheet substream ([MS-XLS] §2.1.7.20.6) -> a stored worksheet.

use super::super::cells::{Cells, Head, rk};
use super::super::margin;
use super::super::run_string::RunString;
use super::super::worksheet::{Strike, Visibility, Worksheet};
use super::comments::Comments;
use super::globals::Globals;
use super::record::{Record, Records, f64_at, number, u16_at, u32_at};
use super::string::{Biff, Length, Reader};
use crate::error::Error;
use crate::note::{Note, What};
use crate::place::{CellRange, Margin};

/// Reads the substream of the worksheet with this index.
///
/// # Errors
/// The limit of cells.
pub(super) fn read(
    mut records: Records<'_>,
    globals: &Globals,
    index: usize,
) -> Result<Worksheet, Error> {
    let entry = globals.sheets.get(index);
    let mut worksheet = Worksheet::new(
        entry.map(|entry| entry.name.as_str()).unwrap_or_default(),
        entry.map_or(Visibility::Visible, |entry| entry.visibility),
    );
    worksheet.title_rows = entry.and_then(|entry| entry.title_rows);
    worksheet.print_areas = entry
        .map(|entry| entry.print_areas.clone())
        .unwrap_or_default();
    let cells = Cells {
        looks: &globals.looks,
        worksheet,
        lost: 0,
    };
    let mut filling = Filling {
        globals,
        cells,
        waiting: None,
        comments: Comments::default(),
        uncalculated: false,
        placeholders: Vec::new(),
        was_calculated: false,
        filters: false,
    };
    let mut depth = 0u32;
    let mut ended = false;
    for record in records.by_ref() {
        match record.number {
            number::BOF => depth += 1,
            number::EOF => {
                depth = depth.saturating_sub(1);
                ended = depth == 0;
                if ended {
                    break;
                }
            }
            // What is deeper belongs to an embedded chart.
            _ if depth == 1 => filling.record(&record)?,
            _ => {}
        }
    }
    filling.flush()?;
    filling.end_of_formulas()?;
    let mut worksheet = filling.cells.finish();
    let filter = entry
        .and_then(|entry| entry.filter)
        .filter(|_| filling.filters);
    if let Some(range) = filter {
        worksheet.set_filter((range.row + 1, range.row + range.rows - 1));
    }
    let mut comments = filling.comments;
    worksheet.add_shapes(std::mem::take(&mut comments.shapes));
    if !comments.unread.is_empty() {
        let part = format!("「{}」の図形の文字", worksheet.name);
        let reason = "BIFF5 OBJ".to_owned();
        worksheet
            .notes
            .push(Note::new(What::PartNotRead { part, reason }));
    }
    worksheet.comments = comments.finish();
    if !ended || records.cut {
        let part = format!("「{}」", worksheet.name);
        worksheet.notes.push(Note::new(What::PartNotRead {
            part,
            reason: "xls: EOF".to_owned(),
        }));
    }
    Ok(worksheet)
}

/// Columns of a worksheet (§2.5.51 `ColU`).
const COLUMNS: u32 = 256;

/// Whether a record is that of a cell or of several.
fn is_cell(number: u16) -> bool {
    matches!(
        number,
        number::LABELSST
            | number::LABEL
            | number::RSTRING
            | number::NUMBER
            | number::RK
            | number::MULRK
            | number::MULBLANK
            | number::BLANK
            | number::BOOLERR
            | number::FORMULA
    )
}

/// Row, column and style that cell records begin with.
fn head_of(data: &[u8]) -> Option<Head> {
    Some(Head {
        row: u32::from(u16_at(data, 0)?) + 1,
        column: u32::from(u16_at(data, 2)?) + 1,
        style: usize::from(u16_at(data, 4)?),
    })
}

struct Filling<'a> {
    globals: &'a Globals,
    cells: Cells<'a>,
    /// A formula whose string result stands in a record of its own.
    waiting: Option<Head>,
    comments: Comments,
    /// The sheet says that its formulas were not calculated (§2.4.331 Uncalced).
    uncalculated: bool,
    /// Formulas whose result is 0 or an empty string, and that stand in no chain of calculation.
    placeholders: Vec<(Head, Option<f64>)>,
    /// Whether any formula has another result, or a place in such a chain.
    was_calculated: bool,
    /// Something is asked of its filter (§2.4.117 `FilterMode`).
    filters: bool,
}

impl Filling<'_> {
    fn record(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let data = record.data;
        match record.number {
            number::ROW => {
                if let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12)) {
                    // fDyZero (§2.4.221)
                    if flags & 0x0020 != 0 {
                        self.cells
                            .worksheet
                            .hidden_rows
                            .push((u32::from(row) + 1, u32::from(row) + 1));
                    }
                }
            }
            number::HEADER => self.margin(record, Margin::Header),
            number::FOOTER => self.margin(record, Margin::Footer),
            number::FILTERMODE => self.filters = true,
            number::UNCALCED => self.uncalculated = true,
            number::COLINFO => self.columns(data),
            number::MERGECELLS => self.merges(data)?,
            number::STRING => {
                if let Some(head) = self.waiting.take() {
                    let string = Reader::new(record, 0).string(self.globals.biff, Length::Word);
                    self.string(head, string.as_ref())?;
                }
            }
            number::NOTE | number::OBJ | number::TXO | number::MSODRAWING => {
                self.comments.record(record, self.globals.biff);
            }
            _ => self.cell(record)?,
        }
        Ok(())
    }

    /// §2.4.136, §2.4.124
    fn margin(&mut self, record: &Record<'_>, margin: Margin) {
        let length = if self.globals.biff == Biff::Eight {
            Length::Word
        } else {
            Length::Byte
        };
        if let Some(code) = Reader::new(record, 0).string(self.globals.biff, length) {
            let code = code.in_cell(Strike::Live, |_| Strike::Live).text;
            self.cells
                .worksheet
                .add_margin(margin, margin::texts(&code));
        }
    }

    /// §2.4.53
    fn columns(&mut self, data: &[u8]) {
        let fields = (
            u16_at(data, 0),
            u16_at(data, 2),
            u16_at(data, 4),
            u16_at(data, 8),
        );
        if let (Some(first), Some(last), Some(width), Some(_)) = fields {
            let columns = (u32::from(first) + 1, u32::from(last) + 1);
            self.cells
                .worksheet
                .set_width(columns, f64::from(width) / 256.0);
        }
        if let (Some(first), Some(last), Some(width), Some(flags)) = fields
            && (flags & 0x0001 != 0 || width == 0)
        {
            let columns = (u32::from(first) + 1, u32::from(last) + 1);
            self.cells.worksheet.hidden_columns.push(columns);
        }
    }

    /// §2.4.168
    fn merges(&mut self, data: &[u8]) -> Result<(), Error> {
        let count = u16_at(data, 0).unwrap_or(0);
        for at in (0..usize::from(count)).map(|index| 2 + index * 8) {
            let ends = (
                u16_at(data, at),
                u16_at(data, at + 2),
                u16_at(data, at + 4),
                u16_at(data, at + 6),
            );
            let (Some(top), Some(bottom), Some(left), Some(right)) = ends else {
                self.cells.lost += 1;
                break;
            };
            if top > bottom || left > right || u32::from(right) >= COLUMNS {
                self.cells.lost += 1;
                continue;
            }
            self.cells.worksheet.merge(CellRange {
                row: u32::from(top) + 1,
                column: u32::from(left) + 1,
                rows: u32::from(bottom - top) + 1,
                columns: u32::from(right - left) + 1,
            })?;
        }
        Ok(())
    }

    fn cell(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let data = record.data;
        if !is_cell(record.number) {
            return Ok(());
        }
        let Some(head) = head_of(data).filter(|head| head.column <= COLUMNS) else {
            self.cells.lost += 1;
            return Ok(());
        };
        match record.number {
            number::LABELSST => {
                let globals = self.globals;
                let string = u32_at(data, 6).and_then(|index| globals.strings.get(index as usize));
                self.string(head, string)
            }
            number::LABEL => {
                let string = Reader::new(record, 6).string(self.globals.biff, Length::Word);
                self.string(head, string.as_ref())
            }
            number::RSTRING => {
                let string = Reader::new(record, 6).rich_string(self.globals.biff);
                self.string(head, string.as_ref())
            }
            number::NUMBER => self.cells.number(head, f64_at(data, 6)),
            number::RK => self.cells.number(head, u32_at(data, 6).map(rk)),
            number::MULRK => self.each(data, 6, |this, head, at| {
                this.cells.number(head, u32_at(data, at + 2).map(rk))
            }),
            number::MULBLANK => self.each(data, 2, |this, head, _| this.cells.blank(head)),
            number::BLANK => self.cells.blank(head),
            number::BOOLERR => match (data.get(6), data.get(7)) {
                (Some(&code), Some(1)) => self.cells.error(head, code),
                (Some(&value), _) => self.cells.truth(head, value),
                (None, _) => self.cells.number(head, None),
            },
            number::FORMULA => self.formula(head, data),
            _ => Ok(()),
        }
    }

    /// The cells of a record for several columns: style and value, `size` bytes each, from offset 4 on.
    fn each(
        &mut self,
        data: &[u8],
        size: usize,
        mut fill: impl FnMut(&mut Self, Head, usize) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(head) = head_of(data) else {
            return Ok(());
        };
        let count = data.len().saturating_sub(6) / size;
        for index in 0..count {
            let at = 4 + index * size;
            let Some(style) = u16_at(data, at) else { break };
            if head.column + index as u32 > COLUMNS {
                self.cells.lost += 1;
                break;
            }
            fill(
                self,
                Head {
                    column: head.column + index as u32,
                    style: usize::from(style),
                    ..head
                },
                at,
            )?;
        }
        Ok(())
    }

    /// §2.4.127: the cached result of a formula.
    fn formula(&mut self, head: Head, data: &[u8]) -> Result<(), Error> {
        self.flush()?;
        self.cells.worksheet.formulas += 1;
        // fAlwaysCalc: the writer left the calculation to the program that opens the file.
        let to_be_calculated =
            u16_at(data, 14).is_some_and(|flags| flags & 0x0001 != 0) || self.uncalculated;
        let is_number = u16_at(data, 12) != Some(0xffff);
        let value = f64_at(data, 6).filter(|_| is_number);
        let is_placeholder = value == Some(0.0) || !is_number && data.get(6) == Some(&3);
        if is_placeholder && to_be_calculated {
            return self.cells.without_result(head);
        }
        // A program that calculates gives the formula a place in the chain of calculation.
        if is_placeholder && u32_at(data, 16) == Some(0) {
            self.placeholders.push((head, value));
            return Ok(());
        }
        self.was_calculated = true;
        if is_number {
            return self.cells.number(head, value);
        }
        match (data.get(6), data.get(8)) {
            (Some(0), _) => {
                self.waiting = Some(head);
                Ok(())
            }
            (Some(1), Some(&value)) => self.cells.truth(head, value),
            (Some(2), Some(&code)) => self.cells.error(head, code),
            _ => self.cells.blank(head),
        }
    }

    /// Writers that calculate nothing store 0 or an empty string for every formula: where none has anything else, none
    /// has a result.
    fn end_of_formulas(&mut self) -> Result<(), Error> {
        for (head, value) in std::mem::take(&mut self.placeholders) {
            match value {
                _ if !self.was_calculated => self.cells.without_result(head)?,
                Some(value) => self.cells.number(head, Some(value))?,
                None => self.cells.blank(head)?,
            }
        }
        Ok(())
    }

    /// A formula whose string never came.
    fn flush(&mut self) -> Result<(), Error> {
        self.waiting
            .take()
            .map_or(Ok(()), |head| self.cells.without_result(head))
    }

    fn string(&mut self, head: Head, string: Option<&RunString>) -> Result<(), Error> {
        let globals = self.globals;
        self.cells.string(head, string, |font| globals.strike(font))
    }
}
