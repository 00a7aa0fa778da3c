//! What lies over the panes: lists to choose from, fields, questions, and the keys that may follow.

use super::body::{input, list_rows, over};
use super::theme::style;
use super::wrap::clipped;
use crate::render::Tone;
use crate::tui::model::{List, Model};
use crate::tui::overlay::{Choice, Chooser, Confirm, Overlay, Prompt};
use crate::tui::row::Row;
use crate::tui::screen::chooser_rows;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// An area in the middle of another, at most so wide and high.
fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 3,
        width,
        height,
    }
}

fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

fn line_of(area: Rect, at: u16) -> Rect {
    Rect {
        y: area.y.saturating_add(at.min(area.height)),
        height: u16::from(at < area.height),
        ..area
    }
}

/// Draws what lies over the screen.
pub(super) fn overlay(model: &Model, frame: &mut Frame, area: Rect) {
    match &model.overlay {
        Some(Overlay::Chooser(of)) => chooser(model, frame, area, of),
        Some(Overlay::Prompt(of)) => prompt(model, frame, area, of),
        Some(Overlay::Confirm(of)) => confirm(model, frame, area, of),
        None => {}
    }
}

fn chooser(model: &Model, frame: &mut Frame, area: Rect, chooser: &Chooser) {
    let rows = chooser_rows(model, chooser);
    let title = match &chooser.choice {
        Choice::Palette => "Commands: type words, or @ and a key".to_owned(),
        Choice::Help => format!(
            "Keys of {}: type words, or @ and a key",
            model.screen.name()
        ),
        Choice::Messages => "Messages, the newest first".to_owned(),
        Choice::Givens => "What only you know: y yes, n no, - unknown, Enter a value".to_owned(),
        Choice::Baskets => "Baskets that were kept".to_owned(),
        Choice::Thing(purpose) => purpose.title().to_owned(),
    };
    let place = middle(area, 100, area.height.saturating_sub(2).min(34));
    let position = (!rows.is_empty()).then(|| {
        format!(
            "{}/{}",
            chooser.selected.min(rows.len() - 1) + 1,
            rows.len()
        )
    });
    over(model.look, frame, place, &title, position);
    let inner = inside(place);
    input(frame, line_of(inner, 0), "/ ", &chooser.input, true);
    let list = Rect {
        y: inner.y.saturating_add(2),
        height: inner.height.saturating_sub(2),
        ..inner
    };
    if rows.is_empty() {
        let words = match (&chooser.choice, chooser.input.value().is_empty()) {
            (Choice::Thing(_), true) => "Type a name.",
            (Choice::Messages, true) => "Nothing was said yet.",
            _ => "Nothing fits these words.",
        };
        let words = clipped(words, usize::from(list.width), model.look.ascii);
        frame.render_widget(
            Line::styled(words, style(model.look, Tone::Faint)),
            line_of(list, 0),
        );
        return;
    }
    let at = List {
        selected: chooser.selected,
        first: 0,
    };
    list_rows(model.look, frame, list, &rows, at, true);
}

fn prompt(model: &Model, frame: &mut Frame, area: Rect, prompt: &Prompt) {
    let width = area.width.min(76);
    let title = Row::new(prompt.title.as_str());
    let text = usize::from(width.saturating_sub(4)).max(1);
    let heads = super::wrap::lines(&title, "", text).len();
    let heads = u16::try_from(heads).unwrap_or(1);
    let place = middle(area, width, heads + 5);
    over(
        model.look,
        frame,
        place,
        match prompt.is_proposed {
            true => "type another, Enter takes it, Esc leaves it",
            false => "Enter takes it, Esc leaves it",
        },
        None,
    );
    let inner = inside(place);
    let head = Rect {
        height: heads.min(inner.height),
        ..inner
    };
    list_rows(model.look, frame, head, &[title], List::default(), false);
    input(frame, line_of(inner, heads), "> ", &prompt.input, true);
    if let Some(problem) = &prompt.problem {
        let words = clipped(problem, usize::from(inner.width), model.look.ascii);
        frame.render_widget(
            Line::styled(words, style(model.look, Tone::Strong)),
            line_of(inner, heads + 1),
        );
    }
}

fn confirm(model: &Model, frame: &mut Frame, area: Rect, confirm: &Confirm) {
    let width = area.width.min(76);
    let rows = [
        Row::new(confirm.question.as_str()),
        Row::new(confirm.detail.as_str()),
    ];
    let text = usize::from(width.saturating_sub(4)).max(1);
    let height: usize = rows
        .iter()
        .map(|row| super::wrap::lines(row, "", text).len())
        .sum();
    let place = middle(area, width, u16::try_from(height).unwrap_or(2) + 2);
    over(model.look, frame, place, "y yes, n no", None);
    list_rows(
        model.look,
        frame,
        inside(place),
        &rows,
        List::default(),
        false,
    );
}

/// The keys that may follow those pressed so far.
pub(super) fn pending(model: &Model, frame: &mut Frame, area: Rect) {
    if model.pending.is_empty() {
        return;
    }
    let contexts = model.contexts();
    let pressed = &model.pending;
    let rows: Vec<Row> = model
        .keymap
        .all(&contexts)
        .into_iter()
        .filter(|(keys, ..)| keys.0.len() > pressed.len() && keys.0.starts_with(pressed))
        .map(|(keys, command, _)| {
            let words = match command.available(model) {
                Ok(()) => command.help().to_owned(),
                Err(why) => format!("{} (not now: {why})", command.help()),
            };
            Row::new(
                crate::render::Line::new()
                    .strong(format!("{keys:<5} "))
                    .plain(words),
            )
        })
        .collect();
    let height = u16::try_from(rows.len()).unwrap_or(8) + 2;
    let height = height.min(area.height);
    let place = Rect {
        y: area.bottom() - height,
        height,
        ..area
    };
    over(model.look, frame, place, "Then press", None);
    list_rows(
        model.look,
        frame,
        inside(place),
        &rows,
        List::default(),
        false,
    );
}
