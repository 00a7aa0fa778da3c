//! The settings that ScubaGear collects: one object with the holders of eight privileged roles, and the tenant's SKUs.

use super::principals::guid;
use super::raw::{Loose, Many, Texts};
use super::records::{RawAssignment, RawRole, RawSeats};
use super::{policies, roles, seats};
use crate::model::Guid;
use crate::tenant::read::log::Log;
use crate::tenant::read::rows::{
    AccountRow, AssignmentRow, Gathered, PrincipalKind, PrincipalRow, ServiceRow, Written,
};
use crate::tenant::{AssignmentState, Bound, Membership, NoteKind, ReadAs, Row, Scope};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What ScubaGear writes; its report holds the same under `Raw`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawScuba<'a> {
    #[serde(borrow)]
    privileged_users: Holders<'a>,
    privileged_service_principals: Holders<'a>,
    privileged_roles: Many<RawScubaRole<'a>>,
    license_information: Many<RawSeats<'a>>,
    #[serde(rename = "Raw")]
    raw: Option<Box<RawScuba<'a>>>,
}

/// Holders of roles by object id; where there is none, an empty list.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Holders<'a> {
    #[serde(borrow)]
    Some(BTreeMap<String, RawHolder<'a>>),
    None(serde::de::IgnoredAny),
}

impl Default for Holders<'_> {
    fn default() -> Self {
        Self::None(serde::de::IgnoredAny)
    }
}

impl<'a> Holders<'a> {
    fn each(self) -> BTreeMap<String, RawHolder<'a>> {
        match self {
            Self::Some(holders) => holders,
            Self::None(_) => BTreeMap::new(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawHolder<'a> {
    #[serde(borrow, rename = "DisplayName")]
    name: Loose<'a>,
    roles: Texts<'a>,
    #[serde(rename = "OnPremisesImmutableId")]
    on_premises_id: Loose<'a>,
    #[serde(rename = "AppId")]
    app_id: Loose<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawScubaRole<'a> {
    #[serde(borrow, flatten)]
    role: RawRole<'a>,
    #[serde(rename = "Assignments")]
    assignments: Many<RawAssignment<'a>>,
    #[serde(rename = "Rules")]
    rules: Many<policies::RawRule<'a>>,
}

/// Reads the whole object. Its parts are the rows.
pub(super) fn settings(raw: RawScuba<'_>, gathered: &mut Gathered, log: &mut Log) {
    let raw = match raw.raw {
        Some(inner) => *inner,
        None => raw,
    };
    log.note(NoteKind::SomeRolesOnly, "");
    // The object itself was counted as a row.
    log.rows = log.rows.saturating_sub(1);
    for (id, holder) in raw.privileged_users.each() {
        let row = Row::Path(format!("privileged_users.{id}"));
        self::holder(&id, holder, PrincipalKind::Account, row, gathered, log);
    }
    for (id, holder) in raw.privileged_service_principals.each() {
        let row = Row::Path(format!("privileged_service_principals.{id}"));
        self::holder(&id, holder, PrincipalKind::Service, row, gathered, log);
    }
    let all = raw.privileged_roles.list().unwrap_or_default();
    for (at, role) in all.into_iter().enumerate() {
        let place = format!("privileged_roles[{at}]");
        let written = Written {
            guid: guid(&role.role.template),
            name: role.role.name.text().and_then(|name| log.text(name)),
        };
        for (number, mut assignment) in role
            .assignments
            .list()
            .unwrap_or_default()
            .into_iter()
            .enumerate()
        {
            let row = Row::Path(format!("{place}.Assignments[{number}]"));
            // An instance without its role is one of the role that it stands under.
            if assignment.role_id.text().is_none() {
                assignment.role_id = role.role.template.clone();
            }
            let as_instance = ReadAs::RoleAssignmentScheduleInstances;
            let done = roles::assignment(assignment, as_instance, row.clone(), gathered, log);
            tell(done, row, log);
        }
        let rules = role.rules.list().unwrap_or_default();
        policies::approvers(
            rules,
            &written,
            Row::Path(format!("{place}.Rules")),
            gathered,
            log,
        );
    }
    let all = raw.license_information.list().unwrap_or_default();
    for (at, sku) in all.into_iter().enumerate() {
        let row = Row::Path(format!("license_information[{at}]"));
        tell(seats::seats(sku, row.clone(), gathered, log), row, log);
    }
}

fn tell(done: Result<(), &'static str>, row: Row, log: &mut Log) {
    log.rows += 1;
    match done {
        Ok(()) => log.understood += 1,
        Err(why) => log.reject(row, why, "run ScubaGear again"),
    }
}

fn holder(
    id: &str,
    raw: RawHolder<'_>,
    kind: PrincipalKind,
    row: Row,
    gathered: &mut Gathered,
    log: &mut Log,
) {
    let Some(object_id) = Guid::parse(id.trim()) else {
        return tell(Err("its name is no object id"), row, log);
    };
    let name = raw.name.text().and_then(|name| log.text(name));
    let origin = log.origin(row.clone());
    match kind {
        PrincipalKind::Service => gathered.services.push(ServiceRow {
            object_id: Some(object_id),
            app_id: guid(&raw.app_id),
            name: name.clone(),
            origin: origin.clone(),
        }),
        PrincipalKind::Account | PrincipalKind::Group => {
            let mut account = AccountRow::new(origin.clone());
            account.object_id = Some(object_id);
            account.display_name.clone_from(&name);
            account.on_premises_id = raw.on_premises_id.text().and_then(|id| log.text(id));
            account.weight = 1;
            gathered.accounts.push(account);
        }
    }
    for role in raw.roles.0.list().unwrap_or_default() {
        let role = log.written(&role.0);
        gathered.assignments.push(AssignmentRow {
            principal: PrincipalRow {
                object_id: Some(object_id),
                upn: None,
                name: name.clone(),
                kind: Some(kind),
            },
            role,
            scope: Scope::NotTold,
            // Active and eligible holders stand in one list.
            state: AssignmentState::NotTold,
            start: None,
            end: Bound::NotTold,
            membership: Membership::NotTold,
            origin: origin.clone(),
        });
    }
    tell(Ok(()), row, log);
}
