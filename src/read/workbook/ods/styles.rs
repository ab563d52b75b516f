//! Styles (ODF 1.3 part 3 §16) -> which of them strike text through, draw borders or hide a table.

use std::collections::BTreeMap;

use super::super::worksheet::Strike;
use super::super::xml::{Element, Node, Xml};
use crate::error::Error;

/// Styles by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<(String, String), Style>,
}

/// What a style says itself; what it does not say, its parent does.
#[derive(Debug, Default, Clone)]
struct Style {
    parent: Option<String>,
    strike: Option<Strike>,
    bordered: Option<Border>,
    hidden: Option<Display>,
}

/// Whether a cell's border is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Border {
    Drawn,
    None,
}

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
                    let key = (family, name);
                    self.styles.insert(
                        key.clone(),
                        Style {
                            parent,
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

    /// Whether a cell style draws a border.
    pub(super) fn is_bordered(&self, name: &str) -> bool {
        self.find("table-cell", name, |style| style.bordered) == Some(Border::Drawn)
    }

    /// Whether a table style hides the table.
    pub(super) fn hides_table(&self, name: &str) -> bool {
        self.find("table", name, |style| style.hidden) == Some(Display::Hidden)
    }
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
        for name in [
            "border",
            "border-left",
            "border-right",
            "border-top",
            "border-bottom",
        ] {
            if let Some(value) = element.attribute(name) {
                let drawn = !matches!(value.trim(), "none" | "hidden" | "");
                if drawn || self.bordered.is_none() {
                    self.bordered = Some(if drawn { Border::Drawn } else { Border::None });
                }
            }
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
