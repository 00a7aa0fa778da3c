//! What the tenant bought, as it says itself.

use super::{Origin, Reference};
use crate::model::{PlanId, SkuId};

/// The seats of one SKU, from `subscribedSkus`, a license list or a hand-written file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// The SKU.
    pub sku: Reference<SkuId>,
    /// Seats that may be given to people today; none where the export does not say.
    pub enabled: Option<u64>,
    /// Seats in the grace period after a lapse: still usable.
    pub warning: u64,
    /// Seats that are suspended: not usable.
    pub suspended: u64,
    /// Seats that are locked out: not usable.
    pub locked_out: u64,
    /// Seats given to accounts; none where the export does not say.
    pub consumed: Option<u64>,
    /// Whether the vendor says that the subscription works: `Enabled`, `Warning`, ...; none where it does not say.
    pub status: Option<String>,
    /// What the tenant says the SKU carries, which beats every table; none where the export does not list plans.
    pub plans: Option<Vec<SeatPlan>>,
    /// Where it was read.
    pub rows: Vec<Origin>,
}

impl Seats {
    /// Seats that can be given to somebody at once: usable and not yet given. None where the export does not say.
    pub fn idle(&self) -> Option<u64> {
        let usable = self.enabled?.saturating_add(self.warning);
        Some(usable.saturating_sub(self.consumed?))
    }
}

/// A service plan that a SKU of this tenant carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatPlan {
    /// The plan.
    pub plan: Reference<PlanId>,
    /// Whether it is given to the company as a whole instead of to people.
    pub to_company: bool,
    /// The vendor's word for its state: `Success`, `PendingInput`, `Disabled`, ...
    pub status: Option<String>,
}
