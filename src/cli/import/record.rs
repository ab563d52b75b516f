//! What is known of a batch -> its report and its list of notes, while it runs and at its end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::previous::Previous;
use super::prune::{self, Roots};
use super::row::Row;
use super::{Work, notes, worklist};
use crate::cli::console::{Tone, output};
use crate::cli::failure::{Failure, Told};
use crate::cli::files;
use crate::message::Language;
use crate::pipeline;
use crate::write::json;
use crate::write::report::{FileReport, Report};

/// How often the report of an unfinished run is written, so that a run after a sudden death goes on there.
const CHECKPOINT: Duration = Duration::from_secs(1);

/// At most this part of the time goes into such reports.
const CHECKPOINT_SHARE: u32 = 20;

/// Where a batch's report goes.
pub struct Record<'a> {
    work: &'a Work<'a>,
    previous: &'a Previous,
    roots: &'a Roots,
    /// The output folder, if anything is written.
    folder: Option<&'a Path>,
    /// When the next report of the unfinished run is due.
    due: Instant,
}

impl<'a> Record<'a> {
    /// The record of a batch that begins.
    pub fn new(work: &'a Work<'a>, previous: &'a Previous, roots: &'a Roots) -> Self {
        let folder = work.arguments.output.as_deref();
        Self {
            work,
            previous,
            roots,
            folder: folder.filter(|_| !work.arguments.dry_run),
            due: Instant::now() + CHECKPOINT,
        }
    }

    /// Writes what is known by now, from time to time.
    pub fn checkpoint(&mut self, rows: &BTreeMap<usize, Row>) {
        let started = Instant::now();
        if self.folder.is_none() || started < self.due {
            return;
        }
        // Whether the folder can be written is said at the end.
        let _ = self.write_unfinished(rows);
        self.due = Instant::now() + CHECKPOINT.max(started.elapsed() * CHECKPOINT_SHARE);
    }

    /// Writes the report of a run that was stopped, and says so.
    ///
    /// # Errors
    /// The file that cannot be written, and why.
    pub fn interrupted(
        &self,
        rows: &BTreeMap<usize, Row>,
        of: usize,
    ) -> Result<(), (String, Failure)> {
        let done = rows.len();
        let text = match self.work.console.language {
            Language::Japanese => format!(
                "中断しました（{of}件のうち{done}件を処理）: 同じ指定でもう一度実行すると続きから始めます"
            ),
            Language::English => {
                format!("interrupted ({done} of {of} files done): run it again to go on")
            }
        };
        let causes = worklist::causes(rows.values(), &[]);
        worklist::tell(&causes, self.folder, self.work.console);
        self.work.console.say(Tone::Warning, "", &text);
        self.write_unfinished(rows)
    }

    /// Writes the report of a run that came to its end, and says how it went.
    ///
    /// # Errors
    /// The file that cannot be written, and why.
    pub fn finish(&self, rows: &BTreeMap<usize, Row>) -> Result<(), (String, Failure)> {
        let mut report = self.report(rows.values().map(|row| row.report.clone()).collect());
        report.earlier = self.earlier(rows);
        let pruned = self.prune(&mut report, rows);
        let gone = self.roots.gone(&report.earlier, rows);
        let causes = worklist::causes(rows.values(), &gone);
        let mut lines = self.lines_before(&report.earlier, rows);
        lines.extend(self.lines(rows));
        let listed = self.write_list(&causes);
        let written = self.write(&report, lines);
        worklist::tell(&causes, self.folder, self.work.console);
        self.summary(&report);
        written.and(listed).and(pruned)
    }

    /// The outputs of earlier runs that this one has nothing to do with.
    fn earlier(&self, rows: &BTreeMap<usize, Row>) -> Vec<FileReport> {
        let done: BTreeSet<(Option<&str>, &str)> = rows
            .values()
            .map(|row| (row.report.root.as_deref(), row.report.input.as_str()))
            .collect();
        let outputs: BTreeSet<&str> = rows
            .values()
            .filter_map(|row| row.report.output.as_deref())
            .collect();
        let is_earlier = |row: &&FileReport| {
            let output = row.output.as_deref();
            output.is_some_and(|output| !outputs.contains(output))
                && !done.contains(&(row.root.as_deref(), row.input.as_str()))
        };
        self.previous.rows().filter(is_earlier).cloned().collect()
    }

    /// Removes what `--prune` asks for; on a dry run it is only listed.
    fn prune(
        &self,
        report: &mut Report,
        rows: &BTreeMap<usize, Row>,
    ) -> Result<(), (String, Failure)> {
        let arguments = self.work.arguments;
        let Some(folder) = arguments.output.as_deref().filter(|_| arguments.prune) else {
            return Ok(());
        };
        let gone = self.roots.gone(&report.earlier, rows);
        prune::guard(&arguments.paths, &gone, rows, arguments.force)?;
        let console = self.work.console;
        let word = if arguments.dry_run {
            console.pick("消すもの", "would be removed")
        } else {
            console.pick("消しました", "removed")
        };
        let mut removed: BTreeSet<(Option<String>, String)> = BTreeSet::new();
        for row in gone {
            let output = folder.join(row.output.as_deref().unwrap_or_default());
            match prune::remove(folder, row, arguments.dry_run) {
                Ok(()) => {
                    removed.insert((row.root.clone(), row.input.clone()));
                    console.say(Tone::Plain, &format!("{word}: "), &files::shown(&output));
                }
                Err(failure) => console.say(
                    Tone::Warning,
                    &format!("{}: ", files::shown(&output)),
                    failure.told().text(console.language),
                ),
            }
        }
        let stays = |row: &FileReport| !removed.contains(&(row.root.clone(), row.input.clone()));
        report.earlier.retain(stays);
        Ok(())
    }

    /// The lines that the list of the run before has on what this one has nothing to do with.
    fn lines_before(
        &self,
        earlier: &[FileReport],
        rows: &BTreeMap<usize, Row>,
    ) -> Vec<notes::Line> {
        let done: BTreeSet<&str> = rows.values().map(|row| row.report.input.as_str()).collect();
        let inputs = earlier.iter().map(|row| row.input.as_str());
        let inputs = inputs.filter(|input| !done.contains(input)).collect();
        self.folder
            .map(|folder| notes::kept(&folder.join(files::NOTES), &inputs))
            .unwrap_or_default()
    }

    /// Writes what a person has to do. The list of an unfinished run would look like a short one, so that it has none.
    fn write_list(&self, causes: &[worklist::Cause]) -> Result<(), (String, Failure)> {
        let Some(folder) = self.folder else {
            return Ok(());
        };
        let path = folder.join(files::WORKLIST);
        let failed = |failure| (files::shown(&path), failure);
        let list = worklist::list(causes, folder, self.work.console.json_language);
        let list = list.map_err(|error| {
            failed(Failure::Defect {
                detail: error.to_string(),
            })
        })?;
        files::write(&path, &list).map_err(failed)
    }

    /// The rows of this run, and those of the run before for what this one has not come to.
    fn write_unfinished(&self, rows: &BTreeMap<usize, Row>) -> Result<(), (String, Failure)> {
        let done: BTreeSet<(Option<&str>, &str)> = rows
            .values()
            .map(|row| (row.report.root.as_deref(), row.report.input.as_str()))
            .collect();
        let is_before =
            |row: &FileReport| !done.contains(&(row.root.as_deref(), row.input.as_str()));
        let before: Vec<FileReport> = self.previous.not_yet_come_to().filter(is_before).collect();
        let mut lines = self.lines_before(&before, rows);
        lines.extend(self.lines(rows));
        let rows = rows.values().map(|row| row.report.clone());
        let mut report = self.report(before.into_iter().chain(rows).collect());
        report.finished = false;
        self.write(&report, lines)
    }

    fn report(&self, files: Vec<FileReport>) -> Report {
        Report::new(pipeline::PROGRAM, self.work.settings.digest(), files)
    }

    fn lines(&self, rows: &BTreeMap<usize, Row>) -> Vec<notes::Line> {
        let language = self.work.console.json_language;
        let of_row = |row: &Row| {
            let file = row.report.input.clone();
            let line = move |note| notes::line(&file, note, language);
            row.notes.iter().map(line).collect::<Vec<_>>()
        };
        rows.values().flat_map(of_row).collect()
    }

    /// The list first: the report says what is done, and must not be ahead of it. But where the list alone
    /// cannot be written, the report is true all the same, and the next run needs it.
    fn write(&self, report: &Report, lines: Vec<notes::Line>) -> Result<(), (String, Failure)> {
        let json = json::pretty(report).map_err(|error| {
            let detail = error.to_string();
            (files::REPORT.to_owned(), Failure::Defect { detail })
        })?;
        let Some(folder) = self.folder else {
            return output(json.as_bytes())
                .map_err(|error| ("-".to_owned(), Failure::writing(&error)));
        };
        let list = notes::csv(lines, self.work.console.json_language);
        let put = |name: &str, bytes: &[u8]| {
            let path: PathBuf = folder.join(name);
            files::write(&path, bytes).map_err(|failure| (files::shown(&path), failure))
        };
        let listed = put(files::NOTES, &list);
        put(files::REPORT, json.as_bytes()).and(listed)
    }

    fn summary(&self, report: &Report) {
        let t = &report.totals;
        let place = self.folder.map(|folder| {
            let report = files::shown(&folder.join(files::REPORT));
            format!(" → {report}, {}, {}", files::NOTES, files::WORKLIST)
        });
        let text = match self.work.console.language {
            Language::Japanese => format!(
                "取り込み {}、変更なし {}、失敗 {}、対象外 {}（文書 {}、目標 {}）",
                t.imported, t.skipped, t.failed, t.ignored, t.documents, t.goals
            ),
            Language::English => format!(
                "imported {}, skipped {}, failed {}, ignored {} (documents {}, goals {})",
                t.imported, t.skipped, t.failed, t.ignored, t.documents, t.goals
            ),
        };
        let text = text + &place.unwrap_or_default();
        self.work.console.say(Tone::Plain, "", &text);
    }
}

/// Says what went wrong with the record itself.
pub fn tell(work: &Work, written: Result<(), (String, Failure)>) -> super::Status {
    match written {
        Ok(()) => super::Status::Done,
        Err((file, failure)) => {
            work.console.failure(&file, &failure.told());
            super::Status::Failed
        }
    }
}
