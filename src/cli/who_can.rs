//! `licit who-can`: the roles able to do a task.

use super::Environment;
use super::flags::{ViewFlags, answer};
use super::names::one_thing;
use super::outcome::{Failure, Outcome, Problems};
use crate::dataset::Topic;
use crate::graph::AsOf;
use crate::model::{Boundary, ClaimId, ClaimKind, Named, RoleId, TaskId};
use crate::render::{AbleRole, WhoCanView};
use crate::search::ThingKind;
use clap::Args;
use std::collections::BTreeMap;

/// The arguments of `licit who-can`, as typed.
#[derive(Debug, Args)]
pub(super) struct WhoCanArguments {
    /// A task, by name or id
    #[arg(value_name = "TASK", required = true)]
    task: Vec<String>,
    #[command(flatten)]
    view: ViewFlags,
}

/// Shows the roles that permissions in force name, the least privileged first.
pub(super) fn run(
    arguments: &WhoCanArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let frame = arguments.view.read(environment, &mut problems);
    let knowledge = arguments.view.data.load(environment, &mut problems)?;
    let mut notes = Vec::new();
    let words = arguments.task.join(" ");
    let thing = one_thing(&knowledge, &words, &[ThingKind::Task], &mut notes);
    let (Some(frame), Some(Named::Task(task))) = (frame, problems.take(thing)) else {
        return Err(problems.into());
    };
    let as_of = frame.as_of(&knowledge);
    let claims = permitting(&as_of, task);
    let view = WhoCanView {
        as_of,
        task,
        roles: able(&as_of, &claims),
        claims,
    };
    Ok(Outcome::answered(
        answer(&view, &knowledge, frame.format)?,
        &notes,
    ))
}

/// Permissions for a task that bind, or may.
fn permitting(as_of: &AsOf, task: TaskId) -> Vec<ClaimId> {
    let all = as_of.knowledge().about(Topic::Permissions(task)).iter();
    all.copied()
        .filter(|claim| as_of.status(*claim).may_hold())
        .collect()
}

/// The roles that the permissions name together, the least privileged first, then by id.
fn able(as_of: &AsOf, claims: &[ClaimId]) -> Vec<AbleRole> {
    let knowledge = as_of.knowledge();
    let mut roles: BTreeMap<RoleId, AbleRole> = BTreeMap::new();
    for id in claims {
        let claim = &knowledge.claims[*id];
        let ClaimKind::Permission {
            roles: named,
            least,
            ..
        } = &claim.kind
        else {
            continue;
        };
        for role in named {
            let status = as_of.status(*id);
            let since = claim.effective.from.clone();
            let able = roles.entry(*role).or_insert_with(|| AbleRole {
                role: *role,
                least: false,
                status,
                since: since.clone(),
                claims: Vec::new(),
            });
            able.least |= *least == Some(*role);
            able.status = able.status.min(status);
            if begins(&since) < begins(&able.since) {
                able.since = since;
            }
            able.claims.push(*id);
        }
    }
    let mut roles: Vec<AbleRole> = roles.into_values().collect();
    roles.sort_by_cached_key(|able| (!able.least, knowledge.roles[able.role].id.to_string()));
    roles
}

/// The last day by which it has begun, for finding the oldest; a period without one is never the oldest.
fn begins(since: &Option<Boundary>) -> (bool, Option<crate::model::Day>) {
    let day = since
        .as_ref()
        .and_then(|since| since.latest().or(since.earliest()));
    (day.is_none(), day)
}
