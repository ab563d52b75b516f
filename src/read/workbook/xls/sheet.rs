//! A worksheet substream ([MS-XLS] §2.1.7.20.6) -> a stored worksheet.

use super::super::style::displayed;
use super::super::worksheet::{CellText, StoredCell, Strike, Worksheet};
use super::comments::Comments;
use super::globals::Globals;
use super::record::{Record, Records, f64_at, number, u16_at, u32_at};
use super::string::{Length, Reader, RunString};
use crate::error::Error;
use crate::note::{Note, What};
use crate::place::CellRange;
use crate::read::limits;
use crate::sheet::CellValue;

/// Reads the substream of the worksheet with this index.
///
/// # Errors
/// The limit of cells.
pub(super) fn read(mut records: Records<'_>, globals: &Globals, index: usize) -> Result<Worksheet, Error> {
    let entry = globals.sheets.get(index);
    let mut worksheet = Worksheet::new(
        entry.map(|entry| entry.name.as_str()).unwrap_or_default(),
        entry.map_or(super::super::worksheet::Visibility::Visible, |entry| entry.visibility),
    );
    worksheet.title_rows = entry.and_then(|entry| entry.title_rows);
    let mut filling = Filling { globals, worksheet, waiting: None, comments: Comments::default() };
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
    let mut worksheet = filling.worksheet;
    worksheet.comments = filling.comments.finish();
    if !ended || records.cut {
        let part = format!("「{}」", worksheet.name);
        worksheet.notes.push(Note::new(What::PartNotRead { part, reason: "xls: EOF".to_owned() }));
    }
    Ok(worksheet)
}

/// Row, column and style that cell records begin with.
#[derive(Clone, Copy)]
struct Head {
    row: u32,
    column: u32,
    style: u16,
}

impl Head {
    fn of(data: &[u8]) -> Option<Self> {
        Some(Self { row: u32::from(u16_at(data, 0)?) + 1, column: u32::from(u16_at(data, 2)?) + 1, style: u16_at(data, 4)? })
    }
}

struct Filling<'a> {
    globals: &'a Globals,
    worksheet: Worksheet,
    /// A formula whose string result stands in a record of its own.
    waiting: Option<Head>,
    comments: Comments,
}

impl Filling<'_> {
    fn record(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let data = record.data;
        match record.number {
            number::ROW => {
                if let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12)) {
                    // fDyZero (§2.4.221)
                    if flags & 0x0020 != 0 {
                        self.worksheet.hidden_rows.push((u32::from(row) + 1, u32::from(row) + 1));
                    }
                }
            }
            number::COLINFO => self.columns(data),
            number::MERGECELLS => self.merges(data),
            number::STRING => {
                if let Some(head) = self.waiting.take() {
                    let string = Reader::new(record, 0).string(self.globals.biff, Length::Word);
                    self.string(head, string.as_ref())?;
                }
            }
            number::NOTE | number::OBJ | number::TXO => self.comments.record(record),
            _ => self.cell(record)?,
        }
        Ok(())
    }

    /// §2.4.53
    fn columns(&mut self, data: &[u8]) {
        let fields = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4), u16_at(data, 8));
        if let (Some(first), Some(last), Some(width), Some(flags)) = fields {
            if flags & 0x0001 != 0 || width == 0 {
                self.worksheet.hidden_columns.push((u32::from(first) + 1, u32::from(last) + 1));
            }
        }
    }

    /// §2.4.168
    fn merges(&mut self, data: &[u8]) {
        let count = u16_at(data, 0).unwrap_or(0);
        for at in (0..usize::from(count)).map(|index| 2 + index * 8) {
            let ends = (u16_at(data, at), u16_at(data, at + 2), u16_at(data, at + 4), u16_at(data, at + 6));
            let (Some(top), Some(bottom), Some(left), Some(right)) = ends else { return };
            if top > bottom || left > right || self.worksheet.merges.len() >= limits::CELLS {
                continue;
            }
            self.worksheet.merges.push(CellRange {
                row: u32::from(top) + 1,
                column: u32::from(left) + 1,
                rows: u32::from(bottom - top) + 1,
                columns: u32::from(right - left) + 1,
            });
        }
    }

    fn cell(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let data = record.data;
        let Some(head) = Head::of(data) else { return Ok(()) };
        match record.number {
            number::LABELSST => {
                let globals = self.globals;
                let string = u32_at(data, 6).and_then(|index| globals.strings.get(index as usize));
                if string.is_none() {
                    self.unread(head, "SST");
                }
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
            number::NUMBER => f64_at(data, 6).map_or(Ok(()), |value| self.number(head, value)),
            number::RK => u32_at(data, 6).map_or(Ok(()), |value| self.number(head, rk(value))),
            number::MULRK => self.each(data, 6, |this, head, at| {
                u32_at(data, at + 2).map_or(Ok(()), |value| this.number(head, rk(value)))
            }),
            number::MULBLANK => self.each(data, 2, |this, head, _| this.push(head, CellText::default(), CellValue::Text)),
            number::BLANK => self.push(head, CellText::default(), CellValue::Text),
            number::BOOLERR => self.truth(head, data.get(6).copied(), data.get(7) == Some(&1)),
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
        let Some(head) = Head::of(data) else { return Ok(()) };
        let count = data.len().saturating_sub(6) / size;
        for index in 0..count {
            let at = 4 + index * size;
            let Some(style) = u16_at(data, at) else { break };
            fill(self, Head { column: head.column + index as u32, style, ..head }, at)?;
        }
        Ok(())
    }

    /// §2.4.127: the cached result of a formula.
    fn formula(&mut self, head: Head, data: &[u8]) -> Result<(), Error> {
        self.flush()?;
        if u16_at(data, 12) != Some(0xffff) {
            return f64_at(data, 6).map_or(Ok(()), |value| self.number(head, value));
        }
        match data.get(6) {
            Some(0) => {
                self.waiting = Some(head);
                Ok(())
            }
            Some(1) => self.truth(head, data.get(8).copied(), false),
            Some(2) => self.truth(head, data.get(8).copied(), true),
            _ => self.push(head, CellText::default(), CellValue::Text),
        }
    }

    /// A formula whose string never came.
    fn flush(&mut self) -> Result<(), Error> {
        let Some(head) = self.waiting.take() else { return Ok(()) };
        let place = self.worksheet.place(head.row, head.column);
        self.worksheet.notes.push(Note::new(What::FormulaWithoutValue).at(Some(place)));
        self.push(head, CellText::default(), CellValue::Text)
    }

    fn unread(&mut self, head: Head, reason: &str) {
        let place = self.worksheet.place(head.row, head.column);
        let part = place.to_string();
        let note = Note::new(What::PartNotRead { part, reason: format!("xls: {reason}") });
        self.worksheet.notes.push(note.at(Some(place)));
    }

    fn string(&mut self, head: Head, string: Option<&RunString>) -> Result<(), Error> {
        let globals = self.globals;
        let style = globals.styles.get(usize::from(head.style));
        let font = style.map_or(Strike::Live, |style| style.strike);
        let mut text = string.map(|string| string.in_cell(font, |font| globals.strike(font))).unwrap_or_default();
        if let Some(format) = style.and_then(|style| style.format.as_ref()) {
            let shown = format.text(&text.text);
            text.surround(shown);
        }
        self.push(head, text, CellValue::Text)
    }

    fn number(&mut self, head: Head, value: f64) -> Result<(), Error> {
        let style = self.globals.styles.get(usize::from(head.style));
        let (shown, stored, note) = displayed(value, style, self.globals.epoch);
        let place = self.worksheet.place(head.row, head.column);
        self.worksheet.notes.extend(note.map(|note| note.at(Some(place)).about(shown.clone())));
        self.plain(head, shown, stored)
    }

    fn truth(&mut self, head: Head, value: Option<u8>, is_error: bool) -> Result<(), Error> {
        let shown = match (is_error, value) {
            (false, Some(0)) => "FALSE",
            (false, _) => "TRUE",
            (true, value) => error_text(value),
        };
        if is_error {
            let place = self.worksheet.place(head.row, head.column);
            self.worksheet.notes.push(Note::new(What::CellError { value: shown.to_owned() }).at(Some(place)));
        }
        self.plain(head, shown.to_owned(), CellValue::Text)
    }

    fn plain(&mut self, head: Head, text: String, value: CellValue) -> Result<(), Error> {
        let mut text = CellText::plain(text);
        if self.globals.styles.get(usize::from(head.style)).is_some_and(|style| style.strike == Strike::Struck) {
            text.strike();
        }
        self.push(head, text, value)
    }

    fn push(&mut self, head: Head, text: CellText, value: CellValue) -> Result<(), Error> {
        let bordered = self.globals.styles.get(usize::from(head.style)).is_some_and(|style| style.bordered);
        if text.text.is_empty() && !bordered {
            return Ok(());
        }
        self.worksheet.push(StoredCell { row: head.row, column: head.column, text, value })
    }
}

/// A number in four bytes (§2.5.217 RkNumber): 30 bits of an integer or of a double, perhaps hundredths.
fn rk(value: u32) -> f64 {
    let number = if value & 2 != 0 {
        f64::from((value as i32) >> 2)
    } else {
        f64::from_bits(u64::from(value & 0xffff_fffc) << 32)
    };
    if value & 1 != 0 { number / 100.0 } else { number }
}

/// §2.5.10 Bes
fn error_text(code: Option<u8>) -> &'static str {
    match code {
        Some(0x00) => "#NULL!",
        Some(0x07) => "#DIV/0!",
        Some(0x0f) => "#VALUE!",
        Some(0x17) => "#REF!",
        Some(0x1d) => "#NAME?",
        Some(0x24) => "#NUM!",
        Some(0x2a) => "#N/A",
        _ => "#ERROR!",
    }
}

#[cfg(test)]
mod tests {
    use super::rk;

    #[test]
    #[allow(clippy::float_cmp)]
    fn rk_numbers() {
        assert_eq!(rk(0x3ff0_0000), 1.0);
        assert_eq!(rk(0x3ff0_0001), 0.01);
        assert_eq!(rk((7 << 2) | 2), 7.0);
        assert_eq!(rk(((-3i32) << 2) as u32 | 2), -3.0);
        assert_eq!(rk((125 << 2) | 3), 1.25);
    }
}
