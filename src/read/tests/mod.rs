//! Tests of reading, whatever the format.

mod limits;

use std::io::{Cursor, Write};

use crate::error::Error;
use crate::read::{ReadOptions, read};
use crate::sheet::Reading;

fn try_read(bytes: &[u8]) -> Result<Reading, Error> {
    read(bytes, &ReadOptions::default())
}

/// A ZIP container of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
