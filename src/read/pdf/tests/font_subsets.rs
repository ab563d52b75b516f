//! Embedded font programs that name the glyphs of codes which nothing else does: each way a subset can say it.

use super::build::stream;
use super::font_codes::{IDENTITY, composite, shown};
use super::programs::{sfnt, words};

/// A character map of one subtable, which gives one code to glyph 1 (OpenType, cmap, format 4).
fn cmap(platform: u16, encoding: u16, code: u16) -> Vec<u8> {
    let delta = 1u16.wrapping_sub(code);
    words(&[
        0, 1, platform, encoding, 0, 12, 4, 32, 0, 4, 4, 1, 0, code, 0xFFFF, 0, code, 0xFFFF,
        delta, 1, 0, 0,
    ])
}

/// Glyph names (OpenType, post, version 2): glyph 1 is `uni6574`.
fn post() -> Vec<u8> {
    let mut post = vec![0, 2, 0, 0];
    post.resize(32, 0);
    post.extend(words(&[2, 0, 258]));
    post.extend(b"\x07uni6574");
    post
}

fn maxp(glyphs: u16) -> Vec<u8> {
    words(&[0, 0x5000, glyphs])
}

/// An INDEX (Adobe Technical Note 5176, 5).
fn index(items: &[&[u8]]) -> Vec<u8> {
    let mut index = (items.len() as u16).to_be_bytes().to_vec();
    if items.is_empty() {
        return index;
    }
    index.push(2);
    let mut offset = 1u16;
    index.extend(offset.to_be_bytes());
    for item in items {
        offset += item.len() as u16;
        index.extend(offset.to_be_bytes());
    }
    index.extend(items.concat());
    index
}

/// A CFF program of three glyphs. `charset` has the names' string numbers or the CIDs of glyphs 1 and 2; string 391 is
/// `uni6574`, 392 `g2`. The program itself gives code 0x41 to glyph 1.
fn cff(charset: [u16; 2], is_cid: bool) -> Vec<u8> {
    let number = |value: usize| [&[29][..], &(value as u32).to_be_bytes()].concat();
    let charset = [vec![0], words(&charset)].concat();
    let glyphs = index(&[&[14], &[14], &[14]]);
    // The Private dictionary is empty.
    let private = [number(0), number(0), vec![18]].concat();
    let parts = if is_cid {
        [charset, glyphs, index(&[&private]), vec![0; 4]]
    } else {
        [charset, glyphs, vec![0, 1, 0x41], Vec::new()]
    };
    let top = |start: usize| {
        let mut at = start;
        let offsets = parts.each_ref().map(|part| {
            at += part.len();
            number(at - part.len())
        });
        let [charset, glyphs, third, fourth] = offsets;
        let own = if is_cid {
            [third, vec![12, 36], fourth, vec![12, 37]].concat()
        } else {
            [third, vec![16], private.clone()].concat()
        };
        // ROS: Adobe-Identity-0.
        let ros = [number(391), number(392), number(0), vec![12, 30]].concat();
        let ros = if is_cid { ros } else { Vec::new() };
        [ros, charset, vec![15], glyphs, vec![17], own].concat()
    };
    let head = |start| {
        let names = [&b"uni6574"[..], b"g2"];
        let indices = [
            index(&[b"M"]),
            index(&[&top(start)]),
            index(&names),
            index(&[]),
        ];
        [vec![1, 0, 4, 2], indices.concat()].concat()
    };
    [head(head(0).len()), parts.concat()].concat()
}

/// What a string of an Identity-H font says that embeds this program and has no other map.
fn identity(key: &str, program: &[u8], string: &str) -> String {
    let descendant = format!("{IDENTITY}/FontDescriptor<</{key} 7 0 R>>");
    let font = composite("/Identity-H", "", &descendant);
    shown(&font, string, &[(7, stream("", program))]).0
}

/// What a string of a simple font says that calls itself symbolic and embeds this program.
fn simple(kind: &str, key: &str, program: &[u8], string: &str) -> String {
    let font = format!("/Subtype/{kind}/FontDescriptor<</Flags 4/{key} 7 0 R>>");
    shown(&font, string, &[(7, stream("", program))]).0
}

#[test]
fn the_character_map_of_a_truetype_subset() {
    let program = sfnt(
        [0, 1, 0, 0],
        &[(b"cmap", cmap(3, 1, 0x6574)), (b"maxp", maxp(2))],
    );
    assert_eq!(identity("FontFile2", &program, "<0001>"), "整");
}

#[test]
fn the_glyph_names_of_a_truetype_subset_without_a_map() {
    let program = sfnt([0, 1, 0, 0], &[(b"maxp", maxp(2)), (b"post", post())]);
    assert_eq!(identity("FontFile2", &program, "<0001>"), "整");
}

#[test]
fn the_symbol_map_of_a_simple_truetype_subset() {
    let tables = [
        (b"cmap", cmap(3, 0, 0xF041)),
        (b"maxp", maxp(2)),
        (b"post", post()),
    ];
    let program = sfnt([0, 1, 0, 0], &tables);
    assert_eq!(simple("TrueType", "FontFile2", &program, "(A)"), "整");
}

#[test]
fn the_charset_of_a_compact_subset() {
    let program = cff([391, 392], false);
    assert_eq!(
        identity("FontFile3", &program, "<00010002>"),
        "整\u{3000}",
        "g2 says nothing, and draws nothing"
    );
    assert_eq!(simple("Type1", "FontFile3", &program, "(A)"), "整");
}

#[test]
fn the_cids_of_a_compact_subset_lead_to_its_glyphs() {
    let tables = [
        (b"CFF ", cff([9, 7], true)),
        (b"cmap", cmap(3, 1, 0x6574)),
        (b"maxp", maxp(3)),
    ];
    let program = sfnt(*b"OTTO", &tables);
    assert_eq!(
        identity("FontFile3", &program, "<00090001>"),
        "整\u{fffd}",
        "CID 9 is glyph 1, and there is no CID 1"
    );
}

/// Adobe Type 1 Font Format, 7.3.
fn encrypted(bytes: &[u8], mut key: u16) -> Vec<u8> {
    let encrypt = |&byte: &u8| {
        let cipher = byte ^ (key >> 8) as u8;
        key = (key.wrapping_add(u16::from(cipher)))
            .wrapping_mul(52845)
            .wrapping_add(22719);
        cipher
    };
    [&[0; 4][..], bytes].concat().iter().map(encrypt).collect()
}

#[test]
fn the_encoding_of_a_type_1_subset() {
    let glyph = encrypted(&[14], 4330);
    let entry = |name: &str| {
        let head = format!("/{name} {} RD ", glyph.len());
        [head.as_bytes(), &glyph, b" ND\n"].concat()
    };
    let private = [
        b"dup /Private 4 dict dup begin\n/lenIV 4 def\n2 index /CharStrings 2 dict dup begin\n"
            .to_vec(),
        entry(".notdef"),
        entry("uni6574"),
        b"end end\nmark currentfile closefile\n".to_vec(),
    ];
    let clear = "%!PS-AdobeFont-1.0: M\n/FontName /M def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n\
        /Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /uni6574 put\nreadonly def\n\
        currentdict end\ncurrentfile eexec\n";
    let program = [clear.as_bytes(), &encrypted(&private.concat(), 55665)].concat();
    assert_eq!(simple("Type1", "FontFile", &program, "(A)"), "整");
}
