//! The parts of an MHTML file (RFC 2045, RFC 2557) -> its pages.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::read::{encoding, limits};

/// Parts within parts deeper than this are none that a program writes.
const DEPTH: usize = 4;

/// The HTML pages of a file, in order.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    collect(bytes, DEPTH, &mut found);
    found
}

fn collect(bytes: &[u8], depth: usize, found: &mut Vec<String>) {
    let (head, body) = split_head(bytes);
    let kind = field(&head, "content-type");
    if kind.starts_with("multipart/") && depth > 0 {
        let Some(boundary) = parameter(&kind, "boundary") else {
            return;
        };
        for part in parts(body, &boundary) {
            if found.len() < limits::SHEETS {
                collect(part, depth - 1, found);
            }
        }
    } else if kind.starts_with("text/html") {
        let body = decoded(body, field(&head, "content-transfer-encoding").trim());
        found.push(encoding::decode_marked_up(
            &body,
            parameter(&kind, "charset").as_deref(),
        ));
    }
}

/// The lines before the first empty one, folded lines joined, and what stands after it.
fn split_head(bytes: &[u8]) -> (Vec<String>, &[u8]) {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = rest
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end();
        if line.is_empty() {
            if lines.is_empty() {
                continue;
            }
            break;
        }
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
            _ => lines.push(line.to_owned()),
        }
    }
    (lines, rest)
}

/// The value of a header field, names in lower case.
fn field(head: &[String], name: &str) -> String {
    let value = head.iter().find_map(|line| {
        let (own, value) = line.split_once(':')?;
        own.trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    });
    let value = value.unwrap_or_default();
    // Only the type itself is compared; a boundary keeps its letters.
    match value.split_once(';') {
        Some((kind, rest)) => format!("{};{rest}", kind.to_ascii_lowercase()),
        None => value.to_ascii_lowercase(),
    }
}

fn parameter(field: &str, name: &str) -> Option<String> {
    let mut parameters = field.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (own, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        own.trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.to_owned())
    })
}

/// The parts between the lines of a boundary.
fn parts<'a>(bytes: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}").into_bytes();
    let mut found = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < bytes.len() {
        let line = bytes.get(at..).unwrap_or_default();
        let length = line
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(line.len(), |end| end + 1);
        if line.starts_with(&mark) {
            if let Some(start) = start {
                found.push(bytes.get(start..at).unwrap_or_default());
            }
            start = Some(at + length);
        }
        at += length;
    }
    if let Some(start) = start {
        found.push(bytes.get(start..).unwrap_or_default());
    }
    found
}

/// A body without its transfer encoding (RFC 2045 §6).
fn decoded(body: &[u8], encoding: &str) -> Vec<u8> {
    match encoding {
        "base64" => {
            let digits: Vec<u8> = body
                .iter()
                .copied()
                .filter(|b| !b.is_ascii_whitespace())
                .collect();
            let lenient = GeneralPurposeConfig::new()
                .with_decode_padding_mode(DecodePaddingMode::Indifferent)
                .with_decode_allow_trailing_bits(true);
            let engine = GeneralPurpose::new(&alphabet::STANDARD, lenient);
            engine.decode(digits).unwrap_or_default()
        }
        "quoted-printable" => quoted_printable(body),
        _ => body.to_vec(),
    }
}

/// `=E3` is a byte, `=` at the end of a line joins the next one (§6.7).
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |at: usize| body.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut found = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let rest = body.get(at + 1..).unwrap_or_default();
        if byte != b'=' {
            found.push(byte);
            at += 1;
        } else if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
            found.push((high * 16 + low) as u8);
            at += 3;
        } else if rest.starts_with(b"\r\n") {
            at += 3;
        } else if rest.starts_with(b"\n") {
            at += 2;
        } else {
            found.push(byte);
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn pages_are_found_and_decoded() {
        let file = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"=_B\"\r\n\r\nPreamble\r\n--=_B\r\n\
                    Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                    <td class=3Dx>=E7=B7=91=E9=87=\r\n=8E</td>\r\n--=_B\r\nContent-Type: image/png\r\n\r\nx\r\n--=_B\r\n\
                    Content-Type: TEXT/HTML; charset=Shift_JIS\r\nContent-Transfer-Encoding: base64\r\n\r\nl86W7A==\r\n--=_B--\r\n";
        assert_eq!(
            pages(file.as_bytes()),
            ["<td class=x>緑野</td>\r\n", "緑野"]
        );
    }
}
