//! Which characters keep a line from ending between them (JIS X 4051 §6, 行頭禁則 and 行末禁則).

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
