//! What lies over a screen until it is answered: the palette, the help, a list to choose from, a field, a question.

use super::command::Command;
use super::row::Target;
use crate::model::{GivenId, SkuId};
use crate::search::{Hit, ThingKind};
use std::path::PathBuf;
use tui_input::Input;

/// What lies over a screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// A field with rows below it that it narrows.
    Chooser(Chooser),
    /// A field that asks for one value.
    Prompt(Prompt),
    /// A question with yes or no.
    Confirm(Confirm),
}

/// From what is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Any command.
    Palette,
    /// The keys of the screen below.
    Help,
    /// What the program had to say.
    Messages,
    /// What only the asker knows.
    Givens,
    /// A basket that was kept.
    Baskets,
    /// A thing for this purpose.
    Thing(Purpose),
}

/// What a thing is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The account holds it.
    Held,
    /// Another account of the person holds it.
    HeldElsewhere,
    /// The tenant owns seats of it.
    Owned,
    /// It is put beside others.
    Compared,
    /// The way to it is shown.
    Way,
}

impl Purpose {
    /// The kinds of things among which it is searched.
    pub fn kinds(self) -> &'static [ThingKind] {
        match self {
            Self::Way => ThingKind::ALL,
            _ => &[ThingKind::Sku],
        }
    }

    /// The title over the field.
    pub fn title(self) -> &'static str {
        match self {
            Self::Held => "The account holds",
            Self::HeldElsewhere => "Another account of the person holds",
            Self::Owned => "The tenant owns seats of",
            Self::Compared => "Put beside the others",
            Self::Way => "The way to",
        }
    }
}

/// A field with rows below it.
#[derive(Debug, Clone)]
pub struct Chooser {
    /// From what is chosen.
    pub choice: Choice,
    /// What was typed.
    pub input: Input,
    /// The row that is marked.
    pub selected: usize,
    /// What the words may mean, where things are searched.
    pub hits: Vec<Hit>,
}

impl Chooser {
    /// A chooser with nothing typed.
    pub fn new(choice: Choice) -> Self {
        Self {
            choice,
            input: Input::default(),
            selected: 0,
            hits: Vec::new(),
        }
    }
}

/// For what a value is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The day asked about.
    On,
    /// The day whose knowledge counts.
    Known,
    /// How many people there are.
    People,
    /// What they are called.
    PersonaName,
    /// Seats of a SKU that the tenant owns.
    Seats(SkuId),
    /// What only the asker knows.
    Given(GivenId),
    /// The name under which the basket is kept.
    BasketName,
    /// The currency.
    Currency,
    /// Words that shown rows must have.
    Filter,
    /// The file to write.
    File(Command),
    /// The folders and files with exports.
    Exports,
    /// Why a finding is left out.
    IgnoreReason,
    /// Until when.
    IgnoreUntil,
    /// The file that says so.
    IgnoreFile,
}

/// A field that asks for one value.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// For what.
    pub wanted: Wanted,
    /// The words over the field.
    pub title: String,
    /// What was typed.
    pub input: Input,
    /// Whether it is what was there before, untouched: what is typed takes its place.
    pub is_proposed: bool,
    /// What is wrong with it; what was typed stays.
    pub problem: Option<String>,
}

/// A question with yes or no.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The question.
    pub question: String,
    /// What stands below it.
    pub detail: String,
    /// What yes does.
    pub action: Action,
}

/// What is done on yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A source is opened.
    Open(String),
    /// A file is replaced.
    Replace(PathBuf, String),
    /// The basket is emptied.
    Empty,
}

/// A row of a chooser: what choosing it means is what it is about.
pub(super) fn chosen(rows: &[super::row::Row], selected: usize) -> Option<Target> {
    rows.get(selected).and_then(|row| row.target.clone())
}
