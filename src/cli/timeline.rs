//! `licit timeline`: every dated claim that touches something, and how the answer changes.

use super::Environment;
use super::flags::{DataFlags, DayFlags, OneOf, answer, one_of, page_format};
use super::outcome::{Failure, Outcome, Problem, Problems};
use super::question::{CircumstanceFlags, SubjectFlags, question};
use crate::dataset::{KnowledgeBase, claims_about};
use crate::graph::AsOf;
use crate::model::{Axis, ClaimId, Day, Named, clean};
use crate::reason::{claims_touching, timeline, timeline_days};
use crate::render::{Format, TimelineOf, TimelineView, svg};
use crate::search::{Resolution, ThingKind, resolve};
use clap::Args;

/// The arguments of `licit timeline`, as typed.
#[derive(Debug, Args)]
pub(super) struct TimelineArguments {
    #[command(flatten)]
    subjects: SubjectFlags,
    /// Which day moves
    #[arg(long, value_name = "AXIS", default_value = "on", value_parser = OneOf(&AXES))]
    axis: String,
    /// The first day; from the first date on, if left out
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day; up to the last date, if left out
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    #[command(flatten)]
    days: DayFlags,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: PictureFlags,
}

const AXES: [&str; Axis::ALL.len()] = ["on", "known", "both"];

/// In which form an answer is written that is a picture, too.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
struct PictureFlags {
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = OneOf(&FORMATS))]
    format: String,
    /// Whether to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = OneOf(&COLORS))]
    color: String,
}

const FORMATS: [&str; 4] = ["text", "json", "markdown", "svg"];
const COLORS: [&str; 3] = ["auto", "always", "never"];

/// The form of an answer that is a picture, too.
#[derive(Debug, Clone, Copy)]
enum PictureFormat {
    Page(Format),
    Svg,
}

impl PictureFlags {
    fn read(&self, environment: &Environment, problems: &mut Problems) -> Option<PictureFormat> {
        let color = problems.take(one_of("--color", &self.color, &COLORS));
        let format = problems.take(one_of("--format", &self.format, &FORMATS));
        Some(match format? {
            "svg" => PictureFormat::Svg,
            format => PictureFormat::Page(page_format(format, color?, environment)),
        })
    }
}

/// Shows how the answer changes; of a plan, about which nothing can be asked, what was said of it.
pub(super) fn run(
    arguments: &TimelineArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let axis = problems.take(one_of("--axis", &arguments.axis, &AXES));
    let from = day("--from", arguments.from.as_deref(), &mut problems);
    let until = day("--until", arguments.until.as_deref(), &mut problems);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        problems.add(
            Problem::new(format!("--until {until} lies before --from {from}"))
                .help("name the earlier day with --from"),
        );
    }
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    if let Some(plan) = plan(&knowledge, &arguments.subjects) {
        let days = arguments.days.read(environment, &mut problems);
        let (Some((on, known)), Some(format), true) = (days, format, problems.is_empty()) else {
            return Err(problems.into());
        };
        let claims = claims_about(&knowledge, plan);
        let days = range(&knowledge, &claims, on, (from, until));
        let view = TimelineView {
            as_of: AsOf::new(&knowledge, on, known),
            of: TimelineOf::Thing(plan),
            claims: &claims,
            days,
        };
        return written(&view, &knowledge, format, &notes);
    }
    let question = question(
        &knowledge,
        environment,
        &arguments.subjects,
        &arguments.circumstances,
        &arguments.days,
        problems,
        &mut notes,
    )?;
    let claims = claims_touching(&knowledge, &question);
    let days = range(&knowledge, &claims, question.on, (from, until));
    let axis = axis.and_then(Axis::parse).unwrap_or(Axis::On);
    let timeline = timeline(&knowledge, &question, axis, days.0, days.1);
    let view = TimelineView {
        as_of: AsOf::new(&knowledge, question.on, question.known),
        of: TimelineOf::Answer {
            question: &question,
            timeline: &timeline,
        },
        claims: &claims,
        days,
    };
    // A question without problems has a format.
    let format = format.unwrap_or(PictureFormat::Svg);
    written(&view, &knowledge, format, &notes)
}

fn written(
    view: &TimelineView<'_>,
    knowledge: &KnowledgeBase,
    format: PictureFormat,
    notes: &[String],
) -> Result<Outcome, Failure> {
    let text = match format {
        PictureFormat::Svg => svg(view),
        PictureFormat::Page(format) => answer(view, knowledge, format)?,
    };
    Ok(Outcome::answered(text, notes))
}

/// The plan that the words mean, where they mean one.
fn plan(knowledge: &KnowledgeBase, subjects: &SubjectFlags) -> Option<Named> {
    let words = subjects.words.join(" ");
    match resolve(knowledge, &words, ThingKind::ALL) {
        Resolution::Clear { hit, .. } if ThingKind::of(hit.thing) == ThingKind::Plan => {
            Some(hit.thing)
        }
        _ => None,
    }
}

/// A day after a flag.
pub(super) fn day(flag: &str, typed: Option<&str>, problems: &mut Problems) -> Option<Day> {
    let typed = typed?;
    problems.take(Day::parse(typed).ok_or_else(|| {
        Problem::new(format!("`{flag} {}` is not a day", clean(typed).text))
            .help(format!("write a whole day, for example {flag} 2020-06-15"))
    }))
}

/// The days to look at: those that were typed, and else all that a claim names.
fn range(
    knowledge: &KnowledgeBase,
    claims: &[ClaimId],
    on: Day,
    (from, until): (Option<Day>, Option<Day>),
) -> (Day, Day) {
    let (first, last) = timeline_days(knowledge, claims, on);
    let first = from.unwrap_or(first);
    (first, until.unwrap_or(last).max(first))
}
