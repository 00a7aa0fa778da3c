//! The exports of a tenant, as far as they were opened.

/// What was opened and found.
#[derive(Debug, Clone, Default)]
pub struct Audit {}

impl Audit {
    /// Whether there is something to show.
    pub fn is_possible(&self) -> bool {
        false
    }
}
