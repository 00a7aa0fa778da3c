//! The raw mirror of what the vendor's service, its PowerShell twins and community tools write, borrowed from the bytes.
//!
//! Field names are those of the service; PowerShell writes them with a capital letter, the retired module in its own
//! words. Nothing is required here and wrong types are kept as they are: what a row must have is decided when it becomes
//! valid.

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// One value where text, a number or a truth is expected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Loose<'a> {
    /// The field is not there.
    #[default]
    Absent,
    /// It is null.
    Null,
    Text(Cow<'a, str>),
    Truth(bool),
    Number(i64),
    /// A list or an object.
    Other,
}

impl<'a> Loose<'a> {
    pub(super) fn is_there(&self) -> bool {
        *self != Self::Absent
    }

    /// The text, unless it is empty.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// The truth, also where it is written as text.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Truth(truth) => Some(*truth),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// The number, also where it is written as text; none below zero.
    pub(super) fn count(&self) -> Option<u64> {
        match self {
            Self::Number(number) => u64::try_from(*number).ok(),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// This value, or the other one where this one says nothing.
    pub(super) fn or(self, other: Self) -> Self {
        match self {
            Self::Absent | Self::Null => match other {
                Self::Absent => self,
                other => other,
            },
            said => said,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Any<'a> {
            type Value = Loose<'a>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Loose::Null)
            }
            fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
                Ok(Loose::Truth(truth))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Loose::Number(number))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(i64::try_from(number).map_or(Loose::Other, Loose::Number))
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Loose::Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Loose::Text(Cow::Owned(text.to_owned())))
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose::Other)
            }
            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Self::Value, S::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Loose::Other)
            }
        }
        deserializer.deserialize_any(Any(PhantomData))
    }
}

/// A list of objects, which a shallow export may have turned into text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Many<T> {
    /// The field is not there, or null.
    #[default]
    Absent,
    /// The list.
    List(Vec<T>),
    /// The list was written as text: what stood in it is lost.
    Lost,
}

impl<T> Many<T> {
    pub(super) fn or(self, other: Self) -> Self {
        match self {
            Self::Absent => other,
            said => said,
        }
    }

    pub(super) fn list(self) -> Option<Vec<T>> {
        match self {
            Self::List(list) => Some(list),
            Self::Absent | Self::Lost => None,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Any<T> {
            type Value = Many<T>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of objects")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Many::Absent)
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                // An empty list may become an empty text.
                Ok(if text.is_empty() {
                    Many::List(Vec::new())
                } else {
                    Many::Lost
                })
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Self::Value, M::Error> {
                let one = T::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(Many::List(vec![one]))
            }
            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Self::Value, S::Error> {
                let mut list = Vec::with_capacity(seq.size_hint().unwrap_or(0).min(64));
                let mut is_lost = false;
                while let Some(element) = seq.next_element::<OrText<T>>()? {
                    match element {
                        OrText::Object(object) => list.push(object),
                        OrText::Text => is_lost = true,
                    }
                }
                Ok(if is_lost {
                    Many::Lost
                } else {
                    Many::List(list)
                })
            }
        }
        deserializer.deserialize_any(Any(PhantomData))
    }
}

/// An object, or the text that a shallow export made of it.
enum OrText<T> {
    Object(T),
    Text,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Any<T> {
            type Value = OrText<T>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(OrText::Text)
            }
            fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
                Ok(OrText::Text)
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Self::Value, M::Error> {
                T::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    .map(OrText::Object)
            }
        }
        deserializer.deserialize_any(Any(PhantomData))
    }
}

/// A list of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Texts<'a>(pub(super) Many<RawText<'a>>);

/// One text of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawText<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Texts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Any<'a> {
            type Value = Texts<'a>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of texts")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Texts(Many::Absent))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Texts(if text.is_empty() {
                    Many::List(Vec::new())
                } else {
                    Many::Lost
                }))
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Texts(Many::Lost))
            }
            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Self::Value, S::Error> {
                let mut list = Vec::new();
                while let Some(element) = seq.next_element::<Loose<'a>>()? {
                    if let Loose::Text(text) = element {
                        list.push(RawText(text));
                    }
                }
                Ok(Texts(Many::List(list)))
            }
        }
        deserializer.deserialize_any(Any(PhantomData))
    }
}
