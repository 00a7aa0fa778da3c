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
        if joined
            .last()
            .is_some_and(|last| last.principal != row.principal)
        {
            first_of_principal = joined.len();
        }
        let same = joined.get_mut(first_of_principal..).unwrap_or_default();
        match same.iter_mut().find(|known| is_same(known, &row)) {
            Some(known) => add(known, row),
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

/// Whether two rows may mean one assignment: what one tells, the other tells too or leaves open.
fn is_same(one: &Assignment, two: &Assignment) -> bool {
    let is_eligible = |row: &Assignment| row.state == AssignmentState::Eligible;
    let is_open = |row: &Assignment| row.state == AssignmentState::NotTold;
    // A plain list calls an activated assignment active, as it is in use.
    let is_activated = |one: &Assignment, two: &Assignment| {
        one.state == AssignmentState::Activated
            && two.state == AssignmentState::Active
            && two.end == Bound::NotTold
    };
    let same_state = one.state == two.state
        || is_open(one)
        || is_open(two)
        || (!is_eligible(one)
            && !is_eligible(two)
            && (is_activated(one, two) || is_activated(two, one)));
    let either = |is_open: fn(&Assignment) -> bool| is_open(one) || is_open(two);
    one.role.is_same(&two.role)
        && (one.scope == two.scope || either(|row| row.scope == Scope::NotTold))
        && (one.end == two.end || either(|row| row.end == Bound::NotTold))
        && same_state
}

/// Takes over what a row tells more.
fn add(known: &mut Assignment, row: Assignment) {
    if known.scope == Scope::NotTold {
        known.scope = row.scope;
    }
    if known.state == AssignmentState::NotTold || row.state == AssignmentState::Activated {
        known.state = row.state;
    }
    if known.end == Bound::NotTold {
        known.end = row.end;
    }
    if known.membership == Membership::NotTold {
        known.membership = row.membership;
    }
    known.start = known.start.or(row.start);
    known.role.guid = known.role.guid.or(row.role.guid);
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
    tenant.assignments.sort_by_cached_key(|row| {
        let name = row.role.written.to_lowercase();
        let times = (row.start, row.end);
        (
            row.principal,
            row.role.id,
            name,
            row.scope.clone(),
            row.state,
            times,
            row.rows.clone(),
        )
    });
    tenant.duties.sort_by(|one, two| {
        let key = |row: &Duty| (row.principal, row.kind, row.role.clone());
        key(one).cmp(&key(two))
    });
}
