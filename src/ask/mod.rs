//! The facade: the built-in data, and from a question to its answer.

use crate::dataset::{KnowledgeBase, Meta};
use crate::model::Day;

/// The built-in data.
pub fn built_in() -> KnowledgeBase {
    KnowledgeBase::empty(Meta {
        schema: 1,
        version: "none".into(),
        reviewed: Day::FIRST,
        accepted: Vec::new(),
    })
}
