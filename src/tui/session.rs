//! Leaving and coming back: what is kept between two runs, and how it is taken up.

use super::audit::Exports;
use super::draft::History;
use super::model::{List, Model};
use super::pane::{Pane, panes};
use super::place::Screen;
use crate::files::Session;
use crate::model::Draft;
use std::collections::BTreeMap;
use tui_input::Input;

impl Model {
    /// What is kept at once when it changes; marks and words in fields are kept at the end.
    pub fn worth_keeping(&self) -> (Draft, BTreeMap<String, Draft>, Screen, Option<Exports>) {
        let exports = self.audit.exports.clone();
        (
            self.draft.now().clone(),
            self.baskets.clone(),
            self.screen,
            exports,
        )
    }

    /// What is come back to.
    pub fn session(&self) -> Session {
        let screen = match self.screen {
            Screen::Show => Screen::Ask,
            screen => screen,
        };
        let marks = self.lists.iter();
        let marks = marks.filter(|(_, list)| list.selected > 0);
        Session {
            now: self.draft.now().clone(),
            kept: self.baskets.clone(),
            screen: screen.name().to_owned(),
            focus: self.focus.title().to_owned(),
            search: self.search.value().to_owned(),
            exports: self
                .audit
                .exports
                .as_ref()
                .map_or_else(String::new, Exports::to_string),
            marks: marks
                .map(|(pane, list)| (pane.title().to_owned(), list.selected))
                .collect(),
        }
    }

    /// Comes back to a session.
    pub fn take_up(&mut self, session: Session) {
        self.draft = History::new(session.now);
        self.baskets = session.kept;
        self.audit.exports = Exports::parse(&session.exports).ok();
        self.search = Input::new(session.search);
        self.search();
        self.screen = Screen::parse(&session.screen).unwrap_or(Screen::Ask);
        let all = panes(self.screen);
        let focus = all.iter().find(|pane| pane.title() == session.focus);
        self.focus = focus.or(all.first()).copied().unwrap_or(Pane::Search);
        self.refresh();
        for pane in all {
            let Some(at) = session.marks.get(pane.title()) else {
                continue;
            };
            let last = self.rows(*pane).len().saturating_sub(1);
            let selected = (*at).min(last);
            // How far it was scrolled depends on the size, which is not known yet.
            self.lists.insert(*pane, List { selected, first: 0 });
        }
        self.look_ahead();
    }
}
