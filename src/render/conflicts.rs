//! The contradictions in the data, each a decision that somebody made.

use super::claim::claim_item;
use super::claim_shape::ClaimShape;
use super::page::Page;
use super::shape::{DaysShape, SourceShape};
use super::thing::source_item;
use super::{View, words};
use crate::graph::AsOf;
use crate::model::{Aspect, ClaimId, ClaimKind};
use serde::Serialize;

/// Declared disputes, both sides of each.
pub struct ConflictsView<'a> {
    /// The two days, which say how each side stands.
    pub as_of: AsOf<'a>,
    /// What the list was narrowed to, cleaned; empty for all.
    pub filter: String,
    /// The disputes.
    pub pairs: Vec<(ClaimId, ClaimId)>,
    /// How many there are in all.
    pub total: usize,
}

/// `licit.conflicts/1`
#[derive(Serialize)]
pub struct ConflictsShape {
    #[serde(flatten)]
    days: DaysShape,
    filter: Option<String>,
    total: usize,
    conflicts: Vec<ConflictShape>,
    sources: Vec<SourceShape>,
}

#[derive(Serialize)]
struct ConflictShape {
    kind: &'static str,
    aspects: Vec<&'static str>,
    claims: [ClaimShape; 2],
}

impl ConflictsView<'_> {
    /// Aspects that both claims speak about.
    fn aspects(&self, first: ClaimId, second: ClaimId) -> Vec<&'static str> {
        let of = |claim: ClaimId| match &self.as_of.knowledge().claims[claim].kind {
            ClaimKind::Requirement { aspects, .. } => aspects.as_slice(),
            _ => &[],
        };
        let shared = of(first)
            .iter()
            .filter(|aspect| of(second).contains(aspect));
        shared.copied().map(Aspect::word).collect()
    }

    fn sources(&self) -> Vec<SourceShape> {
        let claims = self
            .pairs
            .iter()
            .flat_map(|(first, second)| [*first, *second]);
        SourceShape::cited(self.as_of.knowledge(), claims)
    }
}

impl View for ConflictsView<'_> {
    const SCHEMA: &'static str = "licit.conflicts/1";
    type Shape = ConflictsShape;

    fn shape(&self) -> ConflictsShape {
        let knowledge = self.as_of.knowledge();
        let conflict = |(first, second): &(ClaimId, ClaimId)| ConflictShape {
            kind: knowledge.claims[*first].kind.name().word(),
            aspects: self.aspects(*first, *second),
            claims: [*first, *second].map(|claim| ClaimShape::of(&self.as_of, claim)),
        };
        ConflictsShape {
            days: DaysShape::of(&self.as_of),
            filter: (!self.filter.is_empty()).then(|| self.filter.clone()),
            total: self.total,
            conflicts: self.pairs.iter().map(conflict).collect(),
            sources: self.sources(),
        }
    }

    fn page(&self) -> Page {
        let knowledge = self.as_of.knowledge();
        let found = words::count(self.pairs.len(), "declared conflict", "declared conflicts");
        let mut page = Page::new(if self.filter.is_empty() {
            found
        } else {
            format!("{found} of {} about \"{}\"", self.total, self.filter)
        });
        page.paragraph(format!(
            "Both sides are kept, and none is taken for true. Told {}:",
            DaysShape::of(&self.as_of).spoken()
        ));
        for (place, (first, second)) in self.pairs.iter().enumerate() {
            let kind = knowledge.claims[*first].kind.name();
            let aspects = self.aspects(*first, *second);
            let about = if aspects.is_empty() {
                String::new()
            } else {
                format!(" ({})", aspects.join(", "))
            };
            page.heading(format!("{}. {kind}{about}", place + 1));
            page.items(vec![
                claim_item(&self.as_of, *first),
                claim_item(&self.as_of, *second),
            ]);
        }
        let sources = self.sources();
        if !sources.is_empty() {
            page.heading("Sources");
            page.items(sources.iter().map(source_item).collect());
        }
        page
    }
}
