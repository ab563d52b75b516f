//! What a file says beside its painting – values of fields, states of layers, characters of elements and of glyphs – and
//! what is read where the two differ.

use std::fmt::Write;

use super::build::{HELVETICA, content, page, placed, read, stream, visibilities};
use super::font_codes::{IDENTITY, JAPAN1, cid, composite, shown, to_unicode};
use super::sample::Sample;
use crate::read::pdf::marks::Visibility;

/// The notes of a page with a field that paints a text: code and quoted text.
fn notes_of_field(entries: &str, painted: &str) -> Vec<(String, String)> {
    let form = stream(
        &format!("/Subtype/Form/BBox[0 0 50 20]/Resources<<{HELVETICA}>>"),
        format!("BT /F 10 Tf 5 5 Td ({painted}) Tj ET").as_bytes(),
    );
    let field = format!("/Annots[<</Subtype/Widget/Rect[0 0 50 20]/AP<</N 5 0 R>>{entries}>>]");
    let (_, notes) = read(&page(&field, "", b"", &[(5, form)]));
    let both = |note: crate::note::Note| (note.code, note.text.unwrap_or_default());
    notes.into_iter().map(both).collect()
}

#[test]
fn a_fields_value_that_is_not_painted_is_quoted() {
    let note = |code: &str, text: &str| vec![(code.to_owned(), text.to_owned())];
    assert_eq!(
        notes_of_field("/FT/Tx/V(B)", "A"),
        note("field-value-differs", "B")
    );
    assert_eq!(notes_of_field("/FT/Tx/V(B)", ""), note("not-drawn", "B"));
    assert_eq!(notes_of_field("/FT/Tx/V(B)", "B"), []);
    assert_eq!(
        notes_of_field("/FT/Tx/V(12345)", "12,345"),
        [],
        "a number with separators"
    );
    assert_eq!(
        notes_of_field("/FT/Tx/V(12345)", "72,345"),
        note("field-value-differs", "12345")
    );
    assert_eq!(
        notes_of_field("/FT/Tx/V(pass)/Ff 8192", "****"),
        [],
        "a password"
    );
    assert_eq!(notes_of_field("/FT/Btn/V/Yes", "4"), [], "a mark in a box");
    assert_eq!(
        notes_of_field("/FT/Ch/V(1)/Opt[[(0)(no)][(1)(yes)]]", "yes"),
        [],
        "the words of a choice"
    );
}

#[test]
fn a_stamp_is_no_text_of_the_page() {
    let form = stream(
        &format!("/Subtype/Form/BBox[0 0 50 20]/Resources<<{HELVETICA}>>"),
        b"BT /F 10 Tf 5 5 Td (a) Tj ET",
    );
    let of = |kind: &str| {
        let entries = format!("/Annots[<</Subtype/{kind}/Rect[0 0 50 20]/AP<</N 5 0 R>>>>]");
        visibilities(&read(&page(&entries, "", b"", &[(5, form.clone())])).0)
    };
    assert_eq!(of("Stamp"), [Visibility::Annotation]);
    assert_eq!(
        of("FreeText"),
        [Visibility::Visible],
        "typed to fill in a form"
    );
}

#[test]
fn layers_are_as_viewers_set_them_by_their_usage() {
    let shown = |usage: &str, event: &str| {
        let layers =
            format!("<</OCGs[91 0 R]/D<</AS[<</Event/{event}/OCGs[91 0 R]/Category[/View]>>]>>>>");
        let group = format!("<</Type/OCG/Name(a)/Usage<</View<</ViewState/{usage}>>>>>>");
        let more = [(90, layers.into_bytes()), (91, group.into_bytes())];
        let resources = format!("{HELVETICA}/Properties<</L 91 0 R>>");
        let painted = b"BT /F 10 Tf 9 9 Td /OC /L BDC (a) Tj EMC ET";
        visibilities(&read(&page("", &resources, painted, &more)).0)
    };
    assert_eq!(shown("OFF", "View"), [Visibility::HiddenLayer]);
    assert_eq!(shown("ON", "View"), [Visibility::Visible]);
    assert_eq!(
        shown("OFF", "Export"),
        [Visibility::Visible],
        "what is done when it is saved"
    );
}

#[test]
fn the_element_that_owns_a_text_says_what_it_is() {
    let text = |kids: &str| {
        let more = [
            (90, b"<<>>".to_vec()),
            (95, b"<</ParentTree 96 0 R>>".to_vec()),
            (96, b"<</Nums[0 [97 0 R]]>>".to_vec()),
            (
                97,
                format!("<</S/Span/ActualText(C)/K {kids}>>").into_bytes(),
            ),
        ];
        let painted = b"BT /F 10 Tf 9 9 Td /Span <</MCID 0>> BDC (x) Tj EMC ET";
        let file = page("/StructParents 0", HELVETICA, painted, &more);
        let file = String::from_utf8_lossy(&file)
            .replace("/OCProperties 90 0 R>>", "/StructTreeRoot 95 0 R>>");
        placed(&read(file.as_bytes()).0)
            .into_iter()
            .map(|(text, ..)| text)
            .collect::<String>()
    };
    assert_eq!(text("0"), "C");
    assert_eq!(text("[0]"), "C");
    assert_eq!(text("[0 1]"), "x", "of which it is a part only");
}

/// A text map of codes with so many bytes.
fn map_of(bytes: usize, entries: impl Iterator<Item = (u16, u16)>) -> Vec<u8> {
    let mut lines = String::new();
    let mut count = 0;
    for (code, character) in entries {
        writeln!(
            lines,
            "<{code:0width$X}> <{character:04X}>",
            width = 2 * bytes
        )
        .unwrap();
        count += 1;
    }
    to_unicode(&format!("{count} beginbfchar\n{lines}endbfchar"))
}

#[test]
fn one_digit_that_the_map_calls_otherwise_is_read_as_the_font_has_it() {
    // CIDs 17 to 26 of Adobe-Japan1 are the digits; the map calls the second one 7.
    let called = |code: u16| if code == 18 { 0x37 } else { 0x30 + code - 17 };
    let map = map_of(2, (17..27).map(|code| (code, called(code))));
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", JAPAN1);
    let (text, notes) = shown(&font, "<001200130014>", &[(6, map)]);
    assert_eq!(
        (text.as_str(), notes),
        ("123", vec!["contradictory-glyph".to_owned()])
    );
    // The same of a simple font with an encoding.
    let called = |code: u16| if code == 0x31 { 0x37 } else { code };
    let map = map_of(1, (0x30..0x3A).map(|code| (code, called(code))));
    let font = "/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R";
    let (text, notes) = shown(font, "(123)", &[(6, map)]);
    assert_eq!(
        (text.as_str(), notes),
        ("123", vec!["contradictory-glyph".to_owned()])
    );
}

#[test]
fn a_visible_glyph_that_the_map_calls_a_space_is_seen() {
    let space = 0x0C93u16;
    let target = |code: u16| {
        if code == space {
            0x20
        } else {
            cid(code).encode_utf16().next().unwrap()
        }
    };
    let map = map_of(2, (0x0C91..0x0C97).map(|code| (code, target(code))));
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", JAPAN1);
    let (text, notes) = shown(&font, "<0C920C93>", &[(6, map)]);
    assert_eq!(text, format!("{}{}", cid(0x0C92), cid(0x0C93)));
    assert_eq!(notes, ["contradictory-glyph"]);
}

#[test]
fn code_points_of_five_digits_and_the_yen_sign() {
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", IDENTITY);
    let map = to_unicode("2 beginbfchar <0001> <20B9F> <0002> <020BB7> endbfchar");
    assert_eq!(shown(&font, "<00010002>", &[(6, map)]).0, "𠮟𠮷");
    for encoding in [
        "/90ms-RKSJ-H",
        "/90msp-RKSJ-H",
        "/90pv-RKSJ-H",
        "/Ext-RKSJ-H",
        "/EUC-H",
    ] {
        let font = composite(encoding, "", JAPAN1);
        assert_eq!(shown(&font, "<5C31>", &[]).0, "¥1", "{encoding}");
    }
}

#[test]
fn a_space_that_an_adjustment_takes_back_parts_no_word() {
    let seen = |operators: &str| {
        let text = format!("BT /F 10 Tf 9 9 Td {operators} TJ ET");
        visibilities(&content(text.as_bytes()).0)[1]
    };
    assert_eq!(seen("[(a ) 278 (b)]"), Visibility::Invisible);
    assert_eq!(
        seen("[(a ) 60 (b)]"),
        Visibility::Visible,
        "a narrow space is one"
    );
}

#[test]
fn text_under_shapes_is_told() {
    let sample = Sample::new()
        .table(&[10.0, 60.0], &[10.0, 40.0])
        .text(13.0, 30.0, 10.0, "予算")
        .hidden(Visibility::Covered);
    let mut marks = sample.marks;
    let note = |marks: &mut crate::read::pdf::marks::Marks| {
        crate::read::pdf::page_without_text(marks, 1, crate::read::RecognisedLayer::SetAside)
            .map(|what| crate::note::Note::new(what).code)
    };
    assert_eq!(note(&mut marks).as_deref(), Some("text-under-shapes"));
    marks.glyphs[0].visibility = Visibility::Visible;
    assert_eq!(note(&mut marks), None);
}
