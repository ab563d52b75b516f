//! Embedded font programs -> characters, where nothing more trusted names a glyph or where the two disagree.

use super::build::stream;
use super::font_codes::{IDENTITY, JAPAN1, cid, composite, shown, to_unicode};
use super::programs::{cff, mapped, truetype};

#[test]
fn a_glyph_that_paints_nothing_is_white_space_where_nothing_names_it() {
    let map = to_unicode("1 beginbfchar <0003> <FFFD> endbfchar");
    let text = |width: &str| {
        let descendant = format!("{IDENTITY}/FontDescriptor<</FontFile2 7 0 R>>/DW {width}");
        let font = composite("/Identity-H", "/ToUnicode 6 0 R", &descendant);
        shown(
            &font,
            "<0001 0003>",
            &[(6, map.clone()), (7, stream("", &truetype()))],
        )
    };
    assert_eq!(text("1000"), ("整\u{3000}".to_owned(), Vec::new()));
    assert_eq!(text("500"), ("整 ".to_owned(), Vec::new()));
}

#[test]
fn an_embedded_program_names_the_glyphs_that_nothing_else_names() {
    let more = [(7, stream("", &truetype()))];
    let descendant = format!("{IDENTITY}/FontDescriptor<</FontFile2 7 0 R>>");
    let (text, notes) = shown(
        &composite("/Identity-H", "", &descendant),
        "<0001 0002>",
        &more,
    );
    assert_eq!(
        (text.as_str(), notes.len()),
        ("整一", 0),
        "the ideograph, not the radical"
    );
    let simple = "/Subtype/TrueType/FontDescriptor<</Flags 4/FontFile2 7 0 R>>";
    assert_eq!(
        shown(simple, "(!)", &more).0,
        "整",
        "a subset's codes are its own"
    );
    let mapped = format!("{descendant}/CIDToGIDMap 8 0 R");
    let more = [(7, stream("", &truetype())), (8, stream("", &[0, 0, 0, 2]))];
    assert_eq!(
        shown(&composite("/Identity-H", "", &mapped), "<0001>", &more).0,
        "一"
    );
}

#[test]
fn a_placeholder_is_checked_against_the_embedded_program() {
    let map = to_unicode("1 beginbfrange <0000> <FFFF> <0000> endbfrange");
    let descendant = format!("{IDENTITY}/FontDescriptor<</FontFile2 7 0 R>>");
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", &descendant);
    assert_eq!(
        shown(&font, "<0001>", &[(6, map), (7, stream("", &truetype()))]).0,
        "整"
    );
}

#[test]
fn a_cff_program_says_which_collection_its_cids_are_of() {
    let descendant = format!("{IDENTITY}/FontDescriptor<</FontFile3 7 0 R>>");
    let font = composite("/Identity-H", "", &descendant);
    let text = |ordering: &str| {
        shown(
            &font,
            "<0C91>",
            &[(7, stream("", &cff(ordering, &[0x0C91])))],
        )
        .0
    };
    assert_eq!(text("Japan1"), cid(0x0C91));
    // Nothing names it, and nothing is drawn: white space.
    assert_eq!(text("Identity"), "\u{3000}");
}

#[test]
fn glyph_numbers_under_a_collections_name_are_told_by_the_program() {
    // Glyphs 1 to 9 are 一 to 丈 of Unicode; the CIDs 1 to 9 of the collection are a space and signs.
    let descendant = format!("{JAPAN1}/FontDescriptor<</FontFile2 7 0 R>>");
    let text = |descendant: &str, glyphs: u16, more: &[u8]| {
        let program = mapped(3, 1, 0x4E00, glyphs);
        let more = [(7, stream("", &program)), (8, stream("", more))];
        shown(
            &composite("/Identity-H", "", descendant),
            "<0001 0004>",
            &more,
        )
        .0
    };
    assert_eq!(text(&descendant, 9, &[]), "一\u{4e03}");
    assert_eq!(text(&descendant, 3, &[]), " #", "three may be variants");
    let cids = format!("{descendant}/CIDToGIDMap 8 0 R");
    assert_eq!(
        text(&cids, 9, &[0, 0, 0, 2, 0, 0, 0, 0, 0, 9]),
        " #",
        "a map from the CIDs to the glyphs"
    );
}

#[test]
fn a_text_map_that_contradicts_the_programs_own_map_is_told() {
    let entries = |from: u32| -> String {
        let entries: Vec<String> = (1..=6)
            .map(|glyph| format!("<{glyph:04X}> <{:04X}> ", from + glyph))
            .collect();
        entries.concat()
    };
    let descendant = format!("{IDENTITY}/FontDescriptor<</FontFile2 7 0 R>>");
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", &descendant);
    let read = |from: u32| {
        let map = to_unicode(&format!("6 beginbfchar {} endbfchar", entries(from)));
        shown(
            &font,
            "<0001>",
            &[(6, map), (7, stream("", &mapped(3, 1, 0x4E00, 9)))],
        )
    };
    assert_eq!(read(0x4DFF), ("一".to_owned(), Vec::new()));
    // 円 and the like.
    let (text, notes) = read(0x5185);
    assert_eq!(
        (text.as_str(), notes),
        ("\u{5186}", vec!["contradictory-text-map".to_owned()])
    );
}

#[test]
fn simple_symbolic_programs_by_the_map_that_they_have() {
    let text = |platform: u16, encoding: u16, first: u16, string: &str| {
        let font = "/Subtype/TrueType/FontDescriptor<</Flags 4/FontFile2 7 0 R>>";
        shown(
            font,
            string,
            &[(7, stream("", &mapped(platform, encoding, first, 9)))],
        )
        .0
    };
    assert_eq!(
        text(3, 1, 0x41, "(AZ)"),
        "A\u{fffd}",
        "a Unicode map alone: Latin text, where it has the letter"
    );
    assert_eq!(
        text(3, 0, 0xF041, "(A)"),
        "\u{fffd}",
        "a symbol map says nothing of its glyphs"
    );
    assert_eq!(
        text(1, 0, 0x41, "(A)"),
        "\u{fffd}",
        "nor does a subset's Macintosh map"
    );
}

#[test]
fn letters_of_fonts_of_pictures_are_pictures() {
    let map =
        || to_unicode("4 beginbfchar <41> <F06C> <42> <006E> <43> <2713> <44> <F0B7> endbfchar");
    let read = |name: &str| {
        let font =
            format!("/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding/ToUnicode 6 0 R");
        shown(&font, "(ABCDu\\237)", &[(6, map())])
    };
    assert_eq!(read("ABCDEF+Wingdings-Regular").0, "●■✓\u{f0b7}◆•");
    assert_eq!(
        read("Wingdings2").0,
        "\u{f06c}\u{f06e}✓\u{f0b7}\u{f075}\u{f09f}",
        "no letters, whatever they are"
    );
    assert_eq!(read("SymbolMT").0, "λn✓•u\u{178}", "its letters are read");
    assert_eq!(read("Arial").0, "\u{f06c}n✓\u{f0b7}u\u{178}");
    let bullets = to_unicode("3 beginbfchar <41> <F0B7> <42> <E00A> <43> <006C> endbfchar");
    let font = "/Subtype/TrueType/BaseFont/BAAAAA+OpenSymbol/ToUnicode 6 0 R";
    assert_eq!(
        shown(font, "(ABC)", &[(6, bullets)]).0,
        "•■l",
        "LibreOffice"
    );
}
