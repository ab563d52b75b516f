//! ToUnicode maps -> which of their characters are believed, and which are told.

use super::build::stream;
use super::font_codes::{IDENTITY, JAPAN1, cid, composite, shown, to_unicode};
use super::programs::truetype;

#[test]
fn a_map_that_calls_wide_glyphs_latin_letters_is_not_believed_there() {
    // What Ghostscript 10 makes of <01AD> <01AE> <FF08>, <0271> <0287> <306A> and <0190> <0192> <3001>.
    let wrong = "7 beginbfchar <01AD> <00FF> <01AE> <0100> <0287> <007E> <0300> <8868> <00D6> <0030> \
        <0190> <0031> <0256> <3042> endbfchar";
    let widths = |w: &str| composite("/Identity-H", "/ToUnicode 6 0 R", &format!("{IDENTITY}{w}"));
    let string = "<0300 01AD 0287 01AE 00D6 0190 0256>";
    let lost = "表\u{fffd}\u{fffd}\u{fffd}0\u{fffd}あ";
    for w in ["/W[214[500]]", "/W[214[500] 256 1000 500]"] {
        let (text, notes) = shown(&widths(w), string, &[(6, to_unicode(wrong))]);
        assert_eq!((text.as_str(), notes.len()), (lost, 1), "{w}");
    }
    let map = to_unicode("4 beginbfchar <41> <00FF> <42> <0078> <43> <3042> <44> <0079> endbfchar");
    let font = "/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 -120 1000 880]/FirstChar 65\
        /Widths[1000 1000 1000 500]/ToUnicode 6 0 R";
    assert_eq!(
        shown(font, "(ABCD)", &[(6, map)]).0,
        "\u{fffd}\u{fffd}あy",
        "a Type 3 font"
    );
    let map = to_unicode("3 beginbfchar <0050> <007E> <0051> <00E9> <0256> <3042> endbfchar");
    for w in ["/W[80[500 500]]", ""] {
        let (text, notes) = shown(&widths(w), "<0050 0051 0256>", &[(6, map.clone())]);
        assert_eq!((text.as_str(), notes.len()), ("~éあ", 0), "{w}");
    }
    let map = "4 beginbfchar <0040> <006E> <0050> <007B> <0051> <00E9> <0256> <3042> endbfchar";
    let (text, _) = shown(
        &widths("/W[0[500]]"),
        "<0040 0050 0051 0256>",
        &[(6, to_unicode(map))],
    );
    assert_eq!(
        text, "n\u{fffd}\u{fffd}あ",
        "neither is full-width in any font"
    );
}

#[test]
fn a_map_without_kana_that_calls_most_wide_glyphs_latin_letters_is_none() {
    // What Ghostscript 10 makes of a Qt program's map: a byte of each.
    let entries: Vec<String> = (1..=9)
        .map(|code| format!("<{code:04X}> <00{:02X}> ", 0xE0 + code))
        .collect();
    let entries = entries.concat();
    let map = to_unicode(&format!("10 beginbfchar {entries} <000A> <0038> endbfchar"));
    let text = |widths: &str| {
        let font = composite(
            "/Identity-H",
            "/ToUnicode 6 0 R",
            &format!("{IDENTITY}{widths}"),
        );
        shown(&font, "<0001 0002 000A>", &[(6, map.clone())]).0
    };
    assert_eq!(text("/W[10[500]]"), "\u{fffd}\u{fffd}\u{fffd}");
    assert_eq!(text("/W[1 10 500]"), "áâ8", "a Latin font");
    assert_eq!(text("/DW 500/W[1[900 900]]"), "áâ8", "two odd ones");
}

#[test]
fn a_simple_fonts_map_that_calls_wide_glyphs_narrow_letters_is_none() {
    // What Ghostscript 10 makes of its own 作成日職名会 1: the bytes of each laid over each other.
    let map = || {
        to_unicode(
            "8 beginbfchar <41> <005F> <42> <0072> <43> <00E5> <44> <00F7> <45> <0032> <46> <0076> <47> <0079> \
             <48> <0031> endbfchar",
        )
    };
    let text = |widths: &str| {
        let font = format!(
            "/Subtype/TrueType/FirstChar 65/Widths[{widths}]/ToUnicode 6 0 R\
             /FontDescriptor<</Flags 4/FontFile2 7 0 R>>"
        );
        shown(&font, "(BH)", &[(6, map()), (7, stream("", &truetype()))]).0
    };
    assert_eq!(
        text("1000 1000 1000 1000 1000 1000 1000 500"),
        "\u{fffd}\u{fffd}"
    );
    assert_eq!(
        text("500 500 500 500 500 1000 1000 500"),
        "r1",
        "two odd ones"
    );
}

#[test]
fn a_whole_fonts_map_has_letters_that_a_cut_one_has_by_mistake() {
    let map = "2 beginbfrange <0010> <006F> <0020> <00A0> <0110> <00C0> endbfrange \
        1 beginbfchar <0256> <3042> endbfchar";
    let widths = format!("{IDENTITY}/W[16 272 500]");
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", &widths);
    // ÿ stands beside þ; Æ and œ are wide in proportional fonts.
    assert_eq!(
        shown(&font, "<00DF 00C9 0256 0028>", &[(6, to_unicode(map))]).0,
        "ÿéあ8"
    );
    let wide = composite(
        "/Identity-H",
        "/ToUnicode 6 0 R",
        &format!("{IDENTITY}/W[16 165 500 167 272 500]"),
    );
    let map =
        "2 beginbfchar <0001> <00C6> <0002> <0153> endbfchar 1 beginbfchar <0256> <3042> endbfchar";
    assert_eq!(
        shown(&wide, "<0001 0002 0256>", &[(6, to_unicode(map))]).0,
        "Æœあ"
    );
}

#[test]
fn a_glyph_of_several_characters_is_the_one_that_texts_have() {
    let map = to_unicode(
        "8 beginbfchar <0001> <2003> <0002> <00A0> <0003> <0009> <0004> <6574> <0005> <2215> \
         <0006> <02BB> <0007> <2329> <0008> <232A> endbfchar",
    );
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", IDENTITY);
    let string = "<0001 0002 0003 0004 0005 0006 0007 0008>";
    assert_eq!(
        shown(&font, string, &[(6, map)]).0,
        "\u{3000}  整／‘\u{3008}\u{3009}"
    );
}

#[test]
fn damaged_text_maps_are_read_as_far_as_they_go() {
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", IDENTITY);
    let text = |map: &str, codes: &str| shown(&font, codes, &[(6, to_unicode(map))]).0;
    assert_eq!(
        text("2 beginbfchar <0001> <6574> <0002> <7406>", "<0001 0002>"),
        "整理",
        "without its end"
    );
    assert_eq!(
        text(
            "1 beginbfchar <0001> <6574> 1 beginbfrange <0002> <0003> <7406> endbfrange",
            "<0001 0003>"
        ),
        "整\u{7407}",
        "begun before the one before has ended"
    );
    assert_eq!(
        text(
            "3 beginbfchar <0001> /quotesingle <0002> <7406> <0003> /g17 endbfchar",
            "<0001 0002 0003>"
        ),
        "'理\u{fffd}",
        "glyph names"
    );
    assert_eq!(
        text(
            "1 beginbfrange <0001> <0004> [<6574> <7406>] endbfrange 1 beginbfchar <0005> <8868> endbfchar",
            "<0001 0002 0003 0005>"
        ),
        "整理\u{fffd}表",
        "fewer targets than codes"
    );
    assert_eq!(
        text("1 beginbfchar < 00 01 > <FEFF 65\n74> endbfchar", "<0001>"),
        "整",
        "white space and a byte order mark"
    );
    assert_eq!(
        text(
            "2 beginbfchar <0001> <D842> <0002> <7406> endbfchar",
            "<0001 0002>"
        ),
        "\u{fffd}理",
        "half a surrogate pair"
    );
    assert_eq!(
        text(
            "2 beginbfrange <0003> <0001> <6574> <0004> <0004> <7406> endbfrange",
            "<0002 0004>"
        ),
        "\u{fffd}理",
        "backwards"
    );
    let many: Vec<String> = (1..=250)
        .map(|code| format!("<{code:04X}> <{:04X}> ", 0x4E00 + code))
        .collect();
    let many = many.concat();
    assert_eq!(
        text(&format!("250 beginbfchar {many} endbfchar"), "<00FA>"),
        "\u{4efa}",
        "more than 100 in one list"
    );
}

#[test]
fn a_name_instead_of_a_text_map_says_that_codes_are_characters() {
    // TCPDF: Identity-H codes that a CIDToGIDMap leads to glyphs.
    let named = |descendant: &str| composite("/Identity-H", "/ToUnicode/Identity-H", descendant);
    let glyphs = (7, stream("", &[0, 1, 0, 2]));
    let mapped = format!("{IDENTITY}/CIDToGIDMap 7 0 R");
    assert_eq!(shown(&named(&mapped), "<6574>", &[glyphs]).0, "整");
    assert_eq!(
        shown(&named(IDENTITY), "<6574>", &[]).0,
        "\u{fffd}",
        "glyph numbers are none"
    );
    assert_eq!(
        shown(&named(JAPAN1), "<0C91>", &[]).0,
        cid(0x0C91),
        "CIDs are none"
    );
}

#[test]
fn what_a_map_calls_private_is_named_by_its_cid() {
    let map = || to_unicode("2 beginbfchar <0C91> <E000> <FFF0> <E001> endbfchar");
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", JAPAN1);
    let (text, notes) = shown(&font, "<0C91 FFF0>", &[(6, map())]);
    assert_eq!(
        text,
        format!("{}\u{e001}", cid(0x0C91)),
        "but what nothing else names"
    );
    assert_eq!(notes, ["private-use-character"]);
}

/// A map that calls these CIDs of Adobe-Japan1 each by another's character.
fn shifted_map(cids: std::ops::Range<u16>) -> Vec<u8> {
    let target = |cid_of: u16| u32::from(cid(cid_of).chars().next().unwrap());
    let entries: Vec<String> = cids
        .map(|code| format!("<{code:04X}> <{:04X}> ", target(code + 50)))
        .collect();
    let entries = entries.concat();
    to_unicode(&format!("9 beginbfchar {entries} endbfchar"))
}

#[test]
fn a_map_that_contradicts_the_cids_that_are_painted_is_not_believed() {
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", JAPAN1);
    let (text, notes) = shown(&font, "<0C91 0C92>", &[(6, shifted_map(0x0C91..0x0C9A))]);
    assert_eq!(text, format!("{}{}", cid(0x0C91), cid(0x0C92)));
    assert_eq!(notes, ["contradictory-text-map"]);
    let (text, notes) = shown(&font, "<0C91>", &[(6, shifted_map(0x0C91..0x0C94))]);
    assert_eq!(
        (text, notes.len()),
        (cid(0x0C91 + 50), 0),
        "three may be variants"
    );
    let embedded = format!("{JAPAN1}/FontDescriptor<</FontFile2 7 0 R>>");
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", &embedded);
    let more = [
        (6, shifted_map(0x0C91..0x0C9A)),
        (7, stream("", &truetype())),
    ];
    let (text, notes) = shown(&font, "<0C91>", &more);
    assert_eq!(
        text,
        cid(0x0C91 + 50),
        "an embedded font's codes may be no CIDs"
    );
    assert_eq!(notes, ["contradictory-text-map"]);
}

#[test]
fn to_unicode_comes_before_the_encoding() {
    let font = "/Subtype/TrueType/BaseFont/M/Encoding/WinAnsiEncoding/ToUnicode 6 0 R";
    let map = to_unicode("1 beginbfchar <41> <6574> endbfchar");
    assert_eq!(shown(font, "(AB)", &[(6, map)]).0, "整B");
}

#[test]
fn to_unicode_ranges_arrays_ligatures_and_surrogates() {
    let map = to_unicode(
        "1 begincodespacerange <0000> <FFFF> endcodespacerange \
         3 beginbfrange <0001> <0003> <3042> <0004> <0005> [<00660069> <D842DFB7>] <0006> <0006> <zz> endbfrange \
         1 beginbfchar <0007> <0078> endbfchar",
    );
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", IDENTITY);
    let (text, notes) = shown(&font, "<0001 0003 0004 0005 0007>", &[(6, map)]);
    assert_eq!(text, "あいfi𠮷x");
    assert_eq!(notes, ["unusual-kanji"]);
}

#[test]
fn degenerate_and_nested_ranges_of_a_to_unicode() {
    let map = to_unicode(
        "1 begincodespacerange <0000> <FFFF> endcodespacerange \
         3 beginbfrange <0009> <0002> <3042> <0010> <001F> <0041> <0012> <0013> <0061> endbfrange \
         1 beginbfchar <0015> <0078> endbfchar",
    );
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", IDENTITY);
    let (text, _) = shown(&font, "<0009 0011 0013 0014 0015>", &[(6, map)]);
    assert_eq!(
        text, "\u{fffd}BbEx",
        "a range that ends before it begins maps nothing; the narrowest of several counts"
    );
}

#[test]
fn kanji_that_shift_jis_lacks_are_noted_in_a_text_map_only() {
    let map = to_unicode("3 beginbfchar <41> <5DFF> <42> <6574> <43> <2F8F> endbfchar");
    let font = "/Subtype/TrueType/BaseFont/M/Encoding/WinAnsiEncoding/ToUnicode 6 0 R";
    let notes = |string: &str| shown(font, string, &[(6, map.clone())]).1;
    assert_eq!(notes("(AAB)"), ["unusual-kanji"]);
    assert_eq!(notes("(BC)"), [""; 0], "a radical is repaired elsewhere");
    let code = composite("/UniJIS-UTF16-H", "", JAPAN1);
    assert_eq!(shown(&code, "<5DFF>", &[]).1, [""; 0]);
}

#[test]
fn a_placeholder_to_unicode_is_not_trusted() {
    let placeholder = || to_unicode("1 beginbfrange <0000> <FFFF> <0000> endbfrange");
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", JAPAN1);
    assert_eq!(
        shown(&font, "<0C91>", &[(6, placeholder())]).0,
        cid(0x0C91),
        "the CID speaks for itself"
    );
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", IDENTITY);
    let (text, notes) = shown(&font, "<0041>", &[(6, placeholder())]);
    assert_eq!(
        (text.as_str(), notes),
        ("\u{fffd}", vec!["undecoded-glyph".to_owned()]),
        "a glyph number is no character"
    );
    let controls = to_unicode("1 beginbfrange <0000> <00FF> <0000> endbfrange");
    assert_eq!(
        shown(&font, "<0041>", &[(6, controls)]).0,
        "\u{fffd}",
        "MuPDF"
    );
    let notdef = to_unicode("2 beginbfrange <0000> <0000> <0000> <0041> <0041> <0042> endbfrange");
    assert_eq!(shown(&font, "<0041>", &[(6, notdef)]).0, "B");
    let latin = to_unicode("1 beginbfrange <0020> <007E> <0020> endbfrange");
    assert_eq!(shown(&font, "<0041>", &[(6, latin)]).0, "A");
    let font = composite(
        "/Identity-H",
        "/ToUnicode 6 0 R",
        &format!("{IDENTITY}/CIDToGIDMap 7 0 R"),
    );
    let glyphs = (7, stream("", &[0, 1, 0, 2]));
    assert_eq!(
        shown(&font, "<6574>", &[(6, placeholder()), glyphs]).0,
        "整",
        "codes that a map leads to glyphs"
    );
}

#[test]
fn a_to_unicode_of_shorter_codes_comes_last() {
    let map = || {
        to_unicode(
            "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <91> <0078> endbfchar",
        )
    };
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", JAPAN1);
    assert_eq!(
        shown(&font, "<0091>", &[(6, map())]).0,
        cid(0x91),
        "the CID comes before it"
    );
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", IDENTITY);
    assert_eq!(
        shown(&font, "<0091>", &[(6, map())]).0,
        "x",
        "where nothing else speaks"
    );
}
