//! Rows that give somebody a role.

use super::columns::Column;
use super::{Cells, Fault, text};
use crate::model::Guid;
use crate::tenant::read::log::Log;
use crate::tenant::read::rows::{AssignmentRow, Gathered, PrincipalKind, PrincipalRow, Written};
use crate::tenant::stamp::DayOrder;
use crate::tenant::{AssignmentState, Bound, Membership, NoteKind, ReadAs, Row, Scope, Stamp};

/// Words for an assignment without an end.
const PERMANENT: &[&str] = &[
    "Permanent",
    "Never",
    "-",
    "Dauerhaft",
    "Permanente",
    "No end",
];

pub(super) fn assignment(
    cells: &Cells<'_>,
    row: Row,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), Fault> {
    let principal = principal(cells, log).ok_or_else(|| {
        let why = "nobody holds the role of this row".to_owned();
        (
            why,
            "export the table with the column of user principal names or object ids",
        )
    })?;
    let mut role = Written {
        guid: cells.get(Column::RoleId).and_then(Guid::parse),
        name: cells.get(Column::Role).and_then(|name| text(name, log)),
    };
    if role.guid.is_none()
        && let Some(guid) = role.name.as_deref().and_then(Guid::parse)
    {
        role = Written::of_guid(guid);
    }
    if role.is_empty() {
        let why = "it names no role".to_owned();
        return Err((why, "export the table with the column of role names"));
    }
    let state = state(cells, log);
    let (start, _) = moment(cells, Column::Start, log);
    let (end, told) = moment(cells, Column::End, log);
    let end = match (end, told) {
        (Some(end), _) => Bound::Until(end),
        (None, Told::Never) => Bound::Permanent,
        // A list of instances leaves the end empty where there is none.
        (None, Told::Empty) if cells.has(Column::RoleId) => Bound::Permanent,
        (None, _) => Bound::NotTold,
    };
    let origin = log.origin(row);
    gathered.assignments.push(AssignmentRow {
        principal,
        role,
        scope: scope(cells, log),
        state,
        start,
        end,
        membership: match cells.get(Column::MemberType) {
            Some(word) if word.eq_ignore_ascii_case("Direct") => Membership::Direct,
            Some(word) if word.eq_ignore_ascii_case("Group") => Membership::Group,
            Some(word) if word.eq_ignore_ascii_case("Inherited") => Membership::Inherited,
            _ => Membership::NotTold,
        },
        origin,
    });
    Ok(())
}

fn principal(cells: &Cells<'_>, log: &mut Log) -> Option<PrincipalRow> {
    let mut who = PrincipalRow {
        kind: cells.get(Column::ObjectType).and_then(kind),
        ..PrincipalRow::default()
    };
    let ids = [Column::PrincipalId, Column::ObjectId];
    who.object_id = ids
        .iter()
        .find_map(|column| Guid::parse(cells.get(*column)?));
    for column in [Column::Upn, Column::Principal, Column::DisplayName] {
        let Some(cell) = cells.get(column) else {
            continue;
        };
        if let Some(id) = Guid::parse(cell) {
            who.object_id = who.object_id.or(Some(id));
        } else if cell.contains('@') {
            who.upn = who.upn.take().or(text(cell, log));
        } else {
            who.name = who.name.take().or(text(without_id(cell), log));
        }
    }
    if who.kind.is_none() && who.upn.is_some() {
        who.kind = Some(PrincipalKind::Account);
    }
    (who.object_id.is_some() || who.upn.is_some() || who.name.is_some()).then_some(who)
}

fn kind(word: &str) -> Option<PrincipalKind> {
    let letters: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    match letters.to_ascii_lowercase().as_str() {
        "user" | "guest" | "member" | "microsoftgraphuser" => Some(PrincipalKind::Account),
        "group" | "microsoftgraphgroup" => Some(PrincipalKind::Group),
        "serviceprincipal" | "microsoftgraphserviceprincipal" | "application" => {
            Some(PrincipalKind::Service)
        }
        _ => None,
    }
}

/// The name without the id that a script put behind it in brackets.
fn without_id(cell: &str) -> &str {
    let inside = cell
        .strip_suffix(')')
        .and_then(|cell| cell.rsplit_once('('));
    match inside {
        Some((name, id)) if Guid::parse(id.trim()).is_some() => name.trim(),
        _ => cell,
    }
}

fn state(cells: &Cells<'_>, log: &mut Log) -> AssignmentState {
    let plan = cells.plan;
    match cells.get(Column::State).map(str::to_lowercase).as_deref() {
        Some("active" | "assigned" | "aktiv" | "actif" | "activo") => AssignmentState::Active,
        Some("eligible" | "berechtigt" | "éligible" | "elegible" | "idoneo") => {
            AssignmentState::Eligible
        }
        Some("activated" | "aktiviert") => AssignmentState::Activated,
        Some(_) => AssignmentState::NotTold,
        None if cells.has(Column::State) => AssignmentState::NotTold,
        None if plan.is_eligible => AssignmentState::Eligible,
        None => {
            if plan.read_as == ReadAs::RoleTable {
                log.note(NoteKind::TakenForActive, "");
            }
            AssignmentState::Active
        }
    }
}

fn scope(cells: &Cells<'_>, log: &mut Log) -> Scope {
    let cell = cells.get(Column::Scope).or(cells.get(Column::AppScope));
    let Some(written) = cell.and_then(|cell| log.text(cell)) else {
        return Scope::NotTold;
    };
    let is_whole = [
        "/",
        "Directory",
        "Organization",
        "Tenant",
        "Organisation",
        "Verzeichnis",
    ];
    if is_whole
        .iter()
        .any(|word| word.eq_ignore_ascii_case(&written))
    {
        return Scope::Tenant;
    }
    match written.split_once("dministrativeUnits/") {
        Some((_, unit)) => Scope::AdministrativeUnit(unit.to_ascii_lowercase()),
        None => Scope::Object(written.trim_start_matches('/').to_owned()),
    }
}

/// What a cell with a moment says where it gives none.
enum Told {
    Empty,
    Never,
    Unclear,
}

fn moment(cells: &Cells<'_>, column: Column, log: &mut Log) -> (Option<Stamp>, Told) {
    let Some(cell) = cells.get(column) else {
        let told = if cells.has(column) {
            Told::Empty
        } else {
            Told::Unclear
        };
        return (None, told);
    };
    if PERMANENT.iter().any(|word| word.eq_ignore_ascii_case(cell)) {
        return (None, Told::Never);
    }
    let stamp = Stamp::parse(cell).or_else(|| match cells.plan.day_order {
        Some(order) => Stamp::parse_local(cell, order),
        // The same day whichever comes first.
        None => {
            let day = Stamp::parse_local(cell, DayOrder::DayFirst);
            day.filter(|day| Stamp::parse_local(cell, DayOrder::MonthFirst) == Some(*day))
        }
    });
    if stamp.is_none() {
        log.note(NoteKind::AmbiguousDates, cell);
    }
    (stamp, Told::Unclear)
}
