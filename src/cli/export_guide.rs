//! `licit export-guide`: what to export from a tenant, and how.

use super::Environment;
use super::flags::OutputFlags;
use super::knowledge::built_in;
use super::outcome::{Failure, Outcome, Problems};
use crate::render::{GuideView, write};
use clap::Args;

/// The arguments of `licit export-guide`, as typed.
#[derive(Debug, Args)]
pub(super) struct ExportGuideArguments {
    #[command(flatten)]
    output: OutputFlags,
}

/// Prints the guide.
pub(super) fn run(
    arguments: &ExportGuideArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let Some(format) = arguments.output.read(environment, &mut problems) else {
        return Err(problems.into());
    };
    let version = built_in()?.meta.version;
    Ok(Outcome::answered(write(&GuideView, &version, format)?, &[]))
}
