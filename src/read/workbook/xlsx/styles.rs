//! The styles part (ECMA-376-1 §18.8) -> for each cell style its number format, strike, drawn sides and colours.

use std::collections::BTreeMap;

use super::super::number_format::builtin_code;
use super::super::style::{CellStyle, Colour, Ground, Truth};
use super::super::worksheet::{Rule, Sides, Strike};
use super::super::xml::{Element, Node, Xml};
use crate::error::Error;

#[derive(Default)]
struct Found {
    codes: BTreeMap<u32, String>,
    fonts: Vec<(Strike, Colour)>,
    fills: Vec<Ground>,
    borders: Vec<Sides>,
    formats: Vec<Format>,
    /// The list that the parser is in: its name and depth.
    list: Option<(String, u32)>,
}

/// What an `xf` element names (§18.8.45).
struct Format {
    code: u32,
    font: usize,
    fill: usize,
    border: usize,
    truth: Truth,
}

/// The cell styles in order (`cellXfs`).
///
/// # Errors
/// The part is not well formed.
pub(super) fn read(text: &str) -> Result<Vec<CellStyle>, Error> {
    let mut xml = Xml::new(text, "xl/styles.xml");
    let mut found = Found::default();
    loop {
        match xml.next()? {
            Node::Open(element) => found.element(&element, xml.depth()),
            Node::End => break,
            Node::Close | Node::Text(_) => {}
        }
    }
    Ok(found
        .formats
        .iter()
        .map(|format| found.style(format))
        .collect())
}

/// The colour that an element names (§18.8.3 and its like).
fn colour(element: &Element<'_>) -> Colour {
    if let Some(rgb) = element.attribute("rgb") {
        return Colour::hexadecimal(&rgb);
    }
    if let Some(place) = element.number("theme") {
        return Colour::of_theme(place, element.number("tint").unwrap_or(0.0));
    }
    if let Some(index) = element.number("indexed") {
        return Colour::indexed(index);
    }
    Colour::Automatic
}

/// The line of a border's style (§18.18.3).
fn rule(style: Option<&str>) -> Rule {
    match style {
        None | Some("none") => Rule::None,
        Some("hair" | "dotted" | "dashed" | "dashDot" | "dashDotDot") => Rule::Light,
        Some(_) => Rule::Full,
    }
}

/// The side that an element of a border is about (§18.8.4); right to left, the start is the right one.
fn side(name: &str) -> Option<Sides> {
    Some(match name {
        "left" | "start" => Sides::LEFT,
        "right" | "end" => Sides::RIGHT,
        "top" => Sides::TOP,
        "bottom" => Sides::BOTTOM,
        _ => return None,
    })
}

impl Found {
    fn style(&self, format: &Format) -> CellStyle {
        let own = self.codes.get(&format.code).map(String::as_str);
        let code = own
            .or_else(|| builtin_code(format.code))
            .unwrap_or("General");
        let (strike, ink) = self.fonts.get(format.font).copied().unwrap_or_default();
        let sides = self.borders.get(format.border).copied().unwrap_or_default();
        CellStyle {
            ink,
            ground: self.fills.get(format.fill).copied().unwrap_or_default(),
            truth: format.truth,
            ..CellStyle::new(code, strike, sides)
        }
    }

    fn element(&mut self, element: &Element<'_>, depth: u32) {
        let name = element.name();
        if matches!(
            name,
            "numFmts"
                | "fonts"
                | "fills"
                | "borders"
                | "cellXfs"
                | "cellStyleXfs"
                | "dxfs"
                | "cellStyles"
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
                    let code = element.attribute("formatCode").unwrap_or_default();
                    self.codes.insert(id, code.into_owned());
                }
            }
            ("fonts", _, _) => self.font(element, level),
            ("fills", _, _) => self.fill(element, level),
            ("borders", "border", 1) => self.borders.push(Sides::NONE),
            ("borders", name, 2) => {
                let rule = rule(element.attribute("style").as_deref());
                if let (Some(border), Some(side)) = (self.borders.last_mut(), side(name)) {
                    *border = border.and_drawn(rule, side);
                }
            }
            ("cellXfs", "xf", 1) => self.formats.push(Format {
                code: element.number("numFmtId").unwrap_or(0),
                font: element.number("fontId").unwrap_or(0),
                fill: element.number("fillId").unwrap_or(0),
                border: element.number("borderId").unwrap_or(0),
                truth: Truth::Word,
            }),
            // A property of newer programs; the only one so far is a check box in the cell ([MS-XLSX] XfComplement).
            ("cellXfs", "xfComplement", _) => {
                if let Some(format) = self.formats.last_mut() {
                    format.truth = Truth::CheckBox;
                }
            }
            _ => {}
        }
    }

    fn font(&mut self, element: &Element<'_>, level: u32) {
        match (element.name(), level, self.fonts.last_mut()) {
            ("font", 1, _) => self.fonts.push((Strike::Live, Colour::Automatic)),
            ("strike", 2, Some(font)) => {
                let off = element
                    .attribute("val")
                    .is_some_and(|v| matches!(v.trim(), "0" | "false"));
                font.0 = if off { Strike::Live } else { Strike::Struck };
            }
            ("color", 2, Some(font)) => font.1 = colour(element),
            _ => {}
        }
    }

    /// §18.8.32: a solid pattern has the colour of its foreground.
    fn fill(&mut self, element: &Element<'_>, level: u32) {
        match (element.name(), level, self.fills.last_mut()) {
            ("fill", 1, _) => self.fills.push(Ground::Paper),
            ("gradientFill", 2, Some(fill)) => *fill = Ground::Pattern,
            ("patternFill", 2, Some(fill)) => {
                *fill = match element.attribute("patternType").as_deref() {
                    None | Some("none") => Ground::Paper,
                    Some("solid") => Ground::Filled(Colour::Unknown),
                    Some(_) => Ground::Pattern,
                };
            }
            ("fgColor", 3, Some(fill @ Ground::Filled(_))) => {
                *fill = Ground::solid(colour(element));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_name_their_format_strike_and_borders() {
        let styles = read(
            "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"0&quot;回&quot;\"/></numFmts>\
             <fonts><font><sz val=\"9\"/></font><font><strike/></font></fonts>\
             <borders><border><left/></border><border><left/><top style=\"thin\"/></border></borders>\
             <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"176\" fontId=\"1\" borderId=\"1\"/></cellXfs></styleSheet>",
        )
        .unwrap();
        let plain = styles.first().unwrap();
        assert_eq!(
            (plain.code.as_str(), plain.strike, plain.sides),
            ("General", Strike::Live, Sides::NONE)
        );
        let other = styles.get(1).unwrap();
        assert_eq!(
            (other.code.as_str(), other.strike, other.sides),
            ("0\"回\"", Strike::Struck, Sides::TOP)
        );
        assert!(styles.get(2).is_none());
    }

    #[test]
    fn text_in_the_colour_of_its_ground_is_not_seen() {
        let hides = |font: &str, fill: &str| {
            let styles = read(&format!(
                "<styleSheet><fonts><font>{font}</font></fonts><fills><fill>{fill}</fill></fills>\
                 <cellXfs><xf fontId=\"0\" fillId=\"0\"/></cellXfs></styleSheet>"
            ));
            styles.unwrap().first().unwrap().hides_text()
        };
        let solid = |colour: &str| {
            format!("<patternFill patternType=\"solid\"><fgColor {colour}/></patternFill>")
        };
        let white = "<color rgb=\"FFFFFFFF\"/>";
        assert!(hides(white, "<patternFill patternType=\"none\"/>"));
        assert!(hides("<color theme=\"0\"/>", ""));
        assert!(hides("<color indexed=\"9\"/>", &solid("rgb=\"FFFFFFFF\"")));
        assert!(hides(
            "<color rgb=\"FF336699\"/>",
            &solid("rgb=\"FF336699\"")
        ));
        assert!(!hides(white, &solid("theme=\"4\"")));
        assert!(!hides(white, "<patternFill patternType=\"gray125\"/>"));
        assert!(!hides("<color theme=\"1\"/>", ""));
        assert!(!hides("", &solid("indexed=\"64\"")));
    }
}
