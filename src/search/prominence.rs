//! Which of two things that words match equally well is rather meant.

use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{Named, Segment};

/// How likely a thing is meant, before anything is typed. The order is that of likelihood.
///
/// It is read off the records: what many people hold, buy or do stands before what few do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Prominence {
    /// Roles of Microsoft Entra; SKUs that stand alone and whose price for businesses is known.
    Common,
    /// Roles of a single workload, tasks and features; other SKUs that are sold to businesses and stand alone; plans,
    /// which nobody buys.
    Special,
    /// Add-ons, SKUs for schools, government and nonprofits, and SKUs that are no longer sold.
    Remote,
}

impl Prominence {
    /// The prominence of a thing.
    pub(super) fn of(knowledge: &KnowledgeBase, thing: Named) -> Self {
        match thing {
            Named::Role(id) if knowledge.roles[id].authority.as_str() == "entra" => Self::Common,
            Named::Role(_) | Named::Task(_) | Named::Feature(_) | Named::Plan(_) => Self::Special,
            Named::Sku(id) => {
                let sku = &knowledge.skus[id];
                let none = |topic| knowledge.about(topic).is_empty();
                let is_sold = sku.purchasable && sku.segment == Segment::Commercial;
                if !is_sold || !none(Topic::PrerequisitesOf(id)) {
                    Self::Remote
                } else if none(Topic::PricesOf(id)) {
                    Self::Special
                } else {
                    Self::Common
                }
            }
        }
    }
}
