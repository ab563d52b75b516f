//! Type 0 fonts: codes -> CIDs, characters and displacements (ISO 32000-1 §9.7).

use std::cell::OnceCell;

use super::cmap::{Collection, Collections};
use super::cmap_stream::CMapStream;
use super::codes::Codes;
use super::encoding::{Encoding, Meaning, collection_of_cmap};
use super::program::Program;
use super::widths::Widths;
use super::{Characters, Source};
use crate::read::limits;
use crate::read::pdf::file::Dict;

/// A displacement from here on, in thousandths of the em, is that of a full-width space.
const FULL_WIDTH: f32 = 900.0;
/// CIDs have two bytes.
const MOST_CIDS: usize = 1 << 16;

/// A Type 0 font with its descendant.
pub(super) struct Composite<'a> {
    pub(super) vertical: bool,
    encoding: Encoding,
    to_unicode: Option<CMapStream>,
    /// Whether `to_unicode` contradicts the font.
    doubtful: bool,
    latin: LatinTrust,
    collection: Option<Collection>,
    widths: Widths,
    downwards: Widths,
    descendant: Dict<'a>,
    /// Read when nothing more trusted decodes a code.
    program: OnceCell<Option<Embedded>>,
}

/// A CIDFont's program and how CIDs become its glyphs (ISO 32000-1 §9.7.4.2).
struct Embedded {
    program: Program,
    to_glyph: Option<Vec<u8>>,
}

/// Letters and signs that are full-width in no font, so that a map which calls a full-width glyph by one of them is
/// wrong. JIS X 0208 has the signs left out.
pub(super) fn is_never_wide(character: char) -> bool {
    matches!(character, '{' | '|' | '}' | '~' | '\u{a1}'..='\u{24f}')
        && !matches!(
            character,
            '¢' | '£' | '¥' | '§' | '¨' | '¬' | '°' | '±' | '´' | '¶' | '×' | '÷'
        )
}

/// What a rewriting program that keeps only the first byte makes of （ and ）, U+FF08 and U+FF09; Japanese text has
/// neither.
fn is_cut_bracket(character: char) -> bool {
    matches!(character, 'ÿ' | 'Ā')
}

/// Wrong entries from which on a map is wrong as a whole and not by one odd glyph.
const WRONG_ENTRIES: usize = 2;

/// Which Latin characters of a map to believe.
fn latin_trust(map: &CMapStream, widths: &Widths) -> LatinTrust {
    let wrong = |(code, character): &(u32, char)| {
        widths.are_listed() && is_never_wide(*character) && widths.get(*code) >= FULL_WIDTH
    };
    let is_wrong = map.has_kana()
        && (map
            .latin_codes()
            .any(|(_, character)| is_cut_bracket(character))
            || map.latin_codes().filter(wrong).take(WRONG_ENTRIES).count() == WRONG_ENTRIES);
    if !is_wrong {
        return LatinTrust::All;
    }
    // Fonts have the characters of ASCII first, and in their order.
    let first = map.latin_codes().min_by_key(|(code, _)| *code);
    first.map_or(LatinTrust::All, |(code, character)| {
        LatinTrust::Row(i64::from(code) - i64::from(u32::from(character)))
    })
}

/// Which Latin characters of a `ToUnicode` map are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LatinTrust {
    All,
    /// Those whose codes stand in one row with their characters: code less character.
    Row(i64),
}

impl LatinTrust {
    fn believes(self, code: u32, characters: &Characters) -> bool {
        match (self, characters) {
            (Self::Row(row), Characters::One(character @ '!'..='\u{24f}')) => {
                i64::from(code) - i64::from(u32::from(*character)) == row
            }
            _ => true,
        }
    }
}

impl<'a> Composite<'a> {
    /// Reads a Type 0 font's dictionary and its descendant's.
    pub(super) fn read(font: Dict<'a>, descendant: Dict<'a>) -> Self {
        let encoding = Encoding::read(font.get(b"Encoding"));
        let to_unicode = font
            .stream(b"ToUnicode")
            .map(|stream| CMapStream::parse(&stream.decode_up_to(limits::CMAP_BYTES).bytes));
        let to_unicode = to_unicode.filter(CMapStream::has_characters);
        let two_bytes = matches!(encoding.codes, Codes::TwoBytes);
        let doubtful = to_unicode
            .as_ref()
            .is_some_and(|map| map.is_placeholder() || two_bytes && map.is_shorter_than(2));
        let ordering = descendant
            .dict(b"CIDSystemInfo")
            .and_then(|info| info.text(b"Ordering"));
        let by_name = font.name(b"Encoding").and_then(collection_of_cmap);
        let widths = Widths::of_cids(descendant);
        let latin = match &to_unicode {
            Some(map) if encoding.is_identity() => latin_trust(map, &widths),
            _ => LatinTrust::All,
        };
        Self {
            latin,
            vertical: encoding.is_vertical(font.name(b"Encoding").unwrap_or_default()),
            encoding,
            to_unicode,
            doubtful,
            collection: ordering
                .and_then(|name| Collection::named(name.as_bytes()))
                .or(by_name),
            widths,
            downwards: Widths::downwards(descendant),
            descendant,
            program: OnceCell::new(),
        }
    }

    /// How its strings divide into codes.
    pub(super) fn codes(&self) -> Codes {
        self.encoding.codes.clone()
    }

    /// A code's characters and displacement (text space units for size 1).
    pub(super) fn show(
        &self,
        code: u32,
        length: u8,
        collections: &Collections,
    ) -> (Option<(Characters, Source)>, f64) {
        let cid = self.encoding.cid(code, length);
        let advance = match (self.vertical, cid) {
            (false, cid) => self.widths.get(cid.unwrap_or(0)),
            (true, cid) => self.downwards.get(cid.unwrap_or(0)),
        };
        let decoded = self.decode(code, length, cid, collections);
        (
            decoded.or_else(|| self.blank(cid?, advance)),
            f64::from(advance) / 1000.0,
        )
    }

    /// White space for a glyph that nothing names and that has no outline: programs that embed a font which the
    /// file before them did not have lose the names of its spaces. Full-width by its displacement.
    fn blank(&self, cid: u32, advance: f32) -> Option<(Characters, Source)> {
        let embedded = self.program()?;
        if !embedded.program.is_blank(cid, embedded.to_glyph.as_deref()) {
            return None;
        }
        let space = if advance.abs() >= FULL_WIDTH {
            '\u{3000}'
        } else {
            ' '
        };
        Some((Characters::One(space), Source::Blank))
    }

    /// The characters of a code by the first source that knows them, in the order of trust.
    fn decode(
        &self,
        code: u32,
        length: u8,
        cid: Option<u32>,
        collections: &Collections,
    ) -> Option<(Characters, Source)> {
        let itself = || self.encoding.meaning.characters(code, length);
        if matches!(self.encoding.meaning, Meaning::Cp932 | Meaning::ShiftJis)
            && let Some(characters) = itself()
        {
            return Some((characters, Source::Cp932));
        }
        let mapped = || {
            let characters = self.to_unicode.as_ref()?.characters(code)?;
            let believed = self.latin.believes(code, &characters);
            believed.then_some(characters)
        };
        if !self.doubtful
            && let Some(characters) = mapped()
        {
            return Some((characters, Source::ToUnicode));
        }
        if let Some(characters) = itself() {
            return Some((characters, Source::PredefinedCode));
        }
        if let (Some(collection), Some(cid)) = (self.collection, cid)
            && let Some(characters) = collections.characters(collection, cid)
        {
            return Some((characters, Source::Collection));
        }
        if let (Some(embedded), Some(cid)) = (self.program(), cid)
            && let Some(characters) = embedded.program.of_cid(cid, embedded.to_glyph.as_deref())
        {
            return Some((characters, Source::Program));
        }
        let characters = mapped()?;
        if self.collection.is_none() && self.is_placeholder_for_glyphs() {
            return None;
        }
        let source = if self.doubtful {
            Source::DoubtfulToUnicode
        } else {
            Source::ToUnicode
        };
        Some((characters, source))
    }

    fn program(&self) -> Option<&Embedded> {
        let read = || {
            let program = Program::embedded(self.descendant.dict(b"FontDescriptor")?)?;
            let to_glyph = self
                .descendant
                .stream(b"CIDToGIDMap")
                .map(|map| map.decode_up_to(MOST_CIDS * 2).bytes);
            Some(Embedded { program, to_glyph })
        };
        self.program.get_or_init(read).as_ref()
    }

    /// Whether the codes are glyph numbers that a placeholder calls characters. Where a `CIDToGIDMap` leads
    /// from the codes to the glyphs, the codes are something else, most likely the characters.
    fn is_placeholder_for_glyphs(&self) -> bool {
        self.to_unicode
            .as_ref()
            .is_some_and(CMapStream::is_placeholder)
            && self.encoding.is_identity()
            && self.descendant.stream(b"CIDToGIDMap").is_none()
    }
}
