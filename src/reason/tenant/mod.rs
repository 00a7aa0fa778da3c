//! Tenants: many people with shared seats, proven optimal by column generation.
//!
//! A column is a persona's license set. The [master](master) finds how many people get which of the sets known so far and
//! what a seat is worth to the tenant then; the engine is asked for a persona's best set at these prices. When no persona
//! has a better set, nothing can be cheaper: the prices prove it (Gilmore and Gomory 1961; the bound is Lagrange's, in
//! exact fractions). Only SKUs of which seats are owned, and rules about seats, couple the personas.

mod columns;
mod integers;
mod master;
mod split;

use crate::model::{
    LicenseSet, Query, SeatPrices, SkuIndex, SkuSet, TenantArgument, TenantQuery, TenantSolved,
};
use crate::reason::Engine;
use columns::Coupling;
use integers::{Assignment, Seats};
use master::{Column, Master, Prices};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Rounds after which the search for better sets ends, proven or not.
const ROUNDS: u64 = 60;

/// The sets of a persona known so far.
struct Known {
    people: u64,
    query: Query,
    sets: Vec<LicenseSet>,
    seen: BTreeSet<Vec<SkuIndex>>,
    /// By set: its column in the master.
    columns: Vec<usize>,
}

/// A tenant being solved.
struct Solving<'a> {
    engine: &'a Engine<'a>,
    tenant: &'a TenantQuery,
    coupling: Coupling,
    known: Vec<Known>,
    solved: TenantSolved,
    /// Whose people have several sets as the amounts are, and a SKU that some of these have and others have not.
    mixed: Option<(usize, SkuIndex)>,
}

impl Engine<'_> {
    /// The cheapest way to license all people of a tenant.
    ///
    /// The answer is exact where `proven` says so; otherwise `bound` says how far it can be from the best at most.
    pub fn tenant(&self, tenant: &TenantQuery) -> TenantSolved {
        split::solve(self, tenant)
    }
}

impl<'a> Solving<'a> {
    fn new(engine: &'a Engine<'a>, tenant: &'a TenantQuery, for_sale: &SkuSet) -> Self {
        let known = tenant.personas.iter().map(|persona| Known {
            people: persona.people,
            query: persona.query.clone(),
            sets: Vec::new(),
            seen: BTreeSet::new(),
            columns: Vec::new(),
        });
        Self {
            engine,
            tenant,
            coupling: Coupling::of(engine.market(), tenant, for_sale),
            known: known.collect(),
            solved: TenantSolved {
                assigned: None,
                buy: BTreeMap::new(),
                cost: 0,
                bound: 0,
                proven: false,
                rounds: 0,
                nodes: 0,
                argument: TenantArgument::Prices(SeatPrices::nothing(tenant)),
            },
            mixed: None,
        }
    }
}

impl Solving<'_> {
    fn run(&mut self) {
        // The first sets: at list prices, and with what is owned for nothing.
        let Some(list) = self.first_sets() else {
            return;
        };
        if self.coupling.rows() == 0 {
            self.solved.bound = list;
            self.solved.proven = true;
            self.finish(None);
            return;
        }
        let Some(mut master) = self.master() else {
            return;
        };
        while self.solved.rounds < ROUNDS {
            let Some(prices) = master.optimize() else {
                break;
            };
            let Some(improved) = self.price_out(&mut master, &prices) else {
                break;
            };
            let amounts = master.amounts();
            self.finish(amounts.map(|amounts| (amounts, master.denominator)));
            if self.solved.proven || !improved {
                break;
            }
        }
    }

    /// Asks every persona for its best set at list prices and at those with owned seats for nothing; what the former cost
    /// together. None if someone cannot be licensed.
    fn first_sets(&mut self) -> Option<u128> {
        let market = self.engine.market();
        let list: Arc<[u64]> = market.skus().iter().map(|sku| sku.price).collect();
        let mut free = list.to_vec();
        for (sku, seats) in &self.tenant.owned {
            if let Some(price) = free.get_mut(sku.index()).filter(|_| *seats > 0) {
                *price = 0;
            }
        }
        let free: Arc<[u64]> = free.into();
        let mut total = 0u128;
        let is_shared = self.coupling.rows() > 0;
        self.solved.rounds += 1 + u64::from(is_shared);
        for persona in 0..self.known.len() {
            let found = self.ask(persona, &list)?;
            total += found * u128::from(self.known[persona].people);
            if is_shared {
                self.ask(persona, &free)?;
            }
        }
        Some(total)
    }

    /// Asks for a persona's best set at some prices, and keeps it; what it costs at these.
    fn ask(&mut self, persona: usize, prices: &Arc<[u64]>) -> Option<u128> {
        let known = &mut self.known[persona];
        known.query.set_prices(Arc::clone(prices)).ok()?;
        let solved = self.engine.cheapest(&known.query);
        self.solved.nodes += solved.nodes;
        if !solved.proven {
            return None;
        }
        let Some(best) = solved.best else {
            // Nobody can be given what no set can do.
            if known.people > 0 {
                self.solved.proven = true;
                self.solved.bound = u128::MAX;
                self.solved.argument = TenantArgument::Prices(SeatPrices::nothing(self.tenant));
            }
            return None;
        };
        let cost = u128::from(best.cost);
        if known.seen.insert(best.bought.clone()) {
            let market = self.engine.market();
            let prices = best.bought.iter().filter_map(|sku| market.sku(*sku));
            let cost = prices.map(|sku| sku.price).sum();
            known.sets.push(LicenseSet { cost, ..best });
        }
        Some(cost)
    }

    fn master(&mut self) -> Option<Master> {
        let coupling = &self.coupling;
        let mut columns = coupling.columns.clone();
        let mut keys = Vec::new();
        let mut people = Vec::new();
        for (persona, known) in self.known.iter_mut().enumerate() {
            people.push(i128::from(known.people));
            keys.push(columns.len());
            for set in &known.sets {
                known.columns.push(columns.len());
                columns.push(coupling.column(persona, &set.bought));
            }
        }
        let mut rest = coupling.right.clone();
        for (key, people) in keys.iter().zip(&people) {
            for (row, entry) in &columns[*key].entries {
                rest[*row] -= people * entry;
            }
        }
        let basis = rest.iter().enumerate().map(|(row, rest)| {
            let (entry, slack) = coupling.slack[row];
            if (entry > 0) == (*rest >= 0) || *rest == 0 {
                return slack;
            }
            columns.push(Column {
                persona: None,
                cost: coupling.too_much,
                entries: vec![(row, -entry)],
            });
            columns.len() - 1
        });
        let basis = basis.collect();
        Some(Master::new(
            people,
            coupling.right.clone(),
            columns,
            keys,
            basis,
        ))
    }

    /// Asks every persona for a better set at the prices of the master, and learns a bound. Whether there was one; none
    /// if the prices cannot be asked with.
    fn price_out(&mut self, master: &mut Master, prices: &Prices) -> Option<bool> {
        let by_sku = self
            .coupling
            .prices(self.engine.market(), prices, master.denominator)?;
        self.solved.rounds += 1;
        let mut bound: i128 = 0;
        for (price, right) in prices.iter().zip(&master.right) {
            bound = bound.checked_add(price.checked_mul(*right)?)?;
        }
        let mut improved = false;
        for persona in 0..self.known.len() {
            let least = i128::try_from(self.ask(persona, &by_sku)?).ok()?;
            let people = i128::from(self.known[persona].people);
            bound = bound.checked_add(least.checked_mul(people)?)?;
            let known = &mut self.known[persona];
            if let Some(set) = known.sets.get(known.columns.len()) {
                known.columns.push(master.columns.len());
                master
                    .columns
                    .push(self.coupling.column(persona, &set.bought));
                improved = true;
            }
        }
        // What costs a fraction costs at least the next whole unit.
        let whole = bound.div_euclid(master.denominator);
        let is_whole = bound.rem_euclid(master.denominator) == 0;
        let bound = u128::try_from(whole + i128::from(!is_whole)).unwrap_or(0);
        if bound > self.solved.bound
            && let Some(prices) = self
                .coupling
                .seat_prices(self.tenant, prices, master.denominator)
        {
            self.solved.bound = bound;
            self.solved.argument = TenantArgument::Prices(prices);
        }
        Some(improved)
    }

    /// Gives every person one set, as close to the amounts as whole people can be, and keeps the best way so far.
    fn finish(&mut self, amounts: Option<(Vec<(usize, i128)>, i128)>) {
        let amount = |column: usize| -> (i128, i128) {
            let Some((amounts, denominator)) = &amounts else {
                return (0, 1);
            };
            let place = amounts.binary_search_by_key(&column, |(column, _)| *column);
            let amount = place.ok().map_or(0, |place| amounts[place].1);
            (amount, *denominator)
        };
        let choices: Vec<Vec<(Vec<SkuIndex>, i128, i128)>> = self
            .known
            .iter()
            .map(|known| {
                let sets = known.sets.iter().enumerate();
                sets.map(|(place, set)| {
                    let (amount, denominator) = match known.columns.get(place) {
                        Some(column) => amount(*column),
                        None => (0, 1),
                    };
                    (set.bought.clone(), amount, denominator)
                })
                .collect()
            })
            .collect();
        self.mixed = mixed(&choices, &self.known);
        let seats = Seats::of(self.engine.market(), self.tenant, &self.coupling);
        let people: Vec<u64> = self.known.iter().map(|known| known.people).collect();
        let Some(Assignment {
            people: given,
            buy,
            cost,
        }) = integers::assign(&seats, &people, &choices, self.tenant.one_set)
        else {
            return;
        };
        if self.solved.assigned.is_none() || cost < self.solved.cost {
            let assigned = self.known.iter().zip(given).map(|(known, given)| {
                let sets = known.sets.iter().zip(given);
                let sets = sets.filter(|(_, people)| *people > 0);
                sets.map(|(set, people)| (set.clone(), people)).collect()
            });
            self.solved.assigned = Some(assigned.collect());
            self.solved.buy = buy;
            self.solved.cost = cost;
        }
        self.solved.proven = self.solved.cost == self.solved.bound;
    }
}

/// The largest persona of which several sets have an amount, and the first SKU in only one of the first two of these.
fn mixed(
    choices: &[Vec<(Vec<SkuIndex>, i128, i128)>],
    known: &[Known],
) -> Option<(usize, SkuIndex)> {
    let mut largest: Option<(u64, usize, SkuIndex)> = None;
    for (persona, sets) in choices.iter().enumerate() {
        let mut used = sets.iter().filter(|(_, amount, _)| *amount > 0);
        if let (Some((one, ..)), Some((other, ..))) = (used.next(), used.next()) {
            let only_one = one.iter().filter(|sku| !other.contains(sku));
            let only_other = other.iter().filter(|sku| !one.contains(sku));
            let people = known[persona].people;
            if let Some(sku) = only_one.chain(only_other).min()
                && largest.is_none_or(|(most, ..)| people > most)
            {
                largest = Some((people, persona, *sku));
            }
        }
    }
    largest.map(|(_, persona, sku)| (persona, sku))
}
