//! Whom and what statements are about: areas, features, tasks and roles.

use super::words::words;
use super::{AreaId, FeatureId, Guid, TaskId, Text};
use serde::{Deserialize, Serialize};

/// A product area, the way a licensing person divides the field: one folder of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Area {
    /// Permanent id, for example `intune`.
    pub id: Text,
    /// Name for people.
    pub name: Text,
}

/// Something that a license grants, for example Safe Links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Feature {
    /// Permanent id, for example `safe-links`.
    pub id: Text,
    /// Name today; former names are claims of the kind `name`.
    pub name: Text,
    /// The area it belongs to.
    pub area: AreaId,
    /// The task that asking for the feature asks about.
    pub default_task: Option<TaskId>,
    /// Further words that people use for it; never shown as its name.
    pub aliases: Vec<Text>,
    /// One sentence in our own words.
    pub summary: Text,
}

/// What a person does or is with regard to a role or a feature. Requirements are made about tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Task {
    /// Permanent id, for example `pim.approve`.
    pub id: Text,
    /// What the person does or is, for example "Approve activation requests".
    pub name: Text,
    /// The feature it is about, if it is about one.
    pub feature: Option<FeatureId>,
    /// The area it belongs to: that of its feature, or its own.
    pub area: AreaId,
    /// Further words that people use for it.
    pub aliases: Vec<Text>,
    /// One sentence in our own words.
    pub summary: Text,
}

/// An admin role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Role {
    /// Permanent id; with an authority before a colon for workload roles, for example `exchange:organization-management`.
    pub id: Text,
    /// Name today; former names are claims of the kind `name`.
    pub name: Text,
    /// Who defines it: `entra`, `intune`, `exchange`, `purview`, `power-platform`, ...
    pub authority: Text,
    /// The role template id of an Entra role.
    pub template: Option<Guid>,
    /// Whether the vendor marks it as privileged.
    pub privileged: bool,
    /// Further words that people use for it.
    pub aliases: Vec<Text>,
    /// The tasks asked about with the role.
    pub core: Vec<TaskId>,
    /// Tasks that the answer only mentions.
    pub further: Vec<Further>,
    /// One sentence in our own words.
    pub summary: Text,
}

/// A task that some holders of a role also do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Further {
    /// The task.
    pub task: TaskId,
    /// Completes "if this admin also ...", for example "connects TeamViewer".
    pub also: Text,
}

/// What a requirement or a limit speaks about, from the most specific to the most general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// One task.
    Task(TaskId),
    /// Every task of a feature.
    Feature(FeatureId),
    /// Every task of an area.
    Area(AreaId),
    /// Every task there is.
    Everything,
}

words! {
    /// The four questions inside "needs a license".
    Aspect {
        /// What the contract or the licensing guidance asks for. Decides the verdict.
        Terms = "terms",
        /// What the service refuses without it. Decides the verdict.
        Works = "works",
        /// Where the license must sit. Decides only whether a need is satisfied.
        Assigned = "assigned",
        /// What the tenant must have before the service runs at all. Decides only whether a need is satisfied.
        Owned = "owned",
    }
}

words! {
    /// Where a license sits, from the strictest place to the widest.
    Place {
        /// On this account.
        Account = "account",
        /// On any account of the same person.
        Person = "person",
        /// Anywhere in the tenant: owning enough seats is enough.
        Tenant = "tenant",
    }
}
