//! Typed ids: inside the program a thing is a small number, its name appears only at the border.
//!
//! An id indexes the table of its kind in one `KnowledgeBase` and means nothing outside it. Only `dataset` makes ids
//! from strings; `search` finds them from words.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(u32);

        impl $name {
            /// The id of the row at `index`.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The row that this id stands for.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A source in the knowledge base.
    SourceId;
    /// A product area.
    AreaId;
    /// A feature.
    FeatureId;
    /// A task.
    TaskId;
    /// An admin role.
    RoleId;
    /// A service plan.
    PlanId;
    /// A SKU.
    SkuId;
    /// A given.
    GivenId;
    /// A claim.
    ClaimId;
    /// A SKU of a [`Market`](super::Market); their order is the canonical one, which settles the last ties.
    SkuIndex;
    /// A plan of a [`Market`](super::Market).
    PlanIndex;
}

/// A GUID in its canonical form: 16 bytes, written in lower case with hyphens.
///
/// ```
/// use licit::model::Guid;
/// let guid = Guid::parse("62E90394-69F5-4237-9190-012177145E10").unwrap();
/// assert_eq!(guid.to_string(), "62e90394-69f5-4237-9190-012177145e10");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Guid([u8; 16]);

impl Guid {
    /// Reads the hyphenated form, in either case; `None` when it is not a GUID.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 36 {
            return None;
        }
        let mut nibbles = [0u8; 32];
        let mut filled = 0;
        for (position, byte) in bytes.iter().enumerate() {
            if matches!(position, 8 | 13 | 18 | 23) {
                if *byte != b'-' {
                    return None;
                }
                continue;
            }
            nibbles[filled] = u8::try_from(char::from(*byte).to_digit(16)?).ok()?;
            filled += 1;
        }
        let mut guid = [0u8; 16];
        for (place, pair) in guid.iter_mut().zip(nibbles.chunks_exact(2)) {
            *place = pair[0] << 4 | pair[1];
        }
        Some(Self(guid))
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Lists of everything write hundreds of GUIDs: digit by digit is many times faster than formatting bytes.
        let mut text = String::with_capacity(36);
        for (position, byte) in self.0.iter().enumerate() {
            if matches!(position, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            for digit in [byte >> 4, byte & 0xf] {
                text.extend(char::from_digit(digit.into(), 16));
            }
        }
        formatter.write_str(&text)
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
