//! A cell's style, in any workbook format, and what a number displays in it.

use super::number_format::{Epoch, NumberFormat, general};
use super::worksheet::Strike;
use crate::note::{Note, What};
use crate::sheet::CellValue;

/// What matters of a cell's style.
#[derive(Debug, Default, Clone)]
pub(super) struct CellStyle {
    /// The format code as the file has it.
    pub code: String,
    /// `None` if the code is not understood.
    pub format: Option<NumberFormat>,
    pub strike: Strike,
    /// Whether any side has a border.
    pub bordered: bool,
}

impl CellStyle {
    /// From a format code.
    pub(super) fn new(code: &str, strike: Strike, bordered: bool) -> Self {
        Self {
            code: code.to_owned(),
            format: NumberFormat::parse(code),
            strike,
            bordered,
        }
    }
}

/// A number as its style displays it, and a note if the style's format is not understood.
pub(super) fn displayed(
    value: f64,
    style: Option<&CellStyle>,
    epoch: Epoch,
) -> (String, CellValue, Option<Note>) {
    let Some(style) = style else {
        return (general(value), CellValue::Number(value), None);
    };
    let shown = style
        .format
        .as_ref()
        .and_then(|format| format.number(value, epoch));
    if let Some(shown) = shown {
        let stored = shown
            .day
            .map_or(CellValue::Number(value), |(year, month, day)| {
                CellValue::Day(year, month, day)
            });
        return (shown.text, stored, None);
    }
    let note = Note::new(What::NumberFormatNotRead {
        format: style.code.clone(),
    });
    (general(value), CellValue::Number(value), Some(note))
}
