//! `inspect`: what each stage saw of one file, as text, JSON or a page.

use std::path::Path;

use super::Status;
use super::args::InspectArguments;
use super::console::{Console, Tone, output};
use super::failure::{Failure, Told};
use super::files::{self, Found, Location, Origin};
use super::import::settings::{own_layouts, passwords, recognised_layer, workers};
use super::worker::{Refusal, View};
use crate::layout::{self, ImportOptions, Layouts};
use crate::ledger::coverage_of_sheets;
use crate::message::{Language, Message};
use crate::pipeline::{self, Settings};
use crate::read::{self, ReadOptions};
use crate::write::inspect::{Inspected, page, text};
use crate::write::json;
use crate::write::sheets::SheetsFile;

/// Runs the command.
pub fn run(arguments: &InspectArguments, console: &Console) -> Status {
    let shown = arguments.path.to_string_lossy().into_owned();
    match inspect(arguments, console) {
        Ok(()) => Status::Done,
        Err(Stop::Told) => Status::Failed,
        Err(Stop::At(file, message)) => {
            console.failure(file.as_deref().unwrap_or(&shown), &message);
            Status::Failed
        }
    }
}

/// Why it stops.
enum Stop {
    /// The user knows already.
    Told,
    /// A file, if not the source, and what is wrong.
    At(Option<String>, Message),
}

impl<T: Told> From<T> for Stop {
    fn from(told: T) -> Self {
        Self::At(None, told.told())
    }
}

fn inspect(arguments: &InspectArguments, console: &Console) -> Result<(), Stop> {
    let view = view(arguments).map_err(|(file, failure)| Stop::At(Some(file), failure.told()))?;
    let layouts = Layouts {
        own: own_layouts(&arguments.layouts, console).map_err(|_| Stop::Told)?,
        ..Layouts::default()
    };
    let found = found(arguments)?;
    let bytes = files::read(&found.location)?;
    if files::is_own_output(found.name(), &bytes) {
        return Err(Failure::OwnOutput.into());
    }
    let settings = Settings {
        read: ReadOptions {
            passwords: passwords(&arguments.passwords, console).map_err(|_| Stop::Told)?,
            recognised_layer: recognised_layer(arguments.ocr_layer),
        },
        layouts,
        import: ImportOptions::default(),
    };
    let workers = workers(&settings, arguments.limits, console).map_err(|_| Stop::Told)?;
    // People's language on the screen, JSON's in JSON.
    let language = match view {
        View::Json => console.json_language,
        View::Text | View::Page => console.language,
    };
    let rendered = workers
        .inspect(found.name(), view, language, &bytes)
        .map_err(|refusal| Stop::At(None, refusal.message))?;
    match &arguments.output {
        None => output(rendered.as_bytes()).map_err(|error| Failure::writing(&error).into()),
        Some(target) => write(target, &rendered, found.name(), arguments, console),
    }
}

fn view(arguments: &InspectArguments) -> Result<View, (String, Failure)> {
    let Some(target) = &arguments.output else {
        return Ok(if arguments.json {
            View::Json
        } else {
            View::Text
        });
    };
    let ending = target
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("html" | "htm") => Ok(View::Page),
        Some("json") => Ok(View::Json),
        _ => Err((
            files::shown(target),
            Failure::UnknownEnding {
                valid: ".html, .json".to_owned(),
            },
        )),
    }
}

/// The one file that is meant.
fn found(arguments: &InspectArguments) -> Result<Found, Failure> {
    let (found, missing) = files::find(std::slice::from_ref(&arguments.path));
    if let Some((_, failure)) = missing.into_iter().next() {
        return Err(failure);
    }
    let found = found
        .into_iter()
        .next()
        .filter(|found| found.origin == Origin::Named);
    let found = found.ok_or(Failure::IsFolder)?;
    if files::is_lock_file(found.name().as_ref()) {
        Err(Failure::LockFile)
    } else {
        Ok(found)
    }
}

/// What was seen of a file, as text.
///
/// # Errors
/// Why the file cannot be read.
pub fn rendered(
    name: &str,
    bytes: &[u8],
    view: View,
    settings: &Settings,
    language: Language,
) -> Result<String, Refusal> {
    let reading = read::read(bytes, &settings.read).map_err(|error| error.problem().clone())?;
    let source = pipeline::source(name, bytes, &reading);
    let layouts = &settings.layouts;
    let understood = layout::understand(reading.clone(), source.clone(), layouts, &settings.import);
    let (import, readings) = match understood {
        Ok((import, readings)) => (Ok(import), readings),
        Err(error) => (Err(error), Vec::new()),
    };
    if view == View::Json {
        let sheets = SheetsFile::new(pipeline::PROGRAM, source, &reading, readings, language);
        return json::pretty(&sheets).map_err(|error| {
            Failure::Defect {
                detail: error.to_string(),
            }
            .into()
        });
    }
    let mut scores = vec![Vec::new(); reading.sheets.len()];
    for of_sheet in layout::scores(&reading, layouts) {
        if let Some(slot) = scores.get_mut(of_sheet.sheet) {
            *slot = of_sheet.scores;
        }
    }
    let inspected = Inspected {
        program: pipeline::PROGRAM,
        source: &source,
        reading: &reading,
        coverage: coverage_of_sheets(&reading).0,
        scores,
        import: import.as_ref(),
        readings,
        language,
    };
    Ok(if view == View::Page {
        page(&inspected)
    } else {
        text(&inspected)
    })
}

/// Writes the output; one that stands there must be this command's from the same source.
fn write(
    target: &Path,
    rendered: &str,
    name: &str,
    arguments: &InspectArguments,
    console: &Console,
) -> Result<(), Stop> {
    let shown = files::shown(target);
    let stop = |failure: Failure| Stop::At(Some(shown.clone()), failure.told());
    if !arguments.force {
        match files::read(&Location::File(target.to_owned())) {
            Ok(existing) if !is_ours(&existing, rendered, name) => {
                return Err(Stop::At(
                    None,
                    Failure::WouldOverwrite {
                        output: shown.clone(),
                    }
                    .told(),
                ));
            }
            Err(failure) if failure != Failure::NotFound => return Err(stop(failure)),
            _ => {}
        }
    }
    files::write(target, rendered.as_bytes()).map_err(stop)?;
    console.say(Tone::Plain, "", &format!("→ {shown}"));
    Ok(())
}

/// Whether a file is this command's output from a source of this name: it begins as the new one does.
fn is_ours(existing: &[u8], rendered: &str, name: &str) -> bool {
    const HEAD: usize = 1000;
    let head =
        |bytes: &[u8]| String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).into_owned();
    let (old, new) = (head(existing), head(rendered.as_bytes()));
    let mark = |text: &str| text.contains("seirihyo/sheets/") || text.contains("seirihyo inspect");
    existing == rendered.as_bytes() || (mark(&old) && mark(&new) && old.contains(name))
}
