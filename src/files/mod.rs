//! What a user writes beside the question: files of their own, read as carefully as the data.
//!
//! Each is read in two steps, raw values with their places and then valid ones, and gives *all* of its problems at once,
//! with file, line, column, what was expected and what to do. What is right is still used; nothing is fixed silently.
//!
//! Whatever the program writes goes through [`write_text`] or [`Prepared`]; [`resume`] finds the session of the screens.

mod baseline;
mod catalog;
mod config;
mod elements;
mod ignore;
mod instances;
mod names;
pub mod prices;
mod questions;
mod session;
mod state;
mod team;
mod team_text;
mod write;

pub use baseline::{ReadBaseline, read_baseline};
pub use config::{Commands, Config, Glyphs, ReadConfig, Theme, config, read_config};
pub use ignore::{ReadIgnore, add_ignore, read_ignore};
pub use instances::{InstanceFile, Rejected, read_instances};
pub use prices::{PriceFile, read_prices};
pub use questions::{ReadQuestions, read_questions};
pub use session::{Session, read_session, session_text};
pub use state::{Resumed, resume, session_file};
pub use team::{ReadTeam, read_team};
pub use team_text::team_text;
pub use write::{Over, Prepared, remove_left_behind, write_text};
