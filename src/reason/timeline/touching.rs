//! Every claim that touches what is asked about.

use super::super::{need, subjects_of};
use crate::dataset::{KnowledgeBase, claims_about};
use crate::model::{Asked, Boundary, Claim, ClaimId, Day, Named, Question};
use std::collections::BTreeSet;

/// The claims about everything that a question names, and those that decide its answer, in the order in which they begin;
/// those that nobody dates come first.
pub fn claims_touching(knowledge: &KnowledgeBase, question: &Question) -> Vec<ClaimId> {
    let mut claims: BTreeSet<ClaimId> = BTreeSet::new();
    for asked in &question.subjects {
        claims.extend(claims_about(
            knowledge,
            match asked {
                Asked::Role(role) => Named::Role(*role),
                Asked::Task(task) => Named::Task(*task),
                Asked::Feature(feature) => Named::Feature(*feature),
                Asked::Sku(sku) => Named::Sku(*sku),
            },
        ));
    }
    for (subject, _) in subjects_of(knowledge, question) {
        claims.extend(need::relevant(knowledge, subject));
    }
    in_order(knowledge, claims)
}

/// Claims in the order in which they begin, then in which they became known, then by id.
pub(in crate::reason) fn in_order(
    knowledge: &KnowledgeBase,
    claims: BTreeSet<ClaimId>,
) -> Vec<ClaimId> {
    let mut claims: Vec<ClaimId> = claims.into_iter().collect();
    claims.sort_by(|a, b| {
        let key = |claim: &Claim| (begins(&claim.effective.from), begins(&claim.known.from));
        let (one, other) = (&knowledge.claims[*a], &knowledge.claims[*b]);
        (key(one), &one.id).cmp(&(key(other), &other.id))
    });
    claims
}

fn begins(from: &Option<Boundary>) -> Option<Day> {
    let from = from.as_ref()?;
    from.earliest().or(from.latest())
}

/// The days worth looking at: whole years from the first date that a claim names to the last, and the year asked about.
pub fn timeline_days(knowledge: &KnowledgeBase, claims: &[ClaimId], on: Day) -> (Day, Day) {
    let mut first = on;
    let mut last = on;
    for id in claims {
        let claim = &knowledge.claims[*id];
        let periods = [&claim.effective, &claim.known].into_iter();
        let ends = periods.flat_map(|period| [&period.from, &period.until]);
        for boundary in ends.flatten() {
            let edges = [Boundary::earliest(boundary), Boundary::latest(boundary)];
            for day in edges.into_iter().flatten() {
                first = first.min(day);
                last = last.max(day);
            }
        }
    }
    let year = |day: Day, month, of_month| Day::from_parts(day.parts().0, month, of_month);
    (
        year(first, 1, 1).unwrap_or(first),
        year(last, 12, 31).unwrap_or(last),
    )
}
