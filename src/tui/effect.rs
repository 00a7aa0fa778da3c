//! What a model wants done outside: the only way by which it touches anything.

use super::job::{Job, Shared};
use crate::dataset::KnowledgeBase;
use crate::model::IgnoreEntry;
use std::path::PathBuf;
use std::sync::Arc;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect<J = Job> {
    /// Restore the terminal and end.
    Quit,
    /// Restore the terminal and stop until the shell says go on.
    Suspend,
    /// Draw everything anew, whatever the terminal shows.
    Redraw,
    /// Ask the terminal for the mouse, or give it back.
    Mouse(bool),
    /// Put text where the user can paste it from.
    Copy {
        /// The text.
        text: String,
        /// What it is, for the message: "answer", "Markdown".
        what: String,
    },
    /// Write a file whole.
    Write {
        /// Where.
        path: PathBuf,
        /// What.
        text: String,
        /// Whether a file that is there may go. If not, [`Report::Exists`](super::Report::Exists) comes back.
        replace: bool,
    },
    /// Add an entry to a list of what is left out, or make the list.
    Ignore {
        /// The list.
        path: PathBuf,
        /// The entry.
        entry: IgnoreEntry,
        /// What roles are called.
        knowledge: Shared<Arc<KnowledgeBase>>,
    },
    /// Show an address of a source in the user's browser.
    Open {
        /// The address.
        url: String,
    },
    /// Keep the text of a session for the next start. Only a failure is told.
    Save(String),
    /// Start work on the worker's thread. Work under way is cancelled and its result never arrives.
    Work(J),
    /// Ask the work under way to stop early. What it has until then arrives as its result.
    Cancel,
}
