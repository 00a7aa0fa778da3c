//! Who holds which role, where, and how.

use super::{AccountIndex, GroupIndex, Origin, Reference, ServiceIndex, Stamp, UnresolvedIndex};
use crate::model::{Day, RoleId, words};

/// One role given to one principal. The same assignment in several files is one assignment with several rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Who holds it.
    pub principal: Principal,
    /// The role; unknown and custom roles have no id and keep their name.
    pub role: Reference<RoleId>,
    /// Where it holds.
    pub scope: Scope,
    /// Whether it is in use or waits to be activated.
    pub state: AssignmentState,
    /// When it began; none where no export says.
    pub start: Option<Stamp>,
    /// When it ends.
    pub end: Bound,
    /// Whether it was given to the principal itself.
    pub membership: Membership,
    /// Where it was read, sorted; at least one.
    pub rows: Vec<Origin>,
}

impl Assignment {
    /// Whether it covers a part of that day, as far as the exports tell.
    pub fn is_current(&self, on: Day) -> bool {
        let has_begun = self.start.is_none_or(|start| start.day <= on);
        let has_ended = match self.end {
            Bound::Until(end) => end <= Stamp::midnight(on),
            Bound::Permanent | Bound::NotTold => false,
        };
        has_begun && !has_ended
    }
}

/// Who holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// An account.
    Account(AccountIndex),
    /// A group: everybody in it.
    Group(GroupIndex),
    /// A program.
    Service(ServiceIndex),
    /// Something that no export describes.
    Unresolved(UnresolvedIndex),
}

/// Where an assignment holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole tenant.
    Tenant,
    /// One administrative unit, by id or name.
    AdministrativeUnit(String),
    /// One application or another object, by id or path.
    Object(String),
    /// The export does not say.
    NotTold,
}

/// When an assignment ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// Never.
    Permanent,
    /// At this moment.
    Until(Stamp),
    /// The export does not say: it may be bound to a time.
    NotTold,
}

words! {
    /// Whether an assignment is in use.
    AssignmentState {
        /// In use.
        Active = "active",
        /// May be activated by its holder.
        Eligible = "eligible",
        /// In use because its holder activated an eligible one for some hours.
        Activated = "activated",
        /// The export does not say; it may be active or eligible.
        NotTold = "not-told",
    }
}

words! {
    /// Whether an assignment was given to the principal itself.
    Membership {
        /// To the principal itself.
        Direct = "direct",
        /// Through a group that the principal is in.
        Group = "group",
        /// Through a wider scope.
        Inherited = "inherited",
        /// The export does not say.
        NotTold = "not-told",
    }
}

/// Somebody who decides about roles of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Who.
    pub principal: Principal,
    /// What they do.
    pub kind: DutyKind,
    /// About which role; none for all.
    pub role: Option<Reference<RoleId>>,
    /// Where it was read, sorted; at least one.
    pub rows: Vec<Origin>,
}

words! {
    /// What somebody decides about roles of others.
    DutyKind {
        /// Approves activations.
        Approver = "approver",
        /// Reviews who has access.
        Reviewer = "reviewer",
    }
}
