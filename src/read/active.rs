//! What a file holds that other programs would run or fetch -> a note on each kind. Nothing of it is done here.

use std::collections::BTreeSet;

use super::container::Container;
use super::limits;
use crate::note::{Note, What};

/// A kind of content that does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Active {
    /// Visual Basic, Basic, Excel 4.0 macro sheets.
    Macros,
    /// Values taken from other files.
    ExternalLinks,
    /// Queries to databases and web sites.
    DataConnections,
    /// Files and objects of other programs, `ActiveX` controls.
    EmbeddedObjects,
    /// Scripts of a PDF.
    JavaScript,
    /// What a PDF does when it is opened, its start of other programs included.
    Actions,
    /// Files attached to a PDF.
    Attachments,
    /// Films, sound and their like.
    Media,
    /// A form that a program draws anew (XFA).
    DynamicForm,
}

impl Active {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Macros => ("マクロ", "macros"),
            Self::ExternalLinks => ("ほかのファイルへのリンク", "links to other files"),
            Self::DataConnections => ("外部データへの接続", "connections to outside data"),
            Self::EmbeddedObjects => ("埋め込まれたオブジェクト", "embedded objects"),
            Self::JavaScript => ("JavaScript", "JavaScript"),
            Self::Actions => (
                "開いたときや操作したときの動作",
                "actions on opening or use",
            ),
            Self::Attachments => ("添付ファイル", "attached files"),
            Self::Media => ("動画や音声など", "films, sounds or the like"),
            Self::DynamicForm => ("動的なフォーム（XFA）", "a dynamic form (XFA)"),
        }
    }
}

/// A note on each kind.
pub(crate) fn notes(found: BTreeSet<Active>) -> impl Iterator<Item = Note> {
    found.into_iter().map(|active| {
        let (ja, en) = active.names();
        Note::new(What::NotRun {
            what_ja: ja.to_owned(),
            what_en: en.to_owned(),
        })
    })
}

/// What the parts of an Office Open XML workbook (ECMA-376-1 §12.3, §15.2; [MS-OFFMACRO2]) tell by their names.
pub(crate) fn in_office_open_xml(container: &Container<'_>) -> BTreeSet<Active> {
    let of_part = |name: &str| {
        let file = name.rsplit('/').next().unwrap_or(name);
        let in_folder = |folder: &str| name.contains(&format!("/{folder}/"));
        if file.starts_with("vbaproject") || in_folder("macrosheets") || in_folder("dialogsheets") {
            Some(Active::Macros)
        } else if in_folder("externallinks") {
            Some(Active::ExternalLinks)
        } else if file.starts_with("connections.") || in_folder("querytables") {
            Some(Active::DataConnections)
        } else if in_folder("embeddings") || in_folder("activex") {
            Some(Active::EmbeddedObjects)
        } else {
            None
        }
    };
    // Relationships stand in folders of their own.
    let parts = container.names().filter(|name| !name.contains("_rels/"));
    parts.filter_map(of_part).collect()
}

/// What the parts of an `OpenDocument` spreadsheet tell by their names, and its content by its elements
/// (ODF 1.3 part 3 §3.12, §9.3, §9.8, §14.6). Charts are objects, too, but only drawn.
pub(crate) fn in_open_document(container: &mut Container<'_>, content: &str) -> BTreeSet<Active> {
    let mut found = BTreeSet::new();
    let names: Vec<String> = container.names().map(str::to_owned).collect();
    for name in &names {
        if name.starts_with("basic/") || name.starts_with("scripts/") {
            found.insert(Active::Macros);
        }
        let Some(object) = name.strip_prefix("object ") else {
            continue;
        };
        let is_object = match object.split_once('/') {
            None => true,
            Some((_, "content.xml")) => !is_chart(container, name),
            Some(_) => false,
        };
        if is_object {
            found.insert(Active::EmbeddedObjects);
        }
    }
    let has = |tags: &[&str]| tags.iter().any(|tag| content.contains(tag));
    if has(&["<script:event-listener", "<office:script "]) {
        found.insert(Active::Macros);
    }
    if has(&[
        "<table:table-source",
        "<table:cell-range-source",
        "<table:dde-link",
        "<office:dde-source",
        "'file://",
    ]) {
        found.insert(Active::ExternalLinks);
    }
    if has(&[
        "<table:database-source-sql",
        "<table:database-source-table",
        "<table:database-source-query",
    ]) {
        found.insert(Active::DataConnections);
    }
    found
}

fn is_chart(container: &mut Container<'_>, part: &str) -> bool {
    let content = container.part(part).ok().flatten().unwrap_or_default();
    let tag = b"<office:chart";
    content.windows(tag.len()).any(|window| window == tag)
}

/// What the storages of an Excel 97–2003 file ([MS-XLS] §2.1.7, [MS-OVBA] §2.2.1) tell by their names.
pub(crate) fn in_compound_file(names: &[String]) -> BTreeSet<Active> {
    let of_storage = |name: &String| match name.as_str() {
        "_VBA_PROJECT_CUR" | "_VBA_PROJECT" | "VBA" => Some(Active::Macros),
        // MBD and eight hexadecimal digits.
        name if name.len() == 11 && name.starts_with("MBD") => Some(Active::EmbeddedObjects),
        _ => None,
    };
    let names = names.iter().take(limits::CONTAINER_ENTRIES);
    names.filter_map(of_storage).collect()
}
