//! Damaged files that were imported with other values than the sound file, and without a word about it.

use std::collections::BTreeMap;
use std::path::Path;

use seirihyo::pipeline;
use serde_json::Value;

use super::make::{Damage, File};
use crate::support::{essence, first_difference, settings};

/// Prints them: what they have in common is what a reader could still notice.
pub fn list(files: &[File], folder: &Path) {
    let mut sound: BTreeMap<&str, Option<Value>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.damage == Damage::None) {
        let import = pipeline::import(&file.name, &file.bytes, &settings(None)).ok();
        sound.insert(
            &file.base,
            import.and_then(|import| serde_json::to_value(import).ok()),
        );
    }
    let hurt = [
        Damage::Flipped,
        Damage::Zeroed,
        Damage::Truncated,
        Damage::Cut,
    ];
    for file in files.iter().filter(|file| hurt.contains(&file.damage)) {
        let path = folder.join("out").join(format!("{}.json", file.name));
        let (Some(Some(want)), Ok(text)) = (sound.get(file.base.as_str()), std::fs::read(path))
        else {
            continue;
        };
        let got: Value = serde_json::from_slice(&text).unwrap();
        let difference =
            first_difference(&essence(&want["documents"]), &essence(&got["documents"]));
        if let Some(difference) = difference.filter(|_| warnings(&got) <= warnings(want)) {
            println!("silent: {} ({}){difference}", file.name, file.base);
        }
    }
}

/// Notes that ask a person to look.
fn warnings(import: &Value) -> usize {
    let notes = import["notes"].as_array().unwrap().iter();
    notes.filter(|note| note["severity"] != "info").count()
}
