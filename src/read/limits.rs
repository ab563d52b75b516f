//! Every limit of the readers in one place, each with its reason.

/// Bytes of one source file: workbooks with photographs have some tens of mebibytes.
pub const FILE_BYTES: u64 = 1 << 30;
/// Bytes that one compressed stream of a PDF may unpack to: a page of text is under 1 MiB, a scanned
/// page under 50 MiB; more is a decompression bomb.
pub const STREAM_BYTES: usize = 64 << 20;
/// Bytes that the parts of a workbook's ZIP container may unpack to together, pictures and embedded files
/// aside, which are not read: a hundred thousand rows of text unpack to some ten mebibytes.
pub const CONTAINER_BYTES: u64 = 512 << 20;
/// Entries of a workbook's ZIP container; a workbook with 1,000 sheets has under 5,000.
pub const CONTAINER_ENTRIES: usize = 20_000;
/// Pages of a PDF: a year's sheets of a whole city have some hundred.
pub const PAGES: usize = 10_000;
/// Worksheets of a workbook: one for each section of a city makes some hundred.
pub const SHEETS: usize = 4_096;
/// Cells with content or borders in a workbook: a thousand sheets of a hundred rows and forty columns.
pub const CELLS: usize = 4_000_000;
/// Depth of form `XObjects` within each other; programs nest two or three.
pub const FORM_DEPTH: usize = 24;
/// Bytes of content that one page runs, its forms counted each time they are painted; a dense page is
/// under 10 MiB.
pub const CONTENT_BYTES: usize = 512 << 20;
/// Glyphs, lines and filled shapes of one page: a dense page of A3 has under 50,000, a map some hundred thousand.
pub const MARKS: usize = 3_000_000;
/// Bytes of one map from a font's codes to characters: 65,536 entries of 30 bytes, twice.
pub const CMAP_BYTES: usize = 4 << 20;
/// Operators of one page: a dense page of A3 has some ten thousand, a map some million.
pub const OPERATORS: usize = 20_000_000;
/// Depth of saved graphics states (ISO 32000-1 Annex C gives 28 as a minimum that viewers support).
pub const GRAPHICS_STATES: usize = 512;
/// MiB of address space for one file (`--memory-limit`): the largest real workbooks take some hundred, and
/// so many as there are cores fit into an office computer's memory.
pub const MEMORY_MIB: u64 = 2_048;
/// Seconds for one file (`--time-limit`): thousands of pages take some seconds, on a slow drive a minute.
pub const SECONDS: u64 = 120;
/// Bytes of text of one file: some thousand times the longest plan that was seen.
pub const TEXT_BYTES: usize = 256 << 20;
