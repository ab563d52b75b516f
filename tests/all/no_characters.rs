//! Codes that are no characters – what damage leaves in a value – are noted, whatever the file.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support::readings;

use std::path::Path;

use readings::{cells, codes, noted, package, read_whole, try_read};

const CODE: &str = "not-a-character";

#[test]
fn zeroed_characters_of_an_old_workbook_are_noted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kokubunji/r8_xls/input.xls");
    let mut bytes = std::fs::read(root).unwrap();
    assert!(!codes(&read_whole(&bytes)).contains(&CODE));
    let word: Vec<u8> = "実施項目"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let at = bytes.windows(word.len()).position(|part| part == word);
    bytes[at.unwrap()..][2..4].fill(0);
    let reading = read_whole(&bytes);
    assert!(cells(&reading).iter().any(|cell| cell.contains('\0')));
    let noted = noted(&reading, CODE);
    assert!(
        noted.len() == 1 && noted[0].starts_with("実␀項目"),
        "{noted:?}"
    );
}

#[test]
fn control_characters_of_every_format_are_noted_and_white_space_is_not() {
    let table = |between: &str| format!("番号,実施項目\r\n1,窓{between}口\r\n");
    for wrong in ["\u{b}", "\u{85}", "\u{fffd}"] {
        let text = table(wrong);
        assert_eq!(codes(&read_whole(text.as_bytes())), [CODE], "{text:?}");
    }
    // One control character is damage; several, or one that begins another encoding, are no text.
    for wrong in ["\0", "\u{1}"] {
        let text = table(wrong);
        assert_eq!(codes(&read_whole(text.as_bytes())), [CODE], "{text:?}");
    }
    for wrong in ["\0\u{1}", "\u{1b}"] {
        let text = table(wrong);
        assert!(try_read(text.as_bytes()).is_err(), "{text:?}");
    }
    let right = table("\t");
    assert!(codes(&read_whole(right.as_bytes())).is_empty());

    let export =
        "令和8年度 組織目標展開整理表\n番号\t実施項目\t期限\n1\t窓\u{b}口\t年度末\n2\t道\t年度末\n";
    let reading = read_whole(export.as_bytes());
    assert!(codes(&reading).contains(&CODE), "{:?}", codes(&reading));

    let sheet = |text: &str| {
        let content = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"目標\"><table:table-row>\
             <table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>\
             </office:spreadsheet></office:body></office:document-content>"
        );
        let kind = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
        package(&[kind, ("content.xml", &content)])
    };
    for text in ["窓&#8;口", "窓\u{fffd}口"] {
        assert_eq!(codes(&read_whole(&sheet(text))), [CODE], "{text:?}");
    }
}

#[test]
fn escaped_controls_of_a_workbook_are_noted_in_pictures() {
    let text = "窓_x0000_口_x000D_\n受_x000B_付";
    let types = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    let rows = format!(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row></sheetData></worksheet>"
    );
    let reading = read_whole(&package(&[
        ("[Content_Types].xml", types),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"目標\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &rows),
    ]));
    assert_eq!(cells(&reading), ["目標!A1=窓\0口\n受\u{b}付"]);
    assert_eq!(noted(&reading, CODE), ["窓␀口\n受␋付"]);
    let message = &reading
        .notes
        .iter()
        .find(|note| note.code == CODE)
        .unwrap()
        .message;
    let japanese = message.text(seirihyo::message::Language::Japanese);
    assert!(japanese.contains("U+0000, U+000B"), "{japanese}");
}
