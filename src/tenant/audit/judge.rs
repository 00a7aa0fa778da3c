//! A need judged: the answer to a question against what an account really holds.

use super::holdings::{Found, Holdings, Who};
use super::outcome::{Coverage, NeedVerdict};
use super::owned::Enough;
use super::places::places;
use super::question::WayTasks;
use super::questions::Questions;
use crate::model::{
    Answer, Asked, Aspect, AspectOutcome, AuditVerdict, Because, GivenId, GivenValue, Need,
    NeedSubject, Per, Place, Question, Requirement, Satisfied, SkuId, Verdict,
};
use crate::tenant::{AccountIndex, Sureness, Tenant};
use std::collections::BTreeSet;

/// Judges rows of one tenant.
pub(super) struct Judge<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) holdings: &'a Holdings<'a>,
    pub(super) ways: &'a WayTasks,
    pub(super) questions: &'a Questions<'a>,
}

impl Judge<'_> {
    /// Asks about an account: the place of the answer, and what becomes of its needs.
    pub(super) fn asked(&self, at: AccountIndex, asked: &[Asked]) -> (usize, Vec<NeedVerdict>) {
        let question = self.question(at, asked);
        self.questions
            .ask(question, |answer| self.needs(at, answer))
    }

    fn question(&self, at: AccountIndex, asked: &[Asked]) -> Question {
        let held = self.holdings.skus(at);
        let others = self.others(at);
        let elsewhere: BTreeSet<SkuId> = others
            .iter()
            .flat_map(|other| self.holdings.skus(*other))
            .collect();
        self.questions
            .question(asked, held, elsewhere.into_iter().collect())
    }

    /// The other accounts of the same person.
    fn others(&self, at: AccountIndex) -> Vec<AccountIndex> {
        let person = &self.tenant[self.tenant[at].person];
        let others = person.accounts.iter().copied().filter(|other| *other != at);
        others
            .filter(|other| !self.tenant[*other].deleted)
            .collect()
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
        let (verdict, coverage) = match self.holdings.owned(of) {
            None => (AuditVerdict::CannotTell, Coverage::SeatsNotTold),
            Some(owned) => {
                let is_lacking = || Coverage::NotOwned {
                    needed,
                    owned: owned.number(),
                    of: of.clone(),
                };
                match owned.are_enough(needed) {
                    Enough::Yes => (AuditVerdict::Ok, Coverage::Owned),
                    Enough::No => (AuditVerdict::Gap, is_lacking()),
                    Enough::Perhaps => (AuditVerdict::CannotTell, is_lacking()),
                }
            }
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
                let (seats, every) = counted.each;
                let guests = self.questions.guests.max(1);
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
                let is = if is_gap {
                    AuditVerdict::Gap
                } else {
                    AuditVerdict::NotCounted
                };
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
        let met = self
            .holdings
            .meets(&need.requirement, own, &done, &mut found);
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
        let met = self
            .holdings
            .meets(&need.requirement, who, done, &mut found);
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
            by: found
                .by
                .into_iter()
                .filter(|by| by.account() != at)
                .collect(),
            claims: places.claims,
            sureness: person.sureness(),
        };
        Some((verdict, coverage))
    }
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
