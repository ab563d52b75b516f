//! The relationships and content types of an Office Open XML package (ECMA-376-2 §6.5, §7.2) -> which part is which.

use std::collections::BTreeMap;

use super::xml::{Node, Xml, decode};
use crate::error::Error;
use crate::read::container::Container;
use crate::sheet::Format;

/// A relationship: the last word of its type, and its target as a part name.
pub(super) struct Relationship {
    pub kind: String,
    pub target: String,
}

/// The relationships of a part by their identifiers; `""` is the package itself.
///
/// # Errors
/// The part with the relationships is damaged or too large.
pub(super) fn relationships(
    container: &mut Container<'_>,
    part: &str,
) -> Result<BTreeMap<String, Relationship>, Error> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = if folder.is_empty() {
        format!("_rels/{name}.rels")
    } else {
        format!("{folder}/_rels/{name}.rels")
    };
    let mut found = BTreeMap::new();
    let Some(bytes) = container.part(&path)? else {
        return Ok(found);
    };
    let text = decode(&bytes);
    let mut xml = Xml::new(&text, &path);
    loop {
        match xml.next()? {
            Node::Open(element) if element.name() == "Relationship" => {
                let kind = element.attribute("Type").unwrap_or_default();
                let target = element.attribute("Target").unwrap_or_default();
                found.insert(
                    element.attribute("Id").unwrap_or_default().into_owned(),
                    Relationship {
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        target: resolve(folder, &target),
                    },
                );
            }
            Node::End => return Ok(found),
            _ => {}
        }
    }
}

/// The target of the first relationship of this kind.
pub(super) fn of_kind(
    relationships: &BTreeMap<String, Relationship>,
    kind: &str,
) -> Option<String> {
    let mut targets = relationships.values();
    let found = targets.find(|relationship| relationship.kind == kind)?;
    Some(found.target.clone())
}

/// Which workbook a package is, by the content type of the part that its office-document relationship names. A
/// default type of an ending says nothing of a part with an `Override`, and some writers list types of parts that
/// they never write.
pub(crate) fn workbook_format(container: &mut Container<'_>) -> Option<Format> {
    let root = relationships(container, "").ok()?;
    let target = of_kind(&root, "officeDocument")?;
    let bytes = container.part("[Content_Types].xml").ok().flatten()?;
    let kind = content_type(&decode(&bytes), &target)?;
    if kind.contains("sheet.binary") {
        Some(Format::Xlsb)
    } else if kind.to_ascii_lowercase().contains("macroenabled.main") {
        Some(Format::Xlsm)
    } else if kind.contains("spreadsheetml") {
        Some(Format::Xlsx)
    } else {
        None
    }
}

/// The content type of a part: its own, or that of its ending.
fn content_type(text: &str, part: &str) -> Option<String> {
    let ending = part.rsplit_once('.').map_or("", |(_, ending)| ending);
    let mut xml = Xml::new(text, "[Content_Types].xml");
    let mut of_ending = None;
    while let Ok(node) = xml.next() {
        let element = match node {
            Node::Open(element) => element,
            Node::End => break,
            _ => continue,
        };
        let kind = || {
            element
                .attribute("ContentType")
                .map(std::borrow::Cow::into_owned)
        };
        match element.name() {
            "Override" => {
                let name = element.attribute("PartName").unwrap_or_default();
                if resolve("", &name).eq_ignore_ascii_case(part) {
                    return kind();
                }
            }
            "Default" => {
                let own = element.attribute("Extension").unwrap_or_default();
                if own.eq_ignore_ascii_case(ending) {
                    of_ending = kind();
                }
            }
            _ => {}
        }
    }
    of_ending
}

/// A target relative to a folder, or absolute, as a part name. Some writers use `\` for `/`.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect(),
    };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        for (folder, target, part) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            (
                "xl",
                "/xl/worksheets/sheet1.xml",
                "xl/worksheets/sheet1.xml",
            ),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
            (
                "xl",
                "\\xl\\worksheets\\sheet1.xml",
                "xl/worksheets/sheet1.xml",
            ),
            (
                "xl",
                "//xl/./worksheets/sheet1.xml",
                "xl/worksheets/sheet1.xml",
            ),
        ] {
            assert_eq!(resolve(folder, target), part, "{target}");
        }
    }

    #[test]
    fn a_part_has_its_own_type_before_that_of_its_ending() {
        let types = "<Types><Default Extension=\"bin\" ContentType=\"binary\"/><Default Extension=\"xml\" ContentType=\"other\"/>\
                     <Override PartName=\"/xl/workbook.xml\" ContentType=\"main\"/></Types>";
        assert_eq!(
            content_type(types, "xl/workbook.xml").as_deref(),
            Some("main")
        );
        assert_eq!(content_type(types, "xl/book.xml").as_deref(), Some("other"));
        assert_eq!(
            content_type(types, "xl/workbook.bin").as_deref(),
            Some("binary")
        );
    }
}
