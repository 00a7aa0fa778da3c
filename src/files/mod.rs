//! What a user writes: files beside the knowledge base, read as carefully as the data.
//!
//! Every file is read in two steps, raw with places and then valid, and every problem of a file is told in one run with
//! file, line, column, what was expected and what to do.

mod names;
mod prices;
mod team;

pub use prices::{PriceFile, read_prices};
pub use team::{ReadTeam, TEAM_SHAPES, read_team};
