//! Which plans of exclusive groups to switch off, once it is known what is bought.

use super::index::Index;
use crate::model::{Exclusion, PlanIndex, Query, SkuIndex, Wish};

/// What is on the account, with some plans switched off.
struct Account<'a> {
    index: &'a Index<'a>,
    query: &'a Query,
    bought: &'a [SkuIndex],
    held: Vec<SkuIndex>,
}

/// The plans to switch off: the fewest with which everything still holds, then the first by index. None if there is no
/// way, or if what is bought does not meet everything.
pub(super) fn switch_off(
    index: &Index<'_>,
    query: &Query,
    bought: &[SkuIndex],
) -> Option<Vec<PlanIndex>> {
    let held = query.held.iter();
    let account = Account {
        index,
        query,
        bought,
        held: held
            .filter(|sku| index.market.sku(*sku).is_some())
            .collect(),
    };
    let clashing = if query.exclusion == Exclusion::Plan {
        account.clashing()
    } else {
        Vec::new()
    };
    let mut best = None;
    account.decide(&clashing, 0, &mut Vec::new(), &mut best);
    best
}

impl Account<'_> {
    /// Plans of exclusive groups of which the account carries more than one, rising.
    fn clashing(&self) -> Vec<PlanIndex> {
        let carried = |plan: &&PlanIndex| {
            let carriers = self.index.carriers(**plan);
            carriers
                .iter()
                .any(|(sku, _)| self.bought.contains(sku) || self.held.contains(sku))
        };
        let groups = self.index.market.exclusive().iter();
        let together = groups.map(|group| group.iter().filter(carried).copied());
        let mut plans: Vec<PlanIndex> = together
            .filter(|plans| plans.clone().count() > 1)
            .flatten()
            .collect();
        plans.sort_unstable();
        plans.dedup();
        plans
    }

    fn exclude_each_other(&self, one: PlanIndex, other: PlanIndex) -> bool {
        let groups = self.index.groups(other);
        one != other
            && self
                .index
                .groups(one)
                .iter()
                .any(|group| groups.contains(group))
    }

    /// Decides the plans one by one, off before on, so that of the shortest lists the first is found first.
    fn decide(
        &self,
        plans: &[PlanIndex],
        place: usize,
        off: &mut Vec<PlanIndex>,
        best: &mut Option<Vec<PlanIndex>>,
    ) {
        let is_long = |best: &Vec<PlanIndex>| off.len() >= best.len();
        if best.as_ref().is_some_and(is_long) || !self.holds(off) {
            return;
        }
        let Some(plan) = plans.get(place).copied() else {
            *best = Some(off.clone());
            return;
        };
        let rivals = |later: bool| {
            plans.iter().enumerate().any(|(other, rival)| {
                self.exclude_each_other(plan, *rival)
                    && (other > place) == later
                    && (later || !off.contains(rival))
            })
        };
        let (is_on_before, is_open_after) = (rivals(false), rivals(true));
        // Off only for the sake of a rival that is on or may still be.
        if is_on_before || is_open_after {
            off.push(plan);
            self.decide(plans, place + 1, off, best);
            off.pop();
        }
        if !is_on_before {
            self.decide(plans, place + 1, off, best);
        }
    }

    /// Whether everything is met with these plans off.
    fn holds(&self, off: &[PlanIndex]) -> bool {
        let mut counting: Vec<SkuIndex> = self.bought.to_vec();
        counting.extend(self.held.iter().filter(|sku| !self.bought.contains(sku)));
        let meets_own = |sku: SkuIndex, counting: &[SkuIndex]| {
            let mut own = self.index.prerequisites[sku.index()].iter();
            own.all(|own| self.is_met(own.wish, counting, Some(sku), off))
        };
        // A held SKU whose prerequisites are not met does not count, which may leave others without theirs.
        while let Some(place) = counting
            .iter()
            .position(|sku| !self.bought.contains(sku) && !meets_own(*sku, &counting))
        {
            counting.remove(place);
        }
        let mut wishes = self.query.wishes().iter();
        wishes.all(|wish| self.is_met(wish, &counting, None, off))
            && self.bought.iter().all(|sku| meets_own(*sku, &counting))
    }

    fn is_met(
        &self,
        wish: &Wish,
        counting: &[SkuIndex],
        but: Option<SkuIndex>,
        off: &[PlanIndex],
    ) -> bool {
        match wish {
            Wish::Sku(sku) => Some(*sku) != but && counting.contains(sku),
            Wish::Plan(plan) => {
                let carriers = self.index.carriers(*plan).iter();
                let mut surely =
                    carriers.filter(|(_, certainty)| *certainty >= self.query.least_certainty);
                !off.contains(plan)
                    && surely.any(|(sku, _)| Some(*sku) != but && counting.contains(sku))
            }
            Wish::Any(parts) => parts
                .iter()
                .any(|part| self.is_met(part, counting, but, off)),
            Wish::All(parts) => parts
                .iter()
                .all(|part| self.is_met(part, counting, but, off)),
        }
    }
}
