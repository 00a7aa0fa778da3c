//! What comes back.
//!
//! An answer is a need per task, license sets that satisfy them all, and what would change it. It is data: every word a
//! person reads is made from it by `render`, and every statement in it is backed by a step of the proof beside it.

use super::words::words;
use super::{
    Asked, Aspect, Attested, Boundary, ClaimId, Currency, Day, GivenId, Grade, Money, Per, Period,
    Place, PlanId, Question, Reading, Requirement, SkuId, TaskId,
};

words! {
    /// What is said of a need, over the aspects that the reading looks at: the first that applies, in this order.
    Verdict {
        /// No license opens it that day.
        Unavailable = "unavailable",
        /// A license is needed.
        Required = "required",
        /// Sources disagree.
        Contested = "contested",
        /// It turns on something unknown.
        Depends = "depends",
        /// No license is needed.
        NotRequired = "not-required",
        /// Nobody says anything.
        NotStated = "not-stated",
    }
}

words! {
    /// Why a need is unavailable.
    Because {
        /// Gone for good.
        Retired = "retired",
        /// Refused by the service.
        Blocked = "blocked",
        /// Not there yet, or not in this cloud.
        Unsupported = "unsupported",
        /// A limit is exceeded.
        Limit = "limit",
        /// A thing that must be done is stated not to be.
        Obligation = "obligation",
    }
}

words! {
    /// Whether the holdings satisfy a need.
    Satisfied {
        /// They do.
        Yes = "yes",
        /// They do not.
        No = "no",
        /// It turns on something unknown or contested.
        Unknown = "unknown",
    }
}

words! {
    /// What one aspect of a need comes to.
    AspectOutcome {
        /// A license is needed, and it is named.
        Required = "required",
        /// A license is due and nobody says which.
        Unnamed = "unnamed",
        /// No license is needed.
        NotRequired = "not-required",
        /// A place or a number of seats is stated.
        Stated = "stated",
        /// Sources disagree.
        Contested = "contested",
        /// It turns on something unknown.
        Depends = "depends",
        /// Nobody says anything.
        NotStated = "not-stated",
    }
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// The first verdict, in the order of [`Verdict`], over the needs.
    pub verdict: Verdict,
    /// One per task, in the order asked.
    pub needs: Vec<Need>,
    /// Cheapest license sets; the first is the one to take.
    pub baskets: Vec<Basket>,
    /// Why there is no basket, when there is none although a license is needed.
    pub no_basket: Option<String>,
    /// What the other readings say.
    pub other_readings: Vec<(Reading, Verdict)>,
    /// The next day, or boundary, at which a need changes, as far as is known.
    pub next_change: Option<NextChange>,
    /// Further tasks of the roles asked about.
    pub mentions: Vec<Mention>,
    /// For which period the claims behind all verdicts hold together.
    pub valid: Period,
    /// Over which days sources speak about the needs at all.
    pub attested: Attested,
    /// Claims that are known and bind only later, the first to begin first.
    pub announced: Vec<ClaimId>,
}

/// What a need is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NeedSubject {
    /// A task.
    Task(TaskId),
    /// A SKU: what it needs beside it.
    Sku(SkuId),
}

/// What one task asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// The task.
    pub subject: NeedSubject,
    /// What in the question led to it.
    pub asked_by: Vec<Asked>,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is unavailable, when it is.
    pub because: Option<Because>,
    /// What has to be held; `Nothing` unless the verdict is `required` or an outcome of it may be.
    pub requirement: Requirement,
    /// The parts of the requirement, each with since when it counts.
    pub alternatives: Vec<Alternative>,
    /// SKUs that meet the requirement that day.
    pub opened_by: Vec<OpenedBy>,
    /// Whether the holdings satisfy it.
    pub satisfied: Satisfied,
    /// What is missing from the holdings.
    pub missing: Vec<Requirement>,
    /// Things to do, not to buy.
    pub obligations: Vec<GivenId>,
    /// How many seats.
    pub counted: Option<Counting>,
    /// How certain the verdict is.
    pub certainty: Certainty,
    /// The four lines, in the order of [`Aspect::ALL`].
    pub aspects: Vec<AspectAnswer>,
    /// Over which period the claims behind the verdict hold together.
    pub effective: Period,
    /// The claims behind the verdict.
    pub claims: Vec<ClaimId>,
    /// Claims that were overridden by more specific ones.
    pub overridden: Vec<ClaimId>,
    /// Claims that stand although nothing attests them that day, with the boundary that opens before it.
    pub unattested: Vec<(ClaimId, Boundary)>,
    /// Where sources disagree.
    pub conflicts: Vec<Conflict>,
    /// The unknowns on which the verdict turns, the most decisive first.
    pub depends_on: Vec<DependsOn>,
}

/// A SKU that meets a requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedBy {
    /// The SKU.
    pub sku: SkuId,
    /// Whether it surely does that day; otherwise only perhaps, because a date is imprecise or disputed.
    pub surely: bool,
    /// Whether a source attests that day that it does; one that was first seen later may not have been on sale.
    pub attested: bool,
    /// Since when it carries what is needed.
    pub since: Option<Boundary>,
    /// The inclusion claims that it rests on.
    pub claims: Vec<ClaimId>,
}

/// One part of a requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// A leaf of the requirement.
    pub part: Requirement,
    /// Since when it counts.
    pub since: Option<Boundary>,
    /// The first claim that names it.
    pub claim: Option<ClaimId>,
}

/// How many seats a need asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    /// What is counted.
    pub per: Per,
    /// The number of seats; 1 when no population was stated.
    pub number: u64,
    /// Whether populations that nobody stated may add to it.
    pub at_least: bool,
    /// Populations stated.
    pub over: Vec<(GivenId, u64)>,
    /// Populations that nobody stated.
    pub unstated: Vec<GivenId>,
    /// Seats for every so many counted, see `Counted`.
    pub each: (u64, u64),
    /// Seats for the first one.
    pub first: Option<u64>,
    /// The claim that says so.
    pub claim: ClaimId,
}

/// A grade with the claims that make it no better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certainty {
    /// The grade.
    pub grade: Grade,
    /// The weakest links: the claims at that grade.
    pub because: Vec<ClaimId>,
}

/// One of the four lines of a need.
#[derive(Debug, Clone, PartialEq)]
pub struct AspectAnswer {
    /// Which line.
    pub aspect: Aspect,
    /// What it comes to.
    pub outcome: AspectOutcome,
    /// What has to be held, for `terms` and `works`, and for `owned` where it names it.
    pub requirement: Option<Requirement>,
    /// Where the license must sit, for `assigned`; the strictest where sources disagree.
    pub place: Option<Place>,
    /// How many seats the tenant must own, for `owned`.
    pub seats: Option<u64>,
    /// The claims that speak.
    pub claims: Vec<ClaimId>,
}

/// Sources that disagree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// About which aspect; none for inclusions, dates and prices.
    pub aspect: Option<Aspect>,
    /// The claims, all of which stand.
    pub claims: Vec<ClaimId>,
}

/// An unknown on which a verdict turns.
#[derive(Debug, Clone, PartialEq)]
pub struct DependsOn {
    /// The given to ask for, when it is one.
    pub given: Option<GivenId>,
    /// The claim whose boundary is unknown, or that first asks for the given.
    pub claim: ClaimId,
    /// The boundary that the day lies inside, when that is the unknown.
    pub boundary: Option<(EdgeOf, Boundary)>,
    /// What each value would bring.
    pub outcomes: Vec<Outcome>,
}

words! {
    /// Which boundary of a claim.
    EdgeOf {
        /// The beginning of its effect.
        EffectiveFrom = "effective-from",
        /// The end of its effect.
        EffectiveUntil = "effective-until",
        /// The day it became known.
        KnownFrom = "known-from",
        /// The day it was withdrawn.
        KnownUntil = "known-until",
        /// A date in its `when`.
        Condition = "condition",
    }
}

/// What one value of an unknown brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The value, as a person would write it: `yes`, `no`, `before 2021-07`.
    pub value: String,
    /// The verdict with it.
    pub verdict: Verdict,
    /// What would have to be held.
    pub requirement: Requirement,
}

/// A set of SKUs that satisfies all needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Basket {
    /// The SKUs, by id.
    pub items: Vec<BasketItem>,
    /// What they cost per month; nothing where no price is known.
    pub total: Option<Money>,
    /// In this currency.
    pub currency: Currency,
    /// SKUs whose price nobody confirmed.
    pub unverified_prices: Vec<SkuId>,
    /// Whether no cheaper set exists among SKUs with a price.
    pub proven_cheapest: bool,
    /// Plans to switch off on the account, since they cannot be enabled beside others of the set.
    pub switch_off: Vec<PlanId>,
    /// Who gets what: the person asked about first, then the further people that counted needs bring.
    pub sets: Vec<BasketSet>,
    /// The sets that would be cheapest otherwise.
    pub instead: Vec<OtherBasket>,
}

/// What each of some people gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasketSet {
    /// How many people.
    pub people: u64,
    /// What each of them gets beside what they hold.
    pub skus: Vec<SkuId>,
    /// Plans to switch off for each of them.
    pub switch_off: Vec<PlanId>,
}

/// Another set worth naming beside a basket.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherBasket {
    /// Why: for example "cheapest with confirmed prices only".
    pub why: String,
    /// The SKUs with quantities.
    pub items: Vec<BasketItem>,
    /// What they cost per month.
    pub total: Option<Money>,
}

/// One SKU of a basket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasketItem {
    /// The SKU.
    pub sku: SkuId,
    /// Seats.
    pub quantity: u64,
    /// How many of them the tenant owns already, which cost nothing.
    pub owned: u64,
    /// Per seat and month; none where no price is known, zero where it is held already.
    pub unit_price: Option<Money>,
    /// Who says so; none where it is held already.
    pub price: Option<PricedBy>,
    /// What it costs by another list price that may hold that day; the dearer one counts.
    pub other_price: Option<OtherPrice>,
    /// Held already.
    pub held: bool,
}

impl BasketItem {
    /// What the seats that have to be bought cost a month; none where no price is known, or the number is too large.
    pub fn total(&self) -> Option<Money> {
        match self.quantity.saturating_sub(self.owned) {
            0 => Some(Money::ZERO),
            seats => self.unit_price?.times(seats),
        }
    }
}

/// What a seat costs, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeatPrice {
    /// Per seat and month.
    pub amount: Money,
    /// Whether a source states it; a price of one's own agreement is taken as stated.
    pub verified: bool,
    /// Who says so.
    pub by: PricedBy,
    /// What it costs by another list price that may hold that day; the dearer one counts.
    pub other: Option<OtherPrice>,
}

/// The least of the other list prices that may hold on a day: sources disagree, or a date is imprecise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OtherPrice {
    /// Per seat and month.
    pub amount: Money,
    /// Who says so.
    pub claim: ClaimId,
}

/// Who states a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PricedBy {
    /// A claim: the list price.
    List(ClaimId),
    /// The asker: a row of their own agreement, by its place in [`Agreement::prices`](super::Agreement::prices).
    Own(usize),
}

impl PricedBy {
    /// The claim of a list price.
    pub fn claim(self) -> Option<ClaimId> {
        match self {
            Self::List(claim) => Some(claim),
            Self::Own(_) => None,
        }
    }
}

/// The next change of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct NextChange {
    /// When.
    pub when: Edge,
    /// The claim that flips it.
    pub claim: ClaimId,
    /// The need that changes.
    pub subject: NeedSubject,
    /// What it becomes.
    pub verdict: Verdict,
}

/// A day at which something changes: exactly, or at an end of an imprecise boundary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edge {
    /// On this day.
    On(Day),
    /// When the interval of the boundary begins: from there on it may be.
    Earliest(Boundary),
    /// When the interval of the boundary ends: from there on it surely is.
    Latest(Boundary),
}

/// A further task of a role, mentioned but not asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The task.
    pub task: TaskId,
    /// Completes "if this admin also ...".
    pub also: String,
    /// The verdict if it were asked.
    pub verdict: Verdict,
    /// What would have to be held.
    pub requirement: Requirement,
}

impl Need {
    /// The line of an aspect.
    pub fn aspect(&self, aspect: Aspect) -> Option<&AspectAnswer> {
        self.aspects.iter().find(|line| line.aspect == aspect)
    }
}
