//! A row judged: the answer to its question against what its account really holds.

use super::holdings::{Found, Holdings, Who};
use super::outcome::{AuditRow, Coverage, NeedVerdict, NotCounted, RowOf, Unless};
use super::question::{WayTasks, is_as_meant_for_emergencies};
use super::questions::Questions;
use crate::dataset::KnowledgeBase;
use crate::model::{
    Answer, Asked, Aspect, AspectOutcome, AuditVerdict, Because, ClaimId, ClaimKind, Demand,
    GivenId, GivenValue, Need, NeedSubject, Per, Place, Question, Requirement, Satisfied, SkuId,
    Verdict,
};
use crate::tenant::{
    AccountIndex, Assignment, AssignmentState, Bound, Duty, GroupIndex, Missing, MissingAbout,
    MissingFact, Principal, Scope, Stamp, Sureness, Tenant,
};
use std::collections::BTreeSet;

/// Judges rows of one tenant.
pub(super) struct Judge<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) holdings: &'a Holdings<'a>,
    pub(super) ways: &'a WayTasks,
    pub(super) questions: &'a Questions<'a>,
}

/// Where a license has to sit for a need.
pub(super) struct Places {
    /// The strictest place that somebody asks for: it decides that a need is met.
    pub(super) strict: Place,
    /// The widest that somebody allows: it decides that a need is not met.
    wide: Place,
    /// The claims that say so.
    pub(super) claims: Vec<ClaimId>,
}

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
            if assignment.end == Bound::NotTold
                && matches!(assignment.state, AssignmentState::Active | AssignmentState::NotTold)
                && let Some(asked) = self.ways.if_time_bound(&asked, holder)
            {
                self.unless(&mut row, MissingFact::Bounds, account, &asked);
            }
            if assignment.scope == Scope::NotTold
                && let Some(asked) = self.ways.if_in_unit(&asked, holder)
            {
                self.unless(&mut row, MissingFact::Scope, account, &asked);
            }
            if assignment.state == AssignmentState::NotTold
                && let Some(asked) = self.ways.if_eligible(&asked, holder)
            {
                self.unless(&mut row, MissingFact::State, account, &asked);
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
            self.ask(of, duty.principal, account, &self.ways.of_duty(duty, holder))
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

    /// Asks about an account: the place of the answer, and what becomes of its needs.
    pub(super) fn asked(&self, at: AccountIndex, asked: &[Asked]) -> (usize, Vec<NeedVerdict>) {
        let question = self.question(at, asked);
        self.questions.ask(question, |answer| self.needs(at, answer))
    }

    /// Notes that the verdict would be worse with another question.
    fn unless(&self, row: &mut AuditRow, fact: MissingFact, at: AccountIndex, asked: &[Asked]) {
        if row.verdict == AuditVerdict::Gap {
            return;
        }
        let other = self.ask(row.of, row.principal, at, asked);
        if other.verdict < row.verdict {
            row.unless.push(Unless {
                fact,
                then: other.verdict,
                answer: other.answer,
            });
        }
    }

    fn question(&self, at: AccountIndex, asked: &[Asked]) -> Question {
        let held = self.holdings.skus(at);
        let others = self.others(at);
        let elsewhere: BTreeSet<SkuId> = others
            .iter()
            .flat_map(|other| self.holdings.skus(*other))
            .collect();
        self.questions.question(asked, held, elsewhere.into_iter().collect())
    }

    /// The other accounts of the same person.
    fn others(&self, at: AccountIndex) -> Vec<AccountIndex> {
        let person = &self.tenant[self.tenant[at].person];
        let others = person.accounts.iter().copied().filter(|other| *other != at);
        others.filter(|other| !self.tenant[*other].deleted).collect()
    }

    fn needs(&self, at: AccountIndex, answer: &Answer) -> Vec<NeedVerdict> {
        let needs = answer.needs.iter();
        let judged = needs.map(|need| {
            let judged = self.need(at, &answer.question, need);
            match judged.verdict {
                // A service that does not run for the tenant runs for nobody.
                AuditVerdict::Ok => self.to_be_owned(need).unwrap_or(judged),
                _ => judged,
            }
        });
        judged.collect()
    }

    /// What the tenant has to own before the service runs, where it does not.
    fn to_be_owned(&self, need: &Need) -> Option<NeedVerdict> {
        let line = need.aspect(Aspect::Owned)?;
        if line.outcome != AspectOutcome::Stated {
            return None;
        }
        let of = line.requirement.as_ref().unwrap_or(&need.requirement);
        let judged = self.seats(of, line.seats?);
        let is_lacking = matches!(judged.coverage, Coverage::NotOwned { .. });
        (of.demands() && is_lacking).then_some(judged)
    }

    /// Seats that the tenant has to own against those that it owns.
    fn seats(&self, of: &Requirement, needed: u64) -> NeedVerdict {
        let owned = self.holdings.owned(of);
        let (verdict, coverage) = match owned {
            Some(owned) if owned >= needed => (AuditVerdict::Ok, Coverage::Owned),
            Some(owned) => (
                AuditVerdict::Gap,
                Coverage::NotOwned {
                    needed,
                    owned,
                    of: of.clone(),
                },
            ),
            None => (AuditVerdict::CannotTell, Coverage::SeatsNotTold),
        };
        let is_missing = verdict == AuditVerdict::Gap;
        NeedVerdict {
            verdict,
            coverage,
            missing: is_missing.then(|| of.clone()).into_iter().collect(),
        }
    }

    /// How many seats a rule asks for that counts guests, things or the tenant instead of people; none where people count.
    fn seats_of_nobody(&self, need: &Need) -> Option<u64> {
        let counted = need.counted.as_ref()?;
        match counted.per {
            Per::Person | Per::Account => None,
            Per::Guest => {
                let rule = (counted.each, self.questions.guests.max(1));
                let ((seats, every), guests) = rule;
                Some(guests.saturating_mul(seats).div_ceil(every.max(1)))
            }
            Per::ProtectedUser | Per::Agent | Per::Tenant => Some(counted.number),
        }
    }

    /// What becomes of one need on one account.
    pub(super) fn need(&self, at: AccountIndex, question: &Question, need: &Need) -> NeedVerdict {
        let done = |given: GivenId| done(question, given);
        let verdict = |verdict, coverage| NeedVerdict {
            verdict,
            coverage,
            missing: Vec::new(),
        };
        match need.verdict {
            Verdict::NotRequired => return verdict(AuditVerdict::Ok, Coverage::NotNeeded),
            Verdict::NotStated => return verdict(AuditVerdict::CannotTell, Coverage::NotStated),
            Verdict::Unavailable => {
                // What is not done, or too much, can be put right; what is gone cannot.
                let is_gap = matches!(need.because, Some(Because::Limit | Because::Obligation));
                let is = if is_gap { AuditVerdict::Gap } else { AuditVerdict::NotCounted };
                return verdict(is, Coverage::Unavailable);
            }
            Verdict::Required | Verdict::Contested | Verdict::Depends => {}
        }
        if need.verdict == Verdict::Required
            && let Some(needed) = self.seats_of_nobody(need)
        {
            return self.seats(&need.requirement, needed);
        }
        let own = Who {
            accounts: &[at],
            except: except(need),
        };
        let mut found = Found::default();
        let met = self.holdings.meets(&need.requirement, own, &done, &mut found);
        if met == Satisfied::Yes {
            let by = found.by.into_iter().collect();
            return verdict(AuditVerdict::Ok, Coverage::Account(by));
        }
        let missing = self.holdings.missing(&need.requirement, own, &done);
        let verdict = |verdict, coverage| NeedVerdict {
            verdict,
            coverage,
            missing: missing.clone(),
        };
        if let Some((is, coverage)) = self.elsewhere(at, need, &done) {
            return verdict(is, coverage);
        }
        if self.tenant[at].licenses.is_none() && self.tenant[at].plans.is_none() {
            return verdict(AuditVerdict::CannotTell, Coverage::LicensesNotTold);
        }
        let is_open = match need.verdict {
            Verdict::Contested => true,
            // Every case asks for something, and in none it is held.
            Verdict::Depends => need.satisfied != Satisfied::No,
            _ => met == Satisfied::Unknown || self.turns_on_a_date(need),
        };
        if !found.unknown.is_empty() {
            let unknown = found.unknown.into_iter().collect();
            return verdict(AuditVerdict::CannotTell, Coverage::UnknownSku(unknown));
        }
        if is_open {
            return verdict(AuditVerdict::CannotTell, Coverage::Open);
        }
        if found.broken.is_empty() {
            return verdict(AuditVerdict::Gap, Coverage::NotHeld);
        }
        let broken = found.broken.into_iter().collect();
        verdict(AuditVerdict::Gap, Coverage::Unusable(broken))
    }

    /// Whether a license is needed either way, but on one side of an imprecise date one that is held is enough.
    fn turns_on_a_date(&self, need: &Need) -> bool {
        let places = places(need);
        need.satisfied == Satisfied::Unknown && places.wide < Place::Tenant
    }

    /// Whether the other accounts of the person meet a need, and what that comes to. None where they do not.
    fn elsewhere(
        &self,
        at: AccountIndex,
        need: &Need,
        done: &impl Fn(GivenId) -> Option<bool>,
    ) -> Option<(AuditVerdict, Coverage)> {
        let others = self.others(at);
        let places = places(need);
        if others.is_empty() || places.wide == Place::Account {
            return None;
        }
        let mut all = others;
        all.insert(0, at);
        let mut found = Found::default();
        let who = Who {
            accounts: &all,
            except: except(need),
        };
        let met = self.holdings.meets(&need.requirement, who, done, &mut found);
        if met != Satisfied::Yes {
            return None;
        }
        let person = &self.tenant[self.tenant[at].person];
        let is_sure = person.sureness() <= Sureness::Likely;
        let is_enough = places.strict >= Place::Person;
        let verdict = if is_sure && is_enough {
            AuditVerdict::Ok
        } else {
            AuditVerdict::CannotTell
        };
        let coverage = Coverage::OtherAccount {
            by: found.by.into_iter().filter(|by| by.account() != at).collect(),
            claims: places.claims,
            sureness: person.sureness(),
        };
        Some((verdict, coverage))
    }
}

/// Where the license for a need has to sit: as in an answer, a place that somebody disputes is neither.
pub(super) fn places(need: &Need) -> Places {
    let line = need.aspect(Aspect::Assigned);
    let claims = line.map(|line| line.claims.clone()).unwrap_or_default();
    let (strict, wide) = match line.map(|line| (line.outcome, line.place)) {
        Some((AspectOutcome::Stated, Some(place))) => (place, place),
        Some((AspectOutcome::Contested | AspectOutcome::Depends, place)) => {
            (place.unwrap_or(Place::Account), Place::Tenant)
        }
        _ => (Place::Account, Place::Person),
    };
    Places {
        strict,
        wide,
        claims,
    }
}

/// The claims behind a need that say that owning enough seats is enough.
pub(super) fn enough_owned(kb: &KnowledgeBase, need: &Need) -> Vec<ClaimId> {
    let claims = places(need).claims.into_iter();
    claims
        .filter(|claim| {
            matches!(
                &kb.claims[*claim].kind,
                ClaimKind::Requirement {
                    demand: Demand::Where(Place::Tenant),
                    ..
                }
            )
        })
        .collect()
}

/// Whether a thing is stated to be done.
pub(super) fn done(question: &Question, given: GivenId) -> Option<bool> {
    match question.givens.get(&given) {
        Some(GivenValue::Truth(done)) => Some(*done),
        _ => None,
    }
}

/// The SKU that a need is about: it does not meet what it needs beside it.
fn except(need: &Need) -> Option<SkuId> {
    match need.subject {
        NeedSubject::Sku(sku) => Some(sku),
        NeedSubject::Task(_) => None,
    }
}

/// The worst verdict; what does not count says nothing about what stands beside it.
pub(super) fn worst(verdicts: impl Iterator<Item = AuditVerdict>) -> AuditVerdict {
    verdicts.min().unwrap_or(AuditVerdict::Ok)
}

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
