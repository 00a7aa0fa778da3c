//! Which claims speak about a thing, taken together over all kinds of claims.

use super::{KnowledgeBase, Topic};
use crate::model::{AreaId, ClaimId, ClaimKind, HeldThing, LimitOf, Named, RoleId, Subject};
use std::collections::BTreeSet;

/// Every claim that speaks about a thing, in the order of written ids.
///
/// For a task these are also the requirements made about its feature, its area and everything, since they speak about
/// every task of theirs.
pub fn claims_about(knowledge: &KnowledgeBase, thing: Named) -> Vec<ClaimId> {
    let mut topics = vec![Topic::NamesOf(thing)];
    match thing {
        Named::Role(role) => {
            return in_order(
                knowledge,
                [claims(knowledge, &topics), permitting(knowledge, role)].concat(),
            );
        }
        Named::Feature(feature) => topics.extend([
            Topic::Requirements(Subject::Feature(feature)),
            Topic::Lifecycle(Subject::Feature(feature)),
            Topic::Limits(Subject::Feature(feature)),
            Topic::GrantsOf(feature),
        ]),
        Named::Task(task) => {
            topics.push(Topic::Permissions(task));
            for subject in knowledge.subjects_of(task) {
                topics.extend([
                    Topic::Requirements(subject),
                    Topic::Lifecycle(subject),
                    Topic::Limits(subject),
                ]);
            }
        }
        Named::Sku(sku) => topics.extend([
            Topic::CarriedBy(sku),
            Topic::GrantedBy(HeldThing::Sku(sku)),
            Topic::PricesOf(sku),
            Topic::PrerequisitesOf(sku),
            Topic::SeatLimitsOf(sku),
            Topic::SalesOf(sku),
        ]),
        Named::Plan(plan) => topics.extend([
            Topic::CarriersOf(plan),
            Topic::GrantedBy(HeldThing::Plan(plan)),
            Topic::CoversOf(plan),
            Topic::CoveringOf(plan),
            Topic::ExclusionsOf(plan),
        ]),
    }
    in_order(knowledge, claims(knowledge, &topics))
}

fn claims(knowledge: &KnowledgeBase, topics: &[Topic]) -> Vec<ClaimId> {
    let lists = topics.iter().flat_map(|topic| knowledge.about(*topic));
    lists.copied().collect()
}

/// Permissions that name a role.
fn permitting(knowledge: &KnowledgeBase, role: RoleId) -> Vec<ClaimId> {
    knowledge
        .claims
        .iter()
        .filter(|(id, _)| knowledge.has(*id))
        .filter_map(|(id, claim)| match &claim.kind {
            ClaimKind::Permission { roles, .. } if roles.contains(&role) => Some(id),
            _ => None,
        })
        .collect()
}

fn in_order(knowledge: &KnowledgeBase, claims: Vec<ClaimId>) -> Vec<ClaimId> {
    let distinct: BTreeSet<ClaimId> = claims.into_iter().collect();
    let mut claims: Vec<ClaimId> = distinct.into_iter().collect();
    claims.sort_by(|a, b| knowledge.claims[*a].id.cmp(&knowledge.claims[*b].id));
    claims
}

/// Every declared dispute, once, with its two claims and the whole list in the order of written ids.
pub fn disputes(knowledge: &KnowledgeBase) -> Vec<(ClaimId, ClaimId)> {
    let mut pairs = BTreeSet::new();
    for (id, claim) in knowledge.claims.iter() {
        for other in claim.disputes.iter().filter(|other| knowledge.has(**other)) {
            if knowledge.has(id) {
                let written = |claim: ClaimId| knowledge.claims[claim].id.as_str();
                let (first, second) = if written(id) <= written(*other) {
                    (id, *other)
                } else {
                    (*other, id)
                };
                pairs.insert((written(first), written(second), first, second));
            }
        }
    }
    pairs
        .into_iter()
        .map(|(_, _, first, second)| (first, second))
        .collect()
}

/// The areas that a claim belongs to: those of the features and tasks that it speaks about. Claims about SKUs, plans,
/// prices and roles belong to none.
pub fn areas_of(knowledge: &KnowledgeBase, claim: ClaimId) -> BTreeSet<AreaId> {
    let of_subject = |subject: &Subject| match subject {
        Subject::Task(task) => Some(knowledge.tasks[*task].area),
        Subject::Feature(feature) => Some(knowledge.features[*feature].area),
        Subject::Area(area) => Some(*area),
        Subject::Everything => None,
    };
    match &knowledge.claims[claim].kind {
        ClaimKind::Requirement { subjects, .. } => subjects.iter().filter_map(of_subject).collect(),
        ClaimKind::Lifecycle { subject, .. }
        | ClaimKind::Limit {
            of: LimitOf::Given { subject, .. },
            ..
        } => of_subject(subject).into_iter().collect(),
        ClaimKind::Permission { task, .. } => BTreeSet::from([knowledge.tasks[*task].area]),
        ClaimKind::Grant { feature, .. }
        | ClaimKind::Name {
            of: Named::Feature(feature),
            ..
        } => BTreeSet::from([knowledge.features[*feature].area]),
        ClaimKind::Name {
            of: Named::Task(task),
            ..
        } => BTreeSet::from([knowledge.tasks[*task].area]),
        _ => BTreeSet::new(),
    }
}
