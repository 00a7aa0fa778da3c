//! What happened: the only thing that changes a model.

use super::command::Command;
use super::job::{Finished, Progress};
use super::keys::Key;
use super::pane::Pane;
use super::report::Report;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message<F = Finished> {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted: one line of at most 4,096 characters, none of them a control character.
    Paste(String),
    /// The mouse did something. Comes only after [`Effect::Mouse`](super::Effect::Mouse) asked for it.
    Mouse(Mouse),
    /// A command was named, as in the dialogue without screens.
    Command(Command),
    /// The field with the focus was filled with this, whatever stood in it.
    Fill(String),
    /// A row was pointed at: of a pane of the screen, which gets the focus, or of the list that lies over the screen.
    Mark(Option<Pane>, usize),
    /// The terminal has another size.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// How far the work under way is.
    Progress(Progress),
    /// The work under way is done, or was cut short by [`Effect::Cancel`](super::Effect::Cancel).
    Done(F),
    /// How an effect went.
    Told(Report),
}

/// What the mouse did, at a column and row counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
    /// What it did there.
    pub gesture: Gesture,
}

/// What a mouse can do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// The left button was pressed.
    Click,
    /// The wheel was turned away.
    ScrollUp,
    /// The wheel was turned near.
    ScrollDown,
}
