//! PDF (ISO 32000-1) -> sheets, page by page: marks -> rules -> cells -> lines -> sheet.

pub(crate) mod marks;
