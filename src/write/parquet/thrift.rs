//! Structures -> the compact protocol of Apache Thrift, as far as Parquet's metadata needs it.

/// Types of fields and list elements in the compact protocol.
pub(super) const I32: u8 = 5;
const I64: u8 = 6;
pub(super) const BINARY: u8 = 8;
pub(super) const LIST: u8 = 9;
pub(super) const STRUCT: u8 = 12;

/// A structure that is being written; fields must come in rising order.
pub(super) struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

impl Struct {
    pub fn new() -> Self {
        Self {
            bytes: Vec::new(),
            last: 0,
        }
    }

    /// A field whose value is encoded already.
    pub fn raw(mut self, field: u8, kind: u8, value: &[u8]) -> Self {
        self.bytes.push((field - self.last) << 4 | kind);
        self.last = field;
        self.bytes.extend_from_slice(value);
        self
    }

    /// A field of 32 bits.
    pub fn int(self, field: u8, value: i32) -> Self {
        self.raw(field, I32, &zigzag(i64::from(value)))
    }

    /// A field of 64 bits.
    pub fn long(self, field: u8, value: i64) -> Self {
        self.raw(field, I64, &zigzag(value))
    }

    /// A field of words.
    pub fn text(self, field: u8, value: &str) -> Self {
        self.raw(field, BINARY, &binary(value))
    }

    /// The bytes with the end's mark.
    pub fn end(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

/// A list of encoded elements.
pub(super) fn list(kind: u8, elements: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    match u8::try_from(elements.len()) {
        Ok(count) if count < 15 => bytes.push(count << 4 | kind),
        _ => {
            bytes.push(0xf0 | kind);
            varint(&mut bytes, elements.len() as u64);
        }
    }
    bytes.extend(elements.iter().flatten());
    bytes
}

/// Words with their length.
pub(super) fn binary(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// A signed number as an unsigned one: 0, -1, 1, -2 … become 0, 1, 2, 3 …
pub(super) fn zigzag(value: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, (value << 1 ^ value >> 63) as u64);
    bytes
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
pub(super) fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
