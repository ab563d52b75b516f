//! NOTE, OBJ and TXO records -> comments and text boxes, each with its cell ([MS-XLS] §2.4.179, §2.4.181,
//! §2.4.329).

use std::collections::{BTreeMap, BTreeSet};

use super::super::shape::{Shape, ShapeKind, range_to};
use super::record::{Record, number, u16_at};
use super::string::Biff;
use crate::place::CellRange;

/// The object type of a comment (§2.5.143 `FtCmo`).
const NOTE: u16 = 0x19;
/// The object types of a check box and an option button.
const CHECK_BOX: u16 = 0x0b;
const OPTION_BUTTON: u16 = 0x0c;
/// The object type of a text box, in BIFF5 too.
const TEXT_BOX: u16 = 0x06;
/// Header of an `OfficeArtClientAnchorSheet` (§2.5.193): version and instance 0, its type, 18 bytes.
const ANCHOR: [u8; 8] = [0x00, 0x00, 0x10, 0xf0, 0x12, 0x00, 0x00, 0x00];
/// The row of a BIFF5 NOTE record that goes on with the text of the one before.
const GOES_ON: u16 = 0xffff;

/// Comments and text boxes of a sheet. The object of either comes before its text, and the drawing with its
/// place before the object; a note names its object.
#[derive(Default)]
pub(super) struct Comments {
    /// Where the shape of the drawing just seen begins.
    anchor: Option<CellRange>,
    /// Whether that shape is hidden.
    hidden: bool,
    /// Number and type of the OBJ record just seen.
    object: Option<(u16, u16)>,
    /// Whether the control just seen is checked.
    checked: bool,
    /// Texts of comments' objects.
    texts: BTreeMap<u16, String>,
    notes: Vec<(CellRange, u16)>,
    /// Comments of BIFF5, whose text stands in the note.
    own: Vec<(CellRange, String)>,
    /// Texts of other objects.
    pub shapes: Vec<Shape>,
    /// Types of objects whose text was not read.
    pub unread: BTreeSet<u16>,
}

impl Comments {
    /// Takes an MSODRAWING, NOTE, OBJ or TXO record.
    pub(super) fn record(&mut self, record: &Record<'_>, biff: Biff) {
        let data = record.data;
        match (record.number, biff) {
            (number::MSODRAWING, _) => {
                if let Some(anchor) = anchor(record) {
                    self.anchor = Some(anchor);
                    self.hidden = is_hidden(data);
                }
            }
            (number::OBJ, Biff::Eight) => {
                let object = u16_at(data, 6).zip(u16_at(data, 4));
                self.object = object.filter(|_| u16_at(data, 0) == Some(0x15));
                self.checked = is_checked(data);
            }
            // The text of a BIFF5 text box stands in its object, behind fields whose lengths depend on others.
            (number::OBJ, Biff::Five(_)) if u16_at(data, 4) == Some(TEXT_BOX) => {
                self.unread.insert(TEXT_BOX);
            }
            (number::TXO, _) => self.text(record),
            (number::NOTE, Biff::Eight) => self.notes.extend(cell(data).zip(u16_at(data, 6))),
            (number::NOTE, Biff::Five(encoding)) => self.own_text(data, encoding),
            _ => {}
        }
    }

    fn text(&mut self, record: &Record<'_>) {
        let length = u16_at(record.data, 10).map_or(0, usize::from);
        let Some((object, kind)) = self.object.take() else {
            return;
        };
        let text = text(record, length);
        if kind == NOTE {
            self.texts.insert(object, text);
        } else if !text.trim().is_empty() {
            let range = self.anchor.unwrap_or_else(|| range_to((1, 1), (1, 1)));
            self.shapes.push(match kind {
                CHECK_BOX | OPTION_BUTTON => Shape::control(range, &text, self.checked),
                _ if self.hidden => Shape {
                    kind: ShapeKind::Hidden,
                    ..Shape::text(range, text)
                },
                _ => Shape::text(range, text),
            });
        }
    }

    /// A BIFF5 note: cell, number of bytes, text; more than 2,048 bytes go on in further records.
    fn own_text(&mut self, data: &[u8], encoding: &'static encoding_rs::Encoding) {
        let bytes = data.get(6..).unwrap_or_default();
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        match self.own.last_mut() {
            Some((_, last)) if u16_at(data, 0) == Some(GOES_ON) => last.push_str(&text),
            _ => self
                .own
                .extend(cell(data).map(|cell| (cell, text.into_owned()))),
        }
    }

    /// The comments that have a text.
    pub(super) fn finish(self) -> Vec<(CellRange, String)> {
        let Self {
            texts, notes, own, ..
        } = self;
        let of_objects = notes
            .into_iter()
            .filter_map(|(cell, object)| Some((cell, texts.get(&object)?.clone())));
        of_objects
            .chain(own)
            .map(|(cell, text)| (cell, text.replace("\r\n", "\n").replace('\r', "\n")))
            .collect()
    }
}

/// The cell that a record begins with.
fn cell(data: &[u8]) -> Option<CellRange> {
    Some(CellRange {
        row: u32::from(u16_at(data, 0)?) + 1,
        column: u32::from(u16_at(data, 2)?) + 1,
        rows: 1,
        columns: 1,
    })
}

/// Whether an OBJ record has the data of a check box that is checked (§2.5.141 `FtCblsData`), behind fields of other
/// lengths, each with its type and size.
fn is_checked(data: &[u8]) -> bool {
    let mut at = 0;
    while let (Some(kind), Some(size)) = (u16_at(data, at), u16_at(data, at + 2)) {
        if kind == 0x12 {
            return u16_at(data, at + 4) == Some(1);
        }
        at += 4 + usize::from(size);
    }
    false
}

/// Whether a shape's properties hide it: `fHidden` among those of groups and shapes, said to be used
/// ([MS-ODRAW] §2.3.4.44).
fn is_hidden(data: &[u8]) -> bool {
    const PROPERTY: [u8; 2] = [0xbf, 0x03];
    const HIDDEN: u16 = 0x0002;
    let at = data
        .windows(6)
        .rposition(|window| window.starts_with(&PROPERTY));
    at.is_some_and(|at| {
        let has = |at| u16_at(data, at).is_some_and(|flags| flags & HIDDEN != 0);
        has(at + 2) && has(at + 4)
    })
}

/// How far, in 1024ths of a column and 256ths of a row, a shape may reach into a cell and not cover it.
const OVERHANG: (u16, u16) = (128, 48);

/// The cells that the last shape of a drawing's piece covers: flags, then column, offset, row, offset of both corners.
fn anchor(record: &Record<'_>) -> Option<CellRange> {
    let last = record
        .data
        .windows(ANCHOR.len())
        .rposition(|window| window == ANCHOR)?;
    let place = record.data.get(last + ANCHOR.len()..)?;
    let word = |at| u16_at(place, at);
    let reached = |place: u16, offset: u16, most: u16| u32::from(place) + u32::from(offset > most);
    let first = (u32::from(word(6)?) + 1, u32::from(word(2)?) + 1);
    let last = (
        reached(word(14)?, word(16)?, OVERHANG.1),
        reached(word(10)?, word(12)?, OVERHANG.0),
    );
    Some(range_to(first, last))
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
