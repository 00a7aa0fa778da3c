//! `licit ask`: which license an admin needs.

use super::Environment;
use super::flags::{DataFlags, DayFlags, OutputFlags, answer};
use super::outcome::{Failure, Outcome, Problems};
use super::question::{CircumstanceFlags, SubjectFlags, question};
use crate::dataset::KnowledgeBase;
use crate::model::{Answer, Question};
use crate::proof::Proof;
use crate::render::{AnswerView, Format};
use clap::Args;

/// The arguments of `licit ask` and `licit why`, as typed.
#[derive(Debug, Args)]
pub(super) struct AskArguments {
    #[command(flatten)]
    subjects: SubjectFlags,
    #[command(flatten)]
    days: DayFlags,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// What a question came to.
pub(super) struct Asked {
    pub(super) knowledge: KnowledgeBase,
    pub(super) answer: Answer,
    pub(super) proof: Proof,
    /// The answer with what is known today, where another day was typed.
    pub(super) hindsight: Option<Answer>,
    pub(super) format: Format,
    pub(super) notes: Vec<String>,
}

impl AskArguments {
    /// Reads the question and answers it.
    pub(super) fn ask(&self, environment: &Environment) -> Result<Asked, Failure> {
        let mut problems = Problems::default();
        let format = self.output.read(environment, &mut problems);
        let knowledge = self.data.load(environment, &mut problems)?;
        let mut notes = Vec::new();
        let question = question(
            &knowledge,
            environment,
            &self.subjects,
            &self.circumstances,
            &self.days,
            problems,
            &mut notes,
        )?;
        let (answer, proof) = crate::ask::ask(&knowledge, &question);
        let today = environment.today;
        let is_earlier = self.days.known.is_some() && question.known < today;
        let hindsight = is_earlier.then(|| {
            let later = Question {
                known: today,
                ..question.clone()
            };
            crate::ask::ask(&knowledge, &later).0
        });
        // A question without problems has a format.
        let format = format.unwrap_or(Format::Json);
        Ok(Asked {
            knowledge,
            answer,
            proof,
            hindsight,
            format,
            notes,
        })
    }
}

/// Prints the answer.
pub(super) fn run(arguments: &AskArguments, environment: &Environment) -> Result<Outcome, Failure> {
    let asked = arguments.ask(environment)?;
    let view = AnswerView {
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
