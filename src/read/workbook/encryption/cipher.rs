//! The ciphers and hashes that Office documents are encrypted with.

use aes::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use sha2::Digest;

/// Bytes of an AES block (FIPS 197).
pub(super) const AES_BLOCK: usize = 16;

/// How one block depends on the one before it.
#[derive(Clone, Copy)]
pub(super) enum Chaining<'a> {
    /// Not at all (electronic codebook).
    None,
    /// Cipher block chaining from an initialization vector of one block.
    Blocks(&'a [u8]),
}

/// Decrypts whole AES blocks; bytes after the last whole block are lost. `None` if the key has no length
/// of AES, or the initialization vector is not one block.
pub(super) fn aes(key: &[u8], chaining: Chaining<'_>, data: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        16 => aes_with::<Aes128>(key, chaining, data),
        24 => aes_with::<Aes192>(key, chaining, data),
        32 => aes_with::<Aes256>(key, chaining, data),
        _ => None,
    }
}

fn aes_with<Cipher>(key: &[u8], chaining: Chaining<'_>, data: &[u8]) -> Option<Vec<u8>>
where
    Cipher: BlockCipherDecrypt + KeyInit,
{
    match chaining {
        Chaining::None => {
            let cipher = Cipher::new_from_slice(key).ok()?;
            blocks(data, |block| cipher.decrypt_block(block))
        }
        Chaining::Blocks(vector) => {
            let mut cipher = cbc::Decryptor::<Cipher>::new_from_slices(key, vector).ok()?;
            blocks(data, |block| cipher.decrypt_block(block))
        }
    }
}

fn blocks<Block>(data: &[u8], mut decrypt: impl FnMut(&mut Block)) -> Option<Vec<u8>>
where
    Block: for<'a> TryFrom<&'a [u8]> + AsRef<[u8]>,
{
    let mut plain = Vec::with_capacity(data.len());
    for chunk in data.chunks_exact(AES_BLOCK) {
        let mut block = Block::try_from(chunk).ok()?;
        decrypt(&mut block);
        plain.extend_from_slice(block.as_ref());
    }
    Some(plain)
}

/// A hash function by its name in `EncryptionInfo` ([MS-OFFCRYPTO] §2.3.4.10, `ST_HashAlgorithm`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "SHA1" | "SHA-1" => Some(Self::Sha1),
            "SHA256" | "SHA-256" => Some(Self::Sha256),
            "SHA384" | "SHA-384" => Some(Self::Sha384),
            "SHA512" | "SHA-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The hash of parts that stand one after the other.
    pub(super) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha1 => hash::<sha1::Sha1>(parts),
            Self::Sha256 => hash::<sha2::Sha256>(parts),
            Self::Sha384 => hash::<sha2::Sha384>(parts),
            Self::Sha512 => hash::<sha2::Sha512>(parts),
        }
    }

    /// The password's hash, hashed again and again with the count of the round before it
    /// ([MS-OFFCRYPTO] §2.3.4.7, §2.3.4.11).
    pub(super) fn stretched(self, salt: &[u8], password: &[u8], rounds: u32) -> Vec<u8> {
        (0..rounds).fold(self.of(&[salt, password]), |before, round| {
            self.of(&[&round.to_le_bytes(), &before])
        })
    }
}

/// The hash of parts that stand one after the other.
pub(super) fn hash<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

/// Takes an RC4 key's stream off bytes, from the stream's beginning on.
pub(super) fn rc4(key: &[u8], data: &mut [u8]) -> Option<()> {
    use ::rc4::StreamCipher;
    ::rc4::Rc4::new_from_slice(key)
        .ok()?
        .try_apply_keystream(data)
        .ok()
}
