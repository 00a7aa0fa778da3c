//! How an effect went, as data, with the words for the line of messages.

use crate::model::Ignore;
use std::fmt;
use std::path::PathBuf;

/// How an effect went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// Text was handed to the terminal, which may put it on the clipboard.
    Copied {
        /// What it was.
        what: String,
        /// How long.
        characters: usize,
    },
    /// Text was put in a file since the terminal would not take it.
    Kept {
        /// What it was.
        what: String,
        /// How long.
        characters: usize,
        /// The file.
        path: PathBuf,
        /// Why not the terminal.
        why: &'static str,
    },
    /// A file was written.
    Written {
        /// The file.
        path: PathBuf,
    },
    /// An entry was added to a list of what is left out.
    Ignored {
        /// The list.
        path: PathBuf,
        /// The whole list as it stands now.
        ignore: Ignore,
    },
    /// Nothing was written: there is a file, and nobody said that it may go.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A browser was asked to show an address.
    Opened {
        /// The host of the address.
        host: String,
    },
    /// It did not work.
    Failed {
        /// What should have been done.
        what: String,
        /// Why it was not.
        why: String,
    },
}

impl Report {
    /// Whether the user should look.
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Exists { .. })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Copied { what, characters } => {
                write!(f, "copied {what}: {characters} characters (OSC 52)")
            }
            Self::Kept {
                what,
                characters,
                path,
                why,
            } => write!(
                f,
                "{what}: {characters} characters in {}, since {why}",
                path.display()
            ),
            Self::Written { path } => write!(f, "wrote {}", path.display()),
            Self::Ignored { path, ignore } => match ignore.entries.len() {
                1 => write!(f, "left out by {}, which has 1 entry", path.display()),
                entries => write!(
                    f,
                    "left out by {}, which has {entries} entries",
                    path.display()
                ),
            },
            Self::Exists { path } => write!(f, "{} is there already", path.display()),
            Self::Opened { host } => write!(f, "opened {host} in the browser"),
            Self::Failed { what, why } => write!(f, "{what}: {why}"),
        }
    }
}
