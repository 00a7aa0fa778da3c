//! Ask: who needs what, and what that comes to while it is put together.

use super::{hint, shown};
use crate::model::{GivenValue, Named, PricedSet, SkuId};
use crate::render::{AnswerView, Line, PurchaseView, Tone, View};
use crate::search::{Hit, NameSort, ThingKind};
use crate::tui::draft::{Entry, asked};
use crate::tui::model::Model;
use crate::tui::pane::Pane;
use crate::tui::row::{Row, Target, rows};

/// "Search: roles, 12 found".
pub(super) fn search_title(model: &Model) -> String {
    let kinds = model.kind.map_or_else(
        || "everything".to_owned(),
        |kind| format!("{}s only", kind.spoken()),
    );
    match (model.search.value().is_empty(), model.hits.len()) {
        (true, _) => format!("Search {kinds}"),
        (false, 0) => format!("Search {kinds}: nothing found"),
        (false, 1) => format!("Search {kinds}: 1 found"),
        (false, number) => format!("Search {kinds}: {number} found"),
    }
}

/// What the typed words may mean, with the characters that matched.
pub(super) fn matches(model: &Model) -> Vec<Row> {
    if model.search.value().trim().is_empty() {
        return hint(
            "Type a role, a feature, a task or a license, by any name it has or had:\n  pim    helpdesk    safe links    atp    E5\n\nThe answer appears while you type; Enter keeps it in the basket.",
        );
    }
    if model.hits.is_empty() {
        return hint(
            "Nothing is called like that, now or before.\nTry fewer letters, the other kinds (^K), or an id.",
        );
    }
    model.hits.iter().map(|hit| hit_row(model, hit)).collect()
}

/// A match: its kind, its name, and the former or other name that the words met.
pub(in crate::tui) fn hit_row(model: &Model, hit: &Hit) -> Row {
    let knowledge = model.knowledge();
    let name = knowledge.name(hit.thing);
    let mark = match (model.draft.now().has(hit.thing), model.look.ascii) {
        (false, _) => " ",
        (true, true) => "*",
        (true, false) => "✓",
    };
    let matched = marked(&hit.matched.text, &hit.positions);
    let kind = ThingKind::of(hit.thing).spoken();
    let line = Line::new().plain(mark).faint(format!(" {kind:<8}"));
    let line = if hit.matched.text == name {
        line.join(matched)
    } else {
        let how = match hit.matched.sort {
            NameSort::Id => ", ",
            NameSort::Guid => ", GUID ",
            _ => ", also ",
        };
        line.plain(name).faint(how).join(matched)
    };
    Row {
        is_drawing: true,
        ..Row::new(line)
            .about(Target::Thing(hit.thing))
            .keyed(knowledge.written(hit.thing))
    }
}

/// A name with the characters at these places marked.
fn marked(name: &str, positions: &[usize]) -> Line {
    let mut line = Line::new();
    let mut run = String::new();
    let mut is_match = false;
    for (place, letter) in name.chars().enumerate() {
        let here = positions.contains(&place);
        if here != is_match {
            line = line.piece(tone(is_match), std::mem::take(&mut run));
            is_match = here;
        }
        run.push(letter);
    }
    line.piece(tone(is_match), run)
}

fn tone(is_match: bool) -> Tone {
    if is_match { Tone::Match } else { Tone::Plain }
}

/// "Basket: 3 things, 16 people".
pub(super) fn basket_title(model: &Model) -> String {
    let draft = model.draft.now();
    let people: u64 = draft
        .team
        .personas
        .iter()
        .map(|persona| persona.count)
        .fold(0, u64::saturating_add);
    let name = match draft.team.name.as_str() {
        "" => "Basket".to_owned(),
        name => format!("Basket \"{name}\""),
    };
    match people {
        1 => name,
        people => format!("{name}: {people} people"),
    }
}

/// Who asks for what, what they hold, and what is taken as given.
pub(super) fn basket(model: &Model) -> Vec<Row> {
    let draft = model.draft.now();
    let knowledge = model.knowledge();
    let name = |thing: Named| knowledge.name(thing).to_owned();
    let mut rows: Vec<Row> = draft
        .entries()
        .map(|entry| {
            let (line, indent) = match entry {
                Entry::Persona(at) => (people(model, at), 0),
                Entry::Asked(_, asked) => {
                    let thing = crate::tui::draft::named(asked);
                    let kind = ThingKind::of(thing).spoken();
                    (Line::from(name(thing)).faint(format!("  {kind}")), 2)
                }
                Entry::Held(_, sku) => (sku_line(model, "holds ", sku), 2),
                Entry::HeldElsewhere(_, sku) => (sku_line(model, "holds elsewhere ", sku), 2),
                Entry::Given(given) => {
                    let value = draft.team.givens.get(&given).map(GivenValue::to_string);
                    let line = Line::from(knowledge.givens[given].question.as_str())
                        .plain(" ")
                        .strong(value.unwrap_or_default());
                    (line, 0)
                }
                Entry::Owned(sku) => {
                    let seats = draft.team.owned.get(&sku).copied().unwrap_or_default();
                    (sku_line(model, &format!("tenant owns {seats} x "), sku), 0)
                }
                Entry::SetAside(claim) => (
                    Line::new()
                        .strong("as if never said: ")
                        .code(model.base.claims[claim].id.as_str()),
                    0,
                ),
            };
            let mut row = Row::new(line).indented(indent).about(Target::Entry(entry));
            row.hang = 2;
            row
        })
        .collect();
    if draft.is_empty() {
        rows.extend(hint("\nEmpty. Enter in the search keeps a match here."));
    }
    let team = &draft.team;
    rows.extend(hint(&format!(
        "\n{} reading, {}, {}",
        team.reading, team.segment, team.currency
    )));
    rows
}

fn people(model: &Model, at: usize) -> Line {
    let draft = model.draft.now();
    let Some(persona) = draft.team.personas.get(at) else {
        return Line::new();
    };
    let several = draft.team.personas.len() > 1;
    let mark = match (several, at == draft.at) {
        (true, true) => "> ",
        (true, false) => "  ",
        (false, _) => "",
    };
    let mut line = Line::from(mark).strong(match (several, persona.count) {
        (false, 1) => "One person".to_owned(),
        (_, count) => format!("{}: {count}", persona.name),
    });
    if persona.eligible {
        line = line.plain(", eligible (PIM)");
    }
    if persona.held.is_empty() && persona.held_elsewhere.is_empty() {
        line = line.faint(", no license assumed");
    }
    line
}

fn sku_line(model: &Model, lead: &str, sku: SkuId) -> Line {
    let sku = &model.knowledge().skus[sku];
    Line::from(format!("{lead}{} ", sku.name)).faint(sku.id.as_str())
}

/// "Answer", or of what it is a preview.
pub(super) fn answer_title(model: &Model) -> String {
    let about = match model.subjects() {
        [] => return Pane::Answer.title().to_owned(),
        [one] => model
            .knowledge()
            .name(crate::tui::draft::named(*one))
            .to_owned(),
        [one, rest @ ..] => format!(
            "{} and {} more",
            model.knowledge().name(crate::tui::draft::named(*one)),
            rest.len()
        ),
    };
    match (&model.answered, model.draft.now().team.personas.len()) {
        (None, _) => format!("Preview: {about}"),
        (Some(_), 1) => format!("Answer: {about}"),
        (Some(_), _) => {
            let persona = model.draft.now().persona();
            let name = persona.map_or("", |persona| persona.name.as_str());
            format!("Answer for {name}: {about}")
        }
    }
}

/// The answer in short; of several people what they have to buy stands below it.
pub(super) fn answer(model: &Model) -> Vec<Row> {
    let knowledge = model.knowledge();
    let Some(shown) = model.shown() else {
        return match model.marked_hit() {
            Some(hit) if asked(hit.thing).is_none() => hint(
                "A service plan is a part of licenses: nothing can be asked about it.\nEnter shows what carries it.",
            ),
            _ => hint("No answer yet: nothing is in the basket."),
        };
    };
    let view = AnswerView {
        knowledge,
        answer: &shown.answer,
        proof: &shown.proof,
        hindsight: shown.hindsight.as_ref(),
    };
    let mut all = rows(knowledge, &view.brief());
    if let Some(purchase) = &model.bought {
        let view = PurchaseView {
            knowledge,
            purchase,
            alternatives: None,
            front: None,
        };
        // The sum stands at the top, since the bill begins below what fits on most screens.
        let people: u64 = purchase.team.personas.iter().map(|one| one.count).sum();
        let sum = Line::from(format!("For all {people}: ")).join(view.title());
        all.insert(all.len().min(1), Row::new(sum));
        all.push(Row::default());
        all.extend(rows(knowledge, &view.page()));
    }
    all
}

/// Other sets of licenses that would do, with the difference in price.
pub(super) fn ways(model: &Model) -> Vec<Row> {
    let Some(ways) = &model.ways else {
        return hint("Put something into the basket to see other ways to comply.");
    };
    let Some(best) = ways.best.first() else {
        return hint("There is nothing to buy, or no way with a known price.");
    };
    let rest = ways
        .other_suites
        .iter()
        .filter(|set| !ways.best.contains(set));
    let currency = &model.draft.now().team.currency;
    ways.best
        .iter()
        .chain(rest)
        .map(|set| way(model, set, best, currency.code()))
        .collect()
}

fn way(model: &Model, set: &PricedSet, best: &PricedSet, currency: &str) -> Row {
    let more = match set.total.minus(best.total) {
        Some(more) if more.minor() > 0 => format!("+{more}"),
        _ => "cheapest".to_owned(),
    };
    let line = Line::from(format!(
        "{:>9} {currency}  {more:<9} ",
        set.total.to_string()
    ));
    let line = match set.skus.as_slice() {
        [] => line.plain("nothing to buy"),
        skus => {
            let names = skus
                .iter()
                .map(|sku| model.knowledge().skus[*sku].name.as_str());
            line.plain(names.collect::<Vec<&str>>().join(" + "))
        }
    };
    let mut row = Row::new(line).about(Target::Skus(set.skus.clone()));
    row.hang = 25;
    row
}

/// What the marked row of the pane with the focus is about; in the search, the match.
pub(super) fn detail(model: &Model) -> Vec<Row> {
    let pane = match model.focus {
        Pane::Detail => model.detail_of,
        pane => pane,
    };
    let target = match pane {
        Pane::Detail | Pane::Search => model.marked_hit().map(|hit| Target::Thing(hit.thing)),
        pane => model.target_of(pane).and_then(|target| match target {
            Target::Entry(entry) => model.about(entry),
            target => Some(target),
        }),
    };
    let asked = model.subjects().first();
    let target = target.or(asked.map(|asked| Target::Thing(crate::tui::draft::named(*asked))));
    match target {
        Some(target) => shown::rows(model, &target),
        None => hint("What is marked is shown here."),
    }
}
