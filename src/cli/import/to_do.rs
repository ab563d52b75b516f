//! What a person does about a note: which notes ask for somebody, which of them have one cause, and what to do.

use crate::document::Import;
use crate::document::whereabouts::Whereabouts;
use crate::message::Message;
use crate::note::{Note, Severity};

/// How far one cause of a note reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A file: all its notes of the code have one cause.
    File,
    /// The things that a note names (a heading, a sheet) in one file.
    Named,
    /// All files: a form, a scale or an option settles what the note names for every file at once.
    Form,
}

/// Whether a note asks for a person. What is only good to know does not, but a year that is missing is missing in every
/// table that is made of the documents.
pub fn is_for_a_person(note: &Note) -> bool {
    note.severity > Severity::Info || note.code == "fiscal-year-unknown"
}

/// What stands at the place of each note of an import; nothing where the note asks for nobody.
pub fn whereabouts(import: &Import) -> Vec<Whereabouts> {
    let of = |note: &Note| {
        // A document's year stands in none of its columns.
        let stands = is_for_a_person(note) && note.code != "fiscal-year-unknown";
        let place = note.place.as_ref().filter(|_| stands);
        place.map(|place| Whereabouts::of(place, &import.documents))
    };
    let notes = import.notes.iter();
    notes.map(|note| of(note).unwrap_or_default()).collect()
}

/// How far the cause of a note with this code reaches.
pub fn reach(code: &str) -> Reach {
    match code {
        "unmapped-column"
        | "column-doubtful"
        | "duplicate-column"
        | "heading-similar"
        | "item-guessed"
        | "layout-tie"
        | "grade-unknown"
        | "grade-without-scale"
        | "fiscal-year-unknown" => Reach::Form,
        "sheet-not-recognised" | "part-not-read" | "cells-not-read" => Reach::Named,
        _ => Reach::File,
    }
}

/// What to do about a note with this code.
pub fn to_do(code: &str) -> Message {
    let (japanese, english) = match code {
        "unmapped-column" => (
            "どの欄か分かるときは、様式ファイルにその見出しを足して --layout で渡してください。備考のままでよければ何もしません。",
            "If you know what the column is, add its heading to a layout file and give it with --layout. If it may stay a remark, do nothing.",
        ),
        "column-doubtful" | "item-guessed" | "duplicate-column" | "heading-similar" => (
            "見出しの読み方を確かめ、違うときは seirihyo layouts suggest で様式ファイルを作り、正しい欄を書いて --layout で渡してください。",
            "See whether the heading was taken for the right field; if not, make a layout file with seirihyo layouts suggest, say so there and give it with --layout.",
        ),
        "layout-tie" => (
            "どの様式か決めて --layout で渡してください。",
            "Decide which layout it is, and give it with --layout.",
        ),
        "grade-unknown" | "grade-without-scale" => (
            "その評語の意味を、様式ファイルの尺度（scale）に足して --layout で渡してください。",
            "Add what these grades mean to the scale of a layout file, and give it with --layout.",
        ),
        "fiscal-year-unknown" => (
            "年度の分かるファイルは、--fiscal-year を付けて（フォルダーごとなら --municipalities で）読み直してください。",
            "Read the files again with --fiscal-year (or --municipalities, folder by folder), where you know the year.",
        ),
        "year-conflict" => (
            "どちらの年度の表か確かめ、元のファイルの題名かファイル名を直してください。",
            "See of which year the sheet is, and correct its title or the file's name.",
        ),
        "sheet-not-recognised" => (
            "目標の表のシートなら、様式ファイルを作って --layout で渡してください。そうでなければ何もしません。",
            "If the sheet is one of goals, make a layout file and give it with --layout. If not, do nothing.",
        ),
        "no-goals" => (
            "記入のある表なら、元のファイルを作った課に確かめてください。",
            "If the sheet was to be filled in, ask the section that made it.",
        ),
        "number-repeated" | "number-unreadable" => (
            "番号を付け直すか、途中で1に戻る表ならそのままで構いません。",
            "Number the goals anew; where a list begins again at 1, do nothing.",
        ),
        "deadline-later-year" | "no-such-day" => (
            "期限の年月日を元のファイルで直してください。後の年度の目標ならそのままで構いません。",
            "Correct the day in the source; if the goal is one of a later year, do nothing.",
        ),
        "page-without-text" | "recognised-text-unread" | "text-under-shapes" => (
            "文字の入ったファイルを作った課からもらってください。",
            "Ask the section that made it for a file with text.",
        ),
        "formula-without-value" | "cell-error" => (
            "Excelで開いて計算し直し、保存してください。",
            "Open it in Excel, let it calculate, and save it.",
        ),
        "text-not-conserved" => (
            "この文書の値を元のファイルと照らし、開発者に知らせてください。",
            "Check the document's values against the source, and report it.",
        ),
        "indicators-unpaired" => (
            "指標と目標値・実績値の組を元のファイルで確かめ、①②などの記号をそろえてください。",
            "See in the source which values belong together, and give both cells the same labels (①, ②).",
        ),
        _ => (
            "元のファイルのこの場所と、取り込んだ値が同じか確かめてください。",
            "See whether the values that were imported are those of this place in the source.",
        ),
    };
    Message::new(japanese, english)
}
