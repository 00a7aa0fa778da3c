//! What holds on a day, as a picture.
//!
//! SKUs carry plans, plans cover plans, plans and SKUs grant features: entailment is reachability in this graph. A
//! [`Snapshot`] is built backwards from what is wanted, so that a question touches only the neighborhood it needs.
//!
//! Looking something up asks less: [`AsOf`] says how a single claim stands, what something was called and in which state
//! it was; [`relations`] lists what hangs together with a thing, whatever the day. [`Picture`] is everything of a day at once,
//! for walking around.

mod as_of;
mod course;
mod picture;
mod presence;
mod relation;
mod snapshot;

pub use as_of::{AsOf, NameOn, StateOn, Status};
pub use course::Stretch;
pub use picture::{Branch, Link, LinkKind, Picture, Toward};
pub use presence::{Absent, Moment, Presence, is_known, is_put_out, presence};
pub use relation::{Relation, RelationKind, relations};
pub use snapshot::{Node, Provider, Snapshot, Way};
