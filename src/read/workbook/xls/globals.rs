//! The workbook globals substream ([MS-XLS] §2.1.7.20.3) -> what all sheets share.

use std::collections::{BTreeMap, BTreeSet};

use super::super::cells::Looks;
use super::super::number_format::{Epoch, builtin_code};
use super::super::run_string::RunString;
use super::super::shape::range_to;
use super::super::style::{CellStyle, Colour, Ground};
use super::super::worksheet::{Rule, Sides, Strike, Visibility};
use super::record::{Record, Records, number, u16_at, u32_at};
use super::string::{Biff, Length, Reader, code_page};
use crate::error::{Error, Problem};
use crate::place::CellRange;
use crate::read::active::Active;
use crate::read::limits;

/// What all sheets share.
pub(super) struct Globals {
    pub biff: Biff,
    pub looks: Looks,
    pub strings: Vec<RunString>,
    pub sheets: Vec<SheetEntry>,
    /// What other programs would run or fetch.
    pub active: BTreeSet<Active>,
}

/// A BOUNDSHEET record (§2.4.28).
pub(super) struct SheetEntry {
    pub name: String,
    pub visibility: Visibility,
    /// Offset of its substream.
    pub position: usize,
    /// Rows that are printed again on each page, 1-based.
    pub title_rows: Option<(u32, u32)>,
    /// The ranges that are printed.
    pub print_areas: Vec<CellRange>,
    /// The rows of its automatic filter, headings included.
    pub filter: Option<CellRange>,
}

/// An XF record's references, the sides that it draws, and its fill.
struct Xf {
    font: u16,
    format: u16,
    sides: Sides,
    ground: Ground,
}

struct Building {
    globals: Globals,
    codes: BTreeMap<u16, String>,
    formats: Vec<Xf>,
    /// The colour of each font.
    inks: Vec<u32>,
    /// Colours of the file's own, from index 8 on.
    palette: Vec<Colour>,
    /// Print titles: position of the sheet among all sheets, rows.
    titles: Vec<(usize, (u32, u32))>,
    /// Built-in names of ranges: position of the sheet among all sheets, name, ranges.
    areas: Vec<(usize, u8, Vec<CellRange>)>,
    /// Positions of worksheets among all sheets, charts and modules included.
    tabs: Vec<Option<usize>>,
}

impl Globals {
    /// Reads the substream at the start of the stream.
    ///
    /// # Errors
    /// It is no workbook of BIFF5 or BIFF8.
    pub(super) fn read(stream: &[u8]) -> Result<Self, Error> {
        let damaged = || {
            Error::from(Problem::Damaged {
                reason: "xls: BOF".to_owned(),
            })
        };
        let mut records = Records::at(stream, 0).ok_or_else(damaged)?;
        let first = records
            .next()
            .filter(|record| record.number == number::BOF)
            .ok_or_else(damaged)?;
        let biff = match u16_at(first.data, 0) {
            Some(0x0600) => Biff::Eight,
            Some(0x0500) => Biff::Five(code_page(932)),
            _ => return Err(damaged()),
        };
        let globals = Self {
            biff,
            looks: Looks::default(),
            strings: Vec::new(),
            sheets: Vec::new(),
            active: BTreeSet::new(),
        };
        let mut building = Building {
            globals,
            codes: BTreeMap::new(),
            formats: Vec::new(),
            inks: Vec::new(),
            palette: Vec::new(),
            titles: Vec::new(),
            areas: Vec::new(),
            tabs: Vec::new(),
        };
        for record in records {
            match record.number {
                number::EOF => break,
                _ => building.record(&record),
            }
        }
        Ok(building.finish())
    }

    /// Whether the font with this index is struck.
    pub(super) fn strike(&self, font: u16) -> Strike {
        self.looks
            .fonts
            .get(font_position(font))
            .copied()
            .unwrap_or_default()
    }
}

impl Building {
    fn record(&mut self, record: &Record<'_>) {
        let data = record.data;
        match record.number {
            number::CODEPAGE => {
                if let (Biff::Five(encoding), Some(page)) =
                    (&mut self.globals.biff, u16_at(data, 0))
                {
                    *encoding = code_page(page);
                }
            }
            number::DATEMODE if u16_at(data, 0) == Some(1) => {
                self.globals.looks.epoch = Epoch::From1904;
            }
            number::FONT => {
                self.inks.push(u16_at(data, 4).map_or(0, u32::from));
                let struck = u16_at(data, 2).is_some_and(|flags| flags & 0x0008 != 0);
                self.globals
                    .looks
                    .fonts
                    .push(if struck { Strike::Struck } else { Strike::Live });
            }
            number::FORMAT => {
                let length = if self.globals.biff == Biff::Eight {
                    Length::Word
                } else {
                    Length::Byte
                };
                let code = Reader::new(record, 2).string(self.globals.biff, length);
                if let (Some(id), Some(code)) = (u16_at(data, 0), code) {
                    self.codes
                        .insert(id, code.in_cell(Strike::Live, |_| Strike::Live).text);
                }
            }
            number::PALETTE => self.palette = palette(data),
            number::XF => self.formats.extend(self.xf(data)),
            number::BOUNDSHEET => self.sheet(record),
            number::SST => self.strings(record),
            number::SUPBOOK | number::EXTERNSHEET if is_external(record, self.globals.biff) => {
                self.globals.active.insert(Active::ExternalLinks);
            }
            number::DCONN | number::DBQUERY => {
                self.globals.active.insert(Active::DataConnections);
            }
            number::LBL => {
                self.titles.extend(print_titles(record, self.globals.biff));
                self.areas.extend(
                    built_in(record, self.globals.biff)
                        .map(|(sheet, name, formula)| (sheet, name, areas(formula))),
                );
            }
            _ => {}
        }
    }

    /// §2.4.353; in BIFF5 the borders stand elsewhere.
    fn xf(&self, data: &[u8]) -> Option<Xf> {
        let line = |at: usize, mask: u16| {
            let word = u16_at(data, at).unwrap_or(0) & mask;
            Rule::numbered(word >> mask.trailing_zeros())
        };
        let [left, right, top, bottom] = match self.globals.biff {
            Biff::Eight => [
                line(10, 0x000f),
                line(10, 0x00f0),
                line(10, 0x0f00),
                line(10, 0xf000),
            ],
            Biff::Five(_) => [
                line(12, 0x0038),
                line(12, 0x01c0),
                line(12, 0x0007),
                line(10, 0x01c0),
            ],
        };
        let sides = Sides::NONE
            .and_drawn(left, Sides::LEFT)
            .and_drawn(right, Sides::RIGHT)
            .and_drawn(top, Sides::TOP)
            .and_drawn(bottom, Sides::BOTTOM);
        let (pattern, colours) = match self.globals.biff {
            Biff::Eight => (u16_at(data, 16).unwrap_or(0) >> 10, u16_at(data, 18)),
            Biff::Five(_) => (u16_at(data, 10).unwrap_or(0) & 0x003f, u16_at(data, 8)),
        };
        let fore = u32::from(colours.unwrap_or(0) & 0x007f);
        Some(Xf {
            font: u16_at(data, 0)?,
            format: u16_at(data, 2)?,
            sides,
            ground: match pattern {
                0 => Ground::Paper,
                1 => Ground::solid(self.colour(fore)),
                _ => Ground::Pattern,
            },
        })
    }

    /// A colour of the palette, the file's own or the one that Excel 97 began with.
    fn colour(&self, index: u32) -> Colour {
        let own = index.checked_sub(8).map(|at| self.palette.get(at as usize));
        let own = own.flatten().copied();
        own.unwrap_or_else(|| Colour::indexed(index))
    }

    fn sheet(&mut self, record: &Record<'_>) {
        let data = record.data;
        let name = Reader::new(record, 6).string(self.globals.biff, Length::Byte);
        let (Some(position), Some(&state), Some(&kind)) =
            (u32_at(data, 0), data.get(4), data.get(5))
        else {
            return;
        };
        if matches!(kind, MACRO_SHEET | MODULE) {
            self.globals.active.insert(Active::Macros);
        }
        // Charts, macro sheets and modules have no cells that are shown.
        if kind != 0 || self.globals.sheets.len() > limits::SHEETS {
            self.tabs.push(None);
            return;
        }
        self.tabs.push(Some(self.globals.sheets.len()));
        self.globals.sheets.push(SheetEntry {
            name: name
                .map(|name| name.in_cell(Strike::Live, |_| Strike::Live).text)
                .unwrap_or_default(),
            visibility: if matches!(state & 0x03, 0) {
                Visibility::Visible
            } else {
                Visibility::Hidden
            },
            position: position as usize,
            title_rows: None,
            print_areas: Vec::new(),
            filter: None,
        });
    }

    /// §2.4.265. A cut table gives the strings before the cut.
    fn strings(&mut self, record: &Record<'_>) {
        let count = u32_at(record.data, 4).unwrap_or(0);
        let mut reader = Reader::new(record, 8);
        let strings = (0..count).map_while(|_| reader.string(Biff::Eight, Length::Word));
        self.globals.strings.extend(strings);
    }

    fn finish(mut self) -> Globals {
        for (tab, rows) in std::mem::take(&mut self.titles) {
            let sheet = self
                .tabs
                .get(tab)
                .copied()
                .flatten()
                .and_then(|at| self.globals.sheets.get_mut(at));
            if let Some(sheet) = sheet {
                sheet.title_rows = Some(rows);
            }
        }
        for (tab, name, ranges) in std::mem::take(&mut self.areas) {
            let at = self.tabs.get(tab).copied().flatten();
            let sheet = at.and_then(|at| self.globals.sheets.get_mut(at));
            match (name, sheet) {
                (PRINT_AREA, Some(sheet)) => sheet.print_areas = ranges,
                (FILTER_DATABASE, Some(sheet)) => sheet.filter = ranges.first().copied(),
                _ => {}
            }
        }
        let style = |xf: &Xf| {
            let own = self.codes.get(&xf.format).map(String::as_str);
            // The file's own code for a built-in number is in the language of the system that wrote it;
            // dates of the short form are shown by the reader's system.
            let builtin =
                builtin_code(u32::from(xf.format)).filter(|_| own.is_none() || xf.format == 14);
            let code = builtin.or(own).unwrap_or("General");
            let ink = self.inks.get(font_position(xf.font)).copied();
            CellStyle {
                ink: self.colour(ink.unwrap_or(0)),
                ground: xf.ground,
                ..CellStyle::new(code, self.globals.strike(xf.font), xf.sides)
            }
        };
        self.globals.looks.styles = self.formats.iter().map(style).collect();
        self.globals
    }
}

/// The colours of a PALETTE record: their number, then red, green, blue and nothing of each (§2.4.188).
fn palette(data: &[u8]) -> Vec<Colour> {
    let colours = data.get(2..).unwrap_or_default().chunks_exact(4);
    let colour = |parts: &[u8]| {
        let [red, green, blue] =
            [0, 1, 2].map(|at| parts.get(at).map_or(0, |&part| u32::from(part)));
        Colour::Rgb(red << 16 | green << 8 | blue)
    };
    colours.map(colour).collect()
}

/// Where the font with this index stands among the records. There is no font 4: indices above it are one too high
/// (§2.4.122, §2.5.129 `FontIndex`).
fn font_position(font: u16) -> usize {
    usize::from(if font > 4 { font - 1 } else { font })
}

/// Kinds of sheets that are programs (§2.4.28).
const MACRO_SHEET: u8 = 0x01;
const MODULE: u8 = 0x06;

/// Whether a record names another file: a supporting link that is neither the workbook itself nor an add-in
/// (§2.4.271 `SupBook`), or in BIFF5 an encoded path.
fn is_external(record: &Record<'_>, biff: Biff) -> bool {
    match (record.number, biff) {
        (number::SUPBOOK, _) => !matches!(u16_at(record.data, 2), None | Some(0x0401 | 0x3a01)),
        (_, Biff::Five(_)) => record.data.get(1) == Some(&0x01),
        _ => false,
    }
}

/// The built-in names for print areas, print titles and the range of a filter (§2.4.150 Lbl).
const PRINT_AREA: u8 = 0x06;
const PRINT_TITLES: u8 = 0x07;
const FILTER_DATABASE: u8 = 0x0d;

/// The sheet's position and the title rows that a name defines, if it is the built-in one of a sheet.
fn print_titles(record: &Record<'_>, biff: Biff) -> Option<(usize, (u32, u32))> {
    let (sheet, name, formula) = built_in(record, biff)?;
    let rows = title_rows(formula)?;
    (name == PRINT_TITLES).then_some((sheet, rows))
}

/// The sheet's position, the name and the formula of a built-in name of a sheet.
fn built_in<'a>(record: &Record<'a>, biff: Biff) -> Option<(usize, u8, &'a [u8])> {
    let data = record.data;
    let built_in = u16_at(data, 0)? & 0x0020 != 0;
    let sheet = usize::from(u16_at(data, 8)?).checked_sub(1)?;
    match biff {
        Biff::Eight if built_in => Some((sheet, *data.get(15)?, data.get(16..)?)),
        _ => None,
    }
}

/// The areas of a formula that is an area or a union of areas.
fn areas(mut formula: &[u8]) -> Vec<CellRange> {
    let mut found = Vec::new();
    loop {
        match formula.first().map(|token| token & 0x1f) {
            Some(0x09) => formula = formula.get(3..).unwrap_or_default(),
            Some(0x1b) => {
                let word = |at| u16_at(formula, at).map(u32::from);
                if let (Some(top), Some(bottom), Some(left), Some(right)) =
                    (word(3), word(5), word(7), word(9))
                {
                    let (left, right) = (left & 0x00ff, right & 0x00ff);
                    found.push(range_to((top + 1, left + 1), (bottom + 1, right + 1)));
                }
                formula = formula.get(11..).unwrap_or_default();
            }
            // PtgUnion
            Some(0x10) => formula = formula.get(1..).unwrap_or_default(),
            _ => return found,
        }
    }
}

/// Rows among the areas of a formula that is an area or a union of areas (§2.5.198.28 `PtgArea3d`).
fn title_rows(mut formula: &[u8]) -> Option<(u32, u32)> {
    loop {
        match formula.first()? & 0x1f {
            // PtgMemFunc: the length of what follows.
            0x09 => formula = formula.get(3..)?,
            0x1b => {
                let rows = (
                    u32::from(u16_at(formula, 3)?) + 1,
                    u32::from(u16_at(formula, 5)?) + 1,
                );
                let columns = (u16_at(formula, 7)? & 0x00ff, u16_at(formula, 9)? & 0x00ff);
                if columns == (0, 0xff) && rows.0 <= rows.1 {
                    return Some(rows);
                }
                formula = formula.get(11..)?;
            }
            _ => return None,
        }
    }
}
