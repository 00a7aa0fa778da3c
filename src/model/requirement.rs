//! What has to be held or done.

use super::{FeatureId, GivenId, PlanId, SkuId};
use serde::{Deserialize, Serialize};

/// A monotone and/or tree: holding more never breaks it, so there is no "not".
///
/// ```
/// use licit::model::{PlanId, Requirement};
/// let p1_or_p2 = Requirement::Any(vec![Requirement::Plan(PlanId::at(0)), Requirement::Plan(PlanId::at(1))]);
/// assert!(p1_or_p2.demands());
/// assert!(!Requirement::Nothing.demands());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Requirement {
    /// No license is needed.
    Nothing,
    /// A license is due and nobody says which.
    Unnamed,
    /// A service plan, or a plan that covers it.
    Plan(PlanId),
    /// This SKU.
    Sku(SkuId),
    /// Whatever grants the feature.
    Feature(FeatureId),
    /// A thing to do, not to buy: this yes-or-no given must be yes.
    Given(GivenId),
    /// One of them is enough.
    Any(Vec<Requirement>),
    /// All of them are needed.
    All(Vec<Requirement>),
}

impl Requirement {
    /// Whether a license is asked for: neither nothing, nor only things to do, nor met without one by a way that needs
    /// no license.
    pub fn demands(&self) -> bool {
        match self {
            Self::Nothing | Self::Given(_) => false,
            Self::Unnamed | Self::Plan(_) | Self::Sku(_) | Self::Feature(_) => true,
            // A thing to do beside a license in `any` is another way to comply; it does not make the license vanish.
            Self::Any(parts) => {
                parts.iter().any(Self::demands)
                    && !parts.iter().any(|part| matches!(part, Self::Nothing))
            }
            Self::All(parts) => parts.iter().any(Self::demands),
        }
    }

    /// Calls `visit` on every leaf, from left to right.
    pub fn each_leaf<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        match self {
            Self::Any(parts) | Self::All(parts) => {
                parts.iter().for_each(|part| part.each_leaf(visit))
            }
            leaf => visit(leaf),
        }
    }
}
