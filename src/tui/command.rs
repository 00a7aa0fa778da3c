//! Everything that can be done, once: its name for a configuration file, its words, and whether it can be done now.
//!
//! Footer, help, palette, manual page and the tests of all four are made from this list and from
//! [`BINDINGS`](super::BINDINGS).

use super::model::Model;
use super::overlay::{Choice, Overlay};
use super::place::Screen;

/// Declares the commands with their words.
macro_rules! commands {
    ($($group:literal { $($name:ident = $word:literal, $hint:literal, $help:literal;)+ })+) => {
        /// Something that a key or the palette does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $($(#[doc = $help] $name,)+)+
        }

        impl Command {
            /// Every command, in the order of the help.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            /// The name in a configuration file.
            pub fn word(self) -> &'static str {
                match self { $($(Self::$name => $word,)+)+ }
            }

            /// A word or two for the footer.
            pub fn hint(self) -> &'static str {
                match self { $($(Self::$name => $hint,)+)+ }
            }

            /// A sentence for the help.
            pub fn help(self) -> &'static str {
                match self { $($(Self::$name => $help,)+)+ }
            }

            /// Beside which others the help lists it.
            pub fn group(self) -> &'static str {
                match self { $($(Self::$name => $group,)+)+ }
            }
        }
    };
}

commands! {
    "Move" {
        Up = "up", "up", "Go to the row above";
        Down = "down", "down", "Go to the row below";
        PageUp = "page-up", "page up", "Go a page up";
        PageDown = "page-down", "page down", "Go a page down";
        First = "first", "first", "Go to the first row";
        Last = "last", "last", "Go to the last row";
        Left = "left", "close", "Close what is open, or go one column to the left";
        Right = "right", "open", "Open what is closed, or go one column to the right";
        UnfoldAll = "unfold-all", "open all", "Open everything that is closed, or close it again";
        NextPane = "next-pane", "pane", "Go to the next pane";
        PreviousPane = "previous-pane", "pane back", "Go to the pane before";
        Open = "open", "open", "Show what the row is about";
        Back = "back", "back", "Go one step back; never quits";
    }
    "Screens" {
        Ask = "ask", "ask", "Who needs what: the basket and its answer";
        Why = "why", "why", "Why the answer is what it is, claim by claim";
        Timeline = "timeline", "timeline", "How the answer changes over time";
        Compare = "compare", "compare", "Licenses side by side";
        Audit = "audit", "audit", "Role assignments of a tenant against its licenses";
        Graph = "graph", "graph", "What hangs together with the row";
    }
    "Find" {
        Search = "search", "search", "Search roles, features, tasks, licenses and plans";
        Kinds = "kinds", "kinds", "Search one kind of thing only, or all again";
        Filter = "filter", "filter", "Show only the rows with these words";
        ClearFilter = "clear-filter", "no filter", "Show all rows again";
        NextConflict = "next-conflict", "next conflict", "Go to the next claim that is in dispute";
    }
    "Basket" {
        Add = "add", "add", "Put what is marked into the basket, or take it out";
        Remove = "remove", "remove", "Take the row out of the basket";
        Hold = "hold", "held", "Add a license that the account holds";
        HoldElsewhere = "hold-elsewhere", "held elsewhere", "Add a license on another account of the person";
        Own = "own", "owned", "Say how many seats of a license the tenant owns";
        Eligible = "eligible", "eligible", "Roles are held as eligible, or active again";
        Givens = "givens", "givens", "Say what only you know: everything that the answer may turn on";
        Yes = "yes", "yes", "Answer the question of the row with yes";
        No = "no", "no", "Answer the question of the row with no";
        Unknown = "unknown", "unknown", "The question of the row is open again";
        Persona = "persona", "persona", "Add other people with needs of their own";
        NextPersona = "next-persona", "next people", "Ask about the next people of the basket";
        Rename = "rename", "rename", "Name these people";
        MorePeople = "more-people", "one more", "One person more";
        FewerPeople = "fewer-people", "one less", "One person less";
        People = "people", "how many", "Say how many people there are";
        Reading = "reading", "reading", "How strictly vague texts are read: technical, documented, cautious";
        Segment = "segment", "segment", "Who buys: commercial, education, government, nonprofit";
        Currency = "currency", "currency", "In which currency licenses are paid";
        SetAside = "set-aside", "try without", "Answer as if the claim of the row had never been made, or count it again";
        Undo = "undo", "undo", "Undo the last change of the basket";
        Redo = "redo", "redo", "Do again what was undone";
        NewBasket = "new-basket", "new basket", "Begin with an empty basket";
        SaveBasket = "save-basket", "save as", "Keep the basket under a name";
        Baskets = "baskets", "baskets", "Open a basket that was kept";
    }
    "Dates" {
        On = "on", "date", "On which day it is asked";
        Known = "known", "known", "With what was known on which day";
        Today = "today", "today", "Both days are today again";
        NextChange = "next-change", "next change", "Go to the day of the next change of the answer";
        PreviousChange = "previous-change", "change before", "Go to the day of the change before";
        NextDay = "next-day", "day later", "One day later";
        PreviousDay = "previous-day", "day before", "One day earlier";
        NextMonth = "next-month", "month later", "One month later";
        PreviousMonth = "previous-month", "month before", "One month earlier";
        Axis = "axis", "axis", "Move along the day asked about, or along what was known";
        Mark = "mark", "mark", "Mark the day of the row, to see what differs between two";
    }
    "Compare" {
        AddCompared = "add-compared", "to compare", "Put a license beside the others, or take it away";
        PickCompared = "pick-compared", "add license", "Search a license to put beside the others";
        DropCompared = "drop-compared", "drop license", "Take the license of the column away";
        Differences = "differences", "differences", "Only rows in which the licenses differ, or all";
        ByTasks = "by-tasks", "by need", "Compare by what is asked about, or by all features";
    }
    "Graph" {
        Center = "center", "center", "Put the row in the middle";
        Deeper = "deeper", "farther", "Walk one step more";
        Shallower = "shallower", "nearer", "Walk one step less";
        Path = "path", "way to", "Show the shortest way to another thing";
    }
    "Audit" {
        OpenExports = "open-exports", "open exports", "Read the exports of a tenant";
        OpenDemo = "open-demo", "demo tenant", "Read the exports of an invented tenant, to try it";
        ReadAgain = "read-again", "read again", "Read the same exports again";
        Cancel = "cancel", "stop", "Stop the reading; what was read stays, labelled partial";
        Names = "names", "names", "Show the names of people, or hide them";
        Sort = "sort", "sort", "Sort findings: gravity, verdict, person, role, kind";
        ByPeople = "by-people", "by person", "Person by person with every role, or the findings";
        TryFinding = "try-finding", "try it", "Put what the finding asks into the basket, to try what would help";
        Ignore = "ignore", "ignore", "Leave the finding out, with a reason and an end";
    }
    "Copy" {
        CopyLine = "copy-line", "copy row", "Copy the row";
        CopyAnswer = "copy-answer", "copy answer", "Copy the answer as text";
        CopyMarkdown = "copy-markdown", "copy Markdown", "Copy the answer as Markdown, with its sources";
        CopyJson = "copy-json", "copy JSON", "Copy the answer as JSON";
        CopyCommand = "copy-command", "copy command", "Copy the command line that gives the same";
        CopyLink = "copy-link", "copy link", "Copy the address of the source";
    }
    "Export" {
        ExportText = "export-text", "text file", "Write what the screen is about to a text file";
        ExportMarkdown = "export-markdown", "Markdown file", "Write what the screen is about to a Markdown file";
        ExportJson = "export-json", "JSON file", "Write what the screen is about to a JSON file";
        ExportTable = "export-table", "CSV file", "Write the table to a CSV file";
        ExportPicture = "export-picture", "SVG file", "Write this screen as a picture";
        ExportTeam = "export-team", "team file", "Write the basket as a team file for `licit cheapest`";
    }
    "Sources" {
        OpenSource = "open-source", "open source", "Open the source of the row, after showing where it leads";
    }
    "Program" {
        Palette = "palette", "commands", "Find any command by its words";
        Help = "help", "help", "The keys of this screen";
        Messages = "messages", "messages", "What the program had to say";
        Mouse = "mouse", "mouse", "Use the mouse, or leave it to the terminal";
        Redraw = "redraw", "redraw", "Draw everything anew";
        Suspend = "suspend", "suspend", "Leave to the shell; `fg` comes back";
        Accept = "accept", "accept", "Take what was typed or marked";
        Confirm = "confirm", "yes, do it", "Do what was asked about";
        Quit = "quit", "quit", "Leave the program; the state is kept";
    }
}

impl Command {
    /// The command of that name.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|command| command.word() == word)
    }

    /// Whether it can be done now.
    ///
    /// # Errors
    /// Why not, in words for the palette and the status line.
    pub fn available(self, model: &Model) -> Result<(), &'static str> {
        let no = |can: bool, why: &'static str| if can { Ok(()) } else { Err(why) };
        // What stands in the palette is judged by the screen below it: its own rows ask here.
        let target = || match &model.overlay {
            Some(Overlay::Chooser(chooser)) if chooser.choice == Choice::Givens => model.target(),
            _ => model.target_of(model.focus),
        };
        match self {
            Self::Undo => no(model.draft.can_undo(), "nothing was changed"),
            Self::Redo => no(model.draft.can_redo(), "nothing was undone"),
            Self::Why if model.audit_target().is_some() => no(
                model.audit_answer().is_some(),
                "no answer stands behind the row: there is nothing to prove",
            ),
            Self::CopyAnswer | Self::CopyMarkdown | Self::CopyJson
                if model.screen == Screen::Audit =>
            {
                no(model.judged().is_some(), "no exports are open")
            }
            Self::Why | Self::Timeline | Self::CopyAnswer | Self::CopyMarkdown | Self::CopyJson => {
                no(
                    model.shown().is_some(),
                    "put something into the basket first",
                )
            }
            Self::CopyCommand if model.screen == Screen::Audit => {
                no(model.judged().is_some(), "no exports are open")
            }
            Self::CopyCommand => no(
                model.shown().is_some() || model.screen != Screen::Ask,
                "put something into the basket first",
            ),
            Self::NextChange | Self::PreviousChange => no(
                model.shown().is_some(),
                "put something into the basket first",
            ),
            Self::Eligible => no(
                model.draft.now().has_role(),
                "only a role can be held as eligible; put one into the basket",
            ),
            Self::NextPersona => no(
                model.draft.now().team.personas.len() > 1,
                "there are no other people in the basket",
            ),
            Self::OpenSource | Self::CopyLink => {
                no(model.source().is_some(), "the row has no source")
            }
            Self::SetAside => no(
                target().is_some_and(|target| target.claim().is_some()),
                "the row is not about a claim",
            ),
            Self::Center => no(
                target().is_some_and(|target| target.thing().is_some()),
                "the row is not about a thing",
            ),
            Self::AddCompared => no(model.sku().is_some(), "the row is not about a license"),
            Self::DropCompared => no(
                !model.draft.now().compared.is_empty(),
                "no license is being compared",
            ),
            Self::Mark => no(
                target().is_some_and(|target| target.day().is_some()),
                "the row is not about a day",
            ),
            Self::Today => no(!model.is_today(), "both days are today already"),
            Self::ClearFilter => no(model.is_filtered(), "all rows are shown"),
            Self::ExportTable if model.screen == Screen::Audit => {
                no(model.judged().is_some(), "no exports are open")
            }
            Self::ExportTable => no(
                model.screen == Screen::Compare,
                "there is no table here; Compare and Audit have one",
            ),
            Self::ExportTeam | Self::SaveBasket => no(
                !model.draft.now().is_empty(),
                "put something into the basket first",
            ),
            Self::ExportText | Self::ExportMarkdown | Self::ExportJson => {
                no(model.can_be_exported(), "there is nothing to write yet")
            }
            Self::Yes | Self::No | Self::Unknown => no(
                target().is_some_and(|target| target.given().is_some()),
                "the row asks nothing",
            ),
            Self::Confirm => no(
                matches!(model.overlay, Some(Overlay::Confirm(_))),
                "nothing was asked",
            ),
            Self::Baskets => no(!model.baskets.is_empty(), "no basket was kept yet"),
            Self::ReadAgain => no(model.audit.exports.is_some(), "no exports were opened yet"),
            Self::Cancel => no(model.audit.is_reading(), "nothing is being read"),
            // Names tell also why nothing could be used.
            Self::Names => no(model.audit.was_read(), "no exports are open"),
            Self::Sort | Self::ByPeople => no(model.judged().is_some(), "no exports are open"),
            Self::TryFinding => no(
                model.audit_answer().is_some(),
                "no answer stands behind the row",
            ),
            Self::Ignore => no(
                model.can_be_left_out(),
                "the row is not about a finding that counts",
            ),
            _ => Ok(()),
        }
    }
}
