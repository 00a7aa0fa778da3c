//! Which keys mean something at the moment.

use super::bindings::Context;
use super::model::Model;
use super::overlay::{Choice, Overlay};
use super::pane::Pane;
use super::place::Screen;
use super::row::Target;

impl Model {
    /// The contexts of the moment, the narrowest first.
    pub fn contexts(&self) -> Vec<Context> {
        match &self.overlay {
            Some(Overlay::Chooser(chooser)) => {
                let is_question =
                    chooser.choice == Choice::Givens && chooser.input.value().is_empty();
                let mut contexts = vec![Context::Chooser, Context::Text, Context::Everywhere];
                if is_question {
                    contexts.insert(0, Context::Question);
                }
                contexts
            }
            Some(Overlay::Prompt(_)) => vec![Context::Prompt, Context::Text, Context::Everywhere],
            Some(Overlay::Confirm(_)) => vec![Context::Confirm, Context::Everywhere],
            None => self.contexts_below(),
        }
    }

    /// The contexts of the screen, whatever lies over it.
    pub fn contexts_below(&self) -> Vec<Context> {
        let screen = match self.screen {
            Screen::Ask => Context::Ask,
            Screen::Why => Context::Why,
            Screen::Timeline => Context::Timeline,
            Screen::Compare => Context::Compare,
            Screen::Audit => Context::Audit,
            Screen::Graph => Context::Graph,
            Screen::Show if self.opened.as_ref().is_some_and(Target::is_of_audit) => Context::Audit,
            Screen::Show => Context::Show,
        };
        // Whoever does something else meanwhile keeps these keys.
        let stops =
            self.screen == Screen::Audit && self.audit.is_reading() && !self.audit.is_stopping;
        match self.focus {
            Pane::Search => vec![Context::Search, Context::Text, Context::Everywhere],
            Pane::Basket => vec![Context::Basket, screen, Context::Rows, Context::Everywhere],
            _ => {
                let asks = self
                    .target_of(self.focus)
                    .is_some_and(|target| target.given().is_some());
                let mut contexts = vec![screen, Context::Rows, Context::Everywhere];
                if asks {
                    contexts.insert(0, Context::Question);
                }
                if stops {
                    contexts.insert(0, Context::Reading);
                }
                contexts
            }
        }
    }

    /// Whether what is typed is text.
    pub fn is_typing(&self) -> bool {
        self.contexts().contains(&Context::Text)
    }
}
