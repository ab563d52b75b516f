//! Bytes of a text file -> characters: UTF-8, UTF-16, Shift_JIS (CP932) or EUC-JP, told by what they decode to.

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text.
pub(crate) struct Decoded {
    pub text: String,
}

/// Decodes a text; `None` if it is no text in any encoding that is read.
pub(crate) fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return strict(encoding, bytes.get(length..)?);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        // A zero that damage left in another encoding makes no lines.
        return strict(encoding, bytes).filter(|decoded| decoded.text.contains(['\n', '\r']));
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Some(decoded) = strict(UTF_8, bytes) {
        return Some(decoded);
    }
    let candidates = [SHIFT_JIS, EUC_JP]
        .into_iter()
        .filter_map(|encoding| strict(encoding, bytes));
    // On a tie the first stands: Shift_JIS is what Excel writes on a Japanese system.
    candidates
        .map(|decoded| (plausibility(&decoded.text), decoded))
        .reduce(|a, b| if b.0 > a.0 { b } else { a })
        .map(|(_, decoded)| decoded)
}

/// A damaged byte or two do not make a text unreadable: so many of its characters may be wrong.
const DAMAGED_OF: usize = 500;

/// A text in which a few bytes do not decode or are controls that no text has: each stands as U+FFFD or as it is.
/// `None` if there are more in every encoding.
pub(crate) fn decode_damaged(bytes: &[u8]) -> Option<Decoded> {
    // ISO-2022-JP would pass for a few damaged characters among many of ASCII.
    if bytes.contains(&0x1b) {
        return None;
    }
    let (bytes, candidates) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (bytes.get(length..)?, vec![encoding]),
        None => (bytes, vec![UTF_8, SHIFT_JIS, EUC_JP]),
    };
    let damaged = |text: &str| text.chars().filter(|&c| is_damage(c)).count();
    let texts = candidates.into_iter().map(|encoding| {
        let text = encoding.decode_without_bom_handling(bytes).0;
        (damaged(&text), text)
    });
    let (count, text) = texts.reduce(|a, b| if b.0 < a.0 { b } else { a })?;
    (count <= 1 + text.chars().count() / DAMAGED_OF).then(|| Decoded {
        text: text.into_owned(),
    })
}

/// HTML or XML in the encoding that it names, or that is named beside it; a byte order mark and UTF-8 that is right go
/// before either. What does not decode is U+FFFD.
pub(crate) fn decode_marked_up(bytes: &[u8], named: Option<&str>) -> String {
    let own = declared(bytes);
    let label = named.or(own.as_deref());
    let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match named {
        // Its bytes are those of ASCII, and would pass for UTF-8.
        Some(encoding) if encoding == ISO_2022_JP => encoding.decode(bytes).0.into_owned(),
        named => {
            let found = utf_16_without_mark(bytes);
            match (found, std::str::from_utf8(bytes), named) {
                (None, Ok(text), _) => text.to_owned(),
                (Some(encoding), ..) | (None, Err(_), Some(encoding)) => {
                    encoding.decode(bytes).0.into_owned()
                }
                (None, Err(_), None) => decode(bytes).map_or_else(
                    || SHIFT_JIS.decode(bytes).0.into_owned(),
                    |decoded| decoded.text,
                ),
            }
        }
    }
}

/// The encoding that the beginning of a page or an XML part names.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..bytes.len().min(SAMPLE))?;
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let after = |word: &str| start.find(word).and_then(|at| start.get(at + word.len()..));
    let value = after("charset=").or_else(|| after("encoding="))?;
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
    value.get(..end.unwrap_or(value.len())).map(str::to_owned)
}

/// Codes that no text has.
fn is_damage(c: char) -> bool {
    let is_text = matches!(
        c,
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}' | '\u{85}'
    );
    c == '\u{fffd}' || c.is_control() && !is_text
}

/// The text, if every byte decodes and it holds no control characters that texts do not have.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let control = |c: char| c != '\u{fffd}' && is_damage(c);
    (!text.contains(control)).then(|| Decoded {
        text: text.into_owned(),
    })
}

/// Bytes looked at for the pattern of zeros.
const SAMPLE: usize = 4096;

/// UTF-16 without a byte order mark: line breaks, digits, commas and spaces have a zero for their high
/// byte, and no other encoding of text has zeros at all.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = bytes.get(..bytes.len().min(SAMPLE))?;
    let zeros = |phase: usize| {
        sample
            .iter()
            .skip(phase)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (first, second) = (zeros(0), zeros(1));
    match (first, second) {
        (0, 0) => None,
        (first, second) if second > first * 4 => Some(UTF_16LE),
        (first, second) if first > second * 4 => Some(UTF_16BE),
        _ => None,
    }
}

/// How much a text looks like Japanese: kana, punctuation and kanji of the first level speak for it,
/// half-width kana, gaiji and rare characters against it. Shift_JIS read as EUC-JP gives rare kanji, EUC-JP
/// read as Shift_JIS half-width kana.
fn plausibility(text: &str) -> i64 {
    text.chars()
        .map(|c| match c {
            'ぁ'..='ん'
            | 'ァ'..='ヶ'
            | 'ー'
            | '、'
            | '。'
            | '，'
            | '・'
            | '「'
            | '」'
            | '（'
            | '）' => 3,
            // Half-width kana do occur, but not on end beside kanji.
            '\u{ff61}'..='\u{ff9f}' => -3,
            '\u{e000}'..='\u{f8ff}' => -6,
            '\u{4e00}'..='\u{9fff}' => i64::from(is_common(c)) * 2 - 1,
            c if c.is_ascii() => 0,
            _ => -1,
        })
        .sum()
}

/// Whether a kanji belongs to the first level of JIS X 0208 (rows 16 to 47): the ones in common use.
fn is_common(kanji: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = EUC_JP.encode(kanji.encode_utf8(&mut buffer));
    !failed
        && bytes.len() == 2
        && bytes
            .first()
            .is_some_and(|&lead| (0xb0..=0xcf).contains(&lead))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "番号,実施項目\r\n１,窓口の待ち時間を短くする。\r\n";

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes)
            .map(|decoded| decoded.text)
            .unwrap_or_default()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let utf_16 = |mark: bool, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = mark
                .then_some(0xfeff)
                .into_iter()
                .chain(TEXT.encode_utf16());
            units.flat_map(order).collect()
        };
        let mut with_mark = b"\xef\xbb\xbf".to_vec();
        with_mark.extend(TEXT.as_bytes());
        for bytes in [
            TEXT.as_bytes().to_vec(),
            with_mark,
            SHIFT_JIS.encode(TEXT).0.into_owned(),
            EUC_JP.encode(TEXT).0.into_owned(),
            utf_16(true, u16::to_le_bytes),
            utf_16(true, u16::to_be_bytes),
            utf_16(false, u16::to_le_bytes),
            utf_16(false, u16::to_be_bytes),
        ] {
            assert_eq!(decoded(&bytes), TEXT);
        }
    }

    #[test]
    fn short_texts_are_told_apart_by_what_they_would_be() {
        for text in [
            "課名,氏名\n",
            "担当,アパート\n",
            "氏名,髙橋\n",
            "目標値,①5％\n",
            "ﾊﾟｿｺﾝ,研修を行う\n",
        ] {
            assert_eq!(decoded(&SHIFT_JIS.encode(text).0), text, "Shift_JIS");
        }
        for text in [
            "課名,氏名\n",
            "担当,アパート\n",
            "番号,取組項目,期限\n1,研修,年度末\n",
        ] {
            assert_eq!(decoded(&EUC_JP.encode(text).0), text, "EUC-JP");
        }
    }

    #[test]
    fn pages_name_their_encoding() {
        let page =
            |label: &str| format!("<meta content=\"text/html; charset={label}\"><td>緑野市</td>");
        let bytes = SHIFT_JIS.encode(&page("Shift_JIS")).0.into_owned();
        assert!(decode_marked_up(&bytes, None).contains("緑野市"));
        assert!(decode_marked_up(page("Shift_JIS").as_bytes(), None).contains("緑野市"));
        let bytes = ISO_2022_JP.encode(&page("iso-2022-jp")).0.into_owned();
        assert!(decode_marked_up(&bytes, None).contains("緑野市"));
        let bytes = EUC_JP.encode("<td>緑野市の窓口の案内</td>").0.into_owned();
        assert!(decode_marked_up(&bytes, None).contains("緑野市"));
    }

    #[test]
    fn a_stray_byte_is_one_character_that_is_lost() {
        let mut bytes = SHIFT_JIS.encode(TEXT).0.into_owned();
        let at = bytes.iter().position(|&byte| byte == b',').unwrap();
        bytes.insert(at, 0xff);
        assert!(decode(&bytes).is_none());
        let text = decode_damaged(&bytes).unwrap().text;
        assert_eq!(text, TEXT.replace("番号,", "番号\u{fffd},"));
        assert!(decode_damaged(&[0xfd, 0x80, 0x81, 0x00, 0x01, 0x02, 0xff, 0xfe]).is_none());
    }

    #[test]
    fn what_is_no_text_is_not_decoded() {
        assert!(decode(&[0x00, 0x01, 0x02, 0x03, 0xff, 0xfe, 0x80]).is_none());
        assert!(decode(b"\x81\x00\xff\xff\xa0\xa0\xfd").is_none());
        let mut damaged = TEXT.as_bytes().to_vec();
        damaged[30] = 0;
        assert!(decode(&damaged).is_none(), "it is no UTF-16");
    }
}
