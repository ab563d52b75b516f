//! Damaged files: nothing panics, and what is lost is noted.

use std::path::{Path, PathBuf};

use crate::read::pdf::content::interpret::Reader;
use crate::read::pdf::file::Pdf;

/// How often each file is damaged; `SEIRIHYO_MUTATIONS` asks for more.
const MUTATIONS: u64 = 25;

/// A small generator of numbers that look random (Marsaglia's xorshift), the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

fn read_all(bytes: &[u8]) {
    let Ok(pdf) = Pdf::open(bytes, None) else {
        return;
    };
    let mut reader = Reader::new(&pdf);
    let mut notes = Vec::new();
    for number in 1..=pdf.page_count().min(20) {
        let Ok(marks) = reader.page(number, &mut notes) else {
            continue;
        };
        for glyph in &marks.glyphs {
            assert!(
                marks
                    .text
                    .get(glyph.text.0 as usize..glyph.text.1 as usize)
                    .is_some_and(|text| !text.is_empty())
            );
        }
        assert_eq!(marks.decoded_characters, crate::ledger::count(&marks.text));
    }
}

/// A file with some bytes changed, or cut off, or with a piece doubled.
fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(12) {
        let at = numbers.below(bytes.len());
        match numbers.below(8) {
            0 => bytes.truncate(at.max(16)),
            1 => {
                let piece: Vec<u8> = bytes
                    .iter()
                    .skip(at)
                    .take(numbers.below(400))
                    .copied()
                    .collect();
                bytes.splice(at..at, piece);
            }
            2 => {
                let digits = [b'9'; 6];
                bytes.splice(at..at, digits);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = numbers.below(256) as u8;
                }
            }
        }
    }
    bytes
}

#[test]
fn damaged_files_do_not_panic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths: Vec<PathBuf> = [
        "kokubunji/small_calc_pdf",
        "kokubunji/small_rksj_pdf",
        "kokubunji/small_packed_pdf",
    ]
    .iter()
    .map(|case| root.join(case).join("input.pdf"))
    .collect();
    if let Some(more) = std::env::var_os("SEIRIHYO_MUTATE") {
        paths = std::fs::read_dir(more)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .collect();
        paths.sort();
    }
    let count = std::env::var("SEIRIHYO_MUTATIONS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(MUTATIONS);
    for path in paths {
        let Ok(bytes) = std::fs::read(&path) else {
            println!("skipped: {} is not there", path.display());
            continue;
        };
        for seed in 1..=count {
            let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
            let damaged = damaged(&bytes, &mut numbers);
            let survived = std::panic::catch_unwind(|| read_all(&damaged)).is_ok();
            assert!(survived, "{} with seed {seed}", path.display());
        }
    }
}
