//! A content stream's bytes -> operators with their operands (ISO 32000-1 §7.8.2), tolerant: what is no token
//! is skipped, counted and reported, and reading goes on.

use crate::read::pdf::content::lexer::{Lexer, Token};

/// Operands that one operator may have before the oldest are dropped; a long `TJ` array has some thousands.
const MOST_OPERANDS: usize = 200_000;

/// Reads operators one after the other.
pub(crate) struct Content<'a> {
    lexer: Lexer<'a>,
    operands: Vec<Operand>,
    /// The bytes of the operands' names and strings.
    bytes: Vec<u8>,
    /// Operators that ISO 32000-1 does not know, outside `BX` … `EX`, and bytes that are no token.
    skipped: u64,
    compatibility: u32,
}

/// An operand, or a piece of one: arrays and dictionaries are their opening, items and closing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Operand {
    /// A number.
    Number(f64),
    /// A name: a range of the operation's bytes.
    Name(usize, usize),
    /// A string: a range of the operation's bytes.
    Text(usize, usize),
    ArrayStart,
    ArrayEnd,
    DictStart,
    DictEnd,
    /// `true`, `false` or `null`.
    Word,
}

/// An operator with the operands before it.
#[derive(Clone, Copy)]
pub(crate) struct Operation<'b> {
    /// The operator as it is written; an inline image is `BI` with the items of its dictionary.
    pub(crate) operator: &'b [u8],
    /// Its operands.
    pub(crate) operands: &'b [Operand],
    bytes: &'b [u8],
}

impl<'a> Content<'a> {
    /// Reads from the start of a content stream.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            lexer: Lexer::new(bytes),
            operands: Vec::new(),
            bytes: Vec::new(),
            skipped: 0,
            compatibility: 0,
        }
    }

    /// How many bytes or words so far were no operator that ISO 32000-1 knows.
    pub(crate) fn skipped(&self) -> u64 {
        self.skipped + self.lexer.skipped()
    }

    /// The next known operator; `None` only at the end of the stream.
    pub(crate) fn next(&mut self) -> Option<Operation<'_>> {
        self.operands.clear();
        self.bytes.clear();
        loop {
            let start = self.bytes.len();
            let operand = match self.lexer.next(&mut self.bytes)? {
                Token::Number(number) => Operand::Number(number),
                Token::Name => Operand::Name(start, self.bytes.len()),
                Token::Text => Operand::Text(start, self.bytes.len()),
                Token::ArrayStart => Operand::ArrayStart,
                Token::ArrayEnd => Operand::ArrayEnd,
                Token::DictStart => Operand::DictStart,
                Token::DictEnd => Operand::DictEnd,
                Token::Word(b"true" | b"false" | b"null") => Operand::Word,
                Token::Word(b"BI") => {
                    self.inline_image();
                    return Some(self.operation(b"BI"));
                }
                Token::Word(word) => match self.operator(word) {
                    Some(operator) => return Some(self.operation(operator)),
                    None => continue,
                },
                Token::BraceStart | Token::BraceEnd => {
                    self.skipped += 1;
                    continue;
                }
            };
            if self.operands.len() >= MOST_OPERANDS {
                self.skipped += self.operands.len() as u64;
                self.operands.clear();
                self.bytes.clear();
                continue;
            }
            self.operands.push(operand);
        }
    }

    fn operation<'b>(&'b self, operator: &'b [u8]) -> Operation<'b> {
        Operation {
            operator,
            operands: &self.operands,
            bytes: &self.bytes,
        }
    }

    /// The operator that a word is. A word that only begins with an operator was written without the space
    /// after it (`Qq`, `ETBT`): the rest is read again.
    fn operator(&mut self, word: &'a [u8]) -> Option<&'a [u8]> {
        match word {
            b"BX" => self.compatibility += 1,
            b"EX" => self.compatibility = self.compatibility.saturating_sub(1),
            _ => {}
        }
        if is_operator(word) {
            return Some(word);
        }
        if let Some(first) = glued(word) {
            self.lexer.step_back(word.len() - first.len());
            return Some(first);
        }
        if self.compatibility == 0 {
            self.skipped += word.len() as u64;
        }
        self.operands.clear();
        self.bytes.clear();
        None
    }

    /// Reads an inline image's dictionary into the operands and skips its data (ISO 32000-1 §8.9.7).
    fn inline_image(&mut self) {
        self.operands.clear();
        self.bytes.clear();
        loop {
            let start = self.bytes.len();
            let operand = match self.lexer.next(&mut self.bytes) {
                None | Some(Token::Word(b"EI")) => return,
                Some(Token::Word(b"ID")) => break,
                Some(Token::Number(number)) => Operand::Number(number),
                Some(Token::Name) => Operand::Name(start, self.bytes.len()),
                Some(Token::Text) => Operand::Text(start, self.bytes.len()),
                Some(Token::ArrayStart) => Operand::ArrayStart,
                Some(Token::ArrayEnd) => Operand::ArrayEnd,
                Some(Token::DictStart) => Operand::DictStart,
                Some(Token::DictEnd) => Operand::DictEnd,
                Some(_) => Operand::Word,
            };
            if self.operands.len() < MOST_OPERANDS {
                self.operands.push(operand);
            }
        }
        let length = raw_image_length(self.operation(b"BI"));
        self.lexer.skip_image_data(length);
    }
}

/// Bytes of an inline image without a filter: they may contain anything, `EI` too. `None` if it has a
/// filter, or a colour space from the resources.
fn raw_image_length(image: Operation<'_>) -> Option<usize> {
    if image.entry(&[b"F", b"Filter"]).is_some() {
        return None;
    }
    let number = |keys: &[&[u8]]| match image.entry(keys) {
        Some(Operand::Number(number)) if number >= 0.0 => Some(number as usize),
        _ => None,
    };
    let width = number(&[b"W", b"Width"])?;
    let height = number(&[b"H", b"Height"])?;
    let is_mask = matches!(image.entry(&[b"IM", b"ImageMask"]), Some(Operand::Word));
    let (bits, components) = match image.entry(&[b"CS", b"ColorSpace"]) {
        _ if is_mask => (1, 1),
        Some(space @ Operand::Name(..)) => {
            let components = match image.bytes_of(space) {
                b"G" | b"DeviceGray" | b"CalGray" => 1,
                b"RGB" | b"DeviceRGB" | b"CalRGB" => 3,
                b"CMYK" | b"DeviceCMYK" => 4,
                _ => return None,
            };
            (number(&[b"BPC", b"BitsPerComponent"])?, components)
        }
        Some(Operand::ArrayStart) => (number(&[b"BPC", b"BitsPerComponent"])?, 1),
        _ => return None,
    };
    width
        .checked_mul(components)?
        .checked_mul(bits)?
        .div_ceil(8)
        .checked_mul(height)
}

impl<'b> Operation<'b> {
    /// The last `N` operands, if they are numbers: viewers take what stands next to the operator where
    /// there are too many.
    pub(crate) fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let first = self.operands.len().checked_sub(N)?;
        let mut numbers = [0.0; N];
        for (number, operand) in numbers.iter_mut().zip(self.operands.get(first..)?) {
            let Operand::Number(value) = operand else {
                return None;
            };
            *number = *value;
        }
        Some(numbers)
    }

    /// The last operand, if it is a number.
    pub(crate) fn number(&self) -> Option<f64> {
        self.numbers::<1>().map(|[number]| number)
    }

    /// The first operand that is a name.
    pub(crate) fn name(&self) -> Option<&'b [u8]> {
        let name = self
            .operands
            .iter()
            .find(|operand| matches!(operand, Operand::Name(..)))?;
        Some(self.bytes_of(*name))
    }

    /// The last operand, if it is a name.
    pub(crate) fn last_name(&self) -> Option<&'b [u8]> {
        match self.operands.last()? {
            name @ Operand::Name(..) => Some(self.bytes_of(*name)),
            _ => None,
        }
    }

    /// The last operand that is a string.
    pub(crate) fn text(&self) -> Option<&'b [u8]> {
        let text = self
            .operands
            .iter()
            .rev()
            .find(|operand| matches!(operand, Operand::Text(..)))?;
        Some(self.bytes_of(*text))
    }

    /// The bytes of a name or string.
    pub(crate) fn bytes_of(&self, operand: Operand) -> &'b [u8] {
        match operand {
            Operand::Name(start, end) | Operand::Text(start, end) => {
                self.bytes.get(start..end).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// The value after the first of these keys, in a dictionary that is written among the operands.
    pub(crate) fn entry(&self, keys: &[&[u8]]) -> Option<Operand> {
        let at = self.operands.iter().position(|operand| {
            matches!(operand, Operand::Name(..)) && keys.contains(&self.bytes_of(*operand))
        })?;
        self.operands.get(at + 1).copied()
    }
}

/// The longest operator that `word` begins with, if all of the word is operators one after the other.
fn glued(word: &[u8]) -> Option<&[u8]> {
    (1..word.len().min(4)).rev().find_map(|length| {
        let (first, rest) = word.split_at_checked(length)?;
        (is_operator(first) && (is_operator(rest) || rest.len() > 1 && glued(rest).is_some()))
            .then_some(first)
    })
}

/// Whether a word is an operator (ISO 32000-1 Table A.1). Asked for every operator of a page: to compare lengths
/// first is several times as fast as to search a sorted table.
pub(crate) fn is_operator(word: &[u8]) -> bool {
    match word {
        [one] => b"\"'BFGJKMQSWbcdfghijklmnqsvwy".contains(one),
        [_, _] => matches!(
            word,
            b"B*"
                | b"BI"
                | b"BT"
                | b"BX"
                | b"CS"
                | b"DP"
                | b"Do"
                | b"EI"
                | b"ET"
                | b"EX"
                | b"ID"
                | b"MP"
                | b"RG"
                | b"SC"
                | b"T*"
                | b"TD"
                | b"TJ"
                | b"TL"
                | b"Tc"
                | b"Td"
                | b"Tf"
                | b"Tj"
                | b"Tm"
                | b"Tr"
                | b"Ts"
                | b"Tw"
                | b"Tz"
                | b"W*"
                | b"b*"
                | b"cm"
                | b"cs"
                | b"d0"
                | b"d1"
                | b"f*"
                | b"gs"
                | b"re"
                | b"rg"
                | b"ri"
                | b"sc"
                | b"sh"
        ),
        _ => matches!(word, b"BDC" | b"BMC" | b"EMC" | b"SCN" | b"scn"),
    }
}

/// How many operands an operator has; `None` where they may be many, or are arrays or dictionaries.
pub(crate) fn arity(operator: &[u8]) -> Option<usize> {
    Some(match operator {
        b"c" | b"cm" | b"Tm" => 6,
        b"k" | b"K" | b"re" | b"v" | b"y" => 4,
        b"rg" | b"RG" | b"\"" => 3,
        b"m" | b"l" | b"Td" | b"TD" | b"Tf" => 2,
        b"g" | b"G" | b"w" | b"J" | b"j" | b"M" | b"i" | b"ri" | b"gs" | b"cs" | b"CS" | b"Do"
        | b"sh" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" | b"Tj" | b"'" | b"BMC" => 1,
        b"q" | b"Q" | b"BT" | b"ET" | b"T*" | b"h" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B"
        | b"B*" | b"b" | b"b*" | b"n" | b"W" | b"W*" | b"EMC" => 0,
        _ => return None,
    })
}
