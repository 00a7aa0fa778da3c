//! What holds of every audit, on every role of the data in every way of holding it.

use super::{audited, circumstances};
use crate::tenant::read_texts;
use licit::ask::built_in;
use licit::model::{AuditVerdict, FindingSeverity, Reading};
use licit::tenant::Tenant;
use licit::tenant::audit::{Audit, AuditRow, Coverage, RowOf};
use std::collections::BTreeSet;

/// A tenant in which an account with Microsoft 365 E3 holds directory roles in one way: of those with the same tasks one,
/// since they ask the same.
fn everything(way: &str, most: usize) -> Tenant {
    let knowledge = built_in().unwrap();
    let mut tasks = BTreeSet::new();
    let roles: Vec<String> = knowledge
        .roles
        .iter()
        .filter(|(_, role)| role.authority.as_str() == "entra" && role.template.is_some())
        .filter(|(_, role)| tasks.insert(role.core.clone()))
        .map(|(_, role)| format!("\"{}\"", role.name))
        .take(most)
        .collect();
    assert!(roles.len() > 5);
    let roles = roles.join(", ");
    let text =
        format!("[[account]]\nupn = \"ana@contoso.com\"\nheld = [\"SPE_E3\"]\n{way} = [{roles}]\n");
    read_texts(&[("tenant.toml", &text)])
}

/// Every verdict that is worse than "ok" is said by a finding of that verdict about the same role or task.
fn is_said(audit: &Audit, row: &AuditRow) -> bool {
    let RowOf::Assignment(assignment) = row.of else {
        return true;
    };
    let subjects: BTreeSet<_> = row
        .answer
        .map(|at| &audit.answers[at].answer.needs)
        .into_iter()
        .flatten()
        .zip(&row.needs)
        .filter(|(_, judged)| judged.verdict == row.verdict)
        .map(|(need, _)| need.subject)
        .collect();
    audit.findings.iter().any(|finding| {
        let is_about_task = finding
            .subject
            .is_some_and(|subject| subjects.contains(&subject));
        finding.verdict <= row.verdict
            && (is_about_task || finding.subject.is_none())
            && finding.assignments.contains(&assignment)
    })
}

#[test]
fn every_role_is_judged_and_every_verdict_is_said() {
    for (way, most) in [("roles", usize::MAX), ("eligible", 8)] {
        let tenant = everything(way, most);
        let audit = audited(&tenant, &circumstances("2026-09-01"));
        assert_eq!(audit.rows.len(), tenant.assignments.len());
        for row in &audit.rows {
            let is_worse = row.verdict < AuditVerdict::Ok;
            assert!(!is_worse || is_said(&audit, row), "{way}: {row:?}");
            let judged = row.needs.iter().map(|need| need.verdict).min().unwrap();
            assert_eq!(judged, row.verdict);
            // What is missing is named where something is, and nowhere else.
            for need in &row.needs {
                let is_lacking = matches!(
                    need.coverage,
                    Coverage::NotHeld | Coverage::Unusable(_) | Coverage::NotOwned { .. }
                );
                assert!(!is_lacking || !need.missing.is_empty(), "{need:?}");
            }
        }
        let ids: BTreeSet<&str> = audit
            .findings
            .iter()
            .map(|finding| finding.id.as_str())
            .collect();
        assert_eq!(ids.len(), audit.findings.len());
        let severities: Vec<FindingSeverity> = audit
            .findings
            .iter()
            .map(|finding| finding.severity)
            .collect();
        assert!(severities.is_sorted());
    }
}

#[test]
fn a_stricter_reading_never_finds_less() {
    let tenant = everything("roles", 12);
    let mut before: Option<Vec<bool>> = None;
    for reading in [Reading::Technical, Reading::Documented, Reading::Cautious] {
        let mut circumstances = circumstances("2026-09-01");
        circumstances.reading = reading;
        let audit = audited(&tenant, &circumstances);
        let gaps: Vec<bool> = audit
            .rows
            .iter()
            .map(|row| row.verdict == AuditVerdict::Gap)
            .collect();
        if let Some(before) = before {
            assert!(
                before
                    .iter()
                    .zip(&gaps)
                    .all(|(before, now)| !before || *now),
                "{reading}"
            );
        }
        before = Some(gaps);
    }
}
