//! Standard encryption of a package, as Excel 2007 writes it ([MS-OFFCRYPTO] §2.3.4.5 to §2.3.4.9), and
//! the header that the `CryptoAPI` encryption of binary workbooks shares with it.

use super::cipher::{Chaining, Hash, aes};
use super::{damaged, unlock, unsupported, utf16};
use crate::error::Error;

/// Rounds of the password's hash (§2.3.4.7).
const ROUNDS: u32 = 50_000;
/// AES with keys of 128, 192 and 256 bits (§2.3.2, `AlgID`).
const AES: [u32; 3] = [0x660e, 0x660f, 0x6610];

/// `EncryptionHeader` and `EncryptionVerifier` (§2.3.2, §2.3.3).
pub(super) struct Header {
    pub algorithm: u32,
    /// Bits of the key.
    pub key_size: u32,
    pub salt: Vec<u8>,
    pub verifier: Vec<u8>,
    pub verifier_hash: Vec<u8>,
}

impl Header {
    /// Reads what stands after the version: flags, the header's size, the header, the verifier.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| {
            let four = bytes.get(at..)?.first_chunk()?;
            Some(u32::from_le_bytes(*four))
        };
        let (header, size) = (8, usize::try_from(number(4)?).ok()?);
        let verifier = header + size;
        let hash = verifier + 40;
        Some(Self {
            algorithm: number(header + 8)?,
            key_size: number(header + 16)?,
            salt: bytes.get(verifier + 4..verifier + 20)?.to_vec(),
            verifier: bytes.get(verifier + 20..verifier + 36)?.to_vec(),
            // 20 bytes for RC4, 32 for AES.
            verifier_hash: bytes.get(hash..bytes.len().min(hash + 32))?.to_vec(),
        })
    }
}

/// The package in plain.
pub(super) fn decrypt(
    info: &[u8],
    package: &[u8],
    password: Option<&str>,
) -> Result<Vec<u8>, Error> {
    let header = Header::read(info).ok_or_else(damaged)?;
    if !AES.contains(&header.algorithm) {
        return Err(unsupported(format!("AlgID {:#x}", header.algorithm)));
    }
    let key = unlock(password, |password| {
        let key = key(&header, password)?;
        let verifier = aes(&key, Chaining::None, &header.verifier)?;
        let hash = aes(&key, Chaining::None, &header.verifier_hash)?;
        hash.starts_with(&Hash::Sha1.of(&[&verifier]))
            .then_some(key)
    })?;
    let (size, blocks) = package.split_first_chunk::<8>().ok_or_else(damaged)?;
    let mut plain = aes(&key, Chaining::None, blocks).ok_or_else(damaged)?;
    plain.truncate(usize::try_from(u64::from_le_bytes(*size)).unwrap_or(usize::MAX));
    Ok(plain)
}

/// The key of a password (§2.3.4.7).
fn key(header: &Header, password: &str) -> Option<Vec<u8>> {
    let stretched = Hash::Sha1.stretched(&header.salt, &utf16(password), ROUNDS);
    let last = Hash::Sha1.of(&[&stretched, &[0; 4]]);
    let derived = |pad: u8| {
        let mut buffer = [pad; 64];
        for (byte, hashed) in buffer.iter_mut().zip(&last) {
            *byte ^= hashed;
        }
        Hash::Sha1.of(&[&buffer])
    };
    let mut key = derived(0x36);
    key.extend(derived(0x5c));
    key.get(..usize::try_from(header.key_size).ok()? / 8)
        .map(<[u8]>::to_vec)
}
