//! `cargo metadata` -> the crates that are linked into the program, on any system it is built for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The systems that the program is built for.
const TARGETS: [&str; 4] = [
    "x86_64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
];

/// A crate as it is published.
pub struct Crate {
    pub name: String,
    pub version: String,
    /// An SPDX expression.
    pub licence: String,
    pub authors: Vec<String>,
    pub folder: PathBuf,
    /// The SHA-256 of its archive, as the lock file has it.
    pub checksum: String,
}

/// The crates that the program links, in the order of their names.
///
/// # Errors
/// What cargo says where it cannot tell, as where crates of other systems were never fetched and cannot be.
pub fn linked(root: &Path) -> Result<Vec<Crate>, String> {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(root)
        .args(["metadata", "--locked", "--format-version", "1"]);
    for target in TARGETS {
        command.args(["--filter-platform", target]);
    }
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let checksums = checksums(root);
    let packages = metadata["packages"].as_array().unwrap();
    let ids = linked_ids(&metadata);
    let wanted = packages
        .iter()
        .filter(|package| ids.contains(word(&package["id"])));
    let mut crates: Vec<Crate> = wanted
        .map(|package| published(package, &checksums))
        .collect();
    crates.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(crates)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn published(package: &Value, checksums: &BTreeMap<(String, String), String>) -> Crate {
    let (name, version) = (
        word(&package["name"]).to_owned(),
        word(&package["version"]).to_owned(),
    );
    Crate {
        // `MIT/Apache-2.0` is how expressions were written before SPDX.
        licence: word(&package["license"])
            .replace(" / ", "/")
            .replace('/', " OR "),
        authors: list(&package["authors"])
            .iter()
            .map(|author| word(author).to_owned())
            .collect(),
        folder: Path::new(word(&package["manifest_path"]))
            .parent()
            .unwrap()
            .to_path_buf(),
        checksum: checksums
            .get(&(name.clone(), version.clone()))
            .cloned()
            .unwrap_or_default(),
        name,
        version,
    }
}

/// What is reached from the program by ordinary dependencies. Procedural macros run in the compiler and are not linked.
fn linked_ids(metadata: &Value) -> BTreeSet<String> {
    let packages = list(&metadata["packages"]);
    let is_macro = |package: &&Value| {
        let mut kinds = list(&package["targets"])
            .iter()
            .flat_map(|target| list(&target["kind"]));
        kinds.any(|kind| kind == "proc-macro")
    };
    let macros: BTreeSet<&str> = packages
        .iter()
        .filter(is_macro)
        .map(|p| word(&p["id"]))
        .collect();
    let nodes = list(&metadata["resolve"]["nodes"]).iter();
    let nodes: BTreeMap<&str, &Value> = nodes.map(|node| (word(&node["id"]), node)).collect();
    let root = word(&metadata["resolve"]["root"]);
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        if macros.contains(id) || !found.insert(id.to_owned()) {
            continue;
        }
        for dependency in list(&nodes[id]["deps"]) {
            if list(&dependency["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null())
            {
                open.push(word(&dependency["pkg"]));
            }
        }
    }
    found.remove(root);
    found
}

/// Name and version -> checksum, from the lock file.
fn checksums(root: &Path) -> BTreeMap<(String, String), String> {
    let text = std::fs::read_to_string(root.join("Cargo.lock")).unwrap();
    let lock: toml::Table = toml::from_str(&text).unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let of = |package: &toml::Value, key: &str| {
        package
            .get(key)
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    packages
        .map(|package| {
            (
                (of(package, "name"), of(package, "version")),
                of(package, "checksum"),
            )
        })
        .collect()
}
