//! Headings that this program prints of itself, and knows again when it reads them.

/// The heading of a column that is read although it is hidden: the program's own workbooks say there which goal of the year
/// before each goal was, which nobody needs to see. A row that is copied takes its number along, so that two goals of one number
/// are not a goal that was divided, as they are where people wrote the numbers.
pub const CARRIED_COLUMN: &str = "前年度番号（引継ぎ）";

/// The heading of a column for what no other column is for, on the sheets of offices and on those that this program prints: what
/// stands in it belongs to no field.
pub const REMARKS_COLUMN: &str = "備考";
