//! Assignments and duties, each once.

use super::principals::{Directory, put};
use crate::tenant::lexicon::Lexicon;
use crate::tenant::read::rows::{AssignmentRow, DutyRow};
use crate::tenant::{Assignment, AssignmentState, Bound, Duty, Membership, Scope, Tenant};
use std::cmp::Ordering;

/// Joins rows that mean one assignment.
pub(super) fn assignments(
    rows: Vec<AssignmentRow>,
    directory: &mut Directory,
    lexicon: &Lexicon<'_>,
) -> Vec<Assignment> {
    let mut rows: Vec<Assignment> = rows
        .into_iter()
        .map(|row| Assignment {
            principal: directory.find(&row.principal, &row.origin),
            role: lexicon.role(&row.role),
            scope: row.scope,
            state: row.state,
            start: row.start,
            end: row.end,
            membership: row.membership,
            rows: vec![row.origin],
        })
        .collect();
    // So that vaguer rows find what they repeat.
    rows.sort_by(order);
    let mut joined: Vec<Assignment> = Vec::with_capacity(rows.len());
    let mut first_of_principal = 0;
    for row in rows {
        if joined.last().is_some_and(|last| last.principal != row.principal) {
            first_of_principal = joined.len();
        }
        let same = joined.get_mut(first_of_principal..).unwrap_or_default();
        match same.iter_mut().find(|known| is_repeated(known, &row)) {
            Some(known) => add(known, &row),
            None => joined.push(row),
        }
    }
    joined
}

/// Principals together, and of each the rows that tell most first, in an order that files do not change.
fn order(one: &Assignment, two: &Assignment) -> Ordering {
    let told = |row: &Assignment| {
        (
            row.principal,
            row.scope == Scope::NotTold,
            row.state == AssignmentState::NotTold,
            row.end == Bound::NotTold,
        )
    };
    told(one)
        .cmp(&told(two))
        .then_with(|| one.scope.cmp(&two.scope))
        .then_with(|| one.state.cmp(&two.state))
        .then_with(|| one.end.cmp(&two.end))
        .then_with(|| one.role.cmp(&two.role))
        .then_with(|| one.rows.cmp(&two.rows))
}

/// Whether a row says no more than that a known assignment exists.
fn is_repeated(known: &Assignment, row: &Assignment) -> bool {
    let is_eligible = |state| state == AssignmentState::Eligible;
    let same_state = known.state == row.state
        || row.state == AssignmentState::NotTold
        || (is_eligible(known.state) == is_eligible(row.state)
            && (known.end == Bound::NotTold || row.end == Bound::NotTold));
    known.role.is_same(&row.role)
        && (known.scope == row.scope || row.scope == Scope::NotTold)
        && same_state
        && (known.end == row.end || row.end == Bound::NotTold)
}

fn add(known: &mut Assignment, row: &Assignment) {
    known.start = known.start.or(row.start);
    if known.membership == Membership::NotTold {
        known.membership = row.membership;
    }
    for origin in &row.rows {
        put(&mut known.rows, origin);
    }
}

/// Joins rows that mean one duty.
pub(super) fn duties(
    rows: Vec<DutyRow>,
    directory: &mut Directory,
    lexicon: &Lexicon<'_>,
) -> Vec<Duty> {
    let mut duties: Vec<Duty> = Vec::new();
    for row in rows {
        let duty = Duty {
            principal: directory.find(&row.principal, &row.origin),
            kind: row.kind,
            role: row.role.map(|role| lexicon.role(&role)),
            rows: vec![row.origin.clone()],
        };
        let same = duties.iter_mut().find(|known| {
            known.principal == duty.principal && known.kind == duty.kind && known.role == duty.role
        });
        match same {
            Some(known) => put(&mut known.rows, &row.origin),
            None => duties.push(duty),
        }
    }
    duties
}

/// Puts assignments and duties into the order of their principals and roles.
pub(super) fn sort(tenant: &mut Tenant) {
    tenant.assignments.sort_by(|one, two| {
        let key = |row: &Assignment| {
            (row.principal, row.role.written.to_lowercase(), row.scope.clone(), row.state, row.start)
        };
        key(one).cmp(&key(two)).then_with(|| one.rows.cmp(&two.rows))
    });
    tenant.duties.sort_by(|one, two| {
        let key = |row: &Duty| (row.principal, row.kind, row.role.clone());
        key(one).cmp(&key(two))
    });
}
