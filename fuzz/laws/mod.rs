//! What must hold for any bytes at all; called by the fuzz targets, and by the tests over seeds and regressions.

mod books;
mod numbers;
mod page;
mod places;
pub mod table;
mod wholes;
mod words;
mod years;

use seirihyo::compare::{decisions, organization};
use seirihyo::layout::definition;
use seirihyo::message::Language;

pub use years::BETWEEN;

/// A law over bytes.
pub type Law = fn(&[u8]);

/// Every target by its name.
pub const LAWS: &[(&str, Law)] = &[
    ("sniff", sniff),
    ("pdf", pdf),
    ("page", page),
    ("places", places),
    ("xls", xls),
    ("xlsb", xlsb),
    ("ods", ods),
    ("xlsx", xlsx),
    ("html", html),
    ("xml", xml),
    ("csv", csv),
    ("export", export),
    ("layout", layout),
    ("text", text),
    ("layout_file", layout_file),
    ("comparison", comparison),
];

/// Any file at all, as it comes.
pub fn sniff(data: &[u8]) {
    wholes::file_holds(data);
}

/// A whole PDF.
pub fn pdf(data: &[u8]) {
    if data.starts_with(b"%PDF-") {
        wholes::file_holds(data);
    }
}

/// A page's content, a font's maps and a form, in a PDF whose frame is sound.
pub fn page(data: &[u8]) {
    wholes::file_holds(&page::pdf_of(data));
}

/// A table drawn from bytes, wherever and however large it stands.
pub fn places(data: &[u8]) {
    places::hold(data);
}

/// The workbook stream of a compound file that is sound.
pub fn xls(data: &[u8]) {
    wholes::file_holds(&books::compound_of(data));
}

/// The parts of an Excel binary workbook in a container that is sound.
pub fn xlsb(data: &[u8]) {
    wholes::file_holds(&books::container_of(data));
}

/// The parts of an `OpenDocument` spreadsheet in a container that is sound.
pub fn ods(data: &[u8]) {
    wholes::file_holds(&books::container_of(data));
}

/// The parts of an Office Open XML workbook in a container that is sound.
pub fn xlsx(data: &[u8]) {
    wholes::file_holds(&books::container_of(data));
}

/// Comma- and tab-separated values in any encoding.
pub fn csv(data: &[u8]) {
    wholes::file_holds(data);
}

/// Text exports of document readers.
pub fn export(data: &[u8]) {
    wholes::file_holds(data);
}

/// The content of an HTML page.
pub fn html(data: &[u8]) {
    wholes::file_holds(&[b"<html>", data].concat());
}

/// The content of an XML Spreadsheet of 2003.
pub fn xml(data: &[u8]) {
    let start =
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
    wholes::file_holds(&[start, data, b"</Workbook>"].concat());
}

/// The layout engine: what was read, without any file.
pub fn layout(data: &[u8]) {
    wholes::reading_holds(&table::reading_of(&String::from_utf8_lossy(data)));
}

/// What "the same text" means.
pub fn text(data: &[u8]) {
    words::hold(&String::from_utf8_lossy(data));
}

/// The files that a user may write: layouts, decisions, changed units.
pub fn layout_file(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let errors = [
        definition::parse(&text).err(),
        decisions::parse(&text).err(),
        organization::parse(&text).err(),
    ];
    for error in errors.into_iter().flatten() {
        assert!(!error.message().text(Language::English).is_empty());
    }
}

/// Two years' goals.
pub fn comparison(data: &[u8]) {
    years::hold(&String::from_utf8_lossy(data));
}
