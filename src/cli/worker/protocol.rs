//! What a worker is told and answers: frames of a length (eight bytes, little-endian) and so many bytes.
//!
//! First the setup; then, for each file, the task and the file's bytes, which are answered with one frame: the
//! answer on a line, and the text that it is about. The text is the JSON as it is written to files, so that the
//! parent hands it on without reading it.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::document::Import;
use crate::document::whereabouts::Whereabouts;
use crate::layout::ImportOptions;
use crate::note::Note;
use crate::pipeline::Settings;
use crate::read::limits::FILE_BYTES;
use crate::write::report::FileReport;

/// Bytes of one frame: a source file's. An answer of this size is none that somebody waits for.
const FRAME_BYTES: u64 = FILE_BYTES;

/// What holds for all files of a worker.
#[derive(Debug, Serialize, Deserialize)]
pub struct Setup {
    /// MiB of address space.
    pub memory: u64,
    /// How files are read.
    pub settings: Settings,
}

/// What is to be done with a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Task {
    /// The file's name.
    pub name: String,
    /// What is wanted of it.
    pub what: What,
}

/// What is wanted of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum What {
    /// Its documents.
    Import,
    /// Its documents, written.
    Write {
        /// In which form.
        form: Written,
        /// Messages in English; else Japanese.
        english: bool,
        /// What is known of this file, where it is other than what the setup says.
        options: Option<ImportOptions>,
    },
    /// What was seen of it.
    Inspect {
        /// In which form.
        view: View,
        /// In English; else Japanese.
        english: bool,
    },
}

/// How documents are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Written {
    /// For people and files.
    Lines,
    /// The same, to be held against the documents of other files.
    LinesOfBatch,
    /// On one line.
    Line,
}

/// How what was seen of a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// Text.
    Text,
    /// Sheets JSON.
    Json,
    /// A page.
    Page,
}

/// What became of a task.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// Documents.
    Imported {
        /// With the Japanese texts of its notes.
        import: Box<Import>,
        /// The English texts of its notes, in their order.
        english: Vec<String>,
    },
    /// Documents, written: the text.
    Written(Box<Described>),
    /// What was seen: the text.
    Inspected,
    /// Nothing, and why.
    Refused {
        /// The stable code.
        code: String,
        /// The reason in Japanese.
        japanese: String,
        /// The reason in English.
        english: String,
    },
}

/// What is said about documents that are written.
#[derive(Debug, Serialize, Deserialize)]
pub struct Described {
    /// What a report says about them.
    pub report: FileReport,
    /// Their notes, with the Japanese texts.
    pub notes: Vec<Note>,
    /// The English texts of the notes, in their order.
    pub english: Vec<String>,
    /// What stands at the places of those that ask for a person, in their order, see [`Written::LinesOfBatch`].
    pub whereabouts: Vec<Whereabouts>,
    /// A digest of what they say, see [`Written::LinesOfBatch`].
    pub digest: Option<String>,
}

/// Writes an answer and its text as a frame.
pub fn write_answer(to: &mut impl Write, answer: &Answer, text: &str) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    let length = (line.len() + text.len()) as u64;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&line)?;
    to.write_all(text.as_bytes())
}

/// A frame -> the answer and its text.
pub fn parse_answer(mut frame: Vec<u8>) -> Result<(Answer, String), String> {
    let end = frame.iter().position(|byte| *byte == b'\n');
    let text = frame.split_off(end.map_or(frame.len(), |end| end + 1));
    let answer = serde_json::from_slice(&frame).map_err(|error| error.to_string())?;
    let text = String::from_utf8(text).map_err(|error| error.to_string())?;
    Ok((answer, text))
}

/// Writes a frame.
pub fn write_frame(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)
}

/// Reads a frame; memory grows with what arrives, not with what was announced.
pub fn read_frame(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > FRAME_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    let read = from.take(length).read_to_end(&mut bytes)?;
    if (read as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

#[cfg(test)]
#[allow(clippy::large_stack_arrays)] // a frame longer than any buffer
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_were_sent() {
        let mut wire = Vec::new();
        for frame in [&b"one"[..], b"", &[7; 100_000]] {
            write_frame(&mut wire, frame).unwrap();
        }
        let mut wire = wire.as_slice();
        assert_eq!(read_frame(&mut wire).unwrap(), b"one");
        assert_eq!(read_frame(&mut wire).unwrap(), b"");
        assert_eq!(read_frame(&mut wire).unwrap(), [7; 100_000]);
        assert!(read_frame(&mut wire).is_err());
    }

    #[test]
    fn an_announced_length_is_not_believed() {
        let mut long = u64::MAX.to_le_bytes().to_vec();
        assert!(read_frame(&mut long.as_slice()).is_err());
        long = 1_000_u64.to_le_bytes().to_vec();
        long.extend(b"short");
        assert!(read_frame(&mut long.as_slice()).is_err());
    }
}
