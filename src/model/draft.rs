//! What a planner put together and has not finished with.

use super::{ClaimId, Day, SkuId, Team};
use std::collections::BTreeSet;

/// Everything that an answer depends on: people with what they do and hold, the two days, and what was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The people, and what holds for all of them. There are always some.
    pub team: Team,
    /// Which of the people are asked about.
    pub at: usize,
    /// Claims taken as never made, to see the other side.
    pub set_aside: BTreeSet<ClaimId>,
    /// The sets of SKUs put side by side.
    pub compared: Vec<Vec<SkuId>>,
    /// The days marked, to see what differs between them.
    pub marked: (Option<Day>, Option<Day>),
}
