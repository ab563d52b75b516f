//! What is said to people: standard error, in their language, as loud as they want.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::args::{ColorChoice, Common};
use super::progress::Bar;
use crate::message::{Language, Message};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    /// Failures only.
    Quiet,
    /// What a person should know.
    Normal,
    /// Everything.
    Verbose,
}

/// How urgent a line is; decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something failed.
    Failure,
    /// Look here.
    Warning,
    /// Good to know.
    Plain,
}

/// The way to the user.
#[derive(Debug)]
pub struct Console {
    /// The language that people are spoken to in.
    pub language: Language,
    /// The language of messages inside JSON: Japanese unless `--lang` says otherwise.
    pub json_language: Language,
    /// How much is said.
    pub loudness: Loudness,
    colored: bool,
    color: ColorChoice,
    /// What stands below the lines. Whoever writes one holds it, so that lines of several threads do not mix.
    bar: Arc<Mutex<Option<Bar>>>,
}

impl Console {
    /// From the common options.
    pub fn new(common: &Common, chosen: Option<Language>, language: Language) -> Self {
        let colored = is_coloured(common.color, io::stderr().is_terminal());
        let loudness = match (common.quiet, common.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Normal,
        };
        Self {
            language,
            json_language: chosen.unwrap_or_default(),
            loudness,
            colored,
            color: common.color,
            bar: Arc::default(),
        }
    }

    /// Whether a table on standard output is coloured, which is a terminal or not.
    pub fn colours_output(&self, is_terminal: bool) -> bool {
        is_coloured(self.color, is_terminal)
    }

    /// `FILE: what: what to do`.
    pub fn failure(&self, file: &str, message: &Message) {
        self.write(
            Tone::Failure,
            &format!("{file}: "),
            message.text(self.language),
        );
    }

    /// A line about a file, unless the user wants quiet.
    pub fn say(&self, tone: Tone, about: &str, text: &str) {
        if self.loudness >= Loudness::Normal {
            self.write(tone, about, text);
        }
    }

    /// A line for those who want everything.
    pub fn detail(&self, about: &str, text: &str) {
        if self.loudness >= Loudness::Verbose {
            self.write(Tone::Plain, about, text);
        }
    }

    /// One of two texts.
    pub fn pick<'a>(&self, japanese: &'a str, english: &'a str) -> &'a str {
        match self.language {
            Language::Japanese => japanese,
            Language::English => english,
        }
    }

    /// Shows on a terminal how far the work on so many files has come; until it is dropped.
    pub fn progress(&self, files: usize) -> Progress<'_> {
        let shown = files > 1 && self.loudness >= Loudness::Normal && io::stderr().is_terminal();
        *self.bar() = shown.then(|| Bar::new(files as u64, self.language));
        Progress { console: self }
    }

    /// What says, on another thread, that the work ends after the files that were begun.
    pub fn interruption(&self) -> impl Fn() + Send + 'static {
        let bar = Arc::clone(&self.bar);
        let quiet = self.loudness == Loudness::Quiet;
        let text = self.pick(
            "読みかけのファイルを終えてから止まります（もう一度 Ctrl-C を押すと、すぐに止まります）\n",
            "stopping after the files in hand (Ctrl-C again stops at once)\n",
        );
        let text = text.to_owned();
        move || {
            if !quiet {
                write_line(&bar, &text);
            }
        }
    }

    /// Writes to standard output, which may be the same terminal as the bar's.
    pub fn output(&self, bytes: &[u8]) -> io::Result<()> {
        match &*self.bar() {
            Some(bar) => bar.above(|| output(bytes)),
            None => output(bytes),
        }
    }

    fn bar(&self) -> MutexGuard<'_, Option<Bar>> {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, tone: Tone, about: &str, text: &str) {
        let color = match tone {
            Tone::Failure => "\u{1b}[31m",
            Tone::Warning => "\u{1b}[33m",
            Tone::Plain => "\u{1b}[1m",
        };
        let (about, text) = (visible(about).replace('\n', "\\n"), visible(text));
        let line = if self.colored {
            format!("{color}{about}\u{1b}[0m{text}\n")
        } else {
            format!("{about}{text}\n")
        };
        write_line(&self.bar, &line);
    }
}

/// Writes a line above the bar, if there is one.
fn write_line(bar: &Mutex<Option<Bar>>, line: &str) {
    // Nobody is left to be told if standard error is closed.
    let write = || drop(io::stderr().write_all(line.as_bytes()));
    match &*bar.lock().unwrap_or_else(PoisonError::into_inner) {
        Some(bar) => bar.above(write),
        None => write(),
    }
}

/// Work that goes on, on the terminal's last line.
#[derive(Debug)]
pub struct Progress<'a> {
    console: &'a Console,
}

impl Progress<'_> {
    /// A file is begun.
    pub fn begins(&self, file: &str) {
        if let Some(bar) = &*self.console.bar() {
            bar.name(&visible(file).replace('\n', "\\n"));
        }
    }

    /// A file is done.
    pub fn done(&self) {
        if let Some(bar) = &*self.console.bar() {
            bar.advance();
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Some(bar) = self.console.bar().take() {
            bar.clear();
        }
    }
}

fn is_coloured(choice: ColorChoice, is_terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

/// File names and document texts may hold control characters that would drive the terminal, and marks
/// that reorder what is shown: they are spelt out.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push('\n'),
            c if c.is_control() || reorders(c) => {
                // A string takes whatever is written to it.
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown
}

/// Marks that change the direction of the text after them (Unicode UAX #9).
pub fn reorders(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes machine-readable output to standard output. A reader that has gone away (`| head`) is no failure.
pub fn output(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
