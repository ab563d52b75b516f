//! Glyph names -> characters (ISO 32000-1 Annex D, Adobe Glyph List Specification §2).

use std::sync::LazyLock;

use super::Characters;

/// Name and code point, a line each, in byte order of the names.
static NAMES: LazyLock<Vec<(&'static str, char)>> = LazyLock::new(|| {
    let mut names: Vec<_> = include_str!("glyph_names.txt")
        .lines()
        .filter_map(|line| {
            let (name, code) = line.split_once(' ')?;
            Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
        })
        .collect();
    names.sort_unstable();
    names
});

/// The characters that a glyph's name stands for; `None` for names that say nothing (`g12`, `cid345`, `.notdef`).
pub(super) fn characters(name: &[u8]) -> Option<Characters> {
    let name = std::str::from_utf8(name).ok()?;
    // What follows a point tells one drawing of the character from another.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let mut text = String::new();
    for part in name.split('_') {
        append(part, &mut text)?;
    }
    Characters::from_text(&text)
}

fn append(part: &str, text: &mut String) -> Option<()> {
    if let Ok(index) = NAMES.binary_search_by_key(&part, |(name, _)| name) {
        text.push(NAMES.get(index)?.1);
        return Some(());
    }
    if let Some(digits) = part
        .strip_prefix("uni")
        .filter(|digits| digits.len() >= 4 && digits.len() % 4 == 0)
    {
        for group in digits.as_bytes().chunks(4) {
            text.push(code_point(std::str::from_utf8(group).ok()?)?);
        }
        return Some(());
    }
    let digits = part
        .strip_prefix('u')
        .filter(|digits| (4..=6).contains(&digits.len()))?;
    text.push(code_point(digits)?);
    Some(())
}

fn code_point(digits: &str) -> Option<char> {
    let upper = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte));
    char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| upper)?)
}
