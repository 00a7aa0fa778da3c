//! The same question with other licenses.

use super::words::words;
use super::{Answer, Caution, Money, NeedSubject, SeatPrice, SkuId};

/// What a change of licenses brings about.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// SKUs that the account would no longer hold.
    pub dropped: Vec<SkuId>,
    /// SKUs that it would hold then.
    pub added: Vec<SkuId>,
    /// The answer without the change.
    pub before: Answer,
    /// The answer with it.
    pub after: Answer,
    /// One for each need, in the order of the answers.
    pub changes: Vec<NeedChange>,
    /// The answer with the change about what is worse off alone: its basket makes good what is lost. None where nothing is.
    pub remedy: Option<Answer>,
    /// What to know of what is held with the change.
    pub cautions: Vec<Caution>,
    /// What is held costs so much without the change.
    pub cost_before: Holdings,
    /// And so much with it; what is missing then is not in it.
    pub cost_after: Holdings,
}

/// What an account holds, with what a seat of each costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings {
    /// The SKUs, by id; no price where nobody says one.
    pub skus: Vec<(SkuId, Option<SeatPrice>)>,
    /// What they cost together a month; none where one of them has no price.
    pub total: Option<Money>,
}

/// What becomes of a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedChange {
    /// The need.
    pub subject: NeedSubject,
    /// What becomes of it.
    pub effect: Effect,
}

words! {
    /// What a change of licenses does to a need, the worst first.
    Effect {
        /// It was satisfied and is not.
        Lost = "lost",
        /// It was satisfied and perhaps is not.
        Uncertain = "uncertain",
        /// It was not surely satisfied and is less so, or more so without being so.
        Changed = "changed",
        /// It is satisfied now.
        Gained = "gained",
        /// It is not satisfied, as before.
        Missing = "missing",
        /// It is not settled, as before.
        Unsettled = "unsettled",
        /// It is satisfied, as before, or needs no license.
        Kept = "kept",
    }
}

impl Effect {
    /// Whether it was there and may not be.
    pub fn is_worse(self) -> bool {
        matches!(self, Self::Lost | Self::Uncertain)
    }
}

impl WhatIf {
    /// How many needs have an effect.
    pub fn count(&self, effect: Effect) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.effect == effect).count()
    }
}
