//! `licit why-not`: why some SKUs are not the way to comply.

use super::Environment;
use super::flags::{DataFlags, DayFlags, OutputFlags, answer};
use super::names::one_sku;
use super::outcome::{Exit, Failure, Outcome, Problem, Problems};
use super::question::{CircumstanceFlags, KindFlags, SubjectFlags, question};
use crate::model::SkuId;
use crate::render::{Format, WhyNotView};
use clap::Args;

/// The arguments of `licit why-not`, as typed.
#[derive(Debug, Args)]
pub(super) struct WhyNotArguments {
    /// SKUs to buy, by any name; none asks why what is held is not enough
    #[arg(value_name = "SKU")]
    skus: Vec<String>,
    #[command(flatten)]
    kinds: KindFlags,
    #[command(flatten)]
    days: DayFlags,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// Tells what is missing or broken; ends with [`Exit::Gap`] where the SKUs do not do.
pub(super) fn run(
    arguments: &WhyNotArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    let mut skus: Vec<SkuId> = Vec::new();
    for words in &arguments.skus {
        let sku = one_sku(&knowledge, "why-not", words, &mut notes);
        skus.extend(problems.take(sku).filter(|sku| !skus.contains(sku)));
    }
    let kinds = &arguments.kinds;
    let asks_nothing = [&kinds.role, &kinds.feature, &kinds.task]
        .iter()
        .all(|typed| typed.is_empty());
    if asks_nothing && !arguments.circumstances.eligible {
        problems.add(Problem::new("nothing is asked about").help(
            "say for what, for example: licit why-not SPE_E3 --task pim.hold-eligible-assignment",
        ));
    }
    let subjects = SubjectFlags {
        words: Vec::new(),
        kinds: kinds.clone(),
        may_be_none: true,
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
    let why_not = crate::reason::why_not(&knowledge, &question, &skus)
        .map_err(|why| Failure::Data(format!("error: {why}\n")))?;
    let view = WhyNotView {
        knowledge: &knowledge,
        why_not: &why_not,
    };
    // A question without problems has a format.
    let text = answer(&view, &knowledge, format.unwrap_or(Format::Json))?;
    let mut outcome = Outcome::answered(text, &notes);
    if !why_not.complies {
        outcome.exit = Exit::Gap;
    }
    Ok(outcome)
}
