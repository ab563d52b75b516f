//! A file or a reading -> its import, and what every import promises.

use super::numbers;
use seirihyo::document::{Import, Source};
use seirihyo::error::Error;
use seirihyo::layout::{self, ImportOptions, Layouts};
use seirihyo::ledger::{Coverage, coverage_of_sheets};
use seirihyo::message::Language;
use seirihyo::pipeline;
use seirihyo::read::{ReadOptions, read};
use seirihyo::sheet::Reading;
use seirihyo::write::json;

/// Reads a file; what comes of it must hold, and be the same again.
pub fn file_holds(bytes: &[u8]) {
    let reading = || read(bytes, &ReadOptions::default());
    let first = match reading() {
        Ok(reading) => reading,
        Err(error) => return says_why(&error),
    };
    numbers::reading_holds(&first);
    let source = pipeline::source("input", bytes, &first);
    let import = reading_of_source_holds(&first, &source);
    import.iter().for_each(numbers::import_holds);
    // A second time for some: it costs as much as the first.
    if bytes.len().is_multiple_of(4)
        && let (Some(import), Ok(second)) = (import, reading())
    {
        let again = imported(second, &source);
        assert!(again.is_ok_and(|again| again == import), "not the same");
    }
}

/// The same for a reading that came from no file.
pub fn reading_holds(reading: &Reading) -> Option<Import> {
    let source = pipeline::source("input", b"", reading);
    reading_of_source_holds(reading, &source)
}

fn imported(reading: Reading, source: &Source) -> Result<Import, Error> {
    let (layouts, options) = (Layouts::default(), ImportOptions::default());
    layout::import(reading, source.clone(), &layouts, &options)
}

fn reading_of_source_holds(reading: &Reading, source: &Source) -> Option<Import> {
    let (coverage, breaches) = coverage_of_sheets(reading);
    assert!(breaches.is_empty(), "{breaches:?}");
    assert_eq!(coverage.unplaced, 0, "text outside the sheets");
    match imported(reading.clone(), source) {
        Ok(import) => {
            import_holds(&import);
            Some(import)
        }
        Err(error) => {
            says_why(&error);
            None
        }
    }
}

/// A problem has a code and a sentence.
fn says_why(error: &Error) {
    assert!(!error.problem().code().is_empty());
    assert!(!error.message().text(Language::Japanese).is_empty());
}

/// What every import promises: the account closes, and its JSON says all of it.
fn import_holds(import: &Import) {
    let Coverage {
        source,
        documents,
        headings,
        repeated,
        furniture,
        markup,
        overprint,
        hidden,
        unplaced,
    } = import.coverage;
    let parts =
        documents + headings + repeated + furniture + markup + overprint + hidden + unplaced;
    assert_eq!(source, parts, "the parts are not the source");
    for note in &import.notes {
        assert_ne!(
            note.code,
            "text-not-conserved",
            "{}",
            note.message.text(Language::English)
        );
    }
    let Ok(written) = json::pretty(import) else {
        panic!("cannot be written");
    };
    let read: Import = match serde_json::from_str(&written) {
        Ok(read) => read,
        Err(error) => panic!("cannot be read again: {error}"),
    };
    let again = json::pretty(&read).unwrap_or_default();
    assert!(written == again, "what is written reads otherwise");
}
