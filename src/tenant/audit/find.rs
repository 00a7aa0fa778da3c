//! Findings from judged rows: what to say about people, their accounts and the tenant.

use super::finding::{About, Finding};
use super::holdings::Holdings;
use super::outcome::Audit;
use crate::dataset::KnowledgeBase;
use crate::tenant::Tenant;

pub(super) fn findings(_kb: &KnowledgeBase, _tenant: &Tenant, _holdings: &Holdings<'_>, _audit: &Audit) -> Vec<Finding> {
    let _ = About::Disputed;
    Vec::new()
}
