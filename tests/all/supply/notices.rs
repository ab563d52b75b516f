//! Linked crates -> the notices that their licences ask to be given with the program.

use std::fmt::Write;
use std::path::Path;

use super::crates::Crate;

/// Data that crates carry under a licence of its own, beside that of their code: where it is said, and where it ends.
const DATA: [(&str, &str, &str); 3] = [
    ("hayro-cmap", "assets/LICENSE.txt", ""),
    ("read-fonts", "data/glyphlist.txt", "\nA;"),
    ("libsqlite3-sys", "sqlite3/sqlite3.h", "*****"),
];

const HEAD: &str = "Third-party notices\n\n\
    seirihyo is linked with the crates below. Where a crate may be used under one of several licences, it is used under\n\
    the MIT licence if that is among them. Each text stands once, after the crates that carry it.\n\
    Written by: UPDATE=1 cargo test --test all supply\n";

/// All notices as one text.
pub fn of(crates: &[Crate]) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |text: String, whose: String| match groups.iter_mut().find(|(t, _)| *t == text) {
        Some((_, crates)) => crates.push(whose),
        None => groups.push((text, vec![whose])),
    };
    for one in crates {
        for text in texts(one) {
            add(
                text,
                format!("{} {} ({})", one.name, one.version, one.licence),
            );
        }
        for (_, file, end) in DATA.iter().filter(|(name, ..)| *name == one.name) {
            add(
                head(&one.folder.join(file), end),
                format!("{} {}: {file}", one.name, one.version),
            );
        }
    }
    let mut notices = HEAD.to_owned();
    for (text, crates) in groups {
        let line = "=".repeat(100);
        write!(notices, "\n{line}\n{}\n\n{text}\n", crates.join("\n")).unwrap();
    }
    notices
}

/// A file up to where its notice ends.
fn head(file: &Path, end: &str) -> String {
    let text =
        std::fs::read_to_string(file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    let text = text.replace("\r\n", "\n");
    let until = if end.is_empty() { None } else { text.find(end) };
    tidy(&text[..until.unwrap_or(text.len())])
}

/// Without spaces at the ends of lines, so that the same text is seen to be the same.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The licence texts of a crate, of those that it offers the one that is used.
fn texts(one: &Crate) -> Vec<String> {
    let entries = std::fs::read_dir(&one.folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| is_notice(name) && one.folder.join(name).is_file())
        .collect();
    names.sort();
    let of_mit = |name: &String| name.to_uppercase().contains("MIT");
    if one.licence.contains("OR") && one.licence.contains("MIT") && names.iter().any(of_mit) {
        let others = ["APACHE", "ZLIB", "BOOST", "BSL", "UNLICENSE", "BSD", "0BSD"];
        names.retain(|name| {
            !others
                .iter()
                .any(|other| name.to_uppercase().contains(other))
        });
    }
    let mut texts: Vec<String> = names
        .iter()
        .map(|name| head(&one.folder.join(name), ""))
        .collect();
    texts.dedup();
    if texts.is_empty() {
        texts.push(standard(one));
    }
    texts
}

fn is_notice(name: &str) -> bool {
    let name = name.to_uppercase();
    let starts = [
        "LICENSE",
        "LICENCE",
        "COPYING",
        "COPYRIGHT",
        "NOTICE",
        "UNLICENSE",
    ];
    starts.iter().any(|start| name.starts_with(start))
}

/// For the crates that were published without their licence's text.
fn standard(one: &Crate) -> String {
    let holder = if one.authors.is_empty() {
        format!("the authors of {}", one.name)
    } else {
        one.authors.join(", ")
    };
    let text = match one.licence.as_str() {
        licence if licence.contains("MIT") => include_str!("../../../LICENSE-MIT"),
        "BSD-3-Clause" => include_str!("bsd-3-clause.txt"),
        other => panic!("{} has no text of its licence {other}", one.name),
    };
    let own = text
        .lines()
        .find(|line| line.starts_with("Copyright"))
        .unwrap();
    tidy(&text.replace(own, &format!("Copyright (c) {holder}")))
}
