//! The fonts that a sheet can be set in, with what measuring needs to know of each.

use crate::text;

/// A font of Japanese offices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Font {
    /// Its name as spreadsheets store it.
    pub name: &'static str,
    /// The family of ECMA-376 §18.8.18: 1 roman (明朝), 2 swiss, 3 modern (fixed pitch).
    pub(super) family: u8,
    /// The width of Latin letters and figures in half ems, on the wide side.
    pub(super) latin: f64,
    /// From line to line, in ems: what Excel gives a row of one line, with some slack for printer drivers.
    pub(super) pitch: f64,
    /// Other names of the same font.
    aliases: &'static [&'static str],
}

const fn font(
    name: &'static str,
    family: u8,
    latin: f64,
    pitch: f64,
    aliases: &'static [&'static str],
) -> Font {
    Font {
        name,
        family,
        latin,
        pitch,
        aliases,
    }
}

/// The fonts, the default first. The pitch is the row height that Excel chooses for one line, by the size, and
/// 6 % more; for the fonts that come with Windows at least that of Noto CJK (1.448), which stands in for them
/// where they are missing: there, too, no line may be cut.
pub const FONTS: &[Font] = &[
    font("ＭＳ 明朝", 1, 1.0, 1.45, &["MS Mincho"]),
    font("ＭＳ ゴシック", 3, 1.0, 1.45, &["MS Gothic"]),
    font("ＭＳ Ｐ明朝", 1, 1.2, 1.45, &["MS PMincho"]),
    font("ＭＳ Ｐゴシック", 3, 1.2, 1.45, &["MS PGothic"]),
    font(
        "BIZ UD明朝 Medium",
        1,
        1.0,
        1.45,
        &["BIZ UD明朝", "BIZ UDMincho Medium", "BIZ UDMincho"],
    ),
    font("BIZ UDゴシック", 3, 1.0, 1.45, &["BIZ UDGothic"]),
    font(
        "BIZ UDP明朝 Medium",
        1,
        1.2,
        1.45,
        &["BIZ UDP明朝", "BIZ UDPMincho Medium", "BIZ UDPMincho"],
    ),
    font("BIZ UDPゴシック", 3, 1.2, 1.45, &["BIZ UDPGothic"]),
    font("游明朝", 1, 1.2, 1.8, &["Yu Mincho"]),
    font("游ゴシック", 3, 1.2, 1.8, &["Yu Gothic"]),
    font("メイリオ", 3, 1.25, 1.8, &["Meiryo"]),
    font(
        "IPA明朝",
        1,
        1.0,
        1.3,
        &["IPAMincho", "IPAex明朝", "IPAexMincho"],
    ),
    font(
        "IPAゴシック",
        3,
        1.0,
        1.3,
        &["IPAGothic", "IPAexゴシック", "IPAexGothic"],
    ),
    font("Noto Serif CJK JP", 1, 1.2, 1.6, &["Noto Serif JP"]),
    font("Noto Sans CJK JP", 2, 1.2, 1.6, &["Noto Sans JP"]),
];

impl Font {
    /// The font of a name, whatever the width of its letters: `MS 明朝` is ＭＳ 明朝.
    pub fn named(name: &str) -> Option<Self> {
        let key = text::key(name);
        let is = |font: &&Font| {
            text::key(font.name) == key || font.aliases.iter().any(|alias| text::key(alias) == key)
        };
        FONTS.iter().find(is).copied()
    }
}

impl Default for Font {
    /// ＭＳ 明朝, which every Windows has and public offices print in.
    fn default() -> Self {
        FONTS[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_width_and_language() {
        for name in ["ＭＳ 明朝", "MS 明朝", "MS Mincho", "ms明朝"] {
            assert_eq!(Font::named(name).map(|font| font.name), Some("ＭＳ 明朝"));
        }
        assert_eq!(
            Font::named("ＭＳ Ｐ明朝").map(|font| font.name),
            Some("ＭＳ Ｐ明朝")
        );
        assert_eq!(Font::named("Comic Sans"), None);
    }
}
