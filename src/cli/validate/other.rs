//! Sheets JSON and batch reports held against their meaning.

use super::finding::{Fault, Finding};
use super::import::{coverage, digest};
use crate::compare::Comparison;
use crate::compare::comparison::Summary;
use crate::write::report::Report;
use crate::write::sheets::{BlockJson, CellJson, EndJson, SheetsFile};

/// What does not add up in sheets JSON.
pub fn sheets(file: &SheetsFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    coverage(&file.coverage, &mut findings);
    digest(&file.source.sha256, "source.sha256", &mut findings);
    for (at, sheet) in file.sheets.iter().enumerate() {
        for (block_at, block) in sheet.blocks.iter().enumerate() {
            let BlockJson::Grid {
                rows,
                columns,
                cells,
                ..
            } = block
            else {
                continue;
            };
            for (cell_at, cell) in cells.iter().enumerate() {
                let path = format!("sheets[{at}].blocks[{block_at}].cells[{cell_at}]");
                self::cell(cell, (*rows, *columns), &path, &mut findings);
            }
        }
    }
    findings
}

/// What does not add up in comparison JSON: counts, and goals that do not stand in exactly one pair.
pub fn comparison(file: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut other = |path: &str, detail: String| {
        findings.push(Finding::new(path, &Fault::Other { detail }));
    };
    if Summary::of(&file.pairs) != file.summary {
        other("summary", format!("{:?}", Summary::of(&file.pairs)));
    }
    for (name, goals, of) in [("old", file.old.goals, 0), ("new", file.new.goals, 1)] {
        let pairs = file.pairs.iter();
        let refs = pairs.flat_map(|pair| if of == 0 { &pair.old } else { &pair.new });
        let mut places: Vec<_> = refs.map(|goal| (goal.document, goal.goal)).collect();
        let all = places.len();
        places.sort_unstable();
        places.dedup();
        if places.len() != goals || all != goals {
            other(
                &format!("{name}.goals"),
                format!("{goals} / {all} / {}", places.len()),
            );
        }
    }
    findings
}

fn cell(cell: &CellJson, (rows, columns): (u32, u32), path: &str, findings: &mut Vec<Finding>) {
    let outside = |start: u32, length: u32, size: u32| {
        start == 0 || length == 0 || start.saturating_add(length).saturating_sub(1) > size
    };
    let place = std::slice::from_ref(&cell.place);
    if outside(cell.row, cell.rows, rows) || outside(cell.column, cell.columns, columns) {
        findings.push(Finding::new(path, &Fault::CellOutside).at(place));
    }
    let mut text = String::new();
    for (at, line) in cell.lines.iter().enumerate() {
        text += &line.text;
        if at + 1 < cell.lines.len() && line.ends != EndJson::Wrap {
            text.push('\n');
        }
    }
    if text != cell.text {
        findings.push(Finding::new(path, &Fault::LinesDiffer).at(place));
    }
}

/// What does not add up in a batch report.
pub fn report(report: &Report) -> Vec<Finding> {
    let mut findings = Vec::new();
    let sums = Report::new(&report.program, &report.options, report.files.clone());
    if sums.totals != report.totals {
        findings.push(Finding::new("totals", &Fault::Totals));
    }
    for (at, file) in report.files.iter().enumerate() {
        if let Some(sha256) = &file.sha256 {
            digest(sha256, &format!("files[{at}].sha256"), &mut findings);
        }
        if let Some(of_file) = &file.coverage {
            let mut of_file_findings = Vec::new();
            coverage(of_file, &mut of_file_findings);
            for mut finding in of_file_findings {
                finding.path = format!("files[{at}].coverage");
                findings.push(finding);
            }
        }
    }
    findings
}
