//! `licit conflicts`: every contradiction that the data declares.

use super::Environment;
use super::flags::{ViewFlags, answer};
use super::outcome::{Failure, Outcome, Problem, Problems};
use crate::dataset::{KnowledgeBase, areas_of, claims_about, disputes};
use crate::model::{AreaId, ClaimId, clean, fold, nearest};
use crate::render::{ConflictsView, statement};
use crate::search::{Resolution, ThingKind, resolve};
use clap::Args;

/// The arguments of `licit conflicts`, as typed.
#[derive(Debug, Args)]
pub(super) struct ConflictsArguments {
    /// Only those about this: a name of anything, or words that occur in them
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// Only those of this product area
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    #[command(flatten)]
    view: ViewFlags,
}

/// Lists the conflicts; words that neither name anything nor occur anywhere end with
/// [`Exit::Usage`](super::outcome::Exit::Usage).
pub(super) fn run(
    arguments: &ConflictsArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let frame = arguments.view.read(environment, &mut problems);
    let knowledge = arguments.view.data.load(environment, &mut problems)?;
    let all = disputes(&knowledge);
    let total = all.len();
    let words = arguments.words.join(" ");
    let area = arguments
        .area
        .as_deref()
        .map(|area| find_area(&knowledge, area));
    let area = area.map(|area| problems.take(area));
    let mut pairs = problems
        .take(about(&knowledge, all, words.trim()))
        .unwrap_or_default();
    if let Some(Some(area)) = area {
        pairs.retain(|(first, second)| {
            let of = |claim: &ClaimId| areas_of(&knowledge, *claim).contains(&area);
            of(first) || of(second)
        });
    }
    let Some(frame) = frame.filter(|_| problems.is_empty()) else {
        return Err(problems.into());
    };
    let filter = [words.trim(), arguments.area.as_deref().unwrap_or_default()].join(" ");
    let view = ConflictsView {
        as_of: frame.as_of(&knowledge),
        filter: clean(filter.trim()).text,
        pairs,
        total,
    };
    Ok(Outcome::answered(
        answer(&view, &knowledge, frame.format)?,
        &[],
    ))
}

/// The area with this id or name.
///
/// # Errors
/// A problem with what comes near.
pub(super) fn find_area(knowledge: &KnowledgeBase, typed: &str) -> Result<AreaId, Problem> {
    let mut areas = knowledge.areas.iter();
    let folded = fold(typed);
    let found = areas.find(|(_, area)| fold(&area.id) == folded || fold(&area.name) == folded);
    found.map(|(id, _)| id).ok_or_else(|| {
        let problem = Problem::new(format!("there is no area `{}`", clean(typed).text));
        let ids = knowledge.areas.iter().map(|(_, area)| area.id.as_str());
        match nearest(typed, ids) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        }
        .help("see them all with `licit show areas`")
    })
}

/// Those in which a claim speaks about the thing that the words name or, where they name nothing, in which every word
/// occurs.
fn about(
    knowledge: &KnowledgeBase,
    mut pairs: Vec<(ClaimId, ClaimId)>,
    words: &str,
) -> Result<Vec<(ClaimId, ClaimId)>, Problem> {
    if words.is_empty() {
        return Ok(pairs);
    }
    if let Resolution::Clear { hit, .. } = resolve(knowledge, words, ThingKind::ALL) {
        let claims = claims_about(knowledge, hit.thing);
        pairs.retain(|(first, second)| claims.contains(first) || claims.contains(second));
        return Ok(pairs);
    }
    let words_typed = fold(words);
    pairs.retain(|(first, second)| {
        let text = fold(&[text(knowledge, *first), text(knowledge, *second)].join(" "));
        let mut typed = words_typed.split(' ');
        typed.all(|typed| text.split(' ').any(|word| word.starts_with(typed)))
    });
    if pairs.is_empty() {
        return Err(Problem::new(format!(
            "no declared conflict mentions `{}`",
            clean(words).text
        ))
        .help("see them all with `licit conflicts`"));
    }
    Ok(pairs)
}

/// Everything that a claim says, for looking up words.
fn text(knowledge: &KnowledgeBase, claim: ClaimId) -> String {
    let record = &knowledge.claims[claim];
    let mut text = [
        &record.id,
        statement(knowledge, record).as_str(),
        &record.note,
    ]
    .join(" ");
    for evidence in &record.evidence {
        text.push(' ');
        text.push_str(&evidence.says);
    }
    text
}
