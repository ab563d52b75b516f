//! A comparison -> what people read: a table on the terminal, a page, and the words that both use.

mod excerpt;
mod page;
mod side;
mod terminal;
mod view;
pub mod words;

pub use excerpt::excerpt;
pub use page::page;
pub use side::{Mark, Segment, segments, struck};
pub use terminal::{Paint, chain_table, terminal};
pub use view::{Line, Order, Shown, Style, View, fields_of, lines};
