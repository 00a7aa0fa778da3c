//! What lies over a screen: choosing, typing a value, saying yes.

use super::{ask, audit, command};
use crate::model::{Currency, Day, GivenValue, Named};
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::overlay::{Action, Choice, Chooser, Confirm, Overlay, Prompt, Purpose, Wanted};
use crate::tui::row::Target;
use std::path::PathBuf;
use tui_input::Input;

/// Lays a list to choose from over the screen.
pub(super) fn choose(model: &mut Model, choice: Choice) {
    model.overlay = Some(Overlay::Chooser(Chooser::new(choice)));
}

/// Asks for a value.
pub(super) fn prompt(
    model: &mut Model,
    wanted: Wanted,
    title: impl Into<String>,
    known: impl Into<String>,
) {
    let input = Input::new(known.into());
    model.overlay = Some(Overlay::Prompt(Prompt {
        wanted,
        title: title.into(),
        is_proposed: !input.value().is_empty(),
        input,
        problem: None,
    }));
}

/// Narrows the list to what was typed.
pub(super) fn narrowed(model: &mut Model) {
    let found = match &model.overlay {
        Some(Overlay::Chooser(chooser)) => match chooser.choice {
            Choice::Thing(purpose) => Some(model.find(chooser.input.value(), purpose.kinds())),
            _ => None,
        },
        _ => None,
    };
    if let (Some(hits), Some(Overlay::Chooser(chooser))) = (found, &mut model.overlay) {
        chooser.hits = hits;
    }
}

/// Takes what was typed or marked.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    match model.overlay.clone() {
        Some(Overlay::Chooser(chooser)) => chosen(model, &chooser),
        Some(Overlay::Prompt(prompt)) => entered(model, &prompt),
        Some(Overlay::Confirm(_)) | None => Vec::new(),
    }
}

fn chosen(model: &mut Model, chooser: &Chooser) -> Vec<Effect> {
    let target = model.target();
    match (&chooser.choice, target) {
        (Choice::Palette | Choice::Help, Some(Target::Command(chosen))) => {
            model.overlay = None;
            command::run(model, chosen)
        }
        (Choice::Givens, Some(Target::Given(given))) => {
            let value = model.draft.now().team.givens.get(&given).cloned();
            match (&model.knowledge().givens[given].kind, value) {
                (crate::model::GivenKind::Truth, Some(GivenValue::Truth(true))) => {
                    ask::answer(model, Some(false));
                }
                (crate::model::GivenKind::Truth, Some(_)) => ask::answer(model, None),
                (crate::model::GivenKind::Truth, None) => ask::answer(model, Some(true)),
                _ => ask::ask_given(model, given),
            }
            Vec::new()
        }
        (Choice::Baskets, Some(Target::Basket(name))) => {
            model.overlay = None;
            if let Some(kept) = model.baskets.get(&name).cloned() {
                ask::change(model, |draft| *draft = kept);
                model.tell(format!("basket \"{name}\"; u brings back the one before"));
            }
            Vec::new()
        }
        (Choice::Thing(purpose), Some(target)) => {
            model.overlay = None;
            if let Some(thing) = target.thing() {
                picked(model, *purpose, thing);
            }
            Vec::new()
        }
        _ => {
            model.overlay = None;
            Vec::new()
        }
    }
}

fn picked(model: &mut Model, purpose: Purpose, thing: Named) {
    let sku = match thing {
        Named::Sku(sku) => Some(sku),
        _ => None,
    };
    match (purpose, sku) {
        (Purpose::Held, Some(sku)) => ask::change(model, |draft| draft.hold(sku, false)),
        (Purpose::HeldElsewhere, Some(sku)) => ask::change(model, |draft| draft.hold(sku, true)),
        (Purpose::Owned, Some(sku)) => {
            let seats = model.draft.now().team.owned.get(&sku).copied().unwrap_or(1);
            let name = model.knowledge().skus[sku].name.to_string();
            prompt(
                model,
                Wanted::Seats(sku),
                format!("Seats of {name} (0 for none)"),
                seats.to_string(),
            );
        }
        (Purpose::Compared, Some(sku)) => ask::change(model, |draft| {
            let set = vec![sku];
            if !draft.compared.contains(&set) {
                draft.compared.push(set);
            }
        }),
        (Purpose::Way, _) => model.way = Some(thing),
        (_, None) => {}
    }
}

fn entered(model: &mut Model, prompt: &Prompt) -> Vec<Effect> {
    let typed = prompt.input.value().trim().to_owned();
    match take(model, &prompt.wanted, &typed) {
        Ok(effects) => {
            if matches!(&model.overlay, Some(Overlay::Prompt(now)) if now.wanted == prompt.wanted) {
                model.overlay = None;
            }
            effects
        }
        Err(problem) => {
            if let Some(Overlay::Prompt(now)) = &mut model.overlay {
                now.problem = Some(problem);
            }
            Vec::new()
        }
    }
}

fn day(typed: &str, today: Day) -> Result<Day, String> {
    match typed {
        "" | "today" => Ok(today),
        typed => Day::parse(typed)
            .ok_or_else(|| format!("`{typed}` is not a day; write it as 2020-06-15, or \"today\"")),
    }
}

/// Takes a value.
fn take(model: &mut Model, wanted: &Wanted, typed: &str) -> Result<Vec<Effect>, String> {
    match wanted {
        Wanted::On => {
            let day = day(typed, model.today)?;
            ask::change(model, |draft| draft.team.on = day);
        }
        Wanted::Known => {
            let day = day(typed, model.today)?;
            ask::change(model, |draft| draft.team.known = day);
        }
        Wanted::People => {
            let number: u64 = typed
                .parse()
                .ok()
                .filter(|number| *number > 0)
                .ok_or_else(|| format!("`{typed}` is not a number of people; write 1 or more"))?;
            ask::change(model, |draft| {
                if let Some(persona) = draft.persona_mut() {
                    persona.count = number;
                }
            });
        }
        Wanted::PersonaName => {
            let name = crate::model::clean(typed).text;
            if name.is_empty() {
                return Err("a name is missing".to_owned());
            }
            ask::change(model, |draft| {
                if let Some(persona) = draft.persona_mut() {
                    persona.name = name;
                }
            });
        }
        Wanted::Seats(sku) => {
            let seats: u64 = typed
                .parse()
                .map_err(|_| format!("`{typed}` is not a number of seats"))?;
            ask::change(model, |draft| match seats {
                0 => {
                    draft.team.owned.remove(sku);
                }
                seats => {
                    draft.team.owned.insert(*sku, seats);
                }
            });
        }
        Wanted::Given(given) => {
            let value = match typed {
                "" | "unknown" => None,
                typed => Some(model.knowledge().givens[*given].kind.read(typed)?),
            };
            ask::change(model, |draft| draft.give(*given, value));
        }
        Wanted::BasketName => {
            let name = crate::model::clean(typed).text;
            if name.is_empty() {
                return Err("a name is missing".to_owned());
            }
            ask::change(model, |draft| draft.team.name.clone_from(&name));
            let draft = model.draft.now().clone();
            model.baskets.insert(name.clone(), draft);
            model.tell(format!("basket \"{name}\" is kept; b opens it again"));
        }
        Wanted::Currency => {
            let currency = Currency::parse(&typed.to_uppercase()).ok_or_else(|| {
                format!("`{typed}` is not a currency; write three letters, as EUR")
            })?;
            ask::change(model, |draft| draft.team.currency = currency);
        }
        Wanted::Filter => {
            let pane = model.focus;
            match typed {
                "" => model.filters.remove(&pane),
                words => model.filters.insert(pane, words.to_owned()),
            };
            super::lists::mark(model, pane, 0);
        }
        Wanted::File(command) => {
            if typed.is_empty() {
                return Err("the name of a file is missing".to_owned());
            }
            let text = super::out::text_of(model, *command)?;
            let path = PathBuf::from(typed);
            model.unwritten = Some((path.clone(), text.clone()));
            return Ok(vec![Effect::Write {
                path,
                text,
                replace: false,
            }]);
        }
        Wanted::Exports => return audit::typed(model, typed),
        Wanted::IgnoreReason => return audit::take_reason(model, typed),
        Wanted::IgnoreUntil => return audit::take_until(model, typed),
        Wanted::IgnoreFile => return audit::take_file(model, typed),
    }
    Ok(Vec::new())
}

/// Does what was asked about.
pub(super) fn confirmed(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Confirm(Confirm { action, .. })) = model.overlay.take() else {
        return Vec::new();
    };
    match action {
        Action::Open(url) => vec![Effect::Open { url }],
        Action::Replace(path, text) => vec![Effect::Write {
            path,
            text,
            replace: true,
        }],
        Action::Empty => {
            let now = &model.draft.now().team;
            let empty = crate::tui::draft::fresh(model.today, now.reading, now.currency.clone());
            ask::change(model, |draft| *draft = empty);
            model.tell("an empty basket; u brings back the one before");
            Vec::new()
        }
    }
}

/// A command whose file is asked for.
pub(super) fn ask_file(model: &mut Model, command: Command) {
    let name = super::out::file_name(model, command);
    prompt(
        model,
        Wanted::File(command),
        format!("{}: to which file", command.help()),
        name,
    );
}
