//! Strings in records ([MS-XLS] §2.5.293 `XLUnicodeRichExtendedString` and its relatives) -> characters and runs.

use encoding_rs::{Encoding, SHIFT_JIS, WINDOWS_1252};

use super::super::run_string::RunString;
use super::record::Record;

/// Whether characters are bytes of a code page or Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Biff {
    /// Excel 5.0 and 95: bytes of the workbook's code page.
    Five(&'static Encoding),
    /// Excel 97 to 2003: UTF-16, or its low bytes alone.
    Eight,
}

/// The encoding of a code page (CODEPAGE, §2.4.52). Japanese Excel writes 932, also on a Macintosh (10001).
pub(super) fn code_page(number: u16) -> &'static Encoding {
    match number {
        932 | 10_001 => SHIFT_JIS,
        65_001 => encoding_rs::UTF_8,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        _ => WINDOWS_1252,
    }
}

/// Reads through a record and its continuation. Strings may be cut anywhere: where their characters are,
/// the next piece begins with a byte that says anew whether they have one or two bytes (§2.5.293).
pub(super) struct Reader<'a> {
    pieces: std::vec::IntoIter<&'a [u8]>,
    here: &'a [u8],
}

impl<'a> Reader<'a> {
    /// From an offset in the record's own data.
    pub(super) fn new(record: &Record<'a>, from: usize) -> Self {
        let here = record.data.get(from..).unwrap_or_default();
        Self {
            pieces: record.continued.clone().into_iter(),
            here,
        }
    }

    fn byte(&mut self) -> Option<u8> {
        while self.here.is_empty() {
            self.here = self.pieces.next()?;
        }
        let (&first, rest) = self.here.split_first()?;
        self.here = rest;
        Some(first)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            while self.here.is_empty() {
                self.here = self.pieces.next()?;
            }
            let step = count.min(self.here.len());
            self.here = self.here.get(step..).unwrap_or_default();
            count -= step;
        }
        Some(())
    }

    /// `count` characters, of one or two bytes as the flags say.
    fn units(&mut self, count: usize, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::with_capacity(count.min(self.here.len()));
        while units.len() < count {
            if self.here.is_empty() {
                self.here = self.pieces.next()?;
                wide = self.byte()? & 1 != 0;
                continue;
            }
            units.push(if wide {
                self.u16()?
            } else {
                u16::from(self.byte()?)
            });
        }
        Some(units)
    }

    /// A string after its length; its runs where it has some, its phonetic part left out.
    pub(super) fn unicode(&mut self, length: usize) -> Option<RunString> {
        let flags = self.byte()?;
        let run_count = if flags & 0x08 != 0 { self.u16()? } else { 0 };
        let extension = if flags & 0x04 != 0 {
            self.u32()? as usize
        } else {
            0
        };
        let units = self.units(length, flags & 0x01 != 0)?;
        let runs = (0..run_count)
            .map_while(|_| Some((self.u16()?, self.u16()?)))
            .collect::<Vec<_>>();
        self.skip(extension)?;
        Some(RunString::new(&units, &runs))
    }

    /// Bytes of a code page.
    pub(super) fn bytes(&mut self, length: usize, encoding: &'static Encoding) -> Option<String> {
        let bytes = (0..length).map_while(|_| self.byte()).collect::<Vec<_>>();
        (bytes.len() == length).then(|| encoding.decode_without_bom_handling(&bytes).0.into_owned())
    }

    /// A string with a length of two bytes (one for a short one), as the version writes it.
    pub(super) fn string(&mut self, biff: Biff, length: Length) -> Option<RunString> {
        let length = match length {
            Length::Byte => usize::from(self.byte()?),
            Length::Word => usize::from(self.u16()?),
        };
        match biff {
            Biff::Eight => self.unicode(length),
            Biff::Five(encoding) => Some(RunString::plain(self.bytes(length, encoding)?)),
        }
    }

    /// The string of an RSTRING record: its runs stand behind it. In BIFF5 they count bytes.
    pub(super) fn rich_string(&mut self, biff: Biff) -> Option<RunString> {
        let length = usize::from(self.u16()?);
        match biff {
            Biff::Eight => {
                let wide = self.byte()? & 1 != 0;
                let units = self.units(length, wide)?;
                let count = self.u16()?;
                let runs: Vec<_> = (0..count)
                    .map_while(|_| Some((self.u16()?, self.u16()?)))
                    .collect();
                Some(RunString::new(&units, &runs))
            }
            Biff::Five(encoding) => {
                let bytes: Vec<u8> = (0..length).map_while(|_| self.byte()).collect();
                let count = self.byte()?;
                let runs: Vec<_> = (0..count)
                    .map_while(|_| Some((self.byte()?, self.byte()?)))
                    .collect();
                let decode =
                    |part: &[u8]| encoding.decode_without_bom_handling(part).0.into_owned();
                let mut parts = Vec::new();
                let (mut at, mut font) = (0, None);
                for (start, next) in runs {
                    let start = usize::from(start).clamp(at, bytes.len());
                    parts.push((decode(bytes.get(at..start).unwrap_or_default()), font));
                    (at, font) = (start, Some(u16::from(next)));
                }
                parts.push((decode(bytes.get(at..).unwrap_or_default()), font));
                Some(RunString::of_parts(parts))
            }
        }
    }
}

/// How many bytes a string's length has.
#[derive(Debug, Clone, Copy)]
pub(super) enum Length {
    Byte,
    Word,
}

#[cfg(test)]
mod tests {
    use super::super::super::worksheet::Strike;
    use super::*;

    fn record<'a>(pieces: &[&'a [u8]]) -> Record<'a> {
        Record {
            number: 0xfc,
            data: pieces[0],
            continued: pieces[1..].to_vec(),
        }
    }

    fn plain(string: &RunString) -> String {
        string.in_cell(Strike::Live, |_| Strike::Live).text
    }

    #[test]
    fn a_string_cut_between_records_changes_its_width() {
        // Two wide characters, then the next record goes on with narrow ones.
        let record = record(&[&[4, 0, 1, 0x42, 0x30, 0x44, 0x30], &[0, b'A', b'B']]);
        let mut reader = Reader::new(&record, 0);
        assert_eq!(
            plain(&reader.string(Biff::Eight, Length::Word).unwrap()),
            "あいAB"
        );
    }

    #[test]
    fn runs_and_phonetic_parts_are_told_from_the_text() {
        let mut data = vec![3, 0, 0x0c, 1, 0, 4, 0, 0, 0];
        data.extend([b'a', b'b', b'c', 1, 0, 6, 0]);
        data.extend([9, 9, 9, 9]);
        data.extend([1, 0, 0, b'z']);
        let record = record(&[&data]);
        let mut reader = Reader::new(&record, 0);
        let string = reader.string(Biff::Eight, Length::Word).unwrap();
        let text = string.in_cell(Strike::Live, |font| {
            if font == 6 {
                Strike::Struck
            } else {
                Strike::Live
            }
        });
        assert_eq!(
            (text.text.as_str(), text.struck.first()),
            ("abc", Some(&(1..3)))
        );
        assert_eq!(
            plain(&reader.string(Biff::Eight, Length::Word).unwrap()),
            "z"
        );
    }

    #[test]
    fn a_cut_string_is_none() {
        let record = record(&[&[200, 0, 1, 0x42, 0x30]]);
        assert!(
            Reader::new(&record, 0)
                .string(Biff::Eight, Length::Word)
                .is_none()
        );
    }
}
