//! What each command does.

use super::days::{Stride, stride, to_change};
use super::lists::{Step, fold, next_conflict, step, turn, unfold_all};
use super::{ask, audit, out, overlay};
use crate::search::ThingKind;
use crate::tui::audit::Exports;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::overlay::{Action, Choice, Confirm, Overlay, Purpose, Wanted};
use crate::tui::pane::{Pane, panes};
use crate::tui::place::Screen;
use crate::tui::row::Target;
use tui_input::Input;

/// Does a command, or says why it cannot be done now.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if let Err(why) = command.available(model) {
        model.tell(format!("{}: {why}", command.hint()));
        return Vec::new();
    }
    match command {
        Command::Up => step(model, Step::Up),
        Command::Down => step(model, Step::Down),
        Command::PageUp => step(model, Step::PageUp),
        Command::PageDown => step(model, Step::PageDown),
        Command::First => step(model, Step::First),
        Command::Last => step(model, Step::Last),
        Command::Left => sideways(model, false),
        Command::Right => sideways(model, true),
        Command::UnfoldAll => unfold_all(model),
        Command::NextPane => turn(model, true),
        Command::PreviousPane => turn(model, false),
        Command::Open => return open(model),
        Command::Back => back(model),
        Command::Ask => model.go(Screen::Ask),
        Command::Why => why(model),
        Command::Timeline => model.go(Screen::Timeline),
        Command::Compare => model.go(Screen::Compare),
        Command::Audit => model.go(Screen::Audit),
        Command::Graph => graph(model),
        Command::Search => search(model),
        Command::Kinds => kinds(model),
        Command::Filter => {
            let known = model.filters.get(&model.focus).cloned().unwrap_or_default();
            overlay::prompt(
                model,
                Wanted::Filter,
                "Only rows with these words (!word: without it)",
                known,
            );
        }
        Command::ClearFilter => {
            model.filters.remove(&model.focus);
        }
        Command::NextConflict => next_conflict(model),
        Command::Add => ask::add(model),
        Command::Remove => ask::remove(model),
        Command::Hold => overlay::choose(model, Choice::Thing(Purpose::Held)),
        Command::HoldElsewhere => overlay::choose(model, Choice::Thing(Purpose::HeldElsewhere)),
        Command::Own => overlay::choose(model, Choice::Thing(Purpose::Owned)),
        Command::Eligible => ask::eligible(model),
        Command::Givens => overlay::choose(model, Choice::Givens),
        Command::Yes => ask::answer(model, Some(true)),
        Command::No => ask::answer(model, Some(false)),
        Command::Unknown => ask::answer(model, None),
        Command::Persona => ask::change(model, crate::model::Draft::add_people),
        Command::NextPersona => ask::next_people(model),
        Command::Rename => {
            let name = model
                .draft
                .now()
                .persona()
                .map_or_else(String::new, |people| people.name.clone());
            overlay::prompt(
                model,
                Wanted::PersonaName,
                "What are these people called?",
                name,
            );
        }
        Command::MorePeople => ask::count(model, true),
        Command::FewerPeople => ask::count(model, false),
        Command::People => {
            let count = model.draft.now().persona().map_or(1, |people| people.count);
            overlay::prompt(model, Wanted::People, "How many people?", count.to_string());
        }
        Command::Reading => ask::reading(model),
        Command::Segment => ask::segment(model),
        Command::Currency => {
            let known = model.draft.now().team.currency.code().to_owned();
            overlay::prompt(
                model,
                Wanted::Currency,
                "In which currency? (three letters, as EUR)",
                known,
            );
        }
        Command::SetAside => ask::set_aside(model),
        Command::Undo => {
            model.draft.undo();
            ask::renewed(model);
        }
        Command::Redo => {
            model.draft.redo();
            ask::renewed(model);
        }
        Command::NewBasket => {
            model.overlay = Some(Overlay::Confirm(Confirm {
                question: "Begin with an empty basket?".to_owned(),
                detail: "Undo brings this one back.".to_owned(),
                action: Action::Empty,
            }));
        }
        Command::SaveBasket => {
            let name = model.draft.now().team.name.clone();
            overlay::prompt(
                model,
                Wanted::BasketName,
                "Keep the basket under which name?",
                name,
            );
        }
        Command::Baskets => overlay::choose(model, Choice::Baskets),
        Command::On => {
            let on = model.draft.now().team.on.to_string();
            overlay::prompt(
                model,
                Wanted::On,
                "On which day? (2020-06-15, or today)",
                on,
            );
        }
        Command::Known => {
            let known = model.draft.now().team.known.to_string();
            overlay::prompt(
                model,
                Wanted::Known,
                "With what was known on which day? (2020-06-15, or today)",
                known,
            );
        }
        Command::Today => {
            let today = model.today;
            ask::change(model, |draft| {
                (draft.team.on, draft.team.known) = (today, today)
            });
        }
        Command::NextChange => to_change(model, true),
        Command::PreviousChange => to_change(model, false),
        Command::NextDay => stride(model, Stride::Day, true),
        Command::PreviousDay => stride(model, Stride::Day, false),
        Command::NextMonth => stride(model, Stride::Month, true),
        Command::PreviousMonth => stride(model, Stride::Month, false),
        Command::Axis => axis(model),
        Command::Mark => ask::mark(model),
        Command::AddCompared => ask::compare(model),
        Command::PickCompared => overlay::choose(model, Choice::Thing(Purpose::Compared)),
        Command::DropCompared => {
            let column = model.column;
            ask::change(model, |draft| {
                if column < draft.compared.len() {
                    draft.compared.remove(column);
                }
            });
        }
        Command::Differences => {
            model.only_differences = !model.only_differences;
            ask::renewed(model);
        }
        Command::ByTasks => {
            model.by_tasks = !model.by_tasks;
            ask::renewed(model);
        }
        Command::Center => center(model),
        Command::Deeper => model.depth = (model.depth + 1).min(DEEPEST),
        Command::Shallower => model.depth = model.depth.saturating_sub(1).max(1),
        Command::Path => overlay::choose(model, Choice::Thing(Purpose::Way)),
        Command::OpenExports => audit::ask_exports(model),
        Command::OpenDemo => return audit::open(model, Exports::demo()),
        Command::ReadAgain => return audit::read_again(model),
        Command::Cancel => return audit::cancel(model),
        Command::Names => audit::names(model),
        Command::Sort => audit::sort(model),
        Command::ByPeople => audit::by_people(model),
        Command::TryFinding => {
            if audit::try_out(model) {
                model.go(Screen::Ask);
            }
        }
        Command::Ignore => audit::ask_reason(model),
        Command::CopyLine
        | Command::CopyAnswer
        | Command::CopyMarkdown
        | Command::CopyJson
        | Command::CopyCommand
        | Command::CopyLink => return out::copy(model, command),
        Command::ExportText
        | Command::ExportMarkdown
        | Command::ExportJson
        | Command::ExportTable
        | Command::ExportPicture
        | Command::ExportTeam => overlay::ask_file(model, command),
        Command::OpenSource => out::open_source(model),
        Command::Palette => overlay::choose(model, Choice::Palette),
        Command::Help => overlay::choose(model, Choice::Help),
        Command::Messages => overlay::choose(model, Choice::Messages),
        Command::Mouse => {
            model.look.mouse = !model.look.mouse;
            return vec![Effect::Mouse(model.look.mouse)];
        }
        Command::Redraw => return vec![Effect::Redraw],
        Command::Suspend => return vec![Effect::Suspend],
        Command::Accept => return overlay::accept(model),
        Command::Confirm => return overlay::confirmed(model),
        Command::Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

/// Beyond this everything hangs together.
const DEEPEST: usize = 6;

/// Left and right: in a table from column to column, elsewhere closed and open.
fn sideways(model: &mut Model, right: bool) {
    if model.screen == Screen::Compare && model.focus == Pane::Matrix {
        let last = model.draft.now().compared.len().saturating_sub(1);
        model.column = match right {
            true => (model.column + 1).min(last),
            false => model.column.saturating_sub(1),
        };
        model.lists.remove(&Pane::Cell);
    } else {
        fold(model, right);
    }
}

/// Shows what the marked row is about.
fn open(model: &mut Model) -> Vec<Effect> {
    let pane = model.focus;
    let rows = model.rows(pane);
    let Some(row) = rows.get(model.list(pane).selected) else {
        return Vec::new();
    };
    if let Some(is_open) = row.open {
        fold(model, !is_open);
        return Vec::new();
    }
    match row.target.clone() {
        Some(Target::Entry(entry)) => match (entry, model.about(entry)) {
            (crate::tui::draft::Entry::Persona(at), _) => ask::choose_people(model, at),
            (_, Some(Target::Given(given))) => ask::ask_given(model, given),
            (_, Some(target)) => ask::show(model, target),
            (_, None) => {}
        },
        Some(Target::Given(given)) => ask::ask_given(model, given),
        Some(Target::Day(day, _)) => {
            ask::change(model, |draft| draft.team.on = day);
            ask::mark_day(model, day);
        }
        Some(Target::Command(command)) => return run(model, command),
        Some(Target::Skus(skus)) => {
            if let Some(sku) = skus.first() {
                ask::show(model, Target::Thing(crate::model::Named::Sku(*sku)));
            }
        }
        Some(Target::Basket(_)) | None => {}
        Some(target) if model.opened.as_ref() == Some(&target) && model.screen == Screen::Show => {}
        Some(target) => ask::show(model, target),
    }
    Vec::new()
}

/// One step back: what lies over the screen, the words in the field, the filter, the screen.
fn back(model: &mut Model) {
    if model.overlay.take().is_some() {
        return;
    }
    if model.focus == Pane::Search && !model.search.value().is_empty() {
        model.search = Input::default();
        model.search();
    } else if model.filters.remove(&model.focus).is_some() {
        super::lists::mark(model, model.focus, 0);
    } else if model.back() {
    } else if model.screen != Screen::Ask {
        model.screen = Screen::Ask;
        model.focus = Pane::Answer;
        model.work_out();
    } else if model.focus == Pane::Search {
        model.focus = Pane::Basket;
    } else {
        model.tell("q leaves the program");
    }
}

/// The proof, on the screen Audit that of the finding; on a row about a claim, that claim in it.
fn why(model: &mut Model) {
    let claim = model.target().as_ref().and_then(Target::claim);
    audit::try_out(model);
    model.go(Screen::Why);
    let Some(claim) = claim else {
        return;
    };
    let rows = model.rows(Pane::Proof);
    let found = rows
        .iter()
        .position(|row| row.target == Some(Target::Claim(claim)));
    if let Some(place) = found {
        super::lists::mark(model, Pane::Proof, place);
    }
}

/// The field over the matches.
fn search(model: &mut Model) {
    if model.screen != Screen::Ask {
        model.go(Screen::Ask);
    }
    model.focus = Pane::Search;
}

/// The next kind of thing is searched.
fn kinds(model: &mut Model) {
    model.kind = match model.kind {
        None => ThingKind::ALL.first().copied(),
        Some(kind) => {
            let mut after = ThingKind::ALL.iter().skip_while(|one| **one != kind);
            after.nth(1).copied()
        }
    };
    model.search();
}

/// What hangs together with the marked row, or with what is asked about.
fn graph(model: &mut Model) {
    let of_row = match model.focus {
        Pane::Search => model.marked_hit().map(|hit| hit.thing),
        _ => model.target().as_ref().and_then(Target::thing),
    };
    let asked = model
        .subjects()
        .first()
        .map(|asked| crate::tui::draft::named(*asked));
    let found = of_row.or(if model.center.is_none() {
        asked
    } else {
        model.center
    });
    model.go(Screen::Graph);
    if found != model.center {
        model.center = found;
        model.way = None;
        model.lists.remove(&Pane::Tree);
    }
}

/// The marked row goes to the middle.
fn center(model: &mut Model) {
    let thing = model.target().as_ref().and_then(Target::thing);
    if let Some(thing) = thing.filter(|thing| model.center != Some(*thing) || model.way.is_some()) {
        model.remember();
        model.center = Some(thing);
        model.way = None;
        model.lists.remove(&Pane::Tree);
    }
}

/// Which day moves on the timeline.
fn axis(model: &mut Model) {
    use crate::model::Axis;
    model.axis = match model.axis {
        Axis::On => Axis::Known,
        Axis::Known => Axis::Both,
        Axis::Both => Axis::On,
    };
    model.course = None;
    model.lists.remove(&Pane::Changes);
    model.work_out();
    debug_assert!(panes(model.screen).contains(&model.focus));
}
