//! Text maps of Japanese fonts that a rewriting program has cut to single bytes -> which of their Latin letters to
//! believe.

use super::Characters;
use super::cmap_stream::CMapStream;
use super::composite::FULL_WIDTH;
use super::widths::Widths;

/// Letters and signs that are full-width in no font, so that a map which calls a full-width glyph by one of them is
/// wrong. JIS X 0208 has most of the signs left out, JIS X 0213 the letters with a caron; ligatures and fractions are
/// as wide in proportional fonts.
pub(super) fn is_never_wide(character: char) -> bool {
    matches!(character, '{' | '|' | '}' | '~' | '\u{a1}'..='\u{24f}')
        && !matches!(
            character,
            '¢' | '£' | '¥' | '§' | '¨' | '©' | '¬' | '®' | '°' | '±' | '´' | '¶' | '×' | '÷'
                | '¼'..='¾' | 'Æ' | 'æ' | 'Œ' | 'œ' | 'Ǎ'..='ǜ'
        )
}

/// What a rewriting program that keeps only the first byte makes of （ and ）, U+FF08 and U+FF09; Japanese text has
/// neither.
fn is_cut_bracket(character: char) -> bool {
    matches!(character, 'ÿ' | 'Ā')
}

/// Wrong entries from which on a map is wrong as a whole and not by one odd glyph: of a map that has kana, and of one
/// that has none left and may be a Latin font's.
const WRONG_ENTRIES: usize = 2;
const WRONG_LATIN_ENTRIES: usize = 8;
/// Letters with accents that a map has if it is a whole font's, where ÿ and Ā are what they say.
const ACCENTED: usize = 8;

/// Which Latin characters of a `ToUnicode` map are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LatinTrust {
    All,
    None,
    /// Those whose codes stand in one row with their characters: code less character.
    Row(i64),
}

impl LatinTrust {
    /// Which Latin characters of a map to believe.
    pub(super) fn of(map: &CMapStream, widths: &Widths) -> Self {
        let wrong = |(code, character): &(u32, char)| {
            widths.are_listed() && is_never_wide(*character) && widths.get(*code) >= FULL_WIDTH
        };
        let wrong_entries = map.latin_codes().filter(wrong).take(WRONG_LATIN_ENTRIES);
        let wrong_entries = wrong_entries.count();
        if !map.has_kana() {
            return if wrong_entries == WRONG_LATIN_ENTRIES {
                Self::None
            } else {
                Self::All
            };
        }
        let is_accented = |(_, c): &(u32, char)| ('À'..='þ').contains(c);
        let is_whole_font = map
            .latin_codes()
            .filter(is_accented)
            .nth(ACCENTED)
            .is_some();
        let has_cut_bracket = map.latin_codes().any(|(_, c)| is_cut_bracket(c));
        if wrong_entries < WRONG_ENTRIES && (is_whole_font || !has_cut_bracket) {
            return Self::All;
        }
        // Fonts have the characters of ASCII first, and in their order.
        let first = map.latin_codes().min_by_key(|(code, _)| *code);
        first.map_or(Self::All, |(code, character)| {
            Self::Row(i64::from(code) - i64::from(u32::from(character)))
        })
    }

    /// Whether a code’s characters are believed.
    pub(super) fn believes(self, code: u32, characters: &Characters) -> bool {
        match (self, characters) {
            (Self::Row(row), Characters::One(character @ '!'..='\u{24f}')) => {
                i64::from(code) - i64::from(u32::from(*character)) == row
            }
            (Self::None, Characters::One(' '..='\u{24f}')) => false,
            _ => true,
        }
    }
}
