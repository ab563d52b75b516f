//! Sources -> where the output of each goes, and which would take another's place.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::failure::Failure;
use crate::cli::files::{self, Found};

/// A source with the place of its output.
pub struct Item<'a> {
    /// The source.
    pub found: &'a Found,
    /// Relative to the output folder.
    pub output: PathBuf,
    /// Why it has no output: another source has the same.
    pub clash: Option<Failure>,
}

/// Where each source's output goes: its name and `.json`. Windows and macOS take names that differ only in
/// case for one, and folders go from one system to another; so they are one here, too.
pub fn items(found: &[Found]) -> Vec<Item<'_>> {
    let report = files::REPORT.trim_end_matches(".json").to_owned();
    let mut taken = BTreeMap::from([(report, (files::REPORT, files::REPORT))]);
    let mut items = Vec::with_capacity(found.len());
    for file in found {
        let mut output = file.relative.clone().into_os_string();
        output.push(".json");
        let output = PathBuf::from(output);
        let clash = if file.obstacle.is_some() {
            None
        } else if cfg!(windows) && is_device(file.name()) {
            Some(Failure::BadName)
        } else {
            let (input, shown) = *taken
                .entry(file.input.to_lowercase())
                .or_insert((&file.input, &file.shown));
            (!std::ptr::eq(shown, file.shown.as_str())).then(|| {
                let other = shown.to_owned();
                if input == file.input || input == files::REPORT {
                    let output = files::shown(&output);
                    Failure::SameOutput { other, output }
                } else {
                    Failure::SameButForCase { other }
                }
            })
        };
        items.push(Item {
            found: file,
            output,
            clash,
        });
    }
    items
}

/// Whether Windows takes a name for a device, whatever its ending: `CON.xlsx` from another system's folder.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let number = stem.strip_prefix(prefix);
        number.is_some_and(|n| {
            matches!(
                n,
                "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::is_device;

    #[test]
    fn devices_of_windows_are_known_by_name() {
        for name in [
            "CON",
            "con.xlsx",
            "Nul.tar.gz",
            "com1.pdf",
            "LPT9.xls",
            "aux .csv",
        ] {
            assert!(is_device(name), "{name}");
        }
        for name in [
            "CONTROL.xlsx",
            "r8.con.xlsx",
            "com10.pdf",
            "com.pdf",
            "目標.xlsx",
            "",
        ] {
            assert!(!is_device(name), "{name}");
        }
    }
}
