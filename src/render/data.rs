//! What the data holds: versions, counts, coverage.

use super::View;
use super::page::{Line, Page};
use crate::dataset::{KnowledgeBase, Topic, areas_of, claims_about, disputes};
use crate::model::{Claim, ClaimKind, ClaimKindName, Named};
use serde::Serialize;
use std::collections::BTreeMap;

/// A knowledge base to be counted.
pub struct DataView<'a> {
    /// The knowledge base.
    pub knowledge: &'a KnowledgeBase,
    /// How many scenarios guard it, where they were read.
    pub scenarios: usize,
}

/// `licit.data/1`
#[derive(Serialize)]
pub struct DataShape {
    reviewed: String,
    newest_source: Option<String>,
    counts: CountsShape,
    by_area: BTreeMap<String, BTreeMap<&'static str, usize>>,
    coverage: CoverageShape,
}

/// How many records there are of each kind.
#[derive(Serialize)]
struct CountsShape {
    requirement: usize,
    lifecycle: usize,
    permission: usize,
    price: usize,
    prerequisite: usize,
    limit: usize,
    exclusion: usize,
    inclusion: usize,
    grant: usize,
    cover: usize,
    name: usize,
    sale: usize,
    sku: usize,
    plan: usize,
    /// Entra roles.
    role: usize,
    /// Roles of every other authority.
    workload_role: usize,
    feature: usize,
    task: usize,
    source: usize,
    given: usize,
    area: usize,
    /// Declared disputes.
    dispute: usize,
    /// Claims with a date of their own for when they bind.
    dated: usize,
    scenario: usize,
}

/// How much of what could be covered is.
#[derive(Serialize)]
struct CoverageShape {
    /// Roles that a claim names or that have a task to ask about.
    role: ShareShape,
    /// Features that a plan or SKU is said to grant.
    feature: ShareShape,
    /// SKUs with a price.
    sku: ShareShape,
}

#[derive(Serialize)]
struct ShareShape {
    covered: usize,
    of: usize,
}

impl DataView<'_> {
    fn claims(&self, keep: impl Fn(&Claim) -> bool) -> usize {
        let knowledge = self.knowledge;
        let claims = knowledge.claims.iter();
        claims
            .filter(|(id, claim)| knowledge.has(*id) && keep(claim))
            .count()
    }

    fn by_area(&self) -> BTreeMap<String, BTreeMap<&'static str, usize>> {
        let knowledge = self.knowledge;
        let mut by_area: BTreeMap<String, BTreeMap<&'static str, usize>> = BTreeMap::new();
        let mut count = |area, word| {
            let area = knowledge.areas[area].id.to_string();
            *by_area.entry(area).or_default().entry(word).or_default() += 1;
        };
        for (_, feature) in knowledge.features.iter() {
            count(feature.area, "feature");
        }
        for (_, task) in knowledge.tasks.iter() {
            count(task.area, "task");
        }
        for (id, claim) in knowledge.claims.iter().filter(|(id, _)| knowledge.has(*id)) {
            for area in areas_of(knowledge, id) {
                count(area, claim.kind.name().word());
            }
        }
        by_area
    }

    fn coverage(&self) -> CoverageShape {
        let knowledge = self.knowledge;
        let roles = knowledge.roles.iter().filter(|(id, role)| {
            let says = claims_about(knowledge, Named::Role(*id));
            let mut says = says.into_iter().map(|claim| &knowledge.claims[claim].kind);
            !role.core.is_empty()
                || !role.further.is_empty()
                || says.any(|kind| !matches!(kind, ClaimKind::Name { .. }))
        });
        let features = knowledge.features.iter();
        let skus = knowledge.skus.iter();
        CoverageShape {
            role: ShareShape {
                covered: roles.count(),
                of: knowledge.roles.len(),
            },
            feature: ShareShape {
                covered: features
                    .filter(|(id, _)| !knowledge.about(Topic::GrantsOf(*id)).is_empty())
                    .count(),
                of: knowledge.features.len(),
            },
            sku: ShareShape {
                covered: skus
                    .filter(|(id, _)| !knowledge.about(Topic::PricesOf(*id)).is_empty())
                    .count(),
                of: knowledge.skus.len(),
            },
        }
    }

    fn counts(&self) -> CountsShape {
        let knowledge = self.knowledge;
        let of = |kind: ClaimKindName| self.claims(|claim| claim.kind.name() == kind);
        let entra = |authority: &str| authority == "entra";
        let roles = knowledge.roles.iter();
        let role = roles.filter(|(_, role)| entra(&role.authority)).count();
        CountsShape {
            requirement: of(ClaimKindName::Requirement),
            lifecycle: of(ClaimKindName::Lifecycle),
            permission: of(ClaimKindName::Permission),
            price: of(ClaimKindName::Price),
            prerequisite: of(ClaimKindName::Prerequisite),
            limit: of(ClaimKindName::Limit),
            exclusion: of(ClaimKindName::Exclusion),
            inclusion: of(ClaimKindName::Inclusion),
            grant: of(ClaimKindName::Grant),
            cover: of(ClaimKindName::Cover),
            name: of(ClaimKindName::Name),
            sale: of(ClaimKindName::Sale),
            sku: knowledge.skus.len(),
            plan: knowledge.plans.len(),
            role,
            workload_role: knowledge.roles.len() - role,
            feature: knowledge.features.len(),
            task: knowledge.tasks.len(),
            source: knowledge.sources.len(),
            given: knowledge.givens.len(),
            area: knowledge.areas.len(),
            dispute: disputes(knowledge).len(),
            dated: self.claims(is_dated),
            scenario: self.scenarios,
        }
    }
}

/// Whether a claim says of itself when it binds; "unknown" says nothing.
fn is_dated(claim: &Claim) -> bool {
    let ends = [&claim.effective.from, &claim.effective.until];
    let mut stated = ends.into_iter().flatten();
    stated.any(|boundary| boundary.earliest().or(boundary.latest()).is_some())
}

impl View for DataView<'_> {
    const SCHEMA: &'static str = "licit.data/1";
    type Shape = DataShape;

    fn shape(&self) -> DataShape {
        let knowledge = self.knowledge;
        let read = knowledge.sources.iter().map(|(_, source)| source.read);
        DataShape {
            reviewed: knowledge.meta.reviewed.to_string(),
            newest_source: read.max().map(|day| day.to_string()),
            counts: self.counts(),
            by_area: self.by_area(),
            coverage: self.coverage(),
        }
    }

    fn page(&self) -> Page {
        let knowledge = self.knowledge;
        let shape = self.shape();
        let counts = &shape.counts;
        let mut page = Page::new(format!("Data {}", knowledge.meta.version));
        page.facts(vec![
            ("reviewed", Line::from(shape.reviewed)),
            (
                "newest source read",
                Line::from(shape.newest_source.unwrap_or_else(|| "none".to_owned())),
            ),
        ]);
        let fact = |(label, number): (&'static str, usize)| (label, Line::from(number.to_string()));
        page.heading("Claims");
        let claims = [
            ("requirements", counts.requirement),
            ("lifecycle states", counts.lifecycle),
            ("permissions", counts.permission),
            ("inclusions of a plan in a SKU", counts.inclusion),
            ("grants of a feature", counts.grant),
            ("covers of a plan by a higher one", counts.cover),
            ("dated names", counts.name),
            ("prices", counts.price),
            ("prerequisites", counts.prerequisite),
            ("exclusions", counts.exclusion),
            ("limits", counts.limit),
            ("sale windows", counts.sale),
            ("of all these with a date of their own", counts.dated),
            ("declared disputes between them", counts.dispute),
        ];
        page.facts(claims.into_iter().map(fact).collect());
        page.heading("What they are about");
        let things = [
            ("Entra roles", counts.role),
            ("roles of other authorities", counts.workload_role),
            ("features", counts.feature),
            ("tasks", counts.task),
            ("SKUs", counts.sku),
            ("service plans", counts.plan),
            ("givens", counts.given),
            ("sources", counts.source),
            ("areas", counts.area),
            ("scenarios read", counts.scenario),
        ];
        page.facts(things.into_iter().map(fact).collect());
        page.heading("Coverage");
        let share = |label, share: &ShareShape| {
            (
                label,
                Line::from(format!("{} of {}", share.covered, share.of)),
            )
        };
        page.facts(vec![
            share("roles with a claim or a task", &shape.coverage.role),
            share("features with a grant", &shape.coverage.feature),
            share("SKUs with a price", &shape.coverage.sku),
        ]);
        let area_row = |(area, counts): (&String, &BTreeMap<&'static str, usize>)| {
            let counts: Vec<String> = counts
                .iter()
                .map(|(word, number)| format!("{number} {word}"))
                .collect();
            vec![Line::new().code(area), Line::from(counts.join(", "))]
        };
        page.heading("By area");
        page.table(
            &["area", "records"],
            shape.by_area.iter().map(area_row).collect(),
        );
        page
    }
}
