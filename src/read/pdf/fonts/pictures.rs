//! Fonts of pictures, whose codes are those of letters: a letter that they are said to show is the picture on its key.

use super::standard;

/// Wingdings: the characters of codes 0x20 to 0xFF (Unicode document L2/11-344, with the arrows and ticks that texts
/// have); U+FFFD stands for pictures that are no text.
const WINGDINGS: &str = "\
    \u{20}✏✂✁\u{fffd}\u{fffd}\u{fffd}\u{fffd}☎✆✉\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\
    \u{fffd}\u{fffd}\u{fffd}\u{fffd}⌛\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}✇✍\u{fffd}✌\
    \u{fffd}\u{fffd}\u{fffd}☜☞☝☟\u{fffd}☺\u{fffd}☹\u{fffd}☠\u{fffd}\u{fffd}✈☼\u{fffd}❄\u{fffd}✞\u{fffd}✠✡☪☯\
    \u{fffd}☸♈♉♊♋♌♍♎♏♐♑♒♓\u{fffd}\u{fffd}●❍■□\u{fffd}❑❒⬧⧫◆❖⬥⌧\u{fffd}⌘\u{fffd}\u{fffd}\u{fffd}\u{fffd}\
    \u{fffd}⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}·•\u{fffd}○\
    \u{fffd}\u{fffd}◉◎\u{fffd}▪◻\u{fffd}\u{fffd}★\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}⌖\u{fffd}\u{fffd}\
    \u{fffd}✪✰\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\
    \u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\
    \u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}⌫⌦\u{fffd}➢\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\
    \u{fffd}←→↑↓↖↗↙↘\u{fffd}➔\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}⇦⇨⇧⇩⬄⇳⬀⬁⬃⬂\u{fffd}\u{fffd}✗✓☒☑\
    \u{fffd}";

/// A font of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pictures {
    Wingdings,
    /// Wingdings 2 and 3, Webdings: bullets of office programs now and then.
    OtherWindows,
    Symbol,
    /// The font of LibreOffice's bullets; it has those of Symbol where Word's documents have them.
    OpenSymbol,
}

impl Pictures {
    /// By a font's name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.split_once('+').map_or(name, |(_, name)| name);
        Some(match name.split([',', '-']).next()? {
            "Wingdings" => Self::Wingdings,
            "Wingdings2" | "Wingdings3" | "Wingdings 2" | "Wingdings 3" | "Webdings" => {
                Self::OtherWindows
            }
            "Symbol" | "SymbolMT" => Self::Symbol,
            "OpenSymbol" => Self::OpenSymbol,
            _ => return None,
        })
    }

    /// The picture for a character that a map or an encoding names: a Latin one, or the private-use one at U+F000 from
    /// its code. Pictures without a character of their own are private.
    pub(super) fn picture(self, character: char) -> char {
        let code = match (self, character) {
            (Self::OpenSymbol, '\u{e00a}') => return '■',
            (Self::OpenSymbol, '\u{e00c}') => return '◆',
            // The letters of these fonts' maps are what they say; only their private ones are codes.
            (Self::Symbol | Self::OpenSymbol, '\u{f020}'..='\u{f0ff}') => {
                u32::from(character) - 0xF000
            }
            (Self::Symbol | Self::OpenSymbol, _) => return character,
            (_, '!'..='\u{ff}') => u32::from(character),
            (_, '\u{f020}'..='\u{f0ff}') => u32::from(character) - 0xF000,
            _ => match encoding_rs::WINDOWS_1252.encode(character.encode_utf8(&mut [0; 4])) {
                (bytes, _, false) if bytes.len() == 1 && !"•·".contains(character) => {
                    u32::from(bytes.first().copied().unwrap_or_default())
                }
                _ => return character,
            },
        };
        let row = match self {
            Self::Wingdings => WINGDINGS,
            Self::OtherWindows => "",
            Self::Symbol | Self::OpenSymbol => standard::SYMBOL,
        };
        let known = row.chars().nth(code.wrapping_sub(0x20) as usize);
        let private = || char::from_u32(0xF000 + code).unwrap_or(character);
        known
            .filter(|known| *known != '\u{fffd}')
            .unwrap_or_else(private)
    }
}
