//! Whether a command line asks for the screens, and how they are opened. What they are is another room's business:
//! `main` hands over what stands here.

use super::Environment;
use super::arguments::Arguments;
use super::flags::DataFlags;
use super::outcome::Problems;
use crate::dataset::KnowledgeBase;
use clap::{Args, Parser};
use std::ffi::OsString;

/// How the screens are opened.
#[derive(Debug, Clone, Default, Args)]
pub struct ScreenFlags {
    /// Ask and answer line by line, without screens, as ACCESSIBLE=1 does
    #[arg(long)]
    pub plain: bool,
    /// Draw the screens with ASCII signs only
    #[arg(long)]
    pub ascii: bool,
    /// Where the data comes from.
    #[command(flatten)]
    pub data: DataFlags,
}

/// How the screens are opened, where the command line names no verb and asks for nothing else.
///
/// ```
/// use licit::cli::screens;
///
/// let typed = |line: &str| line.split(' ').map(Into::into).collect::<Vec<std::ffi::OsString>>();
/// assert!(screens(&typed("licit")).is_some());
/// assert!(screens(&typed("licit --plain")).is_some_and(|flags| flags.plain));
/// assert!(screens(&typed("licit ask pim")).is_none());
/// assert!(screens(&typed("licit --version")).is_none());
/// ```
pub fn screens(arguments: &[OsString]) -> Option<ScreenFlags> {
    // No flag stands before a verb, so that a line with a verb is not read twice.
    let is_verb = |first: &OsString| !first.as_encoded_bytes().starts_with(b"-");
    if arguments.get(1).is_some_and(is_verb) {
        return None;
    }
    let arguments = Arguments::try_parse_from(arguments).ok()?;
    (arguments.verb.is_none() && !arguments.version).then_some(arguments.screens)
}

impl ScreenFlags {
    /// The data that the screens are about.
    ///
    /// # Errors
    /// Why there is none, with the exit code.
    pub fn load(&self, environment: &Environment) -> Result<KnowledgeBase, (String, u8)> {
        let loaded = self.data.load(environment, &mut Problems::default());
        loaded.map_err(|failure| {
            let refused = failure.outcome();
            (refused.messages, refused.exit.code())
        })
    }
}
