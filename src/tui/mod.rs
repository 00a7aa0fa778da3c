//! The terminal UI: a planner's instrument.
//!
//! A [`Model`] holds everything, a [`Message`] is everything that can happen, [`update`] is the only thing that changes the
//! one by the other, and [`view`] draws it. What must happen outside comes back as an [`Effect`]. One table of
//! [`BINDINGS`] makes dispatch, hints, help, palette and manual page. Whatever is shown is the page that the command line
//! prints: the terminal UI decides nothing.

mod audit;
mod bindings;
mod clipboard;
mod command;
mod contexts;
mod draft;
mod effect;
mod errands;
mod filter;
mod input;
mod job;
mod keys;
mod message;
mod model;
mod overlay;
mod pane;
mod picture;
mod place;
mod report;
mod row;
mod run;
mod screen;
mod session;
mod surroundings;
mod terminal;
mod update;
mod view;
mod ways_out;
mod worker;

pub use bindings::{BINDINGS, Binding, Context, Found, Keymap};
pub use clipboard::{MOST_COPIED, copy_sequence, host};
pub use command::Command;
pub use draft::{Entry, History};
pub use effect::Effect;
pub use filter::keeps;
pub use input::MOST_PASTED;
pub use job::{Finished, Job, Progress, Watch};
pub use keys::{Code, Key, Keys};
pub use message::{Gesture, Message, Mouse};
pub use model::{Answered, List, Look, Model};
pub use overlay::{Choice, Overlay};
pub use pane::{Pane, Room, panes as panes_of};
pub use place::Screen;
pub use report::Report;
pub use row::{Row, Target};
pub use run::{Application, run};
pub use surroundings::Surroundings;
pub use terminal::{Terminal, leave};
pub use update::update;
pub use view::view;
pub use ways_out::FAULT;

use crate::model::{Currency, Draft, Reading};
use std::io::Write;
use std::sync::Arc;

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
    let mut model = match model(&surroundings) {
        Ok(model) => model,
        Err(why) => {
            say(format!("error: {why}"));
            return 3;
        }
    };
    match run(&mut model, surroundings.state) {
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

/// The state at the start: the built-in data, and where the last session ended.
fn model(surroundings: &Surroundings) -> Result<Model, String> {
    let knowledge = crate::ask::built_in()?;
    let today = surroundings.today;
    let draft = Draft::new(today, Reading::Documented, Currency::us_dollar());
    let keymap = Keymap::new(&std::collections::BTreeMap::new());
    let look = Look {
        color: true,
        ascii: false,
        mouse: false,
    };
    Ok(Model::new(Arc::new(knowledge), today, draft, keymap, look))
}

impl Application for Model {
    type Job = Job;
    type Finished = Finished;

    fn update(&mut self, message: Message) -> Vec<Effect> {
        update(self, message)
    }

    fn view(&self, frame: &mut ratatui::Frame<'_>) {
        view(self, frame);
    }

    fn work(job: Job, _watch: &Watch) -> Finished {
        match job {}
    }
}
