//! Words about reasons: claims, sources, and the questions that an answer turns on.

use super::Dialogue;
use super::lookup::place;
use super::pages;
use crate::model::{ClaimId, GivenId, GivenKind};
use crate::tui::command::Command;
use crate::tui::message::Message;
use crate::tui::overlay::Overlay;
use crate::tui::pane::Pane;
use crate::tui::row::Target;

impl Dialogue {
    /// The proof, or one claim of it whole.
    pub(super) fn why(&mut self, typed: &str) {
        self.run(Command::Why);
        if self.model.shown().is_none() {
            return;
        }
        if typed.is_empty() {
            let text = pages::proof(&self.model);
            self.print(&text);
            self.say("One claim whole: why 1. Without it: without 1.");
        } else if let Some(claim) = self.claim(typed) {
            let text = pages::about(&self.model, &Target::Claim(claim));
            self.print(&text);
        }
    }

    /// The claim of that number or id.
    fn claim(&mut self, typed: &str) -> Option<ClaimId> {
        let all = pages::claims(&self.model);
        let found = match place(typed) {
            Some(place) => all.get(place).copied(),
            None => self.model.base.claims.find(typed),
        };
        if found.is_none() {
            let number = all.len();
            self.say(&format!("there is no claim {typed}; why lists {number}"));
        }
        found
    }

    /// The sources of the answer, or one of them whole.
    pub(super) fn sources(&mut self, typed: &str) {
        let all = pages::sources(&self.model);
        if all.is_empty() {
            self.say("There is no answer with a source yet.");
        } else if typed.is_empty() {
            let text = pages::source_list(&self.model);
            self.print(&text);
        } else {
            match place(typed).and_then(|place| all.get(place)) {
                Some(source) => {
                    let text = pages::about(&self.model, &Target::Source(*source));
                    self.print(&text);
                }
                None => {
                    let number = all.len();
                    self.say(&format!(
                        "there is no source {typed}; source lists {number}"
                    ));
                }
            }
        }
    }

    /// Takes a claim as never made, or counts it again.
    pub(super) fn without(&mut self, typed: &str) {
        self.run(Command::Why);
        let Some(claim) = self.claim(typed) else {
            return;
        };
        let places = [
            (Command::Ask, Pane::Basket),
            (Command::Ask, Pane::Answer),
            (Command::Why, Pane::Proof),
        ];
        for (screen, pane) in places {
            self.run(screen);
            let rows = self.model.rows(pane);
            let about = |target: &Target| target.claim() == Some(claim);
            let found = rows
                .iter()
                .position(|row| row.target.as_ref().is_some_and(about));
            if let Some(row) = found {
                self.send(Message::Mark(Some(pane), row));
                self.run(Command::SetAside);
                return;
            }
        }
        self.say("neither the answer nor its proof speaks of that claim");
    }

    /// Answers the question of that number with yes or no, or takes the answer back.
    pub(super) fn answered(&mut self, typed: &str, truth: Option<bool>) {
        let Some(given) = self.question(typed) else {
            return;
        };
        self.point_at_question(given);
        self.run(match truth {
            Some(true) => Command::Yes,
            Some(false) => Command::No,
            None => Command::Unknown,
        });
        if matches!(self.model.overlay, Some(Overlay::Prompt(_))) {
            let kind = self.model.knowledge().givens[given].kind.expected();
            self.say(&format!("the answer is {kind}: say {typed} VALUE"));
        }
    }

    /// Answers the question of that number with a value.
    pub(super) fn answer_with(&mut self, rest: &str) {
        let (typed, value) = rest.split_once(' ').unwrap_or((rest, ""));
        let value = value.trim();
        let Some(given) = self.question(typed) else {
            return;
        };
        if value.is_empty() {
            let kind = self.model.knowledge().givens[given].kind.expected();
            self.say(&format!("the value is missing: the answer is {kind}"));
            return;
        }
        let is_truth = matches!(self.model.knowledge().givens[given].kind, GivenKind::Truth);
        match value.to_ascii_lowercase().as_str() {
            "unknown" => self.answered(typed, None),
            "yes" | "true" if is_truth => self.answered(typed, Some(true)),
            "no" | "false" if is_truth => self.answered(typed, Some(false)),
            _ if is_truth => self.say("the answer is yes or no"),
            _ => {
                self.point_at_question(given);
                self.run(Command::Yes);
                self.fill(value);
            }
        }
    }

    fn question(&mut self, typed: &str) -> Option<GivenId> {
        let all = pages::questions(&self.model);
        let found = match place(typed) {
            Some(place) => all.get(place).copied(),
            None => self.model.base.givens.find(typed),
        };
        if found.is_none() {
            let number = all.len();
            self.say(&format!(
                "there is no question {typed}; questions lists {number}"
            ));
        }
        found
    }

    /// Opens the list of questions and marks one.
    fn point_at_question(&mut self, given: GivenId) {
        self.run(Command::Givens);
        let rows = self.model.overlay_rows();
        let about = |target: &Target| target.given() == Some(given);
        let found = rows
            .iter()
            .position(|row| row.target.as_ref().is_some_and(about));
        if let Some(row) = found {
            self.send(Message::Mark(None, row));
        }
    }
}
