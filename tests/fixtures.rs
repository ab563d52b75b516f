//! Imports every file under `fixtures/` and holds the result against `expected.json`, `truth.json`, the schema, and the same
//! sheet in other formats. `UPDATE=1 cargo test --test fixtures` writes `expected.json` anew.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use seirihyo::message::Language;
use serde_json::Value;
use support::{breaches, essence, first_difference, import_with, truth};

/// A folder `fixtures/<family>/<case>`.
struct Case {
    folder: PathBuf,
    /// `<family>/<case>`.
    name: String,
    about: toml::Table,
}

impl Case {
    fn word(&self, key: &str) -> Option<&str> {
        self.about.get(key).and_then(toml::Value::as_str)
    }

    fn input(&self) -> Result<PathBuf, String> {
        let entries = fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut inputs: Vec<PathBuf> = entries
            .filter(|path| path.file_stem().is_some_and(|s| s == "input"))
            .collect();
        match inputs.len() {
            1 => Ok(inputs.remove(0)),
            n => Err(format!("one file input.* is needed, there are {n}")),
        }
    }
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut cases = Vec::new();
    for family in folders(&root) {
        for folder in folders(&family) {
            let name = format!("{}/{}", name_of(&family), name_of(&folder));
            if let Ok(about) = fs::read_to_string(folder.join("about.toml")) {
                let about = toml::from_str(&about)
                    .unwrap_or_else(|error| panic!("{name}/about.toml: {error}"));
                cases.push(Case {
                    folder,
                    name,
                    about,
                });
            }
        }
    }
    assert!(!cases.is_empty(), "no fixtures in {}", root.display());
    cases
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(parent)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    found.sort();
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Runs a check on every case and reports all that fail.
fn each(what: &str, check: impl Fn(&Case) -> Result<(), String>) {
    let failures: Vec<String> = cases()
        .iter()
        .filter_map(|case| {
            check(case)
                .err()
                .map(|why| format!("  fixtures/{}: {why}", case.name))
        })
        .collect();
    assert!(
        failures.is_empty(),
        "{what}: {} fixtures fail\n{}\n",
        failures.len(),
        failures.join("\n")
    );
}

/// What the program makes of a case: its JSON, or the problem's code and texts.
fn import_case(case: &Case) -> Result<String, Problem> {
    let input = case
        .input()
        .unwrap_or_else(|why| panic!("fixtures/{}: {why}", case.name));
    let layout = case.word("layout").map(|name| case.folder.join(name));
    import_with(&input, case.word("password"), layout.as_deref()).map_err(|error| {
        let message = error.message();
        Problem {
            code: error.problem().code(),
            ja: message.text(Language::Japanese).to_owned(),
            en: message.text(Language::English).to_owned(),
        }
    })
}

/// Why a file gives no document.
struct Problem {
    code: &'static str,
    ja: String,
    en: String,
}

/// Every case imported once; the tests share it, since reading whole documents takes its time.
static IMPORTS: LazyLock<BTreeMap<String, Result<String, Problem>>> = LazyLock::new(|| {
    cases()
        .into_iter()
        .map(|case| (case.name.clone(), import_case(&case)))
        .collect()
});

fn outcome(case: &Case) -> &'static Result<String, Problem> {
    &IMPORTS[&case.name]
}

/// A case's outcome as it stands in `expected.json`.
fn snapshot(outcome: &Result<String, Problem>) -> String {
    match outcome {
        Ok(json) => json.clone(),
        Err(problem) => {
            let entries =
                serde_json::json!({ "problem": problem.code, "ja": problem.ja, "en": problem.en });
            serde_json::to_string_pretty(&entries).unwrap() + "\n"
        }
    }
}

/// The import of a case that must have one.
fn imported(case: &Case) -> Result<Value, String> {
    match outcome(case) {
        Ok(json) => Ok(serde_json::from_str(json).unwrap()),
        Err(problem) => Err(format!("not imported: {}", problem.en)),
    }
}

#[test]
fn each_gives_what_was_read_and_found_right() {
    each("expected.json", |case| {
        let got = snapshot(outcome(case));
        let path = case.folder.join("expected.json");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &got).unwrap();
            return Ok(());
        }
        let Ok(want) = fs::read_to_string(&path) else {
            return Err(
                "no expected.json; write it with UPDATE=1 cargo test --test fixtures, then read it"
                    .to_owned(),
            );
        };
        if got == want {
            return Ok(());
        }
        let (want, got) = (
            serde_json::from_str(&want).unwrap(),
            serde_json::from_str(&got).unwrap(),
        );
        Err(first_difference(&want, &got)
            .unwrap_or_else(|| "the same values in other bytes".to_owned()))
    });
}

#[test]
fn each_holds_the_cells_that_its_maker_wrote() {
    each("truth.json", |case| {
        let Ok(text) = fs::read_to_string(case.folder.join("truth.json")) else {
            return Ok(());
        };
        let found = truth::differences(&serde_json::from_str(&text).unwrap(), &imported(case)?);
        match found.first() {
            None => Ok(()),
            Some(first) => Err(format!("{} cells differ; {first}", found.len())),
        }
    });
}

#[test]
fn each_bad_file_gives_its_problem() {
    each("problem", |case| {
        match (case.word("problem"), outcome(case)) {
            (None, Ok(_)) => Ok(()),
            (Some(want), Err(problem)) if problem.code == want => Ok(()),
            (Some(want), Err(problem)) => {
                Err(format!("want {want}, got {}: {}", problem.code, problem.en))
            }
            (Some(want), Ok(_)) => Err(format!("want {want}, but it was imported")),
            (None, Err(problem)) => Err(format!("not imported: {}", problem.en)),
        }
    });
}

#[test]
fn each_keeps_the_promises_of_every_import() {
    each("promises", |case| {
        if case.word("problem").is_some() {
            return Ok(());
        }
        let import = imported(case)?;
        let mut found = breaches(&import);
        let unplaced = case
            .about
            .get("unplaced")
            .and_then(toml::Value::as_integer)
            .unwrap_or_default();
        if import["coverage"]["unplaced"] != unplaced {
            found.push(format!(
                "unplaced characters: want {unplaced}, got {}",
                import["coverage"]["unplaced"]
            ));
        }
        if found.is_empty() {
            Ok(())
        } else {
            Err(found.join("; "))
        }
    });
}

#[test]
fn each_follows_the_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(seirihyo::document::Import)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    each("schema", |case| {
        if case.word("problem").is_some() {
            return Ok(());
        }
        let import = imported(case)?;
        let first = validator.iter_errors(&import).next();
        first.map_or(Ok(()), |error| {
            Err(format!("{}: {error}", error.instance_path()))
        })
    });
}

#[test]
fn the_same_sheet_is_the_same_in_every_format() {
    let all = cases();
    each("format twins", |case| {
        let Some(other) = case.word("same_as") else {
            return Ok(());
        };
        let other = all
            .iter()
            .find(|c| c.name == other)
            .ok_or_else(|| format!("same_as names {other}, which is no case"))?;
        let documents = |case: &Case| imported(case).map(|import| essence(&import["documents"]));
        match first_difference(&documents(other)?, &documents(case)?) {
            None => Ok(()),
            Some(difference) => Err(format!("unlike {} at documents{difference}", other.name)),
        }
    });
}

#[test]
fn two_runs_give_the_same_bytes() {
    each("determinism", |case| {
        let again = snapshot(&import_case(case));
        if snapshot(outcome(case)) == again {
            Ok(())
        } else {
            Err("two runs differ".to_owned())
        }
    });
}
