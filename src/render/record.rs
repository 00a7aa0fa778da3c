//! One claim or source.

use super::View;
use super::claim::{claim_item, disputing};
use super::claim_shape::ClaimShape;
use super::page::{Item, Line, Page};
use super::shape::{DaysShape, SourceShape};
use super::statement::statement;
use super::thing::source_item;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::AsOf;
use crate::model::{ClaimId, SourceId};
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

/// A claim in short.
#[derive(Serialize)]
pub struct CitingShape {
    id: String,
    kind: &'static str,
    statement: String,
}

impl CitingShape {
    /// The shape of a claim.
    pub(super) fn of(knowledge: &KnowledgeBase, claim: ClaimId) -> Self {
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
pub(super) fn claims_where(
    knowledge: &KnowledgeBase,
    keep: impl Fn(ClaimId) -> bool,
) -> Vec<CitingShape> {
    knowledge
        .claims
        .iter()
        .filter(|(id, _)| knowledge.has(*id) && keep(*id))
        .map(|(id, _)| CitingShape::of(knowledge, id))
        .collect()
}

/// Adds claims under a heading; without any, nothing.
pub(super) fn list_claims(page: &mut Page, heading: &str, claims: &[CitingShape]) {
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
