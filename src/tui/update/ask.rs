//! The basket: what goes in, what comes out, and what is known about it.

use crate::model::{Draft, GivenKind, GivenValue, Reading, Segment};
use crate::tui::draft::{Entry, asked};
use crate::tui::model::Model;
use crate::tui::overlay::{Overlay, Prompt, Wanted};
use crate::tui::pane::Pane;
use crate::tui::place::Screen;
use crate::tui::row::Target;
use tui_input::Input;

/// Changes the draft and works everything out again. The marks stay where their rows stay.
pub(super) fn change(model: &mut Model, change: impl FnOnce(&mut Draft)) {
    if model.draft.change(change) {
        renewed(model);
    }
}

/// Works everything out again.
pub(super) fn renewed(model: &mut Model) {
    model.refresh();
    let sets = model.draft.now().compared.len();
    model.column = model.column.min(sets.saturating_sub(1));
    for pane in [
        Pane::Basket,
        Pane::Answer,
        Pane::Ways,
        Pane::Proof,
        Pane::Changes,
        Pane::Matrix,
    ] {
        let last = model.rows(pane).len().saturating_sub(1);
        if model.list(pane).selected > last {
            super::lists::mark(model, pane, last);
        }
    }
}

/// Puts the marked match, or what the marked row is about, into the basket, or takes it out.
pub(super) fn add(model: &mut Model) {
    let thing = match (model.screen, model.focus) {
        (Screen::Ask, Pane::Search) => model.marked_hit().map(|hit| hit.thing),
        (Screen::Show, _) => model.opened.as_ref().and_then(Target::thing),
        _ => model.target().as_ref().and_then(Target::thing),
    };
    let Some(thing) = thing else {
        model.tell("nothing is marked that could be asked about");
        return;
    };
    match asked(thing) {
        Some(asked) => {
            change(model, |draft| draft.toggle(asked));
            if model.focus == Pane::Search {
                model.search = Input::default();
                model.search();
            }
        }
        None => show(model, Target::Thing(thing)),
    }
}

/// Shows one thing whole.
pub(super) fn show(model: &mut Model, target: Target) {
    model.remember();
    model.screen = Screen::Show;
    model.focus = Pane::Page;
    model.lists.remove(&Pane::Page);
    model.filters.remove(&Pane::Page);
    model.opened = Some(target);
}

/// Takes the marked line out of the basket.
pub(super) fn remove(model: &mut Model) {
    match model.target_of(Pane::Basket) {
        Some(Target::Entry(entry)) => change(model, |draft| draft.remove(entry)),
        _ => model.tell("the row is no line of the basket"),
    }
}

/// Answers the question of the marked row with yes or no, or takes the answer back; what is no yes or no is asked for.
pub(super) fn answer(model: &mut Model, truth: Option<bool>) {
    let Some(given) = model.target().as_ref().and_then(Target::given) else {
        return;
    };
    let record = &model.knowledge().givens[given];
    match (&record.kind, truth) {
        (_, None) => change(model, |draft| draft.give(given, None)),
        (GivenKind::Truth, Some(truth)) => {
            change(model, |draft| {
                draft.give(given, Some(GivenValue::Truth(truth)))
            });
        }
        (_, Some(true)) => ask_given(model, given),
        (_, Some(false)) => {
            let expected = record.kind.expected();
            model.tell(format!("the answer is {expected}; y asks for it"));
        }
    }
}

/// Asks for a value.
pub(super) fn ask_given(model: &mut Model, given: crate::model::GivenId) {
    let record = &model.knowledge().givens[given];
    let known = model.draft.now().team.givens.get(&given);
    let prompt = Prompt {
        title: format!("{} ({})", record.question, record.kind.expected()),
        input: Input::new(known.map_or_else(String::new, GivenValue::to_string)),
        is_proposed: known.is_some(),
        wanted: Wanted::Given(given),
        problem: None,
    };
    model.overlay = Some(Overlay::Prompt(prompt));
}

/// The people of the marked line of the basket are asked about, or the next ones.
pub(super) fn next_people(model: &mut Model) {
    change(model, |draft| {
        draft.at = (draft.at + 1) % draft.team.personas.len().max(1)
    });
}

/// The people whom the marked line of the basket is about are asked about.
pub(super) fn choose_people(model: &mut Model, at: usize) {
    change(model, |draft| {
        draft.at = at.min(draft.team.personas.len().saturating_sub(1))
    });
}

/// Which people a change of their number is about: those of the marked line.
fn marked_people(model: &Model) -> usize {
    match model.target_of(Pane::Basket) {
        Some(Target::Entry(
            Entry::Persona(at)
            | Entry::Asked(at, _)
            | Entry::Held(at, _)
            | Entry::HeldElsewhere(at, _),
        )) => at,
        _ => model.draft.now().at,
    }
}

/// One person more or less.
pub(super) fn count(model: &mut Model, more: bool) {
    let at = marked_people(model);
    change(model, |draft| {
        if let Some(persona) = draft.team.personas.get_mut(at) {
            persona.count = match more {
                true => persona.count.saturating_add(1),
                false => persona.count.saturating_sub(1).max(1),
            };
        }
    });
}

/// The next way of reading vague texts.
pub(super) fn reading(model: &mut Model) {
    change(model, |draft| {
        draft.team.reading = after(Reading::ALL, draft.team.reading)
    });
    let reading = model.draft.now().team.reading;
    model.tell(format!("{reading} reading"));
}

/// The next kind of buyer.
pub(super) fn segment(model: &mut Model) {
    change(model, |draft| {
        draft.team.segment = after(Segment::ALL, draft.team.segment)
    });
    let segment = model.draft.now().team.segment;
    model.tell(format!("licenses for {segment} customers"));
}

/// The one after it, round and round.
pub(super) fn after<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let mut rest = all.iter().cycle().skip_while(|one| **one != now);
    rest.nth(1).copied().unwrap_or(now)
}

/// Roles are held as eligible, or active again.
pub(super) fn eligible(model: &mut Model) {
    change(model, |draft| {
        if let Some(persona) = draft.persona_mut() {
            persona.eligible = !persona.eligible;
        }
    });
}

/// Takes the claim of the marked row as never made, or counts it again.
pub(super) fn set_aside(model: &mut Model) {
    let Some(claim) = model.target().as_ref().and_then(Target::claim) else {
        return;
    };
    let id = model.base.claims[claim].id.to_string();
    change(model, |draft| {
        if !draft.set_aside.remove(&claim) {
            draft.set_aside.insert(claim);
        }
    });
    match model.draft.now().set_aside.contains(&claim) {
        true => model.tell(format!(
            "as if {id} had never been said; x or u counts it again"
        )),
        false => model.tell(format!("{id} counts again")),
    }
}

/// Puts the license of the marked row beside the others, or takes it away.
pub(super) fn compare(model: &mut Model) {
    let Some(skus) = model.sku() else {
        return;
    };
    let mut is_there = false;
    change(model, |draft| {
        match draft.compared.iter().position(|set| *set == skus) {
            Some(place) => {
                draft.compared.remove(place);
            }
            None => {
                draft.compared.push(skus);
                is_there = true;
            }
        }
    });
    let number = model.draft.now().compared.len();
    model.tell(match is_there {
        true => format!("{number} to compare; 4 shows them side by side"),
        false => format!("taken away; {number} to compare"),
    });
}

/// Marks the day of the row as the first or the second of two.
pub(super) fn mark(model: &mut Model) {
    let Some(day) = model.target().as_ref().and_then(Target::day) else {
        return;
    };
    change(model, |draft| {
        draft.marked = match draft.marked {
            (None, None) => (Some(day), None),
            (Some(a), None) if a == day => (None, None),
            (Some(a), None) => (Some(a), Some(day)),
            _ => (Some(day), None),
        };
    });
    model.tell(match model.draft.now().marked {
        (Some(a), Some(b)) => format!("A {a} and B {b}: what differs stands beside"),
        (Some(a), None) => format!("A {a}; mark a second day"),
        _ => "no day is marked".to_owned(),
    });
}

/// Marks the row of the day on the timeline.
pub(super) fn mark_day(model: &mut Model, day: crate::model::Day) {
    let rows = model.rows(Pane::Changes);
    let found = rows
        .iter()
        .position(|row| row.target.as_ref().and_then(Target::day) == Some(day));
    if let Some(place) = found {
        super::lists::mark(model, Pane::Changes, place);
    }
}
