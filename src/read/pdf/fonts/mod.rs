//! Fonts: the codes of shown strings -> characters, with how far to trust them, and widths (ISO 32000-1 §9).

mod agreement;
mod cmap;
mod cmap_stream;
mod codes;
mod composite;
mod encoding;
mod latin;
mod pictures;
mod procedures;
mod program;
mod simple;
mod standard;
mod widths;

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

use super::file::{Damage, Dict, Value};
use crate::read::limits;
pub(crate) use agreement::Contradiction;
use cmap::Collections;
use cmap_stream::CMapStream;
use codes::Codes;
use composite::Composite;
use pictures::Pictures;
use simple::Simple;

/// A font of an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FontId(usize);

/// The fonts of a file, each read once.
#[derive(Default)]
pub(crate) struct FontCache<'a> {
    fonts: Vec<Font<'a>>,
    known: HashMap<usize, FontId>,
    collections: Collections,
    /// Type 3 fonts whose procedures are being read, one within the other.
    nested: u8,
    /// Private-use characters that a note has been given for.
    pub(crate) private_use: BTreeSet<char>,
}

/// Where a glyph's characters come from, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// The code itself is CP932 (a `*RKSJ*` CMap).
    Cp932,
    /// The code itself is Unicode, EUC-JP or JIS X 0208 (another predefined CMap).
    PredefinedCode,
    /// The font's `ToUnicode` CMap.
    ToUnicode,
    /// The CID in an Adobe character collection.
    Collection,
    /// The embedded font program's character map, glyph names or charset.
    Program,
    /// The font's encoding: glyph names.
    GlyphName,
    /// The text of another font that a Type 3 glyph's procedure shows.
    Procedure,
    /// A `ToUnicode` CMap that contradicts its font, where nothing else speaks.
    DoubtfulToUnicode,
    /// Nothing names the glyph, but it paints nothing: white space.
    Blank,
    /// Nothing decodes the code.
    None,
}

/// The characters of one glyph; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Characters {
    One(char),
    Several(Box<str>),
}

impl Characters {
    /// `None` where the text is empty or holds what is no character: controls, U+FFFD, non-characters.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let mut characters = text.chars();
        let first = characters
            .next()
            .filter(|_| text.chars().all(is_character))?;
        Some(if characters.next().is_none() {
            Self::One(printed(first))
        } else {
            Self::Several(text.chars().map(printed).collect())
        })
    }

    /// `None` where it is no character.
    pub(super) fn from_char(character: char) -> Option<Self> {
        is_character(character).then(|| Self::One(printed(character)))
    }

    /// Whether they are one kanji that CP932 cannot write: Japanese office software has few of them, so a
    /// text map that names them often means another kanji of like shape. Radicals are none of these.
    fn are_unusual(&self) -> bool {
        let Self::One(character) = self else {
            return false;
        };
        let is_kanji = matches!(character,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
        is_kanji && !encoding::is_cp932(*character)
    }

    /// Appends them to a text.
    pub(crate) fn append_to(&self, text: &mut String) {
        match self {
            Self::One(character) => text.push(*character),
            Self::Several(characters) => text.push_str(characters),
        }
    }
}

/// The character that a glyph is read as, of several that fonts have one glyph for: programs that look for a glyph's
/// code in the font find the first (Qt: ∕ for ／, ʻ for ‘). A soft hyphen that is painted is a hyphen, a no-break space
/// or tab a space, an em space the ideographic one. What Japanese texts may have themselves stays.
fn printed(character: char) -> char {
    match character {
        '\u{ad}' => '-',
        '\u{a0}' | '\t' | '\n' | '\r' => ' ',
        '\u{2003}' => '\u{3000}',
        '\u{2215}' => '／',
        '\u{2bb}' => '‘',
        '\u{2329}' => '〈',
        '\u{232a}' => '〉',
        other => other,
    }
}

/// Whether a code point can stand in text. Tabs and line ends are white space that some programs map
/// their space glyphs to; other controls come from maps that are wrong.
pub(crate) fn is_character(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{fffd}' | '\u{fdd0}'..='\u{fdef}' => false,
        other => !other.is_control() && u32::from(other) & 0xFFFE != 0xFFFE,
    }
}

/// One code's glyph.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// What it reads.
    pub(crate) characters: Characters,
    /// Why it reads so.
    pub(crate) source: Source,
    /// How far the next glyph stands, in text space units for size 1: to the right, or for vertical
    /// writing downwards as a negative number.
    pub(crate) advance: f64,
    /// Bytes of its code.
    pub(crate) length: usize,
    /// Whether it is a kanji of a text map that Shift_JIS lacks.
    pub(crate) is_unusual: bool,
    /// Whether word spacing applies: a single byte 32 (ISO 32000-1 §9.3.3).
    pub(crate) is_space: bool,
}

/// A font.
struct Font<'a> {
    name: String,
    vertical: bool,
    em: f64,
    codes: Codes,
    kind: Kind<'a>,
    pictures: Option<Pictures>,
    /// Why the stream that maps its codes is not whole.
    damage: Option<String>,
    shown: HashMap<(u32, u8), Shown, FixedState>,
}

enum Kind<'a> {
    Composite(Box<Composite<'a>>),
    Simple(Box<Simple<'a>>),
    /// See [`FontCache::lost`].
    Lost,
}

impl<'a> FontCache<'a> {
    /// The font of a dictionary, read at its first use.
    pub(crate) fn load(&mut self, dict: Dict<'a>) -> FontId {
        if let Some(id) = self.known.get(&dict.identity()) {
            return *id;
        }
        let id = FontId(self.fonts.len());
        self.fonts.push(Font::read(dict, &self.collections));
        self.known.insert(dict.identity(), id);
        self.read_procedures(id, dict);
        id
    }

    /// A font that stands for those the file has lost: one byte a code, and nothing decodes.
    pub(crate) fn lost(&mut self) -> FontId {
        // No dictionary has the address 0.
        if let Some(id) = self.known.get(&0) {
            return *id;
        }
        let id = FontId(self.fonts.len());
        self.fonts.push(Font::lost());
        self.known.insert(0, id);
        id
    }

    /// The name of a font, the subset's tag included.
    pub(crate) fn name(&self, id: FontId) -> String {
        self.fonts
            .get(id.0)
            .map(|font| font.name.clone())
            .unwrap_or_default()
    }

    /// Why the stream that maps a font's codes is not whole: what it shows may be other characters.
    pub(crate) fn damage(&self, id: FontId) -> Option<&str> {
        self.fonts.get(id.0)?.damage.as_deref()
    }

    /// How a font's text map contradicts what it is painted with; told once.
    pub(crate) fn take_contradiction(&mut self, id: FontId) -> Option<Contradiction> {
        match &mut self.fonts.get_mut(id.0)?.kind {
            Kind::Composite(composite) => composite.contradiction.take(),
            Kind::Simple(simple) => simple.contradiction.take(),
            Kind::Lost => None,
        }
    }

    /// Whether a font writes vertically (ISO 32000-1 §9.7.4.3).
    pub(crate) fn is_vertical(&self, id: FontId) -> bool {
        self.fonts.get(id.0).is_some_and(|font| font.vertical)
    }

    /// The height of a font's em in text space units for size 1; 1 but for Type 3 fonts.
    pub(crate) fn em(&self, id: FontId) -> f64 {
        self.fonts.get(id.0).map_or(1.0, |font| font.em)
    }

    /// The glyph of the first code of `bytes`; `None` at their end.
    pub(crate) fn first(&mut self, id: FontId, bytes: &[u8]) -> Option<&Shown> {
        let font = self.fonts.get_mut(id.0)?;
        let (code, length) = font.codes.first(bytes)?;
        let Font {
            kind,
            shown,
            pictures,
            ..
        } = font;
        let collections = &self.collections;
        let glyph = shown
            .entry((code, length))
            .or_insert_with(|| kind.show(code, length, collections, *pictures));
        Some(glyph)
    }
}

impl<'a> Font<'a> {
    fn lost() -> Self {
        let name = "?".to_owned();
        Self {
            name,
            vertical: false,
            em: 1.0,
            codes: Codes::OneByte,
            kind: Kind::Lost,
            pictures: None,
            damage: None,
            shown: HashMap::default(),
        }
    }

    fn read(dict: Dict<'a>, collections: &Collections) -> Self {
        let name = dict
            .name(b"BaseFont")
            .or_else(|| dict.name(b"Name"))
            .unwrap_or_default();
        let name = super::file::text_string(name);
        let descendant = dict
            .array(b"DescendantFonts")
            .and_then(|fonts| fonts.get(0))
            .and_then(Value::dict);
        let (vertical, em, codes, kind) = if let Some(descendant) = descendant {
            let composite = Composite::read(dict, descendant, collections);
            (
                composite.vertical,
                1.0,
                composite.codes(),
                Kind::Composite(Box::new(composite)),
            )
        } else {
            let simple = Simple::read(dict);
            (
                false,
                simple.em,
                Codes::OneByte,
                Kind::Simple(Box::new(simple)),
            )
        };
        Self {
            pictures: Pictures::named(&name),
            name,
            vertical,
            em,
            codes,
            kind,
            damage: damage_of_maps(dict),
            shown: HashMap::default(),
        }
    }
}

/// What a font's `ToUnicode` says; a name instead of a map is what some programs write (TCPDF).
fn text_map(font: Dict<'_>) -> Option<CMapStream> {
    let map = match font.get(b"ToUnicode")? {
        Value::Stream(stream) => CMapStream::parse(&stream.decode_up_to(limits::CMAP_BYTES).bytes),
        Value::Name(name) if name.starts_with(b"Identity") => CMapStream::identity(),
        _ => return None,
    };
    map.has_characters().then_some(map)
}

/// Why the first of a font's maps that is broken is so; the rest of it is read all the same.
fn damage_of_maps(font: Dict<'_>) -> Option<String> {
    let streams = [b"ToUnicode".as_slice(), b"Encoding"].into_iter();
    let mut damages = streams
        .filter_map(|key| font.stream(key))
        .filter_map(|stream| stream.decode_up_to(limits::CMAP_BYTES).damage);
    damages.next().map(|damage| match damage {
        Damage::Broken(reason) => reason,
        Damage::TooLarge => format!("a font's map is larger than {} bytes", limits::CMAP_BYTES),
    })
}

impl Kind<'_> {
    fn show(
        &self,
        code: u32,
        length: u8,
        collections: &Collections,
        pictures: Option<Pictures>,
    ) -> Shown {
        let (decoded, advance) = match self {
            Self::Composite(composite) => composite.show(code, length, collections),
            Self::Simple(simple) => simple.show(code),
            Self::Lost => (None, 0.5),
        };
        let (characters, source) = decoded.unwrap_or((Characters::One('\u{fffd}'), Source::None));
        let characters = match (pictures, characters) {
            (Some(pictures), Characters::One(letter)) => Characters::One(pictures.picture(letter)),
            (_, characters) => characters,
        };
        let is_unusual = source == Source::ToUnicode && characters.are_unusual();
        Shown {
            is_unusual,
            characters,
            source,
            advance,
            length: usize::from(length),
            is_space: (code, length) == (32, 1),
        }
    }
}
