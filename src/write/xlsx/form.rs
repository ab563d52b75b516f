//! Looks and page settings -> those of the spreadsheet's format.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder,
    FormatUnderline, Worksheet, XlsxError,
};

use super::Measures;
use super::split::Placed;
use crate::form::{Align, Direction, Orientation, Paper};
use crate::write::table::{Content, Emphasis, Ground, Look, Position, Rules, Size, Table};

/// Margins of a page, points: left, right, top, bottom, header, footer.
const MARGINS: [f64; 6] = [30.0, 30.0, 42.0, 48.0, 20.0, 24.0];
/// Points in an inch, the unit of margins in the file (ECMA-376 §18.3.1.62).
const INCH: f64 = 72.0;
/// A day as 令和8年4月1日 (`[$-411]`: Japanese; `ggg` the era, `e` its year).
const ERA_DAY: &str = r#"[$-411]ggge"年"m"月"d"日""#;

/// The printable part of a page in points: width, height.
pub(super) fn printable(paper: Paper, orientation: Orientation) -> (f64, f64) {
    let (short, long) = match paper {
        Paper::A4 => (595.28, 841.89),
        Paper::A3 => (841.89, 1190.55),
    };
    let (width, height) = match orientation {
        Orientation::Landscape => (long, short),
        Orientation::Portrait => (short, long),
    };
    let [left, right, top, bottom, ..] = MARGINS;
    (width - left - right, height - top - bottom)
}

/// The font of everything that no cell sets.
pub(super) fn base(measures: &Measures) -> Format {
    Format::new()
        .set_font_name(measures.font.name)
        .set_font_size(super::BASE_SIZE)
        .set_font_charset(128)
        .set_font_family(measures.font.family)
        .set_align(FormatAlign::VerticalCenter)
}

/// A look as a cell format.
pub(super) fn format(look: &Look, content: &Content, measures: &Measures) -> Format {
    let mut format = Format::new()
        .set_font_name(measures.font.name)
        .set_font_size(measures.letters(look.size))
        .set_font_charset(128)
        .set_font_family(measures.font.family)
        .set_align(match look.align {
            Align::Left => FormatAlign::Left,
            Align::Center => FormatAlign::Center,
            Align::Right => FormatAlign::Right,
        })
        .set_align(match look.position {
            Position::Top => FormatAlign::Top,
            Position::Middle => FormatAlign::VerticalCenter,
        });
    if look.indent > 0 {
        format = format.set_indent(look.indent);
    }
    if look.size == Size::Title {
        format = format.set_bold();
    }
    format = match look.rules {
        Rules::None => format,
        Rules::Thin => format.set_border(FormatBorder::Thin),
        Rules::HeavyAbove => format
            .set_border(FormatBorder::Thin)
            .set_border_top(FormatBorder::Medium),
    };
    if look.ground == Ground::Shaded {
        format = format.set_background_color(Color::RGB(0x00F2_F2F2));
    }
    format = match look.direction {
        Direction::Horizontal => format.set_text_wrap(),
        // 270 is written as textRotation 255: upright characters, one below the other. They do not wrap.
        Direction::Vertical => format.set_rotation(270),
    };
    // Words have no format of their own: of cells that are set to text, spreadsheets have shown long ones as ####.
    match content {
        Content::Day(_) => format.set_num_format(ERA_DAY),
        Content::Words(_) | Content::Number(_) | Content::Blank => format,
    }
}

/// The colours of changed words; dark enough to be read in a copy without colour.
const INSERTED: Color = Color::RGB(0x000A_4FA0);
const DELETED: Color = Color::RGB(0x00A3_221C);

/// The font of a stretch of words.
pub(super) fn run_format(emphasis: Emphasis, size: Size, measures: &Measures) -> Format {
    let format = Format::new()
        .set_font_name(measures.font.name)
        .set_font_size(measures.letters(size))
        .set_font_charset(128)
        .set_font_family(measures.font.family);
    match emphasis {
        Emphasis::None => format,
        Emphasis::Inserted => format
            .set_underline(FormatUnderline::Single)
            .set_font_color(INSERTED),
        Emphasis::Deleted => format
            .set_underline(FormatUnderline::Single)
            .set_font_color(DELETED),
        Emphasis::Struck => format.set_font_strikethrough().set_font_color(DELETED),
        Emphasis::Reworded => format.set_underline(FormatUnderline::Single),
        Emphasis::Moved => format.set_underline(FormatUnderline::Double),
    }
}

/// What is behind words that may be last year's.
pub(super) fn stale() -> Format {
    Format::new().set_background_color(Color::RGB(0x00FF_F2CC))
}

/// The same format for words that lead somewhere.
pub(super) fn linked(format: Format) -> Format {
    format
        .set_underline(FormatUnderline::Single)
        .set_font_color(INSERTED)
}

/// The words that a cell offers as a list. Another word is accepted after a question: a form's list may be
/// behind the city's own. A list too long for the file format is left out.
pub(super) fn list(choices: &[String]) -> Option<DataValidation> {
    if choices.is_empty() {
        return None;
    }
    let list = DataValidation::new().allow_list_strings(choices).ok()?;
    list.set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("一覧にない言葉です")
        .ok()?
        .set_error_message("一覧にない言葉を入力しますか。")
        .ok()
}

/// Paper, margins, one page wide, headings on each page, page numbers, what stays in view.
pub(super) fn page(
    sheet: &mut Worksheet,
    table: &Table,
    paper: Paper,
    placed: &Placed,
    measures: &Measures,
) -> Result<(), XlsxError> {
    // ECMA-376 §18.3.1.63: 9 is A4, 8 is A3.
    sheet.set_paper_size(match paper {
        Paper::A4 => 9,
        Paper::A3 => 8,
    });
    match table.orientation {
        Orientation::Landscape => sheet.set_landscape(),
        Orientation::Portrait => sheet.set_portrait(),
    };
    let [left, right, top, bottom, header, footer] = MARGINS.map(|points| points / INCH);
    sheet.set_margins(left, right, top, bottom, header, footer);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_footer(format!("&C&\"{},標準\"&10&P / &N", measures.font.name));
    let first = u32::try_from(placed.repeated.start).unwrap_or(0);
    let end = u32::try_from(placed.repeated.end).unwrap_or(0);
    if end > first {
        sheet.set_repeat_rows(first, end - 1)?;
        freeze(sheet, table, placed, end)?;
        filter(sheet, table, placed, end)?;
    }
    Ok(())
}

/// The filter's buttons stand in the last row of the headings.
fn filter(
    sheet: &mut Worksheet,
    table: &Table,
    placed: &Placed,
    end: u32,
) -> Result<(), XlsxError> {
    let last = u32::try_from(placed.rows.len()).unwrap_or(0);
    let columns = u16::try_from(table.widths.len()).unwrap_or(0);
    if table.filtered && last > end && columns > 0 {
        sheet.autofilter(end - 1, 0, last - 1, columns - 1)?;
    }
    Ok(())
}

/// Where pages begin. Fitted to one page wide, spreadsheet programs leave these out; so the sheet is scaled to
/// that width by a percentage.
pub(super) fn pages(sheet: &mut Worksheet, starts: &[u32], scale: f64) -> Result<(), XlsxError> {
    sheet.set_print_scale((scale * 100.0).floor().clamp(10.0, 100.0) as u16);
    sheet.set_page_breaks(starts)?;
    Ok(())
}

/// Rows that stay in view, points: less than half of a small screen.
const TALLEST_IN_VIEW: f64 = 260.0;

/// Headings stay in view, unless what stands above them would fill the window.
fn freeze(
    sheet: &mut Worksheet,
    table: &Table,
    placed: &Placed,
    end: u32,
) -> Result<(), XlsxError> {
    let above: f64 = placed
        .rows
        .iter()
        .take(end as usize)
        .map(|row| row.height)
        .sum();
    let rows = if above <= TALLEST_IN_VIEW { end } else { 0 };
    let columns = u16::try_from(table.frozen_columns).unwrap_or(0);
    if rows > 0 || columns > 0 {
        sheet.set_freeze_panes(rows, columns)?;
    }
    Ok(())
}
