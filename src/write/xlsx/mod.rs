//! Tables -> a workbook (ECMA-376, transitional) that prints as it should: one worksheet for each table.

mod entry;
mod font;
mod form;
mod measure;
mod name;
mod package;
mod pages;
mod phonetic;
mod split;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError, utility,
};

use crate::form::Paper;
use crate::text::date::Date;
use crate::text::era::Era;
use crate::write::table::{Cell, Content, Look, Run, Size, Table};
pub use font::{FONTS, Font};
use package::Package;
use phonetic::Phonetic;

/// How sheets are set.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The font.
    pub font: Font,
    /// The size of its letters.
    pub size: LetterSize,
    /// The paper, where it is not to be each table's own.
    pub paper: Option<Paper>,
}

/// The size of letters in points, within what is readable and fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LetterSize(f64);

impl LetterSize {
    /// A size of 6 to 24 points, in halves.
    pub fn new(points: f64) -> Option<Self> {
        let halves = points * 2.0;
        ((6.0..=24.0).contains(&points) && (halves - halves.round()).abs() < 1e-9)
            .then_some(Self(points))
    }
}

impl Default for LetterSize {
    fn default() -> Self {
        Self(BASE_SIZE)
    }
}

/// The size of the font that column widths are counted in, points: at 11 points a half-width character has
/// 8 pixels. Columns keep their widths whatever the size of the letters, so that larger ones print larger.
const BASE_SIZE: f64 = 11.0;
/// Pixels of a half-width character of the base font at 96 dots an inch.
const HALF_WIDTH_PIXELS: f64 = 8.0;
/// The same of a font that stands in for a missing one, with digits of 0.636 em (`DejaVu`), in whole pixels: spreadsheet programs count a column's
/// width in digits of the font that they have.
const WIDEST_PIXELS: f64 = 10.0;
/// Pixels that a column has beside its characters (ECMA-376 §18.3.1.13).
const COLUMN_PADDING: f64 = 5.0;
/// Points in a pixel at 96 dots an inch.
const PIXEL: f64 = 0.75;

/// What measuring needs to know.
struct Measures {
    font: Font,
    /// Points.
    size: f64,
}

impl Measures {
    /// The size of letters, points.
    fn letters(&self, size: Size) -> f64 {
        match size {
            Size::Text => self.size,
            Size::Title => (self.size * 1.4).round(),
        }
    }
    /// From line to line, points.
    fn pitch(&self, size: Size) -> f64 {
        self.letters(size) * self.font.pitch
    }
}

/// Why there is no workbook: a defect of this program or of the writer that it uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable(String);

impl std::fmt::Display for Unwritable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl From<XlsxError> for Unwritable {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

/// The bytes of a workbook. The same tables and setting give the same bytes.
///
/// # Errors
/// More rows or columns than a worksheet has, and nothing else that tables can say.
pub fn workbook(tables: &[Table], setting: &Setting) -> Result<Vec<u8>, Unwritable> {
    let measures = Measures {
        font: setting.font,
        size: setting.size.0,
    };
    let mut workbook = Workbook::new();
    // 18 pixels: a line of 11 points; 72: eight characters of 8 pixels and the padding, as Excel rounds it.
    workbook.set_default_format(&form::base(&measures), 18, 72)?;
    // No date of making: the same documents give the same bytes.
    let never = ExcelDateTime::from_ymd(1980, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&never));
    let names = name::worksheet_names(tables.iter().map(|table| table.name.as_str()));
    let mut readings = Vec::new();
    for (at, (table, name)) in tables.iter().zip(names).enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        for (cell, runs) in write_sheet(sheet, table, setting, &measures)? {
            readings.push(Phonetic {
                sheet: at + 1,
                cell,
                runs,
            });
        }
    }
    let workbook = workbook.save_to_buffer()?;
    if readings.is_empty() && tables.iter().all(|table| table.entry.is_none()) {
        return Ok(workbook);
    }
    let mut package = Package::of(workbook)?;
    phonetic::set(&mut package, &readings, measures.font.name)?;
    entry::free_heights(&mut package, tables)?;
    package.packed()
}

/// A cell's address and its words with their readings.
type ReadAloud = (String, Vec<Run>);

fn write_sheet(
    sheet: &mut Worksheet,
    table: &Table,
    setting: &Setting,
    measures: &Measures,
) -> Result<Vec<ReadAloud>, XlsxError> {
    let paper = setting.paper.unwrap_or(table.paper);
    let (width, height) = form::printable(paper, table.orientation);
    let scale = |digit: f64| (width / own_width(table, digit).max(1.0)).min(1.0);
    let mut placed = split::place(table, measures, height / scale(HALF_WIDTH_PIXELS));
    // A sheet with pages of its own is not fitted to the page's width, so that it must fit in any font.
    let fixed = scale(WIDEST_PIXELS);
    let starts = match &table.entry {
        Some(_) => Vec::new(),
        None => pages::starts(&placed.rows, &placed.repeated, height / fixed),
    };
    pages::merge_down(&mut placed.rows, &starts);
    for (at, &width) in table.widths.iter().enumerate() {
        sheet.set_column_width(index(at), width)?;
    }
    let mut formats = Formats::default();
    let mut readings = Vec::new();
    for (at, row) in placed.rows.iter().enumerate() {
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        sheet.set_row_height(number, row.height)?;
        for cell in &row.cells {
            write_cell(sheet, number, cell, table, measures, &mut formats)?;
            readings.extend(read_aloud(number, cell));
        }
    }
    form::page(sheet, table, paper, &placed, measures)?;
    if let Some(entry) = &table.entry {
        entry::set(sheet, table, entry)?;
        return Ok(readings);
    }
    if !starts.is_empty() {
        form::pages(sheet, &starts, fixed)?;
    }
    Ok(readings)
}

/// The width of a table, points, where a digit has so many pixels.
fn own_width(table: &Table, digit: f64) -> f64 {
    let widths = table.widths.iter();
    widths
        .map(|&width| (width * digit + COLUMN_PADDING) * PIXEL)
        .sum()
}

/// What a cell has of readings.
fn read_aloud(row: u32, cell: &Cell) -> Option<ReadAloud> {
    let Content::Words(runs) = &cell.content else {
        return None;
    };
    let has_reading = runs.iter().any(|run| run.reading.is_some());
    let address = utility::row_col_to_cell(row, index(cell.column));
    has_reading.then(|| (address, runs.clone()))
}

fn index(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// The formats of a sheet, each made once.
#[derive(Default)]
struct Formats(Vec<(Look, Kind, Format)>);

/// What a format depends on beside the look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Day,
    Other,
}

impl Formats {
    fn of(&mut self, look: &Look, content: &Content, measures: &Measures) -> Format {
        let kind = match content {
            Content::Day(_) => Kind::Day,
            _ => Kind::Other,
        };
        if let Some((.., known)) = self.0.iter().find(|(a, b, _)| a == look && *b == kind) {
            return known.clone();
        }
        let format = form::format(look, content, measures);
        self.0.push((look.clone(), kind, format.clone()));
        format
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    cell: &Cell,
    table: &Table,
    measures: &Measures,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    let content = shown(cell, table, measures);
    let format = formats.of(&cell.look, &content, measures);
    let column = index(cell.column);
    let last_row = row + u32::try_from(cell.rows).unwrap_or(1).max(1) - 1;
    let last_column = index(cell.column + cell.columns.max(1) - 1);
    if last_row > row || last_column > column {
        sheet.merge_range(row, column, last_row, last_column, "", &format)?;
    }
    match &content {
        Content::Blank => {
            sheet.write_blank(row, column, &format)?;
        }
        Content::Number(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &format)?;
        }
        Content::Day(day) => {
            sheet.write_datetime_with_format(row, column, excel_day(*day)?, &format)?;
        }
        Content::Words(runs) => match &cell.link {
            Some(link) => write_link(sheet, (row, column), runs, link, &format)?,
            None => write_words(sheet, (row, column), runs, &cell.look, &format, measures)?,
        },
    }
    let is_own = !entry::is_typed_into(table, row as usize);
    if let Some(list) = form::list(&cell.look.choices).filter(|_| is_own) {
        sheet.add_data_validation(row, column, row, column, &list)?;
    }
    Ok(())
}

/// Words that lead somewhere, in the colour and with the line by which links are known; a link too long for the file format
/// is left out.
fn write_link(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    runs: &[Run],
    link: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let words: String = runs.iter().map(|run| run.text.as_str()).collect();
    let format = form::linked(format.clone());
    let url = Url::new(link).set_text(&words);
    if sheet
        .write_url_with_format(row, column, url, &format)
        .is_err()
    {
        sheet.write_string_with_format(row, column, words, &format)?;
    }
    Ok(())
}

fn write_words(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    runs: &[Run],
    look: &Look,
    format: &Format,
    measures: &Measures,
) -> Result<(), XlsxError> {
    use crate::write::table::Emphasis;
    if runs.iter().all(|run| run.emphasis == Emphasis::None) {
        let words: String = runs.iter().map(|run| run.text.as_str()).collect();
        sheet.write_string_with_format(row, column, words, format)?;
        return Ok(());
    }
    let set: Vec<(Format, &str)> = runs
        .iter()
        .filter(|run| !run.text.is_empty())
        .map(|run| {
            let format = form::run_format(run.emphasis, look.size, measures);
            (format, run.text.as_str())
        })
        .collect();
    let segments: Vec<(&Format, &str)> = set.iter().map(|(format, text)| (format, *text)).collect();
    sheet.write_rich_string_with_format(row, column, &segments, format)?;
    Ok(())
}

/// The half-width characters that the longest day needs: 令和10年12月31日 has 16.
const WIDEST_DAY: f64 = 18.0;

/// Numbers and days whose column is too narrow are written in words: a number that does not fit is shown as
/// ####. So is a day before the first that spreadsheets count.
fn shown(cell: &Cell, table: &Table, measures: &Measures) -> Content {
    let room = split::room(cell, table, measures);
    match cell.content {
        Content::Number(number) if number.to_string().len() as f64 + 1.0 > room => {
            Content::words(number.to_string())
        }
        Content::Day(day) if room < WIDEST_DAY || day.year() <= 1900 => {
            let era = Era::of(day);
            let year = day.year() - era.offset();
            let (month, day) = (day.month(), day.day());
            Content::words(format!("{}{year}年{month}月{day}日", era.name()))
        }
        _ => cell.content.clone(),
    }
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, day.month(), day.day())
}
