//! Linux: limits of resources (setrlimit(2)), process groups.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::System;

/// Linux.
pub struct Linux;

/// Settings of the GNU C library's allocator, where it is the one; see the GNU C Library manual, 3.2.2 and 39.
const TUNABLES: &str = "GLIBC_TUNABLES";
/// A worker takes memory in pieces of 4 MiB and keeps it for the next page: fetching fresh memory from the
/// system and giving it back costs a fifth of the time of a long file.
const KEEPS_MEMORY: &str = "glibc.malloc.top_pad=4194304:glibc.malloc.trim_threshold=268435456:glibc.malloc.mmap_threshold=67108864";

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
        if std::env::var_os(TUNABLES).is_none() {
            command.env(TUNABLES, KEEPS_MEMORY);
        }
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
