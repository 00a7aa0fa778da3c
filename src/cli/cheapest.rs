//! `licit cheapest`: the cheapest way to comply, for one person or for a team.

use super::Environment;
use super::flags::{DataFlags, DayFlags, TableFlags, TableFormat, answer};
use super::outcome::{Exit, Failure, Outcome, Problem, Problems};
use super::question::{CircumstanceFlags, KindFlags, SubjectFlags, question};
use crate::dataset::{KnowledgeBase, SourceMap, report};
use crate::files::read_team;
use crate::model::{Question, Team, TeamPersona, clean};
use crate::reason::{alternatives, front};
use crate::render::{PurchaseView, csv};
use clap::Args;
use std::path::Path;

/// The arguments of `licit cheapest`, as typed.
#[derive(Debug, Args)]
pub(super) struct CheapestArguments {
    /// A team file; or what one person is or does, as for `ask`
    #[arg(value_name = "TEAM.toml | WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    kinds: KindFlags,
    /// Give everybody of a persona the same set
    #[arg(long)]
    one_set: bool,
    /// Show so many ways for one person, and other suites
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 0,
        hide_default_value = true
    )]
    best: usize,
    /// Show what a stricter reading and better sources cost
    #[arg(long)]
    by_certainty: bool,
    #[command(flatten)]
    days: DayFlags,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: TableFlags,
}

/// The most other ways that are looked for: nobody reads more.
const MOST_WAYS: usize = 50;

/// Prints what has to be bought.
pub(super) fn run(
    arguments: &CheapestArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    let team = match arguments.words.as_slice() {
        [file] if is_team_file(file) => {
            let file = Path::new(file);
            of_file(
                arguments,
                environment,
                &knowledge,
                file,
                problems,
                &mut notes,
            )?
        }
        _ => {
            let subjects = SubjectFlags {
                words: arguments.words.clone(),
                kinds: arguments.kinds.clone(),
                may_be_none: false,
            };
            let question = question(
                &knowledge,
                environment,
                &subjects,
                &arguments.circumstances,
                &arguments.days,
                problems,
                &mut notes,
            )?;
            of_one(question, arguments.one_set)
        }
    };
    let (purchase, _) = crate::ask::purchase(&knowledge, &team);
    let best = arguments.best.min(MOST_WAYS);
    let alternatives = (best > 0).then(|| alternatives(&knowledge, &team, best));
    let front = arguments.by_certainty.then(|| front(&knowledge, &team));
    let view = PurchaseView {
        knowledge: &knowledge,
        purchase: &purchase,
        alternatives: alternatives.as_ref(),
        front: front.as_deref(),
    };
    let text = match format {
        Some(TableFormat::Csv) => csv(&view),
        Some(TableFormat::Page(format)) => answer(&view, &knowledge, format)?,
        // A question without problems has a format.
        None => String::new(),
    };
    let mut outcome = Outcome::answered(text, &notes);
    if purchase.no_purchase.is_some() {
        outcome.exit = Exit::Gap;
    }
    Ok(outcome)
}

fn is_team_file(word: &str) -> bool {
    let extension = Path::new(word).extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// One person is a team of one.
fn of_one(question: Question, one_set: bool) -> Team {
    Team {
        name: String::new(),
        on: question.on,
        known: question.known,
        givens: question.givens,
        owned: question.owned,
        reading: question.reading,
        segment: question.segment,
        currency: question.currency,
        agreement: question.agreement,
        one_set,
        personas: vec![TeamPersona {
            name: "The person asked about".to_owned(),
            count: 1,
            subjects: question.subjects,
            eligible: question.eligible,
            held: question.held,
            held_elsewhere: question.held_elsewhere,
            givens: Default::default(),
        }],
    }
}

/// The team of a file; what is typed wins over what the file says.
fn of_file(
    arguments: &CheapestArguments,
    environment: &Environment,
    knowledge: &KnowledgeBase,
    file: &Path,
    mut problems: Problems,
    notes: &mut Vec<String>,
) -> Result<Team, Failure> {
    let typed = &arguments.circumstances;
    let of_one_person = [
        ("--held", !typed.held.is_empty()),
        ("--held-elsewhere", !typed.held_elsewhere.is_empty()),
        ("--eligible", typed.eligible),
        ("--role", !arguments.kinds.role.is_empty()),
        ("--feature", !arguments.kinds.feature.is_empty()),
        ("--task", !arguments.kinds.task.is_empty()),
    ];
    for (flag, _) in of_one_person.into_iter().filter(|(_, is_typed)| *is_typed) {
        problems.add(
            Problem::new(format!("`{flag}` is about one person and a team has many"))
                .help("write it into the team file, with the persona that it is about"),
        );
    }
    let (sources, unreadable) = SourceMap::from_file(file);
    let read = read_team(sources, unreadable, knowledge, environment.today);
    let Some(mut team) = read.team else {
        let mut messages = report(&read.sources, &read.problems, environment.color_messages);
        messages.push_str(&format!(
            "error: {} cannot be used\n",
            clean(&file.to_string_lossy()).text
        ));
        return Err(Failure::Data(messages));
    };
    let mut circumstances = typed.clone();
    let currency = team.currency.code().to_owned();
    circumstances.prices.currency.get_or_insert(currency);
    let subjects = SubjectFlags {
        may_be_none: true,
        ..SubjectFlags::default()
    };
    let question = question(
        knowledge,
        environment,
        &subjects,
        &circumstances,
        &arguments.days,
        problems,
        notes,
    )?;
    if arguments.days.on.is_some() {
        team.on = question.on;
    }
    if arguments.days.known.is_some() {
        team.known = question.known;
    }
    if typed.reading.is_some() {
        team.reading = question.reading;
    }
    if typed.segment.is_some() {
        team.segment = question.segment;
    }
    team.givens.extend(question.givens);
    team.owned.extend(question.owned);
    team.currency = question.currency;
    team.agreement = question.agreement;
    team.one_set |= arguments.one_set;
    Ok(team)
}
