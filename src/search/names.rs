//! Every name that a thing goes by: its name today, former names, aliases and its id.

use super::ThingKind;
use crate::dataset::KnowledgeBase;
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

/// Calls `visit` once with every name of every thing of these kinds: in one pass over the tables and one over the
/// claims, so that an exact name is found without any index.
pub(super) fn each_name<'knowledge>(
    knowledge: &'knowledge KnowledgeBase,
    kinds: &[ThingKind],
    mut visit: impl FnMut(Named, NameSort, &'knowledge str),
) {
    let mut row = |thing: Named,
                   name: &'knowledge Text,
                   aliases: &'knowledge [Text],
                   id: &'knowledge Text| {
        visit(thing, NameSort::Present, name);
        for alias in aliases {
            visit(thing, NameSort::Alias, alias);
        }
        visit(thing, NameSort::Id, id);
    };
    for kind in kinds {
        match kind {
            ThingKind::Role => knowledge
                .roles
                .iter()
                .for_each(|(id, role)| row(Named::Role(id), &role.name, &role.aliases, &role.id)),
            ThingKind::Task => knowledge
                .tasks
                .iter()
                .for_each(|(id, task)| row(Named::Task(id), &task.name, &task.aliases, &task.id)),
            ThingKind::Feature => knowledge.features.iter().for_each(|(id, feature)| {
                row(
                    Named::Feature(id),
                    &feature.name,
                    &feature.aliases,
                    &feature.id,
                );
            }),
            ThingKind::Sku => knowledge
                .skus
                .iter()
                .for_each(|(id, sku)| row(Named::Sku(id), &sku.name, &sku.aliases, &sku.id)),
            ThingKind::Plan => knowledge
                .plans
                .iter()
                .for_each(|(id, plan)| row(Named::Plan(id), &plan.name, &plan.aliases, &plan.id)),
        }
    }
    for (id, claim) in knowledge.claims.iter() {
        if let ClaimKind::Name { of, name } = &claim.kind
            && kinds.contains(&ThingKind::of(*of))
            && knowledge.has(id)
        {
            visit(*of, NameSort::Dated(id), name);
        }
    }
}
