//! The parts of a page's content -> one stream, also where a part ends within a token.
//!
//! Parts are divided between tokens (ISO 32000-1 Table 30, Contents), so white space belongs between them; but
//! some programs cut them anywhere, and what they cut is told by what makes sense of both ends.

use crate::read::pdf::content::lexer::{Lexer, Token, is_regular};
use crate::read::pdf::content::operators::{arity, is_operator};

/// Tokens that are looked at on each side of a seam.
const NEAR: usize = 16;
/// Bytes that hold them.
const NEAR_BYTES: usize = 512;

/// Puts the parts of a content together.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    bytes: Vec<u8>,
    /// Where the part that was added last begins.
    seam: usize,
}

impl Parts {
    /// Adds a part.
    pub(crate) fn add(&mut self, part: &[u8]) {
        let before = self.bytes.get(self.seam..).unwrap_or_default();
        let within = ends_in_string(before) || cuts_token(before, part);
        if !within {
            self.bytes.push(b'\n');
            self.seam = self.bytes.len();
        }
        self.bytes.extend_from_slice(part);
    }

    /// What was put together.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        self.seam = 0;
        std::mem::take(&mut self.bytes)
    }
}

/// Whether the bytes end within a string.
fn ends_in_string(bytes: &[u8]) -> bool {
    if !bytes.iter().any(|byte| matches!(byte, b'(' | b'<')) {
        return false;
    }
    let (mut lexer, mut buffer) = (Lexer::new(bytes), Vec::new());
    while let Some(token) = lexer.next(&mut buffer) {
        buffer.clear();
        if token == Token::Word(b"ID") {
            lexer.skip_image_data(None);
        }
    }
    lexer.ended_in_string()
}

/// Whether what the first bytes end with and the others begin with is one token.
fn cuts_token(before: &[u8], after: &[u8]) -> bool {
    let is_open = |byte: Option<&u8>| byte.is_some_and(|byte| is_regular(*byte));
    if !is_open(before.last()) || !is_open(after.first()) {
        return false;
    }
    let tail = before.iter().rposition(|byte| !is_regular(*byte));
    let (tail, is_name) = match tail {
        Some(at) => (at + 1, before.get(at) == Some(&b'/')),
        None => (0, false),
    };
    let head = after.iter().position(|byte| !is_regular(*byte));
    let (tail, head) = (
        before.get(tail..).unwrap_or_default(),
        after.get(..head.unwrap_or(after.len())).unwrap_or_default(),
    );
    let joined = [tail, head].concat();
    if !is_name && !is_number(tail) && is_operator(&joined) {
        // Two operators stay two, but where the second would lack its operands (`c` and `m`).
        return !(is_operator(tail) && is_operator(head)) || arity(head) > Some(0);
    }
    if is_operator(head) && !is_name && !is_number(&joined) {
        return false;
    }
    // A number or name too many before the next operator is one that was cut.
    let start = before.len().saturating_sub(NEAR_BYTES);
    let end = after.len().min(NEAR_BYTES);
    let (before, after) = (
        before.get(start..).unwrap_or_default(),
        after.get(..end).unwrap_or_default(),
    );
    let apart = operands(&[before, b" ", after].concat(), before.len());
    let together = operands(&[before, after].concat(), before.len());
    matches!(together, Some((count, needed)) if count == needed)
        && matches!(apart, Some((count, needed)) if count != needed)
}

fn is_number(word: &[u8]) -> bool {
    !word.is_empty()
        && word
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.'))
}

/// How many operands the first operator that ends after a position has, and how many it needs.
fn operands(bytes: &[u8], after: usize) -> Option<(usize, usize)> {
    let (mut lexer, mut buffer) = (Lexer::new(bytes), Vec::new());
    let mut count = 0;
    let mut beyond = 0;
    while let Some(token) = lexer.next(&mut buffer) {
        buffer.clear();
        let is_beyond = lexer.position() > after;
        beyond += usize::from(is_beyond);
        match token {
            Token::Word(word) if is_operator(word) => {
                if is_beyond {
                    return Some((count, arity(word)?));
                }
                count = 0;
            }
            Token::Number(_) | Token::Name | Token::Text => count += 1,
            _ => return None,
        }
        if beyond > NEAR {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(parts: &[&str]) -> String {
        let mut all = Parts::default();
        for part in parts {
            all.add(part.as_bytes());
        }
        String::from_utf8(all.take())
            .unwrap()
            .trim()
            .replace('\n', "|")
    }

    #[test]
    fn parts_that_end_between_tokens_are_kept_apart() {
        for parts in [
            ["q 1 0 0 1 0 0 cm", "BT ET"],
            ["BT 1 0 0 1 10", "20 Tm"],
            ["/F1", "12 Tf"],
            ["q", "Q"],
            ["ET", "q"],
            ["0 0 m 10 10", "l S"],
            ["(a) Tj", "T*"],
            ["1 0 0 rg f", "q"],
            ["0", "g"],
            ["n", "5 w"],
        ] {
            assert_eq!(put(&parts), parts.join("|"), "{parts:?}");
        }
    }

    #[test]
    fn tokens_that_are_cut_are_put_together() {
        for parts in [
            ["q 1 0 0 1 10", "0 20 cm"],
            ["/F1 1", "2 Tf"],
            ["/F", "1 12 Tf"],
            ["10 20 T", "d (a) Tj"],
            ["10 20 Td (a", "b) Tj"],
            ["<30", "31> Tj"],
            ["[(a) -25", "0 (b"],
            ["B", "T /F1 12 Tf"],
            ["B", "DC"],
            ["10 20 r", "e f"],
            ["1 0 0 1 5 5 c", "m q"],
            ["1.", "5 w"],
        ] {
            let cut = put(&parts);
            let expected = if parts[0].starts_with('[') {
                parts.join("|")
            } else {
                parts.concat()
            };
            assert_eq!(cut, expected, "{parts:?}");
        }
    }

    #[test]
    fn a_string_over_three_parts_is_one() {
        assert_eq!(put(&["(a", "b", "c) Tj", "ET"]), "(abc) Tj|ET");
    }
}
