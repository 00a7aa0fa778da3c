//! When a claim applies: comparisons with givens, holdings and the role asked about.

use super::{Boundary, GivenId, GivenValue, PlanId, RoleId, SkuId, Text};
use serde::{Deserialize, Serialize};

/// The `when` of a claim. Unknown givens make it unknown, never false.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Condition {
    /// A given compares as tested.
    Given {
        /// The given.
        given: GivenId,
        /// The comparison.
        test: Test,
    },
    /// The account holds a plan (or one that covers it) or a SKU.
    Holds(HeldThing),
    /// The role asked about is one of these.
    Role(Vec<RolePattern>),
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// A comparison with the value of a given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Test {
    /// Equal to a truth value or a choice.
    Is(GivenValue),
    /// A date before the boundary.
    Before(Boundary),
    /// A date on or after the boundary.
    OnOrAfter(Boundary),
    /// A count not below.
    AtLeast(u64),
    /// One of several choices.
    OneOf(Vec<Text>),
}

/// A plan or a SKU that a condition looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HeldThing {
    /// A service plan, or a plan that covers it.
    Plan(PlanId),
    /// A SKU.
    Sku(SkuId),
}

/// Which roles a condition means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum RolePattern {
    /// One role.
    Role(RoleId),
    /// Every role of an authority; written `intune:` in the data.
    Authority(Text),
}

impl Condition {
    /// Calls `visit` on every comparison, from left to right.
    pub fn each_leaf<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.each_leaf(visit))
            }
            Self::Not(part) => part.each_leaf(visit),
            leaf => visit(leaf),
        }
    }
}
