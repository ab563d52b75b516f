//! A page's content, a font's map and a form -> a PDF whose frame is sound.

use super::books::parts_of;

/// The sections that the page knows, in the order of their objects from the fifth on.
const SECTIONS: [&str; 4] = ["content", "map", "form", "encoding"];

const FRAME: [&str; 4] = [
    "<</Type /Catalog /Pages 2 0 R>>",
    "<</Type /Pages /Kids [3 0 R] /Count 1>>",
    "<</Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 5 0 R /Resources 4 0 R>>",
    "<</XObject <</F 7 0 R>> /Font <</A 9 0 R /B 10 0 R /C 11 0 R /D 12 0 R>>>>",
];

/// A simple font with a map of its own; fonts of Shift_JIS codes, set across and down; one whose encoding is a stream.
const FONTS: [&str; 4] = [
    "<</Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 32 /Widths [500 500 500] /ToUnicode 6 0 R>>",
    "<</Type /Font /Subtype /Type0 /BaseFont /B /Encoding /90ms-RKSJ-H /DescendantFonts [<</Type /Font \
     /Subtype /CIDFontType2 /BaseFont /B /CIDSystemInfo <</Registry (Adobe) /Ordering (Japan1) /Supplement 2>> /DW 1000>>]>>",
    "<</Type /Font /Subtype /Type0 /BaseFont /C /Encoding /90ms-RKSJ-V /DescendantFonts [<</Type /Font \
     /Subtype /CIDFontType0 /BaseFont /C /CIDSystemInfo <</Registry (Adobe) /Ordering (Japan1) /Supplement 2>> \
     /W [1 95 500 231 [500 600]]>>]>>",
    "<</Type /Font /Subtype /Type0 /BaseFont /D /Encoding 8 0 R /ToUnicode 6 0 R /DescendantFonts [<</Type /Font \
     /Subtype /CIDFontType2 /BaseFont /D /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>>>]>>",
];

/// The PDF of these sections; data without any is the content.
pub fn pdf_of(data: &[u8]) -> Vec<u8> {
    let sections = parts_of(data);
    let section = |name: &str| {
        let named = sections.iter().find(|(part, _)| part == name);
        match named {
            Some((_, content)) => *content,
            None if name == "content" && sections.is_empty() => data,
            None => b"",
        }
    };
    let mut objects: Vec<Vec<u8>> = FRAME.iter().map(|part| part.as_bytes().to_vec()).collect();
    for name in SECTIONS {
        let more = match name {
            "form" => "/Type /XObject /Subtype /Form /BBox [0 0 842 595] /Resources 4 0 R",
            "encoding" => "/Type /CMap /CMapName /E",
            _ => "",
        };
        objects.push(stream(more, section(name)));
    }
    objects.extend(FONTS.iter().map(|font| font.as_bytes().to_vec()));
    file(&objects)
}

/// The PDF of a page with this content in the fonts above, at a scale, displayed turned by so many degrees.
pub fn sheet_of(content: &str, scale: f32, turn: u32) -> Vec<u8> {
    let page = format!(
        "<</Type /Page /Parent 2 0 R /Rotate {turn} /MediaBox [0 0 {} {}] /Contents 5 0 R /Resources 4 0 R>>",
        842.0 * scale,
        595.0 * scale
    );
    let mut objects: Vec<Vec<u8>> = FRAME.iter().map(|part| part.as_bytes().to_vec()).collect();
    objects[2] = page.into_bytes();
    let content = format!("q {scale} 0 0 {scale} 0 0 cm {content} Q");
    objects.push(stream("", content.as_bytes()));
    objects.extend(SECTIONS.iter().skip(1).map(|_| stream("", b"")));
    objects.extend(FONTS.iter().map(|font| font.as_bytes().to_vec()));
    file(&objects)
}

fn stream(more: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{more} /Length {}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// The objects, numbered from 1, the first one the catalogue.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        table.extend([format!("{:010} 00000 n \n", file.len())]);
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(table.bytes());
    file.extend(
        format!("trailer <</Size {size} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    file
}
