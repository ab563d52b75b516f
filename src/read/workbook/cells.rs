//! Values as the binary formats store them -> cells of a worksheet as they are displayed.

use super::number_format::{Epoch, NumberFormat, general, serial_of};
use super::run_string::RunString;
use super::style::{CellStyle, displayed};
use super::worksheet::{CellText, Sides, StoredCell, Strike, Unseen, WhyUnseen, Worksheet};
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
    pub results: Results,
}

/// Whether the results of formulas that a file stores are results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Results {
    /// A program calculated them.
    #[default]
    Calculated,
    /// The file asks the program that opens it to calculate all (`fullCalcOnLoad`): a 0 is a placeholder.
    ToBeCalculated,
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

    pub(super) fn style(&self, head: Head) -> Option<&CellStyle> {
        self.looks.styles.get(head.style)
    }

    pub(super) fn font(&self, head: Head) -> Strike {
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
        let text = string.in_cell(self.font(head), strike);
        self.text(head, text)
    }

    /// A text, as its cell's format displays it.
    pub(super) fn text(&mut self, head: Head, mut text: CellText) -> Result<(), Error> {
        let format = self.style(head).and_then(|style| style.format.as_ref());
        let shown = format.map(|format| format.text(&text.text));
        let mut unseen = None;
        if let Some(shown) = shown.filter(|shown| *shown != text.text) {
            if !shown.contains(&text.text) {
                unseen = Some(text.text.clone());
            }
            text.surround(shown);
        }
        self.push(head, text, CellValue::Text, unseen)
    }

    /// A number; `None` where its record is cut short.
    pub(super) fn number(&mut self, head: Head, value: Option<f64>) -> Result<(), Error> {
        let Some(value) = value else {
            self.lost += 1;
            return Ok(());
        };
        self.displayed(head, value, self.style(head).cloned().as_ref())
    }

    /// The number that a formula gave.
    pub(super) fn result(&mut self, head: Head, value: Option<f64>) -> Result<(), Error> {
        match (self.looks.results, value) {
            (Results::ToBeCalculated, Some(0.0)) => self.without_result(head),
            _ => self.number(head, value),
        }
    }

    /// A number as a style displays it.
    pub(super) fn displayed(
        &mut self,
        head: Head,
        value: f64,
        style: Option<&CellStyle>,
    ) -> Result<(), Error> {
        let (shown, stored, note) = displayed(value, style, self.looks.epoch);
        let place = self.worksheet.place(head.row, head.column);
        self.worksheet
            .notes
            .extend(note.map(|note| note.at(Some(place)).about(shown.clone())));
        let shows_nothing = style.and_then(|style| style.format.as_ref());
        if shows_nothing.is_some_and(NumberFormat::shows_nothing) {
            return self.push(head, CellText::default(), stored, Some(general(value)));
        }
        self.plain(head, shown, stored)
    }

    /// A day or moment in ISO 8601.
    pub(super) fn moment(&mut self, head: Head, text: &str) -> Result<(), Error> {
        let Some(serial) = serial_of(text) else {
            return self.text(head, CellText::plain(text));
        };
        let serial = if self.looks.epoch == Epoch::From1904 {
            serial - 1_462.0
        } else {
            serial
        };
        let mut style = self.style(head).cloned().unwrap_or_default();
        if matches!(style.code.as_str(), "" | "General") {
            style = CellStyle::new("yyyy/m/d", Strike::Live, style.sides);
        }
        self.displayed(head, serial, Some(&style))
    }

    /// A truth value, 0 for false.
    pub(super) fn truth(&mut self, head: Head, value: u8) -> Result<(), Error> {
        let style = self.style(head).map(|style| style.truth);
        let shown = style.unwrap_or_default().displayed(value != 0);
        self.plain(head, shown.to_owned(), CellValue::Text)
    }

    /// An error value ([MS-XLS] §2.5.10, [MS-XLSB] §2.5.97.2).
    pub(super) fn error(&mut self, head: Head, code: u8) -> Result<(), Error> {
        self.error_text(head, error_text(code))
    }

    /// An error value by its name.
    pub(super) fn error_text(&mut self, head: Head, shown: &str) -> Result<(), Error> {
        self.note(
            head,
            What::CellError {
                value: shown.to_owned(),
            },
        );
        self.plain(head, shown.to_owned(), CellValue::Text)
    }

    /// A picture, or a value that only Excel can show, in the place of the cell's text.
    pub(super) fn picture(&mut self, head: Head) -> Result<(), Error> {
        self.note(head, What::PictureInCell);
        self.blank(head)
    }

    /// A formula whose result is not stored.
    pub(super) fn without_result(&mut self, head: Head) -> Result<(), Error> {
        self.note(head, What::FormulaWithoutValue);
        self.blank(head)
    }

    /// A cell without a value, which may have a border.
    pub(super) fn blank(&mut self, head: Head) -> Result<(), Error> {
        self.push(head, CellText::default(), CellValue::Text, None)
    }

    fn plain(&mut self, head: Head, text: String, value: CellValue) -> Result<(), Error> {
        let mut text = CellText::plain(text);
        if self.font(head) == Strike::Struck {
            text.strike();
        }
        self.push(head, text, value, None)
    }

    fn push(
        &mut self,
        head: Head,
        mut text: CellText,
        value: CellValue,
        unseen: Option<String>,
    ) -> Result<(), Error> {
        let style = self.style(head);
        let sides = style.map_or(Sides::NONE, |style| style.sides);
        let mut why = WhyUnseen::Format;
        let mut unseen = unseen;
        if unseen.is_none() && !text.text.is_empty() && style.is_some_and(CellStyle::hides_text) {
            (unseen, why) = (Some(std::mem::take(&mut text).text), WhyUnseen::Colour);
        }
        if text.text.is_empty() && unseen.is_none() && !sides.any() {
            return Ok(());
        }
        self.worksheet.push(StoredCell {
            row: head.row,
            column: head.column,
            text,
            value,
            sides,
            unseen: unseen.map(|text| Box::new(Unseen { text, why })),
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
