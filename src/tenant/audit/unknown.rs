//! Who is behind a principal, as far as no export tells.

use crate::tenant::{GroupIndex, Missing, MissingAbout, MissingFact, Principal, Tenant};
use std::collections::BTreeSet;

/// The groups at and below a group whose members nobody tells.
pub(super) fn unknown_groups(tenant: &Tenant, group: GroupIndex) -> Vec<GroupIndex> {
    let mut seen: BTreeSet<GroupIndex> = BTreeSet::new();
    let mut queue = vec![group];
    let mut unknown = Vec::new();
    while let Some(at) = queue.pop() {
        let Some(group) = tenant.groups.get(at.index()) else {
            continue;
        };
        if !seen.insert(at) {
            continue;
        }
        if !group.members_known {
            unknown.push(at);
        }
        // A transitive list has everybody of the groups inside, too.
        if !group.transitive {
            queue.extend(&group.groups);
        }
    }
    unknown.sort_unstable();
    unknown
}

/// What is missing about a principal, where nobody can tell who is behind it.
pub(super) fn missing_behind(tenant: &Tenant, principal: Principal) -> Vec<Missing> {
    match principal {
        Principal::Group(group) => unknown_groups(tenant, group)
            .into_iter()
            .map(|group| Missing {
                fact: MissingFact::GroupMembers,
                about: MissingAbout::Group(group),
            })
            .collect(),
        Principal::Unresolved(at) => vec![Missing {
            fact: MissingFact::Principal,
            about: MissingAbout::Unresolved(at),
        }],
        Principal::Account(_) | Principal::Service(_) => Vec::new(),
    }
}
