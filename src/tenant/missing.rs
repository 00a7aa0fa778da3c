//! What the exports cannot tell, as data: a verdict that would turn on it is "cannot tell", never "ok".

use super::{AccountIndex, FileIndex, GroupIndex, ReadAs, UnresolvedIndex};
use crate::model::words;

/// Something that no export tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// What.
    pub fact: MissingFact,
    /// About whom or what.
    pub about: MissingAbout,
}

impl Missing {
    /// The export that would settle it.
    pub fn settled_by(&self) -> ReadAs {
        match self.fact {
            MissingFact::Accounts
            | MissingFact::Licenses
            | MissingFact::SwitchedOffPlans
            | MissingFact::LicenseWays
            | MissingFact::UserType => ReadAs::Users,
            MissingFact::Assignments | MissingFact::Scope | MissingFact::Principal => {
                ReadAs::RoleAssignments
            }
            MissingFact::Eligibility => ReadAs::RoleEligibilitySchedules,
            MissingFact::Bounds | MissingFact::State => ReadAs::RoleAssignmentSchedules,
            MissingFact::Approvers => ReadAs::RolePolicies,
            MissingFact::GroupMembers => ReadAs::Groups,
            MissingFact::Seats | MissingFact::SeatPlans => ReadAs::SubscribedSkus,
            MissingFact::NextPage | MissingFact::RestOfFile | MissingFact::DeeperParts => {
                ReadAs::Unknown
            }
        }
    }
}

/// What a missing fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingAbout {
    /// The tenant as a whole.
    Tenant,
    /// One file.
    File(FileIndex),
    /// One account.
    Account(AccountIndex),
    /// One group.
    Group(GroupIndex),
    /// One principal that no export describes.
    Unresolved(UnresolvedIndex),
}

words! {
    /// Kinds of facts that exports leave out.
    MissingFact {
        /// No export lists accounts.
        Accounts = "accounts",
        /// Nothing tells which licenses are held.
        Licenses = "licenses",
        /// Licenses are told without the plans switched off in them.
        SwitchedOffPlans = "switched-off-plans",
        /// Licenses are told without saying whether a group gave them.
        LicenseWays = "license-ways",
        /// Nothing tells which accounts are guests.
        UserType = "user-type",
        /// No export lists role assignments.
        Assignments = "assignments",
        /// No export lists eligible assignments.
        Eligibility = "eligibility",
        /// Assignments are told without saying when they end.
        Bounds = "bounds",
        /// Assignments are told without saying whether they are active or eligible.
        State = "state",
        /// Assignments are told without saying where they hold.
        Scope = "scope",
        /// No export tells who approves activations.
        Approvers = "approvers",
        /// A principal is named and nowhere described.
        Principal = "principal",
        /// Nobody tells who is in the group.
        GroupMembers = "group-members",
        /// No export tells which seats the tenant owns.
        Seats = "seats",
        /// Seats are told without the plans that they carry.
        SeatPlans = "seat-plans",
        /// A page that stands before or after the one in the file is not among the files.
        NextPage = "next-page",
        /// The file ends in the middle.
        RestOfFile = "rest-of-file",
        /// Deeper parts were written as plain text when the file was made.
        DeeperParts = "deeper-parts",
    }
}
