//! Which parts of the program may know which: read from `use` lines and paths, so that a shortcut is seen.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each part may name of the crate (the picture in `src/lib.rs`). A part is a file or folder right under `src`.
const PARTS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("message", &[]),
    ("place", &[]),
    ("error", &["message", "place"]),
    ("note", &["message", "place"]),
    ("sheet", &["note", "place"]),
    ("ledger", &["sheet", "text"]),
    ("toml_file", &["error"]),
    (
        "document",
        &["ledger", "message", "note", "place", "sheet", "text"],
    ),
    ("form", &["document"]),
    ("next", &["document", "sheet", "text"]),
    ("check", &["document", "message", "place", "text"]),
    (
        "read",
        &[
            "error", "ledger", "message", "note", "place", "sheet", "text",
        ],
    ),
    (
        "layout",
        &[
            "document",
            "error",
            "form",
            "ledger",
            "message",
            "note",
            "place",
            "sheet",
            "text",
            "toml_file",
        ],
    ),
    (
        "compare",
        &[
            "document",
            "error",
            "message",
            "note",
            "place",
            "text",
            "toml_file",
        ],
    ),
    (
        "write",
        &[
            "check", "compare", "document", "error", "form", "ledger", "message", "next", "note",
            "place", "sheet", "text",
        ],
    ),
    (
        "pipeline",
        &["document", "error", "layout", "read", "sheet"],
    ),
];

/// Names that a part may take from another, where not everything is allowed.
const ONLY: &[(&str, &str, &[&str])] = &[("document", "sheet", &["TextRange"])];

/// The parts that put the others together and may name all of them.
const COMPOSERS: &[&str] = &["cli", "lib", "main"];

/// Outside crates, and the files and folders that name them. serde, schemars and `serde_json` are everywhere.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("aes", &["read/workbook/encryption"]),
    (
        "base64",
        &["read/workbook/encryption", "read/workbook/html"],
    ),
    ("calamine", &["read/workbook/xlsx/library.rs"]),
    ("cbc", &["read/workbook/encryption"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("ctrlc", &["cli/interrupt.rs"]),
    ("csv", &["read/csv.rs", "cli"]),
    // Text files, names inside containers, and the codes of Japanese fonts: CP932 decides in all of them.
    ("encoding_rs", &["read"]),
    ("flate2", &["read/pdf/file"]),
    ("foldhash", &["read/pdf", "text", "compare/grams.rs"]),
    ("hayro_cmap", &["read/pdf/fonts/cmap.rs"]),
    ("html5gum", &["read/workbook/html/elements.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("jsonschema", &["cli/validate"]),
    ("lopdf", &["read/pdf/file"]),
    ("md5", &["read/workbook/encryption"]),
    ("pathfinding", &["compare/assign.rs"]),
    ("quick_xml", &["read/workbook"]),
    ("rc4", &["read/workbook/encryption"]),
    ("regex", &["text", "layout"]),
    ("rusqlite", &["write/sqlite"]),
    ("rustix", &["cli/worker/system/linux.rs"]),
    ("rust_xlsxwriter", &["write/xlsx"]),
    ("schemars", &["."]),
    ("serde", &["."]),
    ("serde_json", &["."]),
    ("sha1", &["read/workbook/encryption"]),
    // The digest of a source, and that of a password.
    ("sha2", &["pipeline.rs", "read/workbook/encryption"]),
    ("similar", &["compare/diff/text.rs"]),
    ("skrifa", &["read/pdf/fonts/program.rs"]),
    ("sys_locale", &["cli/language.rs"]),
    ("terminal_size", &["cli/compare/screen.rs"]),
    ("toml", &["toml_file.rs"]),
    // Composed names of files, and the comparison key of texts.
    (
        "unicode_normalization",
        &["text", "pipeline.rs", "cli/files"],
    ),
    (
        "unicode_width",
        &[
            "write/inspect",
            "write/comparison",
            "write/table",
            "write/xlsx",
            "cli",
        ],
    ),
    ("walkdir", &["cli/files/find.rs"]),
    (
        "zip",
        &[
            "read/workbook",
            "read/sniff.rs",
            "read/container.rs",
            "write/xlsx/package.rs",
        ],
    ),
];

/// What only the command line touches.
const IMPURE: &[&str] = &[
    "env",
    "fs",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "net",
    "process",
    "thread",
    "time",
];

/// Threads are no outside: here they share one file's pages between cores, and give what one thread would.
const THREADS: &str = "read/pdf/ahead.rs";

/// A source file: its path under `src`, its lines of code without tests and comments.
struct Source {
    path: String,
    lines: Vec<(usize, String)>,
}

/// Test modules may name anything; they stand last in their file.
fn code(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("#[cfg(test)]") {
            break;
        }
        let code = line.split("//").next().unwrap_or_default();
        if !code.trim().is_empty() {
            lines.push((at + 1, code.to_owned()));
        }
    }
    lines
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<Source>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                // Modules of tests may name anything.
                if path.contains("/tests/") || path.ends_with("/tests.rs") {
                    continue;
                }
                found.push(Source {
                    path,
                    lines: code(&text),
                });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    assert!(found.len() > 20, "the sources were not found");
    found
}

/// `read/pdf/file.rs` → `read`.
fn part(path: &str) -> &str {
    path.split('/')
        .next()
        .unwrap_or(path)
        .trim_end_matches(".rs")
}

/// Whether a file is one of these files or in one of these folders.
fn within(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| {
        *place == "."
            || path == *place
            || path == format!("{place}.rs")
            || path.starts_with(&format!("{place}/"))
    })
}

/// Every path after `root::` on a line, groups spelt out: `crate::{note::Note, place}` → `note::Note`, `place`.
fn paths(line: &str, root: &str) -> Vec<String> {
    let mut found = Vec::new();
    let start = format!("{root}::");
    for (at, _) in line.match_indices(&start) {
        let before = line[..at].chars().next_back();
        if before.is_some_and(|c| {
            c.is_alphanumeric() || c == '_' || c == ':' && !line[..at].ends_with(" ::")
        }) {
            continue;
        }
        expand(&line[at + start.len()..], "", &mut found);
    }
    found
}

/// The paths that a `use` tree begins with, as far as the line goes.
fn expand(tree: &str, prefix: &str, found: &mut Vec<String>) {
    if let Some(group) = tree.strip_prefix('{') {
        let (mut depth, mut item) = (0, String::new());
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                _ => {}
            }
            if c == ',' && depth == 0 {
                expand(item.trim(), prefix, found);
                item.clear();
            } else {
                item.push(c);
            }
        }
        expand(item.trim(), prefix, found);
        return;
    }
    let name: String = tree
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    if name.is_empty() {
        return;
    }
    let path = if prefix.is_empty() {
        name.clone()
    } else {
        format!("{prefix}::{name}")
    };
    match tree[name.len()..].strip_prefix("::") {
        Some(rest) if !rest.is_empty() => expand(rest, &path, found),
        _ => found.push(path),
    }
}

/// `use` statements on one line each, other lines as they are.
fn statements(source: &Source) -> Vec<(usize, String)> {
    let mut statements: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in &source.lines {
        let trimmed = line.trim();
        let begins = trimmed.starts_with("use ")
            || trimmed.starts_with("pub use ")
            || trimmed.starts_with("pub(crate) use ");
        match statements.last_mut() {
            Some((_, last)) if open => *last += trimmed,
            _ => statements.push((*number, trimmed.to_owned())),
        }
        open = (open || begins) && !trimmed.ends_with(';');
    }
    statements
}

/// The file that a path of the crate leads to: `read::pdf::marks` → `read/pdf/marks.rs`.
fn target(path: &str, files: &BTreeSet<String>) -> String {
    let parts: Vec<&str> = path.split("::").collect();
    for length in (1..=parts.len()).rev() {
        let stem = parts[..length].join("/");
        for name in [format!("{stem}.rs"), format!("{stem}/mod.rs")] {
            if files.contains(&name) {
                return name;
            }
        }
    }
    path.to_owned()
}

/// What is wrong with one file's lines.
fn violations(source: &Source, files: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let own = part(&source.path);
    // A module of the same name is not the crate.
    let modules = source
        .lines
        .iter()
        .filter_map(|(_, line)| line.trim().strip_suffix(';'));
    let own_modules: Vec<&str> = modules
        .filter_map(|line| line.rsplit_once("mod ").map(|(_, name)| name))
        .collect();
    for (number, line) in statements(source) {
        let at = format!("src/{}:{number}", source.path);
        for path in paths(&line, "crate") {
            let other = part(&path)
                .split("::")
                .next()
                .unwrap_or_default()
                .to_owned();
            if let Some(reason) = forbidden(own, &other, &path) {
                wrong.push(format!("{at} names src/{}: {reason}", target(&path, files)));
            }
        }
        for (name, places) in OUTSIDE {
            let named = line.contains(name) && !paths(&line, name).is_empty()
                || line == format!("use {name};");
            if named && !own_modules.contains(name) && !within(&source.path, places) {
                wrong.push(format!(
                    "{at} names the crate {name}, which only {} may",
                    places.join(", ")
                ));
            }
        }
        if !COMPOSERS.contains(&own) {
            for path in paths(&line, "std") {
                if path.starts_with("thread") && source.path == THREADS {
                    continue;
                }
                if IMPURE
                    .iter()
                    .any(|name| path == *name || path.starts_with(&format!("{name}::")))
                {
                    wrong.push(format!(
                        "{at} names std::{path}: only src/cli touches the outside"
                    ));
                }
            }
        }
    }
    wrong
}

fn forbidden(own: &str, other: &str, path: &str) -> Option<String> {
    if own == other || COMPOSERS.contains(&own) {
        return None;
    }
    // A macro that a part exports stands at the crate's root.
    let Some((_, allowed)) = PARTS.iter().find(|(name, _)| *name == own) else {
        return Some(format!(
            "the part {own} is not in the list of tests/all/architecture.rs"
        ));
    };
    if !allowed.contains(&other) {
        return Some(format!(
            "{own} may know only {}",
            if allowed.is_empty() {
                "itself".into()
            } else {
                allowed.join(", ")
            }
        ));
    }
    let only = ONLY
        .iter()
        .find(|(from, to, _)| *from == own && *to == other)?;
    let name = path.split("::").nth(1).unwrap_or_default();
    (!only.2.contains(&name))
        .then(|| format!("{own} may take only {} from {other}", only.2.join(", ")))
}

#[test]
fn imports_go_downward_and_crates_stay_in_their_place() {
    let sources = sources();
    let files: BTreeSet<String> = sources.iter().map(|source| source.path.clone()).collect();
    let wrong: Vec<String> = sources
        .iter()
        .flat_map(|source| violations(source, &files))
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_dependency_has_its_place() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let mut section = String::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.to_owned();
        } else if section.contains("dependencies]") && !section.contains("dev-") {
            let Some((name, _)) = line.split_once(" = ") else {
                continue;
            };
            let name = name.trim().replace('-', "_");
            assert!(
                OUTSIDE.iter().any(|(known, _)| *known == name),
                "{name} has no place in OUTSIDE"
            );
        }
    }
}

/// What reaches out of the program, and the only places that may name it: no network at all, no folder for
/// temporary files, other programs nowhere but where workers are started, one system's own calls nowhere but
/// behind the trait of systems.
const REACHING_OUT: &[(&str, &[&str])] = &[
    ("std::net", &[]),
    ("TcpStream", &[]),
    ("UdpSocket", &[]),
    ("temp_dir", &[]),
    ("process::Command", &["cli/worker"]),
    ("Command::new(", &["cli/worker"]),
    ("os::unix", &["cli/worker/system"]),
    ("os::linux", &["cli/worker/system"]),
    ("os::windows", &["cli/worker/system", "cli/files/find.rs"]),
    ("/proc/", &["cli/worker/system"]),
    ("target_os", &["cli/worker/system", "cli/language.rs"]),
];

fn reaching_out(source: &Source) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, line) in &source.lines {
        for (word, places) in REACHING_OUT {
            if line.contains(word) && !within(&source.path, places) {
                wrong.push(format!("src/{}:{number} names {word}", source.path));
            }
        }
    }
    wrong
}

#[test]
fn nothing_reaches_out_but_where_it_may() {
    let wrong: Vec<String> = sources().iter().flat_map(reaching_out).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    for (path, line) in [
        ("read/mod.rs", "let s = std::net::TcpStream::connect(a);"),
        ("cli/files/write.rs", "let folder = std::env::temp_dir();"),
        ("cli/export.rs", "use std::process::Command;"),
        (
            "cli/files/write.rs",
            "use std::os::unix::fs::PermissionsExt;",
        ),
    ] {
        let lines = code(line);
        let path = path.to_owned();
        assert!(!reaching_out(&Source { path, lines }).is_empty(), "{line}");
    }
}

/// The checks themselves: each made-up line must be caught, and its file and the other be named.
#[test]
fn a_forbidden_line_is_caught() {
    let files: BTreeSet<String> = ["layout/mod.rs", "layout/known.rs", "cli/mod.rs", "sheet.rs"]
        .map(str::to_owned)
        .into();
    let check = |path: &str, text: &str| {
        violations(
            &Source {
                path: path.to_owned(),
                lines: code(text),
            },
            &files,
        )
        .join("\n")
    };
    for (path, line, words) in [
        (
            "read/csv.rs",
            "use crate::layout::known;",
            &["src/read/csv.rs:1", "src/layout/known.rs"][..],
        ),
        (
            "read/csv.rs",
            "use crate::{place::Place, layout::known::layouts};",
            &["src/layout/known.rs"],
        ),
        (
            "read/csv.rs",
            "use crate::{\n    place::Place,\n    layout,\n};",
            &["src/layout/mod.rs"],
        ),
        (
            "read/csv.rs",
            "    let all = crate::layout::known::layouts();",
            &["src/layout/known.rs"],
        ),
        (
            "text/key.rs",
            "use crate::place::Place;",
            &["text may know only itself"],
        ),
        (
            "document/goal.rs",
            "use crate::sheet::{Grid, TextRange};",
            &["src/sheet.rs", "only TextRange"],
        ),
        ("write/json.rs", "pub use crate::cli;", &["src/cli/mod.rs"]),
        (
            "new/mod.rs",
            "use crate::sheet::Sheet;",
            &["not in the list"],
        ),
        (
            "layout/rows.rs",
            "use lopdf::Document;",
            &["the crate lopdf", "read/pdf/file"],
        ),
        (
            "read/pdf/content.rs",
            "fn f(d: &lopdf::Document) {}",
            &["the crate lopdf"],
        ),
        ("layout/rows.rs", "use std::fs;", &["std::fs"]),
        (
            "layout/rows.rs",
            "use std::{fmt, time::Instant};",
            &["std::time::Instant"],
        ),
        (
            "read/mod.rs",
            "    std::thread::spawn(f);",
            &["std::thread::spawn"],
        ),
    ] {
        let found = check(path, line);
        assert!(!found.is_empty(), "not caught: {line}");
        for word in words {
            assert!(found.contains(word), "{line}: {found}");
        }
    }
    for (path, line) in [
        ("read/csv.rs", "use crate::{place::Place, sheet::Cell};"),
        ("document/goal.rs", "use crate::sheet::TextRange;"),
        ("read/pdf/file.rs", "use lopdf::Document;"),
        ("layout/rows.rs", "use std::fmt;"),
        ("read/mod.rs", "mod csv;\nfn f() { csv::read() }"),
        ("layout/rows.rs", "// use crate::cli;"),
        ("layout/rows.rs", "let time = offset::fs::x;"),
        ("cli/import.rs", "use crate::layout::known; use std::fs;"),
        (
            "text/key.rs",
            "#[cfg(test)]\nmod tests { use crate::layout; }",
        ),
    ] {
        assert_eq!(check(path, line), "", "{line}");
    }
}

/// Files whose lengths that decide stand in `read/pdf/tolerance.rs`, each with its reason.
const MEASURED: &[&str] = &[
    "src/read/pdf/grids",
    "src/read/pdf/page.rs",
    "src/read/pdf/check.rs",
    "src/read/pdf/doubts.rs",
    "src/read/pdf/append.rs",
];

/// Numbers that halve, double or mean nothing.
const PLAIN: &[&str] = &["0.0", "1.0", "2.0"];

#[test]
fn tolerances_of_grids_stand_in_one_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for place in MEASURED {
        let path = root.join(place);
        let files: Vec<PathBuf> = if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect()
        } else {
            vec![path]
        };
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let lines = code.lines().map(str::trim);
            for line in lines.filter(|line| !line.starts_with("//")) {
                let numbers =
                    line.split(|c: char| !(c.is_ascii_alphanumeric() || "._".contains(c)));
                let is_bare = |number: &str| {
                    number.contains('.')
                        && number.starts_with(|c: char| c.is_ascii_digit())
                        && number.ends_with(|c: char| c.is_ascii_digit())
                        && !number.contains("..")
                        && number.parse::<f32>().is_ok()
                        && !PLAIN.contains(&number)
                };
                if numbers.clone().any(is_bare) {
                    found.push(format!("{}: {line}", file.display()));
                }
            }
        }
    }
    assert!(
        found.is_empty(),
        "tolerances outside their file: {found:#?}"
    );
}
