//! What a verdict, or what it asks for, turns on: which unknowns to ask for, and what each answer would bring.

use super::cases::Case;
use super::judge::Judged;
use super::need::{requirement_of, union, verdict_of};
use super::world::Facts;
use crate::dataset::KnowledgeBase;
use crate::model::{
    Boundary, Claim, ClaimId, Condition, DependsOn, EdgeOf, GivenId, Outcome, Verdict,
};
use crate::proof::{Unknown, Value, value_words};

/// The unknowns on which the verdict or the license asked for turns, the most decisive first: those whose values settle
/// most, then those with fewest values.
pub(super) fn depends_on(
    facts: &Facts<'_>,
    cases: &[Case<Judged>],
    relevant: &[ClaimId],
) -> Vec<DependsOn> {
    let mut unknowns: Vec<&Unknown> = Vec::new();
    for assumption in cases.iter().flat_map(|case| &case.assumed) {
        if !unknowns.contains(&&assumption.unknown) {
            unknowns.push(&assumption.unknown);
        }
    }
    let mut found: Vec<(usize, DependsOn)> = Vec::new();
    for unknown in unknowns {
        let outcomes = outcomes(facts, cases, unknown);
        let turns = outcomes.iter().any(|outcome| {
            let first = &outcomes[0];
            (outcome.verdict, &outcome.requirement) != (first.verdict, &first.requirement)
        });
        if !turns {
            continue;
        }
        let settled = outcomes
            .iter()
            .filter(|outcome| outcome.verdict != Verdict::Depends)
            .count();
        let unsettled = outcomes.len() - settled;
        let (given, claim, boundary) = match unknown {
            Unknown::Given(given) => (
                Some(*given),
                asks_for(facts.knowledge, relevant, *given),
                None,
            ),
            Unknown::Comparison { given, boundary } => (
                Some(*given),
                asks_for(facts.knowledge, relevant, *given),
                Some((EdgeOf::Condition, boundary.clone())),
            ),
            Unknown::Edge { claim, edge } => (
                None,
                Some(*claim),
                boundary_at(&facts.knowledge.claims[*claim], *edge),
            ),
            Unknown::Role => (
                None,
                relevant
                    .iter()
                    .copied()
                    .find(|id| asks_for_role(&facts.knowledge.claims[*id])),
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
    let mut outcomes: Vec<(Vec<Value>, Outcome)> = Vec::new();
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
                if matches!(value, Value::Range(_))
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
            value: value_words(facts.knowledge, unknown, &values),
            ..outcome
        })
        .collect()
}

fn asks_for(knowledge: &KnowledgeBase, relevant: &[ClaimId], given: GivenId) -> Option<ClaimId> {
    relevant.iter().copied().find(|id| {
        let mut asks = false;
        if let Some(when) = &knowledge.claims[*id].when {
            when.each_leaf(&mut |leaf| {
                asks |= matches!(leaf, Condition::Given { given: asked, .. } if *asked == given);
            });
        }
        asks
    })
}

fn asks_for_role(claim: &Claim) -> bool {
    let mut asks = false;
    if let Some(when) = &claim.when {
        when.each_leaf(&mut |leaf| asks |= matches!(leaf, Condition::Role(_)));
    }
    asks
}

fn boundary_at(claim: &Claim, edge: EdgeOf) -> Option<(EdgeOf, Boundary)> {
    let boundary = match edge {
        EdgeOf::EffectiveFrom => &claim.effective.from,
        EdgeOf::EffectiveUntil => &claim.effective.until,
        EdgeOf::KnownFrom => &claim.known.from,
        EdgeOf::KnownUntil => &claim.known.until,
        EdgeOf::Condition => return None,
    };
    boundary.clone().map(|boundary| (edge, boundary))
}
