//! What the program is made of: the notices that its crates ask for, its bill of materials, and what neither may lack.
//! `UPDATE=1 cargo test --test all supply` writes `THIRD_PARTY_NOTICES.txt`; `SBOM=FILE` makes it write the bill there.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

mod bill;
mod crates;
mod notices;

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The crates that are linked into the program, or `None` where their sources cannot be had.
fn linked() -> Option<Vec<crates::Crate>> {
    let found = crates::linked(root());
    if let Err(why) = &found {
        println!("skipped: cargo metadata gives nothing: {why}");
    }
    found.ok()
}

#[test]
fn the_notices_are_those_of_the_crates() {
    let Some(crates) = linked() else { return };
    let file = root().join("THIRD_PARTY_NOTICES.txt");
    let notices = notices::of(&crates);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &notices).unwrap();
    }
    assert!(
        std::fs::read_to_string(&file).unwrap_or_default() == notices,
        "THIRD_PARTY_NOTICES.txt is stale: UPDATE=1 cargo test --test all supply"
    );
    for holder in [
        "Adobe. All rights reserved",
        "Adobe Glyph List",
        "disclaims copyright",
    ] {
        assert!(notices.contains(holder), "{holder}");
    }
}

#[test]
fn every_linked_crate_is_in_the_bill() {
    let Some(crates) = linked() else { return };
    let bill = bill::of(&crates);
    if let Some(file) = std::env::var_os("SBOM") {
        std::fs::write(
            PathBuf::from(file),
            serde_json::to_vec_pretty(&bill).unwrap(),
        )
        .unwrap();
    }
    let components = bill["components"].as_array().unwrap();
    assert_eq!(components.len(), crates.len());
    for component in components {
        assert!(
            !component["licenses"][0]["expression"]
                .as_str()
                .unwrap()
                .contains('/'),
            "{component}"
        );
        assert_eq!(
            component["hashes"][0]["content"].as_str().unwrap().len(),
            64,
            "{component}"
        );
    }
    let purls: Vec<_> = components
        .iter()
        .map(|c| c["purl"].as_str().unwrap())
        .collect();
    assert!(
        purls
            .iter()
            .any(|purl| purl.starts_with("pkg:cargo/quick-xml@")),
        "{purls:?}"
    );
    assert!(
        !purls
            .iter()
            .any(|purl| purl.starts_with("pkg:cargo/proptest@")),
        "not linked"
    );
}

#[test]
fn the_licence_files_are_those_that_the_manifest_names() {
    let manifest = include_str!("../../../Cargo.toml");
    assert!(manifest.contains("license = \"MIT OR Apache-2.0\""));
    for (file, title) in [
        ("LICENSE-MIT", "MIT License"),
        ("LICENSE-APACHE", "Apache License"),
    ] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        assert!(text.contains(title), "{file}");
    }
    assert!(manifest.contains("unsafe_code = \"forbid\""));
}
