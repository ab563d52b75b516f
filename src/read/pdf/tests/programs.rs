//! Small font programs written by hand.

/// Numbers as a font has them: 16 bits, the high byte first.
pub(super) fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The version of a TrueType file.
const TRUETYPE: [u8; 4] = [0, 1, 0, 0];

/// A TrueType or OpenType file of these tables (OpenType, Font File).
pub(super) fn sfnt(kind: [u8; 4], tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut font = kind.to_vec();
    font.extend(words(&[tables.len() as u16, 64, 2, 16]));
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in tables {
        font.extend(*tag);
        font.extend([0; 4]);
        font.extend((offset as u32).to_be_bytes());
        font.extend((table.len() as u32).to_be_bytes());
        offset += table.len();
    }
    font.extend(tables.iter().flat_map(|(_, table)| table));
    font
}

/// A TrueType program of four glyphs: its Unicode map gives 整 to glyph 1 and both ⼀ and 一 to glyph 2, its
/// Macintosh map gives code 0x21 to glyph 1. Glyph 3 has no outline.
pub(super) fn truetype() -> Vec<u8> {
    // Format 4: segments 2F00, 4E00, 6574, FFFF (OpenType, cmap).
    let mut unicode = vec![
        4, 48, 0, 8, 8, 2, 0, 0x2F00, 0x4E00, 0x6574, 0xFFFF, 0, 0x2F00, 0x4E00, 0x6574, 0xFFFF,
    ];
    let delta = |glyph: u16, code: u16| glyph.wrapping_sub(code);
    unicode.extend([
        delta(2, 0x2F00),
        delta(2, 0x4E00),
        delta(1, 0x6574),
        1,
        0,
        0,
        0,
        0,
    ]);
    let mut cmap = words(&[0, 2, 1, 0, 0, 20, 3, 1, 0, 32]);
    cmap.extend(words(&[6, 12, 0, 0x21, 1, 1]));
    cmap.extend(words(&unicode));
    sfnt(
        TRUETYPE,
        &[
            (b"cmap", cmap),
            (b"glyf", vec![0; 36]),
            (b"head", vec![0; 54]),
            (b"loca", words(&[0, 6, 12, 18, 18])),
            (b"maxp", words(&[0, 0x5000, 4])),
        ],
    )
}

/// A TrueType program whose map of a platform's encoding gives the characters or codes from `first` on to the glyphs
/// 1 to `glyphs`.
pub(super) fn mapped(platform: u16, encoding: u16, first: u16, glyphs: u16) -> Vec<u8> {
    let mut cmap = words(&[0, 1, platform, encoding, 0, 12]);
    let last = first + glyphs - 1;
    let delta = 1u16.wrapping_sub(first);
    cmap.extend(words(&[
        4, 32, 0, 4, 4, 1, 0, last, 0xFFFF, 0, first, 0xFFFF, delta, 1, 0, 0,
    ]));
    let loca: Vec<u16> = (0..=glyphs + 1).map(|glyph| glyph * 6).collect();
    sfnt(
        TRUETYPE,
        &[
            (b"cmap", cmap),
            (b"glyf", vec![0; 12 * usize::from(glyphs + 1)]),
            (b"head", vec![0; 54]),
            (b"loca", words(&loca)),
            (b"maxp", words(&[0, 0x5000, glyphs + 1])),
        ],
    )
}

/// An INDEX of a CFF program (Adobe Technical Note #5176 §5).
fn index(items: &[&[u8]]) -> Vec<u8> {
    let mut bytes = words(&[items.len() as u16]);
    if items.is_empty() {
        return bytes;
    }
    bytes.push(1);
    let mut offset = 1u8;
    bytes.push(offset);
    for item in items {
        offset += item.len() as u8;
        bytes.push(offset);
    }
    bytes.extend(items.iter().copied().flatten());
    bytes
}

/// A CFF program of a character collection, with glyphs for these CIDs.
pub(super) fn cff(ordering: &str, cids: &[u16]) -> Vec<u8> {
    let number = |value: usize| [28, (value >> 8) as u8, value as u8];
    let names = index(&[b"A"]);
    let strings = index(&[b"Adobe", ordering.as_bytes()]);
    let top = |charset: usize, charstrings: usize, dicts: usize| {
        let mut dict = Vec::new();
        dict.extend(number(391));
        dict.extend(number(392));
        dict.extend([145, 12, 30]);
        dict.extend(number(charset));
        dict.push(15);
        dict.extend(number(charstrings));
        dict.push(17);
        dict.extend(number(dicts));
        dict.extend([12, 36]);
        index(&[&dict])
    };
    let before = 4 + names.len() + top(0, 0, 0).len() + strings.len() + 2;
    let mut charset = vec![0];
    charset.extend(words(cids));
    let endchar: &[u8] = &[14];
    let mut font = vec![1, 0, 4, 1];
    font.extend(names);
    let charstrings = index(&vec![endchar; cids.len() + 1]);
    let dicts = before + charset.len() + charstrings.len();
    font.extend(top(before, before + charset.len(), dicts));
    font.extend(strings);
    font.extend(index(&[]));
    font.extend(charset);
    font.extend(charstrings);
    font.extend(index(&[&[]]));
    font
}
