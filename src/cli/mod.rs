//! The command line: files in, files out; the only part that touches the outside.

use std::process::ExitCode;

/// Runs the command with the process's arguments.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
