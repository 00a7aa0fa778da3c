//! What every query on one market needs, worked out once.

use crate::model::{Market, PlanIndex, SkuIndex, Wish};
use std::collections::BTreeMap;

/// A market seen from its plans.
pub(super) struct Index<'a> {
    pub(super) market: &'a Market,
    /// By plan: the SKUs that carry it, each with the certainty, by index.
    carriers: Vec<Vec<(SkuIndex, u8)>>,
    /// By plan: the exclusive groups that it is in.
    groups: Vec<Vec<usize>>,
    /// By SKU: per exclusive group of which it carries something, which plans these are, as a number that is the same for
    /// the same plans.
    pub(super) signatures: Vec<Vec<(usize, usize)>>,
    /// By SKU: its prerequisites.
    pub(super) prerequisites: Vec<Vec<Prerequisite<'a>>>,
    /// How many different prerequisites there are.
    pub(super) different: usize,
}

/// A prerequisite of a SKU.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prerequisite<'a> {
    pub(super) wish: &'a Wish,
    /// The same number for the same wish: many add-ons need the same bases.
    pub(super) number: usize,
    /// Whether the SKU itself is among what would meet it, which does not count.
    pub(super) names_owner: bool,
}

impl<'a> Index<'a> {
    pub(super) fn of(market: &'a Market) -> Self {
        let mut carriers: Vec<Vec<(SkuIndex, u8)>> = vec![Vec::new(); market.plans()];
        for (place, sku) in market.skus().iter().enumerate() {
            for (plan, certainty) in &sku.carries {
                carriers[plan.index()].push((SkuIndex::at(place), *certainty));
            }
        }
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); market.plans()];
        for (group, plans) in market.exclusive().iter().enumerate() {
            for plan in plans {
                groups[plan.index()].push(group);
            }
        }
        let mut numbers: BTreeMap<&Wish, usize> = BTreeMap::new();
        let mut kinds: BTreeMap<(usize, Vec<PlanIndex>), usize> = BTreeMap::new();
        let mut signatures = Vec::with_capacity(market.skus().len());
        let mut prerequisites = Vec::with_capacity(market.skus().len());
        for (place, sku) in market.skus().iter().enumerate() {
            let mut carried: BTreeMap<usize, Vec<PlanIndex>> = BTreeMap::new();
            for (plan, _) in &sku.carries {
                for group in &groups[plan.index()] {
                    carried.entry(*group).or_default().push(*plan);
                }
            }
            let signature = carried.into_iter().map(|(group, plans)| {
                let next = kinds.len();
                (group, *kinds.entry((group, plans)).or_insert(next))
            });
            signatures.push(signature.collect());
            let wishes = sku.requires.iter().map(|wish| {
                let next = numbers.len();
                Prerequisite {
                    wish,
                    number: *numbers.entry(wish).or_insert(next),
                    names_owner: !market.counts_own() && names(market, wish, SkuIndex::at(place)),
                }
            });
            prerequisites.push(wishes.collect());
        }
        Self {
            market,
            carriers,
            groups,
            signatures,
            prerequisites,
            different: numbers.len(),
        }
    }

    /// The SKUs that carry a plan, each with the certainty, by index.
    pub(super) fn carriers(&self, plan: PlanIndex) -> &[(SkuIndex, u8)] {
        self.carriers.get(plan.index()).map_or(&[], Vec::as_slice)
    }

    /// The exclusive groups that a plan is in.
    pub(super) fn groups(&self, plan: PlanIndex) -> &[usize] {
        self.groups.get(plan.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether two SKUs cannot be together where nothing can be switched off.
    pub(super) fn clash(&self, one: SkuIndex, other: SkuIndex) -> bool {
        let of = |sku: SkuIndex| self.signatures.get(sku.index()).into_iter().flatten();
        of(one)
            .any(|(group, plans)| of(other).any(|(also, others)| group == also && plans != others))
    }
}

/// Whether a SKU would meet some part of a wish.
fn names(market: &Market, wish: &Wish, sku: SkuIndex) -> bool {
    match wish {
        Wish::Sku(named) => *named == sku,
        Wish::Plan(named) => market.sku(sku).is_some_and(|sku| {
            let carried = sku.carries.binary_search_by_key(named, |(plan, _)| *plan);
            carried.is_ok()
        }),
        Wish::Any(parts) | Wish::All(parts) => parts.iter().any(|part| names(market, part, sku)),
    }
}
