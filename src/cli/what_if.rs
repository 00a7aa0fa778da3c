//! `licit what-if`: what a change of licenses brings about.

use super::Environment;
use super::flags::{DataFlags, DayFlags, OutputFlags, answer};
use super::names::one_sku;
use super::outcome::{Exit, Failure, Outcome, Problem, Problems};
use super::question::{CircumstanceFlags, SubjectFlags, question};
use crate::dataset::KnowledgeBase;
use crate::model::{Effect, SkuId};
use crate::render::{Format, WhatIfView};
use clap::Args;

/// The arguments of `licit what-if`, as typed.
#[derive(Debug, Args)]
pub(super) struct WhatIfArguments {
    #[command(flatten)]
    subjects: SubjectFlags,
    /// A SKU to do without, taken to be held; may be repeated
    #[arg(long, value_name = "SKU")]
    drop: Vec<String>,
    /// A SKU to buy instead; may be repeated
    #[arg(long, value_name = "SKU")]
    add: Vec<String>,
    #[command(flatten)]
    days: DayFlags,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// Tells what is lost, gained and kept; ends with [`Exit::Gap`] where something is lost.
pub(super) fn run(
    arguments: &WhatIfArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    let dropped = skus(
        &knowledge,
        "--drop",
        &arguments.drop,
        &mut problems,
        &mut notes,
    );
    let added = skus(
        &knowledge,
        "--add",
        &arguments.add,
        &mut problems,
        &mut notes,
    );
    check(&knowledge, arguments, &dropped, &added, &mut problems);
    let subjects = SubjectFlags {
        may_be_none: true,
        ..arguments.subjects.clone()
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
    let all = question.subjects.is_empty();
    let what_if = crate::ask::what_if(&knowledge, &question, &dropped, &added);
    let view = WhatIfView {
        knowledge: &knowledge,
        what_if: &what_if,
        all,
    };
    // A question without problems has a format.
    let text = answer(&view, &knowledge, format.unwrap_or(Format::Json))?;
    let mut outcome = Outcome::answered(text, &notes);
    if what_if.count(Effect::Lost) > 0 {
        outcome.exit = Exit::Gap;
    }
    Ok(outcome)
}

fn skus(
    knowledge: &KnowledgeBase,
    flag: &str,
    typed: &[String],
    problems: &mut Problems,
    notes: &mut Vec<String>,
) -> Vec<SkuId> {
    let mut skus: Vec<SkuId> = Vec::new();
    for words in typed {
        let sku = one_sku(knowledge, flag, words, notes);
        skus.extend(problems.take(sku).filter(|sku| !skus.contains(sku)));
    }
    skus
}

fn check(
    knowledge: &KnowledgeBase,
    arguments: &WhatIfArguments,
    dropped: &[SkuId],
    added: &[SkuId],
    problems: &mut Problems,
) {
    if arguments.drop.is_empty() && arguments.add.is_empty() {
        problems.add(
            Problem::new("nothing changes")
                .help("say what to do without or to buy, for example: --drop SPE_E5 --add SPE_E3"),
        );
    }
    for sku in dropped.iter().filter(|sku| added.contains(sku)) {
        let id = &knowledge.skus[*sku].id;
        problems.add(
            Problem::new(format!("`{id}` is both dropped and added"))
                .help("keep the one that is meant"),
        );
    }
}
