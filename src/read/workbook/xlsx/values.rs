//! Cell values by calamine, joined with what the part's scan says of the same cells.
//!
//! calamine is given a package of our own: the shared strings and the worksheets as they were unpacked
//! under the limits, stored without compression. So no part unpacks twice, none beyond the limits, and no
//! odd name, relationship or style keeps it from the cells.

use std::io::{Cursor, Write};

use calamine::{DataRef, Reader, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::number_format::Epoch;
use super::super::style::{CellStyle, displayed};
use super::super::worksheet::{CellText, StoredCell, Strike, Worksheet};
use super::Shared;
use super::sheet::{Mark, Str, Value};
use super::strings::unescape;
use crate::error::Error;
use crate::ledger;
use crate::note::{Note, What};
use crate::read::container::damaged;
use crate::sheet::CellValue;

/// An open workbook of values; sheets are known by their index.
pub(super) struct Values {
    workbook: Xlsx<Cursor<Vec<u8>>>,
}

/// A worksheet that is being filled.
pub(super) struct Filling<'a> {
    pub shared: &'a Shared,
    pub worksheet: &'a mut Worksheet,
    /// Cells with a value so far.
    pub read: u64,
}

impl Values {
    /// Opens the values of these parts.
    ///
    /// # Errors
    /// calamine cannot read them.
    pub(super) fn open<'a>(
        strings: Vec<u8>,
        sheets: impl Iterator<Item = &'a [u8]>,
    ) -> Result<Self, Error> {
        let package = package(&strings, sheets).map_err(|error| damaged("xlsx", &error))?;
        drop(strings);
        let workbook = Xlsx::new(Cursor::new(package)).map_err(|error| damaged("xlsx", &error))?;
        Ok(Self { workbook })
    }

    /// Adds a sheet's cells. Gives what stopped it, if anything did.
    ///
    /// # Errors
    /// The limit of cells.
    pub(super) fn fill(
        &mut self,
        index: usize,
        marks: &[Mark],
        filling: &mut Filling<'_>,
    ) -> Result<Option<String>, Error> {
        let mut reader = match self.workbook.worksheet_cells_reader(&index.to_string()) {
            Ok(reader) => reader,
            Err(error) => return Ok(Some(error.to_string())),
        };
        for mark in marks {
            if !mark.within_sheet {
                return Ok(Some(format!("{}, {}", mark.row, mark.column)));
            }
            match reader.next_cell() {
                Ok(Some(cell)) => {
                    let (row, column) = cell.get_position();
                    if (row + 1, column + 1) != (mark.row, mark.column) {
                        return Ok(Some(format!("{row}, {column}")));
                    }
                    filling.cell(mark, cell.get_value())?;
                }
                Ok(None) => return Ok(Some("sheetData".to_owned())),
                Err(error) => return Ok(Some(error.to_string())),
            }
        }
        Ok(None)
    }
}

/// The package that calamine reads.
fn package<'a>(strings: &[u8], sheets: impl Iterator<Item = &'a [u8]>) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| -> std::io::Result<()> {
        zip.start_file(name, stored)
            .map_err(std::io::Error::other)?;
        zip.write_all(bytes)
    };
    let relationship = |kind: &str, id: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let relationships = |inside: &str| format!("<Relationships>{inside}</Relationships>");
    add(
        "_rels/.rels",
        relationships(&relationship("officeDocument", "w", "xl/workbook.xml")).as_bytes(),
    )?;
    let (mut list, mut targets) = (String::new(), String::new());
    for (index, sheet) in sheets.enumerate() {
        add(&format!("xl/worksheets/{index}.xml"), sheet)?;
        let sheet = format!("<sheet name=\"{index}\" sheetId=\"{index}\" r:id=\"s{index}\"/>");
        list += &sheet;
        targets += &relationship(
            "worksheet",
            &format!("s{index}"),
            &format!("worksheets/{index}.xml"),
        );
    }
    add(
        "xl/workbook.xml",
        format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>").as_bytes(),
    )?;
    add(
        "xl/_rels/workbook.xml.rels",
        relationships(&targets).as_bytes(),
    )?;
    if !strings.is_empty() {
        add("xl/sharedStrings.xml", strings)?;
    }
    Ok(zip.finish().map_err(std::io::Error::other)?.into_inner())
}

impl Filling<'_> {
    /// Adds one cell if it holds something or has a border.
    fn cell(&mut self, mark: &Mark, value: &DataRef<'_>) -> Result<(), Error> {
        self.read += u64::from(mark.value == Value::Stored);
        let shared = self.shared;
        let style = shared.styles.get(mark.style);
        let font = style.map_or(Strike::Live, |style| style.strike);
        let place = self.worksheet.place(mark.row, mark.column);
        if mark.value == Value::FormulaAlone {
            self.worksheet
                .notes
                .push(Note::new(What::FormulaWithoutValue).at(Some(place.clone())));
        }
        let mut stored = CellValue::Text;
        let mut text = match value {
            DataRef::String(text) => self.string(mark, style, text, font),
            DataRef::SharedString(text) => self.string(mark, style, text, font),
            other => {
                let shown = self.number(other, style, mark);
                stored = shown.1;
                self.worksheet.source_characters += ledger::count(&shown.0);
                CellText::plain(shown.0)
            }
        };
        if matches!(mark.string, Str::None) && font == Strike::Struck {
            text.strike();
        }
        if text.text.is_empty() && !style.is_some_and(|style| style.bordered) {
            return Ok(());
        }
        self.worksheet.push_counted(StoredCell {
            row: mark.row,
            column: mark.column,
            text,
            value: stored,
        })
    }

    /// A string: calamine's is counted, ours – with its runs and spaces – is kept.
    fn string(
        &mut self,
        mark: &Mark,
        style: Option<&CellStyle>,
        value: &str,
        font: Strike,
    ) -> CellText {
        let rich = match &mark.string {
            Str::Shared(index) => self.shared.strings.get(*index),
            Str::Inline(rich) => Some(rich),
            Str::None => None,
        };
        let mut text = match (&mark.string, rich) {
            (_, Some(rich)) => rich.in_cell(font),
            (Str::None, None) => {
                let mut text = CellText::plain(unescape(value));
                text.normalize_breaks();
                text
            }
            _ => CellText::default(),
        };
        if let Some(rich) = rich.filter(|_| mark.shows_readings) {
            text.readings = rich.readings(&text);
        }
        let format = style.and_then(|style| style.format.as_ref());
        let around =
            |text: &str| format.map_or_else(|| text.to_owned(), |format| format.text(text));
        self.worksheet.source_characters += ledger::count(&around(value));
        let shown = around(&text.text);
        text.surround(shown);
        text
    }

    /// Anything but a string, as it is displayed.
    fn number(
        &mut self,
        value: &DataRef<'_>,
        style: Option<&CellStyle>,
        mark: &Mark,
    ) -> (String, CellValue) {
        let place = Some(self.worksheet.place(mark.row, mark.column));
        match value {
            DataRef::Int(number) => self.formatted(*number as f64, style, mark),
            DataRef::Float(number) => self.formatted(*number, style, mark),
            DataRef::DateTime(date) => self.formatted(date.as_f64(), style, mark),
            DataRef::Bool(yes) => (
                if *yes { "TRUE" } else { "FALSE" }.to_owned(),
                CellValue::Text,
            ),
            DataRef::Error(error) => {
                let value = error.to_string();
                self.worksheet.notes.push(
                    Note::new(What::CellError {
                        value: value.clone(),
                    })
                    .at(place),
                );
                (value, CellValue::Text)
            }
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => match serial_of(text) {
                Some(serial) => {
                    let serial = if self.shared.package.epoch == Epoch::From1904 {
                        serial - 1_462.0
                    } else {
                        serial
                    };
                    let style = style.filter(|style| style.code != "General");
                    let day = CellStyle::new("yyyy/m/d", Strike::Live, false);
                    self.formatted(serial, Some(style.unwrap_or(&day)), mark)
                }
                None => (text.clone(), CellValue::Text),
            },
            _ => (String::new(), CellValue::Text),
        }
    }

    fn formatted(
        &mut self,
        value: f64,
        style: Option<&CellStyle>,
        mark: &Mark,
    ) -> (String, CellValue) {
        let epoch = self.shared.package.epoch;
        let place = self.worksheet.place(mark.row, mark.column);
        let (text, value, note) = displayed(value, style, epoch);
        self.worksheet
            .notes
            .extend(note.map(|note| note.at(Some(place)).about(text.clone())));
        (text, value)
    }
}

/// Days from 0000-03-01 to the day before 1899-12-31, serial 0 of the days after the false leap day.
const DAYS_TO_1900: i64 = 693_899;

/// An ISO 8601 day or moment (`t="d"`, §18.18.11) as a serial number from 1900.
fn serial_of(text: &str) -> Option<f64> {
    let (day, time) = text
        .trim()
        .trim_end_matches('Z')
        .split_once('T')
        .unwrap_or((text.trim(), ""));
    let mut parts = day.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let (shifted_year, shifted_month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * shifted_year + shifted_year.div_euclid(4) - shifted_year.div_euclid(100)
        + shifted_year.div_euclid(400)
        + (153 * shifted_month + 2) / 5
        + day
        - 1;
    let clock = time
        .split(':')
        .zip([3_600.0, 60.0, 1.0])
        .map(|(part, unit)| part.parse::<f64>().unwrap_or(0.0) * unit);
    Some((days - DAYS_TO_1900) as f64 + clock.sum::<f64>() / 86_400.0)
}
