//! The audit line by line: reading exports, what was found by numbers, trying a finding, leaving one out.

use super::Dialogue;
use super::lookup::place;
use super::pages;
use crate::tui::audit::{Entry, EntryOf};
use crate::tui::command::Command;
use crate::tui::filter::keeps;
use crate::tui::message::Message;
use crate::tui::overlay::Wanted;
use crate::tui::pane::Pane;
use crate::tui::row::Target;

impl Dialogue {
    /// Reads exports; without any, tells what those that are open came to.
    pub(super) fn audit(&mut self, typed: &str) {
        match typed {
            "" => self.run(Command::Audit),
            typed => {
                self.enter(Command::OpenExports, typed);
                if self.model.overlay.is_some() {
                    return;
                }
            }
        }
        match self.model.judged().is_some() {
            true => {
                let text = pages::pane(&self.model, Pane::Totals);
                self.print(&text);
                self.say("findings lists what was found, holders every person; names shows names.");
            }
            false if self.model.audit.is_unusable => {
                let text = pages::pane(&self.model, Pane::Findings);
                self.print(&text);
            }
            false => self.nothing_open(),
        }
    }

    fn nothing_open(&mut self) {
        self.say("no exports are open: audit PATHS reads some, audit --demo an invented tenant");
    }

    /// The rows of the audit as findings or as people.
    fn listed(&mut self, by_people: bool) -> Vec<Entry> {
        self.run(Command::Audit);
        if self.model.judged().is_none() {
            self.nothing_open();
            return Vec::new();
        }
        if self.model.audit.by_people != by_people {
            self.run(Command::ByPeople);
        }
        self.model.audit.table.clone()
    }

    /// What was found, each with its number; the numbers stay, whatever the words leave out.
    pub(super) fn findings(&mut self, words: &str) {
        let entries = self.listed(false);
        let mut told = 0;
        for (place, entry) in entries.iter().enumerate() {
            let line = spoken(entry);
            if keeps(words, &line) {
                self.say(&format!("{}. {line}", place + 1));
                told += 1;
            }
        }
        if told < entries.len() {
            self.say(&format!("{told} of {} findings", entries.len()));
        }
    }

    /// Every person with every role.
    pub(super) fn holders(&mut self) {
        for entry in self.listed(true) {
            let blanks = " ".repeat(entry.depth * 2);
            self.say(&format!("{blanks}{}", spoken(&entry)));
        }
    }

    /// Marks the finding of a number. Returns whether there is one.
    fn mark_finding(&mut self, number: &str) -> bool {
        let entries = self.listed(false);
        let found = place(number).and_then(|place| entries.get(place));
        let Some(EntryOf::Finding(id)) = found.map(|entry| &entry.of) else {
            if !entries.is_empty() {
                self.say(&format!(
                    "there is no finding `{number}`; findings lists them"
                ));
            }
            return false;
        };
        let wanted = Target::Finding(id.clone());
        let rows = self.model.rows(Pane::Findings);
        let row = rows
            .iter()
            .position(|row| row.target.as_ref() == Some(&wanted));
        self.send(Message::Mark(Some(Pane::Findings), row.unwrap_or(0)));
        row.is_some()
    }

    /// One finding whole.
    pub(super) fn finding(&mut self, number: &str) {
        if self.mark_finding(number) {
            let text = pages::pane(&self.model, Pane::Finding);
            self.print(&text);
        }
    }

    /// What a finding asks becomes the basket.
    pub(super) fn try_finding(&mut self, number: &str) {
        if self.mark_finding(number) {
            self.run(Command::TryFinding);
        }
    }

    /// Leaves a finding out, with a reason and perhaps an end, by the list that is proposed.
    pub(super) fn ignore(&mut self, words: &str) {
        let (number, reason) = words.split_once(' ').unwrap_or((words, ""));
        let (reason, until) = match reason.rsplit_once(" until ") {
            Some((reason, until)) => (reason, until.trim()),
            None => (reason, ""),
        };
        if self.mark_finding(number) {
            self.enter(Command::Ignore, reason);
            if self.is_asked(Wanted::IgnoreUntil) {
                self.fill(until);
            }
            if self.is_asked(Wanted::IgnoreFile) {
                self.run(Command::Accept);
            }
        }
    }
}

/// A row in words: "gap: person-0007.1, Helpdesk Administrator, missing-license: ...".
fn spoken(entry: &Entry) -> String {
    let kind = entry.kind.map_or("", |kind| kind.word());
    let parts = [entry.who.as_str(), entry.role.as_str(), kind];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let says = match entry.says.as_str() {
        "" => String::new(),
        says => format!(": {says}"),
    };
    format!("{}: {}{says}", entry.verdict, parts.join(", "))
}
