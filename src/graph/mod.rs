//! What holds on a day, as a picture.
//!
//! SKUs carry plans, plans cover plans, plans and SKUs grant features: entailment is reachability in this graph. A
//! [`Snapshot`] is built backwards from what is wanted, so that a question touches only the neighborhood it needs.

mod presence;
mod snapshot;

pub use presence::{Absent, Moment, Presence, is_known, is_put_out, presence};
pub use snapshot::{Node, Provider, Snapshot};
