//! The two days: stepping along them, and to the next change of the answer.

use crate::model::{Axis, Day};
use crate::reason::{claims_touching, timeline, timeline_days};
use crate::tui::model::Model;
use crate::tui::place::Screen;

/// A step along a day.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stride {
    Day,
    Month,
}

/// The day that moves: what was known moves only on the timeline of what was known.
fn set(model: &mut Model, day: Day) {
    let axis = match model.screen {
        Screen::Timeline => model.axis,
        _ => Axis::On,
    };
    let lists = model.lists.clone();
    let is_changed = model.draft.change(|draft| {
        if axis != Axis::Known {
            draft.team.on = day;
        }
        if axis != Axis::On {
            draft.team.known = day;
        }
    });
    if is_changed {
        model.refresh();
        model.lists = lists;
    }
}

fn here(model: &Model) -> Day {
    let team = &model.draft.now().team;
    match (model.screen, model.axis) {
        (Screen::Timeline, Axis::Known) => team.known,
        _ => team.on,
    }
}

/// Moves a day or a month.
pub(super) fn stride(model: &mut Model, stride: Stride, forward: bool) {
    let day = here(model);
    let to = match (stride, forward) {
        (Stride::Day, true) => day.next(),
        (Stride::Day, false) => day.previous(),
        (Stride::Month, _) => month(day, forward),
    };
    set(model, to);
}

/// The same day of the next month or the one before, or its last.
fn month(day: Day, forward: bool) -> Day {
    let (year, month, of_month) = day.parts();
    let (year, month) = match (forward, month) {
        (true, 12) => (year + 1, 1),
        (true, month) => (year, month + 1),
        (false, 1) => (year - 1, 12),
        (false, month) => (year, month - 1),
    };
    let days = (1..=i16::from(of_month)).rev();
    let mut days = days.filter_map(|of_month| Day::from_parts(year, i16::from(month), of_month));
    days.next().unwrap_or(day)
}

/// Goes to the day of the next change of the answer, or of the one before.
pub(super) fn to_change(model: &mut Model, forward: bool) {
    let Some(shown) = model.shown() else {
        return;
    };
    let day = here(model);
    let changes: Vec<Day> = match &model.course {
        Some(course) => course
            .timeline
            .changes
            .iter()
            .map(|change| change.day)
            .collect(),
        None => {
            let question = &shown.answer.question;
            let claims = claims_touching(model.knowledge(), question);
            let (first, last) = timeline_days(model.knowledge(), &claims, question.on);
            let course = timeline(model.knowledge(), question, Axis::On, first, last);
            course.changes.iter().map(|change| change.day).collect()
        }
    };
    let found = match forward {
        true => changes.iter().find(|change| **change > day),
        false => changes.iter().rev().find(|change| **change < day),
    };
    match found {
        Some(change) => {
            set(model, *change);
            if model.screen == Screen::Timeline {
                super::ask::mark_day(model, *change);
            }
        }
        None if forward => model.tell("no later change of the answer is known"),
        None => model.tell("the answer has not changed before"),
    }
}
