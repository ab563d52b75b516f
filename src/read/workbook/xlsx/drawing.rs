//! A drawing part (ECMA-376-1 §20.5) -> the texts of its shapes, each with the cell where it begins.

use super::super::xml::{Node, Xml};
use crate::error::Error;
use crate::place::CellRange;

/// The texts of a sheet's text boxes, as far as the part is well formed. Charts and pictures have none.
pub(in super::super) fn shapes(text: &str) -> Vec<(CellRange, String)> {
    let mut shapes = Vec::new();
    let mut xml = Xml::new(text, "drawing");
    // What stands before the break is kept.
    let _ = collect(&mut xml, &mut shapes);
    shapes.retain(|(_, text)| !text.trim().is_empty());
    shapes
}

fn collect(xml: &mut Xml<'_>, shapes: &mut Vec<(CellRange, String)>) -> Result<(), Error> {
    let mut cell = CellRange {
        row: 1,
        column: 1,
        rows: 1,
        columns: 1,
    };
    // Depth of the marker with the shape's first cell.
    let mut marker = None;
    loop {
        match xml.next()? {
            Node::Open(element) => match element.name() {
                "from" => marker = Some(xml.depth()),
                "row" if marker.is_some() => cell.row = one_based(&xml.text()?),
                "col" if marker.is_some() => cell.column = one_based(&xml.text()?),
                "txBody" => shapes.push((cell, paragraphs(xml)?)),
                // The same shape again for programs that do not know its kind (ECMA-376-3 §10.2.1).
                "Fallback" => xml.skip()?,
                _ => {}
            },
            Node::Close => {
                if marker.is_some_and(|depth| xml.depth() < depth) {
                    marker = None;
                }
            }
            Node::End => return Ok(()),
            Node::Text(_) => {}
        }
    }
}

/// Markers count from 0.
fn one_based(text: &str) -> u32 {
    text.trim().parse::<u32>().unwrap_or(0).min(1 << 20) + 1
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
    use super::shapes;

    #[test]
    fn text_boxes_have_their_paragraphs_and_their_cell() {
        let found = shapes(
            "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>9</xdr:row></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:row>12</xdr:row></xdr:to>\
             <xdr:sp><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>※印は</a:t></a:r><a:r><a:t>重点</a:t></a:r></a:p><a:p><a:r><a:t>二段落</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>\
             <xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>0</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p/></xdr:txBody></xdr:sp></xdr:oneCellAnchor></xdr:wsDr>",
        );
        let shown: Vec<_> = found
            .iter()
            .map(|(cell, text)| (cell.to_string(), text.as_str()))
            .collect();
        assert_eq!(shown, [("B10".to_owned(), "※印は重点\n二段落")]);
    }
}
