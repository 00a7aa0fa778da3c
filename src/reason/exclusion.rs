//! Plans that cannot be enabled together, and which to switch off.
//!
//! The service refuses an assignment only while two clashing plans are *enabled* for one user, and an admin can switch
//! plans off per user. So SKUs never clash as such: a set works if, of every group of clashing plans that it carries, all
//! but one can be switched off with everything wanted still met.

use super::supply::Supply;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Presence, is_put_out, presence};
use crate::model::{ClaimKind, PlanId, Requirement, Satisfied, SkuId};
use std::collections::BTreeSet;

/// The plans to switch off so that these SKUs may sit on one account and still meet everything wanted: the first way in
/// the order of ids. Empty where nothing clashes; none where there is no way.
pub(super) fn to_switch_off(
    kb: &KnowledgeBase,
    moment: Moment,
    wanted: &[&Requirement],
    skus: &[SkuId],
) -> Option<Vec<PlanId>> {
    let groups = clashing(kb, moment, skus);
    if groups.is_empty() {
        return Some(Vec::new());
    }
    let mut supply = Supply::of(kb, moment, wanted.iter().copied());
    // One plan of every group stays on: every choice, counted like digits of a number.
    let choices = groups
        .iter()
        .try_fold(1usize, |product, group| product.checked_mul(group.len()))?;
    for choice in 0..choices {
        let mut rest = choice;
        let mut off = BTreeSet::new();
        for group in &groups {
            let stays = rest % group.len();
            rest /= group.len();
            off.extend(
                group
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| *place != stays)
                    .map(|(_, plan)| *plan),
            );
        }
        supply = supply.switched_off(&off);
        let met = |requirement: &&Requirement| {
            supply.meets(requirement, skus, &|_| None) == Satisfied::Yes
        };
        if wanted.iter().all(met) {
            return Some(off.into_iter().collect());
        }
    }
    None
}

/// Groups of clashing plans, each reduced to the plans that the SKUs carry; only those with more than one of them.
/// Restrictions count at any certainty and in doubt.
fn clashing(kb: &KnowledgeBase, moment: Moment, skus: &[SkuId]) -> Vec<Vec<PlanId>> {
    let holds = |id| {
        matches!(
            presence(kb, &kb.claims[id], moment),
            Presence::Present { .. }
        ) && !is_put_out(kb, id, moment)
    };
    let carried: BTreeSet<PlanId> = skus
        .iter()
        .flat_map(|sku| kb.about(Topic::CarriedBy(*sku)))
        .filter(|id| holds(**id))
        .filter_map(|id| {
            if let ClaimKind::Inclusion { plan, .. } = kb.claims[*id].kind {
                Some(plan)
            } else {
                None
            }
        })
        .collect();
    let mut groups: BTreeSet<Vec<PlanId>> = BTreeSet::new();
    for id in carried
        .iter()
        .flat_map(|plan| kb.about(Topic::ExclusionsOf(*plan)))
        .filter(|id| holds(**id))
    {
        if let ClaimKind::Exclusion { plans } = &kb.claims[*id].kind {
            let together: Vec<PlanId> = carried
                .iter()
                .copied()
                .filter(|plan| plans.contains(plan))
                .collect();
            if together.len() > 1 {
                groups.insert(together);
            }
        }
    }
    groups.into_iter().collect()
}
