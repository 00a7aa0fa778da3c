//! Text that came from outside, made harmless once.
//!
//! Data files and tenant exports are written by others. Control, bidirectional and zero-width characters could move the
//! cursor, hide a name or reorder a line, so they are replaced where text is loaded, and the replacement is counted.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A piece of text from the knowledge base: borrowed from the binary for built-in data, owned for loaded data.
///
/// ```
/// use licit::model::Text;
/// assert_eq!(Text::from("Global Administrator").as_str(), "Global Administrator");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Cow<'static, str>);

impl Text {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no character in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl std::ops::Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Borrows from the input, which for the built-in form lives as long as the program.
impl<'de: 'static> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: &'static str = <&'de str>::deserialize(deserializer)?;
        Ok(Self(Cow::Borrowed(text)))
    }
}

/// Text after cleaning, with the number of characters that had to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The harmless text.
    pub text: String,
    /// How many characters were replaced; 0 means the text was clean.
    pub replaced: usize,
}

/// Replaces control, bidirectional, zero-width, private-use and unassigned-format characters by `U+FFFD`, and line
/// breaks and tabs by a blank.
///
/// ```
/// let cleaned = licit::model::clean("Ada\u{202e}nimda\u{1b}[2J");
/// assert_eq!(cleaned.text, "Ada\u{fffd}nimda\u{fffd}[2J");
/// assert_eq!(cleaned.replaced, 2);
/// ```
pub fn clean(raw: &str) -> Cleaned {
    let mut replaced = 0;
    let text = raw
        .chars()
        .map(|character| match character {
            '\n' | '\r' | '\t' => ' ',
            _ if is_harmful(character) => {
                replaced += 1;
                char::REPLACEMENT_CHARACTER
            }
            _ => character,
        })
        .collect();
    Cleaned { text, replaced }
}

fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Folds a name for comparison: lower case, letters and digits only, words parted by one blank, "admin" written out.
///
/// Two names that fold alike are the same name to a person typing it.
///
/// ```
/// use licit::model::fold;
/// assert_eq!(fold("Intune  Admin"), fold("intune-administrator"));
/// assert_eq!(fold("Azure AD Premium P2"), "azure ad premium p2");
/// ```
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len() + 8);
    // Where the present word begins, if one does.
    let mut word = None;
    for character in name.chars().chain(std::iter::once(' ')) {
        if character.is_alphanumeric() {
            if word.is_none() && !folded.is_empty() {
                folded.push(' ');
            }
            word.get_or_insert(folded.len());
            if character.is_ascii() {
                folded.push(character.to_ascii_lowercase());
            } else {
                folded.extend(character.to_lowercase());
            }
        } else if let Some(word) = word.take() {
            let written_out = match &folded[word..] {
                "admin" => "administrator",
                "admins" => "administrators",
                _ => continue,
            };
            folded.truncate(word);
            folded.push_str(written_out);
        }
    }
    folded
}
