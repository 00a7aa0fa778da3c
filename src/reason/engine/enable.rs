//! Which plans of exclusive groups to switch off, once it is known what is bought; and what a set lacks.

use super::index::Index;
use crate::model::{Exclusion, Missing, PlanIndex, Query, SkuIndex, Wish};

/// What is on the account, and what has to hold of it.
struct Account<'a> {
    index: &'a Index<'a>,
    query: &'a Query,
    bought: &'a [SkuIndex],
    held: Vec<SkuIndex>,
    /// Whether switching off may cost a held SKU its prerequisites.
    is_fragile: bool,
    /// What may depend on the plans to decide: wishes, and prerequisites with the SKU whose they are.
    concerned: Vec<(Option<SkuIndex>, &'a Wish)>,
}

/// The plans to switch off: the fewest with which everything still holds, then the first by index. None if there is no
/// way, or if what is bought does not meet everything.
pub(super) fn switch_off(
    index: &Index<'_>,
    query: &Query,
    bought: &[SkuIndex],
) -> Option<Vec<PlanIndex>> {
    let account = Account::of(index, query, bought);
    if !account.holds(&[]) {
        return None;
    }
    account.choose()
}

/// Why a set is not feasible.
pub(super) fn missing(index: &Index<'_>, query: &Query, bought: &[SkuIndex]) -> Missing {
    let is_for_sale = |sku: &SkuIndex| {
        let is_allowed = query.allowed.contains(*sku) || query.forced.contains(*sku);
        is_allowed && !query.forbidden.contains(*sku)
    };
    let mut account = Account::of(index, query, bought);
    let counting = account.counting(&[]);
    let mut missing = Missing {
        not_for_sale: bought
            .iter()
            .copied()
            .filter(|sku| !is_for_sale(sku))
            .collect(),
        ..Missing::default()
    };
    let there: Vec<SkuIndex> = bought.iter().chain(&account.held).copied().collect();
    missing.not_forced = query
        .forced
        .iter()
        .filter(|sku| !there.contains(sku))
        .collect();
    for (place, wish) in query.wishes().iter().enumerate() {
        if !account.is_met(wish, &counting, None, &[]) {
            missing.wishes.push(place);
        }
    }
    for sku in bought {
        for (place, own) in index.prerequisites[sku.index()].iter().enumerate() {
            if !account.is_met(own.wish, &counting, Some(*sku), &[]) {
                missing.prerequisites.push((*sku, place));
            }
        }
    }
    match query.exclusion {
        Exclusion::None => {}
        Exclusion::Sku => {
            for (place, one) in there.iter().enumerate() {
                let others = there.iter().skip(place + 1);
                let clashing = others.filter(|other| index.clash(*one, **other));
                missing.clashes.extend(clashing.map(|other| (*one, *other)));
            }
        }
        Exclusion::Plan => {
            let clashing = account.clashing();
            // What is missing anyway is no reason to switch anything off.
            let met = |(owner, wish): &(Option<SkuIndex>, &Wish)| {
                account.is_met(wish, &counting, *owner, &[])
            };
            let concerned = account.concerned.iter().copied().filter(met).collect();
            account.concerned = concerned;
            if account.choose().is_none() {
                missing.excluded = clashing;
            }
        }
    }
    missing
}

impl<'a> Account<'a> {
    fn of(index: &'a Index<'a>, query: &'a Query, bought: &'a [SkuIndex]) -> Self {
        let held = query.held.iter();
        let held: Vec<SkuIndex> = held
            .filter(|sku| index.market.sku(*sku).is_some() && !bought.contains(sku))
            .collect();
        let prerequisites = |sku: &SkuIndex| {
            let own = index.prerequisites[sku.index()].iter();
            let sku = *sku;
            own.map(move |own| (Some(sku), own.wish))
        };
        let wishes = query.wishes().iter().map(|wish| (None, wish));
        Self {
            index,
            query,
            bought,
            is_fragile: held.iter().any(|sku| prerequisites(sku).next().is_some()),
            concerned: wishes
                .chain(bought.iter().flat_map(prerequisites))
                .collect(),
            held,
        }
    }

    /// The plans to switch off so that everything concerned holds, the fewest and first; none if there is no way.
    fn choose(mut self) -> Option<Vec<PlanIndex>> {
        if self.query.exclusion != Exclusion::Plan {
            return Some(Vec::new());
        }
        let clashing = self.clashing();
        let mut plans: Vec<PlanIndex> = clashing.iter().flatten().copied().collect();
        plans.sort_unstable();
        plans.dedup();
        if !self.is_fragile {
            self.concerned.retain(|(_, wish)| names_one(wish, &plans));
        }
        let mut choice = Choice {
            fewest: fewest(&clashing),
            account: self,
            plans,
            off: Vec::new(),
            best: None,
        };
        choice.decide(0);
        choice.best
    }
}

/// As many plans at least are switched off: all but one of each group, counting groups that share none.
fn fewest(clashing: &[Vec<PlanIndex>]) -> usize {
    let mut seen: Vec<PlanIndex> = Vec::new();
    let mut fewest = 0;
    for group in clashing {
        if !group.iter().any(|plan| seen.contains(plan)) {
            seen.extend(group);
            fewest += group.len() - 1;
        }
    }
    fewest
}

fn names_one(wish: &Wish, plans: &[PlanIndex]) -> bool {
    match wish {
        Wish::Plan(plan) => plans.binary_search(plan).is_ok(),
        Wish::Sku(_) => false,
        Wish::Any(parts) | Wish::All(parts) => parts.iter().any(|part| names_one(part, plans)),
    }
}

/// The choice among plans that cannot all be enabled.
struct Choice<'a> {
    account: Account<'a>,
    /// Rising.
    plans: Vec<PlanIndex>,
    off: Vec<PlanIndex>,
    best: Option<Vec<PlanIndex>>,
    fewest: usize,
}

impl Choice<'_> {
    /// Decides the plans one by one, off before on, so that of the shortest lists the first is found first.
    fn decide(&mut self, place: usize) {
        let is_pointless =
            |best: &Vec<PlanIndex>| best.len() <= self.fewest || self.off.len() >= best.len();
        if self.best.as_ref().is_some_and(is_pointless) || !self.account.holds(&self.off) {
            return;
        }
        let Some(plan) = self.plans.get(place).copied() else {
            self.best = Some(self.off.clone());
            return;
        };
        let rivals = |later: bool| {
            self.plans.iter().enumerate().any(|(other, rival)| {
                (other > place) == later
                    && self.account.exclude_each_other(plan, *rival)
                    && (later || !self.off.contains(rival))
            })
        };
        let (is_on_before, is_open_after) = (rivals(false), rivals(true));
        // Off only for the sake of a rival that is on or may still be.
        if is_on_before || is_open_after {
            self.off.push(plan);
            self.decide(place + 1);
            self.off.pop();
        }
        if !is_on_before {
            self.decide(place + 1);
        }
    }
}

impl Account<'_> {
    /// Of each exclusive group the plans that the account carries, where these are more than one.
    fn clashing(&self) -> Vec<Vec<PlanIndex>> {
        let carried = |plan: &&PlanIndex| {
            let mut there = self.bought.iter().chain(&self.held);
            there.any(|sku| self.certainty(*sku, **plan).is_some())
        };
        let groups = self.index.market.exclusive().iter();
        groups
            .map(|group| group.iter().filter(carried).copied().collect())
            .filter(|plans: &Vec<PlanIndex>| plans.len() > 1)
            .collect()
    }

    /// With which certainty a SKU carries a plan, if it does.
    fn certainty(&self, sku: SkuIndex, plan: PlanIndex) -> Option<u8> {
        let carries = &self.index.market.sku(sku)?.carries;
        let place = carries.binary_search_by_key(&plan, |(plan, _)| *plan);
        carries.get(place.ok()?).map(|(_, certainty)| *certainty)
    }

    fn exclude_each_other(&self, one: PlanIndex, other: PlanIndex) -> bool {
        let groups = self.index.groups(other);
        let mut shared = self.index.groups(one).iter();
        one != other && shared.any(|group| groups.contains(group))
    }

    /// Whether everything is met with these plans off.
    fn holds(&self, off: &[PlanIndex]) -> bool {
        let counting = self.counting(off);
        let mut concerned = self.concerned.iter();
        concerned.all(|(owner, wish)| self.is_met(wish, &counting, *owner, off))
    }

    /// What counts with these plans off: what is bought, and what is held with its prerequisites met.
    fn counting(&self, off: &[PlanIndex]) -> Vec<SkuIndex> {
        let mut counting = self.bought.to_vec();
        counting.extend(&self.held);
        let meets_own = |sku: SkuIndex, counting: &[SkuIndex]| {
            let mut own = self.index.prerequisites[sku.index()].iter();
            own.all(|own| self.is_met(own.wish, counting, Some(sku), off))
        };
        // One that does not count may leave others without their prerequisites.
        while self.is_fragile
            && let Some(place) = counting
                .iter()
                .position(|sku| self.held.contains(sku) && !meets_own(*sku, &counting))
        {
            counting.remove(place);
        }
        counting
    }

    fn is_met(
        &self,
        wish: &Wish,
        counting: &[SkuIndex],
        but: Option<SkuIndex>,
        off: &[PlanIndex],
    ) -> bool {
        let but = but.filter(|_| !self.index.market.counts_own());
        let mut others = counting.iter().filter(|sku| Some(**sku) != but);
        let is_met = |part: &Wish| self.is_met(part, counting, but, off);
        match wish {
            Wish::Sku(sku) => others.any(|other| other == sku),
            Wish::Plan(plan) => {
                let surely = |sku: &SkuIndex| {
                    let certainty = self.certainty(*sku, *plan);
                    certainty.is_some_and(|certainty| certainty >= self.query.least_certainty)
                };
                !off.contains(plan) && others.any(surely)
            }
            Wish::Any(parts) => parts.iter().any(is_met),
            Wish::All(parts) => parts.iter().all(is_met),
        }
    }
}
