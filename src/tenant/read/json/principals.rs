//! Accounts, groups and programs: raw to valid.

use super::raw::{Loose, Many, Texts};
use super::records::{RawLicense, RawOldLicense, RawPlan, RawPrincipal};
use crate::model::Guid;
use crate::tenant::read::log::Log;
use crate::tenant::read::rows::{
    AccountRow, Gathered, GroupRow, LicenseRow, PlanRow, PrincipalKind, PrincipalRow, ServiceRow,
    Written, after_prefix, user_type_of,
};
use crate::tenant::{
    LicenseState, LicenseWay, Missing, MissingAbout, MissingFact, Origin, Row, UserType,
};

/// A GUID, where the value is one.
pub(super) fn guid(value: &Loose<'_>) -> Option<Guid> {
    Guid::parse(value.text()?.trim())
}

/// What sort of principal it is, as far as its type and fields say.
pub(super) fn kind(raw: &RawPrincipal<'_>) -> Option<PrincipalKind> {
    let written = raw.odata_type.text().unwrap_or_default();
    let written = written.rsplit('.').next().unwrap_or_default();
    if written.eq_ignore_ascii_case("user") || raw.upn.text().is_some() {
        Some(PrincipalKind::Account)
    } else if written.eq_ignore_ascii_case("group") || raw.role_assignable.truth().is_some() {
        Some(PrincipalKind::Group)
    } else if written.eq_ignore_ascii_case("servicePrincipal") || raw.service_type.text().is_some()
    {
        Some(PrincipalKind::Service)
    } else if matches!(raw.licenses, Many::List(_)) || raw.user_type.is_there() {
        Some(PrincipalKind::Account)
    } else {
        None
    }
}

/// Who is meant, without what else is said of them.
pub(super) fn principal(raw: &RawPrincipal<'_>, log: &mut Log) -> PrincipalRow {
    PrincipalRow {
        object_id: guid(&raw.id),
        upn: raw.upn.text().and_then(|text| log.text(text)),
        name: raw.display_name.text().and_then(|text| log.text(text)),
        kind: kind(raw),
    }
}

/// Keeps a principal that stands in a list of its own or inside a role assignment. Gives why it cannot be kept.
///
/// `weight` says how much the list tells: a list of accounts more than what stands beside an assignment.
pub(super) fn keep(
    raw: RawPrincipal<'_>,
    row: Row,
    weight: u8,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<PrincipalRow, &'static str> {
    let raw = raw.flat();
    let who = principal(&raw, log);
    if who.object_id.is_none() && who.upn.is_none() {
        return Err(if raw.id.is_there() {
            "its `id` is no object id"
        } else {
            "it has neither an object id nor a user principal name"
        });
    }
    let origin = log.origin(row);
    match who.kind {
        Some(PrincipalKind::Account) => {
            let account = account(raw, &who, weight, origin, gathered, log);
            gathered.accounts.push(account);
        }
        Some(PrincipalKind::Group) => group(raw, &who, origin, gathered, log),
        Some(PrincipalKind::Service) => gathered.services.push(ServiceRow {
            object_id: who.object_id,
            app_id: guid(&raw.app_id),
            name: who.name.clone(),
            origin,
        }),
        None => {}
    }
    Ok(who)
}

fn group(
    raw: RawPrincipal<'_>,
    who: &PrincipalRow,
    origin: Origin,
    gathered: &mut Gathered,
    log: &mut Log,
) {
    let is_transitive = matches!(raw.transitive_members, Many::List(_));
    let members = raw.transitive_members.or(raw.members).list();
    let members = members.map(|members| {
        let mut rows = Vec::with_capacity(members.len());
        for member in members {
            rows.extend(keep(member, origin.row.clone(), 1, gathered, log));
        }
        rows
    });
    gathered.groups.push(GroupRow {
        object_id: who.object_id,
        name: who.name.clone(),
        role_assignable: raw.role_assignable.truth(),
        members,
        transitive: is_transitive,
        origin,
    });
}

/// An account that is one for sure.
pub(super) fn account(
    raw: RawPrincipal<'_>,
    who: &PrincipalRow,
    weight: u8,
    origin: Origin,
    gathered: &mut Gathered,
    log: &mut Log,
) -> AccountRow {
    let mut account = AccountRow::new(origin);
    account.object_id = who.object_id;
    account.upn.clone_from(&who.upn);
    account.display_name.clone_from(&who.name);
    account.enabled = raw
        .enabled
        .truth()
        .or_else(|| raw.blocked.truth().map(|blocked| !blocked));
    account.user_type = user_type(&raw.user_type, who.upn.as_deref());
    account.synced = raw.synced.truth();
    account.deleted = raw.deleted.text().is_some();
    account.employee_id = raw.employee_id.text().and_then(|text| log.text(text));
    account.on_premises_id = raw.on_premises_id.text().and_then(|text| log.text(text));
    account.mails = raw
        .mail
        .text()
        .and_then(|text| log.text(text))
        .into_iter()
        .collect();
    for mail in raw.other_mails.0.list().unwrap_or_default() {
        account.mails.extend(log.text(&mail.0));
    }
    account.weight = weight;
    let lost = |gathered: &mut Gathered, log: &Log| {
        gathered.missing.push(Missing {
            fact: MissingFact::DeeperParts,
            about: MissingAbout::File(log.file),
        });
    };
    match (raw.states, raw.licenses) {
        (Many::List(states), licenses)
            if !states.is_empty() || !matches!(licenses, Many::List(_)) =>
        {
            let (rows, told) = with_ways(states, licenses.list().unwrap_or_default(), log);
            account.licenses = Some(rows);
            account.switches_told = told;
        }
        (_, Many::List(licenses)) => {
            let (rows, told) = with_ways(Vec::new(), licenses, log);
            account.licenses = Some(rows);
            account.switches_told = told;
        }
        (Many::Lost, _) | (_, Many::Lost) => lost(gathered, log),
        _ => {}
    }
    if account.licenses.is_none() {
        old_licenses(raw.old_licenses, raw.is_licensed.truth(), &mut account, log);
    }
    match raw.plans {
        // Everybody without a license has an empty list, so an empty one tells nothing where licenses are held.
        Many::List(plans) => account.plans = Some(plan_rows(plans, log)),
        Many::Lost => lost(gathered, log),
        Many::Absent => {}
    }
    account
}

fn user_type(raw: &Loose<'_>, upn: Option<&str>) -> UserType {
    match raw {
        // The retired module counts: 1 member, 2 guest.
        Loose::Number(1) => UserType::Member,
        Loose::Number(2) => UserType::Guest,
        other => user_type_of(other.text().unwrap_or_default(), upn),
    }
}

/// Licenses, joined from what is assigned and how it was assigned; and whether both say what is switched off.
fn with_ways(
    states: Vec<RawLicense<'_>>,
    licenses: Vec<RawLicense<'_>>,
    log: &mut Log,
) -> (Vec<LicenseRow>, bool) {
    let mut rows: Vec<LicenseRow> = Vec::new();
    let mut told = true;
    for raw in licenses {
        let Some(words) = raw.sku_id.text() else {
            continue;
        };
        let mut row = LicenseRow::new(log.written(words));
        told &= switched_off(raw.disabled, &mut row, log);
        rows.push(row);
    }
    // The effective list comes first: what is switched off in every assignment of a SKU is switched off in it.
    let effective = rows.len();
    for raw in states {
        let Some(words) = raw.sku_id.text() else {
            continue;
        };
        let sku = log.written(words);
        let way = match raw.by_group.text() {
            Some(group) => log.text(group).map(LicenseWay::Group),
            None => raw.by_group.is_there().then_some(LicenseWay::Direct),
        };
        let state = match raw.state.text() {
            Some(state) if state.eq_ignore_ascii_case("Active") => LicenseState::Active,
            Some(state) if state.eq_ignore_ascii_case("ActiveWithError") => {
                LicenseState::ActiveWithError
            }
            Some(state) if state.eq_ignore_ascii_case("Disabled") => LicenseState::Disabled,
            Some(state) if state.eq_ignore_ascii_case("Error") => LicenseState::Error,
            _ => LicenseState::NotTold,
        };
        let error = raw.error.text().and_then(|text| log.text(text));
        let error = error.filter(|error| !error.eq_ignore_ascii_case("None"));
        let known = rows.iter().position(|row| row.sku == sku);
        let at = known.unwrap_or_else(|| {
            rows.push(LicenseRow::new(sku));
            rows.len() - 1
        });
        let Some(row) = rows.get_mut(at) else {
            continue;
        };
        row.ways.extend(way);
        // Of several ways to one license the one that works counts.
        row.state = better_state(row.state, state);
        row.error = match row.state {
            LicenseState::Active => None,
            _ => row.error.take().or(error),
        };
        if at >= effective {
            told &= switched_off(raw.disabled, row, log);
        }
    }
    for row in &mut rows {
        row.ways.shrink_to_fit();
    }
    rows.shrink_to_fit();
    (rows, told)
}

fn better_state(one: LicenseState, two: LicenseState) -> LicenseState {
    match (one, two) {
        (LicenseState::NotTold, other) | (other, LicenseState::NotTold) => other,
        (one, two) => one.min(two),
    }
}

/// Whether the list of plans that are switched off could be read.
fn switched_off(disabled: Texts<'_>, row: &mut LicenseRow, log: &mut Log) -> bool {
    match disabled.0 {
        Many::List(plans) => {
            for plan in plans {
                let plan = log.written(&plan.0);
                if !plan.is_empty() && !row.switched_off.contains(&plan) {
                    row.switched_off.push(plan);
                }
            }
            true
        }
        Many::Absent | Many::Lost => false,
    }
}

fn plan_rows(plans: Vec<RawPlan<'_>>, log: &mut Log) -> Vec<PlanRow> {
    let plans = plans.into_iter();
    plans
        .filter_map(|raw| {
            Some(PlanRow {
                plan: log.written(raw.plan_id.text()?),
                status: raw
                    .status
                    .text()
                    .and_then(|text| log.text(text))
                    .unwrap_or_default(),
            })
        })
        .collect()
}

/// The licenses of the retired module: "tenant:SKU", with every plan and its state.
fn old_licenses(
    raw: Many<RawOldLicense<'_>>,
    is_licensed: Option<bool>,
    account: &mut AccountRow,
    log: &mut Log,
) {
    let Many::List(licenses) = raw else {
        if is_licensed == Some(false) {
            account.licenses = Some(Vec::new());
            account.switches_told = true;
        }
        return;
    };
    let mut rows = Vec::new();
    account.switches_told = true;
    for license in licenses {
        let Some(words) = license.sku.text() else {
            continue;
        };
        let mut row = LicenseRow::new(log.written(after_prefix(words)));
        if row.sku.is_empty() {
            continue;
        }
        for group in license.groups.0.list().unwrap_or_default() {
            // The account's own id in this list means that the license was given directly.
            let is_itself =
                Guid::parse(group.0.trim()).is_some_and(|group| Some(group) == account.object_id);
            row.ways.push(match log.text(&group.0) {
                Some(group) if !is_itself => LicenseWay::Group(group),
                _ => LicenseWay::Direct,
            });
        }
        if row.ways.is_empty() {
            row.ways.push(LicenseWay::Direct);
        }
        match license.services.list() {
            Some(services) => {
                for service in services {
                    let is_off = service
                        .status
                        .text()
                        .is_some_and(|status| status.eq_ignore_ascii_case("Disabled"));
                    let name = service.plan.as_ref().and_then(|plan| plan.name.text());
                    if let Some(name) = name.filter(|_| is_off) {
                        row.switched_off.push(Written {
                            guid: None,
                            name: log.text(name),
                        });
                    }
                }
            }
            None => account.switches_told = false,
        }
        rows.push(row);
    }
    account.licenses = Some(rows);
}
