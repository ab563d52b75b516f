//! Damage that the object reader does not get over -> bytes that it reads.

const END_OF_OBJECT: &[u8] = b"endobj";
const END_OF_STREAM: &[u8] = b"endstream";
const STREAM: &[u8] = b"stream";

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
