//! A sheet's VML drawing and control parts ([MS-OI29500] §2.1.1741, [MS-XLSX] §2.6.133) -> check boxes and option
//! buttons with their captions and states.

use std::collections::{BTreeMap, BTreeSet};

use super::super::shape::{Shape, range_to};
use super::super::xml::{Node, Xml};
use crate::error::Error;
use crate::place::CellRange;

/// The controls of a sheet.
#[derive(Debug, Default)]
pub(in super::super) struct Controls {
    pub shapes: Vec<Shape>,
    /// The numbers of all controls, buttons and lists too.
    pub numbers: BTreeSet<u32>,
}

/// A shape that is being read.
#[derive(Default)]
struct Control {
    number: Option<u32>,
    kind: String,
    caption: String,
    checked: bool,
    range: Option<CellRange>,
}

/// Reads a VML drawing as far as it is well formed; `states` are those of parts of their own, by the shape's number.
pub(in super::super) fn controls(text: &str, states: &BTreeMap<u32, bool>) -> Controls {
    let mut found = Controls::default();
    let mut xml = Xml::new(text, "vmlDrawing");
    // What stands before the break is kept.
    let _ = collect(&mut xml, states, &mut found);
    found
}

fn collect(
    xml: &mut Xml<'_>,
    states: &BTreeMap<u32, bool>,
    found: &mut Controls,
) -> Result<(), Error> {
    loop {
        match xml.next()? {
            Node::Open(element) if element.name() == "shape" => {
                let id = element.attribute("id").unwrap_or_default();
                let spid = element.attribute("spid").unwrap_or_default();
                let number = |name: &str| name.rsplit("_s").next().and_then(|n| n.parse().ok());
                let number = number(&spid).or_else(|| number(&id));
                let mut control = shape(xml)?;
                control.number = number;
                found.take(control, states);
            }
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

/// The shape just opened.
fn shape(xml: &mut Xml<'_>) -> Result<Control, Error> {
    let depth = xml.depth();
    let mut control = Control::default();
    while xml.depth() >= depth {
        let Node::Open(element) = xml.next()? else {
            continue;
        };
        match element.name() {
            "textbox" => control.caption = caption(xml)?,
            "ClientData" => {
                control.kind = element
                    .attribute("ObjectType")
                    .unwrap_or_default()
                    .into_owned();
            }
            "Anchor" => control.range = anchor(&xml.text()?),
            "Checked" => control.checked = xml.text()?.trim() == "1",
            _ => {}
        }
    }
    Ok(control)
}

/// The words of the text box just opened, white space as in HTML.
fn caption(xml: &mut Xml<'_>) -> Result<String, Error> {
    let text = xml.text()?;
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    Ok(words.join(" "))
}

/// Column, offset, row, offset of the first corner and of the last, counted from 0, offsets in pixels.
fn anchor(text: &str) -> Option<CellRange> {
    let numbers: Vec<u32> = text
        .split(',')
        .map(|number| number.trim().parse::<u32>().unwrap_or(0).min(1 << 20))
        .collect();
    let &[left, _, top, _, right, right_offset, bottom, bottom_offset] = numbers.as_slice() else {
        return None;
    };
    let reached = |place: u32, offset: u32| place + u32::from(offset > 0);
    let last = (reached(bottom, bottom_offset), reached(right, right_offset));
    Some(range_to((top + 1, left + 1), last))
}

impl Controls {
    fn take(&mut self, control: Control, states: &BTreeMap<u32, bool>) {
        if control.kind.is_empty() || control.kind == "Note" {
            return;
        }
        self.numbers.extend(control.number);
        let (kind, caption) = (control.kind.as_str(), control.caption);
        let range = control.range.unwrap_or_else(|| range_to((1, 1), (1, 1)));
        let state = control
            .number
            .and_then(|number| states.get(&number).copied());
        match kind {
            "Checkbox" | "Radio" => {
                let checked = state.unwrap_or(control.checked);
                self.shapes.push(Shape::control(range, &caption, checked));
            }
            // Words that stand on the sheet; lists and scroll bars have none.
            "Label" | "GBox" | "Button" if !caption.is_empty() => {
                self.shapes.push(Shape::text(range, caption));
            }
            _ => {}
        }
    }
}

/// The state that a control's own part says, if it is a check box or option button.
pub(super) fn state(text: &str) -> Option<bool> {
    let mut xml = Xml::new(text, "ctrlProp");
    loop {
        match xml.next().ok()? {
            Node::Open(element) if element.name() == "formControlPr" => {
                let kind = element.attribute("objectType").unwrap_or_default();
                let checked = element.attribute("checked");
                return matches!(&*kind, "CheckBox" | "Radio")
                    .then(|| checked.is_some_and(|state| state == "Checked"));
            }
            Node::End => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_boxes_have_their_caption_their_state_and_their_cell() {
        let shape = |number: u32, kind: &str, inside: &str| {
            format!(
                "<v:shape id=\"_x0000_s{number}\"><v:textbox><div><font>対象\n  外</font></div></v:textbox>\
                 <x:ClientData ObjectType=\"{kind}\"><x:Anchor>8,0,3,0,8,9,4,0</x:Anchor>{inside}</x:ClientData></v:shape>"
            )
        };
        let vml = shape(1025, "Checkbox", "<x:Checked>1</x:Checked>")
            + &shape(1026, "Radio", "")
            + &shape(1027, "Checkbox", "")
            + &shape(1028, "Note", "")
            + &shape(1029, "Drop", "");
        let found = controls(
            &format!("<xml>{vml}</xml>"),
            &BTreeMap::from([(1027, true)]),
        );
        let shown: Vec<_> = found
            .shapes
            .iter()
            .map(|s| (s.range.to_string(), s.text.as_str()))
            .collect();
        let at = || "I4".to_owned();
        assert_eq!(
            shown,
            [(at(), "☑対象 外"), (at(), "☐対象 外"), (at(), "☑対象 外")]
        );
        assert_eq!(found.numbers, BTreeSet::from([1025, 1026, 1027, 1029]));
    }

    #[test]
    fn a_control_part_says_its_state() {
        assert_eq!(
            state("<formControlPr objectType=\"CheckBox\" checked=\"Checked\"/>"),
            Some(true)
        );
        assert_eq!(state("<formControlPr objectType=\"Radio\"/>"), Some(false));
        assert_eq!(state("<formControlPr objectType=\"Drop\"/>"), None);
    }
}
