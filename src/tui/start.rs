//! From the user's surroundings to running screens: the configuration, the last session, and back.

use super::bindings::Keymap;
use super::command::Command;
use super::effect::Effect;
use super::job::{Finished, Job, Watch};
use super::keys::Keys;
use super::message::Message;
use super::model::{Look, Model};
use super::run::{Application, run};
use super::surroundings::Surroundings;
use super::update::update;
use super::view::view;
use crate::files::{
    Commands, Config, Glyphs, ReadConfig, Theme, read_config, read_session, resume, session_text,
};
use crate::model::{Currency, Draft, Reading};
use ratatui::Frame;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// The commands that a configuration may give keys to.
const COMMANDS: Commands<'static, Command, Keys> = Commands {
    all: Command::ALL,
    word: Command::word,
    keys: |written| written.parse(),
};

/// Runs the screens until the user leaves and returns the exit code; messages go to `messages` when the terminal is the
/// user's again.
pub fn start(surroundings: Surroundings, messages: &mut dyn Write) -> u8 {
    let mut say = |line: String| {
        // Where messages cannot be written either, the exit code is all that is left to say.
        let _ = writeln!(messages, "{line}");
    };
    if let Some(why) = surroundings.refusal() {
        say(format!("error: the screens need a terminal: {why}"));
        say("  name a verb instead, for example: licit ask \"Intune Administrator\"".to_owned());
        say("  all verbs: licit --help".to_owned());
        return 2;
    }
    let (mut model, state) = match model(surroundings) {
        Ok(ready) => ready,
        Err(why) => {
            say(format!("error: {why}"));
            return 3;
        }
    };
    match run(&mut model, state) {
        Ok(unheard) => {
            for report in unheard {
                say(format!("warning: {report}"));
            }
            0
        }
        Err(error) => {
            say(format!("error: the terminal cannot be used: {error}"));
            3
        }
    }
}

/// The state at the start: the built-in data, what the user wants, and where the last session ended; with the folder for
/// the next session.
fn model(surroundings: Surroundings) -> Result<(Model, Option<PathBuf>), String> {
    let knowledge = Arc::new(crate::ask::built_in()?);
    let today = surroundings.today;
    let read = surroundings.config.as_deref();
    let read = read.map(|path| read_config(path, &COMMANDS));
    let mut notices = read.as_ref().map(ReadConfig::notices).unwrap_or_default();
    let config = read.map(|read| read.config).unwrap_or_default();
    let look = look(&config, &surroundings);
    let reading = config.reading.unwrap_or(Reading::Documented);
    let currency = config.currency.unwrap_or_else(Currency::us_dollar);
    let mut draft = Draft::new(today, reading, currency);
    draft.team.on = config.start.unwrap_or(today);
    let keymap = Keymap::new(&config.keys);
    let mut model = Model::new(Arc::clone(&knowledge), today, draft, keymap, look);
    let mut state = surroundings.state;
    if let Some(folder) = &state {
        let resumed = resume(folder, |text| read_session(&knowledge, text, today));
        if let Some(session) = resumed.session {
            model.take_up(session);
        }
        notices.extend(resumed.notices);
        if !resumed.may_save {
            state = None;
        }
    }
    for notice in notices {
        model.tell(notice);
    }
    Ok((model, state))
}

/// How it looks: what the user says, and otherwise what the terminal surely can.
fn look(config: &Config<Command, Keys>, surroundings: &Surroundings) -> Look {
    let is_console = surroundings.terminal.as_deref() == Some("linux");
    Look {
        color: !surroundings.no_color && config.theme != Some(Theme::None),
        ascii: match config.glyphs {
            Some(Glyphs::Ascii) => true,
            Some(Glyphs::Unicode) => false,
            Some(Glyphs::Auto) | None => is_console,
        },
        mouse: config.mouse,
    }
}

impl Application for Model {
    type Job = Job;
    type Finished = Finished;

    fn update(&mut self, message: Message) -> Vec<Effect> {
        update(self, message)
    }

    fn view(&self, frame: &mut Frame<'_>) {
        view(self, frame);
    }

    fn wants_mouse(&self) -> bool {
        self.look.mouse
    }

    fn parting(&self) -> Option<String> {
        Some(session_text(&self.base, &self.session(), self.today))
    }

    fn work(job: Job, _: &Watch) -> Finished {
        match job {}
    }
}
