//! The workbook part and its relationships -> which sheets there are, where, and what is said of each.

use std::collections::BTreeMap;

use super::super::number_format::Epoch;
use super::super::worksheet::Visibility;
use super::super::xml::{Element, Node, Xml, decode};
use crate::error::{Error, Problem};
use crate::read::container::Container;

/// What the workbook part and its relationships say.
pub(super) struct Package {
    /// Worksheets in the order of their tabs; chart and macro sheets have no cells to read.
    pub sheets: Vec<SheetEntry>,
    pub shared_strings: Option<String>,
    pub styles: Option<String>,
    pub epoch: Epoch,
    pub producer: Option<String>,
}

/// A worksheet as the workbook part names it.
#[derive(Debug, Clone)]
pub(super) struct SheetEntry {
    pub name: String,
    pub visibility: Visibility,
    /// The part's name; `None` if the relationship is missing.
    pub path: Option<String>,
    /// The part with its comments.
    pub comments: Option<String>,
    /// The part with its drawings.
    pub drawing: Option<String>,
    /// Rows of `_xlnm.Print_Titles`, 1-based.
    pub title_rows: Option<(u32, u32)>,
}

/// A relationship: the last word of its type, and its target as a part name.
pub(in super::super) struct Relationship {
    pub kind: String,
    pub target: String,
}

impl Package {
    /// Reads the workbook part and what it refers to.
    ///
    /// # Errors
    /// There is no workbook part, or it is damaged.
    pub(super) fn read(container: &mut Container<'_>) -> Result<Self, Error> {
        let root = relationships(container, "")?;
        let of_kind = |relationships: &BTreeMap<String, Relationship>, kind: &str| {
            relationships
                .values()
                .find(|r| r.kind == kind)
                .map(|r| r.target.clone())
        };
        let path = of_kind(&root, "officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let bytes = container.part(&path)?.ok_or_else(|| Problem::Damaged {
            reason: path.clone(),
        })?;
        let own = relationships(container, &path)?;
        let described = Described::read(&decode(&bytes), &path)?;
        let properties =
            of_kind(&root, "extended-properties").unwrap_or_else(|| "docProps/app.xml".to_owned());
        let producer = container
            .part(&properties)
            .ok()
            .flatten()
            .and_then(|bytes| producer(&decode(&bytes)));
        let mut sheets = Vec::new();
        for (position, sheet) in described.sheets.into_iter().enumerate() {
            let target = own.get(&sheet.relationship);
            if target.is_some_and(|target| target.kind != "worksheet") {
                continue;
            }
            let path = target.map(|target| target.target.clone());
            let beside = match &path {
                Some(path) => relationships(container, path)?,
                None => BTreeMap::new(),
            };
            let comments = of_kind(&beside, "comments");
            let drawing = of_kind(&beside, "drawing");
            let title_rows = described.titles.get(&position).copied();
            sheets.push(SheetEntry {
                name: sheet.name,
                visibility: sheet.visibility,
                path,
                comments,
                drawing,
                title_rows,
            });
        }
        Ok(Self {
            sheets,
            shared_strings: of_kind(&own, "sharedStrings"),
            styles: of_kind(&own, "styles"),
            epoch: described.epoch,
            producer,
        })
    }
}

/// What the workbook part itself says.
struct Described {
    sheets: Vec<DescribedSheet>,
    /// Print titles by the position of their sheet.
    titles: BTreeMap<usize, (u32, u32)>,
    epoch: Epoch,
}

struct DescribedSheet {
    name: String,
    visibility: Visibility,
    relationship: String,
}

impl Described {
    fn read(text: &str, path: &str) -> Result<Self, Error> {
        let mut xml = Xml::new(text, path);
        let mut found = Self {
            sheets: Vec::new(),
            titles: BTreeMap::new(),
            epoch: Epoch::From1900,
        };
        loop {
            match xml.next()? {
                Node::Open(element) => found.element(&element, &mut xml)?,
                Node::End => return Ok(found),
                Node::Close | Node::Text(_) => {}
            }
        }
    }

    fn element(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Error> {
        match element.name() {
            "sheet" => self.sheets.push(DescribedSheet {
                name: element.attribute("name").unwrap_or_default().into_owned(),
                visibility: match element.attribute("state").as_deref() {
                    Some("hidden" | "veryHidden") => Visibility::Hidden,
                    _ => Visibility::Visible,
                },
                relationship: element.attribute("id").unwrap_or_default().into_owned(),
            }),
            "workbookPr" if element.is("date1904") => self.epoch = Epoch::From1904,
            "definedName" => {
                let titles = element
                    .attribute("name")
                    .is_some_and(|name| name.eq_ignore_ascii_case("_xlnm.Print_Titles"));
                let sheet = element.number::<usize>("localSheetId");
                let text = xml.text()?;
                if let (true, Some(sheet), Some(rows)) = (titles, sheet, print_title_rows(&text)) {
                    self.titles.insert(sheet, rows);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// `'組織目標'!$A:$B,'組織目標'!$3:$4` -> (3, 4). A sheet's name may hold commas; the rows never do.
pub(in super::super) fn print_title_rows(reference: &str) -> Option<(u32, u32)> {
    reference.rsplit(',').find_map(|part| {
        let rows = part.rsplit('!').next()?.replace('$', "");
        let (first, last) = rows.split_once(':')?;
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (first >= 1 && first <= last).then_some((first, last))
    })
}

/// The program that wrote the file, as its extended properties name it (ECMA-376-1 §22.2.2.1).
pub(in super::super) fn producer(text: &str) -> Option<String> {
    let mut xml = Xml::new(text, "docProps/app.xml");
    loop {
        match xml.next().ok()? {
            Node::Open(element) if element.name() == "Application" => {
                return super::super::program_name(&xml.text().ok()?);
            }
            Node::End => return None,
            _ => {}
        }
    }
}

/// The relationships of a part (ECMA-376-2 §6.5); `""` is the package itself.
pub(in super::super) fn relationships(
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

/// A target relative to a folder, or absolute, as a part name.
fn resolve(folder: &str, target: &str) -> String {
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
        assert_eq!(
            resolve("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(
            resolve("xl", "/xl/worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(
            resolve("xl/worksheets", "../comments1.xml"),
            "xl/comments1.xml"
        );
        assert_eq!(resolve("", "xl/workbook.xml"), "xl/workbook.xml");
    }

    #[test]
    fn print_titles_give_their_rows() {
        assert_eq!(print_title_rows("'組織目標'!$3:$3"), Some((3, 3)));
        assert_eq!(
            print_title_rows("'目標,令和8年度'!$A:$B,'目標,令和8年度'!$3:$4"),
            Some((3, 4))
        );
        assert_eq!(
            print_title_rows("組織目標!$1:$2,組織目標!$A:$A"),
            Some((1, 2))
        );
        assert_eq!(print_title_rows("組織目標!$A:$A"), None);
    }
}
