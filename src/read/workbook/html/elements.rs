//! The tags of a page -> its pieces: text and tables, however its elements are closed.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::super::worksheet::{Rule, Sides, Strike, Visibility, Worksheet};
use super::inline::Look;
use super::rows::Rows;
use super::table::{Cell, Content, Table};
use crate::error::Error;
use crate::read::container::limit;
use crate::read::limits;

/// A page that is being read.
#[derive(Default)]
pub(super) struct Page {
    /// What the page says made it.
    pub producer: Option<String>,
    content: Content,
    /// Whether lines outside tables are lines: in a text that is no page, but has tables.
    keeps_lines: bool,
    /// Tables that are open, the innermost last.
    open: Vec<Open>,
    /// Elements that are open and change how characters look.
    elements: Vec<(String, Look)>,
    cells: usize,
}

/// A table that is open.
#[derive(Default)]
struct Open {
    table: Table,
    row: Option<Vec<Cell>>,
    cell: Option<(Cell, Content)>,
    /// How many elements were open when its row and its cell began.
    at_row: usize,
    at_cell: usize,
    /// How many were open when it began.
    at: usize,
}

/// Elements whose content is no text of the page.
const APART: [&str; 8] = [
    "script", "style", "title", "template", "noframes", "object", "svg", "math",
];
/// Elements that stand on lines of their own (§15.3.3).
const BLOCKS: [&str; 26] = [
    "address",
    "article",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
];
/// Elements without content (§13.1.2).
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

impl Page {
    /// Reads a page's tags.
    ///
    /// # Errors
    /// The limits of cells and of nesting.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let mut page = Self {
            keeps_lines: !text.trim_start().starts_with('<'),
            ..Self::default()
        };
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let tokens = Tokenizer::new_with_emitter(text, emitter);
        for token in tokens.flatten() {
            match token {
                Token::StartTag(tag) => page.start(&tag)?,
                Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => page.characters(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
        while !page.open.is_empty() {
            page.end("table");
        }
        Ok(page)
    }

    /// The page as a worksheet.
    ///
    /// # Errors
    /// The limit of cells.
    pub(super) fn finish(self) -> Result<Worksheet, Error> {
        let mut worksheet = Worksheet::new("", Visibility::Visible);
        let mut rows = Rows {
            worksheet: &mut worksheet,
            row: 1,
            lost: 0,
        };
        rows.add(self.content.finish())?;
        rows.finish();
        Ok(worksheet)
    }

    fn look(&self) -> Look {
        self.elements
            .last()
            .map(|(_, look)| *look)
            .unwrap_or_default()
    }

    /// Where text goes: the innermost open cell, or the page. Text between a table's cells stands before the table
    /// in a browser; here it is kept where it stands, in the cell or page around the table.
    fn content(&mut self) -> &mut Content {
        let cell = self
            .open
            .iter_mut()
            .rev()
            .find_map(|open| open.cell.as_mut());
        match cell {
            Some((_, content)) => content,
            None => &mut self.content,
        }
    }

    fn in_cell(&self) -> bool {
        self.open.iter().any(|open| open.cell.is_some())
    }

    fn characters(&mut self, text: &str) {
        let look = self.look();
        let between_cells = self.open.last().is_some_and(|open| open.cell.is_none());
        if between_cells && text.trim().is_empty() {
            return;
        }
        if !self.keeps_lines || self.in_cell() {
            self.content().inline.characters(text, look);
            return;
        }
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            self.content.inline.characters(line, look);
            if lines.peek().is_some() {
                self.content.end_text();
            }
        }
    }

    /// Text outside tables begins a new row of its own.
    fn block(&mut self) {
        if self.in_cell() {
            self.content().inline.block();
        } else {
            self.content.end_text();
        }
    }

    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Error> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let look = look_of(&name, tag, self.look());
        match name.as_str() {
            _ if look.apart => {}
            "table" => {
                if self.open.len() >= limits::NESTED_TABLES {
                    return Err(limit(
                        "入れ子の表の数",
                        "the depth of tables",
                        limits::NESTED_TABLES as u64,
                    ));
                }
                self.open.push(Open {
                    at: self.elements.len(),
                    table: Table {
                        is_ruled: is_ruled(tag),
                        ..Table::default()
                    },
                    ..Open::default()
                });
            }
            "tr" => self.start_row(),
            "td" | "th" => self.start_cell(tag)?,
            "thead" | "tbody" | "tfoot" => self.end_row(),
            "br" => {
                if self.in_cell() {
                    self.content().inline.line_break(look);
                } else {
                    self.block();
                }
            }
            "ruby" => self.content().inline.base(),
            "meta" => self.meta(tag),
            "input" => self.input(tag),
            // They are closed by the next one too (§13.1.2.4).
            "option" => self.close("option"),
            "rt" | "rp" => {
                self.close("rt");
                self.close("rp");
            }
            _ if BLOCKS.contains(&name.as_str()) => {
                // Paragraphs and items are closed by the next one (§13.1.2.4).
                self.close(if name == "li" { "li" } else { "p" });
                self.block();
            }
            _ => {}
        }
        let look = look_of(&name, tag, self.look());
        // Deeper elements look as what they stand in.
        if !VOID.contains(&name.as_str()) && self.elements.len() < limits::NESTED_ELEMENTS {
            self.elements.push((name, look));
        }
        Ok(())
    }

    /// Closes the innermost element of this name within the cell or table at hand.
    fn close(&mut self, name: &str) {
        let base = self.open.last().map_or(0, |open| {
            if open.cell.is_some() {
                open.at_cell + 1
            } else {
                open.at
            }
        });
        let own = self.elements.get(base..).unwrap_or_default();
        if let Some(at) = own.iter().rposition(|(own, _)| own == name) {
            self.elements.truncate(base + at);
        }
    }

    fn start_row(&mut self) {
        self.end_row();
        let depth = self.elements.len();
        if let Some(open) = self.open.last_mut() {
            (open.row, open.at_row) = (Some(Vec::new()), depth);
        }
    }

    fn start_cell(&mut self, tag: &StartTag<()>) -> Result<(), Error> {
        self.end_cell();
        if self.open.last().is_some_and(|open| open.row.is_none()) {
            self.start_row();
        }
        self.cells += 1;
        if self.cells > limits::CELLS {
            return Err(limit(
                "セルの数",
                "the number of cells",
                limits::CELLS as u64,
            ));
        }
        let depth = self.elements.len();
        if let Some(open) = self.open.last_mut() {
            open.at_cell = depth;
            let cell = Cell {
                rows: span(tag, b"rowspan", MOST_ROWS),
                columns: span(tag, b"colspan", MOST_COLUMNS),
                sides: sides_of(&attribute(tag, b"style")),
                pieces: Vec::new(),
            };
            open.cell = Some((cell, Content::default()));
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        if let Some(open) = self.open.last_mut()
            && let Some((mut cell, content)) = open.cell.take()
        {
            self.elements.truncate(open.at_cell);
            cell.pieces = content.finish();
            open.row.get_or_insert_with(Vec::new).push(cell);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(open) = self.open.last_mut()
            && let Some(row) = open.row.take()
        {
            self.elements.truncate(open.at_row);
            open.table.rows.push(row);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "table" => {
                self.end_row();
                if let Some(open) = self.open.pop() {
                    self.elements.truncate(open.at);
                    self.content().table(open.table);
                }
            }
            _ => {
                self.close(name);
                if BLOCKS.contains(&name) {
                    self.block();
                }
            }
        }
    }

    fn meta(&mut self, tag: &StartTag<()>) {
        if attribute(tag, b"name").eq_ignore_ascii_case("generator") {
            self.producer = super::super::program_name(&attribute(tag, b"content"));
        }
    }

    /// What an input shows: its text, or whether it is checked.
    fn input(&mut self, tag: &StartTag<()>) {
        let look = self.look();
        let shown = match attribute(tag, b"type").to_ascii_lowercase().as_str() {
            "checkbox" | "radio" if tag.attributes.contains_key(&b"checked"[..]) => "☑".to_owned(),
            "checkbox" | "radio" => "☐".to_owned(),
            "" | "text" | "number" | "date" | "search" | "tel" | "email" | "url" => {
                attribute(tag, b"value")
            }
            _ => return,
        };
        self.content().inline.characters(&shown, look);
    }
}

/// Whether a table's `border` says that its cells have borders: it is there and not 0.
fn is_ruled(tag: &StartTag<()>) -> bool {
    let has_border = tag.attributes.contains_key(&b"border"[..]);
    has_border && attribute(tag, b"border").trim() != "0"
}

/// The sides that the declarations of a `style` draw; `None` if none is of borders (CSS Backgrounds and Borders §3).
fn sides_of(style: &str) -> Option<Sides> {
    let mut found = None;
    for declaration in style.to_ascii_lowercase().split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let named = match name.trim() {
            "border" => Sides::ALL,
            "border-left" => Sides::LEFT,
            "border-right" => Sides::RIGHT,
            "border-top" => Sides::TOP,
            "border-bottom" => Sides::BOTTOM,
            _ => continue,
        };
        let undrawn = |word: &str| matches!(word, "none" | "hidden" | "0" | "0px" | "0pt");
        let light = |word: &str| matches!(word, "dotted" | "dashed");
        let rule = if value.split_whitespace().any(undrawn) {
            Rule::None
        } else if value.split_whitespace().any(light) {
            Rule::Light
        } else {
            Rule::Full
        };
        let own: Sides = found.unwrap_or_default();
        found = Some(own.without(named).and_drawn(rule, named));
    }
    found
}

/// §4.9.11: larger spans are taken as these.
const MOST_ROWS: u32 = 65_534;
const MOST_COLUMNS: u32 = 1_000;

fn span(tag: &StartTag<()>, name: &[u8], most: u32) -> u32 {
    let number = attribute(tag, name).trim().parse::<u32>();
    number.unwrap_or(1).clamp(1, most)
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> String {
    let value = tag.attributes.get(name);
    value
        .map(|value| String::from_utf8_lossy(value).into_owned())
        .unwrap_or_default()
}

/// How an element's characters look within one that looks so.
fn look_of(name: &str, tag: &StartTag<()>, mut look: Look) -> Look {
    let style: String = attribute(tag, b"style")
        .to_ascii_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let has = |attribute: &[u8]| tag.attributes.contains_key(attribute);
    if matches!(name, "s" | "strike" | "del") || style.contains("line-through") {
        look.strike = Strike::Struck;
    }
    look.hidden |= has(b"hidden")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || name == "option" && !has(b"selected")
        // What stands around a reading where it cannot be set above its base.
        || name == "rp";
    look.exact |= matches!(name, "pre" | "textarea") || style.contains("white-space:pre");
    look.reading |= name == "rt";
    look.apart |= APART.contains(&name);
    look
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a page: address and text, spans after it.
    fn cells(page: &str) -> Vec<String> {
        let worksheet = Page::read(page).unwrap().finish().unwrap();
        let spans: Vec<String> = worksheet.merges.iter().map(ToString::to_string).collect();
        let cell = |cell: &super::super::super::worksheet::StoredCell| {
            let own = worksheet.place(cell.row, cell.column).to_string();
            let span = spans
                .iter()
                .find(|span| span.starts_with(&format!("{own}:")));
            format!(
                "{} {}",
                span.unwrap_or(&own),
                cell.text.text.replace('\n', "|")
            )
        };
        worksheet.cells.iter().map(cell).collect()
    }

    #[test]
    fn tables_have_their_spans_however_their_tags_are_closed() {
        let page = "<H2>整理&#34920;</H2>前文<TABLE><TR><TH ROWSPAN=2>番号<TH COLSPAN=2>目標<TR><TD>水準<TD>方法\
                    <TR><TD>1<TD>甲<BR>乙&lt;丙&gt;<TD><P>・丁<P>・戊<UL><LI>己<LI>庚</UL></TABLE>後文";
        assert_eq!(
            cells(page),
            [
                "A1 整理表",
                "A2 前文",
                "A3:A4 番号",
                "B3:C3 目標",
                "B4 水準",
                "C4 方法",
                "A5 1",
                "B5 甲|乙<丙>",
                "C5 ・丁|・戊|己|庚",
                "A6 後文"
            ]
        );
    }

    #[test]
    fn tables_that_only_arrange_others_are_taken_apart() {
        let page = "<table><tr><td><img src=x>緑野市</td></tr><tr><td><table><tr><td>1</td><td>甲</td><td>課</td></tr>\
                    <tr><td>2</td><td><table><tr><td>乙</td><td>丙</td></tr></table></td><td>課</td></tr></table></td></tr></table>";
        assert_eq!(
            cells(page),
            [
                "A1 緑野市",
                "A2 1",
                "B2 甲",
                "C2 課",
                "A3 2",
                "B3 乙\t丙",
                "C3 課"
            ]
        );
    }

    #[test]
    fn what_is_no_text_of_the_page_is_not_read() {
        let page = "<title>題</title><script>if (1 < 2) { '<td>'; }</script><style>td {}</style><table><tr><td>甲<!-- 注 --></td>\
                    <td><select><option>一<option selected>二</select><input type=checkbox checked><input type=hidden value=x></td></tr></table>";
        assert_eq!(cells(page), ["A1 甲", "B1 二☑"]);
    }

    #[test]
    fn sides_are_those_that_a_table_says() {
        let sides = |page: &str| {
            let worksheet = Page::read(page).unwrap().finish().unwrap();
            let sides: Vec<Sides> = worksheet.cells.iter().map(|cell| cell.sides).collect();
            sides
        };
        let top = "<td style=\"color:red; border-top: 1px solid #000; border-left:none\">a</td>";
        let plain = "<td>b</td>";
        let of = |table: &str| sides(&format!("{table}<tr>{top}{plain}</tr></table>"));
        assert_eq!(of("<table border=0>"), [Sides::TOP, Sides::NONE]);
        assert_eq!(of("<table border=1>"), [Sides::TOP, Sides::ALL]);
        assert_eq!(
            sides(&format!("<table><tr>{plain}</tr></table>")),
            [Sides::ALL]
        );
    }

    #[test]
    fn spans_end_with_their_table_and_never_overlap() {
        let page = "<table><tr><td rowspan=9>a</td><td>b</td><td rowspan=2>c</td></tr><tr><td colspan=5>d</td></tr></table><p>e</p>";
        assert_eq!(cells(page), ["A1:A2 a", "B1 b", "C1:C2 c", "B2 d", "A3 e"]);
    }

    #[test]
    fn lines_of_a_text_with_a_table_stay_lines() {
        assert_eq!(
            cells("# 題\n前文\n<table><tr><td>甲\n乙</td></tr></table>\n"),
            ["A1 # 題", "A2 前文", "A3 甲 乙"]
        );
    }
}
