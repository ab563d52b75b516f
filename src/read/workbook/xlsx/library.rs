//! The values of cells by calamine, cell for cell beside what the part's scan says of them.
//!
//! calamine is given a package of our own: the shared strings and the worksheets as they were unpacked
//! under the limits, stored without compression. So no part unpacks twice, none beyond the limits, and no
//! odd name, relationship or style keeps it from the cells. Where it ends – at an error value that it does not know, at a
//! cell without a sheet's place – the scan's own values stand.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use calamine::{DataRef, Reader, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::sheet::{Mark, Value};

/// An open workbook of values; sheets are known by their index.
pub(super) struct Values {
    workbook: Xlsx<Cursor<Vec<u8>>>,
}

impl Values {
    /// Opens the values of these parts; `None` where calamine cannot.
    pub(super) fn open<'a>(strings: &str, sheets: impl Iterator<Item = &'a str>) -> Option<Self> {
        let package = package(strings, sheets).ok()?;
        let workbook = Xlsx::new(Cursor::new(package)).ok()?;
        Some(Self { workbook })
    }

    /// Puts its values in the place of the scan's. Strings are left to the scan, which knows their runs and spaces.
    pub(super) fn put(&mut self, index: usize, marks: &mut [Mark]) {
        let Ok(mut reader) = self.workbook.worksheet_cells_reader(&index.to_string()) else {
            return;
        };
        for mark in marks {
            // Its sums of places beyond a worksheet wrap.
            if !mark.within_sheet {
                return;
            }
            let Ok(Some(cell)) = reader.next_cell() else {
                return;
            };
            let (row, column) = cell.get_position();
            if (row + 1, column + 1) != (mark.row, mark.column) {
                return;
            }
            if let Some(value) = better(&mark.value, cell.get_value()) {
                mark.value = value;
            }
        }
    }
}

/// calamine's value of a cell of the same kind.
fn better(own: &Value, value: &DataRef<'_>) -> Option<Value> {
    match (own, value) {
        (Value::Number(_), DataRef::Int(number)) => Some(Value::Number(*number as f64)),
        (Value::Number(_), DataRef::Float(number)) => Some(Value::Number(*number)),
        (Value::Number(_), DataRef::DateTime(date)) => Some(Value::Number(date.as_f64())),
        (Value::Truth(_), DataRef::Bool(yes)) => Some(Value::Truth(*yes)),
        (Value::Error(_), DataRef::Error(error)) => Some(Value::Error(error.to_string())),
        (Value::Moment(_), DataRef::DateTimeIso(text)) => Some(Value::Moment(text.clone())),
        (Value::Result(_), DataRef::String(text)) => Some(Value::Result(text.clone())),
        _ => None,
    }
}

/// The package that calamine reads.
fn package<'a>(strings: &str, sheets: impl Iterator<Item = &'a str>) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, text: &str| -> std::io::Result<()> {
        zip.start_file(name, stored)
            .map_err(std::io::Error::other)?;
        zip.write_all(text.as_bytes())
    };
    let relationship = |kind: &str, id: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let relationships = |inside: &str| format!("<Relationships>{inside}</Relationships>");
    let book = relationship("officeDocument", "w", "xl/workbook.xml");
    add("_rels/.rels", &relationships(&book))?;
    let (mut list, mut targets) = (String::new(), String::new());
    for (index, sheet) in sheets.enumerate() {
        add(&format!("xl/worksheets/{index}.xml"), sheet)?;
        let _ = write!(
            list,
            "<sheet name=\"{index}\" sheetId=\"{index}\" r:id=\"s{index}\"/>"
        );
        targets += &relationship(
            "worksheet",
            &format!("s{index}"),
            &format!("worksheets/{index}.xml"),
        );
    }
    add(
        "xl/workbook.xml",
        &format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>"),
    )?;
    add("xl/_rels/workbook.xml.rels", &relationships(&targets))?;
    if !strings.is_empty() {
        add("xl/sharedStrings.xml", strings)?;
    }
    Ok(zip.finish().map_err(std::io::Error::other)?.into_inner())
}
