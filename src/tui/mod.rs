//! The terminal UI: a planner's instrument.
//!
//! A [`Model`] holds everything, a [`Message`] is everything that can happen, [`update`] is the only thing that changes the
//! one by the other, and [`view`] draws it. What must happen outside comes back as an [`Effect`]. One table of
//! [`BINDINGS`] makes dispatch, hints, help, palette and manual page. Whatever is shown is the page that the command line
//! prints: the terminal UI decides nothing. A [`Dialogue`] line by line drives the same model for those who cannot or do
//! not want to use screens.

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
mod look;
mod message;
mod model;
mod overlay;
mod pane;
mod picture;
mod place;
mod plain;
mod report;
mod row;
mod run;
mod screen;
mod session;
mod start;
mod surroundings;
mod terminal;
mod update;
mod view;
mod ways_out;
mod worker;

pub use audit::{
    Asked, Audit, Entry as AuditEntry, EntryOf, Exports, Judged, Judging, Opened, Opening,
    RowOpened, RowOpening, Sort,
};
pub use bindings::{BINDINGS, Binding, Context, Found, Keymap};
pub use clipboard::{MOST_COPIED, copy_sequence, host};
pub use command::Command;
pub use draft::{Entry, History, fresh};
pub use effect::Effect;
pub use filter::keeps;
pub use input::MOST_PASTED;
pub use job::{Finished, Job, Progress, Shared, Stage, Watch};
pub use keys::{Code, Key, Keys};
pub use look::Look;
pub use message::{Gesture, Message, Mouse};
pub use model::{Answered, List, Model};
pub use overlay::{Choice, Overlay};
pub use pane::{Pane, Room, panes as panes_of};
pub use picture::{Ground, svg};
pub use place::Screen;
pub use plain::{Dialogue, Reply, WORDS, Word};
pub use report::Report;
pub use row::{Row, Target};
pub use run::{Application, run};
pub use start::start;
pub use surroundings::Surroundings;
pub use terminal::{Terminal, leave};
pub use update::update;
pub use view::{drawn, view};
pub use ways_out::FAULT;
