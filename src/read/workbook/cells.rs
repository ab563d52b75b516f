//! Values as the binary formats store them -> cells of a worksheet as they are displayed.

use super::number_format::Epoch;
use super::run_string::RunString;
use super::style::{CellStyle, displayed};
use super::worksheet::{CellText, StoredCell, Strike, Worksheet};
use crate::error::Error;
use crate::note::{Note, What};
use crate::sheet::CellValue;

/// Where a cell stands and how it looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    /// 1-based.
    pub row: u32,
    /// 1-based.
    pub column: u32,
    /// Index of its style.
    pub style: usize,
}

/// What cells share in a workbook.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub epoch: Epoch,
    /// By the index that cells name.
    pub styles: Vec<CellStyle>,
    /// By the index that runs name.
    pub fonts: Vec<Strike>,
}

/// A worksheet that is being filled.
pub(super) struct Cells<'a> {
    pub looks: &'a Looks,
    pub worksheet: Worksheet,
    /// Records of cells and merges that are cut short or stand where no worksheet has a cell.
    pub lost: u64,
}

impl Cells<'_> {
    /// The worksheet, with a note if records were lost.
    pub(super) fn finish(mut self) -> Worksheet {
        if self.lost > 0 {
            let part = format!("「{}」", self.worksheet.name);
            let reason = format!("{} records", self.lost);
            let note = Note::new(What::PartNotRead { part, reason });
            self.worksheet.notes.push(note);
        }
        self.worksheet
    }

    fn style(&self, head: Head) -> Option<&CellStyle> {
        self.looks.styles.get(head.style)
    }

    fn font(&self, head: Head) -> Strike {
        self.style(head).map_or(Strike::Live, |style| style.strike)
    }

    fn note(&mut self, head: Head, what: What) {
        let place = self.worksheet.place(head.row, head.column);
        self.worksheet.notes.push(Note::new(what).at(Some(place)));
    }

    /// A string; `strike` says of each font whether it strikes.
    pub(super) fn string(
        &mut self,
        head: Head,
        string: Option<&RunString>,
        strike: impl Fn(u16) -> Strike,
    ) -> Result<(), Error> {
        let Some(string) = string else {
            let part = self.worksheet.place(head.row, head.column).to_string();
            self.note(
                head,
                What::PartNotRead {
                    part,
                    reason: "string".to_owned(),
                },
            );
            return Ok(());
        };
        let mut text = string.in_cell(self.font(head), strike);
        if let Some(format) = self.style(head).and_then(|style| style.format.as_ref()) {
            let shown = format.text(&text.text);
            text.surround(shown);
        }
        self.push(head, text, CellValue::Text)
    }

    /// A number; `None` where its record is cut short.
    pub(super) fn number(&mut self, head: Head, value: Option<f64>) -> Result<(), Error> {
        let Some(value) = value else {
            self.lost += 1;
            return Ok(());
        };
        let (shown, stored, note) = displayed(value, self.style(head), self.looks.epoch);
        let place = self.worksheet.place(head.row, head.column);
        self.worksheet
            .notes
            .extend(note.map(|note| note.at(Some(place)).about(shown.clone())));
        self.plain(head, shown, stored)
    }

    /// A truth value, 0 for false.
    pub(super) fn truth(&mut self, head: Head, value: u8) -> Result<(), Error> {
        let shown = if value == 0 { "FALSE" } else { "TRUE" };
        self.plain(head, shown.to_owned(), CellValue::Text)
    }

    /// An error value ([MS-XLS] §2.5.10, [MS-XLSB] §2.5.97.2).
    pub(super) fn error(&mut self, head: Head, code: u8) -> Result<(), Error> {
        let shown = error_text(code);
        self.note(
            head,
            What::CellError {
                value: shown.to_owned(),
            },
        );
        self.plain(head, shown.to_owned(), CellValue::Text)
    }

    /// A formula whose result is not stored.
    pub(super) fn without_result(&mut self, head: Head) -> Result<(), Error> {
        self.note(head, What::FormulaWithoutValue);
        self.blank(head)
    }

    /// A cell without a value, which may have a border.
    pub(super) fn blank(&mut self, head: Head) -> Result<(), Error> {
        self.push(head, CellText::default(), CellValue::Text)
    }

    fn plain(&mut self, head: Head, text: String, value: CellValue) -> Result<(), Error> {
        let mut text = CellText::plain(text);
        if self.font(head) == Strike::Struck {
            text.strike();
        }
        self.push(head, text, value)
    }

    fn push(&mut self, head: Head, text: CellText, value: CellValue) -> Result<(), Error> {
        if text.text.is_empty() && !self.style(head).is_some_and(|style| style.bordered) {
            return Ok(());
        }
        self.worksheet.push(StoredCell {
            row: head.row,
            column: head.column,
            text,
            value,
        })
    }
}

/// A number in four bytes ([MS-XLS] §2.5.217 RkNumber): 30 bits of an integer or a double, perhaps hundredths.
pub(super) fn rk(value: u32) -> f64 {
    let number = if value & 2 != 0 {
        f64::from((value as i32) >> 2)
    } else {
        f64::from_bits(u64::from(value & 0xffff_fffc) << 32)
    };
    if value & 1 != 0 {
        number / 100.0
    } else {
        number
    }
}

fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
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
