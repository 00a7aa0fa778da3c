//! From TOML to a knowledge base that cannot be wrong in shape.
//!
//! Data files are read in three steps: [`SourceMap`] holds their text, the raw mirror keeps every value with its place,
//! and validation consumes the raw records and either gives a [`KnowledgeBase`] or *all* problems at once. The built-in
//! data went through the same steps when the program was built; its compact form is read back without TOML.

mod about;
mod called;
pub mod catalog;
mod compact;
mod conscience;
mod knowledge_base;
mod lint;
mod load;
mod mentioned;
mod packed;
mod place;
mod read;
mod report;
mod scenarios;
mod source_map;
mod table;
mod topic;
mod validate;

pub use about::{areas_of, claims_about, disputes};
pub use compact::{from_bytes, to_bytes};
pub use knowledge_base::{Accepted, KnowledgeBase, Meta};
pub use lint::{guarded_claims, lint};
pub use load::{Loaded, load, load_dir};
pub use place::{Place, Placed, Problems};
pub use read::{DEEPEST_VALUE, Document, Fields, Shape, Value, shapes};
pub use report::{report, summary};
pub use scenarios::count_scenarios;
pub use source_map::{LARGEST_FILE, SourceMap};
pub use table::{Row, Table, TableId};
pub use topic::{Topic, Topics};
pub use validate::{Places, SCHEMA};
