//! Names of exports to records of the knowledge base.
//!
//! An export writes a SKU by GUID, by string id or by whatever the portal called it in that year; a role by template id
//! or by any of its names. Everything is found through the names that the knowledge base has; what it does not have
//! stays as written.

use super::Reference;
use super::read::rows::Written;
use crate::dataset::KnowledgeBase;
use crate::model::{Guid, Named, PlanId, RoleId, SkuId};
use crate::search::{NameSort, Resolution, ThingKind, resolve};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Finds things, each name once.
pub(crate) struct Lexicon<'k> {
    knowledge: &'k KnowledgeBase,
    known: RefCell<BTreeMap<(ThingKind, String), Option<Named>>>,
    known_ids: RefCell<BTreeMap<(ThingKind, Guid), Option<Named>>>,
    /// What ids of this tenant mean.
    roles: BTreeMap<Guid, Written>,
}

impl<'k> Lexicon<'k> {
    pub(crate) fn new(knowledge: &'k KnowledgeBase) -> Self {
        Self {
            knowledge,
            known: RefCell::default(),
            known_ids: RefCell::default(),
            roles: BTreeMap::new(),
        }
    }

    /// An id of this tenant means that role.
    pub(crate) fn learn_role(&mut self, id: Guid, role: Written) {
        let known = self.roles.entry(id).or_default();
        known.guid = known.guid.or(role.guid);
        known.name = known.name.take().or(role.name);
    }

    pub(crate) fn sku(&self, written: &Written) -> Reference<SkuId> {
        let thing = self.thing(written, ThingKind::Sku);
        let id = match thing {
            Some(Named::Sku(id)) => Some(id),
            _ => None,
        };
        reference(written, id)
    }

    pub(crate) fn plan(&self, written: &Written) -> Reference<PlanId> {
        let thing = self.thing(written, ThingKind::Plan);
        let id = match thing {
            Some(Named::Plan(id)) => Some(id),
            _ => None,
        };
        reference(written, id)
    }

    pub(crate) fn role(&self, written: &Written) -> Reference<RoleId> {
        let mut written = written.clone();
        if let Some(here) = written.guid.and_then(|id| self.roles.get(&id)) {
            written.guid = here.guid.or(written.guid);
            written.name = written.name.or_else(|| here.name.clone());
        }
        let id = match self.thing(&written, ThingKind::Role) {
            Some(Named::Role(id)) => Some(id),
            _ => None,
        };
        reference(&written, id)
    }

    /// Whether words are the name of a role, and of which.
    pub(crate) fn role_named(&self, words: &str) -> Option<RoleId> {
        match self.by_words(words, ThingKind::Role)? {
            Named::Role(id) => Some(id),
            _ => None,
        }
    }

    /// Whether words are the name of a SKU, and of which.
    pub(crate) fn sku_named(&self, words: &str) -> Option<SkuId> {
        match self.by_words(words, ThingKind::Sku)? {
            Named::Sku(id) => Some(id),
            _ => None,
        }
    }

    /// By GUID before name: names change, and two things may have had one.
    fn thing(&self, written: &Written, kind: ThingKind) -> Option<Named> {
        let by_guid = written.guid.and_then(|guid| self.by_guid(guid, kind));
        by_guid.or_else(|| {
            let found = self.by_words(written.name.as_deref()?, kind)?;
            // Another GUID is another thing, even where the name is the same: a custom role may be called as it likes.
            let is_other = written.guid.is_some() && self.knowledge.guid(found).is_some();
            (!is_other).then_some(found)
        })
    }

    fn by_guid(&self, guid: Guid, kind: ThingKind) -> Option<Named> {
        if let Some(known) = self.known_ids.borrow().get(&(kind, guid)) {
            return *known;
        }
        let found = self.look_up(&guid.to_string(), kind);
        self.known_ids.borrow_mut().insert((kind, guid), found);
        found
    }

    fn by_words(&self, words: &str, kind: ThingKind) -> Option<Named> {
        let key = (kind, words.to_lowercase());
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let found = self.look_up(words, kind);
        self.known.borrow_mut().insert(key, found);
        found
    }

    fn look_up(&self, words: &str, kind: ThingKind) -> Option<Named> {
        match resolve(self.knowledge, words, &[kind]) {
            Resolution::Clear { hit, .. } => Some(hit.thing),
            Resolution::Unknown => None,
            Resolution::Ambiguous(hits) | Resolution::Shared(hits) => {
                // The directory's own roles stand in its exports, and the names of today.
                let entra = hits.iter().filter(|hit| match hit.thing {
                    Named::Role(role) => self.knowledge.roles[role].authority.as_str() == "entra",
                    _ => hit.matched.sort == NameSort::Present,
                });
                let mut entra = entra.map(|hit| hit.thing);
                let one = entra.next()?;
                entra.next().is_none().then_some(one)
            }
        }
    }
}

fn reference<T>(written: &Written, id: Option<T>) -> Reference<T> {
    let name = written.name.clone();
    Reference {
        id,
        guid: written.guid,
        written: name
            .or_else(|| written.guid.map(|guid| guid.to_string()))
            .unwrap_or_default(),
    }
}
