//! Assignments and duties, row by row: one for each account that they reach, and one for what nobody knows.

use super::judge::{Judge, worst};
use super::outcome::{AuditRow, NotCounted, RowOf, Unless};
use super::question::{is_as_meant_for_emergencies, is_eligible};
use super::unknown::unknown_groups;
use crate::model::{Asked, AuditVerdict};
use crate::tenant::{
    AccountIndex, Assignment, AssignmentState, Bound, Duty, MissingFact, Principal, Scope, Stamp,
};

impl Judge<'_> {
    /// Every row of an assignment.
    pub(super) fn assignment(&self, at: usize, assignment: &Assignment) -> Vec<AuditRow> {
        let of = RowOf::Assignment(at);
        let on = self.questions.circumstances.on;
        let time = match (assignment.start, assignment.end) {
            (Some(start), _) if start.day > on => Some(NotCounted::NotBegun),
            (_, Bound::Until(end)) if end <= Stamp::midnight(on) => Some(NotCounted::Ended),
            _ => None,
        };
        self.reached(of, assignment.principal, |account| {
            let holder = &self.tenant[account];
            if let Some(why) = time {
                return not_counted(of, assignment.principal, why);
            }
            if holder.deleted {
                return not_counted(of, assignment.principal, NotCounted::Deleted);
            }
            let asked = self.ways.of_assignment(assignment, holder);
            let mut row = self.ask(of, assignment.principal, account, &asked);
            if is_as_meant_for_emergencies(assignment, holder) {
                row.verdict = AuditVerdict::NotCounted;
                row.not_counted = Some(NotCounted::Emergency);
                return row;
            }
            if assignment.role.id.is_none() {
                row.verdict = row.verdict.min(AuditVerdict::CannotTell);
            }
            let is_eligible = is_eligible(assignment);
            if assignment.end == Bound::NotTold && !is_eligible {
                let asked = self.ways.if_time_bound(holder);
                self.unless(&mut row, MissingFact::Bounds, account, asked);
            }
            if assignment.scope == Scope::NotTold {
                let asked = self.ways.if_in_unit(holder);
                self.unless(&mut row, MissingFact::Scope, account, asked);
            }
            if assignment.state == AssignmentState::NotTold {
                let asked = self.ways.if_eligible(holder);
                self.unless(&mut row, MissingFact::State, account, asked);
            }
            row
        })
    }

    /// Every row of a duty.
    pub(super) fn duty(&self, at: usize, duty: &Duty) -> Vec<AuditRow> {
        let of = RowOf::Duty(at);
        self.reached(of, duty.principal, |account| {
            let holder = &self.tenant[account];
            if holder.deleted {
                return not_counted(of, duty.principal, NotCounted::Deleted);
            }
            self.ask(
                of,
                duty.principal,
                account,
                &self.ways.of_duty(duty, holder),
            )
        })
    }

    /// One row for each account that a principal reaches, and one for what nobody knows about it.
    fn reached(
        &self,
        of: RowOf,
        principal: Principal,
        judge: impl Fn(AccountIndex) -> AuditRow,
    ) -> Vec<AuditRow> {
        let reached = self.tenant.reached(principal).into_iter();
        let mut rows: Vec<AuditRow> = reached
            .map(|account| AuditRow {
                account: Some(account),
                person: Some(self.tenant[account].person),
                ..judge(account)
            })
            .collect();
        match principal {
            Principal::Service(_) => rows.push(not_counted(of, principal, NotCounted::Program)),
            Principal::Unresolved(_) => rows.push(cannot_tell(of, principal)),
            Principal::Group(group) if !unknown_groups(self.tenant, group).is_empty() => {
                rows.push(cannot_tell(of, principal));
            }
            Principal::Group(_) | Principal::Account(_) => {}
        }
        rows
    }

    fn ask(&self, of: RowOf, principal: Principal, at: AccountIndex, asked: &[Asked]) -> AuditRow {
        let mut row = AuditRow {
            of,
            principal,
            account: Some(at),
            person: None,
            verdict: AuditVerdict::Ok,
            not_counted: None,
            answer: None,
            needs: Vec::new(),
            unless: Vec::new(),
        };
        if asked.is_empty() {
            row.verdict = AuditVerdict::CannotTell;
            return row;
        }
        let (answer, verdicts) = self.asked(at, asked);
        row.answer = Some(answer);
        row.verdict = worst(verdicts.iter().map(|need| need.verdict));
        if row.verdict == AuditVerdict::NotCounted {
            row.not_counted = Some(NotCounted::Unavailable);
        }
        row.needs = verdicts;
        row
    }

    /// Notes what would be worse if what no export tells were so. A list that says of everybody else whether they are
    /// eligible leaves it open of this one: that is "cannot tell". Lists that never tell an end or a scope limit every
    /// verdict alike, which is said beside it.
    fn unless(
        &self,
        row: &mut AuditRow,
        fact: MissingFact,
        at: AccountIndex,
        asked: Option<Asked>,
    ) {
        let Some(asked) = asked.filter(|_| row.verdict != AuditVerdict::Gap) else {
            return;
        };
        let (answer, needs) = self.asked(at, &[asked]);
        let then = worst(needs.iter().map(|need| need.verdict));
        if then < row.verdict {
            row.unless.push(Unless {
                fact,
                then,
                answer: Some(answer),
            });
            if fact == MissingFact::State {
                row.verdict = AuditVerdict::CannotTell;
            }
        }
    }
}

fn not_counted(of: RowOf, principal: Principal, why: NotCounted) -> AuditRow {
    AuditRow {
        verdict: AuditVerdict::NotCounted,
        not_counted: Some(why),
        ..cannot_tell(of, principal)
    }
}

fn cannot_tell(of: RowOf, principal: Principal) -> AuditRow {
    AuditRow {
        of,
        principal,
        account: None,
        person: None,
        verdict: AuditVerdict::CannotTell,
        not_counted: None,
        answer: None,
        needs: Vec::new(),
        unless: Vec::new(),
    }
}
