//! `export`: documents -> flat tables for analysis.

use super::Status;
use super::args::ExportArguments;
use super::console::Console;

/// Runs the command.
pub fn run(_arguments: &ExportArguments, _console: &Console) -> Status {
    Status::Failed
}
