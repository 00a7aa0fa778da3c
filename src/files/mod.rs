//! What a user writes beside the question: files of their own, read with the place of every value.
//!
//! Each is read in two steps, raw values with their places and then valid ones, and gives *all* of its problems at once.
//! Good rows are used, wrong ones are shown; nothing is fixed silently.

pub mod prices;

pub use prices::{PriceFile, read_prices};
