//! From the baskets of an answer to their shapes in JSON, and the shapes of a price that others show too.

use super::answer_shape::{
    BasketItemShape, BasketSetShape, BasketShape, OtherBasketShape, OtherPriceShape, PriceRowShape,
};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Answer, Basket, BasketItem, BasketSet, OtherPrice, OwnPrice, PlanId, PricedBy, Question,
};

/// The baskets of an answer.
pub(super) fn baskets(knowledge: &KnowledgeBase, answer: &Answer) -> Vec<BasketShape> {
    let question = &answer.question;
    let baskets = answer.baskets.iter();
    baskets
        .map(|one| basket(knowledge, question, one))
        .collect()
}

fn basket(knowledge: &KnowledgeBase, question: &Question, basket: &Basket) -> BasketShape {
    let unverified = basket.unverified_prices.iter();
    BasketShape {
        skus: items(knowledge, question, &basket.items),
        total: basket.total.map(|total| total.to_string()),
        currency: basket.currency.to_string(),
        period: "month",
        unverified_prices: unverified
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect(),
        proven_cheapest: basket.proven_cheapest,
        switch_off: plans(knowledge, &basket.switch_off),
        sets: basket
            .sets
            .iter()
            .map(|set| basket_set(knowledge, set))
            .collect(),
        instead: basket
            .instead
            .iter()
            .map(|other| OtherBasketShape {
                why: other.why.clone(),
                skus: items(knowledge, question, &other.items),
                total: other.total.map(|total| total.to_string()),
            })
            .collect(),
    }
}

fn plans(knowledge: &KnowledgeBase, plans: &[PlanId]) -> Vec<String> {
    let plans = plans.iter();
    plans
        .map(|plan| knowledge.plans[*plan].id.to_string())
        .collect()
}

fn basket_set(knowledge: &KnowledgeBase, set: &BasketSet) -> BasketSetShape {
    let skus = set
        .skus
        .iter()
        .map(|sku| knowledge.skus[*sku].id.to_string());
    BasketSetShape {
        people: set.people,
        skus: skus.collect(),
        switch_off: plans(knowledge, &set.switch_off),
    }
}

/// The items of a basket.
pub(super) fn items(
    knowledge: &KnowledgeBase,
    question: &Question,
    items: &[BasketItem],
) -> Vec<BasketItemShape> {
    items
        .iter()
        .map(|one| item(knowledge, question, one))
        .collect()
}

/// The claim of a list price, or the row of the asker's own.
pub(super) fn priced_by(
    knowledge: &KnowledgeBase,
    question: &Question,
    by: Option<PricedBy>,
) -> (Option<String>, Option<PriceRowShape>) {
    match by {
        None => (None, None),
        Some(PricedBy::List(claim)) => (Some(knowledge.claims[claim].id.to_string()), None),
        Some(PricedBy::Own(place)) => (None, question.agreement.prices.get(place).map(row)),
    }
}

fn item(knowledge: &KnowledgeBase, question: &Question, item: &BasketItem) -> BasketItemShape {
    let (price, own_price) = priced_by(knowledge, question, item.price);
    BasketItemShape {
        id: knowledge.skus[item.sku].id.to_string(),
        name: knowledge.skus[item.sku].name.to_string(),
        quantity: item.quantity,
        owned: item.owned,
        unit_price: item.unit_price.map(|price| price.to_string()),
        price,
        own_price,
        other_price: other_price(knowledge, item.other_price),
        held: item.held,
    }
}

/// Another list price, for a program.
pub(super) fn other_price(
    knowledge: &KnowledgeBase,
    other: Option<OtherPrice>,
) -> Option<OtherPriceShape> {
    other.map(|other| OtherPriceShape {
        amount: other.amount.to_string(),
        claim: knowledge.claims[other.claim].id.to_string(),
    })
}

/// The row of the asker's own price.
pub(super) fn row(price: &OwnPrice) -> PriceRowShape {
    PriceRowShape {
        file: price.row.file.to_string(),
        line: price.row.line,
    }
}
