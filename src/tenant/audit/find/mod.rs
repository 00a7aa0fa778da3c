//! Findings from judged rows: what to say about people, their accounts and the tenant.
//!
//! What is the same for many people (a fact that nobody stated, a dispute, a role that nobody knows) is said once, with
//! how many people it concerns; what somebody has to do about one account is said for that account.

mod licenses;
mod needs;
mod tenant_wide;

use super::finding::{About, Finding};
use super::holdings::Holdings;
use super::outcome::{Audit, AuditRow, RowOf};
use crate::dataset::KnowledgeBase;
use crate::model::{
    AuditVerdict, FindingId, FindingSeverity, Named, NeedSubject, Requirement, RoleId,
};
use crate::tenant::{AccountIndex, Origin, PersonIndex, Principal, Reference, Tenant};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is to be said about an audit, the gravest first.
pub(super) fn findings(
    knowledge: &KnowledgeBase,
    tenant: &Tenant,
    holdings: &Holdings<'_>,
    audit: &Audit,
    bases: &[BaseVerdict],
) -> Vec<Finding> {
    let mut finder = Finder {
        knowledge,
        tenant,
        holdings,
        audit,
        found: Vec::new(),
        places: BTreeMap::new(),
    };
    finder.rows();
    finder.missing();
    finder.seats();
    finder.names();
    finder.unneeded(bases);
    finder.bases(bases);
    let mut findings = finder.found;
    drop(finder.places);
    for finding in &mut findings {
        finding.people.sort_unstable();
        finding.people.dedup();
    }
    findings.shrink_to_fit();
    // No two have one id. A stable order would take half as much room again.
    findings.sort_unstable_by(|one, two| {
        let key = |finding: &Finding| {
            (
                finding.severity,
                finding.verdict,
                finding.kind(),
                finding.person,
                finding.account,
            )
        };
        key(one)
            .cmp(&key(two))
            .then_with(|| one.role.cmp(&two.role))
            .then_with(|| one.subject.cmp(&two.subject))
            .then_with(|| one.id.cmp(&two.id))
    });
    findings
}

pub(super) use licenses::{BaseVerdict, bases};

struct Finder<'a> {
    knowledge: &'a KnowledgeBase,
    tenant: &'a Tenant,
    holdings: &'a Holdings<'a>,
    audit: &'a Audit,
    /// With the people that each is about so far: in the order found, some more than once.
    found: Vec<Finding>,
    /// Where each is.
    places: BTreeMap<FindingId, usize>,
}

impl Finder<'_> {
    fn rows(&mut self) {
        for row in &self.audit.rows {
            self.row(row);
        }
    }

    /// Puts a finding in, or adds what it says to the same one of another row.
    fn put(&mut self, finding: Finding, concerns: Option<PersonIndex>) {
        let at = *self.places.entry(finding.id.clone()).or_insert_with(|| {
            self.found.push(Finding {
                people: Vec::new(),
                ..finding.clone()
            });
            self.found.len() - 1
        });
        let Some(known) = self.found.get_mut(at) else {
            return;
        };
        known.people.extend(concerns);
        known.verdict = known.verdict.min(finding.verdict);
        known.severity = known.severity.min(finding.severity);
        for assignment in finding.assignments {
            if let Err(at) = known.assignments.binary_search(&assignment) {
                known.assignments.insert(at, assignment);
            }
        }
        // It is about several roles then.
        let other = finding.role.as_ref();
        if other.is_some_and(|other| known.role.as_ref().is_some_and(|role| !role.is_same(other))) {
            known.role = None;
        }
        for row in finding.rows {
            if let Err(at) = known.rows.binary_search(&row) {
                known.rows.insert(at, row);
            }
        }
    }

    /// A finding about one account, from a row.
    fn of_row(&self, row: &AuditRow, about: About, severity: FindingSeverity) -> Finding {
        let mut finding = Finding {
            severity,
            verdict: row.verdict,
            person: row.person,
            account: row.account,
            role: self.role(row),
            assignments: match row.of {
                RowOf::Assignment(at) => vec![at],
                RowOf::Duty(_) => Vec::new(),
            },
            held: self.held(row.account),
            answer: row.answer,
            ..self.blank(about, &[])
        };
        match row.principal {
            Principal::Group(group) => finding.group = Some(group),
            Principal::Service(service) => finding.service = Some(service),
            Principal::Unresolved(at) => finding.unresolved = Some(at),
            Principal::Account(_) => {}
        }
        finding.rows = self.origins(row);
        finding
    }

    /// A finding about nobody yet.
    fn blank(&self, about: About, key: &[&str]) -> Finding {
        Finding {
            id: FindingId::of(about.kind(), key),
            severity: FindingSeverity::Note,
            verdict: AuditVerdict::Ok,
            people: Vec::new(),
            person: None,
            account: None,
            group: None,
            service: None,
            unresolved: None,
            role: None,
            assignments: Vec::new(),
            subject: None,
            needs: Requirement::Nothing,
            held: Vec::new(),
            missing: Vec::new(),
            claims: Vec::new(),
            rows: Vec::new(),
            answer: None,
            about,
        }
    }

    /// The rows of the exports behind a row: the assignment's, then the account's.
    fn origins(&self, row: &AuditRow) -> Vec<Origin> {
        let of = match row.of {
            RowOf::Assignment(at) => self.tenant.assignments.get(at).map(|one| &one.rows),
            RowOf::Duty(at) => self.tenant.duties.get(at).map(|one| &one.rows),
        };
        let account = row.account.map(|account| &self.tenant[account].rows);
        let origins: BTreeSet<Origin> = of.into_iter().chain(account).flatten().cloned().collect();
        origins.into_iter().collect()
    }

    fn role(&self, row: &AuditRow) -> Option<Reference<RoleId>> {
        match row.of {
            RowOf::Assignment(at) => self.tenant.assignments.get(at).map(|one| one.role.clone()),
            RowOf::Duty(at) => self.tenant.duties.get(at)?.role.clone(),
        }
    }

    fn held(&self, account: Option<AccountIndex>) -> Vec<Reference<crate::model::SkuId>> {
        let licenses = account.and_then(|account| self.tenant[account].licenses.as_ref());
        licenses
            .into_iter()
            .flatten()
            .map(|license| license.sku.clone())
            .collect()
    }

    /// What tells one account from another in every format: the sign-in name, else the object id, else the shown name.
    fn account_key(&self, at: Option<AccountIndex>) -> String {
        at.map(|at| self.tenant[at].called()).unwrap_or_default()
    }

    fn role_key(&self, role: Option<&Reference<RoleId>>) -> String {
        match role {
            None => String::new(),
            Some(role) => match (role.id, role.guid) {
                (Some(id), _) => self.knowledge.written(Named::Role(id)),
                (None, Some(guid)) => guid.to_string(),
                (None, None) => role.written.clone(),
            },
        }
    }

    fn subject_key(&self, subject: NeedSubject) -> String {
        match subject {
            NeedSubject::Task(task) => self.knowledge.written(Named::Task(task)),
            NeedSubject::Sku(sku) => self.knowledge.written(Named::Sku(sku)),
        }
    }
}
