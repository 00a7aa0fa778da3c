//! What provides what, worked out a second time.

use super::world::Given;
use super::{Checked, demand};
use crate::dataset::Topic;
use crate::model::{
    ClaimId, ClaimKind, GivenValue, HeldThing, Place, PlanId, Question, Requirement, SkuId,
};
use std::collections::BTreeSet;

/// Plans that are switched off on the account.
pub(super) type Off = BTreeSet<PlanId>;

/// Whether a SKU provides a leaf: surely, perhaps, or not at all.
pub(super) fn provides(world: &Given<'_>, sku: SkuId, leaf: &Requirement) -> Option<bool> {
    let walk = |accept: &dyn Fn(&[ClaimId]) -> bool| {
        Walk {
            world,
            sku,
            off: &Off::new(),
            accept,
        }
        .reaches(leaf)
    };
    if walk(&|claims| link(world, claims) == Some(true)) {
        return Some(true);
    }
    walk(&|claims| link(world, claims).is_some()).then_some(false)
}

/// Whether these claims alone lead from the SKU to the leaf.
pub(super) fn provides_by(
    world: &Given<'_>,
    sku: SkuId,
    leaf: &Requirement,
    claims: &[ClaimId],
) -> bool {
    let accept = |linking: &[ClaimId]| linking.iter().any(|claim| claims.contains(claim));
    Walk {
        world,
        sku,
        off: &Off::new(),
        accept: &accept,
    }
    .reaches(leaf)
}

/// Whether a claim can link something on the way.
pub(super) fn is_link(kind: &ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Inclusion { .. } | ClaimKind::Cover { .. } | ClaimKind::Grant { .. }
    )
}

/// A walk from what is wanted back to a SKU, over links that are accepted.
struct Walk<'a> {
    world: &'a Given<'a>,
    sku: SkuId,
    off: &'a Off,
    accept: &'a dyn Fn(&[ClaimId]) -> bool,
}

impl Walk<'_> {
    fn reaches(&self, leaf: &Requirement) -> bool {
        match leaf {
            Requirement::Sku(other) => self.sku == *other,
            Requirement::Plan(plan) => self.reaches_plan(*plan, &mut BTreeSet::new()),
            Requirement::Feature(feature) => {
                let grants = self.world.knowledge.about(Topic::GrantsOf(*feature));
                let things = grants.iter().flat_map(|claim| {
                    match &self.world.knowledge.claims[*claim].kind {
                        ClaimKind::Grant { by, .. } => by.clone(),
                        _ => Vec::new(),
                    }
                });
                let things: BTreeSet<HeldThing> = things.collect();
                things.into_iter().any(|thing| {
                    self.accepts(
                        grants,
                        |kind| matches!(kind, ClaimKind::Grant { by, .. } if by.contains(&thing)),
                    ) && match thing {
                        HeldThing::Sku(other) => other == self.sku,
                        HeldThing::Plan(plan) => self.reaches_plan(plan, &mut BTreeSet::new()),
                    }
                })
            }
            _ => false,
        }
    }

    fn reaches_plan(&self, plan: PlanId, met: &mut BTreeSet<PlanId>) -> bool {
        if !met.insert(plan) {
            return false;
        }
        let carriers = self.world.knowledge.about(Topic::CarriersOf(plan));
        let carries =
            |kind: &ClaimKind| matches!(kind, ClaimKind::Inclusion { sku, .. } if *sku == self.sku);
        if !self.off.contains(&plan) && self.accepts(carriers, carries) {
            return true;
        }
        let covering = self.world.knowledge.about(Topic::CoveringOf(plan));
        let higher =
            covering
                .iter()
                .filter_map(|claim| match self.world.knowledge.claims[*claim].kind {
                    ClaimKind::Cover { plan, .. } => Some(plan),
                    _ => None,
                });
        let higher: BTreeSet<PlanId> = higher.collect();
        higher.into_iter().any(|higher| {
            self.accepts(
                covering,
                |kind| matches!(kind, ClaimKind::Cover { plan, .. } if *plan == higher),
            ) && self.reaches_plan(higher, met)
        })
    }

    /// Whether the link that some of these claims make is accepted.
    fn accepts(&self, claims: &[ClaimId], links: impl Fn(&ClaimKind) -> bool) -> bool {
        let linking: Vec<ClaimId> = claims
            .iter()
            .copied()
            .filter(|claim| links(&self.world.knowledge.claims[*claim].kind))
            .collect();
        !linking.is_empty() && (self.accept)(&linking)
    }
}

/// Whether the claims about one link hold: surely, perhaps, or not at all. Without a condition the asker could settle,
/// dates and disputes alone leave a doubt.
fn link(world: &Given<'_>, claims: &[ClaimId]) -> Option<bool> {
    let mut surely = false;
    let mut present = false;
    let mut doubt = false;
    for id in claims {
        let is_ended = world
            .knowledge
            .about(Topic::RelationsTo(*id))
            .iter()
            .any(|newer| {
                world.knowledge.claims[*newer].supersedes.contains(id)
                    && world.is_there(*newer) == Some(true)
                    && world.is_replaced(*newer) != Some(true)
            });
        if world.is_replaced(*id) == Some(true) || is_ended {
            continue;
        }
        let disputed = claims.iter().any(|other| {
            other != id
                && (world.knowledge.claims[*id].disputes.contains(other)
                    || world.knowledge.claims[*other].disputes.contains(id))
        });
        match world.is_there(*id) {
            Some(true) => {
                present = true;
                surely = true;
            }
            None => {
                present = true;
                doubt |= disputed;
            }
            Some(false) => doubt |= disputed,
        }
    }
    present.then_some(surely && !doubt)
}

/// The SKUs that count when a license may sit at `place`.
pub(super) fn held(question: &Question, place: Place) -> BTreeSet<SkuId> {
    let mut skus: BTreeSet<SkuId> = question.held.iter().copied().collect();
    if place != Place::Account {
        skus.extend(&question.held_elsewhere);
    }
    if place == Place::Tenant {
        skus.extend(
            question
                .owned
                .iter()
                .filter(|(_, seats)| **seats > 0)
                .map(|(sku, _)| *sku),
        );
    }
    skus
}

/// Whether SKUs surely meet a requirement; what is to be done is met unless stated undone.
pub(super) fn meets(world: &Given<'_>, requirement: &Requirement, skus: &BTreeSet<SkuId>) -> bool {
    meets_without(world, requirement, skus, &Off::new())
}

/// The same with plans switched off.
pub(super) fn meets_without(
    world: &Given<'_>,
    requirement: &Requirement,
    skus: &BTreeSet<SkuId>,
    off: &Off,
) -> bool {
    let stated =
        |given, value: bool| world.question.givens.get(given) == Some(&GivenValue::Truth(value));
    match requirement {
        Requirement::Nothing => true,
        Requirement::Unnamed => false,
        Requirement::Given(given) => !stated(given, false),
        Requirement::All(parts) => parts
            .iter()
            .all(|part| meets_without(world, part, skus, off)),
        Requirement::Any(parts) => parts.iter().any(|part| match part {
            Requirement::Given(given) => stated(given, true),
            part => meets_without(world, part, skus, off),
        }),
        leaf => {
            let accept = |claims: &[ClaimId]| link(world, claims) == Some(true);
            skus.iter().any(|sku| {
                Walk {
                    world,
                    sku: *sku,
                    off,
                    accept: &accept,
                }
                .reaches(leaf)
            })
        }
    }
}

/// No two plans of the SKUs that clash are both left on.
pub(super) fn check_exclusions(world: &Given<'_>, skus: &BTreeSet<SkuId>, off: &Off) -> Checked {
    let is_there =
        |id: ClaimId| world.is_there(id) != Some(false) && world.is_replaced(id) != Some(true);
    let carried = skus
        .iter()
        .flat_map(|sku| world.knowledge.about(Topic::CarriedBy(*sku)))
        .filter(|id| is_there(**id));
    let on: BTreeSet<PlanId> = carried
        .filter_map(|id| {
            if let ClaimKind::Inclusion { plan, .. } = world.knowledge.claims[*id].kind {
                Some(plan)
            } else {
                None
            }
        })
        .filter(|plan| !off.contains(plan))
        .collect();
    for (id, claim) in world.knowledge.claims.iter() {
        if let ClaimKind::Exclusion { plans } = &claim.kind
            && world.knowledge.has(id)
            && is_there(id)
        {
            demand(
                plans.iter().filter(|plan| on.contains(plan)).count() < 2,
                "two plans of the basket clash",
            )?;
        }
    }
    Ok(())
}
