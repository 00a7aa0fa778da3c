//! Totals, counted from the lists of an audit and from nothing else.

use super::outcome::{Audit, Totals};
use crate::tenant::{AccountIndex, Principal, ServiceIndex, Tenant};
use std::collections::{BTreeMap, BTreeSet};

/// Counts.
pub(super) fn totals(tenant: &Tenant, audit: &Audit) -> Totals {
    let accounts: BTreeSet<AccountIndex> =
        audit.rows.iter().filter_map(|row| row.account).collect();
    let programs: BTreeSet<ServiceIndex> = audit
        .rows
        .iter()
        .filter_map(|row| match row.principal {
            Principal::Service(service) => Some(service),
            _ => None,
        })
        .collect();
    let holds = |account: &&AccountIndex| match &tenant[**account].licenses {
        Some(licenses) => licenses.is_empty(),
        None => false,
    };
    let not_told = |account: &&AccountIndex| tenant[**account].licenses.is_none();
    Totals {
        people: number(audit.people.len()),
        unlicensed_accounts: number(accounts.iter().filter(holds).count()),
        accounts_not_told: number(accounts.iter().filter(not_told).count()),
        accounts: number(accounts.len()),
        assignments: number(tenant.assignments.len()),
        programs: number(programs.len()),
        people_by_verdict: tally(audit.people.iter().map(|person| person.verdict)),
        rows_by_verdict: tally(audit.rows.iter().map(|row| row.verdict)),
        not_counted: tally(audit.rows.iter().filter_map(|row| row.not_counted)),
        findings: tally(audit.findings.iter().map(|finding| finding.kind())),
        ignored: number(audit.ignored.len()),
        known_before: number(audit.known_before.len()),
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn tally<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, u64> {
    let mut tally = BTreeMap::new();
    for item in items {
        *tally.entry(item).or_insert(0) += 1;
    }
    tally
}
