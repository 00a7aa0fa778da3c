//! The roles able to do a task.

use super::claim::claim_item;
use super::claim_shape::ClaimShape;
use super::page::{Item, Line, Page};
use super::shape::{DaysShape, SourceShape, StatusShape, ThingShape};
use super::thing::source_item;
use super::{View, words};
use crate::graph::{AsOf, Status};
use crate::model::{Boundary, ClaimId, Named, RoleId, TaskId};
use serde::Serialize;

/// The roles that a permission in force names.
pub struct WhoCanView<'a> {
    /// The two days.
    pub as_of: AsOf<'a>,
    /// The task.
    pub task: TaskId,
    /// The roles, the least privileged first.
    pub roles: Vec<AbleRole>,
    /// The permissions that name them, in the order of written ids.
    pub claims: Vec<ClaimId>,
}

/// A role able to do a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbleRole {
    /// The role.
    pub role: RoleId,
    /// Whether a source names it as the least privileged.
    pub least: bool,
    /// How the firmest permission that names it stands.
    pub status: Status,
    /// Since when, by the permission that began first.
    pub since: Option<Boundary>,
    /// The permissions that name it.
    pub claims: Vec<ClaimId>,
}

/// `licit.who-can/1`
#[derive(Serialize)]
pub struct WhoCanShape {
    #[serde(flatten)]
    days: DaysShape,
    task: ThingShape,
    roles: Vec<RoleShape>,
    claims: Vec<ClaimShape>,
    sources: Vec<SourceShape>,
}

#[derive(Serialize)]
struct RoleShape {
    #[serde(flatten)]
    role: ThingShape,
    least: bool,
    since: Option<String>,
    #[serde(flatten)]
    status: StatusShape,
    claims: Vec<String>,
}

impl View for WhoCanView<'_> {
    const SCHEMA: &'static str = "licit.who-can/1";
    type Shape = WhoCanShape;

    fn shape(&self) -> WhoCanShape {
        let knowledge = self.as_of.knowledge();
        let role = |able: &AbleRole| RoleShape {
            role: ThingShape::of(knowledge, Named::Role(able.role)),
            least: able.least,
            since: able.since.as_ref().map(Boundary::to_string),
            status: StatusShape::of(knowledge, able.status),
            claims: able
                .claims
                .iter()
                .map(|claim| knowledge.claims[*claim].id.to_string())
                .collect(),
        };
        WhoCanShape {
            days: DaysShape::of(&self.as_of),
            task: ThingShape::of(knowledge, Named::Task(self.task)),
            roles: self.roles.iter().map(role).collect(),
            claims: self
                .claims
                .iter()
                .map(|claim| ClaimShape::of(&self.as_of, *claim))
                .collect(),
            sources: SourceShape::cited(knowledge, self.claims.iter().copied()),
        }
    }

    fn page(&self) -> Page {
        let knowledge = self.as_of.knowledge();
        let task = &knowledge.tasks[self.task];
        let mut page = Page::new(
            Line::from(format!("Who can: {} (", task.name))
                .code(task.id.as_str())
                .plain(")"),
        );
        let days = DaysShape::of(&self.as_of).spoken();
        if self.roles.is_empty() {
            page.paragraph(format!(
                "No source that was known names a role able to do it {days}. That is not stated; it does not mean nobody can."
            ));
        } else {
            page.paragraph(format!("As far as the sources name them, {days}:"));
        }
        let item = |able: &AbleRole| {
            let role = &knowledge.roles[able.role];
            let mut line = Line::new()
                .strong(role.name.as_str())
                .plain(" (")
                .code(role.id.as_str())
                .plain(")");
            if let Some(since) = &able.since {
                line = line.plain(format!(", {}", words::from(since)));
            }
            if able.least {
                line = line.plain("; the least privileged");
            }
            if able.status != Status::InForce {
                line = line.plain(format!("; {}", words::status(knowledge, able.status)));
            }
            Item {
                line,
                details: Vec::new(),
            }
        };
        page.items(self.roles.iter().map(item).collect());
        if !self.claims.is_empty() {
            page.heading("Who says so");
            let items = self
                .claims
                .iter()
                .map(|claim| claim_item(&self.as_of, *claim));
            page.items(items.collect());
            page.heading("Sources");
            let sources = SourceShape::cited(knowledge, self.claims.iter().copied());
            page.items(sources.iter().map(source_item).collect());
        }
        page
    }
}
