//! Widths and boxes of fonts -> where the next glyph stands.

use super::build::placed;
use super::font_codes::{JAPAN1, composite, marks_of};

#[test]
fn type_3_fonts_with_a_wrong_box_are_as_high_as_their_widest_glyph() {
    for (boxed, size) in [
        ("0 0 0 0", 8.0),
        ("0 0 1 -1", 8.0),
        ("0 -20 80 80", 10.0),
        ("0 0 9999 9999", 8.0),
    ] {
        let font = format!(
            "/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[{boxed}]/FirstChar 65/Widths[50 80]\
             /CharProcs<<>>/Encoding<</Differences[65/A/B]>>"
        );
        let (marks, _) = marks_of(&font, "(AB)", &[]);
        assert!(
            (marks.glyphs[0].size - size).abs() < 0.01,
            "{boxed}: {}",
            marks.glyphs[0].size
        );
    }
}

fn places(font: &str, string: &str) -> Vec<(i32, i32)> {
    placed(&marks_of(font, string, &[]).0)
        .into_iter()
        .map(|(_, x, y)| (x, y))
        .collect()
}

#[test]
fn widths_of_cid_fonts() {
    let widths = format!("{JAPAN1}/DW 500/W[1[1000 2000]10 20 3000]");
    let font = composite("/Identity-H", "", &widths);
    assert_eq!(
        places(&font, "<0001 0002 000F 0003 0004>"),
        [(10, 50), (20, 50), (40, 50), (70, 50), (75, 50)]
    );
    assert_eq!(
        places(&composite("/Identity-H", "", JAPAN1), "<0001 0002>"),
        [(10, 50), (20, 50)],
        "DW is 1000"
    );
}

#[test]
fn vertical_fonts_go_down() {
    let metrics = format!("{JAPAN1}/DW2[880 -900]/W2[2[-500 500 880]]");
    let font = composite("/Identity-V", "", &metrics);
    assert_eq!(
        places(&font, "<0001 0002 0003>"),
        [(10, 50), (10, 59), (10, 64)]
    );
    let (marks, _) = marks_of(&composite("/90ms-RKSJ-V", "", JAPAN1), "<8160 8160>", &[]);
    assert!(
        marks
            .glyphs
            .iter()
            .all(|glyph| glyph.vertical && glyph.advance.x == 0.0 && glyph.advance.y > 9.9)
    );
}

#[test]
fn widths_of_simple_fonts() {
    let font = "/Subtype/TrueType/FirstChar 65/LastChar 66/Widths[1000 2000]/FontDescriptor<</MissingWidth 300>>";
    assert_eq!(
        places(font, "(ABCA)"),
        [(10, 50), (20, 50), (40, 50), (43, 50)]
    );
    assert_eq!(
        places("/Subtype/Type1/BaseFont/Courier", "(AB)"),
        [(10, 50), (16, 50)]
    );
    assert_eq!(
        places("/Subtype/Type1/BaseFont/Times-Roman", "(AB)"),
        [(10, 50), (17, 50)]
    );
}

#[test]
fn type3_fonts_have_their_own_space() {
    let font = "/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[0 0 80 120]/FirstChar 65/Widths[50 60]\
        /Encoding<</Differences[65/A/uni6574]>>";
    let (marks, _) = marks_of(font, "(AB)", &[]);
    assert_eq!(marks.text, "A整");
    assert!(
        (marks.glyphs[1].origin.x - 15.0).abs() < 0.01
            && (marks.glyphs[1].size - 12.0).abs() < 0.01
    );
}
