//! The workbook, styles and shared strings parts ([MS-XLSB] §2.1.7) -> what all sheets share.

use std::collections::BTreeMap;

use super::super::cells::Results;
use super::super::number_format::{Epoch, builtin_code};
use super::super::run_string::RunString;
use super::super::style::{CellStyle, Colour, Ground};
use super::super::worksheet::{Rule, Sides, Strike, Visibility};
use super::record::{Records, number, string_at, u16_at, u32_at, units_at};
use crate::read::limits;

/// The workbook part.
pub(super) struct Bundle {
    pub epoch: Epoch,
    pub results: Results,
    pub sheets: Vec<BundleSheet>,
}

/// A sheet as the workbook part names it (§2.4.307 `BrtBundleSh`).
pub(super) struct BundleSheet {
    pub name: String,
    pub visibility: Visibility,
    pub relationship: String,
    /// Rows that are printed again on each page, 1-based.
    pub title_rows: Option<(u32, u32)>,
}

impl Bundle {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut bundle = Self {
            epoch: Epoch::From1900,
            results: Results::Calculated,
            sheets: Vec::new(),
        };
        for (number, data) in Records::new(bytes) {
            match number {
                number::WORKBOOK_PROPERTIES
                    if u32_at(data, 0).is_some_and(|flags| flags & 1 != 0) =>
                {
                    bundle.epoch = Epoch::From1904;
                }
                number::BUNDLE_SHEET if bundle.sheets.len() <= limits::SHEETS => {
                    bundle.sheets.extend(sheet(data));
                }
                // §2.4.314 `BrtCalcProp`: fFullCalcOnLoad
                number::CALCULATION
                    if u16_at(data, 24).is_some_and(|flags| flags & 0x0001 != 0) =>
                {
                    bundle.results = Results::ToBeCalculated;
                }
                number::NAME => {
                    if let Some((sheet, rows)) = print_titles(data)
                        && let Some(sheet) = bundle.sheets.get_mut(sheet)
                    {
                        sheet.title_rows = Some(rows);
                    }
                }
                _ => {}
            }
        }
        bundle
    }
}

fn sheet(data: &[u8]) -> Option<BundleSheet> {
    let state = u32_at(data, 0)?;
    let (relationship, end) = string_at(data, 8)?;
    let (name, _) = string_at(data, end)?;
    let visibility = if state == 0 {
        Visibility::Visible
    } else {
        Visibility::Hidden
    };
    Some(BundleSheet {
        name,
        visibility,
        relationship,
        title_rows: None,
    })
}

/// The sheet's index and the rows that a name defines, if it is the print titles of a sheet (§2.4.714).
fn print_titles(data: &[u8]) -> Option<(usize, (u32, u32))> {
    let sheet = u32_at(data, 5)? as usize;
    let (name, end) = string_at(data, 9)?;
    if !name.eq_ignore_ascii_case("_xlnm.Print_Titles") {
        return None;
    }
    let mut formula = data.get(end + 4..)?;
    loop {
        match formula.first()? & 0x1f {
            0x09 => formula = formula.get(3..)?,
            // PtgArea3d (§2.5.97.16): rows of four bytes, columns of two with flags.
            0x1b => {
                let (first, last) = (u32_at(formula, 3)?, u32_at(formula, 7)?);
                let columns = (u16_at(formula, 11)? & 0x3fff, u16_at(formula, 13)? & 0x3fff);
                if columns == (0, 0x3fff) && first <= last {
                    return Some((sheet, (first + 1, last + 1)));
                }
                formula = formula.get(15..)?;
            }
            _ => return None,
        }
    }
}

/// The styles part.
#[derive(Default)]
pub(super) struct Styles {
    pub cells: Vec<CellStyle>,
    pub fonts: Vec<Strike>,
}

impl Styles {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut styles = Self::default();
        let mut codes = BTreeMap::new();
        let (mut inks, mut fills, mut borders) = (Vec::new(), Vec::new(), Vec::new());
        let mut of_cells = false;
        for (number, data) in Records::new(bytes) {
            match number {
                number::FORMAT => {
                    codes.extend(u16_at(data, 0).zip(string_at(data, 2).map(|(code, _)| code)));
                }
                number::FONT => {
                    let struck = u16_at(data, 2).is_some_and(|flags| flags & 0x0008 != 0);
                    styles
                        .fonts
                        .push(if struck { Strike::Struck } else { Strike::Live });
                    inks.push(colour(data, 12));
                }
                // §2.4.659 `BrtFill`: the pattern, the colour of its foreground.
                number::FILL => fills.push(match u32_at(data, 0) {
                    Some(0) | None => Ground::Paper,
                    Some(1) => Ground::solid(colour(data, 4)),
                    Some(_) => Ground::Pattern,
                }),
                // A byte of flags, then five lines of ten bytes, each beginning with its kind.
                number::BORDER => {
                    let line =
                        |at: usize| Rule::numbered(u16::from(data.get(at).copied().unwrap_or(0)));
                    let sides = Sides::NONE
                        .and_drawn(line(1), Sides::TOP)
                        .and_drawn(line(11), Sides::BOTTOM)
                        .and_drawn(line(21), Sides::LEFT)
                        .and_drawn(line(31), Sides::RIGHT);
                    borders.push(sides);
                }
                number::BEGIN_CELL_XFS => of_cells = true,
                number::END_CELL_XFS => of_cells = false,
                number::XF if of_cells => {
                    let index = |at: usize| u16_at(data, at).unwrap_or(0);
                    let own = codes.get(&index(2)).map(String::as_str);
                    let code = own.or_else(|| builtin_code(u32::from(index(2))));
                    let at = |place: usize| usize::from(index(place));
                    let strike = styles.fonts.get(at(4)).copied().unwrap_or_default();
                    let sides = borders.get(at(8)).copied().unwrap_or_default();
                    styles.cells.push(CellStyle {
                        ink: inks.get(at(4)).copied().unwrap_or_default(),
                        ground: fills.get(at(6)).copied().unwrap_or_default(),
                        ..CellStyle::new(code.unwrap_or("General"), strike, sides)
                    });
                }
                _ => {}
            }
        }
        styles
    }
}

/// A colour at an offset (§2.5.23 `BrtColor`): its type above a bit, its index, its tint, red, green, blue.
fn colour(data: &[u8], at: usize) -> Colour {
    let Some(&[kind, index, low, high, red, green, blue, _]) = data.get(at..at + 8) else {
        return Colour::Automatic;
    };
    let tint = f64::from(i16::from_le_bytes([low, high])) / 32_767.0;
    match kind >> 1 {
        1 => Colour::indexed(u32::from(index)),
        2 => Colour::Rgb(u32::from_be_bytes([0, red, green, blue])),
        3 => Colour::of_theme(u32::from(index), tint),
        _ => Colour::Automatic,
    }
}

/// The shared strings part.
pub(super) struct Strings {
    pub items: Vec<RunString>,
    /// Whether there are fewer than the part says.
    pub cut: bool,
}

impl Strings {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut strings = Self {
            items: Vec::new(),
            cut: false,
        };
        let mut declared = 0;
        for (number, data) in Records::new(bytes) {
            match number {
                number::BEGIN_STRINGS => declared = u32_at(data, 4).unwrap_or(0),
                number::STRING_ITEM => strings.items.push(rich_string(data, 0).unwrap_or_default()),
                _ => {}
            }
        }
        strings.cut = (strings.items.len() as u64) < u64::from(declared);
        strings
    }
}

/// A string with runs at an offset (§2.5.121 `RichStr`); its phonetic part is left out.
pub(super) fn rich_string(data: &[u8], at: usize) -> Option<RunString> {
    let flags = *data.get(at)?;
    let (units, end) = units_at(data, at + 1)?;
    let count = if flags & 1 != 0 {
        u32_at(data, end)? as usize
    } else {
        0
    };
    let runs = data
        .get(end + 4..)
        .unwrap_or_default()
        .chunks_exact(4)
        .take(count);
    let runs: Vec<_> = runs
        .filter_map(|run| Some((u16_at(run, 0)?, u16_at(run, 2)?)))
        .collect();
    Some(RunString::new(&units, &runs))
}
