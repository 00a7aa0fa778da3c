//! SKUs that may be taken: sold that day to this buyer, at a price, with what they need beside them.

use super::basket::{Prices, Want};
use super::price::{is_sold, seat_price};
use super::supply::Supply;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Presence, is_put_out, presence};
use crate::model::{ClaimKind, HeldThing, Money, PlanId, Question, Requirement, SeatPrice, SkuId};
use std::collections::BTreeSet;

/// A SKU that may be taken.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) sku: SkuId,
    pub(super) held: bool,
    pub(super) price: Option<SeatPrice>,
    /// Seats at least: as many as a need that it may meet asks for.
    pub(super) seats: u64,
    /// Per seat and month; nothing where it is held.
    pub(super) unit: Money,
    /// Plans that nobody asked for.
    pub(super) surplus: usize,
    /// What it needs beside it.
    pub(super) requires: Vec<Requirement>,
    /// The same as clauses that come with it.
    pub(super) prerequisites: Vec<Vec<SkuId>>,
}

impl Candidate {
    /// What it costs at least.
    pub(super) fn least(&self) -> Money {
        self.unit.times(self.seats).unwrap_or(self.unit)
    }
}

/// A SKU with what it costs and brings; none where it cannot be had.
pub(super) fn candidate(
    kb: &KnowledgeBase,
    question: &Question,
    moment: Moment,
    prices: Prices,
    sku: SkuId,
    seats: u64,
    asked: &BTreeSet<PlanId>,
) -> Option<Candidate> {
    let record = &kb.skus[sku];
    let held = question.held.contains(&sku);
    let is_frontline_worker = question.held.iter().any(|sku| kb.skus[*sku].frontline);
    if !held {
        let owned = question.owned.contains_key(&sku);
        let may_buy = record.segment == question.segment
            && is_sold(kb, moment, sku, owned)
            && (!record.frontline || is_frontline_worker);
        if !may_buy {
            return None;
        }
    }
    if exceeds_seat_limit(kb, moment, sku, seats) {
        return None;
    }
    let price =
        seat_price(kb, question, sku).filter(|price| prices == Prices::All || price.verified);
    let unit = if held { Money::ZERO } else { price?.amount };
    let mut requires_beside = Vec::new();
    let mut prerequisites = Vec::new();
    for id in kb.about(Topic::PrerequisitesOf(sku)) {
        let claim = &kb.claims[*id];
        // Restrictions count at any certainty and in doubt.
        if let (ClaimKind::Prerequisite { requires, .. }, Presence::Present { .. }) =
            (&claim.kind, presence(kb, claim, moment))
        {
            let supply = Supply::of(kb, moment, [requires]);
            prerequisites.extend(clauses_of(requires, &supply));
            requires_beside.push(requires.clone());
        }
    }
    Some(Candidate {
        sku,
        held,
        price,
        seats,
        unit,
        surplus: surplus(kb, moment, sku, asked),
        requires: requires_beside,
        prerequisites,
    })
}

/// Plans that the wants name, themselves or through a feature.
pub(super) fn asked_plans(kb: &KnowledgeBase, wants: &[Want]) -> BTreeSet<PlanId> {
    let mut asked = BTreeSet::new();
    for want in wants {
        want.requirement.each_leaf(&mut |leaf| match leaf {
            Requirement::Plan(plan) => {
                asked.insert(*plan);
            }
            Requirement::Feature(feature) => {
                for id in kb.about(Topic::GrantsOf(*feature)) {
                    if let ClaimKind::Grant { by, .. } = &kb.claims[*id].kind {
                        asked.extend(by.iter().filter_map(|thing| match thing {
                            HeldThing::Plan(plan) => Some(*plan),
                            HeldThing::Sku(_) => None,
                        }));
                    }
                }
            }
            _ => {}
        });
    }
    asked
}

/// Plans that a SKU carries that day and nobody asked for: the fewer, the less privilege.
fn surplus(kb: &KnowledgeBase, moment: Moment, sku: SkuId, asked: &BTreeSet<PlanId>) -> usize {
    let carried = kb.about(Topic::CarriedBy(sku)).iter().filter(|id| {
        matches!(
            presence(kb, &kb.claims[**id], moment),
            Presence::Present { .. }
        ) && !is_put_out(kb, **id, moment)
    });
    let plans: BTreeSet<PlanId> = carried
        .filter_map(|id| {
            if let ClaimKind::Inclusion { plan, .. } = kb.claims[*id].kind {
                Some(plan)
            } else {
                None
            }
        })
        .filter(|plan| !asked.contains(plan))
        .collect();
    plans.len()
}

/// Whether so many seats are more than a tenant may have. Restrictions count at any certainty and in doubt.
pub(super) fn exceeds_seat_limit(
    kb: &KnowledgeBase,
    moment: Moment,
    sku: SkuId,
    quantity: u64,
) -> bool {
    kb.about(Topic::SeatLimitsOf(sku)).iter().any(|id| {
        let claim = &kb.claims[*id];
        matches!(claim.kind, ClaimKind::Limit { at_most, .. } if quantity > at_most)
            && matches!(presence(kb, claim, moment), Presence::Present { .. })
            && !is_put_out(kb, *id, moment)
    })
}

/// A requirement as clauses: of each, one SKU must be chosen. Alternatives that are conjunctions are multiplied out;
/// they are short in the data. Only SKUs that surely provide count: in doubt the dearer outcome does.
pub(super) fn clauses_of(requirement: &Requirement, supply: &Supply) -> Vec<Vec<SkuId>> {
    match requirement {
        Requirement::Nothing | Requirement::Unnamed | Requirement::Given(_) => Vec::new(),
        Requirement::All(parts) => parts
            .iter()
            .flat_map(|part| clauses_of(part, supply))
            .collect(),
        Requirement::Any(parts) => {
            let mut product: Vec<Vec<SkuId>> = vec![Vec::new()];
            for part in parts.iter().filter(|part| part.demands()) {
                let clauses = clauses_of(part, supply);
                product = product
                    .iter()
                    .flat_map(|so_far| {
                        clauses.iter().map(move |clause| {
                            let mut both = so_far.clone();
                            both.extend(clause);
                            both.sort_unstable();
                            both.dedup();
                            both
                        })
                    })
                    .collect();
            }
            product
        }
        leaf => vec![
            supply
                .providers(leaf)
                .iter()
                .filter(|provider| provider.surely)
                .map(|provider| provider.sku)
                .collect(),
        ],
    }
}
