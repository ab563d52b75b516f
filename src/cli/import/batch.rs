//! Many sources -> a folder of JSON with its report; what need not be read again is skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::items::{Item, items};
use super::journal::Journal;
use super::one::{self, Done, Source};
use super::previous::{Of, Previous, Standing};
use super::prune::Roots;
use super::record::{self, Record};
use super::row::Row;
use super::{Work, nothing_found, parallel};
use crate::cli::Status;
use crate::cli::failure::{Failure, Told};
use crate::cli::files::{self, Found, Location};
use crate::cli::worker::{Imported, Written};
use crate::document::Import;
use crate::note::{Note, What};
use crate::pipeline;
use crate::write::report::Outcome;

struct Batch<'a> {
    work: &'a Work<'a>,
    folder: Option<&'a Path>,
    previous: &'a Previous,
    journal: Option<&'a Journal>,
    /// The folders that files are below, as the report names them.
    roots: &'a Roots,
}

/// Imports the files into the output folder, or only reports.
pub fn run(work: &Work, found: &[Found]) -> Status {
    let folder = work.arguments.output.as_deref();
    if let Some(folder) = folder.filter(|_| !work.arguments.dry_run)
        && let Err((path, failure)) = prepare(folder)
    {
        work.console.failure(&files::shown(&path), &failure.told());
        return Status::Failed;
    }
    let previous = folder
        .map(|folder| Previous::read(folder, work.settings.digest()))
        .unwrap_or_default();
    let journal = folder.filter(|_| !work.arguments.dry_run).map(Journal::of);
    let roots = Roots::of(found, folder.unwrap_or(Path::new("")));
    let batch = Batch {
        work,
        folder,
        previous: &previous,
        journal: journal.as_ref(),
        roots: &roots,
    };
    let items = items(found);
    let mut record = Record::new(work, &previous, &roots);
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    let mut untold = 0;
    let progress = work.console.progress(items.len());
    let each = |at: usize, row: Row| {
        rows.insert(at, row);
        progress.done();
        while let Some(row) = rows.get(&untold) {
            row.tell(work);
            untold += 1;
        }
        record.checkpoint(&rows);
    };
    let one = |item: &Item| {
        progress.begins(item.found.name());
        batch.timed(item)
    };
    parallel::as_done(&items, work.settings.jobs, one, each);
    drop(progress);
    // What was finished out of turn before an interruption.
    rows.range(untold..).for_each(|(_, row)| row.tell(work));
    mark_same(rows.values_mut());
    if rows.len() < items.len() {
        let written = record.interrupted(&rows, items.len());
        return batch.reported(written).max(Status::Interrupted);
    }
    let status = rows.values().map(|row| row.status(work)).max();
    let mut status = status.unwrap_or(Status::Done);
    if rows
        .values()
        .all(|row| row.report.outcome == Outcome::Ignored)
    {
        status = status.max(nothing_found(work.arguments, work.console));
    }
    status.max(batch.reported(record.finish(&rows)))
}

/// Tries whether the output folder takes files, and whether somebody reads the lists of the run before: both
/// are better known before the work than after it.
fn prepare(folder: &Path) -> Result<(), (PathBuf, Failure)> {
    files::prepare(folder).map_err(|failure| (folder.to_owned(), failure))?;
    for list in [files::NOTES, files::WORKLIST] {
        let list = folder.join(list);
        files::not_in_use(&list).map_err(|failure| (list, failure))?;
    }
    Ok(())
}

impl Batch<'_> {
    /// What is to be said of the report; once it stands, it is known what was written.
    fn reported(&self, written: Result<(), (String, Failure)>) -> Status {
        if let (Ok(()), Some(journal)) = (&written, self.journal) {
            journal.end();
        }
        record::tell(self.work, written)
    }

    fn timed(&self, item: &Item) -> Row {
        let started = Instant::now();
        let mut row = self.row(item);
        row.report.root = self.roots.name(item.found).map(str::to_owned);
        row.shown.clone_from(&item.found.shown);
        if let Location::File(path) = &item.found.location {
            row.source = Some(path.clone());
        }
        row.report.milliseconds = started.elapsed().as_millis() as u64;
        if row.report.outcome == Outcome::Failed && row.report.output.is_none() {
            // An output from before is still this source's.
            if let Some(before) = self.previous.row(self.of(item), None) {
                row.report.output.clone_from(&before.output);
                row.report.output_sha256.clone_from(&before.output_sha256);
            }
        }
        row
    }

    fn of<'b>(&'b self, item: &'b Item) -> Of<'b> {
        Of {
            root: self.roots.name(item.found),
            input: &item.found.input,
        }
    }

    fn row(&self, item: &Item) -> Row {
        let language = self.work.console.json_language;
        let input = &item.found.input;
        if let Some(failure) = &item.clash {
            return Row::failed(input, failure.told(), None, language);
        }
        let bytes = match one::bytes(item.found) {
            Ok(bytes) => bytes,
            Err(done) => return Row::without_import(input, done, language),
        };
        let sha256 = pipeline::sha256(&bytes);
        let existing = match self.existing(item) {
            Ok(existing) => existing,
            Err(failure) => return Row::failed(input, failure.told(), Some(sha256), language),
        };
        let standing = self
            .previous
            .standing(self.of(item), &sha256, existing.as_deref());
        let stays = matches!(standing, Standing::Current | Standing::Edited);
        if stays
            && !self.work.arguments.force
            && let Some(existing) = &existing
            && let Some(row) = self.kept(item, &standing, &sha256, existing)
        {
            return row;
        }
        match one::import(
            item.found,
            Source::Bytes(bytes),
            Written::LinesOfBatch,
            self.work,
        ) {
            Done::Imported(import) => self.written(item, &import, &standing, existing.as_deref()),
            done => Row::without_import(input, done, language),
        }
    }

    /// What stands at the place of a source's output.
    fn existing(&self, item: &Item) -> Result<Option<Vec<u8>>, Failure> {
        let Some(folder) = self.folder else {
            return Ok(None);
        };
        match files::read(&Location::File(folder.join(&item.output))) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Failure::NotFound) => Ok(None),
            Err(Failure::IsFolder) => {
                Err(Failure::TargetIsFolder.at_output(self.shown_output(item)))
            }
            Err(failure) => Err(failure.at_output(self.shown_output(item))),
        }
    }

    /// A source whose output stays as it is.
    fn kept(&self, item: &Item, standing: &Standing, sha256: &str, existing: &[u8]) -> Option<Row> {
        let import = serde_json::from_slice::<Import>(existing).ok();
        let edited = *standing == Standing::Edited;
        if import.is_none() && !edited {
            return None;
        }
        let mut row = Row::new(&item.found.input, Outcome::Skipped);
        if let Some(import) = &import {
            row.describe(import);
        }
        let input = &item.found.input;
        let before = self.previous.row(self.of(item), Some(sha256));
        row.report.sha256 = Some(sha256.to_owned());
        let output = before.and_then(|before| before.output.clone());
        row.report.output = output.or_else(|| Some(output_of(input)));
        row.report.output_sha256 = self.previous.output_sha256(self.of(item), sha256);
        if edited {
            let message = Failure::Edited {
                output: self.shown_output(item),
            }
            .told();
            row.explain(message, self.work.console.json_language);
        }
        Some(row)
    }

    fn written(
        &self,
        item: &Item,
        import: &Imported,
        standing: &Standing,
        existing: Option<&[u8]>,
    ) -> Row {
        let language = self.work.console.json_language;
        let mut row = Row::imported(&item.found.input, import);
        let Some(folder) = self.folder else {
            return row;
        };
        row.report.output = Some(output_of(&item.found.input));
        let refuse = |failure: Failure| {
            Row::failed(
                &item.found.input,
                failure.told(),
                import.report.sha256.clone(),
                language,
            )
        };
        let json = &import.json;
        let same = existing == Some(json.as_bytes());
        if *standing == Standing::Foreign && !same && !self.work.arguments.force {
            return refuse(Failure::WouldOverwrite {
                output: self.shown_output(item),
            });
        }
        if self.work.arguments.dry_run {
            return row;
        }
        let sha256 = pipeline::sha256(json.as_bytes());
        if !same {
            if let Some(journal) = self.journal {
                journal.begins(&item.found.input, &sha256);
            }
            if let Err(failure) = files::write(&folder.join(&item.output), json.as_bytes()) {
                return refuse(failure.at_output(self.shown_output(item)));
            }
        }
        row.report.output_sha256 = Some(sha256);
        row
    }

    fn shown_output(&self, item: &Item) -> String {
        let folder = self.folder.unwrap_or(Path::new(""));
        files::shown(&folder.join(&item.output))
    }
}

/// The name of a source's output in reports.
fn output_of(input: &str) -> String {
    format!("{input}.json")
}

/// Notes on files whose documents are those of a file before them.
fn mark_same<'a>(rows: impl Iterator<Item = &'a mut Row>) {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for row in rows {
        let Some(digest) = row.documents.take() else {
            continue;
        };
        if let Some(other) = first.get(&digest) {
            let note = Note::new(What::SameDocument {
                file: other.clone(),
            });
            row.report.count(&note);
            row.notes.push(note);
        } else {
            first.insert(digest, row.report.input.clone());
        }
    }
}
