//! Bytes -> a file, so that there is never a half of it: written beside its target, then renamed.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::cli::failure::Failure;

/// How the name of a file begins that is being written; hidden, so that folders' readers pass it by. The
/// process and a count follow.
const UNFINISHED: &str = ".seirihyo-";
const UNFINISHED_END: &str = ".tmp";

/// Age from which an unfinished file is what a killed run left behind: nothing takes so long to write, and
/// the clocks of a file server and its clients differ by less.
const LEFT_BEHIND: Duration = Duration::from_mins(10);

/// What writing asks of a drive. Tests have drives that are full, or whose files are open elsewhere.
trait Drive {
    /// A new file to write into.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>>;
    /// Puts a file in another's place.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
}

/// The system's own.
struct System;

impl Drive for System {
    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>> {
        let file = fs::File::create_new(path)?;
        Ok(Box::new(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }
}

/// Writes a file. Its folder is made, and freed of what a killed run left there.
///
/// # Errors
/// Why it cannot be written; then what stood there stands there still.
pub fn write(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_to(&System, target, bytes).map_err(|error| Failure::writing(&error))
}

/// Makes a folder for outputs and tries whether files can be written there.
///
/// # Errors
/// Why they cannot.
pub fn prepare(folder: &Path) -> Result<(), Failure> {
    let tried = fs::create_dir_all(folder).and_then(|()| {
        sweep_once(folder);
        let trial = unfinished(folder);
        System.create(&trial)?;
        fs::remove_file(&trial)
    });
    tried.map_err(|error| Failure::writing(&error))
}

/// Whether another program keeps a file from being written, as Excel does while it shows it.
///
/// # Errors
/// It does.
pub fn not_in_use(path: &Path) -> Result<(), Failure> {
    if !fs::metadata(path).is_ok_and(|data| data.is_file()) {
        return Ok(());
    }
    let opened = fs::OpenOptions::new().write(true).open(path);
    match opened.map_err(|error| Failure::writing(&error)) {
        Err(Failure::InUse) => Err(Failure::InUse),
        // Any other fault is told when it is written.
        _ => Ok(()),
    }
}

fn write_to(drive: &dyn Drive, target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    sweep_once(folder);
    let beside = unfinished(folder);
    // The file is closed before it is renamed: some network drives ask for that.
    let put = drive
        .create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.flush()))
        .and_then(|()| drive.rename(&beside, target));
    if put.is_err() {
        // It may not even have been made.
        let _ = fs::remove_file(&beside);
    }
    put
}

/// A name that no other file has: the process's and a count of its own.
fn unfinished(folder: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let process = std::process::id();
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{UNFINISHED}{process}-{count}{UNFINISHED_END}"));
        // A killed process with the same number may have left one.
        if fs::symlink_metadata(&path).is_err() {
            return path;
        }
    }
}

/// Whether a name is one that [`unfinished`] gives.
pub(super) fn is_unfinished(name: &str) -> bool {
    let middle = name
        .strip_prefix(UNFINISHED)
        .and_then(|name| name.strip_suffix(UNFINISHED_END));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    middle
        .and_then(|middle| middle.split_once('-'))
        .is_some_and(|(process, count)| is_number(process) && is_number(count))
}

/// Sweeps a folder, if this process has not done so.
fn sweep_once(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let first = SWEPT
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(folder.to_owned());
    if first {
        sweep(folder, SystemTime::now());
    }
}

/// Removes the unfinished files of runs that were killed. What cannot be removed harms nobody.
fn sweep(folder: &Path, now: SystemTime) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_str().is_some_and(is_unfinished)) {
        let Ok(data) = entry.metadata() else { continue };
        let age = data
            .modified()
            .ok()
            .and_then(|at| now.duration_since(at).ok());
        if data.is_file() && age.is_some_and(|age| age > LEFT_BEHIND) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test that cannot go on should stop
mod tests {
    use super::*;
    use crate::message::Language;

    /// A drive with room for so many bytes, whose targets are held open by another program.
    struct Faulty {
        room: usize,
        held: Option<io::ErrorKind>,
    }

    struct Full(fs::File, usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(self.1);
            if taken == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.1 -= taken;
            self.0.write(bytes.get(..taken).unwrap_or_default())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.0.flush()
        }
    }

    impl Drive for Faulty {
        fn create(&self, path: &Path) -> io::Result<Box<dyn Write>> {
            Ok(Box::new(Full(fs::File::create_new(path)?, self.room)))
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            match self.held {
                Some(kind) => Err(kind.into()),
                None => fs::rename(from, to),
            }
        }
    }

    /// What a failed writing over an old file says; the old file stands, and nothing else.
    fn failed(drive: &Faulty) -> Failure {
        let folder = tempfile::TempDir::new().unwrap();
        let target = folder.path().join("r8.xlsx.json");
        fs::write(&target, "old").unwrap();
        let error = write_to(drive, &target, b"new and longer").unwrap_err();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "a half file"
        );
        Failure::writing(&error)
    }

    #[test]
    fn a_full_drive_leaves_the_old_file() {
        let failure = failed(&Faulty {
            room: 5,
            held: None,
        });
        assert_eq!(failure, Failure::DriveFull);
    }

    #[test]
    fn a_file_that_is_open_elsewhere_stays_and_is_said() {
        let held = Some(io::ErrorKind::ResourceBusy);
        let failure = failed(&Faulty { room: 99, held });
        assert_eq!(failure, Failure::InUse);
        assert!(failure.message().text(Language::Japanese).contains("Excel"));
    }

    #[test]
    fn only_old_files_of_this_program_are_swept() {
        let folder = tempfile::TempDir::new().unwrap();
        let ours = [".seirihyo-12-0.tmp", ".seirihyo-9-41.tmp"];
        let others = [
            ".seirihyo-memo.tmp",
            ".seirihyo-1-2.tmp.txt",
            "seirihyo-1-2.tmp",
            ".seirihyo--1.tmp",
            "r8.xlsx.json",
        ];
        for name in ours.iter().chain(&others) {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join(".seirihyo-7-7.tmp")).unwrap();
        let names = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            entries
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect::<BTreeSet<_>>()
        };
        sweep(folder.path(), SystemTime::now());
        assert_eq!(names().len(), 8, "they may be in writing");
        sweep(folder.path(), SystemTime::now() + LEFT_BEHIND * 2);
        let mut left: BTreeSet<String> = others.iter().map(|&name| name.to_owned()).collect();
        left.insert(".seirihyo-7-7.tmp".to_owned());
        assert_eq!(names(), left);
    }
}
