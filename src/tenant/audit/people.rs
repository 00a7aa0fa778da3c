//! From rows to people: a person is judged by the worst of what is said of their accounts.

use super::judge::worst;
use super::outcome::{AuditRow, PersonVerdict, RoleVerdict, RowOf};
use crate::dataset::KnowledgeBase;
use crate::model::{AuditVerdict, RoleId};
use crate::tenant::{PersonIndex, Reference, Tenant};
use std::collections::BTreeMap;

/// People with their rows, and the rows of nobody.
pub(super) fn people(
    knowledge: &KnowledgeBase,
    tenant: &Tenant,
    rows: &[AuditRow],
) -> (Vec<PersonVerdict>, Vec<usize>) {
    let mut of_people: BTreeMap<PersonIndex, Vec<usize>> = BTreeMap::new();
    let mut apart = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match row.person {
            Some(person) => of_people.entry(person).or_default().push(at),
            None => apart.push(at),
        }
    }
    let people = of_people.into_iter().map(|(person, mut of_person)| {
        of_person.shrink_to_fit();
        PersonVerdict {
            person,
            verdict: worst_of(rows, &of_person),
            roles: roles(knowledge, tenant, rows, &of_person),
            rows: of_person,
        }
    });
    (people.collect(), apart)
}

fn roles(
    knowledge: &KnowledgeBase,
    tenant: &Tenant,
    rows: &[AuditRow],
    of_person: &[usize],
) -> Vec<RoleVerdict> {
    let mut roles: Vec<RoleVerdict> = Vec::new();
    for at in of_person {
        let role = rows.get(*at).and_then(|row| role_of(tenant, row.of));
        let is_same = |known: &RoleVerdict| match (&known.role, role) {
            (Some(known), Some(role)) => known.is_same(role),
            (known, role) => known.is_none() && role.is_none(),
        };
        match roles.iter_mut().find(|known| is_same(known)) {
            Some(known) => known.rows.push(*at),
            None => roles.push(RoleVerdict {
                role: role.cloned(),
                verdict: AuditVerdict::Ok,
                rows: vec![*at],
            }),
        }
    }
    for role in &mut roles {
        role.verdict = worst_of(rows, &role.rows);
    }
    // By the name of today, so that no format changes the order.
    roles.sort_by_cached_key(|one| {
        let role = one.role.as_ref();
        role.map(|role| match role.id {
            Some(id) => knowledge.roles[id].name.to_lowercase(),
            None => role.written.to_lowercase(),
        })
    });
    // Most people hold one role, and there may be many people.
    roles.shrink_to_fit();
    roles
}

/// The role that a row judges; none for a duty.
pub(super) fn role_of(tenant: &Tenant, of: RowOf) -> Option<&Reference<RoleId>> {
    match of {
        RowOf::Assignment(at) => tenant
            .assignments
            .get(at)
            .map(|assignment| &assignment.role),
        RowOf::Duty(_) => None,
    }
}

fn worst_of(rows: &[AuditRow], places: &[usize]) -> AuditVerdict {
    worst(
        places
            .iter()
            .filter_map(|at| rows.get(*at))
            .map(|row| row.verdict),
    )
}
