//! The JSON contract of a comparison.

use super::answer_shape::PriceRowShape;
use super::basket_json::priced_by;
use super::shape::{RequirementShape, SourceShape, ThingShape};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Caution, ClaimId, ComparedRow, ComparedSet, Comparison, Named, Question, SeatPrice, SkuId,
    Spread,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// `licit.compare/1`
#[derive(Serialize)]
pub struct ComparisonShape {
    on: String,
    known: String,
    reading: &'static str,
    segment: &'static str,
    subjects: Vec<ThingShape>,
    held: Vec<String>,
    term: &'static str,
    sets: Vec<SetShape>,
    rows: Vec<RowShape>,
    unlicensed: usize,
    sources: Vec<SourceShape>,
}

#[derive(Serialize)]
struct SetShape {
    skus: Vec<SkuShape>,
    total: Option<String>,
    currency: String,
    period: &'static str,
    unverified_prices: Vec<String>,
    cautions: Vec<CautionShape>,
}

/// A SKU with what a seat of it costs.
#[derive(Serialize)]
pub(super) struct SkuShape {
    id: String,
    name: String,
    unit_price: Option<String>,
    price: Option<String>,
    own_price: Option<PriceRowShape>,
}

/// What to know before buying a set.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum CautionShape {
    Prerequisite {
        sku: String,
        requires: RequirementShape,
        met: &'static str,
        claim: String,
    },
    SeatLimit {
        sku: String,
        at_most: u64,
        claim: String,
    },
    Exclusion {
        plans: Vec<String>,
        claim: String,
    },
    Frontline {
        sku: String,
    },
    OtherSegment {
        sku: String,
        segment: &'static str,
    },
    NotSold {
        sku: String,
    },
    Unlisted {
        sku: String,
    },
}

#[derive(Serialize)]
struct RowShape {
    #[serde(flatten)]
    of: ThingShape,
    spread: &'static str,
    marks: Vec<MarkShape>,
}

#[derive(Serialize)]
struct MarkShape {
    mark: &'static str,
    claims: Vec<String>,
}

/// The shape of a comparison.
pub(super) fn shape(knowledge: &KnowledgeBase, comparison: &Comparison) -> ComparisonShape {
    let question = &comparison.question;
    let named = |asked: &crate::model::Asked| super::answer_json::named(*asked);
    ComparisonShape {
        on: question.on.to_string(),
        known: question.known.to_string(),
        reading: question.reading.word(),
        segment: question.segment.word(),
        subjects: question
            .subjects
            .iter()
            .map(|asked| ThingShape::of(knowledge, named(asked)))
            .collect(),
        held: question
            .held
            .iter()
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect(),
        term: question.agreement.term.word(),
        sets: comparison
            .sets
            .iter()
            .map(|one| set(knowledge, question, one))
            .collect(),
        rows: comparison
            .rows
            .iter()
            .map(|one| row(knowledge, one))
            .collect(),
        unlicensed: comparison.unlicensed,
        sources: SourceShape::cited(knowledge, claims(comparison)),
    }
}

/// Every claim that a comparison names.
pub(super) fn claims(comparison: &Comparison) -> BTreeSet<ClaimId> {
    let cells = comparison.rows.iter().flat_map(|row| &row.cells);
    let mut claims: BTreeSet<ClaimId> =
        cells.flat_map(|cell| cell.claims.iter().copied()).collect();
    for set in &comparison.sets {
        let prices = set.prices.iter().flatten();
        claims.extend(prices.filter_map(|price| price.by.claim()));
        claims.extend(set.cautions.iter().filter_map(Caution::claim));
    }
    claims
}

fn set(knowledge: &KnowledgeBase, question: &Question, set: &ComparedSet) -> SetShape {
    let id = |sku: SkuId| knowledge.skus[sku].id.to_string();
    let skus = set.skus.iter().zip(&set.prices);
    SetShape {
        skus: skus
            .clone()
            .map(|(id, price)| sku(knowledge, question, *id, price.as_ref()))
            .collect(),
        total: set.total.map(|total| total.to_string()),
        currency: question.currency.to_string(),
        period: "month",
        unverified_prices: skus
            .filter(|(_, seat)| seat.is_some_and(|seat| !seat.verified))
            .map(|(sku, _)| id(*sku))
            .collect(),
        cautions: set
            .cautions
            .iter()
            .map(|one| caution(knowledge, one))
            .collect(),
    }
}

/// The shape of a SKU with what a seat of it costs.
pub(super) fn sku(
    knowledge: &KnowledgeBase,
    question: &Question,
    sku: SkuId,
    seat: Option<&SeatPrice>,
) -> SkuShape {
    let (price, own_price) = priced_by(knowledge, question, seat.map(|seat| seat.by));
    SkuShape {
        id: knowledge.skus[sku].id.to_string(),
        name: knowledge.skus[sku].name.to_string(),
        unit_price: seat.map(|seat| seat.amount.to_string()),
        price,
        own_price,
    }
}

pub(super) fn caution(knowledge: &KnowledgeBase, caution: &Caution) -> CautionShape {
    let id = |sku: &SkuId| knowledge.skus[*sku].id.to_string();
    let cited = |claim: &ClaimId| knowledge.claims[*claim].id.to_string();
    match caution {
        Caution::Prerequisite {
            sku,
            requires,
            met,
            claim,
        } => CautionShape::Prerequisite {
            sku: id(sku),
            requires: RequirementShape::of(knowledge, requires),
            met: met.word(),
            claim: cited(claim),
        },
        Caution::SeatLimit {
            sku,
            at_most,
            claim,
        } => CautionShape::SeatLimit {
            sku: id(sku),
            at_most: *at_most,
            claim: cited(claim),
        },
        Caution::Exclusion { plans, claim } => CautionShape::Exclusion {
            plans: plans
                .iter()
                .map(|plan| knowledge.plans[*plan].id.to_string())
                .collect(),
            claim: cited(claim),
        },
        Caution::Frontline { sku } => CautionShape::Frontline { sku: id(sku) },
        Caution::OtherSegment { sku } => CautionShape::OtherSegment {
            sku: id(sku),
            segment: knowledge.skus[*sku].segment.word(),
        },
        Caution::NotSold { sku } => CautionShape::NotSold { sku: id(sku) },
        Caution::Unlisted { sku } => CautionShape::Unlisted { sku: id(sku) },
    }
}

fn row(knowledge: &KnowledgeBase, row: &ComparedRow) -> RowShape {
    let of: Named = row.of;
    RowShape {
        of: ThingShape::of(knowledge, of),
        spread: match row.spread() {
            Spread::Differs => "differs",
            Spread::InAll => "in-all",
            Spread::Unsettled => "unsettled",
            Spread::InNone => "in-none",
        },
        marks: row
            .cells
            .iter()
            .map(|cell| MarkShape {
                mark: cell.mark.word(),
                claims: cell
                    .claims
                    .iter()
                    .map(|claim| knowledge.claims[*claim].id.to_string())
                    .collect(),
            })
            .collect(),
    }
}
