//! `licit diff`: the same questions at two moments, or by two knowledge bases.

use super::Environment;
use super::flags::{DataFlags, OutputFlags, answer};
use super::outcome::{Exit, Failure, Outcome, Problem, Problems};
use super::question::{CircumstanceFlags, SubjectFlags};
use super::saved::saved;
use super::timeline::day;
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::SavedQuestion;
use crate::reason::{at, differing, told};
use crate::render::{DiffOf, DiffSide, DiffView};
use clap::Args;
use std::path::PathBuf;

/// The arguments of `licit diff`, as typed.
#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// What is asked about: words as for `ask`, or a file of questions or of a team, ending in .toml
    #[command(flatten)]
    subjects: SubjectFlags,
    #[command(flatten)]
    days: DiffDays,
    /// End with 1 where an answer differs
    #[arg(long)]
    fail_on_change: bool,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
    #[command(flatten)]
    data: DataFlags,
    /// Give the first answers by this folder alone
    #[arg(long, value_name = "DIR", help_heading = "Data")]
    data_from: Option<PathBuf>,
    #[command(flatten)]
    output: OutputFlags,
}

/// The two moments, as typed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Days")]
struct DiffDays {
    /// The day of the first answers; today if left out
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The day of the second answers; today if left out
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// What was known for the first; today if left out
    #[arg(long, value_name = "DAY")]
    known_from: Option<String>,
    /// What was known for the second; today if left out
    #[arg(long, value_name = "DAY")]
    known_to: Option<String>,
}

/// Prints what differs.
pub(super) fn run(
    arguments: &DiffArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let today = environment.today;
    let typed = &arguments.days;
    let mut read = |flag: &str, typed: &Option<String>| {
        day(flag, typed.as_deref(), &mut problems).unwrap_or(today)
    };
    let from = Moment {
        on: read("--from", &typed.from),
        known: read("--known-from", &typed.known_from),
    };
    let to = Moment {
        on: read("--to", &typed.to),
        known: read("--known-to", &typed.known_to),
    };
    let is_any = typed.from.is_some() || typed.known_from.is_some();
    if !is_any && arguments.data_from.is_none() {
        problems.add(
            Problem::new("nothing says what is compared with what")
                .help("name the first day, for example --from 2020-01-15")
                .help("or older data, with --data-from DIR"),
        );
    }
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let older = match &arguments.data_from {
        None => None,
        Some(folder) => {
            let alone = DataFlags {
                data: Some(folder.clone()),
                no_builtin: true,
            };
            Some(alone.load(environment, &mut problems)?)
        }
    };
    let mut notes = Vec::new();
    let ask = |knowledge: &KnowledgeBase, problems: Problems, notes: &mut Vec<String>| {
        let circumstances = &arguments.circumstances;
        saved(
            knowledge,
            environment,
            &arguments.subjects,
            circumstances,
            problems,
            notes,
        )
    };
    let questions = ask(&knowledge, problems, &mut notes)?;
    let pairs: Vec<DiffOf<'_>> = match &older {
        None => {
            let one = |one: SavedQuestion| by_day(&knowledge, one, from, to);
            questions.into_iter().map(one).collect()
        }
        Some(older) => {
            let before = ask(older, Problems::default(), &mut Vec::new())?;
            let pairs = before.into_iter().zip(questions);
            pairs
                .map(|(before, after)| by_data((older, before, from), (&knowledge, after, to)))
                .collect()
        }
    };
    let view = DiffView {
        questions: pairs,
        days: [(from.on, from.known), (to.on, to.known)],
        versions: [
            older
                .as_ref()
                .unwrap_or(&knowledge)
                .meta
                .version
                .to_string(),
            knowledge.meta.version.to_string(),
        ],
    };
    // Questions without problems have a format.
    let format = format.unwrap_or(crate::render::Format::Json);
    let mut outcome = Outcome::answered(answer(&view, &knowledge, format)?, &notes);
    if arguments.fail_on_change && view.differing() > 0 {
        outcome.exit = Exit::Gap;
    }
    Ok(outcome)
}

/// One question on two days.
pub(super) fn by_day(
    knowledge: &KnowledgeBase,
    saved: SavedQuestion,
    from: Moment,
    to: Moment,
) -> DiffOf<'_> {
    let found = differing(knowledge, &saved.question, from, to);
    DiffOf {
        name: saved.name,
        before: DiffSide {
            knowledge,
            question: at(&saved.question, from),
            told: found.before,
            counted: found.counted_before,
        },
        after: DiffSide {
            knowledge,
            question: at(&saved.question, to),
            told: found.after,
            counted: found.counted_after,
        },
        legs: found.legs,
    }
}

/// One question by two knowledge bases.
fn by_data<'k>(
    before: (&'k KnowledgeBase, SavedQuestion, Moment),
    after: (&'k KnowledgeBase, SavedQuestion, Moment),
) -> DiffOf<'k> {
    let name = after.1.name.clone();
    let side = |(knowledge, saved, moment): (&'k KnowledgeBase, SavedQuestion, Moment)| {
        let question = at(&saved.question, moment);
        let (told, counted) = told(knowledge, &question);
        DiffSide {
            knowledge,
            question,
            told,
            counted,
        }
    };
    DiffOf {
        name,
        before: side(before),
        after: side(after),
        legs: Vec::new(),
    }
}
