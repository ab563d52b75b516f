//! The tokenizer and the text and graphics operators.

use super::build::{HELVETICA, codes, content, inks, page, placed, read, stream, visibilities};
use crate::message::Language;
use crate::read::pdf::marks::Visibility;

fn texts(bytes: &[u8]) -> String {
    content(bytes).0.text
}

#[test]
fn bytes_that_are_no_token_are_skipped_and_noted() {
    let (marks, notes) =
        content(b"BT /F 10 Tf (a) Tj ET 5 ~ \xff\xfe 0 0 m BT (b) Tj ET ) > } BT (c) Tj ET");
    assert_eq!(marks.text, "abc");
    assert_eq!(codes(&notes), ["damaged-content"]);
    let (_, notes) = content(b"BX 1 2 future EX BT /F 10 Tf (a) Tj ET");
    assert!(
        notes.is_empty(),
        "what stands between BX and EX may be unknown"
    );
}

#[test]
fn numbers_that_are_written_wrong_are_read_as_viewers_read_them() {
    let (marks, _) = content(b"1.2.3 --5 m 4 4 l S");
    assert_eq!(inks(&marks).len(), 1);
    let (marks, notes) = content(b"+10 10. m .5 -.5 l S");
    assert_eq!((inks(&marks).len(), notes.len()), (1, 0));
}

#[test]
fn operators_without_the_space_between_them_are_told_apart() {
    assert_eq!(
        texts(b"qBT /F 10 Tf(a)TjETQq BT(b)TjET Q 1w"),
        "a\u{fffd}",
        "the font is restored with the state"
    );
    let (marks, notes) = content(b"q 2 0 0 2 0 0 cm Qq 10 10 m 20 10 l 0w S Q");
    assert_eq!(inks(&marks), ["stroke 100 900 200 900 w0 0"]);
    assert!(notes.is_empty());
}

#[test]
fn an_inline_image_is_skipped_whatever_its_data_says() {
    let raw =
        b"q 50 0 0 50 0 0 cm BI /W 8 /H 8 /CS /G /BPC 1 ID (a) EI (\nEI Q BT /F 10 Tf (b) Tj ET";
    let (marks, notes) = content(raw);
    assert_eq!(
        (marks.text.as_str(), marks.images.len(), notes.len()),
        ("b", 1, 0)
    );
    let packed =
        b"BI /W 9 /H 9 /CS /G /BPC 8 /F /Fl ID \x01\x02 EI \x03\x04\x05 EI BT /F 10 Tf (b) Tj ET";
    assert_eq!(texts(packed), "b");
}

#[test]
fn strings_with_escapes_and_nesting() {
    assert_eq!(
        texts(b"BT /F 10 Tf (a\\(\\051(b)\\\r\nc\\0412) Tj <64 6> Tj ET"),
        "a()(b)c!2d`"
    );
}

#[test]
fn the_text_state_places_every_glyph() {
    let shown =
        |operators: &str| placed(&content(format!("BT /F 10 Tf {operators} ET").as_bytes()).0);
    let at = |text: &str, x, y| (text.to_owned(), x, y);
    assert_eq!(
        shown("2 Tc 10 20 Td (00) Tj"),
        [at("0", 10, 80), at("0", 18, 80)]
    );
    assert_eq!(
        shown("20 Tw 10 20 Td ( 0) Tj"),
        [at(" ", 10, 80), at("0", 33, 80)]
    );
    assert_eq!(
        shown("50 Tz 10 20 Td (000) Tj"),
        [at("0", 10, 80), at("0", 13, 80), at("0", 16, 80)]
    );
    assert_eq!(
        shown("12 TL 10 50 Td (a) Tj T* (b) Tj (c) '"),
        [at("a", 10, 50), at("b", 10, 62), at("c", 10, 74)]
    );
    assert_eq!(
        shown("10 50 Td 5 -20 TD (a) Tj T* (b) Tj"),
        [at("a", 15, 70), at("b", 15, 90)]
    );
    assert_eq!(shown("1 0 0 1 10 20 Tm 3 Ts (a) Tj"), [at("a", 10, 77)]);
    assert_eq!(
        shown("10 20 Td [(0) -1000 (0)] TJ"),
        [at("0", 10, 80), at("0", 26, 80)]
    );
    assert_eq!(
        shown("12 TL 10 50 Td 30 4 (0 0) \""),
        [at("0", 10, 62), at(" ", 20, 62), at("0", 56, 62)]
    );
    assert_eq!(
        shown("0 1 -1 0 50 20 Tm (00) Tj"),
        [at("0", 50, 80), at("0", 50, 74)],
        "turned text"
    );
}

#[test]
fn sizes_and_advances_are_those_of_the_displayed_page() {
    let (marks, _) = content(b"2 0 0 3 0 0 cm BT /F 5 Tf 1 0 0 2 1 1 Tm 1 Tc (0) Tj ET");
    let glyph = marks.glyphs[0];
    assert!(
        (glyph.size - 30.0).abs() < 0.01 && (glyph.advance.x - 5.56).abs() < 0.01,
        "{glyph:?}"
    );
}

#[test]
fn pages_are_read_as_they_are_displayed() {
    let at = |entries: &str| {
        let (marks, _) = read(&page(
            entries,
            HELVETICA,
            b"BT /F 10 Tf 30 20 Td (a) Tj ET",
            &[],
        ));
        let glyph = marks.glyphs[0];
        let whole = |value: f32| value.round() as i32;
        (
            whole(marks.size.0),
            whole(marks.size.1),
            whole(glyph.origin.x),
            whole(glyph.origin.y),
        )
    };
    assert_eq!(at(""), (200, 100, 30, 80));
    assert_eq!(at("/Rotate 90"), (100, 200, 20, 30));
    assert_eq!(at("/Rotate 180"), (200, 100, 170, 20));
    assert_eq!(at("/Rotate 270"), (100, 200, 80, 170));
    assert_eq!(at("/Rotate -90"), (100, 200, 80, 170));
    assert_eq!(at("/CropBox[10 10 110 60]"), (100, 50, 20, 40));
    assert_eq!(at("/CropBox[10 10 110 60]/Rotate 90"), (50, 100, 10, 20));
    assert_eq!(at("/UserUnit 2"), (400, 200, 60, 160));
    assert_eq!(
        at("/MediaBox[200 100 0 0]"),
        (200, 100, 30, 80),
        "corners in any order"
    );
}

#[test]
fn what_is_not_seen_is_marked_so() {
    let seen = |content: &str| visibilities(&super::build::content(content.as_bytes()).0);
    assert_eq!(
        seen("BT /F 10 Tf 10 20 Td (a) Tj 3 Tr (b) Tj 7 Tr (c) Tj ET"),
        [
            Visibility::Visible,
            Visibility::Invisible,
            Visibility::Invisible
        ]
    );
    assert_eq!(
        seen("q 50 0 50 100 re W n BT /F 10 Tf 10 20 Td (a) Tj 50 0 Td (b) Tj ET Q"),
        [Visibility::Clipped, Visibility::Visible]
    );
    assert_eq!(
        seen("BT /F 10 Tf -50 20 Td (a) Tj ET"),
        [Visibility::OffPage]
    );
    assert_eq!(
        seen("BT /F 10 Tf 10 20 Td 1 g (a) Tj ET"),
        [Visibility::SameColour]
    );
    assert_eq!(
        seen("0 0 1 rg 0 0 60 60 re f 1 g BT /F 10 Tf 10 20 Td (a) Tj 80 0 Td (b) Tj ET"),
        [Visibility::Visible, Visibility::SameColour]
    );
    assert_eq!(
        seen("0 0 1 rg 0 0 60 60 re f BT /F 10 Tf 10 20 Td (a) Tj ET"),
        [Visibility::SameColour]
    );
    assert_eq!(
        seen(
            "0 10 60 60 re W n 0 0 1 rg 0 0 60 60 re f 10 15 m 30 40 50 40 60 15 c f 1 g BT /F 10 Tf 10 20 Td (a) Tj ET"
        ),
        [Visibility::Visible],
        "what is behind a curve may be any colour"
    );
    assert_eq!(
        seen("BT /F 10 Tf 10 20 Td 1 g 1 Tr (a) Tj ET"),
        [Visibility::Visible],
        "stroked black"
    );
}

#[test]
fn what_is_painted_over_text_hides_it() {
    let seen = |content: &str| visibilities(&super::build::content(content.as_bytes()).0);
    let text = "BT /F 10 Tf 20 20 Td (a) Tj ET ";
    let over = |paint: &str| seen(&format!("{text}{paint}"));
    assert_eq!(over("1 g 10 10 40 40 re f"), [Visibility::Covered]);
    assert_eq!(over("0 g 10 10 40 40 re f"), [Visibility::Covered]);
    assert_eq!(
        over("1 g 10 10 13 40 re f"),
        [Visibility::Visible],
        "half of it"
    );
    assert_eq!(
        over("1 g 10 10 40 14 re f"),
        [Visibility::Visible],
        "its foot"
    );
    assert_eq!(
        over("1 g 10 10 m 99 10 l 10 99 l W n 10 10 40 40 re f"),
        [Visibility::Visible],
        "a clip of which only the bounds are known"
    );
    assert_eq!(
        seen(&format!("1 g 10 10 40 40 re f 0 g {text}")),
        [Visibility::Visible]
    );
    let blended = |state: &str| {
        let resources = format!("{HELVETICA}/ExtGState<</G <<{state}>>>>");
        let content = format!("{text}/G gs 1 1 0 rg 10 10 40 40 re f");
        visibilities(&read(&page("", &resources, content.as_bytes(), &[])).0)
    };
    assert_eq!(blended("/BM/Multiply"), [Visibility::Visible], "a marker");
    assert_eq!(blended("/ca 0.5"), [Visibility::Visible]);
    assert_eq!(blended("/op true"), [Visibility::Visible]);
    assert_eq!(blended("/BM/Normal"), [Visibility::Covered]);
}

#[test]
fn transparent_text_is_invisible() {
    let resources = format!("{HELVETICA}/ExtGState<</G <</ca 0>>>>");
    let (marks, _) = read(&page(
        "",
        &resources,
        b"/G gs BT /F 10 Tf 10 20 Td (a) Tj ET",
        &[],
    ));
    assert_eq!(visibilities(&marks), [Visibility::Invisible]);
}

#[test]
fn forms_have_their_matrix_clip_and_resources() {
    let form = stream(
        &format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 20 50]/Matrix[1 0 0 1 100 0]/Resources<<{HELVETICA}>>"
        ),
        b"BT /F 10 Tf 5 20 Td (ab) Tj 20 0 Td (c) Tj ET 5 w",
    );
    let (marks, notes) = read(&page(
        "",
        "/XObject<</X 5 0 R>>",
        b"q 1 0 0 1 0 10 cm /X Do Q 0 5 m 50 5 l S",
        &[(5, form)],
    ));
    assert_eq!(placed(&marks)[0], ("a".to_owned(), 105, 70));
    assert_eq!(
        visibilities(&marks),
        [
            Visibility::Visible,
            Visibility::Visible,
            Visibility::Clipped
        ]
    );
    assert_eq!(
        inks(&marks),
        ["stroke 0 950 500 950 w10 0"],
        "the form's line width ends with it"
    );
    assert!(notes.is_empty());
}

#[test]
fn a_form_without_resources_uses_those_of_its_page() {
    let form = stream(
        "/Subtype/Form/BBox[0 0 99 99]",
        b"BT /F 10 Tf 5 20 Td (a) Tj ET Q Q",
    );
    let resources = format!("{HELVETICA}/XObject<</X 5 0 R>>");
    let content = b"q 1 0 0 1 10 0 cm /X Do BT /F 10 Tf (b) Tj ET Q";
    let (marks, _) = read(&page("", &resources, content, &[(5, form)]));
    assert_eq!(
        placed(&marks),
        [("a".to_owned(), 15, 80), ("b".to_owned(), 10, 100)],
        "its own Q end nothing outside"
    );
}

#[test]
fn forms_within_each_other_without_end_are_stopped_and_noted() {
    let form = stream(
        "/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X 5 0 R>>>>",
        b"/X Do /X Do",
    );
    let (_, notes) = read(&page("", "/XObject<</X 5 0 R>>", b"/X Do", &[(5, form)]));
    assert_eq!(codes(&notes), ["damaged-content"]);
}

const LAYERS: &str = "<</OCGs[91 0 R 92 0 R]/D<</OFF[91 0 R]>>>>";
const PROPERTIES: &str = "/Properties<</Off 91 0 R/On 92 0 R/Both 93 0 R>>";

fn with_layers(content: &[u8]) -> Vec<Visibility> {
    let more = [
        (90, LAYERS.into()),
        (91, "<</Type/OCG/Name(a)>>".into()),
        (92, "<</Type/OCG/Name(b)>>".into()),
        (93, "<</Type/OCMD/OCGs[91 0 R 92 0 R]/P/AllOn>>".into()),
    ];
    let (marks, _) = read(&page(
        "",
        &format!("{HELVETICA}{PROPERTIES}"),
        content,
        &more,
    ));
    assert!(marks.ink.len() < 2, "ink of a hidden layer is not painted");
    visibilities(&marks)
}

#[test]
fn layers_that_are_off_hide_what_they_hold() {
    let content =
        b"BT /F 10 Tf 9 9 Td /OC /Off BDC (a) Tj /P BMC (b) Tj EMC EMC /OC /On BDC (c) Tj EMC \
        /OC /Both BDC (d) Tj EMC (e) Tj ET /OC /Off BDC 0 0 m 9 9 l S EMC 0 0 m 9 9 l S";
    assert_eq!(
        with_layers(content),
        [
            Visibility::HiddenLayer,
            Visibility::HiddenLayer,
            Visibility::Visible,
            Visibility::HiddenLayer,
            Visibility::Visible
        ]
    );
}

#[test]
fn actual_text_stands_for_the_glyphs() {
    let replaced =
        |content: &str| content_text(format!("BT /F 10 Tf 9 50 Td {content} ET").as_bytes());
    assert_eq!(
        replaced("(x) Tj /Span <</ActualText (fi)>> BDC (?) Tj EMC (y) Tj"),
        ["x", "fi", "y"]
    );
    assert_eq!(
        replaced("/Span <</ActualText <FEFF6574>>> BDC (ab) Tj EMC"),
        ["整"]
    );
    assert_eq!(
        replaced("/Span <</ActualText (ij)>> BDC (ab) Tj EMC"),
        ["i", "j"]
    );
    assert_eq!(
        replaced("/Span <</ActualText (a b)>> BDC (ab) Tj EMC"),
        ["a", "b"],
        "only spaces differ"
    );
    let lines = "/Span <</ActualText (one and two)>> BDC (one) Tj 0 -20 Td (two) Tj EMC";
    assert_eq!(
        replaced(lines).concat(),
        "onetwo",
        "which part stands on which line is not known"
    );
    let (_, notes) = content(format!("BT /F 10 Tf 9 50 Td {lines} ET").as_bytes());
    assert_eq!(codes(&notes), ["actual-text-not-placed"]);
    assert_eq!(notes[0].text.as_deref(), Some("one and two"));
}

fn content_text(bytes: &[u8]) -> Vec<String> {
    placed(&content(bytes).0)
        .into_iter()
        .map(|(text, ..)| text)
        .collect()
}

#[test]
fn glyphs_that_the_file_says_are_no_text_are_hidden_not_lost() {
    let (marks, _) =
        content(b"BT /F 10 Tf 9 50 Td (a) Tj /Span <</ActualText ()>> BDC (-) Tj EMC ET");
    assert_eq!(marks.text, "a-");
    assert_eq!(
        visibilities(&marks),
        [Visibility::Visible, Visibility::HiddenLayer]
    );
}

#[test]
fn annotations_that_are_printed_are_read() {
    let form = stream(
        &format!("/Subtype/Form/BBox[0 0 50 20]/Resources<<{HELVETICA}>>"),
        b"BT /F 10 Tf 5 5 Td (a) Tj ET",
    );
    let annotation =
        |extra: &str| format!("<</Subtype/FreeText/Rect[100 50 200 70]/AP<</N 5 0 R>>{extra}>>");
    let entries = format!("/Annots[{}{}]", annotation(""), annotation("/F 2"));
    let (marks, _) = read(&page(&entries, "", b"", &[(5, form)]));
    assert_eq!(placed(&marks), [("a".to_owned(), 110, 45)]);
}

#[test]
fn fields_that_the_file_does_not_draw_are_quoted_in_a_note() {
    let field = "<</Subtype/Widget/FT/Tx/Rect[0 0 9 9]/Parent<</V(total 5)>>>>";
    let hidden = "<</Subtype/Widget/FT/Tx/Rect[0 0 9 9]/V(b)/F 2>>";
    let button = "<</Subtype/Widget/FT/Btn/Rect[0 0 9 9]/V/Yes>>";
    let entries = format!("/Annots[{field}{hidden}{button}]");
    let (_, notes) = read(&page(&entries, "", b"", &[]));
    assert_eq!(codes(&notes), ["not-drawn"]);
    assert_eq!(notes[0].text.as_deref(), Some("total 5"));
}

#[test]
fn a_damaged_stream_gives_what_came_before_and_a_note() {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
    packer.write_all(b"BT /F 10 Tf 9 9 Td (a) Tj (").unwrap();
    packer.flush().unwrap();
    let deflated = packer.finish().unwrap();
    let objects = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
        (
            2,
            b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>".to_vec(),
        ),
        (
            3,
            format!("<</Type/Page/Parent 2 0 R/Contents[5 0 R 4 0 R]/Resources<<{HELVETICA}>>>>")
                .into_bytes(),
        ),
        (4, stream("", b"(b) Tj ET")),
        (
            5,
            stream("/Filter/FlateDecode", &deflated[..deflated.len() - 9]),
        ),
    ];
    let (marks, notes) = read(&super::build::file(&objects));
    assert_eq!(marks.text, "ab");
    assert!(codes(&notes).contains(&"damaged-content"));
}

#[test]
fn a_lost_font_loses_no_character() {
    let (marks, notes) = content(b"BT /Lost 10 Tf 9 9 Td (ab) Tj ET");
    assert_eq!(marks.text, "\u{fffd}\u{fffd}");
    assert_eq!(codes(&notes), ["undecoded-glyph"]);
}

#[test]
fn a_glyph_that_actual_text_tells_is_not_unknown() {
    let operators =
        b"BT /Lost 10 Tf 9 9 Td (a) Tj /Span <</ActualText <FEFF30FB>>> BDC (b) Tj EMC ET";
    let (marks, notes) = content(operators);
    assert_eq!(marks.text, "\u{fffd}\u{30fb}");
    assert_eq!(codes(&notes), ["undecoded-glyph"]);
    assert!(
        notes[0]
            .message
            .text(Language::Japanese)
            .contains("の1文字")
    );
    let told = b"BT /Lost 10 Tf 9 9 Td /Span <</ActualText <FEFF30FB>>> BDC (b) Tj EMC ET";
    assert_eq!(codes(&content(told).1), [""; 0]);
}

#[test]
fn what_an_adjustment_takes_back_is_a_run_of_its_own() {
    let painted = |operators: &str| {
        let marks = content(format!("BT /F 10 Tf 50 20 Td {operators} ET").as_bytes()).0;
        let runs: Vec<u32> = marks.glyphs.iter().map(|glyph| glyph.run).collect();
        (runs, crate::read::pdf::check::marks(&marks))
    };
    let none = Vec::<String>::new();
    assert_eq!(
        painted("[(ab) 2500 (cd)] TJ"),
        (vec![1, 1, 2, 2], none.clone())
    );
    assert_eq!(painted("[(ab) 120 (cd)] TJ"), (vec![1, 1, 1, 1], none));
}
