//! Encrypted workbooks ([MS-OFFCRYPTO]) -> the bytes that they hold in plain.

mod agile;
mod cipher;
mod rc4;
mod standard;

pub(super) use self::rc4::decrypt_stream;

use crate::error::{Error, Problem};

/// Excel encrypts with this password, without asking for one, when only the structure of a workbook is
/// protected; it opens such files without asking ([MS-XLS] §2.4.117 `FilePass`).
const DEFAULT_PASSWORD: &str = "VelvetSweatshop";

/// An Office Open XML workbook within a compound file ([MS-OFFCRYPTO] §2.3.4).
pub(crate) struct EncryptedPackage {
    /// The stream `EncryptionInfo`.
    pub info: Vec<u8>,
    /// The stream `EncryptedPackage`: the size in plain as eight bytes, then the blocks.
    pub package: Vec<u8>,
}

impl EncryptedPackage {
    /// The package in plain: a ZIP container.
    ///
    /// # Errors
    /// The password is missing or wrong, the way of encryption is not known, or a stream is damaged.
    pub(crate) fn decrypt(&self, password: Option<&str>) -> Result<Vec<u8>, Error> {
        let (head, rest) = self.info.split_first_chunk::<4>().ok_or_else(damaged)?;
        let plain = match head {
            [4, 0, 4, 0] => agile::decrypt(rest, &self.package, password)?,
            [2..=4, 0, 2, 0] => standard::decrypt(rest, &self.package, password)?,
            [major, _, minor, _] => {
                return Err(unsupported(format!("EncryptionInfo {major}.{minor}")));
            }
        };
        // Anything else would be a container in a container, without end.
        if plain.starts_with(b"PK") {
            Ok(plain)
        } else {
            Err(damaged())
        }
    }
}

/// The key of the given password, or else of the one that Excel itself uses.
fn unlock<Key>(
    password: Option<&str>,
    mut key_of: impl FnMut(&str) -> Option<Key>,
) -> Result<Key, Error> {
    let given = password.and_then(&mut key_of);
    given
        .or_else(|| key_of(DEFAULT_PASSWORD))
        .ok_or_else(|| match password {
            None => Problem::PasswordNeeded.into(),
            Some(_) => Problem::PasswordWrong.into(),
        })
}

fn damaged() -> Error {
    Problem::Damaged {
        reason: "EncryptionInfo".to_owned(),
    }
    .into()
}

fn unsupported(detail: impl Into<String>) -> Error {
    Problem::EncryptionUnsupported {
        detail: detail.into(),
    }
    .into()
}

/// A password as it is hashed: UTF-16, the low byte first.
fn utf16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
