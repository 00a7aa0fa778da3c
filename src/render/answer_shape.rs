//! The JSON contract of an answer, `licit.answer/1` (design.md section 6): one plain structure per part, no logic. It is one
//! table of over 400 lines on purpose, since who writes a program against it reads it in one go.

use super::shape::{EdgeShape, PeriodShape, RequirementShape, SourceShape, ThingShape};
use super::states::StateShape;
use super::timeline_shape::{AttestedShape, ToldShape};
use serde::Serialize;
use std::collections::BTreeMap;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerShape {
    /// What was asked.
    pub question: QuestionShape,
    /// The verdict.
    pub verdict: &'static str,
    /// One per task.
    pub needs: Vec<NeedShape>,
    /// License sets, the cheapest first.
    pub baskets: Vec<BasketShape>,
    /// Why there is none, when there is none although a license is needed.
    pub no_basket: Option<String>,
    /// Verdicts in the other readings.
    pub other_readings: BTreeMap<&'static str, &'static str>,
    /// When a need changes next.
    pub next_change: Option<NextChangeShape>,
    /// Further tasks of the roles asked about.
    pub mentions: Vec<MentionShape>,
    /// For which period the claims behind all verdicts hold together.
    pub valid: PeriodShape,
    /// Outside of these days no source speaks about the needs.
    pub attested: AttestedShape,
    /// Claims that are known and bind only later.
    pub announced: Vec<SaidShape>,
    /// The answer with what is known today, where the question is about an earlier knowledge.
    pub hindsight: Option<HindsightShape>,
    /// The reasons.
    pub proof: ProofShape,
    /// Every source that the answer rests on, by id.
    pub sources: Vec<SourceShape>,
}

/// The same question with the knowledge of another day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HindsightShape {
    /// The day whose knowledge counts.
    pub known: String,
    /// What differs: `verdict`, `requirement`, `certainty`, `price`.
    pub differences: Vec<&'static str>,
    /// What the answer comes to.
    #[serde(flatten)]
    pub told: ToldShape,
}

/// A claim in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidShape {
    /// Its permanent id.
    pub id: String,
    /// What it states.
    pub statement: String,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionShape {
    /// Roles, tasks, features and SKUs asked about.
    pub subjects: Vec<ThingShape>,
    /// Whether an eligible assignment was asked about.
    pub eligible: bool,
    /// The day it is about.
    pub on: String,
    /// The day whose knowledge counts.
    pub known: String,
    /// What the asker stated.
    pub givens: BTreeMap<String, String>,
    /// SKUs on this account.
    pub held: Vec<String>,
    /// SKUs on another account of the same person.
    pub held_elsewhere: Vec<String>,
    /// Seats that the tenant owns.
    pub owned: BTreeMap<String, u64>,
    /// The reading.
    pub reading: &'static str,
    /// Who buys.
    pub segment: &'static str,
    /// The currency of prices.
    pub currency: String,
    /// How the asker buys.
    pub agreement: AgreementShape,
}

/// How the asker buys.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementShape {
    /// The commitment.
    pub term: &'static str,
    /// When seats that are there already were last renewed.
    pub renewed_on: Option<String>,
    /// The asker's own prices.
    pub prices: Vec<OwnPriceShape>,
}

/// A price of the asker's own agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnPriceShape {
    /// The SKU.
    pub sku: String,
    /// Per seat and month.
    pub price: String,
    /// In this currency.
    pub currency: String,
    /// The first day on which it holds.
    pub from: Option<String>,
    /// The day on which it no longer holds.
    pub until: Option<String>,
    /// The commitment that it is for.
    pub term: Option<&'static str>,
    /// What else the row says.
    pub note: String,
    /// Where the asker says so.
    #[serde(flatten)]
    pub row: PriceRowShape,
}

/// A row of the asker's price file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriceRowShape {
    /// The file.
    pub file: String,
    /// Its line, counted from 1.
    pub line: usize,
}

/// What one task asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeedShape {
    /// The task, or the SKU asked about.
    pub subject: ThingShape,
    /// What in the question led to it.
    pub asked_by: Vec<ThingShape>,
    /// The verdict.
    pub verdict: &'static str,
    /// Why it is unavailable.
    pub because: Option<&'static str>,
    /// What has to be held.
    pub requirement: RequirementShape,
    /// Since when each part of it counts.
    pub alternatives: Vec<AlternativeShape>,
    /// SKUs that meet it alone.
    pub opened_by: Vec<OpenedByShape>,
    /// Whether what is held satisfies it.
    pub satisfied: &'static str,
    /// What is missing.
    pub missing: Vec<RequirementShape>,
    /// Things to do: ids of givens.
    pub obligations: Vec<String>,
    /// How many seats.
    pub counted: Option<CountedShape>,
    /// How certain it is.
    pub certainty: CertaintyShape,
    /// The four lines.
    pub aspects: AspectsShape,
    /// In which period the claims behind it hold together.
    pub effective: PeriodShape,
    /// The claims behind the verdict.
    pub claims: Vec<String>,
    /// General claims that a more specific one overrode.
    pub overridden: Vec<String>,
    /// Claims that stand although no source attests them that day.
    pub unattested: Vec<UnattestedShape>,
    /// The states that the task and its feature may be in.
    pub states: Vec<StateShape>,
    /// Where sources disagree.
    pub conflicts: Vec<ConflictShape>,
    /// The unknowns on which it turns, the most decisive first.
    pub depends_on: Vec<DependsOnShape>,
}

/// A part of a requirement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlternativeShape {
    /// The part.
    pub part: RequirementShape,
    /// Since when it counts, as written.
    pub since: Option<String>,
    /// The first claim that names it.
    pub claim: Option<String>,
}

/// A SKU that meets a requirement alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenedByShape {
    /// The SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// `yes`; `possible` where a date is imprecise or disputed; `unattested` where it was first seen only later.
    pub status: &'static str,
    /// Since when it carries what is needed, as written.
    pub since: Option<String>,
    /// The claims that it rests on.
    pub claims: Vec<String>,
}

/// How seats are counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountedShape {
    /// What is counted.
    pub per: &'static str,
    /// Seats.
    pub number: u64,
    /// Whether populations that nobody stated may add to it.
    pub at_least: bool,
    /// Populations stated.
    pub over: Vec<PopulationShape>,
    /// Populations that nobody stated: ids of givens.
    pub unstated: Vec<String>,
    /// The formula in words.
    pub formula: String,
    /// The claim that says so.
    pub claim: String,
}

/// A population.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PopulationShape {
    /// The given.
    pub given: String,
    /// How many.
    pub number: u64,
}

/// A grade with its weakest links.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CertaintyShape {
    /// The grade.
    pub grade: &'static str,
    /// The claims that make it no better.
    pub because: Vec<String>,
}

/// The four lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AspectsShape {
    /// What the terms ask for.
    pub terms: LineShape,
    /// What the service refuses without it.
    pub works: LineShape,
    /// Where the license must sit.
    pub assigned: AssignedShape,
    /// What the tenant must own.
    pub owned: OwnedShape,
}

/// `terms` or `works`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineShape {
    /// The outcome.
    pub verdict: &'static str,
    /// What has to be held.
    pub requirement: Option<RequirementShape>,
    /// The claims that speak.
    pub claims: Vec<String>,
}

/// `assigned`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssignedShape {
    /// The place; the strictest where sources disagree.
    #[serde(rename = "where")]
    pub place: Option<&'static str>,
    /// The outcome.
    pub verdict: &'static str,
    /// The claims that speak.
    pub claims: Vec<String>,
}

/// `owned`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnedShape {
    /// The outcome.
    pub verdict: &'static str,
    /// Seats.
    pub at_least: Option<u64>,
    /// Of what; none means of whatever the need requires.
    pub requirement: Option<RequirementShape>,
    /// The claims that speak.
    pub claims: Vec<String>,
}

/// A claim that no source attests that day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnattestedShape {
    /// The claim.
    pub claim: String,
    /// Its beginning as written.
    pub from: String,
}

/// Sources that disagree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConflictShape {
    /// About which aspect; none for a state.
    pub aspect: Option<&'static str>,
    /// The claims.
    pub claims: Vec<String>,
}

/// An unknown on which the verdict turns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DependsOnShape {
    /// The given to state, when it is one.
    pub given: Option<String>,
    /// The claim that asks for it, or whose date is imprecise.
    pub claim: String,
    /// The imprecise date, when that is the unknown.
    pub boundary: Option<String>,
    /// The question to answer.
    pub question: String,
    /// What each value would bring.
    pub outcomes: Vec<OutcomeShape>,
}

/// What a value would bring.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutcomeShape {
    /// The value.
    pub value: String,
    /// The verdict with it.
    pub verdict: &'static str,
    /// What would have to be held.
    pub requirement: RequirementShape,
}

/// A license set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BasketShape {
    /// The SKUs.
    pub skus: Vec<BasketItemShape>,
    /// What they cost per period.
    pub total: Option<String>,
    /// The currency.
    pub currency: String,
    /// The period of every amount.
    pub period: &'static str,
    /// SKUs whose price nobody confirmed.
    pub unverified_prices: Vec<String>,
    /// Whether no cheaper set exists among SKUs with a price.
    pub proven_cheapest: bool,
    /// Plans to switch off on the account.
    pub switch_off: Vec<String>,
    /// Who gets what: the person asked about first.
    pub sets: Vec<BasketSetShape>,
    /// Other sets worth naming.
    pub instead: Vec<OtherBasketShape>,
}

/// Another list price that may hold on the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherPriceShape {
    /// Per seat and period.
    pub amount: String,
    /// The claim.
    pub claim: String,
}

/// What each of some people gets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BasketSetShape {
    /// How many people.
    pub people: u64,
    /// What each of them gets beside what they hold.
    pub skus: Vec<String>,
    /// Plans to switch off for each of them.
    pub switch_off: Vec<String>,
}

/// One SKU of a license set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BasketItemShape {
    /// The SKU.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Seats.
    pub quantity: u64,
    /// How many of them the tenant owns already.
    pub owned: u64,
    /// Per seat and period.
    pub unit_price: Option<String>,
    /// The claim of the price, where it is a list price.
    pub price: Option<String>,
    /// The row of the asker's price file, where it is their own.
    pub own_price: Option<PriceRowShape>,
    /// Another list price that may hold that day; the dearer one counts.
    pub other_price: Option<OtherPriceShape>,
    /// Held already.
    pub held: bool,
}

/// Another set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherBasketShape {
    /// Why it is named.
    pub why: String,
    /// The SKUs.
    pub skus: Vec<BasketItemShape>,
    /// What they cost per period.
    pub total: Option<String>,
}

/// The next change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextChangeShape {
    /// When.
    #[serde(flatten)]
    pub when: EdgeShape,
    /// The claim that flips it.
    pub claim: String,
    /// The need that changes.
    pub subject: ThingShape,
    /// What it becomes.
    pub verdict: &'static str,
}

/// A further task.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MentionShape {
    /// The task.
    pub task: ThingShape,
    /// Completes "if this admin also ...".
    pub also: String,
    /// The verdict if it were asked.
    pub verdict: &'static str,
    /// What would have to be held.
    pub requirement: RequirementShape,
}

/// The reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProofShape {
    /// The steps, premises first.
    pub steps: Vec<StepShape>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepShape {
    /// Its number.
    pub id: u32,
    /// What kind of step it is.
    pub rule: &'static str,
    /// The claim it rests on.
    pub claim: Option<String>,
    /// The given it rests on.
    pub given: Option<String>,
    /// What it says.
    pub says: String,
    /// Who said it: `you`, or ids of sources; empty for conclusions.
    pub by: Vec<String>,
    /// The steps it follows from.
    pub premises: Vec<u32>,
    /// What is assumed.
    pub assumes: Vec<String>,
}
