//! Comparison keys, never shown: two texts with the same key say the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use unicode_normalization::UnicodeNormalization;

use super::{clean, width};

/// The comparison key, never shown: two texts with the same key say the same.
///
/// Compatibility characters decomposed (NFKC), no white space, variation selectors and invisible
/// characters; commas, full stops, dots, wave dashes, quotation marks and letter case folded; the usual spelling variants
/// of municipal texts in one form.
pub fn key(text: &str) -> String {
    let (mut key, all_plain) = folded(text);
    // Folding may bring a letter and its mark together, and one variant's form may end another (受け付けけ):
    // what is said twice over is folded twice, so that a key is its own key.
    if !all_plain {
        key = settled(key);
    }
    while key.chars().any(may_be_spelled_otherwise) {
        let next = spelled(&key);
        if next == key {
            break;
        }
        key = if all_plain { next } else { settled(next) };
    }
    key
}

/// Whether the key of a text can hold a word that is a key, told without making it: the text has the kanji that the
/// word ends with, or a character that may become it.
pub fn may_say(text: &str, word: &str) -> bool {
    let last = word.chars().next_back().unwrap_or_default();
    let is_form = |&(_, form): &(&str, &str)| form.contains(last);
    if !is_kana_or_kanji(last) || SPELLINGS.iter().any(is_form) {
        return true;
    }
    let may_be = |c| fold_for_key(c) == last || c == '々' || !is_plain(c);
    text.chars().any(may_be)
}

/// A text folded until nothing changes any more.
fn settled(mut text: String) -> String {
    loop {
        let (next, _) = folded(&text);
        if next == text {
            return text;
        }
        text = next;
    }
}

/// NFKC of the cleaned text, without what is not seen, each character in one form; and whether all were plain.
fn folded(text: &str) -> (String, bool) {
    let mut key = String::with_capacity(text.len());
    let mut rest = text;
    let mut all_plain = true;
    while !rest.is_empty() {
        let (plain, other, next) = divided(rest);
        let folded = plain.chars().map(width::half_width);
        folded.for_each(|c| push_folded(&mut key, c));
        clean(other).nfkc().for_each(|c| push_folded(&mut key, c));
        all_plain &= other.is_empty();
        rest = next;
    }
    (key, all_plain)
}

/// Divides a text into plain characters, others with the one before them – a mark may join it – and the rest.
fn divided(text: &str) -> (&str, &str, &str) {
    let Some(first) = text.find(|c| !is_plain(c)) else {
        return (text, "", "");
    };
    let before = text[..first].char_indices().next_back();
    let start = before.map_or(0, |(at, _)| at);
    let end = text[first..].find(is_plain);
    let end = end.map_or(text.len(), |length| first + length);
    (&text[..start], &text[start..end], &text[end..])
}

/// Whether NFKC does no more to a character than to fold its width, whatever stands before it, and [`clean`]
/// nothing: ASCII and its full-width forms, kana, the unified kanji, the usual punctuation. Most texts have no
/// others, and the tables of Unicode cost more than all the rest.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='~' | '\u{3000}'..='〕' | 'ぁ'..='ゖ' | 'ァ'..='ヾ' | '\u{4e00}'..='\u{9fff}' | '！'..='～')
}

fn is_kana_or_kanji(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{4e00}'..='\u{9fff}')
}

/// Appends a character to a key, folded, unless it counts for nothing there.
fn push_folded(key: &mut String, c: char) {
    // Kana and kanji have no case and are not white space.
    if is_kana_or_kanji(c) || c.is_ascii_alphanumeric() {
        key.push(fold_for_key(c).to_ascii_lowercase());
    } else if !(c.is_whitespace() || width::is_invisible(c) || is_variation_selector(c)) {
        key.extend(fold_for_key(c).to_lowercase());
    }
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// One form for characters that are used for each other.
fn fold_for_key(c: char) -> char {
    match c {
        ',' | '､' => '、',
        '｡' | '．' => '。',
        '〜' | '～' | '∼' => '~',
        '･' | '·' | '•' | '‧' | '●' => '・',
        '−' | '‐' | '–' | '—' | '―' | '－' => '-',
        '“' | '”' | '〝' | '〟' | '"' => '"',
        '『' => '「',
        '』' => '」',
        '剝' => '剥',
        '塡' => '填',
        '頰' => '頬',
        '吞' => '呑',
        '𠮟' => '叱',
        '靭' => '靱',
        '髙' => '高',
        '﨑' => '崎',
        '〇' | '◯' => '○',
        _ => c,
    }
}

/// Spelling variants -> one of them. Longer ones first.
const SPELLINGS: &[(&str, &str)] = &[
    ("取り組み", "取組"),
    ("取り組む", "取組む"),
    ("取り組ん", "取組ん"),
    ("取り組", "取組"),
    ("打ち合わせ", "打合せ"),
    ("打合わせ", "打合せ"),
    ("引き継ぎ", "引継ぎ"),
    ("手続き", "手続"),
    ("一人ひとり", "一人一人"),
    ("ひとりひとり", "一人一人"),
    ("すべて", "全て"),
    ("在り方", "あり方"),
    ("障がい", "障害"),
    ("ヶ月", "か月"),
    ("ヵ月", "か月"),
    ("カ月", "か月"),
    ("ケ月", "か月"),
    ("箇月", "か月"),
    ("ファシリティー", "ファシリティ"),
    ("インターフェイス", "インターフェース"),
    ("子供", "子ども"),
    ("および", "及び"),
    ("または", "又は"),
    ("ならびに", "並びに"),
    ("もしくは", "若しくは"),
    ("さまざま", "様々"),
    ("出来る", "できる"),
    ("問い合わせ", "問合せ"),
    ("問合わせ", "問合せ"),
    ("申し込み", "申込み"),
    ("受け付け", "受付"),
    ("受付け", "受付"),
    ("取り扱い", "取扱い"),
    ("見なおし", "見直し"),
    ("引きつづき", "引き続き"),
    ("引続き", "引き続き"),
    ("わかりやす", "分かりやす"),
    ("寄付", "寄附"),
    ("ヶ所", "か所"),
    ("ヵ所", "か所"),
    ("カ所", "か所"),
    ("ケ所", "か所"),
    ("箇所", "か所"),
    ("センタ-", "センタ"),
];

/// A first character -> the variants that begin with it, each with its form.
type Variants = HashMap<char, Vec<(&'static str, &'static str)>, FixedState>;

/// [`SPELLINGS`] by the first character of the variant.
static SPELLINGS_BY_FIRST: LazyLock<Variants> = LazyLock::new(|| {
    let mut by_first = Variants::default();
    for &(variant, form) in SPELLINGS {
        let first = variant.chars().next().unwrap_or_default();
        by_first.entry(first).or_default().push((variant, form));
    }
    by_first
});

/// Whether a character can begin what [`spelled`] changes.
fn may_be_spelled_otherwise(c: char) -> bool {
    matches!(c, 'ー' | '々') || SPELLINGS_BY_FIRST.contains_key(&c)
}

fn spelled(key: &str) -> String {
    let spellings = &*SPELLINGS_BY_FIRST;
    let mut spelled = String::with_capacity(key.len());
    let mut rest = key;
    while let Some(c) = rest.chars().next() {
        let mut variants = spellings.get(&c).into_iter().flatten();
        if let Some((variant, form)) = variants.find(|(variant, _)| rest.starts_with(variant)) {
            // What a form holds is folded like any text: 様々 → 様様.
            match form
                .strip_suffix('々')
                .and_then(|head| head.chars().next_back())
            {
                Some(repeated) => {
                    spelled.push_str(form.trim_end_matches('々'));
                    spelled.push(repeated);
                }
                None => spelled.push_str(form),
            }
            rest = &rest[variant.len()..];
        } else if c == 'ー' && ends_long_word(&spelled, rest) {
            rest = &rest[c.len_utf8()..];
        } else if c == '々' {
            // 々 repeats the kanji before it.
            spelled.push(spelled.chars().next_back().unwrap_or(c));
            rest = &rest[c.len_utf8()..];
        } else {
            spelled.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    spelled
}

/// Katakana words of more than three letters are written with a long vowel at their end or without (JIS Z
/// 8301:2019 annex): サーバー, サーバ. The key has none.
fn ends_long_word(before: &str, rest: &str) -> bool {
    let katakana = |c: char| matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー');
    let goes_on = rest.chars().nth(1).is_some_and(katakana);
    !goes_on && before.chars().rev().take_while(|&c| katakana(c)).count() >= 3
}

/// Words that are written in more than one way, in every way that the key knows.
pub(super) fn spelling_variants() -> impl Iterator<Item = &'static str> {
    SPELLINGS
        .iter()
        .flat_map(|&(variant, form)| [variant, form])
}

/// The key of a column heading or label: like [`key`], but also without dots and slashes' differences, a
/// trailing bracketed gloss, and a trailing 欄.
pub fn heading_key(text: &str) -> String {
    let mut key = key(text);
    let mut heading = key.as_str();
    loop {
        let without = without_gloss(heading);
        let without = without.strip_suffix('欄').unwrap_or(without);
        if without.is_empty() || without == heading {
            break;
        }
        heading = without;
    }
    // Only its end was left out.
    key.truncate(heading.len());
    key
}

/// Whether a text in lines is certain to have a [`heading_key`] of more than `longest` characters, told without
/// making it: most cells of a table are bodies, and their keys are not needed to see that they are no headings.
///
/// Plain letters stand in a key, or two of them as one where a spelling is shortened; a gloss, which the key
/// leaves out, ends with a bracket, or with one before 欄.
pub fn is_longer_than_heading<'a>(
    lines: impl DoubleEndedIterator<Item = &'a str> + Clone,
    longest: usize,
) -> bool {
    let is_letter = |c: &char| c.is_ascii_alphanumeric() || is_kana_or_kanji(*c);
    let mut letters = lines.clone().flat_map(str::chars).filter(is_letter);
    let mut backwards = lines.rev().flat_map(|line| line.chars().rev());
    letters.nth(2 * (longest + 1)).is_some()
        && backwards
            .find(|c| !c.is_whitespace())
            .is_some_and(|last| is_plain(last) && !matches!(last, ')' | '）' | '欄'))
}

/// Cuts a trailing bracketed gloss: `いつまで(期限)` → `いつまで`; a text that is nothing but a bracket stays.
fn without_gloss(key: &str) -> &str {
    let Some(open) = key.strip_suffix(')').and_then(|body| {
        let mut depth = 1;
        body.char_indices().rev().find_map(|(at, c)| {
            depth += i32::from(c == ')') - i32::from(c == '(');
            (depth == 0).then_some(at)
        })
    }) else {
        return key;
    };
    if open == 0 { key } else { &key[..open] }
}

/// Characters that machine reading takes for each other, in one form; only for recognising headings.
pub fn fold_misread(heading_key: &str) -> String {
    heading_key
        .chars()
        .map(|c| match c {
            '未' => '末',
            'ニ' => '二',
            'カ' => '力',
            'ロ' => '口',
            'エ' => '工',
            'ハ' => '八',
            'タ' => '夕',
            'ト' => '卜',
            'へ' => 'ヘ',
            'ー' | '一' => '-',
            '己' => '已',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_by_pieces_is_the_key_of_the_whole() {
        let once = |text: &str| {
            let mut key = String::new();
            let folded = clean(text).nfkc().collect::<Vec<char>>();
            for c in folded {
                push_folded(&mut key, c);
            }
            key
        };
        let whole = |text: &str| {
            let mut key = once(text);
            for _ in 0..4 {
                key = once(&key);
            }
            for _ in 0..4 {
                key = once(&spelled(&key));
            }
            key
        };
        let some = [
            'か', '\u{3099}', 'ｶ', 'ﾞ', 'e', 'Ｅ', '\u{301}', '①', '　', '\u{200b}', 'ー', '々',
            '⻑',
        ];
        for code in 0..some.len().pow(4) {
            let at = |place: u32| some[code / some.len().pow(place) % some.len()];
            let text: String = (0..4).map(at).collect();
            assert_eq!(key(&text), whole(&text), "{text:?}");
        }
    }

    #[test]
    fn a_word_that_a_key_holds_is_never_ruled_out() {
        for text in [
            "運営⽅針",
            "運営方 針",
            "運営方\n針（案）",
            "令和8年度 運営方針",
        ] {
            assert!(
                key(text).contains("運営方針") && may_say(text, "運営方針"),
                "{text}"
            );
        }
        assert!(may_say(
            "取り組みのすべて",
            &key("取組の全て").replace('て', "")
        ));
        assert!(!may_say("待ち時間を短くする", "運営方針"));
    }

    #[test]
    fn bodies_are_told_from_headings_without_their_keys() {
        let is_longer = |text: &str| is_longer_than_heading(text.lines(), 4);
        assert!(is_longer("待ち時間の短縮が、\n全ての窓口で図られている。"));
        assert!(!is_longer("いつまで"));
        assert!(!is_longer("いつまで\n(目標等を達成するための期限)"));
        assert!(!is_longer("いつまで（目標等を達成するための期限）"));
        // A key may be half as long as its text: ひとりひとり is 一人一人, 取り組み is 取組.
        assert!(!is_longer("取り組み取り組み"));
    }

    #[test]
    fn key_folds_width_punctuation_and_spelling() {
        assert_eq!(
            key("ＤＸ，取り組みを　推進（第３期）"),
            key("DX、取組を推進(第3期)")
        );
        assert_eq!(key("サーバー"), key("サーバ"));
        assert_eq!(key("ユーザー登録"), key("ユーザ登録"));
        assert_ne!(key("スキー場"), key("スキ場"));
        assert_eq!(key("さまざまな子供"), key("様々な子ども"));
        assert_eq!(key("3ヶ所"), key("3か所"));
        assert_eq!(key("人々"), key("人人"));
        assert_eq!(key("ハ\tﾞス停"), key("バス停"));
        assert_ne!(key("76%以上"), key("80%以上"));
    }

    #[test]
    fn heading_key_drops_gloss_and_wraps() {
        assert_eq!(heading_key("いつまで\n(期限)"), "いつまで");
        assert_eq!(
            heading_key("計画・方針\n等の分類"),
            heading_key("計画･方針等の分類欄")
        );
        assert_eq!(heading_key("（部の組織目標）"), "(部の組織目標)");
        assert_eq!(heading_key("目標（数値）欄"), "目標");
    }
}
