//! Small PDFs written by hand.

use crate::note::Note;
use crate::read::pdf::content::interpret::Reader;
use crate::read::pdf::file::Pdf;
use crate::read::pdf::marks::{Glyph, Ink, Marks, Visibility};

/// A file of numbered objects; the first is the catalogue.
pub(super) fn file(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects {
        offsets.push((*number, bytes.len()));
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(b"xref\n0 1\n0000000000 65535 f \n");
    for (number, offset) in &offsets {
        bytes.extend(format!("{number} 1\n{offset:010} 00000 n \n").bytes());
    }
    let size = offsets
        .iter()
        .map(|(number, _)| number + 1)
        .max()
        .unwrap_or(1);
    bytes.extend(
        format!("trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    bytes
}

/// A stream object.
pub(super) fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dict}/Length {}>>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// One page of 200 × 100 points. Its other entries, its resources' entries and further objects (from 5 on) are
/// given as they are written.
pub(super) fn page(
    entries: &str,
    resources: &str,
    content: &[u8],
    more: &[(u32, Vec<u8>)],
) -> Vec<u8> {
    let catalog =
        if resources.contains("/Properties") || more.iter().any(|(number, _)| *number == 90) {
            "<</Type/Catalog/Pages 2 0 R/OCProperties 90 0 R>>"
        } else {
            "<</Type/Catalog/Pages 2 0 R>>"
        };
    let pages = "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>";
    let page =
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<{resources}>>{entries}>>");
    let mut objects = vec![
        (1, catalog.into()),
        (2, pages.into()),
        (3, page.into_bytes()),
        (4, stream("", content)),
    ];
    objects.extend(more.iter().cloned());
    file(&objects)
}

/// A font that needs nothing: Helvetica with `WinAnsiEncoding`, each digit 0.556 em wide.
pub(super) const HELVETICA: &str =
    "/Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>";

/// The marks and notes of the first page.
pub(super) fn read(bytes: &[u8]) -> (Marks, Vec<Note>) {
    let pdf = Pdf::open(bytes, None).unwrap();
    let mut notes = Vec::new();
    let marks = Reader::new(&pdf).page(1, &mut notes).unwrap();
    assert_eq!(
        marks.decoded_characters,
        crate::ledger::count(&marks.text),
        "characters are counted as they are kept"
    );
    (marks, notes)
}

/// The marks of a page in Helvetica with this content.
pub(super) fn content(content: &[u8]) -> (Marks, Vec<Note>) {
    read(&page("", HELVETICA, content, &[]))
}

/// A glyph's characters.
pub(super) fn text_of<'m>(marks: &'m Marks, glyph: &Glyph) -> &'m str {
    &marks.text[glyph.text.0 as usize..glyph.text.1 as usize]
}

/// Every glyph: its characters and its origin in whole points.
pub(super) fn placed(marks: &Marks) -> Vec<(String, i32, i32)> {
    let whole = |value: f32| value.round() as i32;
    marks
        .glyphs
        .iter()
        .map(|g| {
            (
                text_of(marks, g).to_owned(),
                whole(g.origin.x),
                whole(g.origin.y),
            )
        })
        .collect()
}

/// Every glyph's visibility.
pub(super) fn visibilities(marks: &Marks) -> Vec<Visibility> {
    marks.glyphs.iter().map(|glyph| glyph.visibility).collect()
}

/// Every ink in short: its kind and numbers in tenths of a point; lightness in hundredths.
pub(super) fn inks(marks: &Marks) -> Vec<String> {
    let tenths = |value: f32| (value * 10.0).round() as i32;
    let short = |ink: &Ink| match ink {
        Ink::Stroke {
            from,
            to,
            width,
            lightness,
        } => format!(
            "stroke {} {} {} {} w{} {}",
            tenths(from.x),
            tenths(from.y),
            tenths(to.x),
            tenths(to.y),
            tenths(*width),
            (lightness * 100.0).round() as i32
        ),
        Ink::Fill { rect, lightness } => format!(
            "fill {} {} {} {} {}",
            tenths(rect.left),
            tenths(rect.top),
            tenths(rect.right),
            tenths(rect.bottom),
            (lightness * 100.0).round() as i32
        ),
        Ink::Other { from, to } => {
            format!(
                "other {} {} {} {}",
                tenths(from.x),
                tenths(from.y),
                tenths(to.x),
                tenths(to.y)
            )
        }
    };
    marks.ink.iter().map(short).collect()
}

/// The codes of notes.
pub(super) fn codes(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.code.as_str()).collect()
}
