//! What only the asker knows.

use super::{Boundary, Text};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A fact about the tenant or the people that no source can tell: unknown unless given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Given {
    /// Permanent id, for example `tenant.created`.
    pub id: Text,
    /// What values it takes.
    pub kind: GivenKind,
    /// The question to ask, ending in a question mark.
    pub question: Text,
    /// One sentence: where to look it up.
    pub summary: Text,
}

/// What values a given takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum GivenKind {
    /// Yes or no.
    Truth,
    /// A date, as precise as it is known.
    Date,
    /// A number of people or things.
    Count,
    /// One of several words.
    Choice(Vec<Text>),
}

impl GivenKind {
    /// What a value looks like, for help and messages.
    pub fn expected(&self) -> String {
        match self {
            Self::Truth => "yes or no".to_owned(),
            Self::Date => "a date (2020-06-15, 2020-06, 2021-H2, \"by 2021-07\")".to_owned(),
            Self::Count => "a whole number".to_owned(),
            Self::Choice(words) => {
                let words: Vec<&str> = words.iter().map(Text::as_str).collect();
                format!("one of {}", words.join(", "))
            }
        }
    }

    /// Reads a value as typed by a person.
    ///
    /// # Errors
    /// A sentence that says what was expected.
    pub fn read(&self, typed: &str) -> Result<GivenValue, String> {
        let value = match self {
            Self::Truth => match typed.to_ascii_lowercase().as_str() {
                "yes" | "true" | "on" | "y" => Some(GivenValue::Truth(true)),
                "no" | "false" | "off" | "n" => Some(GivenValue::Truth(false)),
                _ => None,
            },
            Self::Date => return Boundary::parse(typed).map(GivenValue::Date),
            Self::Count => typed.parse().ok().map(GivenValue::Count),
            Self::Choice(words) => words
                .iter()
                .find(|word| word.eq_ignore_ascii_case(typed))
                .cloned()
                .map(GivenValue::Choice),
        };
        value.ok_or_else(|| format!("`{typed}` is not {}", self.expected()))
    }
}

/// The value of a given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum GivenValue {
    /// Yes or no.
    Truth(bool),
    /// A date, as precise as it is known.
    Date(Boundary),
    /// A number.
    Count(u64),
    /// A word.
    Choice(Text),
}

impl fmt::Display for GivenValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truth(true) => formatter.write_str("yes"),
            Self::Truth(false) => formatter.write_str("no"),
            Self::Date(boundary) => fmt::Display::fmt(boundary, formatter),
            Self::Count(count) => fmt::Display::fmt(count, formatter),
            Self::Choice(word) => fmt::Display::fmt(word, formatter),
        }
    }
}
