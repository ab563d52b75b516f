//! Encodings of Type 0 fonts: how strings divide into codes, what a code says by itself, and which CID it is
//! (ISO 32000-1 §9.7.5).

use super::Characters;
use super::cmap::{Collection, Predefined};
use super::cmap_stream::CMapStream;
use super::codes::Codes;
use crate::read::limits;
use crate::read::pdf::file::{Stream, Value, text_string};

/// How codes become CIDs, and what they say of themselves.
pub(super) struct Encoding {
    pub(super) codes: Codes,
    pub(super) meaning: Meaning,
    cids: Cids,
}

/// What a code says by itself, without its CID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// CP932 bytes (`90ms-RKSJ-*` and its kin).
    Cp932,
    /// Shift_JIS bytes of JIS X 0208; each maker has other characters in the rows that it leaves free (`90pv-`,
    /// `Add-`, `Ext-RKSJ-*`), which only their CIDs tell.
    ShiftJis,
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
    /// By the UTF-16 of the code's character, through another CMap of the same collection.
    ByCharacter(Predefined),
    Embedded {
        map: CMapStream,
        base: Option<Predefined>,
    },
    /// A predefined CMap whose CIDs are not at hand: the metrics are the default ones.
    Unknown,
}

impl Encoding {
    /// Reads the `Encoding` of a Type 0 font.
    pub(super) fn read(value: Option<Value<'_>>) -> Self {
        match value {
            Some(Value::Name(name)) => Self::predefined(name),
            Some(Value::Stream(stream)) => Self::embedded(stream),
            _ => Self {
                codes: Codes::TwoBytes,
                meaning: Meaning::Opaque,
                cids: Cids::Identity,
            },
        }
    }

    /// A CMap in the file. One that is a predefined CMap with additions, or a copy of one, has its codes.
    fn embedded(stream: Stream<'_>) -> Self {
        let mut map = CMapStream::parse(&stream.decode_up_to(limits::CMAP_BYTES).bytes);
        map.vertical |= stream.dict.number(b"WMode") == Some(1.0);
        let named = |key: &[u8]| stream.dict.name(key).map(<[u8]>::to_vec);
        let base_name = map.uses.clone().or_else(|| named(b"UseCMap"));
        let base = base_name.as_deref().map(Self::predefined);
        let codes = match (&base, map.code_spaces.is_empty()) {
            (Some(base), true) => base.codes.clone(),
            (None, true) => Codes::TwoBytes,
            (_, false) => Codes::Ranges(map.code_spaces.clone()),
        };
        let like = base_name.or_else(|| named(b"CMapName"));
        let like = like.filter(|name| collection_of_cmap(name) == Some(Collection::Japan1));
        let meaning = like.map_or(Meaning::Opaque, |name| Self::predefined(&name).meaning);
        let base = base.and_then(|base| match base.cids {
            Cids::Predefined(map) => Some(map),
            _ => None,
        });
        Self {
            codes,
            meaning,
            cids: Cids::Embedded { map, base },
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
            let is_windows = has("ms");
            let meaning = if is_windows {
                Meaning::Cp932
            } else {
                Meaning::ShiftJis
            };
            (Codes::ShiftJis, meaning)
        } else if has("UTF16") {
            (Codes::Utf16, Meaning::Utf16)
        } else if has("UCS2") {
            (Codes::TwoBytes, Meaning::Utf16)
        } else if has("UTF32") {
            (Codes::FourBytes, Meaning::Utf32)
        } else if has("UTF8") {
            (Codes::Utf8, Meaning::Utf8)
        } else if is_jis(&text) {
            (Codes::TwoBytes, Meaning::Jis)
        } else if matches!(text.as_str(), "EUC-H" | "EUC-V" | "78-EUC-H" | "78-EUC-V") {
            (Codes::Euc, Meaning::EucJp)
        } else if has("GBK2K") {
            (Codes::Gb18030, Meaning::Opaque)
        } else if has("CNS-EUC") {
            (Codes::CnsEuc, Meaning::Opaque)
        } else {
            (Codes::Euc, Meaning::Opaque)
        };
        let cids = Predefined::load(name).map(Cids::Predefined);
        let cids = cids.or_else(|| {
            collection_of_cmap(name).filter(|of| *of == Collection::Japan1)?;
            let (stand_in, other) = stand_in(&text)?;
            let map = Predefined::load(stand_in)?;
            Some(match other {
                SameCodes => Cids::Predefined(map),
                SameCharacters => Cids::ByCharacter(map),
            })
        });
        Self {
            codes,
            meaning,
            cids: cids.unwrap_or(Cids::Unknown),
        }
    }

    /// Whether it writes vertically, by its own word or its name.
    pub(super) fn is_vertical(&self, name: &[u8]) -> bool {
        match &self.cids {
            Cids::Embedded { map, base } => {
                map.vertical || base.as_ref().is_some_and(Predefined::is_vertical)
            }
            _ => name == b"V" || name.ends_with(b"-V"),
        }
    }

    /// Whether codes are CIDs.
    pub(super) fn is_identity(&self) -> bool {
        matches!(self.cids, Cids::Identity)
    }

    /// The CID of a code of so many bytes.
    pub(super) fn cid(&self, code: u32, length: u8) -> Option<u32> {
        match &self.cids {
            Cids::Identity => Some(code),
            Cids::Predefined(map) => map.cid(code, length),
            Cids::ByCharacter(map) => {
                let Some(Characters::One(character)) = self.meaning.characters(code, length) else {
                    return None;
                };
                let mut units = [0; 2];
                let units = character.encode_utf16(&mut units);
                let code = units
                    .iter()
                    .fold(0, |code, unit| code << 16 | u32::from(*unit));
                map.cid(code, 2 * units.len() as u8)
            }
            Cids::Embedded { map, base } => map
                .cid(code, length)
                .or_else(|| base.as_ref().and_then(|base| base.cid(code, length))),
            Cids::Unknown => None,
        }
    }
}

/// CMaps whose codes are rows and cells of JIS X 0208.
fn is_jis(name: &str) -> bool {
    let name = name.strip_suffix(['H', 'V']).unwrap_or(name);
    matches!(name, "" | "78-" | "Add-" | "Ext-" | "NWP-")
}

/// What a CMap that stands in for another shares with it.
enum Shared {
    SameCodes,
    SameCharacters,
}
use Shared::{SameCharacters, SameCodes};

/// A CMap at hand with nearly the same CIDs, for metrics only.
fn stand_in(name: &str) -> Option<(&'static [u8], Shared)> {
    let is_vertical = name.ends_with('V');
    let same_codes: Option<[&'static [u8]; 2]> = if name.contains("RKSJ") {
        Some([b"90ms-RKSJ-H", b"90ms-RKSJ-V"])
    } else if name.contains("EUC-") {
        Some([b"EUC-H", b"EUC-V"])
    } else if is_jis(name) {
        Some([b"H", b"V"])
    } else {
        None
    };
    if let Some([across, down]) = same_codes {
        return Some((if is_vertical { down } else { across }, SameCodes));
    }
    // UniJIS, UniJIS2004, UniJISPro, UniJISX0213.
    if !name.starts_with("UniJIS") {
        return None;
    }
    let shared = if name.contains("UTF16") || name.contains("UCS2") {
        SameCodes
    } else {
        SameCharacters
    };
    let name: &[u8] = if is_vertical {
        b"UniJIS-UTF16-V"
    } else {
        b"UniJIS-UTF16-H"
    };
    Some((name, shared))
}

/// The character collection that a predefined CMap's name implies.
pub(super) fn collection_of_cmap(name: &[u8]) -> Option<Collection> {
    let name = text_string(name);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if is_jis(&name)
        || matches!(name.as_str(), "EUC-H" | "EUC-V" | "78-EUC-H" | "78-EUC-V")
        || has(&["RKSJ", "UniJIS"])
    {
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
    pub(super) fn characters(self, code: u32, length: u8) -> Option<Characters> {
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
            // Printed as the yen sign: CID 61 or 291 of Adobe-Japan1, whatever CP932 calls the code.
            Self::Cp932 | Self::ShiftJis | Self::EucJp if bytes == [0x5C] => {
                Characters::from_char('¥')
            }
            Self::Cp932 => by(encoding_rs::SHIFT_JIS, bytes),
            Self::ShiftJis => match bytes {
                [0x20..=0x7E | 0xA1..=0xDF] | [0x81..=0x84 | 0x88..=0x9F | 0xE0..=0xEA, _] => {
                    by(encoding_rs::SHIFT_JIS, bytes)
                }
                _ => None,
            },
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

/// Whether Shift_JIS as Windows has it (CP932) can write a character.
pub(super) fn is_cp932(character: char) -> bool {
    let mut buffer = [0; 4];
    let text = character.encode_utf8(&mut buffer);
    !encoding_rs::SHIFT_JIS.encode(text).2
}
