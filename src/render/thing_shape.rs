//! The JSON contract of one thing, `licit.show/1`.

use super::claim_shape::ClaimShape;
use super::shape::{DaysShape, PeriodShape, SourceShape, StatusShape, ThingShape};
use super::states::StateShape;
use super::thing::ThingView;
use crate::model::{ClaimId, Named};
use serde::Serialize;

/// `licit.show/1`
#[derive(Serialize)]
pub struct ShowShape {
    #[serde(flatten)]
    days: DaysShape,
    thing: ThingShape,
    guid: Option<String>,
    summary: Option<String>,
    aliases: Vec<String>,
    area: Option<String>,
    authority: Option<String>,
    privileged: Option<bool>,
    segment: Option<&'static str>,
    purchasable: Option<bool>,
    frontline: Option<bool>,
    called: Vec<CalledShape>,
    states: Vec<StateShape>,
    relations: Vec<RelationShape>,
    claims: Vec<ClaimShape>,
    sources: Vec<SourceShape>,
    /// Claims left out because nobody could know them on the day whose knowledge counts.
    not_known: usize,
}

#[derive(Serialize)]
struct CalledShape {
    name: String,
    surely: bool,
    claim: Option<String>,
}

#[derive(Serialize)]
struct RelationShape {
    relation: &'static str,
    thing: ThingShape,
    via: Option<String>,
    effective: PeriodShape,
    #[serde(flatten)]
    status: StatusShape,
    claims: Vec<String>,
}

impl ShowShape {
    /// The shape of a thing, seen from the two days of the view.
    pub(super) fn of(view: &ThingView) -> Self {
        let as_of = &view.as_of;
        let knowledge = as_of.knowledge();
        let written = |claim: ClaimId| knowledge.claims[claim].id.to_string();
        let (claims, not_known) = view.claims();
        let sku = match view.thing {
            Named::Sku(id) => Some(&knowledge.skus[id]),
            _ => None,
        };
        let role = match view.thing {
            Named::Role(id) => Some(&knowledge.roles[id]),
            _ => None,
        };
        Self {
            days: DaysShape::of(as_of),
            thing: ThingShape::of(knowledge, view.thing),
            guid: knowledge.guid(view.thing).map(|guid| guid.to_string()),
            summary: view.summary(),
            aliases: view.aliases(),
            area: view.area(),
            authority: role.map(|role| role.authority.to_string()),
            privileged: role.map(|role| role.privileged),
            segment: sku.map(|sku| sku.segment.word()),
            purchasable: sku.map(|sku| sku.purchasable),
            frontline: sku.map(|sku| sku.frontline),
            called: as_of
                .names(view.thing)
                .into_iter()
                .map(|name| CalledShape {
                    name: name.name.to_owned(),
                    surely: name.surely,
                    claim: name.claim.map(written),
                })
                .collect(),
            states: view
                .states()
                .into_iter()
                .map(|state| StateShape::of(knowledge, state))
                .collect(),
            relations: view
                .relations()
                .into_iter()
                .map(|(relation, status)| RelationShape {
                    relation: relation.kind.word(),
                    thing: ThingShape::of(knowledge, relation.thing),
                    via: relation
                        .via
                        .map(|plan| knowledge.plans[plan].id.to_string()),
                    effective: relation
                        .claims
                        .first()
                        .map(|claim| PeriodShape::of(&knowledge.claims[*claim].effective))
                        .unwrap_or_default(),
                    status: StatusShape::of(knowledge, status),
                    claims: relation.claims.iter().copied().map(written).collect(),
                })
                .collect(),
            sources: SourceShape::cited(knowledge, claims.iter().copied()),
            claims: claims
                .into_iter()
                .map(|claim| ClaimShape::of(as_of, claim))
                .collect(),
            not_known,
        }
    }
}
