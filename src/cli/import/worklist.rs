//! The notes of a batch -> its causes, failures first: `import-notes.xlsx`, and the list that closes a run on the screen.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::row::Row;
use super::to_do::{Reach, is_for_a_person, reach, to_do};
use crate::cli::console::{Console, Tone, visible};
use crate::cli::files;
use crate::cli::links;
use crate::document::whereabouts::Whereabouts;
use crate::message::{Language, Message};
use crate::note::{Note, Severity};
use crate::place::Place;
use crate::write::report::{FileReport, Outcome};
use crate::write::table::worklist::{Entry, table};
use crate::write::xlsx::{Setting, Unwritable, workbook};

/// How grave a cause is, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gravity {
    /// A file that gave no documents.
    Failed,
    /// A document in a format that is not read.
    Unread,
    /// Something of a file could not be read.
    Error,
    /// A person should look.
    Warning,
    /// Something is missing that a person can say.
    Missing,
}

/// Something that a person can settle, with every place where it shows.
pub struct Cause {
    gravity: Gravity,
    /// Whether it is about a file as a whole, which has few words and no place.
    is_of_file: bool,
    found: Message,
    /// Notes that say something else than the first.
    otherwise: usize,
    to_do: Message,
    spots: Vec<Spot>,
}

/// A place where a cause shows.
struct Spot {
    /// The file as the report names it.
    file: String,
    /// The file as the user named it.
    shown: String,
    source: Option<PathBuf>,
    place: Option<Place>,
    whereabouts: Whereabouts,
    text: Option<String>,
}

impl Spot {
    fn of(row: &Row) -> Self {
        Self {
            file: visible(&row.report.input),
            shown: row.shown.clone(),
            source: row.source.clone(),
            place: None,
            whereabouts: Whereabouts::default(),
            text: None,
        }
    }
}

/// File (where the cause is the file's own), code, and message (where the code has several causes).
type Key<'a> = (Option<&'a str>, &'a str, Option<&'a str>);

/// The causes of what these files have to say, and of the sources that are gone, the gravest first, then in the order of the
/// files.
pub fn causes<'a>(rows: impl IntoIterator<Item = &'a Row>, gone: &[&FileReport]) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    let mut known: HashMap<Key<'_>, usize> = HashMap::new();
    for row in rows {
        causes.extend(of_file(row));
        let listed = row.notes.iter().enumerate();
        for (at, note) in listed.filter(|(_, note)| note.code != "failed" && is_for_a_person(note))
        {
            let message = note.message.text(Language::Japanese);
            let file = row.report.input.as_str();
            let key = match reach(&note.code) {
                Reach::File => (Some(file), note.code.as_str(), None),
                Reach::Named => (Some(file), note.code.as_str(), Some(message)),
                Reach::Form => (None, note.code.as_str(), Some(message)),
            };
            let index = *known.entry(key).or_insert_with(|| {
                causes.push(of_note(note));
                causes.len() - 1
            });
            let Some(cause) = causes.get_mut(index) else {
                continue;
            };
            cause.otherwise += usize::from(cause.found.text(Language::Japanese) != message);
            cause.spots.push(Spot {
                place: note.place.clone(),
                whereabouts: row.whereabouts.get(at).cloned().unwrap_or_default(),
                text: note.text.clone(),
                ..Spot::of(row)
            });
        }
    }
    causes.extend(of_gone(gone));
    causes.sort_by_key(|cause| cause.gravity);
    causes
}

fn of_note(note: &Note) -> Cause {
    Cause {
        gravity: match note.severity {
            Severity::Error => Gravity::Error,
            Severity::Warning => Gravity::Warning,
            Severity::Info => Gravity::Missing,
        },
        is_of_file: false,
        found: note.message.clone(),
        otherwise: 0,
        to_do: to_do(&note.code),
        spots: Vec::new(),
    }
}

/// What is to be said of a file as a whole: it failed, it was not read, or its output, which somebody edited, was kept.
fn of_file(row: &Row) -> Option<Cause> {
    let message = row.message.as_ref()?;
    let gravity = match row.report.outcome {
        Outcome::Failed => Gravity::Failed,
        Outcome::Ignored if row.is_document => Gravity::Unread,
        Outcome::Skipped => Gravity::Warning,
        _ => return None,
    };
    // A failure says what is wrong, a colon, and what to do; what is wrong may have colons of its own.
    let half = |language: Language, first: bool| {
        let text = message.text(language);
        let halves = text.rsplit_once(": ").unwrap_or((text, ""));
        (if first { halves.0 } else { halves.1 }).to_owned()
    };
    let halves = |first| {
        Message::new(
            half(Language::Japanese, first),
            half(Language::English, first),
        )
    };
    Some(Cause {
        gravity,
        is_of_file: true,
        found: halves(true),
        otherwise: 0,
        to_do: halves(false),
        spots: vec![Spot::of(row)],
    })
}

/// Outputs whose sources are gone.
fn of_gone(rows: &[&FileReport]) -> Option<Cause> {
    let spot = |row: &&FileReport| Spot {
        file: visible(&row.input),
        shown: row.input.clone(),
        source: None,
        place: None,
        whereabouts: Whereabouts::default(),
        text: None,
    };
    (!rows.is_empty()).then(|| Cause {
        gravity: Gravity::Warning,
        is_of_file: true,
        found: Message::new(
            "元のファイルがなくなりました。取り込んだ結果は残っています",
            "the source is gone, but what was imported of it is still there",
        ),
        otherwise: 0,
        to_do: Message::new(
            "要らなければ、同じ命令に --prune を付けて消してください",
            "remove it with the same command and --prune if it is not wanted either",
        ),
        spots: rows.iter().map(spot).collect(),
    })
}

impl Cause {
    fn files(&self) -> usize {
        let files: BTreeSet<&str> = self.spots.iter().map(|spot| spot.file.as_str()).collect();
        files.len()
    }

    fn found(&self, language: Language) -> String {
        let found = self.found.text(language);
        match (self.otherwise, language) {
            (0, _) => found.to_owned(),
            (n, Language::Japanese) => format!("{found}（ほか同様に{n}件）"),
            (n, Language::English) => format!("{found} ({n} more like it)"),
        }
    }

    /// What is wrong, a colon, and what to do.
    fn said(&self, language: Language) -> String {
        let (found, to_do) = (self.found.text(language), self.to_do.text(language));
        let colon = if to_do.is_empty() { "" } else { ": " };
        format!("{found}{colon}{to_do}")
    }

    /// The first places in the first file, and how many others there are in all.
    fn places(&self, language: Language) -> String {
        const NAMED: usize = 3;
        let Some(first) = self.spots.first() else {
            return String::new();
        };
        let of_first = self.spots.iter().filter(|spot| spot.file == first.file);
        let mut named: Vec<String> = Vec::new();
        for place in of_first.filter_map(|spot| spot.place.as_ref()) {
            let place = place.to_string();
            if named.len() < NAMED && !named.contains(&place) {
                named.push(place);
            }
        }
        let rest = self.spots.len().saturating_sub(named.len());
        let mut words = named.join(match language {
            Language::Japanese => "、",
            Language::English => ", ",
        });
        if rest > 0 && !words.is_empty() {
            let _ = match language {
                Language::Japanese => write!(words, " ほか{rest}"),
                Language::English => write!(words, " and {rest} more"),
            };
        }
        words
    }

    /// The words at its places, each once.
    fn text(&self) -> String {
        const LONGEST: usize = 120;
        const NAMED: usize = 4;
        let mut words: Vec<&str> = Vec::new();
        for text in self.spots.iter().filter_map(|spot| spot.text.as_deref()) {
            if words.len() < NAMED && !words.contains(&text) {
                words.push(text);
            }
        }
        let words = words.join("\n");
        match words.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
            None => words,
        }
    }

    fn entry(&self, folder: &Path, language: Language) -> Entry {
        let Some(first) = self.spots.first() else {
            return Entry::default();
        };
        let others = self.files() - 1;
        let file = match (others, language) {
            (0, _) => first.file.clone(),
            (n, Language::Japanese) => format!("{} ほか{n}ファイル", first.file),
            (n, Language::English) => format!("{} and {n} more files", first.file),
        };
        let source = first.source.as_deref();
        Entry {
            gravity: self.gravity.word(language).to_owned(),
            file,
            places: self.places(language),
            count: self.spots.len(),
            goal: first.whereabouts.goal.clone().unwrap_or_default(),
            column: first.whereabouts.column.clone().unwrap_or_default(),
            found: self.found(language),
            to_do: self.to_do.text(language).to_owned(),
            text: self.text(),
            link: source.and_then(|file| links::link(file, first.place.as_ref(), folder)),
        }
    }
}

impl Gravity {
    fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Failed, Language::Japanese) => "失敗",
            (Self::Unread, Language::Japanese) => "未読",
            (Self::Error, Language::Japanese) => "重大",
            (Self::Warning, Language::Japanese) => "警告",
            (Self::Missing, Language::Japanese) => "不明",
            (Self::Failed, Language::English) => "failed",
            (Self::Unread, Language::English) => "not read",
            (Self::Error, Language::English) => "error",
            (Self::Warning, Language::English) => "warning",
            (Self::Missing, Language::English) => "missing",
        }
    }
}

/// The list as a workbook in an output folder.
///
/// # Errors
/// The writer's, see [`workbook`].
pub fn list(causes: &[Cause], folder: &Path, language: Language) -> Result<Vec<u8>, Unwritable> {
    /// Lines of the list: more than a person works through, and fewer than the links that a worksheet may have (65,530).
    const LINES: usize = 20_000;
    let left_out = causes.len().saturating_sub(LINES);
    let listed = causes.iter().take(LINES);
    let mut entries: Vec<Entry> = listed.map(|cause| cause.entry(folder, language)).collect();
    if entries.is_empty() {
        let nothing = match language {
            Language::Japanese => "確かめることはありません。",
            Language::English => "There is nothing to look at.",
        };
        entries.push(Entry {
            found: nothing.to_owned(),
            ..Entry::default()
        });
    }
    workbook(&[table(entries, left_out, language)], &Setting::default())
}

/// Says every failure, and the first of the other causes.
pub fn tell(causes: &[Cause], folder: Option<&Path>, console: &Console) {
    const SAID: usize = 20;
    let language = console.language;
    let (failures, others): (Vec<&Cause>, Vec<&Cause>) = causes
        .iter()
        .partition(|cause| cause.gravity == Gravity::Failed);
    for cause in failures {
        let file = cause.spots.first().map(|spot| spot.shown.as_str());
        let message = Message::new(
            cause.said(Language::Japanese),
            cause.said(Language::English),
        );
        console.failure(file.unwrap_or_default(), &message);
    }
    for cause in others.iter().take(SAID) {
        let Some(first) = cause.spots.first() else {
            continue;
        };
        let files = cause.files();
        let count = match (files, cause.spots.len(), language) {
            (1, 1, _) => String::new(),
            (1, n, Language::Japanese) => format!("（{n}か所）"),
            (1, n, Language::English) => format!(" ({n} places)"),
            (n, _, Language::Japanese) => format!("（{n}ファイル）"),
            (n, _, Language::English) => format!(" ({n} files)"),
        };
        let place = first.place.as_ref().map(|place| format!(" {place}"));
        let place = place.unwrap_or_default();
        let about = format!(
            "{}: {}{place}{count}: ",
            cause.gravity.word(language),
            first.shown
        );
        let said = if cause.is_of_file {
            cause.said(language)
        } else {
            cause.found(language)
        };
        console.say(Tone::Warning, &about, &said);
    }
    let rest = others.len().saturating_sub(SAID);
    if rest > 0 {
        let list = folder.map_or_else(
            || files::NOTES.to_owned(),
            |folder| files::shown(&folder.join(files::WORKLIST)),
        );
        let text = match language {
            Language::Japanese => format!("ほかに{rest}件: {list}"),
            Language::English => format!("{rest} more: {list}"),
        };
        console.say(Tone::Warning, "", &text);
    }
}
