//! The JSON contract of an audit: its rows, one for each assignment or duty and account.

use super::AuditView;
use super::finding_words::Words;
use super::page::task_id;
use super::shape::{RoleShape, origins, role_shape};
use crate::render::shape::RequirementShape;
use crate::tenant::audit::{AuditRow, Coverage, RowOf};
use crate::tenant::{AssignmentState, Bound, Membership, Principal, Scope};
use serde::Serialize;

/// One row.
#[derive(Debug, Serialize)]
pub(super) struct RowShape {
    person: Option<String>,
    account: Option<String>,
    /// The group through which it comes, or that it is about.
    group: Option<String>,
    program: Option<String>,
    principal: Option<String>,
    assignment: Option<AssignmentShape>,
    duty: Option<DutyShape>,
    verdict: &'static str,
    not_counted: Option<&'static str>,
    needs: Vec<RowNeedShape>,
    unless: Vec<UnlessShape>,
}

/// A role assignment as the exports tell it.
#[derive(Debug, Serialize)]
pub(super) struct AssignmentShape {
    role: RoleShape,
    state: &'static str,
    scope: ScopeShape,
    membership: &'static str,
    from: Option<String>,
    /// When it ends: a moment, `never` or `not-told`.
    until: String,
    rows: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ScopeShape {
    kind: &'static str,
    of: Option<String>,
}

#[derive(Debug, Serialize)]
struct DutyShape {
    kind: &'static str,
    role: Option<RoleShape>,
    rows: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RowNeedShape {
    subject: String,
    verdict: &'static str,
    coverage: &'static str,
    missing: Vec<RequirementShape>,
}

#[derive(Debug, Serialize)]
struct UnlessShape {
    fact: &'static str,
    then: &'static str,
}

pub(super) fn row_shape(view: &AuditView<'_>, words: &Words<'_>, row: &AuditRow) -> RowShape {
    let names = &words.names;
    let answer = row.answer.and_then(|at| view.audit.answers.get(at));
    let needs = answer
        .into_iter()
        .flat_map(|answer| answer.answer.needs.iter().zip(&row.needs));
    let (group, program, principal) = match row.principal {
        Principal::Group(at) => (Some(names.group(at)), None, None),
        Principal::Service(at) => (None, Some(names.service(at)), None),
        Principal::Unresolved(at) => (None, None, Some(names.unresolved(at))),
        Principal::Account(_) => (None, None, None),
    };
    RowShape {
        person: row.person.map(|at| names.person(at)),
        account: row.account.map(|at| names.account(at)),
        group,
        program,
        principal,
        assignment: match row.of {
            RowOf::Assignment(at) => assignment_shape(words, at),
            RowOf::Duty(_) => None,
        },
        duty: match row.of {
            RowOf::Assignment(_) => None,
            RowOf::Duty(at) => words.tenant.duties.get(at).map(|duty| DutyShape {
                kind: duty.kind.word(),
                role: duty.role.as_ref().map(|role| role_shape(words, role)),
                rows: origins(words, &duty.rows),
            }),
        },
        verdict: row.verdict.word(),
        not_counted: row.not_counted.map(|why| why.word()),
        needs: needs
            .map(|(need, judged)| RowNeedShape {
                subject: task_id(view, need.subject),
                verdict: judged.verdict.word(),
                coverage: coverage(&judged.coverage),
                missing: judged
                    .missing
                    .iter()
                    .map(|part| RequirementShape::of(view.knowledge, part))
                    .collect(),
            })
            .collect(),
        unless: row
            .unless
            .iter()
            .map(|unless| UnlessShape {
                fact: unless.fact.word(),
                then: unless.then.word(),
            })
            .collect(),
    }
}

/// An assignment by its place in the tenant.
pub(super) fn assignment_shape(words: &Words<'_>, at: usize) -> Option<AssignmentShape> {
    let assignment = words.tenant.assignments.get(at)?;
    let scope = |kind, of: Option<&String>| ScopeShape {
        kind,
        of: of.map(|of| words.names.text(of)),
    };
    Some(AssignmentShape {
        role: role_shape(words, &assignment.role),
        state: AssignmentState::word(assignment.state),
        scope: match &assignment.scope {
            Scope::Tenant => scope("tenant", None),
            Scope::AdministrativeUnit(unit) => scope("administrative-unit", Some(unit)),
            Scope::Object(object) => scope("object", Some(object)),
            Scope::NotTold => scope("not-told", None),
        },
        membership: Membership::word(assignment.membership),
        from: assignment.start.map(|start| start.to_string()),
        until: match assignment.end {
            Bound::Until(end) => end.to_string(),
            Bound::Permanent => "never".to_owned(),
            Bound::NotTold => "not-told".to_owned(),
        },
        rows: origins(words, &assignment.rows),
    })
}

/// The word for how a need is met.
pub(super) fn coverage(coverage: &Coverage) -> &'static str {
    match coverage {
        Coverage::NotNeeded => "not-needed",
        Coverage::Unavailable => "unavailable",
        Coverage::Account(_) => "held",
        Coverage::OtherAccount { .. } => "other-account",
        Coverage::Unusable(_) => "unusable",
        Coverage::NotHeld => "not-held",
        Coverage::Owned => "owned",
        Coverage::NotOwned { .. } => "not-owned",
        Coverage::SeatsNotTold => "seats-not-told",
        Coverage::Open => "open",
        Coverage::UnknownSku(_) => "unknown-sku",
        Coverage::NotStated => "not-stated",
        Coverage::LicensesNotTold => "licenses-not-told",
    }
}
