//! Ink -> rules -> grids of cells, also where only some rules are drawn.
//!
//! `rules` finds once a page what is drawn. Then files propose tables, each from rules, painted boxes and text alone, by
//! functions that change nothing: `connected` with `lattice` (rules around cells), `aligned` (some rules, and text in
//! columns), `grouped` (lines of numbers in ruled groups), `islands` (boxes apart), `stripes`, `labelled`, `headed`,
//! `unruled` (rules across), `white` (text in columns alone), `banded` (a painted heading over a ruled body). `tables` says which proposals are taken where
//! several overlap, and refuses one that was told by text if the text is not written so; `evidence` says what shows a
//! table, `untold` what looks like one and is none.
//!
//! A new way to tell a table is one file here that proposes, its name in [`crate::sheet::Proposer`], a line in `tables`,
//! what may differ in `read/pdf/tolerance.rs` with the reason, and a fixture that is read otherwise without it.

pub(crate) mod aligned;
mod banded;
pub(crate) mod cells;
pub(crate) mod connected;
pub(crate) mod dashes;
pub(crate) mod entries;
pub(crate) mod evidence;
mod frames;
mod grouped;
pub(crate) mod gutters;
pub(crate) mod headed;
pub(crate) mod islands;
mod joined;
pub(crate) mod labelled;
mod lattice;
pub(crate) mod loops;
pub(crate) mod overlays;
pub(crate) mod overrun;
mod pieces;
pub(crate) mod rules;
mod sets;
pub(crate) mod stripes;
pub(crate) mod tables;
pub(crate) mod unruled;
mod untold;
mod white;
mod wiped;
