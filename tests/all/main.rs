//! Every integration test that is not a fixture's, in one program: it is linked once. `cargo test --test all batch` runs
//! one file of it. A case of `fixtures/` is a test of its own in `tests/fixtures`.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

#[path = "../support/mod.rs"]
mod support;

mod acceptance;
mod active;
mod architecture;
mod batch;
mod binary_workbook;
mod check;
mod cli;
mod compare;
mod corpus;
mod export;
mod exports;
mod folders;
mod hostile_text;
mod interruption;
mod isolation;
mod laws;
mod marks;
mod next;
mod no_characters;
mod other_towns;
mod properties;
mod prune;
mod reference;
mod render;
mod roundtrip;
mod schemas;
mod suggest;
mod supply;
mod terminal;
mod towns;
mod workbook_damage;
mod workbook_variants;
mod workbook_xlsb;
mod workbooks;
mod worklist;
