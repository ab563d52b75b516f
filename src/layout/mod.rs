//! Sheets -> documents: which layout they follow, and what each cell means there.

mod account;
mod arrangement;
mod assemble;
mod bands;
mod card_block;
mod card_flow;
mod card_labels;
mod cards;
mod changed;
mod check;
mod choose;
mod deadline;
pub mod definition;
mod fields;
mod flow;
mod forms;
mod furniture;
mod goals;
mod halves;
mod head_words;
mod indicators;
mod infer;
mod join;
pub mod known;
mod label;
mod notice;
mod outline;
mod paragraphs;
mod parts;
mod passage;
mod policy;
pub mod quantity;
mod readings;
mod rows;
mod signatory;
mod spread;
pub mod suggest;
mod table;
#[cfg(test)]
mod tests;
mod told_head;
mod values;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::document::reading::SheetReading;
use crate::document::value::Municipality;
use crate::document::{Document, IMPORT_SCHEMA, Import, Source};
use crate::error::Error;
use crate::ledger::Class;
use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{Reading, TextRange};
use choose::Choice;
use definition::Layout;
pub use infer::weights::Kind as EvidenceKind;

/// The layouts that a file is held against: the built-in ones and the user's own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Layouts {
    /// A user's own, which win ties.
    pub own: Vec<Layout>,
    /// Kinds of evidence for the columns of unknown sheets that are not looked at: to see what each is worth.
    #[serde(default)]
    pub without: Vec<EvidenceKind>,
}

impl Layouts {
    /// The user's own, then the built-in ones that none of them replaces by name.
    fn all(&self) -> Vec<&Layout> {
        let replaced: HashSet<&str> = self.own.iter().map(|layout| layout.name.as_str()).collect();
        let built_in = known::layouts()
            .iter()
            .filter(|layout| !replaced.contains(layout.name.as_str()));
        self.own.iter().chain(built_in).collect()
    }
}

/// What the caller knows about a file that its sheets may not say.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImportOptions {
    /// The fiscal year where the document does not say: the calendar year of its April.
    pub fiscal_year: Option<i32>,
    /// The municipality.
    pub municipality: Option<Municipality>,
}

/// How well a layout fits a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetScores {
    /// Index into [`Reading::sheets`].
    pub sheet: usize,
    /// Layout names with their scores from 0 to 1, best first.
    pub scores: Vec<(String, f64)>,
}

/// How well each layout fits each sheet.
pub fn scores(reading: &Reading, layouts: &Layouts) -> Vec<SheetScores> {
    let choice = Choice::of(layouts);
    let of = |(sheet, page)| SheetScores {
        sheet,
        scores: choice.sheet_scores(reading, page),
    };
    reading.sheets.iter().enumerate().map(of).collect()
}

/// Documents before their account is closed.
struct Found {
    documents: Vec<Document>,
    /// How the columns of each goal sheet were understood.
    readings: Vec<SheetReading>,
    notes: Vec<Note>,
    claims: Vec<(Class, TextRange)>,
    shared: HashSet<TextRange>,
    unrecognised: Vec<usize>,
}

/// Sheets -> documents.
///
/// # Errors
/// Nothing was recognised: there is no table, none of goals, or none of a form that is known.
pub fn import(
    reading: Reading,
    source: Source,
    layouts: &Layouts,
    options: &ImportOptions,
) -> Result<Import, Error> {
    understand(reading, source, layouts, options).map(|(import, _)| import)
}

/// The same, with how the columns of each goal sheet were understood.
///
/// # Errors
/// Nothing was recognised: there is no table, none of goals, or none of a form that is known.
pub fn understand(
    mut reading: Reading,
    source: Source,
    layouts: &Layouts,
    options: &ImportOptions,
) -> Result<(Import, Vec<SheetReading>), Error> {
    let mut notes = std::mem::take(&mut reading.notes);
    let choice = Choice::of(layouts);
    let halves = halves::join(&reading, &choice.vocabulary);
    notes.extend(halves.notes);
    let mut as_read = halves
        .sheets
        .map(|sheets| std::mem::replace(&mut reading.sheets, sheets));
    let mut found = documents(&reading, &source, &choice, options);
    if !found.as_ref().is_ok_and(Found::is_of_a_known_layout) {
        // What no layout knows may still tell by its form how its goals stand.
        let form = arrangement::Form::of(&reading.sheets, &reading.text, &choice);
        let is_told = form.is_told();
        if let Some(sheets) = form.turned {
            let before = std::mem::replace(&mut reading.sheets, sheets);
            as_read.get_or_insert(before);
        }
        if is_told {
            let choice = form
                .cards
                .iter()
                .fold(Choice::of(layouts), Choice::with_cards);
            found = documents(&reading, &source, &choice, options);
        }
    }
    let mut found = found?;
    found.claims.extend(halves.claims);
    // The account is of the pages as they were read.
    if let Some(sheets) = as_read {
        reading.sheets = sheets;
    }
    notes.append(&mut found.notes);
    let (coverage, account_notes) = account::close(
        &reading,
        &found.documents,
        &found.claims,
        &found.shared,
        &found.unrecognised,
    );
    notes.extend(account_notes);
    let import = Import {
        schema: IMPORT_SCHEMA.to_owned(),
        program: concat!("seirihyo ", env!("CARGO_PKG_VERSION")).to_owned(),
        source,
        documents: found.documents,
        notes,
        coverage,
    };
    Ok((import, found.readings))
}

impl Found {
    /// Whether a document follows a layout of its own, not heading words alone.
    fn is_of_a_known_layout(&self) -> bool {
        self.documents.iter().any(|document| match document {
            Document::GoalSheet(sheet) => sheet.layout != known::GENERIC,
            Document::Policy(_) => true,
        })
    }
}

/// Recognises and extracts the documents of a reading.
fn documents(
    reading: &Reading,
    source: &Source,
    choice: &Choice<'_>,
    options: &ImportOptions,
) -> Result<Found, Error> {
    let notices = notice::notices(reading, choice);
    let flow = flow::flow(reading, choice, &notices.taken);
    if flow.drafts.is_empty() && notices.drafts.is_empty() {
        return Err(choose::nothing_fits(reading, choice).into());
    }
    let tied = |layouts: &String| {
        Note::new(What::LayoutTie {
            layouts: layouts.clone(),
        })
    };
    let mut found = Found {
        documents: Vec::new(),
        readings: Vec::new(),
        notes: choice.ties.borrow().iter().map(tied).collect(),
        claims: flow.claims,
        shared: HashSet::new(),
        unrecognised: flow.unrecognised,
    };
    found.notes.extend(flow.notes);
    found.notes.extend(
        found
            .unrecognised
            .iter()
            .map(|&sheet| not_recognised(reading, sheet)),
    );
    found.claims.extend(notices.claims);
    let mut ordered: Vec<((usize, usize), Document)> = Vec::new();
    for draft in notices.drafts {
        let mut assembled = policy::assemble(&draft, reading, &source.file, options);
        found.claims.append(&mut assembled.claims);
        found.notes.append(&mut assembled.notes);
        ordered.push((draft.at(), Document::Policy(Box::new(assembled.policy))));
    }
    let with_ruby = assemble::lines_with_ruby(reading);
    for draft in flow.drafts {
        let at = (draft.sheet, draft.block);
        let read = readings::of(&draft, &reading.text, &choice.weights);
        found.readings.push(read);
        let mut assembled = assemble::assemble(draft, reading, &with_ruby, &source.file, options);
        found.claims.append(&mut assembled.claims);
        found.shared.extend(assembled.shared);
        found.notes.append(&mut assembled.notes);
        ordered.push((at, Document::GoalSheet(Box::new(assembled.sheet))));
    }
    ordered.sort_by_key(|(at, _)| *at);
    found.documents = ordered.into_iter().map(|(_, document)| document).collect();
    Ok(found)
}

/// A note that quotes a whole sheet of which nothing was recognised.
fn not_recognised(reading: &Reading, index: usize) -> Note {
    let sheet = reading.sheets.get(index);
    let name = sheet.and_then(|sheet| sheet.name.as_ref().map(ToString::to_string));
    let page = sheet
        .and_then(|sheet| sheet.page)
        .map(|page| format!("p.{page}"));
    let lines: Vec<(&str, &Place)> = sheet
        .into_iter()
        .flat_map(account::lines)
        .map(|(range, place)| (range.of(&reading.text), place))
        .collect();
    let quoted: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
    Note::new(What::SheetNotRecognised {
        sheet: name.or(page).unwrap_or_default(),
    })
    .at(lines.first().map(|(_, place)| (*place).clone()))
    .about(quoted.join("\n"))
}
