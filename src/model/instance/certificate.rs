//! Why no feasible set is cheaper than a given one, or why there is none: an argument that anyone can check step by step.
//!
//! An argument is a case distinction about what is there and what is not. Where prices of demands alone close the gap it
//! is one step long: every demand gets a toll that any set must pay at least once, no SKU pays more tolls than it costs,
//! and the tolls add up to the claimed cost.

use crate::model::{PlanIndex, SkuIndex};

/// Why a claim about a query holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// No feasible set costs less than this; none claims that there is no feasible set.
    pub cost: Option<u64>,
    /// Why.
    pub argument: Argument,
}

/// What the wish of a [`WishPart`] belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WishOf {
    /// The wish of the query at this place.
    Query(usize),
    /// The prerequisite of a SKU at this place; it has to hold where the SKU counts.
    Prerequisite(SkuIndex, usize),
    /// The SKU has to be bought.
    Forced(SkuIndex),
    /// The plan is carried by something; it has to be where the plan is enabled.
    Enabled(PlanIndex),
}

/// A wish or part of one, as something that has to hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WishPart {
    /// Where the wish comes from.
    pub of: WishOf,
    /// From the wish to one of its parts: the places of parts in parts.
    pub path: Vec<usize>,
}

/// Something that may be the case or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// The SKU counts: bought, or held with its prerequisites met.
    Sku(SkuIndex),
    /// The plan of an exclusive group is enabled.
    Enabled(PlanIndex),
    /// This part of a demand that offers several ways holds.
    Part(WishPart),
}

/// What every set that meets a demand pays at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toll {
    /// What has to be met.
    pub demand: WishPart,
    /// It cannot be met without one of these.
    pub any_of: Vec<SkuIndex>,
    /// The toll, in minor units.
    pub amount: u64,
}

/// One step of an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentStep {
    /// The demand can be met in no other way.
    Only(WishPart, Choice),
    /// Were this chosen, the demand could not be met; so it is not.
    Never(Choice, WishPart),
    /// With one of these SKUs, what is chosen and the tolls cost at least what is claimed; so they are left out.
    TooDear(Vec<Toll>, Vec<SkuIndex>),
}

/// How an argument ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentEnd {
    /// The demand cannot be met.
    Unmet(WishPart),
    /// Two SKUs that are there exclude each other.
    Clash(SkuIndex, SkuIndex),
    /// What is chosen and the tolls cost at least what is claimed.
    Dear(Vec<Toll>),
    /// One of these must be the case so that the demand is met; in each, those before it are not.
    Cases(WishPart, Vec<(Choice, Argument)>),
}

/// Steps, and an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// What can be said first, in order.
    pub steps: Vec<ArgumentStep>,
    /// What closes it.
    pub end: ArgumentEnd,
}

impl Argument {
    /// How many case distinctions and ends it has.
    pub fn size(&self) -> usize {
        match &self.end {
            ArgumentEnd::Cases(_, cases) => {
                1 + cases.iter().map(|(_, case)| case.size()).sum::<usize>()
            }
            ArgumentEnd::Unmet(_) | ArgumentEnd::Clash(..) | ArgumentEnd::Dear(_) => 1,
        }
    }
}
