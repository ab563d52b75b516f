//! Predefined CMaps and the Adobe character collections (ISO 32000-1 §9.7.5.2); the only file that names `hayro_cmap`.

use std::cell::OnceCell;

use hayro_cmap::{BfString, CMap, CMapName, WritingMode, load_embedded};

use super::Characters;
use super::encoding::collection_of_cmap;

/// A predefined CMap: codes -> CIDs.
#[derive(Debug)]
pub(super) struct Predefined(CMap);

impl Predefined {
    /// A CMap by its name; `None` if it is not among those that every reader has.
    pub(super) fn load(name: &[u8]) -> Option<Self> {
        CMap::parse(load_embedded(CMapName::from_bytes(name))?, load_embedded).map(Self)
    }

    /// The CID of a code of so many bytes.
    pub(super) fn cid(&self, code: u32, length: u8) -> Option<u32> {
        self.0.lookup_cid_code(code, length)
    }

    /// Whether it writes vertically.
    pub(super) fn is_vertical(&self) -> bool {
        self.0.metadata().writing_mode == Some(WritingMode::Vertical)
    }
}

/// An Adobe character collection: its CIDs have fixed meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    Japan1,
    Gb1,
    Cns1,
    Korea1,
}

impl Collection {
    /// By the ordering of a `CIDSystemInfo` dictionary (ISO 32000-1 §9.7.3).
    pub(super) fn named(ordering: &[u8]) -> Option<Self> {
        Some(match ordering {
            b"Japan1" => Self::Japan1,
            b"GB1" => Self::Gb1,
            b"CNS1" => Self::Cns1,
            b"Korea1" => Self::Korea1,
            _ => return None,
        })
    }

    /// By the name of a CMap from its CIDs to Unicode (`Adobe-Japan1-UCS2`), or to them.
    pub(super) fn of_map(name: &[u8]) -> Option<Self> {
        let ordering = name.strip_prefix(b"Adobe-").map(|rest| {
            let end = rest.iter().position(|byte| *byte == b'-');
            rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
        });
        ordering.map_or_else(|| collection_of_cmap(name), Self::named)
    }
}

/// The CID -> Unicode maps, each unpacked at its first use.
#[derive(Default)]
pub(super) struct Collections {
    maps: [OnceCell<Option<Box<CMap>>>; 4],
}

impl Collections {
    /// The characters of a CID.
    pub(super) fn characters(&self, collection: Collection, cid: u32) -> Option<Characters> {
        let name = match collection {
            Collection::Japan1 => CMapName::AdobeJapan1Ucs2,
            Collection::Gb1 => CMapName::AdobeGb1Ucs2,
            Collection::Cns1 => CMapName::AdobeCns1Ucs2,
            Collection::Korea1 => CMapName::AdobeKorea1Ucs2,
        };
        let slot = self.maps.get(collection as usize)?;
        let map = slot.get_or_init(|| {
            load_embedded(name)
                .and_then(|bytes| CMap::parse(bytes, load_embedded))
                .map(Box::new)
        });
        match map.as_ref()?.lookup_bf_string(cid)? {
            BfString::Char(character) => Characters::from_char(plain(character)),
            BfString::String(text) => {
                // The map tells a CID's exact shape with a variation selector; which shape of a character
                // is printed is no part of the text.
                let text: String = text
                    .chars()
                    .filter(|c| !is_variation_selector(*c))
                    .map(plain)
                    .collect();
                Characters::from_text(&text)
            }
        }
    }
}

fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The map gives spaces of several widths for the CIDs of spaces; they are one character.
fn plain(character: char) -> char {
    if matches!(character, '\u{2002}'..='\u{200a}') {
        ' '
    } else {
        character
    }
}
