//! `licit why`: the proof of an answer.

use super::Environment;
use super::ask::AskArguments;
use super::flags::answer;
use super::outcome::{Failure, Outcome};
use crate::render::WhyView;

/// Prints the proof.
pub(super) fn run(arguments: &AskArguments, environment: &Environment) -> Result<Outcome, Failure> {
    let asked = arguments.ask(environment)?;
    let view = WhyView {
        knowledge: &asked.knowledge,
        answer: &asked.answer,
        proof: &asked.proof,
        hindsight: asked.hindsight.as_ref(),
    };
    Ok(Outcome::answered(
        answer(&view, &asked.knowledge, asked.format)?,
        &asked.notes,
    ))
}
