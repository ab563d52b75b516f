//! What makes a worksheet one to type into: rows that fit themselves, lists over whole columns, marks on what may be last
//! year's.

use std::ops::Range;

use rust_xlsxwriter::{ConditionalFormatFormula, Worksheet, XlsxError, utility};

use super::package::{self, Package};
use super::{Unwritable, form, index};
use crate::write::table::{Entry, Stale, Table};

/// The characters of a formula of a conditional format, fewer than Excel takes (8,192).
const LONGEST_FORMULA: usize = 4_000;
/// The characters of a text within a formula (Excel takes 255).
const LONGEST_TEXT: usize = 120;

/// Whether a row is one of those that people type into.
pub(super) fn is_typed_into(table: &Table, row: usize) -> bool {
    let entry = table.entry.as_ref();
    entry.is_some_and(|entry| entry.rows.contains(&row))
}

/// Makes the heights of the rows that people type into those of the text, not of the sheet's maker (ECMA-376 §18.3.1.73:
/// `ht` without `customHeight`): spreadsheet programs show the row with the height that stands there, and fit it anew as soon as
/// its text changes or it is sorted. The writer that we use sets `customHeight` with every height; without `ht`,
/// LibreOffice opens the row one line high.
///
/// # Errors
/// A workbook that is not as the writer makes it.
pub(super) fn free_heights(package: &mut Package, tables: &[Table]) -> Result<(), Unwritable> {
    for (at, table) in tables.iter().enumerate() {
        let Some(entry) = &table.entry else { continue };
        let name = package::worksheet(at + 1);
        let sheet = package.part(&name);
        sheet
            .and_then(|sheet| free_rows(sheet, entry.rows.clone()))
            .ok_or_else(|| Unwritable(format!("{name}: row heights")))?;
    }
    Ok(())
}

fn free_rows(sheet: &mut String, rows: Range<usize>) -> Option<()> {
    for row in rows {
        let start = sheet.find(&format!("<row r=\"{}\"", row + 1))?;
        let end = start + sheet.get(start..)?.find('>')?;
        if let Some(found) = sheet.get(start..end)?.find(FIXED) {
            let found = start + found;
            sheet.replace_range(found..found + FIXED.len(), "");
        }
    }
    Some(())
}

const FIXED: &str = " customHeight=\"1\"";

/// Sets the lists, the marks and what is not shown.
pub(super) fn set(sheet: &mut Worksheet, table: &Table, entry: &Entry) -> Result<(), XlsxError> {
    lists(sheet, table, entry)?;
    for &column in &entry.hidden {
        sheet.set_column_hidden(index(column))?;
    }
    for stale in &entry.stale {
        marks(sheet, stale)?;
    }
    Ok(())
}

/// One list for each column that offers words, over all rows: rows that are put in between belong to it.
fn lists(sheet: &mut Worksheet, table: &Table, entry: &Entry) -> Result<(), XlsxError> {
    let Some((first, last)) = ends(&entry.rows) else {
        return Ok(());
    };
    let row = table.rows.get(entry.rows.start);
    for cell in row.into_iter().flat_map(|row| &row.cells) {
        if let Some(list) = form::list(&cell.look.choices) {
            let column = index(cell.column);
            sheet.add_data_validation(first, column, last, column, &list)?;
        }
    }
    Ok(())
}

/// Cells are marked as long as one of the words stands in them; sorted or moved, they are marked where they are.
fn marks(sheet: &mut Worksheet, stale: &Stale) -> Result<(), XlsxError> {
    let (Some((first, last)), Some(right)) = (ends(&stale.rows), stale.columns.end.checked_sub(1))
    else {
        return Ok(());
    };
    let left = index(stale.columns.start);
    let cell = format!("${}{}", utility::column_number_to_name(left), first + 1);
    for formula in formulas(&stale.words, &cell) {
        let mark = ConditionalFormatFormula::new()
            .set_rule(formula.as_str())
            .set_format(form::stale());
        sheet.add_conditional_format(first, left, last, index(right), &mark)?;
    }
    Ok(())
}

/// Formulas that hold where one of these words stands in a cell, none longer than a formula may be.
fn formulas(words: &[String], cell: &str) -> Vec<String> {
    let mut formulas: Vec<String> = Vec::new();
    let usable = words
        .iter()
        .filter(|word| word.chars().count() <= LONGEST_TEXT);
    for word in usable {
        let quoted = word.replace('"', "\"\"");
        let found = format!("ISNUMBER(FIND(\"{quoted}\",{cell}))");
        match formulas.last_mut() {
            Some(open) if open.chars().count() + found.chars().count() < LONGEST_FORMULA => {
                open.push(',');
                open.push_str(&found);
            }
            _ => formulas.push(found),
        }
    }
    formulas
        .iter()
        .map(|found| format!("=OR({found})"))
        .collect()
}

/// First and last row, from 0; nothing where there are none.
fn ends(rows: &Range<usize>) -> Option<(u32, u32)> {
    let last = rows.end.checked_sub(1).filter(|last| *last >= rows.start)?;
    Some((u32::try_from(rows.start).ok()?, u32::try_from(last).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_never_longer_than_excel_takes() {
        let words: Vec<String> = (0..1_000).map(|at| format!("令和{at}年度\"末\"")).collect();
        let formulas = formulas(&words, "$D5");
        assert!(formulas.len() > 1);
        assert!(
            formulas
                .iter()
                .all(|formula| formula.chars().count() < 8_192)
        );
        assert!(formulas[0].starts_with("=OR(ISNUMBER(FIND(\"令和0年度\"\"末\"\"\",$D5)),"));
    }
}
