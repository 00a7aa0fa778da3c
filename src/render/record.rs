//! One claim, source, given or area.

use super::View;
use super::claim::{ClaimShape, claim_item, disputing};
use super::page::{Item, Line, Page};
use super::shape::{DaysShape, SourceShape, ThingShape};
use super::statement::statement;
use super::thing::source_item;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::AsOf;
use crate::model::{
    AreaId, ClaimId, ClaimKind, Condition, GivenId, GivenKind, LimitOf, Named, Requirement,
    SourceId, Subject,
};
use serde::Serialize;

/// One claim.
pub struct ClaimView<'a> {
    /// The two days.
    pub as_of: AsOf<'a>,
    /// The claim.
    pub claim: ClaimId,
}

/// `licit.claim/1`
#[derive(Serialize)]
pub struct ClaimAnswer {
    #[serde(flatten)]
    days: DaysShape,
    claim: ClaimShape,
    superseded_by: Vec<String>,
    replaced_by: Vec<String>,
    sources: Vec<SourceShape>,
}

impl ClaimView<'_> {
    /// Claims that supersede, and that replace this one.
    fn newer(&self) -> (Vec<ClaimId>, Vec<ClaimId>) {
        let knowledge = self.as_of.knowledge();
        let related = knowledge
            .about(Topic::RelationsTo(self.claim))
            .iter()
            .copied();
        let superseding = related
            .clone()
            .filter(|newer| knowledge.claims[*newer].supersedes.contains(&self.claim));
        let replacing =
            related.filter(|newer| knowledge.claims[*newer].replaces.contains(&self.claim));
        (superseding.clone().collect(), replacing.clone().collect())
    }
}

impl View for ClaimView<'_> {
    const SCHEMA: &'static str = "licit.claim/1";
    type Shape = ClaimAnswer;

    fn shape(&self) -> ClaimAnswer {
        let knowledge = self.as_of.knowledge();
        let (superseding, replacing) = self.newer();
        let written = |claims: Vec<ClaimId>| -> Vec<String> {
            let claims = claims.into_iter();
            claims
                .map(|claim| knowledge.claims[claim].id.to_string())
                .collect()
        };
        ClaimAnswer {
            days: DaysShape::of(&self.as_of),
            claim: ClaimShape::of(&self.as_of, self.claim),
            superseded_by: written(superseding),
            replaced_by: written(replacing),
            sources: SourceShape::cited(knowledge, [self.claim]),
        }
    }

    fn page(&self) -> Page {
        let as_of = &self.as_of;
        let knowledge = as_of.knowledge();
        let mut page = Page::new(
            Line::new()
                .plain("Claim ")
                .code(knowledge.claims[self.claim].id.as_str()),
        );
        page.items(vec![claim_item(as_of, self.claim)]);
        let (superseding, replacing) = self.newer();
        for (heading, claims) in [
            ("Superseded by", superseding),
            ("Replaced by", replacing),
            ("Disputed by", disputing(knowledge, self.claim)),
        ] {
            if !claims.is_empty() {
                page.heading(heading);
                page.items(
                    claims
                        .iter()
                        .map(|claim| claim_item(as_of, *claim))
                        .collect(),
                );
            }
        }
        page.heading("Sources");
        let sources = SourceShape::cited(knowledge, [self.claim]);
        page.items(sources.iter().map(source_item).collect());
        page
    }
}

/// One source with the claims that cite it.
pub struct SourceView<'a> {
    /// Where it is cited.
    pub knowledge: &'a KnowledgeBase,
    /// The source.
    pub source: SourceId,
}

/// `licit.source/1`
#[derive(Serialize)]
pub struct SourceAnswer {
    source: SourceShape,
    claims: Vec<CitingShape>,
}

#[derive(Serialize)]
struct CitingShape {
    id: String,
    kind: &'static str,
    statement: String,
}

impl CitingShape {
    fn of(knowledge: &KnowledgeBase, claim: ClaimId) -> Self {
        let record = &knowledge.claims[claim];
        Self {
            id: record.id.to_string(),
            kind: record.kind.name().word(),
            statement: statement(knowledge, record),
        }
    }

    fn item(&self) -> Item {
        Item {
            line: Line::new()
                .code(&self.id)
                .faint(format!(" ({})", self.kind)),
            details: vec![Line::from(self.statement.as_str())],
        }
    }
}

/// The claims for which `keep` holds, in the order of written ids.
fn claims_where(knowledge: &KnowledgeBase, keep: impl Fn(ClaimId) -> bool) -> Vec<CitingShape> {
    knowledge
        .claims
        .iter()
        .filter(|(id, _)| knowledge.has(*id) && keep(*id))
        .map(|(id, _)| CitingShape::of(knowledge, id))
        .collect()
}

fn list_claims(page: &mut Page, heading: &str, claims: &[CitingShape]) {
    if !claims.is_empty() {
        page.heading(heading);
        page.items(claims.iter().map(CitingShape::item).collect());
    }
}

impl View for SourceView<'_> {
    const SCHEMA: &'static str = "licit.source/1";
    type Shape = SourceAnswer;

    fn shape(&self) -> SourceAnswer {
        let knowledge = self.knowledge;
        let cites = |claim: ClaimId| {
            let mut evidence = knowledge.claims[claim].evidence.iter();
            evidence.any(|evidence| evidence.source == self.source)
        };
        SourceAnswer {
            source: SourceShape::of(knowledge, self.source),
            claims: claims_where(knowledge, cites),
        }
    }

    fn page(&self) -> Page {
        let answer = self.shape();
        let source = answer.source;
        let mut page = Page::new(source.title);
        let mut facts = vec![
            ("kind", Line::from(format!("source, {}", source.kind))),
            ("id", Line::new().code(source.id)),
            ("publisher", Line::from(source.publisher)),
            (
                "published",
                Line::from(
                    source
                        .published
                        .unwrap_or_else(|| "no date shown".to_owned()),
                ),
            ),
            ("read", Line::from(source.read)),
            ("address", Line::new().link(source.url)),
        ];
        if !source.note.is_empty() {
            facts.push(("note", Line::from(source.note)));
        }
        page.facts(facts);
        list_claims(&mut page, "Claims that cite it", &answer.claims);
        page
    }
}

/// One given with the claims that turn on it.
pub struct GivenView<'a> {
    /// Where it is asked for.
    pub knowledge: &'a KnowledgeBase,
    /// The given.
    pub given: GivenId,
}

/// `licit.given/1`
#[derive(Serialize)]
pub struct GivenAnswer {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    values: Vec<String>,
    question: String,
    summary: String,
    claims: Vec<CitingShape>,
}

/// The word for the type of a given in the data.
pub(super) fn given_type(kind: &GivenKind) -> &'static str {
    match kind {
        GivenKind::Truth => "truth",
        GivenKind::Date => "date",
        GivenKind::Count => "count",
        GivenKind::Choice(_) => "choice",
    }
}

impl GivenView<'_> {
    /// Whether a claim asks for the given: in its condition, in what it requires, counts or limits.
    fn asks(&self, claim: ClaimId) -> bool {
        let claim = &self.knowledge.claims[claim];
        let mut asks = false;
        if let Some(when) = &claim.when {
            when.each_leaf(&mut |leaf| {
                asks |= matches!(leaf, Condition::Given { given, .. } if *given == self.given);
            });
        }
        let mut needs = |requirement: &Requirement| {
            requirement.each_leaf(&mut |leaf| {
                asks |= matches!(leaf, Requirement::Given(given) if *given == self.given);
            });
        };
        match &claim.kind {
            ClaimKind::Requirement {
                demand, counted, ..
            } => {
                if let crate::model::Demand::Requires(requires) = demand {
                    needs(requires);
                }
                let over = counted.as_ref().map(|counted| counted.over.as_slice());
                asks |= over.unwrap_or_default().contains(&self.given);
            }
            ClaimKind::Prerequisite { requires, .. } => needs(requires),
            ClaimKind::Limit {
                of: LimitOf::Given { given, .. },
                ..
            } => asks |= *given == self.given,
            _ => {}
        }
        asks
    }
}

impl View for GivenView<'_> {
    const SCHEMA: &'static str = "licit.given/1";
    type Shape = GivenAnswer;

    fn shape(&self) -> GivenAnswer {
        let knowledge = self.knowledge;
        let given = &knowledge.givens[self.given];
        GivenAnswer {
            id: given.id.to_string(),
            kind: given_type(&given.kind),
            values: match &given.kind {
                GivenKind::Choice(words) => words.iter().map(ToString::to_string).collect(),
                GivenKind::Truth | GivenKind::Date | GivenKind::Count => Vec::new(),
            },
            question: given.question.to_string(),
            summary: given.summary.to_string(),
            claims: claims_where(knowledge, |claim| self.asks(claim)),
        }
    }

    fn page(&self) -> Page {
        let given = &self.knowledge.givens[self.given];
        let answer = self.shape();
        let mut page = Page::new(answer.question);
        page.facts(vec![
            ("kind", Line::from("given")),
            ("id", Line::new().code(answer.id.as_str())),
            ("value", Line::from(given.kind.expected())),
            (
                "say it with",
                Line::new().code(format!("--given {}=VALUE", answer.id)),
            ),
        ]);
        page.paragraph(answer.summary);
        list_claims(&mut page, "Claims that turn on it", &answer.claims);
        page
    }
}

/// One area with its features and tasks.
pub struct AreaView<'a> {
    /// Where it belongs.
    pub knowledge: &'a KnowledgeBase,
    /// The area.
    pub area: AreaId,
}

/// `licit.area/1`
#[derive(Serialize)]
pub struct AreaAnswer {
    id: String,
    name: String,
    features: Vec<ThingShape>,
    tasks: Vec<ThingShape>,
    claims: Vec<CitingShape>,
}

impl View for AreaView<'_> {
    const SCHEMA: &'static str = "licit.area/1";
    type Shape = AreaAnswer;

    fn shape(&self) -> AreaAnswer {
        let knowledge = self.knowledge;
        let features = knowledge
            .features
            .iter()
            .filter(|(_, row)| row.area == self.area);
        let tasks = knowledge
            .tasks
            .iter()
            .filter(|(_, row)| row.area == self.area);
        let about = knowledge.about(Topic::Requirements(Subject::Area(self.area)));
        AreaAnswer {
            id: knowledge.areas[self.area].id.to_string(),
            name: knowledge.areas[self.area].name.to_string(),
            features: features
                .map(|(id, _)| ThingShape::of(knowledge, Named::Feature(id)))
                .collect(),
            tasks: tasks
                .map(|(id, _)| ThingShape::of(knowledge, Named::Task(id)))
                .collect(),
            claims: about
                .iter()
                .map(|claim| CitingShape::of(knowledge, *claim))
                .collect(),
        }
    }

    fn page(&self) -> Page {
        let answer = self.shape();
        let mut page = Page::new(answer.name);
        page.facts(vec![
            ("kind", Line::from("area")),
            ("id", Line::new().code(answer.id)),
        ]);
        let item = |thing: &ThingShape| Item {
            line: Line::from(format!("{} (", thing.name))
                .code(&thing.id)
                .plain(")"),
            details: Vec::new(),
        };
        for (heading, things) in [("Features", &answer.features), ("Tasks", &answer.tasks)] {
            if !things.is_empty() {
                page.heading(heading);
                page.items(things.iter().map(item).collect());
            }
        }
        list_claims(&mut page, "Claims about all of its tasks", &answer.claims);
        page
    }
}
