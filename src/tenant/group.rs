//! Principals that are no accounts: groups, programs, and what the exports name without saying what it is.

use super::{AccountIndex, GroupIndex, Origin};
use crate::model::Guid;

/// A group, mostly one that holds roles or licenses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The object id.
    pub object_id: Option<Guid>,
    /// Its name, cleaned.
    pub name: Option<String>,
    /// Whether roles may be given to it; none where no export says.
    pub role_assignable: Option<bool>,
    /// Whether an export lists its members. Without, who is in it cannot be told.
    pub members_known: bool,
    /// Whether that list has the members of groups inside it too, so that nothing is left to expand.
    pub transitive: bool,
    /// Accounts in it, directly or through groups inside it as far as these are known; sorted.
    pub accounts: Vec<AccountIndex>,
    /// Groups directly in it; sorted.
    pub groups: Vec<GroupIndex>,
    /// Where it was read.
    pub rows: Vec<Origin>,
}

/// A program that signs in by itself: an application, a managed identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePrincipal {
    /// The object id.
    pub object_id: Option<Guid>,
    /// The id of the application.
    pub app_id: Option<Guid>,
    /// Its name, cleaned.
    pub name: Option<String>,
    /// Where it was read.
    pub rows: Vec<Origin>,
}

/// A principal that an assignment names and no export describes: it may be an account, a group or a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// The object id, where that is how it is named.
    pub object_id: Option<Guid>,
    /// The name that the assignment gives it, cleaned.
    pub name: Option<String>,
    /// Where it was read.
    pub rows: Vec<Origin>,
}
