//! The styles part (ECMA-376-1 §18.8) -> for each cell style its number format, strike and borders.

use std::collections::BTreeMap;

use super::super::number_format::builtin_code;
use super::super::style::CellStyle;
use super::super::worksheet::Strike;
use super::super::xml::{Element, Node, Xml};
use crate::error::Error;

/// The cell styles in order (`cellXfs`).
#[derive(Debug, Default)]
pub(super) struct Styles {
    cells: Vec<CellStyle>,
}

#[derive(Default)]
struct Found {
    codes: BTreeMap<u32, String>,
    fonts: Vec<Strike>,
    borders: Vec<bool>,
    formats: Vec<(u32, usize, usize)>,
    /// The list that the parser is in: its name and depth.
    list: Option<(String, u32)>,
}

impl Styles {
    /// Reads the part.
    ///
    /// # Errors
    /// It is not well formed.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let mut xml = Xml::new(text, "xl/styles.xml");
        let mut found = Found::default();
        loop {
            match xml.next()? {
                Node::Open(element) => found.element(&element, xml.depth()),
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        let style = |&(code, font, border): &(u32, usize, usize)| {
            let own = found.codes.get(&code).map(String::as_str);
            CellStyle::new(
                own.or_else(|| builtin_code(code)).unwrap_or("General"),
                found.fonts.get(font).copied().unwrap_or_default(),
                found.borders.get(border).copied().unwrap_or_default(),
            )
        };
        Ok(Self {
            cells: found.formats.iter().map(style).collect(),
        })
    }

    /// The style with this index.
    pub(super) fn get(&self, index: usize) -> Option<&CellStyle> {
        self.cells.get(index)
    }
}

impl Found {
    fn element(&mut self, element: &Element<'_>, depth: u32) {
        let name = element.name();
        if matches!(
            name,
            "numFmts" | "fonts" | "borders" | "cellXfs" | "cellStyleXfs" | "dxfs" | "cellStyles"
        ) {
            self.list = Some((name.to_owned(), depth));
            return;
        }
        let Some((list, list_depth)) = &self.list else {
            return;
        };
        let level = depth.saturating_sub(*list_depth);
        match (list.as_str(), name, level) {
            ("numFmts", "numFmt", 1) => {
                if let Some(id) = element.number("numFmtId") {
                    self.codes.insert(
                        id,
                        element
                            .attribute("formatCode")
                            .unwrap_or_default()
                            .into_owned(),
                    );
                }
            }
            ("fonts", "font", 1) => self.fonts.push(Strike::Live),
            ("fonts", "strike", 2) => {
                let off = element
                    .attribute("val")
                    .is_some_and(|v| matches!(v.trim(), "0" | "false"));
                if let (Some(font), false) = (self.fonts.last_mut(), off) {
                    *font = Strike::Struck;
                }
            }
            ("borders", "border", 1) => self.borders.push(false),
            ("borders", "left" | "right" | "top" | "bottom" | "start" | "end", 2) => {
                let drawn = element
                    .attribute("style")
                    .is_some_and(|style| style != "none");
                if let (Some(border), true) = (self.borders.last_mut(), drawn) {
                    *border = true;
                }
            }
            ("cellXfs", "xf", 1) => self.formats.push((
                element.number("numFmtId").unwrap_or(0),
                element.number("fontId").unwrap_or(0),
                element.number("borderId").unwrap_or(0),
            )),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_name_their_format_strike_and_borders() {
        let styles = Styles::read(
            "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"0&quot;回&quot;\"/></numFmts>\
             <fonts><font><sz val=\"9\"/></font><font><strike/></font></fonts>\
             <borders><border><left/></border><border><left/><top style=\"thin\"/></border></borders>\
             <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"176\" fontId=\"1\" borderId=\"1\"/></cellXfs></styleSheet>",
        )
        .unwrap();
        let plain = styles.get(0).unwrap();
        assert_eq!(
            (plain.code.as_str(), plain.strike, plain.bordered),
            ("General", Strike::Live, false)
        );
        let other = styles.get(1).unwrap();
        assert_eq!(
            (other.code.as_str(), other.strike, other.bordered),
            ("0\"回\"", Strike::Struck, true)
        );
        assert!(styles.get(2).is_none());
    }
}
