//! Reads 組織目標展開整理表 – the printed goal sheets of Japanese municipalities – into one normalized
//! model, and says where each value came from.
//!
//! ```text
//! bytes ──read──▶ Reading (sheets) ──layout──▶ Import (documents) ──write──▶ JSON …
//!  xlsx xls xlsb ods csv pdf
//! ```
//!
//! Three hub types – [`sheet::Reading`], [`document::Import`] and what is written – and four verbs, each a
//! folder. The library is pure: bytes in, values out; only `cli` touches files, clock and environment.

pub mod check;
pub mod cli;
pub mod compare;
pub mod document;
pub mod error;
pub mod form;
pub mod layout;
pub mod ledger;
pub mod message;
pub mod next;
pub mod note;
pub mod pipeline;
pub mod place;
pub mod read;
pub mod sheet;
pub mod text;
pub mod toml_file;
pub mod write;

/// The README, so that its example is compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
