//! Workbooks as other programs write them: other prefixes, places and orders of the same parts.
#![allow(clippy::unwrap_used)]

use crate::support::readings;

use readings::{cells, codes, grids, noted, package, read_whole};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An xlsx of one sheet with these parts.
fn xlsx(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    let types = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    let root = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"b\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"c\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"目標\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
    ])
}

fn plain_sheet(rows: &str) -> String {
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn prefixes_absolute_targets_and_other_part_names() {
    let types = "<Types><Override PartName=\"/book/main.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let root = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{strict}/officeDocument\" Target=\"/book/main.xml\"/></Relationships>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{strict}/worksheet\" Target=\"/book/Tab.xml\"/>\
         <Relationship Id=\"b\" Type=\"{strict}/sharedStrings\" Target=\"../texts/words.xml\"/></Relationships>"
    );
    let workbook = "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:q=\"q\"><x:sheets><x:sheet name=\"緑 野\" sheetId=\"9\" q:id=\"a\"/></x:sheets></x:workbook>";
    let sheet = "<x:worksheet><x:sheetData><x:row r=\"2\"><x:c r=\"B2\" t=\"s\"><x:v>0</x:v></x:c><x:c t=\"d\"><x:v>2026-04-01</x:v></x:c></x:row></x:sheetData>\
                 <x:mergeCells><x:mergeCell ref=\"B2:B4\"/></x:mergeCells></x:worksheet>";
    let strings = "<x:sst><x:si><x:t>改善</x:t></x:si></x:sst>";
    let bytes = package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", &root),
        ("book/main.xml", workbook),
        ("book/_rels/main.xml.rels", &relations),
        ("book/tab.xml", sheet),
        ("texts/words.xml", strings),
    ]);
    assert_eq!(
        cells(&read_whole(&bytes)),
        ["緑 野!B2:B4=改善", "緑 野!C2=2026/4/1"]
    );
}

#[test]
fn strings_lose_nothing_and_gain_no_reading() {
    let strings = "<sst><si><t>　先頭と末尾 </t></si>\
        <si><r><t>年</t></r><r><rPr><strike/></rPr><t>５</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">６回 </t></r></si>\
        <si><t>共通</t><rPh sb=\"0\" eb=\"2\"><t>キョウツウ</t></rPh></si><si><t>一&#10;二_x000D_\n三&amp;四</t></si><si/></sst>";
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>\
        <c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c><c r=\"F1\" t=\"inlineStr\"><is><t>内</t><rPh sb=\"0\" eb=\"1\"><t>ウチ</t></rPh></is></c>\
        <c r=\"G1\" t=\"str\"><f>A1</f><v>式 </v></c><c r=\"H1\" t=\"b\"><v>1</v></c><c r=\"I1\" t=\"e\"><v>#REF!</v></c><c r=\"J1\"><f>1+1</f></c></row>";
    let reading = read_whole(&xlsx(&plain_sheet(rows), strings, "<styleSheet/>"));
    assert_eq!(
        cells(&reading),
        [
            "目標!A1=　先頭と末尾 ",
            "目標!B1=年６回 ",
            "目標!C1=共通",
            "目標!D1=一\n二\n三&四",
            "目標!F1=内",
            "目標!G1=式 ",
            "目標!H1=TRUE",
            "目標!I1=#REF!",
        ]
    );
    assert_eq!(noted(&reading, "struck-text"), ["５"]);
    assert_eq!(
        codes(&reading),
        [
            "cell-error",
            "formula-without-value",
            "formulas",
            "struck-text"
        ]
    );
}

#[test]
fn hidden_rows_and_columns_leave_a_grid_without_gaps() {
    let cell =
        |address: &str| format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>{address}</t></is></c>");
    let row = |number: u32, hidden: &str| {
        let inside: String = ["A", "B", "C"]
            .iter()
            .map(|column| cell(&format!("{column}{number}")))
            .collect();
        format!("<row r=\"{number}\"{hidden}>{inside}</row>")
    };
    let sheet = format!(
        "<worksheet><cols><col min=\"2\" max=\"2\" hidden=\"1\"/><col min=\"4\" max=\"16384\" hidden=\"true\"/></cols><sheetData>{}{}{}{}</sheetData>\
         <mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"A2:A4\"/></mergeCells></worksheet>",
        row(1, ""),
        row(2, ""),
        row(3, " hidden=\"1\""),
        row(4, "")
    );
    let reading = read_whole(&xlsx(&sheet, "<sst/>", "<styleSheet/>"));
    assert_eq!(
        cells(&reading),
        [
            "目標!A1=A1",
            "目標!B1:C1=B1",
            "目標!A2:A4=A2",
            "目標!C2=C2",
            "目標!C4=C4"
        ]
    );
    let grid = grids(&reading)[0];
    assert_eq!((grid.rows, grid.columns), (3, 2));
    let joined = grid
        .cells
        .iter()
        .find(|cell| cell.place.to_string() == "目標!A2:A4")
        .unwrap();
    assert_eq!(
        (joined.row, joined.rows, joined.column, joined.columns),
        (2, 2, 1, 1)
    );
    assert_eq!(noted(&reading, "covered-text"), ["C1", "A3", "A4"]);
    assert_eq!(noted(&reading, "hidden-cells"), ["B3\tC3", "B2\nB4"]);
}

/// A grid holds the cells that there are, not the area that they span.
#[test]
fn a_far_cell_costs_nothing() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"3000\"><c r=\"KN3000\"><v>2</v></c></row>";
    let reading = read_whole(&xlsx(&plain_sheet(rows), "<sst/>", "<styleSheet/>"));
    let grid = grids(&reading)[0];
    assert_eq!((grid.rows, grid.columns, grid.cells.len()), (3_000, 300, 2));
}

#[test]
fn cells_that_cannot_be_read_are_counted() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>99</v></c><c r=\"C1\"><v>3</v></c></row>";
    let reading = read_whole(&xlsx(&plain_sheet(rows), "<sst/>", "<styleSheet/>"));
    assert_eq!(cells(&reading), ["目標!A1=1", "目標!C1=3"]);
    assert_eq!(codes(&reading), ["cells-not-read"]);
    let cut = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2";
    let reading = read_whole(&xlsx(cut, "<sst/>", "<styleSheet/>"));
    assert_eq!(cells(&reading), ["目標!A1=1"]);
    assert_eq!(codes(&reading), ["cells-not-read"]);
}

/// An `OpenDocument` spreadsheet of this content.
fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<m/>"),
        ("content.xml", &content),
    ])
}

#[test]
fn open_document_cells_repeats_and_spans() {
    let styles = "<style:style style:name=\"T\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
        <style:style style:name=\"H\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
        <style:style style:name=\"B\" style:family=\"table-cell\"><style:table-cell-properties fo:border=\"0.06pt solid #000000\"/></style:style>";
    let tables = "<table:table table:name=\"目標\"><table:table-column table:number-columns-repeated=\"16384\"/>\
        <table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"><text:p>見 出し<text:s text:c=\"2\"/></text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>同じ</text:p></table:table-cell></table:table-row>\
        <table:table-row table:visibility=\"collapse\"><table:table-cell><text:p>隠れ</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><office:annotation><dc:creator>係</dc:creator><text:p>メモ</text:p></office:annotation><text:p>年<text:span text:style-name=\"T\">５</text:span>６<text:ruby><text:ruby-base>回</text:ruby-base><text:ruby-text>かい</text:ruby-text></text:ruby></text:p><text:p>二行目</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"float\" office:value=\"0.5\" calcext:value-type=\"float\"/><table:table-cell table:style-name=\"B\" table:number-columns-repeated=\"16000\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:style-name=\"B\" table:number-columns-repeated=\"16384\"/></table:table-row></table:table>\
        <table:table table:name=\"隠し\" table:style-name=\"H\"><table:table-row><table:table-cell><text:p>秘</text:p></table:table-cell></table:table-row></table:table>";
    let reading = read_whole(&ods(styles, tables));
    assert_eq!(
        cells(&reading),
        [
            "目標!A1:B1=見 出し  ",
            "目標!A2=同じ",
            "目標!B2=同じ",
            "目標!A3=同じ",
            "目標!B3=同じ",
            "目標!A5=年６回\n二行目",
            "目標!B5=0.5",
        ]
    );
    let grid = grids(&reading)[0];
    assert_eq!(
        (grid.rows, grid.columns, grid.title_rows),
        (4, 2, Some((1, 1)))
    );
    assert_eq!(
        codes(&reading),
        ["comment", "hidden-cells", "hidden-sheet", "struck-text"]
    );
}

#[test]
fn text_boxes_follow_the_grid_as_lines() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>表</t></is></c></row>";
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(xlsx(
        &plain_sheet(rows),
        "<sst/>",
        "<styleSheet/>",
    )))
    .unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().to_string();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        parts.push((name, text));
    }
    let relations = format!(
        "<Relationships><Relationship Id=\"d\" Type=\"{OFFICE}/drawing\" Target=\"../drawings/drawing1.xml\"/></Relationships>"
    );
    let drawing = "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>4</xdr:row></xdr:from>\
        <xdr:sp><xdr:txBody><a:p><a:r><a:t>※注意</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>";
    parts.push(("xl/worksheets/_rels/sheet1.xml.rels".to_owned(), relations));
    parts.push(("xl/drawings/drawing1.xml".to_owned(), drawing.to_owned()));
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let reading = read_whole(&package(&parts));
    let Some(seirihyo::sheet::Block::Line(line)) = reading.sheets[0].blocks.last() else {
        panic!()
    };
    assert_eq!(
        (
            line.range.of(&reading.text),
            line.place.to_string().as_str()
        ),
        ("※注意", "目標!A5")
    );
}

#[test]
fn a_merged_cell_that_begins_in_a_hidden_row_stands_in_the_order_that_is_seen() {
    let cell =
        |address: &str| format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>{address}</t></is></c>");
    let sheet = format!(
        "<worksheet><sheetData><row r=\"1\" hidden=\"1\">{}</row><row r=\"2\">{}{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"B1:B2\"/></mergeCells></worksheet>",
        cell("B1"),
        cell("A2"),
        cell("C2")
    );
    let reading = read_whole(&xlsx(&sheet, "<sst/>", "<styleSheet/>"));
    assert_eq!(
        cells(&reading),
        ["目標!A2=A2", "目標!B1:B2=B1", "目標!C2=C2"]
    );
}

#[test]
fn merges_that_name_no_range_are_told_and_the_others_hold() {
    let sheet = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>目標</t></is></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"C2:A1\"/><mergeCell ref=\"#REF!\"/></mergeCells></worksheet>";
    let reading = read_whole(&xlsx(sheet, "<sst/>", "<styleSheet/>"));
    assert_eq!(cells(&reading), ["目標!A1:B2=目標"]);
    let told = |note: &&seirihyo::note::Note| {
        note.code == "part-not-read" && note.message.to_string().contains("2 mergeCell")
    };
    assert_eq!(reading.notes.iter().filter(told).count(), 1);
}

#[test]
fn open_document_shapes_are_lines_too() {
    let tables = "<table:table table:name=\"目標\"><table:table-row><table:table-cell><text:p>表</text:p>\
        <draw:frame><draw:text-box><text:p>※注意</text:p></draw:text-box><svg:desc>図</svg:desc></draw:frame></table:table-cell></table:table-row></table:table>";
    let reading = read_whole(&ods("", tables));
    assert_eq!(cells(&reading), ["目標!A1=表"]);
    let Some(seirihyo::sheet::Block::Line(line)) = reading.sheets[0].blocks.last() else {
        panic!()
    };
    assert_eq!(line.range.of(&reading.text), "※注意");
}
