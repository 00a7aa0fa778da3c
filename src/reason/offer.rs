//! What may be bought that day, by whom, and what it carries and needs beside it.

use super::price::is_sold;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Node, Presence, is_put_out, presence};
use crate::model::{ClaimId, ClaimKind, HeldThing, PlanId, Question, Requirement, SkuId};
use std::collections::BTreeSet;

/// The nodes that requirements name.
pub(super) fn leaves<'r>(requirements: impl IntoIterator<Item = &'r Requirement>) -> Vec<Node> {
    let mut nodes = BTreeSet::new();
    for requirement in requirements {
        requirement.each_leaf(&mut |leaf| match leaf {
            Requirement::Plan(plan) => {
                nodes.insert(Node::Plan(*plan));
            }
            Requirement::Sku(sku) => {
                nodes.insert(Node::Sku(*sku));
            }
            Requirement::Feature(feature) => {
                nodes.insert(Node::Feature(*feature));
            }
            _ => {}
        });
    }
    nodes.into_iter().collect()
}

/// Whether somebody may buy a SKU: their segment, sold that day to people like them, for their kind of work.
pub(super) fn may_buy(knowledge: &KnowledgeBase, question: &Question, sku: SkuId) -> bool {
    let record = &knowledge.skus[sku];
    let is_frontline_worker = question
        .held
        .iter()
        .any(|sku| knowledge.skus[*sku].frontline);
    record.segment == question.segment
        && is_sold(knowledge, question, sku)
        && (!record.frontline || is_frontline_worker)
}

/// What a SKU needs beside it. Restrictions count at any certainty and in doubt.
pub(super) fn prerequisites(
    knowledge: &KnowledgeBase,
    moment: Moment,
    sku: SkuId,
) -> Vec<&Requirement> {
    let claims = knowledge.about(Topic::PrerequisitesOf(sku)).iter();
    let claims = claims.filter(|claim| may_hold(knowledge, moment, **claim));
    let requires = claims.filter_map(|claim| match &knowledge.claims[*claim].kind {
        ClaimKind::Prerequisite { requires, .. } => Some(requires),
        _ => None,
    });
    requires.collect()
}

/// Whether a claim holds that day, or may.
pub(super) fn may_hold(knowledge: &KnowledgeBase, moment: Moment, claim: ClaimId) -> bool {
    matches!(
        presence(knowledge, &knowledge.claims[claim], moment),
        Presence::Present { .. }
    ) && !is_put_out(knowledge, claim, moment)
}

/// The plans that a SKU carries that day, or may carry.
pub(super) fn carried(knowledge: &KnowledgeBase, moment: Moment, sku: SkuId) -> BTreeSet<PlanId> {
    let claims = knowledge.about(Topic::CarriedBy(sku)).iter();
    let claims = claims.filter(|claim| may_hold(knowledge, moment, **claim));
    let plans = claims.filter_map(|claim| match knowledge.claims[*claim].kind {
        ClaimKind::Inclusion { plan, .. } => Some(plan),
        _ => None,
    });
    plans.collect()
}

/// Groups of plans that cannot be enabled together, of those that anything here carries.
pub(super) fn exclusive(
    knowledge: &KnowledgeBase,
    moment: Moment,
    carried: impl Iterator<Item = PlanId>,
) -> BTreeSet<Vec<PlanId>> {
    let carried: BTreeSet<PlanId> = carried.collect();
    let claims: BTreeSet<ClaimId> = carried
        .iter()
        .flat_map(|plan| knowledge.about(Topic::ExclusionsOf(*plan)))
        .copied()
        .filter(|claim| may_hold(knowledge, moment, *claim))
        .collect();
    let groups = claims
        .into_iter()
        .filter_map(|claim| match &knowledge.claims[claim].kind {
            ClaimKind::Exclusion { plans } => {
                let of = plans.iter().filter(|plan| carried.contains(plan));
                let of: BTreeSet<PlanId> = of.copied().collect();
                (of.len() > 1).then(|| of.into_iter().collect::<Vec<PlanId>>())
            }
            _ => None,
        });
    groups.collect()
}

/// Plans that requirements name, themselves or through a feature.
pub(super) fn asked_plans(knowledge: &KnowledgeBase, wanted: &[&Requirement]) -> BTreeSet<PlanId> {
    let mut asked = BTreeSet::new();
    for requirement in wanted {
        requirement.each_leaf(&mut |leaf| match leaf {
            Requirement::Plan(plan) => {
                asked.insert(*plan);
            }
            Requirement::Feature(feature) => {
                for id in knowledge.about(Topic::GrantsOf(*feature)) {
                    if let ClaimKind::Grant { by, .. } = &knowledge.claims[*id].kind {
                        asked.extend(by.iter().filter_map(|thing| match thing {
                            HeldThing::Plan(plan) => Some(*plan),
                            HeldThing::Sku(_) => None,
                        }));
                    }
                }
            }
            _ => {}
        });
    }
    asked
}
