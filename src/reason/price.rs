//! What a seat of a SKU costs on a day: by the asker's own agreement, else by the list.

use super::roles_of;
use super::status::Status;
use super::world::{Facts, World};
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Presence, is_put_out, presence};
use crate::model::{
    ClaimId, ClaimKind, Currency, Day, Money, OtherPrice, PricedBy, Question, SaleTo, SeatPrice,
    SkuId, Term,
};
use crate::proof::Unknown;

/// A list price in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListPrice {
    /// Per seat and month.
    pub amount: Money,
    /// Whether a source states it.
    pub verified: bool,
    /// The claim.
    pub claim: ClaimId,
    /// The least of the other prices that may hold that day, where another one may.
    pub other: Option<OtherPrice>,
}

/// What a seat costs somebody who asks this question, in the currency and under the commitment of the question.
///
/// A price of the asker's own agreement wins over the list. A seat that is held or owned already keeps the price of the
/// day of its last renewal, where the asker tells that day.
pub fn seat_price(knowledge: &KnowledgeBase, question: &Question, sku: SkuId) -> Option<SeatPrice> {
    let on = priced_on(question, sku);
    let own = question.agreement.prices.iter().position(|price| {
        price.sku == sku
            && price.currency == question.currency
            && price
                .term
                .is_none_or(|term| term == question.agreement.term)
            && price.holds_on(on)
    });
    if let Some((place, price)) =
        own.and_then(|place| Some((place, question.agreement.prices.get(place)?)))
    {
        return Some(SeatPrice {
            amount: price.amount,
            verified: true,
            by: PricedBy::Own(place),
            other: None,
        });
    }
    let moment = Moment {
        on,
        known: question.known,
    };
    let list = list_price(
        knowledge,
        moment,
        sku,
        &question.currency,
        question.agreement.term,
    )?;
    Some(SeatPrice {
        amount: list.amount,
        verified: list.verified,
        by: PricedBy::List(list.claim),
        other: list.other,
    })
}

/// The day whose price counts: that of the last renewal for a seat that is there already, else the day asked about.
fn priced_on(question: &Question, sku: SkuId) -> Day {
    let is_there = question.held.contains(&sku) || question.owned.contains_key(&sku);
    let renewed = question.agreement.renewed_on.filter(|_| is_there);
    renewed.unwrap_or(question.on)
}

/// The list price of a new seat. Where a date is imprecise or sources disagree, the dearer price counts and the
/// other is named; a verified price
/// is preferred to one that nobody confirmed.
pub fn list_price(
    knowledge: &KnowledgeBase,
    moment: Moment,
    sku: SkuId,
    currency: &Currency,
    under: Term,
) -> Option<ListPrice> {
    let mut prices: Vec<ListPrice> = Vec::new();
    for id in knowledge.about(Topic::PricesOf(sku)) {
        let claim = &knowledge.claims[*id];
        let ClaimKind::Price {
            amount,
            currency: of,
            term,
            verified,
            ..
        } = &claim.kind
        else {
            continue;
        };
        let is_there = matches!(presence(knowledge, claim, moment), Presence::Present { .. });
        if of == currency && *term == under && is_there && !is_put_out(knowledge, *id, moment) {
            prices.push(ListPrice {
                amount: *amount,
                verified: *verified,
                claim: *id,
                other: None,
            });
        }
    }
    let verified = prices.iter().any(|price| price.verified);
    prices.retain(|price| price.verified || !verified);
    let dearest = prices
        .iter()
        .copied()
        .max_by(|a, b| (a.amount, b.claim).cmp(&(b.amount, a.claim)))?;
    let others = prices.iter().filter(|price| price.amount < dearest.amount);
    let other = others.min_by_key(|price| (price.amount, price.claim));
    Some(ListPrice {
        other: other.map(|price| OtherPrice {
            amount: price.amount,
            claim: price.claim,
        }),
        ..dearest
    })
}

/// Whether a SKU is sold to the asker: to somebody who has it already, or not yet.
///
/// A claim that keeps the vendor from selling counts where it holds or a date leaves that in doubt. Where it turns on
/// something that only the asker knows and did not say, it does not.
pub(super) fn is_sold(knowledge: &KnowledgeBase, question: &Question, sku: SkuId) -> bool {
    let sales = knowledge.about(Topic::SalesOf(sku));
    if !knowledge.skus[sku].purchasable || sales.is_empty() {
        return knowledge.skus[sku].purchasable;
    }
    let has_it = question.owned.contains_key(&sku) || question.held.contains(&sku);
    let roles = roles_of(question);
    let facts = Facts::of(knowledge, question, &roles);
    let world = World {
        facts: &facts,
        assumed: &[],
    };
    sales.iter().all(|id| {
        let sells = match knowledge.claims[*id].kind {
            ClaimKind::Sale { to, .. } => {
                to == SaleTo::Everyone || to == SaleTo::Existing && has_it
            }
            _ => true,
        };
        sells
            || match world.status(*id, question.reading) {
                Ok(Status::Counts { .. }) | Err(Unknown::Edge { .. }) => false,
                Ok(Status::Out(_)) | Err(_) => true,
            }
    })
}
