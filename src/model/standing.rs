//! How much weight a statement has, and how certain an answer is.

use super::words::words;

words! {
    /// What kind of statement a claim is, from the firmest to the weakest.
    Standing {
        /// The contract or the product terms say it.
        Contract = "contract",
        /// The service refuses without it: seen in the product or stated as enforced by the vendor.
        Enforced = "enforced",
        /// The vendor's documentation says it.
        Documented = "documented",
        /// The vendor announced it; not yet, or never, confirmed as in force.
        Announced = "announced",
        /// Others saw or report it.
        Observed = "observed",
        /// Concluded from other statements or from what is left unsaid.
        Inferred = "inferred",
    }
}

impl Standing {
    /// Observed and inferred statements speak only where nothing better does.
    pub fn is_weak(self) -> bool {
        matches!(self, Self::Observed | Self::Inferred)
    }

    /// The grade that a statement of this standing gives; `second_hand` when every piece of its evidence was read
    /// through somebody else's page, which is at most [`Grade::Observed`].
    pub fn grade(self, second_hand: bool) -> Grade {
        let grade = match self {
            Self::Contract => Grade::Contract,
            Self::Enforced | Self::Documented => Grade::Official,
            Self::Announced => Grade::Announced,
            Self::Observed => Grade::Observed,
            Self::Inferred => Grade::Inferred,
        };
        if second_hand {
            grade.weaker(Grade::Observed)
        } else {
            grade
        }
    }
}

words! {
    /// How certain something is: a named grade, never a percentage. The order is from weakest to strongest.
    Grade {
        /// An id or a price that nobody has confirmed.
        Unverified = "unverified",
        /// Concluded, or asked about a time that no source attests.
        Inferred = "inferred",
        /// Reported by others.
        Observed = "observed",
        /// Announced by the vendor.
        Announced = "announced",
        /// Documented or enforced by the vendor.
        Official = "official",
        /// In the contract.
        Contract = "contract",
    }
}

impl Grade {
    /// The weaker of two: a chain is as certain as its weakest link.
    #[must_use]
    pub fn weaker(self, other: Self) -> Self {
        self.min(other)
    }

    /// The stronger of two: of several proofs the best one counts.
    #[must_use]
    pub fn stronger(self, other: Self) -> Self {
        self.max(other)
    }
}
