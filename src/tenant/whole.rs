//! The tenant itself: everything that was read, joined.

use super::{
    Account, Assignment, Counted, Duty, FileRead, Group, Missing, Person, Principal, Seats,
    ServicePrincipal, Unresolved,
};

/// What the exports of one tenant tell, joined.
///
/// Invariants: every index names a row of its list; every account stands in exactly one person; lists are in an order
/// that does not depend on the order of the files given. `accounts` holds the accounts that an audit looks at: those
/// that hold or manage a role, are in a group that does, or belong to the same person; all others are only in `counted`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// What came of each file, in the order given.
    pub files: Vec<FileRead>,
    /// Accounts, by sign-in name, then object id.
    pub accounts: Vec<Account>,
    /// People, in the order of their first account.
    pub people: Vec<Person>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Programs.
    pub services: Vec<ServicePrincipal>,
    /// Principals that no export describes.
    pub unresolved: Vec<Unresolved>,
    /// Role assignments, each once, by principal.
    pub assignments: Vec<Assignment>,
    /// Who approves and reviews.
    pub duties: Vec<Duty>,
    /// What the tenant owns, by SKU.
    pub seats: Vec<Seats>,
    /// All accounts that the exports list, kept here or not; of the files that tell most.
    pub counted: Counted,
    /// What the exports cannot tell, each once, sorted.
    pub missing: Vec<Missing>,
}

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident $list:ident $row:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The row at a place of the list.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Its place in the list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::ops::Index<$name> for Tenant {
            type Output = $row;
            fn index(&self, at: $name) -> &$row {
                &self.$list[at.index()]
            }
        }
    )*};
}

indices! {
    /// An account of a [`Tenant`].
    AccountIndex accounts Account;
    /// A person of a [`Tenant`].
    PersonIndex people Person;
    /// A group of a [`Tenant`].
    GroupIndex groups Group;
    /// A program of a [`Tenant`].
    ServiceIndex services ServicePrincipal;
    /// A principal of a [`Tenant`] that no export describes.
    UnresolvedIndex unresolved Unresolved;
}

impl Tenant {
    /// The accounts that an assignment reaches: the account itself, or everybody known to be in the group.
    pub fn reached(&self, principal: Principal) -> Vec<AccountIndex> {
        match principal {
            Principal::Account(account) => vec![account],
            Principal::Group(group) => self
                .groups
                .get(group.index())
                .map(|group| group.accounts.clone())
                .unwrap_or_default(),
            Principal::Service(_) | Principal::Unresolved(_) => Vec::new(),
        }
    }

    /// The assignments of one principal, in order.
    pub fn assignments_of(&self, principal: Principal) -> &[Assignment] {
        let from = self
            .assignments
            .partition_point(|assignment| assignment.principal < principal);
        let rest = self.assignments.get(from..).unwrap_or_default();
        let length = rest.partition_point(|assignment| assignment.principal == principal);
        rest.get(..length).unwrap_or_default()
    }
}
