//! `licit data`: versions and counts of the data.

use super::Environment;
use super::flags::{DataFlags, OutputFlags, answer};
use super::outcome::{Failure, Outcome, Problems};
use crate::dataset::{count_scenarios, report};
use crate::render::DataView;
use clap::Args;
use std::path::PathBuf;

/// The arguments of `licit data`, as typed.
#[derive(Debug, Args)]
pub(super) struct DataArguments {
    /// Count the scenarios in the files of this folder too
    #[arg(long, value_name = "DIR")]
    scenarios: Option<PathBuf>,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// Counts the data.
pub(super) fn run(
    arguments: &DataArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let Some(format) = format else {
        return Err(problems.into());
    };
    let scenarios = match &arguments.scenarios {
        None => 0,
        Some(folder) => count_scenarios(folder).map_err(|(sources, problems)| {
            Failure::Data(report(&sources, &problems, environment.color_messages))
        })?,
    };
    let view = DataView {
        knowledge: &knowledge,
        scenarios,
    };
    Ok(Outcome::answered(answer(&view, &knowledge, format)?, &[]))
}
