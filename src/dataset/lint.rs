//! Opinions about valid data, and the check that every claim is guarded by a scenario.

use super::conscience::doubts;
use super::knowledge_base::KnowledgeBase;
use super::load::Loaded;
use super::mentioned::Mentioned;
use super::place::{Place, Placed, Problems, sort};
use super::read::{Document, Value};
use super::source_map::SourceMap;
use super::validate::Places;
use crate::model::{
    ClaimKindName, Code, Diagnostic, FeatureId, FileId, SourceKind, Standing, TaskId, nearest,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A source read longer than this before the review is stale, in days.
const STALE_AFTER: i32 = 365;

/// Looks for what is allowed and yet should be looked at, in the records that were read from files, and adds it to the
/// problems. Accepted warnings are left out.
///
/// With a folder of scenarios every claim must be named by one of them, and every claim that they name must exist.
pub fn lint(loaded: &mut Loaded, scenarios: Option<&Path>) {
    let guarded = scenarios.map(|folder| {
        let (files, problems) = loaded.sources.add_dir(folder);
        loaded.problems.extend(problems);
        let (guarded, problems) = guarded_claims(&loaded.sources, &files);
        loaded.problems.extend(problems);
        guarded
    });
    if let Some(knowledge) = &loaded.knowledge {
        let found = opinions(knowledge, &loaded.places, guarded.as_deref());
        loaded.problems.extend(found);
    }
    sort(&mut loaded.problems);
}

/// The claims that scenarios name in `claims`, with their places, and the files that are no TOML. The other keys of a
/// scenario are its runner's affair.
pub fn guarded_claims(
    sources: &SourceMap,
    files: &[FileId],
) -> (Vec<Placed<String>>, Vec<Diagnostic>) {
    let problems = Problems::default();
    let mut guarded = Vec::new();
    for file in files {
        let Some(document) = Document::parse(sources, *file, &problems) else {
            continue;
        };
        for (name, value) in document.values() {
            if name.value != "scenario" {
                continue;
            }
            for scenario in value.list().unwrap_or_default() {
                let claims = scenario.key("claims").and_then(Value::one_or_list);
                let claims = claims.unwrap_or_default().into_iter();
                guarded.extend(claims.filter_map(Value::reference));
            }
        }
    }
    (guarded, problems.into_sorted())
}

fn opinions(
    knowledge: &KnowledgeBase,
    places: &Places,
    guarded: Option<&[Placed<String>]>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(guarded) = guarded {
        unknown_guarded(knowledge, guarded, &mut found);
    }
    let mut warnings = Vec::new();
    if let Some(guarded) = guarded {
        unguarded(knowledge, places, guarded, &mut warnings);
    }
    weak_sources(knowledge, places, &mut warnings);
    sources(knowledge, places, &mut warnings);
    unused_subjects(knowledge, places, &mut warnings);
    warnings.extend(doubts(knowledge, places));
    let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
    for warning in warnings {
        let accepted = knowledge.meta.accepted.iter().find(|accepted| {
            accepted.code.as_str() == warning.code.word()
                && Some(accepted.id.as_str()) == warning.subject.as_deref()
        });
        match accepted {
            Some(accepted) => {
                used.insert((&accepted.code, &accepted.id));
            }
            None => found.push(warning),
        }
    }
    for (accepted, place) in &places.accepted {
        let key = (accepted.code.as_str(), accepted.id.as_str());
        // Without scenarios nobody looked for unguarded claims.
        let looked = guarded.is_some() || accepted.code.as_str() != Code::NoScenario.word();
        if looked && !used.contains(&key) {
            found.push(
                Diagnostic::new(
                    Code::UnusedAcceptance,
                    format!("`{}` has no warning `{}`", accepted.id, accepted.code),
                )
                .at(place.file, place.span, "accepts nothing")
                .help("take it away")
                .about(accepted.id.to_string()),
            );
        }
    }
    found
}

fn warning(code: Code, title: String, place: Place, label: &str, id: &str) -> Diagnostic {
    Diagnostic::new(code, title)
        .at(place.file, place.span, label)
        .about(id)
}

fn unknown_guarded(
    knowledge: &KnowledgeBase,
    guarded: &[Placed<String>],
    found: &mut Vec<Diagnostic>,
) {
    for name in guarded {
        if knowledge.claims.find(&name.value).is_some() {
            continue;
        }
        let mut diagnostic = Diagnostic::new(
            Code::UnknownId,
            format!("there is no claim `{}`", name.value),
        )
        .at(name.place.file, name.place.span, "names nothing");
        let ids = knowledge.claims.iter().map(|(_, claim)| claim.id.as_str());
        if let Some(near) = nearest(&name.value, ids) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        found.push(diagnostic);
    }
}

fn unguarded(
    knowledge: &KnowledgeBase,
    places: &Places,
    guarded: &[Placed<String>],
    warnings: &mut Vec<Diagnostic>,
) {
    let guarded: BTreeSet<&str> = guarded.iter().map(|name| name.value.as_str()).collect();
    for (id, place) in &places.claims {
        let claim = &knowledge.claims[*id];
        let exempt = matches!(
            claim.kind.name(),
            ClaimKindName::Inclusion | ClaimKindName::Name | ClaimKindName::Price
        );
        if !exempt && !guarded.contains(claim.id.as_str()) {
            let title = format!("no scenario names the claim `{}`", claim.id);
            let label = "could be wrong without anybody noticing";
            warnings.push(
                warning(Code::NoScenario, title, *place, label, &claim.id)
                    .help("write a scenario that fails without it, and name it there in `claims`"),
            );
        }
    }
}

fn weak_sources(knowledge: &KnowledgeBase, places: &Places, warnings: &mut Vec<Diagnostic>) {
    for (id, place) in &places.claims {
        let claim = &knowledge.claims[*id];
        let firm = matches!(
            claim.standing,
            Standing::Contract | Standing::Enforced | Standing::Documented
        );
        let weak = claim.evidence.iter().all(|evidence| {
            let kind = knowledge.sources[evidence.source].kind;
            !evidence.second_hand
                && matches!(
                    kind,
                    SourceKind::Forum | SourceKind::Press | SourceKind::Firm | SourceKind::Blog
                )
        });
        if firm && weak {
            let title = format!(
                "`{}` is {} on the word of others than the vendor",
                claim.id, claim.standing
            );
            let help = "cite the vendor's own text, mark the evidence `second_hand`, or lower the standing to `observed`";
            let label = "all its sources are forums, press, firms or blogs";
            warnings.push(warning(Code::WeakSource, title, *place, label, &claim.id).help(help));
        }
    }
}

fn sources(knowledge: &KnowledgeBase, places: &Places, warnings: &mut Vec<Diagnostic>) {
    let cited: BTreeSet<_> = knowledge
        .claims
        .iter()
        .flat_map(|(_, claim)| claim.evidence.iter().map(|evidence| evidence.source))
        .collect();
    for (id, place) in &places.sources {
        let source = &knowledge.sources[*id];
        let age = knowledge.meta.reviewed.days_since(source.read);
        if age > STALE_AFTER {
            let title = format!("`{}` was last read {age} days before the review", source.id);
            let label = "may say something else by now";
            warnings.push(
                warning(Code::StaleSource, title, *place, label, &source.id)
                    .help("read it again, and set `read` to that day"),
            );
        }
        if !cited.contains(id) {
            let title = format!("no claim cites `{}`", source.id);
            warnings.push(warning(
                Code::UnusedSource,
                title,
                *place,
                "unused",
                &source.id,
            ));
        }
    }
}

fn unused_subjects(knowledge: &KnowledgeBase, places: &Places, warnings: &mut Vec<Diagnostic>) {
    let mut mentioned = Mentioned::default();
    for (_, claim) in knowledge.claims.iter() {
        mentioned.add(claim);
    }
    // A feature is spoken about where one of its tasks is, and a task where its feature is.
    let mut tasks_of: BTreeMap<FeatureId, Vec<TaskId>> = BTreeMap::new();
    for (id, task) in knowledge.tasks.iter() {
        if let Some(feature) = task.feature {
            tasks_of.entry(feature).or_default().push(id);
        }
    }
    for (id, place) in &places.features {
        let own_tasks = tasks_of.get(id).into_iter().flatten();
        let through_task = own_tasks
            .into_iter()
            .any(|task| mentioned.tasks.contains(task));
        if !mentioned.features.contains(id) && !through_task {
            let name = &knowledge.features[*id].id;
            let title = format!("no claim speaks about the feature `{name}`");
            warnings.push(warning(Code::UnusedSubject, title, *place, "unused", name));
        }
    }
    for (id, place) in &places.tasks {
        let task = &knowledge.tasks[*id];
        let through_feature = task
            .feature
            .is_some_and(|feature| mentioned.features.contains(&feature));
        if !mentioned.tasks.contains(id) && !through_feature {
            let title = format!("no claim speaks about the task `{}`", task.id);
            warnings.push(warning(
                Code::UnusedSubject,
                title,
                *place,
                "unused",
                &task.id,
            ));
        }
    }
}
