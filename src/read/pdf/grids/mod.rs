//! Ink -> rules -> grids of cells, also where only some rules are drawn.

pub(crate) mod aligned;
pub(crate) mod cells;
pub(crate) mod connected;
pub(crate) mod dashes;
pub(crate) mod entries;
pub(crate) mod gutters;
pub(crate) mod headed;
pub(crate) mod islands;
pub(crate) mod labelled;
pub(crate) mod overlays;
pub(crate) mod overrun;
pub(crate) mod rules;
pub(crate) mod stripes;
pub(crate) mod unruled;
