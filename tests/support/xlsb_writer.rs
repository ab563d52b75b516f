//! A minimal Excel binary workbook ([MS-XLSB]) from a few cells: what is needed to test its reader.
//!
//! No program at hand writes this format, so the records are written here, each as its section says.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Value {
    /// A shared string.
    Text(String),
    /// A shared string of which a part, in UTF-16 units from its start, is struck.
    StruckStart(String, u16),
    /// A string inside the cell, with runs (none of them struck).
    Inline(String),
    /// A number.
    Number(f64),
    /// A formula's error, `#N/A`.
    FormulaError,
    /// Nothing, with a border.
    Blank,
}

/// A cell, 1-based, with the index of its style: see [`STYLES`].
#[derive(Debug, Clone)]
pub struct Cell {
    pub row: u32,
    pub column: u32,
    pub style: u32,
    pub value: Value,
}

/// The number formats of the styles; style 0 is General. All have borders.
pub const STYLES: [&str; 4] = [
    "General",
    "0\"回\"",
    "[$-411]ggge\"年\"m\"月\"d\"日\"",
    "#,##0",
];

/// A worksheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub name: String,
    /// 0 visible, 1 hidden, 2 very hidden.
    pub state: u32,
    pub cells: Vec<Cell>,
    /// First row, first column, last row, last column, 1-based.
    pub merges: Vec<(u32, u32, u32, u32)>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u32>,
    /// First and last row of the print titles, 1-based.
    pub title_rows: Option<(u32, u32)>,
}

/// A record: its number and length in groups of seven bits (§2.1.4), and its data.
fn record(out: &mut Vec<u8>, number: u16, data: &[u8]) {
    if number < 0x80 {
        out.push(number as u8);
    } else {
        out.extend([(number & 0x7f) as u8 | 0x80, (number >> 7) as u8]);
    }
    let mut length = data.len();
    loop {
        let group = (length & 0x7f) as u8;
        length >>= 7;
        if length == 0 {
            out.push(group);
            break;
        }
        out.push(group | 0x80);
    }
    out.extend(data);
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

fn words(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

/// A whole workbook.
pub fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    let mut strings = Vec::new();
    let parts: Vec<Vec<u8>> = sheets
        .iter()
        .map(|sheet| worksheet(sheet, &mut strings))
        .collect();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    };
    add(
        "[Content_Types].xml",
        content_types(sheets.len()).as_bytes(),
    );
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relationship = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relationships = |inside: String| {
        format!(
            "<?xml version=\"1.0\"?><Relationships xmlns=\"{namespace}\">{inside}</Relationships>"
        )
    };
    add(
        "_rels/.rels",
        relationships(relationship("rId1", "officeDocument", "xl/workbook.bin")).as_bytes(),
    );
    let mut targets = relationship("rIdS", "styles", "styles.bin")
        + &relationship("rIdT", "sharedStrings", "sharedStrings.bin");
    for (index, part) in parts.iter().enumerate() {
        add(&format!("xl/worksheets/sheet{index}.bin"), part);
        targets += &relationship(
            &format!("rId{index}"),
            "worksheet",
            &format!("worksheets/sheet{index}.bin"),
        );
    }
    add(
        "xl/_rels/workbook.bin.rels",
        relationships(targets).as_bytes(),
    );
    add("xl/workbook.bin", &workbook_part(sheets));
    add("xl/styles.bin", &styles_part());
    add("xl/sharedStrings.bin", &strings_part(&strings));
    zip.finish().unwrap().into_inner()
}

fn content_types(sheets: usize) -> String {
    let over = |part: &str, kind: &str| {
        format!("<Override PartName=\"{part}\" ContentType=\"application/vnd.ms-excel.{kind}\"/>")
    };
    let mut types = over("/xl/workbook.bin", "sheet.binary.macroEnabled.main")
        + &over("/xl/styles.bin", "styles")
        + &over("/xl/sharedStrings.bin", "sharedStrings");
    for index in 0..sheets {
        types += &over(&format!("/xl/worksheets/sheet{index}.bin"), "worksheet");
    }
    format!(
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{types}</Types>"
    )
}

/// `BrtBundleSh` (§2.4.307) for each sheet, `BrtName` (§2.4.714) for each sheet's print titles.
fn workbook_part(sheets: &[Sheet]) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 131, &[]);
    record(&mut out, 153, &[words(&[0, 0]), wide("")].concat());
    record(&mut out, 143, &[]);
    for (index, sheet) in sheets.iter().enumerate() {
        let head = words(&[sheet.state, index as u32 + 1]);
        record(
            &mut out,
            156,
            &[head, wide(&format!("rId{index}")), wide(&sheet.name)].concat(),
        );
    }
    record(&mut out, 144, &[]);
    // The sheets as names refer to them: BrtBeginExternals, BrtSupSelf, BrtExternSheet, BrtEndExternals.
    record(&mut out, 353, &[]);
    record(&mut out, 357, &[]);
    let references = (0..sheets.len() as u32).flat_map(|index| [0, index, index]);
    record(
        &mut out,
        362,
        &words(&[vec![sheets.len() as u32], references.collect()].concat()),
    );
    record(&mut out, 354, &[]);
    for (index, sheet) in sheets.iter().enumerate() {
        let Some((first, last)) = sheet.title_rows else {
            continue;
        };
        let mut data = words(&[0x20]);
        data.push(0);
        data.extend(words(&[index as u32]));
        data.extend(wide("_xlnm.Print_Titles"));
        data.extend(words(&[15]));
        data.push(0x3b);
        data.extend((index as u16).to_le_bytes());
        data.extend(words(&[first - 1, last - 1]));
        data.extend([0, 0, 0xff, 0x3f]);
        data.extend(words(&[0, u32::MAX]));
        record(&mut out, 39, &data);
    }
    record(&mut out, 157, &[0; 26]);
    record(&mut out, 132, &[]);
    out
}

/// Two fonts, the second struck; one border; the styles.
fn styles_part() -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 278, &[]);
    record(&mut out, 615, &words(&[STYLES.len() as u32 - 1]));
    for (index, code) in STYLES.iter().enumerate().skip(1) {
        record(
            &mut out,
            44,
            &[(175 + index as u16).to_le_bytes().to_vec(), wide(code)].concat(),
        );
    }
    record(&mut out, 616, &[]);
    record(&mut out, 611, &words(&[2]));
    for flags in [0u16, 0x0008] {
        let mut data = [220u16.to_le_bytes(), flags.to_le_bytes()].concat();
        data.extend([0x90, 1, 0, 0, 0, 0, 0, 0, 7, 1, 0, 0, 0, 0, 0, 0xff, 2]);
        data.extend(wide("游ゴシック"));
        record(&mut out, 43, &data);
    }
    record(&mut out, 612, &[]);
    record(&mut out, 613, &words(&[1]));
    let line = [1, 0, 1, 0x40, 0, 0, 0, 0, 0, 0xff];
    record(
        &mut out,
        46,
        &[&[0], &line[..], &line, &line, &line, &[0; 10]].concat(),
    );
    record(&mut out, 614, &[]);
    record(&mut out, 617, &words(&[STYLES.len() as u32]));
    for index in 0..STYLES.len() as u16 {
        let format = if index == 0 { 0 } else { 175 + index };
        let fields: Vec<u8> = [0, format, 0, 0, 0]
            .iter()
            .flat_map(|field: &u16| field.to_le_bytes())
            .collect();
        record(&mut out, 47, &[fields, vec![0; 6]].concat());
    }
    record(&mut out, 618, &[]);
    record(&mut out, 279, &[]);
    out
}

fn strings_part(strings: &[(String, Option<u16>)]) -> Vec<u8> {
    let mut out = Vec::new();
    record(
        &mut out,
        159,
        &words(&[strings.len() as u32, strings.len() as u32]),
    );
    for (text, struck) in strings {
        record(
            &mut out,
            19,
            &rich(
                text,
                &struck.map_or(vec![], |until| vec![(0, 1), (until, 0)]),
            ),
        );
    }
    record(&mut out, 160, &[]);
    out
}

/// `RichStr` (§2.5.121): where runs begin, and their fonts.
fn rich(text: &str, runs: &[(u16, u16)]) -> Vec<u8> {
    let mut data = vec![u8::from(!runs.is_empty())];
    data.extend(wide(text));
    if !runs.is_empty() {
        data.extend(words(&[runs.len() as u32]));
        data.extend(
            runs.iter()
                .flat_map(|(start, font)| [start.to_le_bytes(), font.to_le_bytes()].concat()),
        );
    }
    data
}

fn worksheet(sheet: &Sheet, strings: &mut Vec<(String, Option<u16>)>) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 129, &[]);
    record(&mut out, 148, &words(&[0, 0xf_ffff, 0, 0x3fff]));
    if !sheet.hidden_columns.is_empty() {
        record(&mut out, 390, &[]);
        for column in &sheet.hidden_columns {
            record(
                &mut out,
                60,
                &[words(&[column - 1, column - 1, 2304, 0]), vec![1, 0]].concat(),
            );
        }
        record(&mut out, 391, &[]);
    }
    record(&mut out, 145, &[]);
    let mut row = 0;
    for cell in &sheet.cells {
        if cell.row != row {
            row = cell.row;
            let hidden = if sheet.hidden_rows.contains(&row) {
                0x10
            } else {
                0
            };
            let head = words(&[row - 1, 0]);
            record(
                &mut out,
                0,
                &[head, vec![0x2c, 1, 0, hidden, 0], words(&[0])].concat(),
            );
        }
        write_cell(&mut out, cell, strings);
    }
    record(&mut out, 146, &[]);
    if !sheet.merges.is_empty() {
        record(&mut out, 177, &words(&[sheet.merges.len() as u32]));
        for (top, left, bottom, right) in &sheet.merges {
            record(
                &mut out,
                176,
                &words(&[top - 1, bottom - 1, left - 1, right - 1]),
            );
        }
        record(&mut out, 178, &[]);
    }
    record(&mut out, 130, &[]);
    out
}

fn write_cell(out: &mut Vec<u8>, cell: &Cell, strings: &mut Vec<(String, Option<u16>)>) {
    let head = words(&[cell.column - 1, cell.style]);
    let mut shared = |text: &str, struck: Option<u16>| {
        strings.push((text.to_owned(), struck));
        words(&[strings.len() as u32 - 1])
    };
    let (number, data) = match &cell.value {
        Value::Text(text) => (7, shared(text, None)),
        Value::StruckStart(text, until) => (7, shared(text, Some(*until))),
        Value::Inline(text) => (62, rich(text, &[(0, 0)])),
        Value::Number(number) => (5, number.to_le_bytes().to_vec()),
        Value::FormulaError => (11, [vec![0x2a, 0, 0], words(&[0, 0])].concat()),
        Value::Blank => (1, Vec::new()),
    };
    record(out, number, &[head, data].concat());
}
