//! The words of the field as types.
//!
//! Everything licit says is said in these words: who acts ([`Role`], [`Task`]), what is granted ([`Feature`],
//! [`Plan`], [`Sku`]), who said so ([`Claim`], [`Source`]), when ([`Day`], [`Boundary`], [`Period`]) and what is asked
//! and answered ([`Question`], [`Answer`]). This room knows no files, no terminal and no clock, and uses no other room;
//! the build script takes it in as it is.

mod agreement;
mod answer;
mod boundary;
mod catalog;
mod claim;
mod comparison;
mod condition;
mod day;
mod diagnostic;
mod draft;
mod event;
mod finding;
mod given;
mod id;
mod instance;
mod money;
mod nearest;
mod purchase;
mod question;
mod requirement;
mod standing;
mod subject;
mod team;
mod text;
mod timeline;
mod what_if;
mod why_not;
mod words;

pub use agreement::{Agreement, OwnPrice, PriceRow};
pub use answer::{
    Alternative, Answer, AspectAnswer, AspectOutcome, Basket, BasketItem, BasketSet, Because,
    Certainty, Conflict, Counting, DependsOn, Edge, EdgeOf, Mention, Need, NeedSubject, NextChange,
    OpenedBy, OtherBasket, OtherPrice, Outcome, PricedBy, Satisfied, SeatPrice, Verdict,
};
pub use boundary::{Boundary, Period, Reached};
pub use catalog::{Plan, Segment, Sku};
pub use claim::{
    Claim, ClaimKind, ClaimKindName, Counted, Demand, Evidence, LifecycleState, LimitOf, Named,
    Per, SaleTo, Source, SourceKind,
};
pub use comparison::{Caution, Cell, ComparedRow, ComparedSet, Comparison, Mark, Spread};
pub use condition::{Condition, HeldThing, RolePattern, Test};
pub use day::Day;
pub use diagnostic::{Code, Diagnostic, FileId, Label, Severity, Span};
pub use draft::Draft;
pub use event::{Event, EventKind};
pub use finding::{
    AuditVerdict, Baseline, FindingId, FindingKind, FindingSeverity, Ignore, IgnoreEntry,
    IgnoreWhich, matches_pattern,
};
pub use given::{Given, GivenKind, GivenValue};
pub use id::{
    AreaId, ClaimId, FeatureId, GivenId, Guid, PlanId, PlanIndex, RoleId, SkuId, SkuIndex,
    SourceId, TaskId,
};
pub use instance::{
    Argument, ArgumentEnd, ArgumentStep, CertaintyFront, Certificate, Choice, Exclusion, Instance,
    InstanceAnswer, InstanceAsks, InstanceFault, LicenseSet, Market, MarketSku, Missing, Persona,
    Query, RankedSets, SeatPrices, SeatRule, SkuSet, Solved, TenantArgument, TenantCertificate,
    TenantQuery, TenantSolved, Toll, Unsatisfiable, Wish, WishOf, WishPart,
};
pub use money::{Currency, Money, Term};
pub use nearest::nearest;
pub use purchase::{
    Alternatives, BillLine, FrontPoint, PersonaPurchase, PricedSet, Purchase, TenantNeed,
};
pub use question::{Asked, Question, Reading, SavedQuestion};
pub use requirement::Requirement;
pub use standing::{Grade, Standing};
pub use subject::{Area, Aspect, Feature, Further, Place, Role, Subject, Task};
pub use team::{Team, TeamPersona};
pub use text::{Cleaned, Text, clean, fold};
pub use timeline::{
    AnswerSpan, Attested, Axis, Cause, Change, Cheapest, Difference, Differing, NeedTold, Timeline,
    Told, Trigger, Work,
};
pub use what_if::{Effect, Holdings, NeedChange, WhatIf};
pub use why_not::{Way, WhyNot, WhyNotNeed};

pub(crate) use words::words;
