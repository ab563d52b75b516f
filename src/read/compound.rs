//! A compound file ([MS-CFB]) -> its streams, read as leniently as spreadsheet programs do.
//!
//! Writers of spreadsheets get the bookkeeping wrong where no program looks at it: allocation tables longer than
//! the file, directories out of order, a byte order mark the other way round. What can be reached is read.

use std::collections::BTreeSet;

use super::container::limit;
use super::limits;
use crate::error::{Error, Problem};

/// Bytes that every compound file begins with ([MS-CFB] §2.2).
pub(crate) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// §2.1: numbers above it are no sectors.
const LAST_SECTOR: u32 = 0xffff_fffa;
const FREE_SECTOR: u32 = 0xffff_ffff;
/// §2.6.1: no entry.
const NO_ENTRY: u32 = 0xffff_ffff;
/// §2.2: streams below this size stand in the mini stream.
const MINI_CUTOFF: u64 = 4_096;
const MINI_SECTOR: usize = 64;
const DIRECTORY_ENTRY: usize = 128;

/// An opened compound file.
pub(crate) struct CompoundFile<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
    /// Indices of the entries in the root storage, in the order of the directory's tree.
    root: Vec<usize>,
    /// Whether its bookkeeping breaks the format's rules somewhere.
    pub is_irregular: bool,
}

/// A directory entry (§2.6.1).
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

/// §2.6.1: kinds of entries.
const STREAM: u8 = 2;
const ROOT: u8 = 5;

impl<'a> CompoundFile<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// Its header or directory is lost, or a limit is exceeded.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let damaged = || {
            Error::from(Problem::Damaged {
                reason: "OLE".to_owned(),
            })
        };
        let header = |at| u32_at(bytes, at).ok_or_else(damaged);
        let shift = u16_at(bytes, 30).ok_or_else(damaged)?;
        let mut file = Self {
            bytes,
            sector: if shift == 12 { 4_096 } else { 512 },
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
            root: Vec::new(),
            is_irregular: u16_at(bytes, 28) != Some(0xfffe),
        };
        file.read_fat()?;
        let directory = file.chain(header(48)?, u64::MAX);
        file.entries = directory
            .chunks_exact(DIRECTORY_ENTRY)
            .map(|entry| Entry::read(entry, file.sector))
            .collect();
        let root = file.entries.first().filter(|entry| entry.kind == ROOT);
        let (child, start, size) = root
            .map(|e| (e.child, e.start, e.size))
            .ok_or_else(damaged)?;
        let mini_fat = file.chain(header(60)?, u64::MAX);
        file.mini_fat = words(&mini_fat).collect();
        file.mini_stream = file.chain(start, size);
        file.walk(child);
        Ok(file)
    }

    /// How many whole or cut sectors the file has.
    fn sectors(&self) -> usize {
        self.bytes
            .len()
            .saturating_sub(self.sector)
            .div_ceil(self.sector)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The allocation table, as far as it is about sectors that the file has (§2.3, §2.5).
    fn read_fat(&mut self) -> Result<(), Error> {
        let sectors = self.sectors();
        if self.bytes.len() as u64 > limits::FILE_BYTES {
            return Err(limit(
                "大きさ（バイト）",
                "the size in bytes",
                limits::FILE_BYTES,
            ));
        }
        let mut table: Vec<u32> = words(self.bytes.get(76..512).unwrap_or_default()).collect();
        let mut next = u32_at(self.bytes, 68).unwrap_or(FREE_SECTOR);
        for _ in 0..sectors {
            let Some(part) = self.sector(next).filter(|_| next < LAST_SECTOR) else {
                break;
            };
            let mut part: Vec<u32> = words(part).collect();
            next = part.pop().unwrap_or(FREE_SECTOR);
            table.extend(part);
        }
        for number in table {
            let Some(part) = self.sector(number).filter(|_| number < LAST_SECTOR) else {
                continue;
            };
            let beyond = words(part).skip(sectors.saturating_sub(self.fat.len()));
            self.is_irregular |= beyond.into_iter().any(|entry| entry != FREE_SECTOR);
            if self.fat.len() < sectors {
                self.fat.extend(words(part));
            }
        }
        self.fat.truncate(sectors);
        Ok(())
    }

    /// The bytes of a chain of sectors, `size` of them at most; what stands before a cut, if it is cut.
    fn chain(&self, start: u32, size: u64) -> Vec<u8> {
        let mut found = Vec::new();
        let mut next = start;
        let mut seen = BTreeSet::new();
        // A chain that comes back to itself ends there.
        while seen.insert(next) {
            let Some(part) = self.sector(next).filter(|_| next < LAST_SECTOR) else {
                break;
            };
            found.extend_from_slice(part);
            if found.len() as u64 >= size {
                break;
            }
            next = self.fat.get(next as usize).copied().unwrap_or(FREE_SECTOR);
        }
        found.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        found
    }

    fn mini_chain(&self, start: u32, size: u64) -> Vec<u8> {
        let mut found = Vec::new();
        let mut next = start;
        let mut seen = BTreeSet::new();
        while seen.insert(next) {
            let at = next as usize * MINI_SECTOR;
            let end = (at + MINI_SECTOR).min(self.mini_stream.len());
            let Some(part) = self
                .mini_stream
                .get(at..end)
                .filter(|part| !part.is_empty())
            else {
                break;
            };
            found.extend_from_slice(part);
            if found.len() as u64 >= size {
                break;
            }
            next = self
                .mini_fat
                .get(next as usize)
                .copied()
                .unwrap_or(FREE_SECTOR);
        }
        found.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        found
    }

    /// Walks the tree of the root storage in order, wherever its entries stand (§2.6.4).
    fn walk(&mut self, child: u32) {
        let mut seen = BTreeSet::new();
        let mut above = Vec::new();
        let mut next = child;
        loop {
            while let Some(entry) = self.entries.get(next as usize) {
                if !seen.insert(next) {
                    self.is_irregular = true;
                    break;
                }
                above.push(next);
                next = entry.left;
            }
            let Some(top) = above.pop() else { break };
            self.root.push(top as usize);
            next = self
                .entries
                .get(top as usize)
                .map_or(NO_ENTRY, |entry| entry.right);
        }
        let keys: Vec<(usize, String)> = self.names().map(order).collect();
        self.is_irregular |= keys.windows(2).any(|pair| pair.first() >= pair.last());
    }

    /// The names in the root storage.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let entries = self
            .root
            .iter()
            .filter_map(|&index| self.entries.get(index));
        entries.map(|entry| entry.name.as_str())
    }

    /// Whether the root storage has such an entry; names are compared without regard to case.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// A stream of the root storage; `None` if there is none of this name. A chain of sectors that is cut gives
    /// what stands before the cut.
    ///
    /// # Errors
    /// It is larger than the limit, or nothing of it can be reached.
    pub(crate) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let entries = self
            .root
            .iter()
            .filter_map(|&index| self.entries.get(index));
        let named = |entry: &&Entry| entry.kind == STREAM && entry.name.eq_ignore_ascii_case(name);
        let Some(entry) = entries.into_iter().find(named) else {
            return Ok(None);
        };
        if entry.size > limits::CONTAINER_BYTES {
            return Err(limit(
                "展開後の大きさ（バイト）",
                "the unpacked size in bytes",
                limits::CONTAINER_BYTES,
            ));
        }
        let bytes = if entry.size < MINI_CUTOFF {
            self.mini_chain(entry.start, entry.size)
        } else {
            self.chain(entry.start, entry.size)
        };
        if bytes.is_empty() && entry.size > 0 {
            return Err(Problem::Damaged {
                reason: format!("OLE: {}", entry.name),
            }
            .into());
        }
        Ok(Some(bytes))
    }
}

/// The order of names in a directory: shorter before longer, then by their upper-case letters (§2.6.4).
fn order(name: &str) -> (usize, String) {
    (name.encode_utf16().count(), name.to_uppercase())
}

impl Entry {
    fn read(bytes: &[u8], sector: usize) -> Self {
        let length = usize::from(u16_at(bytes, 64).unwrap_or(0)).clamp(2, 64) - 2;
        let name = bytes.get(..length).unwrap_or_default();
        let units: Vec<u16> = name
            .chunks_exact(2)
            .filter_map(|pair| u16_at(pair, 0))
            .collect();
        let word = |at| u32_at(bytes, at).unwrap_or(NO_ENTRY);
        // The upper half means nothing where sectors have 512 bytes (§2.6.1).
        let upper = if sector == 512 { 0 } else { word(124) };
        Self {
            name: String::from_utf16_lossy(&units),
            kind: bytes.get(66).copied().unwrap_or(0),
            left: word(68),
            right: word(72),
            child: word(76),
            start: word(116),
            size: u64::from(upper) << 32 | u64::from(word(120)),
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    pair.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at + 4)?;
    word.try_into().ok().map(u32::from_le_bytes)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let words = bytes.chunks_exact(4);
    words.filter_map(|word| u32_at(word, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    /// A file with a stream in the mini stream and one of its own sectors.
    fn file() -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (name, size) in [
            ("/Workbook", 9_000),
            ("/Short", 100),
            ("/\u{5}SummaryInformation", 5_000),
        ] {
            let stream = file.create_stream(name);
            stream
                .unwrap()
                .write_all(&vec![name.len() as u8; size])
                .unwrap();
        }
        file.into_inner().into_inner()
    }

    fn lengths(bytes: &[u8]) -> (Vec<usize>, bool) {
        let file = CompoundFile::open(bytes).unwrap();
        let stream = |name| file.stream(name).unwrap().map_or(0, |bytes| bytes.len());
        (
            vec![stream("Workbook"), stream("short"), stream("None")],
            file.is_irregular,
        )
    }

    #[test]
    fn streams_are_read() {
        assert_eq!(lengths(&file()), (vec![9_000, 100, 0], false));
    }

    #[test]
    fn bookkeeping_that_no_program_looks_at_is_not_asked_for() {
        let mut bytes = file();
        bytes.swap(28, 29);
        assert_eq!(lengths(&bytes), (vec![9_000, 100, 0], true));
        let mut bytes = file();
        // Free sectors beyond the end are marked as the ends of chains.
        let first_table = u32_at(&bytes, 76).unwrap() as usize;
        let sector = if u16_at(&bytes, 30) == Some(12) {
            4_096
        } else {
            512
        };
        let end = (first_table + 2) * sector;
        bytes[end - 4..end].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
        assert_eq!(lengths(&bytes), (vec![9_000, 100, 0], true));
    }

    #[test]
    fn a_cut_file_gives_what_stands_before_the_cut_and_circles_end() {
        let whole = file();
        let file = CompoundFile::open(&whole[..whole.len() - 4_096]);
        assert!(file.is_ok());
        let mut bytes = whole.clone();
        let table = (u32_at(&bytes, 76).unwrap() as usize + 1) * 4_096;
        for entry in 0..1_000 {
            bytes[table + entry * 4..table + entry * 4 + 4].copy_from_slice(&3_u32.to_le_bytes());
        }
        let _ = CompoundFile::open(&bytes).map(|file| file.stream("Workbook"));
    }
}
