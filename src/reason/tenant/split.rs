//! One set for all people of a persona: tenants split until nobody's amounts are mixed, and why that proves the bound.
//!
//! Amounts may mix a persona's sets where seats are short. Then some SKU is in one of the sets and not in another; with
//! everybody having it, and with nobody having it, two smaller questions remain (Ryan and Foster's branching, 1981). The
//! bound of each is that of column generation, so the prices of all parts together prove the answer.

use super::Solving;
use super::columns::Coupling;
use crate::model::{
    Certificate, Query, SeatPrices, SkuIndex, SkuSet, TenantArgument, TenantCertificate,
    TenantQuery, TenantSolved,
};
use crate::reason::Engine;

/// A tenant is split so many times at most, counting each of its personas: some seconds.
const SPLITS: usize = 4_000;

/// Splits in splits.
const DEPTH: usize = 60;

/// What splits have in common.
struct Splitting<'a> {
    engine: &'a Engine<'a>,
    for_sale: SkuSet,
    /// The best way so far, with the work done in all.
    best: TenantSolved,
    left: usize,
}

/// The cheapest way to license a tenant.
pub(super) fn solve(engine: &Engine<'_>, tenant: &TenantQuery) -> TenantSolved {
    let for_sale = for_sale(tenant);
    let mut splitting = Splitting {
        engine,
        best: Solving::new(engine, tenant, &for_sale).solved,
        for_sale,
        left: SPLITS / tenant.personas.len().max(1),
    };
    let (argument, bound) = splitting.solve(&mut tenant.clone(), 0);
    let mut best = splitting.best;
    best.argument = argument;
    if best.assigned.is_some() {
        // A part is left as soon as it has nothing cheaper.
        best.bound = bound.min(best.cost);
        best.proven = best.bound == best.cost;
    } else {
        best.bound = bound;
        best.proven = bound == u128::MAX;
    }
    best
}

/// What anyone of a tenant may buy; a part of its ways may still buy it.
fn for_sale(tenant: &TenantQuery) -> SkuSet {
    let mut for_sale = SkuSet::new();
    for persona in &tenant.personas {
        let query = &persona.query;
        let wanted = query.allowed.iter().chain(query.forced.iter());
        for_sale.extend(wanted.filter(|sku| !query.forbidden.contains(*sku)));
    }
    for_sale
}

impl Splitting<'_> {
    /// Solves a part of the ways to license the tenant: a bound of them, and what it rests on.
    fn solve(&mut self, tenant: &mut TenantQuery, depth: usize) -> (TenantArgument, u128) {
        let mut solving = Solving::new(self.engine, tenant, &self.for_sale);
        solving.run();
        let Solving { solved, mixed, .. } = solving;
        self.best.rounds += solved.rounds;
        self.best.nodes += solved.nodes;
        if solved.assigned.is_some()
            && (self.best.assigned.is_none() || solved.cost < self.best.cost)
        {
            self.best.assigned = solved.assigned;
            self.best.buy = solved.buy;
            self.best.cost = solved.cost;
        }
        let is_closed = solved.bound == u128::MAX
            || (self.best.assigned.is_some() && solved.bound >= self.best.cost);
        let split = mixed.filter(|_| tenant.one_set && !is_closed);
        let Some((persona, sku)) = split.filter(|_| self.left > 0 && depth < DEPTH) else {
            return (solved.argument, solved.bound);
        };
        self.left -= 1;
        let whole = tenant.personas[persona].query.clone();
        tenant.personas[persona].query.forced.insert(sku);
        let (with, one) = self.solve(tenant, depth + 1);
        tenant.personas[persona].query = whole.clone();
        tenant.personas[persona].query.forbidden.insert(sku);
        let (without, other) = self.solve(tenant, depth + 1);
        tenant.personas[persona].query = whole;
        let bound = one.min(other);
        if bound <= solved.bound {
            // Not worth the words.
            return (solved.argument, solved.bound);
        }
        let argument = TenantArgument::Split {
            persona,
            sku,
            with: Box::new(with),
            without: Box::new(without),
        };
        (argument, bound)
    }
}

impl Engine<'_> {
    /// Why nothing is cheaper than the bound of an outcome of [`Engine::tenant`], for the independent checker. None where a
    /// part of the argument cannot be written within the limits.
    pub fn tenant_certificate(
        &self,
        tenant: &TenantQuery,
        solved: &TenantSolved,
    ) -> Option<TenantCertificate> {
        let mut minima = Vec::new();
        let mut part = tenant.clone();
        let for_sale = for_sale(tenant);
        self.write_minima(&mut part, &for_sale, &solved.argument, &mut minima)?;
        Some(TenantCertificate {
            cost: Some(solved.bound).filter(|bound| *bound < u128::MAX),
            argument: solved.argument.clone(),
            minima,
        })
    }

    fn write_minima(
        &self,
        tenant: &mut TenantQuery,
        for_sale: &SkuSet,
        argument: &TenantArgument,
        minima: &mut Vec<Vec<Certificate>>,
    ) -> Option<()> {
        match argument {
            TenantArgument::Prices(prices) => {
                minima.push(self.minima(tenant, for_sale, prices)?);
            }
            TenantArgument::Split {
                persona,
                sku,
                with,
                without,
            } => {
                let whole = tenant.personas.get(*persona)?.query.clone();
                let mut narrow =
                    |tenant: &mut TenantQuery, change: fn(&mut Query, SkuIndex) -> bool, case| {
                        let mut query = whole.clone();
                        change(&mut query, *sku);
                        tenant.personas.get_mut(*persona)?.query = query;
                        self.write_minima(tenant, for_sale, case, minima)
                    };
                narrow(tenant, |query, sku| query.forced.insert(sku), with)?;
                narrow(tenant, |query, sku| query.forbidden.insert(sku), without)?;
                tenant.personas.get_mut(*persona)?.query = whole;
            }
        }
        Some(())
    }

    /// By persona of people: why no set is cheaper than its cheapest one at these prices.
    fn minima(
        &self,
        tenant: &TenantQuery,
        for_sale: &SkuSet,
        prices: &SeatPrices,
    ) -> Option<Vec<Certificate>> {
        let coupling = Coupling::of(self.market(), tenant, for_sale);
        let paid = coupling.paid(self.market(), prices)?;
        let personas = tenant.personas.iter().filter(|persona| persona.people > 0);
        personas
            .map(|persona| {
                let mut query = persona.query.clone();
                query.set_prices(paid.clone()).ok()?;
                self.certificate(&query, &self.cheapest(&query))
            })
            .collect()
    }
}
