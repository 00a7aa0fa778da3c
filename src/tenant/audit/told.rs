//! Givens that the exports themselves tell: how many people are eligible, approve, review, and what the tenant owns.
//!
//! People are counted once, in the order of the populations: who is eligible is not counted again as an approver. A
//! number may be too small where a list is missing behind a group; then it is "at least".

use super::holdings::Holdings;
use super::outcome::{Circumstances, TenantTells};
use super::question::{is_as_meant_for_emergencies, is_eligible, is_through_group};
use super::questions::GUESTS;
use super::unknown::unknown_groups;
use crate::dataset::KnowledgeBase;
use crate::model::{GivenValue, Requirement, Satisfied};
use crate::tenant::{
    Account, Assignment, AssignmentState, Bound, DutyKind, MissingAbout, MissingFact, Origin,
    PersonIndex, Principal, Scope, Tenant, UserType,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the exports tell, in the order of the data's ids.
pub(super) fn told(
    knowledge: &KnowledgeBase,
    tenant: &Tenant,
    holdings: &Holdings<'_>,
    circumstances: &Circumstances,
) -> Vec<TenantTells> {
    let mut told = populations(knowledge, tenant, circumstances);
    told.extend(defender_plan_2(knowledge, tenant, holdings));
    told.sort_by_key(|one| one.given);
    told
}

/// Who is in a population: each person with the first row that says so.
#[derive(Default)]
struct Population {
    people: BTreeMap<PersonIndex, Origin>,
    at_least: bool,
}

impl Population {
    /// Adds who stands behind a principal and counts. Guests are metered by themselves and not counted with members.
    fn add(
        &mut self,
        tenant: &Tenant,
        principal: Principal,
        rows: &[Origin],
        counts: impl Fn(&Account) -> bool,
    ) {
        for at in tenant.reached(principal) {
            let account = &tenant[at];
            let is_counted = !account.deleted && counts(account);
            if let Some(row) = rows.first().filter(|_| is_counted) {
                self.people
                    .entry(account.person)
                    .or_insert_with(|| row.clone());
            }
        }
        self.at_least |= match principal {
            Principal::Group(group) => !unknown_groups(tenant, group).is_empty(),
            Principal::Unresolved(_) => true,
            Principal::Account(_) | Principal::Service(_) => false,
        };
    }
}

fn populations(
    knowledge: &KnowledgeBase,
    tenant: &Tenant,
    circumstances: &Circumstances,
) -> Vec<TenantTells> {
    let (mut eligible, mut time_bound) = (Population::default(), Population::default());
    let mut guests = Population::default();
    let current = tenant.assignments.iter();
    for assignment in current.filter(|assignment| assignment.is_current(circumstances.on)) {
        let (principal, rows) = (assignment.principal, &assignment.rows);
        if uses_premium(assignment) {
            guests.add(tenant, principal, rows, is_guest);
        }
        if is_eligible(assignment) {
            eligible.add(tenant, principal, rows, is_member);
        } else if matches!(assignment.end, Bound::Until(_)) {
            time_bound.add(tenant, principal, rows, is_member);
        } else if assignment.state == AssignmentState::NotTold {
            eligible.at_least = true;
        } else if assignment.end == Bound::NotTold {
            let is_open = |at| !is_as_meant_for_emergencies(assignment, &tenant[at]);
            time_bound.at_least |= tenant.reached(principal).into_iter().any(is_open);
        }
    }
    let (mut approvers, mut reviewers) = (Population::default(), Population::default());
    for duty in &tenant.duties {
        let population = match duty.kind {
            DutyKind::Approver => &mut approvers,
            DutyKind::Reviewer => &mut reviewers,
        };
        population.add(tenant, duty.principal, &duty.rows, is_member);
        guests.add(tenant, duty.principal, &duty.rows, is_guest);
    }
    let lacks = |fact| {
        let mut missing = tenant.missing.iter();
        missing.any(|missing| missing.fact == fact && missing.about == MissingAbout::Tenant)
    };
    let populations = [
        ("pim.eligible", !lacks(MissingFact::Eligibility), eligible),
        ("pim.time-bound", true, time_bound),
        ("pim.approvers", !lacks(MissingFact::Approvers), approvers),
        // No export lists them; who writes them down by hand means all of them.
        ("pim.reviewers", !reviewers.people.is_empty(), reviewers),
        // Others may use premium features without a role.
        (
            GUESTS,
            !guests.people.is_empty(),
            Population {
                at_least: true,
                ..guests
            },
        ),
    ];
    let mut counted: BTreeSet<PersonIndex> = BTreeSet::new();
    let mut told = Vec::new();
    for (id, is_told, population) in populations {
        let new = population.people.into_iter();
        let new = new.filter(|(person, _)| counted.insert(*person));
        let rows: Vec<Origin> = new.map(|(_, row)| row).collect();
        if let Some(given) = knowledge.givens.find(id).filter(|_| is_told) {
            told.push(TenantTells {
                given,
                value: GivenValue::Count(u64::try_from(rows.len()).unwrap_or(u64::MAX)),
                at_least: population.at_least,
                rows,
            });
        }
    }
    told
}

fn is_guest(account: &Account) -> bool {
    account.user_type == UserType::Guest
}

fn is_member(account: &Account) -> bool {
    !is_guest(account)
}

/// Whether an assignment is held in a way that guests are counted for.
fn uses_premium(assignment: &Assignment) -> bool {
    is_eligible(assignment)
        || is_through_group(assignment)
        || matches!(assignment.end, Bound::Until(_))
        || matches!(assignment.scope, Scope::AdministrativeUnit(_))
}

/// Whether the tenant has Defender for Office 365 Plan 2 in any subscription: one license of it is enough for that fact.
fn defender_plan_2(
    knowledge: &KnowledgeBase,
    tenant: &Tenant,
    holdings: &Holdings<'_>,
) -> Option<TenantTells> {
    let given = knowledge.givens.find("mdo.plan-2-in-tenant")?;
    let plan = Requirement::Plan(knowledge.plans.find("THREAT_INTELLIGENCE")?);
    let owned = tenant.seats.iter().filter(|seats| {
        let usable = seats
            .enabled
            .map(|enabled| enabled.saturating_add(seats.warning));
        usable.is_some_and(|usable| usable > 0)
    });
    let owning: Vec<Origin> = owned
        .filter(|seats| holdings.seats_meet(&plan, seats) == Satisfied::Yes)
        .flat_map(|seats| seats.rows.iter().cloned())
        .collect();
    // That none is listed says nothing where no list of seats is among the exports, or nobody tells what something in it
    // carries.
    let mut seats = tenant.seats.iter();
    let none_surely = seats.all(|seats| holdings.seats_meet(&plan, seats) == Satisfied::No);
    let is_known = !owning.is_empty() || (none_surely && !tenant.seats.is_empty());
    is_known.then_some(TenantTells {
        given,
        value: GivenValue::Truth(!owning.is_empty()),
        at_least: false,
        rows: owning,
    })
}
