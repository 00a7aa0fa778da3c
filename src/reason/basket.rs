//! The cheapest set of SKUs that satisfies all needs, exactly.
//!
//! Weighted set cover with conditional clauses: a SKU with a prerequisite brings further clauses when it is chosen. A
//! depth-first search branches on the open clause with fewest candidates, forbids earlier siblings so that no set is met
//! twice, and prunes with the dearest of the cheapest candidates of the open clauses, which is a lower bound since one
//! SKU may meet them all.

use super::candidate::{Candidate, asked_plans, candidate, clauses_of, exceeds_seat_limit};
use super::exclusion::to_switch_off;
use super::supply::Supply;
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{
    Basket, BasketItem, ClaimId, Money, OtherBasket, PlanId, Question, Requirement, SkuId,
};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that has to be met, for so many seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Want {
    pub(super) requirement: Requirement,
    pub(super) seats: u64,
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
    seats: BTreeMap<SkuId, u64>,
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
    let asked = asked_plans(kb, wants);
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
        if let Some(candidate) = candidate(kb, question, moment, prices, sku, seats, &asked) {
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
    Found {
        skus,
        seats,
        switch_off,
    }: Found,
) -> Basket {
    let mut items: Vec<BasketItem> = skus
        .iter()
        .filter_map(|sku| candidates.get(sku))
        .map(|candidate| BasketItem {
            sku: candidate.sku,
            quantity: seats
                .get(&candidate.sku)
                .copied()
                .unwrap_or(candidate.seats),
            unit_price: if candidate.held {
                Some(Money::ZERO)
            } else {
                candidate.price.map(|price| price.amount)
            },
            price: candidate
                .price
                .filter(|_| !candidate.held)
                .map(|price| price.by),
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
                .map(Candidate::least)
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
                .map(|candidate| (candidate.least(), candidate.surplus, *sku))
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
                    seats: self.seats(chosen),
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

    /// Seats of each chosen SKU: as many as its needs ask for, and as many as every SKU has that sits on it.
    fn seats(&self, chosen: &[SkuId]) -> BTreeMap<SkuId, u64> {
        let chosen: Vec<&Candidate> = chosen
            .iter()
            .filter_map(|sku| self.candidates.get(sku))
            .collect();
        let mut seats: BTreeMap<SkuId, u64> = chosen
            .iter()
            .map(|candidate| (candidate.sku, candidate.seats))
            .collect();
        // Each round carries a number one prerequisite further; there are no circles.
        for _ in &chosen {
            for add_on in &chosen {
                let needed = seats.get(&add_on.sku).copied().unwrap_or(0);
                for clause in &add_on.prerequisites {
                    let bases = chosen.iter().filter(|base| clause.contains(&base.sku));
                    if let Some(base) = bases.min_by_key(|base| (base.unit, base.sku)) {
                        let held = seats.entry(base.sku).or_insert(needed);
                        *held = needed.max(*held);
                    }
                }
            }
        }
        seats
    }

    /// What a set costs a month; none where a number is too large or a tenant may not have so many seats.
    fn cost(&self, chosen: &[SkuId]) -> Option<Money> {
        self.seats(chosen)
            .into_iter()
            .try_fold(Money::ZERO, |sum, (sku, seats)| {
                let candidate = self.candidates.get(&sku)?;
                if exceeds_seat_limit(self.kb, self.moment, sku, seats) {
                    return None;
                }
                sum.plus(candidate.unit.times(seats)?)
            })
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
