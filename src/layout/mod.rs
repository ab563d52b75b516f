//! Sheets -> documents: which layout they follow, and what each cell means there.

pub mod definition;
pub mod known;

use crate::document::value::Municipality;
use crate::document::{Import, Source};
use crate::error::{Error, Problem};
use crate::sheet::Reading;
use definition::Layout;

/// The layouts that a file is held against: the built-in ones and the user's own.
#[derive(Debug, Clone, Default)]
pub struct Layouts {
    /// A user's own, which win ties.
    pub own: Vec<Layout>,
}

/// What the caller knows about a file that its sheets may not say.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The fiscal year where the document does not say: the calendar year of its April.
    pub fiscal_year: Option<i32>,
    /// The municipality.
    pub municipality: Option<Municipality>,
}

/// How well a layout fits a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetScores {
    /// Index into [`Reading::sheets`].
    pub sheet: usize,
    /// Layout names with their scores from 0 to 1, best first.
    pub scores: Vec<(String, f64)>,
}

/// How well each layout fits each sheet.
pub fn scores(_reading: &Reading, _layouts: &Layouts) -> Vec<SheetScores> {
    Vec::new()
}

/// Sheets -> documents.
///
/// # Errors
/// [`Problem::NoLayout`] if nothing was recognised.
pub fn import(
    _reading: Reading,
    _source: Source,
    _layouts: &Layouts,
    _options: &ImportOptions,
) -> Result<Import, Error> {
    Err(Problem::NoLayout { candidates: String::new() }.into())
}
