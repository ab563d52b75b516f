//! Classes of characters that decide where lines and sentences may end (JIS X 4051 §4.3 and §6, 行頭禁則 and 行末禁則).

/// Whether a character may not begin a line: closing punctuation, small kana, iteration and unit marks.
pub fn may_not_begin(c: char) -> bool {
    const BEGINS_NO_LINE: &str = "、。，．・：；？！゛゜ヽヾゝゞ々〻ー～〜…‥”’〟）〕］｝〉》」』】°′″℃％‰\
        ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ";
    BEGINS_NO_LINE.contains(c)
}

/// Whether a character may not end a line: opening brackets and quotation marks, signs before an amount.
pub fn may_not_end(c: char) -> bool {
    const ENDS_NO_LINE: &str = "“‘〝（〔［｛〈《「『【([{｢￥＄";
    ENDS_NO_LINE.contains(c)
}

/// Whether it opens brackets.
pub fn opens(c: char) -> bool {
    matches!(
        c,
        '（' | '(' | '［' | '[' | '｛' | '{' | '「' | '『' | '【' | '〈' | '《' | '〔' | '｢'
    )
}

/// Whether it closes brackets.
pub fn closes(c: char) -> bool {
    matches!(
        c,
        '）' | ')' | '］' | ']' | '｝' | '}' | '」' | '』' | '】' | '〉' | '》' | '〕' | '｣'
    )
}

/// Whether brackets are open at the end of a text.
pub fn leaves_open(text: &str) -> bool {
    let mut last = text.chars().rev().filter(|&c| opens(c) || closes(c));
    last.next().is_some_and(opens)
}

/// Punctuation that a writer may hang beyond the edge (JIS X 4051 ぶら下げ組).
pub fn hangs(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．' | ',' | '.' | '､' | '｡')
}

/// Whether a character is a part of a Latin word or a number, which writers keep whole.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '.' | ',' | '%' | '-' | '/' | '\'' | '_' | '@' | '&' | '+'
        )
        || ('\u{c0}'..='\u{24f}').contains(&c)
}

/// Whether it is an arrow, which is not parted from a number after it (UAX #14: AL × NU): →7,000円.
pub fn is_arrow(c: char) -> bool {
    ('\u{2190}'..='\u{21ff}').contains(&c)
}

/// Whether a line that ends with this character ends a sentence.
pub fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '．' | '｡' | '：' | '！' | '？' | '!' | '?')
}

/// Whether a sentence ends at the end of a text, brackets that close after it aside.
pub fn ends_sentence(text: &str) -> bool {
    let said = text.trim_end().trim_end_matches(closes);
    said.chars().next_back().is_some_and(is_sentence_end)
}

/// Whether a line that ends with this character may end an item: a sentence or a bracketed remark.
pub fn ends_item(c: char) -> bool {
    is_sentence_end(c) || matches!(c, '）' | ')' | '」' | '』' | '】')
}

/// Whether it is kana, what readings are set in.
pub fn is_kana(c: char) -> bool {
    ('ぁ'..='ゖ').contains(&c) || ('ァ'..='ヺ').contains(&c) || matches!(c, 'ー' | '・')
}

/// Whether it is a kanji, what readings stand beside.
pub fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々' | '〆' | '\u{20000}'..='\u{3ffff}')
}
