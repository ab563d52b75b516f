//! The command `seirihyo`: the exit status of [`seirihyo::cli::run`].

use std::process::ExitCode;

fn main() -> ExitCode {
    seirihyo::cli::run()
}
