//! Errors of usage in the user's language; the parser's own texts are English.

use std::error::Error;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::console::visible;
use crate::message::Language;

/// Prints what clap says; in colours only if no word that it may quote drives a terminal.
pub fn print(error: &clap::Error, words: &[OsString]) {
    let is_tame = |word: &OsString| {
        let word = word.to_string_lossy();
        visible(&word) == word
    };
    if words.iter().all(is_tame) {
        // Nobody is left to be told if standard error is closed.
        let _ = error.print();
    } else {
        eprint!("{}", visible(&error.render().to_string()));
    }
}

/// The error's text, as it is printed.
pub fn text(error: &clap::Error, language: Language) -> String {
    match language {
        Language::English => error.render().to_string(),
        Language::Japanese => japanese(error),
    }
}

fn japanese(error: &clap::Error) -> String {
    let value = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (arg, given) = (
        value(ContextKind::InvalidArg),
        value(ContextKind::InvalidValue),
    );
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("「{arg}」という引数はありません"),
        ErrorKind::InvalidSubcommand => {
            format!(
                "「{}」というコマンドはありません",
                value(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingRequiredArgument => format!("引数が足りません: {arg}"),
        ErrorKind::MissingSubcommand => "コマンドを指定してください".to_owned(),
        ErrorKind::ArgumentConflict if arg == value(ContextKind::PriorArg) => {
            format!("「{arg}」は一度だけ指定できます")
        }
        ErrorKind::ArgumentConflict => {
            format!(
                "「{arg}」は「{}」と一緒には使えません",
                value(ContextKind::PriorArg)
            )
        }
        ErrorKind::InvalidValue if given.is_empty() => format!("「{arg}」に値がありません"),
        ErrorKind::InvalidValue => format!("「{arg}」の値「{given}」は正しくありません"),
        ErrorKind::ValueValidation => {
            let expected = expected_number(error);
            format!("「{arg}」の値「{given}」は正しくありません（{expected}）")
        }
        ErrorKind::TooManyValues => format!("「{arg}」に余分な値「{given}」があります"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("「{arg}」の値の数が合いません")
        }
        ErrorKind::NoEquals => format!("「{arg}」は = で値を指定してください"),
        ErrorKind::InvalidUtf8 => "引数にUTF-8でない文字があります".to_owned(),
        _ => return error.render().to_string(),
    };
    let mut text = format!("使い方の誤り: {what}\n");
    for (kind, heading) in [
        (ContextKind::ValidValue, "使える値"),
        (ContextKind::SuggestedArg, "近い引数"),
        (ContextKind::SuggestedSubcommand, "近いコマンド"),
        (ContextKind::SuggestedValue, "近い値"),
    ] {
        let values = value(kind);
        if !values.is_empty() {
            text.extend(["  ", heading, ": ", &values, "\n"]);
        }
    }
    let usage = value(ContextKind::Usage);
    if !usage.is_empty() {
        text.extend(["\n", &usage.replacen("Usage:", "使い方:", 1), "\n"]);
    }
    text + "\n詳しくは --help で。\n"
}

/// What a value had to be: those that are parsed are numbers.
fn expected_number(error: &clap::Error) -> String {
    let reason = error.source().map(ToString::to_string).unwrap_or_default();
    let range = reason.split_once(" is not in ").map(|(_, range)| range);
    match range.and_then(|range| range.split_once("..=")) {
        Some((least, most)) => format!("{least}から{most}まで"),
        None => "1以上の整数".to_owned(),
    }
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("、"),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::help;

    fn error(line: &str) -> String {
        match help::command(Language::Japanese).try_get_matches_from(line.split(' ')) {
            Ok(_) => String::new(),
            Err(error) => text(&error, Language::Japanese),
        }
    }

    #[test]
    fn common_mistakes_are_told_in_japanese() {
        for (line, words) in [
            ("seirihyo import", "引数が足りません: <PATH>"),
            (
                "seirihyo import x --frce",
                "「--frce」という引数はありません",
            ),
            ("seirihyo inport x", "「inport」というコマンドはありません"),
            ("seirihyo schema imprt", "「imprt」は正しくありません"),
            (
                "seirihyo import x --jobs 0",
                "の値「0」は正しくありません（1以上の整数）",
            ),
            (
                "seirihyo import x --memory-limit 1",
                "（64から16777216まで）",
            ),
            ("seirihyo import x --ndjson -o y", "と一緒には使えません"),
            ("seirihyo import x --lang", "に値がありません"),
            (
                "seirihyo import x --jobs 1 --jobs 2",
                "は一度だけ指定できます",
            ),
        ] {
            let text = error(line);
            assert!(text.contains(words), "{line}: {text}");
            assert!(
                !text.contains("error:") && !text.contains("Usage"),
                "{line}: {text}"
            );
        }
    }
}
