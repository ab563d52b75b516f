//! Where a text may be cut: not inside a number with its unit, a date, a word of Latin letters or katakana,
//! or a short compound of kanji.

use crate::text::spelled_length;

/// Kanji compounds up to this length are one word; longer ones are several, and may be cut.
const LONGEST_WORD: usize = 5;

/// Units and counters that belong to the number before them, longer ones first.
const UNITS: &[&str] = &[
    "パーセント",
    "ポイント",
    "キロメートル",
    "メートル",
    "キログラム",
    "トン",
    "ヘクタール",
    "百万円",
    "千円",
    "万円",
    "億円",
    "円",
    "年度末",
    "年度",
    "年間",
    "年",
    "か月",
    "カ月",
    "ヶ月",
    "箇月",
    "月末",
    "月",
    "日間",
    "日",
    "週間",
    "時間",
    "時",
    "分",
    "秒",
    "回",
    "件",
    "人",
    "名",
    "か所",
    "カ所",
    "ヶ所",
    "箇所",
    "世帯",
    "団体",
    "業務",
    "施設",
    "事業",
    "地区",
    "校",
    "園",
    "社",
    "台",
    "基",
    "本",
    "冊",
    "部",
    "枚",
    "点",
    "割",
    "倍",
    "位",
    "歳",
    "番",
    "期",
    "次",
    "号",
    "条",
    "項",
    "章",
    "つ",
    "種類",
    "項目",
    "㎡",
    "㎢",
    "㎞",
    "㎏",
    "㎥",
    "kwh",
    "kw",
    "kg",
    "km",
    "ha",
    "g",
    "t",
    "m",
    "%",
];
/// Words after a quantity that bound it.
const BOUNDS: &[&str] = &[
    "以上", "以下", "未満", "以内", "超", "程度", "前後", "台", "減", "増",
];
/// Words before a number that belong to it.
const BEFORE: &[&str] = &[
    "令和", "平成", "昭和", "延べ", "累計", "年間", "毎月", "約", "第", "年", "月", "週", "計",
];

/// For each boundary of the text, from 0 to its length, whether it may be cut there.
pub fn cuts(text: &[char]) -> Vec<bool> {
    let mut cuts = vec![false; text.len() + 1];
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let (length, inside) = word(rest);
        let length = length.max(1);
        for (offset, slot) in cuts.iter_mut().skip(at).take(length).enumerate() {
            *slot = offset == 0 || inside == Inside::Cuts;
        }
        at += length;
    }
    if let Some(last) = cuts.last_mut() {
        *last = true;
    }
    cuts
}

/// Whether a stretch may be cut inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Whole,
    Cuts,
}

/// The length of the word that the text begins with, or of several that are written as one.
fn word(text: &[char]) -> (usize, Inside) {
    let known = quantity_length(text).or_else(|| spelling_length(text));
    if let Some(length) = known {
        return (length, Inside::Whole);
    }
    let Some(&first) = text.first() else {
        return (0, Inside::Whole);
    };
    let run = |belongs: fn(char) -> bool| text.iter().take_while(|&&c| belongs(c)).count();
    match first {
        _ if is_latin(first) => (run(is_latin), Inside::Whole),
        _ if is_katakana(first) => (run(is_katakana), Inside::Whole),
        _ if is_kanji(first) => match kanji_run(text) {
            length if length > LONGEST_WORD => (length, Inside::Cuts),
            length => (length, Inside::Whole),
        },
        _ => (1, Inside::Whole),
    }
}

/// A word that may be written otherwise: 取り組み and 取組 are one difference, not two.
fn spelling_length(text: &[char]) -> Option<usize> {
    spelled_length(text).filter(|_| !text.first().is_some_and(|&c| is_katakana(c)))
}

/// Kanji up to the next quantity.
fn kanji_run(text: &[char]) -> usize {
    let mut length = 0;
    while let Some(rest) = text.get(length..) {
        let goes_on = rest.first().is_some_and(|&c| is_kanji(c));
        let other = || quantity_length(rest).is_some() || spelling_length(rest).is_some();
        if !goes_on || length > 0 && other() {
            break;
        }
        length += 1;
    }
    length
}

/// 令和8年4月1日, 延べ1,200人以上, 第3期, 76.5%: all of it.
fn quantity_length(text: &[char]) -> Option<usize> {
    let mut at = 0;
    while let Some(length) = starts(text.get(at..)?, BEFORE) {
        at += length;
    }
    let mut any = false;
    loop {
        let digits = number_length(text.get(at..)?);
        if digits == 0 {
            break;
        }
        any = true;
        at += digits;
        at += starts(text.get(at..)?, &["万", "億", "千"]).unwrap_or(0);
        while let Some(length) = starts(text.get(at..)?, UNITS) {
            at += length;
        }
    }
    if !any {
        return None;
    }
    at += starts(text.get(at..)?, BOUNDS).unwrap_or(0);
    Some(at)
}

fn number_length(text: &[char]) -> usize {
    let mut length = 0;
    while let Some(&c) = text.get(length) {
        let next_is_digit = || text.get(length + 1).is_some_and(|&c| is_digit(c));
        let goes_on = is_digit(c)
            || length > 0 && matches!(c, ',' | '，' | '.' | '．' | '・') && next_is_digit()
            || length == 0 && c == '元' && text.get(1) == Some(&'年');
        if !goes_on {
            break;
        }
        length += 1;
    }
    length
}

fn starts(text: &[char], words: &[&str]) -> Option<usize> {
    let fits = |word: &&&str| {
        let mut letters = text.iter().map(|&c| folded(c));
        word.chars().all(|c| letters.next() == Some(c))
    };
    words.iter().find(fits).map(|word| word.chars().count())
}

fn folded(c: char) -> char {
    crate::text::width::half_width(c).to_ascii_lowercase()
}

fn is_digit(c: char) -> bool {
    crate::text::width::half_width(c).is_ascii_digit()
}

fn is_latin(c: char) -> bool {
    let c = crate::text::width::half_width(c);
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}')
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | '\u{ff66}'..='\u{ff9f}')
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        let cuts = cuts(&characters);
        let mut words = vec![String::new()];
        for (at, c) in characters.iter().enumerate() {
            if at > 0 && cuts[at] {
                words.push(String::new());
            }
            words.last_mut().unwrap().push(*c);
        }
        words
    }

    #[test]
    fn quantities_dates_and_words_stay_whole() {
        for (text, expected) in [
            ("76%以上に", vec!["76%以上", "に"]),
            ("令和８年度に実施", vec!["令和８年度", "に", "実施"]),
            ("令和8年4月1日から", vec!["令和8年4月1日", "か", "ら"]),
            ("延べ1,200人が", vec!["延べ1,200人", "が"]),
            ("第3期計画", vec!["第3期", "計画"]),
            ("年2回DXセンターで", vec!["年2回", "DX", "センター", "で"]),
            ("1万5千円以下", vec!["1万5千円以下"]),
            ("放課後子ども教室", vec!["放課後", "子ども", "教室"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn long_compounds_may_be_cut() {
        assert_eq!(words("公共施設管理委託").len(), 8);
        assert_eq!(words("秘書課"), ["秘書課"]);
    }
}
