//! The inside of a workbook -> a file around it that is sound, so that damage reaches the reader behind it.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// Begins a part; its name goes on to the end of the line.
pub const PART: &[u8] = b"\n=== ";

/// Parts, each begun by [`PART`] and its name, as a ZIP container without compression.
pub fn container_of(data: &[u8]) -> Vec<u8> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts_of(data) {
        // A name that stands twice, or is none, is left out: other targets damage containers.
        if zip.start_file(name, stored).is_ok() {
            let _ = zip.write_all(content);
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// The names and contents of the parts.
pub fn parts_of(data: &[u8]) -> Vec<(String, &[u8])> {
    let begins: Vec<usize> = data
        .windows(PART.len())
        .enumerate()
        .filter_map(|(at, window)| (window == PART).then_some(at))
        .collect();
    let ends = begins.iter().skip(1).copied().chain([data.len()]);
    let part = |(begin, end): (&usize, usize)| {
        let whole = data.get(begin + PART.len()..end)?;
        let line = whole.iter().position(|&byte| byte == b'\n')?;
        let name = String::from_utf8_lossy(&whole[..line]).into_owned();
        Some((name, &whole[line + 1..]))
    };
    begins.iter().zip(ends).filter_map(part).collect()
}

/// A stream as the workbook of a compound file ([MS-CFB]).
pub fn compound_of(stream: &[u8]) -> Vec<u8> {
    let write = || -> std::io::Result<Vec<u8>> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
        let mut entry = file.create_stream("/Workbook")?;
        entry.write_all(stream)?;
        entry.flush()?;
        drop(entry);
        file.flush()?;
        Ok(file.into_inner().into_inner())
    };
    write().unwrap_or_default()
}
