//! What each weight of the comparison does to the pairs found: `cargo bench --bench weights [-- FOLDER] [name=value …]`.
//!
//! Moves each weight alone by a tenth and by a quarter, and prints the table that `benches/weights.md` holds: the F1 of
//! links on the pairs of years in `fixtures/compare_years` or in another folder. With `name=value` it says what these
//! weights give, and moves none.
#![allow(clippy::unwrap_used)] // a measurement that cannot go on should stop

#[path = "../tests/support/years.rs"]
mod years;

use std::path::PathBuf;

use seirihyo::compare::{Guide, Weights, compare_by};
use years::{Counts, Years};

fn counts(pairs: &[Years], weights: &Weights) -> Counts {
    let mut counts = Counts::default();
    for pair in pairs {
        let (old, new) = (
            std::slice::from_ref(&pair.old),
            std::slice::from_ref(&pair.new),
        );
        counts.add(
            &pair.truth,
            &compare_by(weights, old, new, &Guide::default(), "bench"),
        );
    }
    counts
}

fn shown(counts: &Counts) -> String {
    format!(
        "F1 {:.4}, kinds {:.4}, wording named changed {}, links missing {}, nearest {} of {} goals",
        counts.f1(),
        counts.named(),
        counts.reworded,
        counts.missing,
        counts.nearest[1],
        counts.nearest[0]
    )
}

fn main() {
    let mut folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/compare_years"
    ));
    let mut weights = Weights::default();
    let mut is_given = false;
    for argument in std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
    {
        match argument.split_once('=') {
            Some((name, value)) => {
                *weights.named(name).unwrap() = value.parse().unwrap();
                is_given = true;
            }
            None => folder = PathBuf::from(argument),
        }
    }
    let pairs = years::all(&folder);
    println!(
        "{} pairs of years: {}",
        pairs.len(),
        shown(&counts(&pairs, &weights))
    );
    if is_given {
        return;
    }
    println!(
        "\n| weight | value | −25 % | −10 % | as set | +10 % | +25 % |\n|---|---:|---:|---:|---:|---:|---:|"
    );
    for name in Weights::NAMES {
        let value = *weights.named(name).unwrap();
        let moved = [0.75, 0.9, 1.0, 1.1, 1.25].map(|factor| {
            let mut moved = weights;
            *moved.named(name).unwrap() = value * factor;
            format!("{:.4}", counts(&pairs, &moved).f1())
        });
        println!("| `{name}` | {value} | {} |", moved.join(" | "));
    }
}
