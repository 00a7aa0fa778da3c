//! What a SKU costs on a day.

use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Presence, is_put_out, presence};
use crate::model::{ClaimId, ClaimKind, Currency, Money, SaleTo, SkuId, Term};

/// A list price in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListPrice {
    /// Per seat and month.
    pub amount: Money,
    /// Whether a source states it.
    pub verified: bool,
    /// The claim.
    pub claim: ClaimId,
}

/// The price of a new seat on an annual term. Where a date is imprecise or sources disagree, the dearer price counts; a
/// verified price is preferred to one that nobody confirmed.
pub fn list_price(
    kb: &KnowledgeBase,
    moment: Moment,
    sku: SkuId,
    currency: &Currency,
) -> Option<ListPrice> {
    let mut prices: Vec<ListPrice> = Vec::new();
    for id in kb.about(Topic::PricesOf(sku)) {
        let claim = &kb.claims[*id];
        let ClaimKind::Price {
            amount,
            currency: of,
            term: Term::Annual,
            verified,
            ..
        } = &claim.kind
        else {
            continue;
        };
        let is_there = matches!(presence(kb, claim, moment), Presence::Present { .. });
        if of == currency && is_there && !is_put_out(kb, *id, moment) {
            prices.push(ListPrice {
                amount: *amount,
                verified: *verified,
                claim: *id,
            });
        }
    }
    let verified = prices.iter().any(|price| price.verified);
    prices
        .into_iter()
        .filter(|price| price.verified || !verified)
        .max_by(|a, b| (a.amount, b.claim).cmp(&(b.amount, a.claim)))
}

/// Whether a SKU is sold to somebody who has it already, or not yet.
pub(super) fn is_sold(kb: &KnowledgeBase, moment: Moment, sku: SkuId, has_it: bool) -> bool {
    kb.skus[sku].purchasable
        && kb.about(Topic::SalesOf(sku)).iter().all(|id| {
            let ClaimKind::Sale { to, .. } = &kb.claims[*id].kind else {
                return true;
            };
            let applies = matches!(
                presence(kb, &kb.claims[*id], moment),
                Presence::Present { .. }
            ) && !is_put_out(kb, *id, moment);
            !applies
                || match to {
                    SaleTo::Everyone => true,
                    SaleTo::Existing => has_it,
                    SaleTo::Nobody => false,
                }
        })
}
