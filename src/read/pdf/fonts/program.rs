//! Embedded font programs and glyph names -> characters (ISO 32000-1 §9.9); the only file that names skrifa.

use std::collections::{HashMap, HashSet};

use skrifa::raw::ps::agl;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::cff::dict::{self, Entry};
use skrifa::raw::ps::type1::Type1Font;
use skrifa::raw::tables::cff::Cff;
use skrifa::raw::tables::cmap::{CmapSubtable, PlatformId};
use skrifa::raw::{FontData, FontRead, TableProvider};
use skrifa::{FontRef, GlyphId, GlyphNames, MetadataProvider};

use super::Characters;
use super::cmap::Collection;
use crate::read::pdf::file::{Dict, Stream};

/// Characters that a subset's character map names at most; a font has under 65,536 glyphs.
const MOST_MAPPINGS: usize = 200_000;
/// Bytes of a program within which its character map is looked for.
const HEAD: usize = 1 << 18;

/// What an embedded font program says of its glyphs.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// By glyph number.
    glyphs: HashMap<u32, Characters>,
    /// CFF fonts whose glyphs have CIDs: CID -> glyph number.
    cids: Option<HashMap<u32, u32>>,
    /// The character collection of these CIDs, by the program's own word.
    pub(super) collection: Option<Collection>,
    /// Glyph numbers whose outline is empty. Glyph 0 is none: it stands for what the font lacks.
    blanks: HashSet<u32>,
    /// By code, as the program encodes its glyphs itself.
    codes: HashMap<u8, Characters>,
}

impl Program {
    /// Reads the program of a font descriptor; `None` if there is none or it cannot be read.
    pub(super) fn embedded(descriptor: Dict<'_>) -> Option<Self> {
        Self::read(&stream_of(descriptor)?.decode().bytes)
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
            [1, ..] => {
                let font = CffFontRef::new_cff(bytes, 0, None).ok()?;
                Some(Self::of_cff(&font, bytes))
            }
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
                .map(|font| Self::of_cff(&font, cff.as_bytes()))
                .unwrap_or_default(),
            None => Self::default(),
        };
        program.blanks.extend(empty_outlines(font));
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
        for (glyph, character) in names_of(font) {
            if let Some(characters) = Characters::from_char(character) {
                program.glyphs.insert(glyph, characters);
            }
        }
        let of_code = |code: u8| {
            let Some(glyph) = glyph_of_code(font, code) else {
                return latin_of_code(font, code);
            };
            program.glyphs.get(&glyph.to_u32()).cloned()
        };
        program.codes = (0..=255u8)
            .filter_map(|code| Some((code, of_code(code)?)))
            .collect();
        program
    }

    fn of_cff(font: &CffFontRef<'_>, bytes: &[u8]) -> Self {
        let mut program = Self {
            blanks: empty_charstrings(font),
            ..Self::default()
        };
        let Some(charset) = font.charset() else {
            return program;
        };
        if font.is_cid() {
            let cids = charset
                .iter()
                .take(MOST_MAPPINGS)
                .map(|(glyph, cid)| (u32::from(cid.to_u16()), glyph.to_u32()));
            program.cids = Some(cids.collect());
            program.collection = collection_of_cff(bytes);
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

    /// The glyphs that the program names, by number.
    pub(super) fn named(&self) -> impl Iterator<Item = (u32, &Characters)> {
        self.glyphs
            .iter()
            .map(|(glyph, characters)| (*glyph, characters))
    }

    /// Whether a CID's glyph paints nothing.
    pub(super) fn is_blank(&self, cid: u32, to_glyph: Option<&[u8]>) -> bool {
        self.glyph_of_cid(cid, to_glyph)
            .is_some_and(|glyph| self.blanks.contains(&glyph))
    }

    fn glyph_of_cid(&self, cid: u32, to_glyph: Option<&[u8]>) -> Option<u32> {
        match (to_glyph, &self.cids) {
            (None, Some(cids)) => cids.get(&cid).copied(),
            _ => glyph_of_cid(cid, to_glyph),
        }
    }

    /// The characters of a code of a simple font, as the program itself encodes it.
    pub(super) fn of_code(&self, code: u32) -> Option<Characters> {
        self.codes.get(&u8::try_from(code).ok()?).cloned()
    }
}

fn stream_of(descriptor: Dict<'_>) -> Option<Stream<'_>> {
    let keys = [b"FontFile2".as_slice(), b"FontFile3", b"FontFile"];
    keys.iter().find_map(|key| descriptor.stream(key))
}

/// Whether a font descriptor has a font program (ISO 32000-1 Table 126).
pub(super) fn is_embedded(descriptor: Dict<'_>) -> bool {
    stream_of(descriptor).is_some()
}

/// The glyph of a CID by a `CIDToGIDMap`; without one the CID is the glyph's number.
pub(super) fn glyph_of_cid(cid: u32, to_glyph: Option<&[u8]>) -> Option<u32> {
    let Some(map) = to_glyph else {
        return Some(cid);
    };
    let at = (cid as usize).checked_mul(2)?;
    let pair = map.get(at..at + 2)?;
    Some(u32::from(u16::from_be_bytes(pair.try_into().ok()?)))
}

/// What a TrueType program's character map calls its glyphs, where the map stands at the program's head: a look at
/// a font that is not needed otherwise shall not unpack all of it.
pub(super) fn names_by_map(descriptor: Dict<'_>) -> Option<HashMap<u32, char>> {
    let bytes = descriptor.stream(b"FontFile2")?.decode_up_to(HEAD).bytes;
    let names = names_of(&FontRef::from_index(&bytes, 0).ok()?);
    (!names.is_empty()).then_some(names)
}

/// The character of each glyph that a program's Unicode map leads to; of several the plainest.
fn names_of(font: &FontRef<'_>) -> HashMap<u32, char> {
    let mut best: HashMap<u32, char> = HashMap::new();
    let charmap = font.charmap();
    if charmap.is_symbol() {
        return best;
    }
    for (code, glyph) in charmap.mappings().take(MOST_MAPPINGS) {
        if let (Some(character), 1..) = (char::from_u32(code), glyph.to_u32()) {
            best.entry(glyph.to_u32())
                .and_modify(|old| *old = plainer(*old, character))
                .or_insert(character);
        }
    }
    best
}

/// The collection that the `ROS` of a CFF font names (Adobe Technical Note #5176 §19).
fn collection_of_cff(bytes: &[u8]) -> Option<Collection> {
    let cff = Cff::read(FontData::new(bytes)).ok()?;
    let top = cff.top_dicts();
    let ordering = dict::entries(top.get(0)?, None).find_map(|entry| match entry {
        Ok(Entry::Ros { ordering, .. }) => Some(ordering),
        _ => None,
    })?;
    Collection::named(cff.string(ordering)?)
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

/// The glyphs of a CFF program that draw nothing: their charstrings are a width, if that, and `endchar` (Adobe Technical
/// Note #5177 §4.1).
fn empty_charstrings(font: &CffFontRef<'_>) -> HashSet<u32> {
    let all = font.charstrings();
    let is_empty = |glyph: &u32| {
        let drawn = all.get(*glyph as usize);
        drawn.is_some_and(|bytes| {
            matches!(
                bytes,
                [14] | [32..=246, 14] | [247..=254, _, 14] | [28, _, _, 14] | [255, _, _, _, _, 14]
            )
        })
    };
    (1..font.num_glyphs()).filter(is_empty).collect()
}

/// The glyph of a simple font's code in a TrueType program (ISO 32000-1 §9.6.6.4): through the symbol map,
/// where codes stand from U+F000 on, else the Macintosh map.
fn glyph_of_code(font: &FontRef<'_>, code: u8) -> Option<GlyphId> {
    let code = u32::from(code);
    let symbol = subtable(font, PlatformId::Windows).and_then(|map| {
        [0xF000, 0xF100, 0xF200, 0]
            .iter()
            .find_map(|base| map.map_codepoint(base + code).filter(|id| id.to_u32() != 0))
    });
    symbol
        .or_else(|| subtable(font, PlatformId::Macintosh)?.map_codepoint(code))
        .filter(|glyph| glyph.to_u32() != 0)
}

/// A platform's first encoding: the symbol map of Windows, the Roman one of the Macintosh.
fn subtable<'f>(font: &FontRef<'f>, platform: PlatformId) -> Option<CmapSubtable<'f>> {
    let cmap = font.cmap().ok()?;
    let record = cmap
        .encoding_records()
        .iter()
        .find(|record| record.platform_id() == platform && record.encoding_id() == 0)?;
    record.subtable(cmap.offset_data()).ok()
}

/// The character of a simple font's code where the program has a Unicode map only: readers take the code for Latin text
/// then (Windows code page 1252).
fn latin_of_code(font: &FontRef<'_>, code: u8) -> Option<Characters> {
    let bytes = [code];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    let character = text.chars().next().filter(|_| code >= 0x20)?;
    let charmap = font.charmap();
    let has_own = subtable(font, PlatformId::Macintosh).is_some();
    let is_there = !has_own && !charmap.is_symbol() && charmap.map(character).is_some();
    Characters::from_char(character).filter(|_| is_there)
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
