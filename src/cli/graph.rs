//! `licit graph`: what hangs together with a thing, and the shortest way between two.

use super::Environment;
use super::flags::{DataFlags, DayFlags, GraphFlags, GraphFormat, answer};
use super::names::one_thing;
use super::outcome::{Failure, Outcome, Problem, Problems};
use crate::graph::{AsOf, Picture, Toward};
use crate::model::{Named, clean};
use crate::render::{GraphView, dot};
use crate::search::ThingKind;
use clap::Args;

/// How many steps are walked unless `--depth` says otherwise: from a role to what its tasks require, from a SKU to what its
/// plans grant.
const DEPTH: usize = 2;

/// The most steps: beyond them everything hangs together.
const DEEPEST: usize = 8;

/// How many things of one kind are listed below one thing unless `--limit` says otherwise.
const LIMIT: usize = 12;

/// The arguments of `licit graph`, as typed.
#[derive(Debug, Args)]
pub(super) struct GraphArguments {
    /// A role, task, feature, plan or SKU, by any name it has or had
    #[arg(value_name = "SUBJECT")]
    from: String,
    /// Another one, to see the shortest way to it
    #[arg(value_name = "OTHER")]
    to: Option<String>,
    /// Walk so many steps
    #[arg(long, value_name = "NUMBER", default_value_t = DEPTH)]
    depth: usize,
    /// List at most so many things of a kind below each one, in text
    #[arg(long, value_name = "NUMBER", default_value_t = LIMIT)]
    limit: usize,
    #[command(flatten)]
    days: DayFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: GraphFlags,
}

/// Shows the neighborhood of a thing or, with two, the way between them.
pub(super) fn run(
    arguments: &GraphArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let days = arguments.days.read(environment, &mut problems);
    let format = arguments.output.read(environment, &mut problems);
    if !(1..=DEEPEST).contains(&arguments.depth) {
        problems.add(
            Problem::new(format!("`--depth {}` is out of range", arguments.depth))
                .help(format!("walk from 1 to {DEEPEST} steps")),
        );
    }
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    let mut thing = |words: &str| -> Option<Named> {
        problems.take(one_thing(&knowledge, words, ThingKind::ALL, &mut notes))
    };
    let from = thing(&arguments.from);
    let to = arguments.to.as_deref().map(&mut thing);
    let (Some((on, known)), Some(format), Some(from), true) =
        (days, format, from, problems.is_empty())
    else {
        return Err(problems.into());
    };
    let as_of = AsOf::new(&knowledge, on, known);
    let picture = Picture::of(&as_of);
    let to = to.flatten();
    let way = to.map(|to| picture.path(from, to));
    let (supply, need) = match to {
        None => (
            picture.around(from, Toward::Supply, arguments.depth),
            picture.around(from, Toward::Need, arguments.depth),
        ),
        Some(_) => (Vec::new(), Vec::new()),
    };
    let view = GraphView {
        as_of,
        from,
        to,
        depth: arguments.depth,
        limit: arguments.limit,
        supply,
        need,
        way: way.clone().flatten(),
    };
    let text = match format {
        GraphFormat::Dot => dot(&view),
        GraphFormat::Page(format) => answer(&view, &knowledge, format)?,
    };
    if let (Some(to), Some(None)) = (to, way) {
        notes.push(format!(
            "{} and {} do not hang together that day",
            clean(&knowledge.written(from)).text,
            clean(&knowledge.written(to)).text
        ));
    }
    Ok(Outcome::answered(text, &notes))
}
