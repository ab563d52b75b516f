//! Other systems: what the standard library gives. Memory is not limited.

use std::io;
use std::path::PathBuf;
use std::process::Command;

use super::System;

/// Any other system.
pub struct Other;

impl System for Other {
    const LIMITS_MEMORY: bool = false;

    fn own_program() -> io::Result<PathBuf> {
        std::env::current_exe()
    }

    #[cfg(unix)]
    fn apart(command: &mut Command) {
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }

    #[cfg(windows)]
    fn apart(command: &mut Command) {
        use std::os::windows::process::CommandExt;
        // CREATE_NEW_PROCESS_GROUP: without the console's Ctrl-C; CREATE_NO_WINDOW.
        command.creation_flags(0x0000_0200 | 0x0800_0000);
    }

    #[cfg(not(any(unix, windows)))]
    fn apart(_: &mut Command) {}

    fn confine(_: u64) -> io::Result<()> {
        Ok(())
    }
}
