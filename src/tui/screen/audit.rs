//! Audit: role assignments of a tenant against its licenses.

use super::hint;
use crate::tui::model::Model;
use crate::tui::row::Row;

/// What was found.
pub(super) fn findings(_model: &Model) -> Vec<Row> {
    hint(
        "No export is open.\n\n`licit audit PATH...` reads what the portals, Graph, PowerShell and community tools export, in any\nmix, and judges every role assignment.\n`licit export-guide` says which exports are needed, and how to get them.\n`licit audit --demo` shows it on an invented tenant.",
    )
}

/// The marked finding.
pub(super) fn finding(_model: &Model) -> Vec<Row> {
    Vec::new()
}

/// Which exports were read, and how.
pub(super) fn files(_model: &Model) -> Vec<Row> {
    Vec::new()
}

/// The sums.
pub(super) fn totals(_model: &Model) -> Vec<Row> {
    Vec::new()
}
