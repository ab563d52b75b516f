//! Text maps that are a name, or that list a whole encoding.

use super::build::stream;
use super::font_codes::{IDENTITY, composite, shown, to_unicode};
use super::programs::truetype;

#[test]
fn a_text_map_that_is_the_name_of_a_collections_map_tells_the_cids() {
    let text = |map: &str| {
        let font = composite("/Identity-H", &format!("/ToUnicode {map}"), IDENTITY);
        let using =
            "/CIDInit /ProcSet findresource begin begincmap /Adobe-Japan1-UCS2 usecmap endcmap";
        let objects = [
            (6, stream("", using.as_bytes())),
            (
                7,
                stream("/UseCMap/Adobe-Japan1-UCS2", b"begincmap endcmap"),
            ),
        ];
        shown(&font, "<034B 0465>", &objects)
    };
    for map in ["/Adobe-Japan1-UCS2", "/UniJIS-UTF16-H", "6 0 R", "7 0 R"] {
        let (characters, notes) = text(map);
        assert_eq!((characters.as_str(), notes.len()), ("あ亜", 0), "{map}");
    }
    assert_eq!(text("/Adobe-Korea1-UCS2").0.chars().count(), 2);
    assert_ne!(text("/Adobe-Korea1-UCS2").0, "あ亜");
    assert_eq!(text("/Unknown").0, "\u{fffd}\u{fffd}");
}

#[test]
fn what_a_font_lacks_does_not_make_its_map_a_wrong_one() {
    // TCPDF: all of Unicode in ranges, of which the font has ASCII and kanji.
    let ranges: Vec<String> = (0..=0xFF)
        .map(|row| format!("<{row:02X}00> <{row:02X}FF> <{row:02X}00> "))
        .collect();
    let map = format!("256 beginbfrange {} endbfrange", ranges.concat());
    let descendant = format!("{IDENTITY}/DW 1000/W[32 126 500]/CIDToGIDMap 7 0 R");
    let font = composite("/Identity-H", "/ToUnicode 6 0 R", &descendant);
    let objects = [(6, to_unicode(&map)), (7, stream("", &[0; 512]))];
    let (text, notes) = shown(&font, "<0057 0065 0062 4E9C 0038>", &objects);
    assert_eq!((text.as_str(), notes.len()), ("Web亜8", 0));
}

#[test]
fn a_listed_latin_encoding_is_believed_whatever_is_wide() {
    // Prawn: the first subset has the codes of MacRoman; a character that the font lacks is as wide as its box for none.
    let latin: Vec<String> = (0x20..=0x7E)
        .map(|code| format!("<{code:02X}> <{code:04X}> "))
        .chain((0xA0..=0xBF).map(|code| format!("<{code:02X}> <00{:02X}> ", code + 0x20)))
        .collect();
    let text = |latin: &[String]| {
        let map = format!("127 beginbfchar {} endbfchar", latin.concat());
        let widths = "500 ".repeat(95) + &"1000 ".repeat(100);
        let font = format!(
            "/Subtype/TrueType/FirstChar 32/Widths[{widths}]/ToUnicode 6 0 R\
             /FontDescriptor<</Flags 4/FontFile2 7 0 R>>"
        );
        let objects = [(6, to_unicode(&map)), (7, stream("", &truetype()))];
        shown(&font, "(Web8)", &objects).0
    };
    assert_eq!(text(&latin), "Web8");
    assert_ne!(text(&latin[20..]), "Web8", "not whole: a map that was cut");
}
