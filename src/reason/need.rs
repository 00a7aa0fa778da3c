//! From the cases of a task to its need: what holds in all of them, and what turns on which unknown.

use super::aspect::{Resolved, Voice, all_of};
use super::cases::{Case, explore};
use super::judge::Judged;
use super::supply::{Supply, holdings, is_done, worst};
use super::world::{Facts, World};
use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{
    Alternative, Asked, Aspect, AspectAnswer, AspectOutcome, Boundary, Certainty, Claim, ClaimId,
    ClaimKind, Conflict, Counted, Counting, Demand, DependsOn, EdgeOf, GivenId, GivenValue, Grade,
    Need, NeedSubject, Outcome, Period, Place, Question, Reading, Requirement, Satisfied, Verdict,
};
use crate::proof::{Out, Unknown, value_words};
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
pub(super) fn relevant(kb: &KnowledgeBase, subject: NeedSubject) -> Vec<ClaimId> {
    let topics: Vec<Topic> = match subject {
        NeedSubject::Task(task) => kb
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
        .flat_map(|topic| kb.about(topic))
        .copied()
        .collect();
    while let Some(claim) = queue.pop() {
        if found.insert(claim) {
            queue.extend(kb.about(Topic::RelationsTo(claim)));
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

/// What has to be held to be safe in every case: the dearer outcome counts.
pub(super) fn requirement_of(cases: &[Case<Judged>]) -> Requirement {
    all_of(
        cases
            .iter()
            .map(|case| case.result.requirement.clone())
            .collect(),
    )
}

/// Works out one need.
pub(super) fn work_out(
    facts: &Facts<'_>,
    question: &Question,
    subject: NeedSubject,
    asked_by: Vec<Asked>,
) -> Worked {
    let kb = facts.kb;
    let relevant = relevant(kb, subject);
    let cases = cases_of(facts, subject, &relevant, question.reading);
    let lines: Vec<Vec<Case<Resolved>>> = match subject {
        NeedSubject::Task(task) => Aspect::ALL
            .iter()
            .map(|aspect| {
                explore(facts, &relevant, &|world: &World<'_>| {
                    world.resolve(task, *aspect, question.reading)
                })
            })
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
        kb,
        facts.moment,
        cases
            .iter()
            .map(|case| &case.result.requirement)
            .chain([&requirement, &owned_requirement]),
    );
    let counted = counting(facts, &cases);
    let (satisfied, missing) = satisfaction(facts, question, &cases, &aspects, &supply);
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
        alternatives: alternatives(kb, &requirement, &claim_ids),
        opened_by: supply.opened_by(kb, &requirement, question.segment),
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
        effective: effective(kb, &claim_ids),
        overridden: overridden(facts, question.reading, &cases),
        unattested: unattested(kb, &cases),
        conflicts: conflicts(facts, &cases, &lines),
        depends_on: if verdict == Verdict::Depends {
            depends_on(facts, &cases, &relevant)
        } else {
            Vec::new()
        },
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

fn union<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<BTreeSet<T>>().into_iter().collect()
}

fn line(aspect: Aspect, cases: &[Case<Resolved>]) -> AspectAnswer {
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

fn voices(judged: &Judged) -> impl Iterator<Item = &Voice> {
    judged.aspects.iter().flat_map(|aspect| &aspect.voices)
}

fn counting(facts: &Facts<'_>, cases: &[Case<Judged>]) -> Option<Counting> {
    let rules = cases
        .iter()
        .flat_map(|case| voices(&case.result))
        .filter_map(|voice| {
            let demands = matches!(&voice.demand, Demand::Requires(requires) if requires.demands());
            voice
                .counted
                .as_ref()
                .filter(|_| demands)
                .map(|counted| count(facts, voice.claim, counted))
        });
    // Where sources count differently the dearer number counts; the conflict is shown.
    rules.max_by(|a, b| (a.number, b.claim).cmp(&(b.number, a.claim)))
}

fn count(facts: &Facts<'_>, claim: ClaimId, counted: &Counted) -> Counting {
    let mut over = Vec::new();
    let mut unstated = Vec::new();
    for given in &counted.over {
        match facts.givens.get(given) {
            Some(GivenValue::Count(number)) => over.push((*given, *number)),
            _ => unstated.push(*given),
        }
    }
    let population = if over.is_empty() {
        1
    } else {
        over.iter()
            .fold(0u64, |sum, (_, number)| sum.saturating_add(*number))
    };
    Counting {
        per: counted.per,
        number: seats(population, counted.each, counted.first),
        at_least: !over.is_empty() && !unstated.is_empty(),
        over,
        unstated,
        each: counted.each,
        first: counted.first,
        claim,
    }
}

/// So many seats for every so many counted, rounded up; the first one may count differently.
fn seats(population: u64, (seats, every): (u64, u64), first: Option<u64>) -> u64 {
    let of = |number: u64| number.saturating_mul(seats).div_ceil(every.max(1));
    match first {
        Some(first) if population > 0 => first.saturating_add(of(population - 1)),
        _ => of(population),
    }
}

/// Whether the holdings satisfy the need in every case, wherever the license may have to sit.
fn satisfaction(
    facts: &Facts<'_>,
    question: &Question,
    cases: &[Case<Judged>],
    aspects: &[AspectAnswer],
    supply: &Supply,
) -> (Satisfied, Vec<Requirement>) {
    let done = |given: GivenId| is_done(facts, given);
    let assigned = aspects.iter().find(|line| line.aspect == Aspect::Assigned);
    // The strictest place that somebody asks for decides "yes", the widest that somebody allows decides "no".
    let (strict, wide) = match assigned.map(|line| (line.outcome, line.place)) {
        Some((AspectOutcome::Stated, Some(place))) => (place, place),
        Some((AspectOutcome::Contested | AspectOutcome::Depends, place)) => {
            (place.unwrap_or(Place::Account), Place::Tenant)
        }
        _ => (Place::Account, Place::Person),
    };
    let here = holdings(question, strict);
    let anywhere = holdings(question, wide);
    let mut satisfied = worst(cases.iter().map(|case| {
        let judged = &case.result;
        match judged.verdict {
            Verdict::Unavailable => Satisfied::No,
            Verdict::NotStated => Satisfied::Unknown,
            Verdict::NotRequired => Satisfied::Yes,
            Verdict::Required | Verdict::Contested | Verdict::Depends => {
                match supply.meets(&judged.requirement, &here, &done) {
                    Satisfied::Yes => Satisfied::Yes,
                    // The side that asks for nothing may be right.
                    _ if judged.verdict == Verdict::Contested => Satisfied::Unknown,
                    _ => match supply.meets(&judged.requirement, &anywhere, &done) {
                        Satisfied::No => Satisfied::No,
                        _ => Satisfied::Unknown,
                    },
                }
            }
        }
    }));
    // One case satisfied and another not is "unknown", not "no".
    let is_mixed = satisfied == Satisfied::No
        && cases.iter().any(|case| match case.result.verdict {
            Verdict::NotRequired => true,
            Verdict::Unavailable | Verdict::NotStated => false,
            _ => supply.meets(&case.result.requirement, &anywhere, &done) != Satisfied::No,
        });
    if is_mixed {
        satisfied = Satisfied::Unknown;
    }
    let mut missing = supply.missing(&requirement_of(cases), &here, &done);
    if let Some(owned) = aspects
        .iter()
        .find(|line| line.aspect == Aspect::Owned && line.outcome == AspectOutcome::Stated)
        && let Some(of) = &owned.requirement
        && !cases
            .iter()
            .all(|case| case.result.verdict == Verdict::Unavailable)
    {
        let tenant = holdings(question, Place::Tenant);
        let runs = supply.meets(of, &tenant, &done);
        satisfied = worst([satisfied, runs].into_iter());
        missing.extend(
            supply
                .missing(of, &tenant, &done)
                .into_iter()
                .filter(|part| !missing.contains(part))
                .collect::<Vec<_>>(),
        );
    }
    (satisfied, missing)
}

/// Every leaf of the requirement with the first claim in the line of succession that named it.
fn alternatives(
    kb: &KnowledgeBase,
    requirement: &Requirement,
    claims: &[ClaimId],
) -> Vec<Alternative> {
    let mut line: BTreeSet<ClaimId> = BTreeSet::new();
    let mut queue = claims.to_vec();
    while let Some(id) = queue.pop() {
        if line.insert(id) {
            queue.extend(&kb.claims[id].supersedes);
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
                .filter(|id| names(&kb.claims[*id], &part))
                .min_by_key(|id| (begins(kb.claims[*id].effective.from.as_ref()), *id));
            Alternative {
                since: first.and_then(|id| kb.claims[id].effective.from.clone()),
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
fn effective(kb: &KnowledgeBase, claims: &[ClaimId]) -> Period {
    let periods = || claims.iter().map(|id| &kb.claims[*id].effective);
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

fn unattested(kb: &KnowledgeBase, cases: &[Case<Judged>]) -> Vec<(ClaimId, Boundary)> {
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
                kb.claims[id]
                    .effective
                    .from
                    .clone()
                    .unwrap_or_else(Boundary::unknown),
            )
        })
        .collect()
}

/// Claims that disagree: voices with different content, and voices disputed by a claim that only its dates put out.
fn conflicts(
    facts: &Facts<'_>,
    cases: &[Case<Judged>],
    lines: &[Vec<Case<Resolved>>],
) -> Vec<Conflict> {
    let kb = facts.kb;
    let mut found = BTreeSet::new();
    for resolved in lines.iter().flatten().map(|case| &case.result) {
        let differ = resolved.voices.iter().any(|voice| {
            resolved.voices.first().is_some_and(|first| {
                (&first.demand, &first.counted) != (&voice.demand, &voice.counted)
            })
        });
        if differ {
            found.insert(Conflict {
                aspect: Some(resolved.aspect),
                claims: resolved.voices.iter().map(|voice| voice.claim).collect(),
            });
        }
        for voice in &resolved.voices {
            for (other, _) in resolved.out.iter().filter(|(_, out)| is_by_date(out)) {
                if kb.claims[voice.claim].disputes.contains(other)
                    || kb.claims[*other].disputes.contains(&voice.claim)
                {
                    let mut claims = vec![voice.claim, *other];
                    claims.sort_unstable();
                    found.insert(Conflict {
                        aspect: Some(resolved.aspect),
                        claims,
                    });
                }
            }
        }
    }
    for availability in cases.iter().map(|case| &case.result.availability) {
        for (id, _) in &availability.claims {
            let others = availability.claims.iter().map(|(other, _)| *other);
            let by_date = availability
                .out
                .iter()
                .filter(|(_, out)| is_by_date(out))
                .map(|(other, _)| *other);
            for other in others.chain(by_date) {
                if kb.claims[*id].disputes.contains(&other)
                    || kb.claims[other].disputes.contains(id)
                {
                    let mut claims = vec![*id, other];
                    claims.sort_unstable();
                    found.insert(Conflict {
                        aspect: None,
                        claims,
                    });
                }
            }
        }
    }
    merged(found)
}

/// Conflicts about one aspect that share a claim are one conflict.
fn merged(found: BTreeSet<Conflict>) -> Vec<Conflict> {
    let mut groups: Vec<(Option<Aspect>, BTreeSet<ClaimId>)> = Vec::new();
    for conflict in found {
        let mut claims: BTreeSet<ClaimId> = conflict.claims.into_iter().collect();
        let (touching, rest): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(aspect, group)| *aspect == conflict.aspect && !group.is_disjoint(&claims));
        groups = rest;
        claims.extend(touching.into_iter().flat_map(|(_, group)| group));
        groups.push((conflict.aspect, claims));
    }
    groups.sort();
    let conflicts = groups.into_iter();
    conflicts
        .map(|(aspect, claims)| Conflict {
            aspect,
            claims: claims.into_iter().collect(),
        })
        .collect()
}

fn is_by_date(out: &Out) -> bool {
    matches!(
        out,
        Out::NotYetKnown | Out::NotYetEffective | Out::Ended | Out::Withdrawn
    )
}

/// The unknowns on which the verdict turns, the most decisive first: those whose values settle most, then those with
/// fewest values.
fn depends_on(facts: &Facts<'_>, cases: &[Case<Judged>], relevant: &[ClaimId]) -> Vec<DependsOn> {
    let mut unknowns: Vec<&Unknown> = Vec::new();
    for assumption in cases.iter().flat_map(|case| &case.assumed) {
        if !unknowns.contains(&&assumption.unknown) {
            unknowns.push(&assumption.unknown);
        }
    }
    let mut found: Vec<(usize, DependsOn)> = Vec::new();
    for unknown in unknowns {
        let outcomes = outcomes(facts, cases, unknown);
        let turns = outcomes
            .iter()
            .any(|outcome| outcome.verdict != outcomes[0].verdict);
        if !turns {
            continue;
        }
        let settled = outcomes
            .iter()
            .filter(|outcome| outcome.verdict != Verdict::Depends)
            .count();
        let unsettled = outcomes.len() - settled;
        let (given, claim, boundary) = match unknown {
            Unknown::Given(given) => (Some(*given), asks_for(facts.kb, relevant, *given), None),
            Unknown::Comparison { given, boundary } => (
                Some(*given),
                asks_for(facts.kb, relevant, *given),
                Some((EdgeOf::Condition, boundary.clone())),
            ),
            Unknown::Edge { claim, edge } => (
                None,
                Some(*claim),
                boundary_at(&facts.kb.claims[*claim], *edge),
            ),
            Unknown::Role => (
                None,
                relevant
                    .iter()
                    .copied()
                    .find(|id| asks_for_role(&facts.kb.claims[*id])),
                None,
            ),
        };
        let Some(claim) = claim else { continue };
        found.push((
            unsettled,
            DependsOn {
                given,
                claim,
                boundary,
                outcomes,
            },
        ));
    }
    found.sort_by_key(|(unsettled, depends)| {
        (
            *unsettled,
            depends.outcomes.len(),
            depends.given,
            depends.claim,
        )
    });
    found.into_iter().map(|(_, depends)| depends).collect()
}

fn outcomes(facts: &Facts<'_>, cases: &[Case<Judged>], unknown: &Unknown) -> Vec<Outcome> {
    let value_in = |case: &Case<Judged>| {
        case.assumed
            .iter()
            .find(|assumption| assumption.unknown == *unknown)
            .map(|assumption| assumption.value.clone())
    };
    let values = union(cases.iter().filter_map(value_in));
    let mut outcomes: Vec<(Vec<crate::proof::Value>, Outcome)> = Vec::new();
    for value in values {
        let fitting: Vec<Case<Judged>> = cases
            .iter()
            .filter(|case| value_in(case).is_none_or(|assumed| assumed == value))
            .cloned()
            .collect();
        let verdict = verdict_of(&fitting);
        let requirement = requirement_of(&fitting);
        // Neighboring ranges with one outcome are told as one.
        match outcomes.last_mut() {
            Some((values, last))
                if matches!(value, crate::proof::Value::Range(_))
                    && last.verdict == verdict
                    && last.requirement == requirement =>
            {
                values.push(value);
            }
            _ => outcomes.push((
                vec![value],
                Outcome {
                    value: String::new(),
                    verdict,
                    requirement,
                },
            )),
        }
    }
    outcomes
        .into_iter()
        .map(|(values, outcome)| Outcome {
            value: value_words(facts.kb, unknown, &values),
            ..outcome
        })
        .collect()
}

fn asks_for(kb: &KnowledgeBase, relevant: &[ClaimId], given: GivenId) -> Option<ClaimId> {
    relevant.iter().copied().find(|id| {
        let mut asks = false;
        if let Some(when) = &kb.claims[*id].when {
            when.each_leaf(&mut |leaf| {
                asks |= matches!(leaf, crate::model::Condition::Given { given: asked, .. } if *asked == given);
            });
        }
        asks
    })
}

fn asks_for_role(claim: &Claim) -> bool {
    let mut asks = false;
    if let Some(when) = &claim.when {
        when.each_leaf(&mut |leaf| asks |= matches!(leaf, crate::model::Condition::Role(_)));
    }
    asks
}

pub(super) fn boundary_at(claim: &Claim, edge: EdgeOf) -> Option<(EdgeOf, Boundary)> {
    let boundary = match edge {
        EdgeOf::EffectiveFrom => &claim.effective.from,
        EdgeOf::EffectiveUntil => &claim.effective.until,
        EdgeOf::KnownFrom => &claim.known.from,
        EdgeOf::KnownUntil => &claim.known.until,
        EdgeOf::Condition => return None,
    };
    boundary.clone().map(|boundary| (edge, boundary))
}
