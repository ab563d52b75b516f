//! An embedded CMap or ToUnicode stream -> its maps (ISO 32000-1 §9.7.5.4, §9.10.3).

mod parse;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::Characters;
use super::codes::Range;

/// What an embedded CMap says.
#[derive(Debug, Default)]
pub(super) struct CMapStream {
    pub(super) code_spaces: Vec<Range>,
    /// The CMap that it builds upon.
    pub(super) uses: Option<Vec<u8>>,
    pub(super) vertical: bool,
    characters: Vec<Mapping>,
    cids: Vec<Mapping>,
    /// UTF-16 of the characters.
    units: Vec<u16>,
}

/// Codes from `first` to `last` of so many bytes -> what begins at `target`.
#[derive(Debug, Clone, Copy)]
struct Mapping {
    first: u32,
    last: u32,
    length: u8,
    target: Target,
}

#[derive(Debug, Clone, Copy)]
enum Target {
    /// A range of `units`; its last unit grows with the code.
    Units { start: u32, end: u32 },
    /// A CID that grows with the code.
    Cid(u32),
}

/// Ranges that may begin before a code and not hold it while an earlier one does.
const OVERLAPS: usize = 8;
/// A range that maps this many codes to themselves is no map but a program's placeholder.
const PLACEHOLDER: u32 = 0x8000;

/// A range from 0 on that is as long as this calls control codes characters.
const CONTROLS: u32 = 0x10;

/// Letters and digits of ASCII.
const ASCII_ALPHANUMERIC: usize = 62;

/// Where the Latin letters of Unicode end (Latin Extended-B).
const LATIN_END: u32 = 0x250;

impl CMapStream {
    /// The map of a `ToUnicode` that is a name: `Identity-H` calls every code its own character, as a placeholder does.
    pub(super) fn identity() -> Self {
        Self::parse(b"beginbfrange <0000> <FFFF> <0000> endbfrange")
    }

    /// The characters of a code, whatever number of bytes the map writes it with.
    pub(super) fn characters(&self, code: u32) -> Option<Characters> {
        let mapping = find(&self.characters, code, None)?;
        let Target::Units { start, end } = mapping.target else {
            return None;
        };
        let units = self.units.get(start as usize..end as usize)?;
        let offset = code - mapping.first;
        if offset == 0 {
            return Characters::from_text(&String::from_utf16(units).ok()?);
        }
        // The last character grows with the code; a surrogate pair as one.
        let mut text: Vec<char> = char::decode_utf16(units.iter().copied())
            .collect::<Result<_, _>>()
            .ok()?;
        let last = text.last_mut()?;
        *last = char::from_u32(u32::from(*last).checked_add(offset)?)?;
        Characters::from_text(&text.into_iter().collect::<String>())
    }

    /// The CID of a code of so many bytes.
    pub(super) fn cid(&self, code: u32, length: u8) -> Option<u32> {
        let mapping = find(&self.cids, code, Some(length))?;
        match mapping.target {
            Target::Cid(cid) => cid.checked_add(code - mapping.first),
            Target::Units { .. } => None,
        }
    }

    /// The codes that it maps to characters.
    pub(super) fn codes(&self) -> impl Iterator<Item = u32> {
        let mappings = self.characters.iter();
        mappings.flat_map(|mapping| mapping.first..=mapping.last)
    }

    /// Whether it maps codes to characters at all.
    pub(super) fn has_characters(&self) -> bool {
        !self.characters.is_empty()
    }

    /// Whether it maps every code to itself: a placeholder that some programs write where the true map was not
    /// known to them.
    pub(super) fn is_placeholder(&self) -> bool {
        self.maps_to_itself(0..=u32::MAX, PLACEHOLDER)
    }

    /// Whether it maps the first codes to themselves, controls and all (`MuPDF` writes so): in a font whose codes are
    /// glyph numbers another placeholder.
    pub(super) fn calls_controls_characters(&self) -> bool {
        self.maps_to_itself(0..=0, CONTROLS)
    }

    /// Whether a range that begins so and is so long maps codes to themselves.
    fn maps_to_itself(&self, first: RangeInclusive<u32>, length: u32) -> bool {
        self.characters.iter().any(|mapping| match mapping.target {
            Target::Units { start, .. } => {
                first.contains(&mapping.first)
                    && mapping.last - mapping.first >= length
                    && self.units.get(start as usize).copied().map(u32::from) == Some(mapping.first)
            }
            Target::Cid(_) => false,
        })
    }

    /// The codes that it maps to one character before U+0250 – Latin letters, digits and signs – and these.
    pub(super) fn latin_codes(&self) -> impl Iterator<Item = (u32, char)> {
        self.characters.iter().flat_map(|mapping| {
            let first = match mapping.target {
                Target::Units { start, end } if end - start == 1 => {
                    self.units.get(start as usize).copied()
                }
                _ => None,
            };
            let first = first.map_or(LATIN_END, u32::from);
            let last = mapping.last.min(mapping.first.saturating_add(LATIN_END));
            (mapping.first..=last)
                .zip(first..LATIN_END)
                .filter_map(|(code, target)| Some((code, char::from_u32(target)?)))
        })
    }

    /// Whether it maps every letter and digit of ASCII to itself: a Latin encoding listed as a whole, whatever the widths
    /// of those characters that its font lacks (Prawn).
    pub(super) fn is_latin_encoding(&self) -> bool {
        let itself = |(code, c): &(u32, char)| c.is_ascii_alphanumeric() && *code == u32::from(*c);
        let itself: BTreeSet<char> = self
            .latin_codes()
            .filter(itself)
            .map(|(_, character)| character)
            .collect();
        itself.len() == ASCII_ALPHANUMERIC
    }

    /// Whether it maps codes to kana, as maps of Japanese fonts do.
    pub(super) fn has_kana(&self) -> bool {
        self.characters.iter().any(|mapping| match mapping.target {
            Target::Units { start, .. } => {
                let first = self.units.get(start as usize).copied().map(u32::from);
                first.is_some_and(|first| {
                    let last = first + (mapping.last - mapping.first);
                    first <= 0x30FF && 0x3041 <= last
                })
            }
            Target::Cid(_) => false,
        })
    }

    /// Whether all of its codes are shorter than `length` bytes, so that it was not made for a font whose
    /// codes have that many.
    pub(super) fn is_shorter_than(&self, length: u8) -> bool {
        let longest = self.code_spaces.iter().map(|range| range.length).max();
        let longest_code = self.characters.iter().map(|mapping| mapping.length).max();
        longest.is_some_and(|longest| longest < length)
            && longest_code.is_none_or(|longest| longest < length)
    }
}

/// The narrowest mapping that holds a code; of equals the later one.
fn find(mappings: &[Mapping], code: u32, length: Option<u8>) -> Option<&Mapping> {
    let end = mappings.partition_point(|mapping| mapping.first <= code);
    let candidates = mappings
        .get(end.saturating_sub(OVERLAPS)..end)
        .unwrap_or_default()
        .iter()
        .rev();
    candidates
        .filter(|mapping| {
            code <= mapping.last && length.is_none_or(|length| mapping.length == length)
        })
        .min_by_key(|mapping| mapping.last - mapping.first)
}
