//! The dialogue without screens: a line in, lines out, for screen readers, dumb terminals and pipes.
//!
//! It drives the same model by the same updates, and prints the rows of the same panes: no answer can differ from what the
//! screens show. Nothing is ever drawn over: no cursor, no escape, no border, no animation, and what can be chosen has a
//! number.

mod doing;
mod exports;
mod lookup;
mod pages;
mod reasons;
mod talk;
mod words;

pub use words::{WORDS, Word};

pub(super) use talk::talk;

use super::audit;
use super::command::Command;
use super::effect::Effect;
use super::input::one_line;
use super::job::Watch;
use super::message::Message;
use super::model::Model;
use super::overlay::Overlay;
use super::pane::Pane;
use super::report::Report;
use super::update::update;
use crate::model::{Draft, Named};
use words::Act;

/// A dialogue about one basket.
#[derive(Debug)]
pub struct Dialogue {
    model: Model,
    /// What the last search found, and how many of it were told.
    matches: Vec<Named>,
    told_matches: usize,
    told_notices: usize,
    said: String,
    outside: Vec<Effect>,
}

/// What comes of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// What is said: whole lines, nothing that steers a terminal.
    pub text: String,
    /// What is to be done outside: keeping the session, writing a file, leaving.
    pub effects: Vec<Effect>,
}

impl Dialogue {
    /// Begins where a model stands. What it draws by signs is drawn in ASCII from now on.
    pub fn new(mut model: Model) -> Self {
        model.look.ascii = true;
        Self {
            model,
            matches: Vec::new(),
            told_matches: 0,
            told_notices: 0,
            said: String::new(),
            outside: Vec::new(),
        }
    }

    /// The state.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What is said before the first line.
    pub fn greeting(&mut self) -> Reply {
        self.say(&format!(
            "licit {}, data {}: which license an admin needs, line by line.",
            env!("CARGO_PKG_VERSION"),
            self.model.knowledge().meta.version
        ));
        self.say("Type a role, a feature, a task or a license, then add 1. help lists the words, quit leaves.");
        if !self.model.draft.now().is_empty() {
            self.outcome();
        }
        self.reply()
    }

    /// Takes a line and says what comes of it. Whatever stands in the line, this is an answer or a hint.
    pub fn line(&mut self, typed: &str) -> Reply {
        let line = one_line(typed);
        let line = line.trim();
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        let before = comparable(self.model.draft.now());
        let had_overlay = self.model.overlay.is_some();
        if had_overlay {
            self.confirm(line);
        } else if !line.is_empty() {
            // Some roles are called like a word: "Search Administrator", "People Administrator".
            let word = Word::find(first).filter(|_| rest.is_empty() || !self.is_name(line));
            // The number of a match that was told means the match, not things with that number in their names.
            let is_match = lookup::place(line).is_some_and(|place| place < self.told_matches);
            match word {
                Some(word) => self.act(word, rest.trim()),
                None if is_match => self.add(line),
                None => self.search(line, Some(first)),
            }
            self.settle();
        }
        if comparable(self.model.draft.now()) != before {
            self.run(Command::Ask);
            self.outcome();
        }
        let mut reply = self.reply();
        let is_quiet = |effect: &Effect| matches!(effect, Effect::Save(_));
        if reply.text.is_empty() && !line.is_empty() && reply.effects.iter().all(is_quiet) {
            reply.text.push_str("Done.\n");
        }
        reply
    }

    /// Takes note of how something went that was to be done outside.
    pub fn told(&mut self, report: Report) -> Reply {
        self.send(Message::Told(report));
        self.settle();
        self.reply()
    }

    fn reply(&mut self) -> Reply {
        let notices: Vec<String> = self
            .model
            .notices
            .iter()
            .skip(self.told_notices)
            .cloned()
            .collect();
        self.told_notices = self.model.notices.len();
        for notice in notices {
            // What a notice says after a semicolon is about keys.
            let words = notice.split("; ").next().unwrap_or_default();
            self.say(&format!("note: {words}"));
        }
        Reply {
            text: std::mem::take(&mut self.said),
            effects: std::mem::take(&mut self.outside),
        }
    }

    /// Says a line.
    fn say(&mut self, line: &str) {
        self.said.push_str(&pages::flat(line));
        self.said.push('\n');
    }

    /// Prints text of whole lines as it is.
    fn print(&mut self, text: &str) {
        self.said.push_str(text);
        if !text.ends_with('\n') {
            self.said.push('\n');
        }
    }

    /// The basket and its answer.
    fn outcome(&mut self) {
        let text = format!(
            "{}{}",
            pages::basket(&self.model),
            pages::answer(&self.model)
        );
        self.print(&text);
    }

    /// Lets something happen to the model. What would be copied is printed; what only a screen can do is left out.
    fn send(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Copy { text, .. } => self.print(&text),
                Effect::Save(_) | Effect::Write { .. } | Effect::Ignore { .. } | Effect::Quit => {
                    self.outside.push(effect);
                }
                Effect::Suspend
                | Effect::Redraw
                | Effect::Mouse(_)
                | Effect::Open { .. }
                | Effect::Cancel => {}
                // Whoever asks line by line waits for the answer.
                Effect::Work(job) => {
                    let finished = audit::work(job, &Watch::alone(false));
                    self.send(Message::Done(finished));
                }
            }
        }
    }

    fn run(&mut self, command: Command) {
        self.send(Message::Command(command));
    }

    /// Says what lies over the screen: what is wrong with a value, or what is asked before something is done.
    fn settle(&mut self) {
        match self.model.overlay.clone() {
            Some(Overlay::Confirm(confirm)) => {
                self.say(&format!(
                    "{} {} Type yes or no.",
                    confirm.question, confirm.detail
                ));
                return;
            }
            Some(Overlay::Prompt(prompt)) => {
                if let Some(problem) = prompt.problem {
                    self.say(&problem);
                }
            }
            Some(Overlay::Chooser(_)) | None => {}
        }
        self.model.overlay = None;
    }

    /// Answers what is asked before something is done; whatever is no yes is a no.
    fn confirm(&mut self, line: &str) {
        match line.eq_ignore_ascii_case("yes") || line.eq_ignore_ascii_case("y") {
            true => self.run(Command::Confirm),
            false => {
                self.run(Command::Back);
                self.say("Not done.");
            }
        }
    }

    fn act(&mut self, word: &'static Word, rest: &str) {
        let is_optional = word.takes.is_empty() || word.takes.starts_with('[');
        let is_known = matches!(word.act, Act::Compare | Act::Reading | Act::Segment);
        if rest.is_empty() && !is_optional && !is_known {
            self.say(&format!("{}: {}", word.usage(), word.help));
            return;
        }
        match word.act {
            Act::Search => self.search(rest, None),
            Act::More => self.more(),
            Act::Add => self.add(rest),
            Act::Remove => self.remove(rest),
            Act::Basket => self.print(&pages::basket(&self.model)),
            Act::Answer => {
                self.run(Command::Ask);
                self.print(&pages::answer(&self.model));
            }
            Act::Why => self.why(rest),
            Act::Sources => self.sources(rest),
            Act::Show => self.show(rest),
            Act::Without => self.without(rest),
            Act::Questions => self.print(&pages::question_list(&self.model)),
            Act::Answered(truth) => self.answered(rest, truth),
            Act::Say => self.answer_with(rest),
            Act::Pick(command) => self.pick(command, rest),
            Act::Owned => self.owned(rest),
            Act::Compare => self.compare(rest),
            Act::Graph => self.graph(rest),
            Act::Ways => {
                self.run(Command::Ask);
                self.print(&pages::pane(&self.model, Pane::Ways));
            }
            Act::Timeline => self.timeline(),
            Act::Enter(command) => self.enter(command, rest),
            Act::Reading => self.reading(rest),
            Act::Segment => self.segment(rest),
            Act::Change(command) | Act::Print(command) => self.run(command),
            Act::Audit => self.audit(rest),
            Act::Findings => self.findings(rest),
            Act::Finding => self.finding(rest),
            Act::Holders => self.holders(),
            Act::Try => self.try_finding(rest),
            Act::Ignore => self.ignore(rest),
            Act::Write => self.write(rest),
            Act::Open => self.open(rest),
            Act::Messages => {
                let all = self.model.notices.clone();
                for notice in all {
                    self.say(&notice);
                }
            }
            Act::Help => self.help(rest),
            Act::Quit => self.run(Command::Quit),
        }
    }
}

/// What of a draft changes the basket and its answer.
fn comparable(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    draft.compared.clear();
    draft.marked = (None, None);
    draft.team.name.clear();
    draft
}
