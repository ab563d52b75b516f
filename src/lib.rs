//! Reads 組織目標展開整理表 – the printed goal sheets of Japanese municipalities – into one normalized
//! model, says where each value came from, prints it again, and compares years.
//!
//! ```text
//! bytes ──read──▶ Reading ──layout──▶ Import ──────────┬─────────write──▶ JSON · CSV · NDJSON · SQLite · Parquet
//!  xlsx xlsm xls   sheets of           documents with  ├─Table───write──▶ the printed form: xlsx
//!  xlsb ods csv    cells and lines     typed values    ├─next──▶ Table ───▶ next year's form: xlsx
//!  text pdf           │                                ├─check────────────▶ findings on a filled sheet
//!                     │                                └─compare─▶ Comparison ─write─▶ JSON · HTML · terminal
//!                     │                                                └─Table─write─▶ 新旧対照表: xlsx
//!                     └──────────────write──▶ the page and the JSON of `inspect`
//! ```
//!
//! Three hub types, each a file or folder: [`sheet::Reading`] (what was read), [`document::Import`] (what it means) and
//! [`write::table::Table`] (what is printed). Four verbs, each a folder: [`read`], [`layout`], [`compare`], [`write`]. A reader
//! knows nothing of municipalities, a layout nothing of files, a writer nothing of how layouts are recognised; `compare` knows
//! documents only. The library is pure: bytes in, values out. Only [`cli`] touches files, clock and environment.
//! `tests/all/architecture.rs` holds which part may name which.
//!
//! # What holds everywhere
//!
//! - **Every character is accounted for.** What a source paints or stores ends exactly once in a value, a heading, a repeated
//!   heading, furniture, markup, an overprint, hidden text, or `unplaced`, which a note quotes. A text keeps the identity of its
//!   characters – ranges of [`sheet::Reading::text`] – until [`ledger::Ledger`] is closed.
//! - **Every value says where it stood**: a [`place::Place`] for each cell, box or line that it came from.
//! - **Three layers of text**: `raw` as it stands, `text` with repairs that lose nothing, and a key for comparison only
//!   ([`text::key`]); NFKC, which makes 12 of ①②, is for keys.
//! - **Nothing is guessed without a word.** What could be read in two ways has a note; every sentence stands in [`note`] or
//!   [`error`], in both languages, and in `schemas/notes.md`.
//! - **A library's `Ok` is no proof.** What was read is counted against what was there: operators against bytes, cells
//!   against elements.
//!
//! # One PDF on its way
//!
//! 1. `read/sniff.rs` tells the format by content; `read/limits.rs` says how large anything may be.
//! 2. `read/pdf/file/` opens the objects (the only place that knows lopdf), `content/` runs the operators of a page and
//!    `fonts/` turns codes into characters and widths. What is left are marks (`marks.rs`): glyphs and ink on the displayed page.
//! 3. `grids/rules.rs` makes rules of ink; other files of `grids/` propose tables, from rules, painted boxes and how text stands;
//!    `grids/tables.rs` takes one where several overlap, `grids/cells.rs` puts its cells together.
//! 4. `lines/runs.rs` puts glyphs into the cell where their run starts, `lines/mod.rs` makes lines of runs, and `lines/wrap.rs`
//!    decides how each line ends: a wrap, a break, or a cut by the page's end.
//! 5. `append.rs` puts the page into the reading; `check.rs` counts what was decoded against what stands there.
//! 6. `layout/choose.rs` scores every layout on the tables, `bands.rs` and `fields.rs` find the headings and what each column is,
//!    `join.rs` makes one table of those on several pages, `rows.rs` goals of rows, `goals.rs` values of cells. A table that no
//!    layout fits goes through `infer/`, which weighs what each column may be and reads the table as one choice.
//! 7. `layout/account.rs` closes the account.
//!
//! # One workbook on its way
//!
//! 1. `read/container.rs` opens the ZIP container under limits; a format's folder in `read/workbook/` gives stored cells with
//!    their formats, merges, hidden rows, strikes and text boxes (`worksheet.rs`). For xlsx the values come from calamine, counted
//!    against the elements.
//! 2. `number_format/` writes each value as the sheet shows it; `assemble.rs`, `grid.rs` and `merge.rs` make grids.
//! 3. From there it goes as a PDF's pages do: `layout` does not know the difference.
//!
//! # Where a rule lives
//!
//! | rule | file |
//! |---|---|
//! | a file's format is told by its content | `read/sniff.rs` |
//! | how large anything may be | `read/limits.rs` |
//! | codes of a Japanese font are CP932, whatever its CID says | `read/pdf/fonts/composite.rs` |
//! | pieces at equal distances are a dashed rule | `read/pdf/grids/dashes.rs` |
//! | a table of which only some rules are drawn has rows and columns | `read/pdf/grids/aligned.rs`, `unruled.rs`, `stripes.rs` |
//! | how long, near or even things must be on a page | `read/pdf/tolerance.rs` |
//! | a line that fills its cell wraps; one that does not was broken | `read/pdf/lines/wrap.rs` |
//! | a number at a line's end is whole; two never become one | `text/setting/numbers.rs` |
//! | no line begins with 、 or ends with 「; what is never parted | `text/setting/` |
//! | text struck through is hidden (見え消し) | `read/pdf/lines/strikes.rs`, `read/workbook/worksheet.rs` |
//! | a number is shown by its format: R8.4.1, 76%, △3 | `read/workbook/number_format/` |
//! | which layout a table follows; ties | `layout/choose.rs` |
//! | what a column of an unknown sheet is | `layout/infer/evidence.rs`, `weights.rs` |
//! | what a town's headings and 達成状況 words mean | `schemas/layouts/*.toml`, read by `layout/definition.rs` |
//! | rows of one goal, and a cell merged over two goals | `layout/rows.rs` |
//! | a table goes on over pages; headings printed again | `layout/join.rs` |
//! | 年度末 is a date | `layout/deadline.rs` |
//! | 76%以上, 月13時間/人 are quantities | `layout/quantity.rs` |
//! | 指標, 目標値 and 実績値 belong together by ① ② | `layout/indicators.rs` |
//! | 共通, 課税課・納税課 are units | `text/organization.rs` |
//! | ・ and ① begin items, and nest | `text/setting/marks.rs`, `text/blocks.rs` |
//! | eras, fiscal years and days | `text/era.rs` |
//! | what counts as a character | `text/mod.rs` |
//! | two texts say the same | `text/key.rs` |
//! | which goals of two years are one; merged and split | `compare/pair.rs`, `compare/parts.rs` |
//! | what next year's form keeps of this year's goals | `next.rs` |
//! | what a filled sheet lacks or contradicts | `check/` |
//! | how high a printed row is | `write/xlsx/measure.rs`, `write/xlsx/split.rs` |
//! | a spreadsheet must not take a cell for a formula | `write/csv.rs` |
//! | an output is never half-written | `cli/files/write.rs` |

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
