//! By which plans and SKUs a part of a requirement can be met, by the vendor's table.

use crate::dataset::KnowledgeBase;
use crate::graph::{Moment, Node, Snapshot};
use crate::model::{PlanId, Requirement, SkuId};
use std::collections::{BTreeMap, BTreeSet};

/// The ways to provide a leaf of a requirement; each with whether it surely does.
pub(super) struct Ways {
    /// Plans that are it, cover it or grant it.
    pub(super) plans: BTreeMap<PlanId, bool>,
    /// SKUs that are it or grant it by themselves.
    pub(super) skus: BTreeMap<SkuId, bool>,
    /// SKUs that carry these plans, by the vendor's table.
    pub(super) carriers: BTreeSet<(SkuId, PlanId)>,
    /// Those of them of which it is not sure.
    pub(super) unsure_carriers: BTreeSet<(SkuId, PlanId)>,
}

impl Ways {
    /// The ways to provide a leaf at a moment.
    pub(super) fn of(knowledge: &KnowledgeBase, moment: Moment, leaf: &Requirement) -> Self {
        let mut ways = Self {
            plans: BTreeMap::new(),
            skus: BTreeMap::new(),
            carriers: BTreeSet::new(),
            unsure_carriers: BTreeSet::new(),
        };
        let start = match leaf {
            Requirement::Plan(plan) => Node::Plan(*plan),
            Requirement::Feature(feature) => Node::Feature(*feature),
            Requirement::Sku(sku) => Node::Sku(*sku),
            _ => return ways,
        };
        let snapshot = Snapshot::of(knowledge, moment, [start]);
        let mut queue = vec![(start, true)];
        while let Some((node, surely)) = queue.pop() {
            match node {
                Node::Plan(plan) => match ways.plans.get_mut(&plan) {
                    Some(known) if *known || !surely => continue,
                    Some(known) => *known = surely,
                    None => {
                        ways.plans.insert(plan, surely);
                    }
                },
                Node::Sku(sku) => {
                    let known = ways.skus.entry(sku).or_insert(surely);
                    *known |= surely;
                }
                Node::Feature(_) => {}
            }
            for way in snapshot.ways(node) {
                match (way.from, node) {
                    (Node::Sku(sku), Node::Plan(plan)) => {
                        ways.carriers.insert((sku, plan));
                        if !way.surely {
                            ways.unsure_carriers.insert((sku, plan));
                        }
                    }
                    (from, _) => queue.push((from, surely && way.surely)),
                }
            }
        }
        ways
    }
}
