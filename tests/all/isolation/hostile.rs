//! Files that are damaged, or ask for more than they hold, at a size that harms no reader. What is beyond a limit stands in
//! the unit tests of `src/read/tests/limits.rs`, where the limits are low; what a parser may do to its process does a
//! stand-in, `src/cli/worker/misbehave.rs`.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Document, Object, Stream, dictionary};

/// A file's name, its bytes, and words of what is said of it.
pub type File = (&'static str, Vec<u8>, &'static str);

const NO_GOALS: &str = "目標の表ではありません";
const NO_TABLE: &str = "表がありません";
const DAMAGED: &str = "ファイルが壊れていて読めません";

/// Every file that a reader must refuse, or read in part, by itself.
pub fn all() -> Vec<File> {
    let mut cut = biff(&record(0x204, &[0; 6000]));
    cut.truncate(1024);
    vec![
        ("far.xlsx", far_cells(), NO_GOALS),
        ("deep.xlsx", deep_worksheet(), NO_TABLE),
        ("lying.xlsx", lying(shared_string(64 << 10)), DAMAGED),
        ("far.xls", far_xls(), NO_GOALS),
        ("cut.xls", cut, DAMAGED),
        ("deep.ods", ods(&nested("text:span", DEEP)), NO_TABLE),
        ("quotes.csv", vec![b'"'; 4096], "読める形式ではありません"),
    ]
}

/// Elements within one another: deeper than any program writes, and no danger to one that calls itself for each.
const DEEP: usize = 200;

/// A container whose headers say that each part unpacks to a hundred bytes (APPNOTE.TXT §4.3.7, §4.3.12).
fn lying(mut container: Vec<u8>) -> Vec<u8> {
    for (signature, at) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let headers: Vec<usize> = container
            .windows(4)
            .enumerate()
            .filter(|(_, window)| window == signature)
            .map(|(place, _)| place + at)
            .collect();
        for size in headers {
            container.splice(size..size + 4, 100_u32.to_le_bytes());
        }
    }
    container
}

pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A1 and KN2000: six hundred thousand cells between them.
fn far_cells() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "番号").unwrap();
    sheet.write(1_999, 299, "備考").unwrap();
    workbook.save_to_buffer().unwrap()
}

const XLSX_TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>"#;
const XLSX_ROOT: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const XLSX_WORKBOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const XLSX_PARTS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

fn xlsx(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    zip(&[
        ("[Content_Types].xml", XLSX_TYPES),
        ("_rels/.rels", XLSX_ROOT),
        ("xl/workbook.xml", XLSX_WORKBOOK),
        ("xl/_rels/workbook.xml.rels", XLSX_PARTS),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
    ])
}

/// One shared string of so many bytes.
pub fn shared_string(bytes: usize) -> Vec<u8> {
    let mut strings =
        br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>"#
            .to_vec();
    strings.resize(strings.len() + bytes, b'a');
    strings.extend(b"</t></si></sst>");
    let sheet = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
    xlsx(sheet, &strings)
}

fn nested(element: &str, depth: usize) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    open.repeat(depth) + &close.repeat(depth)
}

fn deep_worksheet() -> Vec<u8> {
    xlsx(nested("x", DEEP).as_bytes(), b"<sst/>")
}

fn ods(paragraph: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="A"><table:table-row><table:table-cell><text:p>番号</text:p><text:p>{paragraph}</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend((data.len() as u16).to_le_bytes());
    record.extend(data);
    record
}

/// BIFF5 records in a compound file.
fn biff(sheet: &[u8]) -> Vec<u8> {
    let begin = |kind: u8| record(0x809, &[0, 5, kind, 0, 0, 0, 0, 0]);
    let mut name = vec![0, 0, 0, 0, 0, 0, 1];
    name.push(b'A');
    let mut globals = begin(5);
    let place = globals.len() + 4;
    globals.extend(record(0x85, &name));
    globals.extend(record(0x0a, &[]));
    let start = (globals.len() as u32).to_le_bytes();
    globals.splice(place..place + 4, start);
    globals.extend(begin(0x10));
    globals.extend(sheet);
    globals.extend(record(0x0a, &[]));
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let mut stream = file.create_stream("/Book").unwrap();
    stream.write_all(&globals).unwrap();
    drop(stream);
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// One label at GR5000.
fn far_xls() -> Vec<u8> {
    let label = |row: u16, column: u16| {
        let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0, 0], [1, 0]].concat();
        data.push(b'a');
        record(0x204, &data)
    };
    biff(&[label(0, 0), label(4_999, 199)].concat())
}

/// Objects, numbered from 1, the first one the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        writeln!(file, "{} 0 obj", at + 1).unwrap();
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(
        file,
        "trailer <</Size {size} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    file
}

pub fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    let packed = encoder.finish().unwrap();
    let mut object = format!(
        "<<{dictionary} /Filter /FlateDecode /Length {}>>\nstream\n",
        packed.len()
    )
    .into_bytes();
    object.extend(packed);
    object.extend(b"\nendstream");
    object
}

const CATALOG: &[u8] = b"<</Type /Catalog /Pages 2 0 R>>";
const PAGES: &[u8] = b"<</Type /Pages /Kids [3 0 R] /Count 1>>";

pub fn one_page(contents: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = format!(
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Resources <</XObject <</F 4 0 R>>>> /Contents {contents}>>"
    );
    let mut objects = vec![CATALOG.to_vec(), PAGES.to_vec(), page.into_bytes()];
    objects.extend(more);
    pdf(&objects)
}

/// The PDF after a change.
fn changed(file: &[u8], change: impl Fn(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(file).unwrap();
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A form that paints itself once, painted before the page's own content.
pub fn with_form_cycle(file: &[u8]) -> Vec<u8> {
    changed(file, |document| {
        let page = *document.get_pages().values().next().unwrap();
        let form = document.new_object_id();
        let own = dictionary! { "XObject" => dictionary! { "Cycle" => form } };
        let head = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "Resources" => own,
            "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        };
        document.set_object(form, Stream::new(head, b"/Cycle Do ".to_vec()));
        let before = document.add_object(Stream::new(dictionary! {}, b"/Cycle Do ".to_vec()));
        let resources = document.get_or_create_resources(page).unwrap();
        let resources = resources.as_dict_mut().unwrap();
        resources.set("XObject", dictionary! { "Cycle" => form });
        let dict = document.get_dictionary_mut(page).unwrap();
        let contents = match dict.get(b"Contents").unwrap() {
            Object::Array(contents) => contents.clone(),
            other => vec![other.clone()],
        };
        let contents = [vec![before.into()], contents].concat();
        dict.set("Contents", contents);
    })
}

/// A space in a cell far off, as a slip of the hand leaves it.
pub fn with_far_cell(file: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let far = r#"<row r="3000"><c r="KN3000" t="inlineStr"><is><t> </t></is></c></row></sheetData>"#;
            text = text.replacen("</sheetData>", far, 1);
        }
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
