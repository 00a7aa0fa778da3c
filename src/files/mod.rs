//! Files that a user writes: from text with places to valid values.
//!
//! What a file says and what it means are different types. Everything wrong with a file is told in one run, with the
//! place and what to do; what is right is still used.

mod catalog;
mod elements;
mod instances;

pub use instances::{InstanceFile, Rejected, read_instances};
