//! `licit show`: one thing with everything that is said about it, or all things of a kind.

use super::Environment;
use super::flags::{ViewFlags, answer};
use super::names::{one_thing, unknown};
use super::outcome::{Failure, Outcome, Problem, Problems};
use crate::dataset::{KnowledgeBase, Row, Table};
use crate::model::{AreaId, ClaimId, GivenId, Named, SourceId, clean, nearest};
use crate::render::{AreaView, ClaimView, GivenView, ListView, Listed, SourceView, ThingView};
use crate::search::{Resolution, ThingKind, resolve};
use clap::Args;

/// The arguments of `licit show`, as typed.
#[derive(Debug, Args)]
pub(super) struct ShowArguments {
    /// A name or id of anything, or one of: roles, features, tasks, skus, plans, givens, sources, areas
    #[arg(value_name = "THING", required = true)]
    thing: Vec<String>,
    #[command(flatten)]
    view: ViewFlags,
}

/// What the words mean.
enum Shown {
    List(Listed),
    Thing(Named),
    Claim(ClaimId),
    Source(SourceId),
    Given(GivenId),
    Area(AreaId),
}

/// Shows one thing or a list.
pub(super) fn run(
    arguments: &ShowArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let frame = arguments.view.read(environment, &mut problems);
    let knowledge = arguments.view.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    let shown = find(&knowledge, &arguments.thing.join(" "), &mut notes);
    let (Some(frame), Some(shown)) = (frame, problems.take(shown)) else {
        return Err(problems.into());
    };
    let (knowledge, format) = (&knowledge, frame.format);
    let as_of = frame.as_of(knowledge);
    let answer = match shown {
        Shown::List(listed) => answer(&ListView { knowledge, listed }, knowledge, format),
        Shown::Thing(thing) => answer(&ThingView { as_of, thing }, knowledge, format),
        Shown::Claim(claim) => answer(&ClaimView { as_of, claim }, knowledge, format),
        Shown::Source(source) => answer(&SourceView { knowledge, source }, knowledge, format),
        Shown::Given(given) => answer(&GivenView { knowledge, given }, knowledge, format),
        Shown::Area(area) => answer(&AreaView { knowledge, area }, knowledge, format),
    };
    Ok(Outcome::answered(answer?, &notes))
}

/// A list by its word, a thing by any name, or a claim, source, given or area by its id; in this order. A kind before a
/// colon asks for that kind alone.
fn find(knowledge: &KnowledgeBase, words: &str, notes: &mut Vec<String>) -> Result<Shown, Problem> {
    let words = words.trim();
    if let Some(listed) = Listed::parse(words) {
        return Ok(Shown::List(listed));
    }
    let record = record(knowledge, words);
    if resolve(knowledge, words, ThingKind::ALL) == Resolution::Unknown {
        return match record {
            Some((_, record)) => Ok(record),
            None => Err(with_nearest_id(
                knowledge,
                words,
                unknown(knowledge, words, ThingKind::ALL),
            )),
        };
    }
    let thing = one_thing(knowledge, words, ThingKind::ALL, notes)?;
    if let Some((kind, _)) = record {
        notes.push(format!(
            "`{words}` is also the id of a record; see it with `licit show {kind}:{words}`"
        ));
    }
    Ok(Shown::Thing(thing))
}

/// The record with exactly this id and its kind, which may stand before a colon.
fn record(knowledge: &KnowledgeBase, typed: &str) -> Option<(&'static str, Shown)> {
    let of_kind = |kind: &'static str| {
        let prefixed = typed
            .split_once(':')
            .filter(|(word, _)| *word == kind)
            .map(|(_, id)| id);
        let id = prefixed.unwrap_or(typed);
        let shown = match kind {
            "claim" => knowledge.claims.find(id).map(Shown::Claim),
            "source" => knowledge.sources.find(id).map(Shown::Source),
            "given" => knowledge.givens.find(id).map(Shown::Given),
            _ => knowledge.areas.find(id).map(Shown::Area),
        };
        shown.map(|shown| (kind, shown))
    };
    ["claim", "source", "given", "area"]
        .into_iter()
        .find_map(of_kind)
}

/// Adds the id of a claim, source, given or area that comes near to the words.
fn with_nearest_id(knowledge: &KnowledgeBase, words: &str, problem: Problem) -> Problem {
    fn ids<T: Row>(table: &Table<T>) -> impl Iterator<Item = &str> {
        table.iter().map(|(_, row)| row.written_id())
    }
    let ids = ids(&knowledge.claims)
        .chain(ids(&knowledge.sources))
        .chain(ids(&knowledge.givens))
        .chain(ids(&knowledge.areas));
    match nearest(&clean(words).text, ids) {
        Some(near) => problem.help(format!("there is also a record `{near}`")),
        None => problem,
    }
}
