//! A line or cell of a text export -> the lines it had, its readings, and the markup between them.

use crate::text::setting::marks;

/// A logical line of a cell or of prose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shown<'a> {
    pub parts: Vec<Part<'a>>,
    /// Whether it stands in a list whose item marks are lost.
    pub in_list: bool,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// What the document shows.
    Text(&'a str),
    /// A reading of the character before it.
    Ruby(&'a str),
    /// Residue.
    Markup(&'a str),
}

impl Shown<'_> {
    /// The text that is shown.
    pub fn text(&self) -> String {
        self.parts
            .iter()
            .filter_map(|part| match part {
                Part::Text(text) => Some(*text),
                _ => None,
            })
            .collect()
    }
}

/// What an export lost of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    /// Where items or paragraphs begin.
    Items,
    /// Whether a space was a wrap.
    Wraps,
}

/// The lines of a table's cell. Block tags divide lines, and so does a list mark after a space or a full stop:
/// the export writes a cell's lines on one.
pub(super) fn cell(cell: &str) -> Vec<Shown<'_>> {
    let mut lines = scan(cell.trim_matches(' '));
    let mut divided = Vec::with_capacity(lines.len());
    for line in lines.drain(..) {
        divided.extend(divide(line));
    }
    divided
}

/// The lines of prose. A Markdown list sign before a mark or number of the document's own is residue, and so
/// are the signs of a heading.
pub(super) fn prose(line: &str) -> Vec<Shown<'_>> {
    let (sign, rest) = line.split_at(sign_length(line));
    let mut lines = scan(rest);
    if !sign.is_empty() {
        if lines.is_empty() {
            lines.push(Shown::default());
        }
        if let Some(first) = lines.first_mut() {
            first.parts.insert(0, Part::Markup(sign));
        }
    }
    lines
}

/// The bytes of `- `, `# ` at the start of a line, where they are not the document's own.
fn sign_length(line: &str) -> usize {
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    let hashes = trimmed.len() - trimmed.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && trimmed[hashes..].starts_with(' ') {
        return indent + hashes;
    }
    if let Some(rest) = trimmed.strip_prefix(['-', '*', '+'])
        && rest.starts_with(' ')
        && crate::text::blocks::has_mark(rest.trim_start())
    {
        return indent + 1;
    }
    0
}

/// Names of tags that divide lines.
const BLOCK_TAGS: [&str; 8] = ["ul", "ol", "li", "p", "br", "div", "tr", "td"];
/// Names of tags within a line.
const INLINE_TAGS: [&str; 10] = [
    "b", "strong", "i", "em", "u", "span", "font", "sup", "sub", "small",
];

/// Divides at block tags; takes out tags, bold signs and readings.
fn scan(text: &str) -> Vec<Shown<'_>> {
    let mut lines = vec![Shown::default()];
    let mut in_list = false;
    let mut items_marked = false;
    let bold = text.matches("**").count();
    // A sign without its partner is the document's own.
    let mut bold_left = bold - bold % 2;
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let found = if let Some((length, name)) = tag(rest) {
            Some((length, Some(name)))
        } else if bold_left > 0 && rest.starts_with("**") {
            bold_left -= 1;
            Some((2, None))
        } else {
            None
        };
        if let Some((length, name)) = found {
            push_text(&mut lines, &text[start..at]);
            let divides = name
                .is_some_and(|name| BLOCK_TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag)));
            let closes = rest.starts_with("</");
            if divides && !closes {
                begin_line(&mut lines, in_list && !items_marked);
            }
            if let Some(name) = name {
                let lists = name.eq_ignore_ascii_case("ul") || name.eq_ignore_ascii_case("ol");
                if lists {
                    in_list = !closes;
                    items_marked = false;
                }
                items_marked |= name.eq_ignore_ascii_case("li");
            }
            if let Some(line) = lines.last_mut() {
                line.parts.push(Part::Markup(&rest[..length]));
                if !closes {
                    line.in_list = in_list && !items_marked;
                }
            }
            if divides && closes {
                begin_line(&mut lines, in_list && !items_marked);
            }
            at += length;
            start = at;
        } else if let Some((length, reading)) = superscript(rest, &text[start..at]) {
            push_text(&mut lines, &text[start..at]);
            if let Some(line) = lines.last_mut() {
                line.parts.push(Part::Markup(&rest[..2]));
                line.parts.push(reading);
                line.parts.push(Part::Markup(&rest[length - 1..length]));
            }
            at += length;
            start = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    push_text(&mut lines, &text[start..]);
    lines.retain(|line| !line.parts.is_empty());
    lines
}

fn begin_line(lines: &mut Vec<Shown<'_>>, in_list: bool) {
    if lines
        .last()
        .is_some_and(|line| !line.text().trim().is_empty())
    {
        lines.push(Shown {
            in_list,
            ..Shown::default()
        });
    }
}

fn push_text<'a>(lines: &mut [Shown<'a>], text: &'a str) {
    if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
        line.parts.push(Part::Text(text));
    }
}

/// A tag's length in bytes and its name.
fn tag(rest: &str) -> Option<(usize, &str)> {
    const LONGEST_TAG: usize = 300;
    let inner = rest.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name_length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = inner.get(..name_length)?;
    let known = BLOCK_TAGS
        .iter()
        .chain(&INLINE_TAGS)
        .any(|tag| name.eq_ignore_ascii_case(tag));
    if !known {
        return None;
    }
    let end = rest
        .bytes()
        .take(LONGEST_TAG)
        .position(|byte| byte == b'>')?;
    // An attribute is Latin; 「a<b かつ c>d」 is a sentence.
    let is_latin = rest.get(..=end).is_some_and(str::is_ascii);
    let after_name = inner.get(name_length..)?.chars().next()?;
    (is_latin && (matches!(after_name, '>' | '/') || after_name.is_whitespace()))
        .then_some((end + 1, name))
}

/// `^{じん}`: a reading if it is kana after a kanji; else text that stands raised.
fn superscript<'a>(rest: &'a str, before: &str) -> Option<(usize, Part<'a>)> {
    let inner = rest.strip_prefix("^{")?;
    let close = inner.find('}')?;
    let raised = inner.get(..close)?;
    if raised.is_empty() || raised.contains(['{', '\t']) {
        return None;
    }
    let is_kana = raised
        .chars()
        .all(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・'));
    let after_kanji = before
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々' | '\u{20000}'..='\u{3ffff}'));
    let part = if is_kana && after_kanji {
        Part::Ruby(raised)
    } else {
        Part::Text(raised)
    };
    Some((close + 3, part))
}

/// Whether what stands after a piece of markup is raised or lowered beside what stands before it, or the other way.
pub(super) fn raises(markup: &str) -> bool {
    let named =
        |name: &str| markup.len() > name.len() && markup.to_ascii_lowercase().contains(name);
    matches!(markup, "^{" | "}") || named("sup") || named("sub")
}

/// Divides a line before the marks in it.
fn divide(line: Shown<'_>) -> Vec<Shown<'_>> {
    let in_list = line.in_list;
    let mut divided = vec![Shown {
        in_list,
        ..Shown::default()
    }];
    let mut before: Option<char> = None;
    for part in line.parts {
        let Part::Text(text) = part else {
            if let Some(last) = divided.last_mut() {
                last.parts.push(part);
            }
            continue;
        };
        let mut start = 0;
        for (at, c) in text.char_indices() {
            if begins_item(before, &text[at..]) {
                push_text(&mut divided, &text[start..at]);
                start = at;
                begin_line(&mut divided, in_list);
            }
            before = Some(c);
        }
        push_text(&mut divided, &text[start..]);
    }
    divided.retain(|line| !line.parts.is_empty());
    divided
}

/// Whether a list mark stands here that begins a line: after a space – 「・」 and ① also directly after a full
/// stop, where no word goes on – and before a word. 「△ 3」 is an amount, 「・・・」 an ellipsis.
fn begins_item(before: Option<char>, rest: &str) -> bool {
    let Some(before) = before else { return false };
    let mut characters = rest.chars();
    let Some(mark) = characters.next() else {
        return false;
    };
    let next = characters.next();
    let is_dot = matches!(mark, '・' | '･' | '•' | '‧');
    let is_number = marks::is_circled(mark);
    let is_sign = marks::sign(mark).is_some() && !matches!(mark, '△' | '▲' | '*' | '＊' | '〇');
    let after_word = before.is_whitespace() || ((is_dot || is_number) && before == '。');
    let before_word =
        next.is_some_and(|next| next != mark && (is_dot || is_number || !next.is_whitespace()));
    after_word && before_word && (is_dot || is_number || is_sign)
}

/// What was lost where a line has spaces between Japanese words: in a list without marks, or after a full
/// stop, the beginnings of items; else perhaps a wrap. Short texts (headings, names) have spaces of their own.
pub(super) fn loss(text: &str, in_list: bool) -> Option<Loss> {
    const SHORTEST: usize = 20;
    let text = text.trim();
    let characters: Vec<char> = text.chars().collect();
    let is_wide = |c: char| !c.is_ascii() && !c.is_whitespace();
    let mut loss = None;
    for window in characters.windows(3) {
        let &[before, space, after] = window else {
            continue;
        };
        if !space.is_whitespace() || !is_wide(before) || after.is_whitespace() {
            continue;
        }
        let first_is_mark = crate::text::blocks::has_mark(text) && text.starts_with(before);
        if first_is_mark {
            continue;
        }
        if before == '。' || (in_list && !crate::text::blocks::has_mark(text)) {
            return Some(Loss::Items);
        }
        if is_wide(after) && characters.len() >= SHORTEST {
            loss = Some(Loss::Wraps);
        }
    }
    loss
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Shown<'_>]) -> Vec<String> {
        lines
            .iter()
            .map(|line| line.text().trim().to_owned())
            .collect()
    }

    #[test]
    fn marks_divide_the_lines_of_a_cell() {
        for (source, want) in [
            ("①100% ②95% ③実施", vec!["①100%", "②95%", "③実施"]),
            (
                "・甲を行う。・乙を行う。",
                vec!["・甲を行う。", "・乙を行う。"],
            ),
            ("• 甲 • 乙", vec!["• 甲", "• 乙"]),
            ("確認 ⇒別の人 ⇒上司", vec!["確認", "⇒別の人", "⇒上司"]),
            (
                "割合 ※営業日・・・休みを除く日",
                vec!["割合", "※営業日・・・休みを除く日"],
            ),
            ("文化・スポーツ ○ の印", vec!["文化・スポーツ ○ の印"]),
            ("△ 3件", vec!["△ 3件"]),
            ("例 <ul style=\"a\"> ・甲 ・乙", vec!["例", "・甲", "・乙"]),
            ("a<b かつ c>d", vec!["a<b かつ c>d"]),
            ("面積はm^{2}", vec!["面積はm2"]),
        ] {
            assert_eq!(texts(&cell(source)), want, "{source}");
        }
    }

    #[test]
    fn list_signs_before_marks_are_residue() {
        let sign = |line| match prose(line)
            .first()
            .and_then(|shown| shown.parts.first().cloned())
        {
            Some(Part::Markup(markup)) => Some(markup),
            _ => None,
        };
        assert_eq!(sign("- ・甲"), Some("-"));
        assert_eq!(sign("- (1) 甲"), Some("-"));
        assert_eq!(sign("## 1 甲"), Some("##"));
        assert_eq!(sign("- 甲"), None);
        assert_eq!(sign("-5度"), None);
    }

    #[test]
    fn losses_are_told_apart() {
        assert_eq!(loss("研修の実施 手引の作成", true), Some(Loss::Items));
        assert_eq!(loss("研修を行う。 手引を作る。", false), Some(Loss::Items));
        assert_eq!(
            loss("研修を年に二回行い、手引を作成しま す。", false),
            Some(Loss::Wraps)
        );
        assert_eq!(loss("緑野 太郎", false), None);
        assert_eq!(
            loss("・ 研修を年に二回行い、手引を作成します。", true),
            None
        );
    }
}
