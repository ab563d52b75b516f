//! Outputs that are about to be written -> a list beside them, so that a run after a sudden death knows them for this
//! command's, although no report names them yet.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::cli::files::{self, JOURNAL, Location};

/// The list of a run.
pub struct Journal {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

impl Journal {
    /// The list in an output folder; it is made when there is something to put on it.
    pub fn of(folder: &Path) -> Self {
        Self {
            path: folder.join(JOURNAL),
            file: Mutex::new(None),
        }
    }

    /// Puts an output on the list, before it is written. Where the list takes nothing, the next run at worst asks
    /// for `--force`.
    pub fn begins(&self, input: &str, output_sha256: &str) {
        let Ok(line) = serde_json::to_string(&[input, output_sha256]) else {
            return;
        };
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if file.is_none() {
            let opened = OpenOptions::new()
                .create(true)
                .append(true)
                .open(&self.path);
            *file = opened.ok();
        }
        if let Some(file) = &mut *file {
            let _ = file.write_all(format!("{line}\n").as_bytes());
        }
    }

    /// Takes the list away: the report has everything that is on it.
    pub fn end(&self) {
        // Windows does not remove a file that is open.
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let _ = fs::remove_file(&self.path);
    }
}

/// The digests of outputs that a run before has begun to write, by source. A line that the end cut is none.
pub fn begun(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let bytes = files::read(&Location::File(folder.join(JOURNAL))).unwrap_or_default();
    let mut begun: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let lines = bytes.split(|&byte| byte == b'\n');
    for line in lines.filter_map(|line| serde_json::from_slice::<[String; 2]>(line).ok()) {
        let [input, output_sha256] = line;
        begun.entry(input).or_default().insert(output_sha256);
    }
    begun
}
