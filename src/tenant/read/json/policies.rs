//! Who approves activations, by the rules of Privileged Identity Management.

use super::principals::guid;
use super::raw::{Loose, Many};
use crate::tenant::read::log::Log;
use crate::tenant::read::rows::{DutyRow, Gathered, PrincipalKind, PrincipalRow, Written};
use crate::tenant::{DutyKind, Row};
use serde::Deserialize;

/// The policy of one role.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawPolicyAssignment<'a> {
    #[serde(borrow, rename = "roleDefinitionId", alias = "RoleDefinitionId")]
    role_id: Loose<'a>,
    #[serde(alias = "Policy")]
    policy: Option<RawPolicy<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawPolicy<'a> {
    #[serde(borrow, alias = "Rules")]
    rules: Many<RawRule<'a>>,
}

/// One rule; that of approval names who approves.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawRule<'a> {
    #[serde(borrow, alias = "Setting")]
    setting: Option<RawSetting<'a>>,
    #[serde(rename = "AdditionalProperties", alias = "additionalProperties")]
    additional: Option<Box<RawRule<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawSetting<'a> {
    #[serde(borrow, rename = "isApprovalRequired", alias = "IsApprovalRequired")]
    is_required: Loose<'a>,
    #[serde(rename = "approvalStages", alias = "ApprovalStages")]
    stages: Many<RawStage<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawStage<'a> {
    #[serde(borrow, rename = "primaryApprovers", alias = "PrimaryApprovers")]
    primary: Many<RawApprover<'a>>,
    #[serde(rename = "escalationApprovers", alias = "EscalationApprovers")]
    escalation: Many<RawApprover<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawApprover<'a> {
    #[serde(borrow, rename = "userId", alias = "UserId")]
    user: Loose<'a>,
    #[serde(rename = "groupId", alias = "GroupId")]
    group: Loose<'a>,
    #[serde(alias = "Description")]
    description: Loose<'a>,
    /// Both id and type, as some versions write them.
    #[serde(alias = "Id")]
    id: Loose<'a>,
    #[serde(rename = "userType", alias = "UserType")]
    kind: Loose<'a>,
    #[serde(rename = "@odata.type")]
    odata_type: Loose<'a>,
}

/// The approvers of one role.
pub(super) fn policy(
    raw: RawPolicyAssignment<'_>,
    row: Row,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), &'static str> {
    let role = raw
        .role_id
        .text()
        .map(|id| log.written(id))
        .unwrap_or_default();
    if role.is_empty() {
        return Err("it has no `roleDefinitionId`");
    }
    let Some(policy) = raw.policy else {
        return Err("it has no `policy` with its rules");
    };
    approvers(
        policy.rules.list().unwrap_or_default(),
        &role,
        row,
        gathered,
        log,
    );
    Ok(())
}

/// The approvers that rules name.
pub(super) fn approvers(
    rules: Vec<RawRule<'_>>,
    role: &Written,
    row: Row,
    gathered: &mut Gathered,
    log: &mut Log,
) {
    for rule in rules {
        let aside = rule.additional.and_then(|aside| aside.setting);
        let Some(setting) = rule.setting.or(aside) else {
            continue;
        };
        if setting.is_required.truth() == Some(false) {
            continue;
        }
        for stage in setting.stages.list().unwrap_or_default() {
            let primary = stage.primary.list().unwrap_or_default();
            let all = primary
                .into_iter()
                .chain(stage.escalation.list().unwrap_or_default());
            for approver in all {
                let Some(principal) = principal(&approver, log) else {
                    continue;
                };
                let origin = log.origin(row.clone());
                gathered.duties.push(DutyRow {
                    principal,
                    kind: DutyKind::Approver,
                    role: Some(role.clone()),
                    origin,
                });
            }
        }
    }
}

fn principal(raw: &RawApprover<'_>, log: &mut Log) -> Option<PrincipalRow> {
    let kinds = [raw.kind.text(), raw.odata_type.text()];
    let is_group = kinds
        .iter()
        .flatten()
        .any(|kind| kind.to_ascii_lowercase().contains("group"));
    let (id, kind) = match (guid(&raw.user), guid(&raw.group), guid(&raw.id)) {
        (Some(user), ..) => (user, PrincipalKind::Account),
        (_, Some(group), _) => (group, PrincipalKind::Group),
        (.., Some(id)) if is_group => (id, PrincipalKind::Group),
        (.., Some(id)) => (id, PrincipalKind::Account),
        _ => return None,
    };
    Some(PrincipalRow {
        object_id: Some(id),
        upn: None,
        name: raw.description.text().and_then(|name| log.text(name)),
        kind: Some(kind),
    })
}
