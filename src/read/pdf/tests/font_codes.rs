//! Codes of fonts -> characters and widths, in the order of trust.

use super::build::{codes, page, read, stream};

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
