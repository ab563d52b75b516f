//! Codes of fonts -> characters and widths, in the order of trust.

use super::build::{codes, page, placed, read, stream};
use super::programs::truetype;

/// The text and notes of a string shown in a font whose dictionary and further objects (from 6 on) are given.
pub(super) fn shown(font: &str, string: &str, more: &[(u32, Vec<u8>)]) -> (String, Vec<String>) {
    let (marks, notes) = marks_of(font, string, more);
    (
        marks.text,
        codes(&notes).into_iter().map(str::to_owned).collect(),
    )
}

pub(super) fn marks_of(
    font: &str,
    string: &str,
    more: &[(u32, Vec<u8>)],
) -> (crate::read::pdf::marks::Marks, Vec<crate::note::Note>) {
    let mut objects = vec![(5, format!("<</Type/Font{font}>>").into_bytes())];
    objects.extend(more.iter().cloned());
    read(&page(
        "",
        "/Font<</F 5 0 R>>",
        format!("BT /F 10 Tf 10 50 Td {string} Tj ET").as_bytes(),
        &objects,
    ))
}

/// A Type 0 font with this encoding, and what its dictionary and its descendant's have besides.
pub(super) fn composite(encoding: &str, entries: &str, descendant: &str) -> String {
    format!(
        "/Subtype/Type0/BaseFont/M/Encoding{encoding}{entries}\
         /DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/M{descendant}>>]"
    )
}

pub(super) const JAPAN1: &str = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>";
pub(super) const IDENTITY: &str =
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>";

pub(super) fn to_unicode(sections: &str) -> Vec<u8> {
    let map = format!("/CIDInit /ProcSet findresource begin begincmap {sections} endcmap end");
    stream("", map.as_bytes())
}

#[test]
fn rksj_codes_are_cp932_whatever_their_cids_say() {
    let text = |encoding: &str| {
        shown(
            &composite(encoding, "", JAPAN1),
            "<8160 20 FAB1 817C 41 B1 8740>",
            &[],
        )
        .0
    };
    assert_eq!(text("/90ms-RKSJ-H"), "～ \u{fa11}－Aｱ①");
    assert_eq!(text("/90msp-RKSJ-V"), "～ \u{fa11}－Aｱ①");
    assert_eq!(
        text("/78ms-RKSJ-H"),
        "～ \u{fa11}－Aｱ①",
        "a CMap that is not at hand"
    );
}

#[test]
fn other_makers_rows_of_shift_jis_go_by_their_cids() {
    let text = |encoding: &str, string: &str| shown(&composite(encoding, "", JAPAN1), string, &[]);
    assert_eq!(
        text("/90pv-RKSJ-H", "<8160 41 B1 8740>").0,
        "～Aｱ㈰",
        "the Macintosh"
    );
    assert_eq!(
        text("/Ext-RKSJ-H", "<8740 88A0>").0,
        "①唖",
        "NEC, in the shape of 1978"
    );
    assert_eq!(text("/83pv-RKSJ-H", "<FD>").0, "©");
    let (lost, notes) = text("/RKSJ-H", "<8B4C F040>");
    assert_eq!(
        (lost.as_str(), notes.len()),
        ("記\u{fffd}", 1),
        "what no row of JIS X 0208 has"
    );
}

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
fn glyph_names_that_are_numbers_are_no_dingbats() {
    let map = || to_unicode("3 beginbfchar <41> <2701> <42> <6574> <43> <2702> endbfchar");
    let font = |kind: &str, names: &str| {
        format!(
            "/Subtype/{kind}/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 1000 1000]/FirstChar 65\
            /Widths[1000 1000 1000]/ToUnicode 6 0 R/Encoding<</Differences[65{names}]>>"
        )
    };
    let text = |font: &str| shown(font, "(ABC)", &[(6, map())]).0;
    assert_eq!(
        text(&font("Type3", "/a65/a66/x1")),
        "\u{fffd}整✂",
        "named by their codes"
    );
    assert_eq!(
        text(&font("Type1", "/a65/a66/x1")),
        "✁整✂",
        "Zapf Dingbats may be so named"
    );
}

#[test]
fn codes_that_say_what_they_are_by_their_cmap_need_no_map() {
    // What Ghostscript 10 makes of a font that is not embedded.
    let map = || to_unicode("2 beginbfchar <0038> <0057> <E000> <6574> endbfchar");
    let text = |encoding: &str, code: &str| {
        let font = composite(encoding, "/ToUnicode 6 0 R", JAPAN1);
        shown(&font, code, &[(6, map())]).0
    };
    assert_eq!(text("/UniJIS-UCS2-H", "<0038>"), "8");
    assert_eq!(text("/UniJIS-UTF16-H", "<0038>"), "8");
    assert_eq!(
        text("/UniJIS-UCS2-H", "<E000>"),
        "整",
        "but a private-use one that it names"
    );
    assert_eq!(text("/EUC-H", "<38>"), "8");
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
fn a_copy_of_a_predefined_cmap_has_its_codes() {
    let map = |sections: &str| {
        to_unicode(&format!(
            "2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange {sections}"
        ))
    };
    let named = stream(
        "/CMapName/90ms-RKSJ-H",
        b"begincmap 2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange \
        1 begincidchar <8160> 665 endcidchar endcmap",
    );
    let font = composite(" 6 0 R", "", JAPAN1);
    assert_eq!(shown(&font, "<8160>", &[(6, named)]).0, "～", "by its name");
    let used = map("/90ms-RKSJ-H usecmap 1 begincidchar <8161> 8000 endcidchar");
    assert_eq!(
        shown(&font, "<8160>", &[(6, used)]).0,
        "～",
        "by the one that it builds upon"
    );
    let down = stream(
        "/WMode 1",
        b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange endcmap",
    );
    let (marks, _) = marks_of(&font, "<0C91>", &[(6, down)]);
    assert!(marks.glyphs.iter().all(|glyph| glyph.vertical));
}

#[test]
fn a_painted_soft_hyphen_is_a_hyphen() {
    let map = to_unicode("2 beginbfchar <0001> <00AD> <0002> <0031> endbfchar");
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", IDENTITY);
    assert_eq!(shown(&font, "<0002 0001 0002>", &[(6, map)]).0, "1-1");
}

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

#[test]
fn every_predefined_cmap_of_japanese_is_read() {
    // ISO 32000-1 Table 118, and those of the same makers that Adobe has published since.
    let families: [(&[&str], &str, &str); 7] = [
        (
            &[
                "83pv-RKSJ",
                "90ms-RKSJ",
                "90msp-RKSJ",
                "90pv-RKSJ",
                "Add-RKSJ",
                "Ext-RKSJ",
                "78-RKSJ",
                "78ms-RKSJ",
                "RKSJ",
            ],
            "<90AE 979D 95 5C 31>",
            "整理表1",
        ),
        (
            &["", "78-", "Add-", "Ext-", "NWP-"],
            "<4030 4D7D 493D>",
            "整理表",
        ),
        (&["EUC", "78-EUC"], "<C0B0 CDFD C9BD 31>", "整理表1"),
        (
            &[
                "UniJIS-UCS2",
                "UniJIS-UCS2-HW",
                "UniJISPro-UCS2",
                "UniJISPro-UCS2-HW",
            ],
            "<6574 7406 8868 0031>",
            "整理表1",
        ),
        (
            &["UniJIS-UTF16", "UniJIS2004-UTF16"],
            "<6574 7406 8868 0031 D842DFB7>",
            "整理表1𠮷",
        ),
        (
            &[
                "UniJIS-UTF32",
                "UniJIS2004-UTF32",
                "UniJISX0213-UTF32",
                "UniJISX02132004-UTF32",
            ],
            "<00006574 00007406 00008868 00000031 00020BB7>",
            "整理表1𠮷",
        ),
        (
            &["UniJIS-UTF8", "UniJIS2004-UTF8", "UniJISPro-UTF8"],
            "<E695B4 E79086 E8A1A8 31 F0A0AEB7>",
            "整理表1𠮷",
        ),
    ];
    let half_width = "/DW 1000/W[1[500]2 94 500 231 632 500]";
    for (names, string, expected) in families {
        for name in names {
            for mode in ["H", "V"] {
                let name = if name.is_empty() || name.ends_with('-') {
                    format!("{name}{mode}")
                } else {
                    format!("{name}-{mode}")
                };
                let font = composite(&format!("/{name}"), "", &format!("{JAPAN1}{half_width}"));
                let (marks, notes) = marks_of(&font, string, &[]);
                assert_eq!((marks.text.as_str(), notes.len()), (expected, 0), "{name}");
                let digit = marks
                    .glyphs
                    .iter()
                    .find(|glyph| &marks.text[glyph.text.0 as usize..glyph.text.1 as usize] == "1");
                let narrow =
                    digit.is_none_or(|digit| mode == "V" || (digit.advance.x - 5.0).abs() < 0.1);
                assert!(narrow, "{name}: {digit:?}");
            }
        }
    }
}

#[test]
fn rksj_loses_to_its_to_unicode_only_where_cp932_has_nothing() {
    let map = to_unicode("2 beginbfchar <8160> <301C> <FD> <6574> endbfchar");
    let font = composite("/90ms-RKSJ-H", "/ToUnicode 6 0 R", JAPAN1);
    assert_eq!(shown(&font, "<8160 FD>", &[(6, map)]).0, "～整");
}

#[test]
fn unicode_cmaps_are_read_directly() {
    let text =
        |encoding: &str, string: &str| shown(&composite(encoding, "", JAPAN1), string, &[]).0;
    assert_eq!(text("/UniJIS-UCS2-H", "<6574 7406>"), "整理");
    assert_eq!(text("/UniJIS-UTF16-H", "<6574 D842DFB7 8868>"), "整𠮷表");
    assert_eq!(
        text("/UniJIS2004-UTF16-H", "<6574 7406>"),
        "整理",
        "a CMap that is not at hand"
    );
    assert_eq!(text("/UniJIS-UTF32-H", "<00006574 00020BB7>"), "整𠮷");
    assert_eq!(text("/UniJIS-UTF8-H", "<41 E695B4>"), "A整");
    assert_eq!(
        text("/UniJIS-UTF16-H", "<0E01>"),
        "ก",
        "a character that has no CID"
    );
}

#[test]
fn euc_and_jis_codes_are_read_directly() {
    let text =
        |encoding: &str, string: &str| shown(&composite(encoding, "", JAPAN1), string, &[]).0;
    assert_eq!(text("/EUC-H", "<C0B0 41 CDFD>"), "整A理");
    assert_eq!(text("/H", "<4030 4D7D>"), "整理");
    assert_eq!(
        [text("/EUC-H", "<A1C1 A1DD>"), text("/H", "<2141 215D>")],
        ["～－", "～－"],
        "as Shift_JIS has them, whatever their CIDs say"
    );
}

#[test]
fn cids_are_read_without_variation_selectors_and_wide_spaces() {
    let font = composite("/Identity-H", "", JAPAN1);
    let all: Vec<String> = (1..=23_057u16).map(|cid| format!("{cid:04X}")).collect();
    let (text, _) = shown(&font, &format!("<{}>", all.concat()), &[]);
    let wrong = |c: char| matches!(c, '\u{2000}'..='\u{200a}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    assert_eq!(text.chars().find(|c| wrong(*c)), None);
    assert!(text.contains('\u{fa11}') && text.contains('整'));
    // 1 space, 231 half-width space, 633 full-width space
    assert_eq!(shown(&font, "<0001 00E7 0279>", &[]).0, "  \u{3000}");
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
fn an_embedded_cmap_builds_upon_another_and_may_write_vertically() {
    let map = |dict: &str, text: &str| stream(dict, text.as_bytes());
    let font = composite(" 6 0 R", "", JAPAN1);
    let own = "begincmap 1 begincidchar <0001> 1200 endcidchar endcmap";
    let (text, _) = shown(&font, "<0001 4030>", &[(6, map("/UseCMap/H", own))]);
    assert_eq!(text, cid(1200) + "整");
    let uses = format!("/H usecmap {own}");
    assert_eq!(shown(&font, "<4030>", &[(6, map("", &uses))]).0, "整");
    let down = format!("/WMode 1 def {own}");
    let (marks, _) = marks_of(&font, "<0001>", &[(6, map("", &down))]);
    assert!(marks.glyphs[0].vertical);
    let (marks, _) = marks_of(&font, "<0001>", &[(6, map("", own))]);
    assert!(!marks.glyphs[0].vertical);
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

#[test]
fn embedded_cmaps_have_their_own_code_spaces() {
    let map = to_unicode(
        "2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange \
         1 begincidrange <20> <7E> 1 endcidrange 1 begincidchar <8140> 1200 endcidchar",
    );
    let font = composite(" 6 0 R", "", JAPAN1);
    assert_eq!(
        shown(&font, "<41 8140 42>", &[(6, map)]).0,
        "A哀B".replace('哀', &cid(1200))
    );
}

/// The character of a CID of Adobe-Japan1.
pub(super) fn cid(cid: u16) -> String {
    shown(
        &composite("/Identity-H", "", JAPAN1),
        &format!("<{cid:04X}>"),
        &[],
    )
    .0
}

#[test]
fn what_nothing_decodes_is_kept_as_such_and_noted() {
    let font = composite("/Identity-H", "", IDENTITY);
    let (marks, notes) = marks_of(&font, "<0041 0042>", &[]);
    assert_eq!(marks.text, "\u{fffd}\u{fffd}");
    assert_eq!(codes(&notes), ["undecoded-glyph"]);
    assert!(
        notes[0].message.to_string().contains('2'),
        "both are counted: {}",
        notes[0].message
    );
    let controls = to_unicode("1 beginbfchar <41> <0000> endbfchar");
    let font = "/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/ToUnicode 6 0 R";
    assert_eq!(
        shown(font, "(A)", &[(6, controls)]).0,
        "\u{fffd}",
        "a control is no character"
    );
}

#[test]
fn private_use_characters_are_kept_and_noted_once() {
    let font = composite("/90ms-RKSJ-H", "", JAPAN1);
    let (text, notes) = shown(&font, "<F040 F040 F041>", &[]);
    assert_eq!(text, "\u{e000}\u{e000}\u{e001}");
    assert_eq!(notes, ["private-use-character", "private-use-character"]);
}

#[test]
fn radicals_are_left_to_the_text_layer() {
    let map = to_unicode("1 beginbfchar <41> <2F6C> endbfchar");
    assert_eq!(
        shown("/Subtype/TrueType/ToUnicode 6 0 R", "(A)", &[(6, map)]).0,
        "⽬"
    );
}

#[test]
fn glyph_names_of_an_encoding() {
    let font =
        "/Subtype/Type1/BaseFont/M/Encoding<</Differences[65/uni6574/u20BB7/f_i/g12/A.alt/a12]>>";
    let (text, notes) = shown(font, "(ABCDEFG)", &[]);
    assert_eq!(text, "整𠮷fi\u{fffd}A\u{fffd}G");
    assert_eq!(notes, ["undecoded-glyph"]);
    let standard = "/Subtype/Type1/BaseFont/M/Encoding/StandardEncoding";
    assert_eq!(shown(standard, "(a'b\\256)", &[]).0, "a’bﬁ");
    assert_eq!(
        shown("/Subtype/Type1/BaseFont/ZapfDingbats", "(4)", &[]).0,
        "✔"
    );
    assert_eq!(shown("/Subtype/Type1/BaseFont/Symbol", "(a)", &[]).0, "α");
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
