//! A claim with its evidence, as a point of a page.

use super::page::{Item, Line};
use super::statement::statement;
use super::words;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::AsOf;
use crate::model::ClaimId;

/// The claims that dispute one, whichever side declared it, in the order of written ids.
pub(super) fn disputing(knowledge: &KnowledgeBase, id: ClaimId) -> Vec<ClaimId> {
    let declared = knowledge.claims[id]
        .disputes
        .iter()
        .filter(|other| knowledge.has(**other));
    let declaring = knowledge
        .about(Topic::RelationsTo(id))
        .iter()
        .filter(|other| knowledge.claims[**other].disputes.contains(&id));
    let mut all: Vec<ClaimId> = declared.chain(declaring).copied().collect();
    all.sort_by(|a, b| knowledge.claims[*a].id.cmp(&knowledge.claims[*b].id));
    all.dedup();
    all
}

/// A claim as a point: what it states, and below it where it comes from.
pub fn claim_item(as_of: &AsOf, id: ClaimId) -> Item {
    let knowledge = as_of.knowledge();
    let claim = &knowledge.claims[id];
    let mut facts = format!(
        " ({}, {}, {}",
        claim.kind.name(),
        claim.standing,
        words::status(knowledge, as_of.status(id))
    );
    if let Some(known) = words::period(&claim.known) {
        facts.push_str(&format!("; known {known}"));
    }
    facts.push(')');
    let mut details = vec![Line::from(statement(knowledge, claim))];
    if !claim.note.is_empty() {
        details.push(Line::from(claim.note.as_str()));
    }
    let ids = |claims: &[ClaimId]| {
        let ids: Vec<String> = claims
            .iter()
            .map(|id| knowledge.claims[*id].id.to_string())
            .collect();
        words::list(&ids, "and")
    };
    for (verb, claims) in [
        ("Supersedes", &claim.supersedes),
        ("Replaces", &claim.replaces),
        ("Disputed by", &disputing(knowledge, id)),
    ] {
        if !claims.is_empty() {
            details.push(Line::from(format!("{verb} ")).code(ids(claims)));
        }
    }
    for evidence in &claim.evidence {
        let source = &knowledge.sources[evidence.source];
        let mut line = Line::new()
            .plain(format!("{}: {} ", source.publisher, evidence.says))
            .plain("(")
            .code(source.id.as_str());
        if let Some(published) = &source.published {
            line = line.plain(format!(", {published}"));
        }
        if evidence.second_hand {
            line = line.plain(", read second-hand");
        }
        if let Some(gone) = &evidence.gone {
            line = line.plain(format!(", gone from the page {}", words::from(gone)));
        }
        details.push(line.plain(")"));
    }
    Item {
        line: Line::new().code(claim.id.as_str()).faint(facts),
        details,
    }
}
