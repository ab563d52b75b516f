//! An encrypted stream of binary records -> the same stream in plain ([MS-XLS] §2.2.10, [MS-OFFCRYPTO]
//! §2.3.5 and §2.3.6).

use super::cipher::{Hash, hash, rc4};
use super::standard::Header;
use super::{damaged, unlock, unsupported, utf16};
use crate::error::Error;

/// Bytes of the stream that share a key.
const BLOCK: usize = 1024;
/// RC4 (§2.3.2, `AlgID`).
const RC4: u32 = 0x6801;

/// Records that stay in plain ([MS-XLS] §2.2.10): `BOF`, `FilePass`, `UsrExcl`, `FileLock`, `InterfaceHdr`,
/// `RRDInfo`, `RRDHead`.
const PLAIN: [u16; 7] = [0x0809, 0x002f, 0x0194, 0x0195, 0x00e1, 0x0196, 0x0138];
/// `BoundSheet8`: where the worksheet begins, its first four bytes, stays in plain.
const BOUND_SHEET: u16 = 0x0085;

/// What a password becomes, before the number of a block makes it a key.
enum Secret {
    /// Office 97 to 2000 (§2.3.6.2): five bytes of an MD5 hash.
    Rc4([u8; 5]),
    /// Office XP and 2003 (§2.3.5.2): a SHA-1 hash, and the key's length in bytes.
    CryptoApi(Vec<u8>, usize),
}

impl Secret {
    /// The key of a block of the stream.
    fn key(&self, block: u32) -> Option<Vec<u8>> {
        match self {
            Self::Rc4(five) => Some(hash::<md5::Md5>(&[five, &block.to_le_bytes()])),
            Self::CryptoApi(hashed, length) => {
                let key = Hash::Sha1.of(&[hashed, &block.to_le_bytes()]);
                let mut key = key.get(..*length)?.to_vec();
                // Keys of 40 bits are used as if they had 128.
                if *length == 5 {
                    key.resize(16, 0);
                }
                Some(key)
            }
        }
    }

    /// The verifier and its hash in plain, which the first block's key encrypts one after the other.
    fn verify(&self, verifier: &[u8], verifier_hash: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut both = [verifier, verifier_hash].concat();
        rc4(&self.key(0)?, &mut both)?;
        let hashed = both.split_off(verifier.len());
        Some((both, hashed))
    }
}

/// Decrypts the records of a stream; `filepass` is the data of its `FilePass` record.
///
/// # Errors
/// The password is missing or wrong, the way of encryption is not known, or the record is damaged.
pub(in super::super) fn decrypt_stream(
    stream: &[u8],
    filepass: &[u8],
    password: Option<&str>,
) -> Result<Vec<u8>, Error> {
    let (head, rest) = filepass.split_first_chunk::<6>().ok_or_else(|| {
        // Excel 5.0 and 95, and XOR obfuscation, which is as good as none.
        unsupported("FilePass: XOR")
    })?;
    let secret = match head {
        [1, 0, 1, 0, 1, 0] => office_97(rest, password)?,
        [1, 0, 2..=4, 0, 2, 0] => crypto_api(rest, password)?,
        [0, 0, ..] => return Err(unsupported("FilePass: XOR")),
        _ => return Err(unsupported(format!("FilePass {head:02x?}"))),
    };
    decrypt_records(stream, &secret).ok_or_else(damaged)
}

/// §2.3.6.1 to §2.3.6.3: a salt, a verifier and its hash, of 16 bytes each.
fn office_97(info: &[u8], password: Option<&str>) -> Result<Secret, Error> {
    let part = |index: usize| info.get(index * 16..index * 16 + 16).ok_or_else(damaged);
    let (salt, verifier, verifier_hash) = (part(0)?, part(1)?, part(2)?);
    unlock(password, |password| {
        let five = |hashed: Vec<u8>| hashed.first_chunk::<5>().copied();
        let first = five(hash::<md5::Md5>(&[&utf16(password)]))?;
        let repeated = [&first[..], salt].concat().repeat(16);
        let secret = Secret::Rc4(five(hash::<md5::Md5>(&[&repeated]))?);
        let (verifier, hashed) = secret.verify(verifier, verifier_hash)?;
        (hash::<md5::Md5>(&[&verifier]) == hashed).then_some(secret)
    })
}

/// §2.3.5.1 to §2.3.5.3.
fn crypto_api(info: &[u8], password: Option<&str>) -> Result<Secret, Error> {
    let header = Header::read(info).ok_or_else(damaged)?;
    if header.algorithm != RC4 {
        return Err(unsupported(format!("AlgID {:#x}", header.algorithm)));
    }
    // No size means the shortest (§2.3.2, `KeySize`).
    let bits = if header.key_size == 0 {
        40
    } else {
        header.key_size
    };
    unlock(password, |password| {
        let hashed = Hash::Sha1.of(&[&header.salt, &utf16(password)]);
        let secret = Secret::CryptoApi(hashed, bits as usize / 8);
        let (verifier, hashed) = secret.verify(&header.verifier, &header.verifier_hash)?;
        hashed
            .starts_with(&Hash::Sha1.of(&[&verifier]))
            .then_some(secret)
    })
}

/// The key's stream runs on under what stays in plain, so the whole stream is decrypted and what stays in
/// plain put back.
fn decrypt_records(stream: &[u8], secret: &Secret) -> Option<Vec<u8>> {
    let mut plain = stream.to_vec();
    for (index, block) in (0_u32..).zip(plain.chunks_mut(BLOCK)) {
        rc4(&secret.key(index)?, block)?;
    }
    let mut at = 0;
    while let Some(header) = stream.get(at..).and_then(<[u8]>::first_chunk::<4>) {
        let number = u16::from_le_bytes([header[0], header[1]]);
        let length = usize::from(u16::from_le_bytes([header[2], header[3]]));
        let kept = match number {
            number if PLAIN.contains(&number) => length,
            BOUND_SHEET => length.min(4),
            _ => 0,
        };
        let end = (at + 4 + kept).min(stream.len());
        plain
            .get_mut(at..end)?
            .copy_from_slice(stream.get(at..end)?);
        at += 4 + length;
    }
    Some(plain)
}
