//! From amounts to people: everybody gets one whole set.

use super::columns::Coupling;
use crate::model::{Market, SeatRule, SkuIndex, TenantQuery};
use std::collections::BTreeMap;

/// Passes over all personas in which better ways are looked for.
const PASSES: usize = 40;

/// What seats there are and what more of them cost.
pub(super) struct Seats<'a> {
    prices: Vec<u64>,
    owned: Vec<u64>,
    for_sale: Vec<bool>,
    at_least: &'a [SeatRule],
    at_most: &'a [SeatRule],
}

/// People with their sets, and what has to be bought for that.
pub(super) struct Assignment {
    /// By persona and set.
    pub(super) people: Vec<Vec<u64>>,
    pub(super) buy: BTreeMap<SkuIndex, u64>,
    pub(super) cost: u128,
}

impl<'a> Seats<'a> {
    pub(super) fn of(market: &Market, tenant: &'a TenantQuery, coupling: &Coupling) -> Self {
        let skus = || (0..market.skus().len()).map(SkuIndex::at);
        Self {
            prices: market.skus().iter().map(|sku| sku.price).collect(),
            owned: skus()
                .map(|sku| tenant.owned.get(&sku).copied().unwrap_or(0))
                .collect(),
            for_sale: skus().map(|sku| coupling.for_sale.contains(sku)).collect(),
            at_least: &tenant.at_least,
            at_most: &tenant.at_most,
        }
    }

    /// What has to be bought where so many seats are used, and what it costs; none where that cannot be.
    fn bill(&self, used: &[u64]) -> Option<(Vec<u64>, u128)> {
        let mut buy: Vec<u64> = Vec::with_capacity(used.len());
        for (place, used) in used.iter().enumerate() {
            let missing = used.saturating_sub(self.owned[place]);
            if missing > 0 && !self.for_sale[place] {
                return None;
            }
            buy.push(missing);
        }
        let count = |buy: &[u64], rule: &SeatRule| -> u64 {
            let skus = rule
                .skus
                .iter()
                .map(|sku| sku.index())
                .filter(|place| *place < buy.len());
            skus.map(|place| self.owned[place].saturating_add(buy[place]))
                .sum()
        };
        for rule in self.at_least {
            let missing = rule.seats.saturating_sub(count(&buy, rule));
            if missing > 0 {
                let skus = rule.skus.iter().map(|sku| sku.index());
                let for_sale = skus.filter(|place| self.for_sale.get(*place) == Some(&true));
                let cheapest = for_sale.min_by_key(|place| (self.prices[*place], *place))?;
                buy[cheapest] += missing;
            }
        }
        if self
            .at_most
            .iter()
            .any(|rule| count(&buy, rule) > rule.seats)
        {
            return None;
        }
        let costs = buy.iter().zip(&self.prices);
        let cost = costs
            .map(|(seats, price)| u128::from(*seats) * u128::from(*price))
            .sum();
        Some((buy, cost))
    }
}

/// People being moved from set to set.
struct Moving<'a> {
    seats: &'a Seats<'a>,
    choices: &'a [Vec<(Vec<SkuIndex>, i128, i128)>],
    people: Vec<Vec<u64>>,
    used: Vec<u64>,
}

/// The people of each persona with their sets: as the amounts say, rounded, then moved as long as that is cheaper. None
/// where no way was found.
pub(super) fn assign(
    seats: &Seats<'_>,
    people: &[u64],
    choices: &[Vec<(Vec<SkuIndex>, i128, i128)>],
    one_set: bool,
) -> Option<Assignment> {
    let mut given: Vec<Vec<u64>> = Vec::new();
    let mut mixed = Vec::new();
    for (persona, sets) in choices.iter().enumerate() {
        let mut amounts: Vec<u64> = Vec::new();
        for (_, amount, denominator) in sets {
            amounts.push(u64::try_from(amount / denominator).unwrap_or(0));
        }
        let largest = (0..sets.len()).max_by_key(|set| {
            let (_, amount, denominator) = &sets[*set];
            (amount / denominator, std::cmp::Reverse(*set))
        })?;
        if one_set {
            amounts.fill(0);
        }
        let rest = people[persona].saturating_sub(amounts.iter().sum());
        amounts[largest] += rest;
        if one_set || rest > 0 {
            mixed.push(persona);
        }
        given.push(amounts);
    }
    let mut moving = Moving {
        seats,
        choices,
        people: given,
        used: vec![0; seats.prices.len()],
    };
    for (persona, sets) in choices.iter().enumerate() {
        for set in 0..sets.len() {
            let people = moving.people[persona][set];
            moving.count(persona, set, people, true);
        }
    }
    moving.improve(&mixed, one_set);
    let (buy, cost) = seats.bill(&moving.used)?;
    let buy = buy.into_iter().enumerate().filter(|(_, seats)| *seats > 0);
    Some(Assignment {
        people: moving.people,
        buy: buy
            .map(|(place, seats)| (SkuIndex::at(place), seats))
            .collect(),
        cost,
    })
}

impl Moving<'_> {
    fn count(&mut self, persona: usize, set: usize, people: u64, more: bool) {
        for sku in &self.choices[persona][set].0 {
            if let Some(used) = self.used.get_mut(sku.index()) {
                *used = if more { *used + people } else { *used - people };
            }
        }
    }

    fn cost(&self) -> u128 {
        self.seats
            .bill(&self.used)
            .map_or(u128::MAX, |(_, cost)| cost)
    }

    /// Moves people of some personas to other sets of theirs as long as that is cheaper.
    fn improve(&mut self, personas: &[usize], one_set: bool) {
        let mut cost = self.cost();
        for _ in 0..PASSES {
            let before = cost;
            for persona in personas.iter().copied() {
                for from in 0..self.choices[persona].len() {
                    for to in 0..self.choices[persona].len() {
                        let there = self.people[persona][from];
                        let moved = if one_set { there } else { 1 };
                        if from == to || there == 0 || self.choices[persona].len() < 2 {
                            continue;
                        }
                        self.shift(persona, from, to, moved);
                        let now = self.cost();
                        if now < cost {
                            cost = now;
                        } else {
                            self.shift(persona, to, from, moved);
                        }
                    }
                }
            }
            if cost == before {
                break;
            }
        }
    }

    fn shift(&mut self, persona: usize, from: usize, to: usize, people: u64) {
        self.count(persona, from, people, false);
        self.count(persona, to, people, true);
        self.people[persona][from] -= people;
        self.people[persona][to] += people;
    }
}
