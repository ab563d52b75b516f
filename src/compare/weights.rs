//! What evidence weighs, and where the bands lie: every number that the pairing of goals stands on.
//!
//! They were set on invented pairs of years that were written without knowledge of this program; each was moved alone by
//! a tenth and by a quarter, and what that does to the pairs found stands in the table in `benches/weights.md`.

macro_rules! weights {
    ($($(#[$about:meta])* $name:ident: $value:expr,)*) => {
        /// The weights of evidence, and the bands.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Weights {
            $($(#[$about])* pub $name: f32,)*
        }

        impl Default for Weights {
            fn default() -> Self {
                Self { $($name: $value,)* }
            }
        }

        impl Weights {
            /// The names of all.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];

            /// A weight by its name.
            pub fn named(&mut self, name: &str) -> Option<&mut f32> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

weights! {
    // Features of texts.

    /// A pair of characters inside a word that any goal may use.
    common_word: 0.2,
    /// A pair of which one character is hiragana: an ending or a particle, mostly.
    half_hiragana: 0.3,
    /// A pair of hiragana: ごみ and まちづくり, but also している.
    hiragana: 0.45,
    /// A number; quantities and years change between years, 第一小学校 does not.
    number: 0.4,

    // Texts.

    /// How far the same title speaks for one goal, by itself.
    title: 0.72,
    /// How far the same title does where there is nothing else to compare.
    title_alone: 0.92,
    /// How far the same level, methods and indicators do.
    body: 0.88,
    /// How far a title counts that the other goal has only in its sentences.
    title_in_body: 0.6,
    /// How much a text that holds the other whole counts as like it: a year's text may be the last one's, cut.
    containment: 0.35,
    /// The odds of titles that say the same.
    same_title: 3.0,
    /// The odds of the same categories.
    same_category: 1.1,
    /// The odds of other categories.
    other_category: 0.95,
    /// A goal is a subject and what is done with it: the share of each that must stand somewhere on the other side.
    supported: 0.35,
    /// How far the steps that both years have count as the whole body.
    kept_steps: 0.8,
    /// The share of the steps that must be on both sides, where the titles differ.
    supported_steps: 0.2,
    /// By how much titles that differ need such steps: their share that differs, so many times.
    other_title: 2.0,
    /// The odds where nothing of one of them does.
    unsupported: 0.15,

    // Units.

    /// The same unit keeps most of its goals from year to year.
    same_unit: 2.6,
    /// 秘書課 and 秘書室; or a name that the goals themselves show to be the successor's.
    renamed_unit: 2.1,
    /// A section of that name in another department, where its old department is gone.
    followed_unit: 1.9,
    /// 共通 on both sides, of departments of which the old one is gone.
    common_elsewhere: 1.9,
    /// 総務課 stands in many departments.
    namesake: 1.0,
    /// An old unit that is gone and a new one that was not there: perhaps one.
    successor_perhaps: 1.0,
    /// Nothing is known of one of the units.
    unknown_unit: 1.2,
    /// Another unit, while one of the two is still there, or was there before.
    other_unit: 0.6,
    /// 共通 against one section.
    common_against_one: 0.6,
    /// 共通 of two departments which both go on: each has its own.
    common_of_another: 0.25,
    /// Another department, while the old one goes on.
    other_department: 0.7,

    // Bands.

    /// From here on two goals are one.
    pair: 0.57,
    /// From here on a person should look.
    candidate: 0.50,
    /// What is less likely is no pair whatever else there is.
    least: 0.25,
    /// A pair that is surer than this is none the less so for another that would do.
    sure: 0.93,
    /// Another goal that would do as well, but for this much, makes a pair doubtful.
    as_good: 0.03,
    /// How far the nearest goals of the other year are shown.
    reach: 0.08,

    // Merged and split.

    /// The share of a part's title that the whole must have, which may have it in its sentences.
    part_title: 0.45,
    /// The share of everything that such a part says that the whole must have.
    part_sentences: 0.30,
    /// The share of its sentences that the whole must have of a part whose title it has not.
    part_body: 0.35,
    /// The share of what both have that no other part has.
    part_own: 0.35,
    /// The share of what the whole has from no other part that it must have from this one.
    part_rest: 0.25,
    /// Owners whose relation lowers the odds by more than this have no part in each other's goals.
    part_unit: 0.42,
}
