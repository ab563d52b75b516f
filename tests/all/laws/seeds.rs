//! The fixtures -> what each fuzz target begins with.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use seirihyo::read::{ReadOptions, read};
use seirihyo::sheet::{Block, Format, Grid, Line, LineEnd, Reading};

type Seed = (String, Vec<u8>);

/// Text of one seed, in characters: short ones are quickly varied.
const PIECE: usize = 1_500;
/// Bytes of whole files: what the other targets unpack is not looked at twice.
const SMALL: usize = 12_000;

/// The seeds of a target, with names for their files.
pub fn seeds(target: &str) -> Vec<Seed> {
    let of = |endings: &[&str], make: fn(&[u8]) -> Vec<Vec<u8>>| -> Vec<Seed> {
        inputs(endings)
            .into_iter()
            .flat_map(|(name, bytes)| {
                let made = make(&bytes).into_iter().enumerate();
                made.map(move |(at, seed)| (format!("{name}.{at}"), seed))
            })
            .collect()
    };
    let same = |bytes: &[u8]| vec![bytes.to_vec()];
    match target {
        "sniff" => of(&[], same)
            .into_iter()
            .filter(|(_, bytes)| bytes.len() < SMALL)
            .collect(),
        "pdf" => of(&["pdf"], unpacked_pdf),
        "page" => of(&["pdf"], page_contents),
        "places" => (0..24u8).map(drawing).collect(),
        "xls" => of(&["xls"], workbook_stream),
        "xlsx" => of(&["xlsx", "xlsm"], parts),
        "ods" => of(&["ods"], parts),
        "xlsb" => vec![(
            "made".to_owned(),
            parts(&crate::support::binary_workbook::bytes()).remove(0),
        )],
        "csv" => of(&["csv"], same),
        "html" => inside("html", &["<html"], "</html>"),
        "xml" => inside("xml", &["<Workbook", ">"], "</Workbook>"),
        "export" => of(&["txt", "tsv"], same),
        "layout" => of(&[], tables),
        "text" => of(&["csv", "txt", "xls"], texts),
        "layout_file" => files_below("schemas", "toml")
            .into_iter()
            .chain(files_below("fixtures", "toml"))
            .filter(|(name, _)| !name.ends_with("about.toml"))
            .collect(),
        "comparison" => comparisons(),
        other => panic!("no seeds for {other}"),
    }
}

/// Bytes that a table is drawn from: each style, with other columns, rows and words.
fn drawing(number: u8) -> Seed {
    let bytes = (0..40u8).map(|at| match at {
        7 => number,
        _ => at.wrapping_mul(37).wrapping_add(number.wrapping_mul(91)) ^ (at >> 2),
    });
    (format!("table.{number}"), bytes.collect())
}

/// The content of the fixtures in a format with markup: what stands after all of these in turn, up to the end tag.
fn inside(format: &str, after: &[&str], end: &str) -> Vec<Seed> {
    let is_one = |(_, bytes): &Seed| {
        let reading = read(bytes, &ReadOptions::default());
        reading.is_ok_and(|reading| reading.format.name() == format)
    };
    let markup = inputs(&[])
        .into_iter()
        .filter(|(_, bytes)| bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<'));
    let cut = |(name, bytes): Seed| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let rest = after.iter().fold(text.as_str(), |rest, mark| {
            rest.find(mark).map_or(rest, |at| &rest[at + mark.len()..])
        });
        let rest = rest.rfind(end).map_or(rest, |at| &rest[..at]);
        (name, rest.as_bytes().to_vec())
    };
    markup.filter(is_one).map(cut).collect()
}

/// The fixtures' inputs with one of these endings (none: any), named by their case.
fn inputs(endings: &[&str]) -> Vec<Seed> {
    let wanted = |name: &str| {
        let (case, ending) = name.rsplit_once('.').unwrap();
        case.ends_with("input") && (endings.is_empty() || endings.contains(&ending))
    };
    let files = files_below("fixtures", "").into_iter();
    files.filter(|(name, _)| wanted(name)).collect()
}

/// The files with an ending (empty: any) in a folder of the project, their paths as names.
fn files_below(folder: &str, ending: &str) -> Vec<Seed> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    walk(&root.join(folder), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| ending.is_empty() || path.extension().is_some_and(|found| found == ending))
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().to_string_lossy();
            (
                name.replace(['/', '\\'], "."),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect()
}

/// The file with its streams unpacked, so that damage is to what they say.
fn unpacked_pdf(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(mut document) = lopdf::Document::load_mem(bytes) else {
        return Vec::new();
    };
    document.decompress();
    let mut unpacked = Vec::new();
    match document.save_to(&mut unpacked) {
        Ok(()) => vec![unpacked],
        Err(_) => Vec::new(),
    }
}

/// The contents of the pages, their fonts named as the target's frame names them.
fn page_contents(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(document) = lopdf::Document::load_mem(bytes) else {
        return Vec::new();
    };
    let pages = document.get_pages().into_values();
    let contents = pages.map(|page| document.get_page_content(page));
    contents
        .filter(|content| !content.is_empty())
        .take(2)
        .map(|content| {
            let text = String::from_utf8_lossy(&content[..content.len().min(8_000)]).into_owned();
            let content = text.replace("/F", "/B");
            format!(
                "\n=== content\n{content}\n=== map\n1 begincodespacerange <00> <ff> endcodespacerange \
                 2 beginbfchar <20> <3042> <21> <d842dfb7> endbfchar 1 beginbfrange <22> <30> <4e00> endbfrange\
                 \n=== form\nq 0 0 99 99 re W n BT /B 10 Tf 20 20 Td <82a082a2> Tj ET Q\
                 \n=== encoding\n1 begincodespacerange <00> <ff> endcodespacerange \
                 1 begincidrange <20> <7e> 1 endcidrange"
            )
            .into_bytes()
        })
        .collect()
}

fn workbook_stream(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        return Vec::new();
    };
    let mut stream = Vec::new();
    match file.open_stream("/Workbook") {
        Ok(mut entry) => entry.read_to_end(&mut stream).unwrap(),
        Err(_) => return Vec::new(),
    };
    vec![stream]
}

/// A container's parts, unpacked, as the target puts them together again.
fn parts(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Vec::new();
    };
    let mut seed = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        seed.extend(format!("\n=== {}\n", part.name().unwrap()).bytes());
        if part.read_to_end(&mut seed).is_err() {
            return Vec::new();
        }
    }
    vec![seed]
}

/// What is read of a file, as the plain text that the target reads.
fn tables(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(reading) = read(bytes, &ReadOptions::default()) else {
        return Vec::new();
    };
    let mut text = String::new();
    if reading.format == Format::Pdf {
        text.push('%');
    }
    for (at, sheet) in reading.sheets.iter().take(3).enumerate() {
        if at > 0 {
            text.push('\u{c}');
        }
        for block in &sheet.blocks {
            match block {
                Block::Grid(grid) => write_grid(&mut text, &reading, grid),
                Block::Line(line) => text += line.range.of(&reading.text),
            }
            text.push('\n');
        }
    }
    vec![text.into_bytes()]
}

fn write_grid(text: &mut String, reading: &Reading, grid: &Grid) {
    for row in 1..=grid.rows.min(12) {
        for column in 1..=grid.columns.max(2) {
            let covering = grid.cells.iter().find(|cell| cell.covers(row, column));
            match covering {
                None => {}
                Some(cell) if column > cell.column => text.push('←'),
                Some(cell) if row > cell.row => text.push('↑'),
                Some(cell) => write_lines(text, reading, &cell.lines),
            }
            if column < grid.columns.max(2) {
                text.push('\t');
            }
        }
        text.push('\n');
    }
}

fn write_lines(text: &mut String, reading: &Reading, lines: &[Line]) {
    for (at, line) in lines.iter().enumerate() {
        *text += line.range.of(&reading.text);
        if at + 1 < lines.len() {
            text.push(if line.ends == LineEnd::Wrap {
                '↵'
            } else {
                '¶'
            });
        }
    }
}

/// The text of a file in pieces.
fn texts(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(reading) = read(bytes, &ReadOptions::default()) else {
        return Vec::new();
    };
    let characters: Vec<char> = reading.text.chars().collect();
    let pieces = characters.chunks(PIECE).take(3);
    pieces
        .map(|piece| piece.iter().collect::<String>().into_bytes())
        .collect()
}

/// The two years of each comparison that are a table of values each.
fn comparisons() -> Vec<Seed> {
    let files = files_below("fixtures", "csv");
    let old = files.iter().filter(|(name, _)| name.ends_with(".old.csv"));
    let with_new = old.filter_map(|(name, old)| {
        let case = name.strip_suffix(".old.csv")?;
        let (_, new) = files
            .iter()
            .find(|(other, _)| *other == format!("{case}.new.csv"))?;
        let between = super::any_bytes::BETWEEN.as_bytes();
        Some((
            case.to_owned(),
            [old.as_slice(), between, new.as_slice()].concat(),
        ))
    });
    with_new.collect()
}
