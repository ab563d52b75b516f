//! Characters that differ only in width or variant -> one form; used for numbers, labels and keys.

/// Full-width ASCII (U+FF01–FF5E) and the ideographic space in half width; other characters unchanged.
/// One character in, one character out, so that positions by character stay.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2003}' | '\u{2002}' => ' ',
        _ => c,
    }
}

/// [`half_width`] of a text.
pub fn fold_width(text: &str) -> String {
    text.chars().map(half_width).collect()
}

/// Whether a character looks like a hyphen: in labels and numbers they are all `-`; in words ー is a letter.
pub fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}' | '\u{ff70}'
    )
}

/// Characters that show nothing: zero-width spaces and joiners, the soft hyphen, the byte order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{ad}' | '\u{feff}'
    )
}

/// A CJK radical in place of the ordinary kanji (domain of PDF fonts): U+2F00–2FD5 by their compatibility
/// decomposition, the supplement by an own table, since only two of it decompose.
pub fn unradical(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fd5}' => {
            use unicode_normalization::UnicodeNormalization;
            let mut decomposed = std::iter::once(c).nfkc();
            decomposed.next().unwrap_or(c)
        }
        '\u{2e80}'..='\u{2ef3}' => SUPPLEMENT
            .binary_search_by_key(&c, |&(radical, _)| radical)
            .map_or(c, |at| SUPPLEMENT[at].1),
        _ => c,
    }
}

/// Punctuation as fonts draw it for vertical writing (Unicode: Vertical Forms, CJK Compatibility Forms) as it is
/// written.
pub fn unvertical(c: char) -> char {
    let at = |first: u32| (u32::from(c) - first) as usize;
    let found = match c {
        '\u{fe10}'..='\u{fe19}' => "，、。：；！？〖〗…".chars().nth(at(0xFE10)),
        '\u{fe30}'..='\u{fe44}' => "‥—–＿〰（）｛｝〔〕【】《》〈〉「」『』"
            .chars()
            .nth(at(0xFE30)),
        '\u{fe47}' => Some('［'),
        '\u{fe48}' => Some('］'),
        _ => None,
    };
    found.unwrap_or(c)
}

/// Radicals of the supplement whose form is that of an ordinary kanji in Japanese fonts.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺍', 'ツ'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺛', '旡'),
    ('⺝', '月'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺱', '罓'),
    ('⺺', '肀'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻄', '西'),
    ('⻆', '角'),
    ('⻑', '長'),
    ('⻘', '青'),
    ('⻝', '食'),
    ('⻤', '鬼'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻫', '斉'),
    ('⻭', '歯'),
    ('⻯', '竜'),
    ('⻲', '亀'),
];

#[cfg(test)]
mod tests {
    use super::unvertical;

    #[test]
    fn vertical_forms_are_the_punctuation_that_is_written() {
        let written: String = "︐︑︒︙︰︱︵︶︹︻︽︿﹁﹂﹃﹄﹇﹈、"
            .chars()
            .map(unvertical)
            .collect();
        assert_eq!(written, "，、。…‥—（）〔【《〈「」『』［］、");
    }
}
