//! Records as they stand in the files: names instead of ids, a place for everything that a message may point at.
//!
//! A value is absent where it was left out or could not be read. Whether something was wrong is kept apart, in
//! `faulty`, so that a faulty record is not judged by the half that is left of it.

use crate::dataset::place::{Place, Placed};
use crate::model::{
    Aspect, Boundary, Currency, Day, Guid, LifecycleState, Money, Per, Place as Seat, SaleTo,
    Segment, SourceKind, Standing, Term, Text,
};

/// Everything that was read, in the order of the files.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    pub meta: Vec<RawMeta>,
    pub areas: Vec<RawArea>,
    pub sources: Vec<RawSource>,
    pub features: Vec<RawFeature>,
    pub tasks: Vec<RawTask>,
    pub roles: Vec<RawRole>,
    pub givens: Vec<RawGiven>,
    pub plans: Vec<RawPlan>,
    pub skus: Vec<RawSku>,
    pub sku_notes: Vec<RawSkuNote>,
    pub plan_notes: Vec<RawPlanNote>,
    pub looks: Vec<RawLook>,
    pub claims: Vec<RawClaim>,
}

/// The name of a record, by which others refer to it.
pub(crate) type RawId = Option<Placed<String>>;

#[derive(Debug)]
pub(crate) struct RawMeta {
    pub schema: Option<Placed<u64>>,
    pub version: Option<Text>,
    pub reviewed: Option<Day>,
    pub accepted: Vec<RawAccepted>,
}

#[derive(Debug)]
pub(crate) struct RawAccepted {
    pub code: Text,
    pub id: Text,
    pub reason: Text,
    pub place: Place,
}

#[derive(Debug)]
pub(crate) struct RawArea {
    pub id: RawId,
    pub name: Option<Text>,
}

#[derive(Debug)]
pub(crate) struct RawSource {
    pub id: RawId,
    pub title: Option<Text>,
    pub url: Option<Text>,
    pub publisher: Option<Text>,
    pub kind: Option<SourceKind>,
    pub published: Option<Boundary>,
    pub read: Option<Day>,
    pub note: Text,
}

#[derive(Debug)]
pub(crate) struct RawFeature {
    pub id: RawId,
    pub name: Option<Text>,
    pub area: RawId,
    pub default_task: RawId,
    pub aliases: Vec<Text>,
    pub summary: Option<Text>,
}

#[derive(Debug)]
pub(crate) struct RawTask {
    pub id: RawId,
    pub name: Option<Text>,
    pub feature: RawId,
    pub area: RawId,
    pub aliases: Vec<Text>,
    pub summary: Option<Text>,
}

#[derive(Debug)]
pub(crate) struct RawRole {
    pub id: RawId,
    pub name: Option<Text>,
    pub authority: Option<Text>,
    pub template: Option<Placed<Guid>>,
    pub privileged: bool,
    pub aliases: Vec<Text>,
    pub core: Vec<Placed<String>>,
    pub further: Vec<RawFurther>,
    pub summary: Option<Text>,
}

#[derive(Debug)]
pub(crate) struct RawFurther {
    pub task: RawId,
    pub also: Option<Text>,
}

/// What values a given takes, by the word in the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RawGivenType {
    Truth,
    Date,
    Count,
    Choice,
}

#[derive(Debug)]
pub(crate) struct RawGiven {
    pub id: RawId,
    pub kind: Option<RawGivenType>,
    pub values: Vec<Text>,
    pub question: Option<Text>,
    pub summary: Option<Text>,
}

#[derive(Debug)]
pub(crate) struct RawPlan {
    pub id: RawId,
    pub guid: Option<Placed<Guid>>,
    pub name: Option<Text>,
    pub aliases: Vec<Text>,
}

#[derive(Debug)]
pub(crate) struct RawSku {
    pub id: RawId,
    pub guid: Option<Placed<Guid>>,
    pub name: Option<Text>,
    pub segment: Segment,
    pub purchasable: bool,
    pub frontline: bool,
    pub aliases: Vec<Text>,
}

/// What is known by hand about a SKU; what it says in short forms stands with the claims.
#[derive(Debug)]
pub(crate) struct RawSkuNote {
    pub id: RawId,
    pub name: Option<Text>,
    pub segment: Option<Segment>,
    pub purchasable: Option<bool>,
    pub frontline: Option<bool>,
    pub device: Option<bool>,
    pub aliases: Vec<Text>,
}

/// What is known by hand about a plan.
#[derive(Debug)]
pub(crate) struct RawPlanNote {
    pub id: RawId,
    pub name: Option<Text>,
    pub aliases: Vec<Text>,
}

/// A dated look at the vendor's table, by what changed since the look before.
#[derive(Debug)]
pub(crate) struct RawLook {
    pub day: Option<Placed<Day>>,
    pub added: Vec<Placed<String>>,
    pub gone: Vec<Placed<String>>,
    pub renamed: Vec<RawRenamed>,
    pub gained: Vec<RawLookPlans>,
    pub lost: Vec<RawLookPlans>,
    pub note: Text,
}

#[derive(Debug)]
pub(crate) struct RawRenamed {
    pub sku: RawId,
    pub name: Option<Text>,
}

#[derive(Debug)]
pub(crate) struct RawLookPlans {
    pub sku: RawId,
    pub plans: Vec<Placed<String>>,
}

#[derive(Debug, Default)]
pub(crate) struct RawPeriod {
    pub from: Option<Placed<Boundary>>,
    pub until: Option<Placed<Boundary>>,
}

#[derive(Debug)]
pub(crate) struct RawEvidence {
    pub source: RawId,
    pub says: Option<Text>,
    pub gone: Option<Boundary>,
    pub second_hand: bool,
}

#[derive(Debug)]
pub(crate) struct RawClaim {
    pub id: RawId,
    /// The record, for what is wrong with it as a whole.
    pub place: Place,
    pub kind: RawKind,
    pub when: Option<RawCondition>,
    pub effective: RawPeriod,
    pub known: RawPeriod,
    pub standing: Option<Standing>,
    pub supersedes: Vec<Placed<String>>,
    pub replaces: Vec<Placed<String>>,
    pub disputes: Vec<Placed<String>>,
    pub note: Text,
    pub evidence: Vec<RawEvidence>,
    /// Whether something was wrong while it was read.
    pub faulty: bool,
}

#[derive(Debug)]
pub(crate) enum RawKind {
    Requirement {
        subjects: Vec<RawSubject>,
        aspects: Vec<Aspect>,
        demand: Option<RawDemand>,
        counted: Option<RawCounted>,
    },
    Lifecycle {
        subject: Option<RawSubject>,
        state: Option<LifecycleState>,
    },
    Permission {
        task: RawId,
        roles: Vec<Placed<String>>,
        least: RawId,
    },
    Inclusion {
        sku: RawId,
        plan: RawId,
    },
    Grant {
        feature: RawId,
        by: Vec<Placed<String>>,
    },
    Cover {
        plan: RawId,
        covers: Vec<Placed<String>>,
    },
    Name {
        of: RawId,
        name: Option<Text>,
    },
    Price {
        sku: RawId,
        amount: Option<Money>,
        currency: Option<Currency>,
        market: Option<Text>,
        term: Option<Term>,
        verified: Option<bool>,
    },
    Prerequisite {
        sku: RawId,
        requires: Option<RawRequirement>,
    },
    Exclusion {
        plans: Vec<Placed<String>>,
    },
    Limit {
        of: Option<RawLimitOf>,
        at_most: Option<u64>,
    },
    Sale {
        sku: RawId,
        to: Option<SaleTo>,
    },
}

#[derive(Debug)]
pub(crate) enum RawSubject {
    Task(Placed<String>),
    Feature(Placed<String>),
    Area(Placed<String>),
    Everything,
}

#[derive(Debug)]
pub(crate) enum RawDemand {
    Requires(RawRequirement),
    Where(Seat),
    AtLeast {
        seats: u64,
        of: Option<RawRequirement>,
    },
}

#[derive(Debug)]
pub(crate) enum RawLimitOf {
    Given {
        subject: RawSubject,
        given: Placed<String>,
    },
    Seats(Vec<Placed<String>>),
}

#[derive(Debug)]
pub(crate) struct RawCounted {
    pub per: Option<Per>,
    pub over: Vec<Placed<String>>,
    pub each: (u64, u64),
    pub first: Option<u64>,
}

#[derive(Debug)]
pub(crate) enum RawRequirement {
    /// A word or an id, as written.
    Named(Placed<String>),
    Any(Vec<RawRequirement>),
    All(Vec<RawRequirement>),
}

#[derive(Debug)]
pub(crate) enum RawCondition {
    Given {
        given: Placed<String>,
        test: Placed<RawTest>,
    },
    Holds(Placed<String>),
    Role(Vec<Placed<String>>),
    All(Vec<RawCondition>),
    Any(Vec<RawCondition>),
    Not(Box<RawCondition>),
}

#[derive(Debug)]
pub(crate) enum RawTest {
    IsTruth(bool),
    IsWord(Text),
    Before(Boundary),
    OnOrAfter(Boundary),
    AtLeast(u64),
    OneOf(Vec<Text>),
}
