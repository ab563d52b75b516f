//! Shown strings -> codes: how many bytes each code has (ISO 32000-1 §9.7.6.2, Adobe Technical Note #5014).

/// How the bytes of a string divide into codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Codes {
    /// Simple fonts.
    OneByte,
    /// Identity, UCS-2, JIS rows.
    TwoBytes,
    /// UTF-32.
    FourBytes,
    /// Shift_JIS: half-width bytes alone, others in pairs.
    ShiftJis,
    /// EUC-JP, GBK, Big Five, UHC: bytes under 0x80 alone, others in pairs.
    Euc,
    /// GB 18030: pairs, or four bytes where the second is a digit.
    Gb18030,
    /// CNS 11643 in EUC: pairs, or four bytes after 0x8E.
    CnsEuc,
    /// UTF-16: pairs, surrogates in fours.
    Utf16,
    /// UTF-8.
    Utf8,
    /// The code space ranges of an embedded CMap.
    Ranges(Vec<Range>),
}

/// A code space range: codes whose every byte lies between those of `low` and `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) length: u8,
    pub(super) low: u32,
    pub(super) high: u32,
}

impl Range {
    fn holds(self, code: u32) -> bool {
        (0..u32::from(self.length)).all(|index| {
            let byte = |value: u32| (value >> (8 * index)) & 0xFF;
            (byte(self.low)..=byte(self.high)).contains(&byte(code))
        })
    }
}

impl Codes {
    /// The first code of a string and its number of bytes; `None` at its end. A code that breaks off at
    /// the end of the string has the bytes that are there.
    pub(super) fn first(&self, bytes: &[u8]) -> Option<(u32, u8)> {
        let first = *bytes.first()?;
        let second = bytes.get(1).copied();
        let length = match self {
            Self::OneByte => 1,
            Self::TwoBytes => 2,
            Self::FourBytes => 4,
            Self::ShiftJis => 1 + usize::from(matches!(first, 0x81..=0x9F | 0xE0..=0xFC)),
            Self::Euc => 1 + usize::from(first > 0x80 && first != 0xFF),
            Self::Gb18030 => match (first, second) {
                (0..=0x80 | 0xFF, _) => 1,
                (_, Some(0x30..=0x39)) => 4,
                _ => 2,
            },
            Self::CnsEuc => match first {
                0x8E => 4,
                0..=0x80 => 1,
                _ => 2,
            },
            Self::Utf16 => 2 + 2 * usize::from(matches!(first, 0xD8..=0xDB)),
            Self::Utf8 => match first {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => 1,
            },
            Self::Ranges(ranges) => in_ranges(ranges, bytes),
        };
        let code = bytes.get(..length.min(bytes.len())).unwrap_or_default();
        Some((number(code), code.len() as u8))
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// The length of the code that the bytes begin with: that of the shortest range that holds it, else that of
/// the shortest range whose first byte fits, else the shortest of all.
fn in_ranges(ranges: &[Range], bytes: &[u8]) -> usize {
    for length in 1..=4u8 {
        let Some(code) = bytes.get(..usize::from(length)) else {
            break;
        };
        let code = number(code);
        if ranges
            .iter()
            .any(|range| range.length == length && range.holds(code))
        {
            return usize::from(length);
        }
    }
    let first = u32::from(bytes.first().copied().unwrap_or_default());
    let fits = |range: &&Range| {
        let shift = 8 * u32::from(range.length.saturating_sub(1));
        (range.low >> shift..=range.high >> shift).contains(&first)
    };
    let shortest =
        |ranges: &mut dyn Iterator<Item = &Range>| ranges.map(|range| range.length).min();
    let length = shortest(&mut ranges.iter().filter(fits)).or_else(|| shortest(&mut ranges.iter()));
    usize::from(length.unwrap_or(2).clamp(1, 4))
}
