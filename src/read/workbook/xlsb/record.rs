//! A part's bytes -> records ([MS-XLSB] §2.1.4).

/// Record numbers ([MS-XLSB] §2.3).
pub(super) mod number {
    pub(in super::super) const ROW_HEADER: u16 = 0;
    pub(in super::super) const CELL_BLANK: u16 = 1;
    pub(in super::super) const CELL_RK: u16 = 2;
    pub(in super::super) const CELL_ERROR: u16 = 3;
    pub(in super::super) const CELL_BOOL: u16 = 4;
    pub(in super::super) const CELL_REAL: u16 = 5;
    pub(in super::super) const CELL_STRING: u16 = 6;
    pub(in super::super) const CELL_SHARED: u16 = 7;
    pub(in super::super) const FORMULA_STRING: u16 = 8;
    pub(in super::super) const FORMULA_NUMBER: u16 = 9;
    pub(in super::super) const FORMULA_BOOL: u16 = 10;
    pub(in super::super) const FORMULA_ERROR: u16 = 11;
    pub(in super::super) const SHORT_BLANK: u16 = 12;
    pub(in super::super) const SHORT_SHARED: u16 = 18;
    pub(in super::super) const STRING_ITEM: u16 = 19;
    pub(in super::super) const NAME: u16 = 39;
    pub(in super::super) const FONT: u16 = 43;
    pub(in super::super) const FORMAT: u16 = 44;
    pub(in super::super) const FILL: u16 = 45;
    pub(in super::super) const BORDER: u16 = 46;
    pub(in super::super) const XF: u16 = 47;
    pub(in super::super) const COLUMN_INFO: u16 = 60;
    pub(in super::super) const CELL_RICH_STRING: u16 = 62;
    pub(in super::super) const END_SHEET: u16 = 130;
    pub(in super::super) const WORKBOOK_PROPERTIES: u16 = 153;
    pub(in super::super) const BUNDLE_SHEET: u16 = 156;
    pub(in super::super) const CALCULATION: u16 = 157;
    pub(in super::super) const BEGIN_STRINGS: u16 = 159;
    pub(in super::super) const MERGE_CELL: u16 = 176;
    pub(in super::super) const HEADER_FOOTER: u16 = 479;
    pub(in super::super) const BEGIN_CELL_XFS: u16 = 617;
    pub(in super::super) const END_CELL_XFS: u16 = 618;
    pub(in super::super) const BEGIN_COMMENT: u16 = 635;
    pub(in super::super) const COMMENT_TEXT: u16 = 637;
}

/// The records of a part, up to its end or to a record that is cut.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    /// A number in groups of seven bits, the lowest first, at most `most` of them.
    fn variable(&mut self, most: u32) -> Option<u32> {
        let mut value = 0;
        for group in 0..most {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << (7 * group);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let number = self.variable(2)? as u16;
        let length = self.variable(4)? as usize;
        let data = self.rest.get(..length)?;
        self.rest = self.rest.get(length..)?;
        Some((number, data))
    }
}

/// A two-byte number at an offset.
pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// A four-byte number at an offset.
pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// An IEEE 754 number at an offset.
pub(super) fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// The UTF-16 units of a string at an offset (§2.5.169 `XLWideString`), and the offset behind it. The length
/// 0xFFFFFFFF stands for no string (§2.5.167).
pub(super) fn units_at(data: &[u8], at: usize) -> Option<(Vec<u16>, usize)> {
    let count = u32_at(data, at)?;
    if count == u32::MAX {
        return Some((Vec::new(), at + 4));
    }
    let end = (count as usize).checked_mul(2)?.checked_add(at + 4)?;
    let units = data
        .get(at + 4..end)?
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((units.collect(), end))
}

/// A string at an offset, and the offset behind it.
pub(super) fn string_at(data: &[u8], at: usize) -> Option<(String, usize)> {
    let (units, end) = units_at(data, at)?;
    Some((String::from_utf16_lossy(&units), end))
}
