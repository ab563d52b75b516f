//! The fixtures -> as many damaged, disguised, hostile and sound files as are asked for, the same on every run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::isolation::hostile;
use crate::support::dice::Dice;
use crate::support::program::fixture;

/// What was done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// Nothing.
    None,
    /// Nothing, but its name says another format.
    Renamed,
    /// Up to eight bits are the other way round.
    Flipped,
    /// A piece holds only zeros.
    Zeroed,
    /// The end is missing.
    Truncated,
    /// A piece in the middle is missing.
    Cut,
    /// The beginning of one file and the end of another.
    Spliced,
    /// One file inside another.
    Nested,
    /// Made to harm.
    Hostile,
}

/// A file of the corpus.
pub struct File {
    pub name: String,
    pub damage: Damage,
    /// The fixture that it came from; empty for hostile files.
    pub base: String,
    pub bytes: Vec<u8>,
}

fn one_of<'a, T>(dice: &mut Dice, of: &'a [T]) -> &'a T {
    &of[dice.below(of.len())]
}

const ENDINGS: [&str; 9] = [
    "xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "pdf",
];

/// A sound file: its fixture, its ending, its bytes.
type Base = (String, String, Vec<u8>);

/// So many files: each fixture once as it is, each hostile file once, and damaged ones, every format as often as every other.
pub fn corpus(count: usize) -> Vec<File> {
    let bases = bases();
    let mut files: Vec<File> = hostile::all()
        .into_iter()
        .map(|(name, bytes, _)| File {
            name: format!("hostile-{name}"),
            damage: Damage::Hostile,
            base: String::new(),
            bytes,
        })
        .collect();
    let mut by_ending: BTreeMap<&str, Vec<&Base>> = BTreeMap::new();
    for base in &bases {
        by_ending.entry(&base.1).or_default().push(base);
    }
    let endings: Vec<&str> = by_ending.keys().copied().collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let sound = bases.len().min(count / 5);
    for (at, base) in bases
        .iter()
        .enumerate()
        .filter(|(at, _)| at * sound / bases.len() != (at + 1) * sound / bases.len())
    {
        files.push(file(
            format!("sound-{at:04}.{}", base.1),
            Damage::None,
            base,
            base.2.clone(),
        ));
    }
    let mut at = 0;
    while files.len() < count {
        let base = *one_of(&mut dice, &by_ending[endings[at % endings.len()]]);
        let other = one_of(&mut dice, &bases);
        files.push(damaged(at, base, other, &mut dice));
        at += 1;
    }
    files
}

fn file(name: String, damage: Damage, base: &Base, bytes: Vec<u8>) -> File {
    File {
        name,
        damage,
        base: base.0.clone(),
        bytes,
    }
}

/// Every fixture that can be read without an option, and a binary workbook, which no fixture is.
fn bases() -> Vec<Base> {
    let root = fixture("");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let mut bases: Vec<Base> = Vec::new();
    for path in paths {
        let case = path.parent().unwrap();
        let about = std::fs::read_to_string(case.join("about.toml")).unwrap_or_default();
        let plain = !["problem", "password", "layout"]
            .iter()
            .any(|key| about.contains(&format!("\n{key} = ")));
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if plain && !about.is_empty() && ENDINGS.contains(&ending.as_str()) {
            let name = case
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            bases.push((name, ending, std::fs::read(&path).unwrap()));
        }
    }
    bases.push((
        "xlsb".to_owned(),
        "xlsb".to_owned(),
        crate::support::binary_workbook::bytes(),
    ));
    bases
}

fn walk(folder: &Path, inputs: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, inputs);
        } else if path.file_stem().is_some_and(|stem| stem == "input") {
            inputs.push(path);
        }
    }
}

fn damaged(at: usize, base: &Base, other: &Base, dice: &mut Dice) -> File {
    let mut bytes = base.2.clone();
    let length = bytes.len();
    let start = dice.below(length);
    let mut ending = base.1.as_str();
    // One turn of all damages takes each format once, so that every format meets every damage.
    let damage = match at / ENDINGS.len() % 12 {
        0..=3 => Damage::Flipped,
        4 | 5 => Damage::Zeroed,
        6 | 7 => Damage::Truncated,
        8 => Damage::Cut,
        9 => Damage::Spliced,
        10 => Damage::Nested,
        _ => Damage::Renamed,
    };
    match damage {
        Damage::Flipped => {
            for _ in 0..=dice.below(8) {
                bytes[dice.below(length)] ^= 1 << dice.below(8);
            }
        }
        Damage::Zeroed => {
            let until = (start + 1 + dice.below(512)).min(length);
            bytes[start..until].fill(0);
        }
        Damage::Truncated => bytes.truncate(start),
        Damage::Cut => drop(bytes.drain(start..(start + 1 + dice.below(length / 2)).min(length))),
        Damage::Spliced => {
            bytes.truncate(start);
            bytes.extend(&other.2[dice.below(other.2.len())..]);
        }
        Damage::Nested => (ending, bytes) = nested(base, other, dice),
        _ => ending = ENDINGS[dice.below(ENDINGS.len())],
    }
    let name = format!("{}-{at:04}.{ending}", format!("{damage:?}").to_lowercase());
    file(name, damage, base, bytes)
}

/// A file as the part of a container, as an object of a PDF, or after another.
fn nested<'a>(base: &'a Base, other: &Base, dice: &mut Dice) -> (&'a str, Vec<u8>) {
    let bytes = match dice.below(3) {
        0 => hostile::zip(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("content.xml", &base.2),
            ("xl/workbook.xml", &other.2),
        ]),
        1 => hostile::one_page("4 0 R", vec![hostile::stream("", &base.2)]),
        _ => [base.2.as_slice(), &other.2].concat(),
    };
    (&base.1, bytes)
}
