//! The workbook part and its relationships -> which sheets there are, where, and what is said of each.

use std::collections::BTreeMap;

use super::super::cells::Results;
use super::super::number_format::Epoch;
use super::super::relationships::{of_kind, relationships};
use super::super::worksheet::Visibility;
use super::super::xml::{Element, Node, Xml, decode};
use crate::error::{Error, Problem};
use crate::place::CellRange;
use crate::read::container::Container;

/// What the workbook part and its relationships say.
pub(super) struct Package {
    /// Worksheets in the order of their tabs; chart and macro sheets have no cells to read.
    pub sheets: Vec<SheetEntry>,
    pub shared_strings: Option<String>,
    pub styles: Option<String>,
    pub epoch: Epoch,
    pub results: Results,
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
    /// The part with its comments' and controls' shapes.
    pub vml: Option<String>,
    /// The parts of its controls, by their relationships.
    pub controls: BTreeMap<String, String>,
    /// Rows of `_xlnm.Print_Titles`, 1-based.
    pub title_rows: Option<(u32, u32)>,
    /// Ranges of `_xlnm.Print_Area`.
    pub print_areas: Vec<CellRange>,
}

impl Package {
    /// Reads the workbook part and what it refers to.
    ///
    /// # Errors
    /// There is no workbook part, or it is damaged.
    pub(super) fn read(container: &mut Container<'_>) -> Result<Self, Error> {
        let root = relationships(container, "")?;
        let path = of_kind(&root, "officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let bytes = container.part(&path)?.ok_or_else(|| Problem::Damaged {
            reason: path.clone(),
        })?;
        let own = relationships(container, &path)?;
        let mut described = Described::read(&decode(&bytes), &path)?;
        let properties =
            of_kind(&root, "extended-properties").unwrap_or_else(|| "docProps/app.xml".to_owned());
        let producer = container
            .part(&properties)
            .ok()
            .flatten()
            .and_then(|bytes| producer(&decode(&bytes)));
        let mut sheets = Vec::new();
        let all = std::mem::take(&mut described.sheets);
        for (position, sheet) in all.into_iter().enumerate() {
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
            let vml = of_kind(&beside, "vmlDrawing");
            let controls = beside
                .into_iter()
                .filter(|(_, part)| part.kind == "ctrlProp");
            let controls = controls.map(|(id, part)| (id, part.target)).collect();
            let title_rows = described.titles.get(&position).copied();
            let print_areas = described.areas.remove(&position).unwrap_or_default();
            sheets.push(SheetEntry {
                name: sheet.name,
                visibility: sheet.visibility,
                path,
                comments,
                drawing,
                vml,
                controls,
                title_rows,
                print_areas,
            });
        }
        Ok(Self {
            sheets,
            shared_strings: of_kind(&own, "sharedStrings"),
            styles: of_kind(&own, "styles"),
            epoch: described.epoch,
            results: described.results,
            producer,
        })
    }
}

/// What the workbook part itself says.
struct Described {
    sheets: Vec<DescribedSheet>,
    /// Print titles by the position of their sheet.
    titles: BTreeMap<usize, (u32, u32)>,
    /// Print areas by the position of their sheet.
    areas: BTreeMap<usize, Vec<CellRange>>,
    epoch: Epoch,
    results: Results,
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
            areas: BTreeMap::new(),
            epoch: Epoch::From1900,
            results: Results::Calculated,
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
            "calcPr" if element.is("fullCalcOnLoad") => self.results = Results::ToBeCalculated,
            "definedName" => {
                let name = element.attribute("name").unwrap_or_default().into_owned();
                let titles = name.eq_ignore_ascii_case("_xlnm.Print_Titles");
                let sheet = element.number::<usize>("localSheetId");
                let text = xml.text()?;
                if let (true, Some(sheet), Some(rows)) = (titles, sheet, print_title_rows(&text)) {
                    self.titles.insert(sheet, rows);
                }
                if let (true, Some(sheet)) = (name.eq_ignore_ascii_case("_xlnm.Print_Area"), sheet)
                {
                    self.areas.insert(sheet, print_areas(&text));
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

/// `'組織目標'!$A$1:$H$20,'組織目標'!$A$30:$H$40` -> the ranges; whole rows and columns are left out.
pub(in super::super) fn print_areas(reference: &str) -> Vec<CellRange> {
    let parts = reference.split(',');
    let areas = parts.filter_map(|part| CellRange::parse(part.rsplit('!').next()?));
    areas.collect()
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

#[cfg(test)]
mod tests {
    use super::*;

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
