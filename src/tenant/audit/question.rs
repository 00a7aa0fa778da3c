//! From an assignment to the question that it asks.
//!
//! A role brings its core tasks; the way in which it is held brings further ones: eligible, bound to a time, over an
//! administrative unit, through a group. Each is a task of the knowledge base, so what it needs is the data's to say.
//! Guests are not licensed like members: what their premium features need is asked by the tasks about guests.

use crate::dataset::KnowledgeBase;
use crate::model::{Asked, TaskId};
use crate::tenant::{
    Account, Assignment, AssignmentState, Bound, Duty, DutyKind, Membership, Principal, Purpose,
    Scope, Sureness, UserType,
};

/// The tasks that ways of holding a role bring, by the ids of the data; none where the data has no such task.
pub(super) struct WayTasks {
    pub(super) eligible: Option<TaskId>,
    time_bound: Option<TaskId>,
    in_unit: Option<TaskId>,
    group_holds: Option<TaskId>,
    group_activates: Option<TaskId>,
    approve: Option<TaskId>,
    review: Option<TaskId>,
    emergency: Option<TaskId>,
    guest_p1: Option<TaskId>,
    guest_p2: Option<TaskId>,
    guest_review: Option<TaskId>,
}

impl WayTasks {
    pub(super) fn of(knowledge: &KnowledgeBase) -> Self {
        let find = |id| knowledge.tasks.find(id);
        Self {
            eligible: find("pim.hold-eligible-assignment"),
            time_bound: find("pim.hold-time-bound-assignment"),
            in_unit: find("administrative-units.hold-scoped-role"),
            group_holds: find("role-assignable-groups.hold-role"),
            group_activates: find("role-assignable-groups.activate-role"),
            approve: find("pim.approve"),
            review: find("pim.review"),
            emergency: find("emergency-access.hold-account"),
            guest_p1: find("external-identities.use-premium-features"),
            guest_p2: find("external-identities.use-p2-features"),
            guest_review: find("external-identities.review-access"),
        }
    }

    /// What one assignment asks for one account that it reaches.
    ///
    /// Whether it is eligible stands in the tasks, so that guests, emergency accounts and members are asked alike.
    pub(super) fn of_assignment(&self, assignment: &Assignment, account: &Account) -> Vec<Asked> {
        if is_as_meant_for_emergencies(assignment, account) {
            return self.emergency.map(Asked::Task).into_iter().collect();
        }
        let is_guest = account.user_type == UserType::Guest;
        let member_or_guest = |member, guest| if is_guest { guest } else { member };
        let mut tasks = Vec::new();
        if is_eligible(assignment) {
            tasks.push(member_or_guest(self.eligible, self.guest_p2));
        } else if matches!(assignment.end, Bound::Until(_)) {
            tasks.push(member_or_guest(self.time_bound, self.guest_p2));
        }
        if matches!(assignment.scope, Scope::AdministrativeUnit(_)) {
            tasks.push(member_or_guest(self.in_unit, self.guest_p1));
        }
        if is_through_group(assignment) {
            tasks.push(if is_eligible(assignment) {
                member_or_guest(self.group_activates, self.guest_p2)
            } else {
                member_or_guest(self.group_holds, self.guest_p1)
            });
        }
        let role = assignment.role.id.map(Asked::Role);
        let mut asked: Vec<Asked> = role.into_iter().collect();
        for task in tasks.into_iter().flatten().map(Asked::Task) {
            if !asked.contains(&task) {
                asked.push(task);
            }
        }
        asked
    }

    /// What being bound to a time would ask beside it.
    pub(super) fn if_time_bound(&self, account: &Account) -> Option<Asked> {
        Self::one_of(account, self.time_bound, self.guest_p2)
    }

    /// What being eligible would ask beside it.
    pub(super) fn if_eligible(&self, account: &Account) -> Option<Asked> {
        Self::one_of(account, self.eligible, self.guest_p2)
    }

    /// What holding it over one administrative unit would ask beside it.
    pub(super) fn if_in_unit(&self, account: &Account) -> Option<Asked> {
        Self::one_of(account, self.in_unit, self.guest_p1)
    }

    fn one_of(account: &Account, member: Option<TaskId>, guest: Option<TaskId>) -> Option<Asked> {
        match account.user_type {
            UserType::Guest => guest.map(Asked::Task),
            UserType::Member | UserType::NotTold => member.map(Asked::Task),
        }
    }

    /// What a duty asks.
    pub(super) fn of_duty(&self, duty: &Duty, account: &Account) -> Vec<Asked> {
        let is_guest = account.user_type == UserType::Guest;
        let task = match duty.kind {
            DutyKind::Approver if is_guest => self.guest_p2,
            DutyKind::Approver => self.approve,
            DutyKind::Reviewer if is_guest => self.guest_review,
            DutyKind::Reviewer => self.review,
        };
        task.map(Asked::Task).into_iter().collect()
    }

    /// Whether a task comes only from holding a role in a way that Privileged Identity Management makes.
    pub(super) fn is_of_pim(&self, task: TaskId) -> bool {
        let tasks = [
            self.eligible,
            self.time_bound,
            self.group_activates,
            self.guest_p2,
        ];
        tasks.contains(&Some(task))
    }
}

/// Whether somebody has to activate it first. An activated one was made from an eligible one.
pub(super) fn is_eligible(assignment: &Assignment) -> bool {
    matches!(
        assignment.state,
        AssignmentState::Eligible | AssignmentState::Activated
    )
}

pub(super) fn is_through_group(assignment: &Assignment) -> bool {
    matches!(assignment.principal, Principal::Group(_))
        || assignment.membership == Membership::Group
}

/// Whether an account is for emergencies: told so, or with more than one sign of it.
pub(super) fn is_for_emergencies(account: &Account) -> bool {
    let purpose = &account.purpose;
    purpose.purpose == Purpose::Emergency && purpose.sureness <= Sureness::Likely
}

/// Whether an emergency account holds a role as such accounts should: in use and for good.
pub(super) fn is_as_meant_for_emergencies(assignment: &Assignment, account: &Account) -> bool {
    is_for_emergencies(account)
        && !is_eligible(assignment)
        && !matches!(assignment.end, Bound::Until(_))
}
