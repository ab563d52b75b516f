//! Which language people are spoken to in: `--lang`, else the system's.

use std::ffi::OsString;

use crate::message::Language;

/// What `--lang` says, read before the command line is parsed: its errors and help need it already.
pub fn chosen(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    let mut chosen = None;
    while let Some(word) = words.next() {
        let value = match word.as_ref() {
            "--" => break,
            "--lang" => words.next(),
            other => other
                .strip_prefix("--lang=")
                .map(|value| value.to_owned().into()),
        };
        chosen = match value.as_deref() {
            Some("ja") => Some(Language::Japanese),
            Some("en") => Some(Language::English),
            _ => chosen,
        };
    }
    chosen
}

/// The system's language: Japanese on a Japanese system, English otherwise.
pub fn system() -> Language {
    let variables =
        ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
    of_locale(
        variables
            .iter()
            .find(|value| !value.is_empty())
            .cloned()
            .or_else(of_desktop)
            .as_deref(),
    )
}

/// Windows and macOS keep the language in the user's settings, not in the environment.
#[cfg(any(windows, target_os = "macos"))]
fn of_desktop() -> Option<String> {
    sys_locale::get_locale()
}

#[cfg(not(any(windows, target_os = "macos")))]
fn of_desktop() -> Option<String> {
    None
}

/// `ja_JP.UTF-8` (POSIX), `ja-JP` (BCP 47) and `Japanese_Japan.932` (C runtime of Windows) are Japanese.
fn of_locale(locale: Option<&str>) -> Language {
    let name = locale.unwrap_or_default().to_ascii_lowercase();
    let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if matches!(language, "ja" | "japanese") {
        Language::Japanese
    } else {
        Language::English
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_wherever_it_stands() {
        let words = |line: &str| -> Vec<OsString> { line.split(' ').map(Into::into).collect() };
        assert_eq!(
            chosen(&words("seirihyo import x --lang ja")),
            Some(Language::Japanese)
        );
        assert_eq!(
            chosen(&words("seirihyo --lang=en import x")),
            Some(Language::English)
        );
        assert_eq!(chosen(&words("seirihyo import -- --lang ja")), None);
        assert_eq!(chosen(&words("seirihyo import --lang fr")), None);
    }

    #[test]
    fn locales_of_every_system() {
        for name in ["ja_JP.UTF-8", "ja", "ja-JP", "Japanese_Japan.932"] {
            assert_eq!(of_locale(Some(name)), Language::Japanese, "{name}");
        }
        for name in ["C", "C.UTF-8", "en_US.UTF-8", "jam_JM", ""] {
            assert_eq!(of_locale(Some(name)), Language::English, "{name}");
        }
        assert_eq!(of_locale(None), Language::English);
    }
}
