//! What stands around the panes: screens and dates above, notices and keys below.

use super::theme::reversed;
use super::wrap::clipped;
use crate::model::Grade;
use crate::tui::bindings::Context;
use crate::tui::model::Model;
use crate::tui::pane::{LEAST, Room};
use crate::tui::place::Screen;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// Fewer columns or rows than that show one line.
pub(super) fn too_small(frame: &mut Frame) {
    let area = frame.area();
    if area.height > 0 && area.width > 0 {
        let line = Line::from(format!("licit {}x{} needed", LEAST.0, LEAST.1));
        frame.render_widget(line, Rect { height: 1, ..area });
    }
}

fn bold(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().add_modifier(Modifier::BOLD))
}

fn faint(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().add_modifier(Modifier::DIM))
}

/// The screens by number, both days, and what is answered.
pub(super) fn header(model: &Model, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let room = model.room();
    let dates = dates(model, room);
    let width = usize::from(area.width);
    let full = width >= 100;
    let mut spans = vec![bold(" licit ")];
    for (number, screen) in (1..).zip(Screen::NUMBERED) {
        let is_here = model.screen == screen;
        let name = match (full || is_here, room) {
            (true, _) => format!(" {number} {} ", screen.name()),
            (false, Room::Single) => continue,
            (false, _) => format!(" {number} "),
        };
        spans.push(match is_here {
            true => Span::styled(name, reversed()),
            false => Span::raw(name),
        });
    }
    if model.screen == Screen::Show {
        spans.push(Span::styled(" Shown ", reversed()));
    }
    let used: usize = spans.iter().map(|span| span.content.width()).sum();
    let blanks = width.saturating_sub(used + dates.width() + 1);
    spans.push(Span::raw(" ".repeat(blanks)));
    spans.push(if model.is_today() {
        Span::raw(dates)
    } else {
        bold(dates)
    });
    frame.render_widget(Line::from(spans), Rect { height: 1, ..area });
    if area.height > 1 {
        let line = Rect {
            y: area.y + 1,
            height: 1,
            ..area
        };
        frame.render_widget(crumb(model, width), line);
    }
}

fn dates(model: &Model, room: Room) -> String {
    let team = &model.draft.now().team;
    let known = match team.known == model.today {
        true => "today".to_owned(),
        false => team.known.to_string(),
    };
    match room {
        Room::Single if team.known == team.on => team.on.to_string(),
        Room::Single => format!("{} k {known}", team.on),
        _ => format!("on {}  known {known}", team.on),
    }
}

/// The verdict with what it is about, and how many steps can be undone.
fn crumb(model: &Model, width: usize) -> Line<'static> {
    if let Some(line) = audit_crumb(model, width) {
        return line;
    }
    let Some(shown) = model.shown() else {
        return Line::from(faint(
            " Which license does this admin need? Type who or what.",
        ));
    };
    let verdict = shown.answer.verdict.word();
    let grade = shown
        .answer
        .needs
        .iter()
        .map(|need| need.certainty.grade)
        .max()
        .map_or("", Grade::word);
    let names: Vec<&str> = model
        .subjects()
        .iter()
        .map(|asked| model.knowledge().name(crate::tui::draft::named(*asked)))
        .collect();
    let right = match model.draft.depth() {
        0 => String::new(),
        steps => format!("undo {steps} "),
    };
    let is_preview = if model.answered.is_none() {
        "preview, "
    } else {
        ""
    };
    let left = format!(" ({is_preview}certainty {grade})");
    let room = width.saturating_sub(right.width() + left.width() + verdict.width() + 6);
    let names = clipped(&names.join(", "), room, model.look.ascii);
    let used = names.width() + verdict.width() + left.width() + 4 + right.width();
    Line::from(vec![
        Span::raw(format!(" {names}: ")),
        bold(verdict.to_uppercase()),
        Span::raw(left),
        Span::raw(" ".repeat(width.saturating_sub(used))),
        faint(right),
    ])
}

/// On the screen Audit: which exports, what came of them, and whether people are named.
fn audit_crumb(model: &Model, width: usize) -> Option<Line<'static>> {
    if !model.contexts_below().contains(&Context::Audit) {
        return None;
    }
    let (said, names) = crate::tui::screen::audit_crumb(model)?;
    let keys = model.keymap.keys_of(crate::tui::Command::Names);
    let keys = keys.map_or_else(String::new, |keys| format!(" ({keys}) "));
    let room = width.saturating_sub(names.width() + keys.width() + 3);
    let said = clipped(&said, room, model.look.ascii);
    let blanks = width.saturating_sub(said.width() + names.width() + keys.width() + 1);
    Some(Line::from(vec![
        Span::raw(format!(" {said}")),
        Span::raw(" ".repeat(blanks)),
        bold(names),
        faint(keys),
    ]))
}

/// Whenever it is not about today.
pub(super) fn banner(model: &Model, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let team = &model.draft.now().team;
    let keys = model
        .keymap
        .keys_of(crate::tui::Command::Today)
        .map_or_else(String::new, ToString::to_string);
    let words = format!(
        " Not today: on {}, as known on {}.  {keys} today ",
        team.on, team.known
    );
    let width = usize::from(area.width);
    let words = clipped(&words, width, model.look.ascii);
    let blanks = " ".repeat(width.saturating_sub(words.width()));
    frame.render_widget(Line::from(Span::styled(words + &blanks, reversed())), area);
}

/// The last notice, or where the data comes from.
pub(super) fn status(model: &Model, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let width = usize::from(area.width);
    let span = match model.notices.last().filter(|_| model.is_told) {
        Some(notice) => bold(format!(
            " {}",
            clipped(notice, width.saturating_sub(2), model.look.ascii)
        )),
        None => {
            let aside = match model.draft.now().set_aside.len() {
                0 => String::new(),
                1 => "  |  as if 1 claim had never been said".to_owned(),
                number => format!("  |  as if {number} claims had never been said"),
            };
            let reading = match model.audit.is_reading() && model.screen != Screen::Audit {
                true => "  |  exports are being read",
                false => "",
            };
            let words = format!(
                " offline  |  data {}  |  {}{reading}{aside}",
                model.knowledge().meta.version,
                crate::render::NOTICE
            );
            faint(clipped(&words, width, model.look.ascii))
        }
    };
    frame.render_widget(Line::from(span), area);
}

/// The keys that matter where the focus is, as many as there is room for; the help is always among them.
pub(super) fn hints(model: &Model, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let width = usize::from(area.width);
    let contexts = model.contexts();
    let mut all: Vec<(u8, String)> = model
        .keymap
        .all(&contexts)
        .into_iter()
        .filter(|(_, command, hint)| *hint > 0 && command.available(model).is_ok())
        .map(|(keys, command, hint)| (hint, format!("{keys} {}", command.hint())))
        .collect();
    all.sort();
    all.dedup();
    let is_last = |hint: u8| hint >= 95;
    let last: Vec<&String> = all
        .iter()
        .filter(|(hint, _)| is_last(*hint))
        .map(|(_, words)| words)
        .collect();
    let mut left = width.saturating_sub(1);
    let mut kept: Vec<&String> = Vec::new();
    let reserved: usize = last.iter().map(|words| words.width() + 2).sum();
    let mut open = left.saturating_sub(reserved);
    for (hint, words) in &all {
        let need = words.width() + 2;
        if !is_last(*hint) && need <= open {
            open -= need;
            kept.push(words);
        }
    }
    // Of those that must be there the help is the last to go.
    let mut tail: Vec<&String> = Vec::new();
    for words in last.iter().rev() {
        let need = words.width() + 2;
        if need <= left {
            left -= need;
            tail.insert(0, words);
        }
    }
    let words: Vec<&str> = kept
        .iter()
        .chain(&tail)
        .map(|words| words.as_str())
        .collect();
    frame.render_widget(Line::from(format!(" {}", words.join("  "))), area);
}
