//! `licit audit`: every role assignment of a tenant against the licenses held.

use super::Environment;
use super::flags::{COLORS, DataFlags, DayFlags, OneOf, one_of, page_format};
use super::outcome::{Exit, Failure, Outcome, Problem, Problems};
use super::prices::PriceFlags;
use super::question::{CircumstanceFlags, READINGS, SEGMENTS, SubjectFlags, question};
use super::reading::{exports, read, reasons};
use super::saved::of_file;
use crate::dataset::{KnowledgeBase, SourceMap, report};
use crate::files::{read_baseline, read_ignore};
use crate::model::{AuditVerdict, Baseline, Diagnostic, Ignore, Question, SavedQuestion, clean};
use crate::render::{
    AuditQuestion, AuditView, Format, Naming, junit, ndjson, write_csv, write_html, write_to,
};
use crate::tenant::audit::{Audit, Circumstances, audit};
use crate::tenant::{DiskExport, Export, Tenant, demo};
use clap::Args;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The arguments of `licit audit`, as typed.
#[derive(Debug, Args)]
pub(super) struct AuditArguments {
    /// Files and folders of exports, in any mix and order; - is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// Audit a made-up tenant that has a finding of every kind
    #[arg(long)]
    demo: bool,
    /// What makes it end with 1 or 4
    #[arg(long, value_name = "VERDICT", default_value = "gap", value_parser = OneOf(&FAIL_ON))]
    fail_on: String,
    /// Only what an earlier audit, written as JSON, did not find
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Leave findings out, each with a reason and an end
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// Say which accounts are one person's
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// Answer these questions, too, for this tenant
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
    /// Number people, groups and files instead of naming them
    #[arg(long)]
    pseudonymize: bool,
    #[command(flatten)]
    days: DayFlags,
    /// What you know, as tenant.created=2018-05
    #[arg(long, value_name = "GIVEN=VALUE", help_heading = "Circumstances")]
    given: Vec<String>,
    /// How to read vague texts; documented if left out
    #[arg(long, value_name = "READING", value_parser = OneOf(&READINGS), help_heading = "Circumstances")]
    reading: Option<String>,
    /// Who buys; commercial if left out
    #[arg(long, value_name = "SEGMENT", value_parser = OneOf(&SEGMENTS), help_heading = "Circumstances")]
    segment: Option<String>,
    #[command(flatten)]
    prices: PriceFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: AuditFlags,
}

/// In which form an audit is written.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
struct AuditFlags {
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = OneOf(&FORMATS))]
    format: String,
    /// Whether to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = OneOf(&COLORS))]
    color: String,
}

/// How much of an answer is written at once.
const PIECE: usize = 1 << 16;

const FORMATS: [&str; 7] = ["text", "json", "ndjson", "csv", "markdown", "junit", "html"];
const FAIL_ON: [&str; 3] = ["gap", "cannot-tell", "never"];

/// The form of an audit.
#[derive(Debug, Clone, Copy)]
enum AuditFormat {
    Page(Format),
    Lines,
    Csv,
    Junit,
    Html,
}

impl AuditFlags {
    fn read(&self, environment: &Environment, problems: &mut Problems) -> Option<AuditFormat> {
        let color = problems.take(one_of("--color", &self.color, &COLORS));
        let format = problems.take(one_of("--format", &self.format, &FORMATS));
        Some(match format? {
            "ndjson" => AuditFormat::Lines,
            "csv" => AuditFormat::Csv,
            "junit" => AuditFormat::Junit,
            "html" => AuditFormat::Html,
            format => AuditFormat::Page(page_format(format, color?, environment)),
        })
    }
}

/// Audits a tenant.
pub(super) fn run(
    arguments: &AuditArguments,
    environment: &Environment,
    answers: &mut dyn Write,
    messages: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let fail_on = problems.take(one_of("--fail-on", &arguments.fail_on, &FAIL_ON));
    if arguments.paths.is_empty() != arguments.demo {
        problems.add(match arguments.demo {
            true => {
                Problem::new("--demo has files of its own").help("leave the paths out, or --demo")
            }
            false => Problem::new("there is nothing to audit")
                .help("name files or folders of exports; licit export-guide tells what to export")
                .help("or try it on a made-up tenant: licit audit --demo"),
        });
    }
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    let asked = asked(arguments, environment, &knowledge, problems, &mut notes)?;
    let circumstances = circumstances_of(asked);
    // What may be wrong with smaller files is told before the large ones are read.
    let ignore = match &arguments.ignore {
        Some(file) => Some(ignore_list(&knowledge, environment, file)?),
        None => None,
    };
    let baseline = match &arguments.baseline {
        Some(file) => Some(earlier(environment, file)?),
        None => None,
    };
    let questions = match &arguments.questions {
        Some(file) => of_file(&knowledge, environment, file)?,
        None => Vec::new(),
    };
    let mut files: Vec<Box<dyn Export>> = match arguments.demo {
        true => demo()
            .into_iter()
            .map(|file| Box::new(file) as Box<dyn Export>)
            .collect(),
        false => exports(&arguments.paths)?,
    };
    if let Some(people) = &arguments.people {
        files.push(Box::new(DiskExport::new(people)));
    }
    let (tenant, was_stopped) = read(&knowledge, &files, environment, messages)?;
    // A file that is named for what it is has to be it; of others it is told that they were not used.
    if let Some(people) = &arguments.people {
        let path = DiskExport::new(people).path();
        let mut named = tenant.files.iter().filter(|file| file.path == path);
        if let Some(file) = named.find(|file| !file.is_usable()) {
            return Err(Failure::Data(reasons(file)));
        }
    }
    let mut audited = audit(&knowledge, &tenant, &circumstances);
    if let Some(ignore) = &ignore {
        audited = audited.without(&tenant, ignore, environment.today);
        notes.extend(
            audited
                .without_effect(ignore)
                .into_iter()
                .map(|(at, entry)| match entry.holds(environment.today) {
                    true => format!("entry {} of the ignore list names no finding", at + 1),
                    false => format!("entry {} of the ignore list has expired", at + 1),
                }),
        );
    }
    if let Some(baseline) = &baseline {
        audited = audited.since(&tenant, baseline);
    }
    let questions: Vec<AuditQuestion> = questions
        .into_iter()
        .map(|saved| answered(&knowledge, &audited, saved))
        .collect();
    let fail_on = fail_on.unwrap_or_default();
    let view = AuditView {
        knowledge: &knowledge,
        tenant: &tenant,
        audit: &audited,
        naming: match arguments.pseudonymize {
            true => Naming::Pseudonyms,
            false => Naming::Named,
        },
        ignore: ignore.as_ref(),
        questions: &questions,
        fails_on: AuditVerdict::parse(fail_on),
    };
    let version = &knowledge.meta.version;
    // What has a piece for every person is written piece by piece.
    let mut answers = BufWriter::with_capacity(PIECE, answers);
    match format {
        Some(AuditFormat::Lines) => ndjson(&view, version, &mut answers)?,
        Some(AuditFormat::Csv) => write_csv(&view, &mut answers)?,
        Some(AuditFormat::Junit) => junit(&view, &mut answers)?,
        Some(AuditFormat::Html) => write_html(&view, version, &mut answers)?,
        Some(AuditFormat::Page(format)) => write_to(&view, version, format, &mut answers)?,
        // Without problems there is a format.
        None => {}
    }
    answers.flush()?;
    let mut outcome = Outcome::answered(String::new(), &notes);
    outcome.exit = match was_stopped {
        true => Exit::Interrupted,
        false => exit(&tenant, &audited, fail_on),
    };
    Ok(outcome)
}

/// How an audit ends: with 1 on a gap; with 4 where nothing but "cannot tell" came of it, or where the asker wants to fail
/// on that, too.
fn exit(tenant: &Tenant, audit: &Audit, fail_on: &str) -> Exit {
    if fail_on == "never" {
        return Exit::Answered;
    }
    let worst = audit.worst_left();
    if worst == AuditVerdict::Gap {
        return Exit::Gap;
    }
    let mut counted = audit
        .rows
        .iter()
        .filter(|row| row.not_counted.is_none())
        .peekable();
    let is_all_open = match counted.peek() {
        Some(_) => counted.all(|row| row.verdict == AuditVerdict::CannotTell),
        // Without any assignment nothing was judged.
        None => tenant.assignments.is_empty() && tenant.duties.is_empty(),
    };
    let is_open = worst == AuditVerdict::CannotTell || tenant.assignments.is_empty();
    match is_open && (is_all_open || fail_on == "cannot-tell") {
        true => Exit::CannotTell,
        false => Exit::Answered,
    }
}

/// What was typed about circumstances, as a question about nothing.
fn asked(
    arguments: &AuditArguments,
    environment: &Environment,
    knowledge: &KnowledgeBase,
    problems: Problems,
    notes: &mut Vec<String>,
) -> Result<Question, Failure> {
    let circumstances = CircumstanceFlags {
        given: arguments.given.clone(),
        reading: arguments.reading.clone(),
        segment: arguments.segment.clone(),
        prices: arguments.prices.clone(),
        ..CircumstanceFlags::default()
    };
    let subjects = SubjectFlags {
        may_be_none: true,
        ..SubjectFlags::default()
    };
    question(
        knowledge,
        environment,
        &subjects,
        &circumstances,
        &arguments.days,
        problems,
        notes,
    )
}

/// The circumstances of an audit that is asked like this question.
pub(super) fn circumstances_of(question: Question) -> Circumstances {
    Circumstances {
        on: question.on,
        known: question.known,
        reading: question.reading,
        givens: question.givens,
        segment: question.segment,
        currency: question.currency,
        agreement: question.agreement,
    }
}

/// A question of the asker's own, with the day of the audit, and with what the exports tell where it does not say.
fn answered(knowledge: &KnowledgeBase, audit: &Audit, saved: SavedQuestion) -> AuditQuestion {
    let circumstances = &audit.circumstances;
    let mut question = saved.question;
    question.on = circumstances.on;
    question.known = circumstances.known;
    let told = audit
        .told
        .iter()
        .map(|told| (told.given, told.value.clone()));
    let stated = circumstances
        .givens
        .iter()
        .map(|(given, value)| (*given, value.clone()));
    for (given, value) in stated.chain(told) {
        question.givens.entry(given).or_insert(value);
    }
    let (answer, proof) = crate::ask::ask(knowledge, &question);
    AuditQuestion {
        name: saved.name,
        answer,
        proof,
    }
}

fn ignore_list(
    knowledge: &KnowledgeBase,
    environment: &Environment,
    file: &Path,
) -> Result<Ignore, Failure> {
    let (sources, unreadable) = SourceMap::from_file(file);
    let read = read_ignore(sources, unreadable, knowledge);
    let (sources, problems) = (read.sources, read.problems);
    read.ignore
        .ok_or_else(|| unusable(environment, file, &sources, &problems))
}

fn earlier(environment: &Environment, file: &Path) -> Result<Baseline, Failure> {
    let read = read_baseline(file);
    let (sources, problems) = (read.sources, read.problems);
    read.baseline
        .ok_or_else(|| unusable(environment, file, &sources, &problems))
}

fn unusable(
    environment: &Environment,
    file: &Path,
    sources: &SourceMap,
    problems: &[Diagnostic],
) -> Failure {
    let mut messages = report(sources, problems, environment.color_messages);
    let file = clean(&file.to_string_lossy()).text;
    messages.push_str(&format!("error: {file} cannot be used\n"));
    Failure::Data(messages)
}
