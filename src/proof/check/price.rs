//! Whether somebody said that an item costs what it is said to cost: a claim, or the asker's own agreement.

use super::world::Given;
use crate::dataset::Topic;
use crate::model::{
    BasketItem, ClaimId, ClaimKind, Currency, Money, OwnPrice, PricedBy, Question, SaleTo, SkuId,
};

/// What an item of a basket costs per seat and month, by whoever is said to say so.
///
/// # Errors
/// When nobody says so about this SKU, in this currency and under this commitment, on the day whose price counts; or when
/// the list is named although the asker's own agreement has a price.
pub(super) fn checked(
    world: &Given<'_>,
    item: &BasketItem,
    currency: &Currency,
) -> Result<Money, String> {
    let question = world.question;
    if !is_sold(world, item.sku) {
        return Err("an item is not sold that day".to_owned());
    }
    let own = |price: &OwnPrice| is_due(question, item, price) && price.currency == *currency;
    match item.price {
        None => Err("an item has no price".to_owned()),
        Some(PricedBy::Own(place)) => {
            let price = question.agreement.prices.get(place);
            let price = price.filter(|price| own(price));
            price
                .map(|price| price.amount)
                .ok_or_else(|| "the asker stated no such price".to_owned())
        }
        Some(PricedBy::List(_)) if question.agreement.prices.iter().any(own) => {
            Err("the asker's own price was passed over".to_owned())
        }
        Some(PricedBy::List(claim)) => {
            let amount = listed(world, item, currency, claim)?;
            if let Some(other) = item.other_price {
                let is_stated = listed(world, item, currency, other.claim)? == other.amount;
                if !is_stated || other.amount >= amount {
                    return Err("the other price is another, or the dearer one".to_owned());
                }
            }
            Ok(amount)
        }
    }
}

/// Whether nothing surely keeps the vendor from selling a SKU that day to people like the asker.
fn is_sold(world: &Given<'_>, sku: SkuId) -> bool {
    let has_it = world.question.held.contains(&sku) || world.question.owned.contains_key(&sku);
    let sales = world.knowledge.about(Topic::SalesOf(sku)).iter();
    let mut sales = sales.filter(|claim| {
        world.is_there(**claim) == Some(true)
            && world.applies(**claim) == Some(true)
            && world.is_replaced(**claim) == Some(false)
            && world.is_superseded(**claim) == Some(false)
    });
    world.knowledge.skus[sku].purchasable
        && sales.all(|claim| match world.knowledge.claims[*claim].kind {
            ClaimKind::Sale { to, .. } => {
                to == SaleTo::Everyone || (to == SaleTo::Existing && has_it)
            }
            _ => true,
        })
}

/// The day whose price counts: that of the last renewal where the seat is there already.
fn priced_on(question: &Question, item: &BasketItem) -> crate::model::Day {
    let there = question.held.contains(&item.sku) || question.owned.contains_key(&item.sku);
    match question.agreement.renewed_on {
        Some(renewed) if there => renewed,
        _ => question.on,
    }
}

/// Whether a row of the agreement is about this item, on the day whose price counts.
fn is_due(question: &Question, item: &BasketItem, price: &OwnPrice) -> bool {
    let day = priced_on(question, item);
    let has_begun = price.from.is_none_or(|from| day >= from);
    let has_ended = price.until.is_some_and(|until| day >= until);
    let other_term = price
        .term
        .is_some_and(|term| term != question.agreement.term);
    price.sku == item.sku && has_begun && !has_ended && !other_term
}

fn listed(
    world: &Given<'_>,
    item: &BasketItem,
    currency: &Currency,
    claim: ClaimId,
) -> Result<Money, String> {
    let ClaimKind::Price {
        sku,
        amount,
        currency: of,
        term,
        ..
    } = &world.knowledge.claims[claim].kind
    else {
        return Err("an item has no price".to_owned());
    };
    if *sku != item.sku || of != currency || *term != world.question.agreement.term {
        return Err(
            "the price is of another SKU, in another currency or for another term".to_owned(),
        );
    }
    let that_day = Question {
        on: priced_on(world.question, item),
        ..world.question.clone()
    };
    let that_day = Given {
        knowledge: world.knowledge,
        question: &that_day,
        under: world.under,
    };
    if that_day.is_there(claim) == Some(false) {
        return Err("the price does not hold that day".to_owned());
    }
    Ok(*amount)
}
