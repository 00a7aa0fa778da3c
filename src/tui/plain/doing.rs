//! Words that give a value, write a file or explain themselves.

use super::Dialogue;
use super::pages;
use super::words::{WORDS, Word};
use crate::model::{Reading, Segment};
use crate::search::{Recorded, ThingKind, recorded};
use crate::tui::command::Command;
use crate::tui::filter::keeps;
use crate::tui::message::Message;
use crate::tui::overlay::{Overlay, Wanted};
use crate::tui::pane::Pane;
use crate::tui::row::Target;

impl Dialogue {
    /// Gives a value to a command that asks for one. What is wrong with it is said when the line is done.
    pub(super) fn enter(&mut self, command: Command, value: &str) {
        self.run(command);
        self.fill(value);
    }

    /// Fills the field that is open, and takes what stands there.
    pub(super) fn fill(&mut self, value: &str) {
        if matches!(self.model.overlay, Some(Overlay::Prompt(_))) {
            self.send(Message::Fill(value.to_owned()));
            self.run(Command::Accept);
        }
    }

    /// Whether this is what the open field asks for.
    pub(super) fn is_asked(&self, wanted: Wanted) -> bool {
        matches!(&self.model.overlay, Some(Overlay::Prompt(prompt)) if prompt.wanted == wanted)
    }

    /// The reading of that word, or the next one.
    pub(super) fn reading(&mut self, word: &str) {
        let words: Vec<&str> = Reading::ALL.iter().map(|one| one.word()).collect();
        let now = |dialogue: &Self| dialogue.model.draft.now().team.reading.word();
        self.turn(Command::Reading, word, &words, now);
    }

    /// The kind of buyer of that word, or the next one.
    pub(super) fn segment(&mut self, word: &str) {
        let words: Vec<&str> = Segment::ALL.iter().map(|one| one.word()).collect();
        let now = |dialogue: &Self| dialogue.model.draft.now().team.segment.word();
        self.turn(Command::Segment, word, &words, now);
    }

    /// Repeats a command that goes from one of a few words to the next, until it stands at the one wanted.
    fn turn(
        &mut self,
        command: Command,
        wanted: &str,
        words: &[&str],
        now: impl Fn(&Self) -> &'static str,
    ) {
        if wanted.is_empty() {
            self.run(command);
        } else if words.contains(&wanted) {
            for _ in words {
                if now(self) != wanted {
                    self.run(command);
                }
            }
        } else {
            self.say(&format!("`{wanted}` is none of {}", words.join(", ")));
        }
    }

    /// How the answer changes over time.
    pub(super) fn timeline(&mut self) {
        self.run(Command::Timeline);
        if self.model.course.is_some() {
            let text = pages::pane(&self.model, Pane::Changes);
            self.print(&text);
            self.say("Go to a day by on DAY, or by next and previous.");
        }
    }

    /// Writes what was asked about last to a file of the form that its name ends with.
    pub(super) fn write(&mut self, name: &str) {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let command = match ending.to_ascii_lowercase().as_str() {
            "md" => Command::ExportMarkdown,
            "json" => Command::ExportJson,
            "csv" => Command::ExportTable,
            "toml" => Command::ExportTeam,
            _ => Command::ExportText,
        };
        self.enter(command, name);
    }

    /// Opens a basket that was kept, or names them all.
    pub(super) fn open(&mut self, name: &str) {
        if name.is_empty() {
            let names: Vec<String> = self.model.baskets.keys().cloned().collect();
            match names.is_empty() {
                true => self.say("No basket was kept yet: save NAME keeps this one."),
                false => names.iter().for_each(|name| self.say(name)),
            }
            return;
        }
        if !self.model.baskets.contains_key(name) {
            self.say(&format!(
                "no basket is called `{name}`; open lists those that were kept"
            ));
            return;
        }
        self.run(Command::Baskets);
        self.choose(&Target::Basket(name.to_owned()));
    }

    /// Takes what is wanted from the list that is open. Returns whether it stands there.
    pub(super) fn choose(&mut self, wanted: &Target) -> bool {
        let rows = self.model.overlay_rows();
        let place = rows
            .iter()
            .position(|row| row.target.as_ref() == Some(wanted));
        if let Some(place) = place {
            self.send(Message::Mark(None, place));
            self.run(Command::Accept);
        }
        place.is_some()
    }

    /// The words, or those that have a word in them.
    pub(super) fn help(&mut self, words: &str) {
        let fits = |word: &&Word| keeps(words, &format!("{} {}", word.usage(), word.help));
        let found: Vec<&Word> = WORDS.iter().filter(fits).collect();
        for word in &found {
            self.say(&format!("{}: {}", word.usage(), word.help));
        }
        match found.is_empty() {
            true => self.say(&format!("no word has `{words}` in it; help lists all")),
            false => self.say("Anything else is searched: pim"),
        }
    }

    /// What hangs together with a thing.
    pub(super) fn graph(&mut self, words: &str) {
        let Some(thing) = self.meant(words, ThingKind::ALL) else {
            return;
        };
        if self.point_at(thing) {
            self.run(Command::Graph);
            let text = pages::pane(&self.model, Pane::Tree);
            self.print(&text);
        }
    }

    /// One thing, claim, source or question whole.
    pub(super) fn show(&mut self, words: &str) {
        let known = match recorded(self.model.knowledge(), words) {
            Some(Recorded::Claim(claim)) => Some(Target::Claim(claim)),
            Some(Recorded::Source(source)) => Some(Target::Source(source)),
            Some(Recorded::Given(given)) => Some(Target::Given(given)),
            Some(Recorded::Thing(thing)) => Some(Target::Thing(thing)),
            None => self.meant(words, ThingKind::ALL).map(Target::Thing),
        };
        if let Some(target) = known {
            let text = pages::about(&self.model, &target);
            self.print(&text);
        }
    }
}
