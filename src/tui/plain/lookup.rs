//! Words that name things: what is searched, put into the basket, held, compared or shown.

use super::Dialogue;
use super::pages;
use super::words::{WORDS, Word};
use crate::model::{Named, nearest};
use crate::render::{ComparisonView, View};
use crate::search::{Hit, Rank, Resolution, ThingKind, resolve};
use crate::tui::command::Command;
use crate::tui::draft::asked;
use crate::tui::message::Message;
use crate::tui::overlay::Overlay;
use crate::tui::pane::Pane;
use crate::tui::row::{Target, rows};
use crate::tui::screen;

/// The matches told at once.
const AT_ONCE: usize = 10;

/// The matches offered where a name is not exact.
const OFFERED: usize = 5;

/// The place that a number stands for: the first is 1.
pub(super) fn place(typed: &str) -> Option<usize> {
    let typed = typed.trim_end_matches('.');
    typed.parse::<usize>().ok()?.checked_sub(1)
}

impl Dialogue {
    /// Whether the words are exactly a name.
    pub(super) fn is_name(&self, words: &str) -> bool {
        resolve(self.model.knowledge(), words, ThingKind::ALL) != Resolution::Unknown
    }

    /// Searches, and tells the first matches. `first` is the word that was no word of the dialogue.
    pub(super) fn search(&mut self, words: &str, first: Option<&str>) {
        self.look_for(words);
        self.matches = self.model.hits.iter().map(|hit| hit.thing).collect();
        self.told_matches = 0;
        let near = first.and_then(|first| {
            let words = WORDS.iter().map(|word| word.word);
            nearest(&first.to_lowercase(), words).and_then(Word::find)
        });
        let is_sure = self
            .model
            .hits
            .first()
            .is_some_and(|hit| hit.rank <= Rank::Words);
        match self.matches.len() {
            0 => {
                self.say("Nothing is called like that, now or before. Try fewer letters, or an id.")
            }
            1 => self.say("1 match"),
            number => self.say(&format!("{number} matches")),
        }
        if let Some(word) = near.filter(|_| !is_sure) {
            self.say(&format!(
                "Did you mean the word {}: {}",
                word.usage(),
                word.help
            ));
        }
        if !self.matches.is_empty() {
            self.more();
            if let Some(preview) = pages::preview(&self.model) {
                self.print(&preview);
            }
        }
    }

    fn look_for(&mut self, words: &str) {
        self.run(Command::Search);
        self.send(Message::Fill(words.to_owned()));
    }

    /// Tells the next matches.
    pub(super) fn more(&mut self) {
        let from = self.told_matches;
        let things: Vec<Named> = self
            .matches
            .iter()
            .skip(from)
            .take(AT_ONCE)
            .copied()
            .collect();
        if things.is_empty() {
            self.say("There are no further matches.");
        }
        for (place, thing) in things.iter().enumerate() {
            let line = self.match_line(*thing);
            self.say(&format!("{}. {line}", from + place + 1));
        }
        self.told_matches = from + things.len();
        let left = self.matches.len() - self.told_matches;
        if left > 0 {
            self.say(&format!("{left} more: type more letters, or more"));
        }
    }

    /// A match in words: its kind, its name, and the name that was met.
    fn match_line(&self, thing: Named) -> String {
        let hit = self.model.hits.iter().find(|hit| hit.thing == thing);
        match hit {
            Some(hit) => spoken(&screen::hit_row(&self.model, hit).text()),
            None => self.thing_line(thing),
        }
    }

    fn thing_line(&self, thing: Named) -> String {
        let knowledge = self.model.knowledge();
        format!(
            "{} {}",
            ThingKind::of(thing).spoken(),
            knowledge.name(thing)
        )
    }

    /// What is meant by the number of a match, or by an exact name. Where it is neither, what comes near is offered.
    pub(super) fn meant(&mut self, words: &str, kinds: &[ThingKind]) -> Option<Named> {
        if let Some(place) = place(words) {
            let found = self.matches.get(place).copied();
            let fits = found.filter(|thing| kinds.contains(&ThingKind::of(*thing)));
            if fits.is_none() {
                self.say(&match found {
                    Some(thing) => format!("{words} is no license: {}", self.thing_line(thing)),
                    None => format!("there is no match {words}; type what you look for"),
                });
            }
            return fits;
        }
        let offered = match resolve(self.model.knowledge(), words, kinds) {
            Resolution::Clear { hit, others } => {
                for other in others {
                    let written = self.model.knowledge().written(other.thing);
                    self.say(&format!("also called so: {written}"));
                }
                return Some(hit.thing);
            }
            Resolution::Ambiguous(hits) | Resolution::Shared(hits) => hits,
            Resolution::Unknown => self.model.find(words, kinds),
        };
        self.offer(words, &offered);
        None
    }

    fn offer(&mut self, words: &str, hits: &[Hit]) {
        self.matches = hits.iter().take(OFFERED).map(|hit| hit.thing).collect();
        self.told_matches = self.matches.len();
        self.say(&match hits.is_empty() {
            true => format!("nothing is called `{words}`, and nothing comes near"),
            false => format!("`{words}` is no exact name of one thing. By its number, instead:"),
        });
        let lines: Vec<String> = hits
            .iter()
            .take(OFFERED)
            .enumerate()
            .map(|(place, hit)| {
                let written = self.model.knowledge().written(hit.thing);
                let name = self.model.knowledge().name(hit.thing);
                format!("{}. {name}, {written}", place + 1)
            })
            .collect();
        lines.iter().for_each(|line| self.say(line));
    }

    /// Puts a thing into the basket.
    pub(super) fn add(&mut self, words: &str) {
        if let Resolution::Shared(hits) = resolve(self.model.knowledge(), words, ThingKind::ALL) {
            hits.iter().for_each(|hit| self.add_thing(hit.thing));
        } else if let Some(thing) = self.meant(words, ThingKind::ALL) {
            self.add_thing(thing);
        }
    }

    fn add_thing(&mut self, thing: Named) {
        let line = self.thing_line(thing);
        if self.model.draft.now().has(thing) {
            self.say(&format!("in the basket already: {line}"));
        } else if asked(thing).is_none() {
            self.say("A service plan is a part of licenses: nothing can be asked about it.");
            let about = pages::about(&self.model, &Target::Thing(thing));
            self.print(&about);
        } else if self.point_at(thing) {
            self.run(Command::Add);
            self.say(&format!("added: {line}"));
        }
    }

    /// Searches a thing that is known, and marks its match.
    pub(super) fn point_at(&mut self, thing: Named) -> bool {
        let written = self.model.knowledge().written(thing);
        let id = written.split_once(':').map_or("", |(_, id)| id).to_owned();
        let name = self.model.knowledge().name(thing).to_owned();
        for words in [id, name] {
            self.look_for(&words);
            let found = self.model.hits.iter().position(|hit| hit.thing == thing);
            if let Some(place) = found {
                self.send(Message::Mark(Some(Pane::Search), place));
                return true;
            }
        }
        self.say("it cannot be found by its own name");
        false
    }

    /// Takes a line out of the basket.
    pub(super) fn remove(&mut self, typed: &str) {
        let number = self.model.draft.now().entries().count();
        match place(typed).filter(|place| *place < number) {
            Some(place) => {
                self.run(Command::Ask);
                self.send(Message::Mark(Some(Pane::Basket), place));
                self.run(Command::Remove);
            }
            None => self.say(&format!(
                "the basket has no line {typed}; basket lists its lines"
            )),
        }
    }

    /// Takes a license for a command that opens a list of them. Returns whether it was taken.
    pub(super) fn pick(&mut self, command: Command, words: &str) {
        if let Some(thing) = self.meant(words, &[ThingKind::Sku]) {
            self.pick_thing(command, thing);
        }
    }

    fn pick_thing(&mut self, command: Command, thing: Named) {
        let written = self.model.knowledge().written(thing);
        let id = written.split_once(':').map_or("", |(_, id)| id).to_owned();
        self.run(command);
        if matches!(self.model.overlay, Some(Overlay::Chooser(_))) {
            self.send(Message::Fill(id));
            self.choose(&Target::Thing(thing));
        }
    }

    /// Seats of a license: its name, then their number.
    pub(super) fn owned(&mut self, words: &str) {
        let parted = words
            .rsplit_once(' ')
            .filter(|(_, seats)| seats.parse::<u64>().is_ok());
        let Some((name, seats)) = parted else {
            self.say("owned SKU NUMBER: the number of seats is missing, as in owned SPE_E3 25");
            return;
        };
        if let Some(thing) = self.meant(name.trim(), &[ThingKind::Sku]) {
            self.pick_thing(Command::Own, thing);
            self.fill(seats);
        }
    }

    /// Licenses side by side: those named, or those of before.
    pub(super) fn compare(&mut self, words: &str) {
        let mut things = Vec::new();
        for word in words.split_whitespace() {
            match self.meant(word, &[ThingKind::Sku]) {
                Some(thing) => things.push(thing),
                None => return,
            }
        }
        self.run(Command::Compare);
        if !things.is_empty() {
            for _ in 0..self.model.draft.now().compared.len() {
                self.model.column = 0;
                self.run(Command::DropCompared);
            }
            for thing in things {
                self.pick_thing(Command::PickCompared, thing);
            }
        }
        let Some(comparison) = &self.model.comparison else {
            self.say("Name licenses by their ids: compare SPE_E3 SPE_E5");
            return;
        };
        let knowledge = self.model.knowledge();
        let page = ComparisonView {
            knowledge,
            comparison,
        }
        .page();
        let text = pages::lines(&rows(knowledge, &page), |_| String::new());
        self.print(&text);
    }
}

/// Blanks that line names up below each other are of no use to the ear.
fn spoken(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
