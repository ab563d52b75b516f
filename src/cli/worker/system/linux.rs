//! Linux: limits of resources (setrlimit(2)), process groups.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::System;

/// Linux.
pub struct Linux;

impl System for Linux {
    const LIMITS_MEMORY: bool = true;

    fn own_program() -> io::Result<PathBuf> {
        // The very program that runs, even if another was installed in its place meanwhile.
        let link = Path::new("/proc/self/exe");
        if link.exists() {
            Ok(link.to_owned())
        } else {
            std::env::current_exe()
        }
    }

    fn apart(command: &mut Command) {
        command.process_group(0);
    }

    fn confine(mebibytes: u64) -> io::Result<()> {
        limit(Resource::As, mebibytes.saturating_mul(1 << 20))?;
        limit(Resource::Core, 0)?;
        limit(Resource::Fsize, 0)
    }
}

/// Both limits, so that the process cannot raise them again; a lower one that holds already stays.
fn limit(resource: Resource, value: u64) -> io::Result<()> {
    let standing = getrlimit(resource);
    let lower =
        |standing: Option<u64>| Some(standing.map_or(value, |standing| standing.min(value)));
    let limit = Rlimit {
        current: lower(standing.current),
        maximum: lower(standing.maximum),
    };
    setrlimit(resource, limit).map_err(io::Error::from)
}
