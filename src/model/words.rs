//! Enumerations that have one word per variant in the data, in questions and in answers.

/// Declares an enumeration with a word per variant, and derives `ALL`, `word`, `parse`, `description`
/// and `Display` from it.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[doc = $description:literal])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[doc = $description])* $variant,)*
        }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word for it in data, questions and answers.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What it means, for help and documentation: the sentence above the variant.
            pub fn description(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($description),*).trim_ascii(),)*
                }
            }

            /// The variant with this word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|variant| variant.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.word())
            }
        }
    };
}

pub(crate) use words;
