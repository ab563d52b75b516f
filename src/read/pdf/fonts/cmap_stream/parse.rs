//! A CMap file -> its entries. Tolerant: a wrong entry is left out, the others count.

use super::{CMapStream, Mapping, Target};
use crate::read::pdf::content::lexer::{Lexer, Token};
use crate::read::pdf::fonts::codes::Range;
use crate::read::pdf::fonts::program::characters_of_name;

/// What was read between two operators of the CMap language.
enum Item {
    Code {
        value: u32,
        length: u8,
        start: usize,
        end: usize,
    },
    /// A glyph's name, which may stand for its characters (Adobe Technical Note #5014 §4.1).
    Name {
        start: usize,
        end: usize,
    },
    Number(u32),
    Open,
    Close,
}

/// A list of entries between a `begin…` and an `end…` operator.
#[derive(Debug, Clone, Copy)]
enum Section {
    CodeSpaces,
    Characters,
    CharacterRanges,
    Cids,
    CidRanges,
}

impl Section {
    fn begun_by(word: &[u8]) -> Option<Self> {
        Self::named(word.strip_prefix(b"begin")?)
    }

    fn ended_by(word: &[u8]) -> Option<Self> {
        Self::named(word.strip_prefix(b"end")?)
    }

    fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"codespacerange" => Self::CodeSpaces,
            b"bfchar" => Self::Characters,
            b"bfrange" => Self::CharacterRanges,
            b"cidchar" => Self::Cids,
            b"cidrange" => Self::CidRanges,
            _ => return None,
        })
    }
}

impl CMapStream {
    /// Reads a CMap file.
    pub(in crate::read::pdf::fonts) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut open: Option<Section> = None;
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
                    let end = buffer.len();
                    items.push(Item::Name { start, end });
                }
                Token::Word(word) => {
                    // A list without its end goes as far as the next operator.
                    if let Some(section) = open.take().or(Section::ended_by(word)) {
                        map.take(section, &items, &buffer);
                    }
                    open = Section::begun_by(word);
                    if word == b"usecmap" {
                        map.uses = Some(name.clone());
                    }
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
        if let Some(section) = open {
            map.take(section, &items, &buffer);
        }
        map.characters.sort_by_key(|mapping| mapping.first);
        map.cids.sort_by_key(|mapping| mapping.first);
        map
    }

    /// Takes the entries of a list.
    fn take(&mut self, section: Section, items: &[Item], buffer: &[u8]) {
        match section {
            Section::CodeSpaces => self
                .code_spaces
                .extend(items.chunks_exact(2).filter_map(code_space)),
            Section::Characters => {
                for pair in items.chunks_exact(2) {
                    if let [Item::Code { value, length, .. }, target] = pair {
                        self.map_characters(*value, *value, *length, target, buffer);
                    }
                }
            }
            Section::CharacterRanges => self.character_ranges(items, buffer),
            Section::Cids => {
                for pair in items.chunks_exact(2) {
                    if let [Item::Code { value, length, .. }, Item::Number(cid)] = pair {
                        self.map_cids(*value, *value, *length, *cid);
                    }
                }
            }
            Section::CidRanges => {
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
        let start = self.units.len() as u32;
        match *target {
            Item::Name { start, end } => {
                let name = buffer.get(start..end).unwrap_or_default();
                let mut text = String::new();
                if let Some(characters) = characters_of_name(name) {
                    characters.append_to(&mut text);
                }
                self.units.extend(text.encode_utf16());
            }
            Item::Code { start, end, .. } => {
                self.add_units(buffer.get(start..end).unwrap_or_default());
            }
            _ => return,
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

    /// Adds UTF-16, high byte first.
    fn add_units(&mut self, bytes: &[u8]) {
        match bytes {
            // A target of one byte is Latin, though it should have two.
            [byte] => self.units.push(u16::from(*byte)),
            // The mark of the byte order that texts begin with is no part of them.
            [0xFE, 0xFF, rest @ ..] => self.add_units(rest),
            // Some programs write a code point beyond U+FFFF as it is, with five or six digits.
            [a, b, c] => {
                let code = u32::from_be_bytes([0, *a, *b, *c]);
                let short =
                    Some(code >> 4).filter(|short| code.trailing_zeros() >= 4 && *short > 0xFFFF);
                if let Some(character) = char::from_u32(short.unwrap_or(code)) {
                    self.units
                        .extend_from_slice(character.encode_utf16(&mut [0; 2]));
                }
            }
            _ => {
                for pair in bytes.chunks_exact(2) {
                    if let [high, low] = pair {
                        self.units.push(u16::from_be_bytes([*high, *low]));
                    }
                }
            }
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
