//! Drives the terminal UI without a terminal: keys in, cells out.

use crate::common::TODAY;
use licit::model::{Currency, Day, Reading};
use licit::tui::{
    Application, Effect, Exports, Finished, Job, Keymap, Look, Message, Model, Opening, Watch,
    drawn, fresh, update,
};
use ratatui::buffer::Buffer;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

/// The program without its terminal.
pub(crate) struct Drive {
    pub(crate) model: Model,
    /// What it wanted done outside, without the savings of its state.
    pub(crate) effects: Vec<Effect>,
    /// How often it saved its state.
    pub(crate) saved: Vec<String>,
    /// Whether the worker never comes to an end: what is shown meanwhile.
    pub(crate) waits: bool,
    /// Whether the worker is asked to stop before it begins.
    pub(crate) is_stopped: bool,
}

/// The built-in data, read once.
pub(crate) static KNOWLEDGE: LazyLock<Arc<licit::dataset::KnowledgeBase>> =
    LazyLock::new(|| Arc::new(licit::ask::built_in().unwrap()));

/// The day of every test.
pub(crate) fn today() -> Day {
    Day::parse(TODAY).unwrap()
}

impl Drive {
    /// Begins with the built-in data and an empty basket, without color.
    pub(crate) fn new(width: u16, height: u16) -> Self {
        let look = Look {
            color: false,
            ground: None,
            ascii: false,
            mouse: false,
        };
        Self::looking(width, height, look)
    }

    pub(crate) fn looking(width: u16, height: u16, look: Look) -> Self {
        let draft = fresh(today(), Reading::Documented, Currency::us_dollar());
        let keymap = Keymap::new(&BTreeMap::new());
        let model = Model::new(Arc::clone(&KNOWLEDGE), today(), draft, keymap, look);
        let mut drive = Self {
            model,
            effects: Vec::new(),
            saved: Vec::new(),
            waits: false,
            is_stopped: false,
        };
        drive.send(Message::Resize { width, height });
        drive
    }

    pub(crate) fn send(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Save(text) => self.saved.push(text),
                Effect::Work(job) if !self.waits => {
                    let done = self.worked(job);
                    self.send(Message::Done(done));
                }
                effect => self.effects.push(effect),
            }
        }
    }

    /// What comes of work. The invented tenant of today is read once for all tests.
    fn worked(&self, job: Job) -> Finished {
        static DEMO: OnceLock<Finished> = OnceLock::new();
        let fresh = fresh(today(), Reading::Documented, Currency::us_dollar()).team;
        let is_usual = |opening: &Opening| {
            let asked = &opening.asked;
            let circumstances = &asked.circumstances;
            opening.exports == Exports::demo()
                && Arc::ptr_eq(&asked.knowledge, &KNOWLEDGE)
                && (circumstances.on, circumstances.known) == (fresh.on, fresh.known)
                && circumstances.givens.is_empty()
                && circumstances.reading == fresh.reading
                && circumstances.currency == fresh.currency
        };
        match job {
            Job::Open(opening) if !self.is_stopped && is_usual(&opening) => DEMO
                .get_or_init(|| Model::work(Job::Open(opening), &Watch::alone(false)))
                .clone(),
            job => Model::work(job, &Watch::alone(self.is_stopped)),
        }
    }

    /// Presses keys by their names, separated by blanks.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.send(Message::Key(key.parse().unwrap()));
        }
        self
    }

    /// Enters a text at once.
    pub(crate) fn write(&mut self, text: &str) -> &mut Self {
        self.send(Message::Paste(text.to_owned()));
        self
    }

    /// Types letters one by one.
    pub(crate) fn type_in(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let key = if letter == ' ' {
                "Space".to_owned()
            } else {
                letter.to_string()
            };
            self.send(Message::Key(key.parse().unwrap()));
        }
        self
    }

    pub(crate) fn buffer(&self) -> Buffer {
        drawn(&self.model)
    }

    /// The screen as text, a line a row.
    pub(crate) fn text(&self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(unicode_width::UnicodeWidthStr::width(symbol).max(1)).unwrap();
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}
