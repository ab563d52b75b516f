//! A sentence in Japanese and English: what errors and notes are made of.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The language that people are spoken to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// Japanese; what messages inside JSON use unless asked otherwise.
    #[default]
    Japanese,
    /// English.
    English,
}

/// One sentence in both languages. Serialises as the text of the language that was chosen with
/// [`Message::in_language`], Japanese at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    japanese: String,
    english: String,
    shown: Language,
}

impl Message {
    /// A message from its two texts.
    pub fn new(japanese: impl Into<String>, english: impl Into<String>) -> Self {
        Self {
            japanese: japanese.into(),
            english: english.into(),
            shown: Language::Japanese,
        }
    }

    /// The text in one language.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Japanese => &self.japanese,
            Language::English => &self.english,
        }
    }

    /// Chooses the language that the message is serialised and displayed in.
    pub fn in_language(&mut self, language: Language) {
        self.shown = language;
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(self.shown))
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text(self.shown))
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self::new(text.clone(), text))
    }
}

/// Declares an enum whose variants are sentences in both languages.
///
/// Each variant: `Name { field: Type } => extra, "code", "日本語 {field}", "English {field}";`
/// where `extra` is one expression (a severity) that `extra()` returns.
macro_rules! sentences {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident -> $extra_type:ty {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident $({ $($field:ident : $type:ty),+ $(,)? })? =>
                    $extra:expr, $code:literal, $ja:literal, $en:literal;
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        $visibility enum $name {
            $(
                $(#[$variant_meta])*
                $variant $({
                    $(
                        #[doc = concat!("`", stringify!($field), "` in the sentence.")]
                        $field : $type
                    ),+
                })?,
            )+
        }

        #[allow(dead_code)] // not every list of sentences is read by its codes
        impl $name {
            /// Every stable code, in the order of declaration.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// Every sentence as it is declared: code, what stands beside it, the texts with the names of their parts in
            /// braces.
            pub const DECLARED: &'static [(&'static str, $extra_type, &'static str, &'static str)] =
                &[$(($code, $extra, $ja, $en)),+];

            /// The stable code of this sentence.
            pub fn code(&self) -> &'static str {
                match self { $( Self::$variant $({ $($field: _),+ })? => $code, )+ }
            }

            /// What is declared with each sentence beside its texts.
            pub fn extra(&self) -> $extra_type {
                match self { $( Self::$variant $({ $($field: _),+ })? => $extra, )+ }
            }

            /// The sentence in both languages.
            pub fn message(&self) -> $crate::message::Message {
                match self {
                    $( Self::$variant $({ $($field),+ })? =>
                        $crate::message::Message::new(format!($ja), format!($en)), )+
                }
            }
        }
    };
}
pub(crate) use sentences;
