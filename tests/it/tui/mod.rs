//! The screens in a real pseudo-terminal. Each gate prints its figure, and one that cannot run says so by name.

mod fixture;
mod harness;
mod stories;
mod terminal;
mod ways_out;

use harness::Session;
use portable_pty::CommandBuilder;

/// The prompts of the fixture and of the program, whose field to search in stands in a frame.
const FIXTURE: &str = "fixture>";
const PROMPT: &str = "│/";

/// A folder for the state that is nowhere.
const NOWHERE: &str = "/dev/null/nowhere";

/// A program that shows its prompt.
fn started(command: CommandBuilder, prompt: &str) -> Session {
    let session = Session::start(command, 120, 40);
    session.wait_for(prompt);
    session
}
