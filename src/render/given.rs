//! One given: what only the asker knows, and where it matters.

use super::View;
use super::page::{Line, Page};
use super::record::{CitingShape, claims_where, list_claims};
use crate::dataset::KnowledgeBase;
use crate::model::{
    ClaimId, ClaimKind, Condition, Demand, GivenId, GivenKind, LimitOf, Requirement,
};
use serde::Serialize;

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
                if let Demand::Requires(requires) = demand {
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
