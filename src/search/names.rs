//! Every name that a thing goes by: its name today, former names, aliases and its id.

use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{ClaimId, ClaimKind, Named, Text};

/// What sort of name it is. The order says which one is shown when several match equally well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameSort {
    /// The name today.
    Present,
    /// A name that a claim states, mostly a former one; the claim has its dates.
    Dated(ClaimId),
    /// Another word that people use.
    Alias,
    /// The written id.
    Id,
    /// The vendor's GUID.
    Guid,
}

/// The name that words matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// What sort of name it is.
    pub sort: NameSort,
    /// The name itself.
    pub text: String,
}

/// Calls `visit` once with every name of a thing but its GUID, which few people mean and which costs much to write.
pub(super) fn each_name(
    knowledge: &KnowledgeBase,
    thing: Named,
    mut visit: impl FnMut(NameSort, &str),
) {
    let (id, aliases): (&Text, &[Text]) = match thing {
        Named::Role(id) => (&knowledge.roles[id].id, &knowledge.roles[id].aliases),
        Named::Task(id) => (&knowledge.tasks[id].id, &knowledge.tasks[id].aliases),
        Named::Feature(id) => (&knowledge.features[id].id, &knowledge.features[id].aliases),
        Named::Sku(id) => (&knowledge.skus[id].id, &knowledge.skus[id].aliases),
        Named::Plan(id) => (&knowledge.plans[id].id, &knowledge.plans[id].aliases),
    };
    visit(NameSort::Present, knowledge.name(thing));
    for alias in aliases {
        visit(NameSort::Alias, alias);
    }
    visit(NameSort::Id, id);
    for claim in knowledge.about(Topic::NamesOf(thing)) {
        if let ClaimKind::Name { name, .. } = &knowledge.claims[*claim].kind {
            visit(NameSort::Dated(*claim), name);
        }
    }
}
