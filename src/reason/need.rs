//! From the cases of a task to its need: what holds in all of them, and what turns on which unknown.

use super::aspect::{Resolved, Voice, all_of};
use super::cases::{Case, explore};
use super::conflicts::conflicts;
use super::counting::counting;
use super::depends::depends_on;
use super::judge::Judged;
use super::satisfaction::satisfaction;
use super::supply::{Supply, holdings};
use super::world::{Facts, World};
use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{
    Alternative, Asked, Aspect, AspectAnswer, AspectOutcome, Boundary, Certainty, Claim, ClaimId,
    ClaimKind, Demand, Grade, Need, NeedSubject, Period, Place, Question, Reading, Requirement,
    Satisfied, TaskId, Verdict,
};
use crate::proof::Out;
use std::collections::BTreeSet;

/// A need with the cases behind it.
pub(super) struct Worked {
    pub(super) need: Need,
    /// The claims that may speak about it; see [`relevant`].
    pub(super) relevant: Vec<ClaimId>,
    pub(super) cases: Vec<Case<Judged>>,
    pub(super) lines: Vec<Vec<Case<Resolved>>>,
    pub(super) supply: Supply,
}

/// The claims that may speak about a subject, and those related to them: whatever can change its verdict is among them.
pub(super) fn relevant(knowledge: &KnowledgeBase, subject: NeedSubject) -> Vec<ClaimId> {
    let topics: Vec<Topic> = match subject {
        NeedSubject::Task(task) => knowledge
            .subjects_of(task)
            .into_iter()
            .flat_map(|subject| {
                [
                    Topic::Requirements(subject),
                    Topic::Lifecycle(subject),
                    Topic::Limits(subject),
                ]
            })
            .collect(),
        NeedSubject::Sku(sku) => vec![Topic::PrerequisitesOf(sku)],
    };
    let mut found: BTreeSet<ClaimId> = BTreeSet::new();
    let mut queue: Vec<ClaimId> = topics
        .into_iter()
        .flat_map(|topic| knowledge.about(topic))
        .copied()
        .collect();
    while let Some(claim) = queue.pop() {
        if found.insert(claim) {
            queue.extend(knowledge.about(Topic::RelationsTo(claim)));
        }
    }
    found.into_iter().collect()
}

/// The cases of a subject in a reading, by the claims that are relevant to it.
pub(super) fn cases_of(
    facts: &Facts<'_>,
    subject: NeedSubject,
    relevant: &[ClaimId],
    reading: Reading,
) -> Vec<Case<Judged>> {
    explore(facts, relevant, &|world: &World<'_>| match subject {
        NeedSubject::Task(task) => world.judge(task, reading),
        NeedSubject::Sku(sku) => world.judge_sku(sku),
    })
}

/// The same verdict in every case is the verdict; otherwise it depends.
pub(super) fn verdict_of(cases: &[Case<Judged>]) -> Verdict {
    let mut verdicts = cases.iter().map(|case| case.result.verdict);
    let first = verdicts.next().unwrap_or(Verdict::NotStated);
    if verdicts.all(|verdict| verdict == first) {
        first
    } else {
        Verdict::Depends
    }
}

/// What has to be held to be safe in every case: the dearer outcome counts. A case that is closed asks for nothing, unless
/// all are.
pub(super) fn requirement_of(cases: &[Case<Judged>]) -> Requirement {
    let is_closed = |case: &&Case<Judged>| case.result.verdict == Verdict::Unavailable;
    let all_closed = cases.iter().all(|case| is_closed(&case));
    let asking = cases.iter().filter(|case| all_closed || !is_closed(case));
    all_of(asking.map(|case| case.result.requirement.clone()).collect())
}

/// What a need comes to for somebody, without what explains it.
pub(super) struct Outlook {
    pub(super) verdict: Verdict,
    pub(super) satisfied: Satisfied,
    pub(super) claims: Vec<ClaimId>,
}

/// Works out only what a need comes to: as [`work_out`] does, at a fraction of its cost.
pub(super) fn outlook(facts: &Facts<'_>, question: &Question, subject: NeedSubject) -> Outlook {
    let relevant = relevant(facts.knowledge, subject);
    let cases = cases_of(facts, subject, &relevant, question.reading);
    let aspects: Vec<AspectAnswer> = match subject {
        NeedSubject::Task(task) => [Aspect::Assigned, Aspect::Owned]
            .into_iter()
            .map(|aspect| {
                line(
                    aspect,
                    &line_cases(facts, question, task, aspect, &relevant),
                )
            })
            .collect(),
        NeedSubject::Sku(_) => Vec::new(),
    };
    let owned = aspects.iter().filter_map(|line| line.requirement.as_ref());
    let wanted = requirement_of(&cases);
    let requirements = cases.iter().map(|case| &case.result.requirement);
    let supply = Supply::among(
        facts.knowledge,
        facts.moment,
        requirements.chain([&wanted]).chain(owned),
        holdings(question, Place::Tenant)
            .into_iter()
            // One without any seat satisfies nothing; looking at it, too, is cheaper than asking.
            .chain(question.owned.keys().copied())
            .collect(),
    );
    let counted = counting(facts, &cases);
    let (satisfied, _) = satisfaction(facts, question, &cases, &aspects, &supply, counted.as_ref());
    let behind = claims_behind(&cases).into_iter();
    Outlook {
        verdict: verdict_of(&cases),
        satisfied,
        claims: behind.map(|(id, _)| id).collect(),
    }
}

fn line_cases(
    facts: &Facts<'_>,
    question: &Question,
    task: TaskId,
    aspect: Aspect,
    relevant: &[ClaimId],
) -> Vec<Case<Resolved>> {
    explore(facts, relevant, &|world: &World<'_>| {
        world.resolve(task, aspect, question.reading)
    })
}

/// Works out one need.
pub(super) fn work_out(
    facts: &Facts<'_>,
    question: &Question,
    subject: NeedSubject,
    asked_by: Vec<Asked>,
) -> Worked {
    let knowledge = facts.knowledge;
    let relevant = relevant(knowledge, subject);
    let cases = cases_of(facts, subject, &relevant, question.reading);
    let lines: Vec<Vec<Case<Resolved>>> = match subject {
        NeedSubject::Task(task) => Aspect::ALL
            .iter()
            .map(|aspect| line_cases(facts, question, task, *aspect, &relevant))
            .collect(),
        NeedSubject::Sku(_) => Vec::new(),
    };
    let verdict = verdict_of(&cases);
    let requirement = requirement_of(&cases);
    let aspects: Vec<AspectAnswer> = Aspect::ALL
        .iter()
        .zip(&lines)
        .map(|(aspect, cases)| line(*aspect, cases))
        .collect();
    let owned = aspects.iter().find(|line| line.aspect == Aspect::Owned);
    let owned_requirement = owned
        .and_then(|line| line.requirement.clone())
        .unwrap_or(Requirement::Nothing);
    let supply = Supply::of(
        knowledge,
        facts.moment,
        cases
            .iter()
            .map(|case| &case.result.requirement)
            .chain([&requirement, &owned_requirement]),
    );
    let counted = counting(facts, &cases);
    let (satisfied, missing) =
        satisfaction(facts, question, &cases, &aspects, &supply, counted.as_ref());
    let grade = cases
        .iter()
        .map(|case| case.result.grade)
        .min()
        .unwrap_or(Grade::Inferred);
    let behind = claims_behind(&cases);
    let because_of = behind
        .iter()
        .filter(|(_, claim_grade)| *claim_grade == grade)
        .map(|(id, _)| *id)
        .collect();
    let claim_ids: Vec<ClaimId> = behind.iter().map(|(id, _)| *id).collect();
    let need = Need {
        subject,
        asked_by,
        verdict,
        because: cases
            .iter()
            .find_map(|case| case.result.because)
            .filter(|_| verdict == Verdict::Unavailable),
        alternatives: alternatives(knowledge, &requirement, &claim_ids),
        opened_by: supply.opened_by(knowledge, &requirement, question.segment),
        satisfied,
        missing,
        obligations: union(
            cases
                .iter()
                .flat_map(|case| case.result.obligations.iter().copied()),
        ),
        counted,
        certainty: Certainty {
            grade,
            because: because_of,
        },
        effective: effective(knowledge, &claim_ids),
        overridden: overridden(facts, question.reading, &cases),
        unattested: unattested(knowledge, &cases),
        conflicts: conflicts(facts, &cases, &lines),
        depends_on: depends_on(facts, &cases, &relevant),
        claims: claim_ids,
        requirement,
        aspects,
    };
    Worked {
        need,
        relevant,
        cases,
        lines,
        supply,
    }
}

/// Sorted, each once.
pub(super) fn union<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<BTreeSet<T>>().into_iter().collect()
}

pub(super) fn line(aspect: Aspect, cases: &[Case<Resolved>]) -> AspectAnswer {
    let findings = || cases.iter().map(|case| &case.result.finding);
    let mut outcomes = union(findings().map(|finding| finding.outcome));
    let places = union(findings().filter_map(|finding| finding.place));
    let outcome = match (outcomes.len(), outcomes.pop()) {
        (1, Some(outcome)) if outcome == AspectOutcome::Contested || places.len() <= 1 => outcome,
        _ => AspectOutcome::Depends,
    };
    let requirement = all_of(
        findings()
            .map(|finding| finding.requirement.clone())
            .collect(),
    );
    let names_license =
        matches!(aspect, Aspect::Terms | Aspect::Works) || requirement != Requirement::Nothing;
    AspectAnswer {
        aspect,
        outcome,
        requirement: (names_license && outcome != AspectOutcome::NotStated).then_some(requirement),
        place: places.into_iter().min(),
        seats: findings().filter_map(|finding| finding.seats).max(),
        claims: union(
            cases
                .iter()
                .flat_map(|case| case.result.voices.iter().map(|voice| voice.claim)),
        ),
    }
}

/// The claims that count in some case, each with its grade there, by id.
fn claims_behind(cases: &[Case<Judged>]) -> Vec<(ClaimId, Grade)> {
    union(cases.iter().flat_map(|case| {
        let availability = &case.result.availability;
        let state = availability
            .claims
            .iter()
            .map(|(id, _)| id)
            .chain(&availability.awaited);
        let state = state.map(|id| (*id, availability.grade));
        state
            .chain(voices(&case.result).map(|voice| (voice.claim, voice.grade)))
            .collect::<Vec<_>>()
    }))
}

pub(super) fn voices(judged: &Judged) -> impl Iterator<Item = &Voice> {
    judged.aspects.iter().flat_map(|aspect| &aspect.voices)
}

/// Every leaf of the requirement with the first claim in the line of succession that named it.
fn alternatives(
    knowledge: &KnowledgeBase,
    requirement: &Requirement,
    claims: &[ClaimId],
) -> Vec<Alternative> {
    let mut line: BTreeSet<ClaimId> = BTreeSet::new();
    let mut queue = claims.to_vec();
    while let Some(id) = queue.pop() {
        if line.insert(id) {
            queue.extend(&knowledge.claims[id].supersedes);
        }
    }
    let mut leaves = Vec::new();
    requirement.each_leaf(&mut |leaf| {
        if leaf.demands() && *leaf != Requirement::Unnamed && !leaves.contains(leaf) {
            leaves.push(leaf.clone());
        }
    });
    leaves
        .into_iter()
        .map(|part| {
            let first = line
                .iter()
                .copied()
                .filter(|id| names(&knowledge.claims[*id], &part))
                .min_by_key(|id| (begins(knowledge.claims[*id].effective.from.as_ref()), *id));
            Alternative {
                since: first.and_then(|id| knowledge.claims[id].effective.from.clone()),
                claim: first,
                part,
            }
        })
        .collect()
}

fn names(claim: &Claim, part: &Requirement) -> bool {
    let requires = match &claim.kind {
        ClaimKind::Requirement {
            demand: Demand::Requires(requires),
            ..
        }
        | ClaimKind::Prerequisite { requires, .. } => requires,
        _ => return false,
    };
    let mut named = false;
    requires.each_leaf(&mut |leaf| named |= leaf == part);
    named
}

/// Orders beginnings: one that is open to the past counts as its known end, none at all as the oldest.
fn begins(from: Option<&Boundary>) -> Option<crate::model::Day> {
    from.and_then(|from| from.earliest().or(from.latest()))
}

/// The period in which the claims hold together.
pub(super) fn effective(knowledge: &KnowledgeBase, claims: &[ClaimId]) -> Period {
    let periods = || claims.iter().map(|id| &knowledge.claims[*id].effective);
    Period {
        from: periods()
            .filter_map(|period| period.from.clone())
            .max_by_key(|from| (begins(Some(from)), from.clone())),
        until: periods()
            .filter_map(|period| period.until.clone())
            .min_by_key(|until| (until.latest().or(until.earliest()), until.clone())),
    }
}

/// General claims that would count if no more specific one spoke.
fn overridden(facts: &Facts<'_>, reading: Reading, cases: &[Case<Judged>]) -> Vec<ClaimId> {
    union(cases.iter().flat_map(|case| {
        let world = World {
            facts,
            assumed: &case.assumed,
        };
        let out = case.result.aspects.iter().flat_map(|aspect| &aspect.out);
        out.filter(|(id, why)| {
            *why == Out::MoreGeneral
                && matches!(
                    world.status(*id, reading),
                    Ok(super::status::Status::Counts { .. })
                )
        })
        .map(|(id, _)| *id)
        .collect::<Vec<_>>()
    }))
}

fn unattested(knowledge: &KnowledgeBase, cases: &[Case<Judged>]) -> Vec<(ClaimId, Boundary)> {
    let claims = union(cases.iter().flat_map(|case| {
        let states = case
            .result
            .availability
            .claims
            .iter()
            .filter(|(_, attested)| !attested)
            .map(|(id, _)| *id);
        states
            .chain(
                voices(&case.result)
                    .filter(|voice| !voice.attested)
                    .map(|voice| voice.claim),
            )
            .collect::<Vec<_>>()
    }));
    claims
        .into_iter()
        .map(|id| {
            (
                id,
                knowledge.claims[id]
                    .effective
                    .from
                    .clone()
                    .unwrap_or_else(Boundary::unknown),
            )
        })
        .collect()
}
