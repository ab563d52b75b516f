//! A page's content -> marks: operators, graphics state, text, paths and images (ISO 32000-1 §7.8, §8, §9).

pub(crate) mod annotations;
pub(crate) mod backdrop;
pub(crate) mod clips;
pub(crate) mod colour;
pub(crate) mod forms;
pub(crate) mod graphics;
pub(crate) mod interpret;
pub(crate) mod layers;
pub(crate) mod lexer;
pub(crate) mod marked;
pub(crate) mod operators;
pub(crate) mod painting;
pub(crate) mod parts;
pub(crate) mod paths;
pub(crate) mod patterns;
pub(crate) mod show;
pub(crate) mod structure;
