//! The screens.
//!
//! A model changes only by messages and says what it wants done as effects; a view draws it. Both know nothing of
//! terminals, threads, the clock and files: [`run()`] does, and everything below it.

mod clipboard;
mod effect;
mod errands;
mod input;
mod job;
mod keys;
mod message;
mod picture;
mod report;
mod run;
mod surroundings;
mod terminal;
mod trial;
mod ways_out;
mod worker;

pub use clipboard::{MOST_COPIED, copy_sequence, host};
pub use effect::Effect;
pub use input::MOST_PASTED;
pub use job::{Finished, Job, Progress, Watch};
pub use keys::{Code, Key, Keys};
pub use message::{Gesture, Message, Mouse};
pub use picture::{Ground, svg};
pub use report::Report;
pub use run::{Application, run};
pub use surroundings::Surroundings;
pub use terminal::{Terminal, leave};
pub use ways_out::FAULT;

use std::io::Write;

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
    match run(&mut trial::Trial::default(), surroundings.state) {
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
