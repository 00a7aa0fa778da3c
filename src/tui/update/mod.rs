//! What happens to the state when something happens: no drawing, no I/O.
//!
//! A key is looked up in the table, narrowest context first; what means nothing there is typed into the field with the
//! focus, if there is one. What must happen outside comes back as effects.

mod ask;
mod audit;
mod command;
mod days;
mod lists;
mod out;
mod overlay;

use super::bindings::Found;
use super::effect::Effect;
use super::keys::{Code, Key};
use super::message::{Gesture, Message};
use super::model::Model;
use super::overlay::{Action, Confirm, Overlay};
use super::pane::Pane;
use super::report::Report;
use crate::files::session_text;
use tui_input::{Input, InputRequest};

/// Takes in what happened and returns what is to be done outside.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let before = model.worth_keeping();
    let mut effects = match message {
        Message::Key(key) => pressed(model, key),
        Message::Paste(text) => {
            typed(model, |input| {
                for letter in text.chars() {
                    input.handle(InputRequest::InsertChar(letter));
                }
            });
            Vec::new()
        }
        Message::Command(command) => command::run(model, command),
        Message::Fill(text) => {
            typed(model, |input| *input = Input::new(text));
            Vec::new()
        }
        Message::Mark(pane, row) => {
            lists::point(model, pane, row);
            Vec::new()
        }
        Message::Mouse(mouse) => {
            let command = match mouse.gesture {
                Gesture::ScrollUp => super::Command::Up,
                Gesture::ScrollDown => super::Command::Down,
                Gesture::Click => return lists::click(model, mouse.column, mouse.row),
            };
            command::run(model, command)
        }
        Message::Resize { width, height } => {
            model.size = (width, height);
            Vec::new()
        }
        Message::Progress(progress) => {
            audit::progressed(model, progress);
            Vec::new()
        }
        Message::Done(finished) => {
            audit::done(model, finished);
            Vec::new()
        }
        Message::Told(report) => told(model, report),
    };
    effects.extend(audit::settle(model));
    let ends = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Quit | Effect::Suspend));
    if ends || model.worth_keeping() != before {
        let text = session_text(&model.base, &model.session(), model.today);
        effects.insert(0, Effect::Save(text));
    }
    effects
}

fn pressed(model: &mut Model, key: Key) -> Vec<Effect> {
    if !model.pending.is_empty() && key == Key::plain(Code::Esc) {
        model.pending.clear();
        return Vec::new();
    }
    let mut keys = std::mem::take(&mut model.pending);
    keys.push(key);
    let contexts = model.contexts();
    match model.keymap.find(&contexts, &keys) {
        Found::Command(command) => {
            model.is_told = false;
            command::run(model, command)
        }
        Found::Prefix => {
            model.pending = keys;
            Vec::new()
        }
        Found::Nothing if keys.len() > 1 => {
            let keys = super::keys::Keys(keys);
            model.tell(format!("{keys} does nothing here; ? shows the keys"));
            Vec::new()
        }
        Found::Nothing => {
            edit(model, key);
            Vec::new()
        }
    }
}

/// A key that is no command edits the field with the focus.
fn edit(model: &mut Model, key: Key) {
    let request = match (key.code, key.ctrl, key.alt) {
        (Code::Char(letter), false, false) => InputRequest::InsertChar(letter),
        (Code::Backspace, false, false) | (Code::Char('h'), true, false) => {
            InputRequest::DeletePrevChar
        }
        (Code::Char('w'), true, false) => InputRequest::DeletePrevWord,
        (Code::Char('u'), true, false) => InputRequest::DeleteLine,
        (Code::Delete, false, false) => InputRequest::DeleteNextChar,
        (Code::Left, false, false) => InputRequest::GoToPrevChar,
        (Code::Right, false, false) => InputRequest::GoToNextChar,
        (Code::Left, true, false) => InputRequest::GoToPrevWord,
        (Code::Right, true, false) => InputRequest::GoToNextWord,
        (Code::Home, false, false) | (Code::Char('a'), true, false) => InputRequest::GoToStart,
        (Code::End, false, false) | (Code::Char('e'), true, false) => InputRequest::GoToEnd,
        _ => return,
    };
    typed(model, |input| {
        input.handle(request);
    });
}

/// The most characters of a field.
const LONGEST: usize = 4096;

/// Changes the field with the focus, and what hangs on it.
#[expect(
    clippy::collapsible_match,
    reason = "a guard may not change what it matched"
)]
fn typed(model: &mut Model, change: impl FnOnce(&mut Input)) {
    if !model.is_typing() {
        return;
    }
    let edited = |input: &mut Input| {
        let before = input.clone();
        change(input);
        if input.value().chars().count() > LONGEST {
            *input = before.clone();
        }
        input.value() != before.value()
    };
    match &mut model.overlay {
        Some(Overlay::Chooser(chooser)) => {
            if edited(&mut chooser.input) {
                chooser.selected = 0;
                overlay::narrowed(model);
            }
        }
        Some(Overlay::Prompt(prompt)) => {
            let before = prompt.input.clone();
            if edited(&mut prompt.input) {
                prompt.problem = None;
                let added = prompt.input.value().strip_prefix(before.value());
                if let Some(added) = added.filter(|added| prompt.is_proposed && !added.is_empty()) {
                    prompt.input = Input::new(added.to_owned());
                }
            }
            // Any other key, End for one, says that what is there is to be changed.
            prompt.is_proposed = false;
        }
        Some(Overlay::Confirm(_)) => {}
        None if model.focus == Pane::Search => {
            if edited(&mut model.search) {
                model.search();
            }
        }
        None => {}
    }
}

fn told(model: &mut Model, report: Report) -> Vec<Effect> {
    if let (Report::Exists { path }, Some((wanted, text))) = (&report, model.unwritten.take())
        && *path == wanted
    {
        model.overlay = Some(Overlay::Confirm(Confirm {
            question: format!("Replace {}?", path.display()),
            detail: "The file is there already.".to_owned(),
            action: Action::Replace(wanted, text),
        }));
        return Vec::new();
    }
    model.tell(report.to_string());
    if let Report::Ignored { path, ignore } = report {
        audit::ignored(model, &path, ignore);
    }
    Vec::new()
}
