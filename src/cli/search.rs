//! `licit search`: what words may mean.

use super::Environment;
use super::flags::{DataFlags, OutputFlags, answer};
use super::outcome::{Exit, Failure, Outcome, Problem, Problems};
use crate::model::clean;
use crate::render::{Format, SearchView};
use crate::search::{Finder, ThingKind};
use clap::Args;

/// How many hits are shown unless `--limit` says otherwise.
const LIMIT: usize = 20;

/// The arguments of `licit search`, as typed.
#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    /// Words of a name, initials, an id or a GUID
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Show at most so many hits
    #[arg(long, value_name = "NUMBER", default_value_t = LIMIT)]
    limit: usize,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// Searches and shows the hits, best first; ends with [`Exit::Usage`] where there is none.
pub(super) fn run(
    arguments: &SearchArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let Some(format) = format else {
        return Err(problems.into());
    };
    let words = arguments.words.join(" ");
    let mut hits = Finder::new(&knowledge).find(&words, ThingKind::ALL, usize::MAX);
    let total = hits.len();
    hits.truncate(arguments.limit);
    let words = clean(&words).text;
    let view = SearchView {
        knowledge: &knowledge,
        words: words.clone(),
        hits: &hits,
        total,
    };
    if total > 0 {
        return Ok(Outcome::answered(answer(&view, &knowledge, format)?, &[]));
    }
    let problem = Problem::new(format!("nothing is called anything like `{words}`"))
        .help("try fewer or other words, or see all of a kind with `licit show roles`");
    let mut outcome = Failure::from(problem).outcome();
    // A program that asked for JSON gets an empty list rather than nothing.
    if format == Format::Json {
        outcome.answer = answer(&view, &knowledge, format)?;
    }
    outcome.exit = Exit::Usage;
    Ok(outcome)
}
