//! An embedded CMap or ToUnicode stream -> its maps (ISO 32000-1 §9.7.5.4, §9.10.3). Tolerant: a wrong entry is
//! left out, the others count.

use super::Characters;
use super::codes::Range;
use crate::read::pdf::lexer::{Lexer, Token};

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

/// Where the Latin letters of Unicode end (Latin Extended-B).
const LATIN_END: u32 = 0x250;

/// What was read between two operators of the CMap language.
enum Item {
    Code {
        value: u32,
        length: u8,
        start: usize,
        end: usize,
    },
    Number(u32),
    Open,
    Close,
}

impl CMapStream {
    /// Reads a CMap file.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(bytes);
        let mut buffer = Vec::new();
        let mut items = Vec::new();
        let mut name = Vec::new();
        let mut previous_name = Vec::new();
        while let Some(token) = {
            let start = buffer.len();
            lexer.next(&mut buffer).map(|token| (token, start))
        } {
            let (token, start) = token;
            let text = buffer.get(start..).unwrap_or_default();
            match token {
                Token::Text => items.push(Item::Code {
                    value: text
                        .iter()
                        .take(4)
                        .fold(0, |code, byte| code << 8 | u32::from(*byte)),
                    length: text.len().min(4) as u8,
                    start,
                    end: buffer.len(),
                }),
                Token::Number(number) => items.push(Item::Number(number.clamp(0.0, 4e9) as u32)),
                Token::ArrayStart => items.push(Item::Open),
                Token::ArrayEnd => items.push(Item::Close),
                Token::Name => {
                    previous_name = std::mem::replace(&mut name, text.to_vec());
                }
                Token::Word(word) => {
                    map.section(word, &items, &buffer, &name);
                    if word == b"def" && (name == b"WMode" || previous_name == b"WMode") {
                        map.vertical |= matches!(items.last(), Some(Item::Number(1)));
                    }
                    name.clear();
                    items.clear();
                    buffer.clear();
                }
                _ => {}
            }
        }
        map.characters.sort_by_key(|mapping| mapping.first);
        map.cids.sort_by_key(|mapping| mapping.first);
        map
    }

    /// Takes what stood before an `end…` word; what begins a section is dropped by the caller.
    fn section(&mut self, word: &[u8], items: &[Item], buffer: &[u8], name: &[u8]) {
        match word {
            b"endcodespacerange" => self
                .code_spaces
                .extend(items.chunks_exact(2).filter_map(code_space)),
            b"endbfchar" => {
                for pair in items.chunks_exact(2) {
                    if let [Item::Code { value, length, .. }, target] = pair {
                        self.map_characters(*value, *value, *length, target, buffer);
                    }
                }
            }
            b"endbfrange" => self.character_ranges(items, buffer),
            b"endcidchar" => {
                for pair in items.chunks_exact(2) {
                    if let [Item::Code { value, length, .. }, Item::Number(cid)] = pair {
                        self.map_cids(*value, *value, *length, *cid);
                    }
                }
            }
            b"endcidrange" => {
                for triple in items.chunks_exact(3) {
                    if let [
                        Item::Code { value, length, .. },
                        Item::Code { value: last, .. },
                        Item::Number(cid),
                    ] = triple
                    {
                        self.map_cids(*value, *last, *length, *cid);
                    }
                }
            }
            b"usecmap" => self.uses = Some(name.to_vec()),
            _ => {}
        }
    }

    fn character_ranges(&mut self, items: &[Item], buffer: &[u8]) {
        let mut items = items.iter().peekable();
        while let Some(item) = items.next() {
            let Item::Code {
                value: first,
                length,
                ..
            } = item
            else {
                continue;
            };
            let Some(Item::Code { value: last, .. }) = items.next() else {
                continue;
            };
            match items.next() {
                Some(Item::Open) => {
                    let mut code = *first;
                    while let Some(target) = items.next_if(|item| !matches!(item, Item::Close)) {
                        if code <= *last {
                            self.map_characters(code, code, *length, target, buffer);
                        }
                        code = code.saturating_add(1);
                    }
                    items.next();
                }
                Some(target) => self.map_characters(*first, *last, *length, target, buffer),
                None => return,
            }
        }
    }

    fn map_characters(&mut self, first: u32, last: u32, length: u8, target: &Item, buffer: &[u8]) {
        let Item::Code {
            start: from,
            end: to,
            ..
        } = target
        else {
            return;
        };
        let bytes = buffer.get(*from..*to).unwrap_or_default();
        let start = self.units.len() as u32;
        match bytes {
            // A target of one byte is Latin, though it should have two.
            [byte] => self.units.push(u16::from(*byte)),
            _ => {
                for pair in bytes.chunks_exact(2) {
                    if let [high, low] = pair {
                        self.units.push(u16::from_be_bytes([*high, *low]));
                    }
                }
            }
        }
        let end = self.units.len() as u32;
        if end > start && first <= last {
            self.characters.push(Mapping {
                first,
                last,
                length,
                target: Target::Units { start, end },
            });
        }
    }

    fn map_cids(&mut self, first: u32, last: u32, length: u8, cid: u32) {
        if first <= last {
            self.cids.push(Mapping {
                first,
                last,
                length,
                target: Target::Cid(cid),
            });
        }
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

    /// Whether it maps codes to characters at all.
    pub(super) fn has_characters(&self) -> bool {
        !self.characters.is_empty()
    }

    /// Whether it maps every code to itself: a placeholder that some programs write where the true map was not
    /// known to them.
    pub(super) fn is_placeholder(&self) -> bool {
        self.characters.iter().any(|mapping| match mapping.target {
            Target::Units { start, .. } => {
                mapping.last - mapping.first >= PLACEHOLDER
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

    /// Whether it maps codes to kana, as maps of Japanese fonts do.
    pub(super) fn has_kana(&self) -> bool {
        self.characters.iter().any(|mapping| match mapping.target {
            Target::Units { start, .. } => {
                let first = self.units.get(start as usize);
                first.is_some_and(|unit| (0x3041..=0x30FF).contains(unit))
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

fn code_space(pair: &[Item]) -> Option<Range> {
    match pair {
        [
            Item::Code {
                value: low, length, ..
            },
            Item::Code { value: high, .. },
        ] if *length > 0 => Some(Range {
            length: *length,
            low: *low,
            high: *high,
        }),
        _ => None,
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
