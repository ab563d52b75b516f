//! Agile encryption of a package, as Excel 2010 and later write it ([MS-OFFCRYPTO] §2.3.4.10 to §2.3.4.15).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cipher::{AES_BLOCK, Chaining, Hash, aes};
use super::{damaged, unlock, unsupported, utf16};
use crate::error::Error;

/// What the password's hash is hashed with for each of the three things that it encrypts (§2.3.4.13).
const VERIFIER_INPUT: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const VERIFIER_VALUE: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const KEY_VALUE: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];

/// Bytes of the package that share an initialization vector (§2.3.4.15).
const SEGMENT: usize = 4096;
/// The most rounds that the schema permits (§2.3.4.10, `ST_SpinCount`): some seconds.
const MOST_ROUNDS: u32 = 10_000_000;

/// The attributes that `keyData` and `encryptedKey` share.
struct KeyData {
    salt: Vec<u8>,
    hash: Hash,
    /// Bytes of the key.
    key_size: usize,
}

/// `encryptedKey` of the password's key encryptor.
struct EncryptedKey {
    data: KeyData,
    rounds: u32,
    verifier_input: Vec<u8>,
    verifier_value: Vec<u8>,
    value: Vec<u8>,
}

/// The package in plain. Its integrity is not checked here: each part of the container has its own checksum.
pub(super) fn decrypt(
    info: &[u8],
    package: &[u8],
    password: Option<&str>,
) -> Result<Vec<u8>, Error> {
    // Four bytes of flags stand before the XML.
    let xml = info.get(4..).ok_or_else(damaged)?;
    let (data, encrypted) = descriptor(xml)?;
    let key = unlock(password, |password| encrypted.open(password))?;
    let (size, blocks) = package.split_first_chunk::<8>().ok_or_else(damaged)?;
    let mut plain = Vec::with_capacity(blocks.len());
    for (index, segment) in (0_u32..).zip(blocks.chunks(SEGMENT)) {
        let vector = sized(
            &data.hash.of(&[&data.salt, &index.to_le_bytes()]),
            AES_BLOCK,
        );
        let segment = aes(&key, Chaining::Blocks(&vector), segment).ok_or_else(damaged)?;
        plain.extend(segment);
    }
    plain.truncate(usize::try_from(u64::from_le_bytes(*size)).unwrap_or(usize::MAX));
    Ok(plain)
}

impl EncryptedKey {
    /// The package's key, if the password fits.
    fn open(&self, password: &str) -> Option<Vec<u8>> {
        let hash = self.data.hash;
        let stretched = hash.stretched(&self.data.salt, &utf16(password), self.rounds);
        let vector = sized(&self.data.salt, AES_BLOCK);
        let with = |block_key: &[u8], value: &[u8]| {
            let key = sized(&hash.of(&[&stretched, block_key]), self.data.key_size);
            aes(&key, Chaining::Blocks(&vector), value)
        };
        let input = with(&VERIFIER_INPUT, &self.verifier_input)?;
        let value = with(&VERIFIER_VALUE, &self.verifier_value)?;
        if !value.starts_with(&hash.of(&[&input])) {
            return None;
        }
        let mut key = with(&KEY_VALUE, &self.value)?;
        key.truncate(self.data.key_size);
        Some(key)
    }
}

/// Cut, or filled up with 0x36, to a length (§2.3.4.11, §2.3.4.12).
fn sized(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut sized = bytes.to_vec();
    sized.resize(length, 0x36);
    sized
}

/// Reads the descriptor: how the package is encrypted, and how its key is.
fn descriptor(xml: &[u8]) -> Result<(KeyData, EncryptedKey), Error> {
    let mut reader = Reader::from_reader(xml);
    let (mut data, mut key) = (None, None);
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Empty(element) | Event::Start(element) => {
                match element.local_name().as_ref() {
                    "keyData" => data = Some(key_data(&element)?),
                    // A certificate's encryptor, without a spin count, may stand before the password's.
                    "encryptedKey" if text(&element, "spinCount").is_some() => {
                        key = Some(encrypted_key(&element)?);
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match (data, key) {
        (Some(data), Some(key)) => Ok((data, key)),
        (Some(_), None) => Err(unsupported("keyEncryptor")),
        _ => Err(damaged()),
    }
}

fn key_data(element: &BytesStart<'_>) -> Result<KeyData, Error> {
    let named = |name: &str| text(element, name).ok_or_else(damaged);
    let (cipher, chaining) = (named("cipherAlgorithm")?, named("cipherChaining")?);
    if cipher != "AES" || chaining != "ChainingModeCBC" {
        return Err(unsupported(format!("{cipher} {chaining}")));
    }
    let hash = named("hashAlgorithm")?;
    let bits: usize = named("keyBits")?.parse().map_err(|_| damaged())?;
    Ok(KeyData {
        salt: base64(element, "saltValue")?,
        hash: Hash::named(&hash).ok_or_else(|| unsupported(hash))?,
        // Longer ones are no keys of AES, and nothing is allocated for them.
        key_size: (bits <= 256).then_some(bits / 8).ok_or_else(damaged)?,
    })
}

fn encrypted_key(element: &BytesStart<'_>) -> Result<EncryptedKey, Error> {
    let rounds = text(element, "spinCount").and_then(|count| count.parse().ok());
    Ok(EncryptedKey {
        data: key_data(element)?,
        rounds: rounds
            .filter(|&rounds| rounds <= MOST_ROUNDS)
            .ok_or_else(damaged)?,
        verifier_input: base64(element, "encryptedVerifierHashInput")?,
        verifier_value: base64(element, "encryptedVerifierHashValue")?,
        value: base64(element, "encryptedKeyValue")?,
    })
}

fn text(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(attribute.value.into_owned())
}

fn base64(element: &BytesStart<'_>, name: &str) -> Result<Vec<u8>, Error> {
    text(element, name)
        .and_then(|text| BASE64_STANDARD.decode(text.trim()).ok())
        .ok_or_else(damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Problem;

    fn described(rounds: &str, encryptor: &str) -> Error {
        let common = r#"keyBits="128" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA1" saltValue="AAAA""#;
        let xml = format!(
            r#"....<encryption><keyData {common}/><{encryptor} {rounds} {common}
            encryptedVerifierHashInput="AAAA" encryptedVerifierHashValue="AAAA" encryptedKeyValue="AAAA"/></encryption>"#
        );
        decrypt(xml.as_bytes(), &[0; 8], Some("midori")).unwrap_err()
    }

    #[test]
    fn a_count_of_rounds_that_would_run_for_hours_is_damage() {
        let error = described(r#"spinCount="4000000000""#, "p:encryptedKey");
        assert!(
            matches!(error.problem(), Problem::Damaged { .. }),
            "{error:?}"
        );
        let error = described(r#"spinCount="10""#, "p:encryptedKey");
        assert!(
            matches!(error.problem(), Problem::PasswordWrong),
            "{error:?}"
        );
    }

    #[test]
    fn a_package_for_the_holder_of_a_certificate_is_not_opened() {
        let error = described("", "c:encryptedKey");
        assert!(
            matches!(error.problem(), Problem::EncryptionUnsupported { .. }),
            "{error:?}"
        );
    }
}
