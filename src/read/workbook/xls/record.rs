//! A workbook stream -> records, each with the CONTINUE records after it ([MS-XLS] §2.1.4).

/// Record numbers ([MS-XLS] §2.3); those of BIFF5 are the same.
pub(super) mod number {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const EOF: u16 = 0x000a;
    pub(in super::super) const LBL: u16 = 0x0018;
    pub(in super::super) const NOTE: u16 = 0x001c;
    pub(in super::super) const HEADER: u16 = 0x0014;
    pub(in super::super) const FOOTER: u16 = 0x0015;
    pub(in super::super) const EXTERNSHEET: u16 = 0x0017;
    pub(in super::super) const DATEMODE: u16 = 0x0022;
    pub(in super::super) const FILEPASS: u16 = 0x002f;
    pub(in super::super) const FONT: u16 = 0x0031;
    pub(in super::super) const CONTINUE: u16 = 0x003c;
    pub(in super::super) const CODEPAGE: u16 = 0x0042;
    pub(in super::super) const OBJ: u16 = 0x005d;
    pub(in super::super) const COLINFO: u16 = 0x007d;
    pub(in super::super) const UNCALCED: u16 = 0x005e;
    pub(in super::super) const FILTERMODE: u16 = 0x009b;
    pub(in super::super) const PALETTE: u16 = 0x0092;
    pub(in super::super) const BOUNDSHEET: u16 = 0x0085;
    pub(in super::super) const MULRK: u16 = 0x00bd;
    pub(in super::super) const MULBLANK: u16 = 0x00be;
    pub(in super::super) const DBQUERY: u16 = 0x00dc;
    pub(in super::super) const RSTRING: u16 = 0x00d6;
    pub(in super::super) const XF: u16 = 0x00e0;
    pub(in super::super) const MERGECELLS: u16 = 0x00e5;
    pub(in super::super) const MSODRAWING: u16 = 0x00ec;
    pub(in super::super) const SST: u16 = 0x00fc;
    pub(in super::super) const LABELSST: u16 = 0x00fd;
    pub(in super::super) const SUPBOOK: u16 = 0x01ae;
    pub(in super::super) const TXO: u16 = 0x01b6;
    pub(in super::super) const DCONN: u16 = 0x0876;
    pub(in super::super) const BLANK: u16 = 0x0201;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const LABEL: u16 = 0x0204;
    pub(in super::super) const BOOLERR: u16 = 0x0205;
    pub(in super::super) const STRING: u16 = 0x0207;
    pub(in super::super) const ROW: u16 = 0x0208;
    pub(in super::super) const RK: u16 = 0x027e;
    pub(in super::super) const FORMAT: u16 = 0x041e;
    pub(in super::super) const BOF: u16 = 0x0809;
}

/// A record: its number, its data, and the data of the CONTINUE records that follow it.
pub(super) struct Record<'a> {
    pub number: u16,
    pub data: &'a [u8],
    pub continued: Vec<&'a [u8]>,
}

/// The records from a position of a stream on.
pub(super) struct Records<'a> {
    rest: &'a [u8],
    /// Whether the stream ended inside a record.
    pub cut: bool,
}

impl<'a> Records<'a> {
    /// Starts at a position; `None` if it lies beyond the stream.
    pub(super) fn at(stream: &'a [u8], position: usize) -> Option<Self> {
        let rest = stream.get(position..).filter(|rest| !rest.is_empty())?;
        Some(Self { rest, cut: false })
    }

    /// One record without its continuation.
    fn single(&mut self) -> Option<(u16, &'a [u8])> {
        let header = self.rest.first_chunk::<4>()?;
        let number = u16::from_le_bytes([header[0], header[1]]);
        let length = usize::from(u16::from_le_bytes([header[2], header[3]]));
        let Some(data) = self.rest.get(4..4 + length) else {
            self.cut = true;
            self.rest = &[];
            return None;
        };
        self.rest = self.rest.get(4 + length..).unwrap_or_default();
        Some((number, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (number, data) = self.single()?;
        let mut continued = Vec::new();
        while self.rest.starts_with(&number::CONTINUE.to_le_bytes()) {
            let Some((_, data)) = self.single() else {
                break;
            };
            continued.push(data);
        }
        Some(Record {
            number,
            data,
            continued,
        })
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
