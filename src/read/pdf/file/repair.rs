//! Damage that the object reader does not get over -> bytes that it reads.

use crate::read::pdf::content::lexer::{Lexer, Token};

const END_OF_OBJECT: &[u8] = b"endobj";
const END_OF_STREAM: &[u8] = b"endstream";
const STREAM: &[u8] = b"stream";
const ENCRYPT: &[u8] = b"/Encrypt";
const IDENTIFIER: &[u8] = b"/ID";
const TRAILER: &[u8] = b"trailer";

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

/// Makes an encryption dictionary that stands in the trailer itself (ISO 32000-1 §7.5.5 lets it; Prawn writes so) an object
/// of its own, which the object reader looks for: as an update at the file's end, so that all offsets hold. `None` where
/// it is one already, or the trailer is no plain one.
pub(super) fn detach_encryption(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = find_last(bytes, TRAILER)? + TRAILER.len();
    let trailer = start + find(bytes.get(start..)?, b"<<", 0)?;
    let end = dictionary_end(bytes, trailer)?;
    let dictionary = bytes.get(trailer..end)?;
    let at = find(dictionary, ENCRYPT, 0)? + ENCRYPT.len();
    let open = at
        + dictionary
            .get(at..)?
            .iter()
            .position(|byte| !byte.is_ascii_whitespace())?;
    if !dictionary.get(open..)?.starts_with(b"<<") || find(dictionary, b"/Prev", 0).is_some() {
        return None;
    }
    let close = dictionary_end(dictionary, open)?;
    let size = number_after(dictionary, b"/Size")?;
    let previous = number_after(bytes.get(end..)?, b"startxref")?;
    let mut out = bytes.to_vec();
    out.extend(b"\n");
    let object = out.len();
    out.extend(format!("{size} 0 obj\n").bytes());
    out.extend(dictionary.get(open..close)?);
    out.extend(b"\nendobj\n");
    let table = out.len();
    out.extend(format!("xref\n{size} 1\n{object:010} 00000 n \ntrailer\n").bytes());
    out.extend(dictionary.get(..open)?);
    out.extend(format!("{size} 0 R /Prev {previous} ").bytes());
    out.extend(dictionary.get(close..)?);
    out.extend(format!("\nstartxref\n{table}\n%%EOF\n").bytes());
    Some(out)
}

/// Where a dictionary that begins at a position ends.
fn dictionary_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut lexer = Lexer::new(bytes.get(start..)?);
    let (mut depth, mut buffer) = (0usize, Vec::new());
    while let Some(token) = lexer.next(&mut buffer) {
        buffer.clear();
        match token {
            Token::DictStart => depth += 1,
            Token::DictEnd => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(start + lexer.position());
        }
    }
    None
}

/// The number after a word.
fn number_after(bytes: &[u8], word: &[u8]) -> Option<u64> {
    let rest = bytes
        .get(find(bytes, word, 0)? + word.len()..)?
        .trim_ascii_start();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()
}

/// Where a word stands last.
fn find_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
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
    use super::{detach_encryption, identify};

    #[test]
    fn an_encryption_dictionary_of_the_trailer_becomes_an_object() {
        let file = |encrypt: &str| {
            format!(
                "%PDF-1.3\ntrailer <</Size 3/Encrypt{encrypt}/Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
            )
        };
        let direct = file(" <</O(>>\\))/CF<</A<</B 1>>>>>>");
        let out = detach_encryption(direct.as_bytes()).unwrap();
        let out = String::from_utf8(out).unwrap();
        let (before, update) = out.split_at(direct.len() + 1);
        assert_eq!(before.trim_end(), direct.trim_end());
        assert!(update.starts_with("3 0 obj\n<</O(>>\\))/CF<</A<</B 1>>>>>>\nendobj\nxref\n3 1\n"));
        assert!(update.contains("trailer\n<</Size 3/Encrypt 3 0 R /Prev 9 /Root 1 0 R>>\n"));
        for whole in [" 2 0 R", "<</O(a)/Prev 1>>", "<</O(a)"] {
            assert_eq!(detach_encryption(file(whole).as_bytes()), None, "{whole}");
        }
    }

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
