//! Type 1, TrueType and Type 3 fonts: one byte a code (ISO 32000-1 §9.6).

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::agreement::{Agreement, Contradiction, overruled};
use super::cmap_stream::CMapStream;
use super::latin::is_never_wide;
use super::program::{Program, characters_of_name};
use super::widths::Widths;
use super::{Characters, Source, standard, text_map};
use crate::read::pdf::file::{Array, Dict, Value, text_string};

/// Bit 3 of a font descriptor's flags: its codes are its own (ISO 32000-1 Table 123).
const SYMBOLIC: u32 = 1 << 2;

/// An advance from here on, in ems, is that of a full-width character.
const FULL_WIDTH: f64 = 0.95;
/// Letters of a map that are too wide for them, beyond which it is wrong as a whole: more than a font's odd glyphs.
const NARROW_ENTRIES: usize = 4;
/// How high a Type 3 font's box may be, in widths of its widest glyph.
const BOX_HEIGHTS: std::ops::Range<f64> = 0.4..4.0;

/// A simple font.
pub(super) struct Simple<'a> {
    to_unicode: Option<CMapStream>,
    /// By code.
    encoding: Vec<Option<Characters>>,
    /// Codes whose glyphs are named by them, see [`numbered`].
    numbered: BTreeSet<u32>,
    widths: Option<Widths>,
    /// The widths of the standard font that it is or is most like, from U+0020 on; none if it is monospaced.
    standard: Option<&'static [u16; 95]>,
    /// Thousandths of the em -> text space, for Type 3 glyph space -> text space.
    unit: f64,
    /// The height of the em in text space for size 1.
    pub(super) em: f64,
    descriptor: Option<Dict<'a>>,
    /// Whether the program's own codes come before the encoding: a TrueType font that calls itself symbolic
    /// (ISO 32000-1 §9.6.6.4). Elsewhere the encoding chooses among the program's glyphs by name.
    program_first: bool,
    program: OnceCell<Option<Program>>,
    /// What its encoding calls glyphs that a map which else agrees with it calls otherwise.
    overruled: BTreeMap<u32, Characters>,
    pub(super) contradiction: Option<Contradiction>,
    /// Whether no Latin character of the text map is believed, see [`Simple::has_cut_map`].
    distrusts_latin: bool,
}

impl<'a> Simple<'a> {
    /// Reads a simple font's dictionary.
    pub(super) fn read(font: Dict<'a>) -> Self {
        let name = text_string(font.name(b"BaseFont").unwrap_or_default());
        let (unit, em) = if font.name(b"Subtype") == Some(b"Type3") {
            type3_scale(font)
        } else {
            (0.001, 1.0)
        };
        let mut simple = Self {
            to_unicode: text_map(font).filter(|map| !map.is_placeholder()),
            encoding: encoding(font, &name),
            numbered: numbered(font),
            widths: Widths::of_codes(font),
            standard: standard_widths(&name),
            unit,
            em,
            descriptor: font.dict(b"FontDescriptor"),
            program_first: font.name(b"Subtype") == Some(b"TrueType") && has_own_codes(font),
            program: OnceCell::new(),
            overruled: BTreeMap::new(),
            contradiction: None,
            distrusts_latin: false,
        };
        simple.compare();
        simple.distrusts_latin = simple.has_cut_map();
        simple
    }

    /// Whether the text map has no kana and calls many full-width glyphs by letters that are full-width in no font: what
    /// Ghostscript 10 makes of a Japanese one when it writes a file again (the two bytes of a character become one).
    fn has_cut_map(&self) -> bool {
        let map = self.to_unicode.as_ref();
        let Some(map) = map.filter(|map| !map.has_kana() && !map.is_latin_encoding()) else {
            return false;
        };
        let wrong = |(code, c): &(u32, char)| {
            let is_narrow =
                is_never_wide(*c) || matches!(c, '0'..='9' | 'a'..='l' | 'n'..='v' | 'x'..='z');
            is_narrow && self.is_wide(*code)
        };
        map.latin_codes()
            .filter(wrong)
            .nth(NARROW_ENTRIES)
            .is_some()
    }

    /// Compares the text map with the encoding, where the two agree on the whole.
    fn compare(&mut self) {
        let Some(map) = &self.to_unicode else { return };
        let both = |code: u32| {
            let own = self.encoding.get(code as usize)?.clone()?;
            Some((map.characters(code)?, own))
        };
        let codes = 0x20..=0xFFu32;
        let mut agreement = Agreement::default();
        for (mapped, own) in codes.clone().filter_map(both) {
            agreement.add(&mapped, &own);
        }
        if !agreement.is_agreement() {
            return;
        }
        let single = |code| {
            let (mapped, own) = both(code)?;
            Some((code, overruled(&mapped, &own)?, own))
        };
        let singles: Vec<_> = codes.filter_map(single).collect();
        for (code, single, own) in singles {
            self.contradiction.get_or_insert(single);
            self.overruled.insert(code, own);
        }
    }

    fn is_wide(&self, code: u32) -> bool {
        self.widths.is_some() && self.advance(code) >= FULL_WIDTH * self.em
    }

    /// A code's characters and displacement (text space units for size 1).
    pub(super) fn show(&self, code: u32) -> (Option<(Characters, Source)>, f64) {
        (self.decode(code), self.advance(code))
    }

    fn decode(&self, code: u32) -> Option<(Characters, Source)> {
        if let Some(own) = self.overruled.get(&code) {
            return Some((own.clone(), Source::GlyphName));
        }
        if let Some(characters) = self.mapped(code) {
            return Some((characters, Source::ToUnicode));
        }
        let named = || {
            Some((
                self.encoding.get(code as usize)?.clone()?,
                Source::GlyphName,
            ))
        };
        if self.program_first {
            self.of_program(code).or_else(named)
        } else {
            named().or_else(|| self.of_program(code))
        }
    }

    /// The characters by `ToUnicode`, but for Latin ones that it gives to glyphs too wide for them: what a rewriting
    /// program made of kana and full-width signs.
    fn mapped(&self, code: u32) -> Option<Characters> {
        let map = self.to_unicode.as_ref()?;
        let characters = map.characters(code)?;
        let is_wide = self.is_wide(code);
        let is_wrong = match characters {
            Characters::One(c) if is_wide && is_never_wide(c) => true,
            Characters::One('!'..='\u{24f}') if self.distrusts_latin => true,
            Characters::One('0'..='9' | 'a'..='z') if is_wide => map.has_kana(),
            Characters::One(c) => self.numbered.contains(&code) && is_dingbat(c),
            Characters::Several(_) => false,
        };
        (!is_wrong).then_some(characters)
    }

    fn of_program(&self, code: u32) -> Option<(Characters, Source)> {
        let program = self
            .program
            .get_or_init(|| Program::embedded(self.descriptor?))
            .as_ref()?;
        Some((program.of_code(code)?, Source::Program))
    }

    fn advance(&self, code: u32) -> f64 {
        if let Some(widths) = &self.widths {
            return f64::from(widths.get(code)) * self.unit;
        }
        let Some(standard) = self.standard else {
            return 0.6;
        };
        let index = match self.encoding.get(code as usize) {
            Some(Some(Characters::One(character))) => u32::from(*character),
            _ => code,
        };
        let width = standard
            .get((index as usize).wrapping_sub(0x20))
            .copied()
            .unwrap_or(556);
        f64::from(width) / 1000.0
    }
}

/// Glyph space -> text space, and the em's height: the font box's where it fits the widest glyph – many programs
/// write an empty or wrong one – else as high as that glyph is wide.
fn type3_scale(font: Dict<'_>) -> (f64, f64) {
    let [a, _, _, d, ..] = font
        .array(b"FontMatrix")
        .and_then(Array::numbers::<6>)
        .unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let boxed = font.array(b"FontBBox").and_then(Array::numbers::<4>);
    let height = boxed.map_or(0.0, |[_, bottom, _, top]| ((top - bottom) * d).abs());
    let widths = font.array(b"Widths").into_iter();
    let widths = widths.flat_map(Array::iter);
    let widest = widths
        .filter_map(Value::number)
        .fold(0.0f64, |widest, width| widest.max((width * a).abs()));
    let plausible = BOX_HEIGHTS.start * widest..=BOX_HEIGHTS.end * widest;
    let em = if widest > 0.0 && !plausible.contains(&height) {
        widest
    } else if height > 0.0 {
        height
    } else {
        (d * 1000.0).abs()
    };
    (a, em)
}

/// The metrics of the 14 standard fonts (ISO 32000-1 §9.6.2.2), and of their usual aliases.
fn standard_widths(name: &str) -> Option<&'static [u16; 95]> {
    let name = name.split_once('+').map_or(name, |(_, name)| name);
    let bold = name.contains("Bold");
    let slanted = name.contains("Italic") || name.contains("Oblique");
    if name.starts_with("Courier") {
        return None;
    }
    Some(match (name.starts_with("Times"), bold, slanted) {
        (true, false, false) => &standard::TIMES,
        (true, true, false) => &standard::TIMES_BOLD,
        (true, false, true) => &standard::TIMES_ITALIC,
        (true, true, true) => &standard::TIMES_BOLD_ITALIC,
        (false, false, _) => &standard::HELVETICA,
        (false, true, _) => &standard::HELVETICA_BOLD,
    })
}

/// The characters of all codes by the font's encoding (ISO 32000-1 §9.6.6).
fn encoding(font: Dict<'_>, name: &str) -> Vec<Option<Characters>> {
    let entry = font.get(b"Encoding");
    let base_name = match entry {
        Some(Value::Name(name)) => Some(name),
        _ => entry
            .and_then(Value::dict)
            .and_then(|dict| dict.name(b"BaseEncoding")),
    };
    let mut table = base_table(base_name, font, name);
    for (code, name) in differences(font) {
        if let Some(slot) = table.get_mut(code as usize) {
            *slot = characters_of_name(name);
        }
    }
    table
}

/// The codes that an encoding gives other names, and these (ISO 32000-1 Table 114).
pub(super) fn differences(font: Dict<'_>) -> Vec<(u32, &[u8])> {
    let encoding = font.get(b"Encoding").and_then(Value::dict);
    let array = encoding.and_then(|dict| dict.array(b"Differences"));
    let mut code = 0;
    let mut named = Vec::new();
    for item in array.into_iter().flat_map(Array::iter) {
        match item {
            Value::Number(number) => code = number.max(0.0) as u32,
            Value::Name(name) => {
                named.push((code, name));
                code += 1;
            }
            _ => {}
        }
    }
    named
}

/// The codes of a Type 3 font whose glyphs bear no name but `a` and the code's number: what Ghostscript calls the glyphs
/// of fonts it makes itself. A program that goes on to look these names up takes them for those of Zapf Dingbats.
fn numbered(font: Dict<'_>) -> BTreeSet<u32> {
    if font.name(b"Subtype") != Some(b"Type3") {
        return BTreeSet::new();
    }
    let named = differences(font).into_iter();
    let numbered = named.filter(|(code, name)| *name == format!("a{code}").as_bytes());
    numbered.map(|(code, _)| code).collect()
}

/// Whether a character is one of Zapf Dingbats.
fn is_dingbat(character: char) -> bool {
    character != ' ' && standard::ZAPF_DINGBATS.contains(character)
}

fn base_table(base: Option<&[u8]>, font: Dict<'_>, name: &str) -> Vec<Option<Characters>> {
    let by = |encoding: &'static encoding_rs::Encoding| {
        let one = |code: u8| {
            let (text, _) = encoding
                .decode_without_bom_handling(std::slice::from_ref(&code))
                .clone();
            Characters::from_text(&text).filter(|_| code >= 0x20)
        };
        (0..=255u8).map(one).collect()
    };
    match base {
        Some(b"WinAnsiEncoding") => by(encoding_rs::WINDOWS_1252),
        Some(b"MacRomanEncoding") => by(encoding_rs::MACINTOSH),
        Some(b"StandardEncoding") => from_row(standard::STANDARD),
        _ if name.contains("ZapfDingbats") => from_row(standard::ZAPF_DINGBATS),
        _ if name == "Symbol" || name.ends_with("+Symbol") => from_row(standard::SYMBOL),
        _ if has_own_codes(font) => vec![None; 256],
        _ if font.name(b"Subtype") == Some(b"TrueType") => by(encoding_rs::WINDOWS_1252),
        _ => from_row(standard::STANDARD),
    }
}

/// Whether the codes mean what the embedded program says, which may be anything: Type 3 fonts, and embedded
/// fonts that call themselves symbolic.
fn has_own_codes(font: Dict<'_>) -> bool {
    let Some(descriptor) = font.dict(b"FontDescriptor") else {
        return font.name(b"Subtype") == Some(b"Type3");
    };
    let embedded = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
        .iter()
        .any(|key| descriptor.get(key).is_some());
    let flags = descriptor.number(b"Flags").unwrap_or(0.0) as u32;
    font.name(b"Subtype") == Some(b"Type3") || embedded && flags & SYMBOLIC != 0
}

/// The characters of codes 0x20 to 0xFF.
fn from_row(row: &str) -> Vec<Option<Characters>> {
    let mut table = vec![None; 0x20];
    table.extend(row.chars().map(Characters::from_char));
    table.resize(256, None);
    table
}
