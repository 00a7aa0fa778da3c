//! From the baskets of an answer to their shapes in JSON, and the shapes of a price that others show too.

use super::answer_shape::{
    BasketItemShape, BasketSetShape, BasketShape, OtherBasketShape, OtherPriceShape, PriceRowShape,
};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Answer, Basket, BasketItem, BasketSet, OtherPrice, OwnPrice, PlanId, PricedBy, Question,
};

/// The baskets of an answer.
pub(super) fn baskets(kb: &KnowledgeBase, answer: &Answer) -> Vec<BasketShape> {
    let question = &answer.question;
    let baskets = answer.baskets.iter();
    baskets.map(|one| basket(kb, question, one)).collect()
}

fn basket(kb: &KnowledgeBase, question: &Question, basket: &Basket) -> BasketShape {
    let unverified = basket.unverified_prices.iter();
    BasketShape {
        skus: items(kb, question, &basket.items),
        total: basket.total.map(|total| total.to_string()),
        currency: basket.currency.to_string(),
        period: "month",
        unverified_prices: unverified.map(|sku| kb.skus[*sku].id.to_string()).collect(),
        proven_cheapest: basket.proven_cheapest,
        switch_off: plans(kb, &basket.switch_off),
        sets: basket.sets.iter().map(|set| basket_set(kb, set)).collect(),
        instead: basket
            .instead
            .iter()
            .map(|other| OtherBasketShape {
                why: other.why.clone(),
                skus: items(kb, question, &other.items),
                total: other.total.map(|total| total.to_string()),
            })
            .collect(),
    }
}

fn plans(kb: &KnowledgeBase, plans: &[PlanId]) -> Vec<String> {
    let plans = plans.iter();
    plans.map(|plan| kb.plans[*plan].id.to_string()).collect()
}

fn basket_set(kb: &KnowledgeBase, set: &BasketSet) -> BasketSetShape {
    let skus = set.skus.iter().map(|sku| kb.skus[*sku].id.to_string());
    BasketSetShape {
        people: set.people,
        skus: skus.collect(),
        switch_off: plans(kb, &set.switch_off),
    }
}

/// The items of a basket.
pub(super) fn items(
    kb: &KnowledgeBase,
    question: &Question,
    items: &[BasketItem],
) -> Vec<BasketItemShape> {
    items.iter().map(|one| item(kb, question, one)).collect()
}

/// The claim of a list price, or the row of the asker's own.
pub(super) fn priced_by(
    kb: &KnowledgeBase,
    question: &Question,
    by: Option<PricedBy>,
) -> (Option<String>, Option<PriceRowShape>) {
    match by {
        None => (None, None),
        Some(PricedBy::List(claim)) => (Some(kb.claims[claim].id.to_string()), None),
        Some(PricedBy::Own(place)) => (None, question.agreement.prices.get(place).map(row)),
    }
}

fn item(kb: &KnowledgeBase, question: &Question, item: &BasketItem) -> BasketItemShape {
    let (price, own_price) = priced_by(kb, question, item.price);
    BasketItemShape {
        id: kb.skus[item.sku].id.to_string(),
        name: kb.skus[item.sku].name.to_string(),
        quantity: item.quantity,
        owned: item.owned,
        unit_price: item.unit_price.map(|price| price.to_string()),
        price,
        own_price,
        other_price: other_price(kb, item.other_price),
        held: item.held,
    }
}

/// Another list price, for a program.
pub(super) fn other_price(
    kb: &KnowledgeBase,
    other: Option<OtherPrice>,
) -> Option<OtherPriceShape> {
    other.map(|other| OtherPriceShape {
        amount: other.amount.to_string(),
        claim: kb.claims[other.claim].id.to_string(),
    })
}

/// The row of the asker's own price.
pub(super) fn row(price: &OwnPrice) -> PriceRowShape {
    PriceRowShape {
        file: price.row.file.to_string(),
        line: price.row.line,
    }
}
