//! Styles (ODF 1.3 part 3 §16) -> which of them strike text through, draw borders or hide a table.

use std::collections::BTreeMap;

use super::super::style::{CellStyle, Colour, Ground};
use super::super::worksheet::{Rule, Sides, Strike};
use super::super::xml::{Element, Node, Xml};
use crate::error::Error;
use crate::place::Margin;

/// Styles by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<(String, String), Style>,
    /// Texts of the headers and footers of each kind of page.
    pages: BTreeMap<String, Vec<(Margin, String)>>,
}

/// What a style says itself; what it does not say, its parent does.
#[derive(Debug, Default, Clone)]
struct Style {
    parent: Option<String>,
    /// The kind of page that a table is printed on.
    page: Option<String>,
    strike: Option<Strike>,
    left: Option<Rule>,
    right: Option<Rule>,
    top: Option<Rule>,
    bottom: Option<Rule>,
    ink: Option<Colour>,
    ground: Option<Ground>,
    hidden: Option<Display>,
}

/// A border's line: `none`, or width, style and colour in any order (XSL 1.1 §7.8.20).
fn rule(value: &str) -> Rule {
    let mut found = Rule::None;
    for word in value.split_whitespace() {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let width = digits.parse::<f32>().ok();
        match word {
            "none" | "hidden" => return Rule::None,
            _ if width == Some(0.0) => return Rule::None,
            "dotted" | "dashed" | "fine-dashed" | "dash-dot" | "dash-dot-dot" => {
                found = Rule::Light;
            }
            _ if word.ends_with("pt") && width.is_some_and(|width| width <= HAIR) => {
                found = Rule::Light;
            }
            _ if found == Rule::None => found = Rule::Full,
            _ => {}
        }
    }
    found
}

/// Points of a hair line, as LibreOffice writes them.
const HAIR: f32 = 0.1;

/// Whether a table is shown (`table:display`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Display {
    Shown,
    Hidden,
}

/// Styles that refer to each other in a circle end here; real ones nest two or three deep.
const PARENTS: usize = 16;

impl Styles {
    /// Reads all styles of a part.
    ///
    /// # Errors
    /// The part is not well formed.
    pub(super) fn read(&mut self, text: &str, part: &str) -> Result<(), Error> {
        let mut xml = Xml::new(text, part);
        loop {
            match xml.next()? {
                Node::Open(element) if matches!(element.name(), "styles" | "automatic-styles") => {
                    self.collect(&mut xml)?;
                }
                Node::Open(element) if element.name() == "master-page" => {
                    let name = element
                        .qualified("style:name")
                        .unwrap_or_default()
                        .into_owned();
                    let texts = margins(&mut xml)?;
                    self.pages.insert(name, texts);
                }
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads the styles inside the element just opened.
    ///
    /// # Errors
    /// The part is not well formed.
    pub(super) fn collect(&mut self, xml: &mut Xml<'_>) -> Result<(), Error> {
        let depth = xml.depth();
        let mut current: Option<(String, String)> = None;
        while xml.depth() >= depth {
            let Node::Open(element) = xml.next()? else {
                continue;
            };
            match element.name() {
                "style" | "default-style" => {
                    let family = element.attribute("family").unwrap_or_default().into_owned();
                    let name = element
                        .qualified("style:name")
                        .unwrap_or_default()
                        .into_owned();
                    let parent = element
                        .attribute("parent-style-name")
                        .map(std::borrow::Cow::into_owned);
                    let page = element
                        .attribute("master-page-name")
                        .map(std::borrow::Cow::into_owned);
                    let key = (family, name);
                    self.styles.insert(
                        key.clone(),
                        Style {
                            parent,
                            page,
                            ..Style::default()
                        },
                    );
                    current = Some(key);
                }
                "text-properties" | "table-cell-properties" | "table-properties" => {
                    if let Some(style) = current.as_ref().and_then(|key| self.styles.get_mut(key)) {
                        style.properties(&element);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The first answer of a style, its parents and the family's default.
    fn find<T>(&self, family: &str, name: &str, ask: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut name = name.to_owned();
        for _ in 0..PARENTS {
            let style = self.styles.get(&(family.to_owned(), name.clone()))?;
            if let Some(answer) = ask(style) {
                return Some(answer);
            }
            name = style.parent.clone()?;
        }
        None
    }

    /// Whether a text style strikes through; `None` if it leaves that to the cell.
    pub(super) fn text_strike(&self, name: &str) -> Option<Strike> {
        self.find("text", name, |style| style.strike)
    }

    /// Whether a cell style strikes through.
    pub(super) fn cell_strike(&self, name: &str) -> Strike {
        self.find("table-cell", name, |style| style.strike)
            .unwrap_or_default()
    }

    /// The sides that a cell style draws.
    pub(super) fn sides(&self, name: &str) -> Sides {
        let drawn = |side: fn(&Style) -> Option<Rule>| {
            self.find("table-cell", name, side).unwrap_or_default()
        };
        Sides::NONE
            .and_drawn(drawn(|style| style.left), Sides::LEFT)
            .and_drawn(drawn(|style| style.right), Sides::RIGHT)
            .and_drawn(drawn(|style| style.top), Sides::TOP)
            .and_drawn(drawn(|style| style.bottom), Sides::BOTTOM)
    }

    /// Whether a cell style gives its text the colour of what is behind it.
    pub(super) fn hides_text(&self, name: &str) -> bool {
        let look = CellStyle {
            ink: self
                .find("table-cell", name, |style| style.ink)
                .unwrap_or_default(),
            ground: self
                .find("table-cell", name, |style| style.ground)
                .unwrap_or_default(),
            ..CellStyle::default()
        };
        look.hides_text()
    }

    /// The texts of the headers and footers of the pages that a table of this style is printed on.
    pub(super) fn margins(&self, table: &str) -> &[(Margin, String)] {
        let page = self.find("table", table, |style| style.page.clone());
        let page = page.as_deref().unwrap_or("Default");
        self.pages.get(page).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a table style hides the table.
    pub(super) fn hides_table(&self, name: &str) -> bool {
        self.find("table", name, |style| style.hidden) == Some(Display::Hidden)
    }
}

/// The texts of the master page just opened (§16.9): its headers and footers, their regions and paragraphs each a line.
fn margins(xml: &mut Xml<'_>) -> Result<Vec<(Margin, String)>, Error> {
    let depth = xml.depth();
    let mut found = Vec::new();
    while xml.depth() >= depth {
        let Node::Open(element) = xml.next()? else {
            continue;
        };
        let margin = match element.name() {
            "header" | "header-left" | "header-first" => Margin::Header,
            "footer" | "footer-left" | "footer-first" => Margin::Footer,
            _ => continue,
        };
        if element.attribute("display").as_deref() == Some("false") {
            xml.skip()?;
            continue;
        }
        let inside = xml.depth();
        while xml.depth() >= inside {
            if let Node::Open(element) = xml.next()?
                && element.name() == "p"
            {
                found.push((margin, paragraph(xml)?));
            }
        }
    }
    found.retain(|(_, text)| !text.trim().is_empty());
    Ok(found)
}

/// Fields whose text is not the writer's (§7.3): page numbers, days, the names of the sheet and the file.
const FIELDS: [&str; 9] = [
    "page-number",
    "page-count",
    "date",
    "time",
    "sheet-name",
    "file-name",
    "title",
    "subject",
    "creator",
];

/// The characters of the paragraph just opened, without fields.
fn paragraph(xml: &mut Xml<'_>) -> Result<String, Error> {
    let depth = xml.depth();
    let mut text = String::new();
    while xml.depth() >= depth {
        match xml.next()? {
            Node::Text(characters) => text.push_str(&characters),
            Node::Open(element) if FIELDS.contains(&element.name()) => xml.skip()?,
            Node::Open(element) if element.name() == "s" => text.push(' '),
            Node::End => break,
            Node::Open(_) | Node::Close => {}
        }
    }
    Ok(text.trim_matches([' ', '\t', '\n']).to_owned())
}

impl Style {
    fn properties(&mut self, element: &Element<'_>) {
        // §20.379, §20.380: either attribute alone says it.
        for name in ["text-line-through-style", "text-line-through-type"] {
            if let Some(value) = element.attribute(name) {
                let strike = if value == "none" {
                    Strike::Live
                } else {
                    Strike::Struck
                };
                self.strike = Some(
                    self.strike
                        .filter(|_| strike == Strike::Live)
                        .unwrap_or(strike),
                );
            }
        }
        // §20.176 to §20.182: the border of all sides, or of each.
        for (name, sides) in [
            ("border", [true; 4]),
            ("border-left", [true, false, false, false]),
            ("border-right", [false, true, false, false]),
            ("border-top", [false, false, true, false]),
            ("border-bottom", [false, false, false, true]),
        ] {
            let Some(value) = element.attribute(name) else {
                continue;
            };
            let border = rule(&value);
            let own = [
                &mut self.left,
                &mut self.right,
                &mut self.top,
                &mut self.bottom,
            ];
            for (side, _) in own.into_iter().zip(sides).filter(|(_, named)| *named) {
                *side = Some(border);
            }
        }
        if let Some(value) = element.qualified("fo:color") {
            self.ink = Some(Colour::hexadecimal(&value));
        }
        if element.is("use-window-font-color") {
            self.ink = Some(Colour::Automatic);
        }
        if let Some(value) = element.qualified("fo:background-color")
            && element.name() == "table-cell-properties"
        {
            self.ground = Some(match value.trim() {
                "transparent" => Ground::Paper,
                colour => Ground::solid(Colour::hexadecimal(colour)),
            });
        }
        if let Some(value) = element.attribute("display") {
            self.hidden = Some(if value == "false" {
                Display::Hidden
            } else {
                Display::Shown
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_of_no_width_are_none_and_thin_or_broken_ones_are_light() {
        for (value, expected) in [
            ("none", Rule::None),
            ("", Rule::None),
            ("0.000cm none #c7c7c7", Rule::None),
            ("0.035cm solid #000000", Rule::Full),
            ("0.74pt solid #000000", Rule::Full),
            ("0.06pt solid #000000", Rule::Light),
            ("0.035cm dotted #000000", Rule::Light),
        ] {
            assert_eq!(rule(value), expected, "{value}");
        }
    }
}
