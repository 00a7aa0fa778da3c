//! What somebody decided to leave out of the findings, and what an earlier audit had already.

use super::finding::Finding;
use super::outcome::Audit;
use super::totals;
use crate::model::{
    AuditVerdict, Baseline, Day, Ignore, IgnoreEntry, IgnoreWhich, matches_pattern,
};
use crate::tenant::Tenant;

impl Audit {
    /// Takes out what the list says that day. Verdicts of people and rows stay; the findings go to [`Audit::ignored`],
    /// each with the first entry that names it.
    #[must_use]
    pub fn without(mut self, tenant: &Tenant, ignore: &Ignore, today: Day) -> Self {
        let mut left = Vec::new();
        for finding in std::mem::take(&mut self.findings) {
            let entries = ignore.entries.iter();
            let entry = entries
                .enumerate()
                .find(|(_, entry)| entry.holds(today) && names(tenant, entry, &finding));
            match entry.map(|(at, _)| at) {
                Some(at) => self.ignored.push((finding, at)),
                None => left.push(finding),
            }
        }
        self.findings = left;
        self.totals = totals::totals(tenant, &self);
        self
    }

    /// Takes out what an earlier audit had: what is left is new.
    #[must_use]
    pub fn since(mut self, tenant: &Tenant, baseline: &Baseline) -> Self {
        let findings = std::mem::take(&mut self.findings).into_iter();
        let (known, new) = findings.partition(|finding| baseline.findings.contains(&finding.id));
        self.known_before.extend::<Vec<Finding>>(known);
        self.findings = new;
        self.totals = totals::totals(tenant, &self);
        self
    }

    /// Entries of the list that named no finding that day: out of date, or misspelled.
    pub fn without_effect<'i>(&self, ignore: &'i Ignore) -> Vec<(usize, &'i IgnoreEntry)> {
        let has_effect = |at: usize| self.ignored.iter().any(|(_, entry)| *entry == at);
        let entries = ignore.entries.iter().enumerate();
        entries.filter(|(at, _)| !has_effect(*at)).collect()
    }

    /// All findings, those left out included: what the next audit may be compared with.
    pub fn baseline(&self) -> Baseline {
        let ignored = self.ignored.iter().map(|(finding, _)| finding);
        let all = self
            .findings
            .iter()
            .chain(ignored)
            .chain(&self.known_before);
        Baseline {
            findings: all.map(|finding| finding.id.clone()).collect(),
        }
    }

    /// The worst verdict of the findings that are left; "ok" where none is worse. Every gap and everything that cannot be
    /// told has a finding, so this is what a check fails on.
    pub fn worst_left(&self) -> AuditVerdict {
        let verdicts = self.findings.iter().map(|finding| finding.verdict);
        verdicts
            .min()
            .unwrap_or(AuditVerdict::Ok)
            .min(AuditVerdict::Ok)
    }
}

/// Whether an entry names a finding.
fn names(tenant: &Tenant, entry: &IgnoreEntry, finding: &Finding) -> bool {
    let (kind, person, role) = match &entry.which {
        IgnoreWhich::Finding(id) => return *id == finding.id,
        IgnoreWhich::Matching { kind, person, role } => (kind, person, role),
    };
    let has_role = |role: &crate::model::RoleId| {
        finding
            .role
            .as_ref()
            .is_some_and(|held| held.id == Some(*role))
    };
    kind.is_none_or(|kind| kind == finding.kind())
        && role.as_ref().is_none_or(has_role)
        && person
            .as_ref()
            .is_none_or(|pattern| is_about(tenant, pattern, finding))
}

/// Whether a pattern matches the name of the person, or any name of the account, group or program.
fn is_about(tenant: &Tenant, pattern: &str, finding: &Finding) -> bool {
    let mut names: Vec<&str> = Vec::new();
    if let Some(person) = finding.person {
        names.push(&tenant[person].name);
    }
    if let Some(account) = finding.account {
        let account = &tenant[account];
        names.extend(account.upn.as_deref());
        names.extend(account.display_name.as_deref());
    }
    if let Some(group) = finding.group.filter(|_| finding.account.is_none()) {
        names.extend(tenant[group].name.as_deref());
    }
    if let Some(service) = finding.service {
        names.extend(tenant[service].name.as_deref());
    }
    if let Some(unresolved) = finding.unresolved {
        names.extend(tenant[unresolved].name.as_deref());
    }
    names.iter().any(|name| matches_pattern(pattern, name))
}
