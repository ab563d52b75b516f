//! The workbook globals substream ([MS-XLS] §2.1.7.20.3) -> what all sheets share.

use std::collections::{BTreeMap, BTreeSet};

use super::super::cells::Looks;
use super::super::number_format::{Epoch, builtin_code};
use super::super::run_string::RunString;
use super::super::style::CellStyle;
use super::super::worksheet::{Strike, Visibility};
use super::record::{Record, Records, number, u16_at, u32_at};
use super::string::{Biff, Length, Reader, code_page};
use crate::error::{Error, Problem};
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
}

/// An XF record's references, and whether it draws a border.
struct Xf {
    font: u16,
    format: u16,
    bordered: bool,
}

struct Building {
    globals: Globals,
    codes: BTreeMap<u16, String>,
    formats: Vec<Xf>,
    /// Print titles: position of the sheet among all sheets, rows.
    titles: Vec<(usize, (u32, u32))>,
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
            titles: Vec::new(),
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

    /// Whether the font with this index is struck. There is no font 4: indices above it are one too high
    /// (§2.4.122, §2.5.129 `FontIndex`).
    pub(super) fn strike(&self, font: u16) -> Strike {
        let index = if font > 4 { font - 1 } else { font };
        self.looks
            .fonts
            .get(usize::from(index))
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
            number::XF => self.formats.extend(self.xf(data)),
            number::BOUNDSHEET => self.sheet(record),
            number::SST => self.strings(record),
            number::SUPBOOK | number::EXTERNSHEET if is_external(record, self.globals.biff) => {
                self.globals.active.insert(Active::ExternalLinks);
            }
            number::DCONN | number::DBQUERY => {
                self.globals.active.insert(Active::DataConnections);
            }
            number::LBL => self.titles.extend(print_titles(record, self.globals.biff)),
            _ => {}
        }
    }

    /// §2.4.353; in BIFF5 the borders stand elsewhere.
    fn xf(&self, data: &[u8]) -> Option<Xf> {
        let bordered = match self.globals.biff {
            Biff::Eight => u16_at(data, 10).is_some_and(|sides| sides != 0),
            Biff::Five(_) => {
                u16_at(data, 10).is_some_and(|bottom| bottom & 0x01c0 != 0)
                    || u16_at(data, 12).is_some_and(|others| others & 0x01ff != 0)
            }
        };
        Some(Xf {
            font: u16_at(data, 0)?,
            format: u16_at(data, 2)?,
            bordered,
        })
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
        for (tab, rows) in self.titles {
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
        let style = |xf: &Xf| {
            let own = self.codes.get(&xf.format).map(String::as_str);
            // The file's own code for a built-in number is in the language of the system that wrote it;
            // dates of the short form are shown by the reader's system.
            let builtin =
                builtin_code(u32::from(xf.format)).filter(|_| own.is_none() || xf.format == 14);
            let code = builtin.or(own).unwrap_or("General");
            CellStyle::new(code, self.globals.strike(xf.font), xf.bordered)
        };
        self.globals.looks.styles = self.formats.iter().map(style).collect();
        self.globals
    }
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

/// The built-in name for print titles (§2.4.150 Lbl).
const PRINT_TITLES: u8 = 0x07;

/// The sheet's position and the title rows that a name defines, if it is the built-in one of a sheet.
fn print_titles(record: &Record<'_>, biff: Biff) -> Option<(usize, (u32, u32))> {
    let data = record.data;
    let built_in = u16_at(data, 0)? & 0x0020 != 0;
    let sheet = usize::from(u16_at(data, 8)?).checked_sub(1)?;
    let (name, formula) = match biff {
        Biff::Eight => (*data.get(15)?, data.get(16..)?),
        Biff::Five(_) => return None,
    };
    let rows = title_rows(formula)?;
    (built_in && name == PRINT_TITLES).then_some((sheet, rows))
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
