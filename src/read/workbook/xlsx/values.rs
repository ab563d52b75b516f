//! The cells of a worksheet part -> a stored worksheet.

use super::super::cells::{Cells, Head};
use super::super::worksheet::CellText;
use super::sheet::{Mark, Value};
use super::strings::{RichText, unescape};
use crate::error::Error;

/// A worksheet that is being filled.
pub(super) struct Filling<'a> {
    pub cells: Cells<'a>,
    pub strings: &'a [RichText],
    /// Cells with a value, and how many of them were read.
    pub stored: u64,
    pub read: u64,
    /// The first value that could not be read, and where.
    pub unread: Option<String>,
}

impl Filling<'_> {
    /// Adds one cell.
    ///
    /// # Errors
    /// The limit of cells.
    pub(super) fn cell(&mut self, mark: &Mark) -> Result<(), Error> {
        let head = Head {
            row: mark.row,
            column: mark.column,
            style: mark.style,
        };
        let counts = !matches!(mark.value, Value::None | Value::FormulaAlone);
        self.stored += u64::from(counts);
        if !mark.within_sheet {
            self.note_unread(head, "");
            return Ok(());
        }
        self.read += u64::from(counts);
        match &mark.value {
            Value::None => self.cells.blank(head),
            Value::FormulaAlone => self.cells.without_result(head),
            Value::Number(value) if mark.formula => self.cells.result(head, Some(*value)),
            Value::Number(value) => self.cells.number(head, Some(*value)),
            Value::Truth(value) => self.cells.truth(head, u8::from(*value)),
            // Programs that cannot show the value show this error in its place.
            Value::Error(error) if mark.refers && error == "#VALUE!" => self.cells.picture(head),
            Value::Error(error) => self.cells.error_text(head, error),
            Value::Moment(text) => self.cells.moment(head, text),
            Value::Inline(rich) => self.string(head, rich, mark.shows_readings),
            Value::Result(text) => self.string(head, &RichText::plain(unescape(text)), false),
            Value::Shared(index) => match self.strings.get(*index) {
                Some(rich) => self.string(head, rich, mark.shows_readings),
                None => self.unreadable(head, &index.to_string()),
            },
            Value::Unreadable(text) => self.unreadable(head, text),
        }
    }

    fn note_unread(&mut self, head: Head, text: &str) {
        let column = crate::place::column_letters(head.column);
        self.unread
            .get_or_insert_with(|| format!("{column}{}: {text}", head.row));
    }

    fn unreadable(&mut self, head: Head, text: &str) -> Result<(), Error> {
        self.read -= 1;
        self.note_unread(head, text);
        self.cells.blank(head)
    }

    fn string(&mut self, head: Head, rich: &RichText, shows_readings: bool) -> Result<(), Error> {
        let mut text: CellText = rich.in_cell(self.cells.font(head));
        if shows_readings {
            text.readings = rich.readings(&text);
        }
        self.cells.text(head, text)
    }
}
