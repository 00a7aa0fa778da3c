//! `licit compare`: SKUs, or sets of them, side by side.

use super::Environment;
use super::flags::{DataFlags, DayFlags, TableFlags, TableFormat, answer};
use super::names::one_sku;
use super::outcome::{Failure, Outcome, Problem, Problems};
use super::question::{CircumstanceFlags, KindFlags, SubjectFlags, question};
use crate::dataset::KnowledgeBase;
use crate::model::{SkuId, clean};
use crate::reason::compare;
use crate::render::{ComparisonView, csv};
use crate::search::{Resolution, ThingKind, resolve};
use clap::Args;

/// The most sets beside each other: a table of more cannot be read.
const MOST: usize = 12;

/// The arguments of `licit compare`, as typed.
#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    /// Two or more SKUs by any name, or sets of them as "SPE_E3 + EMSPREMIUM"
    #[arg(value_name = "SKUS", required = true)]
    sets: Vec<String>,
    #[command(flatten)]
    kinds: KindFlags,
    /// Compare the plans that they carry, too
    #[arg(long)]
    plans: bool,
    #[command(flatten)]
    days: DayFlags,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: TableFlags,
}

/// Compares the sets over the whole catalog of features, or over what is asked about.
pub(super) fn run(
    arguments: &CompareArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let knowledge = arguments.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    let sets = sets(&knowledge, &arguments.sets, &mut problems, &mut notes);
    let subjects = SubjectFlags {
        words: Vec::new(),
        kinds: arguments.kinds.clone(),
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
    let comparison = compare(&knowledge, &question, &sets, arguments.plans);
    let view = ComparisonView {
        knowledge: &knowledge,
        comparison: &comparison,
    };
    let text = match format {
        Some(TableFormat::Csv) => csv(&view),
        Some(TableFormat::Page(format)) => answer(&view, &knowledge, format)?,
        // A question without problems has a format.
        None => String::new(),
    };
    Ok(Outcome::answered(text, &notes))
}

/// The sets typed, each named once.
fn sets(
    knowledge: &KnowledgeBase,
    typed: &[String],
    problems: &mut Problems,
    notes: &mut Vec<String>,
) -> Vec<Vec<SkuId>> {
    let mut sets: Vec<Vec<SkuId>> = Vec::new();
    for typed in typed {
        let mut set: Vec<SkuId> = Vec::new();
        for words in parts(knowledge, typed) {
            let sku = one_sku(knowledge, "compare", words, notes);
            set.extend(problems.take(sku).filter(|sku| !set.contains(sku)));
        }
        let same = |known: &Vec<SkuId>| {
            known.len() == set.len() && known.iter().all(|sku| set.contains(sku))
        };
        if !set.is_empty() && sets.iter().any(same) {
            notes.push(format!(
                "`{}` is there already and shown once",
                clean(typed).text
            ));
        } else {
            sets.push(set);
        }
    }
    if problems.is_empty() && sets.len() < 2 {
        problems.add(
            Problem::new("one set alone cannot be compared")
                .help("name two or more, for example: licit compare SPE_E3 SPE_E5")
                .help("see what one brings: licit show sku:SPE_E5"),
        );
    }
    if sets.len() > MOST {
        let title = format!(
            "{} sets are more than can be shown side by side",
            sets.len()
        );
        problems.add(Problem::new(title).help(format!("name at most {MOST}")));
    }
    sets
}

/// The words of each SKU of a set. A name with a plus in it is that name, where a SKU is called so.
fn parts<'t>(knowledge: &KnowledgeBase, typed: &'t str) -> Vec<&'t str> {
    if !typed.contains('+') || resolve(knowledge, typed, &[ThingKind::Sku]) != Resolution::Unknown {
        return vec![typed];
    }
    typed.split('+').map(str::trim).collect()
}
