//! The command line: arguments to an answer on standard output, messages on standard error, and an exit code.
//!
//! What was typed and what it means are different things. [`Arguments`] and the flags of each verb hold words; they
//! become ids, days and values only after the data was loaded, and all mistakes of a command line are told in one run.
//! One file per verb; the clock, the terminal and the variables are read in `main` and come in as [`Environment`].

mod arguments;
mod ask;
mod audit;
mod catalog;
mod changes;
mod cheapest;
mod compare;
mod completions;
mod conflicts;
mod data;
mod diff;
mod environment;
mod export_guide;
mod flags;
mod graph;
mod knowledge;
mod lint;
mod manual;
mod names;
mod outcome;
mod prices;
mod question;
mod reading;
mod saved;
mod screens;
mod search;
mod show;
mod solve;
mod timeline;
mod what_if;
mod who_can;
mod why;
mod why_not;

pub use environment::{Environment, today};
pub use flags::{DataFlags, DayFlags, OneOf, OutputFlags};
pub use manual::KeyLine;
pub use outcome::{Exit, Failure, Problem, Problems};
pub use prices::PriceFlags;
pub use question::{CircumstanceFlags, KindFlags, SubjectFlags, question};
pub use screens::{ScreenFlags, screens};

use arguments::{Arguments, Verb};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use outcome::Outcome;
use std::ffi::OsString;
use std::io::Write;

/// Runs one command line and returns the exit code. `keys` are those of the screens, for the manual page.
///
/// A broken pipe ends the run without a message: whoever was reading has seen enough.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    keys: &[KeyLine<'_>],
    answers: &mut dyn Write,
    messages: &mut dyn Write,
) -> u8 {
    let outcome = outcome(arguments, environment, keys, answers, messages);
    let written = answers
        .write_all(outcome.answer.as_bytes())
        .and_then(|()| answers.flush());
    let exit = match written {
        Ok(()) => outcome.exit,
        Err(error) => {
            let failed = Failure::from(error).outcome();
            // Where messages cannot be written either, the exit code is all that is left to say.
            let _ = messages.write_all(failed.messages.as_bytes());
            failed.exit
        }
    };
    if exit == Exit::BrokenPipe {
        return exit.code();
    }
    let _ = messages
        .write_all(outcome.messages.as_bytes())
        .and_then(|()| messages.flush());
    exit.code()
}

fn outcome(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    keys: &[KeyLine<'_>],
    answers: &mut dyn Write,
    messages: &mut dyn Write,
) -> Outcome {
    let command = Arguments::command().term_width(environment.width);
    let parsed = command
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, environment),
    };
    if arguments.version {
        return version().map_or_else(Failure::outcome, |version| Outcome::answered(version, &[]));
    }
    let Some(verb) = &arguments.verb else {
        let help = Arguments::command().render_help().to_string();
        return Outcome::refused(help, Exit::Usage);
    };
    let done = match verb {
        Verb::Ask(verb) => ask::run(verb, environment),
        Verb::Cheapest(verb) => cheapest::run(verb, environment),
        Verb::WhyNot(verb) => why_not::run(verb, environment),
        Verb::Why(verb) => why::run(verb, environment),
        Verb::Audit(verb) => audit::run(verb, environment, answers, messages),
        Verb::ExportGuide(verb) => export_guide::run(verb, environment),
        Verb::Changes(verb) => changes::run(verb, environment, messages),
        Verb::Diff(verb) => diff::run(verb, environment),
        Verb::Timeline(verb) => timeline::run(verb, environment),
        Verb::Compare(verb) => compare::run(verb, environment),
        Verb::WhatIf(verb) => what_if::run(verb, environment),
        Verb::Graph(verb) => graph::run(verb, environment),
        Verb::Search(verb) => search::run(verb, environment),
        Verb::Show(verb) => show::run(verb, environment),
        Verb::Conflicts(verb) => conflicts::run(verb, environment),
        Verb::WhoCan(verb) => who_can::run(verb, environment),
        Verb::Data(verb) => data::run(verb, environment),
        Verb::Catalog(verb) => catalog::run(verb, environment),
        Verb::Lint(verb) => lint::run(verb, environment),
        Verb::Solve(verb) => solve::run(verb, environment),
        Verb::Completions(verb) => completions::run(verb),
        Verb::Man => manual::run(keys),
    };
    done.unwrap_or_else(Failure::outcome)
}

/// Help that was asked for is an answer; help that was not, and every mistake, is a message.
fn usage(error: &clap::Error, environment: &Environment) -> Outcome {
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp);
    let color = if is_answer {
        environment.color_answers
    } else {
        environment.color_messages
    };
    let text = if color {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    if is_answer {
        Outcome::answered(text, &[])
    } else {
        Outcome::refused(text, Exit::Usage)
    }
}

/// The versions of the program and of the data.
fn version() -> Result<String, Failure> {
    let data = knowledge::built_in()?.meta.version;
    Ok(format!(
        "licit {}, data {data}\n",
        env!("CARGO_PKG_VERSION")
    ))
}
