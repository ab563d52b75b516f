//! A group of goals -> its fields, each with what changed in it.

mod blocks;
mod fields;
mod quantity;
mod text;
mod words;

pub use fields::diffs;
