//! PDF (ISO 32000-1) -> sheets, page by page: marks -> rules -> cells -> lines -> sheet.

mod backdrop;
mod colour;
mod content;
pub(crate) mod file;
mod fonts;
mod graphics;
pub(crate) mod interpret;
mod layers;
mod lexer;
mod marked;
pub(crate) mod marks;
mod paths;
mod show;

#[cfg(test)]
mod tests {
    mod dump;
}
