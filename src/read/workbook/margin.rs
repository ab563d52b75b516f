//! The codes of page headers and footers (ECMA-376-1 §18.3.1.46, [MS-XLS] §2.4.136) -> their texts.

/// The texts of a header or footer: those of its left, centre and right part, each line apart. Codes of page numbers,
/// dates, file names, fonts and sizes are no text.
pub(super) fn texts(code: &str) -> Vec<String> {
    let mut parts = [String::new(), String::new(), String::new()];
    // Text before any code of a part stands in the centre.
    let mut part = 1;
    let mut characters = code.chars().peekable();
    while let Some(c) = characters.next() {
        if c != '&' {
            parts[part].push(c);
            continue;
        }
        match characters.next() {
            Some('&') => parts[part].push('&'),
            Some('L' | 'l') => part = 0,
            Some('C' | 'c') => part = 1,
            Some('R' | 'r') => part = 2,
            // A font's name and style.
            Some('"') => while characters.next().is_some_and(|c| c != '"') {},
            // A colour: a theme's and its tint, or six hexadecimal digits.
            Some('K' | 'k') => (0..6).for_each(|_| {
                characters.next_if(|c| c.is_ascii_hexdigit() || matches!(c, '+' | '-'));
            }),
            // A size; page numbers may be shifted: `&P+1`.
            Some(digit) if digit.is_ascii_digit() => {
                while characters.next_if(char::is_ascii_digit).is_some() {}
            }
            Some('P' | 'p') if characters.peek().is_some_and(|c| matches!(c, '+' | '-')) => {
                characters.next();
                while characters.next_if(char::is_ascii_digit).is_some() {}
            }
            _ => {}
        }
    }
    let lines = parts.iter().flat_map(|part| part.split(['\n', '\r']));
    lines
        .map(|line| line.trim_matches([' ', '\t']).to_owned())
        .filter(|line| !line.trim().is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn codes_are_no_text() {
        for (code, found) in [
            (
                "&C&\"ＭＳ 明朝,標準\"&14令和８年度　整理表&R様式第1号",
                vec!["令和８年度　整理表", "様式第1号"],
            ),
            ("&P / &N", vec!["/"]),
            ("&L&D &T&F&A&Z&G&C&B&I&U&S&E- &P+1 -", vec!["-  -"]),
            ("&K01+000案&K00FF00B&&C", vec!["案B&C"]),
            ("緑野市\n財政課&L左", vec!["左", "緑野市", "財政課"]),
            ("&10 12月", vec!["12月"]),
            ("&", vec![]),
        ] {
            assert_eq!(texts(code), found, "{code}");
        }
    }
}
