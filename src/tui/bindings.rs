//! The one table of keys.
//!
//! Dispatch, the hints in the footer, the help, the palette, the manual page and their tests are made from it; a
//! configuration file changes the keys of a command and nothing else.

use super::command::Command;
use super::keys::{Key, Keys};
use std::collections::BTreeMap;

/// Where a key means something. A key is looked up from the narrowest context of the moment to [`Context::Everywhere`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Whatever is shown.
    Everywhere,
    /// Some pane with rows has the focus, so that letters are commands.
    Rows,
    /// A field is being typed into, so that letters are text.
    Text,
    /// The field over the matches.
    Search,
    /// The screen Ask, outside of its field.
    Ask,
    /// The basket of the screen Ask.
    Basket,
    /// A row asks something that only the user knows.
    Question,
    /// The screen Why.
    Why,
    /// The screen Timeline.
    Timeline,
    /// The screen Compare.
    Compare,
    /// The screen Audit, and what of it is shown whole.
    Audit,
    /// Exports are being read.
    Reading,
    /// The screen Graph.
    Graph,
    /// One thing, claim or source, shown whole.
    Show,
    /// The palette, the help or a list to choose from, with a field over it.
    Chooser,
    /// A field that asks for one value.
    Prompt,
    /// A question with yes or no about what is to be done.
    Confirm,
}

impl Context {
    /// The name in the help.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Rows => "On rows",
            Self::Text => "While typing",
            Self::Search => "Search",
            Self::Ask => "Ask",
            Self::Basket => "Basket",
            Self::Question => "On a question",
            Self::Why => "Why",
            Self::Timeline => "Timeline",
            Self::Compare => "Compare",
            Self::Audit => "Audit",
            Self::Reading => "While reading exports",
            Self::Graph => "Graph",
            Self::Show => "Shown",
            Self::Chooser => "Palette and lists",
            Self::Prompt => "Prompt",
            Self::Confirm => "Confirm",
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, as people write them; several pressed one after the other are separated by blanks.
    pub keys: &'static str,
    /// What they do.
    pub command: Command,
    /// Its place among the hints of the footer, the lowest first; 0 keeps it out.
    pub hint: u8,
}

/// Every key of the program, as delivered.
pub const BINDINGS: &[Binding] = {
    use Command as C;
    use Context::{
        Ask, Audit, Basket, Chooser, Compare, Confirm, Everywhere, Graph, Prompt, Question,
        Reading, Rows, Search, Show, Timeline, Why,
    };
    const fn bind(context: Context, keys: &'static str, command: Command, hint: u8) -> Binding {
        Binding {
            context,
            keys,
            command,
            hint,
        }
    }
    &[
        bind(Everywhere, "Esc", C::Back, 90),
        bind(Everywhere, "^P", C::Palette, 95),
        bind(Everywhere, "^C", C::Quit, 0),
        bind(Everywhere, "^Z", C::Suspend, 0),
        bind(Everywhere, "^L", C::Redraw, 0),
        bind(Everywhere, "Tab", C::NextPane, 20),
        bind(Everywhere, "Shift+Tab", C::PreviousPane, 0),
        bind(Everywhere, "Up", C::Up, 0),
        bind(Everywhere, "Down", C::Down, 0),
        bind(Everywhere, "PageUp", C::PageUp, 0),
        bind(Everywhere, "PageDown", C::PageDown, 0),
        bind(Everywhere, "^R", C::Redo, 0),
        bind(Everywhere, "^Y", C::CopyCommand, 0),
        bind(Everywhere, "Alt+1", C::Ask, 0),
        bind(Everywhere, "Alt+2", C::Why, 0),
        bind(Everywhere, "Alt+3", C::Timeline, 0),
        bind(Everywhere, "Alt+4", C::Compare, 0),
        bind(Everywhere, "Alt+5", C::Audit, 0),
        bind(Everywhere, "Alt+6", C::Graph, 0),
        bind(Rows, "k", C::Up, 0),
        bind(Rows, "j", C::Down, 0),
        bind(Rows, "Home", C::First, 0),
        bind(Rows, "End", C::Last, 0),
        bind(Rows, "Left", C::Left, 0),
        bind(Rows, "Right", C::Right, 0),
        bind(Rows, "h", C::Left, 0),
        bind(Rows, "l", C::Right, 0),
        bind(Rows, "*", C::UnfoldAll, 0),
        bind(Rows, "Enter", C::Open, 15),
        bind(Rows, "Backspace", C::Back, 0),
        bind(Rows, "1", C::Ask, 0),
        bind(Rows, "2", C::Why, 0),
        bind(Rows, "3", C::Timeline, 0),
        bind(Rows, "4", C::Compare, 0),
        bind(Rows, "5", C::Audit, 0),
        bind(Rows, "6", C::Graph, 0),
        bind(Rows, "/", C::Search, 10),
        bind(Rows, "f", C::Filter, 60),
        bind(Rows, "\\", C::ClearFilter, 0),
        bind(Rows, "n", C::NextConflict, 0),
        bind(Rows, "w", C::Why, 30),
        bind(Rows, "x", C::SetAside, 40),
        bind(Rows, "g", C::Graph, 0),
        bind(Rows, "o", C::OpenSource, 45),
        bind(Rows, "c", C::AddCompared, 50),
        bind(Rows, "a", C::Givens, 0),
        bind(Rows, "r", C::Reading, 0),
        bind(Rows, "u", C::Undo, 70),
        bind(Rows, "d", C::On, 55),
        bind(Rows, "D", C::Known, 0),
        bind(Rows, "t", C::Today, 0),
        bind(Rows, "]", C::NextChange, 0),
        bind(Rows, "[", C::PreviousChange, 0),
        bind(Rows, "s", C::SaveBasket, 0),
        bind(Rows, "b", C::Baskets, 0),
        bind(Rows, "B", C::NewBasket, 0),
        bind(Rows, "y y", C::CopyLine, 80),
        bind(Rows, "y a", C::CopyAnswer, 0),
        bind(Rows, "y m", C::CopyMarkdown, 0),
        bind(Rows, "y j", C::CopyJson, 0),
        bind(Rows, "y c", C::CopyCommand, 0),
        bind(Rows, "Y", C::CopyLink, 0),
        bind(Rows, "e a", C::ExportText, 82),
        bind(Rows, "e m", C::ExportMarkdown, 0),
        bind(Rows, "e j", C::ExportJson, 0),
        bind(Rows, "e c", C::ExportTable, 0),
        bind(Rows, "e s", C::ExportPicture, 0),
        bind(Rows, "e t", C::ExportTeam, 0),
        bind(Rows, "?", C::Help, 96),
        bind(Rows, "!", C::Messages, 0),
        bind(Rows, "m", C::Mouse, 0),
        bind(Rows, "q", C::Quit, 97),
        bind(Search, "Enter", C::Add, 5),
        bind(Search, "^K", C::Kinds, 8),
        bind(Search, "?", C::Help, 96),
        bind(Ask, "Space", C::Add, 5),
        bind(Basket, "Delete", C::Remove, 6),
        bind(Basket, "-", C::FewerPeople, 0),
        bind(Basket, "+", C::MorePeople, 35),
        bind(Basket, "#", C::People, 0),
        bind(Basket, "Space", C::Remove, 0),
        bind(Ask, "p", C::Persona, 36),
        bind(Ask, "P", C::NextPersona, 0),
        bind(Ask, "N", C::Rename, 0),
        bind(Ask, "i", C::Eligible, 34),
        bind(Ask, "H", C::Hold, 32),
        bind(Ask, "E", C::HoldElsewhere, 0),
        bind(Ask, "O", C::Own, 0),
        bind(Ask, "$", C::Currency, 0),
        bind(Ask, "S", C::Segment, 0),
        bind(Question, "y", C::Yes, 1),
        bind(Question, "n", C::No, 2),
        bind(Question, "-", C::Unknown, 3),
        bind(Why, "i", C::Eligible, 0),
        bind(Timeline, "Left", C::PreviousDay, 0),
        bind(Timeline, "Right", C::NextDay, 0),
        bind(Timeline, "<", C::PreviousMonth, 0),
        bind(Timeline, ">", C::NextMonth, 0),
        bind(Timeline, "A", C::Axis, 35),
        bind(Timeline, "Space", C::Mark, 30),
        bind(Compare, "+", C::PickCompared, 5),
        bind(Compare, "-", C::DropCompared, 6),
        bind(Compare, "v", C::Differences, 7),
        bind(Compare, "z", C::ByTasks, 8),
        bind(Graph, "+", C::Deeper, 5),
        bind(Graph, "-", C::Shallower, 6),
        bind(Graph, "p", C::Path, 7),
        bind(Graph, "Space", C::Center, 4),
        bind(Audit, "+", C::OpenExports, 50),
        bind(Audit, "I", C::OpenDemo, 0),
        bind(Audit, "R", C::ReadAgain, 0),
        bind(Audit, "v", C::Names, 5),
        bind(Audit, "w", C::Why, 6),
        bind(Audit, "f", C::Filter, 7),
        bind(Audit, "s", C::Sort, 16),
        bind(Audit, "z", C::ByPeople, 17),
        bind(Audit, "i", C::Ignore, 18),
        bind(Audit, "Space", C::TryFinding, 19),
        bind(Reading, "Esc", C::Cancel, 1),
        bind(Reading, "^C", C::Cancel, 0),
        bind(Show, "Space", C::Add, 5),
        bind(Chooser, "Enter", C::Accept, 5),
        bind(Prompt, "Enter", C::Accept, 5),
        bind(Confirm, "y", C::Confirm, 1),
        bind(Confirm, "n", C::Back, 2),
    ]
};

/// The keys in force: those of the table, with those of a configuration file in their place.
#[derive(Debug, Clone)]
pub struct Keymap {
    rows: Vec<(Context, Keys, Command, u8)>,
}

/// What keys pressed so far come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A command.
    Command(Command),
    /// The beginning of several.
    Prefix,
    /// Nothing.
    Nothing,
}

impl Keymap {
    /// The table, with other keys for some commands. A command whose keys are changed has the new ones wherever it had
    /// any.
    pub fn new(changed: &BTreeMap<Command, Vec<Keys>>) -> Self {
        let mut rows: Vec<(Context, Keys, Command, u8)> = Vec::new();
        for binding in BINDINGS {
            let keys = match changed.get(&binding.command) {
                Some(keys) => keys.clone(),
                None => binding.keys.parse().into_iter().collect(),
            };
            for keys in keys {
                let row = (binding.context, keys, binding.command, binding.hint);
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        Self { rows }
    }

    /// What the keys come to in these contexts, the narrowest first.
    pub fn find(&self, contexts: &[Context], pressed: &[Key]) -> Found {
        for context in contexts {
            let here = || self.rows.iter().filter(|(of, ..)| of == context);
            if let Some((_, _, command, _)) = here().find(|(_, keys, ..)| keys.0 == pressed) {
                return Found::Command(*command);
            }
            if here()
                .any(|(_, keys, ..)| keys.0.len() > pressed.len() && keys.0.starts_with(pressed))
            {
                return Found::Prefix;
            }
        }
        Found::Nothing
    }

    /// The keys of these contexts with their commands and places in the footer; of keys bound twice the narrower ones.
    pub fn all(&self, contexts: &[Context]) -> Vec<(&Keys, Command, u8)> {
        let mut found: Vec<(&Keys, Command, u8)> = Vec::new();
        for context in contexts {
            for (of, keys, command, hint) in &self.rows {
                let hidden = found.iter().any(|(known, ..)| {
                    known.0.starts_with(&keys.0) || keys.0.starts_with(&known.0) && *known != keys
                });
                if of == context
                    && (!hidden || found.iter().any(|(_, of, _)| of == command && !hidden))
                {
                    found.push((keys, *command, *hint));
                }
            }
        }
        found
    }

    /// The first keys of a command, for the palette and the help.
    pub fn keys_of(&self, command: Command) -> Option<&Keys> {
        let mut rows = self.rows.iter();
        rows.find(|(_, _, of, _)| *of == command)
            .map(|(_, keys, ..)| keys)
    }

    /// Keys that mean two things in one context, or that begin longer ones: with where, and both commands.
    pub fn conflicts(&self) -> Vec<(Context, String, Command, Command)> {
        let mut conflicts = Vec::new();
        for (place, (context, keys, command, _)) in self.rows.iter().enumerate() {
            for (other_context, other_keys, other, _) in self.rows.iter().take(place) {
                let clash = keys.0.starts_with(&other_keys.0) || other_keys.0.starts_with(&keys.0);
                if context == other_context && clash {
                    conflicts.push((*context, keys.to_string(), *other, *command));
                }
            }
        }
        conflicts
    }
}

#[cfg(test)]
mod tests {
    use super::{BINDINGS, Keymap};
    use crate::tui::{Command, Keys};
    use std::collections::BTreeMap;

    #[test]
    fn every_key_can_be_read_and_means_one_thing_in_its_context() {
        for binding in BINDINGS {
            let keys: Keys = binding.keys.parse().unwrap();
            assert_eq!(
                keys.to_string(),
                binding.keys,
                "written as the help shows it"
            );
        }
        assert_eq!(Keymap::new(&BTreeMap::new()).conflicts(), []);
    }

    #[test]
    fn every_command_has_a_key_or_stands_in_the_palette_alone() {
        let palette_only = [];
        for command in Command::ALL {
            let bound = BINDINGS.iter().any(|binding| binding.command == *command);
            assert_ne!(bound, palette_only.contains(command), "{command:?}");
        }
    }

    #[test]
    fn words_are_short_enough_for_their_places() {
        for command in Command::ALL {
            assert!(command.hint().len() <= 14, "{command:?}");
            let help = command.help();
            assert!(help.len() <= 80 && !help.ends_with('.'), "{command:?}");
        }
    }
}
