//! `licit solve`: license-set instances of a file, so that anyone can check the engine against another solver.

use super::Environment;
use super::flags::OutputFlags;
use super::outcome::{Exit, Failure, Outcome, Problems};
use crate::ask;
use crate::dataset::report;
use crate::files::read_instances;
use crate::model::clean;
use crate::reason::Engine;
use crate::render::SolutionView;
use clap::Args;
use std::path::PathBuf;

/// The arguments of `licit solve`, as typed.
#[derive(Debug, Args)]
pub(super) struct SolveArguments {
    /// File of instances; catalog.json stands beside it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    output: OutputFlags,
}

/// Solves every instance that can be read; ends with [`Exit::Data`] where none can.
pub(super) fn run(
    arguments: &SolveArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let (Some(format), true) = (format, problems.is_empty()) else {
        return Err(problems.into());
    };
    let file = read_instances(&arguments.file).map_err(|(sources, problems)| {
        Failure::Data(report(&sources, &problems, environment.color_messages))
    })?;
    let engine = Engine::new(&file.market);
    let mut answers = Vec::new();
    for instance in &file.instances {
        let answer = ask::solve(&engine, &file.market, instance);
        let answer = answer.map_err(|why| {
            Failure::Data(format!(
                "error: the answer to {} was refused by the checker: {why}\n  this is a fault of licit; please report it\n",
                instance.id
            ))
        })?;
        answers.push((instance, answer));
    }
    let view = SolutionView {
        file: clean(&arguments.file.to_string_lossy()).text,
        names: &file.names,
        personas: &file.personas,
        answers: &answers,
        rejected: &file.rejected,
    };
    let nothing_used = answers.is_empty() && !file.rejected.is_empty();
    Ok(Outcome {
        answer: view.write(format)?,
        messages: report(&file.sources, &file.problems, environment.color_messages),
        exit: if nothing_used {
            Exit::Data
        } else {
            Exit::Answered
        },
    })
}
