//! The built-in layout files, sorted by name.

use std::sync::LazyLock;

use super::definition::{self, Layout};

/// The name of the layout that matches by heading words alone.
pub const GENERIC: &str = "generic";

/// The built-in files: name and text.
pub const FILES: &[(&str, &str)] = &[
    (
        "generic",
        include_str!("../../schemas/layouts/generic.toml"),
    ),
    (
        "kokubunji-seirihyo",
        include_str!("../../schemas/layouts/kokubunji-seirihyo.toml"),
    ),
    (
        "machida-jikkokeikaku",
        include_str!("../../schemas/layouts/machida-jikkokeikaku.toml"),
    ),
    (
        "midorino-kanri-sheet",
        include_str!("../../schemas/layouts/midorino-kanri-sheet.toml"),
    ),
    ("policy", include_str!("../../schemas/layouts/policy.toml")),
];

/// The built-in layouts, in the order of their names.
pub fn layouts() -> &'static [Layout] {
    static LAYOUTS: LazyLock<Vec<Layout>> = LazyLock::new(|| {
        FILES
            .iter()
            .filter_map(|(_, text)| definition::parse(text).ok())
            .collect()
    });
    &LAYOUTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_layout_of_its_name_in_order() {
        let names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert!(names.is_sorted(), "{names:?}");
        for (name, text) in FILES {
            match definition::parse(text) {
                Ok(layout) => assert_eq!(&layout.name, name),
                Err(error) => panic!("{name}.toml: {error}"),
            }
        }
    }

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/layouts");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(
                FILES.iter().any(|(name, _)| **name == stem),
                "{stem} is not in FILES"
            );
        }
    }

    #[test]
    fn a_misspelt_name_is_answered_with_place_and_valid_names() {
        let error = definition::parse("name = \"x\"\nkind = \"goal_sheet\"\ndescription = { ja = \"\", en = \"\" }\ntitel = []\n").unwrap_err();
        let message = error.message();
        let english = message.text(crate::message::Language::English);
        assert!(
            english.contains("line 4, column 1")
                && english.contains("titel")
                && english.contains("`title`"),
            "{english}"
        );
        let japanese = message.text(crate::message::Language::Japanese);
        assert!(
            japanese.contains("4行1列") && japanese.contains("title"),
            "{japanese}"
        );
    }
}
