//! Damage that the object reader does not get over -> bytes that it reads.

const END_OF_OBJECT: &[u8] = b"endobj";
const END_OF_STREAM: &[u8] = b"endstream";
const STREAM: &[u8] = b"stream";
const ENCRYPT: &[u8] = b"/Encrypt";
const IDENTIFIER: &[u8] = b"/ID";

/// Closes the streams whose `endstream` is missing before their `endobj` (ISO 32000-1 §7.3.8.1); `None` where
/// all are closed. The table of offsets does not hold afterwards, which the object reader gets over.
pub(super) fn close_streams(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut closed: Option<Vec<u8>> = None;
    let mut done = 0;
    let mut from = 0;
    while let Some(end) = find(bytes, END_OF_OBJECT, from) {
        let object = bytes.get(from..end).unwrap_or_default();
        if is_open(object) {
            let out = closed.get_or_insert_with(|| Vec::with_capacity(bytes.len() + 64));
            out.extend(bytes.get(done..end).unwrap_or_default());
            out.extend(b"\nendstream\n");
            done = end;
        }
        from = end + END_OF_OBJECT.len();
    }
    closed.map(|mut out| {
        out.extend(bytes.get(done..).unwrap_or_default());
        out
    })
}

/// Gives an encrypted file that has no identifier an empty one, which counts as none in the file's key (ISO 32000-1
/// §7.6.3.3, step e); `None` where nothing is missing.
pub(super) fn identify(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encrypt = None;
    let mut from = 0;
    while let Some(at) = find(bytes, ENCRYPT, from) {
        from = at + ENCRYPT.len();
        // Not the start of `EncryptMetadata`.
        if bytes
            .get(from)
            .is_some_and(|byte| !byte.is_ascii_alphanumeric())
        {
            encrypt = Some(at);
        }
    }
    let (before, after) = bytes.split_at_checked(encrypt?)?;
    let mut from = 0;
    while let Some(at) = find(bytes, IDENTIFIER, from) {
        from = at + IDENTIFIER.len();
        if bytes.get(from..)?.trim_ascii_start().starts_with(b"[") {
            return None;
        }
    }
    Some([before, b"/ID [<> <>] ", after].concat())
}

/// Whether an object's bytes begin a stream and do not end it.
fn is_open(object: &[u8]) -> bool {
    let Some(at) = find(object, STREAM, 0) else {
        return false;
    };
    let before = object.get(..at).unwrap_or_default().trim_ascii_end();
    let after = object.get(at + STREAM.len()..).unwrap_or_default();
    before.ends_with(b">>")
        && matches!(after.first(), Some(b'\r' | b'\n'))
        && find(after, END_OF_STREAM, 0).is_none()
}

/// Where a word stands next.
fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let first = *word.first()?;
    let mut at = 0;
    loop {
        at += rest.get(at..)?.iter().position(|&byte| byte == first)?;
        if rest.get(at..)?.starts_with(word) {
            return Some(from + at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::identify;

    #[test]
    fn an_encrypted_file_without_an_identifier_gets_an_empty_one() {
        let with = |bytes: &[u8]| identify(bytes).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(
            with(b"trailer <</Size 3/Encrypt 2 0 R/Root 1 0 R>>").as_deref(),
            Some("trailer <</Size 3/ID [<> <>] /Encrypt 2 0 R/Root 1 0 R>>")
        );
        for whole in [
            b"trailer <</Encrypt 2 0 R/ID[<00><00>]>>".as_slice(),
            b"trailer <</Root 1 0 R>>",
            b"<</EncryptMetadata false>>",
        ] {
            assert_eq!(with(whole), None);
        }
    }
}
