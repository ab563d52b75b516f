//! Type 0 fonts: codes -> CIDs, characters and displacements (ISO 32000-1 §9.7).

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::agreement::{Agreement, Contradiction, overruled};
use super::cmap::{Collection, Collections};
use super::cmap_stream::CMapStream;
use super::codes::Codes;
use super::encoding::{Encoding, Meaning, collection_of_cmap};
use super::latin::LatinTrust;
use super::program::{self, Program};
use super::widths::Widths;
use super::{Characters, Source, text_map};
use crate::read::limits;
use crate::read::pdf::file::{Dict, Value};
use crate::text::setting::numbers;

/// A displacement from here on, in thousandths of the em, is that of a full-width space.
pub(super) const FULL_WIDTH: f32 = 900.0;
/// CIDs have two bytes.
const MOST_CIDS: usize = 1 << 16;
/// Codes of a text map that are compared with what the font says of them.
const COMPARED: usize = 400;

/// A Type 0 font with its descendant.
pub(super) struct Composite<'a> {
    pub(super) vertical: bool,
    encoding: Encoding,
    to_unicode: Option<CMapStream>,
    /// Whether `to_unicode` cannot be the map of this font.
    doubtful: bool,
    /// How `to_unicode` contradicts the font's own names of its glyphs.
    pub(super) contradiction: Option<Contradiction>,
    /// Glyphs that it calls otherwise than a font which else agrees with it: what the font calls them.
    overruled: BTreeMap<u32, Characters>,
    latin: LatinTrust,
    collection: Option<Collection>,
    widths: Widths,
    downwards: Widths,
    descendant: Dict<'a>,
    /// Read when nothing more trusted decodes a code.
    program: OnceCell<Option<Embedded>>,
    /// Whether the embedded program contradicts the collection: codes that are glyph numbers under the name of a
    /// collection.
    wrong_collection: OnceCell<bool>,
}

/// A CIDFont's program and how CIDs become its glyphs (ISO 32000-1 §9.7.4.2).
struct Embedded {
    program: Program,
    to_glyph: Option<Vec<u8>>,
}

impl Embedded {
    fn read(descendant: Dict<'_>) -> Option<Self> {
        let program = Program::embedded(descendant.dict(b"FontDescriptor")?)?;
        let to_glyph = glyph_map(descendant);
        Some(Self { program, to_glyph })
    }

    /// Whether the program names most of its glyphs otherwise than a collection names their CIDs.
    fn contradicts(&self, collection: Collection, collections: &Collections) -> bool {
        let mut agreement = Agreement::default();
        let mut add = |cid: u32, own: &Characters| {
            if let Some(named) = collections.characters(collection, cid) {
                agreement.add(&named, own);
            }
        };
        match &self.to_glyph {
            Some(map) => {
                for (cid, _) in (0u32..).zip(map.chunks_exact(2)) {
                    if let Some(own) = self.program.of_cid(cid, Some(map)) {
                        add(cid, &own);
                    }
                }
            }
            None => self.program.named().for_each(|(cid, own)| add(cid, own)),
        }
        agreement.is_contradiction()
    }
}

/// Whether a text map is none.
fn is_placeholder(map: &CMapStream) -> bool {
    map.is_placeholder() || map.calls_controls_characters()
}

/// The character collection that a `ToUnicode` names: some programs write the name of a predefined CMap
/// (`Adobe-Japan1-UCS2`) for its copy, or a map that has nothing but `usecmap`.
fn collection_of_text_map(font: Dict<'_>) -> Option<Collection> {
    match font.get(b"ToUnicode")? {
        Value::Name(name) => Collection::of_map(name),
        Value::Stream(stream) => {
            let uses = || CMapStream::parse(&stream.decode_up_to(limits::CMAP_BYTES).bytes).uses;
            let by_dictionary = stream.dict.name(b"UseCMap").and_then(Collection::of_map);
            by_dictionary.or_else(|| Collection::of_map(&uses()?))
        }
        _ => None,
    }
}

/// A CIDFont's `CIDToGIDMap`, two bytes a CID, unless a CID is its glyph's number.
fn glyph_map(descendant: Dict<'_>) -> Option<Vec<u8>> {
    let map = descendant.stream(b"CIDToGIDMap")?;
    Some(map.decode_up_to(MOST_CIDS * 2).bytes)
}

/// Whether characters are of one office or font alone (Unicode §23.5): a font has a shape of its own there, which
/// its CID may name.
fn are_private(characters: &Characters) -> bool {
    matches!(
        characters,
        Characters::One('\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
    )
}

impl<'a> Composite<'a> {
    /// Reads a Type 0 font's dictionary and its descendant's.
    pub(super) fn read(font: Dict<'a>, descendant: Dict<'a>, collections: &Collections) -> Self {
        let encoding = Encoding::read(font.get(b"Encoding"));
        let to_unicode = text_map(font);
        let two_bytes = matches!(encoding.codes, Codes::TwoBytes);
        let doubtful = to_unicode
            .as_ref()
            .is_some_and(|map| is_placeholder(map) || two_bytes && map.is_shorter_than(2));
        let ordering = descendant
            .dict(b"CIDSystemInfo")
            .and_then(|info| info.text(b"Ordering"));
        let by_name = font.name(b"Encoding").and_then(collection_of_cmap);
        let widths = Widths::of_cids(descendant);
        let latin = match &to_unicode {
            Some(map) if encoding.is_identity() => LatinTrust::of(map, &widths),
            _ => LatinTrust::All,
        };
        let mut composite = Self {
            latin,
            vertical: encoding.is_vertical(font.name(b"Encoding").unwrap_or_default()),
            encoding,
            to_unicode,
            doubtful,
            contradiction: None,
            overruled: BTreeMap::new(),
            collection: ordering
                .and_then(|name| Collection::named(name.as_bytes()))
                .or(by_name)
                .or_else(|| collection_of_text_map(font)),
            widths,
            downwards: Widths::downwards(descendant),
            descendant,
            program: OnceCell::new(),
            wrong_collection: OnceCell::new(),
        };
        composite.compare(collections);
        composite
    }

    /// Compares the text map with what the CIDs or the embedded program call the same glyphs. A font that is not
    /// embedded is painted by its CIDs, so that these are what its readers see; an embedded one may carry another
    /// collection's name or a map that was never adapted to it.
    fn compare(&mut self, collections: &Collections) {
        let Some(map) = self.to_unicode.as_ref().filter(|_| !self.doubtful) else {
            return;
        };
        let descriptor = self.descendant.dict(b"FontDescriptor");
        let is_embedded = descriptor.is_some_and(program::is_embedded);
        let own: Box<dyn Fn(u32) -> Option<Characters>> = if !self.encoding.is_identity() {
            return;
        } else if let Some(collection) = self.collection {
            Box::new(move |cid| collections.characters(collection, cid))
        } else {
            let Some(names) = descriptor.and_then(program::names_by_map) else {
                return;
            };
            let to_glyph = glyph_map(self.descendant);
            Box::new(move |cid| {
                let glyph = program::glyph_of_cid(cid, to_glyph.as_deref())?;
                Characters::from_char(*names.get(&glyph)?)
            })
        };
        let mut agreement = Agreement::default();
        for code in map.codes().take(COMPARED) {
            if let (Some(mapped), Some(own)) = (map.characters(code), own(code)) {
                agreement.add(&mapped, &own);
            }
        }
        if agreement.is_agreement() {
            let counting = |(_, c): &(u32, char)| numbers::is_digit(*c) || c.is_whitespace();
            let latin = map.latin_codes().filter(counting).map(|(code, _)| code);
            for code in map.codes().take(COMPARED).chain(latin) {
                let (Some(mapped), Some(own)) = (map.characters(code), own(code)) else {
                    continue;
                };
                if let Some(single) = overruled(&mapped, &own) {
                    self.overruled.insert(code, own);
                    self.contradiction.get_or_insert(single);
                }
            }
            return;
        }
        self.contradiction = agreement.contradiction();
        self.doubtful = self.contradiction.is_some() && !is_embedded;
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
        if let Some(own) = self.overruled.get(&code) {
            return Some((own.clone(), Source::Program));
        }
        // A code that is Unicode, EUC-JP or JIS X 0208 by its CMap's name needs no map.
        if let Some(characters) = itself().filter(|characters| !are_private(characters)) {
            return Some((characters, Source::PredefinedCode));
        }
        let mut private = None;
        if !self.doubtful
            && let Some(characters) = mapped()
        {
            if !are_private(&characters) {
                return Some((characters, Source::ToUnicode));
            }
            private = Some((characters, Source::ToUnicode));
        }
        if let Some(characters) = itself() {
            return Some((characters, Source::PredefinedCode));
        }
        if let Some(cid) = cid
            && let Some(named) = self.named(cid, collections)
        {
            return Some(named);
        }
        if private.is_some() {
            return private;
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

    /// The characters of a CID, by its collection or the embedded program.
    fn named(&self, cid: u32, collections: &Collections) -> Option<(Characters, Source)> {
        let of_collection = |collection| {
            let characters = collections.characters(collection, cid)?;
            Some((characters, Source::Collection))
        };
        let of_program = || {
            let embedded = self.program()?;
            let named = embedded.program.of_cid(cid, embedded.to_glyph.as_deref());
            Some((named?, Source::Program))
        };
        let Some(collection) = self.collection else {
            let own = || self.program()?.program.collection;
            return of_program().or_else(|| of_collection(own()?));
        };
        let is_wrong = self.wrong_collection.get_or_init(|| {
            let embedded = self.program();
            embedded.is_some_and(|embedded| embedded.contradicts(collection, collections))
        });
        if *is_wrong {
            return of_program();
        }
        of_collection(collection).or_else(of_program)
    }

    fn program(&self) -> Option<&Embedded> {
        let read = || Embedded::read(self.descendant);
        self.program.get_or_init(read).as_ref()
    }

    /// Whether the codes are glyph numbers that a placeholder calls characters. Where a `CIDToGIDMap` leads
    /// from the codes to the glyphs, the codes are something else, most likely the characters.
    fn is_placeholder_for_glyphs(&self) -> bool {
        self.to_unicode.as_ref().is_some_and(is_placeholder)
            && self.encoding.is_identity()
            && self.descendant.stream(b"CIDToGIDMap").is_none()
    }
}
