//! Bytes -> tokens of the syntax that content streams and CMap files share (ISO 32000-1 §7.2, §7.3).

/// A token. The bytes of names and strings are appended to the caller's buffer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Token<'a> {
    Number(f64),
    Name,
    Text,
    ArrayStart,
    ArrayEnd,
    DictStart,
    DictEnd,
    BraceStart,
    BraceEnd,
    /// An operator or another bare word.
    Word(&'a [u8]),
}

/// Reads tokens one after the other.
pub(crate) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    skipped: u64,
    in_string: bool,
}

/// White space (ISO 32000-1 Table 1).
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

/// Whether a byte is one of a name, number or word.
pub(crate) fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Lexer<'a> {
    /// Reads from the start.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            skipped: 0,
            in_string: false,
        }
    }

    /// Bytes that were no token.
    pub(crate) fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Where the next token is looked for.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Whether the bytes end within a string.
    pub(crate) fn ended_in_string(&self) -> bool {
        self.in_string
    }

    /// Reads the last `length` bytes again.
    pub(crate) fn step_back(&mut self, length: usize) {
        self.at = self.at.saturating_sub(length);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next token; `None` at the end.
    pub(crate) fn next(&mut self, buffer: &mut Vec<u8>) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                byte if is_space(byte) => continue,
                b'%' => {
                    self.skip_comment();
                    continue;
                }
                b'/' => self.name(buffer),
                b'(' => self.literal_string(buffer),
                b'<' if self.peek() == Some(b'<') => self.double(Token::DictStart),
                b'<' => self.hexadecimal_string(buffer),
                b'>' if self.peek() == Some(b'>') => self.double(Token::DictEnd),
                b'>' | b')' => {
                    self.skipped += 1;
                    continue;
                }
                b'[' => Token::ArrayStart,
                b']' => Token::ArrayEnd,
                b'{' => Token::BraceStart,
                b'}' => Token::BraceEnd,
                _ => self.number_or_word(),
            });
        }
    }

    fn double(&mut self, token: Token<'a>) -> Token<'a> {
        self.at += 1;
        token
    }

    fn skip_comment(&mut self) {
        while self
            .peek()
            .is_some_and(|byte| byte != b'\n' && byte != b'\r')
        {
            self.at += 1;
        }
    }

    /// A name, `#` escapes decoded (ISO 32000-1 §7.3.5).
    fn name(&mut self, buffer: &mut Vec<u8>) -> Token<'a> {
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let pair = (
                self.bytes.get(self.at).copied(),
                self.bytes.get(self.at + 1).copied(),
            );
            match (byte, pair) {
                (b'#', (Some(high), Some(low))) => match (hexadecimal(high), hexadecimal(low)) {
                    (Some(high), Some(low)) => {
                        self.at += 2;
                        buffer.push(high << 4 | low);
                    }
                    _ => buffer.push(byte),
                },
                _ => buffer.push(byte),
            }
        }
        Token::Name
    }

    /// A literal string (ISO 32000-1 §7.3.4.2); the end of the stream ends it.
    fn literal_string(&mut self, buffer: &mut Vec<u8>) -> Token<'a> {
        let mut depth = 1u32;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 1 => return Token::Text,
                b')' => depth -= 1,
                b'\\' => {
                    self.escape(buffer);
                    continue;
                }
                b'\r' => {
                    // An end of line in a string is a line feed, however it is written.
                    self.at += usize::from(self.peek() == Some(b'\n'));
                    buffer.push(b'\n');
                    continue;
                }
                _ => {}
            }
            buffer.push(byte);
        }
        self.skipped += 1;
        self.in_string = true;
        Token::Text
    }

    fn escape(&mut self, buffer: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => buffer.push(b'\n'),
            b'r' => buffer.push(b'\r'),
            b't' => buffer.push(b'\t'),
            b'b' => buffer.push(8),
            b'f' => buffer.push(12),
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|digit| (b'0'..=b'7').contains(digit))
                    else {
                        break;
                    };
                    self.at += 1;
                    code = code * 8 + u32::from(digit - b'0');
                }
                buffer.push(code as u8);
            }
            other => buffer.push(other),
        }
    }

    /// A hexadecimal string (ISO 32000-1 §7.3.4.3); a missing last digit is 0.
    fn hexadecimal_string(&mut self, buffer: &mut Vec<u8>) -> Token<'a> {
        let (mut high, mut is_closed) = (None, false);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match (hexadecimal(byte), high) {
                (Some(digit), None) => high = Some(digit),
                (Some(digit), Some(first)) => {
                    buffer.push(first << 4 | digit);
                    high = None;
                }
                (None, _) if byte == b'>' => {
                    is_closed = true;
                    break;
                }
                (None, _) if is_space(byte) => {}
                (None, _) => self.skipped += 1,
            }
        }
        self.in_string |= !is_closed;
        if let Some(first) = high {
            buffer.push(first << 4);
        }
        Token::Text
    }

    fn number_or_word(&mut self) -> Token<'a> {
        let start = self.at - 1;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        match number(word) {
            Some((value, length)) => {
                let rest = word.get(length..).unwrap_or_default();
                if rest
                    .first()
                    .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'\'' | b'"'))
                {
                    // `0w`: the operator was written without the space before it.
                    self.at = start + length;
                } else {
                    self.skipped += rest.len() as u64;
                }
                Token::Number(value)
            }
            None => Token::Word(word),
        }
    }

    /// Skips an inline image's data up to and with its `EI`. `length` is the number of bytes if it is known.
    pub(crate) fn skip_image_data(&mut self, length: Option<usize>) {
        // One white space character after `ID` belongs to the operator.
        self.at += usize::from(self.peek().is_some_and(is_space));
        if let Some(after) =
            length.and_then(|length| self.end_of_image(self.at.checked_add(length)?))
        {
            self.at = after;
            return;
        }
        let mut at = self.at;
        while at < self.bytes.len() {
            let starts = at == self.at
                || self
                    .bytes
                    .get(at.wrapping_sub(1))
                    .copied()
                    .is_some_and(is_space);
            if starts
                && let Some(after) = self.end_of_image(at)
                && self.looks_like_content(after)
            {
                self.at = after;
                return;
            }
            at += 1;
        }
        self.skipped += (self.bytes.len() - self.at) as u64;
        self.at = self.bytes.len();
    }

    /// Where it goes on, if `EI` stands at `at` after optional white space.
    fn end_of_image(&self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at..)?;
        let spaces = rest
            .iter()
            .take(2)
            .take_while(|byte| is_space(**byte))
            .count();
        let rest = rest.get(spaces..)?.strip_prefix(b"EI")?;
        rest.first()
            .is_none_or(|byte| !is_regular(*byte))
            .then_some(at + spaces + 2)
    }

    /// Whether the bytes are plain text, as content streams are and compressed image data is not.
    fn looks_like_content(&self, at: usize) -> bool {
        let next = self.bytes.get(at..).unwrap_or_default().iter().take(16);
        next.clone()
            .all(|&byte| is_space(byte) && byte != 0 || (0x20..0x7F).contains(&byte))
    }
}

fn hexadecimal(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// The number at the start of a word and its length; several signs count as the last one, as viewers take it.
fn number(word: &[u8]) -> Option<(f64, usize)> {
    let signs = word
        .iter()
        .take_while(|byte| matches!(byte, b'+' | b'-'))
        .count();
    let digits = word.get(signs..)?;
    let whole = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let mut length = whole;
    let mut fraction = 0;
    if digits.get(whole) == Some(&b'.') {
        fraction = digits
            .iter()
            .skip(whole + 1)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        length += 1 + fraction;
    }
    if whole + fraction == 0 {
        // A lone sign or point stands for zero where a number is expected; a word it is not.
        return (word.len() == 1 && matches!(word, b"-" | b"+" | b".")).then_some((0.0, 1));
    }
    let value = decimal(digits.get(..length)?);
    let negative = signs > 0 && word.get(signs - 1) == Some(&b'-');
    Some((if negative { -value } else { value }, signs + length))
}

/// Digits with at most one point -> their value.
fn decimal(digits: &[u8]) -> f64 {
    let mut mantissa = 0.0_f64;
    let mut divisor = 1.0_f64;
    let mut after_point = false;
    for &byte in digits.iter().take(40) {
        if byte == b'.' {
            after_point = true;
            continue;
        }
        mantissa = mantissa * 10.0 + f64::from(byte - b'0');
        if after_point {
            divisor *= 10.0;
        }
    }
    mantissa / divisor
}
