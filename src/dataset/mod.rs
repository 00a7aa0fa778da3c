//! From TOML to a knowledge base that cannot be wrong in shape.
//!
//! Data files are read in three steps: [`SourceMap`] holds their text, the raw mirror keeps every value with its place,
//! and validation consumes the raw records and either gives a [`KnowledgeBase`] or *all* problems at once. The built-in
//! data went through the same steps when the program was built; its compact form is read back without TOML.

mod about;
mod as_of;
mod knowledge_base;
mod relation;
mod table;
mod topic;

pub use about::{areas_of, claims_about, disputes};
pub use as_of::{AsOf, NameOn, StateOn, Status};
pub use knowledge_base::{Accepted, KnowledgeBase, Meta};
pub use relation::{Relation, RelationKind, relations};
pub use table::{Row, Table, TableId};
pub use topic::{Topic, Topics};
