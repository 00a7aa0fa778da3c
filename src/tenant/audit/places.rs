//! Where the license for a need has to sit, and which sources say so.

use crate::dataset::KnowledgeBase;
use crate::model::{Aspect, AspectOutcome, ClaimId, ClaimKind, Demand, Need, Place};

/// Where a license has to sit for a need.
pub(super) struct Places {
    /// The strictest place that somebody asks for: it decides that a need is met.
    pub(super) strict: Place,
    /// The widest that somebody allows: it decides that a need is not met.
    pub(super) wide: Place,
    /// The claims that say so.
    pub(super) claims: Vec<ClaimId>,
}

/// Where the license for a need has to sit: as in an answer, a place that somebody disputes is neither.
pub(super) fn places(need: &Need) -> Places {
    let line = need.aspect(Aspect::Assigned);
    let claims = line.map(|line| line.claims.clone()).unwrap_or_default();
    let (strict, wide) = match line.map(|line| (line.outcome, line.place)) {
        Some((AspectOutcome::Stated, Some(place))) => (place, place),
        Some((AspectOutcome::Contested | AspectOutcome::Depends, place)) => {
            (place.unwrap_or(Place::Account), Place::Tenant)
        }
        _ => (Place::Account, Place::Person),
    };
    Places {
        strict,
        wide,
        claims,
    }
}

/// The claims behind a need that say that owning enough seats is enough.
pub(super) fn enough_owned(knowledge: &KnowledgeBase, need: &Need) -> Vec<ClaimId> {
    let claims = places(need).claims.into_iter();
    claims
        .filter(|claim| {
            matches!(
                &knowledge.claims[*claim].kind,
                ClaimKind::Requirement {
                    demand: Demand::Where(Place::Tenant),
                    ..
                }
            )
        })
        .collect()
}
