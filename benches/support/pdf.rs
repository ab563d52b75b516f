//! Goals -> a ruled PDF of A3 pages, as Japanese office software writes it: fonts that are not embedded, codes of
//! Shift_JIS, one string a line, compressed content (ISO 32000-1).

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{HEADINGS, goal};

const WIDE: f64 = 1190.55;
const HIGH: f64 = 841.89;
const LEFT: f64 = 36.0;
const SIZE: f64 = 9.0;
const LEAD: f64 = 12.0;
const PAD: f64 = 3.0;
/// Widths of the columns, left to right, points.
const COLUMNS: [f64; 8] = [30.0, 150.0, 70.0, 300.0, 340.0, 60.0, 90.0, 78.0];
const GOALS_A_PAGE: usize = 14;

/// A PDF of so many pages; the headings stand on each.
pub fn pdf(pages: usize) -> Vec<u8> {
    let mut file = File::default();
    let font = "<</Type/Font/Subtype/Type0/BaseFont/MS-Mincho/Encoding/90ms-RKSJ-H/DescendantFonts[4 0 R]>>";
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/MS-Mincho/DW 1000/W[231 389 500]\
        /CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 5 0 R>>";
    let descriptor = "<</Type/FontDescriptor/FontName/MS-Mincho/Flags 7/FontBBox[0 -137 1000 859]/ItalicAngle 0\
        /Ascent 859/Descent -140/CapHeight 769/StemV 78>>";
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", 6 + 2 * page))
        .collect();
    let kids = kids.join(" ");
    file.object(b"<</Type/Catalog/Pages 2 0 R>>");
    file.object(format!("<</Type/Pages/Count {pages}/Kids[{kids}]>>").as_bytes());
    for object in [font, descendant, descriptor] {
        file.object(object.as_bytes());
    }
    for page in 0..pages {
        let content = compressed(&content(page));
        let contents = 7 + 2 * page;
        let dictionary = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDE} {HIGH}]/Resources<</Font<</F1 3 0 R>>>>/Contents {contents} 0 R>>"
        );
        file.object(dictionary.as_bytes());
        let mut stream =
            format!("<</Length {}/Filter/FlateDecode>>stream\n", content.len()).into_bytes();
        stream.extend(content);
        stream.extend(b"\nendstream");
        file.object(&stream);
    }
    file.end()
}

/// Objects with their offsets.
#[derive(Default)]
struct File {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl File {
    fn object(&mut self, object: &[u8]) {
        if self.bytes.is_empty() {
            self.bytes.extend(b"%PDF-1.5\n");
        }
        self.offsets.push(self.bytes.len());
        self.bytes
            .extend(format!("{} 0 obj\n", self.offsets.len()).into_bytes());
        self.bytes.extend(object);
        self.bytes.extend(b"\nendobj\n");
    }

    /// The table of offsets and the trailer (ISO 32000-1 §7.5.4, §7.5.5).
    fn end(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let size = self.offsets.len() + 1;
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for offset in &self.offsets {
            let _ = writeln!(table, "{offset:010} 00000 n ");
        }
        let _ = write!(
            table,
            "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
        );
        self.bytes.extend(table.into_bytes());
        self.bytes
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// A page's content, counted from 0.
fn content(page: usize) -> Vec<u8> {
    let mut out = b"0.5 w\n".to_vec();
    let mut y = HIGH - 40.0;
    if page == 0 {
        text(
            &mut out,
            430.0,
            y,
            "令和8年度　組織目標展開整理表（部の組織目標）",
        );
        text(
            &mut out,
            LEFT,
            y - 20.0,
            "作成日　令和8年4月1日　職名　くらし環境部長　氏名　五十嵐",
        );
    }
    y -= 30.0;
    let mut edges = vec![y];
    y = row(&mut out, y, &HEADINGS.map(str::to_owned));
    edges.push(y);
    for at in 0..GOALS_A_PAGE {
        y = row(&mut out, y, &goal(page * GOALS_A_PAGE + at));
        edges.push(y);
    }
    let right = LEFT + COLUMNS.iter().sum::<f64>();
    let (top, bottom) = (edges[0], y);
    for edge in edges {
        rule(&mut out, [LEFT, edge, right, edge]);
    }
    let mut x = LEFT;
    rule(&mut out, [x, top, x, bottom]);
    for width in COLUMNS {
        x += width;
        rule(&mut out, [x, top, x, bottom]);
    }
    text(&mut out, WIDE / 2.0, 20.0, &format!("{}", page + 1));
    out
}

/// A row's text from `top` down; where it ends.
fn row(out: &mut Vec<u8>, top: f64, cells: &[String]) -> f64 {
    let (mut x, mut most) = (LEFT, 1);
    for (cell, width) in cells.iter().zip(COLUMNS) {
        let lines = wrapped(cell, (width - 2.0 * PAD) / SIZE);
        most = most.max(lines.len());
        for (at, line) in lines.iter().enumerate() {
            text(out, x + PAD, top - 3.0 - LEAD * (at as f64 + 0.75), line);
        }
        x += width;
    }
    top - LEAD * most as f64 - 6.0
}

fn wrapped(text: &str, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let (mut line, mut width) = (String::new(), 0.0);
        for c in paragraph.chars() {
            let wide = if c.is_ascii() { 0.5 } else { 1.0 };
            if width + wide > room && !"、。".contains(c) {
                lines.push(std::mem::take(&mut line));
                width = 0.0;
            }
            line.push(c);
            width += wide;
        }
        lines.push(line);
    }
    lines
}

fn text(out: &mut Vec<u8>, x: f64, y: f64, text: &str) {
    let (codes, ..) = encoding_rs::SHIFT_JIS.encode(text);
    out.extend(format!("BT /F1 {SIZE} Tf {x:.2} {y:.2} Td <").into_bytes());
    for code in codes.as_ref() {
        out.extend(format!("{code:02x}").into_bytes());
    }
    out.extend(b"> Tj ET\n");
}

fn rule(out: &mut Vec<u8>, [x0, y0, x1, y1]: [f64; 4]) {
    out.extend(format!("{x0:.2} {y0:.2} m {x1:.2} {y1:.2} l S\n").into_bytes());
}
