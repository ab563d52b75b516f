//! `--municipalities FILE.toml`: folders -> the municipality and the fiscal year of what stands in them, so that the folders
//! of many towns are read in one run.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::settings::{fiscal_year_name, has_check_digit};
use crate::cli::failure::Told;
use crate::cli::files::{self, Found, Location};
use crate::document::value::Municipality;
use crate::error::{Error, Problem};
use crate::layout::ImportOptions;
use crate::message::Message;
use crate::toml_file::{self, Fault, Step};

/// What folders say about the files in them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Towns(Vec<Town>);

/// What one folder says.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Town {
    /// Below the path that is imported, with `/`, composed characters.
    path: String,
    municipality: Option<Municipality>,
    fiscal_year: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    folder: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    code: Option<String>,
    name: Option<String>,
    fiscal_year: Option<Year>,
}

/// A year as people write it in such a file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Year {
    Number(i32),
    Words(String),
}

impl Year {
    fn words(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Words(words) => words.clone(),
        }
    }
}

impl Towns {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read, is no such file, or contradicts itself; with line and column.
    pub fn read(path: &Path) -> Result<Self, Message> {
        let bytes =
            files::read(&Location::File(path.to_owned())).map_err(|failure| failure.told())?;
        let text =
            String::from_utf8(bytes).map_err(|_| Error::from(Problem::UnknownEncoding).told())?;
        Self::parse(&text).map_err(|error| error.told())
    }

    fn parse(text: &str) -> Result<Self, Error> {
        let written: Written = toml_file::parse_checked(text, fault)?;
        let town = |entry: Entry| Town {
            path: plain(&entry.path).unwrap_or_default(),
            municipality: (entry.code.is_some() || entry.name.is_some()).then_some(Municipality {
                code: entry.code,
                name: entry.name,
            }),
            fiscal_year: entry.fiscal_year.and_then(|year| {
                let name = fiscal_year_name(&year.words()).ok()?;
                Some(name.year)
            }),
        };
        Ok(Self(written.folder.into_iter().map(town).collect()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is known of a file: what its innermost folder says, then those around it, then what holds for all files.
    pub fn options(&self, found: &Found, all: &ImportOptions) -> Option<ImportOptions> {
        let mut holding: Vec<&Town> = self.0.iter().filter(|town| town.holds(found)).collect();
        holding.sort_by_key(|town| town.path.len());
        let said = holding
            .iter()
            .fold(all.clone(), |around, town| ImportOptions {
                fiscal_year: town.fiscal_year.or(around.fiscal_year),
                municipality: town.municipality.clone().or(around.municipality),
            });
        (!holding.is_empty()).then_some(said)
    }

    /// Folders in which none of these files stands.
    pub fn without_files<'a>(&'a self, found: &'a [Found]) -> impl Iterator<Item = &'a str> {
        let towns = self.0.iter();
        let empty = towns.filter(|town| !found.iter().any(|file| town.holds(file)));
        empty.map(|town| town.path.as_str())
    }
}

impl Town {
    fn holds(&self, found: &Found) -> bool {
        let below = found.input.strip_prefix(&self.path);
        below.is_some_and(|below| below.starts_with('/'))
    }
}

/// A folder's path as reports write it; `None` if it is no plain path below another.
fn plain(path: &str) -> Option<String> {
    let path = files::composed(path).replace('\\', "/");
    let path = path
        .strip_prefix("./")
        .unwrap_or(&path)
        .trim_end_matches('/');
    let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(':');
    path.split('/').all(is_plain).then(|| path.to_owned())
}

/// The first thing that makes no sense.
fn fault(written: &Written) -> Option<Fault> {
    let at = |index: usize, key: &'static str, ja: String, en: String| {
        Some(Fault {
            path: vec![Step::Key("folder"), Step::Index(index), Step::Key(key)],
            ja,
            en,
        })
    };
    for (index, entry) in written.folder.iter().enumerate() {
        let Some(path) = plain(&entry.path) else {
            let shown = &entry.path;
            return at(
                index,
                "path",
                format!(
                    "「{shown}」は読み込むフォルダーの中のフォルダーの名前ではありません: 「緑野市」「2026/緑野市」のように書いてください"
                ),
                format!(
                    "“{shown}” is no folder below the one that is imported: write it as 緑野市 or 2026/緑野市"
                ),
            );
        };
        let before = written.folder.iter().take(index);
        let same = |other: &Entry| plain(&other.path).as_ref() == Some(&path);
        if let Some(first) = before.clone().position(same) {
            return at(
                index,
                "path",
                format!(
                    "「{path}」が二つあります（{}つめと{}つめ）: どちらかにしてください",
                    first + 1,
                    index + 1
                ),
                format!(
                    "“{path}” stands twice (entries {} and {}): keep one",
                    first + 1,
                    index + 1
                ),
            );
        }
        if let Some(code) = entry.code.as_ref().filter(|code| !has_check_digit(code)) {
            return at(
                index,
                "code",
                format!(
                    "「{code}」は6桁の市町村コードではありません: 検査数字まで書いてください（132144）"
                ),
                format!(
                    "“{code}” is no six-digit municipality code with its check digit: write it as 132144"
                ),
            );
        }
        let year = entry.fiscal_year.as_ref().map(Year::words);
        if let Some(year) = year.filter(|year| fiscal_year_name(year).is_err()) {
            return at(
                index,
                "fiscal_year",
                format!(
                    "「{year}」は年度ではありません: 2026、R8、令和8年度のように書いてください"
                ),
                format!("“{year}” is no fiscal year: write it as 2026, R8 or 令和8年度"),
            );
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        let error = Towns::parse(text).unwrap_err();
        error
            .message()
            .text(crate::message::Language::English)
            .to_owned()
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_its_line() {
        for (text, words) in [
            ("[[folder]]\npath = \"../緑野市\"\n", "line 2"),
            ("[[folder]]\npath = \"/緑野市\"\n", "no folder below"),
            ("[[folder]]\npath = \"C:/緑野市\"\n", "no folder below"),
            ("[[folder]]\npath = \"\"\n", "no folder below"),
            (
                "[[folder]]\npath = \"甲\"\n[[folder]]\npath = \"甲/\"\n",
                "entries 1 and 2",
            ),
            ("[[folder]]\npath = \"甲\"\ncode = \"132145\"\n", "line 3"),
            (
                "[[folder]]\npath = \"甲\"\nfiscal_year = \"H99\"\n",
                "no fiscal year",
            ),
            ("[[folder]]\npath = \"甲\"\nyear = 2026\n", "year"),
        ] {
            assert!(refused(text).contains(words), "{text}: {}", refused(text));
        }
    }
}
