//! Words that must mean one thing, and what to say when they do not.

use super::outcome::Problem;
use crate::dataset::KnowledgeBase;
use crate::model::{Named, SkuId, clean};
use crate::search::{Hit, NameSort, Resolution, ThingKind, resolve, suggestions};

/// The one thing that words mean, with a note about other kinds of things of that name.
///
/// # Errors
/// A problem with what comes near, or with the ids of all things of that name.
pub(super) fn one_thing(
    knowledge: &KnowledgeBase,
    words: &str,
    kinds: &[ThingKind],
    notes: &mut Vec<String>,
) -> Result<Named, Problem> {
    match resolve(knowledge, words, kinds) {
        Resolution::Clear { hit, others } => {
            if !others.is_empty() {
                let others: Vec<String> = others
                    .iter()
                    .map(|other| knowledge.written(other.thing))
                    .collect();
                notes.push(format!(
                    "`{}` is taken as {}; it is also {}",
                    clean(words).text,
                    knowledge.written(hit.thing),
                    others.join(" and ")
                ));
            }
            Ok(hit.thing)
        }
        Resolution::Ambiguous(hits) | Resolution::Shared(hits) => {
            Err(ambiguous(knowledge, words, &hits))
        }
        Resolution::Unknown => Err(unknown(knowledge, words, kinds)),
    }
}

/// The one SKU that the words after a flag mean.
///
/// # Errors
/// As [`one_thing`], with the flag before it.
pub(super) fn one_sku(
    knowledge: &KnowledgeBase,
    flag: &str,
    words: &str,
    notes: &mut Vec<String>,
) -> Result<SkuId, Problem> {
    match one_thing(knowledge, words, &[ThingKind::Sku], notes) {
        Ok(Named::Sku(sku)) => Ok(sku),
        Ok(_) => Err(Problem::new(format!("{flag}: this is no SKU"))),
        Err(problem) => Err(Problem {
            title: format!("{flag}: {}", problem.title),
            ..problem
        }),
    }
}

fn ambiguous(knowledge: &KnowledgeBase, words: &str, hits: &[Hit]) -> Problem {
    let kind = hits
        .first()
        .map_or(ThingKind::Role, |hit| ThingKind::of(hit.thing));
    let title = format!("{} {kind}s are called `{}`", hits.len(), clean(words).text);
    hits.iter().fold(
        Problem::new(title).help("say which one by its id:"),
        |problem, hit| problem.help(line(knowledge, hit)),
    )
}

/// The problem of words that match nothing, with what comes near.
pub(super) fn unknown(knowledge: &KnowledgeBase, words: &str, kinds: &[ThingKind]) -> Problem {
    let near = suggestions(knowledge, words, kinds);
    let spoken: Vec<&str> = kinds.iter().map(|kind| kind.spoken()).collect();
    let spoken = match spoken.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => spoken.concat(),
    };
    let problem = Problem::new(format!("no {spoken} is called `{}`", clean(words).text));
    if near.is_empty() {
        return problem.help("look for other words of it with `licit search WORDS`");
    }
    let problem = problem.help("did you mean one of these?");
    near.iter()
        .fold(problem, |problem, hit| problem.help(line(knowledge, hit)))
}

/// A hit as a line of help: written id, name, and the name that matched where it is another one.
fn line(knowledge: &KnowledgeBase, hit: &Hit) -> String {
    let name = knowledge.name(hit.thing);
    let written = knowledge.written(hit.thing);
    match hit.matched.sort {
        NameSort::Dated(_) | NameSort::Alias => {
            format!("  {written}  {name}, also \"{}\"", hit.matched.text)
        }
        NameSort::Present | NameSort::Id | NameSort::Guid => format!("  {written}  {name}"),
    }
}
