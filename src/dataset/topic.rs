//! Which claims speak about what: the one index of the knowledge base.

use super::Table;
use super::packed::{Cells, Pieces};
use crate::model::{
    Claim, ClaimId, ClaimKind, FeatureId, HeldThing, LimitOf, Named, PlanId, SkuId, Subject, TaskId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A question to the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Topic {
    /// Requirements whose subject is exactly this.
    Requirements(Subject),
    /// Lifecycle states of exactly this.
    Lifecycle(Subject),
    /// Limits with a given about exactly this.
    Limits(Subject),
    /// Permissions for a task.
    Permissions(TaskId),
    /// What a SKU carries.
    CarriedBy(SkuId),
    /// Which SKUs carry a plan.
    CarriersOf(PlanId),
    /// What grants a feature.
    GrantsOf(FeatureId),
    /// Which features a plan or SKU grants.
    GrantedBy(HeldThing),
    /// What a plan covers.
    CoversOf(PlanId),
    /// Which plans cover a plan.
    CoveringOf(PlanId),
    /// Dated names.
    NamesOf(Named),
    /// Prices of a SKU.
    PricesOf(SkuId),
    /// What a SKU needs first.
    PrerequisitesOf(SkuId),
    /// Exclusions with a plan among them.
    ExclusionsOf(PlanId),
    /// Seat limits over a family with a SKU in it.
    SeatLimitsOf(SkuId),
    /// To whom a SKU is sold.
    SalesOf(SkuId),
    /// Claims that supersede, replace or dispute this one.
    RelationsTo(ClaimId),
}

/// More bytes than any topic is written in: what it asks, and a thing by kind and number.
const KEY: usize = 16;

impl Topic {
    /// The topic as the index writes it, in the bytes lent; writing cannot fail, since every topic has room in them.
    fn key(self, bytes: &mut [u8; KEY]) -> &[u8] {
        match postcard::to_slice(&self, bytes) {
            Ok(key) => key,
            Err(_) => &[],
        }
    }
}

/// Topics with their claims, each list in the order of written ids.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed", bound(deserialize = "'de: 'static"))]
pub struct Topics {
    packed: Packed,
    /// The lists that somebody looked at.
    decoded: Cells<Box<[ClaimId]>>,
}

/// The index as it stands in the built-in form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Packed {
    /// Every topic with a claim, as bytes, rising.
    topics: Pieces,
    /// The claims of each.
    lists: Pieces,
}

impl From<Packed> for Topics {
    fn from(packed: Packed) -> Self {
        Self {
            decoded: Cells::new(packed.topics.len()),
            packed,
        }
    }
}

impl From<Topics> for Packed {
    fn from(topics: Topics) -> Self {
        topics.packed
    }
}

impl Topics {
    /// Indexes the claims for which `keep` holds.
    pub fn of(claims: &Table<Claim>, keep: impl Fn(ClaimId) -> bool) -> Self {
        let mut lists: BTreeMap<Vec<u8>, Vec<ClaimId>> = BTreeMap::new();
        for (id, claim) in claims.iter().filter(|(id, _)| keep(*id)) {
            for topic in topics_of(claim) {
                let key = topic.key(&mut [0; KEY]).to_vec();
                let list = lists.entry(key).or_default();
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
        }
        // Writing to memory cannot fail.
        let list = |claims| postcard::to_allocvec(claims).unwrap_or_default();
        let packed = Packed {
            topics: lists.keys().collect(),
            lists: lists.values().map(list).collect(),
        };
        packed.into()
    }

    /// The claims of a topic, in the order of written ids; empty when there is none.
    pub fn claims(&self, topic: Topic) -> &[ClaimId] {
        let Packed { topics, lists } = &self.packed;
        let decode = |place| {
            let claims = postcard::from_bytes(lists.get(place)?).ok();
            claims.map(Vec::into_boxed_slice)
        };
        let place = topics.find(topic.key(&mut [0; KEY]));
        let claims = place.and_then(|place| {
            self.decoded
                .get(place, || decode(place).unwrap_or_default())
        });
        claims.map_or(&[], |claims| claims)
    }
}

fn topics_of(claim: &Claim) -> Vec<Topic> {
    let mut topics = match &claim.kind {
        ClaimKind::Requirement { subjects, .. } => {
            subjects.iter().copied().map(Topic::Requirements).collect()
        }
        ClaimKind::Lifecycle { subject, .. } => vec![Topic::Lifecycle(*subject)],
        ClaimKind::Permission { task, .. } => vec![Topic::Permissions(*task)],
        ClaimKind::Inclusion { sku, plan } => {
            vec![Topic::CarriedBy(*sku), Topic::CarriersOf(*plan)]
        }
        ClaimKind::Grant { feature, by } => std::iter::once(Topic::GrantsOf(*feature))
            .chain(by.iter().copied().map(Topic::GrantedBy))
            .collect(),
        ClaimKind::Cover { plan, covers } => std::iter::once(Topic::CoversOf(*plan))
            .chain(covers.iter().copied().map(Topic::CoveringOf))
            .collect(),
        ClaimKind::Name { of, .. } => vec![Topic::NamesOf(*of)],
        ClaimKind::Price { sku, .. } => vec![Topic::PricesOf(*sku)],
        ClaimKind::Prerequisite { sku, .. } => vec![Topic::PrerequisitesOf(*sku)],
        ClaimKind::Exclusion { plans } => plans.iter().copied().map(Topic::ExclusionsOf).collect(),
        ClaimKind::Limit {
            of: LimitOf::Given { subject, .. },
            ..
        } => vec![Topic::Limits(*subject)],
        ClaimKind::Limit {
            of: LimitOf::Seats(skus),
            ..
        } => skus.iter().copied().map(Topic::SeatLimitsOf).collect(),
        ClaimKind::Sale { sku, .. } => vec![Topic::SalesOf(*sku)],
    };
    let related = claim
        .supersedes
        .iter()
        .chain(&claim.replaces)
        .chain(&claim.disputes);
    topics.extend(related.copied().map(Topic::RelationsTo));
    topics
}
