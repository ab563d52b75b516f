//! Files done of files to do -> the terminal's last line: how many, how fast, how long still, which one.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::message::Language;

/// Time after which the line is drawn again, so that it is seen to live during a long file.
const TICK: Duration = Duration::from_millis(500);
/// How often a second the line may change.
const REDRAWS: u8 = 10;

/// The line.
#[derive(Debug)]
pub struct Bar(ProgressBar);

impl Bar {
    /// The line for so many files, on standard error.
    pub fn new(files: u64, language: Language) -> Self {
        let template = match language {
            Language::Japanese => "{pos}/{len}件  {rate}件/秒  残り{left}  {wide_msg}",
            Language::English => "{pos}/{len}  {rate}/s  {left} left  {wide_msg}",
        };
        let bar =
            ProgressBar::with_draw_target(Some(files), ProgressDrawTarget::stderr_with_hz(REDRAWS));
        // The template is ours; a test shows that it is drawn.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("rate", rate).with_key("left", left));
        }
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// The file that was begun last.
    pub fn name(&self, file: &str) {
        self.0.set_message(file.to_owned());
    }

    /// One more file is done.
    pub fn advance(&self) {
        self.0.inc(1);
    }

    /// Writes lines above the line.
    pub fn above<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }

    /// Takes the line away.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

fn rate(state: &ProgressState, out: &mut dyn Write) {
    let rate = state.per_sec();
    if state.pos() == 0 {
        let _ = out.write_char('-');
        return;
    }
    let decimals = usize::from(rate < 10.0);
    // A string takes whatever is written to it.
    let _ = write!(out, "{rate:.decimals$}");
}

/// Minutes and seconds, with hours where there are any.
fn left(state: &ProgressState, out: &mut dyn Write) {
    if state.pos() == 0 {
        let _ = out.write_char('-');
        return;
    }
    let seconds = state.eta().as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let _ = match hours {
        0 => write!(out, "{minutes}:{seconds:02}"),
        _ => write!(out, "{hours}:{minutes:02}:{seconds:02}"),
    };
}
