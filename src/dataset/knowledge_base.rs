//! The valid, immutable knowledge base.

use super::called::Called;
use super::{Table, Topic, Topics};
use crate::model::{
    Area, Claim, ClaimId, Day, Feature, Given, Guid, Named, Plan, Role, Sku, Source, Subject, Task,
    TaskId, Text,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Versions of a data set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Meta {
    /// Version of the format; this program reads 1.
    pub schema: u32,
    /// Version of the data, for example `2026.11.22`.
    pub version: Text,
    /// The day the data was last reviewed as a whole.
    pub reviewed: Day,
    /// Warnings that were looked at and accepted.
    pub accepted: Vec<Accepted>,
}

/// A warning that was looked at and accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Accepted {
    /// The code of the warning.
    pub code: Text,
    /// The record that it is about.
    pub id: Text,
    /// Why it is accepted.
    pub reason: Text,
}

/// Everything licit believes, validated and indexed.
///
/// Invariants: every id inside a record names a row of the right table; every claim has evidence and a beginning of its
/// known period; relations, covers and prerequisites have no circle; claims that contradict each other are related.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct KnowledgeBase {
    /// Versions.
    pub meta: Meta,
    /// Product areas.
    pub areas: Table<Area>,
    /// Sources.
    pub sources: Table<Source>,
    /// Features.
    pub features: Table<Feature>,
    /// Tasks.
    pub tasks: Table<Task>,
    /// Roles.
    pub roles: Table<Role>,
    /// Givens.
    pub givens: Table<Given>,
    /// Service plans.
    pub plans: Table<Plan>,
    /// SKUs.
    pub skus: Table<Sku>,
    /// Claims of every kind.
    pub claims: Table<Claim>,
    topics: Topics,
    called: Called,
    dropped: BTreeSet<ClaimId>,
}

impl KnowledgeBase {
    /// A knowledge base without a record.
    pub fn empty(meta: Meta) -> Self {
        Self {
            meta,
            areas: Table::default(),
            sources: Table::default(),
            features: Table::default(),
            tasks: Table::default(),
            roles: Table::default(),
            givens: Table::default(),
            plans: Table::default(),
            skus: Table::default(),
            claims: Table::default(),
            topics: Topics::default(),
            called: Called::default(),
            dropped: BTreeSet::new(),
        }
    }

    /// Indexes the records anew; to be called after rows were added to the tables.
    pub fn index(&mut self) {
        self.topics = Topics::of(&self.claims, |claim| !self.dropped.contains(&claim));
        self.called = Called::of(self);
    }

    /// Leaves claims out for good: they are known and count for nothing.
    pub(super) fn leave_out(&mut self, which: impl Fn(&Self, &Claim) -> bool) {
        let claims = self.claims.iter();
        let out: Vec<ClaimId> = claims
            .filter(|(_, claim)| which(self, claim))
            .map(|(id, _)| id)
            .collect();
        if !out.is_empty() {
            self.dropped.extend(out);
            self.index();
        }
    }

    /// The claims of a topic, in the order of written ids.
    pub fn about(&self, topic: Topic) -> &[ClaimId] {
        self.topics.claims(topic)
    }

    /// The things with a name, alias, id or GUID that folds to this, whatever the day; also those whose name was stated
    /// only by a claim that [`Self::without`] took away.
    pub fn called(&self, folded: &str) -> Vec<Named> {
        self.called.things(folded)
    }

    /// Whether the claim is part of this knowledge base: not one taken away by [`Self::without`].
    pub fn has(&self, claim: ClaimId) -> bool {
        claim.index() < self.claims.len() && !self.dropped.contains(&claim)
    }

    /// The same knowledge base with these claims taken away, for "what if nobody had said so" and for tests.
    #[must_use]
    pub fn without(&self, claims: &[ClaimId]) -> Self {
        let mut fewer = self.clone();
        fewer.dropped.extend(claims);
        fewer.topics = Topics::of(&fewer.claims, |claim| !fewer.dropped.contains(&claim));
        fewer
    }

    /// The subjects that speak about a task, from the most specific to the most general.
    pub fn subjects_of(&self, task: TaskId) -> Vec<Subject> {
        let record = &self.tasks[task];
        let mut subjects = vec![Subject::Task(task)];
        subjects.extend(record.feature.map(Subject::Feature));
        subjects.push(Subject::Area(record.area));
        subjects.push(Subject::Everything);
        subjects
    }

    /// The written id of what carries a name, with its kind before a colon.
    pub fn written(&self, of: Named) -> String {
        match of {
            Named::Role(id) => format!("role:{}", self.roles[id].id),
            Named::Feature(id) => format!("feature:{}", self.features[id].id),
            Named::Task(id) => format!("task:{}", self.tasks[id].id),
            Named::Sku(id) => format!("sku:{}", self.skus[id].id),
            Named::Plan(id) => format!("plan:{}", self.plans[id].id),
        }
    }

    /// The name today of what carries a name.
    pub fn name(&self, of: Named) -> &str {
        match of {
            Named::Role(id) => &self.roles[id].name,
            Named::Feature(id) => &self.features[id].name,
            Named::Task(id) => &self.tasks[id].name,
            Named::Sku(id) => &self.skus[id].name,
            Named::Plan(id) => &self.plans[id].name,
        }
    }

    /// The vendor's GUID of a role, SKU or plan.
    pub fn guid(&self, of: Named) -> Option<Guid> {
        match of {
            Named::Role(id) => self.roles[id].template,
            Named::Sku(id) => self.skus[id].guid,
            Named::Plan(id) => self.plans[id].guid,
            Named::Feature(_) | Named::Task(_) => None,
        }
    }
}
