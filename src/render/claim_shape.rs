//! The JSON contract of a claim with its evidence.

use super::claim::disputing;
use super::shape::{ConditionShape, PeriodShape, RequirementShape, StatusShape, ThingShape};
use super::statement::statement;
use super::words;
use crate::dataset::KnowledgeBase;
use crate::graph::AsOf;
use crate::model::{Boundary, ClaimId, ClaimKind, Demand, LimitOf, Named, PlanId, RoleId, SkuId};
use serde::Serialize;

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimShape {
    /// Its permanent id.
    pub id: String,
    /// The kind, by the name of its table in the data.
    pub kind: &'static str,
    /// What it states, as a sentence for people.
    pub statement: String,
    /// What it states, as in the data.
    pub content: ContentShape,
    /// When it applies; null means always.
    pub when: Option<ConditionShape>,
    /// When it binds.
    pub effective: PeriodShape,
    /// When the world could know it.
    pub known: PeriodShape,
    /// How much weight it has.
    pub standing: &'static str,
    /// How it stands on the two days of the answer.
    #[serde(flatten)]
    pub status: StatusShape,
    /// Claims that end where this one begins.
    pub supersedes: Vec<String>,
    /// Claims that count as never said once this one is known.
    pub replaces: Vec<String>,
    /// Claims that say otherwise, declared on either side.
    pub disputes: Vec<String>,
    /// Our own words.
    pub note: String,
    /// Who says so.
    pub evidence: Vec<EvidenceShape>,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceShape {
    /// Id of the source.
    pub source: String,
    /// What the source states, in our own words.
    pub says: String,
    /// When the text left the page, as written.
    pub gone: Option<String>,
    /// Read through another page that quotes it.
    pub second_hand: bool,
}

/// What a claim states, with the keys of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the keys are those of data/README.md")]
pub enum ContentShape {
    Requirement {
        subjects: Vec<ThingShape>,
        aspects: Vec<&'static str>,
        #[serde(flatten)]
        demand: DemandShape,
        counted: Option<CountedShape>,
    },
    Lifecycle {
        subject: ThingShape,
        state: &'static str,
    },
    Permission {
        task: ThingShape,
        roles: Vec<ThingShape>,
        least: Option<String>,
    },
    Inclusion {
        sku: ThingShape,
        plan: ThingShape,
    },
    Grant {
        feature: ThingShape,
        by: Vec<ThingShape>,
    },
    Cover {
        plan: ThingShape,
        covers: Vec<ThingShape>,
    },
    Name {
        of: ThingShape,
        name: String,
    },
    Price {
        sku: ThingShape,
        amount: String,
        currency: String,
        market: String,
        term: &'static str,
        verified: bool,
    },
    Prerequisite {
        sku: ThingShape,
        requires: RequirementShape,
    },
    Exclusion {
        plans: Vec<ThingShape>,
    },
    Limit {
        subject: ThingShape,
        given: String,
        at_most: u64,
    },
    SeatLimit {
        skus: Vec<ThingShape>,
        at_most: u64,
    },
    Sale {
        sku: ThingShape,
        to: &'static str,
    },
}

/// What a requirement asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the keys are those of data/README.md")]
pub enum DemandShape {
    Requires {
        requires: RequirementShape,
    },
    Where {
        #[serde(rename = "where")]
        place: &'static str,
    },
    AtLeast {
        at_least: u64,
        requires: Option<RequirementShape>,
    },
}

/// How seats are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the keys are those of data/README.md")]
pub struct CountedShape {
    pub per: &'static str,
    pub over: Vec<String>,
    pub each: String,
    pub first: Option<u64>,
}

impl ClaimShape {
    /// The shape of a claim, as it stands on two days.
    pub fn of(as_of: &AsOf, id: ClaimId) -> Self {
        let knowledge = as_of.knowledge();
        let claim = &knowledge.claims[id];
        let ids = |claims: &[ClaimId]| -> Vec<String> {
            let ids = claims
                .iter()
                .map(|claim| knowledge.claims[*claim].id.to_string());
            ids.collect()
        };
        Self {
            id: claim.id.to_string(),
            kind: claim.kind.name().word(),
            statement: statement(knowledge, claim),
            content: content(knowledge, &claim.kind),
            when: claim
                .when
                .as_ref()
                .map(|when| ConditionShape::of(knowledge, when)),
            effective: PeriodShape::of(&claim.effective),
            known: PeriodShape::of(&claim.known),
            standing: claim.standing.word(),
            status: StatusShape::of(knowledge, as_of.status(id)),
            supersedes: ids(&claim.supersedes),
            replaces: ids(&claim.replaces),
            disputes: ids(&disputing(knowledge, id)),
            note: claim.note.to_string(),
            evidence: claim
                .evidence
                .iter()
                .map(|evidence| EvidenceShape {
                    source: knowledge.sources[evidence.source].id.to_string(),
                    says: evidence.says.to_string(),
                    gone: evidence.gone.as_ref().map(Boundary::to_string),
                    second_hand: evidence.second_hand,
                })
                .collect(),
        }
    }
}

pub(super) fn content(knowledge: &KnowledgeBase, kind: &ClaimKind) -> ContentShape {
    let thing = |named: Named| ThingShape::of(knowledge, named);
    let role = |role: &RoleId| thing(Named::Role(*role));
    let plan = |plan: &PlanId| thing(Named::Plan(*plan));
    let sku = |sku: &SkuId| thing(Named::Sku(*sku));
    match kind {
        ClaimKind::Requirement {
            subjects,
            aspects,
            demand,
            counted,
        } => ContentShape::Requirement {
            subjects: subjects
                .iter()
                .map(|subject| ThingShape::of_subject(knowledge, *subject))
                .collect(),
            aspects: aspects.iter().map(|aspect| aspect.word()).collect(),
            demand: match demand {
                Demand::Requires(needs) => DemandShape::Requires {
                    requires: RequirementShape::of(knowledge, needs),
                },
                Demand::Where(place) => DemandShape::Where {
                    place: place.word(),
                },
                Demand::AtLeast { seats, of } => DemandShape::AtLeast {
                    at_least: *seats,
                    requires: of.as_ref().map(|of| RequirementShape::of(knowledge, of)),
                },
            },
            counted: counted.as_ref().map(|counted| CountedShape {
                per: counted.per.word(),
                over: counted
                    .over
                    .iter()
                    .map(|given| knowledge.givens[*given].id.to_string())
                    .collect(),
                each: format!("{}:{}", counted.each.0, counted.each.1),
                first: counted.first,
            }),
        },
        ClaimKind::Lifecycle { subject, state } => ContentShape::Lifecycle {
            subject: ThingShape::of_subject(knowledge, *subject),
            state: state.word(),
        },
        ClaimKind::Permission { task, roles, least } => ContentShape::Permission {
            task: thing(Named::Task(*task)),
            roles: roles.iter().map(role).collect(),
            least: least.map(|least| knowledge.roles[least].id.to_string()),
        },
        ClaimKind::Inclusion { sku: of, plan: it } => ContentShape::Inclusion {
            sku: sku(of),
            plan: plan(it),
        },
        ClaimKind::Grant { feature, by } => ContentShape::Grant {
            feature: thing(Named::Feature(*feature)),
            by: by.iter().map(|by| thing(words::held(*by))).collect(),
        },
        ClaimKind::Cover { plan: it, covers } => ContentShape::Cover {
            plan: plan(it),
            covers: covers.iter().map(plan).collect(),
        },
        ClaimKind::Name { of, name } => ContentShape::Name {
            of: thing(*of),
            name: name.to_string(),
        },
        ClaimKind::Price {
            sku: of,
            amount,
            currency,
            market,
            term,
            verified,
        } => ContentShape::Price {
            sku: sku(of),
            amount: amount.to_string(),
            currency: currency.to_string(),
            market: market.to_string(),
            term: term.word(),
            verified: *verified,
        },
        ClaimKind::Prerequisite { sku: of, requires } => ContentShape::Prerequisite {
            sku: sku(of),
            requires: RequirementShape::of(knowledge, requires),
        },
        ClaimKind::Exclusion { plans } => ContentShape::Exclusion {
            plans: plans.iter().map(plan).collect(),
        },
        ClaimKind::Limit { of, at_most } => match of {
            LimitOf::Given { subject, given } => ContentShape::Limit {
                subject: ThingShape::of_subject(knowledge, *subject),
                given: knowledge.givens[*given].id.to_string(),
                at_most: *at_most,
            },
            LimitOf::Seats(skus) => ContentShape::SeatLimit {
                skus: skus.iter().map(sku).collect(),
                at_most: *at_most,
            },
        },
        ClaimKind::Sale { sku: of, to } => ContentShape::Sale {
            sku: sku(of),
            to: to.word(),
        },
    }
}
