//! Each limit of `read/limits.rs` is met by a file that goes just beyond it, and stopped there. In unit tests the limits are
//! low, so that the files are small.

use std::fmt::Write;

use super::{package, try_read};
use crate::error::Problem;
use crate::read::limits;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// The limit that a file goes beyond.
#[track_caller]
fn exceeded(bytes: &[u8]) -> u64 {
    match try_read(bytes).unwrap_err().problem() {
        Problem::Limit { limit, .. } => *limit,
        other => panic!("{other:?}"),
    }
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

#[test]
fn parts_of_a_container() {
    let names: Vec<String> = (0..=limits::CONTAINER_ENTRIES)
        .map(|at| format!("xl/{at}.xml"))
        .collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(exceeded(&package(&parts)), limits::CONTAINER_ENTRIES as u64);
}

/// A workbook with so many worksheets, all of them the same part; its pictures take so many bytes.
fn workbook(sheets: usize, pictures: usize) -> Vec<u8> {
    let mut book = format!("<workbook xmlns:r=\"{OFFICE}\"><sheets>");
    for at in 0..sheets {
        write!(book, "<sheet name=\"{at}\" sheetId=\"{at}\" r:id=\"r\"/>").unwrap();
    }
    book += "</sheets></workbook>";
    let link = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    package(&[
        (
            "[Content_Types].xml",
            "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
        ),
        ("_rels/.rels", &link("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", &book),
        (
            "xl/_rels/workbook.xml.rels",
            &link("worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>番号</t></is></c></row></sheetData></worksheet>",
        ),
        ("xl/media/image1.bmp", &" ".repeat(pictures)),
    ])
}

#[test]
fn worksheets_of_a_workbook() {
    assert_eq!(
        exceeded(&workbook(limits::SHEETS + 1, 0)),
        limits::SHEETS as u64
    );
}

#[test]
fn pictures_are_not_read_and_may_be_large() {
    let much = limits::CONTAINER_BYTES as usize + 1;
    assert_eq!(try_read(&workbook(1, much)).unwrap().sheets.len(), 1);
}

#[test]
fn bytes_of_a_workbooks_parts() {
    let long = "a".repeat(limits::CONTAINER_BYTES as usize + 1);
    let strings = format!("<sst><si><t>{long}</t></si></sst>");
    assert_eq!(exceeded(&of_strings(&strings, 1)), limits::CONTAINER_BYTES);
}

/// Text of a file, which is not looked at beyond.
#[test]
fn text_of_a_file() {
    let text = "番号,実施項目\n".repeat(limits::TEXT_BYTES / 20 + 1);
    assert!(text.len() > limits::TEXT_BYTES);
    assert_eq!(exceeded(text.as_bytes()), limits::TEXT_BYTES as u64);
}

/// A PDF of one page with this content, whose resources name these forms.
fn page(content: &[u8], forms: impl Fn(&mut Document) -> Dictionary) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let forms = forms(&mut document);
    let resources = dictionary! { "Font" => dictionary! { "F" => font }, "XObject" => forms };
    let content = packed(&mut document, Dictionary::new(), content);
    let pages = document.new_object_id();
    let page = dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 842.into(), 595.into()],
    };
    let page = document.add_object(page);
    finish(document, pages, vec![page.into()])
}

fn packed(document: &mut Document, head: Dictionary, content: &[u8]) -> ObjectId {
    let mut stream = Stream::new(head, content.to_vec());
    stream.compress().unwrap();
    document.add_object(stream)
}

fn finish(mut document: Document, pages: ObjectId, kids: Vec<Object>) -> Vec<u8> {
    let count = kids.len() as i64;
    document.set_object(
        pages,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count },
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn pages_of_a_pdf() {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let mut kids = Vec::new();
    for _ in 0..=limits::PAGES {
        kids.push(
            document
                .add_object(dictionary! { "Type" => "Page", "Parent" => pages })
                .into(),
        );
    }
    assert_eq!(
        exceeded(&finish(document, pages, kids)),
        limits::PAGES as u64
    );
}

/// Forms, each painting the next before so many spaces of its own; the last one writes a word.
fn nested(document: &mut Document, depth: usize, spaces: usize) -> Dictionary {
    let mut inner = Dictionary::new();
    let mut content = b"BT /F 9 Tf 9 9 Td (deep) Tj ET".to_vec();
    for _ in 0..depth {
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        let head = dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 842.into(), 595.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F" => font }, "XObject" => inner },
        };
        content.resize(content.len() + spaces, b' ');
        let form = packed(document, head, &content);
        inner = dictionary! { "N" => form };
        content = b"/N Do".to_vec();
    }
    inner
}

/// What a page says and which notes it has.
fn said(bytes: &[u8]) -> (String, Vec<String>) {
    let reading = try_read(bytes).unwrap();
    let codes = reading.notes.iter().map(|note| note.code.clone());
    (reading.text.trim().replace('\n', ""), codes.collect())
}

const WORD: &[u8] = b"BT /F 9 Tf 99 99 Td (here) Tj ET /N Do";

#[test]
fn forms_within_forms() {
    let (text, notes) = said(&page(WORD, |document| {
        nested(document, limits::FORM_DEPTH - 1, 0)
    }));
    assert!(text.contains("here") && text.contains("deep"), "{text}");
    assert!(notes.is_empty(), "{notes:?}");
    let (text, notes) = said(&page(WORD, |document| {
        nested(document, limits::FORM_DEPTH + 1, 0)
    }));
    assert!(text.contains("here") && !text.contains("deep"), "{text}");
    assert_eq!(notes, ["damaged-content"]);
}

#[test]
fn content_of_a_page() {
    let spaces = limits::STREAM_BYTES - 100;
    let depth = limits::CONTENT_BYTES / spaces + 1;
    let bytes = page(WORD, |document| nested(document, depth, spaces));
    assert_eq!(exceeded(&bytes), limits::CONTENT_BYTES as u64);
}

#[test]
fn graphics_states_within_graphics_states() {
    let states = |count: usize| {
        [
            b"q ".repeat(count),
            b"BT /F 9 Tf 99 99 Td (here) Tj ET ".to_vec(),
        ]
        .concat()
    };
    let (_, notes) = said(&page(&states(limits::GRAPHICS_STATES), |_| {
        Dictionary::new()
    }));
    assert!(notes.is_empty(), "{notes:?}");
    let (text, notes) = said(&page(&states(limits::GRAPHICS_STATES + 1), |_| {
        Dictionary::new()
    }));
    assert_eq!(
        (text.as_str(), notes.as_slice()),
        ("here", &["damaged-content".to_owned()][..])
    );
}

#[test]
fn operators_of_a_page() {
    let content = b"n ".repeat(limits::OPERATORS + 1);
    assert_eq!(
        exceeded(&page(&content, |_| Dictionary::new())),
        limits::OPERATORS as u64
    );
}

#[test]
fn marks_of_a_page() {
    let word = [b"(".to_vec(), b"a".repeat(1000), b") Tj ".to_vec()].concat();
    let content = [
        b"BT /F 9 Tf ".to_vec(),
        word.repeat(limits::MARKS / 1000 + 1),
        b"ET".to_vec(),
    ]
    .concat();
    assert_eq!(
        exceeded(&page(&content, |_| Dictionary::new())),
        limits::MARKS as u64
    );
}

/// A page in a font whose map from codes to characters takes so many bytes; it says 整 for the code of A.
fn with_map(size: usize) -> Vec<u8> {
    let mut map = b"1 beginbfchar <41> <6574> endbfchar ".to_vec();
    map.resize(size, b' ');
    let mut document = Document::with_version("1.7");
    let map = packed(&mut document, Dictionary::new(), &map);
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "ToUnicode" => map,
    };
    let content = packed(
        &mut document,
        Dictionary::new(),
        b"BT /F 9 Tf 99 99 Td (A) Tj ET",
    );
    let pages = document.new_object_id();
    let page = dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
        "MediaBox" => vec![0.into(), 0.into(), 842.into(), 595.into()],
    };
    let page = document.add_object(page);
    finish(document, pages, vec![page.into()])
}

#[test]
fn map_of_a_font() {
    let none: &[String] = &[];
    let (text, notes) = said(&with_map(limits::CMAP_BYTES));
    assert_eq!((text.as_str(), notes.as_slice()), ("整", none));
    let (text, notes) = said(&with_map(limits::CMAP_BYTES + 1));
    assert_eq!(text, "整", "what was read of it is used");
    assert_eq!(notes, ["damaged-content"]);
}

#[test]
fn a_form_that_unpacks_without_end() {
    let form = |document: &mut Document| {
        let head = dictionary! { "Type" => "XObject", "Subtype" => "Form" };
        let content = b" ".repeat(limits::STREAM_BYTES + 1);
        let form = packed(document, head, &content);
        dictionary! { "N" => form }
    };
    assert_eq!(exceeded(&page(WORD, form)), limits::STREAM_BYTES as u64);
}

/// A workbook of so many rows whose cells all show the first of these shared strings.
fn of_strings(strings: &str, rows: usize) -> Vec<u8> {
    let mut cells = String::new();
    for row in 1..=rows {
        write!(
            cells,
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"
        )
        .unwrap();
    }
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let links = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"s\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    package(&[
        (
            "[Content_Types].xml",
            "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
        ),
        ("_rels/.rels", &root),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>",
        ),
        ("xl/_rels/workbook.xml.rels", &links),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

#[test]
fn text_of_a_workbook() {
    let long = "あ".repeat(32_000);
    let strings = format!("<sst><si><t>{long}</t></si></sst>");
    let bytes = of_strings(&strings, limits::TEXT_BYTES / long.len() + 1);
    assert_eq!(exceeded(&bytes), limits::TEXT_BYTES as u64);
}

#[test]
fn repeated_cells_of_an_open_document() {
    let rows = limits::CELLS / 100 + 1;
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\">\
         <table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell table:number-columns-repeated=\"100\">\
         <text:p>あ</text:p></table:table-cell></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    let bytes = package(&[kind, ("content.xml", &content)]);
    assert_eq!(exceeded(&bytes), limits::CELLS as u64);
}

#[test]
fn cells_of_a_text_export() {
    let row = "a\t".repeat(999) + "a\n";
    let text = "番号\t実施項目\t期限\n".to_owned() + &row.repeat(limits::CELLS / 1000 + 1);
    assert_eq!(exceeded(text.as_bytes()), limits::CELLS as u64);
}
