//! A pane: its frame, its field if it has one, its rows.

use super::theme::{border_set, border_style, fold_sign, reversed, style};
use super::wrap::{clipped, lines};
use crate::tui::look::Look;
use crate::tui::model::{List, Model};
use crate::tui::pane::{Pane, Room, panes};
use crate::tui::row::Row;
use crate::tui::screen;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};
use tui_input::Input;

/// Columns before every row: the mark and a blank.
const GUTTER: u16 = 2;

/// The area of the rows of a pane.
pub(super) fn inner(pane: Pane, area: Rect) -> Rect {
    let field = u16::from(pane == Pane::Search) * 2;
    let inside = Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    Rect {
        y: inside.y.saturating_add(field.min(inside.height)),
        height: inside.height.saturating_sub(field),
        ..inside
    }
}

fn height(row: &Row, width: u16) -> usize {
    let lead = if row.open.is_some() { "  " } else { "" };
    lines(row, lead, usize::from(width.saturating_sub(GUTTER))).len()
}

/// The first row to be shown: as near to the wish as the marked row allows.
pub(super) fn first(rows: &[Row], wish: usize, selected: usize, inner: Rect) -> usize {
    let selected = selected.min(rows.len().saturating_sub(1));
    let room = usize::from(inner.height);
    let mut used = 0;
    let mut least = selected;
    for (place, row) in rows.iter().enumerate().take(selected + 1).rev() {
        used += height(row, inner.width);
        if used > room && place != selected {
            break;
        }
        least = place;
        if used > room {
            break;
        }
    }
    let wish = wish.clamp(least, selected);
    // Room that would stay empty below is used.
    let mut below: usize = rows
        .iter()
        .skip(wish)
        .map(|row| height(row, inner.width))
        .sum();
    let mut at = wish;
    while at > 0 {
        let above = rows.get(at - 1).map_or(0, |row| height(row, inner.width));
        if below + above > room {
            break;
        }
        below += above;
        at -= 1;
    }
    at
}

/// The row at a line of the terminal.
pub(super) fn row_at(rows: &[Row], first: usize, inner: Rect, line: u16) -> Option<usize> {
    let mut left = usize::from(line.checked_sub(inner.y)?);
    for (place, row) in rows.iter().enumerate().skip(first) {
        let height = height(row, inner.width);
        if left < height {
            return Some(place);
        }
        left -= height;
    }
    None
}

/// Draws a pane.
pub(super) fn pane(model: &Model, frame: &mut Frame, pane: Pane, area: Rect) {
    let has_focus = model.focus == pane && model.overlay.is_none();
    let rows = model.rows(pane);
    let list = model.list(pane);
    let mut title = screen::title(model, pane);
    if let Some(words) = model.filters.get(&pane) {
        title = format!("{title} [{words}]");
    }
    let all = panes(model.screen);
    if model.room() == Room::Single && all.len() > 1 {
        let at = all.iter().position(|one| *one == pane).unwrap_or(0) + 1;
        title = format!("{at}/{} {title}", all.len());
    }
    let is_list = rows.iter().any(|row| row.target.is_some());
    let position =
        is_list.then(|| format!("{}/{}", list.selected.min(rows.len() - 1) + 1, rows.len()));
    boxed(
        model.look,
        frame,
        area,
        &title,
        position,
        model.focus == pane,
    );
    let inside = inner(pane, area);
    if pane == Pane::Search {
        let field = Rect {
            y: area.y.saturating_add(1),
            height: 1.min(area.height.saturating_sub(2)),
            ..inside
        };
        input(frame, field, "/ ", &model.search, has_focus);
    }
    let marks = match pane {
        Pane::Search => !model.hits.is_empty(),
        _ => has_focus,
    };
    let cursor = list_rows(model.look, frame, inside, &rows, list, marks);
    if let Some(cursor) = cursor.filter(|_| has_focus && pane != Pane::Search) {
        frame.set_cursor_position(cursor);
    }
}

/// A frame with a title and a place below.
pub(super) fn boxed(
    look: Look,
    frame: &mut Frame,
    area: Rect,
    title: &str,
    position: Option<String>,
    has_focus: bool,
) {
    let room = usize::from(area.width.saturating_sub(6));
    let title = format!(" {} ", clipped(title, room, look.ascii));
    let title = match has_focus {
        true => Span::styled(title, reversed()),
        false => Span::styled(title, Style::new().add_modifier(Modifier::BOLD)),
    };
    let mut block = Block::bordered()
        .border_set(border_set(look))
        .border_style(border_style(look, has_focus))
        .title(title);
    if let Some(position) = position {
        block = block.title_bottom(Line::from(format!(" {position} ")).right_aligned());
    }
    frame.render_widget(block, area);
}

/// A field with its cursor.
pub(super) fn input(frame: &mut Frame, area: Rect, lead: &str, input: &Input, has_focus: bool) {
    if area.height == 0 || area.width < 4 {
        return;
    }
    let room = usize::from(area.width).saturating_sub(lead.len() + 1);
    let scroll = input.visual_scroll(room.max(1));
    let mut shown = String::new();
    let mut column = 0;
    for letter in input.value().chars() {
        let wide = unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0);
        column += wide;
        if column > scroll && column <= scroll + room {
            shown.push(letter);
        }
    }
    let line = Line::from(vec![
        Span::styled(lead.to_owned(), Style::new().add_modifier(Modifier::BOLD)),
        Span::raw(shown),
    ]);
    frame.render_widget(Paragraph::new(line), area);
    if has_focus {
        let at = lead.len() + input.visual_cursor().saturating_sub(scroll);
        let at = u16::try_from(at)
            .unwrap_or(0)
            .min(area.width.saturating_sub(1));
        frame.set_cursor_position(Position::new(area.x + at, area.y));
    }
}

/// Rows from the first that is in sight. Returns where the marked one begins.
pub(super) fn list_rows(
    look: Look,
    frame: &mut Frame,
    area: Rect,
    rows: &[Row],
    list: List,
    is_marked: bool,
) -> Option<Position> {
    if area.height == 0 || area.width <= GUTTER {
        return None;
    }
    let selected = list.selected.min(rows.len().saturating_sub(1));
    let first = first(rows, list.first, selected, area);
    let mut cursor = None;
    let mut y = area.y;
    // A marked row is turned around as a whole: colors in it would tear it apart.
    let plain = Look {
        color: false,
        ..look
    };
    for (place, row) in rows.iter().enumerate().skip(first) {
        let lead = row.open.map_or("", |is_open| fold_sign(look, is_open));
        let here = place == selected && is_marked;
        let of = if here { plain } else { look };
        let laid_out = lines(row, lead, usize::from(area.width - GUTTER));
        for (number, pieces) in laid_out.into_iter().enumerate() {
            if y >= area.bottom() {
                return cursor;
            }
            let mark = match (here, number) {
                (true, 0) => "> ",
                _ => "  ",
            };
            if here && number == 0 {
                cursor = Some(Position::new(area.x, y));
            }
            let mut spans = vec![Span::styled(
                mark,
                Style::new().add_modifier(Modifier::BOLD),
            )];
            spans.extend(
                pieces
                    .into_iter()
                    .map(|(tone, text)| Span::styled(text, style(of, tone))),
            );
            let line = Line::from(spans);
            let line = match here {
                true => line.patch_style(Style::new().add_modifier(Modifier::REVERSED)),
                false => line,
            };
            let at = Rect {
                x: area.x,
                y,
                width: area.width,
                height: 1,
            };
            frame.render_widget(line, at);
            y += 1;
        }
    }
    cursor
}

/// A box that lies over what is there.
pub(super) fn over(
    look: Look,
    frame: &mut Frame,
    area: Rect,
    title: &str,
    position: Option<String>,
) {
    frame.render_widget(Clear, area);
    boxed(look, frame, area, title, position, true);
}
