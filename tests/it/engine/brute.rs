//! Brute force: every set of SKUs, every way to enable plans. It follows the words of the model and nothing else.

use licit::model::{Exclusion, LicenseSet, Market, PlanIndex, Query, SkuIndex, Wish};
use std::collections::BTreeSet;

type Set = BTreeSet<SkuIndex>;

struct Case<'a> {
    market: &'a Market,
    query: &'a Query,
    off: BTreeSet<PlanIndex>,
}

impl Case<'_> {
    fn carries(&self, sku: SkuIndex, plan: PlanIndex, least: u8) -> bool {
        let carries = &self.market.skus()[sku.index()].carries;
        carries
            .iter()
            .any(|(carried, certainty)| *carried == plan && *certainty >= least)
    }

    fn meets(&self, wish: &Wish, counting: &Set, but: Option<SkuIndex>) -> bool {
        match wish {
            Wish::Sku(sku) => Some(*sku) != but && counting.contains(sku),
            Wish::Plan(plan) => {
                !self.off.contains(plan)
                    && counting.iter().any(|sku| {
                        Some(*sku) != but && self.carries(*sku, *plan, self.query.least_certainty)
                    })
            }
            Wish::Any(parts) => parts.iter().any(|part| self.meets(part, counting, but)),
            Wish::All(parts) => parts.iter().all(|part| self.meets(part, counting, but)),
        }
    }

    fn meets_own(&self, sku: SkuIndex, counting: &Set) -> bool {
        let but = if self.market.counts_own() {
            None
        } else {
            Some(sku)
        };
        let requires = &self.market.skus()[sku.index()].requires;
        requires.iter().all(|wish| self.meets(wish, counting, but))
    }

    /// Whether everything holds, for some choice of which held SKUs count.
    fn holds(&self, bought: &Set, held: &Set) -> bool {
        let held: Vec<SkuIndex> = held.iter().copied().collect();
        (0..1u32 << held.len()).any(|choice| {
            let mut counting = bought.clone();
            let chosen = held
                .iter()
                .enumerate()
                .filter(|(place, _)| choice >> place & 1 == 1);
            counting.extend(chosen.map(|(_, sku)| *sku));
            counting.iter().all(|sku| self.meets_own(*sku, &counting))
                && self
                    .query
                    .wishes()
                    .iter()
                    .all(|wish| self.meets(wish, &counting, None))
        })
    }
}

/// The plans to switch off so that a set is feasible, the fewest and first; none if it is not.
pub(crate) fn feasible(market: &Market, query: &Query, bought: &Set) -> Option<Vec<PlanIndex>> {
    let held: Set = query
        .held
        .iter()
        .filter(|sku| !bought.contains(sku))
        .collect();
    if query
        .forced
        .iter()
        .any(|sku| !bought.contains(&sku) && !query.held.contains(sku))
    {
        return None;
    }
    let may = |sku: &SkuIndex| {
        (query.allowed.contains(*sku) || query.forced.contains(*sku))
            && !query.forbidden.contains(*sku)
            && !query.held.contains(*sku)
    };
    if !bought.iter().all(may) {
        return None;
    }
    let there: Vec<SkuIndex> = bought.union(&held).copied().collect();
    let mut case = Case {
        market,
        query,
        off: BTreeSet::new(),
    };
    let of_group = |sku: SkuIndex, group: &Vec<PlanIndex>| -> Vec<PlanIndex> {
        let carried = group.iter().filter(|plan| case.carries(sku, **plan, 0));
        carried.copied().collect()
    };
    match query.exclusion {
        Exclusion::None => case.holds(bought, &held).then(Vec::new),
        Exclusion::Sku => {
            let clash = market.exclusive().iter().any(|group| {
                let carried = there.iter().map(|sku| of_group(*sku, group));
                let carried: BTreeSet<Vec<PlanIndex>> =
                    carried.filter(|plans| !plans.is_empty()).collect();
                carried.len() > 1
            });
            (!clash && case.holds(bought, &held)).then(Vec::new)
        }
        Exclusion::Plan => {
            let mut carried: BTreeSet<PlanIndex> = BTreeSet::new();
            for group in market.exclusive() {
                carried.extend(there.iter().flat_map(|sku| of_group(*sku, group)));
            }
            let carried: Vec<PlanIndex> = carried.into_iter().collect();
            let mut best: Option<Vec<PlanIndex>> = None;
            for choice in 0..1u32 << carried.len() {
                let chosen = carried
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| choice >> place & 1 == 1);
                let off: Vec<PlanIndex> = chosen.map(|(_, plan)| *plan).collect();
                let is_clear = market.exclusive().iter().all(|group| {
                    let on = group
                        .iter()
                        .filter(|plan| carried.contains(plan) && !off.contains(plan));
                    on.count() < 2
                });
                case.off = off.iter().copied().collect();
                let is_better = best
                    .as_ref()
                    .is_none_or(|best| (off.len(), &off) < (best.len(), best));
                if is_clear && is_better && case.holds(bought, &held) {
                    best = Some(off);
                }
            }
            best
        }
    }
}

/// Every feasible set, the best first.
pub(crate) fn all(market: &Market, query: &Query) -> Vec<LicenseSet> {
    let mut sets = Vec::new();
    for choice in 0..1u32 << market.skus().len() {
        let skus = (0..market.skus().len()).filter(|place| choice >> place & 1 == 1);
        let bought: Set = skus.map(SkuIndex::at).collect();
        if let Some(switch_off) = feasible(market, query, &bought) {
            let records = || bought.iter().map(|sku| &market.skus()[sku.index()]);
            sets.push(LicenseSet {
                cost: records().map(|sku| sku.price).sum(),
                surplus: records().map(|sku| sku.surplus).sum(),
                bought: bought.into_iter().collect(),
                switch_off,
            });
        }
    }
    sets.sort_by_key(|set| (set.cost, set.bought.len(), set.surplus, set.bought.clone()));
    sets
}

/// Those of which no proper subset is among them.
pub(crate) fn irredundant(sets: &[LicenseSet]) -> Vec<LicenseSet> {
    let is_within = |one: &LicenseSet, other: &LicenseSet| {
        one.bought.len() < other.bought.len()
            && one.bought.iter().all(|sku| other.bought.contains(sku))
    };
    let kept = sets
        .iter()
        .filter(|set| !sets.iter().any(|other| is_within(other, set)));
    kept.cloned().collect()
}
