//! From words to things: what a person typed, and which role, task, feature, SKU or plan is meant.
//!
//! Two ways lead there. [`resolve`] decides: it knows a clear hit (an exact match on a present or former name, an
//! alias, an id or a GUID), a word for several features, an ambiguous one, and nothing, and never guesses. [`Finder`] ranks: everything that the
//! words may mean, best first, with the characters that matched. A clear hit never builds the finder's index, since
//! most questions are asked with an exact name and should be answered at once.

mod finder;
mod kind;
mod letters;
mod names;
mod prominence;
mod rank;
mod record;
mod resolve;
#[cfg(test)]
mod test_world;

pub use finder::{Finder, Hit};
pub use kind::ThingKind;
pub use names::{Matched, NameSort};
pub use rank::Rank;
pub use record::{Recorded, recorded};
pub use resolve::{Resolution, resolve, suggestions};
