//! What an export names, and what that is in the knowledge base.

use crate::model::Guid;

/// A thing that an export names: kept as written also where the knowledge base does not know it, since an unknown SKU
/// or role is something to say, not something to drop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference<T> {
    /// The record of the knowledge base; none where it knows no such thing.
    pub id: Option<T>,
    /// The GUID, where the export gives one.
    pub guid: Option<Guid>,
    /// The name as the export writes it, cleaned; the GUID where it gives no name.
    pub written: String,
}

impl<T: Copy + Eq> Reference<T> {
    /// Whether both surely mean the same: the same record, or the same GUID, or the same words.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self.id, other.id) {
            (Some(one), Some(two)) => one == two,
            (None, None) if self.guid.is_some() && other.guid.is_some() => self.guid == other.guid,
            (None, None) => self.written.eq_ignore_ascii_case(&other.written),
            _ => false,
        }
    }
}
