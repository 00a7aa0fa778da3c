//! The rows of what is chosen from: commands, keys, messages, questions, baskets, things.

use super::ask::hit_row;
use crate::model::GivenValue;
use crate::render::{Line, Tone};
use crate::tui::bindings::Context;
use crate::tui::command::Command;
use crate::tui::filter::keeps;
use crate::tui::model::Model;
use crate::tui::overlay::{Choice, Chooser};
use crate::tui::row::{Row, Target};

/// The rows that fit what was typed.
pub(crate) fn rows(model: &Model, chooser: &Chooser) -> Vec<Row> {
    let words = chooser.input.value();
    match &chooser.choice {
        Choice::Palette => palette(model, words),
        Choice::Help => help(model, words),
        Choice::Messages => model
            .notices
            .iter()
            .rev()
            .filter(|notice| keeps(words, notice))
            .map(|notice| Row::new(notice.as_str()))
            .collect(),
        Choice::Givens => givens(model, words),
        Choice::Baskets => model
            .baskets
            .keys()
            .filter(|name| keeps(words, name))
            .map(|name| Row::new(name.as_str()).about(Target::Basket(name.clone())))
            .collect(),
        Choice::Thing(_) => chooser.hits.iter().map(|hit| hit_row(model, hit)).collect(),
    }
}

/// Every command: those that can be done now first, the others with the reason why not.
fn palette(model: &Model, words: &str) -> Vec<Row> {
    let mut able = Vec::new();
    let mut unable = Vec::new();
    for command in Command::ALL {
        let keys = model.keymap.keys_of(*command);
        let keys = keys.map_or_else(String::new, ToString::to_string);
        if !fits(
            words,
            &keys,
            &[command.help(), command.word(), command.group()],
        ) {
            continue;
        }
        let line = Line::new().plain(format!("{keys:<10} "));
        match command.available(model) {
            Ok(()) => able.push(Row::new(line.plain(command.help()))),
            Err(why) => {
                let line = line
                    .faint(command.help())
                    .plain(format!(" (not now: {why})"));
                unable.push(Row::new(line));
                if let Some(row) = unable.last_mut() {
                    row.target = Some(Target::Command(*command));
                }
                continue;
            }
        }
        if let Some(row) = able.last_mut() {
            row.target = Some(Target::Command(*command));
        }
    }
    able.extend(unable);
    for row in &mut able {
        row.hang = 11;
    }
    able
}

/// The keys that mean something on the screen below, group by group.
fn help(model: &Model, words: &str) -> Vec<Row> {
    let contexts = contexts_below(model);
    let all = model.keymap.all(&contexts);
    let mut groups: Vec<(&str, Vec<Row>)> = Vec::new();
    for command in Command::ALL {
        let keys: Vec<String> = all
            .iter()
            .filter(|(_, of, _)| of == command)
            .map(|(keys, ..)| keys.to_string())
            .collect();
        let keys = keys.join(" ");
        if keys.is_empty() || !fits(words, &keys, &[command.help(), command.group()]) {
            continue;
        }
        let line = Line::new()
            .strong(format!("{keys:<16} "))
            .plain(command.help());
        let mut row = Row::new(line).indented(2).about(Target::Command(*command));
        row.hang = 17;
        match groups.last_mut() {
            Some((group, rows)) if *group == command.group() => rows.push(row),
            _ => groups.push((command.group(), vec![row])),
        }
    }
    let mut rows = Vec::new();
    for (group, keys) in groups {
        rows.push(Row::new(Line::new().piece(Tone::Strong, group)));
        rows.extend(keys);
    }
    rows
}

/// The contexts of the screen below, with those of its panes.
fn contexts_below(model: &Model) -> Vec<Context> {
    let mut contexts = model.contexts_below();
    for further in [Context::Rows, Context::Everywhere] {
        if !contexts.contains(&further) {
            contexts.push(further);
        }
    }
    contexts
}

/// Whether a command is meant: by its words or, after `@`, by its keys.
fn fits(words: &str, keys: &str, texts: &[&str]) -> bool {
    match words.strip_prefix('@') {
        Some(wanted) => keys.to_lowercase().contains(&wanted.trim().to_lowercase()),
        None => keeps(words, &texts.join(" ")),
    }
}

/// What only the asker knows: first what the answer turns on, the most decisive first, then the rest.
fn givens(model: &Model, words: &str) -> Vec<Row> {
    let knowledge = model.knowledge();
    let stated = &model.draft.now().team.givens;
    let needs = model
        .shown()
        .map_or(&[][..], |shown| shown.answer.needs.as_slice());
    let mut order = Vec::new();
    for depends in needs.iter().flat_map(|need| &need.depends_on) {
        order.extend(depends.given.filter(|given| !order.contains(given)));
    }
    let decisive = order.len();
    order.extend(
        stated
            .keys()
            .copied()
            .filter(|given| !order.contains(given))
            .collect::<Vec<_>>(),
    );
    let rest: Vec<_> = knowledge
        .givens
        .iter()
        .map(|(id, _)| id)
        .filter(|id| !order.contains(id))
        .collect();
    order.extend(rest);
    let rows = order.into_iter().enumerate().map(|(place, given)| {
        let record = &knowledge.givens[given];
        let value = stated.get(&given).map(GivenValue::to_string);
        let line = Line::new()
            .strong(format!(
                "{:<8} ",
                value.unwrap_or_else(|| "unknown".to_owned())
            ))
            .plain(record.question.as_str())
            .plain(" ")
            .code(record.id.as_str());
        let line = match place < decisive {
            true => line.strong("  decides"),
            false => line,
        };
        let mut row = Row::new(line).about(Target::Given(given));
        row.hang = 9;
        row
    });
    rows.filter(|row| keeps(words, &row.text())).collect()
}
