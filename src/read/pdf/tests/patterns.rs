//! Text in the cells of tiling patterns, and clips with curves.

use super::build::{HELVETICA, content, inks, page, read, stream, text_of, visibilities};
use crate::read::pdf::marks::Visibility;

const HELVETICA_DICT: &str =
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

#[test]
fn text_of_a_pattern_is_told_once_and_none_of_the_page() {
    let cell = format!(
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 20 10]/XStep 20/YStep 10\
         /Matrix[2 0 0 2 0 0]/Resources<</Font<</F {HELVETICA_DICT}>>>>"
    );
    let resources = format!("{HELVETICA}/Pattern<</P 5 0 R>>");
    let painted = b"/Pattern cs /P scn 0 0 200 100 re f BT 0 g /F 10 Tf 10 50 Td (a) Tj /Pattern cs /P scn (b) Tj ET";
    let cells = [(
        5,
        stream(&cell, b"0 0 5 5 re f BT /F 4 Tf 1 1 Td (COPY) Tj ET"),
    )];
    let (marks, notes) = read(&page("", &resources, painted, &cells));
    assert_eq!((marks.text.as_str(), notes.len()), ("abCOPY", 0));
    let seen: Vec<bool> = visibilities(&marks)
        .into_iter()
        .map(|visibility| visibility == Visibility::Visible)
        .collect();
    assert_eq!(seen, [true, true, false, false, false, false]);
    let first = marks.glyphs[2];
    assert_eq!(text_of(&marks, &first), "C");
    assert_eq!(first.visibility, Visibility::Pattern);
    assert!((first.origin.x - 2.0).abs() < 0.01 && (first.size - 8.0).abs() < 0.01);
    assert_eq!(
        inks(&marks).len(),
        1,
        "what is filled, not the cell's own box"
    );
}

#[test]
fn a_pattern_within_its_own_cell_ends() {
    let cell = format!(
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 20 10]/XStep 20/YStep 10\
         /Resources<</Font<</F {HELVETICA_DICT}>>/Pattern<</P 5 0 R>>>>"
    );
    let cells = [(5, stream(&cell, b"/Pattern cs /P scn BT /F 4 Tf (c) Tj ET"))];
    let painted = b"/Pattern cs /P scn 0 0 200 100 re f";
    let (marks, notes) = read(&page("", "/Pattern<</P 5 0 R>>", painted, &cells));
    assert_eq!((marks.text.as_str(), notes.len()), ("c", 0));
}

#[test]
fn a_round_clip_hides_what_stands_in_its_corners() {
    // A circle about (50, 50) with a radius of 50, of four curves.
    let circle = "100 50 m 100 77.6 77.6 100 50 100 c 22.4 100 0 77.6 0 50 c 0 22.4 22.4 0 50 0 c \
        77.6 0 100 22.4 100 50 c h W n";
    let shown = |x: i32, y: i32| {
        let operators = format!("{circle} BT /F 2 Tf {x} {y} Td (0) Tj ET");
        visibilities(&content(operators.as_bytes()).0)
    };
    assert_eq!(shown(3, 3), [Visibility::Clipped]);
    assert_eq!(shown(96, 94), [Visibility::Clipped]);
    assert_eq!(shown(50, 97), [Visibility::Visible]);
    assert_eq!(shown(18, 18), [Visibility::Visible]);
}

#[test]
fn a_clip_of_two_curves_reaches_beyond_their_ends() {
    // The ends of both curves have the same height.
    let lens = "20 50 m 20 90 100 90 100 50 c 100 10 20 10 20 50 c W n";
    let operators = format!("{lens} BT /F 2 Tf 60 70 Td (0) Tj 0 12 Td (1) Tj ET");
    assert_eq!(
        visibilities(&content(operators.as_bytes()).0),
        [Visibility::Visible, Visibility::Clipped]
    );
}
