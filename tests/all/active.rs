//! What a file holds that other programs would run, fetch or open: it is noted and left alone. Text beside the
//! cells is read or noted in every format.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support::readings;
#[allow(dead_code)] // the reader's own tests use the rest
use crate::support::xlsb_writer;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use readings::{noted, read_whole};
use seirihyo::message::Language;
use seirihyo::sheet::{Block, Reading};
use zip::write::SimpleFileOptions;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures")
            .join(name),
    )
    .unwrap()
}

/// What is said to be in a file, in English.
fn said(reading: &Reading) -> Vec<String> {
    let notes = reading.notes.iter().filter(|note| note.code == "not-run");
    notes
        .map(|note| note.message.text(Language::English).to_owned())
        .map(|text| {
            text.trim_start_matches("The file has ")
                .split('.')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}

/// A container with further parts.
fn with_parts(container: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(container)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        if more.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        new.start_file(name, options).unwrap();
        new.write_all(&bytes).unwrap();
    }
    for (name, bytes) in more {
        new.start_file(*name, options).unwrap();
        new.write_all(bytes).unwrap();
    }
    new.finish().unwrap().into_inner()
}

const OFFICE: [(&str, &str); 7] = [
    ("xl/vbaProject.bin", "macros"),
    ("xl/macrosheets/sheet1.xml", "macros"),
    ("xl/externalLinks/externalLink1.xml", "links to other files"),
    ("xl/connections.xml", "connections to outside data"),
    (
        "xl/queryTables/queryTable1.xml",
        "connections to outside data",
    ),
    ("xl/embeddings/oleObject1.bin", "embedded objects"),
    ("xl/activeX/activeX1.bin", "embedded objects"),
];

#[test]
fn parts_of_excel_workbooks_are_told_by_their_names() {
    let zipped_xml = fixture("kokubunji/small_xlsx/input.xlsx");
    let binary = xlsb_writer::workbook(&[xlsb_writer::Sheet {
        name: "目標".to_owned(),
        ..Default::default()
    }]);
    for container in [zipped_xml, binary] {
        assert!(said(&read_whole(&container)).is_empty());
        for (part, what) in OFFICE {
            let reading = read_whole(&with_parts(&container, &[(part, b"calc.exe")]));
            assert_eq!(said(&reading), [what], "{part}");
        }
    }
}

#[test]
fn parts_and_elements_of_open_document_spreadsheets_are_told() {
    let ods = fixture("kokubunji/r4_ods/input.ods");
    assert!(said(&read_whole(&ods)).is_empty());
    for (part, bytes, what) in [
        ("Basic/Standard/Module1.xml", &b"Sub a"[..], &["macros"][..]),
        ("Object 1", b"OLE", &["embedded objects"]),
        (
            "Object 2/content.xml",
            b"<office:text/>",
            &["embedded objects"],
        ),
        ("Object 3/content.xml", b"<office:chart/>", &[]),
    ] {
        assert_eq!(
            said(&read_whole(&with_parts(&ods, &[(part, bytes)]))),
            what,
            "{part}"
        );
    }
    let content = {
        let mut archive = zip::ZipArchive::new(Cursor::new(ods.as_slice())).unwrap();
        let mut text = String::new();
        archive
            .by_name("content.xml")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    for (element, what) in [
        (
            "<table:dde-links><table:dde-link/></table:dde-links>",
            "links to other files",
        ),
        (
            "<office:event-listeners><script:event-listener xmlns:script=\"s\"/></office:event-listeners>",
            "macros",
        ),
        (
            "<table:database-ranges><table:database-source-sql/></table:database-ranges>",
            "connections to outside data",
        ),
    ] {
        let changed = content.replacen(
            "</office:spreadsheet>",
            &format!("{element}</office:spreadsheet>"),
            1,
        );
        let reading = read_whole(&with_parts(&ods, &[("content.xml", changed.as_bytes())]));
        assert_eq!(said(&reading), [what], "{element}");
    }
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend((data.len() as u16).to_le_bytes());
    record.extend(data);
    record
}

/// A BIFF5 or BIFF8 workbook of one sheet, beside storages of these names, with these records among the globals and
/// in the sheet.
fn xls(version: u16, storages: &[&str], globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    let begin = |kind: u8| {
        let version = version.to_le_bytes();
        record(0x809, &[version[0], version[1], kind, 0, 0, 0, 0, 0])
    };
    let mut stream = begin(5);
    let place = stream.len() + 4;
    let name: &[u8] = if version == 0x600 {
        &[1, 0, b'A']
    } else {
        &[1, b'A']
    };
    stream.extend(record(0x85, &[&[0, 0, 0, 0, 0, 0], name].concat()));
    stream.extend(globals);
    stream.extend(record(0x0a, &[]));
    let start = (stream.len() as u32).to_le_bytes();
    stream.splice(place..place + 4, start);
    stream.extend(begin(0x10));
    stream.extend(sheet);
    stream.extend(record(0x0a, &[]));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let book = if version == 0x600 {
        "/Workbook"
    } else {
        "/Book"
    };
    file.create_stream(book)
        .unwrap()
        .write_all(&stream)
        .unwrap();
    for storage in storages {
        file.create_storage(format!("/{storage}")).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A label in A1.
fn label(version: u16) -> Vec<u8> {
    let flags: &[u8] = if version == 0x600 { &[0] } else { &[] };
    record(0x204, &[&[0, 0, 0, 0, 0, 0, 1, 0], flags, b"a"].concat())
}

#[test]
fn storages_and_records_of_old_workbooks_are_told() {
    let eight = |storages: &[&str], globals: &[u8]| xls(0x600, storages, globals, &label(0x600));
    assert!(said(&read_whole(&eight(&[], &[]))).is_empty());
    let own = record(0x1ae, &[1, 0, 1, 4]);
    let add_in = record(0x1ae, &[1, 0, 1, 0x3a]);
    assert!(said(&read_whole(&eight(&[], &[own, add_in].concat()))).is_empty());
    let macro_sheet = record(0x85, &[0, 0, 0, 0, 0, 1, 1, 0, b'M']);
    let other = record(0x1ae, &[1, 0, 3, 0, 0, 1, b'b']);
    for (bytes, what) in [
        (eight(&["_VBA_PROJECT_CUR"], &[]), "macros"),
        (eight(&["MBD0001C2F4"], &[]), "embedded objects"),
        (eight(&[], &macro_sheet), "macros"),
        (eight(&[], &other), "links to other files"),
        (
            eight(&[], &record(0x876, &[0; 16])),
            "connections to outside data",
        ),
        (
            xls(0x500, &[], &record(0x17, &[2, 1, b'b']), &label(0x500)),
            "links to other files",
        ),
    ] {
        assert_eq!(said(&read_whole(&bytes)), [what]);
    }
}

/// A PDF of the fixtures with a change to its catalogue and further objects.
fn pdf(change: impl Fn(&mut Dictionary, &mut Document)) -> Reading {
    let mut document = Document::load_mem(&fixture("kokubunji/small_rksj_pdf/input.pdf")).unwrap();
    let root = document
        .trailer
        .get(b"Root")
        .unwrap()
        .as_reference()
        .unwrap();
    let mut catalog = document.get_dictionary(root).unwrap().clone();
    change(&mut catalog, &mut document);
    document.set_object(root, catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    read_whole(&bytes)
}

#[test]
fn actions_scripts_and_attachments_of_pdfs_are_told() {
    let jump = || vec![Object::Integer(0), Object::Name(b"Fit".to_vec())];
    let harmless = [
        pdf(|_, _| ()),
        pdf(|catalog, _| catalog.set("OpenAction", jump())),
        pdf(|catalog, _| catalog.set("OpenAction", dictionary! { "S" => "GoTo", "D" => jump() })),
        pdf(|_, document| {
            document.add_object(
                dictionary! { "S" => "URI", "URI" => Object::string_literal("http://x.invalid") },
            );
        }),
    ];
    for reading in harmless {
        assert!(said(&reading).is_empty(), "{:?}", said(&reading));
    }
    let script =
        || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    let actions = "actions on opening or use";
    let found = pdf(|catalog, _| catalog.set("OpenAction", script()));
    assert_eq!(said(&found), ["JavaScript", actions]);
    let found = pdf(|catalog, document| {
        let script = document.add_object(script());
        let names = vec![Object::string_literal("a"), Object::Reference(script)];
        catalog.set(
            "Names",
            dictionary! { "JavaScript" => dictionary! { "Names" => names } },
        );
    });
    assert_eq!(said(&found), ["JavaScript"]);
    let found = pdf(|catalog, _| {
        catalog.set(
            "AA",
            dictionary! { "WC" => dictionary! { "S" => "Named", "N" => "Print" } },
        );
    });
    assert_eq!(said(&found), [actions]);
    let launch = dictionary! { "S" => "Launch", "F" => Object::string_literal("calc.exe") };
    let found = pdf(|_, document| {
        let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "A" => launch.clone() };
        document.add_object(link);
    });
    assert_eq!(said(&found), [actions]);
    let found = pdf(|catalog, document| {
        let file = document.add_object(Stream::new(
            dictionary! { "Type" => "EmbeddedFile" },
            b"MZ".to_vec(),
        ));
        let specification = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("../../a.exe"), "EF" => dictionary! { "F" => file } };
        let names = vec![Object::string_literal("a"), specification.into()];
        catalog.set(
            "Names",
            dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } },
        );
    });
    assert_eq!(said(&found), ["attached files"]);
    let found = pdf(|_, document| {
        document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "RichMedia" });
    });
    assert_eq!(said(&found), ["films, sounds or the like"]);
    let found = pdf(|catalog, _| {
        catalog.set(
            "AcroForm",
            dictionary! { "XFA" => Object::string_literal("<xdp/>") },
        );
    });
    assert_eq!(said(&found), ["a dynamic form (XFA)"]);
}

/// The lines outside a reading's grids, each with its place.
fn lines(reading: &Reading) -> Vec<String> {
    let blocks = reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let of_block = |block: &Block| match block {
        Block::Line(line) => Some(format!("{}: {}", line.place, line.range.of(&reading.text))),
        Block::Grid(_) => None,
    };
    blocks.filter_map(of_block).collect()
}

#[test]
fn text_boxes_comments_and_formulas_are_seen_in_every_workbook_format() {
    for ending in ["xlsx", "xls", "ods"] {
        let reading = read_whole(&fixture(&format!(
            "kokubunji/boxes_{ending}/input.{ending}"
        )));
        let box_text = lines(&reading);
        assert_eq!(box_text.len(), 1, "{ending}: {box_text:?}");
        assert!(
            box_text[0].starts_with("会計課!B7:")
                && box_text[0].ends_with(": ※この表は会計課の素案です。"),
            "{ending}: {box_text:?}"
        );
        assert_eq!(
            noted(&reading, "comment"),
            ["去年の数字を確かめること。"],
            "{ending}"
        );
        let formulas = reading
            .notes
            .iter()
            .find(|note| note.code == "formulas")
            .unwrap();
        assert!(
            formulas
                .message
                .text(Language::English)
                .starts_with("1 cells"),
            "{ending}"
        );
    }
}

/// A record of a binary part: its number below 128 or in two bytes, and at most 127 bytes.
fn binary_record(number: u16, data: &[u8]) -> Vec<u8> {
    let mut record = vec![
        (number & 0x7f) as u8 | 0x80,
        (number >> 7) as u8,
        data.len() as u8,
    ];
    record.extend(data);
    record
}

#[test]
fn text_boxes_and_comments_of_binary_workbooks_are_seen() {
    let value = xlsb_writer::Value::Text("番号".to_owned());
    let workbook = xlsb_writer::workbook(&[xlsb_writer::Sheet {
        name: "目標".to_owned(),
        cells: vec![xlsb_writer::Cell {
            row: 1,
            column: 1,
            style: 0,
            value,
        }],
        ..Default::default()
    }]);
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let links = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{office}/drawing\" Target=\"../drawings/drawing1.xml\"/>\
         <Relationship Id=\"b\" Type=\"{office}/comments\" Target=\"../comments1.bin\"/></Relationships>"
    );
    let drawing = "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:sp><xdr:txBody>\
                   <a:p><a:r><a:t>※箱の文字</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>";
    let numbers = |numbers: &[u32]| {
        numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect::<Vec<u8>>()
    };
    let units: Vec<u8> = "確かめる"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let comments = [
        binary_record(635, &[numbers(&[0, 1, 1, 3, 3]), vec![0; 16]].concat()),
        binary_record(637, &[vec![0], numbers(&[4]), units].concat()),
        binary_record(636, &[]),
    ]
    .concat();
    let more: [(&str, &[u8]); 3] = [
        ("xl/worksheets/_rels/sheet0.bin.rels", links.as_bytes()),
        ("xl/drawings/drawing1.xml", drawing.as_bytes()),
        ("xl/comments1.bin", &comments),
    ];
    let reading = read_whole(&with_parts(&workbook, &more));
    assert!(
        lines(&reading)[0].ends_with("C5: ※箱の文字"),
        "{:?}",
        lines(&reading)
    );
    assert_eq!(noted(&reading, "comment"), ["確かめる"]);
    let place = reading
        .notes
        .iter()
        .find(|note| note.code == "comment")
        .unwrap()
        .place
        .clone();
    assert!(place.unwrap().to_string().ends_with("D2"));
}

#[test]
fn comments_of_excel_95_are_read_and_its_text_boxes_are_not_lost_in_silence() {
    let (text, _, _) = encoding_rs::SHIFT_JIS.encode("確かめる");
    let note = record(
        0x1c,
        &[&[2, 0, 1, 0, text.len() as u8, 0], &text[..]].concat(),
    );
    let text_box = record(0x5d, &[&[1, 0, 0, 0, 6, 0, 1, 0], &[0; 60][..]].concat());
    let bytes = xls(0x500, &[], &[], &[label(0x500), note, text_box].concat());
    let reading = read_whole(&bytes);
    assert_eq!(noted(&reading, "comment"), ["確かめる"]);
    assert!(
        reading
            .notes
            .iter()
            .any(|note| note.code == "part-not-read")
    );
}

#[test]
fn text_boxes_of_hidden_sheets_are_set_aside_with_the_sheet() {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook xmlns:r=\"{office}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/>\
         <sheet name=\"B\" sheetId=\"2\" state=\"hidden\" r:id=\"r2\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"r2\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let cell = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>番号</t></is></c></row></sheetData></worksheet>";
    let beside = format!(
        "<Relationships><Relationship Id=\"d\" Type=\"{office}/drawing\" Target=\"../drawings/drawing1.xml\"/></Relationships>"
    );
    let bytes = readings::package(&[
        (
            "[Content_Types].xml",
            "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
        ),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &links),
        ("xl/worksheets/sheet1.xml", cell),
        ("xl/worksheets/sheet2.xml", cell),
        ("xl/worksheets/_rels/sheet2.xml.rels", &beside),
        (
            "xl/drawings/drawing1.xml",
            "<xdr:wsDr><xdr:sp><xdr:txBody><a:p><a:r><a:t>隠れた箱</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>",
        ),
    ]);
    let reading = read_whole(&bytes);
    let hidden = noted(&reading, "hidden-sheet");
    assert_eq!(hidden.len(), 1);
    assert!(hidden[0].contains("隠れた箱"), "{hidden:?}");
}
