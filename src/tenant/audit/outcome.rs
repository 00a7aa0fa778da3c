//! What an audit comes to: rows with verdicts, the answers behind them, people, findings, totals, and what to buy.
//!
//! Nothing here is printed or worded; places in lists of the [`Tenant`](crate::tenant::Tenant) and of the knowledge base
//! stand for names.

use super::finding::Finding;
use crate::model::{
    Agreement, Answer, AuditVerdict, ClaimId, Currency, Day, GivenId, GivenValue, Money, PlanId,
    Purchase, Reading, Requirement, RoleId, Segment, SkuId, words,
};
use crate::proof::Proof;
use crate::tenant::{
    AccountIndex, LicenseState, MissingFact, Origin, PersonIndex, Principal, Reference, Sureness,
};
use std::collections::BTreeMap;

/// When and how a tenant is judged, and what the asker states beside the exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstances {
    /// The day it is about.
    pub on: Day,
    /// The day whose knowledge counts.
    pub known: Day,
    /// How strictly vague texts are read.
    pub reading: Reading,
    /// What the asker states; it overrules what the exports tell.
    pub givens: BTreeMap<GivenId, GivenValue>,
    /// Who buys.
    pub segment: Segment,
    /// The currency of prices.
    pub currency: Currency,
    /// How the tenant buys, and what it pays by its own agreement.
    pub agreement: Agreement,
}

/// The whole audit of one tenant.
///
/// Invariants: every row stands in the list of exactly one person or of none ([`Audit::apart`]); every finding about a
/// need names an answer; totals can be counted again from rows, people and findings.
#[derive(Debug, Clone)]
pub struct Audit {
    /// When and how it was judged.
    pub circumstances: Circumstances,
    /// What the exports themselves tell of the givens.
    pub told: Vec<TenantTells>,
    /// Every assignment and duty for every account that it reaches, in the order of the tenant's lists.
    pub rows: Vec<AuditRow>,
    /// The questions that the rows ask, each once, with their answers.
    pub answers: Vec<AuditAnswer>,
    /// What is counted over people: places in [`Audit::answers`] and of the need in them.
    pub counted: Vec<(usize, usize)>,
    /// People with a row, in the order of the tenant.
    pub people: Vec<PersonVerdict>,
    /// Rows of nobody: programs, groups whose members are not known, principals that no export describes.
    pub apart: Vec<usize>,
    /// What is to be said, the gravest first.
    pub findings: Vec<Finding>,
    /// Findings left out, with the place of the entry of the ignore list that says so.
    pub ignored: Vec<(Finding, usize)>,
    /// Findings left out since an earlier audit had them.
    pub known_before: Vec<Finding>,
    /// Numbers over all rows, people and findings, those left out included.
    pub totals: Totals,
    /// How to close every gap; none where there is none.
    pub remedy: Option<Remedy>,
}

/// A given that the exports tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantTells {
    /// The given.
    pub given: GivenId,
    /// Its value.
    pub value: GivenValue,
    /// Whether there may be more, since something about it is not told.
    pub at_least: bool,
    /// Where it was read: one row for each person counted.
    pub rows: Vec<Origin>,
}

/// One assignment or duty for one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// What is judged.
    pub of: RowOf,
    /// Who it was given to: the account itself, a group, ...
    pub principal: Principal,
    /// The account that it reaches; none for a program, and where nobody tells who is behind it.
    pub account: Option<AccountIndex>,
    /// The person behind the account.
    pub person: Option<PersonIndex>,
    /// The worst of its needs.
    pub verdict: AuditVerdict,
    /// Why it does not count, where it does not.
    pub not_counted: Option<NotCounted>,
    /// The answer behind it, by its place in [`Audit::answers`]; none where nothing was asked.
    pub answer: Option<usize>,
    /// What becomes of each need of the answer, in its order.
    pub needs: Vec<NeedVerdict>,
    /// What no export tells and would make it worse.
    pub unless: Vec<Unless>,
}

/// What a row judges, by its place in the lists of the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowOf {
    /// A role assignment.
    Assignment(usize),
    /// Approving or reviewing.
    Duty(usize),
}

words! {
    /// Why something is no matter of a person's license.
    NotCounted {
        /// A program holds it.
        Program = "program",
        /// The account is for emergencies and holds its role for good.
        Emergency = "emergency",
        /// It has not begun that day.
        NotBegun = "not-begun",
        /// It has ended before that day.
        Ended = "ended",
        /// The account is in the bin.
        Deleted = "deleted",
        /// No license opens it that day.
        Unavailable = "unavailable",
    }
}

/// What becomes of a need on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedVerdict {
    /// The verdict.
    pub verdict: AuditVerdict,
    /// How it is met, or why not.
    pub coverage: Coverage,
    /// What is missing; empty where nothing is.
    pub missing: Vec<Requirement>,
}

/// How a need is met on one account, or why it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coverage {
    /// Nothing has to be held.
    NotNeeded,
    /// No license opens it that day.
    Unavailable,
    /// The account holds it.
    Account(Vec<Support>),
    /// The person holds it on another account, and these claims say that this is enough.
    OtherAccount {
        /// What the person holds there.
        by: Vec<Support>,
        /// The claims about where the license must sit.
        claims: Vec<ClaimId>,
        /// How sure it is that the accounts are one person's.
        sureness: Sureness,
    },
    /// It is held and does not work.
    Unusable(Vec<(Support, Broken)>),
    /// It is not held.
    NotHeld,
    /// Nobody has to hold it: the tenant owns enough seats.
    Owned,
    /// The tenant has to own so many seats and does not, or, where the verdict is "cannot tell", not surely.
    NotOwned {
        /// How many it has to own.
        needed: u64,
        /// How many it owns.
        owned: u64,
        /// Of what.
        of: Requirement,
    },
    /// The tenant has to own seats, and no export tells which it owns.
    SeatsNotTold,
    /// It turns on something that the answer names: a given, a date, a dispute.
    Open,
    /// Nobody knows what these licenses carry.
    UnknownSku(Vec<Support>),
    /// Nobody says whether anything is needed.
    NotStated,
    /// No export tells what the account holds.
    LicensesNotTold,
}

/// What meets a part of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Support {
    /// A license of an account, by its place in [`Account::licenses`](crate::tenant::Account::licenses).
    License(AccountIndex, usize),
    /// A plan that the vendor says the account has, by its place in [`Account::plans`](crate::tenant::Account::plans).
    Plan(AccountIndex, usize),
}

impl Support {
    /// The account that holds it.
    pub fn account(self) -> AccountIndex {
        match self {
            Self::License(account, _) | Self::Plan(account, _) => account,
        }
    }
}

/// Why a license does not give what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// The plan is switched off in it.
    PlanOff(PlanId),
    /// The vendor lists the plan on the account as not working.
    PlanNotWorking(PlanId),
    /// Its assignment does not work.
    Assignment(LicenseState),
    /// Every seat of its subscription is suspended or locked out.
    Suspended,
}

/// What no export tells, and what the verdict of the further need would be if it were so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unless {
    /// What is not told.
    pub fact: MissingFact,
    /// The verdict of what that would ask beside the rest.
    pub then: AuditVerdict,
    /// The answer about it, by its place in [`Audit::answers`].
    pub answer: Option<usize>,
}

/// A question that rows ask, with its answer.
#[derive(Debug, Clone)]
pub struct AuditAnswer {
    /// The answer, with its question. Seats owned are those that are idle, so that its baskets take nobody's seat.
    pub answer: Answer,
    /// The reasons.
    pub proof: Proof,
    /// How many rows ask it.
    pub rows: u64,
}

/// What is said of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonVerdict {
    /// The person.
    pub person: PersonIndex,
    /// The worst of the rows.
    pub verdict: AuditVerdict,
    /// What is said of each role that they hold, by its name; duties come first, under no role.
    pub roles: Vec<RoleVerdict>,
    /// The rows, by their place in [`Audit::rows`].
    pub rows: Vec<usize>,
}

/// What is said of one role of one person, however often and in whatever way they hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleVerdict {
    /// The role; none for approving and reviewing.
    pub role: Option<Reference<RoleId>>,
    /// The worst of the rows.
    pub verdict: AuditVerdict,
    /// The rows, by their place in [`Audit::rows`].
    pub rows: Vec<usize>,
}

/// Numbers over an audit. Each can be counted again from its lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// People with a row.
    pub people: u64,
    /// Accounts with a row.
    pub accounts: u64,
    /// Of these the ones that hold no license at all, as far as that is told.
    pub unlicensed_accounts: u64,
    /// Of these the ones of whose licenses no export tells.
    pub accounts_not_told: u64,
    /// Role assignments.
    pub assignments: u64,
    /// Programs with a role.
    pub programs: u64,
    /// People by verdict.
    pub people_by_verdict: BTreeMap<AuditVerdict, u64>,
    /// Rows by verdict.
    pub rows_by_verdict: BTreeMap<AuditVerdict, u64>,
    /// Rows that do not count, by reason.
    pub not_counted: BTreeMap<NotCounted, u64>,
    /// Findings that are left, by kind.
    pub findings: BTreeMap<crate::model::FindingKind, u64>,
    /// Findings that the ignore list leaves out.
    pub ignored: u64,
    /// Findings that an earlier audit had.
    pub known_before: u64,
}

/// How to close every gap.
#[derive(Debug, Clone)]
pub struct Remedy {
    /// Whose gaps they are: for every persona of the purchase its accounts, in the same order.
    pub accounts: Vec<Vec<AccountIndex>>,
    /// The smallest purchase, idle seats first; none where only licenses have to be made to work.
    pub purchase: Option<Purchase>,
    /// Idle seats to hand out, by SKU: they cost nothing.
    pub idle: Vec<(SkuId, u64)>,
    /// Gaps that need no purchase, since the license is there and only has to be made to work, by row and need.
    pub switch_on: Vec<(usize, usize)>,
    /// The other way: without eligible and time-bound assignments.
    pub without_eligibility: Option<WithoutEligibility>,
}

/// What is left to buy if nobody who lacks a license for it is eligible, or holds a role for a time, any more.
#[derive(Debug, Clone)]
pub struct WithoutEligibility {
    /// Assignments to take away or to make permanent, by their place in the tenant.
    pub assignments: Vec<usize>,
    /// What is still to buy; none where nothing is.
    pub purchase: Option<Purchase>,
    /// What is saved a month; none where a price is not known.
    pub saves: Option<Money>,
}
