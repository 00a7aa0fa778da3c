//! What happened: dated news that a knowledge base tells.

use super::words::words;
use super::{Boundary, ClaimId};

words! {
    /// What happened.
    EventKind {
        /// Something came into force.
        Began = "began",
        /// Something ceased to be in force.
        Ended = "ended",
        /// Something was told that binds only later.
        Announced = "announced",
        /// What was told of a later day is now told of a day after that.
        Postponed = "postponed",
        /// What was told of a later day is now told of a day before that.
        BroughtForward = "brought-forward",
        /// What was told counts as never said; something else is told instead.
        Corrected = "corrected",
        /// What was told was taken back.
        Withdrawn = "withdrawn",
        /// Something goes by another name.
        Renamed = "renamed",
        /// Something costs something else.
        Repriced = "repriced",
        /// A statement is less sure, since its text left the page of a source.
        Regraded = "re-graded",
    }
}

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When: as written in the data. A day of an imprecise date is never picked.
    pub at: Boundary,
    /// What happened.
    pub kind: EventKind,
    /// The claim that tells it.
    pub claim: ClaimId,
    /// The claims that it takes the place of.
    pub instead_of: Vec<ClaimId>,
    /// Whether it lies wholly or partly after the day of the question.
    pub is_to_come: bool,
}
