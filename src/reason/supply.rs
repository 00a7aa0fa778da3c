//! Which SKUs meet which parts of requirements, and whether holdings satisfy them.

use super::world::Facts;
use crate::dataset::KnowledgeBase;
use crate::graph::{Moment, Node, Provider, Snapshot};
use crate::model::{
    GivenId, GivenValue, OpenedBy, Place, Question, Requirement, Satisfied, Segment, SkuId,
};
use std::collections::{BTreeMap, BTreeSet};

/// The leaves of requirements that SKUs provide, each once.
fn nodes_of<'a>(wanted: impl IntoIterator<Item = &'a Requirement>) -> Vec<(Requirement, Node)> {
    let mut leaves = BTreeSet::new();
    for requirement in wanted {
        requirement.each_leaf(&mut |leaf| {
            leaves.insert(leaf.clone());
        });
    }
    leaves
        .into_iter()
        .filter_map(|leaf| node_of(&leaf).map(|node| (leaf, node)))
        .collect()
}

/// Every SKU that provides a leaf of the requirements at hand.
pub(super) struct Supply {
    providers: BTreeMap<Requirement, Vec<Provider>>,
}

impl Supply {
    pub(super) fn of<'a>(
        knowledge: &KnowledgeBase,
        moment: Moment,
        wanted: impl IntoIterator<Item = &'a Requirement>,
    ) -> Self {
        let nodes = nodes_of(wanted);
        let snapshot = Snapshot::of(knowledge, moment, nodes.iter().map(|(_, node)| *node));
        Self::from(nodes, &snapshot)
    }

    /// Only which of some SKUs provide it: enough to tell whether they meet a requirement.
    pub(super) fn among<'a>(
        knowledge: &KnowledgeBase,
        moment: Moment,
        wanted: impl IntoIterator<Item = &'a Requirement>,
        skus: BTreeSet<SkuId>,
    ) -> Self {
        let nodes = nodes_of(wanted);
        let snapshot =
            Snapshot::among(knowledge, moment, nodes.iter().map(|(_, node)| *node), skus);
        Self::from(nodes, &snapshot)
    }

    fn from(nodes: Vec<(Requirement, Node)>, snapshot: &Snapshot) -> Self {
        let nodes = nodes.into_iter();
        Self {
            providers: nodes
                .map(|(leaf, node)| (leaf, snapshot.providers(node)))
                .collect(),
        }
    }

    /// The SKUs that provide a leaf, by id.
    pub(super) fn providers(&self, leaf: &Requirement) -> &[Provider] {
        self.providers.get(leaf).map_or(&[], Vec::as_slice)
    }

    /// How a SKU provides a leaf, if it does.
    pub(super) fn provider(&self, leaf: &Requirement, sku: SkuId) -> Option<&Provider> {
        self.providers(leaf)
            .iter()
            .find(|provider| provider.sku == sku)
    }

    /// Whether these SKUs and these things done meet a requirement.
    pub(super) fn meets(
        &self,
        requirement: &Requirement,
        skus: &[SkuId],
        done: &impl Fn(GivenId) -> Option<bool>,
    ) -> Satisfied {
        match requirement {
            Requirement::Nothing => Satisfied::Yes,
            Requirement::Unnamed => Satisfied::Unknown,
            Requirement::Given(given) => match done(*given) {
                Some(true) => Satisfied::Yes,
                Some(false) => Satisfied::No,
                None => Satisfied::Unknown,
            },
            Requirement::Any(parts) => {
                let parts = parts.iter().map(|part| match part {
                    // A thing to do that nobody said is done is no license held.
                    Requirement::Given(given) if done(*given).is_none() => Satisfied::No,
                    part => self.meets(part, skus, done),
                });
                best(parts)
            }
            Requirement::All(parts) => worst(parts.iter().map(|part| match part {
                // An obligation is listed; it does not leave the licenses in doubt.
                Requirement::Given(given) if done(*given).is_none() => Satisfied::Yes,
                part => self.meets(part, skus, done),
            })),
            leaf => best(
                skus.iter()
                    .filter_map(|sku| self.provider(leaf, *sku))
                    .map(|provider| {
                        if provider.surely {
                            Satisfied::Yes
                        } else {
                            Satisfied::Unknown
                        }
                    }),
            ),
        }
    }

    /// The parts of a requirement that these SKUs do not surely meet.
    pub(super) fn missing(
        &self,
        requirement: &Requirement,
        skus: &[SkuId],
        done: &impl Fn(GivenId) -> Option<bool>,
    ) -> Vec<Requirement> {
        let parts = match requirement {
            Requirement::All(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        parts
            .iter()
            .filter(|part| part.demands() && self.meets(part, skus, done) != Satisfied::Yes)
            .cloned()
            .collect()
    }

    /// Every SKU of a segment that can be bought and meets the requirement alone, by id.
    pub(super) fn opened_by(
        &self,
        knowledge: &KnowledgeBase,
        requirement: &Requirement,
        segment: Segment,
    ) -> Vec<OpenedBy> {
        if !requirement.demands() {
            return Vec::new();
        }
        let mut leaves = Vec::new();
        requirement.each_leaf(&mut |leaf| leaves.push(leaf.clone()));
        let skus: BTreeSet<SkuId> = leaves
            .iter()
            .flat_map(|leaf| self.providers(leaf))
            .map(|provider| provider.sku)
            .collect();
        let mut opened: Vec<OpenedBy> = skus
            .into_iter()
            .filter(|sku| {
                knowledge.skus[*sku].purchasable && knowledge.skus[*sku].segment == segment
            })
            .filter_map(|sku| {
                let met = self.meets(requirement, &[sku], &|_| None);
                let way = leaves
                    .iter()
                    .filter_map(|leaf| self.provider(leaf, sku))
                    .min_by_key(|provider| {
                        (!provider.surely, !provider.attested, provider.claims.len())
                    })?;
                (met != Satisfied::No).then(|| OpenedBy {
                    sku,
                    surely: met == Satisfied::Yes,
                    attested: way.attested,
                    since: way.since.clone(),
                    claims: way.claims.clone(),
                })
            })
            .collect();
        opened.sort_by(|a, b| knowledge.skus[a.sku].id.cmp(&knowledge.skus[b.sku].id));
        opened
    }
}

fn node_of(leaf: &Requirement) -> Option<Node> {
    match leaf {
        Requirement::Plan(plan) => Some(Node::Plan(*plan)),
        Requirement::Sku(sku) => Some(Node::Sku(*sku)),
        Requirement::Feature(feature) => Some(Node::Feature(*feature)),
        _ => None,
    }
}

/// One is enough.
fn best(parts: impl Iterator<Item = Satisfied>) -> Satisfied {
    let mut best = Satisfied::No;
    for part in parts {
        match part {
            Satisfied::Yes => return Satisfied::Yes,
            Satisfied::Unknown => best = Satisfied::Unknown,
            Satisfied::No => {}
        }
    }
    best
}

/// All are needed.
pub(super) fn worst(parts: impl Iterator<Item = Satisfied>) -> Satisfied {
    let mut worst = Satisfied::Yes;
    for part in parts {
        match part {
            Satisfied::No => return Satisfied::No,
            Satisfied::Unknown => worst = Satisfied::Unknown,
            Satisfied::Yes => {}
        }
    }
    worst
}

/// The SKUs that count when a license may sit at `place`.
pub(super) fn holdings(question: &Question, place: Place) -> Vec<SkuId> {
    let mut skus = question.held.clone();
    if place >= Place::Person {
        skus.extend(&question.held_elsewhere);
    }
    if place >= Place::Tenant {
        skus.extend(
            question
                .owned
                .iter()
                .filter(|(_, seats)| **seats > 0)
                .map(|(sku, _)| *sku),
        );
    }
    skus.sort_unstable();
    skus.dedup();
    skus
}

/// Whether a thing is stated to be done.
pub(super) fn is_done(facts: &Facts<'_>, given: GivenId) -> Option<bool> {
    match facts.givens.get(&given) {
        Some(GivenValue::Truth(done)) => Some(*done),
        _ => None,
    }
}
