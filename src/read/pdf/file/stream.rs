//! A stream's stored bytes -> its content, as far as it can be unpacked (ISO 32000-1 §7.4).

use flate2::{Decompress, FlushDecompress, Status};

use super::Stream;
use crate::read::limits;

/// A stream's content.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    /// What could be unpacked.
    pub(crate) bytes: Vec<u8>,
    /// Why the rest could not.
    pub(crate) damage: Option<Damage>,
}

/// Why a stream could not be unpacked to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Damage {
    /// It would be larger than allowed.
    TooLarge,
    /// Its data is wrong or missing.
    Broken(String),
}

impl Stream<'_> {
    /// Unpacks the stream, at most [`limits::STREAM_BYTES`]. A damaged stream gives what came before
    /// the damage.
    pub(crate) fn decode(self) -> Decoded {
        self.decode_up_to(limits::STREAM_BYTES)
    }

    /// Unpacks the stream into at most `limit` bytes.
    pub(crate) fn decode_up_to(self, limit: usize) -> Decoded {
        // The library keeps silent about a deflate stream that breaks off.
        if self.is_plain_deflate() {
            return inflate(&self.stream.content, limit);
        }
        match self.stream.get_plain_content_with_limit(limit) {
            Ok(bytes) => Decoded {
                bytes,
                damage: None,
            },
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded {
                ..
            })) => Decoded {
                bytes: Vec::new(),
                damage: Some(Damage::TooLarge),
            },
            Err(error) => Decoded {
                bytes: Vec::new(),
                damage: Some(Damage::Broken(error.to_string())),
            },
        }
    }

    /// Whether its only filter is deflate without a predictor: nearly every content stream.
    fn is_plain_deflate(self) -> bool {
        let filters = self.stream.filters().unwrap_or_default();
        let predicted = self
            .dict
            .get(b"DecodeParms")
            .map(|parameters| {
                parameters
                    .array()
                    .and_then(|array| array.get(0))
                    .unwrap_or(parameters)
            })
            .and_then(super::Value::dict)
            .and_then(|parameters| parameters.number(b"Predictor"))
            .is_some_and(|predictor| predictor > 1.0);
        matches!(filters.as_slice(), [b"FlateDecode" | b"Fl"]) && !predicted
    }
}

/// Inflates a zlib stream (RFC 1950). Where its header is wrong or its checksum is missing but its data is whole
/// (RFC 1951), nothing is lost and no damage is reported. A checksum that is wrong is the only sign that characters
/// may be others than were written.
fn inflate(input: &[u8], limit: usize) -> Decoded {
    let (zlib, _) = run(Decompress::new(true), input, limit);
    if matches!(zlib.damage, None | Some(Damage::TooLarge)) {
        return zlib;
    }
    let data = input.get(2..).unwrap_or_default();
    let (mut raw, behind) = run(Decompress::new(false), data, limit);
    if raw.damage.is_none() && raw.bytes.len() >= zlib.bytes.len() {
        let stored = data.get(behind..).and_then(|rest| rest.first_chunk());
        if stored.is_some_and(|stored| u32::from_be_bytes(*stored) != adler32(&raw.bytes)) {
            raw.damage = Some(Damage::Broken("its checksum is wrong".to_owned()));
        }
        return raw;
    }
    if raw.bytes.len() > zlib.bytes.len() {
        return raw;
    }
    zlib
}

/// The checksum of RFC 1950 §8.2.
fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    let (mut low, mut high) = (1, 0);
    // So many sums fit into 32 bits before they must be reduced.
    for piece in bytes.chunks(5_552) {
        for &byte in piece {
            low += u32::from(byte);
            high += low;
        }
        low %= MODULUS;
        high %= MODULUS;
    }
    high << 16 | low
}

/// What a stream unpacks to, and how many bytes it was.
fn run(mut state: Decompress, input: &[u8], limit: usize) -> (Decoded, usize) {
    let mut bytes = Vec::with_capacity(input.len().saturating_mul(4).clamp(64, limit.max(64)));
    let damage = loop {
        let rest = input.get(state.total_in() as usize..).unwrap_or_default();
        let before = (state.total_in(), state.total_out());
        match state.decompress_vec(rest, &mut bytes, FlushDecompress::None) {
            Ok(Status::StreamEnd) => break None,
            Err(_) => break Some(Damage::Broken("its compressed data is damaged".to_owned())),
            Ok(_) if bytes.len() >= limit => {
                break Some(Damage::TooLarge);
            }
            Ok(_) if bytes.len() == bytes.capacity() => {
                bytes.reserve(bytes.len().min(limit - bytes.len()).max(64));
            }
            Ok(_) if before == (state.total_in(), state.total_out()) => {
                break Some(Damage::Broken("it breaks off".to_owned()));
            }
            Ok(_) => {}
        }
    };
    // The last step may have filled room that was reserved beyond the limit.
    let damage = if bytes.len() > limit {
        Some(Damage::TooLarge)
    } else {
        damage
    };
    bytes.truncate(limit);
    (Decoded { bytes, damage }, state.total_in() as usize)
}
