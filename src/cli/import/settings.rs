//! Options -> what an import depends on, and the digest by which a later run knows that nothing changed.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::towns::Towns;
use crate::cli::Status;
use crate::cli::args::{LimitArguments, PasswordArguments, ReadingArguments};
use crate::cli::console::{Console, Tone};
use crate::cli::failure::{Failure, Told};
use crate::cli::files::{self, Location};
use crate::cli::worker::{self, Limits, Workers};
use crate::document::value::Municipality;
use crate::error::{Error, Problem};
use crate::layout::definition::{self, Layout};
use crate::layout::{ImportOptions, Layouts, known};
use crate::message::Language;
use crate::pipeline::{self, Settings};
use crate::read::{Password, ReadOptions, RecognisedLayer, limits};
use crate::text::era::{self, FiscalYearName};

/// Options, checked.
pub struct Resolved {
    /// What each import takes.
    pub settings: Settings,
    /// Who reads the files.
    pub workers: Workers,
    /// Files at a time.
    pub jobs: NonZeroUsize,
    /// What folders say about the files in them.
    pub towns: Towns,
    language: Language,
    digest: OnceLock<String>,
}

impl Resolved {
    /// SHA-256 of what outputs depend on: layouts, municipality, year, language of messages. The built-in layouts
    /// are read for it, which one file alone does without.
    pub fn digest(&self) -> &str {
        self.digest
            .get_or_init(|| digest(&self.settings, &self.towns, self.language))
    }
}

/// Checks options and reads layout files; says what is wrong with them.
pub fn resolve(arguments: &ReadingArguments, console: &Console) -> Result<Resolved, Status> {
    let refuse = |failure: Failure| {
        console.failure("seirihyo", &failure.told());
        Status::Failed
    };
    let municipality = arguments
        .municipality
        .as_deref()
        .map(municipality)
        .transpose()
        .map_err(refuse)?;
    let fiscal_year = arguments
        .fiscal_year
        .as_deref()
        .map(fiscal_year)
        .transpose()
        .map_err(refuse)?;
    let layouts = Layouts {
        own: own_layouts(&arguments.layouts, console)?,
        ..Layouts::default()
    };
    let import = ImportOptions {
        fiscal_year,
        municipality,
    };
    let read = ReadOptions {
        passwords: passwords(&arguments.passwords, console)?,
        recognised_layer: recognised_layer(arguments.ocr_layer),
    };
    let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let settings = Settings {
        read,
        layouts,
        import,
    };
    Ok(Resolved {
        workers: workers(&settings, arguments.limits, console)?,
        settings,
        jobs: arguments.jobs.unwrap_or_else(cores),
        towns: Towns::default(),
        language: console.json_language,
        digest: OnceLock::new(),
    })
}

/// The passwords that are given, in their order, those of the file last.
pub fn passwords(
    arguments: &PasswordArguments,
    console: &Console,
) -> Result<Vec<Password>, Status> {
    let mut passwords: Vec<Password> = arguments.password.iter().cloned().map(Password).collect();
    if let Some(path) = &arguments.passwords {
        let refuse = |message| {
            console.failure(&files::shown(path), &message);
            Status::Failed
        };
        let bytes =
            files::read(&Location::File(path.clone())).map_err(|failure| refuse(failure.told()))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| refuse(Error::from(Problem::UnknownEncoding).told()))?;
        // Spaces may belong to a password; what an editor puts around lines does not.
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.lines().filter(|line| !line.is_empty());
        passwords.extend(lines.map(|line| Password(line.to_owned())));
    }
    Ok(passwords)
}

/// Those who read files with these settings.
pub fn workers(
    settings: &Settings,
    given: LimitArguments,
    console: &Console,
) -> Result<Workers, Status> {
    if given.memory_limit.is_some() && !worker::limits_memory() {
        let message = Failure::NoMemoryLimit.told();
        console.say(Tone::Warning, "seirihyo: ", message.text(console.language));
    }
    let limits = Limits {
        memory: given.memory_limit.unwrap_or(limits::MEMORY_MIB),
        seconds: given.time_limit.unwrap_or(limits::SECONDS),
    };
    Workers::new(settings, limits).map_err(|failure| {
        console.failure("seirihyo", &failure.told());
        Status::Failed
    })
}

/// The user's own layout files.
pub fn own_layouts(paths: &[PathBuf], console: &Console) -> Result<Vec<Layout>, Status> {
    let mut own: Vec<Layout> = Vec::new();
    let mut failed = false;
    for path in paths {
        match layout_file(path) {
            Ok(layout) if own.iter().any(|other| other.name == layout.name) => {
                console.failure(
                    &files::shown(path),
                    &Failure::LayoutTwice { name: layout.name }.told(),
                );
                failed = true;
            }
            Ok(layout) => own.push(layout),
            Err(message) => {
                console.failure(&files::shown(path), &message);
                failed = true;
            }
        }
    }
    if failed { Err(Status::Failed) } else { Ok(own) }
}

/// A layout file, read and checked.
pub fn layout_file(path: &std::path::Path) -> Result<Layout, crate::message::Message> {
    let bytes = files::read(&Location::File(path.to_owned())).map_err(|failure| failure.told())?;
    let text =
        String::from_utf8(bytes).map_err(|_| Error::from(Problem::UnknownEncoding).told())?;
    definition::parse(&text).map_err(|error| error.told())
}

/// What the flag `--ocr-layer` asks for.
pub fn recognised_layer(flag: bool) -> RecognisedLayer {
    if flag {
        RecognisedLayer::Read
    } else {
        RecognisedLayer::SetAside
    }
}

/// A password decides whether a file opens, not what stands in it; it is no part of the digest.
fn digest(settings: &Settings, towns: &Towns, language: Language) -> String {
    let Settings {
        read,
        layouts,
        import,
    } = settings;
    let everything = serde_json::json!({
        "built_in": known::layouts(),
        "own": layouts.own,
        "municipality": import.municipality,
        "fiscal_year": import.fiscal_year,
        "ocr_layer": read.recognised_layer == RecognisedLayer::Read,
        "language": match language {
            Language::Japanese => "ja",
            Language::English => "en",
        },
    });
    let mut everything = everything.to_string();
    if !towns.is_empty() {
        everything += &serde_json::json!({ "towns": towns }).to_string();
    }
    pipeline::sha256(everything.as_bytes())
}

fn fiscal_year(given: &str) -> Result<i32, Failure> {
    fiscal_year_name(given).map(|name| name.year)
}

/// A fiscal year as a person types it.
///
/// # Errors
/// It is none, or one of an era that was long over by then (H99): plans name years a little past an era's end (平成36年度),
/// not twenty years.
pub fn fiscal_year_name(given: &str) -> Result<FiscalYearName, Failure> {
    const PAST_ITS_ERA: i32 = 20;
    let is_likely = |name: &FiscalYearName| {
        FiscalYearName::of_year(name.year)
            .is_some_and(|own| own.era == name.era || own.era_year <= PAST_ITS_ERA)
    };
    era::parse_fiscal_year(given.trim())
        .filter(is_likely)
        .ok_or_else(|| Failure::FiscalYear {
            given: given.to_owned(),
        })
}

/// `132144` or `132144:国分寺市`.
fn municipality(given: &str) -> Result<Municipality, Failure> {
    let (code, name) = given.split_once([':', '：']).unwrap_or((given, ""));
    let (code, name) = (code.trim(), name.trim());
    if !has_check_digit(code) {
        return Err(Failure::Municipality {
            given: given.to_owned(),
        });
    }
    Ok(Municipality {
        code: Some(code.to_owned()),
        name: (!name.is_empty()).then(|| name.to_owned()),
    })
}

/// The last of six digits checks the others: weights 6, 5, 4, 3, 2; 11 less the remainder of their sum
/// by 11, its last digit (JIS X 0402).
pub fn has_check_digit(code: &str) -> bool {
    let digits: Vec<u32> = code.chars().filter_map(|c| c.to_digit(10)).collect();
    let [head @ .., check] = digits.as_slice() else {
        return false;
    };
    let sum: u32 = head
        .iter()
        .zip([6, 5, 4, 3, 2])
        .map(|(digit, weight)| digit * weight)
        .sum();
    code.len() == 6 && digits.len() == 6 && (11 - sum % 11) % 10 == *check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_real_codes() {
        for code in ["132144", "132098", "131016", "271004", "011002", "473821"] {
            assert!(has_check_digit(code), "{code}");
        }
        for code in ["132145", "13214", "1321444", "13214４", "abcdef", ""] {
            assert!(!has_check_digit(code), "{code}");
        }
    }

    #[test]
    fn the_name_may_stand_after_the_code() {
        let named = municipality("132144：国分寺市").map(|m| (m.code, m.name));
        assert_eq!(named, Ok((Some("132144".into()), Some("国分寺市".into()))));
        assert_eq!(municipality("132144").map(|m| m.name), Ok(None));
        assert!(municipality("国分寺市").is_err());
    }
}
