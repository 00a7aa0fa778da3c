//! `licit completions`: what a shell needs to complete the words of the program, made from their declaration.

use super::arguments::Arguments;
use super::outcome::{Failure, Outcome};
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

/// The arguments of `licit completions`, as typed.
#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Writes the script of a shell.
pub(super) fn run(arguments: &CompletionsArguments) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    generate(
        arguments.shell,
        &mut Arguments::command(),
        "licit",
        &mut script,
    );
    Ok(Outcome::answered(
        String::from_utf8_lossy(&script).into_owned(),
        &[],
    ))
}
