//! What several test modules share.

use licit::dataset::{KnowledgeBase, Topic, load_dir, report};
use licit::graph::{Moment, Presence, presence};
use licit::model::{ClaimKind, Named, Requirement};
use std::io::Write as _;
use std::path::Path;

/// The day on which every test takes place: one that needs the clock would fail one day.
pub(crate) const TODAY: &str = "2026-11-22";

/// The data of the repository.
pub(crate) fn knowledge() -> KnowledgeBase {
    let loaded = load_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), None);
    let text = report(&loaded.sources, &loaded.problems, false);
    loaded
        .knowledge
        .unwrap_or_else(|| panic!("the data is broken:\n{text}"))
}

/// A requirement written as in the data.
pub(crate) fn requirement(
    knowledge: &KnowledgeBase,
    value: &toml::Value,
) -> Result<Requirement, String> {
    if let Some(text) = value.as_str() {
        let leaf = match text.split_once(':') {
            None if text == "nothing" => Some(Requirement::Nothing),
            None if text == "unnamed" => Some(Requirement::Unnamed),
            Some(("sku", id)) => knowledge.skus.find(id).map(Requirement::Sku),
            Some(("feature", id)) => knowledge.features.find(id).map(Requirement::Feature),
            Some(("given", id)) => knowledge.givens.find(id).map(Requirement::Given),
            _ => knowledge.plans.find(text).map(Requirement::Plan),
        };
        return leaf.ok_or_else(|| format!("`{text}` names nothing"));
    }
    let parts = |key: &str| -> Option<Result<Vec<Requirement>, String>> {
        let parts = value.get(key)?.as_array()?;
        Some(
            parts
                .iter()
                .map(|part| requirement(knowledge, part))
                .collect(),
        )
    };
    let built = match (parts("any"), parts("all")) {
        (Some(parts), None) => Requirement::Any(parts?),
        (None, Some(parts)) => Requirement::All(parts?),
        _ => return Err(format!("{value} is no requirement")),
    };
    Ok(sorted(&built))
}

/// The parts in a fixed order.
pub(crate) fn sorted(requirement: &Requirement) -> Requirement {
    let order = |parts: &[Requirement]| {
        let mut parts: Vec<Requirement> = parts.iter().map(sorted).collect();
        parts.sort();
        parts
    };
    match requirement {
        Requirement::Any(parts) => Requirement::Any(order(parts)),
        Requirement::All(parts) => Requirement::All(order(parts)),
        leaf => leaf.clone(),
    }
}

/// What a thing is called on a day: the name that surely began last, and names that may have; its name today without.
pub(crate) fn names_on(knowledge: &KnowledgeBase, thing: Named, moment: Moment) -> Vec<String> {
    let mut surely: Vec<(Option<licit::model::Day>, String)> = Vec::new();
    let mut perhaps = Vec::new();
    for id in knowledge.about(Topic::NamesOf(thing)) {
        let claim = &knowledge.claims[*id];
        let ClaimKind::Name { name, .. } = &claim.kind else {
            continue;
        };
        if let Presence::Present { open, .. } = presence(knowledge, claim, moment) {
            let from = claim
                .effective
                .from
                .as_ref()
                .and_then(|from| from.earliest().or(from.latest()));
            if open.is_empty() {
                surely.push((from, name.to_string()))
            } else {
                perhaps.push(name.to_string())
            }
        }
    }
    surely.sort();
    let mut names: Vec<String> = surely.pop().map(|(_, name)| name).into_iter().collect();
    if names.is_empty() {
        names.push(knowledge.name(thing).to_owned());
    }
    names.extend(perhaps);
    names.dedup();
    names
}

/// Says what a gate came to, past the test runner, which would show it only where the gate fails.
pub(crate) fn figure(gate: &str, text: &str) {
    // A figure that nobody can see is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{gate}: {text}");
}

/// Says why a gate did not run.
pub(crate) fn skipped(gate: &str, why: &str) {
    figure(gate, &format!("SKIPPED, {why}"));
}

/// Ends a test binary that plays another program.
#[expect(
    clippy::exit,
    reason = "the test runner knows no other exit codes than its own"
)]
pub(crate) fn end(code: i32) -> ! {
    std::process::exit(code)
}
