//! Screens, and the way back: whoever looks at something else for a moment comes back to the same row.

use super::model::{List, Model};
use super::pane::{Pane, panes};
use super::row::Target;
use crate::model::Named;
use std::collections::BTreeMap;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Screen {
    /// Who needs what.
    Ask,
    /// The proof.
    Why,
    /// The answer over time.
    Timeline,
    /// Licenses side by side.
    Compare,
    /// A tenant's role assignments.
    Audit,
    /// What hangs together.
    Graph,
    /// One thing, claim or source.
    Show,
}

impl Screen {
    /// Those with a number of their own.
    pub const NUMBERED: [Self; 6] = [
        Self::Ask,
        Self::Why,
        Self::Timeline,
        Self::Compare,
        Self::Audit,
        Self::Graph,
    ];

    /// The name in the header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ask => "Ask",
            Self::Why => "Why",
            Self::Timeline => "Timeline",
            Self::Compare => "Compare",
            Self::Audit => "Audit",
            Self::Graph => "Graph",
            Self::Show => "Shown",
        }
    }

    /// The screen of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NUMBERED
            .into_iter()
            .find(|screen| screen.name() == name)
    }
}

/// A place to come back to.
#[derive(Debug, Clone)]
pub struct Place {
    screen: Screen,
    focus: Pane,
    lists: BTreeMap<Pane, List>,
    filters: BTreeMap<Pane, String>,
    opened: Option<Target>,
    center: Option<Named>,
    way: Option<Named>,
}

impl Place {
    /// Whether it is about the exports that are open, so that it is nowhere when others are.
    pub(super) fn is_of_audit(&self) -> bool {
        self.opened.as_ref().is_some_and(Target::is_of_audit)
    }
}

impl Model {
    /// Goes to a screen, and keeps the way back.
    pub fn go(&mut self, screen: Screen) {
        if self.screen == screen && screen != Screen::Show {
            return;
        }
        self.remember();
        self.screen = screen;
        self.focus = panes(screen).first().copied().unwrap_or(Pane::Page);
        if screen == Screen::Ask && self.answered.is_some() {
            self.focus = Pane::Answer;
        }
        self.lists.remove(&Pane::Page);
        self.work_out();
    }

    /// Keeps the place, to come back to it.
    pub fn remember(&mut self) {
        const MOST: usize = 100;
        if self.trail.len() == MOST {
            self.trail.remove(0);
        }
        self.trail.push(Place {
            screen: self.screen,
            focus: self.focus,
            lists: self.lists.clone(),
            filters: self.filters.clone(),
            opened: self.opened.clone(),
            center: self.center,
            way: self.way,
        });
    }

    /// Comes back to the last place, with its marks and filters. Returns whether there was one.
    pub fn back(&mut self) -> bool {
        let Some(place) = self.trail.pop() else {
            return false;
        };
        self.screen = place.screen;
        self.focus = place.focus;
        self.lists = place.lists;
        self.filters = place.filters;
        self.opened = place.opened;
        self.center = place.center;
        self.way = place.way;
        self.work_out();
        true
    }
}
