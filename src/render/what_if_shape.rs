//! The JSON contract of a change of licenses.

use super::answer_json::{ids, subject};
use super::answer_shape::BasketItemShape;
use super::basket_json::items;
use super::claim_shape::ClaimShape;
use super::comparison_shape::{CautionShape, SkuShape, caution, sku};
use super::shape::{RequirementShape, SourceShape, ThingShape};
use crate::dataset::KnowledgeBase;
use crate::graph::AsOf;
use crate::model::{
    Answer, Aspect, ClaimId, Effect, Holdings, Need, Question, SkuId, Verdict, WhatIf,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// `licit.what-if/1`
#[derive(Serialize)]
pub struct WhatIfShape {
    on: String,
    known: String,
    reading: &'static str,
    segment: &'static str,
    subjects: Vec<ThingShape>,
    dropped: Vec<String>,
    added: Vec<String>,
    renewed_on: Option<String>,
    held_before: Vec<String>,
    held_after: Vec<String>,
    counts: BTreeMap<&'static str, usize>,
    changes: Vec<ChangeShape>,
    currency: String,
    period: &'static str,
    cost_before: CostShape,
    cost_after: CostShape,
    to_lose_nothing: Option<RemedyShape>,
    cautions: Vec<CautionShape>,
    claims: Vec<ClaimShape>,
    sources: Vec<SourceShape>,
}

#[derive(Serialize)]
struct ChangeShape {
    effect: &'static str,
    subject: ThingShape,
    before: SideShape,
    after: SideShape,
    consequences: Vec<ConsequenceShape>,
}

#[derive(Serialize)]
struct SideShape {
    verdict: &'static str,
    satisfied: &'static str,
    requirement: RequirementShape,
    missing: Vec<RequirementShape>,
}

/// What one aspect of a need that is no longer satisfied says, and by which claims.
#[derive(Serialize)]
struct ConsequenceShape {
    aspect: &'static str,
    verdict: &'static str,
    claims: Vec<String>,
}

#[derive(Serialize)]
struct CostShape {
    skus: Vec<SkuShape>,
    total: Option<String>,
}

/// What to buy beside, so that nothing is lost; why nothing helps, where nothing does.
#[derive(Serialize)]
struct RemedyShape {
    skus: Vec<BasketItemShape>,
    total: Option<String>,
    no_basket: Option<String>,
}

/// The shape of a change.
pub(super) fn shape(knowledge: &KnowledgeBase, what_if: &WhatIf) -> WhatIfShape {
    let question = &what_if.before.question;
    let as_of = AsOf::new(knowledge, question.on, question.known);
    let skus = |skus: &[SkuId]| -> Vec<String> {
        skus.iter()
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect()
    };
    let cited: BTreeSet<ClaimId> = with_needs(what_if)
        .filter(|(effect, ..)| effect.is_worse())
        .flat_map(|(_, _, is)| consequences(is))
        .flat_map(|(_, claims)| claims.iter().copied())
        .collect();
    let prices = [&what_if.cost_before, &what_if.cost_after];
    let prices = prices.into_iter().flat_map(|held| &held.skus);
    let prices = prices.filter_map(|(_, price)| price.as_ref()?.by.claim());
    let sources = SourceShape::cited(knowledge, cited.iter().copied().chain(prices));
    WhatIfShape {
        on: question.on.to_string(),
        known: question.known.to_string(),
        reading: question.reading.word(),
        segment: question.segment.word(),
        subjects: question
            .subjects
            .iter()
            .map(|asked| ThingShape::of(knowledge, super::answer_json::named(*asked)))
            .collect(),
        dropped: skus(&what_if.dropped),
        added: skus(&what_if.added),
        renewed_on: question.agreement.renewed_on.map(|day| day.to_string()),
        held_before: skus(&what_if.before.question.held),
        held_after: skus(&what_if.after.question.held),
        counts: Effect::ALL
            .iter()
            .map(|effect| (effect.word(), what_if.count(*effect)))
            .collect(),
        changes: with_needs(what_if)
            .map(|(effect, was, is)| ChangeShape {
                effect: effect.word(),
                subject: subject(knowledge, is.subject),
                before: side(knowledge, was),
                after: side(knowledge, is),
                consequences: if effect.is_worse() {
                    consequences(is)
                        .map(|(aspect, claims)| ConsequenceShape {
                            aspect: aspect.word(),
                            verdict: is
                                .aspect(aspect)
                                .map_or("not-stated", |line| line.outcome.word()),
                            claims: ids(knowledge, claims),
                        })
                        .collect()
                } else {
                    Vec::new()
                },
            })
            .collect(),
        currency: question.currency.to_string(),
        period: "month",
        cost_before: cost(knowledge, question, &what_if.cost_before),
        cost_after: cost(knowledge, question, &what_if.cost_after),
        to_lose_nothing: what_if
            .remedy
            .as_ref()
            .map(|answer| remedy(knowledge, answer)),
        cautions: what_if
            .cautions
            .iter()
            .map(|one| caution(knowledge, one))
            .collect(),
        claims: cited
            .iter()
            .map(|claim| ClaimShape::of(&as_of, *claim))
            .collect(),
        sources,
    }
}

/// Every need with what becomes of it, before and after.
pub(super) fn with_needs(what_if: &WhatIf) -> impl Iterator<Item = (Effect, &Need, &Need)> {
    let needs = what_if.before.needs.iter().zip(&what_if.after.needs);
    what_if
        .changes
        .iter()
        .zip(needs)
        .map(|(change, (was, is))| (change.effect, was, is))
}

/// What the service refuses, what the terms ask for and what the tenant must own, by the claims that say so.
pub(super) fn consequences(need: &Need) -> impl Iterator<Item = (Aspect, &[ClaimId])> {
    let told = [Aspect::Works, Aspect::Terms, Aspect::Owned];
    told.into_iter().filter_map(|aspect| {
        let line = need.aspect(aspect)?;
        (!line.claims.is_empty() && need.verdict != Verdict::Unavailable)
            .then_some((aspect, line.claims.as_slice()))
    })
}

fn side(knowledge: &KnowledgeBase, need: &Need) -> SideShape {
    SideShape {
        verdict: need.verdict.word(),
        satisfied: need.satisfied.word(),
        requirement: RequirementShape::of(knowledge, &need.requirement),
        missing: need
            .missing
            .iter()
            .map(|part| RequirementShape::of(knowledge, part))
            .collect(),
    }
}

fn cost(knowledge: &KnowledgeBase, question: &Question, held: &Holdings) -> CostShape {
    CostShape {
        skus: held
            .skus
            .iter()
            .map(|(id, price)| sku(knowledge, question, *id, price.as_ref()))
            .collect(),
        total: held.total.map(|total| total.to_string()),
    }
}

fn remedy(knowledge: &KnowledgeBase, answer: &Answer) -> RemedyShape {
    let basket = answer.baskets.first();
    RemedyShape {
        skus: basket.map_or_else(Vec::new, |basket| {
            items(knowledge, &answer.question, &basket.items)
        }),
        total: basket.and_then(|basket| Some(basket.total?.to_string())),
        no_basket: answer.no_basket.clone(),
    }
}
