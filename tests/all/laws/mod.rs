//! The laws that must hold for any bytes, over the seeds of the fuzz targets and over every input that once broke one.
//! `SEEDS=fuzz/corpus cargo test --test all laws` writes the seeds for `cargo fuzz`.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

#[path = "../../../fuzz/laws/mod.rs"]
pub mod any_bytes;
mod seeds;
mod vary;

use std::path::{Path, PathBuf};

/// Longer seeds are left to the fuzzer: the fixtures' own tests read them whole.
const LONGEST: usize = 30_000;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The inputs that once broke a law, by name.
fn regressions(target: &str) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(root().join("fuzz/regressions").join(target)) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
        .collect()
}

fn holds(target: &str) {
    let (_, law) = any_bytes::LAWS
        .iter()
        .find(|(name, _)| *name == target)
        .unwrap();
    let seeds = seeds::seeds(target);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    if let Some(folder) = std::env::var_os("SEEDS") {
        let folder = root().join(folder).join(target);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in &seeds {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        return;
    }
    let short = seeds
        .into_iter()
        .filter(|(_, bytes)| bytes.len() <= LONGEST);
    for (name, bytes) in regressions(target).into_iter().chain(short) {
        println!("{target}: {name}"); // shown when the law breaks
        law(&bytes);
        for round in 0..rounds() {
            let varied = vary::varied(&bytes, round);
            if std::panic::catch_unwind(|| law(&varied)).is_err() {
                let kept = std::env::temp_dir().join(format!("{target}-{round}"));
                std::fs::write(&kept, &varied).unwrap();
                panic!("kept as {}", kept.display());
            }
        }
    }
}

/// How often each seed is varied: `ROUNDS=100` is a fuzzer for machines without a nightly toolchain.
fn rounds() -> u64 {
    let asked = std::env::var("ROUNDS").ok();
    asked
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or_default()
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test] fn $name() { holds(stringify!($name)); })*

        #[test]
        fn every_law_is_tested_and_fuzzed() {
            let tested = [$(stringify!($name)),*];
            let laws: Vec<_> = any_bytes::LAWS.iter().map(|(name, _)| *name).collect();
            assert_eq!(tested.as_slice(), laws);
            let manifest = std::fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
            for name in laws {
                assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name}");
                assert!(root().join(format!("fuzz/targets/{name}.rs")).exists(), "{name}");
            }
        }
    };
}

targets!(
    sniff pdf page places xls xlsb ods xlsx html xml csv export layout text layout_file comparison
);
