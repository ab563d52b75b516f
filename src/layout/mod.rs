//! Sheets -> documents: which layout they follow, and what each cell means there.

pub mod definition;
