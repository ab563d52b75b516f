//! Type 3 fonts: glyphs that only their procedures tell.

use super::build::{codes, page, read, stream};

/// The text and notes of a string in a Type 3 font whose glyphs /g1 to /g4 show a letter, a space, a box and nothing.
fn shown(differences: &str, entries: &str, string: &str) -> (String, Vec<String>) {
    let font = format!(
        "<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 -120 1000 880]/FirstChar 65\
         /Widths[500 500 500 500 1000]/Encoding<</Differences[65{differences}]>>{entries}\
         /CharProcs<</g1 6 0 R/g2 7 0 R/g3 8 0 R/g4 9 0 R/g5 9 0 R/g6 11 0 R/A 6 0 R>>\
         /Resources<</Font<</I 10 0 R/T 5 0 R>>>>>>"
    );
    let objects = [
        (5, font.into_bytes()),
        (
            6,
            stream("", b"500 0 d0 BT /I 1000 Tf (x) Tj 5 0 Td (x) Tj ET"),
        ),
        (7, stream("", b"500 0 d0 BT /I 1000 Tf [(1) -20 (2)] TJ ET")),
        (8, stream("", b"500 0 0 0 500 500 d1 0 0 500 500 re f")),
        (9, stream("", b"1000 0 d0")),
        (
            10,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
        ),
        (11, stream("", b"500 0 d0 BT /T 1 Tf (B) Tj ET")),
    ];
    let content = format!("BT /F 10 Tf 10 50 Td {string} Tj ET");
    let (marks, notes) = read(&page("", "/Font<</F 5 0 R>>", content.as_bytes(), &objects));
    let notes = codes(&notes).into_iter().map(str::to_owned).collect();
    (marks.text, notes)
}

#[test]
fn a_glyph_without_a_name_reads_as_the_text_that_it_shows() {
    let (text, notes) = shown("/g1/g2/g3/g4/g5", "", "(ABDE)");
    assert_eq!(
        (text.as_str(), notes.len()),
        ("x12 \u{3000}", 0),
        "the same letter again is bold; nothing painted is white space"
    );
    let (text, notes) = shown("/g1/g2/g3", "", "(AC)");
    assert_eq!(text, "x\u{fffd}", "a shape is not known");
    assert_eq!(notes, ["undecoded-glyph"]);
}

#[test]
fn a_glyph_with_a_name_or_a_map_keeps_what_it_says() {
    assert_eq!(shown("/A/g2", "", "(AB)").0, "A12");
    let map = "/ToUnicode 12 0 R";
    let font = shown("/g1/g2", map, "(AB)").0;
    assert_eq!(font, "x12", "a map that is lost says nothing");
}

#[test]
fn procedures_that_show_their_own_font_end() {
    let (text, notes) = shown("/g6/g6", "", "(AB)");
    assert_eq!(
        (text.as_str(), notes.len()),
        ("\u{fffd}\u{fffd}", 1),
        "no glyph of it is known"
    );
}
