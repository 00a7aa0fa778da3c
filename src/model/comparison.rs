//! Sets of SKUs side by side.

use super::words::words;
use super::{ClaimId, Money, Named, PlanId, Question, Requirement, Satisfied, SeatPrice, SkuId};

/// What sets of SKUs bring, beside each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The days, the circumstances and, where there are any, the subjects that the rows are about. What it says to be held
    /// counts in every set, at no cost.
    pub question: Question,
    /// The sets, in the order asked.
    pub sets: Vec<ComparedSet>,
    /// What they bring or not, in the order of kinds and names.
    pub rows: Vec<ComparedRow>,
    /// Features that no license opens in any set: free, closed, or nobody says.
    pub unlicensed: usize,
}

/// One set.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedSet {
    /// Its SKUs, in the order typed.
    pub skus: Vec<SkuId>,
    /// What a seat of each costs; none where nobody says.
    pub prices: Vec<Option<SeatPrice>>,
    /// What they cost together a month; none where one of them has no price.
    pub total: Option<Money>,
    /// What to know before buying it.
    pub cautions: Vec<Caution>,
}

/// What to know before buying a set.
#[derive(Debug, Clone, PartialEq)]
pub enum Caution {
    /// A SKU may be bought only beside something else.
    Prerequisite {
        /// The SKU.
        sku: SkuId,
        /// What must be there.
        requires: Requirement,
        /// Whether the set has it.
        met: Satisfied,
        /// The claim.
        claim: ClaimId,
    },
    /// A tenant may have only so many seats of it.
    SeatLimit {
        /// The SKU.
        sku: SkuId,
        /// The largest number.
        at_most: u64,
        /// The claim.
        claim: ClaimId,
    },
    /// Plans that cannot be enabled together.
    Exclusion {
        /// The plans of the set.
        plans: Vec<PlanId>,
        /// The claim.
        claim: ClaimId,
    },
    /// Only frontline workers may have it.
    Frontline {
        /// The SKU.
        sku: SkuId,
    },
    /// It is not for this kind of buyer.
    OtherSegment {
        /// The SKU.
        sku: SkuId,
    },
    /// It is not sold that day to somebody who does not have it.
    NotSold {
        /// The SKU.
        sku: SkuId,
    },
    /// Nobody says what it carries, so nothing that it may bring is ruled out.
    Unlisted {
        /// The SKU.
        sku: SkuId,
    },
}

impl Caution {
    /// The claim that says so, where it is one.
    pub fn claim(&self) -> Option<ClaimId> {
        match self {
            Self::Prerequisite { claim, .. }
            | Self::SeatLimit { claim, .. }
            | Self::Exclusion { claim, .. } => Some(*claim),
            Self::Frontline { .. }
            | Self::OtherSegment { .. }
            | Self::NotSold { .. }
            | Self::Unlisted { .. } => None,
        }
    }
}

/// One thing, set by set.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedRow {
    /// A feature, a task or a plan.
    pub of: Named,
    /// One for each set.
    pub cells: Vec<Cell>,
}

/// How a row is spread over the sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spread {
    /// Not the same everywhere.
    Differs,
    /// The same everywhere, and brought or free.
    InAll,
    /// The same everywhere, and not settled.
    Unsettled,
    /// Nowhere.
    InNone,
}

impl ComparedRow {
    /// How it is spread over the sets.
    pub fn spread(&self) -> Spread {
        let first = self.cells.first().map(|cell| cell.mark);
        if self.cells.iter().any(|cell| Some(cell.mark) != first) {
            return Spread::Differs;
        }
        match first {
            Some(Mark::Yes | Mark::NotRequired) => Spread::InAll,
            Some(Mark::Unknown | Mark::Contested) => Spread::Unsettled,
            Some(Mark::No | Mark::Unavailable) | None => Spread::InNone,
        }
    }
}

/// Whether a set brings something.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Whether it does.
    pub mark: Mark,
    /// The claims that it rests on.
    pub claims: Vec<ClaimId>,
}

words! {
    /// Whether a set of SKUs brings something.
    Mark {
        /// It does.
        Yes = "yes",
        /// It does not, as far as the sources say what does.
        No = "no",
        /// Nobody attests it that day, or it turns on something unknown.
        Unknown = "unknown",
        /// Sources disagree.
        Contested = "contested",
        /// It needs no license.
        NotRequired = "not-required",
        /// No license opens it that day.
        Unavailable = "unavailable",
    }
}
