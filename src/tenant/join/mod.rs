//! Rows of all files to one tenant: the same account, group or assignment in several files is one.
//!
//! Accounts are joined by object id, else by sign-in name, else (in lists that have nothing better) by the name that
//! people see, where exactly one account or group has it. Where two rows differ, the format that tells more is believed.

mod accounts;
mod assignments;
mod gaps;
mod people;
mod principals;
mod purpose;
mod seats;

use super::lexicon::Lexicon;
use super::read::rows::Gathered;
use super::{AccountIndex, Assignment, Counted, Duty, FileRead, Group, Principal, Tenant};
use crate::dataset::KnowledgeBase;
use std::collections::BTreeSet;

/// Joins what was read. Which day it is does not matter here.
pub(super) fn join(
    knowledge: &KnowledgeBase,
    mut gathered: Gathered,
    files: Vec<FileRead>,
    counted: Counted,
) -> Tenant {
    let mut lexicon = Lexicon::new(knowledge);
    for row in std::mem::take(&mut gathered.roles) {
        lexicon.learn_role(row.id, row.role);
    }
    let mut directory = principals::Directory::of(&mut gathered);
    let assignments = assignments::assignments(
        std::mem::take(&mut gathered.assignments),
        &mut directory,
        &lexicon,
    );
    let duties = assignments::duties(
        std::mem::take(&mut gathered.duties),
        &mut directory,
        &lexicon,
    );
    let groups = directory.expanded();
    let ties = people::ties(directory.accounts());
    let wanted = wanted(&directory, &assignments, &duties, &groups, &ties);
    let mut accounts = Vec::with_capacity(wanted.len());
    let mut order: Vec<usize> = wanted.into_iter().collect();
    order.sort_by_cached_key(|at| directory.sort_key(*at));
    let (joined, services, unresolved) = directory.into_parts();
    let mut joined: Vec<Option<accounts::Joined>> = joined.into_iter().map(Some).collect();
    let mut places = vec![None; joined.len()];
    for at in order {
        if let Some(row) = joined.get_mut(at).and_then(Option::take) {
            if let Some(place) = places.get_mut(at) {
                *place = Some(AccountIndex::at(accounts.len()));
            }
            accounts.push(accounts::account(row, &lexicon));
        }
    }
    drop(joined);
    let place = |account: AccountIndex| places.get(account.index()).copied().flatten();
    let moved = |principal: Principal| match principal {
        Principal::Account(account) => place(account).map(Principal::Account),
        other => Some(other),
    };
    let mut groups: Vec<Group> = groups;
    for group in &mut groups {
        group.accounts = group.accounts.iter().copied().filter_map(place).collect();
        group.accounts.sort_unstable();
    }
    let assignments: Vec<Assignment> = assignments
        .into_iter()
        .filter_map(|assignment| {
            Some(Assignment {
                principal: moved(assignment.principal)?,
                ..assignment
            })
        })
        .collect();
    let duties: Vec<Duty> = duties
        .into_iter()
        .filter_map(|duty| {
            Some(Duty {
                principal: moved(duty.principal)?,
                ..duty
            })
        })
        .collect();
    let people = people::people(&mut accounts, &ties, place);
    let mut tenant = Tenant {
        files,
        accounts,
        people,
        groups,
        services,
        unresolved,
        assignments,
        duties,
        seats: seats::seats(std::mem::take(&mut gathered.seats), &lexicon),
        counted,
        missing: gathered.missing,
    };
    assignments::sort(&mut tenant);
    purpose::guess(&mut tenant, knowledge);
    gaps::find(&mut tenant);
    tenant
}

/// The accounts that an audit looks at: principals, members of groups that are, and the other accounts of these people.
fn wanted(
    directory: &principals::Directory,
    assignments: &[Assignment],
    duties: &[Duty],
    groups: &[Group],
    ties: &[super::Tie],
) -> BTreeSet<usize> {
    let mut wanted = BTreeSet::new();
    let assigned = assignments.iter().map(|assignment| assignment.principal);
    for principal in assigned.chain(duties.iter().map(|duty| duty.principal)) {
        match principal {
            Principal::Account(account) => {
                wanted.insert(account.index());
            }
            Principal::Group(group) => {
                if let Some(group) = groups.get(group.index()) {
                    wanted.extend(group.accounts.iter().map(|account| account.index()));
                }
            }
            Principal::Service(_) | Principal::Unresolved(_) => {}
        }
    }
    // What a person wrote down by hand is meant to be looked at.
    let written = directory.accounts().iter().enumerate();
    wanted.extend(
        written
            .filter(|(_, joined)| joined.row.listed)
            .map(|(at, _)| at),
    );
    loop {
        let before = wanted.len();
        for tie in ties {
            if wanted.contains(&tie.account.index()) || wanted.contains(&tie.to.index()) {
                wanted.insert(tie.account.index());
                wanted.insert(tie.to.index());
            }
        }
        if wanted.len() == before {
            return wanted;
        }
    }
}
