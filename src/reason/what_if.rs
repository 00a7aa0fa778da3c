//! The same question with other licenses: which needs a change may touch, and what becomes of each.

use super::compare::cautions;
use super::price::{renewing_price, seat_price};
use super::supply::Supply;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Presence, presence};
use crate::model::{
    Answer, Asked, ClaimKind, Day, Demand, Effect, Holdings, Money, Need, NeedChange, Question,
    Requirement, Satisfied, SeatPrice, SkuId, TaskId, Verdict, WhatIf,
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
pub fn touched(kb: &KnowledgeBase, question: &Question, skus: &[SkuId]) -> Vec<Asked> {
    let moment = Moment {
        on: question.on,
        known: question.known,
    };
    let asked: Vec<(TaskId, Vec<&Requirement>)> = kb
        .tasks
        .iter()
        .map(|(task, _)| (task, requirements(kb, moment, task)))
        .collect();
    let all = asked.iter().flat_map(|(_, requirements)| requirements);
    let supply = Supply::of(kb, moment, all.copied());
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
fn requirements(kb: &KnowledgeBase, moment: Moment, task: TaskId) -> Vec<&Requirement> {
    let subjects = kb.subjects_of(task).into_iter();
    let claims = subjects.flat_map(|subject| kb.about(Topic::Requirements(subject)));
    claims
        .filter_map(|id| {
            let claim = &kb.claims[*id];
            let ClaimKind::Requirement {
                demand: Demand::Requires(requirement),
                ..
            } = &claim.kind
            else {
                return None;
            };
            let holds = matches!(presence(kb, claim, moment), Presence::Present { .. });
            holds.then_some(requirement)
        })
        .collect()
}

/// Puts the answers of both sides together, without a remedy. They are answers to the questions of [`both_sides`], need by
/// need.
pub fn what_if(
    kb: &KnowledgeBase,
    dropped: &[SkuId],
    added: &[SkuId],
    renewed_on: Option<Day>,
    before: Answer,
    after: Answer,
) -> WhatIf {
    let seats = Seats {
        kb,
        question: &before.question,
        renewed_on,
    };
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
        cautions: cautions(kb, &after.question, &after.question.held),
        cost_before: seats.cost(&before.question.held),
        cost_after: seats.cost(&after.question.held),
        renewed_on,
        dropped: dropped.to_vec(),
        added: added.to_vec(),
        before,
        after,
    }
}

/// What seats cost somebody who holds what is held without the change.
struct Seats<'a> {
    kb: &'a KnowledgeBase,
    question: &'a Question,
    renewed_on: Option<Day>,
}

impl Seats<'_> {
    /// A seat that is held keeps the price of its renewal; one that is added is a new one.
    fn price(&self, sku: SkuId) -> Option<SeatPrice> {
        match self.renewed_on {
            Some(day) if self.question.held.contains(&sku) => {
                renewing_price(self.kb, self.question, sku, day)
            }
            _ => seat_price(self.kb, self.question, sku),
        }
    }

    fn cost(&self, held: &[SkuId]) -> Holdings {
        let mut skus: Vec<_> = held.iter().map(|sku| (*sku, self.price(*sku))).collect();
        skus.sort_by(|(a, _), (b, _)| self.kb.skus[*a].id.cmp(&self.kb.skus[*b].id));
        let total = skus.iter().try_fold(Money::ZERO, |sum, (_, price)| {
            sum.plus(price.as_ref()?.amount)
        });
        Holdings { skus, total }
    }
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
