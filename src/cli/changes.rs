//! `licit changes`: what began, ended, was announced, postponed, renamed, repriced or re-graded.

use super::Environment;
use super::audit::circumstances_of;
use super::conflicts::find_area;
use super::diff::by_day;
use super::flags::{DataFlags, DayFlags, OneOf, answer, one_of, page_format};
use super::outcome::{Exit, Failure, Outcome, Problem, Problems};
use super::question::question;
use super::question::{CircumstanceFlags, SubjectFlags};
use super::reading::{exports, read};
use super::saved::{is_file, is_tenant, name, saved};
use super::timeline::day;
use crate::dataset::{KnowledgeBase, areas_of};
use crate::graph::{AsOf, Moment};
use crate::model::{Axis, ClaimId, Day, PricedBy, SavedQuestion};
use crate::reason::{Window, claims_touching, events, timeline};
use crate::render::{Affected, EventsView, Format, atom, ics};
use crate::tenant::audit::audit;
use clap::Args;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

/// The arguments of `licit changes`, as typed.
#[derive(Debug, Args)]
pub(super) struct ChangesArguments {
    /// The first day
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// The last day; everything that is announced, if left out
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// The day whose knowledge counts; today if left out
    #[arg(long, value_name = "DAY")]
    known: Option<String>,
    /// Only those of this product area
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Only those that touch a question, a file of questions, or the role assignments of a tenant's exports
    #[arg(long, value_name = "WORDS | FILE.toml | EXPORTS")]
    affects: Vec<String>,
    /// End with 1 where something changed; with --affects, where an answer differs
    #[arg(long)]
    fail_on_change: bool,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: FeedFlags,
}

/// In which form an answer is written that is news.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
struct FeedFlags {
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = OneOf(&FORMATS))]
    format: String,
    /// Whether to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = OneOf(&COLORS))]
    color: String,
}

const FORMATS: [&str; 5] = ["text", "json", "markdown", "ics", "atom"];
const COLORS: [&str; 3] = ["auto", "always", "never"];

/// The form of an answer that is news.
#[derive(Debug, Clone, Copy)]
enum FeedFormat {
    Page(Format),
    Calendar,
    Feed,
}

impl FeedFlags {
    fn read(&self, environment: &Environment, problems: &mut Problems) -> Option<FeedFormat> {
        let color = problems.take(one_of("--color", &self.color, &COLORS));
        let format = problems.take(one_of("--format", &self.format, &FORMATS));
        Some(match format? {
            "ics" => FeedFormat::Calendar,
            "atom" => FeedFormat::Feed,
            format => FeedFormat::Page(page_format(format, color?, environment)),
        })
    }
}

/// Lists the changes.
pub(super) fn run(
    arguments: &ChangesArguments,
    environment: &Environment,
    messages: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let since = day("--since", arguments.since.as_deref(), &mut problems);
    let until = day("--until", arguments.until.as_deref(), &mut problems);
    let known = day("--known", arguments.known.as_deref(), &mut problems);
    if arguments.since.is_none() {
        problems.add(
            Problem::new("nothing says since when")
                .help("name the first day, for example --since 2026-01-01"),
        );
    }
    if let (Some(since), Some(until)) = (since, until)
        && until < since
    {
        problems.add(
            Problem::new(format!("--until {until} lies before --since {since}"))
                .help("name the earlier day with --since"),
        );
    }
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let area = arguments.area.as_deref();
    let area = area.map(|area| problems.take(find_area(&knowledge, area)));
    let mut notes = Vec::new();
    let questions = match arguments.affects.is_empty() {
        true => None,
        false => {
            let subjects = SubjectFlags {
                words: arguments.affects.clone(),
                ..SubjectFlags::default()
            };
            let circumstances = &arguments.circumstances;
            let problems = std::mem::take(&mut problems);
            Some(match are_exports(&arguments.affects) {
                true => of_tenant(
                    arguments,
                    environment,
                    &knowledge,
                    problems,
                    &mut notes,
                    messages,
                )?,
                false => {
                    let saved = saved(
                        &knowledge,
                        environment,
                        &subjects,
                        circumstances,
                        problems,
                        &mut notes,
                    )?;
                    saved.into_iter().map(|saved| (saved, None)).collect()
                }
            })
        }
    };
    let (Some(since), Some(format), true) = (since, format, problems.is_empty()) else {
        return Err(problems.into());
    };
    let known = known.unwrap_or(environment.today);
    let window = Window {
        since,
        until: until.unwrap_or(Day::LAST),
        known,
    };
    let mut events = events(&knowledge, window);
    if let Some(Some(area)) = area {
        events.retain(|event| areas_of(&knowledge, event.claim).contains(&area));
    }
    let affected = questions.map(|questions| -> Vec<Affected<'_>> {
        let one = |(one, asking)| affected(&knowledge, one, asking, window);
        questions.into_iter().map(one).collect()
    });
    if let Some(affected) = &affected {
        let touching: BTreeSet<ClaimId> = affected.iter().flat_map(touching).collect();
        events.retain(|event| touching.contains(&event.claim));
    }
    let view = EventsView {
        as_of: AsOf::new(&knowledge, known, known),
        since,
        until,
        area: area
            .flatten()
            .map(|area| knowledge.areas[area].id.to_string()),
        events,
        affected,
    };
    let text = match format {
        FeedFormat::Calendar => ics(&view),
        FeedFormat::Feed => atom(&view),
        FeedFormat::Page(format) => answer(&view, &knowledge, format)?,
    };
    let is_changed = match view.affected {
        Some(_) => view.differing() > 0,
        None => !view.events.is_empty(),
    };
    let mut outcome = Outcome::answered(text, &notes);
    if arguments.fail_on_change && is_changed {
        outcome.exit = Exit::Gap;
    }
    Ok(outcome)
}

/// What the window does to a question: what one would have been told on its first day, what one is told today or on its
/// last day, and what comes after today.
fn affected(
    knowledge: &KnowledgeBase,
    saved: SavedQuestion,
    assignments: Option<u64>,
    window: Window,
) -> Affected<'_> {
    let own_day = |day| Moment {
        on: day,
        known: day,
    };
    let today = window.known;
    let now = own_day(window.until.min(today).max(window.since));
    let so_far = by_day(knowledge, saved, own_day(window.since.min(now.on)), now);
    let last = window.until.max(today);
    let ahead = timeline(knowledge, &so_far.after.question, Axis::On, now.on, last);
    Affected {
        so_far,
        ahead,
        assignments,
    }
}

/// Whether what was typed are exports of a tenant: a folder, or files that are no questions. A tenant that is written by
/// hand is one, too.
fn are_exports(typed: &[String]) -> bool {
    let is_export = |word: &String| {
        let path = Path::new(word);
        path.is_dir() || (path.is_file() && (!is_file(word) || is_tenant(path)))
    };
    typed.iter().all(is_export)
}

/// The questions that the role assignments of a tenant ask today, each with how many ask it.
fn of_tenant(
    arguments: &ChangesArguments,
    environment: &Environment,
    knowledge: &KnowledgeBase,
    problems: Problems,
    notes: &mut Vec<String>,
    messages: &mut dyn Write,
) -> Result<Vec<(SavedQuestion, Option<u64>)>, Failure> {
    let subjects = SubjectFlags {
        may_be_none: true,
        ..SubjectFlags::default()
    };
    let asked = question(
        knowledge,
        environment,
        &subjects,
        &arguments.circumstances,
        &DayFlags::default(),
        problems,
        notes,
    )?;
    let files = exports(&arguments.affects)?;
    let (tenant, _) = read(knowledge, &files, environment, messages)?;
    let audit = audit(knowledge, &tenant, &circumstances_of(asked));
    let answers = audit.answers.into_iter().filter(|answer| answer.rows > 0);
    let saved = answers.map(|answer| {
        let question = answer.answer.question;
        let held: Vec<&str> = question
            .held
            .iter()
            .map(|sku| knowledge.skus[*sku].id.as_str())
            .collect();
        let holding = match held.is_empty() {
            true => "without a license".to_owned(),
            false => format!("holding {}", held.join(" + ")),
        };
        let name = format!("{}, {holding}", name(knowledge, &question));
        (SavedQuestion { name, question }, Some(answer.rows))
    });
    Ok(saved.collect())
}

/// The claims that touch a question: those about what it asks, and those that flip its answer on the way.
fn touching(affected: &Affected<'_>) -> BTreeSet<ClaimId> {
    let asked = &affected.so_far.after;
    let mut claims: BTreeSet<ClaimId> = claims_touching(asked.knowledge, &asked.question)
        .into_iter()
        .collect();
    let legs = affected.so_far.legs.iter().chain([&affected.ahead]);
    let triggers = legs
        .flat_map(|leg| &leg.changes)
        .flat_map(|change| &change.because);
    claims.extend(triggers.filter_map(|trigger| PricedBy::claim(trigger.by)));
    claims
}
