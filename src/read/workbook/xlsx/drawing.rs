//! A drawing part (ECMA-376-1 §20.5) -> the texts of its shapes, each with the cells that it covers.

use std::collections::BTreeSet;

use super::super::shape::{Shape, ShapeKind, range_to};
use super::super::xml::{Element, Node, Xml};
use crate::error::Error;

/// The texts of a sheet's text boxes, as far as the part is well formed. Charts and pictures have none; shapes with
/// these numbers are controls, which stand in a part of their own as well.
pub(in super::super) fn shapes(text: &str, controls: &BTreeSet<u32>) -> Vec<Shape> {
    let mut drawing = Drawing::default();
    let mut xml = Xml::new(text, "drawing");
    // What stands before the break is kept.
    let _ = drawing.collect(&mut xml);
    let live = |shape: &(Shape, Option<u32>)| {
        let is_control = shape.1.is_some_and(|number| controls.contains(&number));
        !is_control && !shape.0.text.trim().is_empty()
    };
    let shapes = drawing.shapes.into_iter();
    shapes.filter(live).map(|(shape, _)| shape).collect()
}

/// A drawing that is being read.
#[derive(Default)]
struct Drawing {
    first: Marker,
    last: Marker,
    /// The marker that is open, and its depth.
    open: Option<(Corner, u32)>,
    /// The number of the shape at hand, and what it says of itself.
    number: Option<u32>,
    hidden: bool,
    /// Groups that are open and hidden: the depth of each.
    hidden_groups: Vec<u32>,
    shapes: Vec<(Shape, Option<u32>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Corner {
    First,
    Last,
}

/// A corner (§20.5.2.15): column and row from 0, and offsets into them in EMU.
#[derive(Default, Clone, Copy)]
struct Marker {
    column: u32,
    row: u32,
    column_offset: i64,
    row_offset: i64,
}

/// How far a box may reach into the next cell and still be drawn for the one before, in EMU: a millimetre and a half.
const OVERHANG: i64 = 54_000;

impl Drawing {
    fn collect(&mut self, xml: &mut Xml<'_>) -> Result<(), Error> {
        loop {
            match xml.next()? {
                Node::Open(element) => self.element(&element, xml)?,
                Node::Close => {
                    if self.open.is_some_and(|(_, depth)| xml.depth() < depth) {
                        self.open = None;
                    }
                    self.hidden_groups.retain(|&depth| xml.depth() >= depth);
                }
                Node::End => return Ok(()),
                Node::Text(_) => {}
            }
        }
    }

    fn element(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Error> {
        let depth = xml.depth();
        match element.name() {
            "absoluteAnchor" | "oneCellAnchor" | "twoCellAnchor" => {
                (self.first, self.last) = (Marker::default(), Marker::default());
            }
            "from" => self.open = Some((Corner::First, depth)),
            "to" => self.open = Some((Corner::Last, depth)),
            "row" | "col" | "rowOff" | "colOff" if self.open.is_some() => {
                let value = xml.text()?;
                self.marker(element.name(), value.trim());
            }
            "cNvPr" => {
                self.number = element.number("id");
                self.hidden = element.is("hidden");
            }
            // The number that the part of the controls uses, where it is another ([MS-ODRAWXML] §2.3.1.5).
            "compatExt" => {
                let name = element.attribute("spid").unwrap_or_default();
                let number = name.rsplit("_s").next().and_then(|n| n.parse().ok());
                self.number = number.or(self.number);
            }
            "grpSpPr" if self.hidden => self.hidden_groups.push(depth.saturating_sub(1)),
            "txBody" => {
                let text = paragraphs(xml)?;
                let kind = if self.hidden || !self.hidden_groups.is_empty() {
                    ShapeKind::Hidden
                } else {
                    ShapeKind::Text
                };
                let range = self.range();
                self.shapes.push((Shape { range, text, kind }, self.number));
            }
            // The same shape again for programs that do not know its kind (ECMA-376-3 §10.2.1).
            "Fallback" => xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn marker(&mut self, name: &str, value: &str) {
        let marker = match self.open {
            Some((Corner::Last, _)) => &mut self.last,
            _ => &mut self.first,
        };
        let count = || value.parse::<u32>().unwrap_or(0).min(1 << 20);
        let offset = || value.parse::<i64>().unwrap_or(0);
        match name {
            "row" => marker.row = count(),
            "col" => marker.column = count(),
            "rowOff" => marker.row_offset = offset(),
            _ => marker.column_offset = offset(),
        }
    }

    /// The cells from the first corner to the last; one that is hardly reached is not covered.
    fn range(&self) -> crate::place::CellRange {
        let reached = |place: u32, offset: i64| place + u32::from(offset > OVERHANG);
        let (first, last) = (self.first, self.last);
        range_to(
            (first.row + 1, first.column + 1),
            (
                reached(last.row, last.row_offset),
                reached(last.column, last.column_offset),
            ),
        )
    }
}

/// The paragraphs of the text body just opened, one line each (§21.1.2).
fn paragraphs(xml: &mut Xml<'_>) -> Result<String, Error> {
    let depth = xml.depth();
    let mut text = String::new();
    let mut started = false;
    while xml.depth() >= depth {
        let Node::Open(element) = xml.next()? else {
            continue;
        };
        match element.name() {
            "p" => {
                if started {
                    text.push('\n');
                }
                started = true;
            }
            "br" => text.push('\n'),
            "t" => text.push_str(&xml.text()?),
            _ => {}
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(drawing: &str, controls: &[u32]) -> Vec<(String, String, bool)> {
        let found = shapes(drawing, &controls.iter().copied().collect());
        let shape = |shape: Shape| {
            let hidden = shape.kind == ShapeKind::Hidden;
            (shape.range.to_string(), shape.text, hidden)
        };
        found.into_iter().map(shape).collect()
    }

    fn anchored(corner: &str, properties: &str, text: &str) -> String {
        format!(
            "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>9</xdr:row></xdr:from><xdr:to>{corner}</xdr:to>\
             <xdr:sp><xdr:nvSpPr><xdr:cNvPr {properties}/></xdr:nvSpPr><xdr:txBody><a:bodyPr/>{text}</xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
        )
    }

    #[test]
    fn text_boxes_have_their_paragraphs_and_their_cells() {
        let corner = "<xdr:col>4</xdr:col><xdr:colOff>9000</xdr:colOff><xdr:row>11</xdr:row><xdr:rowOff>90000</xdr:rowOff>";
        let text = "<a:p><a:r><a:t>※印は</a:t></a:r><a:r><a:t>重点</a:t></a:r></a:p><a:p><a:r><a:t>二段落</a:t></a:r></a:p>";
        let drawing = anchored(corner, "id=\"2\"", text)
            + "<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>0</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p/></xdr:txBody></xdr:sp></xdr:oneCellAnchor>";
        assert_eq!(
            shown(&format!("<xdr:wsDr>{drawing}</xdr:wsDr>"), &[]),
            [("B10:D12".to_owned(), "※印は重点\n二段落".to_owned(), false)]
        );
    }

    #[test]
    fn hidden_shapes_are_told_from_controls() {
        let text = "<a:p><a:r><a:t>済</a:t></a:r></a:p>";
        let drawing = anchored("", "id=\"1025\" hidden=\"1\"", text)
            + &anchored("", "id=\"3\" hidden=\"1\"", text);
        assert_eq!(
            shown(&format!("<xdr:wsDr>{drawing}</xdr:wsDr>"), &[1025]),
            [("B10".to_owned(), "済".to_owned(), true)]
        );
    }
}
