//! Type 0 fonts: codes -> CIDs, characters and displacements (ISO 32000-1 §9.7).

use std::cell::OnceCell;

use super::cmap::{Collection, Collections, Predefined};
use super::cmap_stream::CMapStream;
use super::codes::Codes;
use super::program::Program;
use super::widths::Widths;
use super::{Characters, Source};
use crate::read::limits;
use crate::read::pdf::file::{Dict, Value, text_string};

/// CIDs have two bytes.
const MOST_CIDS: usize = 1 << 16;

/// A Type 0 font with its descendant.
pub(super) struct Composite<'a> {
    pub(super) vertical: bool,
    encoding: Encoding,
    to_unicode: Option<CMapStream>,
    /// Whether `to_unicode` contradicts the font.
    doubtful: bool,
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

/// How codes become CIDs, and what they say of themselves.
struct Encoding {
    codes: Codes,
    meaning: Meaning,
    cids: Cids,
}

/// What a code says by itself, without its CID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// CP932 bytes (`*RKSJ*`).
    Cp932,
    /// EUC-JP bytes (`EUC-H`).
    EucJp,
    /// JIS X 0208 row and cell (`H`).
    Jis,
    /// UTF-16 or UCS-2 (`Uni*-UTF16-*`, `Uni*-UCS2-*`).
    Utf16,
    /// UTF-32.
    Utf32,
    /// UTF-8.
    Utf8,
    /// Nothing: a glyph's number or a charset of another language.
    Opaque,
}

enum Cids {
    /// The code is the CID.
    Identity,
    Predefined(Predefined),
    Embedded {
        map: CMapStream,
        base: Option<Predefined>,
    },
    /// A predefined CMap whose CIDs are not at hand: the metrics are the default ones.
    Unknown,
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
        Self {
            vertical: encoding.is_vertical(font.name(b"Encoding").unwrap_or_default()),
            encoding,
            to_unicode,
            doubtful,
            collection: ordering
                .and_then(|name| Collection::named(name.as_bytes()))
                .or(by_name),
            widths: Widths::of_cids(descendant),
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
        (
            self.decode(code, length, cid, collections),
            f64::from(advance) / 1000.0,
        )
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
        if self.encoding.meaning == Meaning::Cp932
            && let Some(characters) = itself()
        {
            return Some((characters, Source::Cp932));
        }
        let mapped = || {
            self.to_unicode
                .as_ref()
                .and_then(|map| map.characters(code))
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
            && matches!(self.encoding.cids, Cids::Identity)
            && self.descendant.stream(b"CIDToGIDMap").is_none()
    }
}

impl Encoding {
    fn read(value: Option<Value<'_>>) -> Self {
        match value {
            Some(Value::Name(name)) => Self::predefined(name),
            Some(Value::Stream(stream)) => {
                let map = CMapStream::parse(&stream.decode_up_to(limits::CMAP_BYTES).bytes);
                let uses = stream
                    .dict
                    .get(b"UseCMap")
                    .and_then(Value::name)
                    .map(<[u8]>::to_vec);
                let base = map
                    .uses
                    .clone()
                    .or(uses)
                    .map(|name| Self::predefined(&name));
                let codes = match (&base, map.code_spaces.is_empty()) {
                    (Some(base), true) => base.codes.clone(),
                    (None, true) => Codes::TwoBytes,
                    (_, false) => Codes::Ranges(map.code_spaces.clone()),
                };
                let base = base.and_then(|base| match base.cids {
                    Cids::Predefined(map) => Some(map),
                    _ => None,
                });
                Self {
                    codes,
                    meaning: Meaning::Opaque,
                    cids: Cids::Embedded { map, base },
                }
            }
            _ => Self {
                codes: Codes::TwoBytes,
                meaning: Meaning::Opaque,
                cids: Cids::Identity,
            },
        }
    }

    /// A predefined CMap by its name (ISO 32000-1 Table 118, and the newer ones of the same pattern).
    fn predefined(name: &[u8]) -> Self {
        let text = text_string(name);
        let has = |part: &str| text.contains(part);
        let (codes, meaning) = if text.starts_with("Identity") {
            return Self {
                codes: Codes::TwoBytes,
                meaning: Meaning::Opaque,
                cids: Cids::Identity,
            };
        } else if has("RKSJ") {
            (Codes::ShiftJis, Meaning::Cp932)
        } else if has("UTF16") {
            (Codes::Utf16, Meaning::Utf16)
        } else if has("UCS2") {
            (Codes::TwoBytes, Meaning::Utf16)
        } else if has("UTF32") {
            (Codes::FourBytes, Meaning::Utf32)
        } else if has("UTF8") {
            (Codes::Utf8, Meaning::Utf8)
        } else if matches!(text.as_str(), "H" | "V") {
            (Codes::TwoBytes, Meaning::Jis)
        } else if text.starts_with("EUC-") {
            (Codes::Euc, Meaning::EucJp)
        } else if has("GBK2K") {
            (Codes::Gb18030, Meaning::Opaque)
        } else if has("CNS-EUC") {
            (Codes::CnsEuc, Meaning::Opaque)
        } else {
            (Codes::Euc, Meaning::Opaque)
        };
        let cids = Predefined::load(name).or_else(|| Predefined::load(stand_in(&text)?));
        Self {
            codes,
            meaning,
            cids: cids.map_or(Cids::Unknown, Cids::Predefined),
        }
    }

    fn is_vertical(&self, name: &[u8]) -> bool {
        match &self.cids {
            Cids::Embedded { map, base } => {
                map.vertical || base.as_ref().is_some_and(Predefined::is_vertical)
            }
            _ => name == b"V" || name.ends_with(b"-V"),
        }
    }

    fn cid(&self, code: u32, length: u8) -> Option<u32> {
        match &self.cids {
            Cids::Identity => Some(code),
            Cids::Predefined(map) => map.cid(code, length),
            Cids::Embedded { map, base } => map
                .cid(code, length)
                .or_else(|| base.as_ref().and_then(|base| base.cid(code, length))),
            Cids::Unknown => None,
        }
    }
}

/// A CMap at hand with the same codes and nearly the same CIDs, for metrics only.
fn stand_in(name: &str) -> Option<&'static [u8]> {
    match name {
        "UniJIS2004-UTF16-H" => Some(b"UniJIS-UTF16-H"),
        "UniJIS2004-UTF16-V" => Some(b"UniJIS-UTF16-V"),
        "78-RKSJ-H" | "90msp-RKSJ-H" => Some(b"90ms-RKSJ-H"),
        "78-RKSJ-V" => Some(b"90ms-RKSJ-V"),
        _ => None,
    }
}

/// The character collection that a predefined CMap's name implies.
fn collection_of_cmap(name: &[u8]) -> Option<Collection> {
    let name = text_string(name);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if matches!(name.as_str(), "H" | "V" | "EUC-H" | "EUC-V") || has(&["RKSJ", "UniJIS"]) {
        Some(Collection::Japan1)
    } else if has(&["UniGB", "GBK", "GB-EUC", "GBpc"]) {
        Some(Collection::Gb1)
    } else if has(&["UniCNS", "B5", "CNS-EUC"]) {
        Some(Collection::Cns1)
    } else if has(&["UniKS", "KSC"]) {
        Some(Collection::Korea1)
    } else {
        None
    }
}

impl Meaning {
    /// The character that the code is.
    fn characters(self, code: u32, length: u8) -> Option<Characters> {
        let all = code.to_be_bytes();
        let bytes = all.get(4usize.checked_sub(usize::from(length))?..)?;
        let by = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
            let (text, wrong) = encoding.decode_without_bom_handling(bytes);
            if wrong {
                None
            } else {
                Characters::from_text(&text)
            }
        };
        match self {
            Self::Cp932 => by(encoding_rs::SHIFT_JIS, bytes),
            Self::EucJp => by(encoding_rs::EUC_JP, bytes),
            Self::Jis => match bytes {
                [row, cell] => by(encoding_rs::EUC_JP, &[row | 0x80, cell | 0x80]),
                _ => None,
            },
            Self::Utf16 => by(encoding_rs::UTF_16BE, bytes),
            Self::Utf8 => by(encoding_rs::UTF_8, bytes),
            Self::Utf32 => Characters::from_char(char::from_u32(code)?),
            Self::Opaque => None,
        }
    }
}
