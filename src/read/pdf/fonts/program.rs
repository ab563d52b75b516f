//! Embedded font programs and glyph names -> characters (ISO 32000-1 §9.9); the only file that names skrifa.

use std::collections::{HashMap, HashSet};

use skrifa::raw::TableProvider;
use skrifa::raw::ps::agl;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::raw::tables::cmap::PlatformId;
use skrifa::{FontRef, GlyphId, GlyphNames, MetadataProvider};

use super::Characters;
use crate::read::pdf::file::Dict;

/// Characters that a subset's character map names at most; a font has under 65,536 glyphs.
const MOST_MAPPINGS: usize = 200_000;

/// What an embedded font program says of its glyphs.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// By glyph number.
    glyphs: HashMap<u32, Characters>,
    /// CFF fonts whose glyphs have CIDs: CID -> glyph number.
    cids: Option<HashMap<u32, u32>>,
    /// Glyph numbers whose outline is empty. Glyph 0 is none: it stands for what the font lacks.
    blanks: HashSet<u32>,
    /// By code, as the program encodes its glyphs itself.
    codes: HashMap<u8, Characters>,
}

impl Program {
    /// Reads the program of a font descriptor; `None` if there is none or it cannot be read.
    pub(super) fn embedded(descriptor: Dict<'_>) -> Option<Self> {
        let keys = [b"FontFile2".as_slice(), b"FontFile3", b"FontFile"];
        let bytes = keys
            .iter()
            .find_map(|key| descriptor.stream(key))?
            .decode()
            .bytes;
        Self::read(&bytes)
    }

    /// Tells the kind of program by its first bytes, which descriptors often get wrong.
    fn read(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0, 1, 0, 0, ..]
            | [b't', b'r', b'u', b'e', ..]
            | [b'O', b'T', b'T', b'O', ..]
            | [b't', b't', b'c', b'f', ..] => {
                let font = FontRef::from_index(bytes, 0).ok()?;
                Some(Self::of_sfnt(&font))
            }
            [b'%', b'!', ..] | [0x80, 1, ..] => Some(Self::of_type1(&Type1Font::new(bytes).ok()?)),
            [1, ..] => Some(Self::of_cff(&CffFontRef::new_cff(bytes, 0, None).ok()?)),
            _ => None,
        }
    }

    fn of_sfnt(font: &FontRef<'_>) -> Self {
        let mut program = match font
            .cff()
            .ok()
            .and_then(|_| font.data_for_tag(skrifa::Tag::new(b"CFF ")))
        {
            Some(cff) => CffFontRef::new_cff(cff.as_bytes(), 0, None)
                .map(|cff| Self::of_cff(&cff))
                .unwrap_or_default(),
            None => Self::default(),
        };
        program.blanks = empty_outlines(font);
        let names = GlyphNames::new(font);
        for (glyph, name) in names
            .iter()
            .take(MOST_MAPPINGS)
            .filter(|(_, name)| !name.is_synthesized())
        {
            if let Some(characters) = characters_of_name(name.as_str().as_bytes()) {
                program.glyphs.insert(glyph.to_u32(), characters);
            }
        }
        let charmap = font.charmap();
        if !charmap.is_symbol() {
            let mut best: HashMap<u32, char> = HashMap::new();
            for (code, glyph) in charmap.mappings().take(MOST_MAPPINGS) {
                let Some(character) = char::from_u32(code) else {
                    continue;
                };
                best.entry(glyph.to_u32())
                    .and_modify(|old| *old = plainer(*old, character))
                    .or_insert(character);
            }
            for (glyph, character) in best {
                if let Some(characters) = Characters::from_char(character).filter(|_| glyph != 0) {
                    program.glyphs.insert(glyph, characters);
                }
            }
        }
        program.codes = (0..=255u8)
            .filter_map(|code| {
                Some((
                    code,
                    program
                        .glyphs
                        .get(&glyph_of_code(font, code)?.to_u32())?
                        .clone(),
                ))
            })
            .collect();
        program
    }

    fn of_cff(font: &CffFontRef<'_>) -> Self {
        let mut program = Self::default();
        let Some(charset) = font.charset() else {
            return program;
        };
        if font.is_cid() {
            let cids = charset
                .iter()
                .take(MOST_MAPPINGS)
                .map(|(glyph, cid)| (u32::from(cid.to_u16()), glyph.to_u32()));
            program.cids = Some(cids.collect());
            return program;
        }
        for (glyph, name) in charset.iter().take(MOST_MAPPINGS) {
            if let Some(characters) = font.string(name).and_then(characters_of_name) {
                program.glyphs.insert(glyph.to_u32(), characters);
            }
        }
        if let Some(encoding) = font.encoding() {
            program.codes = (0..=255u8)
                .filter_map(|code| {
                    Some((
                        code,
                        program.glyphs.get(&encoding.map(code)?.to_u32())?.clone(),
                    ))
                })
                .collect();
        }
        program
    }

    fn of_type1(font: &Type1Font) -> Self {
        let Some(encoding) = font.encoding() else {
            return Self::default();
        };
        let codes = (0..=255u8)
            .filter_map(|code| {
                Some((
                    code,
                    characters_of_name(encoding.glyph_name(code)?.as_bytes())?,
                ))
            })
            .collect();
        Self {
            codes,
            ..Self::default()
        }
    }

    /// The characters of a CID. `to_glyph` is the font's `CIDToGIDMap`, two bytes a CID; without it the
    /// CID is the glyph's number, or the one of a CFF font's charset.
    pub(super) fn of_cid(&self, cid: u32, to_glyph: Option<&[u8]>) -> Option<Characters> {
        self.glyphs.get(&self.glyph_of_cid(cid, to_glyph)?).cloned()
    }

    /// Whether a CID's glyph paints nothing.
    pub(super) fn is_blank(&self, cid: u32, to_glyph: Option<&[u8]>) -> bool {
        self.glyph_of_cid(cid, to_glyph)
            .is_some_and(|glyph| self.blanks.contains(&glyph))
    }

    fn glyph_of_cid(&self, cid: u32, to_glyph: Option<&[u8]>) -> Option<u32> {
        match (to_glyph, &self.cids) {
            (Some(map), _) => {
                let at = (cid as usize).checked_mul(2)?;
                let pair = map.get(at..at + 2)?;
                Some(
                    pair.iter()
                        .fold(0, |glyph, byte| glyph << 8 | u32::from(*byte)),
                )
            }
            (None, Some(cids)) => cids.get(&cid).copied(),
            (None, None) => Some(cid),
        }
    }

    /// The characters of a code of a simple font, as the program itself encodes it.
    pub(super) fn of_code(&self, code: u32) -> Option<Characters> {
        self.codes.get(&u8::try_from(code).ok()?).cloned()
    }
}

/// The glyphs of a TrueType program that have no outline (OpenType, loca: equal offsets).
fn empty_outlines(font: &FontRef<'_>) -> HashSet<u32> {
    let Ok(loca) = font.loca(None) else {
        return HashSet::new();
    };
    let is_empty = |glyph: &u32| {
        let at = *glyph as usize;
        matches!((loca.get_raw(at), loca.get_raw(at + 1)), (Some(start), Some(end)) if start == end)
    };
    (1..loca.len() as u32).filter(is_empty).collect()
}

/// The glyph of a simple font's code in a TrueType program (ISO 32000-1 §9.6.6.4): through the symbol map,
/// where codes stand from U+F000 on, else the Macintosh map.
fn glyph_of_code(font: &FontRef<'_>, code: u8) -> Option<GlyphId> {
    let cmap = font.cmap().ok()?;
    let subtable = |platform: PlatformId, encoding: u16| {
        let record = cmap
            .encoding_records()
            .iter()
            .find(|record| record.platform_id() == platform && record.encoding_id() == encoding)?;
        record.subtable(cmap.offset_data()).ok()
    };
    let code = u32::from(code);
    let symbol = subtable(PlatformId::Windows, 0).and_then(|map| {
        [0xF000, 0xF100, 0xF200, 0]
            .iter()
            .find_map(|base| map.map_codepoint(base + code).filter(|id| id.to_u32() != 0))
    });
    symbol
        .or_else(|| subtable(PlatformId::Macintosh, 0)?.map_codepoint(code))
        .filter(|glyph| glyph.to_u32() != 0)
}

/// Of two characters that share a glyph the one that text is written with: not a radical, compatibility or
/// private-use character, not a special space or hyphen; else the one that comes first in Unicode.
fn plainer(a: char, b: char) -> char {
    let rank = |character: char| {
        let special = matches!(character,
            '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{2010}'..='\u{2011}' | '\u{2e80}'..='\u{2fdf}'
            | '\u{e000}'..='\u{faff}' | '\u{fe00}'..='\u{fe4f}' | '\u{2f800}'..='\u{2fa1f}' | '\u{f0000}'..);
        (special, character)
    };
    if rank(b) < rank(a) { b } else { a }
}

/// The characters that a glyph's name stands for (Adobe Glyph List Specification §2); `None` for names that
/// say nothing (`g12`, `cid345`, `.notdef`).
pub(super) fn characters_of_name(name: &[u8]) -> Option<Characters> {
    let name = std::str::from_utf8(name).ok()?;
    // What follows a point tells one drawing of the character from another.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let mut text = String::new();
    for part in name.split('_') {
        let before = text.len();
        // `a12` is a mark of the Zapf Dingbats font, and what programs call the 12th glyph of any other.
        if part
            .strip_prefix('a')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        {
            return None;
        }
        text.extend(agl::name_to_chars(part));
        if text.len() == before {
            return None;
        }
    }
    Characters::from_text(&text)
}
