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
