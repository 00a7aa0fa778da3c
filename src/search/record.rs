//! Records by exactly their id: what an answer cites in brackets, for whoever wants to see it.

use crate::dataset::KnowledgeBase;
use crate::model::{ClaimId, GivenId, Named, SourceId};

/// A record that an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// A claim.
    Claim(ClaimId),
    /// A source.
    Source(SourceId),
    /// A question that only the asker can answer.
    Given(GivenId),
    /// A task, role, feature, SKU or plan.
    Thing(Named),
}

/// The record with exactly this id.
///
/// ```
/// use licit::search::{Recorded, recorded};
///
/// let knowledge = licit::ask::built_in().unwrap();
/// assert!(matches!(recorded(&knowledge, "tenant.created"), Some(Recorded::Given(_))));
/// assert_eq!(recorded(&knowledge, "no such id"), None);
/// ```
pub fn recorded(knowledge: &KnowledgeBase, id: &str) -> Option<Recorded> {
    let claim = knowledge.claims.find(id).map(Recorded::Claim);
    let source = || knowledge.sources.find(id).map(Recorded::Source);
    let given = || knowledge.givens.find(id).map(Recorded::Given);
    let thing = || {
        let task = knowledge.tasks.find(id).map(Named::Task);
        let role = || knowledge.roles.find(id).map(Named::Role);
        let feature = || knowledge.features.find(id).map(Named::Feature);
        let sku = || knowledge.skus.find(id).map(Named::Sku);
        let plan = || knowledge.plans.find(id).map(Named::Plan);
        let thing = task
            .or_else(role)
            .or_else(feature)
            .or_else(sku)
            .or_else(plan);
        thing.map(Recorded::Thing)
    };
    claim.or_else(source).or_else(given).or_else(thing)
}
