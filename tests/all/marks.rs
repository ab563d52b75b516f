//! One table of item marks for every reader: each mark gives the same blocks from a spreadsheet, comma-separated values, a
//! text export, and the full lines of a PDF.

use std::fmt::Write;

use seirihyo::layout::{self, ImportOptions, Layouts};
use seirihyo::pipeline;
use seirihyo::read::{ReadOptions, read};
use seirihyo::text::setting::marks::SIGNS;
use serde_json::Value;

const HEADINGS: [&str; 6] = [
    "番号",
    "実施項目",
    "どの水準まで",
    "どのような方法で",
    "いつまで",
    "共通/課名",
];
const TITLE: &str = "令和8年度 組織目標展開整理表（部の組織目標）";
/// Ems of the column, and their size in points.
const COLUMN: f32 = 10.0;
const SIZE: f32 = 10.0;

/// Every mark with what stands between it and its text.
fn all_marks() -> Vec<String> {
    let signs = SIGNS.iter().map(|(sign, _)| match sign {
        '*' | '＊' => format!("{sign} "),
        sign => sign.to_string(),
    });
    let others = [
        "①",
        "❷",
        "⑶",
        "㋐",
        "㉑",
        "(1)",
        "（ア）",
        "(a)",
        "1. ",
        "２．",
        "3) ",
        "ア　",
        "- ",
    ];
    signs.chain(others.map(str::to_owned)).collect()
}

fn ems(text: &str) -> f32 {
    text.chars()
        .map(|c| if c.is_ascii() { 0.5 } else { 1.0 })
        .sum()
}

/// An item whose line is full, and one after it.
fn items(mark: &str) -> [String; 2] {
    let words = "公園の台帳を整えて市民に";
    let length = (COLUMN - ems(mark)).floor() as usize;
    let full: String = words.chars().take(length).collect();
    [format!("{mark}{full}"), format!("{mark}市民の声を聞く")]
}

fn row(items: &[String; 2], between: &str) -> [String; 6] {
    ["1", "公園の管理", "台帳がある。", "", "年度末", "公園課"]
        .map(str::to_owned)
        .map(|cell| {
            if cell.is_empty() {
                items.join(between)
            } else {
                cell
            }
        })
}

/// The blocks of the items' column: mark, depth and text of each.
fn blocks(bytes: &[u8]) -> Vec<(String, u64, String)> {
    let reading = read(bytes, &ReadOptions::default()).unwrap();
    let source = pipeline::source("input", bytes, &reading);
    let import = layout::import(
        reading,
        source,
        &Layouts::default(),
        &ImportOptions::default(),
    )
    .unwrap();
    let value = serde_json::to_value(&import).unwrap();
    let blocks = value["documents"][0]["goals"][0]["methods"]["blocks"].clone();
    let said = |block: &Value, key: &str| block[key].as_str().unwrap_or_default().to_owned();
    let blocks = blocks.as_array().cloned().unwrap_or_default();
    blocks
        .iter()
        .map(|block| {
            (
                said(block, "mark"),
                block["depth"].as_u64().unwrap(),
                said(block, "text"),
            )
        })
        .collect()
}

fn csv(items: &[String; 2]) -> Vec<u8> {
    let quoted = |cells: [String; 6]| cells.map(|cell| format!("\"{cell}\"")).join(",");
    let headings = quoted(HEADINGS.map(str::to_owned));
    format!(
        "{TITLE},,,,,\r\n{headings}\r\n{}\r\n",
        quoted(row(items, "\n"))
    )
    .into_bytes()
}

fn export(items: &[String; 2]) -> Vec<u8> {
    let paragraphs = items.clone().map(|item| format!("<p>{item}</p>"));
    format!(
        "{TITLE}\n\n{}\n{}\n",
        HEADINGS.join("\t"),
        row(&paragraphs, " ").join("\t")
    )
    .into_bytes()
}

fn xlsx(items: &[String; 2]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, TITLE).unwrap();
    for (at, (heading, cell)) in (0u16..).zip(HEADINGS.into_iter().zip(row(items, "\n"))) {
        sheet.write_string(1, at, heading).unwrap();
        sheet.write_string(2, at, cell).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A page with a ruled table whose cells pad their text by three points; lines stand in the items' column as they are.
fn pdf(items: &[String; 2]) -> Vec<u8> {
    let widths = [3.0, 8.0, 8.0, COLUMN, 8.0, 8.0].map(|ems| ems * SIZE + 6.0);
    let mut edges = vec![40.0f32];
    for width in widths {
        edges.push(edges[edges.len() - 1] + width);
    }
    let (top, rows) = (500.0f32, [500.0f32, 470.0, 420.0]);
    let mut content = String::new();
    for x in &edges {
        writeln!(content, "{x} {top} m {x} {} l S", rows[2]).unwrap();
    }
    for y in rows {
        writeln!(content, "{} {y} m {} {y} l S", edges[0], edges[6]).unwrap();
    }
    let mut text = |x: f32, y: f32, text: &str| {
        let codes = text.encode_utf16().fold(String::new(), |mut codes, unit| {
            write!(codes, "{unit:04X}").unwrap();
            codes
        });
        writeln!(content, "BT /F {SIZE} Tf {x} {y} Td <{codes}> Tj ET").unwrap();
    };
    text(edges[0], 530.0, TITLE);
    for (at, (heading, cell)) in HEADINGS.into_iter().zip(row(items, "\n")).enumerate() {
        text(edges[at] + 3.0, 482.0, heading);
        for (line, words) in cell.split('\n').enumerate() {
            text(edges[at] + 3.0, 455.0 - 15.0 * line as f32, words);
        }
    }
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/UniJIS-UTF16-H/DescendantFonts[<</Type/Font\
        /Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>\
        /DW 1000/W[1 95 500]>>]>>";
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 700 600]/Contents 4 0 R/Resources<</Font<</F {font}>>>>>>"
    );
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        page,
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len()
        ),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let start = file.len();
    let size = objects.len() + 1;
    write!(
        file,
        "{table}trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    file.into_bytes()
}

#[test]
fn every_mark_gives_the_same_blocks_from_every_source() {
    let mut wrong = Vec::new();
    for mark in all_marks() {
        let items = items(&mark);
        let expected: Vec<_> = items
            .iter()
            .map(|item| {
                let text = item.strip_prefix(mark.as_str()).unwrap_or_default();
                (mark.trim().to_owned(), 1, text.to_owned())
            })
            .collect();
        let sources: [(&str, Vec<u8>); 4] = [
            ("csv", csv(&items)),
            ("xlsx", xlsx(&items)),
            ("text", export(&items)),
            ("pdf", pdf(&items)),
        ];
        for (name, bytes) in sources {
            let found = blocks(&bytes);
            if found != expected {
                wrong.push(format!("{mark} in {name}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
