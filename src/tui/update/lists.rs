//! Going up and down, folding, panes, the way back, the mouse.

use crate::tui::effect::Effect;
use crate::tui::model::{List, Model};
use crate::tui::overlay::Overlay;
use crate::tui::pane::{Pane, panes};
use crate::tui::screen::chooser_rows;
use crate::tui::view;

/// Where to go in a list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

/// Moves the mark of the list with the focus.
pub(super) fn step(model: &mut Model, step: Step) {
    if let Some(Overlay::Chooser(chooser)) = &model.overlay {
        let number = chooser_rows(model, chooser).len();
        let at = moved(chooser.selected, number, step, page(model));
        if let Some(Overlay::Chooser(chooser)) = &mut model.overlay {
            chooser.selected = at;
        }
        return;
    }
    if model.overlay.is_some() {
        return;
    }
    let pane = model.focus;
    let number = model.rows(pane).len();
    let at = moved(model.list(pane).selected, number, step, page(model));
    mark(model, pane, at);
}

/// Marks a row and keeps it in sight.
pub(super) fn mark(model: &mut Model, pane: Pane, at: usize) {
    let first = view::first_row(model, pane, at);
    model.lists.insert(
        pane,
        List {
            selected: at,
            first,
        },
    );
    if pane == Pane::Search {
        model.look_ahead();
    }
    for follower in followers(pane) {
        model.lists.remove(follower);
    }
}

/// The panes that show what the marked row of a pane is about: they begin anew with each row.
fn followers(pane: Pane) -> &'static [Pane] {
    match pane {
        Pane::Search | Pane::Basket | Pane::Answer | Pane::Ways => &[Pane::Detail],
        Pane::Proof => &[Pane::Step, Pane::Sources],
        Pane::Changes => &[Pane::Differences],
        Pane::Matrix => &[Pane::Cell],
        Pane::Findings => &[Pane::Finding],
        Pane::Tree => &[Pane::Edge],
        _ => &[],
    }
}

fn moved(at: usize, number: usize, step: Step, page: usize) -> usize {
    let last = number.saturating_sub(1);
    let to = match step {
        Step::Up => at.saturating_sub(1),
        Step::Down => at + 1,
        Step::PageUp => at.saturating_sub(page),
        Step::PageDown => at + page,
        Step::First => 0,
        Step::Last => last,
    };
    to.min(last)
}

/// The rows of a page, less one to keep a row in sight.
fn page(model: &Model) -> usize {
    let height = view::pane_area(model, model.focus).map_or(10, |area| area.height);
    usize::from(height.saturating_sub(3)).max(1)
}

/// Opens or closes the marked row. Returns whether it could be.
pub(super) fn fold(model: &mut Model, open: bool) -> bool {
    let pane = model.focus;
    let rows = model.rows(pane);
    let at = model.list(pane).selected;
    let Some(row) = rows.get(at) else {
        return false;
    };
    match row.open {
        Some(is_open) if is_open != open => {
            toggle(model, row.key.clone());
            true
        }
        // Closing what is closed goes to what it hangs on.
        _ if !open => {
            let above = rows
                .iter()
                .take(at)
                .rposition(|other| other.indent < row.indent);
            if let Some(above) = above {
                mark(model, pane, above);
            }
            above.is_some()
        }
        _ => false,
    }
}

fn toggle(model: &mut Model, key: String) {
    if !model.folded.remove(&key) {
        model.folded.insert(key);
    }
}

/// Opens everything that is closed; where nothing is, closes it again.
pub(super) fn unfold_all(model: &mut Model) {
    // What is opened shows further rows that may be closed; a proof is four deep.
    const DEEPEST: usize = 8;
    for depth in 0..DEEPEST {
        let rows = model.rows(model.focus);
        let closed: Vec<String> = rows
            .iter()
            .filter(|row| row.open == Some(false))
            .map(|row| row.key.clone())
            .collect();
        if closed.is_empty() {
            if depth == 0 {
                model.folded.clear();
            }
            break;
        }
        for key in closed {
            toggle(model, key);
        }
    }
    let (pane, number) = (model.focus, model.rows(model.focus).len());
    let at = model.list(pane).selected.min(number.saturating_sub(1));
    mark(model, pane, at);
}

/// Gives the focus to another pane of the screen.
pub(super) fn turn(model: &mut Model, forward: bool) {
    if model.overlay.is_some() {
        return;
    }
    let all = panes(model.screen);
    let at = all
        .iter()
        .position(|pane| *pane == model.focus)
        .unwrap_or(0);
    let to = match forward {
        true => (at + 1) % all.len(),
        false => (at + all.len() - 1) % all.len(),
    };
    if let Some(pane) = all.get(to) {
        if *pane == Pane::Detail {
            model.detail_of = model.focus;
        }
        model.focus = *pane;
    }
}

/// A click gives the focus to a pane and marks its row.
pub(super) fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    if model.overlay.is_none()
        && let Some((pane, at)) = view::row_at(model, column, row)
    {
        model.focus = pane;
        if let Some(at) = at {
            mark(model, pane, at);
        }
    }
    Vec::new()
}

/// Marks a row of a pane of the screen, which gets the focus, or of the list that lies over the screen.
pub(super) fn point(model: &mut Model, pane: Option<Pane>, row: usize) {
    let within = |rows: usize| row.min(rows.saturating_sub(1));
    match (pane, &model.overlay) {
        (Some(pane), None) if panes(model.screen).contains(&pane) => {
            model.focus = pane;
            let at = within(model.rows(pane).len());
            mark(model, pane, at);
        }
        (None, Some(Overlay::Chooser(chooser))) => {
            let at = within(chooser_rows(model, chooser).len());
            if let Some(Overlay::Chooser(chooser)) = &mut model.overlay {
                chooser.selected = at;
            }
        }
        _ => {}
    }
}

/// Goes to the next row that is about a claim in dispute.
pub(super) fn next_conflict(model: &mut Model) {
    let pane = model.focus;
    let rows = model.rows(pane);
    let at = model.list(pane).selected;
    let disputed = |row: &crate::tui::row::Row| {
        let claim = row.target.as_ref().and_then(crate::tui::row::Target::claim);
        claim.is_some_and(|claim| model.is_disputed(claim))
    };
    let after = (at + 1..rows.len()).chain(0..at);
    let mut found = after.filter(|place| rows.get(*place).is_some_and(disputed));
    match found.next() {
        Some(place) => mark(model, pane, place),
        None => model.tell("no row here is about a claim in dispute"),
    }
}
