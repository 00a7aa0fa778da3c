//! The same question with other licenses: which needs a change may touch, and what becomes of each.

use super::compare::cautions;
use super::price::seat_price;
use super::supply::Supply;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Presence, presence};
use crate::model::{
    Answer, Asked, ClaimKind, Demand, Effect, Holdings, Money, Need, NeedChange, Question,
    Requirement, Satisfied, SkuId, TaskId, Verdict, WhatIf,
};
use std::collections::BTreeMap;

/// The question as somebody asks it who holds what is dropped, and as one who holds what is added instead.
pub fn both_sides(question: &Question, dropped: &[SkuId], added: &[SkuId]) -> (Question, Question) {
    let holding = |skus: &mut dyn Iterator<Item = SkuId>| {
        let mut held: Vec<SkuId> = skus.collect();
        held.sort_unstable();
        held.dedup();
        held
    };
    let stays = |sku: &SkuId| !dropped.contains(sku);
    let before = Question {
        held: holding(&mut question.held.iter().chain(dropped).copied()),
        ..question.clone()
    };
    let kept = question.held.iter().copied().filter(stays);
    let after = Question {
        held: holding(&mut kept.chain(added.iter().copied())),
        held_elsewhere: question
            .held_elsewhere
            .iter()
            .copied()
            .filter(stays)
            .collect(),
        owned: question
            .owned
            .iter()
            .filter(|(sku, _)| stays(sku))
            .map(|(sku, seats)| (*sku, *seats))
            .collect(),
        ..question.clone()
    };
    (before, after)
}

/// Every task that asks that day for something which one of the SKUs provides, by written id: what a change of these SKUs
/// may touch.
pub fn touched(knowledge: &KnowledgeBase, question: &Question, skus: &[SkuId]) -> Vec<Asked> {
    let moment = Moment {
        on: question.on,
        known: question.known,
    };
    let asked: Vec<(TaskId, Vec<&Requirement>)> = knowledge
        .tasks
        .iter()
        .map(|(task, _)| (task, requirements(knowledge, moment, task)))
        .collect();
    let all = asked.iter().flat_map(|(_, requirements)| requirements);
    let supply = Supply::of(knowledge, moment, all.copied());
    let mut provided: BTreeMap<&Requirement, bool> = BTreeMap::new();
    let touches = |requirement: &'_ Requirement| {
        let mut found = false;
        requirement.each_leaf(&mut |leaf| {
            found |= skus.iter().any(|sku| supply.provider(leaf, *sku).is_some());
        });
        found
    };
    let mut tasks = Vec::new();
    for (task, requirements) in &asked {
        let is_touched = requirements.iter().any(|requirement| {
            *provided
                .entry(requirement)
                .or_insert_with(|| touches(requirement))
        });
        if is_touched {
            tasks.push(Asked::Task(*task));
        }
    }
    tasks
}

/// What the requirements that may hold that day ask for.
fn requirements(knowledge: &KnowledgeBase, moment: Moment, task: TaskId) -> Vec<&Requirement> {
    let subjects = knowledge.subjects_of(task).into_iter();
    let claims = subjects.flat_map(|subject| knowledge.about(Topic::Requirements(subject)));
    claims
        .filter_map(|id| {
            let claim = &knowledge.claims[*id];
            let ClaimKind::Requirement {
                demand: Demand::Requires(requirement),
                ..
            } = &claim.kind
            else {
                return None;
            };
            let holds = matches!(presence(knowledge, claim, moment), Presence::Present { .. });
            holds.then_some(requirement)
        })
        .collect()
}

/// Puts the answers of both sides together, without a remedy. They are answers to the questions of [`both_sides`], need by
/// need.
pub fn what_if(
    knowledge: &KnowledgeBase,
    dropped: &[SkuId],
    added: &[SkuId],
    before: Answer,
    after: Answer,
) -> WhatIf {
    let changes = before
        .needs
        .iter()
        .zip(&after.needs)
        .map(|(was, is)| NeedChange {
            subject: was.subject,
            effect: effect(was, is),
        })
        .collect();
    WhatIf {
        changes,
        remedy: None,
        cautions: cautions(knowledge, &after.question, &after.question.held),
        // What is held before keeps the price of its renewal; what is added is a new seat.
        cost_before: holdings(knowledge, &before.question, &before.question.held),
        cost_after: holdings(knowledge, &before.question, &after.question.held),
        dropped: dropped.to_vec(),
        added: added.to_vec(),
        before,
        after,
    }
}

fn holdings(knowledge: &KnowledgeBase, question: &Question, held: &[SkuId]) -> Holdings {
    let mut skus: Vec<_> = held
        .iter()
        .map(|sku| (*sku, seat_price(knowledge, question, *sku)))
        .collect();
    skus.sort_by(|(a, _), (b, _)| knowledge.skus[*a].id.cmp(&knowledge.skus[*b].id));
    let total = skus.iter().try_fold(Money::ZERO, |sum, (_, price)| {
        sum.plus(price.as_ref()?.amount)
    });
    Holdings { skus, total }
}

/// How a need stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Satisfied,
    Unsettled,
    Missing,
}

fn standing(need: &Need) -> Standing {
    match (need.verdict, need.satisfied) {
        (Verdict::NotRequired, _) | (_, Satisfied::Yes) => Standing::Satisfied,
        (Verdict::Unavailable, _) | (_, Satisfied::No) => Standing::Missing,
        (_, Satisfied::Unknown) => Standing::Unsettled,
    }
}

fn effect(was: &Need, is: &Need) -> Effect {
    match (standing(was), standing(is)) {
        (Standing::Satisfied, Standing::Missing) => Effect::Lost,
        (Standing::Satisfied, Standing::Unsettled) => Effect::Uncertain,
        (Standing::Satisfied, Standing::Satisfied) => Effect::Kept,
        (_, Standing::Satisfied) => Effect::Gained,
        (Standing::Missing, Standing::Missing) => Effect::Missing,
        (Standing::Unsettled, Standing::Unsettled) => Effect::Unsettled,
        _ => Effect::Changed,
    }
}
