//! Shapes that several JSON answers share. They are the contract, and apart from the model so that the model may change.

use super::words::{held, written};
use crate::dataset::KnowledgeBase;
use crate::graph::{AsOf, Status};
use crate::model::{
    Boundary, ClaimId, Condition, Edge, Named, Period, Requirement, RolePattern, SourceId, Subject,
    Test,
};
use crate::search::ThingKind;
use serde::Serialize;

/// A thing, by kind, id and name today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThingShape {
    /// `role`, `task`, `feature`, `sku`, `plan`, `area` or `everything`.
    pub kind: &'static str,
    /// The written id.
    pub id: String,
    /// Its name today.
    pub name: String,
}

impl ThingShape {
    /// The shape of a thing.
    pub fn of(knowledge: &KnowledgeBase, thing: Named) -> Self {
        Self {
            kind: ThingKind::of(thing).word(),
            id: written(knowledge, thing),
            name: knowledge.name(thing).to_owned(),
        }
    }

    /// The shape of what a claim speaks about.
    pub fn of_subject(knowledge: &KnowledgeBase, subject: Subject) -> Self {
        match subject {
            Subject::Task(task) => Self::of(knowledge, Named::Task(task)),
            Subject::Feature(feature) => Self::of(knowledge, Named::Feature(feature)),
            Subject::Area(area) => Self {
                kind: "area",
                id: knowledge.areas[area].id.to_string(),
                name: knowledge.areas[area].name.to_string(),
            },
            Subject::Everything => Self {
                kind: "everything",
                id: "everything".to_owned(),
                name: "every task".to_owned(),
            },
        }
    }
}

/// A period, its ends as written in the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PeriodShape {
    /// Where it begins.
    pub from: Option<String>,
    /// Where it ends.
    pub until: Option<String>,
}

impl PeriodShape {
    /// The shape of a period.
    pub fn of(period: &Period) -> Self {
        Self {
            from: period.from.as_ref().map(Boundary::to_string),
            until: period.until.as_ref().map(Boundary::to_string),
        }
    }
}

/// A day, or an edge of an imprecise date.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EdgeShape {
    /// The day, where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The imprecise date as written, where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// At which end of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<&'static str>,
}

impl EdgeShape {
    /// The shape of an edge.
    pub fn of(edge: &Edge) -> Self {
        let within = |boundary: &Boundary, edge| Self {
            within: Some(boundary.to_string()),
            edge: Some(edge),
            on: None,
        };
        match edge {
            Edge::On(day) => Self {
                on: Some(day.to_string()),
                ..Self::default()
            },
            Edge::Earliest(boundary) => within(boundary, "earliest"),
            Edge::Latest(boundary) => within(boundary, "latest"),
        }
    }
}

/// How a claim stands on the day asked about, as known on the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusShape {
    /// `in-force`, `unattested`, `perhaps`, `not-begun`, `ended`, `followed`, `superseded`, `not-known`, `withdrawn` or
    /// `replaced`.
    pub status: &'static str,
    /// The claim that took its place.
    pub by: Option<String>,
}

impl StatusShape {
    /// The shape of a status.
    pub fn of(knowledge: &KnowledgeBase, status: Status) -> Self {
        Self {
            status: status.word(),
            by: status
                .by()
                .map(|claim| knowledge.claims[claim].id.to_string()),
        }
    }
}

/// What has to be held or done, as in the data: `"nothing"`, `{"plan": "AAD_PREMIUM_P2"}`, `{"any": [...]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RequirementShape {
    /// No license.
    Nothing,
    /// A license that nobody names.
    Unnamed,
    /// A plan, or one that covers it.
    Plan(String),
    /// A SKU.
    Sku(String),
    /// Whatever grants the feature.
    Feature(String),
    /// A thing to do.
    Given(String),
    /// One of them.
    Any(Vec<Self>),
    /// All of them.
    All(Vec<Self>),
}

impl RequirementShape {
    /// The shape of a requirement.
    pub fn of(knowledge: &KnowledgeBase, requirement: &Requirement) -> Self {
        let all =
            |parts: &[Requirement]| parts.iter().map(|part| Self::of(knowledge, part)).collect();
        match requirement {
            Requirement::Nothing => Self::Nothing,
            Requirement::Unnamed => Self::Unnamed,
            Requirement::Plan(plan) => Self::Plan(knowledge.plans[*plan].id.to_string()),
            Requirement::Sku(sku) => Self::Sku(knowledge.skus[*sku].id.to_string()),
            Requirement::Feature(feature) => {
                Self::Feature(knowledge.features[*feature].id.to_string())
            }
            Requirement::Given(given) => Self::Given(knowledge.givens[*given].id.to_string()),
            Requirement::Any(parts) => Self::Any(all(parts)),
            Requirement::All(parts) => Self::All(all(parts)),
        }
    }
}

/// When a claim applies, as in the data: `{"given": "tenant.created", "before": "2021-07"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ConditionShape {
    /// A given compares as tested.
    Given {
        /// The given.
        given: String,
        /// The comparison.
        #[serde(flatten)]
        test: TestShape,
    },
    /// The account holds a plan or a SKU: `plan:ID` or `sku:ID`.
    Holds {
        /// The plan or SKU, with its kind before a colon.
        holds: String,
    },
    /// The role asked about is one of these, or of an authority, written with a colon at its end.
    Role {
        /// The roles.
        role: Vec<String>,
    },
    /// All hold.
    All {
        /// The parts.
        all: Vec<Self>,
    },
    /// One holds.
    Any {
        /// The parts.
        any: Vec<Self>,
    },
    /// It does not hold.
    Not {
        /// The part.
        not: Box<Self>,
    },
}

/// A comparison with the value of a given; every value is a string as a person would type it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestShape {
    /// Equal.
    Is(String),
    /// Before this boundary.
    Before(String),
    /// On or after this boundary.
    OnOrAfter(String),
    /// Not below.
    AtLeast(u64),
    /// One of these words.
    OneOf(Vec<String>),
}

impl ConditionShape {
    /// The shape of a condition.
    pub fn of(knowledge: &KnowledgeBase, condition: &Condition) -> Self {
        let all =
            |parts: &[Condition]| parts.iter().map(|part| Self::of(knowledge, part)).collect();
        match condition {
            Condition::Given { given, test } => Self::Given {
                given: knowledge.givens[*given].id.to_string(),
                test: match test {
                    Test::Is(value) => TestShape::Is(value.to_string()),
                    Test::Before(boundary) => TestShape::Before(boundary.to_string()),
                    Test::OnOrAfter(boundary) => TestShape::OnOrAfter(boundary.to_string()),
                    Test::AtLeast(count) => TestShape::AtLeast(*count),
                    Test::OneOf(words) => {
                        TestShape::OneOf(words.iter().map(ToString::to_string).collect())
                    }
                },
            },
            Condition::Holds(thing) => Self::Holds {
                holds: knowledge.written(held(*thing)),
            },
            Condition::Role(patterns) => Self::Role {
                role: patterns
                    .iter()
                    .map(|pattern| match pattern {
                        RolePattern::Role(role) => knowledge.roles[*role].id.to_string(),
                        RolePattern::Authority(authority) => format!("{authority}:"),
                    })
                    .collect(),
            },
            Condition::All(parts) => Self::All { all: all(parts) },
            Condition::Any(parts) => Self::Any { any: all(parts) },
            Condition::Not(part) => Self::Not {
                not: Box::new(Self::of(knowledge, part)),
            },
        }
    }
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceShape {
    /// Its id.
    pub id: String,
    /// Title of the page or file.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Who published it.
    pub publisher: String,
    /// What kind of text it is.
    pub kind: &'static str,
    /// Its own date, as written.
    pub published: Option<String>,
    /// The day it was read.
    pub read: String,
    /// Anything a reader should know.
    pub note: String,
}

impl SourceShape {
    /// The shape of a source.
    pub fn of(knowledge: &KnowledgeBase, source: SourceId) -> Self {
        let record = &knowledge.sources[source];
        Self {
            id: record.id.to_string(),
            title: record.title.to_string(),
            url: record.url.to_string(),
            publisher: record.publisher.to_string(),
            kind: record.kind.word(),
            published: record.published.as_ref().map(Boundary::to_string),
            read: record.read.to_string(),
            note: record.note.to_string(),
        }
    }

    /// The sources that claims cite, each once, in the order of ids.
    pub fn cited(
        knowledge: &KnowledgeBase,
        claims: impl IntoIterator<Item = ClaimId>,
    ) -> Vec<Self> {
        let mut cited: Vec<Self> = claims
            .into_iter()
            .flat_map(|claim| &knowledge.claims[claim].evidence)
            .map(|evidence| Self::of(knowledge, evidence.source))
            .collect();
        cited.sort_by(|a, b| a.id.cmp(&b.id));
        cited.dedup();
        cited
    }
}

/// The two days that an answer is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DaysShape {
    /// The day that is asked about.
    pub on: String,
    /// The day whose knowledge counts.
    pub known: String,
}

impl DaysShape {
    /// The days of a view.
    pub fn of(as_of: &AsOf) -> Self {
        Self {
            on: as_of.on().to_string(),
            known: as_of.known().to_string(),
        }
    }

    /// The days in words, for headings: "on 2020-06-15, as known on 2020-07-01".
    pub fn spoken(&self) -> String {
        format!("on {}, as known on {}", self.on, self.known)
    }
}
