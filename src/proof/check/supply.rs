//! What provides what, and whether a basket meets the needs, worked out a second time.

use super::world::Given;
use super::{Checked, demand};
use crate::dataset::Topic;
use crate::model::{
    Answer, Basket, ClaimId, ClaimKind, HeldThing, Money, Place, PlanId, Question, Requirement,
    SkuId, Verdict,
};
use std::collections::BTreeSet;

/// Whether a SKU provides a leaf: surely, perhaps, or not at all.
pub(super) fn provides(world: &Given<'_>, sku: SkuId, leaf: &Requirement) -> Option<bool> {
    let surely = reach(world, sku, leaf, &|world, claims| {
        link(world, claims) == Some(true)
    });
    let perhaps = reach(world, sku, leaf, &|world, claims| {
        link(world, claims).is_some()
    });
    if surely {
        Some(true)
    } else {
        perhaps.then_some(false)
    }
}

/// Whether these claims alone lead from the SKU to the leaf.
pub(super) fn provides_by(
    world: &Given<'_>,
    sku: SkuId,
    leaf: &Requirement,
    claims: &[ClaimId],
) -> bool {
    reach(world, sku, leaf, &|_, linking| {
        linking.iter().any(|claim| claims.contains(claim))
    })
}

/// Every claim that may link something on the way.
pub(super) fn links(world: &Given<'_>, _sku: SkuId, _leaf: &Requirement) -> BTreeSet<ClaimId> {
    let is_link = |kind: &ClaimKind| {
        matches!(
            kind,
            ClaimKind::Inclusion { .. } | ClaimKind::Cover { .. } | ClaimKind::Grant { .. }
        )
    };
    world
        .kb
        .claims
        .iter()
        .filter(|(id, claim)| world.kb.has(*id) && is_link(&claim.kind))
        .map(|(id, _)| id)
        .collect()
}

type Accept<'a> = &'a dyn Fn(&Given<'_>, &[ClaimId]) -> bool;

fn reach(world: &Given<'_>, sku: SkuId, leaf: &Requirement, accept: Accept<'_>) -> bool {
    match leaf {
        Requirement::Sku(other) => sku == *other,
        Requirement::Plan(plan) => reach_plan(world, sku, *plan, accept, &mut BTreeSet::new()),
        Requirement::Feature(feature) => {
            let grants = world.kb.about(Topic::GrantsOf(*feature));
            let ways = grants
                .iter()
                .flat_map(|claim| match &world.kb.claims[*claim].kind {
                    ClaimKind::Grant { by, .. } => by.clone(),
                    _ => Vec::new(),
                });
            let ways: BTreeSet<HeldThing> = ways.collect();
            ways.into_iter().any(|way| {
                let linking: Vec<ClaimId> = grants
                    .iter()
                    .copied()
                    .filter(|claim| matches!(&world.kb.claims[*claim].kind, ClaimKind::Grant { by, .. } if by.contains(&way)))
                    .collect();
                accept(world, &linking)
                    && match way {
                        HeldThing::Sku(other) => other == sku,
                        HeldThing::Plan(plan) => reach_plan(world, sku, plan, accept, &mut BTreeSet::new()),
                    }
            })
        }
        _ => false,
    }
}

fn reach_plan(
    world: &Given<'_>,
    sku: SkuId,
    plan: PlanId,
    accept: Accept<'_>,
    met: &mut BTreeSet<PlanId>,
) -> bool {
    if !met.insert(plan) {
        return false;
    }
    let carriers = world.kb.about(Topic::CarriersOf(plan)).iter().copied();
    let carrying: Vec<ClaimId> = carriers
        .filter(|claim| matches!(world.kb.claims[*claim].kind, ClaimKind::Inclusion { sku: by, .. } if by == sku))
        .collect();
    if !carrying.is_empty() && accept(world, &carrying) {
        return true;
    }
    let higher: BTreeSet<PlanId> = world
        .kb
        .about(Topic::CoveringOf(plan))
        .iter()
        .filter_map(|claim| {
            if let ClaimKind::Cover { plan, .. } = world.kb.claims[*claim].kind {
                Some(plan)
            } else {
                None
            }
        })
        .collect();
    higher.into_iter().any(|higher| {
        let covering: Vec<ClaimId> = world
            .kb
            .about(Topic::CoveringOf(plan))
            .iter()
            .copied()
            .filter(|claim| matches!(world.kb.claims[*claim].kind, ClaimKind::Cover { plan, .. } if plan == higher))
            .collect();
        accept(world, &covering) && reach_plan(world, sku, higher, accept, met)
    })
}

/// Whether the claims about one link hold: surely, perhaps, or not at all. Without a condition the asker could settle,
/// dates and disputes alone leave a doubt.
fn link(world: &Given<'_>, claims: &[ClaimId]) -> Option<bool> {
    let mut surely = false;
    let mut present = false;
    let mut doubt = false;
    for id in claims {
        let is_ended = world.kb.about(Topic::RelationsTo(*id)).iter().any(|newer| {
            world.kb.claims[*newer].supersedes.contains(id)
                && world.is_there(*newer) == Some(true)
                && world.is_replaced(*newer) != Some(true)
        });
        if world.is_replaced(*id) == Some(true) || is_ended {
            continue;
        }
        let disputed = claims.iter().any(|other| {
            other != id
                && (world.kb.claims[*id].disputes.contains(other)
                    || world.kb.claims[*other].disputes.contains(id))
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
    match requirement {
        Requirement::Nothing => true,
        Requirement::Unnamed => false,
        Requirement::Given(given) => {
            world.question.givens.get(given) != Some(&crate::model::GivenValue::Truth(false))
        }
        Requirement::All(parts) => parts.iter().all(|part| meets(world, part, skus)),
        Requirement::Any(parts) => parts.iter().any(|part| match part {
            Requirement::Given(given) => {
                world.question.givens.get(given) == Some(&crate::model::GivenValue::Truth(true))
            }
            part => meets(world, part, skus),
        }),
        leaf => skus
            .iter()
            .any(|sku| provides(world, *sku, leaf) == Some(true)),
    }
}

/// A basket meets every need that demands something, brings what its SKUs need beside them, and costs what it says.
pub(super) fn check_basket(world: &Given<'_>, answer: &Answer, basket: &Basket) -> Checked {
    let skus: BTreeSet<SkuId> = basket
        .items
        .iter()
        .map(|item| item.sku)
        .chain(world.question.held.iter().copied())
        .collect();
    for need in &answer.needs {
        let demands = matches!(
            need.verdict,
            Verdict::Required | Verdict::Contested | Verdict::Depends
        );
        let names_license =
            super::world::asks_for_license(&need.requirement) && !has_unnamed(&need.requirement);
        demand(
            !demands || !names_license || meets(world, &need.requirement, &skus),
            "the basket does not meet a need",
        )?;
    }
    let mut total = Some(Money::ZERO);
    for item in &basket.items {
        if item.held {
            demand(
                world.question.held.contains(&item.sku),
                "an item is said to be held and is not",
            )?;
            continue;
        }
        for id in world.kb.about(Topic::PrerequisitesOf(item.sku)) {
            if let ClaimKind::Prerequisite { requires, .. } = &world.kb.claims[*id].kind
                && world.is_there(*id) != Some(false)
            {
                demand(
                    meets(world, requires, &skus),
                    "an item lacks what it needs beside it",
                )?;
            }
        }
        let limits = world.kb.about(Topic::SeatLimitsOf(item.sku)).iter();
        let exceeded = limits.filter(|id| world.is_there(**id) == Some(true) && world.is_replaced(**id) != Some(true)).any(
            |id| matches!(world.kb.claims[*id].kind, ClaimKind::Limit { at_most, .. } if item.quantity > at_most),
        );
        demand(!exceeded, "more seats than a tenant may have")?;
        let price = item.price.map(|claim| &world.kb.claims[claim].kind);
        let Some(ClaimKind::Price {
            sku,
            amount,
            currency,
            ..
        }) = price
        else {
            return Err("an item has no price".to_owned());
        };
        demand(
            *sku == item.sku && *currency == basket.currency,
            "the price is of another SKU or in another currency",
        )?;
        demand(item.unit_price == Some(*amount), "the price is another")?;
        demand(
            item.price
                .is_some_and(|claim| world.is_there(claim) != Some(false)),
            "the price does not hold that day",
        )?;
        total = total.and_then(|sum| sum.plus(amount.times(item.quantity)?));
    }
    demand(basket.total == total, "the total is another")
}

fn has_unnamed(requirement: &Requirement) -> bool {
    let mut found = false;
    requirement.each_leaf(&mut |leaf| found |= *leaf == Requirement::Unnamed);
    found
}
