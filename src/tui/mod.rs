//! The terminal UI: a planner's instrument.
//!
//! A [`Model`] holds everything, a [`Message`] is everything that can happen, [`update`] is the only thing that changes the
//! one by the other, and [`view`] draws it. What must happen outside comes back as an [`Effect`]. One table of
//! [`BINDINGS`] makes dispatch, hints, help, palette and manual page. Whatever is shown is the page that the command line
//! prints: the terminal UI decides nothing.

mod audit;
mod bindings;
mod command;
mod draft;
mod effect;
mod filter;
mod job;
mod keys;
mod message;
mod model;
mod overlay;
mod pane;
mod picture;
mod report;
mod row;
mod screen;
mod update;
mod view;

pub use bindings::{BINDINGS, Binding, Context, Found, Keymap};
pub use command::Command;
pub use draft::{Entry, History};
pub use effect::Effect;
pub use filter::keeps;
pub use job::{Finished, Job, Progress};
pub use keys::{Code, Key, Keys};
pub use message::{Gesture, Message, Mouse};
pub use model::{Answered, List, Look, Model, Screen};
pub use overlay::{Choice, Overlay};
pub use pane::{Pane, Room};
pub use report::Report;
pub use row::{Row, Target};
pub use update::update;
pub use view::view;
