//! Drawing: the state in, cells out, and nothing else.
//!
//! Where panes stand is decided in [`pane`](super::pane); what they say in [`screen`](super::screen). Here it is laid out.
//! No meaning rests on color: what is marked, focused, open or in dispute has a sign or a place of its own.

mod body;
mod frame;
mod over;
mod theme;
mod wrap;

use super::model::Model;
use super::pane::{Pane, Room, areas};
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::{Frame, Terminal};

/// The parts of the terminal.
struct Parts {
    header: Rect,
    banner: Rect,
    body: Rect,
    status: Rect,
    hints: Rect,
}

fn parts(model: &Model) -> Parts {
    let (width, height) = model.size;
    let room = model.room();
    let header = if room == Room::Single { 1 } else { 2 };
    let banner = u16::from(room > Room::Single && !model.is_today());
    let status = u16::from(height >= 8);
    let heights = [header, banner, 0, status, 1].map(Constraint::Length);
    let [header, banner, _, status, hints] = heights;
    let [header, banner, body, status, hints] =
        Layout::vertical([header, banner, Constraint::Fill(1), status, hints])
            .areas(Rect::new(0, 0, width, height));
    Parts {
        header,
        banner,
        body,
        status,
        hints,
    }
}

/// Where a pane stands, if it is in sight.
pub(super) fn pane_area(model: &Model, pane: Pane) -> Option<Rect> {
    let areas = areas(model.screen, model.focus, model.room(), parts(model).body);
    areas
        .into_iter()
        .find(|(of, _)| *of == pane)
        .map(|(_, area)| area)
}

/// The first row to be shown so that the marked one is in sight.
pub(super) fn first_row(model: &Model, pane: Pane, selected: usize) -> usize {
    let Some(area) = pane_area(model, pane) else {
        return 0;
    };
    let rows = model.rows(pane);
    let inner = body::inner(pane, area);
    body::first(&rows, model.list(pane).first, selected, inner)
}

/// The pane and the row at a place of the terminal.
pub(super) fn row_at(model: &Model, column: u16, row: u16) -> Option<(Pane, Option<usize>)> {
    let areas = areas(model.screen, model.focus, model.room(), parts(model).body);
    let place = ratatui::layout::Position::new(column, row);
    let (pane, area) = areas.into_iter().find(|(_, area)| area.contains(place))?;
    let inner = body::inner(pane, area);
    let rows = model.rows(pane);
    let list = model.list(pane);
    let first = body::first(&rows, list.first, list.selected, inner);
    let at = body::row_at(&rows, first, inner, row);
    Some((pane, at))
}

/// Draws everything.
pub fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    if model.room() == Room::None || Room::of(area.width, area.height) == Room::None {
        frame::too_small(frame);
        return;
    }
    let parts = parts(model);
    frame::header(model, frame, parts.header);
    frame::banner(model, frame, parts.banner);
    let areas = areas(model.screen, model.focus, model.room(), parts.body);
    for (pane, area) in areas {
        body::pane(model, frame, pane, area);
    }
    frame::status(model, frame, parts.status);
    frame::hints(model, frame, parts.hints);
    over::pending(model, frame, parts.body);
    over::overlay(model, frame, area);
}

/// Everything as it would be drawn: for pictures and for tests.
pub fn drawn(model: &Model) -> Buffer {
    let (width, height) = model.size;
    let backend = TestBackend::new(width.max(1), height.max(1));
    // Cells in memory take every drawing.
    let Ok(mut terminal) = Terminal::new(backend);
    let Ok(_) = terminal.draw(|frame| view(model, frame));
    terminal.backend().buffer().clone()
}
