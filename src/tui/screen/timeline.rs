//! Timeline: the days on which the answer changes, what differs between two of them, and what it costs over time.

use super::hint;
use crate::graph::Moment;
use crate::model::{Axis, Cheapest, Day, Money};
use crate::reason::{at, differing};
use crate::render::{CourseItem, DiffOf, DiffSide, DiffView, Line, View, course_items};
use crate::tui::model::{Course, Model};
use crate::tui::pane::Pane;
use crate::tui::row::{Row, Target, rows};
use crate::tui::view::pane_area;

/// "Changes of the answer: 7, along the day asked about".
pub(super) fn changes_title(model: &Model) -> String {
    let axis = match model.axis {
        Axis::On => "by the day asked about",
        Axis::Known => "by what was known",
        Axis::Both => "told on each day",
    };
    match &model.course {
        Some(course) => format!("Changes: {}, {axis}", course.timeline.changes.len()),
        None => Pane::Changes.title().to_owned(),
    }
}

fn items(model: &Model, course: &Course) -> Vec<CourseItem> {
    course_items(model.knowledge(), &course.question, &course.timeline)
}

/// The day that moves along the timeline.
fn here(model: &Model) -> Day {
    let team = &model.draft.now().team;
    match model.axis {
        Axis::Known => team.known,
        _ => team.on,
    }
}

/// The changes, the oldest first, with the day asked about among them.
pub(super) fn changes(model: &Model) -> Vec<Row> {
    let Some(course) = &model.course else {
        return hint("No answer to follow yet: put something into the basket on Ask (1).");
    };
    let here = here(model);
    let marked = model.draft.now().marked;
    let items = items(model, course);
    let current = items.iter().rposition(|item| item.day <= here);
    let mut all = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let mark = match place {
            _ if marked.0 == Some(item.day) => "A ",
            _ if marked.1 == Some(item.day) => "B ",
            _ if Some(place) == current && !model.look.ascii => "▸ ",
            _ if Some(place) == current => "> ",
            _ => "  ",
        };
        let target = Target::Day(item.day, item.claim);
        let mut row = Row::new(Line::from(mark).join(item.item.line.clone())).about(target.clone());
        row.hang = 4;
        all.push(row);
        for detail in &item.item.details {
            let mut row = Row::new(detail.clone()).indented(4).about(target.clone());
            row.hang = 2;
            all.push(row);
        }
    }
    if course.timeline.changes.is_empty() {
        let (first, last) = (course.timeline.first, course.timeline.last);
        all.extend(hint(&format!(
            "\nNo dated change touches this answer from {first} to {last}."
        )));
    }
    all
}

/// Both axes: the changes of the answer, and where one stands.
pub(super) fn axes(model: &Model) -> Vec<Row> {
    let Some(course) = &model.course else {
        return Vec::new();
    };
    let team = &model.draft.now().team;
    let (first, last) = (course.timeline.first, course.timeline.last);
    let width = pane_area(model, Pane::Axes).map_or(76, |area| usize::from(area.width));
    let scale = Scale {
        first,
        last,
        columns: width.saturating_sub(26).max(8),
    };
    let signs = match model.look.ascii {
        false => Signs {
            rule: '─',
            past: '●',
            ahead: '○',
            here: '▲',
        },
        true => Signs {
            rule: '-',
            past: '*',
            ahead: 'o',
            here: '^',
        },
    };
    let changes: Vec<Day> = course
        .timeline
        .changes
        .iter()
        .map(|change| change.day)
        .collect();
    let moved = model.axis == Axis::Known;
    let (on, known): (&[Day], &[Day]) = if moved {
        (&[], &changes)
    } else {
        (&changes, &[])
    };
    [("on", team.on, on), ("known", team.known, known)]
        .into_iter()
        .map(|(name, day, changes)| {
            let line = scale.drawn(&signs, changes, day, model.today);
            drawing(format!("{name:<6}{line}  {day}"))
        })
        .chain([drawing(format!("      {}", scale.years()))])
        .collect()
}

fn drawing(line: String) -> Row {
    Row {
        is_drawing: true,
        ..Row::new(line)
    }
}

/// Days on a rule of so many columns.
struct Scale {
    first: Day,
    last: Day,
    columns: usize,
}

struct Signs {
    rule: char,
    past: char,
    ahead: char,
    here: char,
}

impl Scale {
    fn place(&self, day: Day) -> usize {
        let all = self.last.days_since(self.first).max(1);
        let of = day.days_since(self.first).clamp(0, all);
        let (all, of) = (i64::from(all), i64::from(of));
        let columns = i64::try_from(self.columns).unwrap_or(1) - 1;
        usize::try_from(of * columns / all).unwrap_or(0)
    }

    fn drawn(&self, signs: &Signs, changes: &[Day], here: Day, today: Day) -> String {
        let mut line = vec![signs.rule; self.columns];
        let mut put = |day: Day, sign: char| {
            if let Some(cell) = line.get_mut(self.place(day)) {
                *cell = sign;
            }
        };
        for change in changes {
            put(
                *change,
                if *change > today {
                    signs.ahead
                } else {
                    signs.past
                },
            );
        }
        put(here, signs.here);
        line.into_iter().collect()
    }

    /// The years under their first days, as many as there is room for.
    fn years(&self) -> String {
        let mut line = String::new();
        let (from, to) = (self.first.parts().0, self.last.parts().0);
        for year in from..=to {
            let Some(day) = Day::from_parts(year, 1, 1) else {
                continue;
            };
            let at = self.place(day.max(self.first));
            if at >= line.len() + usize::from(!line.is_empty()) && at + 4 <= self.columns {
                line.push_str(&" ".repeat(at - line.len()));
                line.push_str(&year.to_string());
            }
        }
        line
    }
}

/// Between which days.
fn days(model: &Model, course: &Course) -> Option<(Day, Day)> {
    if let (Some(a), Some(b)) = model.draft.now().marked {
        return Some((a.min(b), a.max(b)));
    }
    let marked = model.target_of(Pane::Changes)?.day()?;
    (marked > course.timeline.first).then(|| (marked.previous(), marked))
}

/// "What differs: 2026-06-30 to 2026-07-01".
pub(super) fn differences_title(model: &Model) -> String {
    let days = model.course.as_ref().and_then(|course| days(model, course));
    match days {
        Some((from, to)) => format!("What differs: {from} to {to}"),
        None => Pane::Differences.title().to_owned(),
    }
}

/// What differs between the two marked days, or at the marked change.
pub(super) fn differences(model: &Model) -> Vec<Row> {
    let Some((course, (from, to))) = model
        .course
        .as_ref()
        .and_then(|course| Some((course, days(model, course)?)))
    else {
        return hint("Mark a change to see what it changed; Space marks two days to compare.");
    };
    let question = &course.question;
    let moment = |day: Day| match model.axis {
        Axis::On => Moment {
            on: day,
            known: question.known,
        },
        Axis::Known => Moment {
            on: question.on,
            known: day,
        },
        Axis::Both => Moment {
            on: day,
            known: day,
        },
    };
    let (from, to) = (moment(from), moment(to));
    let knowledge = model.knowledge();
    let found = differing(knowledge, question, from, to);
    let view = DiffView {
        questions: vec![DiffOf {
            name: "The answer".to_owned(),
            before: DiffSide {
                knowledge,
                question: at(question, from),
                told: found.before,
                counted: found.counted_before,
            },
            after: DiffSide {
                knowledge,
                question: at(question, to),
                told: found.after,
                counted: found.counted_after,
            },
            legs: found.legs,
        }],
        days: [(from.on, from.known), (to.on, to.known)],
        versions: [
            knowledge.meta.version.to_string(),
            knowledge.meta.version.to_string(),
        ],
    };
    rows(knowledge, &view.page())
}

/// How wide the bar of the dearest day is.
const WIDEST: u64 = 40;

/// The price of the cheapest set, span by span, as bars.
pub(super) fn prices(model: &Model) -> Vec<Row> {
    let Some(course) = &model.course else {
        return Vec::new();
    };
    let cost = |item: &CourseItem| match item.told.cheapest {
        Cheapest::Costs(Some(total)) => Some(total),
        Cheapest::Nothing => Some(Money::ZERO),
        Cheapest::Costs(None) | Cheapest::Impossible => None,
    };
    let items = items(model, course);
    let dearest = items.iter().filter_map(cost).map(Money::minor).max();
    let dearest = dearest.filter(|dearest| *dearest > 0).unwrap_or(1);
    let sign = if model.look.ascii { "#" } else { "▇" };
    let mut spans: Vec<(Day, Option<Money>)> = Vec::new();
    for item in &items {
        let cost = cost(item);
        if spans.last().is_none_or(|(_, last)| *last != cost) {
            spans.push((item.day, cost));
        }
    }
    spans
        .into_iter()
        .map(|(day, cost)| {
            let words = cost.map_or_else(|| "no price".to_owned(), |cost| cost.to_string());
            let length = cost.map_or(0, |cost| {
                u128::from(cost.minor()) * u128::from(WIDEST) / u128::from(dearest)
            });
            let bar = sign.repeat(usize::try_from(length).unwrap_or(0));
            Row {
                is_drawing: true,
                ..Row::new(Line::from(format!("from {day}  {words:>9}  ")).strong(bar))
                    .about(Target::Day(day, None))
            }
        })
        .collect()
}
