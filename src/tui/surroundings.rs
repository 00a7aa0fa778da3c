//! What the screens know of where they run. Read once, in `main`; everything below is told.

use crate::model::Day;
use std::ffi::OsString;
use std::path::PathBuf;

/// The day, the terminal, and the user's folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// Today, in UTC.
    pub today: Day,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// Whether questions and answers come line by line, without screens.
    pub plain: bool,
    /// Whether only ASCII signs are drawn, whatever the configuration says.
    pub ascii: bool,
    /// Whether the terminal is somewhere else, so that its answers may come late.
    pub is_remote: bool,
    /// What kind of terminal it says it is.
    pub terminal: Option<String>,
    /// `config.toml`, where there is a folder for it.
    pub config: Option<PathBuf>,
    /// The folder for sessions and for what the clipboard would not take.
    pub state: Option<PathBuf>,
    /// Whether somebody types, and not a file or another program.
    pub(super) reads_keys: bool,
    shows_screens: bool,
}

impl Surroundings {
    /// Decides from the variables and from where the two streams lead.
    ///
    /// Folders are those of the XDG base directory specification, where a relative path counts as not set; on Windows
    /// those of the user's application data.
    pub fn new(
        today: Day,
        variable: impl Fn(&str) -> Option<OsString>,
        input_on_terminal: bool,
        output_on_terminal: bool,
    ) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let folder = |name: &str| {
            set(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let home = |below: &str| folder("HOME").map(|home| home.join(below));
        let config = folder("XDG_CONFIG_HOME").or_else(|| match folder("APPDATA") {
            Some(roaming) if cfg!(windows) => Some(roaming),
            _ => home(".config"),
        });
        let state = folder("XDG_STATE_HOME").or_else(|| match folder("LOCALAPPDATA") {
            Some(local) if cfg!(windows) => Some(local),
            _ => home(".local/state"),
        });
        Self {
            today,
            no_color: set("NO_COLOR").is_some(),
            plain: set("ACCESSIBLE").is_some_and(|value| value != "0"),
            ascii: false,
            is_remote: set("SSH_CONNECTION").or_else(|| set("SSH_TTY")).is_some(),
            terminal: set("TERM").map(|term| term.to_string_lossy().into_owned()),
            config: config.map(|folder| folder.join("licit/config.toml")),
            state: state.map(|folder| folder.join("licit")),
            reads_keys: input_on_terminal,
            shows_screens: output_on_terminal,
        }
    }

    /// Whether the terminal may be asked for its ground: not from afar, and not where somebody else reads or writes.
    pub(super) fn may_ask_ground(&self) -> bool {
        !self.is_remote && !self.plain && !self.no_color && self.refusal().is_none()
    }

    /// Why there can be no screens here, in one line. The dialogue without them needs nothing.
    pub fn refusal(&self) -> Option<&'static str> {
        // Where Windows has a terminal, it says nothing about its kind.
        let is_named = cfg!(windows) || self.terminal.is_some();
        match self.terminal.as_deref() {
            _ if self.plain => None,
            _ if !self.reads_keys => Some("standard input is not a terminal"),
            _ if !self.shows_screens => Some("standard output is not a terminal"),
            Some("dumb") => Some("this terminal cannot draw (TERM is dumb)"),
            _ if !is_named => Some("nobody says what this terminal can do (TERM is not set)"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)], input: bool, output: bool) -> Surroundings {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).into())
        };
        Surroundings::new(Day::FIRST, variable, input, output)
    }

    #[cfg(unix)]
    #[test]
    fn screens_need_a_terminal_both_ways_that_says_what_it_is() {
        let xterm = [("TERM", "xterm")];
        assert_eq!(with(&xterm, true, true).refusal(), None);
        assert!(with(&xterm, false, true).refusal().is_some());
        assert!(with(&xterm, true, false).refusal().is_some());
        for term in [&[][..], &[("TERM", "")], &[("TERM", "dumb")]] {
            assert!(with(term, true, true).refusal().is_some(), "{term:?}");
        }
    }

    #[test]
    fn accessible_asks_for_the_dialogue() {
        assert!(with(&[("ACCESSIBLE", "1")], true, true).plain);
        assert!(!with(&[("ACCESSIBLE", "0")], true, true).plain);
        assert!(!with(&[("ACCESSIBLE", "")], true, true).plain);
        assert!(!with(&[], true, true).plain);
    }

    #[cfg(unix)]
    #[test]
    fn folders_are_those_of_the_specification() {
        let home = with(
            &[("HOME", "/home/ada"), ("XDG_STATE_HOME", "here")],
            true,
            true,
        );
        assert_eq!(
            home.config,
            Some("/home/ada/.config/licit/config.toml".into())
        );
        assert_eq!(home.state, Some("/home/ada/.local/state/licit".into()));
        let set = with(
            &[("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "/s")],
            true,
            true,
        );
        assert_eq!(set.config, Some("/c/licit/config.toml".into()));
        assert_eq!(set.state, Some("/s/licit".into()));
        assert_eq!(with(&[], true, true).state, None);
    }
}
