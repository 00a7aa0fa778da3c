//! The kinds of things that carry names, in the order in which a name is looked for.

use crate::dataset::KnowledgeBase;
use crate::model::Named;
use std::fmt;

/// A kind of thing. The order is that of precedence: a name of a role and of a SKU means the role.
///
/// ```
/// use licit::search::ThingKind;
/// assert!(ThingKind::Role < ThingKind::Sku);
/// assert_eq!(ThingKind::parse("SKU"), Some(ThingKind::Sku));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThingKind {
    /// An admin role.
    Role,
    /// What a person does or is.
    Task,
    /// What a license grants.
    Feature,
    /// What is bought.
    Sku,
    /// A component of SKUs.
    Plan,
}

impl ThingKind {
    /// Every kind, in the order of precedence.
    pub const ALL: &'static [Self] =
        &[Self::Role, Self::Task, Self::Feature, Self::Sku, Self::Plan];

    /// The kind of a thing.
    pub fn of(thing: Named) -> Self {
        match thing {
            Named::Role(_) => Self::Role,
            Named::Task(_) => Self::Task,
            Named::Feature(_) => Self::Feature,
            Named::Sku(_) => Self::Sku,
            Named::Plan(_) => Self::Plan,
        }
    }

    /// The word for it in the data and before a colon: `sku:SPE_E3`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Task => "task",
            Self::Feature => "feature",
            Self::Sku => "sku",
            Self::Plan => "plan",
        }
    }

    /// The kind with this word, in either case.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.word().eq_ignore_ascii_case(word))
    }

    /// The kind as people write it in a sentence.
    pub fn spoken(self) -> &'static str {
        match self {
            Self::Sku => "SKU",
            other => other.word(),
        }
    }

    /// Every thing of this kind, in the order of written ids.
    pub fn things(self, knowledge: &KnowledgeBase) -> Vec<Named> {
        match self {
            Self::Role => knowledge
                .roles
                .iter()
                .map(|(id, _)| Named::Role(id))
                .collect(),
            Self::Task => knowledge
                .tasks
                .iter()
                .map(|(id, _)| Named::Task(id))
                .collect(),
            Self::Feature => knowledge
                .features
                .iter()
                .map(|(id, _)| Named::Feature(id))
                .collect(),
            Self::Sku => knowledge
                .skus
                .iter()
                .map(|(id, _)| Named::Sku(id))
                .collect(),
            Self::Plan => knowledge
                .plans
                .iter()
                .map(|(id, _)| Named::Plan(id))
                .collect(),
        }
    }

    /// The thing of this kind with exactly this written id.
    pub fn find(self, knowledge: &KnowledgeBase, written: &str) -> Option<Named> {
        match self {
            Self::Role => knowledge.roles.find(written).map(Named::Role),
            Self::Task => knowledge.tasks.find(written).map(Named::Task),
            Self::Feature => knowledge.features.find(written).map(Named::Feature),
            Self::Sku => knowledge.skus.find(written).map(Named::Sku),
            Self::Plan => knowledge.plans.find(written).map(Named::Plan),
        }
    }
}

impl fmt::Display for ThingKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.spoken())
    }
}
