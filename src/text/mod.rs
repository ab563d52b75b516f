//! What "the same text" means: safe repairs for display, and keys for comparison.

pub mod era;
