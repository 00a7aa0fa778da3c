//! The audit of a tenant: as a page, as JSON, line by line, as a table, and for tools that show tests.
//!
//! Names of people come from [`names`] alone, so that a report that travels names nobody: no renderer here reads a name,
//! an address or an object id from the tenant itself.

mod files_page;
mod finding_words;
mod head;
mod junit;
mod lines;
mod names;
mod page;
mod parts;
mod remedy_page;
mod row_shape;
mod shape;
mod table;
mod tenant_shape;

pub use junit::junit;
pub use lines::ndjson;
pub use names::Naming;
pub use page::premises;
pub use parts::{AuditLine, AuditParts, Hiding};
pub use shape::AuditShape;

use super::{Page, View};
use crate::dataset::KnowledgeBase;
use crate::model::{Answer, AuditVerdict, FindingId, Ignore};
use crate::proof::Proof;
use crate::tenant::audit::Audit;
use crate::tenant::{NoteKind, Tenant};
use finding_words::Words;
use names::Names;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// An audit, for people and programs.
#[derive(Debug, Clone, Copy)]
pub struct AuditView<'a> {
    /// What it was judged by.
    pub knowledge: &'a KnowledgeBase,
    /// What was judged.
    pub tenant: &'a Tenant,
    /// The audit.
    pub audit: &'a Audit,
    /// Whether people are named.
    pub naming: Naming,
    /// The list by which findings were left out, for its reasons.
    pub ignore: Option<&'a Ignore>,
    /// Questions of the asker's own, answered beside the audit.
    pub questions: &'a [AuditQuestion],
    /// From which verdict on a tool that shows tests counts a failure.
    pub fails_on: Option<AuditVerdict>,
}

/// A question of the asker's own with its answer for this tenant.
#[derive(Debug, Clone)]
pub struct AuditQuestion {
    /// What it is called.
    pub name: String,
    /// The answer.
    pub answer: Answer,
    /// Its reasons.
    pub proof: Proof,
}

impl<'a> View for AuditView<'a> {
    const SCHEMA: &'static str = "licit.audit/1";
    type Shape = AuditShape<'a>;

    fn shape(&self) -> AuditShape<'a> {
        shape::shape(*self)
    }

    fn page(&self) -> Page {
        let mut page = Page::default();
        self.parts(&mut |part| page = std::mem::take(&mut page).join(part));
        page
    }

    fn parts(&self, give: &mut dyn FnMut(Page)) {
        page::parts(self, give);
    }
}

impl<'a> AuditView<'a> {
    /// Whether the reading was stopped, so that this is about a part.
    pub fn is_partial(&self) -> bool {
        let mut notes = self.tenant.files.iter().flat_map(|file| &file.notes);
        notes.any(|note| note.kind == NoteKind::Stopped)
    }

    /// Everything that says something about a finding.
    fn words(&self) -> Words<'a> {
        let names = Names::of(self.tenant, self.naming);
        let numbers = match self.naming {
            Naming::Named => BTreeMap::new(),
            Naming::Pseudonyms => numbers(self.audit),
        };
        Words {
            knowledge: self.knowledge,
            tenant: self.tenant,
            names,
            numbers: Cow::Owned(numbers),
        }
    }
}

/// The numbers that stand for ids: an id is made of names, so whoever guesses a name could tell whether it is the one.
fn numbers(audit: &Audit) -> BTreeMap<FindingId, usize> {
    let left_out = audit.ignored.iter().map(|(finding, _)| finding);
    let all = audit
        .findings
        .iter()
        .chain(left_out)
        .chain(&audit.known_before);
    all.enumerate()
        .map(|(at, finding)| (finding.id.clone(), at + 1))
        .collect()
}
