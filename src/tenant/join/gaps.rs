//! What no export told, found when everything is joined.

use crate::tenant::{
    Account, AccountIndex, AssignmentState, Bound, FileIndex, FileRead, GroupIndex, LicenseWay,
    Missing, MissingAbout, MissingFact, Outcome, Principal, ReadAs, Scope, Tenant, UnresolvedIndex,
    UserType,
};
use std::collections::BTreeSet;

/// Adds to the tenant what is missing, and sorts.
pub(super) fn find(tenant: &mut Tenant) {
    let mut missing = std::mem::take(&mut tenant.missing);
    let incomplete: BTreeSet<FileIndex> = missing
        .iter()
        .filter_map(|missing| match missing.about {
            MissingAbout::File(file) => Some(file),
            _ => None,
        })
        .collect();
    let mut tell = |is_missing: bool, fact| {
        if is_missing {
            missing.push(Missing {
                fact,
                about: MissingAbout::Tenant,
            });
        }
    };
    let used = |kinds: &[ReadAs]| {
        // A whole list that is empty tells that there is nothing; one of which nothing was understood tells nothing.
        let tells = |at: usize, file: &FileRead| {
            file.understood > 0 || file.rows == 0 && !incomplete.contains(&FileIndex::at(at))
        };
        let mut files = tenant.files.iter().enumerate();
        files.any(|(at, file)| {
            file.outcome == Outcome::Used && tells(at, file) && kinds.contains(&file.read_as)
        })
    };
    let by_hand = used(&[ReadAs::HandWritten]);
    tell(
        tenant.counted.accounts == 0 && !by_hand,
        MissingFact::Accounts,
    );
    let roles = &tenant.assignments;
    tell(roles.is_empty(), MissingFact::Assignments);
    let lists_eligible = used(&[
        ReadAs::RoleEligibilitySchedules,
        ReadAs::RoleEligibilityScheduleInstances,
        ReadAs::PimExport,
    ]);
    let has_eligible = roles
        .iter()
        .any(|role| role.state == AssignmentState::Eligible);
    tell(
        !lists_eligible && !has_eligible && !by_hand,
        MissingFact::Eligibility,
    );
    let is_person = |principal| !matches!(principal, Principal::Service(_));
    let mut of_people = roles.iter().filter(|role| is_person(role.principal));
    tell(
        of_people.clone().any(|role| role.end == Bound::NotTold),
        MissingFact::Bounds,
    );
    tell(
        of_people
            .clone()
            .any(|role| role.state == AssignmentState::NotTold),
        MissingFact::State,
    );
    tell(
        of_people.any(|role| role.scope == Scope::NotTold),
        MissingFact::Scope,
    );
    tell(
        tenant.duties.is_empty() && !used(&[ReadAs::RolePolicies]),
        MissingFact::Approvers,
    );
    tell(tenant.seats.is_empty(), MissingFact::Seats);
    tell(
        tenant.seats.iter().any(|seats| seats.plans.is_none()),
        MissingFact::SeatPlans,
    );
    let licensed = || {
        tenant
            .accounts
            .iter()
            .filter_map(|account| Some((account, account.licenses.as_ref()?)))
    };
    tell(
        licensed().any(|(account, licenses)| !licenses.is_empty() && !account.switches_told),
        MissingFact::SwitchedOffPlans,
    );
    let is_untold = |account: &Account| account.user_type == UserType::NotTold;
    tell(tenant.accounts.iter().any(is_untold), MissingFact::UserType);
    let ways = |ways: &Vec<LicenseWay>| ways.is_empty();
    tell(
        licensed().any(|(_, licenses)| licenses.iter().any(|license| ways(&license.ways))),
        MissingFact::LicenseWays,
    );
    for (at, account) in tenant.accounts.iter().enumerate() {
        if account.licenses.is_none() && !account.deleted {
            missing.push(Missing {
                fact: MissingFact::Licenses,
                about: MissingAbout::Account(AccountIndex::at(at)),
            });
        }
    }
    for (at, group) in tenant.groups.iter().enumerate() {
        let index = GroupIndex::at(at);
        let holds = !tenant.assignments_of(Principal::Group(index)).is_empty();
        let decides = tenant
            .duties
            .iter()
            .any(|duty| duty.principal == Principal::Group(index));
        let is_inside = tenant
            .groups
            .iter()
            .any(|outer| outer.groups.contains(&index));
        if !group.members_known && (holds || decides || is_inside) {
            missing.push(Missing {
                fact: MissingFact::GroupMembers,
                about: MissingAbout::Group(index),
            });
        }
    }
    missing.extend((0..tenant.unresolved.len()).map(|at| Missing {
        fact: MissingFact::Principal,
        about: MissingAbout::Unresolved(UnresolvedIndex::at(at)),
    }));
    missing.sort();
    missing.dedup();
    tenant.missing = missing;
}
