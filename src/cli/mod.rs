//! The command line: files in, files out; the only part that touches the outside.

mod args;
mod check;
mod compare;
mod console;
mod documents;
mod export;
mod failure;
mod files;
mod help;
mod import;
mod inspect;
mod interrupt;
mod language;
mod layouts;
mod links;
mod manual;
mod next;
mod progress;
mod render;
mod schema;
mod usage;
mod validate;
mod worker;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Arguments, Command};
use console::Console;
use failure::{Failure, Told};

/// The exit status; the worse one outranks the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Done.
    Done = 0,
    /// Done, and something was found.
    Found = 1,
    /// Something failed, or wrong usage.
    Failed = 2,
    /// Stopped by Ctrl-C.
    Interrupted = interrupt::STATUS,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Runs the command with the process's arguments.
pub fn run() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    if words.get(1).is_some_and(|word| *word == *worker::ARGUMENT) {
        return worker::serve();
    }
    let chosen = language::chosen(&words);
    let language = chosen.unwrap_or_else(language::system);
    let arguments = help::command(language)
        .color(color(&words))
        .try_get_matches_from(&words)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    match arguments {
        Ok(arguments) => {
            let console = Console::new(&arguments.common, chosen, language);
            guarded(&arguments.command, &console).into()
        }
        Err(error) if error.use_stderr() => {
            use clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand as HelpShown;
            if error.kind() == HelpShown || language == crate::message::Language::English {
                usage::print(&error, &words);
            } else {
                eprint!("{}", console::visible(&usage::text(&error, language)));
            }
            Status::Failed.into()
        }
        Err(help_or_version) => {
            let _ = help_or_version.print();
            Status::Done.into()
        }
    }
}

/// `--color` for help and errors of usage, which are printed before it is parsed.
fn color(words: &[OsString]) -> clap::ColorChoice {
    let given = |value: &str| {
        let joined = format!("--color={value}");
        words.iter().any(|word| *word == *joined)
            || words
                .windows(2)
                .any(|pair| pair[0] == *"--color" && pair[1] == *value)
    };
    if given("never") {
        clap::ColorChoice::Never
    } else if given("always") {
        clap::ColorChoice::Always
    } else {
        clap::ColorChoice::Auto
    }
}

/// A defect of this program is told like any other failure.
fn guarded(command: &Command, console: &Console) -> Status {
    catch_unwind(AssertUnwindSafe(|| dispatch(command, console))).unwrap_or_else(|panic| {
        let detail = failure::panicked(panic.as_ref());
        console.failure("seirihyo", &Failure::Defect { detail }.told());
        Status::Failed
    })
}

fn dispatch(command: &Command, console: &Console) -> Status {
    match command {
        Command::Import(arguments) => import::run(arguments, console),
        Command::Render(arguments) => render::run(arguments, console),
        Command::Next(arguments) => next::run(arguments, console),
        Command::Export(arguments) => export::run(arguments, console),
        Command::Compare(arguments) => compare::run(arguments, console),
        Command::Inspect(arguments) => inspect::run(arguments, console),
        Command::Layouts(arguments) => layouts::run(arguments, console),
        Command::Schema(arguments) => schema::run(arguments, console),
        Command::Completions(arguments) => manual::completions(arguments, console),
        Command::Man => manual::page(console),
        Command::Check(arguments) => check::run(arguments, console),
        Command::Validate(arguments) => validate::run(arguments, console),
    }
}
