//! What goes by a name: the index that an exact name is looked up in, without reading a single record.

use super::KnowledgeBase;
use super::packed::Pieces;
use crate::model::{ClaimKind, Named, Text, fold};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Folded names with the things that go by them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Called {
    /// Every name, folded, rising.
    names: Pieces,
    /// The things of each name.
    things: Pieces,
}

impl Called {
    /// Indexes the names of every thing: those of today and former ones, aliases, ids and GUIDs.
    pub(super) fn of(knowledge: &KnowledgeBase) -> Self {
        let mut index = BTreeMap::<String, BTreeSet<Named>>::new();
        let mut add = |thing: Named, name: &Text, id: &Text, aliases: &[Text]| {
            let guid = knowledge.guid(thing).map(|guid| guid.to_string());
            let names = [name.as_str(), id].into_iter();
            for name in names
                .chain(aliases.iter().map(Text::as_str))
                .chain(guid.as_deref())
            {
                index.entry(fold(name)).or_default().insert(thing);
            }
        };
        for (id, role) in knowledge.roles.iter() {
            add(Named::Role(id), &role.name, &role.id, &role.aliases);
        }
        for (id, task) in knowledge.tasks.iter() {
            add(Named::Task(id), &task.name, &task.id, &task.aliases);
        }
        for (id, feature) in knowledge.features.iter() {
            add(
                Named::Feature(id),
                &feature.name,
                &feature.id,
                &feature.aliases,
            );
        }
        for (id, sku) in knowledge.skus.iter() {
            add(Named::Sku(id), &sku.name, &sku.id, &sku.aliases);
        }
        for (id, plan) in knowledge.plans.iter() {
            add(Named::Plan(id), &plan.name, &plan.id, &plan.aliases);
        }
        for (_, claim) in knowledge.claims.iter() {
            if let ClaimKind::Name { of, name } = &claim.kind {
                index.entry(fold(name)).or_default().insert(*of);
            }
        }
        Self {
            names: index.keys().collect(),
            // Writing to memory cannot fail.
            things: index
                .values()
                .map(|things| postcard::to_allocvec(things).unwrap_or_default())
                .collect(),
        }
    }

    /// Everything that goes by a folded name.
    pub(super) fn things(&self, folded: &str) -> Vec<Named> {
        let place = self.names.find(folded.as_bytes());
        let things = place.and_then(|place| self.things.get(place));
        things
            .and_then(|things| postcard::from_bytes(things).ok())
            .unwrap_or_default()
    }
}
