//! Ink -> rules -> grids of cells, also where only some rules are drawn.

pub(crate) mod aligned;
pub(crate) mod cells;
pub(crate) mod connected;
pub(crate) mod dashes;
pub(crate) mod entries;
mod frames;
pub(crate) mod gutters;
pub(crate) mod headed;
pub(crate) mod islands;
mod joined;
pub(crate) mod labelled;
mod lattice;
pub(crate) mod overlays;
pub(crate) mod overrun;
mod pieces;
pub(crate) mod rules;
mod sets;
pub(crate) mod stripes;
pub(crate) mod tables;
pub(crate) mod unruled;
mod wiped;
