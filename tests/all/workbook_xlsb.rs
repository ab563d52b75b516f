//! Excel binary workbooks, as the minimal writer makes them.
#![allow(clippy::unwrap_used)]

use crate::support::readings;
use crate::support::xlsb_writer;

use readings::{cells, codes, grids, noted, read_whole, try_read};
use seirihyo::sheet::CellValue;
use xlsb_writer::{Cell, Sheet, Value, workbook};

fn cell(row: u32, column: u32, style: u32, value: Value) -> Cell {
    Cell {
        row,
        column,
        style,
        value,
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn sheets() -> Vec<Sheet> {
    let shown = Sheet {
        name: "目標".to_owned(),
        cells: vec![
            cell(1, 1, 0, text("令和8年度")),
            cell(3, 1, 0, text("番号")),
            cell(3, 2, 0, text("実施項目")),
            cell(3, 3, 0, text("課名")),
            cell(4, 1, 0, Value::Number(1.0)),
            cell(4, 2, 0, text("・案内を直す。\n・椅子を置く。")),
            cell(4, 3, 0, text("市民課")),
            cell(5, 1, 1, Value::Number(2.0)),
            cell(5, 2, 0, Value::StruckStart("旧新しい案".to_owned(), 1)),
            cell(6, 1, 2, Value::Number(46_113.0)),
            cell(6, 2, 0, text("やめた目標")),
            cell(7, 1, 3, Value::Number(1234.0)),
            cell(7, 2, 0, Value::Inline("中の文字".to_owned())),
            cell(7, 3, 0, Value::FormulaError),
            cell(8, 2, 0, Value::Blank),
            cell(8, 4, 0, text("控え")),
        ],
        merges: vec![(1, 1, 1, 3), (4, 3, 5, 3)],
        hidden_rows: vec![6],
        hidden_columns: vec![4],
        title_rows: Some((3, 3)),
        ..Sheet::default()
    };
    let hidden = Sheet {
        name: "選択肢".to_owned(),
        state: 2,
        cells: vec![cell(1, 1, 0, text("施政方針"))],
        ..Sheet::default()
    };
    vec![shown, hidden]
}

#[test]
fn cells_merges_formats_and_hidden_parts_are_read() {
    let reading = read_whole(&workbook(&sheets()));
    assert_eq!(reading.format.name(), "xlsb");
    assert_eq!(
        cells(&reading),
        [
            "目標!A1:C1=令和8年度",
            "目標!A3=番号",
            "目標!B3=実施項目",
            "目標!C3=課名",
            "目標!A4=1",
            "目標!B4=・案内を直す。\n・椅子を置く。",
            "目標!C4:C5=市民課",
            "目標!A5=2回",
            "目標!B5=新しい案",
            "目標!A7=1,234",
            "目標!B7=中の文字",
            "目標!C7=#N/A",
        ]
    );
    let grid = grids(&reading)[0];
    assert_eq!(
        (grid.rows, grid.columns, grid.title_rows),
        (7, 3, Some((3, 3)))
    );
    assert_eq!(
        grid.cells
            .iter()
            .find(|cell| cell.place.to_string() == "目標!A5")
            .unwrap()
            .value,
        CellValue::Number(2.0)
    );
    assert_eq!(noted(&reading, "struck-text"), ["旧"]);
    assert_eq!(
        noted(&reading, "hidden-cells"),
        ["令和8年4月1日\tやめた目標", "控え"]
    );
    assert_eq!(noted(&reading, "hidden-sheet"), ["施政方針"]);
    assert!(codes(&reading).contains(&"cell-error"));
}

#[test]
fn calamine_reads_the_same_values() {
    use calamine::Reader as _;
    let bytes = workbook(&sheets());
    let mut other: calamine::Xlsb<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(&bytes)).unwrap();
    let range = other.worksheet_range("目標").unwrap();
    assert_eq!(
        range.get_value((3, 1)).unwrap().to_string(),
        "・案内を直す。\n・椅子を置く。"
    );
    assert_eq!(range.get_value((4, 0)).unwrap().to_string(), "2");
}

#[test]
fn damage_is_told_and_never_fatal() {
    let bytes = workbook(&sheets());
    for cut in 0..bytes.len() {
        let _ = try_read(&bytes[..cut]);
    }
    // The parts are small enough to be damaged byte by byte inside a sound container.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    for part in [
        "xl/workbook.bin",
        "xl/styles.bin",
        "xl/sharedStrings.bin",
        "xl/worksheets/sheet0.bin",
    ] {
        let mut data = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(part).unwrap(), &mut data).unwrap();
        for at in 0..data.len() {
            for value in [0, 0x7f, 0xff, data[at] ^ 1] {
                let mut damaged = data.clone();
                damaged[at] = value;
                if let Ok(reading) = try_read(&replaced(&bytes, part, &damaged)) {
                    readings::assert_conserved(part, &reading);
                }
            }
        }
    }
}

/// The same container with one part's bytes replaced.
fn replaced(bytes: &[u8], part: &str, data: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().to_string();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut content).unwrap();
        writer.start_file(&name, stored).unwrap();
        std::io::Write::write_all(&mut writer, if name == part { data } else { &content }).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
