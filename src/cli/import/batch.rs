//! Many sources -> a folder of JSON with its report; what need not be read again is skipped.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::one::{self, Done, Source};
use super::previous::{Previous, Standing};
use super::row::Row;
use super::{Work, notes, nothing_found, parallel};
use crate::cli::Status;
use crate::cli::console::{Tone, output};
use crate::cli::failure::{Failure, Told};
use crate::cli::files::{self, Found, Location};
use crate::document::Import;
use crate::note::{Note, What};
use crate::pipeline;
use crate::write::json;
use crate::write::report::{FileReport, Outcome, Report};

/// How often the report of an unfinished run is written, so that a run after an interruption goes on there.
const CHECKPOINT: Duration = Duration::from_secs(5);

/// A source with the place of its output.
struct Item<'a> {
    found: &'a Found,
    /// Relative to the output folder.
    output: PathBuf,
    /// Another source with the same output.
    clash: Option<String>,
}

struct Batch<'a> {
    work: &'a Work<'a>,
    folder: Option<PathBuf>,
    previous: Previous,
}

/// Imports the files into the output folder, or only reports.
pub fn run(work: &Work, found: &[Found]) -> Status {
    let folder = work.arguments.output.clone();
    let previous = folder
        .as_deref()
        .map(|folder| Previous::read(folder, &work.settings.digest))
        .unwrap_or_default();
    let batch = Batch {
        work,
        folder,
        previous,
    };
    let items = items(found);
    let mut rows: Vec<Row> = Vec::with_capacity(items.len());
    let mut checkpoint = Instant::now();
    let each = |at: usize, row: Row| {
        if let Some(item) = items.get(at) {
            row.tell(&item.found.shown, work);
        }
        rows.push(row);
        if checkpoint.elapsed() > CHECKPOINT {
            batch.write_checkpoint(&rows);
            checkpoint = Instant::now();
        }
    };
    parallel::over(&items, work.settings.jobs, |item| batch.timed(item), each);
    mark_same(&mut rows);
    if rows.len() < items.len() {
        batch.write_checkpoint(&rows);
        batch.say_interrupted(rows.len(), items.len());
        return Status::Interrupted;
    }
    batch.finish(&rows)
}

/// Where each source's output goes: its name and `.json`; a second source with the same place is told so.
fn items(found: &[Found]) -> Vec<Item<'_>> {
    let mut taken: BTreeMap<PathBuf, &Found> = BTreeMap::new();
    let mut items = Vec::with_capacity(found.len());
    for file in found {
        let mut output = file.relative.clone().into_os_string();
        output.push(".json");
        let output = PathBuf::from(output);
        let clash = taken.get(&output).map(|other| other.shown.clone());
        taken.entry(output.clone()).or_insert(file);
        items.push(Item {
            found: file,
            output,
            clash,
        });
    }
    items
}

impl Batch<'_> {
    fn timed(&self, item: &Item) -> Row {
        let started = Instant::now();
        let mut row = self.row(item);
        row.report.milliseconds = started.elapsed().as_millis() as u64;
        if row.report.outcome == Outcome::Failed && row.report.output.is_none() {
            // An output from before is still this source's.
            if let Some(before) = self.previous.row(&item.found.input) {
                row.report.output.clone_from(&before.output);
                row.report.output_sha256.clone_from(&before.output_sha256);
            }
        }
        row
    }

    fn row(&self, item: &Item) -> Row {
        let language = self.work.console.json_language;
        let input = &item.found.input;
        if let Some(other) = &item.clash {
            let failure = Failure::SameOutput {
                other: other.clone(),
                output: files::shown(&item.output),
            };
            return Row::failed(input, failure.told(), None, language);
        }
        let bytes = match one::bytes(item.found) {
            Ok(bytes) => bytes,
            Err(done) => return Row::without_import(input, done, language),
        };
        let sha256 = pipeline::sha256(&bytes);
        let existing = self
            .folder
            .as_deref()
            .and_then(|folder| files::read(&Location::File(folder.join(&item.output))).ok());
        let standing = self.previous.standing(input, &sha256, existing.as_deref());
        let force = self.work.arguments.force;
        match (&standing, existing.as_deref()) {
            (Standing::Current, Some(existing)) if !force => {
                if let Some(row) = self.kept(item, &standing, &sha256, existing) {
                    return row;
                }
            }
            _ => {}
        }
        match one::import(item.found, Source::Bytes(bytes), self.work) {
            Done::Imported(import) => match (&standing, existing.as_deref()) {
                // A run that was killed wrote it, but did not come to report it, unless somebody edited it.
                (Standing::Edited, Some(existing)) if !force && !is_output(existing, &import) => {
                    self.kept(item, &standing, &sha256, existing)
                        .unwrap_or_else(|| self.written(item, &import, &standing, Some(existing)))
                }
                (_, existing) => self.written(item, &import, &standing, existing),
            },
            done => Row::without_import(input, done, language),
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
        let before = self.previous.row(&item.found.input);
        row.report.sha256 = Some(sha256.to_owned());
        row.report.output = before.and_then(|before| before.output.clone());
        row.report.output_sha256 = before.and_then(|before| before.output_sha256.clone());
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
        import: &Import,
        standing: &Standing,
        existing: Option<&[u8]>,
    ) -> Row {
        let language = self.work.console.json_language;
        let mut row = Row::new(&item.found.input, Outcome::Imported);
        row.describe(import);
        let Some(folder) = &self.folder else {
            return row;
        };
        row.report.output = Some(format!("{}.json", item.found.input));
        let refuse = |failure: Failure| {
            Row::failed(
                &item.found.input,
                failure.told(),
                Some(import.source.sha256.clone()),
                language,
            )
        };
        let json = match json::pretty(import) {
            Ok(json) => json,
            Err(error) => {
                return refuse(Failure::Defect {
                    detail: error.to_string(),
                });
            }
        };
        let same = existing == Some(json.as_bytes());
        if *standing == Standing::Foreign && !same && !self.work.arguments.force {
            return refuse(Failure::WouldOverwrite {
                output: self.shown_output(item),
            });
        }
        if self.work.arguments.dry_run {
            return row;
        }
        if !same && let Err(failure) = files::write(&folder.join(&item.output), json.as_bytes()) {
            return refuse(failure);
        }
        row.report.output_sha256 = Some(pipeline::sha256(json.as_bytes()));
        row
    }

    fn shown_output(&self, item: &Item) -> String {
        files::shown(&self.folder.clone().unwrap_or_default().join(&item.output))
    }

    fn write_checkpoint(&self, rows: &[Row]) {
        if self.work.arguments.dry_run {
            return;
        }
        let done = rows.iter().map(|row| row.report.clone());
        let files: BTreeMap<String, FileReport> = self
            .previous
            .not_yet_come_to()
            .chain(done)
            .map(|row| (row.input.clone(), row))
            .collect();
        let files = files.into_values().collect();
        let mut report = Report::new(pipeline::PROGRAM, &self.work.settings.digest, files);
        report.finished = false;
        if let (Some(folder), Ok(json)) = (&self.folder, json::pretty(&report)) {
            // The report at the end says if the folder cannot be written.
            let _ = files::write(&folder.join(files::REPORT), json.as_bytes());
        }
    }

    fn say_interrupted(&self, done: usize, of: usize) {
        let text = match self.work.console.language {
            crate::message::Language::Japanese => {
                format!(
                    "中断しました（{of}件のうち{done}件を処理）: 同じ指定でもう一度実行すると続きから始めます"
                )
            }
            crate::message::Language::English => {
                format!("interrupted ({done} of {of} files done): run it again to go on")
            }
        };
        self.work.console.say(Tone::Warning, "", &text);
    }

    /// Writes the report and the notes, and says how it went.
    fn finish(&self, rows: &[Row]) -> Status {
        let files = rows.iter().map(|row| row.report.clone()).collect();
        let report = Report::new(pipeline::PROGRAM, &self.work.settings.digest, files);
        let mut status = rows
            .iter()
            .map(|row| row.status(self.work))
            .max()
            .unwrap_or(Status::Done);
        if rows
            .iter()
            .all(|row| row.report.outcome == Outcome::Ignored)
        {
            status = status.max(nothing_found(self.work.arguments, self.work.console));
        }
        let console = self.work.console;
        if let Err((file, failure)) = self.write_report(&report, rows) {
            console.failure(&file, &failure.told());
            status = Status::Failed;
        }
        self.summary(&report);
        status
    }

    fn write_report(&self, report: &Report, rows: &[Row]) -> Result<(), (String, Failure)> {
        let defect = |error: &dyn std::fmt::Display| Failure::Defect {
            detail: error.to_string(),
        };
        let json =
            json::pretty(report).map_err(|error| (files::REPORT.to_owned(), defect(&error)))?;
        let Some(folder) = self
            .folder
            .as_deref()
            .filter(|_| !self.work.arguments.dry_run)
        else {
            return output(json.as_bytes())
                .map_err(|error| ("-".to_owned(), Failure::writing(&error)));
        };
        let language = self.work.console.json_language;
        let list = notes::csv(&Row::notes(rows), language)
            .map_err(|error| (files::NOTES.to_owned(), defect(&error)))?;
        for (name, bytes) in [(files::REPORT, json.as_bytes()), (files::NOTES, &list)] {
            let path = folder.join(name);
            files::write(&path, bytes).map_err(|failure| (files::shown(&path), failure))?;
        }
        Ok(())
    }

    fn summary(&self, report: &Report) {
        let t = &report.totals;
        let folder = self
            .folder
            .as_deref()
            .filter(|_| !self.work.arguments.dry_run);
        let place =
            folder.map(|folder| format!(" → {}", files::shown(&folder.join(files::REPORT))));
        let text = match self.work.console.language {
            crate::message::Language::Japanese => format!(
                "取り込み {}、変更なし {}、失敗 {}、対象外 {}（文書 {}、目標 {}）",
                t.imported, t.skipped, t.failed, t.ignored, t.documents, t.goals
            ),
            crate::message::Language::English => format!(
                "imported {}, skipped {}, failed {}, ignored {} (documents {}, goals {})",
                t.imported, t.skipped, t.failed, t.ignored, t.documents, t.goals
            ),
        };
        self.work
            .console
            .say(Tone::Plain, "", &(text + &place.unwrap_or_default()));
    }
}

/// Whether an output is what is written for an import.
fn is_output(existing: &[u8], import: &Import) -> bool {
    json::pretty(import).is_ok_and(|json| json.as_bytes() == existing)
}

/// Notes on files whose documents are those of a file before them.
fn mark_same(rows: &mut [Row]) {
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
