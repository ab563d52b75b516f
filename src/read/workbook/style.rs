//! A cell's style, in any workbook format, and what a number displays in it.

use super::number_format::{Epoch, NumberFormat, general};
use super::worksheet::{Sides, Strike};
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
    /// The sides that are drawn.
    pub sides: Sides,
    /// The colour of its text.
    pub ink: Colour,
    /// The colour behind it.
    pub ground: Ground,
    /// How it displays a truth value.
    pub truth: Truth,
}

/// How a truth value is displayed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    /// As a word.
    #[default]
    Word,
    /// As a check box in the cell.
    CheckBox,
}

impl Truth {
    pub(super) fn displayed(self, value: bool) -> &'static str {
        match (self, value) {
            (Self::Word, true) => "TRUE",
            (Self::Word, false) => "FALSE",
            (Self::CheckBox, true) => "☑",
            (Self::CheckBox, false) => "☐",
        }
    }
}

impl CellStyle {
    /// From a format code.
    pub(super) fn new(code: &str, strike: Strike, sides: Sides) -> Self {
        Self {
            code: code.to_owned(),
            format: NumberFormat::parse(code),
            strike,
            sides,
            ..Self::default()
        }
    }

    /// Whether its text has the colour of what is behind it.
    pub(super) fn hides_text(&self) -> bool {
        match self.ground {
            Ground::Paper => self.ink == Colour::WHITE,
            Ground::Filled(fill) => self.ink == fill && fill != Colour::Unknown,
            Ground::Pattern => false,
        }
    }
}

/// A colour, as far as it can be told without the file's theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Colour {
    /// The system's colour of text, or none is said.
    #[default]
    Automatic,
    /// Red, green and blue, a byte each.
    Rgb(u32),
    /// A place in the theme, and its tint as it is written.
    Theme(u32, i32),
    /// Not told.
    Unknown,
}

impl Colour {
    /// The paper's.
    pub(super) const WHITE: Self = Self::Rgb(0x00ff_ffff);

    /// From the palette of 64 colours that Excel 97 began with (ECMA-376-1 §18.8.27, [MS-XLS] §2.5.161); the first
    /// eight stand there twice.
    pub(super) fn indexed(index: u32) -> Self {
        match index {
            0 | 8 | 64 => Self::Rgb(0),
            1 | 9 | 65 => Self::WHITE,
            2..=7 => Self::Theme(1_000 + index + 8, 0),
            10..=63 => Self::Theme(1_000 + index, 0),
            0x7fff => Self::Automatic,
            _ => Self::Unknown,
        }
    }

    /// From a theme's list (ECMA-376-1 §18.8.3): the first is the paper's, the second the text's.
    pub(super) fn of_theme(place: u32, tint: f64) -> Self {
        match (place, (tint * 1_000.0) as i32) {
            (0, 0) => Self::WHITE,
            (1, 0) => Self::Rgb(0),
            (place, tint) => Self::Theme(place, tint),
        }
    }

    /// From `RRGGBB` or `AARRGGBB`, perhaps after `#`.
    pub(super) fn hexadecimal(text: &str) -> Self {
        let digits = text.trim().trim_start_matches('#');
        match u32::from_str_radix(digits, 16) {
            Ok(value) if matches!(digits.len(), 6 | 8) => Self::Rgb(value & 0x00ff_ffff),
            _ => Self::Unknown,
        }
    }
}

/// What a cell's text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ground {
    #[default]
    Paper,
    Filled(Colour),
    Pattern,
}

impl Ground {
    /// A solid fill; one of the paper's colour is as good as none.
    pub(super) fn solid(colour: Colour) -> Self {
        if colour == Colour::WHITE || colour == Colour::Automatic {
            Self::Paper
        } else {
            Self::Filled(colour)
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
