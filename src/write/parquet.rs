//! Flat rows -> Parquet: every column optional, plain values, uncompressed. The format is the part of the
//! Apache Parquet specification 2.x that flat tables need; a crate for it would be larger than this program.

mod thrift;

use super::flat::{Column, Flag, Kind, Value};
use crate::text::date::Date;
use thrift::{Struct, list};

/// What a file begins and ends with.
const MAGIC: &[u8] = b"PAR1";
/// Rows of a row group: its pages stay far below the format's 2 GiB.
const GROUP: usize = 10_000;

/// The bytes of a Parquet file.
pub fn file(columns: &[Column], rows: &[Vec<Value>], created_by: &str) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    let mut groups: Vec<Vec<u8>> = Vec::new();
    for group in rows.chunks(GROUP) {
        groups.push(row_group(&mut bytes, columns, group));
    }
    let mut schema = vec![root(columns.len())];
    schema.extend(columns.iter().map(schema_element));
    let footer = Struct::new()
        .int(1, 1)
        .raw(2, thrift::LIST, &list(thrift::STRUCT, &schema))
        .long(3, rows.len() as i64)
        .raw(4, thrift::LIST, &list(thrift::STRUCT, &groups))
        .text(6, created_by)
        .end();
    bytes.extend_from_slice(&footer);
    bytes.extend_from_slice(&(footer.len() as u32).to_le_bytes());
    bytes.extend_from_slice(MAGIC);
    bytes
}

/// The physical type (`Type` of parquet.thrift).
fn physical(kind: Kind) -> i32 {
    match kind {
        Kind::Flag => 0,
        Kind::Day => 1,
        Kind::Integer => 2,
        Kind::Number => 5,
        Kind::Text => 6,
    }
}

fn root(children: usize) -> Vec<u8> {
    Struct::new().text(4, "goals").int(5, children as i32).end()
}

/// An optional column; `ConvertedType` and `LogicalType` say what its bytes mean.
fn schema_element(column: &Column) -> Vec<u8> {
    const OPTIONAL: i32 = 1;
    let element = Struct::new()
        .int(1, physical(column.kind))
        .int(3, OPTIONAL)
        .text(4, column.name);
    let empty = Struct::new().end();
    match column.kind {
        Kind::Text => {
            let logical = Struct::new().raw(1, thrift::STRUCT, &empty).end();
            element.int(6, 0).raw(10, thrift::STRUCT, &logical).end()
        }
        Kind::Day => {
            let logical = Struct::new().raw(6, thrift::STRUCT, &empty).end();
            element.int(6, 6).raw(10, thrift::STRUCT, &logical).end()
        }
        _ => element.end(),
    }
}

/// Writes a row group's pages; its description is given back.
fn row_group(bytes: &mut Vec<u8>, columns: &[Column], rows: &[Vec<Value>]) -> Vec<u8> {
    let begin = bytes.len();
    let mut chunks: Vec<Vec<u8>> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let cells = rows.iter().map(|row| row.get(at).unwrap_or(&Value::Null));
        let page = page(column.kind, cells);
        let header = page_header(page.len(), rows.len());
        let offset = bytes.len();
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(&page);
        let size = (header.len() + page.len()) as i64;
        chunks.push(column_chunk(column, offset as i64, size, rows.len()));
    }
    Struct::new()
        .raw(1, thrift::LIST, &list(thrift::STRUCT, &chunks))
        .long(2, (bytes.len() - begin) as i64)
        .long(3, rows.len() as i64)
        .end()
}

/// `Encoding` of parquet.thrift.
const PLAIN: i32 = 0;
const RLE: i32 = 3;

fn page_header(size: usize, values: usize) -> Vec<u8> {
    let data = Struct::new()
        .int(1, values as i32)
        .int(2, PLAIN)
        .int(3, RLE)
        .int(4, RLE)
        .end();
    Struct::new()
        .int(1, 0)
        .int(2, size as i32)
        .int(3, size as i32)
        .raw(5, thrift::STRUCT, &data)
        .end()
}

fn column_chunk(column: &Column, offset: i64, size: i64, values: usize) -> Vec<u8> {
    let encodings = list(
        thrift::I32,
        &[
            thrift::zigzag(i64::from(PLAIN)),
            thrift::zigzag(i64::from(RLE)),
        ],
    );
    let path = list(thrift::BINARY, &[thrift::binary(column.name)]);
    let meta = Struct::new()
        .int(1, physical(column.kind))
        .raw(2, thrift::LIST, &encodings)
        .raw(3, thrift::LIST, &path)
        .int(4, 0)
        .long(5, values as i64)
        .long(6, size)
        .long(7, size)
        .long(9, offset)
        .end();
    Struct::new()
        .long(2, offset)
        .raw(3, thrift::STRUCT, &meta)
        .end()
}

/// A page's bytes: which cells are there (definition levels, run lengths), then those values.
fn page<'a>(kind: Kind, cells: impl Iterator<Item = &'a Value> + Clone) -> Vec<u8> {
    let levels = levels(cells.clone().map(|cell| *cell != Value::Null));
    let mut page = (levels.len() as u32).to_le_bytes().to_vec();
    page.extend_from_slice(&levels);
    if kind == Kind::Flag {
        page.extend_from_slice(&bits(cells));
        return page;
    }
    for cell in cells {
        match cell {
            Value::Text(text) => {
                page.extend_from_slice(&(text.len() as u32).to_le_bytes());
                page.extend_from_slice(text.as_bytes());
            }
            Value::Integer(number) => page.extend_from_slice(&number.to_le_bytes()),
            Value::Number(number) => page.extend_from_slice(&number.to_le_bytes()),
            Value::Day(day) => page.extend_from_slice(&days(*day).to_le_bytes()),
            Value::Null | Value::Flag(_) => {}
        }
    }
    page
}

/// Runs of equal levels: their length, doubled, then the level (the RLE half of the hybrid encoding).
fn levels(present: impl Iterator<Item = bool>) -> Vec<u8> {
    let mut runs: Vec<(u64, bool)> = Vec::new();
    for is_there in present {
        match runs.last_mut().filter(|(_, level)| *level == is_there) {
            Some((length, _)) => *length += 1,
            None => runs.push((1, is_there)),
        }
    }
    let mut bytes = Vec::new();
    for (length, level) in runs {
        thrift::varint(&mut bytes, length << 1);
        bytes.push(u8::from(level));
    }
    bytes
}

/// Flags as bits, the first in the lowest.
fn bits<'a>(cells: impl Iterator<Item = &'a Value>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let flags = cells.filter_map(|cell| match cell {
        Value::Flag(flag) => Some(*flag == Flag::Yes),
        _ => None,
    });
    for (at, flag) in flags.enumerate() {
        if at % 8 == 0 {
            bytes.push(0);
        }
        if let Some(last) = bytes.last_mut() {
            *last |= u8::from(flag) << (at % 8);
        }
    }
    bytes
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn days(date: Date) -> i32 {
    let (month, day) = (i32::from(date.month()), i32::from(date.day()));
    // Years begin in March, so that the leap day is a year's last.
    let year = if month <= 2 {
        date.year() - 1
    } else {
        date.year()
    };
    let century = year.div_euclid(400);
    let of_century = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let of_era = of_century * 365 + of_century / 4 - of_century / 100 + of_year;
    century * 146_097 + of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let day = |year, month, day| days(Date::new(year, month, day).unwrap());
        assert_eq!(day(1970, 1, 1), 0);
        assert_eq!(day(2000, 2, 29), 11_016);
        assert_eq!(day(2026, 4, 1), 20_544);
        assert_eq!(day(1969, 12, 31), -1);
    }

    #[test]
    fn levels_are_runs_and_flags_bits() {
        assert_eq!(levels([true, true, false].into_iter()), [4, 1, 2, 0]);
        let flags: Vec<Value> = [Flag::Yes, Flag::No, Flag::Yes].map(Value::Flag).to_vec();
        assert_eq!(bits(flags.iter()), [0b101]);
    }

    #[test]
    fn a_file_begins_and_ends_as_the_format_says() {
        let columns = [Column {
            name: "item",
            kind: Kind::Text,
        }];
        let bytes = file(
            &columns,
            &[vec![Value::Text("緑".into())], vec![Value::Null]],
            "test",
        );
        assert!(bytes.starts_with(MAGIC) && bytes.ends_with(MAGIC));
        let length =
            u32::from_le_bytes(bytes[bytes.len() - 8..bytes.len() - 4].try_into().unwrap());
        assert!((length as usize) < bytes.len() - 12);
    }
}
