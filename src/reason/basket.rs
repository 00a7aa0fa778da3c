//! The cheapest set of SKUs that satisfies all needs, exactly.
//!
//! Weighted set cover with conditional clauses: a SKU with a prerequisite brings further clauses when it is chosen. A
//! depth-first search branches on the open clause with fewest candidates, forbids earlier siblings so that no set is met
//! twice, and prunes with the dearest of the cheapest candidates of the open clauses, which is a lower bound since one
//! SKU may meet them all.

use super::exclusion::to_switch_off;
use super::price::{ListPrice, is_sold, list_price};
use super::supply::Supply;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Presence, is_put_out, presence};
use crate::model::{
    Basket, BasketItem, ClaimId, ClaimKind, Money, OtherBasket, PlanId, Question, Requirement,
    SkuId,
};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that has to be met, for so many seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Want {
    pub(super) requirement: Requirement,
    pub(super) seats: u64,
}

/// A SKU that may be taken.
#[derive(Debug, Clone)]
struct Candidate {
    sku: SkuId,
    held: bool,
    price: Option<ListPrice>,
    quantity: u64,
    cost: Money,
    surplus: usize,
    /// What it needs beside it.
    requires: Vec<Requirement>,
    /// The same as clauses that come with it.
    prerequisites: Vec<Vec<SkuId>>,
}

/// What orders two sets: cost, then number of SKUs, then plans nobody asked for, then ids.
type Key = (Money, usize, usize, Vec<String>);

struct Search<'a> {
    kb: &'a KnowledgeBase,
    moment: Moment,
    held: &'a [SkuId],
    wants: &'a [Want],
    candidates: BTreeMap<SkuId, Candidate>,
    best: Option<(Key, Found)>,
}

/// A set that meets every want.
struct Found {
    skus: Vec<SkuId>,
    switch_off: Vec<PlanId>,
}

/// Whether only confirmed prices may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prices {
    All,
    Verified,
}

/// The cheapest set that meets every want.
///
/// # Errors
/// A sentence that says why there is none.
pub(super) fn cheapest(
    kb: &KnowledgeBase,
    question: &Question,
    supply: &Supply,
    wants: &[Want],
) -> Result<Option<Basket>, String> {
    let Some(basket) = solve(kb, question, supply, wants, Prices::All)? else {
        return Ok(None);
    };
    let mut basket = basket;
    if !basket.unverified_prices.is_empty()
        && let Ok(Some(other)) = solve(kb, question, supply, wants, Prices::Verified)
    {
        basket.instead.push(OtherBasket {
            why: "cheapest with confirmed prices only".to_owned(),
            items: other.items,
            total: other.total,
        });
    }
    Ok(Some(basket))
}

fn solve(
    kb: &KnowledgeBase,
    question: &Question,
    supply: &Supply,
    wants: &[Want],
    prices: Prices,
) -> Result<Option<Basket>, String> {
    let moment = Moment {
        on: question.on,
        known: question.known,
    };
    let mut clauses: Vec<(Vec<SkuId>, u64)> = Vec::new();
    for want in wants {
        for clause in clauses_of(&want.requirement, supply) {
            if clause.is_empty() {
                return Err(format!("no SKU provides {}", words(kb, &want.requirement)));
            }
            clauses.push((clause, want.seats));
        }
    }
    if clauses.is_empty() {
        return Ok(None);
    }
    let mut candidates = BTreeMap::new();
    let mut queue: Vec<SkuId> = clauses.iter().flat_map(|(skus, _)| skus).copied().collect();
    while let Some(sku) = queue.pop() {
        if candidates.contains_key(&sku) {
            continue;
        }
        let seats = clauses
            .iter()
            .filter(|(skus, _)| skus.contains(&sku))
            .map(|(_, seats)| *seats)
            .max()
            .unwrap_or(1);
        if let Some(candidate) = candidate(kb, question, moment, prices, sku, seats) {
            queue.extend(candidate.prerequisites.iter().flatten());
            candidates.insert(sku, candidate);
        }
    }
    let clauses: Vec<Vec<SkuId>> = clauses
        .into_iter()
        .map(|(skus, _)| {
            skus.into_iter()
                .filter(|sku| candidates.contains_key(sku))
                .collect()
        })
        .collect();
    let mut search = Search {
        kb,
        moment,
        held: &question.held,
        wants,
        candidates,
        best: None,
    };
    search.descend(&clauses, &mut Vec::new(), &BTreeSet::new());
    let Some((_, found)) = search.best else {
        return Err("no set of SKUs with a known price meets every need".to_owned());
    };
    let candidates = search.candidates;
    Ok(Some(basket_of(
        kb,
        question,
        &candidates,
        supply,
        wants,
        found,
    )))
}

fn basket_of(
    kb: &KnowledgeBase,
    question: &Question,
    candidates: &BTreeMap<SkuId, Candidate>,
    supply: &Supply,
    wants: &[Want],
    Found { skus, switch_off }: Found,
) -> Basket {
    let mut items: Vec<BasketItem> = skus
        .iter()
        .filter_map(|sku| candidates.get(sku))
        .map(|candidate| BasketItem {
            sku: candidate.sku,
            quantity: candidate.quantity,
            unit_price: if candidate.held {
                Some(Money::ZERO)
            } else {
                candidate.price.map(|price| price.amount)
            },
            price: candidate
                .price
                .filter(|_| !candidate.held)
                .map(|price| price.claim),
            held: candidate.held,
        })
        .collect();
    items.sort_by(|a, b| kb.skus[a.sku].id.cmp(&kb.skus[b.sku].id));
    let is_unverified = |sku: &SkuId| {
        candidates.get(sku).is_some_and(|candidate| {
            !candidate.held && candidate.price.is_some_and(|price| !price.verified)
        })
    };
    let unverified = items
        .iter()
        .map(|item| item.sku)
        .filter(|sku| is_unverified(sku))
        .collect();
    let total = items.iter().try_fold(Money::ZERO, |sum, item| {
        sum.plus(item.unit_price?.times(item.quantity)?)
    });
    let mut doubts: BTreeSet<ClaimId> = BTreeSet::new();
    for want in wants {
        want.requirement.each_leaf(&mut |leaf| {
            for provider in skus
                .iter()
                .filter_map(|sku| supply.provider(leaf, *sku))
                .filter(|provider| !provider.surely)
            {
                doubts.extend(&provider.claims);
            }
        });
    }
    Basket {
        items,
        total,
        currency: question.currency.clone(),
        unverified_prices: unverified,
        proven_cheapest: true,
        switch_off,
        doubts: doubts.into_iter().collect(),
        instead: Vec::new(),
    }
}

fn candidate(
    kb: &KnowledgeBase,
    question: &Question,
    moment: Moment,
    prices: Prices,
    sku: SkuId,
    quantity: u64,
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
    if exceeds_seat_limit(kb, moment, sku, quantity) {
        return None;
    }
    let price = list_price(kb, moment, sku, &question.currency)
        .filter(|price| prices == Prices::All || price.verified);
    let cost = if held {
        Money::ZERO
    } else {
        price?.amount.times(quantity)?
    };
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
    let surplus = kb.about(Topic::CarriedBy(sku)).len();
    Some(Candidate {
        sku,
        held,
        price,
        quantity,
        cost,
        surplus,
        requires: requires_beside,
        prerequisites,
    })
}

/// Whether so many seats are more than a tenant may have. Restrictions count at any certainty and in doubt.
fn exceeds_seat_limit(kb: &KnowledgeBase, moment: Moment, sku: SkuId, quantity: u64) -> bool {
    kb.about(Topic::SeatLimitsOf(sku)).iter().any(|id| {
        let claim = &kb.claims[*id];
        matches!(claim.kind, ClaimKind::Limit { at_most, .. } if quantity > at_most)
            && matches!(presence(kb, claim, moment), Presence::Present { .. })
            && !is_put_out(kb, *id, moment)
    })
}

/// A requirement as clauses: of each, one SKU must be chosen. Alternatives that are conjunctions are multiplied out;
/// they are short in the data. Only SKUs that surely provide count: in doubt the dearer outcome does.
fn clauses_of(requirement: &Requirement, supply: &Supply) -> Vec<Vec<SkuId>> {
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

impl Search<'_> {
    fn descend(
        &mut self,
        clauses: &[Vec<SkuId>],
        chosen: &mut Vec<SkuId>,
        forbidden: &BTreeSet<SkuId>,
    ) {
        let cost = self.cost(chosen);
        let open: Vec<Vec<SkuId>> = clauses
            .iter()
            .chain(
                chosen
                    .iter()
                    .filter_map(|sku| self.candidates.get(sku))
                    .flat_map(|candidate| &candidate.prerequisites),
            )
            .filter(|clause| !clause.iter().any(|sku| chosen.contains(sku)))
            .map(|clause| {
                clause
                    .iter()
                    .copied()
                    .filter(|sku| !forbidden.contains(sku) && self.candidates.contains_key(sku))
                    .collect()
            })
            .collect();
        let Some(cost) = cost else { return };
        let Some(narrowest) = open.iter().min_by_key(|clause| clause.len()) else {
            self.accept(cost, clauses, chosen, forbidden);
            return;
        };
        let cheapest = |clause: &Vec<SkuId>| {
            clause
                .iter()
                .filter_map(|sku| self.candidates.get(sku))
                .map(|candidate| candidate.cost)
                .min()
        };
        let bound = open
            .iter()
            .map(cheapest)
            .collect::<Option<Vec<_>>>()
            .and_then(|bounds| bounds.into_iter().max());
        // A clause without a candidate closes this branch; so does a bound above the best. Equal cost may still win
        // by fewer SKUs.
        let Some(bound) = bound.and_then(|bound| bound.plus(cost)) else {
            return;
        };
        if self.best.as_ref().is_some_and(|(best, _)| bound > best.0) {
            return;
        }
        let mut branches = narrowest.clone();
        branches.sort_by_key(|sku| {
            self.candidates
                .get(sku)
                .map(|candidate| (candidate.cost, candidate.surplus, *sku))
        });
        let mut forbidden = forbidden.clone();
        for sku in branches {
            chosen.push(sku);
            self.descend(clauses, chosen, &forbidden);
            chosen.pop();
            forbidden.insert(sku);
        }
    }

    /// Takes a set that meets every clause, if its plans can be enabled together. If they cannot, a further SKU may bring
    /// what has to be switched off, so every other one is tried.
    fn accept(
        &mut self,
        cost: Money,
        clauses: &[Vec<SkuId>],
        chosen: &mut Vec<SkuId>,
        forbidden: &BTreeSet<SkuId>,
    ) {
        let key = self.key(cost, chosen);
        if self.best.as_ref().is_some_and(|(best, _)| key >= *best) {
            return;
        }
        let wants = self.wants.iter().map(|want| &want.requirement);
        let besides = chosen
            .iter()
            .filter_map(|sku| self.candidates.get(sku))
            .flat_map(|candidate| &candidate.requires);
        let wanted: Vec<&Requirement> = wants
            .chain(besides)
            .filter(|requirement| requirement.demands() && **requirement != Requirement::Unnamed)
            .collect();
        let mut together = chosen.clone();
        together.extend(self.held);
        together.sort_unstable();
        together.dedup();
        if let Some(switch_off) = to_switch_off(self.kb, self.moment, &wanted, &together) {
            self.best = Some((
                key,
                Found {
                    skus: chosen.clone(),
                    switch_off,
                },
            ));
            return;
        }
        let others: Vec<SkuId> = self.candidates.keys().copied().collect();
        let mut forbidden = forbidden.clone();
        for sku in others {
            if !together.contains(&sku) && !forbidden.contains(&sku) {
                chosen.push(sku);
                self.descend(clauses, chosen, &forbidden);
                chosen.pop();
                forbidden.insert(sku);
            }
        }
    }

    fn cost(&self, chosen: &[SkuId]) -> Option<Money> {
        chosen
            .iter()
            .filter_map(|sku| self.candidates.get(sku))
            .try_fold(Money::ZERO, |sum, candidate| sum.plus(candidate.cost))
    }

    fn key(&self, cost: Money, chosen: &[SkuId]) -> Key {
        let bought = || {
            chosen
                .iter()
                .filter_map(|sku| self.candidates.get(sku))
                .filter(|candidate| !candidate.held)
        };
        let mut ids: Vec<String> = bought()
            .map(|candidate| self.kb.skus[candidate.sku].id.to_string())
            .collect();
        ids.sort();
        (
            cost,
            bought().count(),
            bought().map(|candidate| candidate.surplus).sum(),
            ids,
        )
    }
}

fn words(kb: &KnowledgeBase, requirement: &Requirement) -> String {
    let mut parts = Vec::new();
    requirement.each_leaf(&mut |leaf| match leaf {
        Requirement::Plan(plan) => parts.push(kb.plans[*plan].id.to_string()),
        Requirement::Sku(sku) => parts.push(kb.skus[*sku].id.to_string()),
        Requirement::Feature(feature) => parts.push(kb.features[*feature].id.to_string()),
        _ => {}
    });
    parts.join(" or ")
}
