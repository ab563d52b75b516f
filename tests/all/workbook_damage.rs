//! Damaged workbooks: whatever is broken, reading ends with an answer, never a panic, and the characters
//! of what could be read add up.
#![allow(clippy::unwrap_used)]

use crate::support::dice;
use crate::support::readings;

use std::io::{Cursor, Read, Write};
use std::path::Path;

use dice::Dice;
use readings::{assert_conserved, try_read};

/// Damaged copies of each file; `SEIRIHYO_DAMAGED` asks for more.
const COPIES: usize = 150;

/// One to eight bytes changed, or pieces cut out, cut off or doubled.
fn damage(data: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(8) {
        if data.is_empty() {
            return;
        }
        let at = dice.below(data.len());
        let until = (at + dice.below(64)).min(data.len());
        match dice.below(8) {
            0..=2 => data[at] = dice.below(256) as u8,
            3 => data[at] = 0xff,
            4 => data[at] = 0,
            5 => data.truncate(at),
            6 => drop(data.drain(at..until)),
            _ => {
                let piece = data[at..until].to_vec();
                let to = dice.below(data.len());
                data.splice(to..to, piece);
            }
        }
    }
}

/// The parts of a ZIP container, unpacked.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().to_string(), content)
        })
        .collect()
}

/// A container with one of its parts damaged.
fn with_damaged_part(parts: &[(String, Vec<u8>)], dice: &mut Dice) -> Vec<u8> {
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = dice.below(parts.len());
    for (index, (name, content)) in parts.iter().enumerate() {
        let mut content = content.clone();
        if index == chosen {
            damage(&mut content, dice);
        }
        writer.start_file(name, stored).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The workbook stream of an xls file: damage to it passes the compound file's own checks.
fn workbook_stream(bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).unwrap();
    let mut stream = Vec::new();
    file.open_stream("/Workbook")
        .unwrap()
        .read_to_end(&mut stream)
        .unwrap();
    stream
}

#[test]
fn damaged_workbooks_give_an_answer() {
    let copies = std::env::var("SEIRIHYO_DAMAGED")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(COPIES);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kokubunji");
    for name in [
        "traps_xlsx/input.xlsx",
        "traps_xls/input.xls",
        "traps_ods/input.ods",
    ] {
        let bytes = std::fs::read(fixtures.join(name)).unwrap();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let packed = bytes.starts_with(b"PK");
        let (parts, stream) = if packed {
            (parts(&bytes), Vec::new())
        } else {
            (Vec::new(), workbook_stream(&bytes))
        };
        for copy in 0..copies {
            let damaged = match (copy % 4, packed) {
                (0, _) => {
                    let mut whole = bytes.clone();
                    damage(&mut whole, &mut dice);
                    whole
                }
                (_, true) => with_damaged_part(&parts, &mut dice),
                (_, false) => {
                    let mut stream = stream.clone();
                    damage(&mut stream, &mut dice);
                    stream
                }
            };
            if let Ok(reading) = try_read(&damaged) {
                assert_conserved(&format!("{name}, copy {copy}"), &reading);
            }
        }
    }
}
