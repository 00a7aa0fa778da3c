//! Role assignments, roles and their members: raw to valid.

use super::principals::{guid, keep, principal};
use super::raw::Loose;
use super::records::{RawAssignment, RawRole, RawScopedMember};
use crate::tenant::read::log::Log;
use crate::tenant::read::rows::{AssignmentRow, Gathered, PrincipalRow, RoleRow, Written};
use crate::tenant::{AssignmentState, Bound, Membership, NoteKind, ReadAs, Row, Scope, Stamp};

/// Words for an assignment that is no longer, or not yet, in force.
const NOT_IN_FORCE: &[&str] = &[
    "Revoked",
    "Canceled",
    "Denied",
    "Failed",
    "TimedOut",
    "Invalid",
    "PendingApproval",
    "PendingApprovalProvisioning",
    "PendingAdminDecision",
    "PendingScheduleCreation",
    "PendingProvisioning",
    "PendingExternalProvisioning",
    "PendingRevocation",
];

/// One assignment, schedule or instance.
pub(super) fn assignment(
    raw: RawAssignment<'_>,
    read_as: ReadAs,
    row: Row,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), &'static str> {
    if raw.is_model_row.is_there() {
        log.note(NoteKind::ModelRows, "");
        return Ok(());
    }
    let mut who = PrincipalRow {
        object_id: guid(&raw.principal_id),
        ..PrincipalRow::default()
    };
    if let Some(beside) = raw.principal {
        let mut beside = beside.flat();
        if guid(&beside.id).is_none() {
            beside.id = raw.principal_id.clone();
        }
        // PowerShell writes an object full of nulls where nothing was asked for.
        let told = principal(&beside, log);
        if told.kind.is_some() || told.name.is_some() {
            who = keep(beside, row.clone(), 1, gathered, log)?;
        }
    }
    if who.object_id.is_none() && who.upn.is_none() {
        return Err("it has no `principalId`");
    }
    let role = role(
        &raw.role_id,
        &raw.role_name,
        raw.role.as_ref(),
        gathered,
        log,
    );
    if role.is_empty() {
        return Err("it has no `roleDefinitionId`");
    }
    let is_in_force = raw.status.text().is_none_or(|status| {
        !NOT_IN_FORCE
            .iter()
            .any(|word| word.eq_ignore_ascii_case(status))
    });
    if !is_in_force {
        return Ok(());
    }
    let schedule = raw.schedule.unwrap_or_default();
    let expiration = schedule.expiration.unwrap_or_default();
    let is_plain = read_as == ReadAs::RoleAssignments;
    let end = raw.end.or(expiration.end);
    let end = match (end.text().and_then(Stamp::parse), expiration.kind.text()) {
        (Some(end), _) => Bound::Until(end),
        (None, Some(kind)) if kind.eq_ignore_ascii_case("afterDuration") => Bound::NotTold,
        (None, Some(kind)) if kind.eq_ignore_ascii_case("notSpecified") => Bound::NotTold,
        // Schedules and instances say when they end; a plain assignment never does.
        (None, _) if is_plain && !end.is_there() => Bound::NotTold,
        (None, _) => Bound::Permanent,
    };
    let state = match read_as {
        ReadAs::RoleEligibilitySchedules | ReadAs::RoleEligibilityScheduleInstances => {
            AssignmentState::Eligible
        }
        _ => match raw.assignment_type.text() {
            Some(word) if word.eq_ignore_ascii_case("Activated") => AssignmentState::Activated,
            _ => AssignmentState::Active,
        },
    };
    let membership = match raw.member_type.text() {
        Some(word) if word.eq_ignore_ascii_case("Direct") => Membership::Direct,
        Some(word) if word.eq_ignore_ascii_case("Group") => Membership::Group,
        Some(word) if word.eq_ignore_ascii_case("Inherited") => Membership::Inherited,
        // A plain assignment is given to the principal that it names.
        _ if is_plain => Membership::Direct,
        _ => Membership::NotTold,
    };
    let start = raw.start.or(schedule.start);
    let origin = log.origin(row);
    gathered.assignments.push(AssignmentRow {
        principal: who,
        role,
        scope: scope(&raw.directory_scope, &raw.app_scope, log),
        state,
        start: start.text().and_then(Stamp::parse),
        end,
        membership,
        origin,
    });
    Ok(())
}

fn role(
    id: &Loose<'_>,
    name: &Loose<'_>,
    beside: Option<&RawRole<'_>>,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Written {
    let mut written = id.text().map(|id| log.written(id)).unwrap_or_default();
    let beside_name = beside.and_then(|role| role.name.text());
    if let Some(name) = name.text().or(beside_name)
        && written.name.is_none()
    {
        written.name = log.text(name);
    }
    // A built-in role of this tenant may have an id of its own; its template is what everybody means.
    if let (Some(id), Some(template)) = (written.guid, beside.and_then(|role| guid(&role.template)))
        && id != template
    {
        gathered.roles.push(RoleRow {
            id,
            role: Written {
                guid: Some(template),
                name: written.name.clone(),
            },
        });
    }
    written
}

fn scope(directory: &Loose<'_>, app: &Loose<'_>, log: &mut Log) -> Scope {
    let written = directory.text().or(app.text());
    let Some(written) = written.and_then(|written| log.text(written)) else {
        return Scope::NotTold;
    };
    let unit = written
        .split_once("dministrativeUnits/")
        .map(|(_, unit)| unit);
    match unit {
        Some(unit) => Scope::AdministrativeUnit(unit.to_ascii_lowercase()),
        None if written == "/" => Scope::Tenant,
        None => Scope::Object(written.trim_start_matches('/').to_owned()),
    }
}

/// A role that was activated in the tenant, with its members.
pub(super) fn directory_role(
    raw: RawRole<'_>,
    row: Row,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), &'static str> {
    let name = raw.name.text().and_then(|name| log.text(name));
    let role = Written {
        guid: guid(&raw.template),
        name,
    };
    if role.is_empty() {
        return Err("it has neither `roleTemplateId` nor `displayName`");
    }
    if let Some(id) = guid(&raw.id) {
        gathered.roles.push(RoleRow {
            id,
            role: role.clone(),
        });
    }
    for member in raw.members.list().unwrap_or_default() {
        let who = keep(member, row.clone(), 1, gathered, log)?;
        gathered.assignments.push(AssignmentRow {
            principal: who,
            role: role.clone(),
            // Members for one administrative unit stand in a list of their own.
            scope: Scope::Tenant,
            state: AssignmentState::Active,
            start: None,
            end: Bound::NotTold,
            membership: Membership::Direct,
            origin: log.origin(row.clone()),
        });
    }
    Ok(())
}

/// A member of an administrative unit who holds a role on it.
pub(super) fn scoped_member(
    raw: RawScopedMember<'_>,
    row: Row,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), &'static str> {
    let role = raw
        .role_id
        .text()
        .map(|id| log.written(id))
        .unwrap_or_default();
    let member = raw.member.ok_or("it has no `roleMemberInfo`")?;
    let unit = raw.unit.text().and_then(|unit| log.text(unit));
    let unit = unit.ok_or("it has no `administrativeUnitId`")?;
    if role.is_empty() {
        return Err("it has no `roleId`");
    }
    let principal = principal(&member.flat(), log);
    if principal.object_id.is_none() && principal.upn.is_none() {
        return Err("its `roleMemberInfo` has no `id`");
    }
    gathered.assignments.push(AssignmentRow {
        principal,
        role,
        scope: Scope::AdministrativeUnit(unit.to_ascii_lowercase()),
        state: AssignmentState::Active,
        start: None,
        end: Bound::NotTold,
        membership: Membership::Direct,
        origin: log.origin(row),
    });
    Ok(())
}

/// A role that is defined in the tenant, built in or custom.
pub(super) fn definition(
    raw: &RawRole<'_>,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), &'static str> {
    let id = guid(&raw.id).ok_or("it has no `id`")?;
    gathered.roles.push(RoleRow {
        id,
        role: Written {
            guid: guid(&raw.template).or(Some(id)),
            name: raw.name.text().and_then(|name| log.text(name)),
        },
    });
    Ok(())
}
