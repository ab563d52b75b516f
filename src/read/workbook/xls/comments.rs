//! NOTE, OBJ and TXO records -> comments with their cells ([MS-XLS] §2.4.179, §2.4.181, §2.4.329).

use std::collections::BTreeMap;

use super::record::{Record, number, u16_at};
use crate::place::CellRange;

/// Comments of a sheet: the note names an object, the object's text follows the object.
#[derive(Default)]
pub(super) struct Comments {
    /// Object number of the OBJ record just seen.
    object: Option<u16>,
    texts: BTreeMap<u16, String>,
    notes: Vec<(CellRange, u16)>,
}

impl Comments {
    /// Takes a NOTE, OBJ or TXO record of BIFF8; in BIFF5 the text stands in the note itself, in bytes
    /// whose fonts are lost, and is left out.
    pub(super) fn record(&mut self, record: &Record<'_>) {
        let data = record.data;
        match record.number {
            number::OBJ => self.object = u16_at(data, 6).filter(|_| u16_at(data, 0) == Some(0x15)),
            number::TXO => {
                let length = u16_at(data, 10).map_or(0, usize::from);
                if let Some(object) = self.object.take() {
                    self.texts.insert(object, text(record, length));
                }
            }
            _ => {
                if let (Some(row), Some(column), Some(object)) =
                    (u16_at(data, 0), u16_at(data, 2), u16_at(data, 6))
                {
                    let cell = CellRange {
                        row: u32::from(row) + 1,
                        column: u32::from(column) + 1,
                        rows: 1,
                        columns: 1,
                    };
                    self.notes.push((cell, object));
                }
            }
        }
    }

    /// The comments that have a text.
    pub(super) fn finish(self) -> Vec<(CellRange, String)> {
        let Self { texts, notes, .. } = self;
        notes
            .into_iter()
            .filter_map(|(cell, object)| Some((cell, texts.get(&object)?.clone())))
            .collect()
    }
}

/// The characters in the CONTINUE records of a TXO, each with its own width.
fn text(record: &Record<'_>, length: usize) -> String {
    let mut units: Vec<u16> = Vec::new();
    for piece in &record.continued {
        let Some((flags, characters)) = piece.split_first() else {
            continue;
        };
        let room = length.saturating_sub(units.len());
        if flags & 1 == 0 {
            units.extend(characters.iter().take(room).map(|&byte| u16::from(byte)));
        } else {
            units.extend(
                characters
                    .chunks_exact(2)
                    .take(room)
                    .map(|pair| u16::from_le_bytes([pair[0], pair[1]])),
            );
        }
        if units.len() >= length {
            break;
        }
    }
    String::from_utf16_lossy(&units)
}
