//! Document text -> text that a page or terminal shows and does not obey.

use std::fmt::Write;

/// Text for HTML or SVG: markup is escaped; control characters, line breaks among them, and marks that would
/// reorder the page's text (Unicode UAX #9), are shown as what they are.
pub fn markup(text: &str) -> String {
    escaped(text, |_| false)
}

/// The same for a place whose style keeps lines and columns (`white-space: pre-line`): line breaks and tabs stay.
pub fn markup_of_lines(text: &str) -> String {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if stays(c) => escaped.push(c),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => push_visible(&mut escaped, c),
        }
    }
    escaped
}

/// Text for a terminal, likewise.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|c| push_visible(&mut shown, c));
    shown
}

fn push_visible(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push('⏎'),
        '\t' => shown.push('⇥'),
        // The pictures of control characters stand in their order from U+2400.
        '\u{0}'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
        '\u{7f}' => shown.push('\u{2421}'),
        c if c.is_control() || is_invisible(c) => {
            // A string takes whatever is written to it.
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        }
        c => shown.push(c),
    }
}

/// Marks without a shape of their own that change what stands around them, or hide.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_document_is_obeyed() {
        assert_eq!(markup("<b>&\"'"), "&lt;b&gt;&amp;&quot;&#39;");
        assert_eq!(
            markup("a\u{202e}b\u{0}c\u{1b}[31m"),
            "a[U+202E]b\u{2400}c\u{241b}[31m"
        );
        assert_eq!(markup("a\n<"), "a⏎&lt;");
        assert_eq!(markup_of_lines("a\n<\u{1b}"), "a\n&lt;\u{241b}");
        assert_eq!(plain("国分\u{200b}寺\u{9b}"), "国分[U+200B]寺[U+009B]");
    }
}
