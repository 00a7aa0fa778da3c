//! What the engine says about an instance.

use crate::model::{PlanIndex, SkuIndex};

/// A feasible set of SKUs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseSet {
    /// What is bought, in canonical order.
    pub bought: Vec<SkuIndex>,
    /// What that costs, in minor units.
    pub cost: u64,
    /// Plans that come with it and nobody asked for.
    pub surplus: u32,
    /// Plans to switch off so that no two of an exclusive group are enabled: the fewest, then the first by index. Empty
    /// unless exclusions are between plans.
    pub switch_off: Vec<PlanIndex>,
}

/// What a search for the cheapest set came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solved {
    /// The best set found: none if there is none, or none was found before the search gave up.
    pub best: Option<LicenseSet>,
    /// Whether it is certain that nothing is better, or that nothing is feasible.
    pub proven: bool,
    /// No feasible set costs less than this, in minor units.
    pub bound: u64,
    /// Nodes of the search.
    pub nodes: u64,
}

impl Solved {
    /// Whether it is certain that no set is feasible.
    pub fn is_impossible(&self) -> bool {
        self.proven && self.best.is_none()
    }
}

/// The best irredundant sets: of none is a proper subset feasible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedSets {
    /// The best first; fewer than asked for where there are no more.
    pub sets: Vec<LicenseSet>,
    /// Whether these are certainly the best.
    pub proven: bool,
    /// Nodes of all searches together.
    pub nodes: u64,
    /// How many queries were answered for it.
    pub solves: u64,
}

/// What it costs to be how certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertaintyFront {
    /// For each least certainty, rising, the cheapest set.
    pub levels: Vec<(u8, Solved)>,
}

impl CertaintyFront {
    /// Certainty and cost where more certainty costs more.
    pub fn pairs(&self) -> Vec<(u8, u64)> {
        let costs = self.levels.iter().filter_map(|(level, solved)| {
            let best = solved.best.as_ref()?;
            Some((*level, best.cost))
        });
        let mut pairs: Vec<(u8, u64)> = Vec::new();
        for (level, cost) in costs {
            pairs.retain(|(_, lower)| *lower < cost);
            pairs.push((level, cost));
        }
        pairs
    }
}

/// Why a set of SKUs is not feasible, or nothing if it is. Places are those of wishes and prerequisites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    /// What is in the set and may not be bought.
    pub not_for_sale: Vec<SkuIndex>,
    /// What had to be in the set.
    pub not_forced: Vec<SkuIndex>,
    /// Wishes that are not met even with every plan enabled.
    pub wishes: Vec<usize>,
    /// Prerequisites of bought SKUs that are not met even with every plan enabled.
    pub prerequisites: Vec<(SkuIndex, usize)>,
    /// SKUs that exclude each other, where nothing can be switched off.
    pub clashes: Vec<(SkuIndex, SkuIndex)>,
    /// Plans that are carried together and exclude each other, where no way to switch some of them off leaves everything
    /// met that would be met with all of them.
    pub excluded: Vec<Vec<PlanIndex>>,
}

impl Missing {
    /// Whether nothing is missing: the set is feasible.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Why a query is unsatisfiable. Places are those of its wishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsatisfiable {
    /// The fewest wishes that cannot hold together, the first of those.
    pub core: Vec<usize>,
    /// The fewest wishes to drop so that the others can hold, the first of those.
    pub drop: Vec<usize>,
    /// The cheapest set for the others.
    pub nearest: Option<LicenseSet>,
    /// How many questions of feasibility were answered for it.
    pub solves: u64,
}
